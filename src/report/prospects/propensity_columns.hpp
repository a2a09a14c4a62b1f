#pragma once

#include <vector>

#include "report/formats/column.hpp"
#include "report/prospects/prospect_columns.hpp"

namespace liantu {

/// Adds what a firm's propensity to come rests on: its place among all firms that may come, what
/// each factor adds, the rows of the table of arrivals and the sentence. Empty where nothing is
/// known.
///
/// @param table  Lives longer.
void add_propensity_columns(std::vector<Column<const Prospect*>>& columns,
                            const ProspectTable& table);

/// What the places by propensity are among, and of how many rows they are known.
[[nodiscard]] Text propensity_note(const ProspectList& list,
                                   const std::vector<const Prospect*>& rows);

/// `2;5;9`: rows of the table of arrivals.
[[nodiscard]] std::string arrival_rows(const std::vector<std::uint32_t>& rows);

}  // namespace liantu
