#include "links/learning/link_regression.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

// c and d buy from s, d from t too. The row of c is x = e_s; with ridge r = 30 and the Gram matrix
// G = [[2, 1], [1, 1]] of (s, t), (G + r)^-1 e_s has t at -1 / ((2 + r) (1 + r) - 1). The columns
// of links back do not meet those onwards here. The score is minus that times r + 1.
TEST(LinkRegression, SolvesTheRidgeRegression) {
  const EnterpriseGraph graph = test::sketch("s -supplies-> c; s -supplies-> d; t -supplies-> d");
  const VisibleLinks links(graph, {});
  const auto id = [&graph](const char* name) { return raw(graph.entity(test::firm(graph, name))); };
  const std::vector<EntityId> sources = {EntityId{id("c")}, EntityId{id("t")}};
  const auto scores = LinkRegression(links, graph.size()).scores(sources);
  EXPECT_NEAR(scores[id("t")][0], 31.0 / (32.0 * 31.0 - 1), 1e-6);
  EXPECT_EQ(scores[id("t")][1], 0);
}

TEST(LinkRegression, NoLinksExpectNothing) {
  const EnterpriseGraph graph = test::sketch("a; b");
  const VisibleLinks links(graph, {});
  const auto scores = LinkRegression(links, 2).scores(std::vector<EntityId>{EntityId{0}});
  for (const auto& lanes : scores) EXPECT_EQ(lanes[0], 0);
}

}  // namespace
}  // namespace liantu
