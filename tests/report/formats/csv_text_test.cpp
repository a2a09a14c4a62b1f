#include "liantu/report/formats/csv_text.hpp"

#include <random>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

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
      "\xEF\xBB\xBFm,written by liantu\r\n28800000000000000000000,\r\n0.1,\r\n1234567.89,\r\n");
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
                 "row 3, column 1 (name): byte 3 is not UTF-8; read the table that it comes from "
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

// 0.1 + 0.2 of a yuan, and a sum that binary fractions leave a hair above the whole.
TEST(Csv, AmountsStandInHundredthsAndOtherNumbersAsTheyAre) {
  Sheet sheet;
  sheet.columns = {{"amount", {"CNY", "元"}, CellKind::Money},
                   {"share", {"share", "占比"}, CellKind::Share}};
  sheet.rows = {{26600000.000000004, 3.0 / 7}, {0.1 + 0.2, 0.1 + 0.2}, {1e15 + 0.125, kNothing}};
  EXPECT_EQ(read_back(render_csv(sheet, Language::En)),
            (std::vector<std::vector<std::string>>{{"CNY", "share", "written by liantu"},
                                                   {"26600000", "0.42857142857142855", ""},
                                                   {"0.3", "0.30000000000000004", ""},
                                                   {"1000000000000000.1", "", ""}}));
}

}  // namespace
}  // namespace liantu
