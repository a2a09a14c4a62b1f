#include "prospects/firms/ties.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/chain/firms/data_date.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

TEST(Ties, BestFirstEachPairOnceAnchorsDearer) {
  const EnterpriseGraph graph = test::sketch(
      "甲{region=500104,anchor}; 乙{region=500104}; 戊 -cooperates-> 甲; 戊 -supplies-> 乙; "
      "戊 -supplies{year=2020}-> 乙; 戊 -member_of-> 商会; 甲 -member_of-> 商会; 戊 -owns-> 己");
  const std::vector<FirmId> local = {test::firm(graph, "甲"), test::firm(graph, "乙")};
  const std::vector<FirmId> anchors = {local[0]};
  const Ties ties(graph, local, anchors, data_date(graph));
  const std::vector<Tie> found = ties.of(test::firm(graph, "戊"));
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].relation, RelationKind::Supplies);
  EXPECT_EQ(found[0].worth, 0.6);
  EXPECT_EQ(found[0].local, local[1]);
  EXPECT_EQ(found[1].relation, RelationKind::Cooperates);
  EXPECT_EQ(found[1].worth, 0.4 * 1.3);
  EXPECT_EQ(found[2].relation, RelationKind::MemberOf);
  EXPECT_EQ(found[2].local, local[0]);
  EXPECT_TRUE(ties.of(test::firm(graph, "己")).empty());
}

// By definition: whatever joins the two is found from the firm's side, too.
TEST(Ties, NobodyWithATieIsPassedOver) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 30});
    std::vector<FirmId> local;
    for (std::uint32_t i = 0; i < 30; i += 4) local.push_back(FirmId{i});
    const std::vector<FirmId> anchors = {local[0], local[3]};
    const Ties ties(graph, local, anchors, Date{});
    for (std::uint32_t i = 0; i < 30; ++i) {
      std::size_t pairs = 0;
      const EntityId firm = graph.entity(FirmId{i});
      for (const FirmId other : local) {
        const EntityId there = graph.entity(other);
        for (const RelationKind kind : {RelationKind::Supplies, RelationKind::Owns}) {
          pairs += graph.relation(kind).connects(firm, there) ? 1 : 0;
          pairs += graph.relation(kind).connects(there, firm) ? 1 : 0;
        }
        const Relation cooperates = graph.relation(RelationKind::Cooperates);
        pairs += cooperates.connects(firm, there) || cooperates.connects(there, firm) ? 1 : 0;
      }
      std::size_t found = 0;
      for (const Tie& tie : ties.of(FirmId{i})) {
        found += tie.relation == RelationKind::MemberOf ? 0 : 1;
      }
      EXPECT_EQ(found, pairs) << "seed " << seed << ", firm " << i;
    }
  }
}

}  // namespace
}  // namespace liantu
