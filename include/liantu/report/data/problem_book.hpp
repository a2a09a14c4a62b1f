#pragma once

#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/base/text/problem_rows.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// Problems as sheets that a person works through: how many there are of each kind and where the
/// first stands; those that stand in no row, of files and headings; and for each source the rows in
/// trouble, in its order, with the row's number, what is wrong, how to mend it, and the cells as
/// they stand in the source, the ones in trouble marked. Of several problems of a row each takes a
/// line. A source has at most 100,000 rows; its notes say how many more there are.
///
/// @param tables    Their rows point into `problems`. Sources without a row have no sheet.
/// @param language  Of words inside cells; headings carry both.
/// @return          At least the first.
/// @complexity      Linear in the cells.
[[nodiscard]] std::vector<Sheet> problem_book(const std::vector<Problem>& problems,
                                              const std::vector<ProblemTable>& tables,
                                              Language language);

}  // namespace liantu
