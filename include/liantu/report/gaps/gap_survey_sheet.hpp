#pragma once

#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/chain/gaps/gap_survey.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/report/words/sheet_options.hpp"

namespace LIANTU_API liantu {

/// The gaps of many districts as a sheet: one row a gap that the survey kept, with its district,
/// how many gaps of each kind that has, and the gap's figures; a district without gaps has a row
/// without one. The notes say how many districts and gaps there are.
/// @param options  `most` counts the gaps of each district.
[[nodiscard]] Sheet gap_survey_sheet(const EnterpriseGraph& graph,
                                     const std::vector<DistrictGaps>& survey,
                                     const SheetOptions& options = {});

}  // namespace liantu
