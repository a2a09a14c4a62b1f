#include "liantu/report/gaps/gaps_json.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "chain/gaps/sectoral.hpp"
#include "report/district_case.hpp"
#include "report/golden.hpp"
#include "report/json_case.hpp"

namespace liantu {
namespace {

using test::car_case;
using test::DistrictCase;
using test::expect_golden;

TEST(GapsJson, IsTheSchemaToTheByte) {
  const DistrictCase c = car_case();
  const std::string text = gaps_json(c.graph, c.report, test::run_info());
  test::parsed(text);
  EXPECT_TRUE(text.ends_with("}\n"));
  expect_golden("gaps.json", test::without(text, c.report.anchors.said()));
}

TEST(GapsJson, UnknownIsNull) {
  const DistrictCase c = car_case();
  const auto document = test::parsed(gaps_json(c.graph, c.report, RunInfo()));
  EXPECT_TRUE(document["data_date"].IsNull());
  const auto& recycling = document["gaps"][2];
  for (const char* member : {"demand", "supply", "supply_basis", "leakage_min", "leakage_max",
                             "coverage", "purchases"}) {
    EXPECT_TRUE(recycling[member].IsNull()) << member;
  }
  EXPECT_TRUE(recycling["needs"][0]["amount"].IsNull());
  EXPECT_TRUE(recycling["needs"][0]["evidence"][1]["file"].IsNull());
  EXPECT_TRUE(recycling["needs"][0]["evidence"][1]["row"].IsNull());
}

TEST(GapsJson, MostCutsGapsButNotTheirCount) {
  const DistrictCase c = car_case();
  const auto document = test::parsed(gaps_json(c.graph, c.report, test::run_info(), 1));
  EXPECT_EQ(document["gaps"].Size(), 1u);
  EXPECT_EQ(document["gap_count"].GetUint(), 3u);
  EXPECT_EQ(test::parsed(gaps_json(c.graph, c.report, test::run_info(), 0))["gaps"].Size(), 3u);
}

TEST(GapsJson, AChoiceIsCountedBesideAll) {
  const DistrictCase c = car_case();
  const GapSelection selection = select_gaps(c.report, {.min_leakage = 1e8});
  const auto document =
      test::parsed(gaps_json(c.graph, c.report, test::run_info(), 0, nullptr, &selection));
  EXPECT_EQ(document["gap_count"].GetUint(), 3u);
  EXPECT_EQ(document["matching_count"].GetUint(), 1u);
  EXPECT_EQ(document["counted_left_out"].GetUint(), 1u);
  ASSERT_EQ(document["gaps"].Size(), 1u);
  EXPECT_STREQ(document["gaps"][0]["segment"].GetString(), "动力电池");
}

TEST(GapsJson, CriticalityNamesPathAndDominators) {
  const DistrictCase c = car_case();
  SegmentCriticality one;
  one.segment = c.report.gaps[0].segment;
  one.criticality = 0.5;
  one.dominators = {c.report.gaps[1].segment};
  Criticality criticality;
  criticality.ubiquitous = {one};
  const auto document =
      test::parsed(gaps_json(c.graph, c.report, test::run_info(), 0, &criticality));
  EXPECT_EQ(document["gaps"][0]["criticality"].GetDouble(), 0.5);
  EXPECT_STREQ(document["gaps"][0]["dominators"][0].GetString(), "隔膜");
  EXPECT_TRUE(document["gaps"][0]["ubiquitous"].GetBool());
  EXPECT_EQ(document["gaps"][1]["criticality"].GetDouble(), 0);
  EXPECT_FALSE(document["gaps"][1]["ubiquitous"].GetBool());
}

TEST(GapsJson, SaysWhatTheNamedFirmsAreAndTheSharesThatAreKnown) {
  const DistrictCase c = car_case();
  const auto document = test::parsed(gaps_json(c.graph, c.report, test::run_info()));
  EXPECT_STREQ(document["gaps"][0]["needers_are"].GetString(), "needers");
  EXPECT_STREQ(document["gaps"][2]["needers_are"].GetString(), "suppliers");
  EXPECT_NEAR(document["gaps"][1]["local_rate"].GetDouble(), 1.0 / 6, 1e-6);
  EXPECT_TRUE(document["gaps"][1]["import_share"].IsNull());
}

TEST(GapsJson, SaysWhatIsImportedAndAssumed) {
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104,staff=30} -makes-> 车 -requires{coef=0.5,imports=0.25}-> 胎 "
      "-requires{coef=0.2}-> 胶");
  GapOptions options;
  options.district.region = RegionCode{500104};
  options.factors = {{std::nullopt, EntityNumber::Staff, 20, "示例年鉴"}};
  options.newcomers = {{"新胎有限公司", {{test::segment(graph, "胎"), 40}}}};
  const GapReport report = find_gaps(graph, options);
  const std::string text = gaps_json(graph, report, test::run_info());
  const auto document = test::parsed(text);
  EXPECT_EQ(document["factors"][0]["firms"].GetUint(), 1U);
  EXPECT_STREQ(document["newcomers"][0]["makes"][0]["segment"].GetString(), "胎");
  expect_golden("gaps_assumed.json", text);
}

TEST(GapsJson, TellsWhatIsKnownOfEachKindOfASectorsGoods) {
  test::Rubber the;
  the.firm("丙橡胶厂", 1e6, the.rubber, 0.8F, "C291 橡胶制品业: 胶管");
  const FirmId dealer = the.firm("丁橡胶厂", 1e6, the.rubber, 0.8F, "C291 橡胶制品业: 橡胶");
  the.builder.set(dealer, EntityText::Scope, "橡胶制品加工；销售轮胎");
  const EnterpriseGraph graph = the.builder.build();
  const GapReport report = find_gaps(graph, test::in_dadukou());
  const std::string text = gaps_json(graph, report, test::run_info());
  const auto document = test::parsed(text);
  const auto& kinds = document["gaps"][0]["kind_needs"];
  ASSERT_EQ(kinds.Size(), 4U);
  EXPECT_STREQ(kinds[0]["kind"].GetString(), "胶管、传动带");
  EXPECT_EQ(kinds[0]["buyers"].GetUint(), 2U);
  EXPECT_EQ(kinds[0]["buyers_capital"].GetDouble(), 4.2e8);
  EXPECT_STREQ(kinds[0]["makers"][0].GetString(), "丙橡胶厂");
  EXPECT_STREQ(kinds[1]["mentioned_by"][0].GetString(), "丁橡胶厂");
  expect_golden("gaps_kinds.json", text);
}

TEST(GapsJson, OptionGivenTwiceIsAList) {
  const auto document = test::parsed(gaps_json(EnterpriseGraph(), GapReport(), test::run_info()));
  const auto& parameters = document["parameters"];
  EXPECT_EQ(parameters.MemberCount(), 3u);
  EXPECT_STREQ(parameters["region"].GetString(), "500104");
  ASSERT_TRUE(parameters["anchor"].IsArray());
  EXPECT_STREQ(parameters["anchor"][1].GetString(), "乙");
}

TEST(GapsJson, HostileNamesStayText) {
  DistrictCase c;
  c.graph = test::sketch("f -makes-> a\"b\\c</script>\x01");
  Gap gap;
  gap.segment = SegmentId{0};
  gap.demand = Figure{std::nan(""), Basis::Stated};
  c.report.gaps = {gap};
  const auto document = test::parsed(gaps_json(c.graph, c.report, test::run_info()));
  EXPECT_STREQ(document["gaps"][0]["segment"].GetString(), "a\"b\\c</script>\x01");
  EXPECT_TRUE(document["gaps"][0]["demand"].IsNull());
}

TEST(GapsJson, AmountsCarryNoNoiseOfBinaryFractions) {
  DistrictCase c = car_case();
  c.report.gaps[0].leakage_max = 22960000.000000004;
  EXPECT_NE(gaps_json(c.graph, c.report, test::run_info()).find("\"leakage_max\": 22960000,"),
            std::string::npos);
}

}  // namespace
}  // namespace liantu
