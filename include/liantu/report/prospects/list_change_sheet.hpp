#pragma once

#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/files/written_list.hpp"
#include "liantu/prospects/list_changes.hpp"
#include "liantu/report/words/run_info.hpp"
#include "liantu/report/words/sheet_options.hpp"

namespace LIANTU_API liantu {

/// Whether firms whose rank stayed and whose row is as it was are left out.
enum class MovedOnly : bool { No, Yes };

/// What became of the firms of a list: fate, firm, code, ranks and scores before and after, why.
/// The summary counts the fates and names the input files that changed.
///
/// @param changes        What compare_lists() returned for the two lists.
/// @param before, after  These lists.
[[nodiscard]] Sheet list_change_sheet(const ListChanges& changes, const WrittenList& before,
                                      const WrittenList& after, const SheetOptions& options = {},
                                      MovedOnly moved_only = MovedOnly::Yes);

/// The same as a document of JSON, firms that stayed as they were among them.
[[nodiscard]] std::string list_changes_json(const ListChanges& changes, const WrittenList& before,
                                            const WrittenList& after, const RunInfo& run);

}  // namespace liantu
