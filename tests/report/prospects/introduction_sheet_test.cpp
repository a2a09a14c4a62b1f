#include "liantu/report/prospects/introduction_sheet.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

EnterpriseGraph case_of_introductions() {
  return test::sketch(
      "甲{region=500104}; 乙{region=500104}; 戊{region=440300,code=91440300MA5DA0000X}; "
      "己{region=110000}; @张 -serves{role=董事长,source=任职.csv,row=2}-> 甲; "
      "@张 -serves{role=董事,since=2020-07-01,source=任职.csv,row=3}-> 戊; "
      "戊 -supplies{segment=电池,share=0.3,as_of=2024,source=供货.csv,row=9}-> 乙");
}

std::vector<Introduction> ways_to(const EnterpriseGraph& graph, const char* firm) {
  return IntroductionFinder(graph, {RegionCode{500104}, {}, {}}).ways(test::firm(graph, firm), 3);
}

TEST(IntroductionSheet, NamesWhomToAskTheWayAndItsSources) {
  const EnterpriseGraph graph = case_of_introductions();
  const auto ways = ways_to(graph, "戊");
  const Sheet sheet = introduction_sheet(graph, test::firm(graph, "戊"), ways);
  ASSERT_EQ(sheet.rows.size(), 2U);
  EXPECT_EQ(sheet.rows[0],
            (std::vector<SheetCell>{1.0,
                                    "landed firm",
                                    "甲",
                                    "张 serves 甲 as 董事长 [任职.csv!2]; 张 serves 戊 as 董事 "
                                    "[since 2020-07-01, 任职.csv!3]",
                                    "ask 甲 to call 戊; mention: 张 serves 戊 as 董事",
                                    0.5,
                                    {}}));
  EXPECT_EQ(sheet.rows[1],
            (std::vector<SheetCell>{2.0,
                                    "landed firm",
                                    "乙",
                                    "戊 supplies 乙 with 电池 [as of 2024, 供货.csv!9]",
                                    "ask 乙 to call 戊; mention: 戊 supplies 乙 with 电池",
                                    1.5,
                                    {}}));
  SheetOptions chinese;
  chinese.language = Language::Zh;
  const Sheet zh = introduction_sheet(graph, test::firm(graph, "戊"), ways, chinese);
  EXPECT_EQ(zh.rows[0][3],
            SheetCell("张任甲董事长〔任职.csv!2〕；张任戊董事〔2020-07-01 起，任职.csv!3〕"));
  EXPECT_EQ(zh.rows[0][4], SheetCell("请甲联系戊，可提：张任戊董事"));
  EXPECT_EQ(zh.rows[1][3], SheetCell("戊向乙供应电池〔截至 2024，供货.csv!9〕"));
}

TEST(IntroductionSheet, WithoutAWaySaysWhatWouldShowOne) {
  const EnterpriseGraph graph = case_of_introductions();
  const Sheet sheet = introduction_sheet(graph, test::firm(graph, "己"), ways_to(graph, "己"));
  EXPECT_TRUE(sheet.rows.empty());
  ASSERT_EQ(sheet.notes.size(), 1U);
  EXPECT_NE(sheet.notes[0].en.find("no way is known"), std::string::npos);
}

TEST(IntroductionSheet, EveryKindOfStepHasItsWords) {
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104}; 乙{region=500104}; 丙{region=500104}; 丁{region=500104}; "
      "戊{region=440300}; 甲 -owns{share=0.125}-> 戊; 乙 -owns-> 戊; 丙 "
      "-cooperates{detail=联合研发}-> "
      "戊; 丁 -member_of-> org:商会{type=商会}; 戊 -member_of-> org:商会; "
      "org:驻粤办{type=驻点办} -covers-> 440000; 己{region=500104} -supplies-> 戊");
  const auto ways =
      IntroductionFinder(graph, {RegionCode{500104}, {}, {}}).ways(test::firm(graph, "戊"), 10);
  SheetOptions chinese;
  chinese.language = Language::Zh;
  std::vector<SheetCell> words;
  for (const auto& row : introduction_sheet(graph, test::firm(graph, "戊"), ways, chinese).rows) {
    words.push_back(row[3]);
  }
  EXPECT_EQ(words, (std::vector<SheetCell>{"乙是戊的股东", "甲持有戊 12.5% 股份", "己向戊供货",
                                           "丙与戊合作（联合研发）", "丁是商会成员；戊是商会成员",
                                           "驻粤办负责戊所在地区"}));
}

TEST(IntroductionPlanSheet, SaysWhoCallsWhomAndWhyNobody) {
  const EnterpriseGraph graph = case_of_introductions();
  const IntroductionFinder finder(graph, {RegionCode{500104}, {}, {}});
  const std::vector<FirmId> firms = {test::firm(graph, "戊"), test::firm(graph, "己")};
  const Sheet sheet = introduction_plan_sheet(graph, plan_introductions(finder, firms));
  ASSERT_EQ(sheet.rows.size(), 2U);
  EXPECT_EQ(sheet.rows[0][1], SheetCell("戊"));
  EXPECT_EQ(sheet.rows[0][2], SheetCell("91440300MA5DA0000X"));
  EXPECT_EQ(sheet.rows[0][4], SheetCell("甲"));
  EXPECT_EQ(sheet.rows[1][4], SheetCell());
  EXPECT_EQ(sheet.rows[1].size(), sheet.columns.size());
  EXPECT_EQ(sheet.notes.front().en, "1 of 2 firms have somebody to call them");
  SheetOptions brief;
  brief.brief = true;
  const Sheet small = introduction_plan_sheet(graph, plan_introductions(finder, firms), brief);
  EXPECT_EQ(small.columns.size() + 1, sheet.columns.size());
  EXPECT_EQ(small.rows[1].size(), small.columns.size());
}

TEST(IntroductionPlanSheet, WhoCouldCallButCallsOthersIsNamed) {
  const EnterpriseGraph graph = case_of_introductions();
  const IntroductionFinder finder(graph, {RegionCode{500104}, {}, {}});
  IntroductionPlanOptions none;
  none.calls = {0, 0, 0, 0};
  const std::vector<FirmId> firms = {test::firm(graph, "戊")};
  const Sheet sheet = introduction_plan_sheet(graph, plan_introductions(finder, firms, none));
  EXPECT_EQ(sheet.rows[0].back(), SheetCell("those who could call it call others already: 甲, 乙"));
}

}  // namespace
}  // namespace liantu
