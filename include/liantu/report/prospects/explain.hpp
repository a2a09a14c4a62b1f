#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/explanation/objections.hpp"
#include "liantu/prospects/prospects.hpp"
#include "liantu/report/formats/table_text.hpp"

namespace LIANTU_API liantu {

/// How many firms are the first among which an explanation says what would bring a firm.
inline constexpr std::size_t kLiftInto = 10;

/// What is told of a prospect beside its row.
struct Explained {
  std::vector<Objection> against;   ///< see objections()
  const Prospect* other = nullptr;  ///< a firm that it is compared with, ranked together with it
  std::vector<Text> assumed;        ///< what is taken to be so
  const Prospect* then = nullptr;   ///< its row if that is so; null where it is then on no list
};

/// The one sentence that says why a firm stands where it stands: its rank and score, what it brings,
/// and the parts of the score that speak most for and against it.
[[nodiscard]] Text why_text(const EnterpriseGraph& graph, const GapReport& report,
                            const ProspectList& list, const Prospect& prospect);

/// What would bring a prospect among the first.
struct LiftText {
  Text said;  ///< in one sentence; empty where Prospect::lift was not asked for
  /// RankLift::parts, else RankLift::together, in their order: each with the fact that would do it and
  /// who knows it.
  std::vector<Text> ways;
};

/// What would bring it among the first `into`, as Prospect::lift says.
[[nodiscard]] LiftText lift_text(const EnterpriseGraph& graph, const GapReport& report,
                                 const Prospect& prospect, std::size_t into);

/// One prospect's row in full, for people: the parts that add up to its score with what is missing
/// to the full weight, every gap with its figures, reasons, evidence with file and row, risks, and
/// what is not known. Where there is more: what speaks against it, a comparison with another firm, and
/// what it would be under assumptions.
///
/// @param prospect  A member of `list`.
/// @return          Lines, each ended by a line feed and no wider than the style allows.
[[nodiscard]] std::string explain_prospect(const EnterpriseGraph& graph, const GapReport& report,
                                           const ProspectList& list, const Prospect& prospect,
                                           const TableStyle& style = {},
                                           const Explained& more = {});

/// The same as Markdown, see render_markdown().
[[nodiscard]] std::string explain_markdown(const EnterpriseGraph& graph, const GapReport& report,
                                           const ProspectList& list, const Prospect& prospect,
                                           Language language, const Explained& more = {});

/// Why a firm stands in no part of the list: it is in the district, too near, or makes nothing that
/// is missing.
[[nodiscard]] Text why_not_listed(const EnterpriseGraph& graph, const GapReport& report,
                                  FirmId firm);

}  // namespace liantu
