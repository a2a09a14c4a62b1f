#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <zip.h>

#include <fmt/format.h>

namespace liantu::bench {

/// A workbook of twelve columns with so many cells below the headings, as a spreadsheet program
/// writes it: half of them shared strings, the others numbers and dates.
inline std::string workbook(std::uint32_t cells) {
  constexpr std::uint32_t kColumns = 12;
  constexpr std::uint32_t kNames = 20'000;
  const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const std::string relation =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string package = "http://schemas.openxmlformats.org/package/2006/relationships";
  const char* const headings[kColumns] = {"企业名称", "地址",     "产品名称", "登记状态",
                                          "企业类型", "来源",     "注册资本", "营业收入",
                                          "纳税额",   "从业人数", "成立日期", "用地"};
  std::string strings = fmt::format("<sst xmlns=\"{}\">", main);
  for (const char* heading : headings) strings += fmt::format("<si><t>{}</t></si>", heading);
  for (std::uint32_t i = 0; i < kNames; ++i) {
    strings += fmt::format("<si><t>示例第{}号机械制造有限公司</t></si>", i);
  }
  std::string sheet = fmt::format("<worksheet xmlns=\"{}\"><sheetData><row r=\"1\">", main);
  for (std::uint32_t i = 0; i < kColumns; ++i) {
    sheet += fmt::format("<c r=\"{}1\" t=\"s\"><v>{}</v></c>", static_cast<char>('A' + i), i);
  }
  sheet += "</row>";
  std::uint32_t seed = 1;
  for (std::uint32_t row = 2; row < cells / kColumns + 2; ++row) {
    sheet += fmt::format("<row r=\"{}\" spans=\"1:12\">", row);
    for (std::uint32_t i = 0; i < kColumns; ++i) {
      seed = seed * 1'664'525U + 1'013'904'223U;
      const char letter = static_cast<char>('A' + i);
      if (i < 6) {
        sheet += fmt::format("<c r=\"{}{}\" s=\"0\" t=\"s\"><v>{}</v></c>", letter, row,
                             kColumns + (seed >> 8U) % kNames);
      } else if (i == 10) {
        sheet += fmt::format("<c r=\"{}{}\" s=\"1\"><v>{}</v></c>", letter, row,
                             30'000 + (seed >> 8U) % 15'000);
      } else {
        sheet += fmt::format("<c r=\"{}{}\" s=\"0\"><v>{}.{}</v></c>", letter, row,
                             (seed >> 8U) % 1'000'000, seed % 9 + 1);
      }
    }
    sheet += "</row>";
  }
  strings += "</sst>";
  sheet += "</sheetData></worksheet>";
  const auto type = [](std::string_view part, std::string_view kind) {
    return fmt::format(
        "<Override PartName=\"/xl/{}.xml\" ContentType=\"application/"
        "vnd.openxmlformats-officedocument.spreadsheetml.{}+xml\"/>",
        part, kind);
  };
  const std::pair<const char*, std::string> parts[] = {
      {"[Content_Types].xml",
       "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
       "<Default Extension=\"rels\" "
       "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>" +
           type("workbook", "sheet.main") + type("sheet", "worksheet") + type("styles", "styles") +
           type("strings", "sharedStrings") + "</Types>"},
      {"_rels/.rels",
       fmt::format("<Relationships xmlns=\"{}\"><Relationship Id=\"r\" Type=\"{}/officeDocument\" "
                   "Target=\"xl/workbook.xml\"/></Relationships>",
                   package, relation)},
      {"xl/workbook.xml",
       fmt::format("<workbook xmlns=\"{}\" xmlns:r=\"{}\"><sheets><sheet name=\"表\" "
                   "sheetId=\"1\" r:id=\"s\"/></sheets></workbook>",
                   main, relation)},
      {"xl/_rels/workbook.xml.rels",
       fmt::format("<Relationships xmlns=\"{0}\"><Relationship Id=\"s\" Type=\"{1}/worksheet\" "
                   "Target=\"sheet.xml\"/><Relationship Id=\"t\" Type=\"{1}/sharedStrings\" "
                   "Target=\"strings.xml\"/><Relationship Id=\"u\" Type=\"{1}/styles\" "
                   "Target=\"styles.xml\"/></Relationships>",
                   package, relation)},
      {"xl/styles.xml",
       fmt::format("<styleSheet xmlns=\"{}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
                   "</cellXfs></styleSheet>",
                   main)},
      {"xl/strings.xml", std::move(strings)},
      {"xl/sheet.xml", std::move(sheet)}};
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* to = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(to);
  zip_t* archive = zip_open_from_source(to, ZIP_TRUNCATE, &error);
  for (const auto& [name, content] : parts) {
    zip_file_add(archive, name, zip_source_buffer(archive, content.data(), content.size(), 0), 0);
  }
  zip_close(archive);
  zip_source_open(to);
  zip_source_seek(to, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(to)), '\0');
  zip_source_seek(to, 0, SEEK_SET);
  zip_source_read(to, bytes.data(), bytes.size());
  zip_source_close(to);
  zip_source_free(to);
  zip_error_fini(&error);
  return bytes;
}

}  // namespace liantu::bench
