#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <utility>
#include <vector>

#include "base/run/paced_stop.hpp"
#include "chain/economy/economy.hpp"
#include "chain/gaps/search/local_firms.hpp"
#include "chain/gaps/search/maker_table.hpp"
#include "chain/segments/buckets.hpp"
#include "chain/segments/segment_marks.hpp"
#include "liantu/chain/gaps/gaps.hpp"

namespace liantu {

/// Local firms that do not surely make a segment and could: possible makers, said to make it or
/// something broader, and siblings, which make something else below one of its parents. Keeps its
/// memory from one district to the next.
class AkinMakers {
 public:
  /// @param firms      The local firms; kept by reference.
  /// @param made_here  Who makes what in the district; kept by reference.
  AkinMakers(const Economy& economy, const LocalFirms& firms, MakerTable& made_here);

  /// Forgets the district before; to be called when all local firms are known.
  void start(std::stop_token stop);
  /// Adds what a firm is said to make, however little that is trusted.
  ///
  /// @param firm  Its place among the local ones.
  void add(std::uint32_t firm, SegmentId segment, EdgeId makes) {
    said_to_make_.add(raw(segment), {firm, makes});
  }
  /// To be called once when all is there, in `made_here` too.
  void set_out();

  [[nodiscard]] std::size_t count_possible(SegmentId segment);
  /// Those that a gap names.
  [[nodiscard]] std::vector<Maker> possible(SegmentId segment);
  [[nodiscard]] std::size_t count_siblings(SegmentId segment);
  /// Fills those that gaps name.
  void name_siblings(std::span<Gap> gaps);

 private:
  template <typename Visit>
  void for_each_said(SegmentId segment, const Visit& visit);
  [[nodiscard]] std::vector<Maker> siblings(SegmentId segment, std::span<const SegmentId> parents);
  [[nodiscard]] std::vector<Maker> makers_right_below(SegmentId parent);
  void forget_seen(std::span<const Maker> makers);
  [[nodiscard]] bool see(std::uint32_t firm);
  [[nodiscard]] bool see(FirmId firm);

  const EnterpriseGraph& graph_;
  const Taxonomy& taxonomy_;
  Relation part_of_;
  MakerTable& made_here_;
  const LocalFirms& firms_;
  PacedStop stop_;
  // By segment: who is said to make it, by what.
  Buckets<std::pair<std::uint32_t, EdgeId>> said_to_make_;
  SegmentMarks said_of_;  // the segments of these
  // By parent: how many firms make something below it.
  std::vector<std::optional<std::uint32_t>> siblings_;
  std::vector<std::uint32_t> counted_siblings_;  // parents of which it is known
  std::vector<std::uint32_t> seen_;              // by local firm
  std::uint32_t seeing_ = 0;                     // what `seen_` says of those seen
};

}  // namespace liantu
