#include "liantu/report/prospects/task_list_sheets.hpp"

#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/report/prospects/prospect_workbook.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using Words = std::vector<std::string>;

// 戊 belongs to both chains and stands on that of 电池; 己 is screened out.
struct Case {
  EnterpriseGraph graph = test::sketch(
      "甲{region=500104,anchor} -makes{output=1e9}-> 整车 -requires{coef=0.4}-> 电池; "
      "整车 -requires{coef=0.1}-> 玻璃; 电池 -part_of-> 能源; 玻璃 -part_of-> 材料; "
      "戊{region=440305,revenue=1e10} -makes{output=2e8}-> 电池; 戊 -makes{output=1e7}-> 玻璃; "
      "庚{region=110105,revenue=1e9} -makes{output=1e8}-> 玻璃; "
      "己{region=440305,risks=失信} -makes{output=1e8}-> 电池");
  GapReport report;
  TaskLists lists;

  explicit Case(OnSeveral several = OnSeveral::No) {
    GapOptions options;
    options.district.region = RegionCode{500104};
    report = find_gaps(graph, options);
    lists = rank_task_lists(graph, report, {}, {ListsBy::Chain, several});
  }
};

Words column(const Sheet& sheet, std::string_view key) {
  Words cells;
  for (std::size_t c = 0; c < sheet.columns.size(); ++c) {
    if (sheet.columns[c].key != key) continue;
    for (const auto& row : sheet.rows) {
      const std::string* text = std::get_if<std::string>(&row[c]);
      cells.push_back(text == nullptr ? "" : *text);
    }
    break;
  }
  return cells;
}

TEST(TaskListSheets, EachListHasASheetAndTheOthersTheLast) {
  const Case one;
  SheetOptions options;
  options.language = Language::Zh;
  const std::vector<Sheet> sheets = task_list_sheets(one.graph, one.report, one.lists, options);
  ASSERT_EQ(sheets.size(), 3U);
  EXPECT_EQ(sheets[0].title.zh, "潜在招商对象清单：能源");
  EXPECT_EQ(column(sheets[0], "name"), Words{"戊"});
  EXPECT_EQ(sheets[0].notes,
            (std::vector<Text>{{"firms of this list: 1; they bring home at most CNY 210 m a year "
                                "together (stated)",
                                "本清单企业 1 家；合计每年至多带回 2.1亿元（明示）"}}));
  EXPECT_EQ(sheets[1].title.zh, "潜在招商对象清单：材料");
  EXPECT_EQ(column(sheets[1], "name"), Words{"庚"});
  EXPECT_EQ(sheets[1].notes.front().zh,
            "本清单企业 2 家，列出 1 家；合计每年至多带回 9,000万元（明示）；另有 1 "
            "家在其他清单中名次更好，已归入该清单（--on-several：两边都列）");
  EXPECT_EQ(sheets[2].title.zh, "潜在招商对象清单：其他");
  EXPECT_EQ(column(sheets[2], "name"), Words{"己"});
  EXPECT_EQ(sheets[2].notes.back().zh,
            "共 2 份清单、2 家企业，每家只计一次；全部清单合计每年至多带回 3亿元（明示），"
            "同一缺口不重复计算");
}

TEST(TaskListSheets, WhoIsInNoChainIsToldHowToComeIntoOne) {
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104,anchor} -makes{output=1e9}-> 整车 -requires{coef=0.4}-> 电池; "
      "戊{region=440305} -makes{output=2e8}-> 电池");
  GapOptions options;
  options.district.region = RegionCode{500104};
  const GapReport report = find_gaps(graph, options);
  const TaskLists lists = rank_task_lists(graph, report, {}, {ListsBy::Chain, OnSeveral::No});
  const std::vector<Sheet> sheets = task_list_sheets(graph, report, lists, {});
  EXPECT_EQ(sheets.front().title.zh, "潜在招商对象清单：未归入产业链");
  EXPECT_EQ(
      sheets.front().notes.front(),
      (Text{"firms of this list: 1; they bring home at most CNY 200 m a year together "
            "(stated); give the segments of their gaps a parent in the table of segments "
            "(环节: 上级), and they stand on the list of its chain",
            "本清单企业 1 家；合计每年至多带回 2亿元（明示）；在环节表“上级”列写明所补环节所属的"
            "产业链后，即列入该链清单"}));
}

TEST(TaskListSheets, OneTableNamesTheListOfEachRow) {
  SheetOptions options;
  options.language = Language::Zh;
  const Case one;
  const Sheet table = task_list_table(one.graph, one.report, one.lists, options);
  EXPECT_EQ(table.columns.front().heading.zh, "清单");
  EXPECT_EQ(column(table, "list"), (Words{"能源", "材料", ""}));
  EXPECT_EQ(column(table, "name"), (Words{"戊", "庚", "己"}));
  const Case both(OnSeveral::Yes);
  const Sheet twice = task_list_table(both.graph, both.report, both.lists, options);
  EXPECT_EQ(column(twice, "list"), (Words{"能源", "材料", "材料", ""}));
  EXPECT_EQ(column(twice, "name"), (Words{"戊", "戊", "庚", "己"}));
}

TEST(TaskListSheets, WhoIsScreenedOutIsCutAsTheListsAre) {
  Case one;
  one.lists.list.screened.push_back(one.lists.list.screened.front());
  SheetOptions options;
  options.most = 1;
  EXPECT_EQ(task_list_sheets(one.graph, one.report, one.lists, options).back().rows.size(), 1U);
  EXPECT_EQ(task_list_table(one.graph, one.report, one.lists, options).rows.size(), 3U);
}

TEST(TaskListSheets, AWorkbookHasASheetToFillInForEachList) {
  const Case one;
  SheetOptions options;
  options.language = Language::Zh;
  const std::vector<Sheet> sheets =
      prospect_workbook(one.graph, one.report, one.lists.list, {}, {}, options, &one.lists);
  ASSERT_GE(sheets.size(), 4U);
  EXPECT_EQ(sheets[0].title.zh, "能源");
  EXPECT_EQ(column(sheets[0], "name"), Words{"戊"});
  EXPECT_TRUE(sheets[0].columns.back().fill_in);
  EXPECT_EQ(sheets[1].title.zh, "材料");
  EXPECT_EQ(column(sheets[1], "name"), Words{"庚"});
  EXPECT_EQ(sheets[2].title.zh, "其他");
  EXPECT_EQ(sheets[3].title.zh, "重点推荐");
}

}  // namespace
}  // namespace liantu
