#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/prospects.hpp"

namespace LIANTU_API liantu {

/// What prospects are shared out by.
enum class ListsBy : std::uint8_t {
  Chain,    ///< the industry chains that their gaps lie in: what stands at the top of the taxonomy
  Office,   ///< the stationed offices that cover the region they are registered in
  Channel,  ///< the channel of Prospect::introduction
};

/// Whether a firm may stand on several lists.
enum class OnSeveral : std::uint8_t {
  No,   ///< the list on which it stands best takes it
  Yes,  ///< it stands on every list that it belongs to
};

/// Options of rank_task_lists().
struct TaskListOptions {
  ListsBy by = ListsBy::Chain;
  OnSeveral several = OnSeveral::No;
};

/// The list of one task force (专班).
struct TaskList {
  Text name;  ///< of the chain, the office or the channel
  std::optional<EntityId>
      keeper;                 ///< the chain's segment, or the office; nothing for a channel and
                              ///< for the list of those who belong to none
  std::vector<FirmId> firms;  ///< of ProspectList::prospects, in their order
  std::size_t all = 0;        ///< firms that belong to it, however many are listed
  std::size_t elsewhere = 0;  ///< of `all`, those that stand better on another list: it takes them,
                              ///< or counts them in its total
  std::optional<Figure> total;  ///< what its firms bring home, CNY per year, each yuan in one list:
                                ///< the totals add up to ProspectList::total

  friend bool operator==(const TaskList&, const TaskList&) = default;
};

/// A prospect list and how it is shared out.
struct TaskLists {
  TaskListOptions options;
  std::vector<TaskList>
      lists;          ///< in the order of their first firms; those that belong to none stand
                      ///< last. None is empty
  ProspectList list;  ///< the firms of all lists
};

/// Ranks prospects and shares them out, one list for each task force.
///
/// A firm that belongs to several lists stands best on that on which fewest firms are before it,
/// before any is taken away; of several such it is that of its gap that comes first, or the office
/// whose name does.
///
/// @param graph      The graph the gaps were found in.
/// @param report     What find_gaps() returned for it.
/// @param options    As for rank_prospects(); `top` is of each list, and `firms` is not asked.
/// @param lists      See TaskListOptions.
/// @param introduce  Fills in Prospect::introduction: before the prospects are shared out by channel,
///                   else once they are. May be empty.
/// @return           See TaskLists.
/// @throws           What rank_prospects() throws.
/// @complexity       Two rankings.
[[nodiscard]] TaskLists rank_task_lists(const EnterpriseGraph& graph, const GapReport& report,
                                        const ProspectOptions& options,
                                        const TaskListOptions& lists,
                                        const std::function<void(ProspectList&)>& introduce = {});

}  // namespace liantu
