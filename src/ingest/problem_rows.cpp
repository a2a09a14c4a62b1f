#include "ingest/problem_rows.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/core/hash_map.hpp"

namespace liantu {
namespace {

using Spot = std::pair<std::uint32_t, std::uint32_t>;  // line and column, or row and column

Spot spot(const InputPlace& place) {
  return {place.row != 0 ? place.row : place.line, place.column};
}

// Of the rows the last that begins at or before the place; nothing above the first row.
std::optional<std::size_t> row_at(const Table& table, const InputPlace& place) {
  const auto starts_after = [&](std::size_t row) {
    const InputPlace start = table.place(row);
    // A cell of a sheet may stand to the left of what the table's row begins with.
    if (place.row != 0) return start.row > place.row;
    return spot(start) > spot(place);
  };
  std::size_t low = 0;
  std::size_t high = table.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    (starts_after(middle) ? high = middle : low = middle + 1);
  }
  if (low == 0) return std::nullopt;
  const std::size_t row = low - 1;
  const bool in_sheet = place.row != 0;
  if (in_sheet && table.place(row).row != place.row) return std::nullopt;
  return row;
}

std::optional<std::size_t> column_at(const Table& table, std::size_t row, const Problem& problem) {
  if (problem.field.empty()) return std::nullopt;
  std::optional<std::size_t> by_place;
  for (std::size_t column = 0; column < table.columns().size(); ++column) {
    if (spot(table.place(row, column)) != spot(problem.place)) continue;
    if (table.columns()[column] == problem.field) return column;
    if (!by_place) by_place = column;
  }
  return by_place;
}

// Tables of one sheet stand side by side or one below the other.
bool holds(const Table& table, const Problem& problem) {
  return table.file() == problem.place.file && table.sheet() == problem.place.sheet &&
         (problem.place.row != 0 || problem.place.line != 0);
}

}  // namespace

std::vector<ProblemTable> rows_of_problems(const std::vector<Problem>& problems,
                                           std::span<InputTable> tables) {
  std::vector<const Table*> sources;  // one may be read as several meanings
  for (InputTable& table : tables) {
    const Table* source = &table.reader().table();
    if (std::ranges::find(sources, source) == sources.end()) sources.push_back(source);
  }
  std::vector<ProblemTable> found;
  HashMap<std::size_t, bool> placed;  // problems of a column that a table has
  for (const Table* source : sources) {
    std::map<std::size_t, std::vector<RowProblem>> rows;
    for (std::size_t i = 0; i < problems.size(); ++i) {
      if (!holds(*source, problems[i]) || placed.contains(i)) continue;
      const auto row = row_at(*source, problems[i].place);
      if (!row) continue;
      const auto column = column_at(*source, *row, problems[i]);
      // Of tables side by side the one that has the cell.
      if (!problems[i].field.empty() && !column && problems[i].place.row != 0) continue;
      placed.try_emplace(i, true);
      rows[*row].push_back({i, column});
    }
    if (rows.empty()) continue;
    ProblemTable& table = found.emplace_back();
    table.file = source->file();
    table.sheet = source->sheet();
    table.columns = source->columns();
    for (auto& [row, wrong] : rows) {
      ProblemRow& kept = table.rows.emplace_back();
      kept.number = source->row_number(row);
      for (std::size_t column = 0; column < table.columns.size(); ++column) {
        kept.cells.push_back(without_identity(source->cell(row, column).text));
      }
      kept.problems = std::move(wrong);
    }
  }
  return found;
}

}  // namespace liantu
