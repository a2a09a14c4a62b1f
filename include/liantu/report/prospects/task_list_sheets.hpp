#pragma once

#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/task_lists.hpp"
#include "liantu/report/words/sheet_options.hpp"

namespace LIANTU_API liantu {

/// The lists of task forces for the terminal: one sheet a list, as prospect_sheet() makes it, and one
/// of firms to be located first, those already present and those screened out, where there are any.
/// The notes of each say how many of those that belong to it are listed, and how many another list
/// takes; those of the last what all lists bring home together.
///
/// @param options  `most` cuts those screened out; all others are cut already.
[[nodiscard]] std::vector<Sheet> task_list_sheets(const EnterpriseGraph& graph,
                                                  const GapReport& report, const TaskLists& lists,
                                                  const SheetOptions& options = {});

/// All lists in one sheet, for programs and spreadsheets: the columns of prospect_sheet() behind one
/// that names the list; a firm on several lists has a row in each.
[[nodiscard]] Sheet task_list_table(const EnterpriseGraph& graph, const GapReport& report,
                                    const TaskLists& lists, const SheetOptions& options = {});

}  // namespace liantu
