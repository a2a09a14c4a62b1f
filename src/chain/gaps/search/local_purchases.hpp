#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/run/paced_stop.hpp"
#include "chain/economy/economy.hpp"
#include "chain/gaps/search/local_firms.hpp"
#include "chain/segments/buckets.hpp"
#include "chain/segments/segment_marks.hpp"
#include "liantu/chain/gaps/gaps.hpp"

namespace liantu {

/// What local firms are stated to buy, of one another and of firms elsewhere. Keeps its memory from one
/// district to the next.
class LocalPurchases {
 public:
  /// What one local firm is stated to buy of one supplier.
  struct Purchase {
    std::uint32_t customer = 0;  ///< place among the local firms
    EdgeId edge{0};
    double amount = 0;
    bool outside = false;     ///< the supplier is known to stand outside the district
    bool inferred = false;    ///< the row names no segment: it is what the supplier makes
    std::uint32_t place = 0;  ///< among all of the district
  };

  /// @param firms  Kept by reference.
  LocalPurchases(const Economy& economy, const LocalFirms& firms);

  /// Reads those of a district, forgetting the one before.
  void read(const GapOptions& options);

  [[nodiscard]] bool empty() const { return bought_.empty(); }
  [[nodiscard]] bool contains(SegmentId segment) const { return bought_.contains(raw(segment)); }
  /// Segments that are bought, from wherever.
  [[nodiscard]] std::span<const std::uint32_t> segments() const { return bought_.filled(); }
  [[nodiscard]] std::span<const Purchase> of(SegmentId segment) const {
    return bought_[raw(segment)];
  }
  [[nodiscard]] const Purchase& operator[](std::uint32_t place) const { return all_[place]; }

  /// What a firm's purchases of products of a sector come to; 0 where the segment is no sector.
  [[nodiscard]] double below(SegmentId segment, std::uint32_t firm) const;
  /// Known purchases of a segment, or of anything below it, from local suppliers by those whose need
  /// of it is known: of each at most that need, so that what one buys too much meets no other's need.
  ///
  /// @param needs  Gives the known needs by firm, ascending; asked where something is sold here.
  [[nodiscard]] std::optional<double> from_here(
      SegmentId segment,
      const std::function<std::vector<std::pair<FirmId, double>>()>& needs) const;

 private:
  // What one local firm bought of another.
  struct Sale {
    FirmId supplier{0};
    FirmId customer{0};
    double amount = 0;
  };

  void read_sales();
  void read_bought(const GapOptions& options);
  [[nodiscard]] std::optional<SegmentId> sold_by(FirmId supplier) const;
  [[nodiscard]] bool resells(FirmId supplier, SegmentId segment) const;

  const EnterpriseGraph& graph_;
  const Taxonomy& taxonomy_;
  const Sectors& sectors_;
  const LocalFirms& firms_;
  Relation makes_;
  Relation supplies_;
  Relation trades_;
  PacedStop stop_;
  Buckets<Sale> sales_;  // by segment
  SegmentMarks sold_;    // the segments of these
  Buckets<Purchase> bought_;
  std::vector<Purchase> all_;
};

}  // namespace liantu
