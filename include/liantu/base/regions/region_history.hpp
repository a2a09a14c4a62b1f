#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/regions/region.hpp"

namespace LIANTU_API liantu {

/// A division while its code and its name stayed the same: 320826 涟水县 from 1983 on, 340181
/// 巢湖市 from 2011 on, 341400 巢湖市 from 1999 until before 2011.
struct RegionPeriod {
  RegionCode code;
  std::string_view name;
  int since = 0;  ///< first year; 1981 stands for 1981 and before, 0 for not known
  int until = 0;  ///< first year in which it was no more; 0 while it is in force

  friend bool operator==(const RegionPeriod&, const RegionPeriod&) = default;
};

/// All divisions that ever had a code, since 1981, ascending by year; several when the code was
/// given anew or the division renamed.
[[nodiscard]] std::vector<RegionPeriod> region_periods(RegionCode code);

/// What a division of any year since 1981 is now.
///
/// @param code  A code of GB/T 2260, in force or not.
/// @param year  Year in which the code was in use, which tells apart the divisions that had it one
///              after another; 0 when it is not known: the one in force, else the last one.
/// @return      The division in force that it became. When it went over on several: the one that
///              goes on under its name, else the narrowest division that holds them all (its city
///              or province). Unknown when no division ever had the code.
/// @complexity  O(log n) in the size of the table.
/// @source      GB/T 2260 and the changes published since 1981.
[[nodiscard]] RegionCode region_now(RegionCode code, int year = 0);

/// All divisions in force on which the area of a division went over; itself when it is in force.
/// Parameters as of region_now(). Ascending; of a prefecture the cities to which its counties went.
[[nodiscard]] std::vector<RegionCode> region_heirs(RegionCode code, int year = 0);

/// What a division in force was in a year: the divisions of that year that became it, ascending by
/// code. Its area may have been only a part of each.
[[nodiscard]] std::vector<RegionPeriod> region_then(RegionCode now, int year);

/// Whether a division in force, or one of those that became it, ever lay in another: 重庆市大渡口区
/// in 四川省 until 1997. What is in force in it lies in it, too.
///
/// @param above  A code of any year.
/// @complexity   Linear in the size of the table.
[[nodiscard]] bool region_lay_in(RegionCode now, RegionCode above);

/// Name with all levels above it as they were in a year: `安徽省巢湖市庐江县` for 341421 in 2005.
///
/// @param year  0 for the last year in which a division had the code.
/// @return      Empty when no division had the code in that year.
[[nodiscard]] std::string region_full_name(RegionCode code, int year);

}  // namespace liantu
