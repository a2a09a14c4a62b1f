#include "liantu/chain/structure/relatedness.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "chain/segments/taxonomy.hpp"
#include "liantu/base/text/error.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::segment;
using test::sketch;

constexpr RegionCode kDadukou{500104};

DirectionOptions in_dadukou(std::uint32_t units = 3, std::uint32_t makers = 1) {
  DirectionOptions options;
  options.region = kDadukou;
  options.least_units = units;
  options.least_makers = makers;
  options.least_spread = 1;
  return options;
}

/// Four districts. 车 and 胎 are made together in three, 车 and 酒 in one.
constexpr std::string_view kFour = R"(
  甲{region=500104} -makes-> 车; 乙{region=500103} -makes-> 车; 乙 -makes-> 胎
  丙{region=500105} -makes-> 车; 丙 -makes-> 胎; 丁{region=500106} -makes-> 车; 丁 -makes-> 胎
  丁 -makes-> 酒
)";

TEST(Directions, AreTheSegmentsAkinToWhatIsMadeHere) {
  // Dadukou makes 车 (4 districts). φ(胎, 车) = 3/4, φ(胎, 酒) = 1/3: ω = 0.75 / (0.75 + 1/3).
  // φ(酒, 车) = 1/4, φ(酒, 胎) = 1/3: ω = 0.25 / (0.25 + 1/3).
  const EnterpriseGraph graph = sketch(kFour);
  const Directions found = find_directions(graph, in_dadukou());
  EXPECT_EQ(found.unit, RelatednessUnit::Regions);
  EXPECT_EQ(found.units, 4U);
  EXPECT_EQ(found.segments, 3U);
  EXPECT_FALSE(found.refused);
  ASSERT_EQ(found.directions.size(), 2U);
  EXPECT_EQ(found.directions[0].segment, segment(graph, "胎"));
  EXPECT_NEAR(found.directions[0].density, 0.75 / (0.75 + 1.0 / 3), 1e-12);
  EXPECT_EQ(found.directions[0].makers, 3U);
  EXPECT_EQ(found.directions[0].related, std::vector{segment(graph, "车")});
  EXPECT_EQ(found.directions[1].segment, segment(graph, "酒"));
  EXPECT_NEAR(found.directions[1].density, 0.25 / (0.25 + 1.0 / 3), 1e-12);
  // Wilson, 95 %: 3 of 4 is 0.3006 … 0.9544, 1 of 3 is 0.0615 … 0.7923.
  EXPECT_NEAR(found.directions[0].density_low, 0.3006 / (0.3006 + 0.7923), 1e-4);
  EXPECT_NEAR(found.directions[0].density_high, 0.9544 / (0.9544 + 0.0615), 1e-4);
}

TEST(Directions, NameTheLocalProductsThatGoIntoThem) {
  const EnterpriseGraph graph = sketch(std::string(kFour) + R"(
    胎 -requires{coef=0.2,year=2018}-> 车; 胎 -requires{coef=0.3,year=2020}-> 车
    胎 -requires-> 壳; 戊{region=500104} -makes{output=40,basis=estimated}-> 壳
    己{region=500104} -makes{output=2}-> 小壳 -part_of-> 壳; 胎 -requires-> 酒
  )");
  const Directions found = find_directions(graph, in_dadukou());
  const auto tyre = std::ranges::find(found.directions, segment(graph, "胎"), &Direction::segment);
  ASSERT_NE(tyre, found.directions.end());
  ASSERT_EQ(tyre->forward.size(), 2U);
  EXPECT_EQ(tyre->forward[0].product, segment(graph, "壳"));
  EXPECT_EQ(tyre->forward[0].output, (Figure{42, Basis::Estimated}));
  EXPECT_EQ(tyre->forward[0].makers, 2U);
  EXPECT_EQ(tyre->forward[1].product, segment(graph, "车"));
  EXPECT_EQ(tyre->forward[1].coefficient, 0.3);
  EXPECT_EQ(tyre->forward[1].output, std::nullopt);
}

TEST(Directions, FirmsAreCountedWhereRegionsAreTooFew) {
  const EnterpriseGraph graph = sketch(kFour);
  const Directions found = find_directions(graph, in_dadukou(5));
  EXPECT_EQ(found.unit, RelatednessUnit::Firms);
  EXPECT_EQ(found.units, 4U);
  ASSERT_TRUE(found.refused);
  EXPECT_NE(found.refused->en.find('5'), std::string::npos);
  EXPECT_NE(found.refused->zh, found.refused->en);
  EXPECT_TRUE(found.directions.empty());
  const EnterpriseGraph more = sketch(std::string(kFour) + "戊 -makes-> 胎; 戊 -makes-> 车");
  const Directions over_firms = find_directions(more, in_dadukou(5));
  EXPECT_EQ(over_firms.unit, RelatednessUnit::Firms);
  EXPECT_FALSE(over_firms.refused);
  // Over firms: 车 by 5, 胎 by 4, 酒 by 1; together 4, and 1 with each: 0.8 / (0.8 + 0.25).
  EXPECT_NEAR(over_firms.directions.at(0).density, 0.8 / 1.05, 1e-12);
}

TEST(Directions, AreRefusedWhereTooLittleIsMade) {
  EXPECT_TRUE(find_directions(sketch(kFour), in_dadukou(3, 5)).refused);
  const EnterpriseGraph other = sketch(std::string(kFour) + "戊{region=500107}");
  DirectionOptions options = in_dadukou();
  options.region = RegionCode{500107};
  EXPECT_TRUE(find_directions(other, options).refused);
}

TEST(Directions, ASegmentAndThoseAboveItSayNothingOfEachOther) {
  const EnterpriseGraph graph =
      sketch(std::string(kFour) +
             "胎 -part_of-> 橡胶件; 密封圈 -part_of-> 橡胶件; 戊{region=500103} -makes-> "
             "密封圈");
  const Directions found = find_directions(graph, in_dadukou());
  const auto rubber =
      std::ranges::find(found.directions, segment(graph, "橡胶件"), &Direction::segment);
  ASSERT_NE(rubber, found.directions.end());
  // 橡胶件 is made in three: with 车 3 of 4, with 酒 1 of 3.
  EXPECT_NEAR(rubber->density, 0.75 / (0.75 + 1.0 / 3), 1e-12);
  EXPECT_EQ(rubber->makers, 4U);
}

// 酒 goes with what is made here in its only district, 胎 in three of four: all of 酒's relatedness
// lies here, and it says the least.
constexpr std::string_view kThin = R"(
  甲{region=500104} -makes-> 车; 甲 -makes-> 灯; 乙{region=500103} -makes-> 车; 乙 -makes-> 胎
  丙{region=500105} -makes-> 车; 丙 -makes-> 胎; 丁{region=500106} -makes-> 车; 丁 -makes-> 胎
  戊{region=500107} -makes-> 胎; 戊 -makes-> 布; 己{region=500108} -makes-> 灯; 己 -makes-> 酒
)";

TEST(Directions, StandByTheLowerEndOfTheirInterval) {
  const EnterpriseGraph graph = sketch(kThin);
  const Directions found = find_directions(graph, in_dadukou());
  ASSERT_EQ(found.directions.size(), 2U);
  EXPECT_EQ(found.directions[0].segment, segment(graph, "胎"));
  EXPECT_EQ(found.directions[1].segment, segment(graph, "酒"));
  EXPECT_GT(found.directions[0].density_low, found.directions[1].density_low);
  EXPECT_LT(found.directions[0].density, found.directions[1].density);
  EXPECT_EQ(found.directions[1].density, 1);
}

TEST(Directions, AreMadeInAtLeastTwoRegions) {
  const EnterpriseGraph graph = sketch(kThin);
  DirectionOptions options = in_dadukou();
  options.least_spread = DirectionOptions().least_spread;
  const Directions found = find_directions(graph, options);
  ASSERT_EQ(found.directions.size(), 1U);
  EXPECT_EQ(found.directions[0].segment, segment(graph, "胎"));
  EXPECT_EQ(found.narrow, 1U);
}

void refuse(ErrorCode code, const EnterpriseGraph& graph, const DirectionOptions& options) {
  try {
    (void)find_directions(graph, options);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    EXPECT_NE(error.message().zh, error.message().en);
  }
}

TEST(Directions, BadOptionsAreRefused) {
  const EnterpriseGraph graph = sketch(kFour);
  refuse(ErrorCode::InvalidArgument, graph, in_dadukou(1));
  refuse(ErrorCode::InvalidArgument, graph, in_dadukou(3, 0));
  DirectionOptions options = in_dadukou();
  options.least_spread = 0;
  refuse(ErrorCode::InvalidArgument, graph, options);
  options = in_dadukou();
  options.min_confidence = 2;
  refuse(ErrorCode::InvalidArgument, graph, options);
  options = in_dadukou();
  options.region = RegionCode{};
  refuse(ErrorCode::InvalidArgument, graph, options);
  options.region = RegionCode{999999};
  refuse(ErrorCode::NotFound, graph, options);
  options.region = RegionCode{110105};
  refuse(ErrorCode::NotFound, graph, options);
  refuse(ErrorCode::NotFound, EnterpriseGraph(), in_dadukou());
  std::stop_source source;
  source.request_stop();
  options = in_dadukou();
  options.stop = source.get_token();
  refuse(ErrorCode::Cancelled, graph, options);
}

/// M, φ and ω as the header writes them.
TEST(Directions, EqualTheDefinitionOnRandomGraphs) {
  std::size_t seen = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const EnterpriseGraph graph =
        test::random_graph(seed, {.firms = 40, .segments = 15, .density = 1});
    const Taxonomy taxonomy(graph);
    const Relation makes = graph.relation(RelationKind::Makes);
    const DirectionOptions options = in_dadukou(seed % 2 == 0 ? 3 : 20, 2);
    const std::uint32_t n = graph.size(EntityKind::Segment);
    std::vector<std::set<std::uint32_t>> firms(n);  // that make it
    for (std::uint64_t e = 0; e < makes.size(); ++e) {
      const SegmentId made{graph.local(makes.target(EdgeId{e}))};
      if (taxonomy.chain(made)) continue;
      if (std::lround(makes.provenance(EdgeId{e}).confidence * 255) < std::lround(0.3 * 255)) {
        continue;
      }
      std::vector<SegmentId> line = taxonomy.above(made);
      line.push_back(made);
      for (const SegmentId one : line) {
        firms[raw(one)].insert(graph.local(makes.source(EdgeId{e})));
      }
    }
    const Directions found = find_directions(graph, options);
    const auto unit_of = [&](std::uint32_t firm) -> std::uint32_t {
      if (found.unit == RelatednessUnit::Firms) return firm + 1;
      const RegionCode region = graph.region(graph.entity(FirmId{firm})).code;
      return region.level() == RegionLevel::District ? region.value() : 0;
    };
    std::vector<std::set<std::uint32_t>> units(n);
    std::vector<bool> here(n);
    for (std::uint32_t s = 0; s < n; ++s) {
      for (const std::uint32_t firm : firms[s]) {
        if (unit_of(firm) != 0) units[s].insert(unit_of(firm));
        if (kDadukou.contains(graph.region(graph.entity(FirmId{firm})).code)) here[s] = true;
      }
    }
    if (found.refused) continue;
    std::map<SegmentId, double> expected;
    for (std::uint32_t t = 0; t < n; ++t) {
      if (firms[t].size() < 2 || here[t]) continue;
      double inside = 0;
      double all = 0;
      for (std::uint32_t s = 0; s < n; ++s) {
        const auto above_s = taxonomy.above(SegmentId{s});
        const auto above_t = taxonomy.above(SegmentId{t});
        const bool line = s == t || std::ranges::find(above_s, SegmentId{t}) != above_s.end() ||
                          std::ranges::find(above_t, SegmentId{s}) != above_t.end();
        if (firms[s].size() < 2 || line || units[s].empty() || units[t].empty()) continue;
        double both = 0;
        for (const std::uint32_t unit : units[s]) both += units[t].contains(unit) ? 1 : 0;
        const double phi = std::min(both / static_cast<double>(units[s].size()),
                                    both / static_cast<double>(units[t].size()));
        all += phi;
        if (here[s]) inside += phi;
      }
      if (inside > 0) expected[SegmentId{t}] = inside / all;
    }
    ASSERT_EQ(found.directions.size(), expected.size());
    for (const Direction& one : found.directions) {
      ++seen;
      EXPECT_NEAR(one.density, expected.at(one.segment), 1e-12);
      EXPECT_LE(one.density_low, one.density + 1e-12);
      EXPECT_GE(one.density_high, one.density - 1e-12);
      EXPECT_LE(one.density_high, 1);
    }
    EXPECT_TRUE(std::ranges::is_sorted(found.directions, {}, [](const Direction& one) {
      return std::tuple(-one.density_low, -one.density, one.segment);
    }));
    DirectionOptions spread = options;
    spread.least_spread = 3;
    const Directions fewer = find_directions(graph, spread);
    EXPECT_EQ(fewer.directions.size() + fewer.narrow, found.directions.size());
    for (const Direction& one : fewer.directions) EXPECT_GE(one.units, 3U);
  }
  EXPECT_GT(seen, 50U);
}

}  // namespace
}  // namespace liantu
