#pragma once

#include <span>
#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/introductions.hpp"
#include "liantu/prospects/prospects.hpp"
#include "liantu/report/words/run_info.hpp"

namespace LIANTU_API liantu {

/// One prospect on a page of A4, to be taken to a meeting: who it is, why it is on the list, the
/// parts that add up to its score, the gaps it would fill with amounts and their basis, ways to it,
/// risks, what is not known, and the rows all this rests on. What finds no room is counted; it
/// stands in the row's other forms.
///
/// @param prospect  A member of `list`.
/// @param ways      To the firm, best first, see IntroductionFinder; may be empty. Three are told, by
///                  three introducers.
/// @param run       Said at the foot.
/// @return          An SVG drawing, 210 mm × 297 mm.
[[nodiscard]] std::string prospect_card_svg(const EnterpriseGraph& graph, const GapReport& report,
                                            const ProspectList& list, const Prospect& prospect,
                                            std::span<const Introduction> ways, const RunInfo& run,
                                            Language language);

}  // namespace liantu
