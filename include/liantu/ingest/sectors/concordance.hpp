#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// Classifications of sectors that China's national input-output tables are published in.
enum class SectorScheme : std::uint8_t {
  China42,   ///< 42 sectors, tables of 2017, 2018 and 2020 and those of provinces
  China149,  ///< 149 sectors, table of 2017
  China153,  ///< 153 sectors, tables of 2018 and 2020
};
inline constexpr std::array kSectorSchemes = {SectorScheme::China42, SectorScheme::China149,
                                              SectorScheme::China153};

/// A sector of a national input-output table.
struct Sector {
  std::string_view code;  ///< `01` … `42`, `001` … `153`
  std::string_view zh;
  std::string_view en;
};

/// Sectors of a classification in the order in which tables list them.
[[nodiscard]] std::span<const Sector> sectors(SectorScheme scheme);

/// The sector that an industry belongs to.
///
/// @param industry  A code of GB/T 4754 as find_industry() reads it.
/// @return          Index into sectors(); nothing when there is no such code, or when a code above
///                  the level of a class spans several sectors.
/// @complexity      O(n), n the number of classes; O(log n) for a class.
/// @source          Sectors of the national tables are groups of GB/T 4754-2017;
///                  docs/concordance.md says which mappings the sectors' names leave open and how
///                  they are decided.
[[nodiscard]] std::optional<std::size_t> sector_of(std::string_view industry, SectorScheme scheme);

/// The industries that a sector holds: codes of GB/T 4754, as broad as can be, ascending; where one of
/// them lies below an industry of another sector, the narrower one counts (C325 beside C32).
///
/// @param sector  Index into sectors().
/// @complexity    O(n), n the number of rules.
[[nodiscard]] std::vector<std::string_view> industries_of(std::size_t sector, SectorScheme scheme);

/// The classification that a table's sectors are: as many, nine in ten of the same name at the same
/// place, in Chinese or in English.
///
/// @param names  What the table calls each of its sectors, in order; several names a sector.
[[nodiscard]] std::optional<SectorScheme> recognize_scheme(
    std::span<const std::array<std::string, 2>> names);

}  // namespace liantu
