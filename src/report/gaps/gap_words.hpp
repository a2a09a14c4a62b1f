#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/chain/gaps/gap_selection.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/chain/gaps/unsure.hpp"
#include "liantu/graph/graph.hpp"

// The program says these words, too, hence LIANTU_API.
namespace LIANTU_API liantu {

/// Whether words stand in a narrow column.
enum class Brief : bool { No, Yes };

/// Why a gap is weak, with its number: `low coverage: 18%`, brief `covers 18%`.
[[nodiscard]] Text weak_reason_text(const Gap& gap, WeakReason reason, Brief brief);

/// All kinds of a gap: `missing, hidden`.
[[nodiscard]] std::string kinds_text(const GapFigures& gap, Language language);

/// All kinds of a gap and, where it is weak, why: `weak: covers 18%, one maker`; a coverage that is
/// known stands there, reason or not, `≤` where needs of unknown amount may lower it.
[[nodiscard]] std::string kind_and_why(const Gap& gap, Language language);

/// Demand by later round: `2: 10.5 m, 3: 4 m`.
[[nodiscard]] std::string later_text(const Gap& gap, Language language);

/// What local supply leaves of the demand of a hidden gap: the bare amount for one round, else by
/// round; `≤` where the supply is not known.
[[nodiscard]] std::string later_unmet_text(const Gap& gap, Language language);

/// Every later round in full: `round 2: demand 20 m, local supply left 5 m, unmet 15 m`.
[[nodiscard]] std::string rounds_text(const Gap& gap, Language language);

/// Whether the firms that a gap names under its needers would supply it: of an extension.
[[nodiscard]] bool named_are_suppliers(const Gap& gap);

/// Whether a query leaves anything out.
[[nodiscard]] bool narrows(const GapQuery& query);

/// What was asked for, as it is given to the program: `--kind hidden --min-leakage 9.9 bn`.
[[nodiscard]] Text query_text(const EnterpriseGraph& graph, const GapReport& report,
                              const GapQuery& query);

/// Said above a list of chosen gaps: of how many they are, and what they have in common.
[[nodiscard]] Text selection_title(const EnterpriseGraph& graph, const GapReport& report,
                                   const GapSelection& selection);

/// Said below it: how many there are, how many match, how many are shown; or that none matches.
[[nodiscard]] std::vector<Text> selection_notes(const EnterpriseGraph& graph,
                                                const GapReport& report,
                                                const GapSelection& selection, std::size_t shown);

/// Names the firms whose sector nobody knows surely, and what to do; nothing for none.
[[nodiscard]] std::optional<Text> unsure_text(const EnterpriseGraph& graph,
                                              std::span<const UnsureFirm> firms);

}  // namespace liantu
