#include "liantu/prospects/policy.hpp"

#include <array>
#include <cstdint>
#include <numeric>
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

Policy parse(std::string_view text) { return parse_policy(text, "政策.json"); }

/// Expects InvalidData in both languages at `line:column` of the file.
void refuse(std::string_view text, const std::string& place) {
  SCOPED_TRACE(text);
  try {
    (void)parse(text);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    const std::string start = "政策.json:" + place;
    EXPECT_EQ(error.message().en.substr(0, start.size() + 2), start + ": ") << error.message().en;
    EXPECT_EQ(error.message().zh.substr(0, start.size()), start) << error.message().zh;
    EXPECT_GT(error.message().en.size(), start.size() + 5);
    EXPECT_GT(error.message().zh.size(), start.size() + 5);
    EXPECT_NE(error.message().en, error.message().zh);
  }
}

Policy custom() {
  Policy policy;
  policy.name = "大渡口 \"新材料\" 专班\n2025";
  policy.weights = {0, 12.5, 37.5, 0.1, 19.9, 30, 0, 0, 0, 12.5};
  policy.grade_a = 72.5;
  policy.grade_b = 0;
  policy.scale_low_cny = 1;
  policy.scale_high_cny = 3.3e11;
  policy.screens = {{EntityText::Risks, {"失信", "\\"}, {"dishonest", "失信被执行"}},
                    {EntityText::Tags, {"僵尸"}, {"zombie", "僵尸企业"}},
                    {EntityText::Status, {"注销"}, {"gone", "已注销"}},
                    {EntityText::Type, {"个体"}, {"no company", "不是公司"}},
                    {EntityText::Scope, {"电镀"}, {"plating", "涉电镀"}}};
  const auto screen = [](ScreenOn on, std::vector<std::string> any_of) {
    ScreeningRule made{EntityText::Key, std::move(any_of), {"not here", "不宜在此"}};
    made.on = on;
    return made;
  };
  policy.screens.push_back(screen(ScreenOn::Segment, {"水泥"}));
  policy.screens.back().none_of = {"机械"};
  policy.screens.back().source = "某文件〔2021〕1号";
  policy.screens.push_back(screen(ScreenOn::Industry, {"B", "C301"}));
  policy.screens.push_back(screen(ScreenOn::Chain, {"钢铁"}));
  policy.screens.push_back(screen(ScreenOn::Size, {}));
  policy.screens.back().below_cny = 5e7;
  policy.screens.push_back(screen(ScreenOn::Distance, {}));
  policy.screens.back().beyond_km = 1500.5;
  policy.main_share = 0.35;
  policy.distance_far_km = 900;
  policy.draw_concentration = 250.5;
  policy.heavy = {"C30"};
  policy.tags = {{"上市", 1}, {"高企", 1.0 / 3}, {"无", 0}};
  policy.paths = {{"near \"us\"", "owns[weight=share].~owns[weight=share]/deg"},
                  {"chain", "complement"}};
  policy.proximity_path = "near \"us\"";
  policy.links = {{{"group_rate", 0.5}, {"l3_share", 7}}};
  return policy;
}

TEST(Policy, PartsHaveWords) {
  EXPECT_EQ(part_word(ScorePartKind::GapSeverity), "gap_severity");
  EXPECT_EQ(part_word(ScorePartKind::Purchases), "purchases");
  EXPECT_EQ(part_word(ScorePartKind::Anchors), "anchors");
  EXPECT_EQ(part_word(ScorePartKind::Breadth), "breadth");
  EXPECT_EQ(part_word(ScorePartKind::Proximity), "proximity");
  EXPECT_EQ(part_word(ScorePartKind::Fit), "fit");
  EXPECT_EQ(part_word(ScorePartKind::Scale), "scale");
  EXPECT_EQ(part_word(ScorePartKind::Quality), "quality");
  EXPECT_EQ(part_word(ScorePartKind::Distance), "distance");
  EXPECT_EQ(part_word(ScorePartKind::Propensity), "propensity");
  std::set<std::string> seen;
  for (std::size_t i = 0; i < kPartCount; ++i) {
    const Text text = part_text(static_cast<ScorePartKind>(i));
    EXPECT_FALSE(text.en.empty());
    EXPECT_FALSE(text.zh.empty());
    EXPECT_TRUE(seen.insert(text.en).second);
    EXPECT_TRUE(seen.insert(text.zh).second);
  }
}

TEST(Policy, TheDefaultIsWellFormed) {
  const Policy policy = default_policy();
  ASSERT_EQ(policy.weights.size(), kPartCount);
  EXPECT_EQ(std::accumulate(policy.weights.begin(), policy.weights.end() - 1, 0.0), 100);
  for (const double weight : policy.weights) EXPECT_GE(weight, 0);
  EXPECT_LE(policy.grade_b, policy.grade_a);
  EXPECT_LT(policy.scale_low_cny, policy.scale_high_cny);
  for (const ScreeningRule& screen : policy.screens) {
    EXPECT_FALSE(screen.any_of.empty());
    EXPECT_FALSE(screen.reason.en.empty());
    EXPECT_FALSE(screen.reason.zh.empty());
  }
  for (const TagValue& tag : policy.tags) {
    EXPECT_GE(tag.value, 0);
    EXPECT_LE(tag.value, 1);
  }
}

TEST(Policy, PropensityTakesItsPointsFromTheOthersWhereArrivalsAreGiven) {
  Policy policy = default_policy();
  policy.weights = {50, 30, 0, 0, 0, 0, 0, 0, 20, 25};
  using Weights = std::array<double, kPartCount>;
  EXPECT_EQ(part_weights(policy, false), (Weights{50, 30, 0, 0, 0, 0, 0, 0, 20, 0}));
  EXPECT_EQ(part_weights(policy, true), (Weights{37.5, 22.5, 0, 0, 0, 0, 0, 0, 15, 25}));
  policy.weights.back() = 100;
  EXPECT_EQ(part_weights(policy, true), (Weights{0, 0, 0, 0, 0, 0, 0, 0, 0, 100}));
  policy.weights.back() = 0;
  EXPECT_EQ(part_weights(policy, true), part_weights(policy, false));
  policy.weights.resize(2);
  EXPECT_EQ(part_weights(policy, true), (Weights{50, 30}));
  refuse(R"({"weights": {"fit": 100, "propensity": 100.5}})", "1:40");
  refuse(R"({"weights": {"fit": 100, "propensity": -1}})", "1:40");
  refuse(R"({"weights": {"fit": 85, "propensity": 15}})", "1:13");
  EXPECT_EQ(parse(R"({"weights": {"fit": 100}})").weights.back(), 0);
}

TEST(Policy, PathsThatCannotBeReadOrWalkedAreRefusedWithTheirPlace) {
  refuse("{\n\"paths\": {\"a\": \"makes.owns\"}}", "2:16");
  refuse("{\n\"paths\": {\"l3\": \"owns\"}}", "2:17");
  refuse("{\n\"paths\": {\"\": \"owns\"}}", "2:15");
  refuse("{\n\"paths\": {\"a\": 3}}", "2:16");
  refuse("{\n\"proximity_path\": \"buys\"}", "2:19");
  refuse("{\n\"proximity_path\": \"makes\"}", "2:19");
  refuse("{\n\"proximity_path\": \"owns/deg\"}", "2:19");
  EXPECT_EQ(proximity_path(default_policy()), parse_path("directed_l3"));
  EXPECT_EQ(proximity_path(custom()), parse_path("owns[weight=share].~owns[weight=share]/deg"));
}

TEST(Policy, WhatIsWrittenIsReadBack) {
  EXPECT_EQ(parse(policy_json(default_policy())), default_policy());
  Policy other = default_policy();
  other.introductions.supplies = 1.25;
  other.introductions.years = 3;
  other.introductions.hub_ends = 7;
  other.introductions.calls = {1, 2, 3, 4, 5, 6, 7};
  other.introductions.leader = 2;
  EXPECT_EQ(parse(policy_json(other)), other);
  EXPECT_EQ(parse(policy_json(custom())), custom());
}

TEST(Policy, OneThatIsNotWellFormedIsNeitherCheckedNorWritten) {
  const auto refuse = [](const Policy& policy, const std::string& member) {
    for (const bool writes : {false, true}) {
      try {
        writes ? (void)policy_json(policy) : check_policy(policy);
        ADD_FAILURE() << "nothing was thrown for " << member;
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
        EXPECT_NE(error.message().en.find(member + ":"), std::string::npos) << error.message().en;
        EXPECT_NE(error.message().zh.find(member + "："), std::string::npos) << error.message().zh;
      }
    }
  };
  check_policy(default_policy());
  check_policy(custom());
  refuse(Policy{}, "weights");
  Policy policy = default_policy();
  policy.screens[1].field = EntityText::Address;
  refuse(policy, "screens.1.field");
  policy = default_policy();
  policy.screens[0].any_of[2].clear();
  refuse(policy, "screens.0.any_of.2");
  policy.screens[0].any_of.clear();
  refuse(policy, "screens.0.any_of");
  policy = default_policy();
  policy.screens[0].reason.zh.clear();
  refuse(policy, "screens.0.reason");
  policy = default_policy();
  policy.tags = {{"上市", 2}};
  refuse(policy, "tags.上市");
  policy = default_policy();
  policy.links.points.clear();
  refuse(policy, "links");
  policy.links.points = {{"l3_share", 1}, {"l3", 1}};
  refuse(policy, "links.l3");
  policy.links.points = {{"l3_share", 1}, {"l3_share", 1}};
  refuse(policy, "links.l3_share");
}

TEST(Policy, LinksNameSharesAndPointsAboveZero) {
  EXPECT_EQ(parse(R"({"links": {"l3_share": 2, "group_rate": 1}})").links,
            (LinkScorecard{{{"l3_share", 2}, {"group_rate", 1}}}));
  EXPECT_EQ(parse("{}").links, default_link_scorecard());
  refuse("{\n\"links\": {\"l3_share\": 2, \"charm\": 1}}", "2:35");
  refuse("{\n\"links\": {\"l3\": 2}}", "2:17");
  refuse("{\n\"links\": {\"l3_share\": 0}}", "2:23");
  refuse("{\n\"links\": {\"l3_share\": -1}}", "2:23");
  refuse("{\n\"links\": {\"l3_share\": \"much\"}}", "2:23");
  refuse("{\n\"links\": {}}", "2:10");
  refuse("{\n\"links\": []}", "2:10");
}

TEST(Policy, MembersLeftOutKeepTheDefault) {
  EXPECT_EQ(parse("{}"), default_policy());
  EXPECT_EQ(parse(R"({"about": ["why", {"so": 1}]})"), default_policy());
  Policy expected = default_policy();
  expected.name = "x";
  expected.grade_b = 10;
  expected.scale_high_cny = 2e10;
  EXPECT_EQ(parse(R"({"name": "x", "grades": {"B": 10}, "scale_cny": {"high": 2e10}})"), expected);
}

TEST(Policy, PartsLeftOutOfTheWeightsHave0) {
  Policy expected = default_policy();
  expected.weights.assign(kPartCount, 0);
  expected.weights[0] = 65;
  expected.weights[1] = 35;
  EXPECT_EQ(parse(R"({"weights": {"purchases": 35, "gap_severity": 65}})"), expected);
  try {
    (void)parse(R"({"weights": {"purchases": 15, "gap_severity": 25}})");
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_NE(error.message().en.find("sum to 40 instead of 100"), std::string::npos);
    EXPECT_NE(error.message().zh.find("权重之和为 40，应为 100"), std::string::npos);
  }
}

TEST(Policy, ScreensAndTagsReplaceTheDefaults) {
  Policy expected = default_policy();
  expected.screens = {};
  expected.tags = {};
  EXPECT_EQ(parse(R"({"screens": [], "tags": {}})"), expected);
}

TEST(Policy, ScreensThatCannotFireOrFireOnAllAreRefusedWithTheirPlace) {
  const auto screen = [](const std::string& members) {
    return "{\n\"screens\": [{\"reason\": \"x\", " + members + "}]}";
  };
  refuse(screen(R"("field": "distance", "beyond_km": -5)"), "2:63");
  refuse(screen(R"("field": "distance")"), "2:13");
  refuse(screen(R"("field": "size", "below": 0)"), "2:55");
  refuse(screen(R"("field": "size", "below": "many")"), "2:55");
  refuse(screen(R"("field": "size", "any_of": ["x"])"), "2:56");
  refuse(screen(R"("field": "industry", "any_of": ["301"])"), "2:61");
  refuse(screen(R"("field": "industry", "any_of": ["C301", "C9999"])"), "2:69");
  refuse(screen(R"("field": "segment", "any_of": [])"), "2:59");
  refuse(screen(R"("field": "segment", "any_of": ["水泥"], "none_of": [""])"), "2:79");
  refuse(screen(R"("field": "planet", "any_of": ["x"])"), "2:38");
  refuse("{\n\"main_share\": 1.5}", "2:15");
  refuse("{\n\"distance_far_km\": -1}", "2:20");
  refuse("{\n\"draw_concentration\": 0}", "2:23");
  refuse("{\n\"draw_concentration\": 1000001}", "2:23");
  refuse("{\n\"heavy\": [\"C30\", \"30\"]}", "2:18");
}

TEST(Policy, AFileOfRulesHoldsScreensAndTheirSource) {
  const std::vector<ScreeningRule> rules = parse_rules(
      R"({"about": "x", "source": "某文件", "screens": [
        {"field": "industry", "any_of": ["B"], "reason": "origin"},
        {"field": "size", "below": 1e7, "reason": "small", "source": "另一文件"}]})",
      "规则.json");
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules[0].on, ScreenOn::Industry);
  EXPECT_EQ(rules[0].source, "某文件");
  EXPECT_EQ(rules[1].below_cny, 1e7);
  EXPECT_EQ(rules[1].source, "另一文件");
}

TEST(Policy, AFileOfRulesThatIsNoneIsRefusedWithItsPlace) {
  const auto refused = [](const std::string& text, const std::string& place) {
    try {
      (void)parse_rules(text, "规则.json");
      ADD_FAILURE() << "nothing was thrown for " << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidData);
      EXPECT_EQ(error.message().en.find("规则.json:" + place + ": "), 0U) << error.message().en;
    }
  };
  refused("{", "1:2");
  refused("{}", "1:1");
  refused(R"({"screens": []})", "1:13");
  refused(R"({"weights": {}})", "1:13");
  refused(R"({"screens": [{"field": "distance", "beyond_km": -1, "reason": "x"}]})", "1:49");
}

TEST(Policy, AReasonInOneLanguageServesBoth) {
  const Policy policy =
      parse(R"({"screens": [{"field": "tags", "any_of": ["小作坊"], "reason": "规模太小"}]})");
  ASSERT_EQ(policy.screens.size(), 1U);
  EXPECT_EQ(policy.screens[0],
            (ScreeningRule{EntityText::Tags, {"小作坊"}, {"规模太小", "规模太小"}}));
}

TEST(Policy, TextThatIsNoJsonIsRefused) {
  refuse("", "1:1");
  refuse("{\"name\": \"a\"", "1:13");
  refuse("{\n  \"name\": nix}", "2:12");
  refuse("{\"name\": \"a\", \"name\": \"b\"}", "1:15");
}

TEST(Policy, UnknownMembersAreRefused) {
  refuse("[]", "1:1");
  refuse("{\n  \"wieghts\": {}\n}", "2:14");
  refuse(R"({"grades": {"C": 1}})", "1:18");
  refuse(R"({"scale_cny": {"mid": 1}})", "1:23");
  refuse(R"({"weights": {"beauty": 1}})", "1:24");
  refuse(R"({"screens": [{"field": "risks", "any_of": ["a"], "reason": "b", "why": 1}]})", "1:72");
  refuse(
      R"({"screens": [{"field": "risks", "any_of": ["a"], "reason": {"en": "a", "zh": "b", "fr": 1}}]})",
      "1:89");
}

TEST(Policy, ValuesOfAnotherKindAreRefused) {
  refuse(R"({"name": 5})", "1:10");
  refuse(R"({"weights": [1]})", "1:13");
  refuse(R"({"weights": {"fit": "ten"}})", "1:21");
  refuse(R"({"grades": 60})", "1:12");
  refuse(R"({"grades": {"A": null}})", "1:18");
  refuse(R"({"scale_cny": {"low": true}})", "1:23");
  refuse(R"({"screens": {}})", "1:13");
  refuse(R"({"screens": ["失信"]})", "1:14");
  refuse(R"({"tags": ["上市"]})", "1:10");
  refuse(R"({"tags": {"上市": "1"}})", "1:17");
}

TEST(Policy, WeightsAreNotNegativeAndSumTo100) {
  refuse("{\"weights\": {\n  \"fit\": -1,\n  \"scale\": 21}}", "2:10");
  refuse("{\n  \"weights\": {\"fit\": 11}}", "2:14");
  refuse(R"({"weights": {"fit": 9.99}})", "1:13");
  refuse(R"({"weights": {}})", "1:13");
  refuse(R"({"weights": {"fit": 0, "scale": 0}})", "1:13");
}

TEST(Policy, CallsAndCostsOfIntroductionsAreNotNegative) {
  refuse(R"({"introductions": {"calls": {"chamber": -1}}})", "1:41");
  refuse(R"({"introductions": {"calls": {"chamber": 1.5}}})", "1:41");
  refuse(R"({"introductions": {"calls": {"mayor": 1}}})", "1:39");
  refuse(R"({"introductions": {"supplies": -1}})", "1:19");
  refuse(R"({"introductions": {"friends": 1}})", "1:31");
}

TEST(Policy, ThresholdsStandInOrder) {
  refuse(R"({"grades": {"A": 30}})", "1:12");  // B stays 40
  refuse(R"({"grades": {"A": 100.5}})", "1:12");
  refuse(R"({"grades": {"B": -1}})", "1:12");
  refuse(R"({"scale_cny": {"low": 0}})", "1:15");
  refuse(R"({"scale_cny": {"low": 5, "high": 5}})", "1:15");
  EXPECT_EQ(parse(R"({"grades": {"A": 100, "B": 100}})").grade_b, 100);
}

TEST(Policy, ScreensNeedAFieldWordsAndAReason) {
  refuse(R"({"screens": [{"any_of": ["a"], "reason": "b"}]})", "1:14");
  refuse(R"({"screens": [{"field": "name", "any_of": ["a"], "reason": "b"}]})", "1:24");
  refuse(R"({"screens": [{"field": "risks", "reason": "b"}]})", "1:14");
  refuse(R"({"screens": [{"field": "risks", "any_of": [], "reason": "b"}]})", "1:43");
  refuse(R"({"screens": [{"field": "risks", "any_of": [""], "reason": "b"}]})", "1:44");
  refuse(R"({"screens": [{"field": "risks", "any_of": ["a"]}]})", "1:14");
  refuse(R"({"screens": [{"field": "risks", "any_of": ["a"], "reason": ""}]})", "1:60");
  refuse(R"({"screens": [{"field": "risks", "any_of": ["a"], "reason": {"en": "b"}}]})", "1:60");
  refuse(R"({"screens": [{"field": "risks", "any_of": ["a"], "reason": {"en": "b", "zh": ""}}]})",
         "1:60");
}

TEST(Policy, TagValuesLieBetween0And1) {
  refuse(R"({"tags": {"上市": 1.1}})", "1:17");
  refuse(R"({"tags": {"上市": -0.1}})", "1:17");
}

}  // namespace
}  // namespace liantu
