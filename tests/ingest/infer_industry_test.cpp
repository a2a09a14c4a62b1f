#include "liantu/ingest/infer_industry.hpp"

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
  EXPECT_EQ(industry("示例大药房", "零售：药品"), "F52");
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

TEST(InferIndustry, ConfidenceIsTheShareOfTheEvidenceThatAgrees) {
  const IndustryClassifier classifier;
  const auto one = classifier.classify("", "物业管理");
  EXPECT_EQ(one, (InferredIndustry{"K702", 0.9, "物业管理"}));
  // The second list counts half: 1 of 1.5.
  const auto two = classifier.classify("", "物业管理；普通货运");
  ASSERT_TRUE(two);
  EXPECT_EQ(two->code, "K702");
  EXPECT_NEAR(two->confidence, 0.9 * 1 / 1.5, 1e-12);
  // A word that only ends its item counts half.
  const auto part = classifier.classify("", "生产：加厚塑料制品");
  ASSERT_TRUE(part);
  EXPECT_NEAR(part->confidence, 0.45, 1e-12);
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

}  // namespace
}  // namespace liantu
