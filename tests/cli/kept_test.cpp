#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "cli/program.hpp"
#include "liantu/base/files/atomic_file.hpp"
#include "liantu/report/formats/workbook.hpp"
#include "liantu/tables/read_table.hpp"
#include "support/source_tree.hpp"
#include "support/workbook_file.hpp"

/// What people do to a list between two runs, and that nothing they wrote is lost.
namespace liantu::test {
namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;
// A sheet as its cells' texts, the headings first.
using Cells = std::vector<Words>;

class Keep : public InFolder {
 protected:
  void SetUp() override {
    InFolder::SetUp();
    const std::string graphs = test::source_tree() + "/graphs/dadukou";
    ASSERT_EQ(liantu({"build", graphs, "-o", "d.liantu"}).exit, 0);
    ASSERT_EQ(rank({"-o", "first.xlsx"}).exit, 0);
  }

  [[nodiscard]] Ran rank(const Words& more) const {
    Words call = {"rank", "d.liantu", "-r", "500104", "--top", "8", "--lang", "zh"};
    call.insert(call.end(), more.begin(), more.end());
    return liantu(call);
  }

  [[nodiscard]] std::map<std::string, Cells> read(const std::string& file) const {
    TableOptions how;
    how.hidden = Hidden::Read;
    std::map<std::string, Cells> sheets;
    for (const Table& table : read_tables(folder_ / file, {}, how)) {
      Cells cells = {table.columns()};
      for (std::size_t r = 0; r < table.size(); ++r) {
        Words row;
        for (std::size_t c = 0; c < table.columns().size(); ++c) {
          row.emplace_back(table.cell(r, c).text);
        }
        cells.push_back(std::move(row));
      }
      sheets[table.sheet()] = std::move(cells);
    }
    return sheets;
  }

  [[nodiscard]] Cells list_of(const std::string& file) const {
    return read(file)["潜在招商对象清单"];
  }

  void save(const std::string& file, const std::string& title, const Cells& cells) const {
    Sheet sheet;
    sheet.title = {title, title};
    for (const std::string& heading : cells.front()) {
      sheet.columns.push_back({"c", {heading, heading}, CellKind::Text});
    }
    for (std::size_t r = 1; r < cells.size(); ++r) {
      sheet.rows.emplace_back(cells[r].begin(), cells[r].end());
    }
    write_file(folder_ / file, write_workbook({sheet}, Language::Zh), Overwrite::Yes);
  }

  // What stands in a column beside a firm; nothing where there is no such firm or column.
  [[nodiscard]] static std::optional<std::string> beside(const Cells& cells,
                                                         const std::string& firm,
                                                         const std::string& heading) {
    const auto name = column(cells, "企业");
    const auto wanted = column(cells, heading);
    if (!name || !wanted) return std::nullopt;
    for (std::size_t r = 1; r < cells.size(); ++r) {
      if (cells[r][*name] == firm) return cells[r][*wanted];
    }
    return std::nullopt;
  }

  [[nodiscard]] static std::optional<std::size_t> column(const Cells& cells,
                                                         const std::string& heading) {
    const auto found = std::ranges::find(cells.front(), heading);
    if (found == cells.front().end()) return std::nullopt;
    return static_cast<std::size_t>(found - cells.front().begin());
  }

  static void set(Cells& cells, std::size_t row, const std::string& heading,
                  const std::string& text) {
    cells[row][column(cells, heading).value()] = text;
  }
  static std::string get(const Cells& cells, std::size_t row, const std::string& heading) {
    return cells[row][column(cells, heading).value()];
  }
};

TEST_F(Keep, EditsOfEveryKindLoseNothing) {
  Cells cells = list_of("first.xlsx");
  ASSERT_GE(cells.size(), 8U);
  const std::string sorted = get(cells, 1, "企业");
  const std::string recoded = get(cells, 2, "企业");
  const std::string renamed = get(cells, 3, "企业");
  const std::string deleted = get(cells, 4, "企业");
  const std::string twice = get(cells, 5, "企业");
  const std::string stranger = get(cells, 6, "企业");
  set(cells, 1, "责任单位", "招商一科");
  set(cells, 1, "完成时限", "2026-06-30");
  set(cells, 2, "责任人", "甲某");
  set(cells, 2, "统一社会信用代码", "91350100M000100Y43");  // of no firm of the graph
  set(cells, 3, "备注", "改了名称");
  set(cells, 3, "企业", renamed + "（筹）");  // the code still tells who it is
  set(cells, 4, "备注", "本行将删");
  set(cells, 5, "下一步", "约见");
  set(cells, 6, "备注", "名称代码都改了");
  set(cells, 6, "企业", "改到认不出的企业");
  set(cells, 6, "统一社会信用代码", "");
  cells.push_back(cells[5]);
  set(cells, cells.size() - 1, "下一步", "再约");
  cells.emplace_back(cells.front().size());
  set(cells, cells.size() - 1, "企业", "自行增加的企业");
  set(cells, cells.size() - 1, "跟进阶段", "已拜访");
  cells.erase(cells.begin() + 4);
  cells.front().emplace_back("联系电话");
  for (std::size_t r = 1; r < cells.size(); ++r) cells[r].emplace_back();
  set(cells, 1, "联系电话", "023-1234");
  std::reverse(cells.begin() + 1, cells.end());        // rows sorted
  for (Words& row : cells) std::ranges::reverse(row);  // columns moved
  save("edited.xlsx", "我们的表", cells);              // sheet renamed
  const std::string before = bytes_of(folder_ / "edited.xlsx");

  const Ran ran = rank({"--keep", "edited.xlsx", "-o", "next.xlsx"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  const Cells next = list_of("next.xlsx");
  EXPECT_EQ(beside(next, sorted, "责任单位"), "招商一科");
  EXPECT_EQ(beside(next, sorted, "完成时限"), "2026-06-30");
  EXPECT_EQ(beside(next, sorted, "联系电话"), "023-1234");
  EXPECT_EQ(beside(next, recoded, "责任人"), "甲某");
  EXPECT_EQ(beside(next, renamed, "备注"), "改了名称");
  EXPECT_EQ(beside(next, deleted, "备注"), "");
  EXPECT_EQ(beside(next, twice, "下一步"), "再约；约见");
  EXPECT_EQ(beside(next, stranger, "备注"), "");
  const Cells gone = read("next.xlsx")["已移出"];
  EXPECT_EQ(beside(gone, "改到认不出的企业", "备注"), "名称代码都改了");
  EXPECT_EQ(beside(gone, "自行增加的企业", "跟进阶段"), "已拜访");
  // The former workbook stays as it was, and the next run keeps all of it again.
  EXPECT_EQ(bytes_of(folder_ / "edited.xlsx"), before);
  ASSERT_EQ(rank({"--keep", "next.xlsx", "-o", "third.xlsx"}).exit, 0);
  const Cells third = list_of("third.xlsx");
  for (const char* heading : {"责任单位", "责任人", "下一步", "完成时限", "备注", "联系电话"}) {
    for (const std::string& firm : {sorted, recoded, renamed, twice}) {
      EXPECT_EQ(beside(third, firm, heading), beside(next, firm, heading)) << firm << heading;
    }
  }
  EXPECT_EQ(beside(read("third.xlsx")["已移出"], "自行增加的企业", "跟进阶段"), "已拜访");
}

TEST_F(Keep, AYellowColumnThatWasHeadedAnewIsKeptUnderItsNewHeading) {
  Cells cells = list_of("first.xlsx");
  const std::string firm = get(cells, 1, "企业");
  set(cells, 1, "责任人", "乙某");
  *std::ranges::find(cells.front(), "责任人") = "负责同志";
  save("edited.xlsx", "清单", cells);
  ASSERT_EQ(rank({"--keep", "edited.xlsx", "-o", "next.xlsx"}).exit, 0);
  const Cells next = list_of("next.xlsx");
  EXPECT_EQ(beside(next, firm, "负责同志"), "乙某");
  EXPECT_EQ(beside(next, firm, "责任人"), "");
  // What the program itself writes is not taken for what people added.
  EXPECT_EQ(std::ranges::count(next.front(), std::string("推荐理由")), 1);
  EXPECT_EQ(next.front().size(), cells.front().size() + 2);  // that column and the last rank
}

TEST_F(Keep, AListSavedByLibreOfficeIsReadAlike) {
  if (std::system("command -v soffice >/dev/null 2>&1") != 0) {
    GTEST_SKIP() << "LibreOffice is not installed";
  }
  // The workbook itself, with something written in it by the run before.
  Cells cells = list_of("first.xlsx");
  const std::string firm = get(cells, 1, "企业");
  set(cells, 1, "备注", "先看厂房");
  set(cells, 1, "完成时限", "2026-06-30");
  save("edited.xlsx", "清单", cells);
  ASSERT_EQ(rank({"--keep", "edited.xlsx", "-o", "next.xlsx"}).exit, 0);
  const std::string command = fmt::format(
      "cd '{0}' && mkdir saved && HOME='{0}' soffice -env:UserInstallation=file://{0}/office "
      "--headless --convert-to xlsx --outdir saved next.xlsx >/dev/null 2>&1",
      folder_.string());
  ASSERT_EQ(std::system(command.c_str()), 0);
  ASSERT_TRUE(fs::exists(folder_ / "saved/next.xlsx"));
  ASSERT_EQ(rank({"--keep", "saved/next.xlsx", "-o", "third.xlsx"}).exit, 0);
  const Cells third = list_of("third.xlsx");
  EXPECT_EQ(beside(third, firm, "备注"), "先看厂房");
  EXPECT_EQ(beside(third, firm, "完成时限"), "2026-06-30");
  EXPECT_EQ(third.front(), list_of("next.xlsx").front());  // no column taken for an added one
  EXPECT_EQ(third.size(), list_of("next.xlsx").size());
}

// A sheet in the form in which WPS saves it: its own names beside the standard ones, shared strings, a
// note in runs of two fonts, the time limit as a date of the format that it offers first, a picture in
// a cell, styled cells without content as far as the last column, and what it says of itself.
std::string saved_by_wps(const Cells& cells, const std::string& dated, std::uint32_t serial,
                         const std::string& drawn) {
  const auto place = [](std::size_t column, std::size_t row) {
    std::string letters;
    for (std::size_t c = column + 1; c > 0; c = (c - 1) / 26) {
      letters.insert(letters.begin(), static_cast<char>('A' + (c - 1) % 26));
    }
    return letters + std::to_string(row + 1);
  };
  const auto escaped = [](std::string text) {
    for (const auto& [sign, word] :
         {std::pair<std::string, std::string>{"&", "&amp;"}, {"<", "&lt;"}, {"\"", "&quot;"}}) {
      for (std::size_t at = 0; (at = text.find(sign, at)) != std::string::npos; at += word.size()) {
        text.replace(at, sign.size(), word);
      }
    }
    return text;
  };
  std::string strings;
  std::string rows;
  std::size_t count = 0;
  for (std::size_t r = 0; r < cells.size(); ++r) {
    rows += fmt::format(
        R"(<row r="{}" s="1" customFormat="1" ht="28.5" customHeight="1" spans="1:{}">)", r + 1,
        cells[r].size());
    for (std::size_t c = 0; c < cells[r].size(); ++c) {
      const std::string& text = cells[r][c];
      if (text == dated) {
        rows += fmt::format(R"(<c r="{}" s="2"><v>{}</v></c>)", place(c, r), serial);
      } else if (text == drawn) {
        rows += fmt::format(
            R"(<c r="{}" s="1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>)",
            place(c, r));
      } else if (text.empty()) {
        rows += fmt::format(R"(<c r="{}" s="1"/>)", place(c, r));
      } else {
        rows += fmt::format(R"(<c r="{}" s="1" t="s"><v>{}</v></c>)", place(c, r), count++);
        // The first letter in a font of its own.
        const std::size_t first = static_cast<unsigned char>(text[0]) < 0x80 ? 1 : 3;
        strings +=
            fmt::format(R"(<si><r><rPr><sz val="11"/><rFont val="宋体"/><charset val="134"/></rPr>)"
                        R"(<t xml:space="preserve">{}</t></r><r><rPr><sz val="11"/></rPr>)"
                        R"(<t xml:space="preserve">{}</t></r></si>)",
                        escaped(text.substr(0, first)), escaped(text.substr(first)));
      }
    }
    rows += fmt::format(R"(<c r="XFD{}" s="1"/></row>)", r + 1);
  }
  BookParts parts;
  parts.space += R"(" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships)"
                 R"(" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main)"
                 R"(" xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData)";
  parts.strings = strings;
  parts.styles =
      R"(<numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy/m/d;@"/></numFmts>)"
      R"(<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="0"/><xf numFmtId="176"/></cellXfs>)";
  parts.sheets = {
      {"潜在招商对象清单",
       R"(<sheetPr/><dimension ref="A1:XFD)" + std::to_string(cells.size()) + R"("/>)" +
           R"(<sheetFormatPr defaultColWidth="9.14285714285714" defaultRowHeight="15"/>)" +
           R"(<cols><col min="1" max="16384" width="9.14285714285714" style="1"/></cols>)" +
           "<sheetData>" + rows + "</sheetData><headerFooter/>"}};
  std::vector<Entry> entries = book_entries(parts);
  std::erase_if(entries, [](const Entry& one) { return one.name == "xl/workbook.xml"; });
  entries.push_back(
      {"xl/workbook.xml",
       R"(<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")"
       R"( xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">)"
       R"(<fileVersion appName="xl" lastEdited="3" lowestEdited="5" rupBuild="9302"/><workbookPr/>)"
       R"(<bookViews><workbookView windowWidth="27945" windowHeight="12255"/></bookViews><sheets>)"
       R"(<sheet name="潜在招商对象清单" sheetId="1" r:id="rId1"/></sheets>)"
       R"(<calcPr calcId="144525"/></workbook>)"});
  entries.push_back(
      {"docProps/custom.xml",
       R"(<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties")"
       R"( xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">)"
       R"(<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">)"
       R"(<vt:lpwstr>2052-11.1.0.10132</vt:lpwstr></property></Properties>)"});
  entries.push_back(
      {"xl/cellimages.xml",
       R"(<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>)"});
  return archive(entries);
}

TEST_F(Keep, AListInTheFormThatWpsSavesIsReadAlike) {
  Cells cells = list_of("first.xlsx");
  const std::string firm = get(cells, 1, "企业");
  const std::string second = get(cells, 2, "企业");
  set(cells, 1, "备注", "先看厂房 & 再谈地价");
  set(cells, 1, "责任单位", "区招商局");
  set(cells, 1, "完成时限", "2026-06-30");
  set(cells, 2, "备注", "名片");
  write("saved.xlsx", saved_by_wps(cells, "2026-06-30", 46203, "名片"));
  const Ran ran = rank({"--keep", "saved.xlsx", "-o", "next.xlsx"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  const Cells next = list_of("next.xlsx");
  EXPECT_EQ(beside(next, firm, "备注"), "先看厂房 & 再谈地价");
  EXPECT_EQ(beside(next, firm, "责任单位"), "区招商局");
  EXPECT_EQ(beside(next, firm, "完成时限"), "2026-06-30");
  EXPECT_EQ(beside(next, second, "备注"), "=DISPIMG(\"ID_1\",1)");  // where the picture stood
  Words headings = list_of("first.xlsx").front();
  headings.insert(std::ranges::find(headings, "责任单位"), "上次名次");
  EXPECT_EQ(next.front(), headings);  // no column taken for an added one
  EXPECT_EQ(next.size(), list_of("first.xlsx").size());
}

TEST_F(Keep, AnOpenWorkbookIsReadWithAWarning) {
  for (const char* mark : {"~$first.xlsx", ".~lock.first.xlsx#"}) {
    write(mark, "");
    const Ran ran = rank({"--keep", "first.xlsx", "-O", "-o", "next.xlsx"});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_NE(ran.err.find("first.xlsx 正被其他程序打开"), std::string::npos) << ran.err;
    EXPECT_NE(ran.err.find(mark), std::string::npos) << ran.err;
    fs::remove(folder_ / mark);
  }
  EXPECT_EQ(rank({"--keep", "first.xlsx", "-O", "-o", "next.xlsx"}).err.find("打开"),
            std::string::npos);
}

TEST_F(Keep, WhatCannotBeReadIsRefusedAndNothingIsWritten) {
  const auto refused = [&](const std::string& file, int exit, const Words& en, const Words& zh) {
    expect_refused({"rank", "d.liantu", "-r", "500104", "--keep", file, "-o", "next.xlsx"}, exit,
                   en, zh);
    EXPECT_FALSE(fs::exists(folder_ / "next.xlsx")) << file;
  };
  refused("none.xlsx", 4, {"none.xlsx"}, {"none.xlsx"});
  write("words.xlsx", "no workbook");
  refused("words.xlsx", 3, {"words.xlsx"}, {"words.xlsx"});
  std::string cut = bytes_of(folder_ / "first.xlsx");
  cut.resize(cut.size() / 2);
  write("cut.xlsx", cut);
  refused("cut.xlsx", 3, {"cut.xlsx"}, {"cut.xlsx"});
  // An encrypted workbook is a compound file.
  write("locked.xlsx",
        std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + std::string(2048, '\0'));
  refused("locked.xlsx", 3, {"locked.xlsx"}, {"locked.xlsx"});
  Cells cells = list_of("first.xlsx");
  cells.erase(cells.begin());  // the headings
  save("headless.xlsx", "清单", cells);
  refused("headless.xlsx", 3, {"headless.xlsx", "headings"}, {"headless.xlsx", "保留表头"});
  // The list cannot be written over the one that is kept.
  expect_refused(
      {"rank", "d.liantu", "-r", "500104", "--keep", "first.xlsx", "-O", "-o", "first.xlsx"}, 2,
      {"first.xlsx is an input"}, {"first.xlsx 是输入文件"});
}

TEST_F(Keep, AListInWhichPeopleWroteIsNotReplaced) {
  Cells cells = list_of("first.xlsx");
  set(cells, 1, "备注", "先看厂房");
  save("edited.xlsx", "清单", cells);
  const std::string before = bytes_of(folder_ / "edited.xlsx");
  expect_refused({"rank", "d.liantu", "-r", "500104", "-O", "-o", "edited.xlsx"}, 2,
                 {"edited.xlsx holds what people wrote in 1 rows", "--keep"},
                 {"edited.xlsx 中有 1 行人工填写的内容", "--keep"});
  expect_refused(
      {"rank", "d.liantu", "-r", "500104", "--keep", "first.xlsx", "-O", "-o", "edited.xlsx"}, 2,
      {"edited.xlsx holds what people wrote"}, {"人工填写"});
  EXPECT_EQ(bytes_of(folder_ / "edited.xlsx"), before);
  // A list that nobody has written in yet may be made anew, as may what is no list.
  EXPECT_EQ(rank({"-O", "-o", "first.xlsx"}).exit, 0);
  write("words.xlsx", "no workbook");
  EXPECT_EQ(rank({"-O", "-o", "words.xlsx"}).exit, 0);
}

}  // namespace
}  // namespace liantu::test
