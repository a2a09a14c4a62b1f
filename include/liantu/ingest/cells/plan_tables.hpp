#pragma once

#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/base/values/plan_rows.hpp"
#include "liantu/tables/cells/table.hpp"

namespace LIANTU_API liantu {

/// What a table of plots or of projects holds.
template <typename Row>
struct PlanTable {
  std::vector<Row> rows;
  std::vector<Problem> problems;  ///< Notes: columns that were not read
};

/// Reads plots on offer. Columns: 地块 (site, required), 用地 (land, required; 亩, unless the heading
/// says 公顷 or 平方米), 容积率 (plot_ratio), 建筑系数 (building_share), 用地性质 (use), 相邻地块
/// (neighbours, a list), 能耗指标 (energy), 排放指标 (emission), 期 (phase), by the headings that
/// people use.
///
/// @return  See PlanTable.
/// @throws Error{InvalidData}, naming every fault with its place and remedy (the first twenty), if a
///         required column is missing, a column is there twice, a name is missing or stands twice,
///         land is missing, 0 or less, a number is none, negative or outside its range, or no row is
///         left.
/// @complexity  Linear in the table.
[[nodiscard]] PlanTable<SiteRow> read_site_table(const Table& table);

/// Reads what projects need and bring. Columns: 企业 (firm, required), 用地 (land), 建筑面积
/// (floor_space), 占地面积 of buildings 基底面积 (ground), 用地性质 (use), 类别 (kind), 能耗 (energy),
/// 排放 (emission), 投资额 (investment), 财政投入 (cost), 产值 (output), 税收 (tax), 就业 (jobs), 落地概率
/// (probability), 期 (phase); all but the first may be missing.
///
/// @return  See PlanTable.
/// @throws Error{InvalidData} as read_site_table().
/// @complexity  Linear in the table.
[[nodiscard]] PlanTable<ProjectRow> read_project_table(const Table& table);

}  // namespace liantu
