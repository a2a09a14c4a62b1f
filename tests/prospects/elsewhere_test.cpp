#include "prospects/elsewhere.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "prospects/fillings/ground.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

TEST(Elsewhere, CountsDistrictsThatNeedItAndDoNotMakeIt) {
  // 500112 makes 整车 too and no 电池; 510104 makes both; 330106 makes neither; 乙 is where the
  // prospect comes from, and a list there would not name it.
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104,anchor} -makes-> 整车 -requires-> 电池; 丙{region=500112} -makes-> 整车; "
      "丁{region=510104} -makes-> 整车; 丁 -makes-> 软包 -part_of-> 电池; "
      "己{region=330106} -makes-> 布; 乙{region=440306} -makes-> 整车; "
      "戊{region=440305} -makes-> 电池");
  GapOptions options;
  options.district.region = RegionCode{500104};
  const GapReport report = find_gaps(graph, options);
  ASSERT_EQ(report.gaps.size(), 1U);
  const ProspectGround ground(graph);
  Elsewhere elsewhere(graph, ground.taxonomy, report, ground.regions, ground.region_of);
  EXPECT_EQ(elsewhere.districts(), 5U);
  const std::vector<FilledGap> gaps = {{0, report.gaps[0].segment, EdgeId{0}, std::nullopt}};
  EXPECT_EQ(elsewhere.count(gaps, RegionCode{440305}), 1U);
  EXPECT_EQ(elsewhere.count(gaps, RegionCode{420100}), 2U);
  EXPECT_EQ(elsewhere.count({}, RegionCode{440305}), 0U);
  // The list says the same.
  const ProspectList list = rank_prospects(graph, report);
  EXPECT_EQ(list.districts, 5U);
  const auto row = std::ranges::find(list.prospects, test::firm(graph, "戊"), &Prospect::firm);
  ASSERT_NE(row, list.prospects.end());
  EXPECT_EQ(row->elsewhere, 1U);
}

}  // namespace
}  // namespace liantu
