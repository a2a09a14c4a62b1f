#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/regions/region_history.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// What a table says about where a firm is; empty where it says nothing.
struct LocationClues {
  std::string_view region;  ///< a region code or a division's name
  std::string_view address;
  std::string_view province;
  std::string_view city;
  std::string_view district;
  std::string_view credit_code;  ///< canonical form
  std::string_view name;
  int year = 0;  ///< of the row, which tells apart divisions that had a code or a name one after
                 ///< another; 0 when not known
};

/// Two clues that name different regions.
struct LocationConflict {
  Text kept;  ///< the clue that decided, e.g. "address"
  RegionCode kept_region;
  Text other;  ///< the clue that was overruled, e.g. "credit code"
  RegionCode other_region;
};

/// A former division that was divided between several, so that only what holds them all is sure.
struct DividedRegion {
  Text clue;  ///< what names it, e.g. "address"
  RegionPeriod written;
  std::vector<RegionCode> heirs;  ///< between which it was divided, ascending
};

/// Where a firm is, and what speaks against it.
struct Location {
  RegionFigure region;  ///< Basis::Stated from a code column, an address or a stated district;
                        ///< Inferred from code or name
  std::vector<LocationConflict> conflicts;
  std::optional<DividedRegion> divided;  ///< why `region` is no narrower
  bool region_understood = true;         ///< whether the stated region, if any, names a division
};

/// Decides a firm's region: a stated region, then the address, then the stated province, city and
/// district read together, then the credit code, then the name. A later clue that names a part of
/// an earlier one's region makes it finer; one that names another region is a conflict, but for the
/// name, which may carry any place. A branch's name tells its own place, never its head's. Former
/// divisions count as what they are now.
///
/// @return  An unknown region when no clue names one. Conflicts also of one address that names two
///          divisions, and of columns that contradict each other.
/// @complexity  Linear in the clues.
[[nodiscard]] Location locate(const LocationClues& clues);

}  // namespace liantu
