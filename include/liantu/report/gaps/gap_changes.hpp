#pragma once

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/chain/gaps/gap_diff.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/report/words/sheet_options.hpp"

namespace LIANTU_API liantu {

/// Whether gaps that stayed the same are left out.
enum class ChangedOnly : bool { No, Yes };

/// What became of gaps, as a sheet: fate, segment, kinds before and after, why it is weak now,
/// upper end of the leakage before and after and the yuan moved, its lower end likewise, needers
/// and local makers before and after; brief, the leakage as its range and counts as `1 → 2`. The
/// summary says how many gaps there are of each fate and sums the yuan up.
///
/// @param before, after  The reports that `diff` compares.
[[nodiscard]] Sheet change_sheet(const GapDiff& diff, const GapReport& before,
                                 const GapReport& after, const SheetOptions& options = {},
                                 ChangedOnly changed_only = ChangedOnly::Yes);

/// How many gaps opened, closed and stayed, and what is bought outside before and after, in one row
/// for programs.
[[nodiscard]] Sheet change_total_sheet(const GapDiff& diff);

}  // namespace liantu
