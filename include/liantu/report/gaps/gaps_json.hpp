#pragma once

#include <cstddef>
#include <stop_token>
#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/chain/gaps/gap_selection.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/chain/structure/criticality.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/report/words/run_info.hpp"

namespace LIANTU_API liantu {

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
/// @param stop         Asks a long writing to end early.
/// @throws Error{Cancelled}
[[nodiscard]] std::string gaps_json(const EnterpriseGraph& graph, const GapReport& report,
                                    const RunInfo& run, std::size_t most = 0,
                                    const Criticality* criticality = nullptr,
                                    const GapSelection* selection = nullptr,
                                    const std::stop_token& stop = {});

}  // namespace liantu
