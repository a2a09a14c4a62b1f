#pragma once

#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/prospects.hpp"
#include "liantu/report/formats/table_text.hpp"

namespace LIANTU_API liantu {

/// One prospect's row in full, for people: the parts that add up to its score with what is missing
/// to the full weight, every gap with its figures, reasons, evidence with file and row, risks, and
/// what is not known.
///
/// @param prospect  A member of `list`.
/// @return          Lines, each ended by a line feed and no wider than the style allows.
[[nodiscard]] std::string explain_prospect(const EnterpriseGraph& graph, const GapReport& report,
                                           const ProspectList& list, const Prospect& prospect,
                                           const TableStyle& style = {});

/// Why a firm stands in no part of the list: it is in the district, too near, or makes nothing that
/// is missing.
[[nodiscard]] Text why_not_listed(const EnterpriseGraph& graph, const GapReport& report,
                                  FirmId firm);

}  // namespace liantu
