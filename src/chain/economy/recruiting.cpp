#include "liantu/chain/economy/recruiting.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

namespace liantu {
namespace {

struct Rule {
  // GB/T 4754, each with what lies below it; with $ the code alone, by which a table's sector holds
  // what no other sector of it holds.
  std::vector<std::string_view> industries;
  std::vector<std::string_view> named;  // or a word in the sector's name
  RecruitingBar bar;
};

const Text kTrade;  // no document: the trade itself

std::span<const Rule> rules() {
  static const std::vector<Rule> all = {
      {{"A", "B", "C134", "C135", "C136"},
       {},
       {{"bound to where the ore, the water or the harvest is",
         "受资源产地限制，随矿产、水源、农产地布局"},
        kTrade}},
      {{"C132", "C301", "C302", "C303", "C42", "C43"},
       {},
       {{"sold, or collected, within a short radius: a plant stands at every market",
         "受运输或服务半径限制，就近布点"},
        kTrade}},
      {{"C16"},
       {},
       {{"a monopoly of the state: no plant without its licence", "国家专卖，须烟草专卖许可"},
        {"Tobacco Monopoly Law of China, article 3", "《中华人民共和国烟草专卖法》第三条"}}},
      {{"C267"},
       {},
       {{"made and sold under licences alone", "民用爆炸物品，生产销售须许可"},
        {"Regulations on the Safety of Civil Explosives, State Council decree 466",
         "《民用爆炸物品安全管理条例》（国务院令第466号）"}}},
      {{"C25", "C261", "C262", "C263", "C311", "C312", "C313", "C314", "C321", "C322", "C323",
        "C324", "C32$"},
       {},
       {{"high energy use and emission (两高): needs special approval", "属“两高”行业，须专门审批"},
        {"环环评〔2021〕45号", "生态环境部环环评〔2021〕45号"}}},
      {{"C221", "C222"},
       {},
       {{"pulp and paper mills take much water: only in approved parks",
         "制浆造纸用水、排污量大，须进合规园区"},
        {"Yangtze Economic Belt, negative list of 2022",
         "《长江经济带发展负面清单指南（试行，2022年版）》"}}},
      {{"C1910", "C3843"},
       {},
       {{"releases heavy metals (lead, chromium): only where a share of the total is free",
         "属重点管控的涉重金属行业，须有排放总量来源"},
        {"环固体〔2022〕17号", "生态环境部环固体〔2022〕17号"}}},
      {{},
       {"其他"},
       {{"many things under one name: nobody could be called", "类别过宽，看不出缺什么"}, kTrade}},
  };
  return all;
}

bool covers(const Rule& rule, std::string_view industry) {
  return std::ranges::any_of(rule.industries, [&](std::string_view code) {
    return code.ends_with('$') ? industry == code.substr(0, code.size() - 1)
                               : industry.starts_with(code);
  });
}

}  // namespace

const RecruitingBar* recruiting_bar(const EnterpriseGraph& graph, SegmentId segment) {
  const EntityId entity = graph.entity(segment);
  if (!graph.number(entity, EntityNumber::OutputShare)) return nullptr;
  const std::string_view name = graph.name(entity);
  const std::vector<std::string_view> own = graph.list(entity, EntityText::Industry);
  for (const Rule& rule : rules()) {
    const bool within = !own.empty() && std::ranges::all_of(own, [&](std::string_view one) {
      return covers(rule, one);
    });
    const bool named = std::ranges::any_of(rule.named, [&](std::string_view word) {
      return name.find(word) != std::string_view::npos;
    });
    if (within || named) return &rule.bar;
  }
  return nullptr;
}

const RecruitingBar* recruiting_bar(const GoodsKind& kind) {
  if (kind.made_in.empty()) return nullptr;
  const auto rule = std::ranges::find_if(
      rules(), [&](const Rule& one) { return covers(one, kind.made_in.front()); });
  return rule == rules().end() ? nullptr : &rule->bar;
}

}  // namespace liantu
