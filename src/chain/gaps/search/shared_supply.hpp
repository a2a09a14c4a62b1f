#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/run/paced_stop.hpp"
#include "chain/economy/economy.hpp"
#include "chain/economy/rounds.hpp"
#include "chain/gaps/search/maker_table.hpp"
#include "chain/segments/position_sums.hpp"
#include "chain/segments/segment_marks.hpp"
#include "liantu/chain/gaps/gaps.hpp"

namespace liantu {

/// What demands for segments that lie within one another leave of the supply that they share, in the
/// first round and in later ones. Keeps its memory from one district to the next.
class SharedSupply {
 public:
  /// @param made_here  Who makes what in the district; kept by reference.
  SharedSupply(const Economy& economy, MakerTable& made_here);

  /// Forgets the district before.
  ///
  /// @param options  Kept by reference.
  void start(const GapOptions& options);
  /// Says which segments the district needs, before any demand is met.
  void expect(std::span<const std::uint32_t> segments) { demanded_.mark(segments); }

  /// What demands below a segment use of its supply, and how many of them are not known. Those below
  /// are to be met before it.
  [[nodiscard]] double used_below(SegmentId segment) { return sum_below(met_yuan_, segment); }
  [[nodiscard]] std::size_t unknown_below(SegmentId segment) {
    return static_cast<std::size_t>(sum_below(unknown_, segment));
  }
  /// Once for each segment at most.
  void meet(SegmentId segment, double yuan) { met_yuan_.set(taxonomy_.position(segment), yuan); }
  void set_unknown(SegmentId segment) { unknown_.set(taxonomy_.position(segment), 1); }
  void add(const FirstRound& first) { first_rounds_.push_back(first); }

  /// What filling the gaps would make the district need next.
  ///
  /// @return  By segment, then by round; valid until the next district.
  [[nodiscard]] std::span<SegmentRound> later_rounds(Causes causes);
  /// Whether a segment has a demand in the first round; after later_rounds().
  [[nodiscard]] bool needed_at_first(SegmentId segment) const;

 private:
  [[nodiscard]] double sum_below(const PositionSums& sums, SegmentId segment);
  [[nodiscard]] double spare_above(SegmentId segment) const;
  void find_spare();
  [[nodiscard]] std::optional<Figure> left(SegmentId segment);

  const Taxonomy& taxonomy_;
  MakerTable& made_here_;
  const GapOptions* options_ = nullptr;
  PacedStop stop_;
  std::vector<FirstRound> first_rounds_;
  SegmentMarks demanded_;      // segments that local firms need
  PositionSums met_yuan_;      // by segment: what of the demand for it local supply meets
  PositionSums unknown_;       // by segment: 1 where it is made here and its need not known
  std::vector<double> spare_;  // by segment: what the first round leaves of its supply
  std::vector<std::uint32_t> spared_;
  std::vector<Taxonomy::Range> ranges_;
  Rounds rounds_;
};

}  // namespace liantu
