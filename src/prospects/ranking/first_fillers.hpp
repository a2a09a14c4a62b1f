#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

#include "liantu/base/core/ids.hpp"
#include "prospects/ranking/rank_order.hpp"

namespace liantu {

/// Of each gap the first firms that fill it, in the order of RankOrder, kept while the scores of all are
/// found. Safe to use from any number of threads; which is first does not depend on them.
class FirstFillers {
 public:
  /// @param most    Firms kept of a gap, 1 or more.
  /// @param before  A strict total order; kept by reference.
  FirstFillers(std::size_t gaps, std::size_t most, const RankOrder::Before& before);

  /// Notes that a firm fills a gap. O(1) for nearly all, else O(log most).
  void offer(std::size_t gap, const ScoredFirm& firm);
  /// The firms kept for some gap, ascending; when nobody offers any more.
  [[nodiscard]] std::vector<FirmId> firms() const;

 private:
  struct Kept {
    std::mutex alone;
    std::atomic<std::uint64_t> last = 0;  // the height of the last one, once there are enough
    std::vector<ScoredFirm> heap;         // the last one on top
  };

  std::size_t most_;
  const RankOrder::Before& before_;
  std::vector<Kept> kept_;  // by gap
};

}  // namespace liantu
