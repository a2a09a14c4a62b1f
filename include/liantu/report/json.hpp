#pragma once

#include <string>
#include <utility>
#include <vector>

#include "liantu/base/problem.hpp"
#include "liantu/chain/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/prospects.hpp"

namespace liantu {

/// What every machine-readable output carries about how it was made.
struct RunInfo {
  std::string version;                                      ///< of Liantu
  std::vector<std::pair<std::string, std::string>> inputs;  ///< file name → digest
  /// option → value, in the order of the command line's help
  std::vector<std::pair<std::string, std::string>> parameters;
  std::string data_date;  ///< latest date any row states; empty when none does
};

/// The gaps as JSON, schema `liantu.gaps/1`, indented, ended by a line feed. Amounts in CNY per
/// year; what is unknown is null. `gaps` has one object a gap: segment, kind, kinds, weak, region,
/// demand, supply, supply_basis, leakage_min, leakage_max, coverage, purchases, basis, confidence,
/// needer_count, needers, makers, nearby_makers, possible_makers, anchors, needs (firm, product,
/// amount, basis, confidence and the two relations it rests on). `gap_count` counts all gaps.
/// An option given several times is a list in `parameters`.
///
/// @param most  Most gaps written; 0 = all.
[[nodiscard]] std::string gaps_json(const EnterpriseGraph& graph, const GapReport& report,
                                    const RunInfo& run, std::size_t most = 0);

/// The prospect list as JSON, schema `liantu.prospects/1`: members `prospects`, `unlocated`,
/// `expansions`, `screened`, each a list of objects with rank, rank_best, rank_worst, name,
/// credit_code, region, region_basis, grade, status, score, parts, parts_max (only where something
/// is unknown), gaps, anchors, reasons, evidence (relation, from, to, basis, confidence, file,
/// sheet, row, detail), risks, unknown, present; a screened firm also has screened_by. Points have
/// two decimals, and those of the parts add up to the score exactly.
[[nodiscard]] std::string prospects_json(const EnterpriseGraph& graph, const GapReport& report,
                                         const ProspectList& list, const RunInfo& run);

/// Problems as JSON, schema `liantu.problems/1`.
[[nodiscard]] std::string problems_json(const std::vector<Problem>& problems, const RunInfo& run);

}  // namespace liantu
