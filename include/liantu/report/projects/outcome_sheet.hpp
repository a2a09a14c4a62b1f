#pragma once

#include <string>
#include <utility>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/projects/list_outcomes.hpp"
#include "liantu/report/words/sheet_options.hpp"

namespace LIANTU_API liantu {

/// How a former list turned out: hits by rank and grade, what each part told, what a score is worth.
///
/// @return  Name for JSON → sheet: `bands`, `parts`, `calibration`; a sentence says how far to trust
///          them, or why nothing is concluded.
[[nodiscard]] std::vector<std::pair<std::string, Sheet>> outcome_sheets(
    const ListOutcomes& outcomes, const SheetOptions& options);

}  // namespace liantu
