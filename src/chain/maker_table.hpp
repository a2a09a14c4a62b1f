#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chain/buckets.hpp"
#include "chain/economy.hpp"
#include "chain/production.hpp"
#include "liantu/chain/gaps.hpp"

namespace liantu {

/// Who of some firms makes each segment or anything below it.
class MakerTable {
 public:
  explicit MakerTable(const Economy& economy);

  void clear();
  /// Adds what a firm makes of segments that are `wanted`, which takes a SegmentId.
  template <typename Wanted>
  void add(FirmId firm, std::span<const Statement> statements, const Wanted& wanted) {
    const bool risky = at_risk(firm);
    for (const Statement& one : statements) {
      const auto number = static_cast<std::uint32_t>(statements_.size());
      statements_.push_back(one);
      for (const Ancestor& above : economy_.line(one.segment)) {
        if (!wanted(above.segment)) continue;
        rows_.add(raw(above.segment), {firm, number, above.level, risky});
      }
    }
  }
  /// To be called once when all firms are there.
  void set_out();

  /// Whether anybody makes it.
  [[nodiscard]] bool contains(SegmentId segment) const { return rows_.contains(raw(segment)); }
  /// Its makers, each firm once and each yuan once: largest output first, then by firm. Valid until
  /// clear().
  [[nodiscard]] std::span<const Maker> of(SegmentId segment);

  [[nodiscard]] bool at_risk(FirmId firm) const;

 private:
  struct Row {
    FirmId firm{0};
    std::uint32_t statement = 0;
    std::uint32_t level = 0;  // how far below
    bool at_risk = false;
  };
  struct Part {
    std::uint32_t first = 0;
    std::uint32_t count = 0;  // 0 = not looked up yet
  };
  [[nodiscard]] Maker maker(std::span<const Row> rows);

  const Economy& economy_;
  Productions productions_;
  std::vector<Statement> statements_;
  Buckets<Row> rows_;
  std::vector<Maker> makers_;
  std::vector<Part> parts_;  // by segment, of `makers_`
  std::vector<Row> nearest_first_;
};

}  // namespace liantu
