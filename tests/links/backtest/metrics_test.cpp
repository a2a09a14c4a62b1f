#include "liantu/links/backtest/metrics.hpp"

#include <algorithm>
#include <limits>
#include <random>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

constexpr double kUnnamed = -std::numeric_limits<double>::infinity();

std::vector<EntityId> ids(std::initializer_list<std::uint32_t> numbers) {
  std::vector<EntityId> result;
  for (const std::uint32_t number : numbers) result.push_back(EntityId{number});
  return result;
}

/// 1 leads, 2 and 3 tie, 4 follows; of eight candidates four are not named.
const ScoreRow kRow = {ids({1, 2, 3, 4}), {0.9, 0.5, 0.5, 0.1}};

// ---- ranks ----

TEST(Metrics, WhatRanksKthIsAmongTheFirstK) {
  // Filtered ranks leave out the other answers: the second of two answers at 2 and 4 is third.
  const std::vector<AnswerRank> ranks = {{2, 2}, {4, 3}};
  EXPECT_EQ(recall_at(ranks, 1), 0);
  EXPECT_EQ(recall_at(ranks, 2), 0.5);
  EXPECT_EQ(recall_at(ranks, 3), 0.5);
  EXPECT_EQ(recall_at(ranks, 4), 1);
  EXPECT_EQ(hits_at(ranks, 2), 0.5);
  EXPECT_EQ(hits_at(ranks, 3), 1);
}

TEST(Metrics, EqualScoresShareTheMiddleOfTheirPlaces) {
  EXPECT_EQ(rank_answers(kRow, ids({1}), {}, 8), (std::vector<AnswerRank>{{1, 1}}));
  EXPECT_EQ(rank_answers(kRow, ids({2}), {}, 8), (std::vector<AnswerRank>{{2.5, 2.5}}));
  EXPECT_EQ(rank_answers(kRow, ids({4}), {}, 8), (std::vector<AnswerRank>{{4, 4}}));
}

TEST(Metrics, WhatARowDoesNotNameTiesBehindWhatItNames) {
  // Places 5 to 8.
  EXPECT_EQ(rank_answers(kRow, ids({7}), {}, 8), (std::vector<AnswerRank>{{6.5, 6.5}}));
  EXPECT_EQ(rank_answers({}, ids({7}), {}, 3), (std::vector<AnswerRank>{{2, 2}}));
  EXPECT_EQ(rank_answers({}, ids({7}), {}, 1), (std::vector<AnswerRank>{{1, 1}}));
}

TEST(Metrics, OtherAnswersDoNotCountInAFilteredRank) {
  EXPECT_EQ(rank_answers(kRow, ids({1, 4}), {}, 8), (std::vector<AnswerRank>{{1, 1}, {4, 3}}));
  EXPECT_EQ(rank_answers(kRow, ids({2, 3}), {}, 8), (std::vector<AnswerRank>{{2.5, 2}, {2.5, 2}}));
}

TEST(Metrics, ExcludedEntitiesTakeNoPlace) {
  EXPECT_EQ(rank_answers(kRow, ids({2}), ids({1, 3, 6}), 5), (std::vector<AnswerRank>{{1, 1}}));
  EXPECT_EQ(rank_answers(kRow, ids({7}), ids({1}), 7), (std::vector<AnswerRank>{{5.5, 5.5}}));
}

TEST(Metrics, ScoresThatAreNotFiniteAreRefused) {
  for (const double bad : {std::numeric_limits<double>::quiet_NaN(),
                           std::numeric_limits<double>::infinity(), kUnnamed}) {
    ScoreRow row = kRow;
    row.scores[2] = bad;
    try {
      static_cast<void>(rank_answers(row, ids({1}), {}, 8));
      ADD_FAILURE();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
    }
  }
}

TEST(Metrics, RanksAreThoseOfTheDefinition) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    std::mt19937_64 random(seed);
    const std::uint32_t size = 2 + static_cast<std::uint32_t>(random() % 30);
    std::vector<double> scores(size, kUnnamed);
    ScoreRow row;
    std::vector<EntityId> answers;
    std::vector<EntityId> excluded;
    std::size_t candidates = 0;
    for (std::uint32_t i = 0; i < size; ++i) {
      if (random() % 3 != 0) {
        scores[i] = static_cast<double>(random() % 5) - 1;
        row.entities.push_back(EntityId{i});
        row.scores.push_back(scores[i]);
      }
      const std::uint64_t lot = random() % 4;
      if (lot == 0) excluded.push_back(EntityId{i});
      if (lot == 1 || i == 0) {
        answers.push_back(EntityId{i});
        if (lot == 0) excluded.pop_back();
      }
    }
    candidates = size - excluded.size();
    const std::vector<AnswerRank> ranks = rank_answers(row, answers, excluded, candidates);
    for (std::size_t k = 0; k < answers.size(); ++k) {
      AnswerRank expected{1, 1};
      for (std::uint32_t i = 0; i < size; ++i) {
        if (EntityId{i} == answers[k] || std::ranges::binary_search(excluded, EntityId{i}))
          continue;
        const double own = scores[raw(answers[k])];
        const double part = scores[i] > own ? 1 : scores[i] == own ? 0.5 : 0;
        expected.rank += part;
        if (!std::ranges::binary_search(answers, EntityId{i})) expected.filtered += part;
      }
      EXPECT_EQ(ranks[k], expected) << seed;
    }
  }
}

// ---- figures of a source ----

TEST(Metrics, FiguresOfASourceByHand) {
  // Answers at 2 and 5: 1/2; (1/2 + 2/5) / 2.
  const std::vector<AnswerRank> ranks = {{5, 4}, {2, 2}};
  EXPECT_DOUBLE_EQ(reciprocal_rank(ranks), 0.5);
  EXPECT_DOUBLE_EQ(average_precision(ranks), 0.45);
  EXPECT_DOUBLE_EQ(recall_at(ranks, 4), 0.5);
  EXPECT_DOUBLE_EQ(hits_at(ranks, 4), 1);
  EXPECT_DOUBLE_EQ(hits_at(ranks, 1), 0);
}

TEST(Metrics, WithoutAnswersFiguresAreZero) {
  EXPECT_EQ(reciprocal_rank({}), 0);
  EXPECT_EQ(average_precision({}), 0);
  EXPECT_EQ(recall_at({}, 10), 0);
  EXPECT_EQ(hits_at({}, 10), 0);
}

// ---- pairs ----

TEST(Metrics, AreasByHand) {
  // .9 linked, .8 not, .7 one of each, not named: not. ROC: (3 + 1.5) of 6. Precision–recall:
  // half of the recall at precision 1, the other half at 2/4.
  const PairOrder order(
      {{0.8, 0, false}, {0.9, 0, true}, {kUnnamed, 0, false}, {0.7, 1, true}, {0.7, 1, false}});
  EXPECT_DOUBLE_EQ(order.roc_area(), 0.75);
  EXPECT_DOUBLE_EQ(order.precision_recall_area(), 0.75);
  EXPECT_EQ(order.precision_recall_curve(4),
            (std::vector<CurvePoint>{{0.25, 1}, {0.5, 1}, {0.75, 0.5}, {1, 0.5}}));
}

TEST(Metrics, AreasWhereNothingCanBeTold) {
  EXPECT_EQ(PairOrder().roc_area(), 0.5);
  EXPECT_EQ(PairOrder().precision_recall_area(), 0);
  EXPECT_TRUE(PairOrder().precision_recall_curve(4).empty());
  const PairOrder linked({{1, 0, true}, {0, 0, true}});
  EXPECT_EQ(linked.roc_area(), 0.5);
  EXPECT_EQ(linked.precision_recall_area(), 1);
  const PairOrder tied({{1, 0, true}, {1, 0, false}});
  EXPECT_EQ(tied.roc_area(), 0.5);
  EXPECT_EQ(tied.precision_recall_area(), 0.5);
}

TEST(Metrics, PairsWithoutANumberAreRefused) {
  EXPECT_THROW(PairOrder({{std::numeric_limits<double>::quiet_NaN(), 0, true}}), Error);
  EXPECT_THROW(PairOrder({{-kUnnamed, 0, true}}), Error);
}

TEST(Metrics, AWeightCountsAPairAsOftenAsItSays) {
  constexpr std::size_t kDrawings = kDrawingsAtOnce;
  constexpr std::uint32_t kGroups = 6;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    std::mt19937_64 random(seed);
    std::vector<std::uint8_t> weights(kGroups * kDrawings);
    for (auto& weight : weights) weight = static_cast<std::uint8_t>(random() % 4);
    std::vector<PairScore> pairs(30);
    for (PairScore& pair : pairs) {
      pair = {static_cast<double>(random() % 8), static_cast<std::uint32_t>(random() % kGroups),
              random() % 3 == 0};
    }
    const DrawnAreas areas = PairOrder(pairs).weighted_areas(weights);
    for (std::size_t drawing = 0; drawing < kDrawings; ++drawing) {
      std::vector<PairScore> repeated;
      for (const PairScore& pair : pairs) {
        repeated.insert(repeated.end(), weights[pair.group * kDrawings + drawing], pair);
      }
      const PairOrder order(repeated);
      EXPECT_NEAR(areas.roc[drawing], order.roc_area(), 1e-12);
      EXPECT_NEAR(areas.precision_recall[drawing], order.precision_recall_area(), 1e-12);
    }
  }
}

}  // namespace
}  // namespace liantu
