#pragma once

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/prospects/arrivals/place_propensity.hpp"
#include "liantu/prospects/prospects.hpp"
#include "liantu/report/words/sheet_options.hpp"

namespace LIANTU_API liantu {

/// Adds to a list what speaks for each firm's coming: its place among all firms that may come, the
/// propensity in [0, 1], what each factor adds, the sentence and the rows of the table of arrivals
/// that it rests on; where the form is brief, the place and the sentence. Empty where nothing is
/// known. Beside the score, no part of it.
///
/// @param sheet    What prospect_sheet() made of the list with the same options.
/// @param options  See prospect_sheet().
void add_propensity(Sheet& sheet, const ProspectList& list, const PlacePropensity& propensity,
                    const SheetOptions& options);

}  // namespace liantu
