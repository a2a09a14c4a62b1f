#include "links/learning/link_factors.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "links/paths/entity_keys.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

// With as many factors as the matrix has, the product is the matrix: 1 / sqrt((d + 4) (e + 4))
// where customer c is linked with its supplier, 0 elsewhere.
TEST(LinkFactors, AllFactorsTogetherAreTheMatrix) {
  const EnterpriseGraph graph = test::sketch("s -supplies-> c; s -supplies-> d; t -supplies-> d");
  const VisibleLinks links(graph, {});
  const LinkFactors factors(links, EntityKeys(graph).all(), 4);
  const auto id = [&graph](const char* name) { return raw(graph.entity(test::firm(graph, name))); };
  EXPECT_NEAR(factors.score(id("c"), id("s")), 1 / std::sqrt(5.0 * 6), 1e-4);
  EXPECT_NEAR(factors.score(id("d"), id("t")), 1 / std::sqrt(6.0 * 5), 1e-4);
  EXPECT_NEAR(factors.score(id("c"), id("t")), 0, 1e-4);
  EXPECT_NEAR(factors.score(id("s"), id("c")), 0, 1e-4);
}

TEST(LinkFactors, NoLinksExpectNothing) {
  const EnterpriseGraph graph = test::sketch("a; b");
  const LinkFactors factors(VisibleLinks(graph, {}), EntityKeys(graph).all(), 3);
  EXPECT_EQ(factors.score(0, 1), 0);
}

}  // namespace
}  // namespace liantu
