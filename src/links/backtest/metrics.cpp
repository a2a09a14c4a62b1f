#include "liantu/links/backtest/metrics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

constexpr std::size_t kLanes = kDrawingsAtOnce;
constexpr double kUnnamed = -std::numeric_limits<double>::infinity();

[[noreturn]] void throw_not_finite() {
  throw Error(ErrorCode::InvalidArgument,
              {"a score is not finite; a ranking must give numbers, or leave the entity out",
               "评分不是有限数；排序方法应给出数值，或不列出该对象"});
}

/// Score of an entity in a row.
double score_in(const ScoreRow& row, EntityId entity) {
  const auto at = std::lower_bound(row.entities.begin(), row.entities.end(), entity);
  if (at == row.entities.end() || *at != entity) return kUnnamed;
  return row.scores[static_cast<std::size_t>(at - row.entities.begin())];
}

template <typename Within>
double share_of_ranks(std::span<const AnswerRank> ranks, const Within& within) {
  if (ranks.empty()) return 0;
  return static_cast<double>(std::ranges::count_if(ranks, within)) /
         static_cast<double>(ranks.size());
}

/// @param weight_of  Takes a group, gives kLanes weights.
template <typename WeightOf>
DrawnAreas drawn_areas(std::span<const std::uint32_t> codes, const WeightOf& weight_of) {
  constexpr int kMostInRun = 250;               // times 255 fits 16 bits
  std::array<std::int32_t, kLanes> linked{};    // before the score at hand
  std::array<std::int32_t, kLanes> unlinked{};  // likewise, but for the run
  std::array<std::uint16_t, kLanes> run{};      // of unlinked pairs whose scores no linked one has
  std::array<std::int32_t, kLanes> linked_here{};
  std::array<std::int32_t, kLanes> unlinked_here{};
  std::array<double, kLanes> before{};  // unlinked pairs before linked ones, summed up
  std::array<double, kLanes> precision{};
  int in_run = 0;
  bool any_linked = false;
  const auto end_run = [&] {
    for (std::size_t i = 0; i < kLanes; ++i) unlinked[i] += run[i];
    run.fill(0);
    in_run = 0;
  };
  for (const std::uint32_t code : codes) {
    const std::uint8_t* const weight = weight_of(code >> 2);
    if ((code & 2) != 0) {
      any_linked = true;
      for (std::size_t i = 0; i < kLanes; ++i) linked_here[i] += weight[i];
    } else if (any_linked) {
      for (std::size_t i = 0; i < kLanes; ++i) unlinked_here[i] += weight[i];
    } else {
      // By far the commonest case. Linked pairs come first within a score: none will follow in it.
      for (std::size_t i = 0; i < kLanes; ++i) {
        run[i] = static_cast<std::uint16_t>(run[i] + weight[i]);
      }
      if (++in_run == kMostInRun) end_run();
      continue;
    }
    if ((code & 1) == 0) continue;
    end_run();
    for (std::size_t i = 0; i < kLanes; ++i) {
      before[i] += linked_here[i] * (unlinked[i] + 0.5 * unlinked_here[i]);
      linked[i] += linked_here[i];
      unlinked[i] += unlinked_here[i];
      const double all = static_cast<double>(linked[i]) + unlinked[i];
      precision[i] += linked_here[i] * (all > 0 ? linked[i] / all : 0.0);
      linked_here[i] = 0;
      unlinked_here[i] = 0;
    }
    any_linked = false;
  }
  end_run();
  DrawnAreas areas;
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double pairs = static_cast<double>(linked[i]) * unlinked[i];
    areas.roc[i] = pairs > 0 ? 1 - before[i] / pairs : 0.5;
    areas.precision_recall[i] = linked[i] > 0 ? precision[i] / linked[i] : 0.0;
  }
  return areas;
}

constexpr std::array<std::uint8_t, kLanes> kOnce = {1};

DrawnAreas unweighted(std::span<const std::uint32_t> codes) {
  return drawn_areas(codes, [](std::uint32_t) { return kOnce.data(); });
}

}  // namespace

std::vector<AnswerRank> rank_answers(const ScoreRow& row, std::span<const EntityId> answers,
                                     std::span<const EntityId> excluded, std::size_t candidates) {
  // The whole row is counted; the few that are no candidates are taken off afterwards.
  const auto sum_is_finite = [&row] {
    double sum = 0;
    for (const double score : row.scores) sum += score * 0;  // NaN for anything that is not finite
    return sum == 0;
  };
  if (!sum_is_finite()) throw_not_finite();
  std::vector<double> scores(answers.size());
  for (std::size_t i = 0; i < answers.size(); ++i) scores[i] = score_in(row, answers[i]);
  std::vector<double> known_excluded;
  for (const EntityId entity : excluded) {
    if (const double score = score_in(row, entity); score != kUnnamed) {
      known_excluded.push_back(score);
    }
  }
  const std::size_t named = row.scores.size() - known_excluded.size();
  constexpr std::size_t kFew = 4;
  std::vector<double> sorted;
  if (answers.size() > kFew) {
    sorted = row.scores;
    std::sort(sorted.begin(), sorted.end());
  }
  const auto above = [&](double score) -> std::size_t {
    if (!sorted.empty()) {
      return static_cast<std::size_t>(sorted.end() -
                                      std::upper_bound(sorted.begin(), sorted.end(), score));
    }
    return static_cast<std::size_t>(std::count_if(row.scores.begin(), row.scores.end(),
                                                  [score](double x) { return x > score; }));
  };
  const auto equal = [&](double score) -> std::size_t {
    if (!sorted.empty()) {
      const auto range = std::equal_range(sorted.begin(), sorted.end(), score);
      return static_cast<std::size_t>(range.second - range.first);
    }
    return static_cast<std::size_t>(std::count(row.scores.begin(), row.scores.end(), score));
  };
  std::vector<AnswerRank> ranks(answers.size());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const double score = scores[i];
    std::size_t better = named;
    std::size_t ties = candidates - named;  // itself included
    if (score != kUnnamed) {
      better = above(score);
      ties = equal(score);
      for (const double other : known_excluded) {
        better -= other > score ? 1 : 0;
        ties -= other == score ? 1 : 0;
      }
    }
    std::size_t answers_better = 0;
    std::size_t answers_tied = 0;
    for (std::size_t k = 0; k < answers.size(); ++k) {
      answers_better += scores[k] > score ? 1 : 0;
      answers_tied += scores[k] == score ? 1 : 0;
    }
    ranks[i].rank = 1 + static_cast<double>(better) + static_cast<double>(ties - 1) / 2;
    ranks[i].filtered = 1 + static_cast<double>(better - answers_better) +
                        static_cast<double>(ties - answers_tied) / 2;
  }
  return ranks;
}

double reciprocal_rank(std::span<const AnswerRank> ranks) {
  if (ranks.empty()) return 0;
  return 1 / std::ranges::min_element(ranks, {}, &AnswerRank::rank)->rank;
}

double average_precision(std::span<const AnswerRank> ranks) {
  if (ranks.empty()) return 0;
  std::vector<double> sorted;
  for (const AnswerRank& rank : ranks) sorted.push_back(rank.rank);
  std::sort(sorted.begin(), sorted.end());
  double sum = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) sum += static_cast<double>(i + 1) / sorted[i];
  return sum / static_cast<double>(sorted.size());
}

double recall_at(std::span<const AnswerRank> ranks, std::size_t k) {
  return share_of_ranks(
      ranks, [k](const AnswerRank& rank) { return rank.rank <= static_cast<double>(k); });
}

double hits_at(std::span<const AnswerRank> ranks, std::size_t k) {
  return share_of_ranks(
      ranks, [k](const AnswerRank& rank) { return rank.filtered <= static_cast<double>(k); });
}

PairOrder::PairOrder(std::vector<PairScore> pairs) {
  for (const PairScore& pair : pairs) {
    if (std::isnan(pair.score) || pair.score == -kUnnamed) throw_not_finite();
  }
  std::ranges::stable_sort(pairs, [](const PairScore& a, const PairScore& b) {
    return a.score != b.score ? a.score > b.score : a.linked && !b.linked;
  });
  codes_.reserve(pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const bool last = i + 1 == pairs.size() || pairs[i + 1].score != pairs[i].score;
    codes_.push_back(pairs[i].group << 2 | (pairs[i].linked ? 2U : 0U) | (last ? 1U : 0U));
  }
}

double PairOrder::roc_area() const { return unweighted(codes_).roc[0]; }

double PairOrder::precision_recall_area() const { return unweighted(codes_).precision_recall[0]; }

std::vector<CurvePoint> PairOrder::precision_recall_curve(std::size_t steps) const {
  const auto total = static_cast<double>(
      std::ranges::count_if(codes_, [](std::uint32_t code) { return (code & 2) != 0; }));
  std::vector<CurvePoint> curve;
  double linked = 0;
  double all = 0;
  for (const std::uint32_t code : codes_) {
    ++all;
    linked += (code & 2) != 0 ? 1 : 0;
    if ((code & 1) == 0 || total == 0) continue;
    while (curve.size() < steps &&
           linked * static_cast<double>(steps) >= static_cast<double>(curve.size() + 1) * total) {
      curve.push_back(
          {static_cast<double>(curve.size() + 1) / static_cast<double>(steps), linked / all});
    }
  }
  return curve;
}

DrawnAreas PairOrder::weighted_areas(std::span<const std::uint8_t> weights) const {
  return drawn_areas(codes_, [&](std::uint32_t group) { return weights.data() + group * kLanes; });
}

}  // namespace liantu
