#include "liantu/chain/structure/evenness.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;

double evenness(const EnterpriseGraph& graph, std::string_view name) {
  const SegmentId segment{graph.local(graph.find(EntityKind::Segment, name).at(0))};
  return need_evenness(graph, std::vector{segment}).at(0);
}

TEST(Evenness, IsTheShareOfProductsWhereThoseNeedItAlike) {
  const EnterpriseGraph graph = sketch(
      "车 -requires{coef=0.2}-> 电; 船 -requires{coef=0.2}-> 电; 书 -requires-> 纸; "
      "药 -requires{coef=0}-> 瓶");
  EXPECT_EQ(evenness(graph, "电"), 0.5);
  EXPECT_EQ(evenness(graph, "纸"), 0.25);  // not known how much
  EXPECT_EQ(evenness(graph, "瓶"), 0);     // none at all
  EXPECT_EQ(evenness(graph, "车"), 0);
}

TEST(Evenness, IsLessWhereSomeNeedMostOfIt) {
  // Shares 0.8, 0.1, 0.1 of three products: 1/3 + 0.1 + 0.1.
  const EnterpriseGraph graph = sketch(
      "车 -requires{coef=0.8}-> 钢; 船 -requires{coef=0.1}-> 钢; 书 -requires{coef=0.1}-> 钢");
  EXPECT_NEAR(evenness(graph, "钢"), 1.0 / 3 + 0.2, 1e-12);
}

TEST(Evenness, OneUnknownCoefficientMakesAllCountAlike) {
  const EnterpriseGraph graph =
      sketch("车 -requires{coef=0.8}-> 钢; 船 -requires-> 钢; 书 -requires-> 纸");
  EXPECT_NEAR(evenness(graph, "钢"), 2.0 / 3, 1e-12);
}

TEST(Evenness, OwnUseDoesNotCount) {
  const EnterpriseGraph graph =
      sketch("钢 -requires{coef=0.4}-> 钢; 车 -requires{coef=0.2}-> 钢; 书 -requires-> 纸");
  EXPECT_EQ(evenness(graph, "钢"), 0.5);
}

TEST(Evenness, NothingNeedsNothing) {
  EXPECT_EQ(evenness(sketch("seg:车"), "车"), 0);
  EXPECT_TRUE(need_evenness(sketch("甲 -makes-> 车"), {}).empty());
}

TEST(Evenness, IsNeverMoreThanTheShareOfProductsThatNeedIt) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 5, .segments = 15});
    const Relation needs = graph.relation(RelationKind::Requires);
    double products = 0;
    std::map<std::uint32_t, double> needed_by;
    std::vector<SegmentId> all;
    for (std::uint32_t s = 0; s < graph.size(EntityKind::Segment); ++s) {
      all.push_back(SegmentId{s});
      const EntityId product = graph.entity(SegmentId{s});
      std::vector<EntityId> inputs(needs.targets(product).begin(), needs.targets(product).end());
      std::ranges::sort(inputs);
      inputs.erase(std::unique(inputs.begin(), inputs.end()), inputs.end());
      std::erase(inputs, product);
      if (!inputs.empty()) ++products;
      for (const EntityId input : inputs) ++needed_by[graph.local(input)];
    }
    const std::vector<double> found = need_evenness(graph, all);
    for (std::uint32_t s = 0; s < found.size(); ++s) {
      EXPECT_GE(found[s], 0);
      EXPECT_LE(found[s], (products > 0 ? needed_by[s] / products : 0) + 1e-12) << seed << ' ' << s;
    }
  }
}

}  // namespace
}  // namespace liantu
