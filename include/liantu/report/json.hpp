#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "liantu/base/problem.hpp"
#include "liantu/base/problem_rows.hpp"
#include "liantu/base/sheet.hpp"
#include "liantu/chain/gaps/gap_selection.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/chain/structure/criticality.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/prospects.hpp"
#include "liantu/report/run_info.hpp"

namespace liantu {

/// The gaps as JSON, schema `liantu.gaps/1`, indented, ended by a line feed. Amounts in CNY per
/// year, to 0.01; what is unknown is null. `gaps` has one object a gap: segment, kind, kinds, weak,
/// region, demand, demand_stated, anchor_demand, supply, supply_basis, leakage_min, leakage_max,
/// coverage, purchases, local_rate (realised), import_share (share, basis and the part it is known
/// of; or null), concentration, later (round, demand, available, leakage and what causes
/// it), basis, confidence, needers_are (`suppliers` where the firms named next would supply it,
/// else `needers`), needer_count, needers, makers, makers_at_risk, nearby_makers,
/// possible_makers, siblings, remedy, anchors, needs (firm, product, amount, basis, confidence and
/// the two relations it rests on). `gap_count` counts all gaps, `matching_count` those chosen,
/// `counted_left_out` those that only their unknown amount left out. An option given several times
/// is a list in `parameters`, a number stays a number. `factors` says with what outputs were
/// estimated (segment or null for all, per, cny_per_unit, source, and how many local firms); it is
/// there only where some were. So is `newcomers` (name, anchor, source, makes): firms of no table,
/// whose names stand among the others; behind a need of theirs stands their source instead of a
/// file.
///
/// `need_weight` orders gaps that are counted only where `weighted` is true. With a criticality
/// each gap has `criticality` (share of the anchors' output that stops when the segment is lost, 0
/// when they do not need it), `criticality_known`, `critical_path`, `dominators` and `ubiquitous`.
///
/// @param most         Most gaps written; 0 = all.
/// @param criticality  That of the report's anchors, see find_criticality(); may be null.
/// @param selection    Which gaps, in which order, see select_gaps(); null for all of them.
[[nodiscard]] std::string gaps_json(const EnterpriseGraph& graph, const GapReport& report,
                                    const RunInfo& run, std::size_t most = 0,
                                    const Criticality* criticality = nullptr,
                                    const GapSelection* selection = nullptr);

/// The prospect list as JSON, schema `liantu.prospects/1`: members `prospects`, `unlocated`,
/// `expansions`, `screened`, each a list of objects with rank, rank_best, rank_worst, name,
/// credit_code, region, region_basis, grade, status, score, parts, parts_max (only where something
/// is unknown), gaps, anchors, reasons, evidence (relation, from, to, basis, confidence, file,
/// sheet, row, detail), risks, unknown, present; a screened firm also has screened_by. Points have
/// two decimals, and those of the parts add up to the score exactly. `policy` is the scorecard's
/// name, `weights` the points each part can earn; the counts are of all firms, however few are
/// listed. With a learned ranker there is `model` (kind, used, remark), and rows have `link`: null,
/// or anchor, probability, margin, bias and contributions (feature, value), strongest first.
[[nodiscard]] std::string prospects_json(const EnterpriseGraph& graph, const GapReport& report,
                                         const ProspectList& list, const RunInfo& run);

/// One firm's row as JSON, schema `liantu.explain/1`: beside what prospects_json() says of the run,
/// the district and the policy, `firm`, `status` (that of the row, or `not_listed`), `reason` (why
/// it was screened out or is not listed; else null) and `row`, an object as in `prospects` or null.
///
/// @param prospect  The firm's row, a member of `list`; null when it has none.
[[nodiscard]] std::string explain_json(const EnterpriseGraph& graph, const GapReport& report,
                                       const ProspectList& list, FirmId firm,
                                       const Prospect* prospect, const RunInfo& run);

/// Sheets as JSON: behind what is said of the run, each sheet under its name as a list of objects
/// whose members are the columns' keys. Nothing is null.
[[nodiscard]] std::string sheets_json(std::string_view schema,
                                      const std::vector<std::pair<std::string, Sheet>>& sheets,
                                      const RunInfo& run);

/// Problems as JSON, schema `liantu.problems/1`.
///
/// @param tables  Rows in trouble, which point into `problems`: member `sources` (file, sheet,
///                columns, rows with row, cells and the numbers of their problems, from 0), cells
///                cut at 4,000 bytes; without them it is not there.
[[nodiscard]] std::string problems_json(const std::vector<Problem>& problems, const RunInfo& run,
                                        const std::vector<ProblemTable>& tables = {});

}  // namespace liantu
