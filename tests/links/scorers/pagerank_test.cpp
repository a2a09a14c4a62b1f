#include "liantu/links/scorers/pagerank.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/builder.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using enum StepDirection;
using test::sketch;

const PathStep kEither{RelationKind::Supplies, Either};
const PathStep kForward{RelationKind::Supplies, Forward};

ScoreRow ranks(const EnterpriseGraph& graph, const PathStep& step, std::uint32_t source,
               double tolerance = 1e-14) {
  const PathEngine engine(graph);
  const std::vector<EntityId> sources{EntityId{source}};
  PageRankOptions options;
  options.tolerance = tolerance;
  return pagerank_rows(engine, step, sources, options).at(0);
}

void expect_near(const ScoreRow& actual, const ScoreRow& expected, double error) {
  EXPECT_EQ(actual.entities, expected.entities);
  ASSERT_EQ(actual.scores.size(), expected.scores.size());
  for (std::size_t i = 0; i < expected.scores.size(); ++i) {
    EXPECT_NEAR(actual.scores[i], expected.scores[i], error);
  }
}

TEST(PageRank, TwoFirmsHandTheWalkToEachOther) {
  const EnterpriseGraph graph = sketch("甲 -supplies-> 乙");
  // x = 0.15 + 0.85 y and y = 0.85 x: x = 0.15 / (1 − 0.85²).
  const double x = 0.15 / (1 - 0.85 * 0.85);
  expect_near(ranks(graph, kEither, 0), {{EntityId{0}, EntityId{1}}, {x, 0.85 * x}}, 1e-13);
  expect_near(ranks(graph, kEither, 0, 1e-6), {{EntityId{0}, EntityId{1}}, {x, 0.85 * x}}, 1e-5);
}

TEST(PageRank, AWalkThatGetsStuckReturnsToItsSource) {
  const EnterpriseGraph graph = sketch("甲 -supplies-> 乙; 乙 -supplies-> 丙");
  // x = 0.15 + 0.85 z, y = 0.85 x, z = 0.85 y, and they sum to 1.
  const double x = 1 / (1 + 0.85 + 0.85 * 0.85);
  expect_near(ranks(graph, kForward, 0),
              {{EntityId{0}, EntityId{1}, EntityId{2}}, {x, 0.85 * x, 0.85 * 0.85 * x}}, 1e-13);
}

TEST(PageRank, AFirmAloneKeepsTheWalk) {
  expect_near(ranks(sketch("甲; 乙"), kEither, 0), {{EntityId{0}}, {1}}, 0);
  EXPECT_TRUE(pagerank_rows(PathEngine(EnterpriseGraph()), kEither, {}).empty());
}

TEST(PageRank, TheSourceAndItsPartnersAreLeftOutWhereNewOnesAreAsked) {
  const EnterpriseGraph graph = sketch("甲 -supplies-> 乙; 乙 -supplies-> 丙; 丙 -supplies-> 丁");
  const PathEngine engine(graph);
  const std::vector<EntityId> sources{EntityId{0}};
  const auto all = pagerank_top(engine, kEither, sources);
  ASSERT_EQ(all[0].size(), 4U);
  const auto fresh = pagerank_top(engine, kEither, sources,
                                  {.top = 10, .new_in = RelationKind::Supplies, .stop = {}});
  ASSERT_EQ(fresh[0].size(), 2U);
  EXPECT_EQ(fresh[0][0].entity, EntityId{2});
  EXPECT_EQ(fresh[0][1].entity, EntityId{3});
}

/// By definition: many plain rounds.
std::vector<double> by_rounds(const EnterpriseGraph& graph, const PathStep& step,
                              std::uint32_t source, double damping) {
  const std::size_t n = graph.size();
  std::vector<std::vector<std::uint32_t>> out(n);
  const Relation relation = graph.relation(step.relation);
  for (std::uint64_t e = 0; e < relation.size(); ++e) {
    const std::uint32_t a = raw(relation.source(EdgeId{e}));
    const std::uint32_t b = raw(relation.target(EdgeId{e}));
    if (step.direction != Backward) out[a].push_back(b);
    if (step.direction != Forward) out[b].push_back(a);
  }
  for (auto& row : out) {
    std::sort(row.begin(), row.end());
    row.erase(std::unique(row.begin(), row.end()), row.end());
  }
  std::vector<double> rank(n, 0.0);
  rank[source] = 1;
  for (int round = 0; round < 400; ++round) {
    std::vector<double> next(n, 0.0);
    next[source] = 1 - damping;
    for (std::size_t v = 0; v < n; ++v) {
      if (out[v].empty()) next[source] += damping * rank[v];
      for (const std::uint32_t to : out[v]) {
        next[to] += damping * rank[v] / static_cast<double>(out[v].size());
      }
    }
    rank = next;
  }
  return rank;
}

TEST(PageRankProperty, RanksAreThoseOfManyPlainRounds) {
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 30, .density = 1.5});
    const PathEngine engine(graph);
    std::vector<EntityId> sources;
    for (std::uint32_t i = 0; i < graph.size(); ++i) sources.push_back(EntityId{i});
    for (const StepDirection direction : {Either, Forward, Backward}) {
      const PathStep step{RelationKind::Supplies, direction};
      for (const double tolerance : {1e-13, 1e-6}) {
        PageRankOptions options;
        options.tolerance = tolerance;
        const auto rows = pagerank_rows(engine, step, sources, options);
        for (const EntityId source : sources) {
          std::vector<double> expected = by_rounds(graph, step, raw(source), 0.85);
          double error = 0;
          double sum = 0;
          const ScoreRow& row = rows[raw(source)];
          for (std::size_t i = 0; i < row.entities.size(); ++i) {
            error += std::abs(expected[raw(row.entities[i])] - row.scores[i]);
            expected[raw(row.entities[i])] = 0;
            sum += row.scores[i];
          }
          for (const double missed : expected) error += missed;
          EXPECT_LE(error, tolerance / 0.15 + 1e-12) << seed << " " << raw(source);
          EXPECT_NEAR(sum, 1, 1e-12);
        }
      }
    }
  }
}

/// Every one of `left` firms supplies every one of `right`.
EnterpriseGraph complete_bipartite(std::uint32_t left, std::uint32_t right) {
  GraphBuilder builder;
  for (std::uint32_t i = 0; i < left + right; ++i) {
    builder.add(EntityKind::Firm, "f" + std::to_string(i));
  }
  for (std::uint32_t a = 0; a < left; ++a) {
    for (std::uint32_t b = 0; b < right; ++b) {
      builder.relate(RelationKind::Supplies, FirmId{a}, FirmId{left + b});
    }
  }
  return builder.build();
}

// From a firm of the left, a of them to b: the source keeps x more than its peers, who have y each,
// and z is what each of the right has. z = d (x + a y) / b, y = d z b / a, x = 1 - d.
void expect_bipartite_ranks(std::uint32_t a, std::uint32_t b, double damping, double tolerance) {
  const EnterpriseGraph graph = complete_bipartite(a, b);
  const PathEngine engine(graph);
  PageRankOptions options;
  options.damping = damping;
  options.tolerance = tolerance;
  const std::vector<EntityId> sources{EntityId{0}};
  const ScoreRow row = pagerank_rows(engine, kEither, sources, options).at(0);
  const double x = 1 - damping;
  const double z = damping * x / (1 - damping * damping) / b;
  const double y = damping * z * b / a;
  ASSERT_EQ(row.scores.size(), a + b);
  double error = 0;
  for (std::uint32_t i = 0; i < a + b; ++i) {
    error += std::abs(row.scores[i] - (i >= a ? z : y + (i == 0 ? x : 0)));
  }
  EXPECT_LE(error, tolerance / (1 - damping) + 1e-11) << a << " x " << b;
}

TEST(PageRank, EndsOnStars) {
  for (const std::uint32_t leaves : {100U, 137U, 256U, 500U, 777U, 1000U, 1500U, 2048U, 3000U}) {
    for (const double tolerance : {1e-6, 1e-12}) {
      expect_bipartite_ranks(1, leaves, 0.85, tolerance);
      expect_bipartite_ranks(leaves, 1, 0.85, tolerance);
    }
    expect_bipartite_ranks(1, leaves, 0.99, 1e-6);
  }
}

TEST(PageRank, EndsOnCompleteBipartiteGraphs) {
  for (const auto& [a, b] : {std::pair{2U, 500U},
                             {3U, 300U},
                             {10U, 100U},
                             {30U, 30U},
                             {17U, 333U},
                             {100U, 100U},
                             {50U, 100U}}) {
    expect_bipartite_ranks(a, b, 0.85, 1e-6);
    expect_bipartite_ranks(b, a, 0.5, 1e-6);
  }
}

TEST(PageRank, EndsWhereRoundingChangesMoreThanTheTolerance) {
  expect_bipartite_ranks(1, 1000, 0.85, 1e-14);
  expect_bipartite_ranks(30, 70, 0.99, 1e-14);
}

TEST(PageRankProperty, ResultsDoNotDependOnThreadsOrCompany) {
  const EnterpriseGraph graph = test::random_graph(4, {.firms = 300, .density = 3});
  std::vector<EntityId> sources;
  for (std::uint32_t i = 0; i < 40; ++i) sources.push_back(EntityId{i * 5});
  for (const PathStep& step : {kEither, kForward}) {
    const auto together = pagerank_rows(PathEngine(graph, {{}, 1}), step, sources);
    const PathEngine many(graph, {{}, 4});
    EXPECT_EQ(pagerank_rows(many, step, sources), together);
    for (std::size_t i = 0; i < sources.size(); i += 7) {
      EXPECT_EQ(pagerank_rows(many, step, std::span(sources).subspan(i, 1))[0], together[i]);
    }
  }
}

TEST(PageRankProperty, PushedRanksFallShortByNoMoreThanTheySay) {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 60, .density = 2});
    const PathEngine engine(graph);
    for (const StepDirection direction : {Either, Forward}) {
      const PathStep step{RelationKind::Supplies, direction};
      for (std::uint32_t source = 0; source < graph.size(); source += 7) {
        const double threshold = 1e-4;
        const PushedRanks pushed = push_pagerank(engine, step, EntityId{source}, 0.85, threshold);
        std::vector<double> expected = by_rounds(graph, step, source, 0.85);
        double missing = 1;
        for (std::size_t i = 0; i < pushed.ranks.entities.size(); ++i) {
          const EntityId entity = pushed.ranks.entities[i];
          const double short_by = expected[raw(entity)] - pushed.ranks.scores[i];
          EXPECT_GE(short_by, -1e-12);
          if (direction == Either) {
            const auto degree = static_cast<double>(engine.degree(entity, step));
            EXPECT_LE(short_by, threshold * std::max(degree, 1.0) + 1e-12);
          }
          missing -= pushed.ranks.scores[i];
        }
        EXPECT_NEAR(pushed.missing, missing, 1e-12);
      }
    }
  }
}

TEST(PageRank, NumbersOutsideTheirRangeAreRefused) {
  const EnterpriseGraph graph = sketch("甲");
  const PathEngine engine(graph);
  const auto refused = [](const auto& call) {
    try {
      call();
      return std::string("taken");
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
      return error.message().en;
    }
  };
  PageRankOptions options;
  options.damping = 1;
  EXPECT_EQ(refused([&] { (void)pagerank_rows(engine, kEither, {}, options); }),
            "the damping 1 is outside (0, 1); 0.85 is usual");
  options.damping = std::nan("");
  EXPECT_NE(refused([&] { (void)pagerank_rows(engine, kEither, {}, options); }), "taken");
  options = {};
  options.tolerance = 0;
  EXPECT_EQ(refused([&] { (void)pagerank_rows(engine, kEither, {}, options); }),
            "the tolerance 0 is outside [1e-14, 1]; 1e-6 is usual");
  EXPECT_EQ(refused([&] { (void)push_pagerank(engine, kEither, EntityId{0}, 0.85, 0); }),
            "the threshold 0 is outside (0, 1]; 1e-6 is usual");
}

TEST(PageRank, ACancelledCallEndsWithCancelled) {
  const EnterpriseGraph graph = sketch("甲 -supplies-> 乙");
  const PathEngine engine(graph);
  std::stop_source stop;
  stop.request_stop();
  PageRankOptions options;
  options.stop = stop.get_token();
  const std::vector<EntityId> sources{EntityId{0}};
  const auto cancelled = [](const auto& call) {
    try {
      call();
    } catch (const Error& error) {
      return error.code() == ErrorCode::Cancelled;
    }
    return false;
  };
  EXPECT_TRUE(cancelled([&] { (void)pagerank_rows(engine, kEither, sources, options); }));
  EXPECT_TRUE(cancelled(
      [&] { (void)push_pagerank(engine, kEither, EntityId{0}, 0.85, 1e-6, stop.get_token()); }));
}

TEST(PageRank, ProgressIsToldUpToTheLastSource) {
  const EnterpriseGraph graph = sketch("甲 -supplies-> 乙");
  const PathEngine engine(graph);
  std::uint64_t told = 0;
  PageRankOptions options;
  options.progress = [&](std::string_view stage, std::uint64_t done, std::uint64_t all) {
    EXPECT_EQ(stage, "pagerank");
    EXPECT_EQ(all, 20U);
    EXPECT_EQ(done, ++told);
  };
  const std::vector<EntityId> sources(20, EntityId{1});
  EXPECT_EQ(pagerank_rows(engine, kEither, sources, options).size(), 20U);
  EXPECT_EQ(told, 20U);
}

}  // namespace
}  // namespace liantu
