#include "ingest/graph_rules.hpp"

#include <string>

#include <gtest/gtest.h>

#include "ingest/relation_lines.hpp"
#include "liantu/ingest/ingest.hpp"

namespace liantu {
namespace {

const std::string kFirms = "企业名称,成立日期\n甲厂,2010-05-01\n乙厂,2015\n丙厂,2018-03\n";

Lines close_lines(const Files& files) {
  const Folder folder(files);
  IngestOptions options;
  options.review = Review::Close;
  return lines_of(ingest({folder.path()}, options).problems);
}

TEST(GraphRules, OwnersHoldAtMostTheWholeOfAFirmInAYear) {
  // 0.8 + 0.5 = 1.3; of 2020 and 2021 each 1; 0.505 + 0.505 = 1.01 is rounding.
  const IngestResult result = read_files(
      {{"企业.csv", "企业名称\n甲厂\n乙厂\n丙厂\n丁厂\n戊厂\n"},
       {"持股.csv",
        "股东,被投企业,持股比例,数据日期\n甲厂,乙厂,80%,\n丙厂,乙厂,50%,\n甲厂,丁厂,1,2020\n"
        "丙厂,丁厂,1,2021\n甲厂,戊厂,0.505,\n丙厂,戊厂,0.505,\n"}});
  ASSERT_EQ(lines_of(result.problems),
            (Lines{"Warning 持股.csv:3:7 owner-share-sum 持股比例=50%"}));
  EXPECT_EQ(
      result.problems[0].what.en,
      "the owners hold of 乙厂 1.3 together: 甲厂 0.8 (持股.csv row 2), 丙厂 0.5 (持股.csv row "
      "3)");
  EXPECT_EQ(result.problems[0].what.zh,
            "乙厂各股东持股合计 1.3，大于 1：甲厂 0.8（持股.csv 第 2 行）、丙厂 0.5（持股.csv 第 3 "
            "行）");
}

TEST(GraphRules, SuppliersStandForAtMostAllPurchases) {
  EXPECT_EQ(
      lines_of(read_files({{"企业.csv", "企业名称\n甲厂\n乙厂\n丙厂\n"},
                           {"供货.csv",
                            "供应商,客户,采购占比\n甲厂,丙厂,70%\n乙厂,丙厂,40%\n甲厂,乙厂,1\n"}})
                   .problems),
      (Lines{"Warning 供货.csv:3:7 purchase-share-sum 采购占比=40%"}));
}

TEST(GraphRules, AFirmIsFoundedBeforeItEndsAndIsSeen) {
  EXPECT_EQ(lines_of(read_files({{"企业.csv",
                                  "企业名称,成立日期,注销日期,数据日期\n甲厂,2010-05-01,2009,\n"
                                  "乙厂,2015,,2014-12\n丙厂,2018-03,2018,2018-03\n"}})
                         .problems),
            (Lines{"Warning 企业.csv:2:4 founded-late 成立日期=2010-05-01",
                   "Warning 企业.csv:3:4 founded-late 成立日期=2015"}));
}

TEST(GraphRules, ACapitalOfAFewYuanHasLostItsUnit) {
  const IngestResult result = read_files(
      {{"企业.csv", "企业名称,注册资本(万元)\n甲厂,0.0004\n乙厂,0.1\n丙厂,0\n丁厂,4\n"}});
  ASSERT_EQ(lines_of(result.problems),
            (Lines{"Warning 企业.csv:2:4 tiny-capital 注册资本(万元)=0.0004"}));
  EXPECT_EQ(result.problems[0].what.zh, "甲厂 的注册资本仅 4 元");
}

TEST(GraphRules, ARelationBeginsAfterItsFirmsAndBeforeItsEnd) {
  EXPECT_EQ(lines_of(read_files({{"企业.csv", kFirms},
                                 {"供货.csv",
                                  "供应商,客户,起始日期,截止日期\n甲厂,乙厂,2014-06,\n"
                                  "甲厂,丙厂,2018-03,2017\n乙厂,丙厂,2018,2020\n"}})
                         .problems),
            (Lines{"Warning 供货.csv:2:7 before-founding 起始日期=2014-06",
                   "Warning 供货.csv:3:15 until-before-since 截止日期=2017"}));
}

TEST(GraphRules, ACloseReviewNamesWhatStandsAlone) {
  const Files files = {{"企业.csv", "企业名称,主营产品\n甲厂,电池\n乙厂,\n"},
                       {"需要.csv", "产品,投入品\n电池,隔膜\n"}};
  EXPECT_EQ(close_lines(files), (Lines{"Note 企业.csv:3:1 isolated-firm 企业名称=乙厂",
                                       "Note 需要.csv:2:1 segment-without-maker"}));
  EXPECT_TRUE(read_files(files).problems.empty());
}

TEST(GraphRules, AClassIsMadeByWhoeverMakesASubclass) {
  EXPECT_EQ(close_lines({{"企业.csv", "企业名称,主营产品\n甲厂,锂电池\n"},
                         {"环节.csv", "环节,上级\n电池,\n锂电池,电池\n铅酸电池,电池\n"}}),
            (Lines{"Note 环节.csv:4:1 segment-without-maker 环节=铅酸电池"}));
}

TEST(GraphRules, OfManyLooseEndsTheFirstFiftyAreNamed) {
  std::string rows = "企业名称\n";
  for (int i = 0; i < 60; ++i) rows += "示例" + std::to_string(i) + "厂\n";
  const Lines lines = close_lines({{"企业.csv", rows}});
  ASSERT_EQ(lines.size(), 51U);
  EXPECT_EQ(lines.front(), "Note 企业.csv:1:1 isolated-firm =10");
}

}  // namespace
}  // namespace liantu
