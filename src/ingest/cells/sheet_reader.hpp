#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "liantu/base/regions/region.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/base/values/date.hpp"
#include "liantu/ingest/cells/fields.hpp"
#include "liantu/ingest/cells/mapping.hpp"
#include "liantu/tables/cells/table.hpp"

namespace liantu {

/// Index of a field among fields(meaning); their number when the meaning lacks it.
[[nodiscard]] std::size_t field_index(const TableMeaning& meaning, std::string_view key);

/// A cell as people may be shown it: a person's number keeps its first six digits only.
[[nodiscard]] std::string without_identity(std::string_view cell);

/// The column of a table that a mapping names: the heading just so, else the one that is the same
/// but for year and unit, of several that of the latest year; nothing when there is none.
[[nodiscard]] std::optional<std::size_t> find_mapped_column(const Table& table,
                                                            const std::string& name);

/// Reads one table's rows by field, checks each value and reports what is wrong with it. A faulty
/// value is dropped and its row stands (a Warning), unless the field is required (an Error).
class SheetReader {
 public:
  /// @param mapping   How the columns feed fields; null when headings decide.
  /// @param problems  Where faults go.
  /// @throws Error{InvalidData} if a required field or a mapped column is missing.
  SheetReader(const Table& table, const TableMeaning& meaning, const TableMapping* mapping,
              std::vector<Problem>& problems);

  [[nodiscard]] const Table& table() const { return table_; }
  [[nodiscard]] const TableMeaning& meaning() const { return meaning_; }
  /// How the table is mapped; null when headings decide.
  [[nodiscard]] const TableMapping* mapping() const { return mapping_; }

  /// Goes to a row; false when the mapping's `where` does not want it.
  bool go(std::size_t row);
  /// Index of a field of this meaning; one that the meaning lacks reads as empty.
  [[nodiscard]] std::size_t field(std::string_view key) const { return field_index(meaning_, key); }
  /// Whether any column or constant feeds the field.
  [[nodiscard]] bool has(std::size_t field) const;

  /// Heading of the column that feeds a field; empty when none does.
  [[nodiscard]] std::string_view heading(std::size_t field) const;

  /// The cell's words, trimmed, `="441302"` being 441302; empty when it is missing (`N/A`, `-`,
  /// `无` …).
  [[nodiscard]] std::string_view words(std::size_t field) const;
  [[nodiscard]] std::vector<std::string_view> list(std::size_t field) const;
  /// The words of a field that holds codes; reported and empty when a spreadsheet made a number
  /// (9.15E+17) or a date (3月13日) of the code.
  [[nodiscard]] std::string_view code_words(std::size_t field);
  /// The words of a field that holds an industry; as code_words(), and no date of any form.
  [[nodiscard]] std::string_view industry_words(std::size_t field);
  [[nodiscard]] std::string credit_code(std::size_t field);
  [[nodiscard]] std::optional<RegionCode> region(std::size_t field);
  [[nodiscard]] std::optional<double> money(std::size_t field);
  [[nodiscard]] std::optional<double> number(std::size_t field);
  [[nodiscard]] std::optional<double> share(std::size_t field);
  /// Whether the last amount, number or share that was read is the middle of a range, a bound or
  /// an approximate value, which has been reported.
  [[nodiscard]] bool rough() const { return rough_; }
  /// Year that a field's figures are of: that of the column's heading, else the row's own date of
  /// observation; 0 when neither tells.
  [[nodiscard]] int year(std::size_t field, const Date& as_of) const;
  [[nodiscard]] Date date(std::size_t field);
  [[nodiscard]] std::optional<bool> flag(std::size_t field);
  [[nodiscard]] std::optional<Basis> basis(std::size_t field);

  /// Whether the field names somebody, so that the row can be used at all; reports a row without a
  /// name and one that is a sum of others.
  bool named(std::size_t field);

  /// Place of a field's cell in the current row, or of the row when no column feeds it.
  [[nodiscard]] InputPlace place(std::size_t field) const;
  [[nodiscard]] InputPlace place() const;
  /// Row number as a spreadsheet shows it.
  [[nodiscard]] std::uint32_t row_number() const;

  /// The columns that feed fields, as a mapping has them: without year, for next year's table has
  /// another.
  [[nodiscard]] std::vector<MappedColumn> found_columns() const;

  /// Whether a column feeds a field or decides which rows are wanted.
  [[nodiscard]] bool uses(std::size_t column) const;
  /// What the mapping's `where` asks of rows, `yr = 2010`; empty when every row is wanted.
  [[nodiscard]] std::string wanted_rows() const;

  /// Reports something about a field of the current row.
  void report(Severity severity, std::string_view kind, std::size_t field, Text what, Text remedy);
  /// Reports something about the table as a whole.
  void report(Problem problem) { problems_.push_back(std::move(problem)); }

 private:
  struct Feed {
    std::size_t column = 0;
    bool from_column = false;
    double multiplier = 1;
    bool unit_stated = false;   // by its heading or the mapping
    bool nested = false;        // whether the current row has nested JSON there
    bool list = false;          // whether the current row has several values where one belongs
    std::string unit;           // of numbers without one of their own
    int year = 0;               // that the heading names
    bool serials_told = false;  // whether a date as a number has been reported
    std::string until;
    std::string_view fixed;  // points into the mapping: words() may outlive the reader
  };

  void feed_by_mapping();
  void feed_by_headings();
  [[nodiscard]] std::size_t mapped_column(const std::string& name) const;
  void feed_from(std::size_t field, std::size_t column);
  void refuse_unit(std::size_t field, std::size_t column, std::string_view unit);
  void note_unread(std::size_t column);
  void note_double(std::size_t column, std::size_t kept, const Field& field);
  [[nodiscard]] bool repeats_heading(std::size_t field, std::string_view text) const;
  void apply_unit();
  void find_lists();
  static void split_list(std::string_view words, std::vector<std::string_view>& parts);
  // A number times the heading's multiplier, which a unit or a per cent sign of its own makes
  // needless.
  [[nodiscard]] std::optional<double> scaled_number(std::size_t field, std::string_view text) const;
  // What `read` makes of a rough value, which is reported; nothing when there is none.
  template <typename Read>
  std::optional<double> rough_value(std::size_t field, std::string_view text, const Read& read);
  void fault_of_spreadsheet(std::string_view kind, std::size_t field);
  bool fault_of_dates(std::string_view kind, std::size_t field);
  void fault(std::string_view kind, std::size_t field, Text what, Text remedy);

  const Table& table_;
  TableMeaning meaning_;
  const TableMapping* mapping_;
  std::vector<Problem>& problems_;
  std::vector<Feed> feeds_;  // parallel to fields(meaning), and the empty one behind them
  std::vector<std::pair<std::size_t, std::string>> where_;
  std::size_t row_ = 0;
  bool rough_ = false;
  std::size_t total_row_ = ~std::size_t{0};  // the last that was said to be a sum
  std::size_t rows_seen_ = 0;                // whose lists have been reported
};

}  // namespace liantu
