#include "liantu/prospects/task_lists.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "base/core/hash_map.hpp"
#include "chain/segments/topmost_ancestors.hpp"
#include "liantu/prospects/introductions.hpp"

namespace liantu {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// Shares out the prospects of a list.
class Sharing {
 public:
  Sharing(const EnterpriseGraph& graph, const GapReport& report, const TaskListOptions& options)
      : graph_(graph), report_(report), options_(options), tops_(graph) {
    if (options.by == ListsBy::Office) find_offices();
  }

  std::vector<TaskList> share(const std::vector<Prospect>& rows, std::size_t top) {
    std::vector<std::vector<std::size_t>> belongs(rows.size());  // by row: its lists
    for (std::size_t i = 0; i < rows.size(); ++i) belongs[i] = lists_of(rows[i]);
    std::vector<std::size_t> before(lists_.size(), 0);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      std::size_t best = belongs[i].front();
      for (const std::size_t list : belongs[i]) {
        if (before[list] < before[best]) best = list;
      }
      home_[raw(rows[i].firm)] = best;
      for (const std::size_t list : belongs[i]) {
        ++before[list];
        ++lists_[list].all;
        if (list != best) ++lists_[list].elsewhere;
        const bool stands = list == best || options_.several == OnSeveral::Yes;
        if (stands && (top == 0 || lists_[list].firms.size() < top)) {
          lists_[list].firms.push_back(rows[i].firm);
        }
      }
    }
    return put_in_order();
  }

  // What the rows of a list bring home, each in the list where it stands best.
  void add_up(const ProspectList& list, std::vector<TaskList>& lists) const {
    HashMap<std::uint32_t, const Prospect*> rows;
    for (const Prospect& row : list.prospects) rows[raw(row.firm)] = &row;
    HashMap<std::uint32_t, bool> counted;
    const auto add = [&](TaskList& to, FirmId firm) {
      const auto found = rows.find(raw(firm));
      if (found == rows.end() || !found->second->counted) return;
      if (!counted.try_emplace(raw(firm), true).second) return;
      const Figure& more = *found->second->counted;
      if (!to.total) to.total = Figure{0, Basis::Stated};
      to.total->value += more.value;
      to.total->basis = softer(to.total->basis, more.basis);
    };
    for (std::size_t i = 0; i < lists.size(); ++i) {
      for (const FirmId firm : lists[i].firms) {
        if (order_[home_.at(raw(firm))] == i) add(lists[i], firm);
      }
    }
    // Who fell off the list where it stands best counts where it is listed.
    for (TaskList& one : lists) {
      for (const FirmId firm : one.firms) add(one, firm);
    }
  }

 private:
  struct Office {
    OrganizationId organization{0};
    std::string_view name;
  };

  void find_offices() {
    for (std::uint32_t i = 0; i < graph_.size(EntityKind::Organization); ++i) {
      const OrganizationId one{i};
      if (channel_of(graph_, one) != IntroductionChannel::Office) continue;
      if (graph_.covered_regions(one).empty()) continue;
      offices_.push_back({one, graph_.name(graph_.entity(one))});
    }
    std::ranges::sort(offices_, {}, &Office::name);
  }

  std::size_t list_of(std::uint32_t key, const Text& name, std::optional<EntityId> keeper) {
    const auto [entry, fresh] = by_key_.try_emplace(key, lists_.size());
    if (fresh) lists_.push_back({name, keeper, {}, 0, 0, {}});
    return entry->second;
  }
  std::size_t list_of(EntityId keeper) {
    const std::string name(graph_.name(keeper));
    return list_of(raw(keeper), {name, name}, keeper);
  }

  // Never empty; each once.
  std::vector<std::size_t> lists_of(const Prospect& row) {
    std::vector<std::size_t> found;
    const auto add = [&](std::size_t list) {
      if (std::ranges::find(found, list) == found.end()) found.push_back(list);
    };
    if (options_.by == ListsBy::Chain) {
      for (const FilledGap& filled : row.gaps) {
        const auto chain = tops_.of(report_.gaps[filled.gap].segment);
        if (chain) add(list_of(graph_.entity(*chain)));
      }
      if (found.empty()) add(list_of(kNone, {"in no chain", "未归入产业链"}, {}));
    } else if (options_.by == ListsBy::Office) {
      const RegionCode home = graph_.region(graph_.entity(row.firm)).code;
      for (const Office& office : offices_) {
        const auto covers = [&](RegionCode region) {
          return home.known() && region.contains(home);
        };
        if (std::ranges::any_of(graph_.covered_regions(office.organization), covers)) {
          add(list_of(graph_.entity(office.organization)));
        }
      }
      if (found.empty()) add(list_of(kNone, {"covered by no office", "无驻点办负责的地区"}, {}));
    } else if (row.introduction) {
      const IntroductionChannel channel = row.introduction->channel;
      add(list_of(static_cast<std::uint32_t>(channel), channel_text(channel), {}));
    } else {
      add(list_of(kNone, {"nobody to introduce", "暂无引荐渠道"}, {}));
    }
    return found;
  }

  // By their first firms as found; those of none last.
  std::vector<TaskList> put_in_order() {
    std::vector<std::size_t> at(lists_.size());
    for (std::size_t i = 0; i < at.size(); ++i) at[i] = i;
    const auto rest = by_key_.find(kNone);
    if (rest != by_key_.end()) {
      std::rotate(at.begin() + static_cast<std::ptrdiff_t>(rest->second),
                  at.begin() + static_cast<std::ptrdiff_t>(rest->second) + 1, at.end());
    }
    std::erase_if(at, [&](std::size_t i) { return lists_[i].firms.empty(); });
    order_.assign(lists_.size(), lists_.size());
    std::vector<TaskList> ordered;
    for (const std::size_t i : at) {
      order_[i] = ordered.size();
      ordered.push_back(std::move(lists_[i]));
    }
    return ordered;
  }

  const EnterpriseGraph& graph_;
  const GapReport& report_;
  TaskListOptions options_;
  TopmostAncestors tops_;
  std::vector<Office> offices_;  // by name
  std::vector<TaskList> lists_;
  HashMap<std::uint32_t, std::size_t> by_key_;  // chain, office or channel → list
  HashMap<std::uint32_t, std::size_t> home_;    // by firm: the list where it stands best
  std::vector<std::size_t> order_;              // by list as found: its place in what is returned
};

void cut(std::vector<Prospect>& rows, std::size_t top) {
  if (top > 0 && rows.size() > top) rows.resize(top);
}

}  // namespace

TaskLists rank_task_lists(const EnterpriseGraph& graph, const GapReport& report,
                          const ProspectOptions& options, const TaskListOptions& lists,
                          const std::function<void(ProspectList&)>& introduce) {
  const ProspectRanker ranker(graph);
  ProspectOptions first = options;
  first.top = 0;
  first.firms.clear();
  first.reasons = ReasonsOf::Nobody;
  first.draws = 0;
  ProspectList all = ranker.rank(report, first);
  const bool by_channel = lists.by == ListsBy::Channel;
  if (by_channel && introduce) introduce(all);
  Sharing sharing(graph, report, lists);
  TaskLists made{lists, sharing.share(all.prospects, options.top), {}};
  cut(all.unlocated, options.top);
  cut(all.expansions, options.top);
  ProspectOptions second = options;
  second.firms.clear();
  for (const TaskList& one : made.lists) {
    second.firms.insert(second.firms.end(), one.firms.begin(), one.firms.end());
  }
  for (const auto* part : {&all.unlocated, &all.expansions, &all.screened}) {
    for (const Prospect& row : *part) second.firms.push_back(row.firm);
  }
  if (second.firms.empty()) {
    made.list = std::move(all);
    return made;
  }
  made.list = ranker.rank(report, second);
  if (by_channel) {
    HashMap<std::uint32_t, std::optional<Introduction>*> known;
    for (auto* part : {&all.prospects, &all.unlocated}) {
      for (Prospect& row : *part) known[raw(row.firm)] = &row.introduction;
    }
    for (auto* part : {&made.list.prospects, &made.list.unlocated}) {
      for (Prospect& row : *part) {
        const auto found = known.find(raw(row.firm));
        if (found != known.end()) row.introduction = std::move(*found->second);
      }
    }
  } else if (introduce) {
    introduce(made.list);
  }
  sharing.add_up(made.list, made.lists);
  return made;
}

}  // namespace liantu
