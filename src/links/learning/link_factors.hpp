#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "links/backtest/visible_links.hpp"

namespace liantu {

/// A low-rank likeness of who links to whom: a truncated singular value decomposition of the
/// matrix whose row of an entity holds its links onwards and, beside them, its links back, each
/// divided by the roots of both ends' links (plus a little, so that pairs linked with nothing else
/// do not fill the leading factors).
class LinkFactors {
 public:
  /// @param keys  Of all entities of the graph; the search starts by them (see EntityKeys).
  /// @param rank  Factors kept; ≥ 1.
  /// @source  Halko, Martinsson, Tropp (2011), doi:10.1137/090771806, for the subspace iteration.
  LinkFactors(const VisibleLinks& links, std::span<const std::uint64_t> keys, std::size_t rank);

  /// How strongly a link onwards from one entity to another is expected.
  [[nodiscard]] float score(std::size_t from, std::size_t to) const {
    const float* a = &left_[from * rank_];
    const float* b = &right_[to * rank_];
    float sum = 0;
    for (std::size_t k = 0; k < rank_; ++k) sum += a[k] * b[k];
    return sum;
  }

 private:
  std::size_t rank_;
  std::vector<float> left_;   // entity by entity, singular values multiplied in
  std::vector<float> right_;  // of the links onwards only
};

}  // namespace liantu
