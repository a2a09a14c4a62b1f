#include "liantu/graph/synth.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/snapshot.hpp"

namespace liantu {
namespace {

EnterpriseGraph country(std::uint64_t relations, std::uint64_t seed = 1) {
  SynthOptions options;
  options.relations = relations;
  options.seed = seed;
  return synthesize(options);
}

std::uint64_t relations(const EnterpriseGraph& graph) {
  std::uint64_t sum = 0;
  for (const RelationKind kind : kRelationKinds) sum += graph.relation(kind).size();
  return sum;
}

std::vector<EntityId> list(std::span<const EntityId> values) {
  return {values.begin(), values.end()};
}

// The segments that one firm needs, by `makes` and `requires`.
std::set<EntityId> needs(const EnterpriseGraph& graph, EntityId firm) {
  std::set<EntityId> result;
  for (const EntityId product : graph.relation(RelationKind::Makes).targets(firm)) {
    const auto inputs = graph.relation(RelationKind::Requires).targets(product);
    result.insert(inputs.begin(), inputs.end());
  }
  return result;
}

// Every instance of every relation with what it says, as one number (FNV-1a).
std::uint64_t fingerprint(const EnterpriseGraph& graph) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  const auto mix = [&](std::uint64_t value) {
    for (int byte = 0; byte < 8; ++byte)
      hash = (hash ^ (value >> (8 * byte) & 0xFF)) * 0x100000001B3U;
  };
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
    const EntityId firm = graph.entity(FirmId{i});
    mix(graph.region(firm).code.value());
    mix(static_cast<std::uint64_t>(graph.number(firm, EntityNumber::Revenue)->value));
  }
  for (const RelationKind kind : kRelationKinds) {
    const Relation relation = graph.relation(kind);
    for (std::uint64_t e = 0; e < relation.size(); ++e) {
      const EdgeId edge{e};
      mix(raw(relation.source(edge)));
      mix(raw(relation.target(edge)));
      mix(raw(relation.segment(edge).value_or(SegmentId{0})));
      mix(static_cast<std::uint64_t>(relation.number(edge, EdgeNumber::Amount).value_or(0)));
      mix(static_cast<std::uint64_t>(
          1000 * relation.number(edge, EdgeNumber::Coefficient).value_or(0) + 0.5));
    }
  }
  return hash;
}

TEST(Synth, TheSameSeedMakesTheSameCountryOnAnyMachine) {
  const EnterpriseGraph graph = country(10'000);
  EXPECT_EQ(snapshot_bytes(graph), snapshot_bytes(country(10'000)));
  EXPECT_EQ(fingerprint(graph), 18257855392437807698U);
  EXPECT_NE(fingerprint(graph), fingerprint(country(10'000, 2)));
}

TEST(Synth, HasAsManyRelationsAsAskedForAndOneFirmForTen) {
  for (const std::uint64_t size : {10'000U, 10'001U, 100'000U}) {
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      const EnterpriseGraph graph = country(size, seed);
      EXPECT_EQ(relations(graph), size) << seed;
      EXPECT_EQ(graph.size(EntityKind::Firm), size / 10);
    }
  }
}

TEST(Synth, HasAsManySegmentsAsAskedFor) {
  // 13 are 12 products in one industry; with 14 and 27 the last industry has one product more.
  for (const std::uint32_t segments : {13U, 14U, 15U, 26U, 27U, 68U, 500U}) {
    SynthOptions options;
    options.relations = 10'000;
    options.segments = segments;
    const EnterpriseGraph graph = synthesize(options);
    ASSERT_EQ(graph.size(EntityKind::Segment), segments);
    EXPECT_EQ(relations(graph), options.relations);
    const Relation part_of = graph.relation(RelationKind::PartOf);
    std::uint32_t industries = 0;
    for (std::uint32_t s = 0; s < segments; ++s) {
      const EntityId segment = graph.entity(SegmentId{s});
      const std::uint64_t products = part_of.in_degree(segment);
      const bool industry = graph.text(segment, EntityText::Type) == "industry";
      industries += industry ? 1 : 0;
      EXPECT_EQ(products > 0, industry) << segments;
      EXPECT_LE(products, 13U) << segments;
      EXPECT_EQ(part_of.targets(segment).size(), industry ? 0U : 1U) << segments;
    }
    EXPECT_EQ(industries, (segments - 1 + 12) / 13) << segments;
    EXPECT_EQ(graph.source(graph.provenance(EntityId{0}).source).file,
              "synth-10000-1-" + std::to_string(segments));
  }
}

TEST(Synth, AsManySegmentsAsByDefaultMakeTheSameCountry) {
  SynthOptions options;
  options.relations = 10'000;
  options.segments = 68;
  EXPECT_EQ(fingerprint(synthesize(options)), fingerprint(country(10'000)));
}

TEST(Synth, EveryEntityIsMarkedAsInventedAndNamesItsSeed) {
  const EnterpriseGraph graph = country(10'000, 42);
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    EXPECT_TRUE(graph.name(EntityId{i}).starts_with("示例")) << graph.name(EntityId{i});
    EXPECT_EQ(graph.source(graph.provenance(EntityId{i}).source).file, "synth-10000-42");
  }
  const EntityId firm = graph.entity(FirmId{6});
  EXPECT_EQ(graph.name(firm), "示例第7号有限公司");
  EXPECT_TRUE(region_exists(graph.region(firm).code));
}

TEST(Synth, ASupplierMakesWhatItDeliversAndTheCustomerNeedsIt) {
  for (const std::uint64_t size : {10'000U, 100'000U}) {
    const EnterpriseGraph graph = country(size);
    const Relation supplies = graph.relation(RelationKind::Supplies);
    const Relation makes = graph.relation(RelationKind::Makes);
    for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
      const EntityId customer = graph.entity(FirmId{i});
      const std::set<EntityId> needed = needs(graph, customer);
      const auto edges = supplies.in_edges(customer);
      const std::vector<EntityId> suppliers = list(supplies.sources(customer));
      for (std::size_t k = 0; k < edges.size(); ++k) {
        const EntityId input = graph.entity(*supplies.segment(EdgeId{edges[k]}));
        ASSERT_TRUE(needed.contains(input));
        ASSERT_TRUE(makes.connects(suppliers[k], input));
        ASSERT_NE(suppliers[k], customer);
      }
      ASSERT_EQ(std::ranges::adjacent_find(suppliers), suppliers.end()) << "supplies twice";
    }
  }
}

TEST(Synth, SuppliersOfOneCustomerDeliverDifferentInputs) {
  const EnterpriseGraph graph = country(100'000);
  const Relation supplies = graph.relation(RelationKind::Supplies);
  std::size_t different = 0;
  std::size_t possible = 0;
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
    const EntityId customer = graph.entity(FirmId{i});
    std::set<SegmentId> inputs;
    for (const std::uint32_t edge : supplies.in_edges(customer)) {
      inputs.insert(*supplies.segment(EdgeId{edge}));
    }
    different += inputs.size();
    possible += std::min(needs(graph, customer).size(), supplies.in_edges(customer).size());
  }
  // Some inputs have few makers or none.
  EXPECT_GT(static_cast<double>(different), 0.95 * static_cast<double>(possible));
}

TEST(Synth, ProductsNeedLessThanTheyCost) {
  const EnterpriseGraph graph = country(100'000);
  const Relation requires_ = graph.relation(RelationKind::Requires);
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Segment); ++i) {
    const EdgeRange range = requires_.out_edges(graph.entity(SegmentId{i}));
    double cost = 0;
    for (std::uint64_t e = range.first; e < range.last; ++e) {
      cost += *requires_.number(EdgeId{e}, EdgeNumber::Coefficient);
    }
    EXPECT_LT(cost, 1);
  }
}

TEST(Synth, OutputsOfAFirmAddUpToItsRevenue) {
  const EnterpriseGraph graph = country(100'000);
  const Relation makes = graph.relation(RelationKind::Makes);
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
    const EntityId firm = graph.entity(FirmId{i});
    const EdgeRange range = makes.out_edges(firm);
    double sum = 0;
    for (std::uint64_t e = range.first; e < range.last; ++e) {
      sum += *makes.number(EdgeId{e}, EdgeNumber::Amount);
    }
    ASSERT_FALSE(range.empty());
    ASSERT_EQ(sum, graph.number(firm, EntityNumber::Revenue)->value);
  }
}

// What the hundredth of the values that is largest has of their sum.
double top_share(std::vector<double> values) {
  std::ranges::sort(values, std::greater<>());
  const auto top = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 100);
  return std::accumulate(values.begin(), top, 0.0) /
         std::accumulate(values.begin(), values.end(), 0.0);
}

TEST(Synth, SizesAndDegreesHaveHeavyTailsAndIdsSayNothingOfThem) {
  const EnterpriseGraph graph = country(100'000);
  const Relation supplies = graph.relation(RelationKind::Supplies);
  std::vector<double> revenue;
  std::vector<double> customers;
  std::vector<double> suppliers;
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
    const EntityId firm = graph.entity(FirmId{i});
    revenue.push_back(graph.number(firm, EntityNumber::Revenue)->value);
    customers.push_back(static_cast<double>(supplies.targets(firm).size()));
    suppliers.push_back(static_cast<double>(supplies.sources(firm).size()));
  }
  EXPECT_GT(top_share(revenue), 0.2);
  EXPECT_GT(top_share(customers), 0.1);
  EXPECT_GT(top_share(suppliers), 0.05);
  // Half of the links, give or take what one large firm has, are of the first half of the firms.
  const auto middle = customers.begin() + static_cast<std::ptrdiff_t>(customers.size() / 2);
  EXPECT_NEAR(
      std::accumulate(customers.begin(), middle, 0.0) / static_cast<double>(supplies.size()), 0.5,
      0.1);
}

TEST(Synth, FirmsBuyNearbyMoreOftenThanByChance) {
  const EnterpriseGraph graph = country(100'000);
  const Relation supplies = graph.relation(RelationKind::Supplies);
  const auto province = [&](EntityId firm) { return graph.region(firm).code.province(); };
  std::map<RegionCode, double> sold;
  std::map<RegionCode, double> bought;
  double near = 0;
  for (std::uint64_t e = 0; e < supplies.size(); ++e) {
    const RegionCode from = province(supplies.source(EdgeId{e}));
    const RegionCode to = province(supplies.target(EdgeId{e}));
    ++sold[from];
    ++bought[to];
    if (from == to) ++near;
  }
  double chance = 0;
  for (const auto& [region, links] : sold) {
    chance += links * bought[region] / static_cast<double>(supplies.size());
  }
  EXPECT_GT(near, 3 * chance);
  EXPECT_LT(near, 0.7 * static_cast<double>(supplies.size()));
}

TEST(Synth, RefusesSizesOutsideItsRange) {
  for (const std::uint64_t size :
       {std::uint64_t{0}, kFewestSynthRelations - 1, kMostSynthRelations + 1}) {
    try {
      (void)country(size);
      FAIL() << size;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
      EXPECT_EQ(error.message().en,
                "relations " + std::to_string(size) + ": give 10000 to 100000000");
    }
  }
}

TEST(Synth, RefusesMoreSegmentsThanFitItsFirms) {
  SynthOptions options;
  options.relations = 10'000;
  for (const std::uint32_t wrong : {0U, 12U, 501U}) {
    options.segments = wrong;
    try {
      (void)synthesize(options);
      FAIL() << wrong;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
      EXPECT_EQ(error.message().en, "segments " + std::to_string(wrong) +
                                        ": give 13 to 500, half as many as there are firms");
    }
  }
}

TEST(Synth, EndsWhenAskedToAndTellsHowFarItIs) {
  std::stop_source source;
  SynthOptions options;
  options.relations = 100'000;
  options.stop = source.get_token();
  std::vector<std::pair<std::string, std::uint64_t>> told;
  options.progress = [&](std::string_view stage, std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(total, 10'000U);
    told.emplace_back(stage, done);
    if (stage == "supplies" && done > 0) source.request_stop();
  };
  try {
    (void)synthesize(options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Cancelled);
  }
  const std::vector<std::pair<std::string, std::uint64_t>> expected = {
      {"firm", 0},      {"firm", 4096},  {"firm", 8192},
      {"firm", 10'000}, {"supplies", 0}, {"supplies", 4096}};
  EXPECT_EQ(told, expected);
}

}  // namespace
}  // namespace liantu
