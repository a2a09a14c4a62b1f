#include "liantu/land/per_mu/per_mu_scheme.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "support/source_tree.hpp"

namespace liantu {
namespace {

constexpr std::string_view kItem =
    R"({"name": "tax", "numerator": "tax", "denominator": "land", "unit": "万元/亩", "base": 20, "points": 100})";

std::string scheme_of(std::string_view items, std::string_view more = "") {
  return R"({"name": "s", "classes": [{"name": "all", "items": [)" + std::string(items) + "]" +
         std::string(more) + "}]}";
}

void refuse(const std::string& text, std::string_view words) {
  SCOPED_TRACE(text);
  try {
    (void)parse_per_mu_scheme(text, "办法.json");
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    EXPECT_TRUE(error.message().en.starts_with("办法.json:1:")) << error.message().en;
    EXPECT_NE(error.message().en.find(words), std::string::npos) << error.message().en;
    EXPECT_NE(error.message().en, error.message().zh);
  }
}

TEST(PerMuScheme, WholeSchemeIsRead) {
  const PerMuScheme scheme = parse_per_mu_scheme(
      R"({"name": "s", "title": {"en": "a", "zh": "甲"}, "source": "文件", "classes": [
        {"name": "above", "when": {"tags": ["规上"], "at_least": {"revenue": 2e7}}, "points": 100,
         "items": [{"name": "tax", "title": "亩均税收", "numerator": "tax", "denominator": "land",
           "unit": "万元/亩", "base": {"mean_times": 2}, "points": 60, "cap": 90, "floor": 0,
           "missing": {"mean_of": ["above", "rest"]}},
          {"name": "rd", "numerator": "research", "denominator": "revenue", "unit": "%", "base": 3,
           "points": 40, "missing": "zero"}],
         "grades": {"by": "rank", "A": 0.25, "B": 0.7, "C": 0.95}},
        {"name": "rest", "items": [{"name": "tax", "numerator": "tax", "denominator": "land",
           "unit": "万元/亩", "base": 10, "points": 100}]}],
        "exempt": [{"when": {"industries": ["D"]}, "counts_as": "B", "reason": "公益"}],
        "land": {"shared": "equally", "plot_ratio": 1.5},
        "floors": [{"numerator": "tax", "unit": "万元/亩", "at_least": 15, "reason": "下限"}]})",
      "办法.json");
  PerMuScheme expected;
  expected.name = "s";
  expected.title = {"a", "甲"};
  expected.source = "文件";
  PerMuClass above;
  above.name = "above";
  above.title = {"above", "above"};
  above.when.tags = {"规上"};
  above.when.at_least = {{Quantity::Revenue, 2e7}};
  above.items = {{.name = "tax",
                  .title = {"亩均税收", "亩均税收"},
                  .numerator = Quantity::Tax,
                  .denominator = Quantity::Land,
                  .unit = "万元/亩",
                  .mean_times = 2,
                  .points = 60,
                  .cap = 90,
                  .floor = 0,
                  .missing = MissingItem::Mean,
                  .mean_of = {"above", "rest"}},
                 {.name = "rd",
                  .title = {"R&D spending by revenue", "研发投入/营业收入"},
                  .numerator = Quantity::Research,
                  .denominator = Quantity::Revenue,
                  .unit = "%",
                  .base = 3,
                  .points = 40,
                  .missing = MissingItem::Zero}};
  above.grades = {GradeBy::Rank, {0.25, 0.7, 0.95}};
  PerMuClass rest;
  rest.name = "rest";
  rest.title = {"rest", "rest"};
  rest.items = {{.name = "tax",
                 .title = {"tax by land", "税收/用地"},
                 .unit = "万元/亩",
                 .base = 10,
                 .points = 100}};
  expected.classes = {above, rest};
  Exemption exempt;
  exempt.when.industries = {"D"};
  exempt.counts_as = 'B';
  exempt.reason = {"公益", "公益"};
  expected.exemptions = {exempt};
  expected.land = {SharedLand::Equally, 1.5, {}};
  expected.floors = {{Quantity::Tax, Quantity::Land, "万元/亩", 15, {"下限", "下限"}}};
  EXPECT_EQ(scheme, expected);
}

TEST(PerMuScheme, EveryFaultIsNamedWithItsPlace) {
  const std::string item(kItem);
  const auto changed = [&](std::string_view from, std::string_view to) {
    std::string text = item;
    text.replace(text.find(from), from.size(), to);
    return scheme_of(text);
  };
  refuse("{", "");
  refuse(R"({"name": "s", "klasses": []})", "klasses");
  refuse(R"({"name": "s", "classes": []})", "at least one class");
  refuse(changed(R"("tax", "denominator")", R"("taxes", "denominator")"), "not a figure of firms");
  refuse(changed("land", "tax"), "the same");
  refuse(changed("万元/亩", "万元/人"), "not a unit");
  refuse(changed("20", "0"), "not above 0");
  refuse(changed("20", "-3"), "not above 0");
  refuse(changed("100", "99"), "sum to 99 instead of 100");
  refuse(scheme_of(item + "," + item), "stands twice");
  refuse(changed("100}", R"(100, "cap": 50})"), "below the points");
  refuse(changed("100}", R"(100, "floor": 101})"), "above the points");
  refuse(changed("100}", R"(100, "missing": "average"})"), "missing item");
  refuse(changed("100}", R"(100, "missing": {"mean_of": ["other"]}})"), "no class \"other\"");
  refuse(scheme_of(item, R"(, "grades": {"by": "luck", "A": 1, "B": 1, "C": 1})"),
         "cannot be given by");
  refuse(scheme_of(item, R"(, "grades": {"by": "rank", "A": 0.9, "B": 0.7, "C": 0.95})"), "order");
  refuse(scheme_of(item, R"(, "grades": {"by": "rank", "A": 25, "B": 70, "C": 95})"), "outside");
  refuse(scheme_of(item, R"(, "grades": {"by": "score", "A": 1, "B": 2, "C": 3})"), "order");
  refuse(scheme_of(item, R"(, "when": {})"), "without a condition");
  refuse(scheme_of(item, R"(, "when": {"tags": [""]})"), "empty word");
  refuse(scheme_of(item, R"(, "when": {"industries": ["44"]})"), "not an industry");
  refuse(R"({"name": "s", "classes": [{"name": "a", "items": [)" + item +
             R"(]}, {"name": "b", "items": [)" + item + "]}]}",
         "takes every firm");
  refuse(R"({"name": "s", "classes": [{"name": "a", "when": {"tags": ["x"]}, "items": [)" + item +
             R"(]}, {"name": "a", "items": [)" + item + "]}]}",
         "stands twice");
  refuse(R"({"name": "s", "land": {"shared": "by luck"}, "classes": [{"name": "a", "items": [)" +
             item + "]}]}",
         "shared land");
  refuse(
      R"({"name": "s", "exempt": [{"when": {"tags": ["x"]}, "counts_as": "E", "reason": "r"}], "classes": [{"name": "a", "items": [)" +
          item + "]}]}",
      "not a grade");
}

TEST(PerMuScheme, BundledSchemesAreWellFormed) {
  std::size_t count = 0;
  const std::filesystem::path folder = test::source_tree() + "/examples/per_mu";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    std::stringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    const PerMuScheme scheme = parse_per_mu_scheme(text.str(), entry.path().filename().string());
    EXPECT_FALSE(scheme.source.empty()) << entry.path();
    EXPECT_FALSE(scheme.about.zh.empty()) << entry.path();
    ++count;
  }
  EXPECT_EQ(count, 4U);
}

}  // namespace
}  // namespace liantu
