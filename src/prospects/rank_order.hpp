#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "liantu/base/ids.hpp"

namespace liantu {

/// A firm and its score in hundredths of a point, as it is and if all unknowns turned out well.
struct ScoredFirm {
  FirmId firm{0};
  std::int32_t cents = 0;
  std::int32_t best = 0;  ///< at least `cents`
};

/// The ranks of scored firms: highest score first, equal ones in an order of firms. Firms of one
/// score are put in order when somebody asks for one of them, so that a few ranks of many firms
/// cost a pass over the firms.
class RankOrder {
 public:
  using Before = std::function<bool(FirmId, FirmId)>;

  /// @param firms   Each once, scores from 0 on. Kept by reference.
  /// @param before  A strict total order.
  RankOrder(const std::vector<ScoredFirm>& firms, Before before);

  [[nodiscard]] std::size_t size() const noexcept { return firms_.size(); }
  /// Positions of the firms in the order of their ranks, no more than so many; 0 = all.
  [[nodiscard]] std::vector<std::uint32_t> first(std::size_t most);
  /// From 1.
  [[nodiscard]] std::uint32_t rank(std::uint32_t position);
  /// The rank if all its unknowns turned out well and the others stayed.
  [[nodiscard]] std::uint32_t best_rank(std::uint32_t position);
  /// The rank if the others' unknowns all turned out well and its own did not.
  [[nodiscard]] std::uint32_t worst_rank(std::uint32_t position);
  /// Puts all firms in order at once, on all cores.
  /// @param look  Called between firms of one score and another; what it throws ends the call.
  void settle_all(const std::function<void()>& look);

 private:
  /// Positions by a score, highest first.
  struct Column {
    std::vector<std::size_t> starts;  // by hundredths below `highest`, one more than there are
    std::vector<std::uint32_t> positions;
    std::vector<char> settled;  // by hundredths below `highest`
  };
  void lay_out(Column& column, std::int32_t ScoredFirm::*score) const;
  std::span<std::uint32_t> settle(Column& column, std::int32_t cents) const;
  /// How many firms of the column have more, or as much and stand before the firm.
  std::uint32_t ahead(Column& column, std::int32_t cents, FirmId firm) const;

  const std::vector<ScoredFirm>& firms_;
  Before before_;
  std::int32_t highest_ = 0;
  Column by_score_;
  Column by_best_;
};

}  // namespace liantu
