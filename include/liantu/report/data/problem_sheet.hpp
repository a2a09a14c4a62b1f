#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/base/text/problem_rows.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/report/words/run_info.hpp"

namespace LIANTU_API liantu {

/// What a Problem's kind is called, for summaries: `credit-code` is "credit codes" / "信用代码";
/// the word itself when it has no other name.
[[nodiscard]] Text problem_kind_text(std::string_view kind);

/// Problems as a sheet: severity, place, field, value, what, remedy, in the order given.
///
/// @param tables  Rows in trouble, which point into `problems`: adds the row's number and its cells
///                as `heading=cell; …`; without them these columns are not there.
[[nodiscard]] Sheet problem_sheet(const std::vector<Problem>& problems, Language language,
                                  const std::vector<ProblemTable>& tables = {});

/// Problems as JSON, schema `liantu.problems/1`.
///
/// @param tables  Rows in trouble, which point into `problems`: member `sources` (file, sheet,
///                columns, rows with row, cells and the numbers of their problems, from 0), cells
///                cut at 4,000 bytes; without them it is not there.
[[nodiscard]] std::string problems_json(const std::vector<Problem>& problems, const RunInfo& run,
                                        const std::vector<ProblemTable>& tables = {});

}  // namespace liantu
