#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "liantu/links/paths/scores.hpp"
#include "links/paths/entity_order.hpp"

namespace liantu {

/// The best so far: what falls below the last of them is not kept.
class Selection {
 public:
  /// @param most  Most kept; at least 1.
  Selection(const EntityOrder& order, std::size_t most)
      : order_(order), most_(most), room_(std::max<std::size_t>(4 * most, 1024)) {}

  void offer(std::uint32_t place, double score) {
    if (score < least_) return;
    kept_.push_back({order_.entity(place), score});
    if (kept_.size() < room_) return;
    const auto last = kept_.begin() + static_cast<std::ptrdiff_t>(most_ - 1);
    std::nth_element(kept_.begin(), last, kept_.end(), better);
    least_ = last->score;
    kept_.resize(most_);
  }

  /// What is kept, best first, ties by id.
  [[nodiscard]] std::vector<ScoredEntity> take() {
    const std::size_t count = std::min(most_, kept_.size());
    const auto middle = kept_.begin() + static_cast<std::ptrdiff_t>(count);
    if (middle != kept_.end()) std::nth_element(kept_.begin(), middle, kept_.end(), better);
    std::sort(kept_.begin(), middle, better);
    return {kept_.begin(), middle};
  }

  [[nodiscard]] std::size_t most() const noexcept { return most_; }
  /// Says that so many as are kept have at least this score.
  void expect(double least) { least_ = std::max(least_, least); }

 private:
  static bool better(const ScoredEntity& a, const ScoredEntity& b) {
    return a.score != b.score ? a.score > b.score : a.entity < b.entity;
  }

  const EntityOrder& order_;
  std::size_t most_;
  std::size_t room_;
  double least_ = std::numeric_limits<double>::denorm_min();
  std::vector<ScoredEntity> kept_;
};

}  // namespace liantu
