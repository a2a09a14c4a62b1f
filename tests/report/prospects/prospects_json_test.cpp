#include "liantu/report/prospects/prospects_json.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "report/district_case.hpp"
#include "report/golden.hpp"
#include "report/json_case.hpp"

namespace liantu {
namespace {

using test::car_case;
using test::DistrictCase;
using test::expect_golden;

TEST(ProspectsJson, IsTheSchemaToTheByte) {
  const DistrictCase c = car_case();
  const std::string text = prospects_json(c.graph, c.report, c.list, test::run_info());
  test::parsed(text);
  expect_golden("prospects.json", test::without(text, c.report.anchors.said()));
}

TEST(ProspectsJson, SaysWhatEachPartCanEarn) {
  DistrictCase c = car_case();
  c.list.policy.weights = {25, 20, 10, 5, 15, 10, 10, 5, 0, 15};
  const auto document = test::parsed(prospects_json(c.graph, c.report, c.list, test::run_info()));
  EXPECT_EQ(document["weights"]["purchases"].GetDouble(), 20);
  EXPECT_EQ(document["weights"].MemberCount(), kPartCount - 1);  // no arrivals are given
  EXPECT_EQ(document["screened_count"].GetUint(), 1u);
}

TEST(ProspectsJson, SaysWhatAModelSays) {
  const DistrictCase c = test::learned_case();
  const auto document = test::parsed(prospects_json(c.graph, c.report, c.list, test::run_info()));
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
  const auto row = test::parsed(explain_json(c.graph, c.report, c.list, c.list.prospects[0].firm,
                                             &c.list.prospects[0], test::run_info()));
  EXPECT_EQ(row["row"]["link"]["bias"].GetDouble(), -1);
}

TEST(ExplainJson, TellsOneRowOrWhyThereIsNone) {
  const DistrictCase c = car_case();
  const Prospect& screened = c.list.screened[0];
  const auto row = test::parsed(
      explain_json(c.graph, c.report, c.list, screened.firm, &screened, test::run_info()));
  EXPECT_STREQ(row["schema"].GetString(), "liantu.explain/1");
  EXPECT_STREQ(row["status"].GetString(), "screened");
  EXPECT_EQ(row["reason"], row["row"]["screened_by"]);
  expect_golden("explain_screened.json",
                test::without(explain_json(c.graph, c.report, c.list, screened.firm, &screened,
                                           test::run_info()),
                              c.report.anchors.said()));
  const Prospect& listed = c.list.prospects[0];  // its quality is not known
  expect_golden(
      "explain_listed.json",
      test::without(explain_json(c.graph, c.report, c.list, listed.firm, &listed, test::run_info()),
                    c.report.anchors.said()));
  const auto none = test::parsed(
      explain_json(c.graph, c.report, c.list, screened.firm, nullptr, test::run_info()));
  EXPECT_STREQ(none["status"].GetString(), "not_listed");
  EXPECT_TRUE(none["reason"]["zh"].IsString());
  EXPECT_TRUE(none["row"].IsNull());
}

TEST(ProspectsJson, EmptyListHasAllMembers) {
  ProspectList list;
  const auto document =
      test::parsed(prospects_json(EnterpriseGraph(), GapReport(), list, RunInfo()));
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
    c.list.arrivals = true;
    const std::string text = prospects_json(c.graph, c.report, c.list, RunInfo());
    std::size_t at = 0;
    const std::int64_t score = hundredths(digits_after(text, "score", at));
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < kPartCount; ++i) {
      const std::string word(part_word(ScorePartKind{static_cast<std::uint8_t>(i)}));
      sum += hundredths(digits_after(text, word, at));
    }
    EXPECT_EQ(sum, score);
  }
}

}  // namespace
}  // namespace liantu
