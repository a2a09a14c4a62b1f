#include "liantu/report/render.hpp"

#include <random>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/display_width.hpp"
#include "liantu/base/error.hpp"

namespace liantu {
namespace {

constexpr std::monostate kNothing;

Sheet firms_sheet() {
  Sheet sheet;
  sheet.title = {"Firms", "企业"};
  sheet.columns = {{"name", {"name", "名称"}, CellKind::Text},
                   {"code", {"code", "代码"}, CellKind::Code},
                   {"count", {"n", "数量"}, CellKind::Number},
                   {"amount", {"CNY/year", "元/年"}, CellKind::Money},
                   {"share", {"share", "占比"}, CellKind::Share}};
  sheet.rows = {{"隔膜", "500104", 3.0, 3.2e8, 0.5},
                {"cell", kNothing, 12.0, 4.56e5, 0.12345},
                {kNothing, "440305", kNothing, kNothing, kNothing}};
  return sheet;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(RenderTable, ColumnsLineUpWhateverTheScript) {
  EXPECT_EQ(render_table(firms_sheet(), {.language = Language::Zh}),
            "企业\n"
            "名称  代码    数量   元/年   占比\n"
            "────  ──────  ────  ──────  ─────\n"
            "隔膜  500104     3   3.2亿  50.0%\n"
            "cell  -         12  45.6万  12.3%\n"
            "-     440305     -       -      -\n");
  EXPECT_EQ(render_table(firms_sheet(), {.language = Language::En}),
            "Firms\n"
            "name  code     n  CNY/year  share\n"
            "────  ──────  ──  ────────  ─────\n"
            "隔膜  500104   3     320 m  50.0%\n"
            "cell  -       12   456,000  12.3%\n"
            "-     440305   -         -      -\n");
}

TEST(RenderTable, DecimalsAreTheSameDownAColumn) {
  Sheet sheet;
  sheet.columns = {{"score", {"score", "得分"}, CellKind::Number}};
  sheet.rows = {{66.02}, {5.0}, {40.4}, {-0.001}};
  EXPECT_EQ(render_table(sheet), "score\n─────\n66.02\n 5.00\n40.40\n 0.00\n");
}

TEST(RenderTable, ControlCharactersAreShownAsMarksAndLineEndsAsBlanks) {
  Sheet sheet;
  sheet.title = {"a\nb", ""};
  sheet.columns = {{"x", {"h\tx", ""}, CellKind::Text}};
  sheet.rows = {{"\x1b[31mred\r\n"},
                {"\xC2\x9B"
                 "31m"},
                {"\xE2\x80\xAE"
                 "gpj"},
                {"bad\xFF"},
                {"\x7F"}};
  EXPECT_EQ(render_table(sheet),
            "a b\n"
            "h x\n"
            "──────────\n"
            "\uFFFD[31mred\n"
            "\uFFFD31m\n"
            "\uFFFDgpj\n"
            "bad\uFFFD\n"
            "\uFFFD\n");
}

TEST(RenderTable, EmptySheetHasTitleAndNotesOnly) {
  Sheet sheet = firms_sheet();
  sheet.rows.clear();
  sheet.notes = {{"no firm", "没有企业"}};
  EXPECT_EQ(render_table(sheet), "Firms\nno firm\n");
  EXPECT_EQ(render_table(Sheet{}), "");
}

TEST(RenderTable, ColourMakesHeadingsBold) {
  Sheet sheet;
  sheet.columns = {{"x", {"head", "标题"}, CellKind::Text}};
  sheet.rows = {{"a"}};
  EXPECT_EQ(render_table(sheet, {.colour = true}), "\x1b[1mhead\x1b[0m\n────\na\n");
}

Sheet wide_sheet() {
  Sheet sheet;
  sheet.columns = {{"name", {"firm", "企业"}, CellKind::Text, true},
                   {"amount", {"amount, CNY/year", "金额（元/年）"}, CellKind::Money},
                   {"region", {"from", "注册地"}, CellKind::Text},
                   {"reason", {"reason", "理由"}, CellKind::Text}};
  sheet.rows = {{"甲材料科技股份有限公司", 3.2e8, "四川省绵阳市", "生产隔膜，本地无企业生产"},
                {"乙公司", kNothing, kNothing, "产品合适"}};
  sheet.notes = {{"two firms", "共两家，均可联系"}};
  return sheet;
}

TEST(RenderTable, WhatDoesNotFitStandsBelowItsRow) {
  const Sheet sheet = wide_sheet();
  EXPECT_EQ(render_table(sheet, {.language = Language::Zh, .width = 80}),
            "企业                    金额（元/年）  注册地        理由\n"
            "──────────────────────  ─────────────  ────────────  ────────────────────────\n"
            "甲材料科技股份有限公司          3.2亿  四川省绵阳市  生产隔膜，本地无企业生产\n"
            "乙公司                              -  -             产品合适\n"
            "共两家，均可联系\n");
  EXPECT_EQ(render_table(sheet, {.language = Language::Zh, .width = 73}),
            "                             金额\n"
            "企业                    （元/年）  注册地        理由\n"
            "──────────────────────  ─────────  ────────────  ────────────────────────\n"
            "甲材料科技股份有限公司      3.2亿  四川省绵阳市  生产隔膜，本地无企业生产\n"
            "乙公司                          -  -             产品合适\n"
            "共两家，均可联系\n");
  EXPECT_EQ(render_table(sheet, {.language = Language::Zh, .width = 40}),
            "                             金额\n"
            "企业                    （元/年）\n"
            "──────────────────────  ─────────\n"
            "甲材料科技股份有限公司      3.2亿\n"
            "    注册地：四川省绵阳市\n"
            "    理由：生产隔膜，本地无企业生产\n"
            "乙公司                          -\n"
            "    理由：产品合适\n"
            "共两家，均可联系\n");
  EXPECT_EQ(render_table(sheet, {.language = Language::Zh, .width = 20}),
            "企业：甲材料科技股份\n"
            "有限公司\n"
            "金额（元/年）：3.2亿\n"
            "注册地：四川省绵阳市\n"
            "理由：生产隔膜，本地\n"
            "无企业生产\n"
            "企业：乙公司\n"
            "理由：产品合适\n"
            "共两家，均可联系\n");
}

TEST(RenderTable, OnRandomSheetsNoLineIsWiderThanTheTerminalAndNothingIsLost) {
  std::mt19937 random(11);
  const std::vector<std::string> pieces = {"a", "隔", " ", "膜", "—", "Z9", "\n", "é", "，", "（"};
  const auto solid = [](const std::string& text) {
    std::string result;
    for (const char c : text) {
      if (c != ' ' && c != '\n') result += c;
    }
    return result;
  };
  for (int round = 0; round < 300; ++round) {
    Sheet sheet;
    const std::size_t columns = 1 + random() % 5;
    for (std::size_t i = 0; i < columns; ++i) {
      sheet.columns.push_back({"k", {"h", "头"}, CellKind::Text, random() % 3 == 0});
    }
    auto& row = sheet.rows.emplace_back();
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < columns; ++i) {
      std::string cell;
      for (std::size_t k = random() % 20; k > 0; --k) cell += pieces[random() % pieces.size()];
      row.emplace_back(cell);
      cells.push_back(printable(cell));
    }
    const std::size_t limit = 8 + random() % 80;
    const std::string text = render_table(sheet, {.width = limit});
    for (const std::string& line : lines_of(text)) EXPECT_LE(display_width(line), limit) << line;
    for (const std::string& cell : cells) {
      EXPECT_NE(solid(text).find(solid(cell)), std::string::npos) << cell << "\n" << text;
    }
  }
}

TEST(RenderCsv, IsWrittenForSpreadsheets) {
  EXPECT_EQ(render_csv(firms_sheet(), Language::Zh),
            "\xEF\xBB\xBF"
            "名称,代码,数量,元/年,占比,由链图（liantu）生成\r\n"
            "隔膜,\"=\"\"500104\"\"\",3,320000000,0.5,\r\n"
            "cell,,12,456000,0.12345,\r\n"
            ",\"=\"\"440305\"\"\",,,,\r\n");
}

TEST(RenderCsv, FormulasAreDisarmed) {
  Sheet sheet;
  sheet.columns = {{"x", {"=h", "头"}, CellKind::Text}};
  for (const char* cell : {"=1+1", "+86", "-x", "@SUM(A1)", "\tx", "\rx", "a=b", "-"}) {
    sheet.rows.push_back({cell});
  }
  sheet.rows.push_back({-5.0});
  sheet.rows.push_back({"'s"});
  EXPECT_EQ(render_csv(sheet, Language::En),
            "\xEF\xBB\xBF"
            "'=h,written by liantu\r\n'=1+1,\r\n'+86,\r\n'-x,\r\n'@SUM(A1),\r\n'\tx,\r\n"
            "\"'\rx\",\r\na=b,\r\n'-,\r\n-5,\r\n''s,\r\n");
}

TEST(RenderCsv, ControlCharactersOfNamesAreNotWritten) {
  Sheet sheet;
  sheet.columns = {{"x", {"x", "x"}, CellKind::Text}, {"c", {"c", "c"}, CellKind::Code}};
  sheet.rows = {{"\x1b[31mred\ttab",
                 "5\x1b"
                 "0"}};
  EXPECT_EQ(render_csv(sheet, Language::En),
            "\xEF\xBB\xBFx,c,written by liantu\r\n\uFFFD[31mred\ttab,\"=\"\"5\uFFFD"
            "0\"\"\",\r\n");
}

TEST(RenderCsv, NotesStandBelowAnEmptyLine) {
  Sheet sheet;
  sheet.columns = {{"x", {"x", "列"}, CellKind::Text}};
  sheet.rows = {{"a"}};
  sheet.notes = {{"one, two", "一"}, {"=three", "三"}};
  EXPECT_EQ(render_csv(sheet, Language::En),
            "\xEF\xBB\xBFx,written by liantu\r\na,\r\n\r\n\"one, two\"\r\n'=three\r\n");
}

TEST(RenderCsv, CodeCannotEndItsOwnText) {
  Sheet sheet;
  sheet.columns = {{"code", {"code", "代码"}, CellKind::Code}};
  sheet.rows = {{"1\"&A1&\""}, {""}, {500104.0}, {std::string(256, '=')}};
  EXPECT_EQ(render_csv(sheet, Language::En),
            "\xEF\xBB\xBF"
            "code,written by liantu\r\n"
            "\"=\"\"1\"\"\"\"&A1&\"\"\"\"\"\"\",\r\n"
            ",\r\n"
            "\"=\"\"500104\"\"\",\r\n"
            "'" +
                std::string(256, '=') + ",\r\n");
}

TEST(RenderCsv, AmountsHaveNoExponent) {
  Sheet sheet;
  sheet.columns = {{"m", {"m", "额"}, CellKind::Money}};
  sheet.rows = {{2.88e22}, {0.1}, {1234567.891}};
  EXPECT_EQ(
      render_csv(sheet, Language::En),
      "\xEF\xBB\xBFm,written by liantu\r\n28800000000000000000000,\r\n0.1,\r\n1234567.891,\r\n");
}

TEST(RenderCsv, CellThatIsNoUtf8IsAnError) {
  Sheet sheet = firms_sheet();
  sheet.rows[1][0] = "ab\xFF";
  try {
    static_cast<void>(render_csv(sheet, Language::Zh));
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    EXPECT_STREQ(error.what(),
                 "row 3, column 1 (name): byte 3 is no UTF-8; read the table that it comes from "
                 "with the right encoding");
    EXPECT_EQ(error.message().zh,
              "第3行第1列（name）：第3个字节不是UTF-8编码；请用正确的编码重新读入原表");
  }
}

// The reading half of RFC 4180, for comparison.
std::vector<std::vector<std::string>> read_back(const std::string& text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::string field;
  bool quoted = false;
  for (std::size_t i = 3; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        field += c;
      } else if (text[i + 1] == '"') {
        field += text[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',' || c == '\r') {
      row.push_back(field);
      field.clear();
      if (c == '\r') {
        rows.push_back(row);
        row.clear();
        ++i;
      }
    } else {
      field += c;
    }
  }
  return rows;
}

TEST(RenderCsv, RandomCellsReadBack) {
  std::mt19937 random(5);
  const std::vector<std::string> pieces = {"\"", ",", "\r\n", "\n", "隔膜",
                                           "=",  "-", "a",    " ",  "'"};
  for (int round = 0; round < 300; ++round) {
    Sheet sheet;
    sheet.columns = {{"x", {"x", "x"}, CellKind::Text}, {"y", {"y", "y"}, CellKind::Text}};
    std::vector<std::vector<std::string>> expected = {{"x", "y", "written by liantu"}};
    for (int r = 0; r < 3; ++r) {
      std::vector<std::string> row;
      for (int c = 0; c < 2; ++c) {
        std::string cell;
        for (std::size_t k = random() % 6; k > 0; --k) cell += pieces[random() % pieces.size()];
        row.push_back(cell);
      }
      sheet.rows.push_back({row[0], row[1]});
      for (std::string& cell : row) {
        if (!cell.empty() && std::string("=-\r'").find(cell[0]) != std::string::npos) {
          cell.insert(0, "'");
        }
      }
      row.emplace_back();
      expected.push_back(row);
    }
    EXPECT_EQ(read_back(render_csv(sheet, Language::En)), expected);
  }
}

TEST(ProblemSheet, KeepsTheOrderAndTheWords) {
  Problem first;
  first.severity = Severity::Warning;
  first.place = {"firms.csv", "", 0, 17, 4};
  first.kind = "share";
  first.field = "占比";
  first.value = "1.2";
  first.what = {"share 1.2 is outside [0, 1]", "占比1.2不在0到1之间"};
  first.remedy = {"write 1.2 % as 0.012", "1.2%请写作0.012"};
  Problem second;
  second.severity = Severity::Note;
  second.value = "\xFF";

  const Sheet sheet = problem_sheet({first, second}, Language::Zh);
  std::vector<std::string> keys;
  for (const SheetColumn& column : sheet.columns) keys.push_back(column.key);
  EXPECT_EQ(keys,
            (std::vector<std::string>{"severity", "place", "field", "value", "what", "remedy"}));
  const std::vector<std::vector<SheetCell>> expected = {
      {"警告", "firms.csv:17:4", "占比", "1.2", "占比1.2不在0到1之间", "1.2%请写作0.012"},
      {"提示", kNothing, kNothing, "\xEF\xBF\xBD", kNothing, kNothing}};
  EXPECT_EQ(sheet.rows, expected);
  EXPECT_EQ(problem_sheet({}, Language::En).rows.size(), 0u);
}

TEST(ProblemKindText, NamesAKindInBothLanguagesAndKeepsAWordItDoesNotKnow) {
  EXPECT_EQ(problem_kind_text("credit-code"), (Text{"credit codes", "信用代码"}));
  EXPECT_EQ(problem_kind_text("unknown-firm"), (Text{"unknown firms", "未知企业"}));
  EXPECT_EQ(problem_kind_text("some-new-kind"), (Text{"some-new-kind", "some-new-kind"}));
}

TEST(RenderTable, AColumnMayAlwaysStandBelowItsRow) {
  Sheet sheet;
  sheet.columns = {{"a", {"a", "甲"}, CellKind::Text},
                   {"b", {"b", "乙"}, CellKind::Text, false, true},
                   {"c", {"c", "丙"}, CellKind::Text, false, true}};
  sheet.rows = {{"x", "y", std::string(115, 'z')}, {"u", std::monostate{}, std::monostate{}}};
  EXPECT_EQ(render_table(sheet),
            "a\n─\nx\n    b: y\n    c:\n    " + std::string(115, 'z') + "\nu\n");
  EXPECT_EQ(render_csv(sheet, Language::En),
            "\xEF\xBB\xBF"
            "a,b,c,written by liantu\r\nx,y," +
                std::string(115, 'z') + ",\r\nu,,,\r\n");
}

}  // namespace
}  // namespace liantu
