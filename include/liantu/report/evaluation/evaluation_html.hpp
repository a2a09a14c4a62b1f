#pragma once

#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/links/backtest/evaluation.hpp"
#include "liantu/report/words/run_info.hpp"

namespace LIANTU_API liantu {

/// A backtest as one HTML page that loads nothing from elsewhere: the methods with their figures
/// and intervals, the precision–recall curves drawn as SVG, the figures by sort of link, and how it
/// was made.
[[nodiscard]] std::string evaluation_html(const EnterpriseGraph& graph,
                                          const Evaluation& evaluation, const RunInfo& run,
                                          Language language);

}  // namespace liantu
