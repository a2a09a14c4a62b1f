#include "links/paths/entity_keys.hpp"

#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "liantu/graph/builder.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

std::map<std::string, std::uint64_t> by_name(const EnterpriseGraph& graph) {
  const EntityKeys keys(graph);
  std::map<std::string, std::uint64_t> found;
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    found[std::string(graph.name(EntityId{i}))] = keys(EntityId{i});
  }
  return found;
}

TEST(EntityKeys, AreTheSameInWhateverOrderEntitiesStand) {
  const auto keys = by_name(test::sketch("甲 -supplies-> 乙; 丙 -makes-> 电池"));
  EXPECT_EQ(keys.size(), 4U);
  EXPECT_EQ(by_name(test::sketch("丙 -makes-> 电池; 乙; 甲")), keys);
  EXPECT_TRUE(by_name(EnterpriseGraph()).empty());
}

TEST(EntityKeys, TellEntitiesOfOneNameApart) {
  GraphBuilder builder;
  builder.add(EntityKind::Firm, "甲");
  builder.add(EntityKind::Person, "甲");
  builder.add(EntityKind::Person, "甲");
  const EnterpriseGraph graph = builder.build();
  const EntityKeys keys(graph);
  const std::set<std::uint64_t> distinct(keys.all().begin(), keys.all().end());
  EXPECT_EQ(distinct.size(), graph.size());
}

}  // namespace
}  // namespace liantu
