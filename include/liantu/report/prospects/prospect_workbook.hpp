#pragma once

#include <optional>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/kept_list.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/prospects.hpp"
#include "liantu/prospects/task_lists.hpp"
#include "liantu/report/words/run_info.hpp"
#include "liantu/report/words/sheet_options.hpp"

namespace LIANTU_API liantu {

/// The prospect list as the sheets of a workbook to be signed and worked with, for write_workbook():
///
/// - 清单: one row a firm, amounts in 万元, who opens the door, and yellow columns for people, see
///   fill_in_columns(); below, lines to sign on;
/// - 重点推荐: a card for each of the first twenty;
/// - 产业链缺口, 引荐路径, 评分明细 (parts that add up to the score), 全部列 (for those who compute);
/// - 数据来源与问题: inputs with digests, sources, what to be wary of;
/// - 填表说明: how the list is filled in and kept;
/// - with a former list: 已移出, the firms that people wrote about and that this list does not name,
///   each with why. What people wrote stands again beside every firm that is still listed, by credit
///   code, else by name; rows without either stand in 已移出 as they were. Nothing is lost.
///
/// With lists of task forces each has a sheet of its own instead of 清单, and one, 其他, holds firms to be
/// located first and those already present.
///
/// @param lists  How the list is shared out; null: it is not. `list` is then theirs.
/// @param kept  A former list; its ranks stand in a column of their own.
[[nodiscard]] std::vector<Sheet> prospect_workbook(const EnterpriseGraph& graph,
                                                   const GapReport& report,
                                                   const ProspectList& list, const RunInfo& run,
                                                   const std::optional<KeptList>& kept,
                                                   const SheetOptions& options = {},
                                                   const TaskLists* lists = nullptr);

}  // namespace liantu
