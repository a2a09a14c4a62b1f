#pragma once

#include "liantu/base/sheet.hpp"
#include "liantu/base/text.hpp"
#include "liantu/chain/gap_diff.hpp"
#include "liantu/chain/gaps.hpp"

namespace liantu {

/// Whether gaps that stayed the same are left out.
enum class ChangedOnly : bool { No, Yes };

/// What became of gaps, as a sheet: fate, segment, kinds before and after, amounts before and
/// after, yuan moved, needers and local makers before and after. The notes sum it up.
///
/// @param before, after  The reports that `diff` compares.
[[nodiscard]] Sheet change_sheet(const GapDiff& diff, const GapReport& before,
                                 const GapReport& after, Language language,
                                 ChangedOnly changed_only = ChangedOnly::Yes);

}  // namespace liantu
