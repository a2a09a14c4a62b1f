#pragma once

#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/links/backtest/evaluation.hpp"
#include "liantu/report/words/run_info.hpp"

namespace LIANTU_API liantu {

/// A backtest as JSON, schema `liantu.evaluation/1`, indented, ended by a line feed. Beside what
/// every document says of its run: `relation`, `sources` (`from` or `to`), `conclusive`,
/// `least_links`, `negatives`, `resamples`, `reference`, `rounds` (hidden, sources, links,
/// candidates of each) and `methods`, in each `method`, `kind`, `mrr`, `hits` and `recall` by k,
/// `map`, `auc`, `auc_degree`, `auc_pr`, `intervals` (by measure_word(), two ends each; null when
/// not conclusive), `spread` (likewise; only with several rounds), `against_reference` (of `mrr`
/// and `map` difference, interval and p; null when there is nothing to compare with) and `groups`
/// (group, segment, links, mrr, hits). A method that the data cannot feed has `unavailable` and
/// null for each figure.
[[nodiscard]] std::string evaluation_json(const EnterpriseGraph& graph,
                                          const Evaluation& evaluation, const RunInfo& run);

}  // namespace liantu
