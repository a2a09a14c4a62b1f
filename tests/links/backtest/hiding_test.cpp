#include "liantu/links/backtest/hiding.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/links/backtest/baselines.hpp"
#include "liantu/links/backtest/evaluation.hpp"
#include "liantu/links/backtest/scorer_methods.hpp"
#include "links/paths/draw.hpp"
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

/// `source: answer answer; …`
std::string said(const EnterpriseGraph& graph, const LinkTask& task) {
  std::string words;
  for (const LinkQuestion& question : task.questions) {
    words += (words.empty() ? "" : "; ") + std::string(graph.name(question.source)) + ":";
    for (const EntityId answer : question.answers) words += " " + std::string(graph.name(answer));
  }
  return words;
}

std::vector<EdgeId> edges(const EnterpriseGraph& graph, std::string_view from,
                          std::string_view to) {
  const Relation relation = graph.relation(RelationKind::Supplies);
  std::vector<EdgeId> result;
  for (std::uint64_t edge = 0; edge < relation.size(); ++edge) {
    if (graph.name(relation.source(EdgeId{edge})) == from &&
        graph.name(relation.target(EdgeId{edge})) == to) {
      result.push_back(EdgeId{edge});
    }
  }
  return result;
}

/// s1 … s5 supply c1 … c4, each the next two.
EnterpriseGraph ring() {
  std::string text;
  for (int s = 0; s < 20; ++s) {
    for (int k = 0; k < 3; ++k) {
      text += "s" + std::to_string(s) + " -supplies-> c" + std::to_string((s + k) % 20) + ";";
    }
  }
  return sketch(text);
}

// ---- questions

TEST(Hiding, AsksEachSourceForTheOtherEndsOfItsHiddenLinks) {
  const auto graph = sketch("a -supplies-> x; b -supplies-> x; b -supplies-> y");
  std::vector<EdgeId> hidden = {EdgeId{0}, EdgeId{1}, EdgeId{2}};
  Hiding hiding = ask_links(graph, RelationKind::Supplies, hidden);
  EXPECT_EQ(said(graph, hiding.task), "x: a b; y: b");
  EXPECT_EQ(hiding.task.hidden, hidden);
  EXPECT_EQ(hiding.hidden_links, 3U);
  EXPECT_EQ(hiding.asked_links, 3U);
  AskOptions options;
  options.source_end = SourceEnd::From;
  hiding = ask_links(graph, RelationKind::Supplies, hidden, options);
  EXPECT_EQ(said(graph, hiding.task), "a: x; b: x y");
}

TEST(Hiding, DoesNotAskWhatAnotherInstanceOrTheReverseShows) {
  const auto graph = sketch(
      "a -supplies{year=2010}-> x; a -supplies{year=2011}-> x; b -supplies-> x; x -supplies-> b; "
      "c -supplies-> x; c -supplies-> c2");
  std::vector<EdgeId> hidden = {edges(graph, "a", "x")[0], edges(graph, "b", "x")[0],
                                edges(graph, "c", "x")[0]};
  const Hiding hiding = ask_links(graph, RelationKind::Supplies, hidden);
  EXPECT_EQ(said(graph, hiding.task), "x: c");
  EXPECT_EQ(hiding.known_before, 1U);
  EXPECT_EQ(hiding.reverse_visible, 1U);
  EXPECT_EQ(hiding.task.hidden.size(), 3U);
}

TEST(Hiding, AsksForALinkWhoseReverseIsHiddenToo) {
  const auto graph = sketch("a -supplies-> b; b -supplies-> a");
  const Hiding hiding = ask_links(graph, RelationKind::Supplies, {EdgeId{1}, EdgeId{0}, EdgeId{0}});
  EXPECT_EQ(said(graph, hiding.task), "a: b; b: a");
  EXPECT_EQ(hiding.task.hidden, (std::vector<EdgeId>{EdgeId{0}, EdgeId{1}}));
}

TEST(Hiding, NeverAsksAFirmForItself) {
  const auto graph = sketch("a -cooperates-> a; a -cooperates-> b");
  const Hiding hiding = ask_links(graph, RelationKind::Cooperates, {EdgeId{0}, EdgeId{1}});
  EXPECT_EQ(said(graph, hiding.task), "b: a");
}

TEST(Hiding, ColdLinksMayBeLeftOut) {
  const auto graph =
      sketch("a -supplies-> x; b -supplies-> x; a -supplies-> y; c -supplies-> x; b -supplies-> z");
  // a → x is warm; c is known by c → x only, z by b → z only.
  AskOptions options;
  options.cold = ColdLinks::LeftOut;
  const Hiding hiding = ask_links(
      graph, RelationKind::Supplies,
      {edges(graph, "a", "x")[0], edges(graph, "c", "x")[0], edges(graph, "b", "z")[0]}, options);
  EXPECT_EQ(said(graph, hiding.task), "x: a");
  EXPECT_EQ(hiding.cold, 2U);
  EXPECT_EQ(hiding.hidden_links, 3U);
}

TEST(Hiding, SourcesAtTheCapAreNotAsked) {
  const auto graph = sketch("a -supplies-> x; b -supplies-> x; b -supplies-> y");
  AskOptions options;
  options.cap = 2;
  const Hiding hiding =
      ask_links(graph, RelationKind::Supplies, {EdgeId{0}, EdgeId{1}, EdgeId{2}}, options);
  EXPECT_EQ(said(graph, hiding.task), "y: b");
  EXPECT_EQ(hiding.capped_sources, 1U);
}

TEST(Hiding, OfTooManySourcesSomeAreDrawnAndAllStaysHidden) {
  const auto graph = ring();
  HideOptions options;
  options.share = 0.5;
  options.ask.most_sources = 4;
  const Hiding hiding = hide_links(graph, options);
  EXPECT_EQ(hiding.task.questions.size(), 4U);
  EXPECT_EQ(hiding.task.hidden.size(), 30U);
}

TEST(Hiding, ThereMayBeNothingToAsk) {
  const auto empty = EnterpriseGraph();
  const Hiding hiding = ask_links(empty, RelationKind::Supplies, {});
  EXPECT_TRUE(hiding.task.hidden.empty());
  EXPECT_TRUE(hiding.task.questions.empty());
}

// ---- by chance

TEST(Hiding, HidesTheShareThatIsAskedFor) {
  const auto graph = ring();
  HideOptions options;
  options.share = 0.1;
  const Hiding hiding = hide_links(graph, options);
  EXPECT_EQ(hiding.links, 60U);
  EXPECT_EQ(hiding.task.hidden.size(), 6U);
  EXPECT_EQ(hiding.asked_links, 6U);
  options.share = 0.001;
  EXPECT_EQ(hide_links(graph, options).task.hidden.size(), 1U);
}

TEST(Hiding, ASeedSaysWhatIsHidden) {
  const auto graph = ring();
  HideOptions options;
  options.share = 0.5;
  const Hiding one = hide_links(graph, options);
  EXPECT_EQ(one.task.hidden, hide_links(graph, options).task.hidden);
  EXPECT_EQ(one.task.questions, hide_links(graph, options).task.questions);
  options.ask.seed = 2;
  EXPECT_NE(one.task.hidden, hide_links(graph, options).task.hidden);
}

TEST(Hiding, LinksWithAReverseAndThoseOfSourcesAtTheCapStayVisible) {
  const auto graph =
      sketch("a -supplies-> b; b -supplies-> a; a -supplies-> x; b -supplies-> x; a -supplies-> y");
  HideOptions options;
  options.share = 0.99;
  options.ask.cap = 2;
  const Hiding hiding = hide_links(graph, options);
  EXPECT_EQ(said(graph, hiding.task), "y: a");
  EXPECT_EQ(hiding.task.hidden, edges(graph, "a", "y"));
}

TEST(Hiding, LinksWithoutDirectionAreHiddenBothWaysAsOne) {
  const auto graph = sketch(
      "a -supplies-> b; b -supplies-> a; b -supplies-> c; c -supplies-> b; c -supplies-> d; "
      "d -supplies-> c");
  HideOptions options;
  options.reverse = ReverseLinks::Hidden;
  options.share = 0.34;  // one of three
  const Hiding hiding = hide_links(graph, options);
  EXPECT_EQ(hiding.task.hidden.size(), 2U);
  ASSERT_EQ(hiding.task.questions.size(), 2U);
  EXPECT_EQ(hiding.task.questions[0].answers, std::vector{hiding.task.questions[1].source});
  EXPECT_EQ(hiding.task.questions[1].answers, std::vector{hiding.task.questions[0].source});
  options.ask.cap = 2;  // b and c have two, and every link has one of them at an end
  EXPECT_EQ(code_of([&] { return hide_links(graph, options); }), ErrorCode::InvalidData);
}

TEST(Hiding, AllInstancesOfAHiddenLinkAreHidden) {
  const auto graph = sketch("a -supplies{year=2010}-> x; a -supplies{year=2011}-> x");
  EXPECT_EQ(hide_links(graph, {}).task.hidden.size(), 2U);
}

TEST(Hiding, HiddenFirmsLoseAllTheirLinks) {
  const auto graph = sketch(
      "a -supplies-> x; a -supplies-> y; b -supplies-> x; b -supplies-> y; z -supplies-> a; "
      "z -supplies-> b");
  HideOptions options;
  options.pattern = HidePattern::Firms;
  options.share = 0.34;  // one of a, b, z
  const Relation relation = graph.relation(RelationKind::Supplies);
  std::set<std::string> seen;
  for (std::uint64_t seed = 1; seed < 20; ++seed) {
    options.ask.seed = seed;
    const Hiding hiding = hide_links(graph, options);
    const EntityId cold = hiding.task.questions.front().answers.front();
    std::size_t links = 0;
    for (std::uint64_t edge = 0; edge < relation.size(); ++edge) {
      const bool touches =
          relation.source(EdgeId{edge}) == cold || relation.target(EdgeId{edge}) == cold;
      links += touches ? 1 : 0;
      EXPECT_EQ(std::ranges::binary_search(hiding.task.hidden, EdgeId{edge}), touches);
    }
    EXPECT_EQ(hiding.task.hidden.size(), links);
    for (const LinkQuestion& question : hiding.task.questions) {
      EXPECT_EQ(question.answers, std::vector{cold});
    }
    seen.insert(std::string(graph.name(cold)));
  }
  EXPECT_EQ(seen, (std::set<std::string>{"a", "b", "z"}));
}

TEST(Hiding, LargeFirmsLoseMoreLinksWhereSizeIsTheBias) {
  std::string text;
  for (int i = 0; i < 100; ++i) {
    text += "small" + std::to_string(i) + "{revenue=1} -supplies-> c" + std::to_string(i) + ";";
    text += "large" + std::to_string(i) + "{revenue=50} -supplies-> c" + std::to_string(i) + ";";
  }
  const auto graph = sketch(text);
  HideOptions options;
  options.pattern = HidePattern::Large;
  options.share = 0.2;
  const Hiding hiding = hide_links(graph, options);
  EXPECT_EQ(hiding.asked_links, 40U);
  std::size_t large = 0;
  for (const LinkQuestion& question : hiding.task.questions) {
    for (const EntityId answer : question.answers) {
      large += graph.name(answer).starts_with("large") ? 1 : 0;
    }
  }
  EXPECT_GE(large, 36U);
}

TEST(Hiding, EachLinkIsAsLikelyToBeHidden) {
  const auto graph = ring();
  std::vector<int> times(60, 0);
  HideOptions options;
  options.share = 0.25;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    options.ask.seed = seed;
    for (const EdgeId edge : hide_links(graph, options).task.hidden) ++times[raw(edge)];
  }
  // Binomial with mean 100 and standard deviation 8.7.
  for (const int count : times) EXPECT_NEAR(count, 100, 40);
}

// ---- by date

constexpr std::string_view kDated =
    "a -supplies{since=2009-05-01}-> x; b -supplies{since=2011-01-01}-> x; c "
    "-supplies{since=2011}-> "
    "y; d -supplies{since=2012-03-01}-> y; e -supplies-> y; f -supplies{as_of=2010-12-31}-> y";

TEST(Hiding, HidesWhatStartedOnTheDayOrLater) {
  const auto graph = sketch(kDated);
  HideAfterOptions options;
  options.from = {2011, 1, 1};
  const Hiding hiding = hide_after(graph, options);
  EXPECT_EQ(said(graph, hiding.task), "x: b; y: c d");
  EXPECT_EQ(hiding.undated, 1U);
}

TEST(Hiding, WhatStartsTooLateIsHiddenAndNotAskedFor) {
  const auto graph = sketch(kDated);
  HideAfterOptions options;
  options.from = {2011, 0, 0};
  options.until = {2012, 1, 1};
  const Hiding hiding = hide_after(graph, options);
  EXPECT_EQ(said(graph, hiding.task), "x: b; y: c");
  EXPECT_EQ(hiding.task.hidden.size(), 3U);
}

// ---- errors

TEST(Hiding, RefusesWhatCannotBeHidden) {
  const auto graph = sketch(kDated);
  using enum ErrorCode;
  EXPECT_EQ(code_of([&] { return ask_links(graph, RelationKind::Supplies, {EdgeId{6}}); }),
            InvalidArgument);
  AskOptions no_cap;
  no_cap.cap = 0;
  EXPECT_EQ(code_of([&] { return ask_links(graph, RelationKind::Supplies, {}, no_cap); }),
            InvalidArgument);
  for (const double share : {0.0, 1.0, -0.1, 2.0}) {
    HideOptions options;
    options.share = share;
    EXPECT_EQ(code_of([&] { return hide_links(graph, options); }), InvalidArgument) << share;
  }
  HideOptions capped;
  capped.ask.cap = 1;
  EXPECT_EQ(code_of([&] { return hide_links(graph, capped); }), InvalidData);
  EXPECT_EQ(code_of([&] { return hide_links(EnterpriseGraph(), {}); }), InvalidData);
  HideAfterOptions after;
  EXPECT_EQ(code_of([&] { return hide_after(graph, after); }), InvalidArgument);
  after.from = {2011, 1, 1};
  after.until = {2011, 1, 1};
  EXPECT_EQ(code_of([&] { return hide_after(graph, after); }), InvalidArgument);
  after.until = {};
  after.from = {2020, 1, 1};
  EXPECT_EQ(code_of([&] { return hide_after(graph, after); }), InvalidData);
  EXPECT_EQ(code_of([&] { return hide_after(sketch("a -supplies-> b"), after); }), InvalidData);
}

/// Firms f0, f1 … with these links, entered in an order that a number decides.
EnterpriseGraph shuffled(std::vector<std::pair<int, int>> rows, std::uint64_t order) {
  std::sort(rows.begin(), rows.end(), [order](const auto& a, const auto& b) {
    const auto key = [order](const std::pair<int, int>& row) {
      return drawn(
          {order, static_cast<std::uint64_t>(row.first), static_cast<std::uint64_t>(row.second)});
    };
    return key(a) < key(b);
  });
  GraphBuilder builder;
  std::map<int, FirmId> firms;
  const auto firm = [&](int number) {
    const auto [at, fresh] =
        firms.try_emplace(number, FirmId{static_cast<std::uint32_t>(firms.size())});
    if (fresh) builder.add(EntityKind::Firm, "f" + std::to_string(number));
    return at->second;
  };
  for (const auto& [a, b] : rows) {
    const FirmId from = firm(a);
    const FirmId to = firm(b);
    builder.relate(RelationKind::Supplies, from, to);
  }
  return builder.build();
}

/// The same 60 firms and links, drawn, in an order that a number decides.
EnterpriseGraph shuffled(std::uint64_t order) {
  std::vector<std::pair<int, int>> rows;
  for (int a = 0; a < 60; ++a) {
    for (int b = 0; b < 60; ++b) {
      const std::uint64_t number = drawn({9, static_cast<std::uint64_t>(a * 60 + b)});
      if (a != b && number % 12 == 0) rows.emplace_back(a, b);
    }
  }
  return shuffled(std::move(rows), order);
}

/// Every hidden link by name, and every question.
std::set<std::string> hidden_names(const EnterpriseGraph& graph, const LinkTask& task) {
  std::set<std::string> names;
  const auto name = [&](EntityId entity) { return std::string(graph.name(entity)); };
  const Relation relation = graph.relation(task.relation);
  for (const EdgeId edge : task.hidden) {
    names.insert(name(relation.source(edge)) + " -> " + name(relation.target(edge)));
  }
  for (const LinkQuestion& question : task.questions) {
    for (const EntityId answer : question.answers) {
      names.insert(name(question.source) + "? " + name(answer));
    }
  }
  return names;
}

TEST(Hiding, TheOrderOfRowsDoesNotDecideWhatIsHidden) {
  for (const HidePattern pattern : {HidePattern::Links, HidePattern::Large, HidePattern::Firms}) {
    for (const ReverseLinks reverse : {ReverseLinks::Visible, ReverseLinks::Hidden}) {
      HideOptions options;
      options.share = 0.2;
      options.pattern = pattern;
      options.reverse = reverse;
      options.ask.most_sources = 10;
      const EnterpriseGraph first = shuffled(1);
      const auto expected = hidden_names(first, hide_links(first, options).task);
      EXPECT_FALSE(expected.empty());
      for (const std::uint64_t order : {2U, 3U}) {
        const EnterpriseGraph graph = shuffled(order);
        EXPECT_EQ(hidden_names(graph, hide_links(graph, options).task), expected);
      }
    }
  }
}

/// A backtest of all methods that know no words says the same of both.
void expect_same_figures(const EnterpriseGraph& one, const EnterpriseGraph& two) {
  const auto backtest = [](const EnterpriseGraph& graph) {
    HideOptions options;
    options.share = 0.2;
    const LinkTask task = hide_links(graph, options).task;
    std::vector<LinkMethod> methods = scorer_methods(graph, task);
    for (LinkMethod& method : baseline_methods(graph, task, 1)) methods.push_back(method);
    EvaluationOptions how;
    how.resamples = 200;
    return evaluate_links(graph, task, methods, how);
  };
  const Evaluation first = backtest(one);
  const Evaluation other = backtest(two);
  ASSERT_EQ(first.methods.size(), other.methods.size());
  EXPECT_TRUE(first.conclusive);
  for (std::size_t m = 0; m < first.methods.size(); ++m) {
    const MethodFigures& a = first.methods[m];
    const MethodFigures& b = other.methods[m];
    if (!a.unavailable.empty()) continue;
    for (std::size_t k = 0; k < kMeasureCount; ++k) {
      EXPECT_EQ(a.measures[k].value, b.measures[k].value) << a.method << " " << k;
      EXPECT_EQ(a.measures[k].interval, b.measures[k].interval) << a.method << " " << k;
    }
  }
}

TEST(Hiding, TheOrderOfRowsChangesNoFigureOfABacktest) {
  expect_same_figures(shuffled(1), shuffled(2));
}

TEST(Hiding, TheOrderOfRowsChangesNoFigureWhereManyFirmsAreAlike) {
  // Ten trades, each of which buys of the next: scores of a trade's firms differ by little or by
  // rounding alone.
  std::vector<std::pair<int, int>> rows;
  for (int customer = 0; customer < 200; ++customer) {
    for (int supplier = (customer + 1) % 10; supplier < 200; supplier += 10) {
      if (drawn({7, static_cast<std::uint64_t>(supplier * 200 + customer)}) % 5 < 2) {
        rows.emplace_back(supplier, customer);
      }
    }
  }
  const EnterpriseGraph first = shuffled(rows, 1);
  for (const std::uint64_t order : {2U, 3U, 4U}) expect_same_figures(first, shuffled(rows, order));
}

TEST(Hiding, PatternsGoByTheirWords) {
  for (const HidePattern pattern : {HidePattern::Links, HidePattern::Large, HidePattern::Firms}) {
    EXPECT_EQ(parse_pattern(pattern_word(pattern)), pattern);
  }
  EXPECT_EQ(parse_pattern("firm"), std::nullopt);
}

}  // namespace
}  // namespace liantu
