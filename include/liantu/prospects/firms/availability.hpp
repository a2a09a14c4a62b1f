#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/chain/firms/district.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// Whether a firm may be called to a district, whatever it makes.
enum class MayCome : std::uint8_t {
  Yes,
  Unlocated,  ///< its region is unknown, or too coarse to tell
  Present,  ///< on a site in the district, or through a branch that carries its name or a firm that
            ///< it controls there, through any number of firms: an expansion (增资扩产)
  StruckOff,  ///< no more on the register
  Closing,    ///< revoked, in liquidation, bankrupt or dissolved
  Inside,     ///< registered in the district
  Home,       ///< registered inside District::source_outside
};

/// What is said to people of a firm that may, or may not, come.
[[nodiscard]] Text may_come_text(MayCome may);

/// Whether a firm may come, and what it has in the district already.
struct Availability {
  MayCome may = MayCome::Yes;
  std::vector<FirmId> present;  ///< its branches and subsidiaries in the district, ascending
  std::optional<EdgeId> site;   ///< the first relation that puts it on a site in the district
};

/// Whether a firm may be called to a district: what ends it comes first, then what it has there
/// already, then where it stands. What does not hold at the data's date does not count, nor what a
/// firm owns less than half of.
///
/// @param graph     Any graph.
/// @param district  Its region is required.
/// @throws Error as complete_district() does.
/// @complexity      O(firms + the firms it controls). ProspectRanker decides the same of all firms in
///                  one pass.
[[nodiscard]] Availability availability(const EnterpriseGraph& graph, FirmId firm,
                                        const District& district);

}  // namespace liantu
