#include "ingest/problem_rows.hpp"

#include <string>

#include <gtest/gtest.h>

#include "ingest/folder.hpp"
#include "liantu/ingest/ingest.hpp"

namespace liantu {
namespace {

IngestResult closely(const Files& files) {
  const Folder folder(files);
  IngestOptions options;
  options.review = Review::Close;
  return ingest({folder.path()}, options);
}

TEST(ProblemRows, ARowStandsAsInItsSourceWithTheCellInTrouble) {
  const IngestResult result = closely(
      {{"企业.csv", "企业名称,主营产品,注册资本\n甲厂,电池,abc\n乙厂,隔膜,3万\n,铜箔,-5\n"}});
  ASSERT_EQ(result.problem_tables.size(), 1U);
  const ProblemTable& table = result.problem_tables.front();
  EXPECT_EQ(table.file, "企业.csv");
  EXPECT_EQ(table.columns, (std::vector<std::string>{"企业名称", "主营产品", "注册资本"}));
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0].number, 2U);
  EXPECT_EQ(table.rows[0].cells, (std::vector<std::string>{"甲厂", "电池", "abc"}));
  ASSERT_EQ(table.rows[0].problems.size(), 1U);
  EXPECT_EQ(table.rows[0].problems[0].column, 2U);
  EXPECT_EQ(result.problems[table.rows[0].problems[0].problem].kind, "money");
  // The row without a name is not used, and so nothing is said of its amount.
  EXPECT_EQ(table.rows[1].number, 4U);
  ASSERT_EQ(table.rows[1].problems.size(), 1U);
  EXPECT_EQ(table.rows[1].problems[0].column, 0U);
}

TEST(ProblemRows, APersonsNumberIsNeverShown) {
  const IngestResult result =
      closely({{"企业.csv", "企业名称,信用代码,主营产品\n甲厂,36010219900307123X,电池\n"}});
  ASSERT_EQ(result.problem_tables.size(), 1U);
  const std::string& cell = result.problem_tables[0].rows[0].cells[1];
  EXPECT_TRUE(cell.starts_with("360102"));
  EXPECT_EQ(cell.find("1990"), std::string::npos) << cell;
}

TEST(ProblemRows, ProblemsOfHeadingsAndFilesStandInNoRow) {
  const IngestResult result = closely(
      {{"企业.csv", "企业名称,主营产品,天气\n甲厂,电池,晴\n"}, {"别的.csv", "甲,乙\n1,2\n"}});
  EXPECT_FALSE(result.problems.empty());
  EXPECT_TRUE(result.problem_tables.empty());
}

TEST(ProblemRows, AreKeptOnlyWhenAskedFor) {
  const Folder folder(Files{{"企业.csv", "企业名称,注册资本\n甲厂,abc\n"}});
  EXPECT_TRUE(ingest({folder.path()}).problem_tables.empty());
}

}  // namespace
}  // namespace liantu
