#include "prospects/ranking/rank_order.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/run/parallel.hpp"

namespace liantu {

std::size_t points_of_last_row(std::span<const ScoredFirm> firms, std::size_t each,
                               std::size_t most) {
  constexpr std::size_t kFewest = 4096;  // looked at together
  constexpr std::size_t kGrowth = 4;
  std::vector<std::size_t> counts;  // by whole points
  for (const ScoredFirm& one : firms) {
    const std::size_t points = whole_points(one.cents);
    if (points >= counts.size()) counts.resize(points + 1);
    ++counts[points];
  }
  const std::size_t each_kind = (each + 1) / 2;
  std::vector<std::size_t> taken;  // by gap
  HashMap<std::uint64_t, std::size_t> taken_of_kind;
  std::vector<std::pair<std::size_t, std::size_t>> some;  // whole points and position
  std::size_t found = 0;
  std::size_t wanted = kFewest;
  for (std::size_t last = counts.size(); last > 0;) {
    std::size_t first = last;
    for (std::size_t count = 0; first > 0 && count < wanted;) count += counts[--first];
    some.clear();
    for (std::size_t i = 0; i < firms.size(); ++i) {
      const std::size_t points = whole_points(firms[i].cents);
      if (points >= first && points < last) some.emplace_back(points, i);
    }
    std::ranges::sort(some, std::greater<>());
    for (const auto& [points, i] : some) {
      const ScoredFirm& one = firms[i];
      if (each > 0) {
        if (one.gap >= taken.size()) taken.resize(one.gap + std::size_t{1}, 0);
        std::size_t& of_market =
            one.kind > 0 ? taken_of_kind[std::uint64_t{one.gap} << 32U | one.kind] : taken[one.gap];
        if (of_market == (one.kind > 0 ? each_kind : each)) continue;
        ++of_market;
      }
      if (++found == most) return points;
    }
    last = first;
    wanted *= kGrowth;
  }
  return 0;
}

bool stands_before(const ScoredFirm& a, const ScoredFirm& b,
                   const std::function<bool(FirmId, FirmId)>& before) {
  const std::size_t points = whole_points(a.cents);
  const std::size_t other = whole_points(b.cents);
  if (points != other) return points > other;
  if (a.gap != b.gap) return a.gap < b.gap;
  if (a.kind != b.kind) return a.kind < b.kind;
  if (a.cents != b.cents) return a.cents > b.cents;
  return before(a.firm, b.firm);
}

RankOrder::RankOrder(const std::vector<ScoredFirm>& firms, Before before)
    : firms_(firms), before_(std::move(before)) {
  for (const ScoredFirm& one : firms) {
    highest_ = std::max({highest_, whole_points(one.cents), whole_points(one.best)});
  }
  by_score_ = lay_out(&ScoredFirm::cents);
  by_best_ = lay_out(&ScoredFirm::best);
  sorted_.assign(highest_ + 1, 0);
  counted_.assign(highest_ + 1, false);
  positions_.resize(firms.size());
  std::vector<std::uint32_t> ends = by_score_.above;
  for (std::uint32_t i = 0; i < firms.size(); ++i) {
    positions_[ends[whole_points(firms[i].cents)]++] = i;
  }
}

RankOrder::Column RankOrder::lay_out(std::int32_t ScoredFirm::*score) const {
  Column column;
  column.above.assign(highest_ + 2, 0);
  // Counted one step lower, so that the sums from the top are of those above.
  for (const ScoredFirm& one : firms_) {
    const std::size_t at = whole_points(one.*score);
    if (at > 0) ++column.above[at - 1];
  }
  for (std::size_t at = highest_ + 1; at-- > 0;) column.above[at] += column.above[at + 1];
  return column;
}

std::span<std::uint32_t> RankOrder::equal(std::size_t points) {
  const std::size_t first = by_score_.above[points];
  const std::size_t last = points == 0 ? firms_.size() : by_score_.above[points - 1];
  return std::span(positions_).subspan(first, last - first);
}

bool RankOrder::stands_before(std::uint32_t a, std::uint32_t b) const {
  return liantu::stands_before(firms_[a], firms_[b], before_);
}

std::vector<std::uint32_t> RankOrder::in_order(std::span<const FirmId> firms) const {
  std::vector<std::uint32_t> positions;
  auto at = firms_.begin();
  for (const FirmId firm : firms) {
    at = std::ranges::lower_bound(at, firms_.end(), firm, {}, &ScoredFirm::firm);
    positions.push_back(static_cast<std::uint32_t>(at - firms_.begin()));
  }
  std::ranges::sort(positions,
                    [&](std::uint32_t a, std::uint32_t b) { return stands_before(a, b); });
  return positions;
}

std::vector<std::uint32_t> RankOrder::first(std::size_t most) {
  const std::size_t count = most == 0 ? size() : std::min(most, size());
  std::size_t settled = 0;
  for (std::size_t points = highest_ + 1; points-- > 0 && settled < count;) {
    const std::span<std::uint32_t> some = equal(points);
    const std::size_t wanted = std::min(some.size(), count - settled);
    if (sorted_[points] < wanted) {
      std::ranges::partial_sort(
          some, some.begin() + static_cast<std::ptrdiff_t>(wanted),
          [&](std::uint32_t a, std::uint32_t b) { return stands_before(a, b); });
      sorted_[points] = wanted;
    }
    settled += wanted;
  }
  return {positions_.begin(), positions_.begin() + static_cast<std::ptrdiff_t>(count)};
}

std::vector<std::uint32_t> RankOrder::first_of_each_gap(std::size_t each, std::size_t most) {
  const std::size_t count = most == 0 ? size() : most;
  const std::size_t each_kind = (each + 1) / 2;
  std::vector<std::uint32_t> found;
  std::vector<std::size_t> taken;  // by gap
  HashMap<std::uint64_t, std::size_t> taken_of_kind;
  std::vector<std::uint32_t> open;
  for (std::size_t points = highest_ + 1; points-- > 0 && found.size() < count;) {
    open.clear();
    for (const std::uint32_t at : equal(points)) {
      const std::uint32_t gap = firms_[at].gap;
      if (gap >= taken.size()) taken.resize(gap + std::size_t{1}, 0);
      if (firms_[at].kind > 0 || taken[gap] < each) open.push_back(at);
    }
    const auto market = [&](std::uint32_t at) {
      return std::pair(firms_[at].gap, firms_[at].kind);
    };
    std::ranges::sort(open, {}, market);
    for (std::size_t first = 0, last = 0; first < open.size() && found.size() < count;
         first = last) {
      const auto [gap, kind] = market(open[first]);
      while (last < open.size() && market(open[last]) == std::pair(gap, kind)) ++last;
      std::size_t& some = kind > 0 ? taken_of_kind[std::uint64_t{gap} << 32U | kind] : taken[gap];
      const std::size_t open_of_market = (kind > 0 ? each_kind : each) - some;
      const std::size_t wanted = std::min({last - first, open_of_market, count - found.size()});
      const auto begin = open.begin() + static_cast<std::ptrdiff_t>(first);
      const auto middle = begin + static_cast<std::ptrdiff_t>(wanted);
      std::ranges::partial_sort(
          begin, middle, open.begin() + static_cast<std::ptrdiff_t>(last),
          [&](std::uint32_t a, std::uint32_t b) { return stands_before(a, b); });
      found.insert(found.end(), begin, middle);
      some += wanted;
    }
  }
  return found;
}

std::uint32_t RankOrder::rank(std::uint32_t position) const {
  return by_score_.above[whole_points(firms_[position].cents)] + 1;
}

std::uint32_t RankOrder::best_rank(std::uint32_t position) const {
  return by_score_.above[whole_points(firms_[position].best)] + 1;
}

std::uint32_t RankOrder::worst_rank(std::uint32_t position) const {
  const ScoredFirm& one = firms_[position];
  // Its own best stands among those ahead of its score, where it is more.
  const bool own = whole_points(one.best) > whole_points(one.cents);
  return by_best_.above[whole_points(one.cents)] - (own ? 1 : 0) + 1;
}

std::int32_t RankOrder::cents_for(std::uint32_t rank) const {
  std::size_t points = 0;
  while (points < highest_ && by_score_.above[points] >= rank) ++points;
  return points == 0 ? 0 : static_cast<std::int32_t>(points * 100) - 50;
}

std::uint32_t RankOrder::alike(std::uint32_t position) {
  // Points below 2^14, kinds below 2^18.
  const auto key = [](std::size_t points, const ScoredFirm& firm) {
    return static_cast<std::uint64_t>(points) << 50U | std::uint64_t{firm.kind} << 32U | firm.gap;
  };
  const std::size_t own = whole_points(firms_[position].cents);
  if (!counted_[own]) {
    for (const std::uint32_t at : equal(own)) ++alike_[key(own, firms_[at])];
    counted_[own] = true;
  }
  return alike_.at(key(own, firms_[position]));
}

void RankOrder::settle_all(const std::function<void()>& look) {
  parallel_for(highest_ + 1, [&](std::size_t points) {
    look();
    const std::span<std::uint32_t> some = equal(points);
    if (sorted_[points] == some.size()) return;
    std::ranges::sort(some, [&](std::uint32_t a, std::uint32_t b) { return stands_before(a, b); });
    sorted_[points] = some.size();
  });
}

}  // namespace liantu
