#pragma once

#include <string_view>

#include "liantu/base/core/export.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/regions/region_history.hpp"

namespace LIANTU_API liantu {

/// Which division a text names.
struct RegionReading {
  RegionCode region;  ///< division in force; unknown when the text names none
  RegionPeriod
      written;  ///< the division as the text has it, perhaps a former one: 341421 庐江县 in
                ///< 巢湖市; that of `region` where the text names it by a zone or a town
  RegionCode against;  ///< another division in force that the text names and that neither holds
                       ///< `region` nor lies in it; mostly unknown
};

/// Reads the division that a text names, as find_region() does, and tells what find_region() leaves
/// out: the words' own division and what in the text contradicts.
///
/// @param text    An address, a firm's name or a stated district. Levels may be left out, said
///                twice, in another order, with the rank of another level (广西省) or in
///                traditional characters; divisions of any year since 1981 count, and zones
///                (外高桥保税区) and towns lead to the county they stand in.
/// @param within  Division in force in which to look; unknown for the whole country.
/// @param year    Year of the text, which tells apart divisions that had a name one after another;
///                0 when it is not known: a division in force comes before former ones.
/// @complexity    Linear in the text.
/// @source        GB/T 2260 and the changes published since 1981.
[[nodiscard]] RegionReading read_region(std::string_view text, RegionCode within = {},
                                        int year = 0);

}  // namespace liantu
