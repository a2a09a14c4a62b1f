#include "liantu/links/learning/pair_features.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/links/scorers/scorer.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

float value(const PairTable& table, EntityId candidate, std::string_view feature) {
  const auto found = std::find(table.candidates.begin(), table.candidates.end(), candidate);
  EXPECT_NE(found, table.candidates.end());
  return table.row(
      static_cast<std::size_t>(found - table.candidates.begin()))[pair_feature(feature).value()];
}

PairTable table_of(const EnterpriseGraph& graph, EntityId source, const LinkTask& task = {},
                   const PairFeatureOptions& options = {}) {
  const PairFeatures features(graph, task, options);
  return features.tables(std::vector<EntityId>{source}).front();
}

bool same_bits(const PairTable& a, const PairTable& b) {
  return a.candidates == b.candidates && a.values.size() == b.values.size() &&
         std::memcmp(a.values.data(), b.values.data(), a.values.size() * sizeof(float)) == 0;
}

TEST(PairFeatures, EveryFeatureIsDescribedOnce) {
  std::set<std::string> names;
  for (const PairFeature& feature : pair_features()) {
    EXPECT_TRUE(names.insert(feature.name).second) << feature.name;
    EXPECT_FALSE(feature.meaning.en.empty()) << feature.name;
    EXPECT_FALSE(feature.meaning.zh.empty()) << feature.name;
    EXPECT_FALSE(feature.unit.empty()) << feature.name;
    EXPECT_EQ(feature.missing.en.empty(), feature.missing.zh.empty()) << feature.name;
  }
  EXPECT_EQ(pair_feature("charm"), std::nullopt);
}

// A customer of s who shares s with another customer of s and t: c <- s -> d <- t. The one walk
// c ~ s . d ~ t leaves s by √2 and d by √2: 1/2. t has one link, and one more were it linked.
TEST(PairFeatures, CountsAsIfThePairWereLinked) {
  const EnterpriseGraph graph = test::sketch(
      "s -supplies-> c; s -supplies-> d; t{capital=1e7,region=500104} -supplies-> d; "
      "c{region=500105}");
  const EntityId t = graph.entity(test::firm(graph, "t"));
  const PairTable table = table_of(graph, graph.entity(test::firm(graph, "c")));
  EXPECT_FLOAT_EQ(value(table, t, "directed_l3"), 0.5F);
  EXPECT_FLOAT_EQ(value(table, t, "directed_l3_share"), 1);
  EXPECT_FLOAT_EQ(value(table, t, "directed_l3_rank"), 0);
  EXPECT_FLOAT_EQ(value(table, t, "directed_l3_count"), 1);
  EXPECT_FLOAT_EQ(value(table, t, "candidate_links"), 2);
  EXPECT_FLOAT_EQ(value(table, t, "source_links"), 2);
  EXPECT_FLOAT_EQ(value(table, t, "candidate_capital"), 7);
  EXPECT_FLOAT_EQ(value(table, t, "nearness"), 2);
  EXPECT_FLOAT_EQ(value(table, t, "same_group"), 1);
  EXPECT_TRUE(std::isnan(value(table, t, "complement")));
  EXPECT_TRUE(std::isnan(value(table, t, "ownership")));
}

// 广东省 alone is no district and no city; 500104 and 500230 are both Chongqing, as is 500000;
// 429004 and 429005 are counties right under Hubei, each a city of its own.
TEST(PairFeatures, NearnessIsAsFarAsBothRegionsTell) {
  const auto nearness = [](std::string_view a, std::string_view b) {
    const EnterpriseGraph graph =
        test::sketch("s -supplies-> c; s -supplies-> d; t{region=" + std::string(a) +
                     "} -supplies-> d; c{region=" + std::string(b) + "}");
    const PairTable table = table_of(graph, graph.entity(test::firm(graph, "c")));
    return value(table, graph.entity(test::firm(graph, "t")), "nearness");
  };
  EXPECT_EQ(nearness("440000", "440000"), 1);
  EXPECT_EQ(nearness("440000", "440305"), 1);
  EXPECT_EQ(nearness("440300", "440300"), 2);
  EXPECT_EQ(nearness("440300", "440305"), 2);
  EXPECT_EQ(nearness("440304", "440305"), 2);
  EXPECT_EQ(nearness("440305", "440305"), 3);
  EXPECT_EQ(nearness("500104", "500230"), 2);
  EXPECT_EQ(nearness("500104", "500000"), 2);
  EXPECT_EQ(nearness("500000", "500000"), 2);
  EXPECT_EQ(nearness("429004", "429005"), 1);
  EXPECT_EQ(nearness("429004", "429004"), 3);
  EXPECT_EQ(nearness("110105", "440305"), 0);
}

TEST(PairFeatures, WhatIsJoinedAlreadyIsNoCandidate) {
  const EnterpriseGraph graph =
      test::sketch("s -supplies-> c; s -supplies-> d; t -supplies-> d; c -supplies-> t");
  const EntityId c = graph.entity(test::firm(graph, "c"));
  const PairTable table = table_of(graph, c);
  for (const char* name : {"c", "s", "t"}) {
    EXPECT_FALSE(std::binary_search(table.candidates.begin(), table.candidates.end(),
                                    graph.entity(test::firm(graph, name))))
        << name;
  }
}

TEST(PairFeatures, WhatIsHiddenLeavesNoTrace) {
  const EnterpriseGraph whole = test::sketch(
      "s -supplies-> c; s -supplies-> d; t -supplies-> d; t -supplies-> c; u -supplies-> c");
  const EnterpriseGraph without =
      test::sketch("s -supplies-> c; s -supplies-> d; t -supplies-> d; u -supplies-> c");
  const Relation supplies = whole.relation(RelationKind::Supplies);
  const EntityId t = whole.entity(test::firm(whole, "t"));
  const EntityId c = whole.entity(test::firm(whole, "c"));
  LinkTask task;
  for (std::uint64_t e = 0; e < supplies.size(); ++e) {
    if (supplies.source(EdgeId{e}) == t && supplies.target(EdgeId{e}) == c) {
      task.hidden.push_back(EdgeId{e});
    }
  }
  EXPECT_TRUE(same_bits(table_of(whole, c, task), table_of(without, c)));
}

TEST(PairFeatures, SuffixesOfNamesAreGroups) {
  GraphBuilder builder;
  for (const char* name : {"1 JP", "2 JP", "3 US", "4 US"})
    (void)builder.add(EntityKind::Firm, name);
  // 1 supplies 2 and 3; 4 supplies 3: of the two links to US, half come from JP.
  builder.relate(RelationKind::Supplies, FirmId{0}, FirmId{1});
  builder.relate(RelationKind::Supplies, FirmId{0}, FirmId{2});
  builder.relate(RelationKind::Supplies, FirmId{3}, FirmId{2});
  const EnterpriseGraph graph = builder.build();
  EXPECT_EQ(PairFeatures(graph, {}).grouping(), FirmGrouping::NameSuffix);
  const PairTable table = table_of(graph, EntityId{1});
  EXPECT_FLOAT_EQ(value(table, EntityId{3}, "same_group"), 0);
  EXPECT_FLOAT_EQ(value(table, EntityId{3}, "group_rate"), 0);
  EXPECT_FLOAT_EQ(value(table, EntityId{3}, "candidate_group_share"), 0);
  const PairTable none = table_of(graph, EntityId{1}, {}, {FirmGrouping::None, 0});
  EXPECT_TRUE(std::isnan(value(none, EntityId{3}, "same_group")));
}

TEST(PairFeatures, AgreesWithTheScorersOnRandomGraphs) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed);
    std::vector<EntityId> sources;
    for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
      sources.push_back(graph.entity(FirmId{i}));
    }
    for (const SourceEnd end : {SourceEnd::From, SourceEnd::To}) {
      LinkTask task;
      task.source_end = end;
      const std::vector<PairTable> tables = PairFeatures(graph, task).tables(sources);
      const PathEngine engine(graph);
      for (const char* scorer : {"directed_l3", "l3", "resource_allocation"}) {
        const auto rows = score_links(engine, scorer, task.relation, end, sources);
        for (std::size_t s = 0; s < sources.size(); ++s) {
          for (const EntityId candidate : tables[s].candidates) {
            const auto at =
                std::lower_bound(rows[s].entities.begin(), rows[s].entities.end(), candidate);
            const bool there = at != rows[s].entities.end() && *at == candidate;
            const double expected =
                there ? rows[s].scores[static_cast<std::size_t>(at - rows[s].entities.begin())] : 0;
            EXPECT_NEAR(static_cast<double>(value(tables[s], candidate, scorer)), expected,
                        1e-6 * (1 + expected));
          }
        }
      }
      for (const PairTable& table : tables) {
        for (const float v : table.values) EXPECT_FALSE(std::isinf(v));
      }
    }
  }
}

TEST(PairFeatures, DoNotDependOnThreads) {
  const EnterpriseGraph graph = test::random_graph(3, {.firms = 60});
  std::vector<EntityId> sources;
  for (std::uint32_t i = 0; i < 60; ++i) sources.push_back(graph.entity(FirmId{i}));
  const auto one = PairFeatures(graph, {}, {FirmGrouping::Auto, 1}).tables(sources);
  const auto four = PairFeatures(graph, {}, {FirmGrouping::Auto, 4}).tables(sources);
  for (std::size_t i = 0; i < one.size(); ++i) EXPECT_TRUE(same_bits(one[i], four[i])) << i;
}

TEST(PairFeatures, NothingComesOfNothing) {
  EXPECT_TRUE(PairFeatures(EnterpriseGraph(), {}).tables({}).empty());
  const EnterpriseGraph alone = test::sketch("a");
  EXPECT_TRUE(table_of(alone, EntityId{0}).candidates.empty());
}

TEST(PairFeatures, StopWhenAsked) {
  const EnterpriseGraph graph = test::sketch("a -supplies-> b");
  std::stop_source source;
  source.request_stop();
  const PairFeatures features(graph, {});
  EXPECT_THROW((void)features.tables(std::vector<EntityId>{EntityId{0}}, source.get_token()),
               Error);
}

TEST(FirmGrouping, WordsRoundTrip) {
  for (const FirmGrouping grouping :
       {FirmGrouping::Auto, FirmGrouping::None, FirmGrouping::Region, FirmGrouping::NameSuffix}) {
    EXPECT_EQ(parse_grouping(grouping_word(grouping)), grouping);
  }
  EXPECT_EQ(parse_grouping("country"), std::nullopt);
}

}  // namespace
}  // namespace liantu
