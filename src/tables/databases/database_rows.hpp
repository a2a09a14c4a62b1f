#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "liantu/base/text/text.hpp"
#include "liantu/tables/cells/table.hpp"
#include "tables/cells/table_writer.hpp"

namespace liantu {

/// What is read of a database, as `?table=…` and `?query=…` say it; see TableOptions::sheet.
struct DatabaseSelection {
  std::string table;  ///< empty: all, or a query
  std::string query;
};

[[nodiscard]] DatabaseSelection selection_of(const std::string& sheet);

/// Refuses what is not one statement that reads.
///
/// @param file  Name used in messages.
/// @throws Error{InvalidData} that says what is allowed.
void refuse_writing(std::string_view query, const std::string& file);

/// Words of a database as messages may show them: what is not UTF-8 becomes `?`.
[[nodiscard]] std::string shown(std::string_view words);

/// How long a database may take, and whether somebody asked to stop.
class QueryDeadline {
 public:
  QueryDeadline(const std::string& file, const TableOptions& options);

  /// Whether time is over or a stop was asked for; fit for callbacks, which must not throw.
  [[nodiscard]] bool over() const;
  /// @throws Error{LimitReached}, Error{Cancelled}.
  void check() const;

 private:
  std::string file_;
  std::uint32_t seconds_;
  std::stop_token stop_;
  std::chrono::steady_clock::time_point end_;
};

/// Makes a table of the rows that a database answers with.
class DatabaseRows {
 public:
  /// @param sheet  Name of the table, `query` for the answer to a query.
  /// @param bytes  Size of what is read, for progress.
  DatabaseRows(const std::string& file, const std::string& sheet, const TableOptions& options,
               std::uint64_t bytes);

  /// @throws Error{InvalidData} if its name is not text; Error{LimitReached}.
  void add_column(std::string_view name);
  /// @param number  Of the row: its key or its place in the answer; ascending.
  void begin_row(std::uint32_t number);
  /// The next cell is empty.
  void add_nothing() { ++column_; }
  /// @throws Error{LimitReached}.
  void add_text(std::string_view text);
  void add_integer(std::int64_t value);
  void add_real(double value);
  /// A cell whose content is not text.
  void add_unreadable();
  void end_row();
  [[nodiscard]] std::size_t rows() const { return writer_.rows(); }
  [[nodiscard]] Table finish();

 private:
  void add_cell(std::size_t begin);

  TableWriter writer_;
  std::string text_;
  std::string stored_;
  std::uint64_t cells_ = 0;
  std::uint64_t row_text_ = 0;
  std::uint32_t number_ = 0;
  std::uint32_t column_ = 0;
  std::uint64_t unreadable_ = 0;
};

}  // namespace liantu
