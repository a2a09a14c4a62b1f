#pragma once

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/prospects.hpp"
#include "liantu/report/words/sheet_options.hpp"

namespace LIANTU_API liantu {

/// The prospects as a sheet: rank and interval, name, code, region, grade, score and parts, gaps,
/// purchases, anchors, reasons, evidence with source rows, risks, unknowns, status. Prospects
/// first, then unlocated firms, expansions, and those screened out, which have no rank and of which
/// the reasons say why; ranks count within each, and the notes say how many there are. The parts
/// add up to the score in whole hundredths; one output counts once in the purchases, however many
/// gaps it fits.
[[nodiscard]] Sheet prospect_sheet(const EnterpriseGraph& graph, const GapReport& report,
                                   const ProspectList& list, const SheetOptions& options = {});

}  // namespace liantu
