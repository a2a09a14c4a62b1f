#pragma once

#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/links/backtest/link_method.hpp"
#include "liantu/links/learning/training.hpp"

namespace LIANTU_API liantu {

/// The models as methods of a backtest: `scorecard`, `logistic_regression`, `boosted_trees`.
/// Trained here, on what the task leaves visible only.
///
/// @param graph    Any graph.
/// @param task     What is hidden; questions and their answers are not looked at.
/// @param options  See LearnOptions.
/// @return         Three methods. A model that the visible links are too few to train, or that does
///                 not beat directed L3 on validation, is `unavailable` and says so.
/// @throws Error{InvalidArgument} if an option lies outside its range or the scorecard is not well
///         formed; Error{Cancelled}.
[[nodiscard]] std::vector<LinkMethod> learned_methods(const EnterpriseGraph& graph,
                                                      const LinkTask& task,
                                                      const LearnOptions& options = {});

}  // namespace liantu
