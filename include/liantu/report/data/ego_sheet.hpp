#pragma once

#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/graph/views/ego.hpp"
#include "liantu/report/words/run_info.hpp"
#include "liantu/report/words/sheet_options.hpp"

namespace LIANTU_API liantu {

/// The entities of an ego network: steps, kind, name, code, region and, but for the brief sheet,
/// which speaks to people, their number in the graph.
///
/// @param year  Year whose divisions regions are named by; 0 for those of today.
[[nodiscard]] Sheet ego_member_sheet(const EnterpriseGraph& graph, const EgoNetwork& network,
                                     const SheetOptions& options, int year = 0);

/// The relations between them: ends, kind, segment, date, confidence.
[[nodiscard]] Sheet ego_link_sheet(const EnterpriseGraph& graph, const EgoNetwork& network,
                                   const SheetOptions& options);

/// Said of a network that `most` cut.
[[nodiscard]] Text ego_cut_text(const EgoNetwork& network);

/// Both sheets as JSON, schema `liantu.ego/1`.
[[nodiscard]] std::string ego_json(const EnterpriseGraph& graph, const EgoNetwork& network,
                                   const RunInfo& run, int year = 0);

}  // namespace liantu
