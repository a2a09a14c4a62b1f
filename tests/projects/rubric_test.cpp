#include "liantu/projects/rubric.hpp"

#include <fstream>
#include <iterator>
#include <tuple>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "support/source_tree.hpp"

namespace liantu {
namespace {

std::string refused(const std::string& text) {
  try {
    std::ignore = parse_rubric(text, "r.json");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    EXPECT_FALSE(error.remedy().en.empty()) << error.what();
    return error.what();
  }
  return {};
}

std::string with(const std::string& scored, const std::string& more = "") {
  return R"({"name": "n", "full": 100, "scored": [)" + scored + "]" + more + "}";
}

constexpr const char* kFit =
    R"({"word": "fit", "name": "契合", "measure": "on_chain_share", "points": 100})";

TEST(Rubric, TheDefaultIsTheFileThatPeopleCopy) {
  std::ifstream file(test::source_tree() + "/examples/rubric.json", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  EXPECT_EQ(text, default_rubric_json());
  const Rubric rubric = default_rubric();
  EXPECT_EQ(rubric.full, 100);
  EXPECT_EQ(rubric.items.size(), 14U);
}

TEST(Rubric, ReadsTargetsOfTeamsAndBoards) {
  const Rubric rubric = parse_rubric(
      with(
          R"({"word": "p", "name": {"en": "p", "zh": "签约"}, "measure": "signed_projects", "points": 100, "target": 2, "where": {"least_investment": 1e8, "below_investment": 5e8, "outside": false}})",
          R"(, "targets": {"甲": {"p": 5}}, "boards": {"red": 1, "black": 2, "black_below": 50})"),
      "r.json");
  EXPECT_EQ(rubric.targets.at("甲").at("p"), 5);
  EXPECT_EQ(rubric.red, 1U);
  EXPECT_EQ(rubric.black, 2U);
  EXPECT_EQ(rubric.black_below, 50);
  EXPECT_EQ(rubric.items.front().filter.outside, false);
  EXPECT_EQ(rubric.items.front().filter.below_investment, 5e8);
}

TEST(Rubric, RefusesWhatCannotBeReckonedWithItsPlace) {
  EXPECT_EQ(refused(with(kFit)), "");
  const std::pair<std::string, std::string> kFaults[] = {
      {R"({"scored": []})", "`name` is missing"},
      {with(R"({"word": "fit", "name": "契合", "measure": "on_chain_share", "points": 90})"),
       "add up to 90, not to 100"},
      {with(std::string(kFit) + "," + kFit), "two items are called fit"},
      {with(R"({"word": "a", "name": "b", "measure": "beauty", "points": 100})"),
       "\"beauty\" is not a measure"},
      {with(R"({"word": "a", "name": "b", "measure": "signed_projects", "points": 100})"),
       "has no target"},
      {with(
           R"({"word": "a", "name": "b", "measure": "signed_projects", "points": 100, "target": 0})"),
       "is not above 0"},
      {with(
           R"({"word": "a", "name": "b", "measure": "rating", "points": 100, "fact": "leader_visit"})"),
       "this measure cannot count"},
      {with(
           R"({"word": "a", "name": "b", "measure": "events", "points": 100, "fact": "height", "target": 1})"),
       "this measure cannot count"},
      {with(
           R"({"word": "a", "name": "b", "measure": "on_chain_share", "points": 100, "colour": 1})"),
       "\"colour\" is not known"},
      {with(R"({"word": "a", "name": "b", "measure": "on_chain_share", "points": 1e9})"),
       "more points than a million"},
      {with(
           R"({"word": "a", "name": "b", "measure": "signed_projects", "points": 100, "target": 1, "where": {"least_investment": 5, "below_investment": 5}})"),
       "between the two bounds"},
      {with(
           R"({"word": "a", "name": "b", "measure": "signed_projects", "points": 100, "target": 1, "where": {"outside": "yes"}})"),
       "true or false"},
      {with(
           kFit,
           R"(, "bonuses": [{"word": "x", "name": "y", "measure": "above_target", "of": "fit", "points": 1}])"),
       "not a scored item with a target"},
      {with(kFit, R"(, "targets": {"甲": {"fit": 1}})"), "not an item with a target"},
      {"{", "r.json:1"}};
  for (const auto& [text, words] : kFaults) {
    std::string said;
    try {
      std::ignore = parse_rubric(text, "r.json");
    } catch (const Error& error) {
      said = error.what();
    }
    EXPECT_NE(said.find(words), std::string::npos) << words << " / " << said;
    EXPECT_EQ(said.rfind("r.json:", 0), 0U) << said;
  }
}

}  // namespace
}  // namespace liantu
