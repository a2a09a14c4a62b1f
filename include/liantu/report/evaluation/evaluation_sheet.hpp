#pragma once

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/links/backtest/evaluation.hpp"

namespace LIANTU_API liantu {

/// How the figures of a backtest stand in a sheet.
struct EvaluationSheetOptions {
  Language language = Language::En;  ///< of words inside cells; headings carry both
  bool brief = false;  ///< a figure and its interval in one cell, rounded to three digits; else
                       ///< each in a column of its own, in full
};

/// A measure's name for people: `MRR`, `Hits@20`, `AUC-PR`.
[[nodiscard]] Text measure_text(Measure measure);
/// A group's name for people; a segment's own.
[[nodiscard]] Text group_text(const EnterpriseGraph& graph, const LinkGroup& group);

/// The methods of a backtest as a sheet, the best by MRR first, what the data cannot feed last and
/// `not available`. The notes say what was asked, how negatives were drawn, against what is tested,
/// or that nothing can be concluded.
[[nodiscard]] Sheet evaluation_sheet(const Evaluation& evaluation,
                                     const EvaluationSheetOptions& options = {});

/// How the methods rank hidden links of each sort: a row each with, for every method, the mean of
/// 1 / filtered rank and the share of filtered ranks up to 20.
[[nodiscard]] Sheet evaluation_group_sheet(const EnterpriseGraph& graph,
                                           const Evaluation& evaluation, Language language);

/// What methods that say probabilities said of pairs and what came true: a row a method and band of
/// probabilities; no row when there is no such method.
[[nodiscard]] Sheet reliability_sheet(const Evaluation& evaluation);

}  // namespace liantu
