#include "liantu/ingest/scope/infer_industry.hpp"

#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace liantu {
namespace {

std::string industry(std::string_view name, std::string_view scope) {
  static const IndustryClassifier classifier;
  const auto found = classifier.classify(name, scope);
  return found ? found->code : "";
}

TEST(InferIndustry, WhatIsMadeFirstCountsMost) {
  EXPECT_EQ(industry("", "生产、销售：汽车配件（不含发动机）；塑料制品加工"), "C367");
  EXPECT_EQ(industry("", "塑料制品加工；生产：汽车配件"), "C292");
  EXPECT_EQ(industry("示例耐火材料有限公司", "制造：石棉制品、保温材料"), "C308");
}

TEST(InferIndustry, WhoTradesIsAWholesalerOrARetailer) {
  EXPECT_EQ(industry("示例商贸有限公司", "销售：汽车配件、钢材、建筑材料"), "F51");
  EXPECT_EQ(industry("示例建材有限公司", "销售：建筑材料、五金"), "F51");
  EXPECT_EQ(industry("示例大药房", "零售：药品"), "F525");
  EXPECT_EQ(industry("", "批发、零售：日用百货"), "F51");
  EXPECT_EQ(industry("", "经营劳务派遣业务"), "L726");
}

TEST(InferIndustry, WhatIsDoneForOthersIsAService) {
  EXPECT_EQ(industry("示例物流有限公司", "普通货运；仓储服务"), "G543");
  EXPECT_EQ(industry("", "房地产开发；物业管理"), "K701");
  EXPECT_EQ(industry("", "设计、制作、发布：招牌、灯箱广告"), "L725");
  EXPECT_EQ(industry("示例银行股份有限公司示例支行", "吸收公众存款；发放贷款"), "J662");
}

TEST(InferIndustry, TheWordThatStandsLastInANameSaysWhatTheOthersAreAbout) {
  EXPECT_EQ(industry("示例建设村支行", ""), "J662");
  EXPECT_EQ(industry("示例教育设备有限公司", "销售：教学设备"), "F51");
}

TEST(InferIndustry, ConfidenceIsHowOftenSuchEvidenceWasRight) {
  const IndustryClassifier classifier;
  const auto one = classifier.classify("", "物业管理");
  EXPECT_EQ(one, (InferredIndustry{"K702", 0.91, 1, "物业管理"}));
  // The second list counts 1 / (1 + 1), carrying goods 0.4 where no name says that the firm does.
  const auto two = classifier.classify("", "物业管理；普通货运");
  ASSERT_TRUE(two);
  EXPECT_EQ(two->code, "K702");
  EXPECT_NEAR(two->agreement, 1 / 1.2, 1e-12);
  EXPECT_EQ(two->confidence, 0.91);
  // Processing counts 0.8, of the second list 0.8 / 1.8 on as much evidence as before.
  const auto three = classifier.classify("", "塑料制品加工；石墨加工；布加工");
  ASSERT_TRUE(three);
  EXPECT_EQ(three->code, "C292");
  EXPECT_NEAR(three->agreement, 0.8 / (0.8 + 0.8 / 1.8 + 0.8 / 2.6), 1e-12);
  EXPECT_EQ(three->confidence, 0.65);
}

TEST(InferIndustry, WhatNoWordTellsCountsAgainstTheRest) {
  const IndustryClassifier classifier;
  // Of two items the first counts twice the second.
  const auto found = classifier.classify("", "生产：甲乙丙丁、塑料制品");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->code, "C292");
  EXPECT_NEAR(found->agreement, 1.0 / 3, 1e-12);
  EXPECT_EQ(found->confidence, 0.53);
}

TEST(InferIndustry, TheHeadOfANameStandsBehindTheNameOfTheGroup) {
  EXPECT_EQ(industry("示例钢铁集团矿业有限公司", "铁矿石开采；销售冶金炉料"), "B081");
  EXPECT_EQ(industry("示例钢铁集团运输有限公司", "普通货运"), "G543");
  EXPECT_EQ(industry("示例钢铁（集团）有限公司", "生产、销售：金属材料、机械产品"), "C312");
  // 实业 says nothing, and neither does the group then.
  EXPECT_EQ(industry("示例港务集团实业有限公司", "生产：涂料"), "C264");
}

TEST(InferIndustry, WordsOfASectionSupportWhatTheScopeNames) {
  EXPECT_EQ(industry("示例机械制造有限公司", "生产、加工、销售：汽车零部件；机械加工"), "C367");
  EXPECT_EQ(industry("示例装饰工程有限公司", "从事建筑相关业务"), "E501");
  EXPECT_EQ(industry("示例环保科技有限公司", "环保设备的制造、销售；环保工程"), "C359");
  // 重工 makes something, and nothing says what.
  EXPECT_EQ(industry("示例重工有限公司", "普通货运"), "");
  EXPECT_EQ(industry("示例机械有限公司", ""), "");
}

TEST(InferIndustry, WhoInvestsIsAHoldingUnlessItMakesThings) {
  EXPECT_EQ(industry("示例矿产开发投资有限公司", "对矿产资源开发项目进行投资，矿山开采技术开发"),
            "L721");
  EXPECT_EQ(industry("示例控股有限公司", "利用自有资金对建设工程项目进行投资；销售建筑材料"),
            "L721");
  EXPECT_EQ(industry("示例投资有限公司", "企业管理；生产：塑料制品"), "C292");
  EXPECT_EQ(industry("示例投资有限公司", "从事授权范围内的国有资产经营；餐饮服务"), "L721");
}

TEST(InferIndustry, MakersHoldALicenceForLorriesOfTheirOwn) {
  EXPECT_EQ(industry("示例混凝土有限公司", "普通货运；生产：混凝土"), "C302");
  EXPECT_EQ(industry("示例化工有限公司", "普通货运；生产、销售：化工产品"), "C266");
}

TEST(InferIndustry, MakingTellsMoreThanTradingLettingAndAdvising) {
  EXPECT_EQ(industry("", "房屋租赁；生产：塑料制品"), "C292");
  EXPECT_EQ(industry("", "技术咨询；塑料制品加工；销售：钢材"), "C292");
  EXPECT_EQ(industry("", "货物及技术进出口；生产：塑料制品"), "C292");
}

TEST(InferIndustry, AWordInsideAnItemIsNotWhatIsMade) {
  const IndustryClassifier classifier;
  const auto found = classifier.classify("", "生产：汽车座套");
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->agreement, 0.5, 1e-12);
}

TEST(InferIndustry, WhoMakesPartsOfCarsMakesNoCars) {
  EXPECT_EQ(industry("示例汽车转向器有限公司", "制造、销售：汽车零部件"), "C367");
  EXPECT_EQ(industry("", "生产：汽车制动零部件"), "C367");
  EXPECT_EQ(industry("", "生产：汽车"), "C361");
}

TEST(InferIndustry, AnActivityAloneIsNoService) {
  EXPECT_EQ(industry("", "生产、研发、销售：普通机械及配件"), "C349");
  EXPECT_EQ(industry("", "研发、咨询"), "");
  EXPECT_EQ(industry("", "运输、仓储"), "G543");
}

TEST(InferIndustry, GoodsInANameCountOnlyWhereTheFirmMakesFirst) {
  EXPECT_EQ(industry("示例医疗器械有限公司", ""), "C358");
  EXPECT_EQ(industry("示例医疗器械有限公司", "设备维修"), "C433");
  EXPECT_EQ(industry("示例医疗器械有限公司", "批发：医疗器械"), "F51");
}

TEST(InferIndustry, NoWordNoIndustry) {
  EXPECT_EQ(industry("", ""), "");
  EXPECT_EQ(industry("示例甲有限公司", "（以上经营范围法律、行政法规禁止的除外）"), "");
}

TEST(InferIndustry, WordsOfKindsOfGoodsTellWhoMakesThem) {
  const IndustryClassifier classifier;
  const auto code = [&](const char* name, const char* scope) {
    const auto found = classifier.classify(name, scope);
    return found ? found->code : std::string();
  };
  EXPECT_EQ(code("", "生产、销售：铜管、金属制品"), "C325");
  EXPECT_EQ(code("", "叉车、铸锻件制造"), "C343");
  EXPECT_EQ(code("", "压铸加工"), "") << "a way of making is no thing";
}

TEST(InferIndustry, CooperativesRunMachinesAndMakeNone) {
  const IndustryClassifier classifier;
  const auto cooperative = classifier.classify("示例农机专业合作社", "农业机械制造");
  ASSERT_TRUE(cooperative);
  EXPECT_EQ(cooperative->code, "A05");
  const auto factory = classifier.classify("示例农机厂", "农业机械制造");
  ASSERT_TRUE(factory);
  EXPECT_EQ(factory->code, "C357");
}

}  // namespace
}  // namespace liantu
