#pragma once

#include <string>
#include <vector>

#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/prospects.hpp"
#include "report/formats/column.hpp"
#include "report/words/names.hpp"

namespace liantu {

/// What all rows of a list of prospects share.
struct ProspectTable {
  const EnterpriseGraph& graph;
  const GapReport& report;
  SheetOptions options;
  std::size_t districts = 0;  ///< see ProspectList
  bool learned = false;       ///< whether columns say how likely a link is
  bool introduced = false;    ///< whether columns say who calls the firm
  bool contacted = false;     ///< whether columns say how far it has been called on
  bool arrivals = false;      ///< whether columns say how far arrivals speak for its coming
  std::size_t draws_top = 0;  ///< where columns say its ranks in draws of the weights, see
                              ///< ProspectOptions; else 0
  Names names{graph, report, options};
};

/// What the rows of this list share.
///
/// @param learned  Whether columns say how likely a link is.
[[nodiscard]] ProspectTable prospect_table(const EnterpriseGraph& graph, const GapReport& report,
                                           const ProspectList& list, const SheetOptions& options,
                                           bool learned);

/// `电池（缺链）`, best first.
[[nodiscard]] std::vector<std::string> gap_names(const Prospect& prospect,
                                                 const ProspectTable& table);

/// Every column of a list of prospects, be it a table, CSV, a workbook or `liantu.prospects/1`.
///
/// @param table  Lives longer.
[[nodiscard]] std::vector<Column<const Prospect*>> prospect_columns(const ProspectTable& table);

}  // namespace liantu
