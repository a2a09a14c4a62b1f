#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "liantu/chain/gaps/gap_selection.hpp"
#include "liantu/chain/gaps/gap_shares.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/chain/structure/criticality.hpp"
#include "liantu/graph/graph.hpp"
#include "report/formats/column.hpp"
#include "report/gaps/critical_gaps.hpp"
#include "report/words/names.hpp"

namespace liantu {

/// What all rows of a list of gaps share.
struct GapTable {
  const EnterpriseGraph& graph;
  const GapReport& report;
  SheetOptions options;
  const Criticality* criticality = nullptr;  ///< null when it was not asked for
  GapQuery query;
  Names names{graph, report, options};
  CriticalGaps critical{criticality};
};

/// A gap at its place in the list.
struct GapRow {
  std::size_t rank = 0;
  const Gap* gap = nullptr;
  std::optional<ImportShare> imported;
  const SegmentCriticality* critical = nullptr;  ///< never null; all 0 where it stops nothing
  bool second_list = false;                      ///< of what stands apart around anchors
  std::optional<std::size_t> kind;  ///< of goods, index into goods_kinds(), where the row is of one
  std::size_t others = 0;           ///< local makers of the sector who say nothing of the kind
};

[[nodiscard]] GapRow gap_row(const GapTable& table, std::size_t rank, const Gap& gap);

/// Every column of a list of gaps, be it a table, CSV, a workbook or `liantu.gaps/1`.
///
/// @param table  Lives longer.
[[nodiscard]] std::vector<Column<GapRow>> gap_columns(const GapTable& table);

}  // namespace liantu
