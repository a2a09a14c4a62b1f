#include "liantu/report/data/problem_book.hpp"

#include <variant>

#include <gtest/gtest.h>

#include "liantu/report/formats/workbook.hpp"

namespace liantu {
namespace {

Problem problem(Severity severity, std::string kind, std::string field, std::uint32_t line) {
  return {severity,
          {.file = "企业.csv", .line = line, .column = 1},
          std::move(kind),
          std::move(field),
          "x",
          {"wrong", "有误"},
          {"mend it", "请更正"}};
}

std::string text(const SheetCell& cell) {
  const auto* words = std::get_if<std::string>(&cell);
  return words == nullptr ? std::string() : *words;
}

TEST(ProblemBook, HasKindsThenWhatStandsInNoRowThenASheetASource) {
  const std::vector<Problem> problems = {problem(Severity::Note, "unknown-column", "天气", 1),
                                         problem(Severity::Warning, "money", "注册资本", 2),
                                         problem(Severity::Error, "missing-name", "企业名称", 2)};
  const std::vector<ProblemTable> tables = {
      {"企业.csv", "", {"企业名称", "注册资本"}, {{2, {"", "abc"}, {{1, 1}, {2, 0}}}}}};
  const std::vector<Sheet> book = problem_book(problems, tables, Language::Zh);
  ASSERT_EQ(book.size(), 3U);
  ASSERT_EQ(book[0].rows.size(), 3U);
  EXPECT_EQ(text(book[0].rows[0][1]), "缺少名称");  // the gravest first
  ASSERT_EQ(book[1].rows.size(), 1U);
  EXPECT_EQ(text(book[1].rows[0][2]), "天气");
  const Sheet& source = book[2];
  EXPECT_EQ(source.title.zh, "企业.csv");
  ASSERT_EQ(source.rows.size(), 1U);
  EXPECT_EQ(std::get<double>(source.rows[0][0]), 2);
  EXPECT_EQ(text(source.rows[0][1]), "企业名称：有误\n注册资本：有误");
  EXPECT_EQ(text(source.rows[0][2]), "请更正");  // told once
  EXPECT_EQ(text(source.rows[0][4]), "abc");
  EXPECT_EQ(source.marked,
            (std::vector<MarkedCell>{{0, 4, Severity::Warning}, {0, 3, Severity::Error}}));
}

TEST(ProblemBook, AProblemOfAWholeRowMarksItsNumber) {
  const std::vector<Sheet> book = problem_book(
      {problem(Severity::Error, "self", "", 2)},
      {{"供货.xlsx", "表", {"供应商"}, {{2, {"甲"}, {{0, std::nullopt}}}}}}, Language::En);
  ASSERT_EQ(book.size(), 2U);
  EXPECT_EQ(book[1].title.en, "供货.xlsx#表");
  EXPECT_EQ(book[1].marked, (std::vector<MarkedCell>{{0, 0, Severity::Error}}));
}

TEST(ProblemBook, WithoutProblemsIsOneEmptySheetAndTheSameBytesEachTime) {
  const std::vector<Sheet> book = problem_book({}, {}, Language::En);
  ASSERT_EQ(book.size(), 1U);
  EXPECT_TRUE(book[0].rows.empty());
  EXPECT_EQ(write_workbook(book, Language::En), write_workbook(book, Language::En));
}

}  // namespace
}  // namespace liantu
