#pragma once

#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/links/learning/link_model.hpp"
#include "liantu/report/words/run_info.hpp"

namespace LIANTU_API liantu {

/// What training gave as JSON, schema `liantu.training/1`, indented, ended by a line feed. Beside
/// what every document says of its run: `model`, `relation`, `sources` (`from` or `to`),
/// `grouping`, `data`, `seed`, `features` (how many), `beats_directed_l3`, `validation` (method,
/// mrr, map, recall_100, sources, links) and `reliability` (said, came_true, pairs).
[[nodiscard]] std::string training_json(const LinkModel& model, const RunInfo& run);

}  // namespace liantu
