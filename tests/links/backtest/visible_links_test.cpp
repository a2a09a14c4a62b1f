#include "links/backtest/visible_links.hpp"

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

std::vector<EntityId> list(std::span<const EntityId> entities) {
  return {entities.begin(), entities.end()};
}

TEST(VisibleLinks, OnwardsLeadsFromSourcesToWhatIsRanked) {
  const EnterpriseGraph graph =
      test::sketch("a -supplies{year=2001}-> c; a -supplies{year=2002}-> c; b -supplies-> c");
  const EntityId a{0};
  const EntityId c{1};
  const EntityId b{2};
  LinkTask task;
  const VisibleLinks customers(graph, task);
  EXPECT_EQ(list(customers.onwards(c)), (std::vector<EntityId>{a, b}));
  EXPECT_EQ(list(customers.back(a)), std::vector<EntityId>{c});
  EXPECT_TRUE(customers.onwards(a).empty());
  task.source_end = SourceEnd::From;
  const VisibleLinks suppliers(graph, task);
  EXPECT_EQ(list(suppliers.onwards(a)), std::vector<EntityId>{c});
  EXPECT_EQ(list(suppliers.back(c)), (std::vector<EntityId>{a, b}));
}

TEST(VisibleLinks, WhatIsHiddenJoinsNothing) {
  const EnterpriseGraph graph = test::sketch("a -supplies-> b");
  LinkTask task;
  EXPECT_TRUE(VisibleLinks(graph, task).joined(EntityId{0}, EntityId{1}));
  EXPECT_TRUE(VisibleLinks(graph, task).joined(EntityId{1}, EntityId{0}));
  task.hidden = {EdgeId{0}};
  EXPECT_FALSE(VisibleLinks(graph, task).joined(EntityId{0}, EntityId{1}));
  EXPECT_EQ(VisibleLinks(EnterpriseGraph(), {}).size(), 0U);
}

}  // namespace
}  // namespace liantu
