#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "chain/segments/segment_marks.hpp"
#include "liantu/base/values/goods_kinds.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/prospects/prospects.hpp"
#include "prospects/fillings/ground.hpp"

namespace liantu {

/// What scoring asks of a gap, close together: a Gap with its lists lies spread over the memory.
struct GapFacts {
  SegmentId segment{0};
  double severity = 0;
  std::optional<double> leakage_max;
  std::optional<std::uint32_t> outer;  ///< the gap whose segment is the nearest above its own
  std::uint32_t depth = 0;             ///< greater than that of every gap it lies in
  Basis basis = Basis::Stated;
  bool bought = false;  ///< somebody here buys what fills it: it is not what one could extend into,
                        ///< and not yet what filling other gaps would make the district need
  bool needs_known = false;
  bool holds_others = false;  ///< whether it is the outer one of another
  bool by_kinds = false;      ///< bought, without an amount, where the list rests on sizes
  bool of_kinds = false;      ///< whether buyers here need some kinds of its sector
  bool of_sector = false;     ///< of a sector, without an amount, where the list rests on sizes
};

/// The gaps of a district as their segments, kinds of goods and nesting tell them.
class ScoredGaps {
 public:
  ScoredGaps(const ProspectGround& ground, const GapReport& report);

  [[nodiscard]] std::size_t size() const { return facts_.size(); }
  [[nodiscard]] const GapFacts& operator[](std::size_t gap) const { return facts_[gap]; }
  /// Of a sector that buyers here need.
  [[nodiscard]] const std::vector<const GoodsKind*>& kinds(std::size_t gap) const {
    return kinds_[gap];
  }
  /// By KindNeed; empty where the gap is one row.
  [[nodiscard]] const std::vector<double>& severity_of_kinds(std::size_t gap) const {
    return severity_of_kinds_[gap];
  }
  [[nodiscard]] double largest_leakage() const { return largest_leakage_; }

  /// Whether what is made of a segment goes into any gap.
  [[nodiscard]] bool any(SegmentId made) const {
    return marks_.any_at_or_above(made) || gap_alike(made) != 0;
  }
  /// Whether what fills a gap is of the kind of its segment and neither the segment nor below it.
  [[nodiscard]] bool alike(const FilledGap& filled) const {
    return gap_alike(filled.segment) == filled.gap + 1;
  }
  /// Calls `call(gap, level)` for every gap that what is made of a segment goes into, the farther from
  /// the gap's segment the greater the level.
  template <typename Call>
  void for_each(SegmentId made, const Call& call) const {
    constexpr std::uint32_t kAlikeLevel = 1000;  // behind what is of the segment
    const auto note = [&](const Ancestor& at) {
      call(gap_of_[raw(at.segment)] - std::size_t{1}, at.level);
      return true;
    };
    if (marks_.contains(made)) note({made, 0});
    marks_.for_each_above(made, note);
    if (gap_alike(made) != 0) call(gap_alike(made) - std::size_t{1}, kAlikeLevel);
  }

 private:
  void place_kinds();
  void find_alike();
  void nest();
  [[nodiscard]] std::uint32_t gap_alike(SegmentId made) const {
    return alike_.empty() ? 0 : alike_[raw(made)];
  }

  const ProspectGround& ground_;
  const GapReport& report_;
  std::vector<GapFacts> facts_;
  SegmentMarks marks_;                 // the segments of gaps
  std::vector<std::uint32_t> gap_of_;  // by segment: its gap + 1, or 0
  std::vector<std::uint32_t> alike_;   // by segment: the gap of whose kind it is, + 1,
                                       // or 0; may be empty
  std::vector<std::vector<const GoodsKind*>> kinds_;    // by gap
  std::vector<std::vector<double>> severity_of_kinds_;  // by gap
  double largest_leakage_ = 0;
};

}  // namespace liantu
