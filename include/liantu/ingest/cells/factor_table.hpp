#pragma once

#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/graph/output_factors.hpp"
#include "liantu/tables/cells/table.hpp"

namespace LIANTU_API liantu {

/// What read_factor_table() found.
struct FactorTable {
  OutputFactors factors;          ///< in the order of the rows
  std::vector<Problem> problems;  ///< Notes: rows about a segment that the graph does not have
};

/// Reads factors with which outputs that nobody states are estimated. Columns: 环节 (行业, segment,
/// industry; empty or 全部 for all makers), 按 (依据, per, basis: capital, staff, revenue, land,
/// energy, firm, or 注册资本, 从业人数, 营业收入, 用地, 能耗, 企业), 每单位产值 (产值系数,
/// cny_per_unit, factor), 来源 (source), and where they are not in yuan 单位 (unit: `万元/人`),
/// which may stand in the heading of the third, too.
///
/// A segment is named as the graph calls it, or by a code or name of GB/T 4754 that the graph has.
///
/// @return  See FactorTable.
/// @throws Error{InvalidData}, naming every fault with its place and remedy (the first twenty), if
///         a column is missing or there twice, a row has no source, a factor is not a number above
///         0, what it counts or its unit is not known, rows about one thing differ in their units,
///         a name fits several segments, a factor is given twice, or none is left.
/// @complexity  O(rows × S); S segments.
[[nodiscard]] FactorTable read_factor_table(const Table& table, const EnterpriseGraph& graph);

}  // namespace liantu
