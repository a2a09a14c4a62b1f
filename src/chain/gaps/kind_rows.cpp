#include "liantu/chain/gaps/kind_rows.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "chain/gaps/search/ranking_limits.hpp"
#include "liantu/base/values/goods_kinds.hpp"
#include "liantu/chain/economy/newcomer.hpp"
#include "liantu/chain/economy/recruiting.hpp"
#include "liantu/chain/economy/sector_kinds.hpp"

namespace liantu {
namespace {

// Rows that one firm may lead: its other needs stand behind.
constexpr int kRowsOfBuyer = 3;

enum class Stand : std::uint8_t { Amounts, Kinds, Served, Behind, Rest, Barred, Apart };

bool works_up(const EnterpriseGraph& graph, const Need& need, const GoodsKind& kind) {
  return need.reckoned && !is_newcomer(graph, need.firm) && takes(graph, need.makes, kind);
}

bool is_sector(const EnterpriseGraph& graph, SegmentId segment) {
  return graph.number(graph.entity(segment), EntityNumber::OutputShare).has_value();
}

struct Placed {
  Stand stand = Stand::Rest;
  double worth = 0;
  KindRow row;
};

// By kind of goods: how many firms nearby name it, whatever sector they count to.
std::map<std::size_t, std::size_t> made_nearby(const GapReport& report) {
  std::map<std::size_t, std::size_t> count;
  for (const Gap& gap : report.gaps) {
    for (const KindNeed& one : gap.kinds_needed) count[one.kind] += one.nearby;
  }
  return count;
}

}  // namespace

std::vector<KindRow> kind_rows(const EnterpriseGraph& graph, const GapReport& report) {
  std::vector<Placed> placed;
  const std::map<std::size_t, std::size_t> nearby = made_nearby(report);
  // Who is served next door does not call a stranger.
  const auto served_by = [&](const KindNeed& kind) {
    return kind.makers.size() + kind.mentions.size() + nearby.at(kind.kind);
  };
  const auto stand = [&](const KindNeed& kind) {
    if (recruiting_bar(goods_kinds()[kind.kind]) != nullptr) return Stand::Barred;
    if (kind.behind) return Stand::Behind;
    return served_by(kind) == 0 ? Stand::Kinds : Stand::Served;
  };
  const std::size_t among = report.gaps.size() - report.apart;
  for (std::size_t g = 0; g < report.gaps.size(); ++g) {
    const Gap& gap = report.gaps[g];
    const bool counted = !severity_amount(gap) && !gap.bought_outside;
    if (!report.by_size || g >= among) {
      placed.push_back({report.by_size ? Stand::Apart : Stand::Rest, 0, {g, {}}});
    } else if (!counted || (kind_rank(gap.kind) == 0 && !is_sector(graph, gap.segment))) {
      placed.push_back({Stand::Amounts, 0, {g, {}}});
    } else if (gap.kinds_needed.empty()) {
      placed.push_back({Stand::Rest, 0, {g, {}}});
    } else {
      for (std::size_t k = 0; k < gap.kinds_needed.size(); ++k) {
        const KindNeed& kind = gap.kinds_needed[k];
        const double worth = kind.worth / static_cast<double>(1 + served_by(kind));
        placed.push_back({stand(kind), worth, {g, k}});
      }
    }
  }
  const auto order = [](const Placed& one) {
    return std::tuple(one.stand, -one.worth, one.row.gap, one.row.kind);
  };
  std::ranges::sort(placed, {}, order);
  std::map<FirmId, int> led;
  for (Placed& one : placed) {
    if (one.stand != Stand::Kinds && one.stand != Stand::Served) continue;
    const Gap& gap = report.gaps[one.row.gap];
    const std::size_t kind = gap.kinds_needed[*one.row.kind].kind;
    const auto leader = std::ranges::find_if(
        gap.needers, [&](const Need& need) { return works_up(graph, need, goods_kinds()[kind]); });
    if (leader != gap.needers.end() && ++led[leader->firm] > kRowsOfBuyer) {
      one.stand = Stand::Behind;
    }
  }
  std::ranges::sort(placed, {}, order);
  // Goods that two sectors make are told once.
  std::set<std::size_t> told;
  for (Placed& one : placed) {
    if (!one.row.kind) continue;
    const std::size_t kind = report.gaps[one.row.gap].kinds_needed[*one.row.kind].kind;
    if (!told.insert(kind).second) one.stand = Stand::Rest;
  }
  std::ranges::sort(placed, {}, order);
  std::vector<KindRow> rows;
  rows.reserve(placed.size());
  for (const Placed& one : placed) rows.push_back(one.row);
  return rows;
}

Gap gap_of_kind(const EnterpriseGraph& graph, const Gap& gap, std::size_t kind) {
  const KindNeed& needed = gap.kinds_needed[kind];
  const GoodsKind& goods = goods_kinds()[needed.kind];
  Gap result = gap;
  result.kinds_needed = {needed};
  result.need_weight = needed.weight;
  result.size_coverage.reset();
  std::erase_if(result.needers, [&](const Need& need) { return !works_up(graph, need, goods); });
  std::erase_if(result.anchors, [&](FirmId firm) {
    return std::ranges::find(result.needers, firm, &Need::firm) == result.needers.end();
  });
  result.needs_unknown = result.needers.size();
  const auto named = [&](const Maker& maker) {
    return std::ranges::find(needed.makers, maker.firm) != needed.makers.end();
  };
  std::erase_if(result.makers, [&](const Maker& maker) { return !named(maker); });
  result.possible_makers.clear();
  for (const std::vector<Maker>* some : {&gap.makers, &gap.possible_makers}) {
    for (const Maker& maker : *some) {
      const auto at = std::ranges::find(needed.mentions, maker.firm);
      if (at != needed.mentions.end()) result.possible_makers.push_back(maker);
    }
  }
  result.possible_maker_count = result.possible_makers.size();
  if (result.possible_makers.size() > kPossibleMakers)
    result.possible_makers.resize(kPossibleMakers);
  std::erase_if(result.nearby_makers, [&](const Maker& maker) {
    return is_newcomer(graph, maker.firm) || !names(graph, maker.makes, goods);
  });
  result.siblings.clear();
  result.sibling_count = 0;
  result.makers_at_risk = static_cast<std::size_t>(
      std::ranges::count_if(result.makers, [](const Maker& maker) { return maker.at_risk; }));
  result.kind = needed.state();
  result.kinds = {result.kind};
  result.weak.clear();
  result.remedy = result.kind == GapKind::Missing ? Remedy::BringIn : Remedy::Foster;
  return result;
}

const KindNeed* need_of_kind(const Gap& gap, std::optional<std::size_t> goods) {
  if (!goods) return nullptr;
  const auto found = std::ranges::find(gap.kinds_needed, *goods, &KindNeed::kind);
  return found == gap.kinds_needed.end() ? nullptr : &*found;
}

GapKind kind_of(const Gap& gap, std::optional<std::size_t> goods) {
  const KindNeed* need = need_of_kind(gap, goods);
  return need == nullptr ? gap.kind : need->state();
}

std::size_t others_of_sector(const Gap& gap, const KindNeed& kind) {
  return static_cast<std::size_t>(std::ranges::count_if(gap.makers, [&](const Maker& maker) {
    const auto among = [&](const std::vector<FirmId>& firms) {
      return std::ranges::find(firms, maker.firm) != firms.end();
    };
    return !among(kind.makers) && !among(kind.mentions);
  }));
}

}  // namespace liantu
