#include "links/paths/step_view.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/links/paths/path_engine.hpp"
#include "liantu/links/paths/scores.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using Row = std::vector<std::pair<std::string, double>>;

/// What one step, as text, reaches from the first firm.
Row row(const EnterpriseGraph& graph, std::string_view step) {
  const StepView view(graph, parse_path(step).steps[0]);
  Row found;
  view.for_each(EntityId{0},
                [&](EntityId to, double weight) { found.emplace_back(graph.name(to), weight); });
  EXPECT_EQ(view.degree(EntityId{0}), found.size());
  return found;
}

/// 甲 supplies 乙 (two segments in 2020, one in 2021), 丙 and 丁; 丙 supplies 甲 too.
constexpr std::string_view kPurchases =
    "甲 -supplies{segment=电池,amount=10,as_of=2020,conf=0.4}-> 乙{region=500104}; "
    "甲 -supplies{segment=隔膜,amount=20,as_of=2020}-> 乙; "
    "甲 -supplies{segment=电池,amount=4,as_of=2021}-> 乙; "
    "甲 -supplies{segment=电池,amount=7}-> 丙{region=440300}; "
    "丙 -supplies{amount=2}-> 甲; 甲 -supplies-> 丁";

TEST(StepView, LimitsChooseInstances) {
  const EnterpriseGraph graph = test::sketch(kPurchases);
  EXPECT_EQ(row(graph, "supplies"), (Row{{"乙", 1}, {"丙", 1}, {"丁", 1}}));
  EXPECT_EQ(row(graph, "supplies[segment=隔膜]"), (Row{{"乙", 1}}));
  EXPECT_EQ(row(graph, "supplies[segment=电池]"), (Row{{"乙", 1}, {"丙", 1}}));
  EXPECT_EQ(row(graph, "supplies[region=50]"), (Row{{"乙", 1}}));
  EXPECT_EQ(row(graph, "supplies[from=2021]"), (Row{{"乙", 1}}));
  EXPECT_EQ(row(graph, "supplies[to=2019]"), Row{});
  EXPECT_EQ(row(graph, "supplies[segment=电池,to=2020,confidence>=0.5]"), Row{});
}

TEST(StepView, TheInstancesOfTheLatestYearAddUpToAWeight) {
  const EnterpriseGraph graph = test::sketch(kPurchases);
  EXPECT_EQ(row(graph, "supplies[weight=amount]"), (Row{{"乙", 4}, {"丙", 7}}));
  EXPECT_EQ(row(graph, "supplies[to=2020,weight=amount]"), (Row{{"乙", 30}}));
  EXPECT_EQ(row(graph, "-supplies[weight=amount]"), (Row{{"乙", 4}, {"丙", 9}}));
  EXPECT_EQ(row(graph, "supplies[weight=log1p(amount)]"),
            (Row{{"乙", std::log1p(4.0)}, {"丙", std::log1p(7.0)}}));
  EXPECT_EQ(row(graph, "supplies[weight=share]"), Row{});
}

TEST(StepView, EvidenceNamesAnInstanceThatCounts) {
  const EnterpriseGraph graph = test::sketch(kPurchases);
  const auto evidence = [&](std::string_view path) {
    const auto found = path_evidence(graph, parse_path(path), EntityId{0}, EntityId{1}, 0);
    return graph.relation(RelationKind::Supplies).provenance(found.at(0).edges.at(0)).as_of.year;
  };
  EXPECT_EQ(evidence("supplies[weight=amount]"), 2021);
  EXPECT_EQ(evidence("supplies[to=2020]"), 2020);
}

TEST(StepView, ASegmentThatIsNotThereAndOneOfSeveralAreRefused) {
  const EnterpriseGraph graph = test::sketch(kPurchases);
  try {
    (void)row(graph, "supplies[segment=电解液]");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::NotFound);
    EXPECT_EQ(error.message().en,
              "relation path: the graph has no segment `电解液`; `liantu show` lists those it has");
  }
  const EnterpriseGraph two = test::sketch("seg:甲{aliases=乙}; seg:丙{aliases=乙}");
  try {
    (void)StepView(two, parse_path("supplies[segment=乙]").steps[0]);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
    EXPECT_EQ(error.message().en,
              "relation path: 2 segments are called `乙`; write the code of one");
  }
}

TEST(StepView, ANumberTooLargeToWeighWithIsRefusedWithItsPlace) {
  const EnterpriseGraph graph = test::sketch("甲 -supplies{amount=1e300}-> 乙");
  try {
    (void)row(graph, "supplies[weight=amount]");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    EXPECT_EQ(error.message().en,
              "relation path: 甲 → 乙 in `supplies` states 1e+300, too large to weigh with; "
              "correct it");
  }
}

TEST(StepViewProperty, LimitedAndWeightedPathsScoreAlikeEverywhereAndTheirEvidenceAddsUp) {
  const std::vector<std::string> steps = {"supplies[weight=amount]/sqrt",
                                          "~supplies[weight=log1p(amount)]/deg",
                                          "-supplies[confidence>=0.5]",
                                          "supplies[from=2015]/log",
                                          "~supplies[region=50]/sqrt",
                                          "-owns[weight=share]/deg",
                                          "-supplies[to=2022,weight=amount]",
                                          "-cooperates",
                                          "supplies[segment=s1]"};
  std::mt19937 random(11);
  std::size_t compared = 0;
  for (std::uint32_t seed = 1; seed <= 15; ++seed) {
    const EnterpriseGraph graph =
        test::random_graph(seed, {.firms = 10, .segments = 3, .persons = 0, .density = 4});
    const PathEngine engine(graph);
    std::vector<EntityId> sources;
    for (std::uint32_t i = 0; i < graph.size(); ++i) sources.push_back(EntityId{i});
    for (int round = 0; round < 8; ++round) {
      std::string text = steps[random() % steps.size()];
      for (std::size_t more = random() % 3; more > 0; --more) {
        text += "." + steps[random() % steps.size()];
      }
      const RelationPath path = parse_path(text);
      const std::vector<ScoreRow> rows = engine.rows(path, sources);
      const auto rankings = engine.top(path, sources, {.top = 3, .new_in = {}, .stop = {}});
      for (const EntityId source : sources) {
        const auto scored = score_path(graph, path, source, {.top = 0, .new_in = {}, .stop = {}});
        const ScoreRow& found = rows[raw(source)];
        ASSERT_EQ(found.entities.size(), scored.size()) << text;
        ASSERT_EQ(rankings[raw(source)].size(), std::min<std::size_t>(3, scored.size()));
        for (const ScoredEntity& one : scored) {
          const auto at = std::ranges::lower_bound(found.entities, one.entity);
          ASSERT_TRUE(at != found.entities.end() && *at == one.entity);
          const double score = found.scores[static_cast<std::size_t>(at - found.entities.begin())];
          ASSERT_NEAR(score, one.score, 1e-12 * one.score);
          const auto evidence = path_evidence(graph, path, source, one.entity, 0);
          const double shares =
              std::accumulate(evidence.begin(), evidence.end(), 0.0,
                              [](double sum, const auto& way) { return sum + way.share; });
          ASSERT_NEAR(shares, 1, 1e-9) << text;
          const auto best = path_evidence(graph, path, source, one.entity, 1);
          ASSERT_NEAR(best.at(0).weight, evidence.at(0).weight, 1e-12 * best[0].weight);
          ++compared;
        }
      }
    }
  }
  EXPECT_GT(compared, 500U);
}

/// By definition, out of the bare list of instances.
TEST(StepViewProperty, WeightsAreThoseOfTheBareList) {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 8, .density = 6});
    const Relation relation = graph.relation(RelationKind::Supplies);
    const StepView view(graph, parse_path("-supplies[confidence>=0.3,weight=amount]").steps[0]);
    for (std::uint32_t a = 0; a < graph.size(); ++a) {
      std::vector<double> expected(graph.size(), 0.0);
      for (std::uint32_t b = 0; b < graph.size(); ++b) {
        int latest = -1;
        for (std::uint64_t e = 0; e < relation.size(); ++e) {
          const EdgeId edge{e};
          const EntityId from = relation.source(edge);
          const EntityId to = relation.target(edge);
          const bool joins = (from == EntityId{a} && to == EntityId{b}) ||
                             (from == EntityId{b} && to == EntityId{a});
          const auto number = relation.number(edge, EdgeNumber::Amount);
          const Provenance provenance = relation.provenance(edge);
          if (!joins || provenance.confidence < 0.3F || !number || *number <= 0) continue;
          if (provenance.year() > latest) expected[b] = 0;
          if (provenance.year() >= latest) expected[b] += *number;
          latest = std::max(latest, provenance.year());
        }
      }
      std::vector<double> found(graph.size(), 0.0);
      view.for_each(EntityId{a}, [&](EntityId to, double weight) { found[raw(to)] = weight; });
      for (std::uint32_t b = 0; b < graph.size(); ++b) {
        ASSERT_NEAR(found[b], expected[b], 1e-12 * expected[b]) << seed << " " << a << " " << b;
      }
    }
  }
}

}  // namespace
}  // namespace liantu
