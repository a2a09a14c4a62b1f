#include "liantu/links/backtest/evaluation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <tbb/global_control.h>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/links/backtest/baselines.hpp"
#include "liantu/links/backtest/hiding.hpp"
#include "liantu/links/backtest/scorer_methods.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;

ErrorCode code_of(const auto& call) {
  try {
    static_cast<void>(call());
  } catch (const Error& error) {
    EXPECT_FALSE(error.message().zh.empty());
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::Io;
}

EntityId entity(const EnterpriseGraph& graph, std::string_view name) {
  return graph.entity(test::firm(graph, name));
}

/// A method that gives every source the same scores, by name.
LinkMethod fixed(const EnterpriseGraph& graph, std::string name,
                 std::vector<std::pair<std::string, double>> scores) {
  std::vector<std::pair<EntityId, double>> sorted;
  for (const auto& [firm, score] : scores) sorted.emplace_back(entity(graph, firm), score);
  std::sort(sorted.begin(), sorted.end());
  ScoreRow row;
  for (const auto& [id, score] : sorted) {
    row.entities.push_back(id);
    row.scores.push_back(score);
  }
  return {std::move(name),
          MethodKind::Single,
          [row](std::span<const EntityId> sources, const std::stop_token&) {
            return std::vector<ScoreRow>(sources.size(), row);
          },
          {}};
}

double value(const Evaluation& evaluation, std::size_t method, Measure measure) {
  return evaluation.methods[method][measure].value;
}

/// Customers x and y; a supplies both, b is hidden for x, c and d for y.
constexpr std::string_view kTwoCustomers =
    "a -supplies-> x; a -supplies-> y; b -supplies-> x; c -supplies-> y; d -supplies-> y; "
    "b -supplies-> z";

LinkTask two_customers(const EnterpriseGraph& graph) {
  std::vector<EdgeId> hidden;
  const Relation relation = graph.relation(RelationKind::Supplies);
  for (std::uint64_t edge = 0; edge < relation.size(); ++edge) {
    const auto from = graph.name(relation.source(EdgeId{edge}));
    const auto to = graph.name(relation.target(EdgeId{edge}));
    if ((from == "b" && to == "x") || from == "c" || from == "d") hidden.push_back(EdgeId{edge});
  }
  return ask_links(graph, RelationKind::Supplies, hidden).task;
}

/// A country with products, hidden links and everything that methods look at.
EnterpriseGraph country(std::uint64_t seed) {
  test::RandomGraphOptions options;
  options.firms = 120;
  options.segments = 10;
  options.density = 6;
  return test::random_graph(seed, options);
}

std::vector<LinkMethod> all_methods(const EnterpriseGraph& graph, const LinkTask& task) {
  std::vector<LinkMethod> methods = scorer_methods(graph, task);
  for (LinkMethod& method : baseline_methods(graph, task, 1)) methods.push_back(std::move(method));
  return methods;
}

// ---- by hand

TEST(Evaluation, FiguresByHand) {
  // Firms a x y b c d z. For x: candidates y b c d z (a is known). For y: x b c d z.
  // Scores d 3, b 2, c 1; a 9 is known and takes no place.
  // x: b at 2. y: d at 1, c at 3.
  const auto graph = sketch(kTwoCustomers);
  const LinkTask task = two_customers(graph);
  const auto method = fixed(graph, "m", {{"a", 9}, {"b", 2}, {"c", 1}, {"d", 3}});
  const Evaluation evaluation = evaluate_links(graph, task, std::vector{method});
  EXPECT_EQ(evaluation.rounds.size(), 1U);
  EXPECT_EQ(evaluation.rounds[0].sources, 2U);
  EXPECT_EQ(evaluation.rounds[0].links, 3U);
  EXPECT_EQ(evaluation.rounds[0].candidates, 7U);
  EXPECT_DOUBLE_EQ(value(evaluation, 0, Measure::Mrr), (0.5 + 1) / 2);
  EXPECT_DOUBLE_EQ(value(evaluation, 0, Measure::Map), (0.5 + (1 + 2 / 3.0) / 2) / 2);
  EXPECT_DOUBLE_EQ(value(evaluation, 0, Measure::Hits10), 1);
  EXPECT_DOUBLE_EQ(value(evaluation, 0, Measure::Recall100), 1);
}

TEST(Evaluation, ProbabilitiesAreComparedWithWhatCameTrue) {
  // As above. For x: b came true, c and d did not; for y: c and d did, b did not. a is known to
  // both and not asked for. b 2 and c 1 say 0.3, d 3 says 0.7.
  const auto graph = sketch(kTwoCustomers);
  const LinkTask task = two_customers(graph);
  auto method = fixed(graph, "m", {{"a", 9}, {"b", 2}, {"c", 1}, {"d", 3}});
  method.probability = [](double score) { return score > 2 ? 0.7 : 0.3; };
  const auto silent = fixed(graph, "n", {{"b", 2}});
  const Evaluation evaluation = evaluate_links(graph, task, std::vector{method, silent});
  EXPECT_EQ(evaluation.methods[0].reliability,
            (std::vector<ReliabilityRow>{{0.3, 0.5, 4}, {0.7, 0.5, 2}}));
  EXPECT_TRUE(evaluation.methods[1].reliability.empty());
}

TEST(Evaluation, GroupsLookAtLinksApart) {
  // c and d have no other link: cold, and cut off from the rest. x – a – y – … b – z: hiding
  // b → x cuts b and z off too, but b has a link.
  const auto graph = sketch(kTwoCustomers);
  const auto method = fixed(graph, "m", {{"b", 2}, {"c", 1}, {"d", 3}});
  const Evaluation evaluation = evaluate_links(graph, two_customers(graph), std::vector{method});
  std::string groups;
  for (std::size_t i = 0; i < evaluation.groups.size(); ++i) {
    groups += std::string(group_word(evaluation.groups[i].kind)) + " " +
              std::to_string(evaluation.groups[i].links) + "; ";
  }
  EXPECT_EQ(groups, "warm 1; cold_answer 2; disconnected 3; ");
  // Filtered, both d and c are ahead of all but b: 1/1 and, behind b, 1/2.
  EXPECT_DOUBLE_EQ(evaluation.methods[0].groups[0].mrr, 0.5);
  EXPECT_DOUBLE_EQ(evaluation.methods[0].groups[1].mrr, (1 + 0.5) / 2);
  EXPECT_DOUBLE_EQ(evaluation.methods[0].groups[1].hits20, 1);
}

TEST(Evaluation, LinksAreLookedAtBySegment) {
  const auto graph = sketch(
      "a -supplies{segment=电池}-> x; b -supplies-> x; b -makes-> 隔膜; c -supplies-> x; "
      "d -supplies-> x");
  const LinkTask task =
      ask_links(graph, RelationKind::Supplies, {EdgeId{0}, EdgeId{1}, EdgeId{2}}).task;
  const Evaluation evaluation =
      evaluate_links(graph, task, std::vector{fixed(graph, "m", {{"a", 1}})});
  std::vector<std::string> segments;
  for (const LinkGroup& group : evaluation.groups) {
    if (group.segment) segments.emplace_back(graph.name(graph.entity(*group.segment)));
  }
  EXPECT_EQ(segments, (std::vector<std::string>{"电池", "隔膜"}));
}

TEST(Evaluation, BelowThirtyLinksNothingIsConcluded) {
  const auto graph = sketch(kTwoCustomers);
  const Evaluation evaluation =
      evaluate_links(graph, two_customers(graph), std::vector{fixed(graph, "m", {{"b", 1}})});
  EXPECT_FALSE(evaluation.conclusive);
  EXPECT_FALSE(evaluation.methods[0][Measure::Mrr].interval);
  EXPECT_FALSE(evaluation.methods[0].mrr_gain);
  EvaluationOptions options;
  options.least_links = 3;
  EXPECT_TRUE(evaluate_links(graph, two_customers(graph),
                             std::vector{fixed(graph, "m", {{"b", 1}})}, options)
                  .conclusive);
}

TEST(Evaluation, AMethodThatCannotBeFedIsNamedAndNotRun) {
  const auto graph = sketch(kTwoCustomers);
  const LinkMethod missing = {"attributes", MethodKind::Baseline, nullptr, "no attribute"};
  const Evaluation evaluation = evaluate_links(graph, two_customers(graph), std::vector{missing});
  EXPECT_EQ(evaluation.methods[0].method, "attributes");
  EXPECT_EQ(evaluation.methods[0].unavailable, "no attribute");
  EXPECT_TRUE(evaluation.methods[0].curve.empty());
}

// ---- properties

TEST(Evaluation, RowsMayNameWhatIsNoCandidate) {
  // Owners may be persons; companies are firms only.
  const auto graph = sketch("@p -owns-> a; @p -owns-> b; q -owns-> a; q -owns-> b; q -owns-> c");
  AskOptions ask;
  ask.source_end = SourceEnd::From;
  const LinkTask task = ask_links(graph, RelationKind::Owns, {EdgeId{0}}, ask).task;
  ASSERT_EQ(task.questions.size(), 1U);
  LinkMethod method{"m",
                    MethodKind::Single,
                    [&](std::span<const EntityId> sources, const std::stop_token&) {
                      ScoreRow row;
                      for (std::uint32_t i = 0; i < graph.size(); ++i) {
                        row.entities.push_back(EntityId{i});
                        row.scores.push_back(static_cast<double>(i));
                      }
                      return std::vector<ScoreRow>(sources.size(), row);
                    },
                    {}};
  const Evaluation evaluation = evaluate_links(graph, task, std::vector{method});
  EXPECT_EQ(evaluation.rounds[0].candidates, graph.size(EntityKind::Firm));
  EXPECT_GE(value(evaluation, 0, Measure::Mrr), 1.0 / graph.size(EntityKind::Firm));
}

TEST(Evaluation, FiguresLieWithinTheirIntervalsAndInRange) {
  const auto graph = country(3);
  HideOptions hide;
  hide.share = 0.3;
  const LinkTask task = hide_links(graph, hide).task;
  const Evaluation evaluation = evaluate_links(graph, task, all_methods(graph, task));
  ASSERT_TRUE(evaluation.conclusive);
  EXPECT_EQ(evaluation.reference, "directed_l3");
  for (const MethodFigures& figures : evaluation.methods) {
    if (!figures.unavailable.empty()) continue;
    SCOPED_TRACE(figures.method);
    for (const Estimate& estimate : figures.measures) {
      EXPECT_GE(estimate.value, 0);
      EXPECT_LE(estimate.value, 1);
      ASSERT_TRUE(estimate.interval);
      EXPECT_LE(estimate.interval->low, estimate.value + 0.02);
      EXPECT_GE(estimate.interval->high, estimate.value - 0.02);
    }
    EXPECT_EQ(figures.mrr_gain.has_value(), figures.method != "directed_l3");
    EXPECT_EQ(figures.curve.size(), 100U);
  }
}

TEST(Evaluation, ARandomRankingScoresAsChanceHasIt) {
  const auto graph = country(5);
  HideOptions hide;
  hide.share = 0.4;
  std::vector<LinkTask> tasks;
  for (hide.ask.seed = 1; hide.ask.seed <= 8; ++hide.ask.seed) {
    tasks.push_back(hide_links(graph, hide).task);
  }
  const Evaluation evaluation = evaluate_links(graph, tasks, [&](const LinkTask& task) {
    auto methods = baseline_methods(graph, task, task.hidden.size() + raw(task.hidden.front()));
    methods.resize(1);
    return methods;
  });
  EXPECT_EQ(evaluation.rounds.size(), 8U);
  const MethodFigures& random = evaluation.methods[0];
  EXPECT_NEAR(random[Measure::Auc].value, 0.5, 0.05);
  EXPECT_NEAR(random[Measure::AucDegree].value, 0.5, 0.05);
  EXPECT_NEAR(random[Measure::AucPr].value, 1.0 / 21, 0.02);
  EXPECT_GT(random[Measure::Mrr].spread, 0);
}

TEST(Evaluation, ASecondRoundOfTheSameTaskChangesNoFigureOfRanks) {
  const auto graph = country(4);
  HideOptions hide;
  hide.share = 0.3;
  const LinkTask task = hide_links(graph, hide).task;
  const auto methods = [&](const LinkTask& one) { return scorer_methods(graph, one); };
  const Evaluation once = evaluate_links(graph, std::vector{task}, methods);
  const Evaluation twice = evaluate_links(graph, std::vector{task, task}, methods);
  for (std::size_t m = 0; m < once.methods.size(); ++m) {
    for (const Measure measure :
         {Measure::Mrr, Measure::Map, Measure::Hits20, Measure::Recall100}) {
      EXPECT_DOUBLE_EQ(value(once, m, measure), value(twice, m, measure));
      EXPECT_NEAR(once.methods[m][measure].interval->low, twice.methods[m][measure].interval->low,
                  1e-12);
    }
    EXPECT_EQ(twice.methods[m][Measure::Mrr].spread, 0);
  }
}

TEST(Evaluation, TheSameForAnyNumberOfThreads) {
  const auto graph = country(6);
  HideOptions hide;
  hide.share = 0.3;
  const LinkTask task = hide_links(graph, hide).task;
  const auto all = [&] { return evaluate_links(graph, task, all_methods(graph, task)); };
  const Evaluation many = all();
  const tbb::global_control one_thread(tbb::global_control::max_allowed_parallelism, 1);
  const Evaluation one = all();
  for (std::size_t m = 0; m < many.methods.size(); ++m) {
    for (std::size_t i = 0; i < kMeasureCount; ++i) {
      EXPECT_EQ(many.methods[m].measures[i].value, one.methods[m].measures[i].value);
      EXPECT_EQ(many.methods[m].measures[i].interval, one.methods[m].measures[i].interval);
    }
  }
}

TEST(Evaluation, TellsHowFarItHasCome) {
  const auto graph = sketch(kTwoCustomers);
  EvaluationOptions options;
  std::vector<std::uint64_t> steps;
  options.progress = [&](std::string_view stage, std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(stage, "backtest");
    steps.push_back(done);
    EXPECT_EQ(total, 4U);  // two methods for two sources
  };
  static_cast<void>(evaluate_links(graph, two_customers(graph),
                                   std::vector{fixed(graph, "m", {}), fixed(graph, "n", {})},
                                   options));
  EXPECT_EQ(steps, (std::vector<std::uint64_t>{0, 2}));
}

// ---- errors

TEST(Evaluation, RefusesOptionsOutsideTheirRanges) {
  const auto graph = sketch(kTwoCustomers);
  const auto with = [&](const auto& change) {
    EvaluationOptions options;
    change(options);
    return code_of([&] {
      return evaluate_links(graph, two_customers(graph), std::vector{fixed(graph, "m", {})},
                            options);
    });
  };
  using enum ErrorCode;
  EXPECT_EQ(with([](EvaluationOptions& options) { options.negatives = 0; }), InvalidArgument);
  EXPECT_EQ(with([](EvaluationOptions& options) { options.negatives = 1001; }), InvalidArgument);
  EXPECT_EQ(with([](EvaluationOptions& options) { options.resamples = 99; }), InvalidArgument);
  EXPECT_EQ(with([](EvaluationOptions& options) { options.resamples = 100'001; }), InvalidArgument);
  EXPECT_EQ(with([](EvaluationOptions& options) {
              std::stop_source stop;
              stop.request_stop();
              options.stop = stop.get_token();
            }),
            Cancelled);
}

TEST(Evaluation, RefusesTasksThatAskNothingOrDiffer) {
  const auto graph = sketch(kTwoCustomers);
  const LinkTask task = two_customers(graph);
  const auto none = [](const LinkTask&) { return std::vector<LinkMethod>(); };
  const auto code = [&](const std::vector<LinkTask>& tasks) {
    return code_of([&] { return evaluate_links(graph, tasks, none); });
  };
  EXPECT_EQ(code({}), ErrorCode::InvalidArgument);
  LinkTask silent = task;
  silent.questions.clear();
  EXPECT_EQ(code({silent}), ErrorCode::InvalidArgument);
  LinkTask other = task;
  other.relation = RelationKind::Cooperates;
  EXPECT_EQ(code({task, other}), ErrorCode::InvalidArgument);
  LinkTask itself = task;
  itself.questions[0].answers = {itself.questions[0].source};
  EXPECT_EQ(code({itself}), ErrorCode::InvalidArgument);
}

TEST(Evaluation, RefusesMethodsThatDoNotKeepTheirWord) {
  const auto graph = sketch(kTwoCustomers);
  const LinkTask task = two_customers(graph);
  const auto code = [&](const std::vector<ScoreRow>& rows) {
    const LinkMethod method{
        "m",
        MethodKind::Single,
        [rows](std::span<const EntityId>, const std::stop_token&) { return rows; },
        {}};
    return code_of([&] { return evaluate_links(graph, task, std::vector{method}); });
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const ScoreRow good = {{EntityId{0}}, {1.0}};
  EXPECT_EQ(code({good}), ErrorCode::InvalidArgument);  // two sources
  EXPECT_EQ(code({good, {{EntityId{0}}, {nan}}}), ErrorCode::InvalidArgument);
  EXPECT_EQ(code({good, {{EntityId{1}, EntityId{0}}, {1.0, 1.0}}}), ErrorCode::InvalidArgument);
  EXPECT_EQ(code({good, {{EntityId{0}, EntityId{1}}, {1.0}}}), ErrorCode::InvalidArgument);
  EXPECT_EQ(code({good, {{EntityId{99}}, {1.0}}}), ErrorCode::InvalidArgument);
  int calls = 0;
  EXPECT_EQ(code_of([&] {
              return evaluate_links(graph, std::vector{task, task}, [&](const LinkTask&) {
                return std::vector{fixed(graph, calls++ == 0 ? "m" : "n", {})};
              });
            }),
            ErrorCode::InvalidArgument);
}

}  // namespace
}  // namespace liantu
