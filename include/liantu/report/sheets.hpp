#pragma once

#include "liantu/base/sheet.hpp"
#include "liantu/base/text.hpp"
#include "liantu/chain/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/prospects.hpp"

namespace liantu {

/// How much of a report goes into a sheet.
struct SheetOptions {
  Language language = Language::En;  ///< of words inside cells; headings carry both
  std::size_t most = 0;              ///< most rows, of prospects most of each status; 0 = all
  bool brief = false;                ///< only the columns that fit a terminal
};

/// The gaps as a sheet: rank, segment, chain, kinds, demand, supply, coverage, leakage, later
/// rounds, basis, confidence, needers, makers, nearby makers, akin makers, suggestion, anchors. The
/// chain of a segment is its topmost ancestor in the taxonomy, of several parents the first by id;
/// nothing when it has none. Lists of names end after 50 (brief: 3) and say how many there are. The
/// notes say how many gaps there are and how the anchors were chosen.
[[nodiscard]] Sheet gap_sheet(const EnterpriseGraph& graph, const GapReport& report,
                              const SheetOptions& options = {});

/// The prospects as a sheet: rank and interval, name, code, region, grade, score and parts, gaps,
/// purchases, anchors, reasons, evidence with source rows, risks, unknowns, status. Prospects
/// first, then unlocated firms, expansions, and those screened out, which have no rank and of which
/// the reasons say why; ranks count within each, and the notes say how many there are. The parts
/// add up to the score in whole hundredths; one output counts once in the purchases, however many
/// gaps it fits.
[[nodiscard]] Sheet prospect_sheet(const EnterpriseGraph& graph, const GapReport& report,
                                   const ProspectList& list, const SheetOptions& options = {});

}  // namespace liantu
