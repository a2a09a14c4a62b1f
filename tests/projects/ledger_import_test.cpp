#include "liantu/projects/ledger_import.hpp"

#include <gtest/gtest.h>

#include "projects/ledger_append.hpp"
#include "projects/ledger_case.hpp"

namespace liantu {
namespace {

const ImportOptions kToday{{2025, 7, 1}};

LedgerTable table_of(std::vector<std::string> columns, std::vector<std::vector<std::string>> rows) {
  LedgerTable table;
  table.name = "t.csv";
  table.columns = std::move(columns);
  std::uint32_t number = 1;
  for (std::vector<std::string>& cells : rows) {
    LedgerTable::Row row;
    row.place = {.file = "t.csv", .row = ++number};
    for (std::uint32_t c = 0; c < cells.size(); ++c)
      row.places.push_back({.file = "t.csv", .row = number, .column = c + 1});
    row.cells = std::move(cells);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Subject only_subject(const LedgerImport& import) {
  AppendPlan plan = LedgerAppender({}, entry_on({2025, 12, 31})).plan(import.lines);
  EXPECT_TRUE(plan.result.problems.empty()) << plan.result.problems.front().to_string(Language::En);
  EXPECT_EQ(plan.subjects.size(), 1U);
  return plan.subjects.front();
}

TEST(LedgerImport, ReadsAProjectWithTheDaysOfItsStages) {
  const LedgerImport import = read_ledger_tables(
      {table_of({"项目编号", "项目名称", "企业名称", "招商单位", "责任人", "签约日期", "开工时间",
                 "总投资（万元）", "计划开工", "链上项目", "累计到位资金（亿元）"},
                {{"P1", "甲项目", "甲厂", "专班", "李", "2025-02-08", "2025年5月6日", "8500",
                  "2025-06", "是", "0.5"}})},
      kToday);
  EXPECT_EQ(import.tables, 1U);
  EXPECT_TRUE(import.problems.empty());
  const Subject project = only_subject(import);
  EXPECT_EQ(history(project), "签约 2025-02-08, 开工 2025-05-06");
  EXPECT_EQ(project.stages.front().person, "李");
  EXPECT_EQ(number_at(project, FactKey::Investment), 8.5e7);
  // What was agreed holds since signing; what is measured since it was told.
  EXPECT_EQ(fact_at(project, FactKey::Investment)->day, (Date{2025, 2, 8}));
  EXPECT_EQ(fact_at(project, FactKey::FundsInPlace)->day, kToday.day);
  EXPECT_EQ(number_at(project, FactKey::FundsInPlace), 5e7);
  EXPECT_TRUE(flag_at(project, FactKey::OnChain));
}

TEST(LedgerImport, TellsContactsAndTeamsByTheirColumns) {
  const LedgerImport import = read_ledger_tables(
      {table_of({"企业名称", "阶段", "日期", "原因"}, {{"甲厂", "已流失", "2025-03-01", "地价"}}),
       table_of({"招商单位", "日期", "承载地评价", "有效线索"},
                {{"专班", "2025-03-30", "88", "2"}}),
       table_of({"序号", "天气"}, {{"1", "晴"}})},
      kToday);
  EXPECT_EQ(import.tables, 2U);
  ASSERT_EQ(import.lines.size(), 2U);
  EXPECT_EQ(import.lines[0].kind, SubjectKind::Contact);
  EXPECT_EQ(import.lines[0].stage, LedgerStage::Lost);
  EXPECT_EQ(import.lines[0].reason, "地价");
  EXPECT_EQ(import.lines[1].kind, SubjectKind::Team);
  EXPECT_EQ(import.lines[1].facts.size(), 2U);
}

TEST(LedgerImport, NamesTheCellOfWhatItCannotRead) {
  const LedgerImport import =
      read_ledger_tables({table_of({"项目编号", "项目名称", "阶段", "日期", "总投资"},
                                   {{"P1", "甲", "飞行", "2025-01-01", "1"},
                                    {"P2", "乙", "签约", "某日", "1"},
                                    {"P3", "丙", "签约", "2025-01-01", "很多"}})},
                         kToday);
  ASSERT_EQ(import.problems.size(), 3U);
  EXPECT_EQ(import.problems[0].place.column, 3U);
  EXPECT_EQ(import.problems[0].severity, Severity::Error);
  EXPECT_EQ(import.problems[1].place.column, 4U);
  EXPECT_EQ(import.problems[2].place.column, 5U);
  EXPECT_EQ(import.problems[2].severity, Severity::Warning);
  ASSERT_EQ(import.lines.size(), 1U);
  EXPECT_EQ(import.lines.front().key, "P3");
}

TEST(LedgerImport, ReadsAFactARow) {
  const LedgerImport import =
      read_ledger_tables({table_of({"类别", "编号", "名称", "事项", "值", "日期"},
                                   {{"项目", "P1", "甲", "总投资", "8000000", "2025-02-08"},
                                    {"项目", "P1", "甲", "身高", "1", "2025-02-08"},
                                    {"鸟", "P1", "甲", "总投资", "1", "2025-02-08"}})},
                         kToday);
  ASSERT_EQ(import.lines.size(), 1U);
  EXPECT_EQ(number_at(only_subject(import), FactKey::Investment), 8e6);
  EXPECT_EQ(import.problems.size(), 2U);
}

TEST(LedgerImport, TakesTheYellowColumnsAsContacts) {
  KeptList list;
  list.rows = {{"甲厂",
                "",
                "1",
                {{"stage", "洽谈中"},
                 {"department", "专班"},
                 {"person", "李"},
                 {"deadline", "2025-08-01"},
                 {"remark", "热"}},
                {}},
               {"乙厂", "", "2", {{"stage", "已流失"}, {"remark", "地价"}}, {}},
               {"丙厂", "", "3", {}, {}},
               {"丁厂", "", "4", {{"stage", "已签约"}, {"deadline", "尽快"}}, {}},
               {"戊厂", "", "5", {{"stage", "随缘"}}, {}}};
  const LedgerImport import = read_ledger_contacts(list, kToday);
  ASSERT_EQ(import.lines.size(), 4U);
  EXPECT_EQ(import.lines[0].stage, LedgerStage::Negotiating);
  EXPECT_EQ(import.lines[0].facts.size(), 4U);
  EXPECT_EQ(import.lines[1].reason, "地价");
  EXPECT_EQ(import.lines[2].stage, LedgerStage::ContactSigned);
  EXPECT_FALSE(import.lines[3].stage);
  EXPECT_EQ(import.problems.size(), 2U);
}

TEST(LedgerImport, KnowsItsHeadings) {
  for (const char* heading :
       {"项目编号", "总投资（万元）", "签约日期", "开工时间", "跟进阶段", "值"})
    EXPECT_TRUE(is_ledger_heading(heading)) << heading;
  for (const char* heading : {"", "天气", "第一季度"})
    EXPECT_FALSE(is_ledger_heading(heading)) << heading;
}

}  // namespace
}  // namespace liantu
