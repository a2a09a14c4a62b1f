#pragma once

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/chain/gaps/gap_selection.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/chain/structure/criticality.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/report/words/sheet_options.hpp"

namespace LIANTU_API liantu {

/// The gaps as a sheet: rank, segment, chain, kinds and why it is weak, demand, supply, coverage,
/// realised local rate, imported share, leakage, later rounds, basis, confidence, needers or, of an
/// extension, who could supply it, makers, nearby makers, akin makers, suggestion, anchors. The
/// chain of a segment is its topmost ancestor in the taxonomy, of several parents the first by id;
/// nothing when it has none. A hidden gap's supply is what local makers left for its first round.
/// Lists of names end after 50 (brief: 3) and say how many there are. Brief, the figures that
/// decide stand in the row and all else below it. The notes say how many gaps there are, how many
/// match and how many are shown, how the anchors were chosen, and how many firms are of unknown
/// region.
///
/// @param criticality  That of the report's anchors: adds what stops when a segment is lost, along
///                     which path, and through which segments all need of it passes; may be null.
/// @param selection    Which gaps, in which order, see select_gaps(); null for all of them.
[[nodiscard]] Sheet gap_sheet(const EnterpriseGraph& graph, const GapReport& report,
                              const SheetOptions& options = {},
                              const Criticality* criticality = nullptr,
                              const GapSelection* selection = nullptr);

}  // namespace liantu
