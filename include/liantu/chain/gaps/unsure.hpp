#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// A large firm of which nobody knows surely what it makes.
struct UnsureFirm {
  FirmId firm{0};
  double capital = 0;                ///< registered, CNY
  std::optional<SegmentId> segment;  ///< what it is taken to make; nothing when nothing tells
  double confidence = 0;             ///< of that

  friend bool operator==(const UnsureFirm&, const UnsureFirm&) = default;
};

/// Options of unsure_firms().
struct UnsureFirmOptions {
  RegionCode region;      ///< firms in it are looked at; all firms when unknown
  double sure = 0.7;      ///< a confidence from which on a sector is no question; [0, 1]
  std::size_t most = 10;  ///< firms told
};

/// The largest firms whose sector is inferred with little confidence, or not known at all: needs are
/// reckoned from sectors and sizes, so these decide a list, and stating what they make takes minutes.
/// Branches, holdings and firms without a registered capital are left out, and so are firms struck
/// off the register.
///
/// @return      Largest first, ties by name; none where the graph has no sectors of an input-output
///              table.
/// @throws Error{InvalidArgument} if `sure` lies outside its range.
/// @complexity  O(firms log firms + makes).
[[nodiscard]] std::vector<UnsureFirm> unsure_firms(const EnterpriseGraph& graph,
                                                   const UnsureFirmOptions& options = {});

}  // namespace liantu
