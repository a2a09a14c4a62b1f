#include "liantu/report/formats/table_text.hpp"

#include <random>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/display_width.hpp"
#include "liantu/report/formats/csv_text.hpp"

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
