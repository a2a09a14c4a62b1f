#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/run/stopping.hpp"
#include "chain/economy/economy.hpp"
#include "liantu/chain/structure/relatedness.hpp"

namespace liantu {

/// Which regions, or firms, make which segments, and how often two are made together.
class ProductSpace {
 public:
  struct Options {
    double min_confidence = 0.3;
    std::uint32_t least_units = 30;
    std::uint32_t least_makers = 3;
    Stopping stopping;
  };

  /// @param counts  Whether a firm is looked at.
  /// @throws Error{Cancelled}.
  ProductSpace(const Economy& economy, const Options& options,
               const std::function<bool(FirmId)>& counts);

  [[nodiscard]] RelatednessUnit unit() const { return unit_; }
  [[nodiscard]] std::size_t units() const { return units_.size(); }
  [[nodiscard]] std::size_t makers() const { return maker_count_; }
  /// Segments with makers enough, ascending.
  [[nodiscard]] std::span<const SegmentId> segments() const { return segments_; }
  /// By segment of segments(): firms that make it, and units that do.
  [[nodiscard]] std::uint32_t makers(std::size_t number) const { return makers_[number]; }
  [[nodiscard]] std::uint32_t units(std::size_t number) const { return made_by_[number]; }
  /// Numbers of the segments that some firms make, ascending.
  [[nodiscard]] std::vector<std::uint32_t> made(std::span<const FirmId> firms) const;
  /// By segment: units that make it and segment `number` together; 0 for those in line with it.
  void together(std::size_t number, std::vector<std::uint32_t>& counts) const;

 private:
  [[nodiscard]] std::vector<std::uint32_t> all_made(FirmId firm) const;

  const Economy& economy_;
  double min_confidence_;
  Stopping stopping_;
  RelatednessUnit unit_ = RelatednessUnit::Regions;
  std::size_t maker_count_ = 0;
  std::vector<SegmentId> segments_;
  std::vector<std::uint32_t> number_;              // by segment; kNone when it has too few makers
  std::vector<std::uint32_t> makers_;              // by number
  std::vector<std::uint32_t> made_by_;             // by number
  std::vector<std::vector<std::uint32_t>> units_;  // by unit: numbers made, ascending
  std::vector<std::vector<std::uint32_t>> makers_of_;  // by number: units; over firms
  std::size_t words_ = 0;
  std::vector<std::uint64_t> bits_;  // by number: units, over regions
};

}  // namespace liantu
