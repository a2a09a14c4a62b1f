#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "prospects/fillings/fillings.hpp"
#include "prospects/fillings/scored_gaps.hpp"

namespace liantu {

/// Whether who has a need works up a kind of goods, by its index into goods_kinds().
[[nodiscard]] bool works_up(const EnterpriseGraph& graph, const Need& need, std::size_t kind);

/// Which anchors need what fills a gap: a bit for each of GapReport::anchors.
class ServedAnchors {
 public:
  using Bits = std::span<const std::uint64_t>;

  ServedAnchors(const EnterpriseGraph& graph, const GapReport& report, const ScoredGaps& gaps);

  [[nodiscard]] std::size_t words() const { return words_; }
  [[nodiscard]] Bits of(std::size_t gap) const {
    return Bits(by_gap_).subspan(gap * words_, words_);
  }
  /// @param kind  Index into Gap::kinds_needed.
  [[nodiscard]] Bits of(std::size_t gap, std::size_t kind) const { return by_kind_[gap][kind]; }
  [[nodiscard]] Bits of(const Filling& filling) const {
    return filling.kind ? of(filling.gap, *filling.kind) : of(filling.gap);
  }
  /// The share of all anchors that are in one of two sets, [0, 1].
  [[nodiscard]] double share(Bits one, Bits other) const;
  /// Bits written out, ascending.
  [[nodiscard]] std::vector<FirmId> firms(Bits bits) const;

 private:
  [[nodiscard]] std::vector<std::uint64_t> bits(const std::vector<FirmId>& firms) const;

  const std::vector<FirmId>& anchors_;
  std::size_t words_;
  std::vector<std::uint64_t> by_gap_;  // so many words a gap
  // By gap, then KindNeed: of the anchors that work it up.
  std::vector<std::vector<std::vector<std::uint64_t>>> by_kind_;
};

}  // namespace liantu
