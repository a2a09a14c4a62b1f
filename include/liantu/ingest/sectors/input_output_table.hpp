#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/ingest/sectors/concordance.hpp"
#include "liantu/tables/cells/table.hpp"

namespace LIANTU_API liantu {

/// Options of read_input_output_table().
struct InputOutputOptions {
  double tolerance = 0.001;  ///< how far a sum may lie from the total stated, as a fraction of the
                             ///< larger of the two; a table of whole numbers gets half a unit a
                             ///< number on top; [0, 1)
};

/// What is known about the part of an input that is imported.
enum class ImportTreatment : std::uint8_t {
  Stated,        ///< the table has blocks of domestic and of imported flows
  Proportional,  ///< every user is taken to import the same share of an input: imports / (gross
                 ///< output − exports + imports); an estimate
  Unknown,       ///< the table says nothing of imports
};

/// A sector of an input-output table. Amounts in the table's unit.
struct InputOutputSector {
  std::string code;                 ///< `01`; empty when the table has none
  std::string zh;                   ///< name in Chinese; empty when the table has none
  std::string en;                   ///< name in English; empty when the table has none
  std::uint32_t row = 0;            ///< row of its (domestic) flows, the header being row 1
  double gross_output = 0;          ///< ≥ 0
  std::optional<double> imports;    ///< ≥ 0
  std::optional<double> exports;    ///< ≥ 0
  std::optional<double> final_use;  ///< exports included

  /// Chinese name, else English, else code.
  [[nodiscard]] const std::string& name() const;

  friend bool operator==(const InputOutputSector&, const InputOutputSector&) = default;
};

/// What a yuan of a sector's output takes of an input.
struct InputCoefficient {
  std::uint32_t product = 0;  ///< index of the sector that buys
  std::uint32_t input = 0;    ///< index of the sector bought from; may be the same
  double value = 0;           ///< flow / gross output of the product, > 0; imports included
  std::optional<double> import_share;  ///< imported part of the flow, [0, 1]

  friend bool operator==(const InputCoefficient&, const InputCoefficient&) = default;
};

/// An input-output table and what is wrong with it.
struct InputOutputTable {
  std::vector<InputOutputSector> sectors;      ///< in the order of the table
  std::vector<InputCoefficient> coefficients;  ///< by product, then input; zeros left out
  ImportTreatment imports = ImportTreatment::Unknown;
  InputPlace heading;                  ///< of the row of headings that the sectors' rows repeat
  std::optional<double> unit;          ///< CNY that 1 in the table stands for, where it says so
  int year = 0;                        ///< that a title above the sectors states, else 0
  std::optional<SectorScheme> scheme;  ///< the national classification that its sectors are
  std::vector<Problem> problems;       ///< an Error makes the whole table unusable

  /// Whether no problem is an Error.
  [[nodiscard]] bool usable() const;
};

/// Whether a table is an input-output table: headings repeat, one after the other, what stands in a
/// column before them (codes or names of sectors), and two totals of such tables are there
/// (中间使用 合计, 总产出, 中间投入合计, 增加值合计, 总投入 or their English names or codes, or
/// 合计 under or beside their group). Titles, units and more headings may stand above the sectors.
[[nodiscard]] bool is_input_output_table(const Table& table);

/// Reads an input-output table as statistics offices publish it: a row and a column a sector, in
/// between what the column's sector buys of the row's; then columns of uses with gross output (总产
/// 出, GO), and rows of inputs with total input (总投入, TI). Codes or names, in Chinese or
/// English; any one unit of money. A column `Origin` (来源) splits rows into domestic and imported
/// flows. Above the sectors may stand a title, a unit (单位：万元), groups (中间使用, 最终使用),
/// codes and names; groups of rows may be named once, in a column or a row of their own; blank
/// cells are 0; lines of text below are left out with a Note.
///
/// Checked, within InputOutputOptions::tolerance: rows against total intermediate use, columns
/// against total intermediate input, use against gross output (intermediate + final − imports and
/// inflow + 其他), inputs against total input, and total input against gross output.
///
/// @param table    A table; read without a header (HeaderRow::None) where its first row is not the
///                 one that names the columns.
/// @param options  See InputOutputOptions.
/// @return         See InputOutputTable; without sectors when it is not such a table.
/// @throws Error{InvalidArgument} if the tolerance lies outside its range.
/// @complexity  Linear in the number of cells.
/// @source      Leontief (1936), doi:10.2307/1927837, for input coefficients.
[[nodiscard]] InputOutputTable read_input_output_table(const Table& table,
                                                       const InputOutputOptions& options = {});

}  // namespace liantu
