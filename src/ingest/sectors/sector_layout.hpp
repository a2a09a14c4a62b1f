#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/text/problem.hpp"
#include "liantu/tables/cells/table.hpp"

namespace liantu {

/// A table as rows of trimmed cells. A header that names the columns is the first of them.
class SectorSheet {
 public:
  explicit SectorSheet(const Table& table);

  [[nodiscard]] std::size_t size() const { return shift_ + table_.size(); }
  [[nodiscard]] std::size_t width() const { return table_.columns().size(); }
  [[nodiscard]] std::string_view text(std::size_t row, std::size_t column) const;
  [[nodiscard]] InputPlace place(std::size_t row, std::size_t column) const;
  [[nodiscard]] std::uint32_t row_number(std::size_t row) const;

 private:
  const Table& table_;
  std::size_t shift_ = 0;  // rows of the header
};

/// Sums that stand beside the sectors of an input-output table.
enum class SectorTotal : std::uint8_t {
  IntermediateUse,
  FinalUse,
  Exports,
  Imports,
  Inflow,
  Balance,
  GrossOutput,
  IntermediateInput,
  ValueAdded,
  TotalInput,
};
inline constexpr std::size_t kSectorTotals = 10;

/// Where the sectors and the totals of an input-output table stand.
struct SectorLayout {
  std::size_t heading = 0;  ///< row of the headings that the labels repeat
  std::size_t body = 0;     ///< row of the first sector; all above it is header
  std::size_t key = 0;      ///< column of those labels
  std::size_t first = 0;    ///< column of the first sector
  std::size_t count = 0;    ///< sectors
  bool paired = false;      ///< whether only two headings together tell sectors apart, such as
                            ///< country and sector
  std::array<std::optional<std::size_t>, kSectorTotals> columns;
  std::array<std::optional<std::size_t>, kSectorTotals> rows;

  [[nodiscard]] std::optional<std::size_t> column(SectorTotal total) const {
    return columns[static_cast<std::size_t>(total)];
  }
  [[nodiscard]] std::optional<std::size_t> row(SectorTotal total) const {
    return rows[static_cast<std::size_t>(total)];
  }
};

/// What a label is compared by: half-width, lower case, without blanks and units; a number without
/// leading zeros, which spreadsheet programs take away.
[[nodiscard]] std::string sector_label(std::string_view words);

/// Whether words are a sector's or a row's code: `01`, `TII` has none, `VA001`.
[[nodiscard]] bool is_sector_code(std::string_view words);

/// Whether a heading names the column of flows' origins, of units.
[[nodiscard]] bool names_origin(std::string_view heading);
[[nodiscard]] bool names_unit(std::string_view heading);

/// Whether words stand for a group of rows or columns (中间投入, 增加值 …).
[[nodiscard]] bool names_group(std::string_view words);

/// Finds the headings that the labels of rows repeat one after the other, below any rows of titles,
/// units and groups, and two totals beside them; nothing where they are not there.
[[nodiscard]] std::optional<SectorLayout> find_sector_layout(const SectorSheet& sheet);

/// A unit of money that a cell above the sectors states: `单位：万元`.
struct StatedUnit {
  std::string words;  ///< half-width
  std::size_t row = 0;
  std::size_t column = 0;
};
[[nodiscard]] std::vector<StatedUnit> stated_units(const SectorSheet& sheet,
                                                   const SectorLayout& layout);

/// Yuan of a unit: 1e4 of 万元; nothing of what is not yuan.
[[nodiscard]] std::optional<double> yuan_of(std::string_view unit);
/// Whether a unit is money of any country.
[[nodiscard]] bool is_money(std::string_view unit);

/// The year of a title above the sectors (2020年全国投入产出表); 0 where none or several stand
/// there.
[[nodiscard]] int stated_year(const SectorSheet& sheet, const SectorLayout& layout);

}  // namespace liantu
