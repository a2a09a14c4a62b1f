#include "prospects/rank_order.hpp"

#include <algorithm>
#include <utility>

#include "base/parallel.hpp"

namespace liantu {

RankOrder::RankOrder(const std::vector<ScoredFirm>& firms, Before before)
    : firms_(firms), before_(std::move(before)) {
  for (const ScoredFirm& one : firms) highest_ = std::max({highest_, one.cents, one.best});
  lay_out(by_score_, &ScoredFirm::cents);
  lay_out(by_best_, &ScoredFirm::best);
}

void RankOrder::lay_out(Column& column, std::int32_t ScoredFirm::*score) const {
  const auto scores = static_cast<std::size_t>(highest_) + 1;
  const auto bucket = [&](const ScoredFirm& one) {
    return static_cast<std::size_t>(highest_ - one.*score);
  };
  column.starts.assign(scores + 1, 0);
  column.settled.assign(scores, 0);
  for (const ScoredFirm& one : firms_) ++column.starts[bucket(one) + 1];
  for (std::size_t i = 0; i < scores; ++i) column.starts[i + 1] += column.starts[i];
  column.positions.resize(firms_.size());
  std::vector<std::size_t> ends(column.starts.begin(), column.starts.end() - 1);
  for (std::uint32_t i = 0; i < firms_.size(); ++i) {
    column.positions[ends[bucket(firms_[i])]++] = i;
  }
}

std::span<std::uint32_t> RankOrder::settle(Column& column, std::int32_t cents) const {
  const auto bucket = static_cast<std::size_t>(highest_ - cents);
  const std::size_t first = column.starts[bucket];
  const std::span<std::uint32_t> equal =
      std::span(column.positions).subspan(first, column.starts[bucket + 1] - first);
  if (column.settled[bucket] == 0) {
    std::ranges::sort(equal, [&](std::uint32_t a, std::uint32_t b) {
      return before_(firms_[a].firm, firms_[b].firm);
    });
    column.settled[bucket] = 1;
  }
  return equal;
}

std::uint32_t RankOrder::ahead(Column& column, std::int32_t cents, FirmId firm) const {
  const std::span<const std::uint32_t> equal = settle(column, cents);
  const auto at = std::lower_bound(
      equal.begin(), equal.end(), firm,
      [&](std::uint32_t one, FirmId other) { return before_(firms_[one].firm, other); });
  return static_cast<std::uint32_t>(column.starts[static_cast<std::size_t>(highest_ - cents)] +
                                    static_cast<std::size_t>(at - equal.begin()));
}

std::vector<std::uint32_t> RankOrder::first(std::size_t most) {
  const std::size_t count = most == 0 ? size() : std::min(most, size());
  for (std::int32_t cents = highest_; cents >= 0; --cents) {
    if (by_score_.starts[static_cast<std::size_t>(highest_ - cents)] >= count) break;
    settle(by_score_, cents);
  }
  return {by_score_.positions.begin(),
          by_score_.positions.begin() + static_cast<std::ptrdiff_t>(count)};
}

std::uint32_t RankOrder::rank(std::uint32_t position) {
  return ahead(by_score_, firms_[position].cents, firms_[position].firm) + 1;
}

std::uint32_t RankOrder::best_rank(std::uint32_t position) {
  return ahead(by_score_, firms_[position].best, firms_[position].firm) + 1;
}

std::uint32_t RankOrder::worst_rank(std::uint32_t position) {
  const ScoredFirm& one = firms_[position];
  // Its own best stands among those ahead of its score, unless nothing is unknown.
  return ahead(by_best_, one.cents, one.firm) + (one.best > one.cents ? 0 : 1);
}

void RankOrder::settle_all(const std::function<void()>& look) {
  for (Column* column : {&by_score_, &by_best_}) {
    parallel_for(column->settled.size(), [&](std::size_t bucket) {
      look();
      settle(*column, highest_ - static_cast<std::int32_t>(bucket));
    });
  }
}

}  // namespace liantu
