#include "ingest/graph_notes.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "ingest/relation_lines.hpp"

namespace liantu {
namespace {

const std::string kNeeds = "产品,投入品,投入系数\n";

TEST(GraphNotes, AnInputThatCostsAsMuchAsItsProductIsAWarning) {
  // 30 is meant as 30 %; 1 leaves nothing for wages; 泵 takes 0.6 + 0.6; 风机 0.5 + 0.5; 阀 0.9.
  const IngestResult result =
      read_files({{"需要.csv",
                   kNeeds + "电机,轴承,30\n泵,轴承,0.6\n泵,电机,0.5\n风机,电机,0.5\n风机,轴承,0.5\n"
                            "阀,轴承,0.9\n阀,阀,1\n"}});
  ASSERT_EQ(lines_of(result.problems), (Lines{"Warning 需要.csv:2:7 coefficient 投入系数=30",
                                              "Warning 需要.csv:3:1 coefficient-sum 产品=泵"}));
  EXPECT_EQ(
      result.problems[0].what,
      (Text{"a yuan of 电机 takes 30 yuan of 轴承: an input that costs as much as the "
            "product, or more, makes its gap too large; likewise 需要.csv row 8 (阀 → 阀 1)",
            "每元 电机 需要 30 元 轴承：一项投入不低于产出，其缺口会被高估；同类：需要.csv 第 "
            "8 行（阀 → 阀 1）"}));
  EXPECT_EQ(result.problems[1].what.en,
            "the inputs of 泵 add up to 1.1 yuan for a yuan of output: inputs that cost as much as "
            "the product, or more, make gaps too large; likewise 需要.csv row 5 (风机 1)");
  EXPECT_TRUE(result.problems[1].what.zh.starts_with("泵 的投入系数合计为 1.1，不低于 1"));
}

TEST(GraphNotes, ABillOfMaterialsDearerThanItsProductIsAWarning) {
  // (2 × 89 + 1 × 90) / 100 = 2.68; no input alone costs as much in the second.
  const IngestResult result =
      read_files({{"物料清单.csv",
                   "产品,物料,用量,单价,产品单价\n电池,隔膜,2,89,100\n"
                   "电池,铜箔,1,90,\n水泵,叶片,1,60,100\n水泵,轴,1,70,\n"}});
  EXPECT_EQ(lines_of(result.problems), (Lines{"Warning 物料清单.csv:2:1 coefficient",
                                              "Warning 物料清单.csv:5:1 coefficient-sum "
                                              "产品=水泵"}));
}

TEST(GraphNotes, ManyCasesAreOneMessageWithTheFirstPlaces) {
  std::string rows = kNeeds;
  for (int i = 0; i < 8; ++i) rows += "产品" + std::to_string(i) + ",轴承,2\n";
  const IngestResult result = read_files({{"需要.csv", rows}});
  ASSERT_EQ(lines_of(result.problems), (Lines{"Warning 需要.csv:2:8 coefficient 投入系数=2"}));
  const std::string& en = result.problems[0].what.en;
  EXPECT_TRUE(en.ends_with("需要.csv row 6 (产品4 → 轴承 2) and 3 more")) << en;
  EXPECT_TRUE(result.problems[0].what.zh.ends_with("第 6 行（产品4 → 轴承 2），另有 3 处"));
}

TEST(GraphNotes, OfSeveralYearsTheLatestCoefficientCounts) {
  const std::string head = "产品,投入品,投入系数,数据日期\n";
  EXPECT_TRUE(
      read_files({{"需要.csv", head + "泵,轴承,0.6,2019\n泵,轴承,0.5,2020\n泵,轴,0.4,2019\n"}})
          .problems.empty());
  EXPECT_EQ(
      lines_of(read_files({{"需要.csv", head + "泵,轴承,0.6,2019\n泵,轴,0.6,2020\n"}}).problems),
      (Lines{"Warning 需要.csv:2:1 coefficient-sum 产品=泵"}));
}

TEST(GraphNotes, ARowThatJoinsTheInputsOfASectorIsPointedAt) {
  const std::string table =
      "代码,部门,01,02,中间使用合计,最终使用合计,总产出\n01,农业,10,40,50,50,100\n"
      "02,工业,20,60,80,120,200\nTII,中间投入合计,30,100,130,,\nTI,总投入,100,200,300,,\n";
  const IngestResult result =
      read_files({{"io.csv", table}, {"需要.csv", kNeeds + "工业,轴承,0.6\n"}});
  ASSERT_EQ(lines_of(result.problems),
            (Lines{"Note io.csv:1:1 imports", "Note io.csv:1:1 sector-scheme",
                   "Warning 需要.csv:2:1 coefficient-sum 产品=工业"}));
  // 0.2 + 0.3 of the table and 0.6.
  EXPECT_TRUE(
      result.problems[2].what.en.starts_with("the inputs of 工业 add up to 1.1 yuan for a yuan of "
                                             "output, from io.csv and 需要.csv together"))
      << result.problems[2].what.en;
  EXPECT_TRUE(result.problems[2].what.zh.starts_with(
      "工业 的投入系数合计为 1.1（io.csv 与 需要.csv 相加），不低于 1"));
}

Lines notes_on(const std::string& makes, const std::string& firms = "企业名称\n甲\n乙\n",
               const Files& more = {}) {
  Files files = {{"主营.csv", "企业,环节,产值,营收占比,数据日期\n" + makes}, {"企业.csv", firms}};
  files.insert(files.end(), more.begin(), more.end());
  return lines_of(read_files(files).problems);
}

TEST(GraphNotes, SharesOfOneYearAboveTheWholeAreNoted) {
  EXPECT_EQ(notes_on("甲,泵,,0.8,2020\n甲,轴,,0.9,2020\n乙,泵,,0.6,\n乙,轴,,0.7,\n"),
            (Lines{"Note 主营.csv:3:6 share-sum 营收占比=0.9"}));
  EXPECT_EQ(notes_on("甲,泵,,0.8,2020\n甲,轴,,0.9,2021\n"), Lines());
  EXPECT_EQ(notes_on("甲,泵,,0.333,\n甲,轴,,0.334,\n甲,阀,,0.335,\n"), Lines()) << "rounding";
  EXPECT_EQ(notes_on("甲,泵,,0.8,\n", "企业名称\n甲\n乙\n",
                     {{"经销.csv", "企业,环节,营收占比\n甲,钢,0.5\n"}}),
            (Lines{"Note 经销.csv:2:5 share-sum 营收占比=0.5"}));
}

TEST(GraphNotes, AShareOfAProductHoldsTheSharesBelowIt) {
  const Files taxonomy = {{"环节.csv", "环节,上级\n泵,\n水泵,泵\n潜水泵,水泵\n轴,\n"}};
  const std::string firms = "企业名称\n甲\n";
  EXPECT_EQ(notes_on("甲,泵,,0.8,\n甲,潜水泵,,0.7,\n", firms, taxonomy), Lines());
  EXPECT_EQ(notes_on("甲,泵,,0.8,\n甲,潜水泵,,0.7,\n甲,轴,,0.3,\n", firms, taxonomy),
            (Lines{"Note 主营.csv:4:6 share-sum 营收占比=0.3"}));
}

TEST(GraphNotes, OutputAboveRevenueIsNoted) {
  const std::string firms = "企业名称,营业收入,数据日期\n甲,100万元,2020\n乙,100万元,\n";
  EXPECT_EQ(notes_on("甲,泵,300万元,,2020\n", firms),
            (Lines{"Note 主营.csv:2:5 output-above-revenue 产值=300万元"}));
  EXPECT_EQ(notes_on("甲,泵,300万元,,2021\n", firms), Lines()) << "of another year";
  EXPECT_EQ(notes_on("乙,泵,60万元,,2021\n乙,轴,60万元,,2021\n", firms),
            (Lines{"Note 主营.csv:3:5 output-above-revenue 产值=60万元"}));
  EXPECT_EQ(notes_on("乙,泵,60万元,,\n乙,轴,40.9万元,,\n", firms), Lines());
}

TEST(GraphNotes, OutputAboveRevenueSaysBothAmounts) {
  const IngestResult result = read_files({{"主营.csv", "企业,环节,产值\n甲,泵,3亿元\n"},
                                          {"企业.csv", "企业名称,营业收入\n甲,1亿元\n"}});
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(result.problems[0].what,
            (Text{"甲 has an output of CNY 300 m, more than its revenue of CNY 100 m",
                  "甲 产值为 3亿元，大于其营业收入 1亿元"}));
}

TEST(GraphNotes, PurchasesAboveTheBuyersRevenueAreAWarning) {
  // 60 m + 60 m of a firm that sells for 100 m; another buys less than it sells.
  const IngestResult result = read_files(
      {{"企业.csv", "企业名称,营业收入\n示例甲厂,1亿\n示例乙厂,1亿\n示例丙厂,\n"},
       {"供货.csv",
        "供应商,客户,产品,金额\n示例丙厂,示例甲厂,铜,6000万\n示例丙厂,示例甲厂,铝,6000万\n"
        "示例丙厂,示例乙厂,铝,6000万\n"}});
  ASSERT_EQ(lines_of(result.problems),
            (Lines{"Warning 供货.csv:2:13 purchases-above-revenue 金额=6000万"}));
  EXPECT_EQ(result.problems[0].what.zh, "示例甲厂 采购额合计 1.2亿元，大于其营业收入 1亿元");
}

TEST(GraphNotes, OfPurchasesOfSeveralYearsTheLatestIsSaidToCount) {
  const IngestResult result =
      read_files({{"企业.csv", "企业名称\n示例甲厂\n示例乙厂\n"},
                  {"供货.csv",
                   "供应商,客户,产品,金额,年份\n示例乙厂,示例甲厂,铜,6000万,2022\n"
                   "示例乙厂,示例甲厂,铜,7000万,2023\n"}});
  EXPECT_EQ(lines_of(result.problems),
            (Lines{"Note 供货.csv:3:13 purchases-of-years 金额=7000万"}));
}

TEST(GraphNotes, AmountsOfWhichSomeHaveAUnitAndSomeHaveNoneAreAWarning) {
  const IngestResult result = read_files({{"企业.csv", "企业名称\n示例甲厂\n示例乙厂\n"},
                                          {"供货.csv",
                                           "供应商,客户,产品,金额\n示例乙厂,示例甲厂,铜,6900万\n"
                                           "示例乙厂,示例甲厂,铝,28600000\n"}});
  EXPECT_EQ(lines_of(result.problems), (Lines{"Warning 供货.csv:3:13 mixed-units 金额=28600000"}));
}

}  // namespace
}  // namespace liantu
