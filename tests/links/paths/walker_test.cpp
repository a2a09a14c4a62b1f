#include "links/paths/walker.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/graph/builder.hpp"

namespace liantu {
namespace {

/// Firms whose number of partners falls off as a power law, so that hubs and long rows occur.
EnterpriseGraph hubs_and_leaves(std::uint32_t firms, std::uint32_t relations, std::uint32_t seed) {
  GraphBuilder builder;
  for (std::uint32_t i = 0; i < firms; ++i) {
    builder.add(EntityKind::Firm, "厂" + std::to_string(i));
  }
  std::mt19937 random(seed);
  const auto draw = [&] {
    const double u = static_cast<double>(random()) / 4294967296.0;
    return static_cast<std::uint32_t>(u * u * u * firms);
  };
  for (std::uint32_t i = 0; i < relations; ++i) {
    const FirmId from{draw()};
    const FirmId to{static_cast<std::uint32_t>(random() % firms)};
    if (from != to) builder.relate(RelationKind::Supplies, from, to);
  }
  return builder.build();
}

struct Case {
  std::vector<StepDirection> directions;
  Normalizer normalizer;
};

/// Everything ranked, by the whole row.
std::vector<ScoredEntity> ranked(const ScoreRow& row) {
  std::vector<ScoredEntity> all;
  for (std::size_t i = 0; i < row.entities.size(); ++i) {
    all.push_back({row.entities[i], row.scores[i]});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.score > b.score; });
  return all;
}

TEST(WalkerProperty, TheBestAreTheHeadOfTheWholeWhateverIsLeftOut) {
  using enum StepDirection;
  const std::vector<Case> cases = {
      {{Either, Either}, Normalizer::Degree},
      {{Either, Either}, Normalizer::LogDegree},
      {{Either, Either}, Normalizer::None},
      {{Either, Either, Either}, Normalizer::SqrtDegree},
      {{Forward, Backward, Forward}, Normalizer::SqrtDegree},
      {{Backward, Forward, Backward}, Normalizer::SqrtDegree},
      {{Either, Either, Either, Either}, Normalizer::Degree},
  };
  for (const std::uint32_t seed : {1U, 2U}) {
    // Enough relations for both ways of leaving rows out.
    const EnterpriseGraph graph = hubs_and_leaves(6000, 60000, seed);
    const EntityOrder order(graph);
    Walker walker(order.size());
    for (const Case& one : cases) {
      std::vector<StepLayout> layouts;
      layouts.reserve(2 * one.directions.size());
      std::vector<PreparedStep> steps;
      for (const StepDirection direction : one.directions) {
        const PathStep step{RelationKind::Supplies, direction};
        PathStep back = step;
        back.direction = turned(direction);
        StepLayout& here = layouts.emplace_back(graph, order, step, std::span<const EdgeId>{});
        StepLayout& there = layouts.emplace_back(graph, order, back, std::span<const EdgeId>{});
        const bool first = steps.empty();
        steps.push_back({&here, &there, first ? nullptr : here.factors(one.normalizer)});
      }
      const auto walk_to_last = [&](std::uint32_t source) {
        walker.start(source);
        for (std::size_t k = 0; k + 1 < steps.size(); ++k) walker.advance(steps[k]);
      };
      for (std::uint32_t source = seed; source < order.size(); source += 397) {
        const auto joined = steps[0].layout->row(source);
        std::vector<std::uint32_t> excluded(joined.begin(), joined.end());
        excluded.push_back(source);
        walk_to_last(source);
        const std::vector<ScoredEntity> all = ranked(walker.whole(steps.back(), order, excluded));
        for (const std::size_t most :
             {std::size_t{1}, std::size_t{10}, std::size_t{100}, std::size_t{100000}}) {
          walk_to_last(source);
          const std::vector<ScoredEntity> expected(
              all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(most, all.size())));
          ASSERT_EQ(walker.best(steps.back(), order, excluded, most), expected)
              << one.directions.size() << " steps from " << source << ", " << most << " kept";
        }
      }
    }
  }
}

TEST(Walker, ANumberTooSmallToAddUpIsNoWay) {
  GraphBuilder builder;
  for (const char* name : {"甲", "乙", "丙"}) builder.add(EntityKind::Firm, name);
  builder.relate(RelationKind::Supplies, FirmId{0}, FirmId{1});
  builder.relate(RelationKind::Supplies, FirmId{1}, FirmId{2});
  const EnterpriseGraph graph = builder.build();
  const EntityOrder order(graph);
  const PathStep step{RelationKind::Supplies, StepDirection::Forward};
  const StepLayout layout(graph, order, step, {});
  const std::vector<double> tiny(3, 1e-200);
  const PreparedStep way{&layout, nullptr, tiny.data()};
  Walker walker(order.size());
  walker.start(order.place(EntityId{0}));
  walker.advance(way);
  EXPECT_EQ(walker.whole(way, order, {}), ScoreRow{});
}

}  // namespace
}  // namespace liantu
