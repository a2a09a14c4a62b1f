#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chain/economy/economy.hpp"
#include "chain/firms/production.hpp"
#include "chain/segments/buckets.hpp"
#include "chain/segments/segment_marks.hpp"
#include "liantu/chain/gaps/gaps.hpp"

namespace liantu {

/// Who of some firms makes each segment or anything below it. What a firm says stands once, with
/// the segment that it says it of: memory is linear in what is said and what is asked for.
class MakerTable {
 public:
  explicit MakerTable(const Economy& economy);

  void clear();
  /// Adds what a firm makes; each firm once.
  void add(FirmId firm, std::span<const Statement> statements);
  /// To be called once when all firms are there.
  void set_out();

  /// Whether anybody makes it.
  [[nodiscard]] bool contains(SegmentId segment) const { return made_[raw(segment)]; }
  /// Its makers, each firm once and each yuan once: largest output first, then by firm. Valid until
  /// clear().
  [[nodiscard]] std::span<const Maker> of(SegmentId segment);
  /// The same, not kept, unless it was asked for by of() before.
  void append_makers(SegmentId segment, std::vector<Maker>& makers);
  /// Calls `visit` with the firms that make something below the segment, itself left out; a firm as
  /// often as it says so.
  template <typename Visit>
  void for_each_firm_below(SegmentId segment, const Visit& visit) const {
    said_of_.for_each_below(segment, [&](SegmentId one) {
      if (one == segment) return;
      for (const std::uint32_t number : rows_[raw(one)]) visit(said_[number].firm);
    });
  }

  [[nodiscard]] bool at_risk(FirmId firm) const;

 private:
  // What a firm says of a segment.
  struct Said {
    FirmId firm{0};
    bool at_risk = false;
    Statement statement;
  };
  [[nodiscard]] Maker maker(SegmentId segment, std::span<const std::uint32_t> said);

  const Economy& economy_;
  Productions productions_;
  std::vector<Said> said_;
  Buckets<std::uint32_t> rows_;  // by segment: what is said of it, places in `said_`
  SegmentMarks said_of_;
  std::vector<bool> made_;  // by segment: whether anybody makes it or anything below it
  std::vector<std::uint32_t> all_made_;
  std::vector<std::uint32_t> list_of_;  // by segment: place in `lists_` from 1; 0 = none yet
  std::vector<std::uint32_t> listed_;
  std::vector<std::vector<Maker>> lists_;
  std::size_t lists_used_ = 0;
  std::vector<std::uint32_t> found_;
  std::vector<std::uint32_t> nearest_first_;
};

}  // namespace liantu
