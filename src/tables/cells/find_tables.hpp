#pragma once

#include <cstdint>
#include <vector>

#include "liantu/tables/cells/table.hpp"

namespace liantu {

/// Cells of a sheet that are shown as one; rows and columns from 1.
struct MergedCells {
  std::uint32_t first_row = 0;
  std::uint32_t first_column = 0;
  std::uint32_t last_row = 0;
  std::uint32_t last_column = 0;
};

/// Whether rows that no heading is known of may be headings for their shape alone.
enum class ByShape : std::uint8_t { Yes, No };

/// Finds the tables in a sheet as people make it: below titles and a line with the unit, with
/// headings of one to three lines, one table below another or beside it. Rows that repeat the
/// headings, titles between, captions of groups and footnotes are left out, each with a Note; text
/// in cells merged over several rows belongs to each of these, a number only to the first.
///
/// @param sheet    All cells, without headings: the index of a cell in its row, or its column where
///                 cells are missing, is its column in the sheet.
/// @param merges   Merged cells of the sheet.
/// @param options  is_heading, header_row, unit and limits count.
/// @param shape    Whether headings may be found by their shape, too.
/// @return         Tables from top to bottom, then from left to right; those of a sheet all have
///                 its problems behind the first of them. None when no cell holds anything.
/// @throws Error{InvalidData} if header_row is no row of the sheet; Error{LimitReached}.
/// @complexity  Linear in the cells.
[[nodiscard]] std::vector<Table> find_tables(Table sheet, const std::vector<MergedCells>& merges,
                                             const TableOptions& options, ByShape shape);

/// The sheet as one table of cells, whose columns are called `#1`, `#2` … (HeaderRow::None).
[[nodiscard]] Table whole_sheet(Table sheet, const TableOptions& options);

/// Adds a problem to those of a table.
void add_problem(Table& table, Problem problem);

/// Leaves out rows that repeat the headings, each with a Note.
void drop_repeated_headings(Table& table);

/// The unit of money that a line above a table names: `万元` of `单位：万元`,
/// `（金额单位：人民币万元）` and `万元`; empty when it names none.
[[nodiscard]] std::string unit_in(std::string_view text);

}  // namespace liantu
