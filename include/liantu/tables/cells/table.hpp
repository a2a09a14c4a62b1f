#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/run/progress.hpp"
#include "liantu/base/text/problem.hpp"

namespace LIANTU_API liantu {

/// Limits of one table, so that a wrong file ends in a message and not in a full memory.
struct TableLimits {
  std::uint64_t file_bytes = std::uint64_t{4} << 30;   ///< largest file; 1..2^40
  std::uint64_t row_bytes = std::uint64_t{16} << 20;   ///< longest row, decoded; 1..2^31
  std::uint64_t field_bytes = std::uint64_t{4} << 20;  ///< longest field, decoded; 1..2^31
  std::uint32_t columns = 4096;                        ///< most columns; 1..2^20
  std::uint32_t problems = 100'000;                    ///< most problems in rows; 1..2^30

  // Of workbooks.
  std::uint32_t sheet_rows = 1'048'576;                   ///< last row of a sheet; 1..2^24
  std::uint32_t entries = 10'000;                         ///< most files in it; 1..2^20
  std::uint32_t cells = 16'777'216;                       ///< most cells of its sheets; 1..2^31
  std::uint64_t inflated_bytes = std::uint64_t{1} << 29;  ///< once inflated; 1..2^40
  /// Most bytes that one byte of a file in it is inflated to, counted after the first MiB; 1..2^20
  std::uint32_t inflation = 200;

  /// Longest that a database may take to answer, in seconds; 1..86,400
  std::uint32_t query_seconds = 10;
};

/// Whether the first row of separated text names the columns.
enum class HeaderRow : std::uint8_t {
  First,
  None,  ///< every row is one of cells; columns are called `#1`, `#2` …, as many as the widest has
};

/// What is done about sheets and rows that a workbook hides.
enum class Hidden : std::uint8_t {
  PassOver,  ///< they are named and not read
  Read,
};

/// Options of read_table() and read_tables().
struct TableOptions {
  HeaderRow header = HeaderRow::First;  ///< of separated text; JSON names every cell
  /// Only this sheet of a workbook or table of a database, or what a database answers to
  /// `?query=SELECT …`; all sheets or tables when empty.
  std::string sheet;
  std::string format;  ///< TableFormat::name of standard input (`-`), which has no extension
  Hidden hidden = Hidden::PassOver;
  std::uint32_t header_row = 0;  ///< row of the headings' first line; 0: it is looked for
  std::string unit;              ///< unit of amounts whose heading has none: 万元
  /// Whether a text is the heading of a column, which helps to find the headings below titles;
  /// shape alone decides when it is empty.
  std::function<bool(std::string_view)> is_heading;
  TableLimits limits;
  std::stop_token stop;  ///< asks a long read to end early
  Progress progress;     ///< told about bytes read
};

/// One cell and where it stands in the file.
struct Cell {
  std::string_view text;     ///< decoded to UTF-8, quotes removed, blanks kept
  std::uint32_t line = 0;    ///< line of the file, from 1; row of a sheet
  std::uint32_t column = 0;  ///< character of that line, from 1; column of a sheet
};

struct TableBytes;

/// A table read into memory, in UTF-8, every cell knowing its place.
class Table {
 public:
  /// Name of the file as the user gave it, without folders above the one he named.
  [[nodiscard]] const std::string& file() const noexcept { return file_; }
  /// Sheet of a workbook, empty elsewhere.
  [[nodiscard]] const std::string& sheet() const noexcept { return sheet_; }
  /// The file, or file and sheet: `企业.csv`, `企业.xlsx#规上企业`.
  [[nodiscard]] std::string name() const { return sheet_.empty() ? file_ : file_ + "#" + sheet_; }
  /// Unit of amounts whose heading has none, as it stands above the table: `万元`; empty when
  /// nothing says it.
  [[nodiscard]] const std::string& unit() const noexcept { return unit_; }
  /// Encoding found: "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030".
  [[nodiscard]] const std::string& encoding() const noexcept { return encoding_; }
  /// XXH3-128 of the file's bytes, hexadecimal; empty when the table was not read from a file.
  [[nodiscard]] const std::string& digest() const noexcept { return digest_; }
  /// Column names, trimmed; a column without one is `#2` after its place in the row.
  [[nodiscard]] const std::vector<std::string>& columns() const noexcept { return columns_; }
  /// Place of a column's name; in JSON, of the first member that has it; without a header, of the
  /// first cell of the column.
  [[nodiscard]] InputPlace heading(std::size_t column) const;
  /// Place of the first heading; of the file when it has none.
  [[nodiscard]] InputPlace header() const;
  /// Index of a column by exact name.
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
  /// Number of rows below the header.
  [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
  /// A cell; row from 0. A row shorter than the header has empty cells at its end; a cell that
  /// the file does not have stands where its row starts.
  [[nodiscard]] Cell cell(std::size_t row, std::size_t column) const;
  /// Whether the cell was a list of values in JSON, which are joined by `;`.
  [[nodiscard]] bool is_list(std::size_t row, std::size_t column) const;
  [[nodiscard]] bool has_lists() const noexcept { return !lists_.empty(); }
  /// Whether the first row named the columns.
  [[nodiscard]] HeaderRow header_row() const noexcept { return header_row_; }
  /// The row's number as a spreadsheet shows it: the header is row 1, the first row below it 2;
  /// without a header the first is row 1. Blank rows (every cell empty) are left out but count.
  [[nodiscard]] std::uint32_t row_number(std::size_t row) const;
  /// Place of a cell for a message.
  [[nodiscard]] InputPlace place(std::size_t row, std::size_t column) const;
  /// Place of a row for a message.
  [[nodiscard]] InputPlace place(std::size_t row) const;
  /// What is wrong with single rows (too many cells, no object). A row with a problem of
  /// Severity::Error is left out.
  [[nodiscard]] const std::vector<Problem>& problems() const noexcept { return problems_; }

 private:
  friend class TableCutter;
  friend class TableWriter;
  friend std::vector<Table> parse_tables(TableBytes read, const TableOptions& options);
  struct RowStart {
    std::uint64_t text = 0;        ///< where in `text_` its first byte stands
    std::uint64_t first_cell = 0;  ///< index into `cells_`
    std::uint32_t cells = 0;
    std::uint32_t number = 0;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
  };
  struct CellStart {
    std::uint32_t offset = 0;  ///< from RowStart::text: rows are short, files are not
    std::uint32_t length = 0;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
  };
  struct HeadingStart {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
  };
  [[nodiscard]] const CellStart* find(const RowStart& row, std::size_t column) const;

  std::string file_;
  std::string sheet_;
  std::string encoding_;
  std::string digest_;
  std::string unit_;
  HeaderRow header_row_ = HeaderRow::First;
  std::uint32_t header_number_ = 1;          ///< row of the last line of the headings
  std::shared_ptr<const std::string> text_;  ///< what cells point into
  std::vector<std::string> columns_;
  std::vector<HeadingStart> headings_;  ///< parallel to `columns_`
  std::vector<RowStart> rows_;
  std::vector<CellStart> cells_;
  /// Column of each cell, ascending in a row; empty when a row's cells are its first columns.
  std::vector<std::uint32_t> cell_columns_;
  std::vector<std::uint64_t> lists_;  ///< cells that were lists, ascending
  std::vector<Problem> problems_;
};

}  // namespace liantu
