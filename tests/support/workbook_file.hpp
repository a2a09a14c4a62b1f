#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace liantu::test {

/// A file in an archive.
struct Entry {
  std::string name;
  std::string bytes;
};

inline void append_little(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(i < 8 ? value >> (8 * i) & 0xFFU : 0U);
}

inline std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = ~0U;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1U ^ (0xEDB88320U & (0U - (crc & 1U)));
  }
  return ~crc;
}

/// A zip archive whose files are not compressed.
inline std::string archive(const std::vector<Entry>& entries) {
  std::string out;
  std::string directory;
  const auto head = [](std::string& to, const Entry& entry) {
    append_little(to, 20, 2);  // version needed
    append_little(to, 0, 2);   // flags
    append_little(to, 0, 2);   // stored
    append_little(to, 0, 4);   // time
    append_little(to, crc32(entry.bytes), 4);
    append_little(to, entry.bytes.size(), 4);
    append_little(to, entry.bytes.size(), 4);
    append_little(to, entry.name.size(), 2);
    append_little(to, 0, 2);  // extra
  };
  for (const Entry& entry : entries) {
    directory += "PK\1\2";
    append_little(directory, 20, 2);
    head(directory, entry);
    append_little(directory, 0, 2 + 2 + 2 + 4);  // comment, disk, attributes
    append_little(directory, out.size(), 4);
    directory += entry.name;
    out += "PK\3\4";
    head(out, entry);
    out += entry.name + entry.bytes;
  }
  const std::size_t at = out.size();
  out += directory + "PK\5\6";
  append_little(out, 0, 4);
  append_little(out, entries.size(), 2);
  append_little(out, entries.size(), 2);
  append_little(out, directory.size(), 4);
  append_little(out, at, 4);
  append_little(out, 0, 2);
  return out;
}

/// What a workbook is made of; each piece is XML.
struct BookParts {
  std::vector<std::pair<std::string, std::string>> sheets;  ///< name, what stands in <worksheet>
  std::string strings;                                      ///< what stands in <sst>
  std::string styles;                                       ///< what stands in <styleSheet>
  std::string properties;                                   ///< attributes of <workbookPr>
  std::vector<std::string> states;                          ///< `hidden` …, parallel to `sheets`
  std::string space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  std::string relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
};

inline std::vector<Entry> book_entries(const BookParts& parts) {
  const std::string rels_open =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  const auto relation = [&](const std::string& id, const std::string& type,
                            const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + parts.relations + "/" + type +
           "\" Target=\"" + target + "\"/>";
  };
  std::string sheets;
  std::string rels;
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < parts.sheets.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    const std::string state = i < parts.states.size() && !parts.states[i].empty()
                                  ? " state=\"" + parts.states[i] + "\""
                                  : "";
    sheets += "<sheet name=\"" + parts.sheets[i].first + "\" sheetId=\"" + number + "\"" + state +
              " r:id=\"rId" + number + "\"/>";
    rels += relation("rId" + number, "worksheet", "worksheets/sheet" + number + ".xml");
    entries.push_back(
        {"xl/worksheets/sheet" + number + ".xml",
         "<worksheet xmlns=\"" + parts.space + "\">" + parts.sheets[i].second + "</worksheet>"});
  }
  if (!parts.strings.empty()) {
    rels += relation("rS", "sharedStrings", "sharedStrings.xml");
    entries.push_back(
        {"xl/sharedStrings.xml", "<sst xmlns=\"" + parts.space + "\">" + parts.strings + "</sst>"});
  }
  if (!parts.styles.empty()) {
    rels += relation("rT", "styles", "styles.xml");
    entries.push_back({"xl/styles.xml", "<styleSheet xmlns=\"" + parts.space + "\">" +
                                            parts.styles + "</styleSheet>"});
  }
  entries.push_back(
      {"_rels/.rels",
       rels_open + relation("r1", "officeDocument", "xl/workbook.xml") + "</Relationships>"});
  entries.push_back({"xl/_rels/workbook.xml.rels", rels_open + rels + "</Relationships>"});
  entries.push_back({"xl/workbook.xml", "<workbook xmlns=\"" + parts.space + "\" xmlns:r=\"" +
                                            parts.relations + "\"><workbookPr " + parts.properties +
                                            "/><sheets>" + sheets + "</sheets></workbook>"});
  return entries;
}

inline std::string book(const BookParts& parts) { return archive(book_entries(parts)); }

/// A row of cells with the text given; empty texts are no cells.
inline std::string text_row(std::uint32_t number, const std::vector<std::string>& texts,
                            const std::string& attributes = {}) {
  std::string row = "<row r=\"" + std::to_string(number) + "\" " + attributes + ">";
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].empty()) continue;
    row += "<c r=\"" + std::string(1, static_cast<char>('A' + i)) + std::to_string(number) +
           "\" t=\"inlineStr\"><is><t>" + texts[i] + "</t></is></c>";
  }
  return row + "</row>";
}

/// A workbook of one sheet with these cells from A1 on.
inline std::string book_of(const std::vector<std::vector<std::string>>& rows,
                           const std::string& merges = {}, const std::string& sheet = "表") {
  std::string data = "<sheetData>";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    data += text_row(static_cast<std::uint32_t>(i + 1), rows[i]);
  }
  data += "</sheetData>" + merges;
  BookParts parts;
  parts.sheets = {{sheet, data}};
  return book(parts);
}

}  // namespace liantu::test
