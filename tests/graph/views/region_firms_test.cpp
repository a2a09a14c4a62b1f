#include "liantu/graph/views/region_firms.hpp"

#include <iterator>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::random_graph;
using test::sketch;

static_assert(std::forward_iterator<RegionFirms::Iterator>);

std::vector<FirmId> firms(const EnterpriseGraph& graph, std::uint32_t region) {
  const RegionFirms found(graph, RegionCode{region});
  return {found.begin(), found.end()};
}

TEST(RegionFirms, AreThoseOfTheRegionAndItsDivisionsButNeverTheUnlocated) {
  // 戊 stands somewhere in Chongqing, 丁 nobody knows where.
  const EnterpriseGraph graph = sketch(
      "甲{region=500104}; 乙{region=500107}; 丙{region=500104}; 丁; 戊{region=500000};"
      "己{region=440305}; 甲 -makes-> 电池");
  using Firms = std::vector<FirmId>;
  EXPECT_EQ(firms(graph, 500104), (Firms{FirmId{0}, FirmId{2}}));
  EXPECT_EQ(firms(graph, 500000), (Firms{FirmId{0}, FirmId{1}, FirmId{2}, FirmId{4}}));
  EXPECT_EQ(firms(graph, 440305), Firms{FirmId{5}});
  EXPECT_EQ(firms(graph, 110000), Firms{});
  EXPECT_EQ(firms(graph, 0), Firms{});
  EXPECT_EQ(firms(EnterpriseGraph(), 500104), Firms{});
}

TEST(RegionFirms, KeepTheirGraphAlive) {
  const RegionFirms found(sketch("甲{region=500104}"), RegionCode{500104});
  EXPECT_EQ(*found.begin(), FirmId{0});
}

TEST(RegionFirms, AreThoseFoundOneByOne) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const EnterpriseGraph graph = random_graph(seed);
    for (const std::uint32_t region : {500104U, 500100U, 500000U, 510100U, 440305U, 0U}) {
      std::vector<FirmId> expected;
      for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
        const RegionCode code = graph.region(graph.entity(FirmId{i})).code;
        if (code.known() && RegionCode{region}.contains(code)) expected.push_back(FirmId{i});
      }
      EXPECT_EQ(firms(graph, region), expected) << seed << ' ' << region;
    }
  }
}

}  // namespace
}  // namespace liantu
