#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "liantu/base/text/error.hpp"
#include "liantu/tables/cells/table.hpp"

namespace liantu {

using Rows = std::vector<std::vector<std::string>>;

/// Texts of all cells.
inline Rows cells_of(const Table& table) {
  Rows rows(table.size());
  for (std::size_t row = 0; row < table.size(); ++row) {
    for (std::size_t column = 0; column < table.columns().size(); ++column) {
      rows[row].emplace_back(table.cell(row, column).text);
    }
  }
  return rows;
}

/// Row, line and column of every cell as `2@1:4`.
inline Rows places_of(const Table& table) {
  Rows rows(table.size());
  for (std::size_t row = 0; row < table.size(); ++row) {
    for (std::size_t column = 0; column < table.columns().size(); ++column) {
      const InputPlace place = table.place(row, column);
      rows[row].push_back(std::to_string(place.row) + "@" + std::to_string(place.line) + ":" +
                          std::to_string(place.column));
    }
  }
  return rows;
}

/// All problems in English.
inline std::vector<std::string> problems_of(const Table& table) {
  std::vector<std::string> lines;
  for (const Problem& problem : table.problems()) {
    lines.push_back(problem.to_string(Language::En));
  }
  return lines;
}

/// The error that a call ends in; nothing when it ends well.
inline std::optional<Error> error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

/// `InvalidData: message` of the error that a call ends in.
inline std::string failure_of(const std::function<void()>& call) {
  const std::optional<Error> error = error_of(call);
  if (!error) return "no error";
  switch (error->code()) {
    case ErrorCode::InvalidArgument:
      return std::string{"InvalidArgument: "} + error->what();
    case ErrorCode::InvalidData:
      return std::string{"InvalidData: "} + error->what();
    case ErrorCode::NotFound:
      return std::string{"NotFound: "} + error->what();
    case ErrorCode::Io:
      return std::string{"Io: "} + error->what();
    case ErrorCode::LimitReached:
      return std::string{"LimitReached: "} + error->what();
    case ErrorCode::Cancelled:
      return std::string{"Cancelled: "} + error->what();
  }
  return "unknown";
}

}  // namespace liantu
