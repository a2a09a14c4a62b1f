#pragma once

#include <span>
#include <vector>

#include "ingest/rows/input_tables.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/base/text/problem_rows.hpp"

namespace liantu {

/// The rows that problems stand in, by table in the order of the tables. A problem of a heading, a
/// file or a row that no table kept is in none.
/// @complexity  O(p log r + c), p problems, r rows of a table, c cells of the rows found.
[[nodiscard]] std::vector<ProblemTable> rows_of_problems(const std::vector<Problem>& problems,
                                                         std::span<InputTable> tables);

}  // namespace liantu
