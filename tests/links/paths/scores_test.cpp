#include "liantu/links/paths/scores.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/builder.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;

EntityId find_one(const EnterpriseGraph& graph, std::string_view name) {
  for (const EntityKind kind : kEntityKinds) {
    const std::vector<EntityId> found = graph.find(kind, name);
    if (found.size() == 1) return found[0];
  }
  ADD_FAILURE() << "no entity " << name;
  return EntityId{0};
}

using Named = std::vector<std::pair<std::string, double>>;

/// Scores with names, in their order.
Named scores(const EnterpriseGraph& graph, std::string_view path, std::string_view source,
             const ScoreOptions& options = {}) {
  Named named;
  for (const ScoredEntity& scored :
       score_path(graph, parse_path(path), find_one(graph, source), options)) {
    named.emplace_back(graph.name(scored.entity), scored.score);
  }
  return named;
}

void expect_near(const Named& actual, const Named& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    EXPECT_EQ(actual[i].first, expected[i].first);
    EXPECT_NEAR(actual[i].second, expected[i].second, 1e-12) << actual[i].first;
  }
}

/// 甲 has two neighbours, 丙 (neighbours 甲 乙) and 丁 (neighbours 甲 乙 戊).
constexpr std::string_view kTwoWays =
    "甲 -supplies-> 丙; 乙 -supplies-> 丙; 甲 -supplies-> 丁; 丁 -supplies-> 乙; "
    "丁 -supplies-> 戊";

// ---- by hand

TEST(Scores, SharedNeighborsAreCountedAndWeighted) {
  const EnterpriseGraph graph = sketch(kTwoWays);
  // To 乙 over 丙 (degree 2) and 丁 (degree 3), to 戊 over 丁 alone.
  EXPECT_EQ(scores(graph, "common_neighbors", "甲"), (Named{{"乙", 2}, {"戊", 1}}));
  EXPECT_EQ(scores(graph, "resource_allocation", "甲"),
            (Named{{"乙", 1.0 / 2 + 1.0 / 3}, {"戊", 1.0 / 3}}));
  EXPECT_EQ(scores(graph, "adamic_adar", "甲"),
            (Named{{"乙", 1 / std::log(2.0) + 1 / std::log(3.0)}, {"戊", 1 / std::log(3.0)}}));
}

TEST(Scores, PathsOfLengthThreeAreWeightedByTheirInnerDegrees) {
  // Degrees: 甲 1, 乙 3, 丙 2, 戊 2, 丁 2.
  const EnterpriseGraph graph = sketch(
      "甲 -supplies-> 乙; 乙 -supplies-> 丙; 丙 -supplies-> 丁; 乙 -supplies-> 戊; "
      "戊 -supplies-> 丁");
  // To 丁: 甲-乙-丙-丁 and 甲-乙-戊-丁, each 1/√(3·2).
  // To 乙: 甲-乙-x-乙 with x = 甲, 丙, 戊: 1/√3 (1/√1 + 1/√2 + 1/√2).
  expect_near(scores(graph, "l3", "甲"),
              {{"乙", (1 + 2 / std::sqrt(2.0)) / std::sqrt(3.0)}, {"丁", 2 / std::sqrt(6.0)}});
  expect_near(scores(graph, "l3", "甲", {.top = 100, .new_in = RelationKind::Supplies, .stop = {}}),
              {{"丁", 2 / std::sqrt(6.0)}});
}

TEST(Scores, MyCustomersOtherSuppliersOtherCustomersAreFound) {
  const EnterpriseGraph graph = sketch("甲 -supplies-> 丙; 乙 -supplies-> 丙; 乙 -supplies-> 丁");
  // 丙 has the suppliers 甲 and 乙; 甲 sells to one, 乙 to two.
  // 丁: 甲-丙-乙-丁 = 1/√2 · 1/√2. 丙: 甲-丙-甲-丙 = 1/√2 · 1, 甲-丙-乙-丙 = 1/√2 · 1/√2.
  expect_near(scores(graph, "directed_l3", "甲"), {{"丙", 1 / std::sqrt(2.0) + 0.5}, {"丁", 0.5}});
}

TEST(Scores, WhoNeedsWhatAFirmMakesIsItsComplement) {
  const EnterpriseGraph graph = sketch(
      "甲 -makes-> 隔膜; 乙 -makes-> 电池; 丙 -makes-> 电池; 丁 -makes-> 电芯; 丁 -makes-> 电池; "
      "电池 -requires-> 隔膜; 电芯 -requires-> 隔膜");
  // 隔膜 goes into 电池 and 电芯; 丁 makes both, 乙 and 丙 make one.
  EXPECT_EQ(scores(graph, "complement", "甲"), (Named{{"丁", 2}, {"乙", 1}, {"丙", 1}}));
  EXPECT_EQ(scores(graph, "complement", "乙"), Named{});
  EXPECT_EQ(scores(graph, "makes", "丁"), (Named{{"电池", 1}, {"电芯", 1}}));
}

TEST(Scores, TheFirstStepIsDividedByTheDegreeOfTheSource) {
  const EnterpriseGraph graph = sketch(kTwoWays);
  // 甲 leads to 丙 and 丁.
  EXPECT_EQ(scores(graph, "supplies/deg", "甲"), (Named{{"丙", 0.5}, {"丁", 0.5}}));
  EXPECT_EQ(scores(graph, "supplies/sqrt", "甲"),
            (Named{{"丙", 1 / std::sqrt(2.0)}, {"丁", 1 / std::sqrt(2.0)}}));
  // 乙 leads to 丙 alone: degree 1 is divided by ln 2.
  EXPECT_EQ(scores(graph, "supplies/log", "乙"), (Named{{"丙", 1 / std::log(2.0)}}));
}

// ---- what is returned

TEST(Scores, TopKeepsTheBestAndZeroKeepsAll) {
  const EnterpriseGraph graph = sketch(kTwoWays);
  const auto top = [&](std::size_t most) {
    return scores(graph, "common_neighbors", "甲", {.top = most, .new_in = {}, .stop = {}});
  };
  EXPECT_EQ(top(1), (Named{{"乙", 2}}));
  EXPECT_EQ(top(2), (Named{{"乙", 2}, {"戊", 1}}));
  EXPECT_EQ(top(3), (Named{{"乙", 2}, {"戊", 1}}));
  EXPECT_EQ(top(0), (Named{{"乙", 2}, {"戊", 1}}));
}

TEST(Scores, NewInLeavesOutEntitiesJoinedEitherWay) {
  const EnterpriseGraph graph = sketch(
      "甲 -supplies-> 丙; 乙 -supplies-> 丙; 丁 -supplies-> 丙; 戊 -supplies-> 丙; "
      "甲 -cooperates-> 乙; 丁 -cooperates-> 甲");
  const auto leave_out = [&](std::optional<RelationKind> relation) {
    return scores(graph, "supplies.~supplies", "甲", {.top = 0, .new_in = relation, .stop = {}});
  };
  EXPECT_EQ(leave_out({}), (Named{{"乙", 1}, {"丁", 1}, {"戊", 1}}));
  EXPECT_EQ(leave_out(RelationKind::Cooperates), (Named{{"戊", 1}}));
  EXPECT_EQ(leave_out(RelationKind::Owns), (Named{{"乙", 1}, {"丁", 1}, {"戊", 1}}));
}

/// 甲 supplies 乙 in three years, the second being the most confident, and 丙 in one.
EnterpriseGraph parallel_years() {
  GraphBuilder builder;
  const EntityRef a = builder.add(EntityKind::Firm, "甲");
  const EntityRef b = builder.add(EntityKind::Firm, "乙");
  const EntityRef c = builder.add(EntityKind::Firm, "丙");
  const auto supply = [&](EntityRef to, std::int16_t year, float confidence) {
    Provenance provenance;
    provenance.confidence = confidence;
    provenance.as_of.year = year;
    builder.relate(RelationKind::Supplies, a, to, {}, provenance);
  };
  supply(b, 2021, 0.2F);
  supply(b, 2022, 0.8F);
  supply(b, 2023, 0.8F);
  supply(c, 2023, 0.4F);
  return builder.build();
}

TEST(Scores, ParallelRelationsCountOnce) {
  const EnterpriseGraph graph = parallel_years();
  ASSERT_EQ(graph.relation(RelationKind::Supplies).size(), 4U);
  EXPECT_EQ(scores(graph, "supplies/deg", "甲"), (Named{{"乙", 0.5}, {"丙", 0.5}}));
  EXPECT_EQ(scores(graph, "~supplies.supplies/deg", "乙"), (Named{{"丙", 0.5}}));
}

TEST(Scores, BothWaysBetweenTwoFirmsAreOneNeighbor) {
  const EnterpriseGraph graph = sketch("甲 -supplies-> 乙; 乙 -supplies-> 甲; 甲 -supplies-> 丙");
  EXPECT_EQ(scores(graph, "-supplies/deg", "甲"), (Named{{"乙", 0.5}, {"丙", 0.5}}));
}

// ---- edges

TEST(Scores, AFirmAloneReachesNobody) {
  GraphBuilder builder;
  builder.add(EntityKind::Firm, "甲");
  const EnterpriseGraph graph = builder.build();
  for (const NamedPath& named : named_paths()) {
    EXPECT_EQ(scores(graph, named.name, "甲"), Named{});
    EXPECT_EQ(path_evidence(graph, parse_path(named.name), EntityId{0}, EntityId{0}, 0),
              std::vector<PathInstance>{});
  }
}

TEST(Scores, ASelfRelationIsAStepThatStays) {
  GraphBuilder builder;
  const EntityRef a = builder.add(EntityKind::Firm, "甲");
  const EntityRef b = builder.add(EntityKind::Firm, "乙");
  builder.relate(RelationKind::Cooperates, a, a);
  builder.relate(RelationKind::Cooperates, a, b);
  const EnterpriseGraph graph = builder.build();
  // 甲 reaches itself and 乙. 甲-甲-乙 = 1/2 · 1/2; 甲-甲-甲 and 甲-乙-甲 end at the source.
  EXPECT_EQ(scores(graph, "-cooperates/deg.-cooperates/deg", "甲"), (Named{{"乙", 0.25}}));
  // From 乙, which reaches 甲 alone: 乙-甲-甲 = 1 · 1/2.
  EXPECT_EQ(scores(graph, "-cooperates/deg.-cooperates/deg", "乙"), (Named{{"甲", 0.5}}));
}

TEST(Scores, ACycleLeadsRoundButNeverToTheSourceItself) {
  const EnterpriseGraph graph = sketch("甲 -supplies-> 乙; 乙 -supplies-> 丙; 丙 -supplies-> 甲");
  EXPECT_EQ(scores(graph, "supplies.supplies.supplies", "甲"), Named{});
  EXPECT_EQ(scores(graph, "supplies.supplies.supplies.supplies", "甲"), (Named{{"乙", 1}}));
}

TEST(Scores, WhatIsDisconnectedIsNotReached) {
  const EnterpriseGraph graph = sketch("甲 -supplies-> 乙; 丙 -supplies-> 丁");
  EXPECT_EQ(scores(graph, "-supplies", "甲"), (Named{{"乙", 1}}));
  EXPECT_EQ(path_evidence(graph, parse_path("-supplies.-supplies"), find_one(graph, "甲"),
                          find_one(graph, "丁"), 0),
            std::vector<PathInstance>{});
}

TEST(Scores, ASourceOfAKindThatThePathDoesNotLeaveReachesNobody) {
  const EnterpriseGraph graph = sketch("甲 -makes-> 电池");
  EXPECT_EQ(scores(graph, "makes", "电池"), Named{});
}

// ---- errors

TEST(Scores, APathWithoutStepsIsRefused) {
  const EnterpriseGraph graph = sketch("甲 -supplies-> 乙");
  const Text expected{"the relation path has no steps; give at least one, for example `supplies`",
                      "关联路径没有任何一步；请至少写一步，例如“supplies”"};
  const auto refused = [&](const auto& call) {
    try {
      call();
      ADD_FAILURE() << "not refused";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
      EXPECT_EQ(error.message(), expected);
    }
  };
  refused([&] { (void)score_path(graph, {}, EntityId{0}); });
  refused([&] { (void)path_evidence(graph, {}, EntityId{0}, EntityId{1}, 0); });
}

TEST(Scores, AStoppedTokenCancels) {
  const EnterpriseGraph graph = sketch("甲 -supplies-> 乙");
  std::stop_source stop;
  const ScoreOptions options{.top = 0, .new_in = {}, .stop = stop.get_token()};
  EXPECT_EQ(scores(graph, "supplies", "甲", options), (Named{{"乙", 1}}));
  stop.request_stop();
  try {
    (void)score_path(graph, parse_path("supplies"), EntityId{0}, options);
    ADD_FAILURE() << "not cancelled";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Cancelled);
    EXPECT_EQ(error.message(),
              (Text{"scoring of the relation path was cancelled before its end; start it again for "
                    "a result",
                    "关联路径评分在完成前已被取消；如需结果，请重新运行"}));
  }
}

// ---- evidence

TEST(PathEvidence, InstancesAreToldHeaviestFirstWithTheirShares) {
  const EnterpriseGraph graph = sketch(kTwoWays);
  const EntityId a = find_one(graph, "甲");
  const EntityId b = find_one(graph, "乙");
  const EntityId c = find_one(graph, "丙");
  const EntityId d = find_one(graph, "丁");
  const RelationPath path = parse_path("resource_allocation");
  // Instances are numbered by (from, to) with the entities in the order 甲 丙 乙 丁 戊:
  // 0 甲-丙, 1 甲-丁, 2 乙-丙, 3 丁-乙, 4 丁-戊.
  const double whole = 1.0 / 2 + 1.0 / 3;
  const std::vector<PathInstance> expected = {
      {{a, c, b}, {EdgeId{0}, EdgeId{2}}, 1.0 / 2, 1.0 / 2 / whole},
      {{a, d, b}, {EdgeId{1}, EdgeId{3}}, 1.0 / 3, 1.0 / 3 / whole}};
  EXPECT_EQ(path_evidence(graph, path, a, b, 0), expected);
  EXPECT_EQ(path_evidence(graph, path, a, b, 2), expected);
  EXPECT_EQ(path_evidence(graph, path, a, b, 1), (std::vector<PathInstance>{expected[0]}));
}

TEST(PathEvidence, TheMostConfidentOfParallelRelationsIsTold) {
  const EnterpriseGraph graph = parallel_years();
  // 乙's relations are numbered by year: 0 (2021, 0.2), 1 (2022, 0.8), 2 (2023, 0.8).
  const std::vector<PathInstance> expected = {{{EntityId{0}, EntityId{1}}, {EdgeId{1}}, 1, 1}};
  EXPECT_EQ(path_evidence(graph, parse_path("supplies"), EntityId{0}, EntityId{1}, 0), expected);
  EXPECT_EQ(path_evidence(graph, parse_path("-supplies"), EntityId{0}, EntityId{1}, 0), expected);
  const std::vector<PathInstance> back = {{{EntityId{1}, EntityId{0}}, {EdgeId{1}}, 1, 1}};
  EXPECT_EQ(path_evidence(graph, parse_path("~supplies"), EntityId{1}, EntityId{0}, 0), back);
  EXPECT_EQ(path_evidence(graph, parse_path("supplies"), EntityId{1}, EntityId{0}, 0),
            std::vector<PathInstance>{});
}

TEST(PathEvidence, WaysBackToTheSourceAreToldWhenItIsTheTarget) {
  const EnterpriseGraph graph = sketch("甲 -supplies-> 乙; 乙 -supplies-> 甲");
  const std::vector<PathInstance> expected = {
      {{EntityId{0}, EntityId{1}, EntityId{0}}, {EdgeId{0}, EdgeId{1}}, 1, 1}};
  EXPECT_EQ(path_evidence(graph, parse_path("supplies.supplies"), EntityId{0}, EntityId{0}, 0),
            expected);
}

TEST(PathEvidence, AFewOfVeryManyInstancesAreFound) {
  constexpr std::uint32_t kFirms = 30;
  GraphBuilder builder;
  for (std::uint32_t i = 0; i < kFirms; ++i) {
    builder.add(EntityKind::Firm, "厂" + std::to_string(i));
  }
  for (std::uint32_t i = 0; i < kFirms; ++i) {
    for (std::uint32_t j = 0; j < kFirms; ++j) {
      if (i != j) builder.relate(RelationKind::Supplies, FirmId{i}, FirmId{j});
    }
  }
  const EnterpriseGraph graph = builder.build();
  const RelationPath path{std::vector<PathStep>(8)};
  // Walks of length 8 between two vertices of the complete graph on 30: (29^8 − 1) / 30.
  const double walks = 16'674'880'432.0;
  ASSERT_EQ(score_path(graph, path, EntityId{0})[0], (ScoredEntity{EntityId{1}, walks}));
  const std::vector<PathInstance> found = path_evidence(graph, path, EntityId{0}, EntityId{1}, 3);
  ASSERT_EQ(found.size(), 3U);
  for (std::uint32_t i = 0; i < 3; ++i) {
    std::vector<EntityId> way;
    for (const std::uint32_t entity : {0U, 1U, 0U, 1U, 0U, 1U, 0U, 2 + i, 1U}) {
      way.push_back(EntityId{entity});
    }
    EXPECT_EQ(found[i].entities, way);
    EXPECT_EQ(found[i].weight, 1);
    EXPECT_EQ(found[i].share, 1 / walks);
  }
}

// ---- against the definition, on seeded random graphs

/// Small and dense, so that relations stand in parallel and walks return.
EnterpriseGraph dense_graph(std::uint32_t seed) {
  return test::random_graph(seed, {.firms = 4 + seed % 7,
                                   .segments = 2 + seed % 4,
                                   .persons = 1 + seed % 3,
                                   .organizations = seed % 3,
                                   .sites = seed % 2,
                                   .density = 3});
}

/// The named paths and some that are drawn at random among those whose steps can follow each other.
std::vector<RelationPath> paths_to_check(std::uint32_t seed) {
  std::vector<RelationPath> paths;
  for (const NamedPath& named : named_paths()) paths.push_back(parse_path(named.name));
  std::mt19937 random(seed);
  while (paths.size() < named_paths().size() + 12) {
    RelationPath path;
    const std::size_t length = 1 + random() % 4;
    for (std::size_t i = 0; i < length; ++i) {
      const RelationKind relation = kRelationKinds[random() % kRelationKinds.size()];
      const auto direction = static_cast<StepDirection>(random() % 3);
      const auto normalizer = static_cast<Normalizer>(random() % 4);
      path.steps.push_back({relation, direction, normalizer});
    }
    try {
      paths.push_back(parse_path(path.to_string()));
    } catch (const Error&) {
      // Its steps cannot follow each other.
    }
  }
  return paths;
}

/// Matrix of a step by definition, out of the bare list of instances.
std::vector<std::vector<double>> step_matrix(const EnterpriseGraph& graph, const PathStep& step) {
  const std::size_t n = graph.size();
  std::vector<std::vector<double>> matrix(n, std::vector<double>(n, 0.0));
  const Relation relation = graph.relation(step.relation);
  for (std::uint64_t e = 0; e < relation.size(); ++e) {
    const std::uint32_t from = raw(relation.source(EdgeId{e}));
    const std::uint32_t to = raw(relation.target(EdgeId{e}));
    if (step.direction != StepDirection::Backward) matrix[from][to] = 1;
    if (step.direction != StepDirection::Forward) matrix[to][from] = 1;
  }
  for (std::vector<double>& row : matrix) {
    const auto degree = static_cast<double>(std::count(row.begin(), row.end(), 1.0));
    for (double& value : row) {
      if (value == 0) continue;
      if (step.normalizer == Normalizer::Degree) value = 1 / degree;
      if (step.normalizer == Normalizer::SqrtDegree) value = 1 / std::sqrt(degree);
      if (step.normalizer == Normalizer::LogDegree) value = 1 / std::log(std::max(degree, 2.0));
    }
  }
  return matrix;
}

using Matrices = std::vector<std::vector<std::vector<double>>>;

Matrices step_matrices(const EnterpriseGraph& graph, const RelationPath& path) {
  Matrices matrices;
  for (const PathStep& step : path.steps) matrices.push_back(step_matrix(graph, step));
  return matrices;
}

std::vector<double> row_of_product(const Matrices& matrices, std::size_t source) {
  std::vector<double> row(matrices[0].size(), 0.0);
  row[source] = 1;
  for (const auto& matrix : matrices) {
    std::vector<double> next(row.size(), 0.0);
    for (std::size_t i = 0; i < row.size(); ++i) {
      for (std::size_t j = 0; j < row.size(); ++j) next[j] += row[i] * matrix[i][j];
    }
    row = next;
  }
  return row;
}

TEST(ScoresProperty, ScoresAreEntriesOfTheProductOfTheStepMatrices) {
  std::size_t compared = 0;
  for (std::uint32_t seed = 1; seed <= 30; ++seed) {
    const EnterpriseGraph graph = dense_graph(seed);
    for (const RelationPath& path : paths_to_check(seed)) {
      const Matrices matrices = step_matrices(graph, path);
      for (std::uint32_t source = 0; source < graph.size(); ++source) {
        const std::vector<double> expected = row_of_product(matrices, source);
        const std::vector<ScoredEntity> actual =
            score_path(graph, path, EntityId{source}, {.top = 0, .new_in = {}, .stop = {}});
        std::vector<double> found(graph.size(), 0.0);
        for (const ScoredEntity& scored : actual) {
          EXPECT_GT(scored.score, 0);
          found[raw(scored.entity)] = scored.score;
        }
        for (std::uint32_t target = 0; target < graph.size(); ++target) {
          const double score = target == source ? 0 : expected[target];
          ASSERT_NEAR(found[target], score, 1e-12 * std::max(1.0, score))
              << "seed " << seed << " " << path.to_string() << " " << source << " " << target;
        }
        const auto best_first = [](const ScoredEntity& a, const ScoredEntity& b) {
          return a.score != b.score ? a.score > b.score : a.entity < b.entity;
        };
        ASSERT_TRUE(std::is_sorted(actual.begin(), actual.end(), best_first));

        const std::size_t most = 1 + seed % 5;
        const auto cut =
            score_path(graph, path, EntityId{source}, {.top = most, .new_in = {}, .stop = {}});
        ASSERT_EQ(cut, (std::vector<ScoredEntity>(
                           actual.begin(), actual.begin() + static_cast<std::ptrdiff_t>(
                                                                std::min(most, actual.size())))));
        compared += actual.size();
      }
    }
  }
  EXPECT_GT(compared, 10000U);
}

TEST(ScoresProperty, NewInDropsExactlyWhatTheRelationJoins) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    const EnterpriseGraph graph = dense_graph(seed);
    const Relation supplies = graph.relation(RelationKind::Supplies);
    for (const RelationPath& path : paths_to_check(seed)) {
      for (std::uint32_t source = 0; source < graph.size(); ++source) {
        std::set<EntityId> joined;
        for (std::uint64_t e = 0; e < supplies.size(); ++e) {
          const EntityId from = supplies.source(EdgeId{e});
          const EntityId to = supplies.target(EdgeId{e});
          if (from == EntityId{source}) joined.insert(to);
          if (to == EntityId{source}) joined.insert(from);
        }
        std::vector<ScoredEntity> expected =
            score_path(graph, path, EntityId{source}, {.top = 0, .new_in = {}, .stop = {}});
        std::erase_if(expected, [&](const ScoredEntity& s) { return joined.contains(s.entity); });
        ASSERT_EQ(score_path(graph, path, EntityId{source},
                             {.top = 0, .new_in = RelationKind::Supplies, .stop = {}}),
                  expected);
      }
    }
  }
}

TEST(ScoresProperty, TheSameGraphBuiltTwiceScoresBitForBitAlike) {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    const EnterpriseGraph one = dense_graph(seed);
    const EnterpriseGraph other = dense_graph(seed);
    for (const RelationPath& path : paths_to_check(seed)) {
      for (std::uint32_t source = 0; source < one.size(); ++source) {
        ASSERT_EQ(score_path(one, path, EntityId{source}),
                  score_path(other, path, EntityId{source}));
      }
    }
  }
}

/// Every walk from one entity to another with its weight, by trying all entities at every step.
void walk_all(const Matrices& matrices, std::uint32_t target, std::vector<EntityId>& walk,
              double weight, std::map<std::vector<EntityId>, double>& found) {
  const std::size_t done = walk.size() - 1;
  if (done == matrices.size()) {
    if (raw(walk.back()) == target) found[walk] = weight;
    return;
  }
  const std::vector<double>& row = matrices[done][raw(walk.back())];
  for (std::uint32_t next = 0; next < row.size(); ++next) {
    if (row[next] == 0) continue;
    walk.push_back(EntityId{next});
    walk_all(matrices, target, walk, weight * row[next], found);
    walk.pop_back();
  }
}

/// The edge to be told for one step, out of the bare list of instances.
EdgeId edge_to_tell(const EnterpriseGraph& graph, const PathStep& step, EntityId from,
                    EntityId to) {
  const Relation relation = graph.relation(step.relation);
  std::vector<std::pair<float, std::uint64_t>> choices;
  for (std::uint64_t e = 0; e < relation.size(); ++e) {
    const EntityId a = relation.source(EdgeId{e});
    const EntityId b = relation.target(EdgeId{e});
    const bool ahead = step.direction != StepDirection::Backward && a == from && b == to;
    const bool back = step.direction != StepDirection::Forward && a == to && b == from;
    if (ahead || back) choices.emplace_back(-relation.provenance(EdgeId{e}).confidence, e);
  }
  return EdgeId{std::min_element(choices.begin(), choices.end())->second};
}

/// Compares the evidence of one pair with all walks between the two; returns how many there are.
std::size_t check_evidence(const EnterpriseGraph& graph, const RelationPath& path,
                           const Matrices& matrices, EntityId source, EntityId target,
                           std::size_t most) {
  std::map<std::vector<EntityId>, double> expected;
  std::vector<EntityId> walk{source};
  walk_all(matrices, raw(target), walk, 1, expected);
  const std::vector<PathInstance> all = path_evidence(graph, path, source, target, 0);
  EXPECT_EQ(all.size(), expected.size());

  double weight = 0;
  double share = 0;
  for (const PathInstance& instance : all) {
    const auto by_definition = expected.find(instance.entities);
    if (by_definition == expected.end()) {
      ADD_FAILURE() << "a walk that does not exist";
      continue;
    }
    EXPECT_NEAR(instance.weight, by_definition->second, 1e-12 * by_definition->second);
    std::vector<EdgeId> edges;
    for (std::size_t k = 0; k < path.steps.size(); ++k) {
      edges.push_back(
          edge_to_tell(graph, path.steps[k], instance.entities[k], instance.entities[k + 1]));
    }
    EXPECT_EQ(instance.edges, edges);
    weight += instance.weight;
    share += instance.share;
  }
  for (std::size_t i = 1; i < all.size(); ++i) {
    // Weights that are equal but for rounding are ties.
    const bool tie = std::abs(all[i - 1].weight - all[i].weight) < 1e-12;
    EXPECT_TRUE(tie ? all[i - 1].entities < all[i].entities : all[i - 1].weight > all[i].weight);
  }
  if (!all.empty()) {
    EXPECT_NEAR(share, 1, 1e-12);
  }
  for (const ScoredEntity& scored :
       score_path(graph, path, source, {.top = 0, .new_in = {}, .stop = {}})) {
    if (scored.entity == target) {
      EXPECT_NEAR(weight, scored.score, 1e-12 * std::max(1.0, weight));
    }
  }
  const auto kept = static_cast<std::ptrdiff_t>(std::min(most, all.size()));
  EXPECT_EQ(path_evidence(graph, path, source, target, most),
            (std::vector<PathInstance>(all.begin(), all.begin() + kept)));
  return all.size();
}

TEST(PathEvidenceProperty, InstancesAreAllWalksAndTheirWeightsSumToTheScore) {
  std::size_t compared = 0;
  for (std::uint32_t seed = 1; seed <= 15; ++seed) {
    const EnterpriseGraph graph = dense_graph(seed);
    for (const RelationPath& path : paths_to_check(seed)) {
      const Matrices matrices = step_matrices(graph, path);
      for (std::uint32_t source = 0; source < graph.size(); ++source) {
        for (std::uint32_t target = 0; target < graph.size(); ++target) {
          compared += check_evidence(graph, path, matrices, EntityId{source}, EntityId{target},
                                     1 + (source + target) % 4);
        }
        ASSERT_FALSE(HasFailure())
            << "seed " << seed << ", " << path.to_string() << " from " << source;
      }
    }
  }
  EXPECT_GT(compared, 10000U);
}

TEST(ScorePath, ReversedGivesTheSameScoreFromTheOtherEnd) {
  int pairs = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed);
    for (const NamedPath& named : named_paths()) {
      const RelationPath path = parse_path(named.path);
      const auto back = reversed(path);
      ASSERT_TRUE(back.has_value()) << named.name;
      for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
        const EntityId source = graph.entity(FirmId{i});
        for (const ScoredEntity& there : score_path(graph, path, source, {.top = 0})) {
          const auto scores = score_path(graph, *back, there.entity, {.top = 0});
          const auto found = std::ranges::find(scores, source, &ScoredEntity::entity);
          ASSERT_NE(found, scores.end()) << named.name;
          EXPECT_NEAR(found->score, there.score, 1e-12 * there.score) << named.name;
          ++pairs;
        }
      }
    }
  }
  EXPECT_GT(pairs, 100);
}

}  // namespace
}  // namespace liantu
