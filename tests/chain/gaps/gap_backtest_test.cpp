#include "liantu/chain/gaps/gap_backtest.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "chain/segments/taxonomy.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;

GapBacktestOptions before_2006(std::size_t top = 1) {
  GapBacktestOptions options;
  options.before = {2006, 0, 0};
  options.until = {2011, 0, 0};
  options.top = top;
  options.least_positives = 1;
  return options;
}

/// Dadukou makes 车 by then, which needs 胎; it gains 胎 in 2007 and 酒 in 2012. Jiangbei makes 胎,
/// 酒 and 纸.
constexpr std::string_view kTwo = R"(
  甲{region=500104,founded=2001-03-01} -makes-> 车 -requires-> 胎
  乙{region=500105,founded=2002} -makes-> 胎; 丙{region=500105,founded=2003} -makes-> 酒
  丁{region=500105,founded=2003} -makes-> 酒; 戊{region=500105,founded=2004} -makes-> 纸
  己{region=500104,founded=2007-01-01} -makes-> 胎; 庚{region=500104,founded=2012-01-01} -makes-> 酒
  辛{region=500104} -makes-> 纸; 壬{region=500104,founded=2008} -makes-> 船
)";

const RankingScore& score(const GapBacktest& found, GapRanking ranking) {
  return *std::ranges::find(found.scores, ranking, &RankingScore::ranking);
}

TEST(GapBacktest, AsksWhichSegmentsGainedAFirstMaker) {
  const EnterpriseGraph graph = sketch(kTwo);
  GapBacktestOptions options = before_2006();
  options.within = RegionCode{500104};
  const GapBacktest found = backtest_gaps(graph, options);
  ASSERT_EQ(found.districts.size(), 1U);
  const DistrictBacktest& dadukou = found.districts[0];
  EXPECT_EQ(dadukou.region, RegionCode{500104});
  EXPECT_EQ(dadukou.known_firms, 1U);
  EXPECT_EQ(dadukou.came_firms, 2U);
  EXPECT_EQ(dadukou.candidates, 3U);  // 胎, 酒, 纸; nobody makes 船 yet
  EXPECT_EQ(dadukou.positives, 1U);   // 胎
  EXPECT_EQ(found.unforeseeable, 1U);
  EXPECT_EQ(found.undated_firms, 1U);
  // The gap is 胎: 1 of 1. The most frequent is 酒: missed. By chance 1 of 3.
  EXPECT_DOUBLE_EQ(score(found, GapRanking::Gaps).precision, 1);
  EXPECT_DOUBLE_EQ(score(found, GapRanking::RelatedGaps).precision, 1);
  EXPECT_DOUBLE_EQ(score(found, GapRanking::Frequency).precision, 0);
  EXPECT_DOUBLE_EQ(score(found, GapRanking::Random).precision, 1.0 / 3);
  EXPECT_DOUBLE_EQ(score(found, GapRanking::Gaps).over_random, 2.0 / 3);
  EXPECT_DOUBLE_EQ(score(found, GapRanking::Gaps).recall, 1);
  EXPECT_TRUE(found.conclusive);
  EXPECT_EQ(found.caveats().size(), 3U);
  // Nobody came between 2001 and 2006 to a district that was known before.
  EXPECT_EQ(found.weights, std::nullopt);
  EXPECT_EQ(found.scores.size(), 5U);
}

// All rank 胎, 酒 and 纸. The gap 胎 comes first; which of the others is second is left to chance.
TEST(GapBacktest, WhatIsNoGapTiesBehindTheList) {
  GapBacktestOptions options = before_2006(2);
  options.within = RegionCode{500104};
  options.until = {};
  const GapBacktest found = backtest_gaps(sketch(kTwo), options);
  EXPECT_DOUBLE_EQ(score(found, GapRanking::Gaps).hits, 1.5);
  EXPECT_DOUBLE_EQ(score(found, GapRanking::Random).hits, 4.0 / 3);
  // 酒 has two makers; 胎 and 纸 one each, and the first of them is 胎 half the time.
  EXPECT_DOUBLE_EQ(score(found, GapRanking::Frequency).hits, 1.5);
  EXPECT_EQ(found.districts[0].gaps, 1U);
}

// 胎 is a gap and gains; of 纸, as common and no gap, nobody comes, of 油 somebody does: 1 in 2.
TEST(GapBacktest, GapsAreComparedWithWhatIsAsCommon) {
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104,founded=2001} -makes-> 车 -requires-> 胎
    乙{region=500105,founded=2002} -makes-> 胎; 丙{region=500105,founded=2003} -makes-> 纸
    丁{region=500105,founded=2003} -makes-> 油
    己{region=500104,founded=2007} -makes-> 胎; 庚{region=500104,founded=2008} -makes-> 油
  )");
  GapBacktestOptions options = before_2006();
  options.within = RegionCode{500104};
  const GapBacktest found = backtest_gaps(graph, options);
  EXPECT_EQ(found.districts[0].gaps_gained, 1U);
  EXPECT_DOUBLE_EQ(found.districts[0].gaps_expected, 0.5);
  ASSERT_TRUE(found.gap_lift);
  EXPECT_DOUBLE_EQ(*found.gap_lift, 2);
  EXPECT_DOUBLE_EQ(found.gap_lift_low, 2);
}

/// Forty districts make 车; before 2001 three firms make 酒 elsewhere and one makes 纸. From 2001
/// on 酒 comes to most districts, 纸 to none, `later` says what comes after 2006.
EnterpriseGraph with_history(const std::string& later) {
  std::string text =
      "车 -requires-> 胎; a{region=500101,founded=1999} -makes-> 酒;"
      "b{region=500101,founded=1999} -makes-> 酒; c{region=500101,founded=1999} -makes-> 酒;"
      "d{region=500101,founded=1999} -makes-> 纸; e{region=500101,founded=1999} -makes-> 胎;";
  for (int district = 500102; district < 500120; ++district) {
    text += "x" + std::to_string(district) + "{region=" + std::to_string(district) +
            ",founded=1998} -makes-> 车;";
    if (district % 3 != 0) {
      text += "y" + std::to_string(district) + "{region=" + std::to_string(district) +
              ",founded=2003} -makes-> 酒;";
    }
  }
  return sketch(text + later);
}

TEST(GapBacktest, CombinedWeighsWhatForetoldFirstMakersInTheYearsBefore) {
  GapBacktestOptions options = before_2006();
  const GapBacktest found =
      backtest_gaps(with_history("z{region=500102,founded=2008} -makes-> 纸"), options);
  ASSERT_TRUE(found.weights);
  EXPECT_EQ(found.weights->before, (Date{2001, 0, 0}));
  EXPECT_EQ(found.weights->until, (Date{2006, 0, 0}));
  EXPECT_EQ(found.weights->positives, 12U);
  EXPECT_GT(found.weights->frequency, 0);
  EXPECT_LT(found.weights->need, 0);  // 胎 was needed everywhere and came nowhere
  EXPECT_EQ(found.scores.size(), kGapRankings.size());
}

TEST(GapBacktest, CombinedLearnsNothingOfWhatCameLater) {
  const GapBacktestOptions options = before_2006();
  const GapBacktest one =
      backtest_gaps(with_history("z{region=500102,founded=2008} -makes-> 纸"), options);
  const GapBacktest other = backtest_gaps(
      with_history("z{region=500103,founded=2007} -makes-> 胎; w{region=500104,founded=2009} "
                   "-makes-> 胎; v{region=500101,founded=2006} -makes-> 车"),
      options);
  ASSERT_TRUE(one.weights && other.weights);
  EXPECT_EQ(one.weights->frequency, other.weights->frequency);
  EXPECT_EQ(one.weights->relatedness, other.weights->relatedness);
  EXPECT_EQ(one.weights->need, other.weights->need);
}

TEST(GapBacktest, CombinedIsLeftOutWhereTooLittleCameBefore) {
  GapBacktestOptions options = before_2006();
  options.least_positives = 13;
  const GapBacktest found =
      backtest_gaps(with_history("z{region=500102,founded=2008} -makes-> 纸"), options);
  EXPECT_EQ(found.weights, std::nullopt);
  EXPECT_EQ(found.scores.size(), kGapRankings.size() - 1);
}

TEST(GapBacktest, CoversAllDistrictsAndSaysHowManyItSkipped) {
  const EnterpriseGraph graph = sketch(kTwo);
  const GapBacktest both = backtest_gaps(graph, before_2006());
  ASSERT_EQ(both.districts.size(), 2U);  // 江北 lacks 车 alone and gains nothing
  EXPECT_EQ(both.districts[1].candidates, 1U);
  EXPECT_EQ(both.positives, 1U);
  EXPECT_DOUBLE_EQ(score(both, GapRanking::Gaps).precision, 0.5);
  const GapBacktest wide = backtest_gaps(graph, before_2006(2));
  EXPECT_EQ(wide.districts.size(), 1U);
  EXPECT_EQ(wide.skipped, 1U);
}

TEST(GapBacktest, WithoutAnEndEverythingLaterCounts) {
  GapBacktestOptions options = before_2006();
  options.within = RegionCode{500104};
  options.until = {};
  EXPECT_EQ(backtest_gaps(sketch(kTwo), options).districts.at(0).positives, 2U);
}

TEST(GapBacktest, RefusesToConcludeFromTooFew) {
  GapBacktestOptions options = before_2006();
  options.least_positives = 30;
  const GapBacktest found = backtest_gaps(sketch(kTwo), options);
  EXPECT_FALSE(found.conclusive);
  EXPECT_EQ(found.caveats().size(), 4U);
  for (const Text& caveat : found.caveats()) EXPECT_NE(caveat.en, caveat.zh);
}

void refuse(ErrorCode code, const EnterpriseGraph& graph, const GapBacktestOptions& options) {
  try {
    (void)backtest_gaps(graph, options);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    EXPECT_NE(error.message().zh, error.message().en);
  }
}

TEST(GapBacktest, BadOptionsAreRefused) {
  const EnterpriseGraph graph = sketch(kTwo);
  refuse(ErrorCode::InvalidArgument, graph, {});
  GapBacktestOptions options = before_2006();
  options.until = {2006, 0, 0};
  refuse(ErrorCode::InvalidArgument, graph, options);
  refuse(ErrorCode::InvalidArgument, graph, before_2006(0));
  refuse(ErrorCode::InvalidArgument, graph, before_2006(1001));
  options = before_2006();
  options.within = RegionCode{999999};
  refuse(ErrorCode::NotFound, graph, options);
  options.within = RegionCode{110105};
  refuse(ErrorCode::NotFound, graph, options);
  options = before_2006();
  options.before = {1900, 0, 0};
  refuse(ErrorCode::NotFound, graph, options);
  refuse(ErrorCode::NotFound, EnterpriseGraph(), before_2006());
  std::stop_source source;
  source.request_stop();
  options = before_2006();
  options.stop = source.get_token();
  refuse(ErrorCode::Cancelled, graph, options);
}

TEST(GapBacktest, IsTheSameForASeedAndTellsHowFarItIs) {
  const EnterpriseGraph graph = sketch(kTwo);
  GapBacktestOptions options = before_2006();
  std::uint64_t told = 0;
  options.progress = [&](std::string_view, std::uint64_t done, std::uint64_t total) {
    EXPECT_LE(done, total);
    ++told;
  };
  const GapBacktest first = backtest_gaps(graph, options);
  const GapBacktest second = backtest_gaps(graph, options);
  EXPECT_EQ(told, 4U);
  for (std::size_t k = 0; k < first.scores.size(); ++k) {
    EXPECT_EQ(first.scores[k].low, second.scores[k].low);
    EXPECT_EQ(first.scores[k].high, second.scores[k].high);
  }
}

/// Candidates, positives and the hits of the gap list, written down as the header has them.
TEST(GapBacktest, EqualsTheDefinitionOnRandomGraphs) {
  std::size_t seen = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const EnterpriseGraph graph =
        test::random_graph(seed, {.firms = 60, .segments = 20, .density = 1});
    GapBacktestOptions options = before_2006(3);
    options.min_confidence = 0;
    std::vector<int> years;
    for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
      const Date founded = graph.founded(graph.entity(FirmId{i}));
      if (founded.known()) years.push_back(founded.year);
    }
    if (years.size() < 6) continue;
    std::ranges::sort(years);
    options.before = {static_cast<std::int16_t>(years[years.size() / 2]), 0, 0};
    options.until = {};
    const Taxonomy taxonomy(graph);
    const Relation makes = graph.relation(RelationKind::Makes);
    const auto made = [&](const auto& accept) {
      std::set<std::uint32_t> segments;
      for (std::uint64_t e = 0; e < makes.size(); ++e) {
        const SegmentId one{graph.local(makes.target(EdgeId{e}))};
        if (taxonomy.chain(one) || !accept(makes.source(EdgeId{e}))) continue;
        segments.insert(raw(one));
        for (const SegmentId above : taxonomy.above(one)) segments.insert(raw(above));
      }
      return segments;
    };
    const auto old = [&](EntityId firm) {
      return graph.founded(firm).known() && graph.founded(firm) < options.before;
    };
    if (made(old).empty()) continue;
    for (const DistrictBacktest& one : backtest_gaps(graph, options).districts) {
      ++seen;
      const auto here = [&](EntityId firm) { return graph.region(firm).code == one.region; };
      const auto then = made([&](EntityId firm) { return here(firm) && old(firm); });
      const auto now = made(
          [&](EntityId firm) { return here(firm) && graph.founded(firm).known() && !old(firm); });
      std::set<std::uint32_t> candidates;
      std::set<std::uint32_t> positives;
      for (const std::uint32_t s : made(old)) {
        if (then.contains(s)) continue;
        candidates.insert(s);
        if (now.contains(s)) positives.insert(s);
      }
      EXPECT_EQ(one.candidates, candidates.size());
      EXPECT_EQ(one.positives, positives.size());
      GapOptions gaps;
      gaps.district.region = one.region;
      gaps.min_confidence = 0;
      gaps.founded_before = options.before;
      double hits = 0;
      std::size_t looked_at = 0;
      for (const Gap& gap : find_gaps(graph, gaps).gaps) {
        if (!candidates.contains(raw(gap.segment)) || looked_at == 3) continue;
        ++looked_at;
        if (positives.contains(raw(gap.segment))) ++hits;
      }
      std::size_t left = 0;  // positives that are no gap
      for (const std::uint32_t s : positives) {
        const bool gap = std::ranges::any_of(
            find_gaps(graph, gaps).gaps, [&](const Gap& other) { return raw(other.segment) == s; });
        if (!gap) ++left;
      }
      if (looked_at < 3) {
        hits += static_cast<double>((3 - looked_at) * left) /
                static_cast<double>(candidates.size() - looked_at);
      }
      EXPECT_DOUBLE_EQ(one.hits[0], hits);
      for (const double each : one.hits) EXPECT_LE(each, 3);
    }
  }
  EXPECT_GT(seen, 20U);
}

TEST(GapBacktest, RankingsHaveWords) {
  std::set<std::string> words;
  for (const GapRanking ranking : kGapRankings) {
    words.insert(std::string(ranking_word(ranking)));
    EXPECT_NE(ranking_text(ranking).en, ranking_text(ranking).zh);
  }
  EXPECT_EQ(words, (std::set<std::string>{"gaps", "related_gaps", "relatedness", "frequency",
                                          "combined", "random"}));
}

}  // namespace
}  // namespace liantu
