#include "liantu/report/drawings/prospect_card.hpp"

#include <cmath>
#include <regex>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "liantu/report/formats/picture.hpp"
#include "report/district_case.hpp"
#include "report/golden.hpp"

namespace liantu {
namespace {

using test::firm;

/// The policy whose full weights the hand-made points respect.
test::DistrictCase card_case() {
  test::DistrictCase one = test::car_case();
  one.list.policy.weights = {25, 20, 10, 5, 15, 10, 10, 5, 0};
  return one;
}

RunInfo run_of() {
  RunInfo run;
  run.version = "0.1.0";
  run.inputs = {{"a<b&c>.liantu", "0123"}};
  run.parameters = {{"region", "500104"}};
  run.data_date = "2025-02-08";
  return run;
}

std::string card(const test::DistrictCase& one, const Prospect& prospect, Language language) {
  return prospect_card_svg(one.graph, one.report, one.list, prospect, {}, run_of(), language);
}

// Every number that an attribute has in the drawing.
std::vector<double> numbers(const std::string& svg, const std::string& attribute) {
  std::vector<double> found;
  const std::regex one(" " + attribute + "=\"(-?[0-9.]+)\"");
  for (std::sregex_iterator at(svg.begin(), svg.end(), one), end; at != end; ++at) {
    found.push_back(std::stod((*at)[1]));
  }
  return found;
}

TEST(ProspectCard, IsAPageWithAllThatIsKnown) {
  const test::DistrictCase one = card_case();
  test::expect_golden("prospect_card.zh.svg", card(one, one.list.prospects[0], Language::Zh));
  test::expect_golden("prospect_card.en.svg", card(one, one.list.prospects[0], Language::En));
}

// 25 + 11.07 + 4.4 + 6.03 + 10 + 9.52 = 66.02 points; a point is (180 - 54 - 26) / 100 = 1 mm
// wide in the bar of all parts, of which each leaves 0.15 mm to the next.
TEST(ProspectCard, TheBarOfAllPartsIsAsLongAsTheScore) {
  const test::DistrictCase one = card_case();
  const std::string svg = card(one, one.list.prospects[0], Language::En);
  const std::regex bar(
      "<rect x=\"[0-9.]+\" y=\"([0-9.]+)\" width=\"([0-9.]+)\" height=\"4.00\" "
      "fill=\"#1F6FB2\"/>");
  double length = 0;
  int bars = 0;
  for (std::sregex_iterator at(svg.begin(), svg.end(), bar), end; at != end; ++at) {
    length += std::stod((*at)[2]);
    ++bars;
  }
  EXPECT_EQ(bars, 6);
  EXPECT_NEAR(length + 6 * 0.15, 66.02, 0.05);
}

TEST(ProspectCard, EveryStatusHasItsCard) {
  const test::DistrictCase one = card_case();
  const std::string unlocated = card(one, one.list.unlocated[0], Language::En);
  EXPECT_NE(unlocated.find("region unknown"), std::string::npos);
  const std::string expansion = card(one, one.list.expansions[0], Language::Zh);
  EXPECT_NE(expansion.find("已在本地：渝电电池股份有限公司"), std::string::npos);
  const std::string screened = card(one, one.list.screened[0], Language::Zh);
  EXPECT_NE(screened.find("未列入清单：失信被执行人"), std::string::npos);
}

TEST(ProspectCard, NothingLeavesThePageHoweverMuchThereIsToSay) {
  test::DistrictCase one = card_case();
  Prospect& prospect = one.list.prospects[0];
  const std::string words(400, 'w');
  std::string long_zh;
  for (int i = 0; i < 300; ++i) long_zh += "长";
  for (int i = 0; i < 30; ++i) {
    prospect.reasons.push_back({words, long_zh});
    prospect.risks.push_back(long_zh);
    prospect.gaps.push_back(prospect.gaps[0]);
    prospect.evidence.push_back(prospect.evidence[0]);
    prospect.unknown.emplace_back("tags");
  }
  prospect.screened_by = {words, long_zh};
  prospect.status = ProspectStatus::Screened;
  for (const Language language : {Language::Zh, Language::En}) {
    const std::string svg = card(one, prospect, language);
    for (const double y : numbers(svg, "y")) EXPECT_LE(y, 297 - 8);
    for (const double x : numbers(svg, "x")) EXPECT_LE(x, 195);
    EXPECT_NE(svg.find(language == Language::Zh ? "见文字版" : "more, see the text"),
              std::string::npos);
  }
}

TEST(ProspectCard, WordsOfTheTablesAreEscaped) {
  test::DistrictCase one = card_case();
  one.list.prospects[0].risks = {"<b>&\x1b[31m"};
  const std::string svg = card(one, one.list.prospects[0], Language::En);
  EXPECT_EQ(svg.find("<b>"), std::string::npos);
  EXPECT_EQ(svg.find('\x1b'), std::string::npos);
  EXPECT_NE(svg.find("a&lt;b&amp;c&gt;.liantu"), std::string::npos);
  EXPECT_NO_THROW(static_cast<void>(draw_pdf(svg)));
}

TEST(ProspectCard, WaysAreToldWithWhereTheyAreFrom) {
  test::DistrictCase one = card_case();
  one.graph = test::sketch(R"(
    甲电池{region=500104} -supplies{source=供货.csv,row=3}-> 深圳隔膜{region=440305}
    seg:隔膜
  )");
  one.report.gaps.clear();
  Prospect prospect = one.list.prospects[0];
  prospect.firm = firm(one.graph, "深圳隔膜");
  prospect.gaps.clear();
  prospect.evidence.clear();
  const IntroductionFinder finder(one.graph, one.report.district);
  const auto ways = finder.ways(prospect.firm, 3);
  ASSERT_EQ(ways.size(), 1U);
  const std::string svg =
      prospect_card_svg(one.graph, one.report, one.list, prospect, ways, run_of(), Language::Zh);
  EXPECT_NE(svg.find("落地企业"), std::string::npos);
  EXPECT_NE(svg.find("供货.csv!3"), std::string::npos);
}

}  // namespace
}  // namespace liantu
