#include "liantu/land/per_mu/land_use.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

LandUse use_of(const EnterpriseGraph& graph, std::string_view name, const LandRules& rules = {}) {
  const std::vector<FirmId> firms = {test::firm(graph, name)};
  return land_use(graph, firms, rules).front();
}

TEST(LandUse, OwnStatementComesBeforePlots) {
  const auto graph = test::sketch("甲{land=30,floor=9000}; 甲 -stands_on-> 一; site:一{land=20}");
  const LandUse use = use_of(graph, "甲");
  EXPECT_EQ(use.from, LandFrom::Stated);
  EXPECT_EQ(use.mu, (Figure{30, Basis::Stated}));
  EXPECT_EQ(use.plots_mu, 20.0);
}

TEST(LandUse, SeveralPlotsAddUp) {
  const auto graph = test::sketch(
      "甲 -stands_on-> 一; 甲 -stands_on{year=2020}-> 一; 甲 -stands_on-> 二; site:一{land=20}; "
      "site:二{land=5}");
  const LandUse use = use_of(graph, "甲");
  EXPECT_EQ(use.mu, (Figure{25, Basis::Stated}));
  EXPECT_EQ(use.plots, 2U);
  EXPECT_EQ(use.shared, 0U);
}

// 30 mu, floors 3000 and 6000 m²: 10 and 20 mu.
TEST(LandUse, SharedPlotIsDividedByFloorSpace) {
  const auto graph = test::sketch(
      "甲{floor=3000}; 乙{floor=6000}; 甲 -stands_on-> 一; 乙 -stands_on-> 一; site:一{land=30}");
  EXPECT_EQ(use_of(graph, "甲").mu, (Figure{10, Basis::Estimated}));
  EXPECT_EQ(use_of(graph, "乙").mu, (Figure{20, Basis::Estimated}));
  EXPECT_EQ(use_of(graph, "乙").shared, 1U);
  LandRules equally;
  equally.shared = SharedLand::Equally;
  EXPECT_EQ(use_of(graph, "甲", equally).mu, (Figure{15, Basis::Estimated}));
}

TEST(LandUse, SharedPlotIsDividedEquallyWhereOneFloorIsUnknown) {
  const auto graph =
      test::sketch("甲{floor=3000}; 乙; 甲 -stands_on-> 一; 乙 -stands_on-> 一; site:一{land=30}");
  EXPECT_EQ(use_of(graph, "甲").mu, (Figure{15, Basis::Estimated}));
}

TEST(LandUse, WhoLeftAPlotDoesNotStandOnIt) {
  const auto graph =
      test::sketch("甲 -stands_on-> 一; 乙 -stands_on{until=2020-12-31}-> 一; site:一{land=30}");
  LandRules rules;
  rules.as_of = {2024, 12, 31};
  EXPECT_EQ(use_of(graph, "甲", rules).mu, (Figure{30, Basis::Stated}));
  EXPECT_EQ(use_of(graph, "乙", rules).from, LandFrom::Unknown);
}

// 20,000 m² at 1.5 are 13,333 m² of land: 20 mu.
TEST(LandUse, LeasedFloorSpaceIsConvertedByPlotRatio) {
  const auto own = test::sketch("甲{floor=20000,plot_ratio=1.5}");
  EXPECT_NEAR(use_of(own, "甲").mu->value, 20, 1e-9);
  EXPECT_EQ(use_of(own, "甲").mu->basis, Basis::Estimated);
  EXPECT_EQ(use_of(own, "甲").from, LandFrom::FloorSpace);
  const auto of_plot = test::sketch("甲{floor=20000}; 甲 -stands_on-> 一; site:一{plot_ratio=1.5}");
  EXPECT_NEAR(use_of(of_plot, "甲").mu->value, 20, 1e-9);
  LandRules rules;
  rules.plot_ratio = 3;
  EXPECT_NEAR(use_of(test::sketch("甲{floor=20000}"), "甲", rules).mu->value, 10, 1e-9);
  EXPECT_EQ(use_of(test::sketch("甲{floor=20000}"), "甲").from, LandFrom::Unknown);
}

TEST(LandUse, PlotOfUnknownAreaLeavesTheSumUnknown) {
  const auto graph =
      test::sketch("甲 -stands_on-> 一; 甲 -stands_on-> 二; site:一{land=20}; site:二");
  EXPECT_EQ(use_of(graph, "甲").from, LandFrom::Unknown);
  EXPECT_EQ(use_of(graph, "甲").plots_mu, std::nullopt);
}

TEST(LandUse, PlotRatioOfTheRulesIsAboveZero) {
  LandRules rules;
  rules.plot_ratio = 0;
  EXPECT_THROW((void)use_of(test::sketch("甲"), "甲", rules), Error);
}

TEST(LandUse, WordsOfEverySource) {
  EXPECT_EQ(land_from_word(LandFrom::FloorSpace), "floor_space");
  EXPECT_EQ(land_from_text(LandFrom::Plots).zh, "按所在地块");
}

}  // namespace
}  // namespace liantu
