#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "liantu/base/files/sheet.hpp"
#include "report/formats/json_output.hpp"
#include "report/formats/stopped.hpp"

namespace liantu {

/// Where a column is shown: the forms of a list as a set, and its place in the row.
using Shown = unsigned;
inline constexpr Shown kNowhere = 0;
inline constexpr Shown kBrief = 1;  ///< the table for the terminal, the page of a workbook to read
inline constexpr Shown kFull = 2;   ///< CSV, the page of a workbook to reckon with
inline constexpr Shown kJson = 4;
inline constexpr Shown kSheets = kBrief | kFull;
inline constexpr Shown kLead = 8;    ///< names its row, see SheetColumn::lead
inline constexpr Shown kBelow = 16;  ///< people read it below its row, where the form is brief

/// One column of a list in every form: what it is called, where it is shown and what stands in it.
/// The list of columns is the only place that knows a column; each form shows its own in the order
/// of that list. A key stands twice in it when two forms show it differently or elsewhere.
template <typename Row>
struct Column {
  using Cell = std::function<SheetCell(const Row&)>;
  using Member = std::function<void(JsonOutput&, std::string_view key, const Row&)>;

  Column(std::string name, Text title, CellKind what, Shown where, Cell says, Member more = {})
      : key(std::move(name)),
        heading(std::move(title)),
        kind(what),
        shown(where),
        cell(std::move(says)),
        member(std::move(more)) {}
  /// Members that only JSON has.
  Column(std::string name, Cell says, CellKind what, Shown where = kJson)
      : key(std::move(name)), kind(what), shown(where), cell(std::move(says)) {}
  Column(std::string name, Member more, Shown where = kJson)
      : key(std::move(name)), shown(where), member(std::move(more)) {}

  std::string key;  ///< stable name for programs
  Text heading;     ///< empty where only JSON shows it
  CellKind kind = CellKind::Text;
  Shown shown = kNowhere;
  Cell cell;
  Member member;  ///< writes the JSON member where it is more than the cell; it may leave it out
};

/// The sheet of one form: headings of the columns it shows, and a line of cells for each row.
///
/// @throws Error{Cancelled} if `stop` asks a long one to end early.
template <typename Row, typename Rows = std::vector<Row>>
[[nodiscard]] Sheet sheet_of(const std::vector<Column<Row>>& columns, Shown form, const Rows& rows,
                             const std::stop_token& stop = {}) {
  Sheet sheet;
  for (const Column<Row>& one : columns) {
    if ((one.shown & form) == 0) continue;
    sheet.columns.push_back({one.key, one.heading, one.kind, (one.shown & kLead) != 0,
                             form == kBrief && (one.shown & kBelow) != 0});
  }
  for (const Row& row : rows) {
    if (sheet.rows.size() % kRowsApart == 0) check_stop(stop, kWritingStopped);
    auto& cells = sheet.rows.emplace_back();
    for (const Column<Row>& one : columns) {
      if ((one.shown & form) != 0) cells.push_back(one.cell(row));
    }
  }
  return sheet;
}

/// A row as a JSON object.
template <typename Row>
void write_object(JsonOutput& out, const std::vector<Column<Row>>& columns, const Row& row) {
  out.open_object();
  for (const Column<Row>& one : columns) {
    if ((one.shown & kJson) == 0) continue;
    one.member ? one.member(out, one.key, row) : out.member_cell(one.key, one.cell(row), one.kind);
  }
  out.close_object();
}

}  // namespace liantu
