#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// How a column of a Sheet is to be shown.
enum class CellKind : std::uint8_t {
  Text,    ///< words
  Code,    ///< digits that are no number (credit codes, region codes): spreadsheets must not turn
           ///< them into one
  Number,  ///< plain number
  Money,   ///< CNY; headings say the unit
  Share,   ///< fraction of 1, shown in per cent to people
};

/// A cell: nothing, words or a number. Nothing prints as `-` to people and as an empty field to
/// machines.
using SheetCell = std::variant<std::monostate, std::string, double>;

/// One column of a Sheet.
struct SheetColumn {
  std::string key;  ///< stable machine name, e.g. "leakage_max"
  Text heading;     ///< heading with its unit, e.g. "leakage, CNY/year" / "外购额（元/年）"
  CellKind kind = CellKind::Text;
  bool lead = false;   ///< names its row: the last to leave the row's line on a narrow terminal
  bool below = false;  ///< people read it below its row, however wide the terminal

  // How a workbook shows it:
  std::size_t width = 0;      ///< in characters; 0: by content
  bool fill_in = false;       ///< yellow, for people to write in
  std::vector<Text> choices;  ///< of a column to fill in: what may be chosen
  bool bar = false;           ///< each number as a bar beside the others
  bool grade = false;         ///< A green, B yellow, C grey
};

/// A cell that a workbook colours after what is wrong with it.
struct MarkedCell {
  std::size_t row = 0;
  std::size_t column = 0;
  Severity severity = Severity::Error;

  friend bool operator==(const MarkedCell&, const MarkedCell&) = default;
};

/// A table on its way out, independent of any format.
struct Sheet {
  Text title;
  std::vector<SheetColumn> columns;
  std::vector<std::vector<SheetCell>> rows;  ///< each as long as `columns`
  std::vector<Text> notes;                   ///< sentences said below the rows
  std::vector<Text> head;                    ///< sentences that a workbook shows below the title
  std::vector<Text> summary;             ///< sentences said above the rows where people read, and
                                         ///< before the notes where the first line is the headings
  std::vector<MarkedCell> marked = {};   ///< of one cell marked twice the last counts
  std::vector<std::size_t> blocks = {};  ///< rows, ascending, that each head a block, which a
                                         ///< workbook keeps on one page where it fits
};

}  // namespace liantu
