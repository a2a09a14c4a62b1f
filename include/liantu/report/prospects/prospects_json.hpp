#pragma once

#include <stop_token>
#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/prospects.hpp"
#include "liantu/prospects/task_lists.hpp"
#include "liantu/report/prospects/explain.hpp"
#include "liantu/report/words/run_info.hpp"

namespace LIANTU_API liantu {

/// The prospect list as JSON, schema `liantu.prospects/1`: members `prospects`, `unlocated`,
/// `expansions`, `screened`, each a list of objects with rank, rank_best, rank_worst, name,
/// credit_code, region, region_basis, grade, status, score, parts, parts_max (only where something
/// is unknown), gaps, anchors, reasons, evidence (relation, from, to, basis, confidence, file,
/// sheet, row, detail), risks, unknown, present; a screened firm also has screened_by. Points have
/// two decimals, and those of the parts add up to the score exactly. `policy` is the scorecard's
/// name, `weights` the points each part can earn; the counts are of all firms, however few are
/// listed. With a learned ranker there is `model` (kind, used, remark), and rows have `link`: null,
/// or anchor, probability, margin, bias and contributions (feature, value), strongest first.
///
/// @param stop  Asks a long writing to end early.
/// @throws Error{Cancelled}
[[nodiscard]] std::string prospects_json(const EnterpriseGraph& graph, const GapReport& report,
                                         const ProspectList& list, const RunInfo& run,
                                         const std::stop_token& stop = {});

/// The same of lists of task forces, with a member `lists`: for each list `name`, `by` (chain, office,
/// channel), `all`, `elsewhere`, `total`, `total_basis` and `firms`, each with `name` and `credit_code`;
/// their rows stand in `prospects`, each once.
[[nodiscard]] std::string prospects_json(const EnterpriseGraph& graph, const GapReport& report,
                                         const TaskLists& lists, const RunInfo& run,
                                         const std::stop_token& stop = {});

/// One firm's row as JSON, schema `liantu.explain/1`: beside what prospects_json() says of the run,
/// the district and the policy, `firm`, `status` (that of the row, or `not_listed`), `reason` (why
/// it was screened out or is not listed; else null) and `row`, an object as in `prospects` or null.
///
/// Beside the row stand `why` (a sentence), `lift` (what would bring it among the first), `against` (what
/// speaks against it), `compared` (another firm, and the part that decides) and `assumed` (what it would
/// be under assumptions); null where they were not asked for.
///
/// @param prospect  The firm's row, a member of `list`; null when it has none.
[[nodiscard]] std::string explain_json(const EnterpriseGraph& graph, const GapReport& report,
                                       const ProspectList& list, FirmId firm,
                                       const Prospect* prospect, const RunInfo& run,
                                       const Explained& more = {});

}  // namespace liantu
