#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// What is wrong with a row: one of a list of problems, and the cell it is about.
struct RowProblem {
  std::size_t problem = 0;            ///< index into the list of problems
  std::optional<std::size_t> column;  ///< of the table; nothing: the row as a whole

  friend bool operator==(const RowProblem&, const RowProblem&) = default;
};

/// A row in trouble, as it stands in its source; persons' identity numbers keep their first six
/// digits only.
struct ProblemRow {
  std::uint32_t number = 0;  ///< as a spreadsheet shows it
  std::vector<std::string> cells;
  std::vector<RowProblem> problems;  ///< in the order of the list

  friend bool operator==(const ProblemRow&, const ProblemRow&) = default;
};

/// The rows of one source that are in trouble.
struct ProblemTable {
  std::string file;
  std::string sheet;                 ///< of a workbook, empty elsewhere
  std::vector<std::string> columns;  ///< headings
  std::vector<ProblemRow> rows;      ///< ascending; each as long as `columns`

  friend bool operator==(const ProblemTable&, const ProblemTable&) = default;
};

}  // namespace liantu
