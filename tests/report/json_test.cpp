#include "liantu/report/json.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include "report/district_case.hpp"
#include "report/golden.hpp"

namespace liantu {
namespace {

using test::car_case;
using test::DistrictCase;
using test::expect_golden;

RunInfo run_info() {
  RunInfo run;
  run.version = "0.1.0";
  run.inputs = {{"主营.xlsx", "xxh3:0011223344556677"}, {"投入产出.csv", "xxh3:8899aabbccddeeff"}};
  run.parameters = {{"region", "500104"}, {"anchor", "甲"}, {"top", 20.0}, {"anchor", "乙"}};
  run.data_date = "2025-02-08";
  return run;
}

rapidjson::Document parsed(const std::string& text) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseFullPrecisionFlag>(
      text.data(), text.size());
  EXPECT_FALSE(document.HasParseError()) << rapidjson::GetParseError_En(document.GetParseError())
                                         << " at " << document.GetErrorOffset();
  return document;
}

// The sentence about the anchors belongs to another room's tests.
std::string without(std::string text, const Text& said) {
  for (const std::string& words : {said.en, said.zh}) {
    if (const auto at = text.find(words); at != std::string::npos && !words.empty()) {
      text.replace(at, words.size(), "(said)");
    }
  }
  return text;
}

TEST(GapsJson, IsTheSchemaToTheByte) {
  const DistrictCase c = car_case();
  const std::string text = gaps_json(c.graph, c.report, run_info());
  parsed(text);
  EXPECT_TRUE(text.ends_with("}\n"));
  expect_golden("gaps.json", without(text, c.report.anchors.said()));
}

TEST(GapsJson, UnknownIsNull) {
  const DistrictCase c = car_case();
  const auto document = parsed(gaps_json(c.graph, c.report, RunInfo()));
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
  const auto document = parsed(gaps_json(c.graph, c.report, run_info(), 1));
  EXPECT_EQ(document["gaps"].Size(), 1u);
  EXPECT_EQ(document["gap_count"].GetUint(), 3u);
  EXPECT_EQ(parsed(gaps_json(c.graph, c.report, run_info(), 0))["gaps"].Size(), 3u);
}

TEST(GapsJson, AChoiceIsCountedBesideAll) {
  const DistrictCase c = car_case();
  const GapSelection selection = select_gaps(c.report, {.min_leakage = 1e8});
  const auto document = parsed(gaps_json(c.graph, c.report, run_info(), 0, nullptr, &selection));
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
  const auto document = parsed(gaps_json(c.graph, c.report, run_info(), 0, &criticality));
  EXPECT_EQ(document["gaps"][0]["criticality"].GetDouble(), 0.5);
  EXPECT_STREQ(document["gaps"][0]["dominators"][0].GetString(), "隔膜");
  EXPECT_TRUE(document["gaps"][0]["ubiquitous"].GetBool());
  EXPECT_EQ(document["gaps"][1]["criticality"].GetDouble(), 0);
  EXPECT_FALSE(document["gaps"][1]["ubiquitous"].GetBool());
}

TEST(GapsJson, SaysWhatTheNamedFirmsAreAndTheSharesThatAreKnown) {
  const DistrictCase c = car_case();
  const auto document = parsed(gaps_json(c.graph, c.report, run_info()));
  EXPECT_STREQ(document["gaps"][0]["needers_are"].GetString(), "needers");
  EXPECT_STREQ(document["gaps"][2]["needers_are"].GetString(), "suppliers");
  EXPECT_NEAR(document["gaps"][1]["local_rate"].GetDouble(), 1.0 / 6, 1e-6);
  EXPECT_TRUE(document["gaps"][1]["import_share"].IsNull());
}

TEST(GapsJson, OptionGivenTwiceIsAList) {
  const auto document = parsed(gaps_json(EnterpriseGraph(), GapReport(), run_info()));
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
  const auto document = parsed(gaps_json(c.graph, c.report, run_info()));
  EXPECT_STREQ(document["gaps"][0]["segment"].GetString(), "a\"b\\c</script>\x01");
  EXPECT_TRUE(document["gaps"][0]["demand"].IsNull());
}

TEST(ProspectsJson, IsTheSchemaToTheByte) {
  const DistrictCase c = car_case();
  const std::string text = prospects_json(c.graph, c.report, c.list, run_info());
  parsed(text);
  expect_golden("prospects.json", without(text, c.report.anchors.said()));
}

TEST(ProspectsJson, SaysWhatEachPartCanEarn) {
  DistrictCase c = car_case();
  c.list.policy.weights = {25, 20, 10, 5, 15, 10, 10, 5};
  const auto document = parsed(prospects_json(c.graph, c.report, c.list, run_info()));
  EXPECT_EQ(document["weights"]["purchases"].GetDouble(), 20);
  EXPECT_EQ(document["weights"].MemberCount(), kPartCount);
  EXPECT_EQ(document["screened_count"].GetUint(), 1u);
}

TEST(ProspectsJson, SaysWhatAModelSays) {
  const DistrictCase c = test::learned_case();
  const auto document = parsed(prospects_json(c.graph, c.report, c.list, run_info()));
  EXPECT_TRUE(document["model"]["used"].GetBool());
  EXPECT_STREQ(document["model"]["kind"].GetString(), "boosted_trees");
  EXPECT_STREQ(document["model"]["remark"]["zh"].GetString(), "有多大把握");
  const auto& link = document["prospects"][0]["link"];
  EXPECT_STREQ(link["anchor"].GetString(), "长江整车制造有限公司");
  EXPECT_EQ(link["probability"].GetDouble(), 0.125);
  EXPECT_EQ(link["margin"].GetDouble(), 1.25);
  EXPECT_EQ(link["contributions"].Size(), 7u);
  EXPECT_STREQ(link["contributions"][1]["feature"].GetString(), "directed_l3");
  EXPECT_EQ(link["contributions"][1]["value"].GetDouble(), -1);
  EXPECT_TRUE(document["prospects"][1]["link"].IsNull());
  const auto row = parsed(explain_json(c.graph, c.report, c.list, c.list.prospects[0].firm,
                                       &c.list.prospects[0], run_info()));
  EXPECT_EQ(row["row"]["link"]["bias"].GetDouble(), -1);
}

TEST(GapsJson, AmountsCarryNoNoiseOfBinaryFractions) {
  DistrictCase c = car_case();
  c.report.gaps[0].leakage_max = 22960000.000000004;
  EXPECT_NE(gaps_json(c.graph, c.report, run_info()).find("\"leakage_max\": 22960000,"),
            std::string::npos);
}

TEST(ExplainJson, TellsOneRowOrWhyThereIsNone) {
  const DistrictCase c = car_case();
  const Prospect& screened = c.list.screened[0];
  const auto row =
      parsed(explain_json(c.graph, c.report, c.list, screened.firm, &screened, run_info()));
  EXPECT_STREQ(row["schema"].GetString(), "liantu.explain/1");
  EXPECT_STREQ(row["status"].GetString(), "screened");
  EXPECT_EQ(row["reason"], row["row"]["screened_by"]);
  const auto none =
      parsed(explain_json(c.graph, c.report, c.list, screened.firm, nullptr, run_info()));
  EXPECT_STREQ(none["status"].GetString(), "not_listed");
  EXPECT_TRUE(none["reason"]["zh"].IsString());
  EXPECT_TRUE(none["row"].IsNull());
}

TEST(ProspectsJson, EmptyListHasAllMembers) {
  ProspectList list;
  const auto document = parsed(prospects_json(EnterpriseGraph(), GapReport(), list, RunInfo()));
  for (const char* member : {"prospects", "unlocated", "expansions", "screened"}) {
    EXPECT_EQ(document[member].Size(), 0u) << member;
  }
  EXPECT_TRUE(document["district"]["region"].IsNull());
}

// Reads `12.30` as 1230, the way decimal arithmetic would.
std::int64_t hundredths(const std::string& digits) {
  const auto point = digits.find('.');
  EXPECT_EQ(digits.size() - point, 3u) << digits;
  return std::atoll((digits.substr(0, point) + digits.substr(point + 1)).c_str());
}

std::string digits_after(const std::string& text, const std::string& key, std::size_t& at) {
  at = text.find("\"" + key + "\": ", at);
  EXPECT_NE(at, std::string::npos) << key;
  at += key.size() + 4;
  return text.substr(at, text.find_first_of(",\n", at) - at);
}

TEST(ProspectsJson, PrintedPartsAddUpToThePrintedScore) {
  DistrictCase c = car_case();
  c.list.prospects.resize(1);
  std::mt19937 random(17);
  for (int round = 0; round < 200; ++round) {
    Prospect& prospect = c.list.prospects[0];
    prospect.score = 0;
    for (ScorePart& part : prospect.parts) {
      part.points = part.points_max = static_cast<double>(random() % 1250) / 100;
      part.known = true;
      prospect.score += part.points;
    }
    const std::string text = prospects_json(c.graph, c.report, c.list, RunInfo());
    std::size_t at = 0;
    const std::int64_t score = hundredths(digits_after(text, "score", at));
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < kPartCount; ++i) {
      const std::string word(part_word(Part{static_cast<std::uint8_t>(i)}));
      sum += hundredths(digits_after(text, word, at));
    }
    EXPECT_EQ(sum, score);
  }
}

TEST(ProblemsJson, HasPlaceWordsAndRemedy) {
  Problem problem;
  problem.severity = Severity::Warning;
  problem.place = {"firms.csv", "", 0, 17, 4};
  problem.kind = "share";
  problem.field = "占比";
  problem.value = "1.2\xFF";
  problem.what = {"share 1.2 is outside [0, 1]", "占比1.2不在0到1之间"};
  problem.remedy = {"write 1.2 % as 0.012", "1.2%请写作0.012"};
  const std::string text = problems_json({problem}, run_info());
  parsed(text);
  expect_golden("problems.json", text);
  EXPECT_EQ(parsed(problems_json({}, RunInfo()))["problems"].Size(), 0u);
}

}  // namespace
}  // namespace liantu
