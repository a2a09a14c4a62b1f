#include "prospects/reasons.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "graph/views/told_order.hpp"
#include "liantu/base/values/goods_kinds.hpp"
#include "liantu/base/values/money.hpp"
#include "liantu/chain/economy/sector_kinds.hpp"
#include "liantu/chain/gaps/kind_rows.hpp"

namespace liantu {

Reasons::Reasons(const ScoreStages& stages, std::size_t most)
    : graph_(stages.ground.graph),
      report_(stages.report),
      policy_(stages.policy),
      stages_(stages),
      most_(most),
      usual_path_(stages.proximity.path() == parse_path("directed_l3")) {}

template <typename Add>
void Reasons::tell_path(Prospect& prospect, const Assessment::Reach& reach,
                        TargetWays::Scratch& scratch, const Add& add) const {
  const EntityId anchor = graph_.entity(reach.anchor);
  std::vector<std::uint32_t> gaps;
  for (const FilledGap& filled : prospect.gaps) {
    gaps.push_back(static_cast<std::uint32_t>(filled.gap));
  }
  std::ranges::sort(gaps);
  const PathInstance best = stages_.proximity.ways()->strongest(
      graph_.entity(prospect.firm), anchor, scratch,
      [&](EntityId a, EntityId b) { return told_before(graph_, a, b); }, gaps);
  if (usual_path_ && !telling(prospect.firm, best)) {
    // Evidence all the same, but nothing to say to people: everybody has such a partner.
  } else if (usual_path_) {
    prospect.reasons.push_back(
        {fmt::format("its customer {} also buys from {}, a supplier of {}",
                     graph_.name(best.entities[1]), graph_.name(best.entities[2]),
                     graph_.name(anchor)),
         fmt::format("其客户{}同时向{}采购，后者正是{}的供应商", graph_.name(best.entities[1]),
                     graph_.name(best.entities[2]), graph_.name(anchor))});
  } else {
    std::vector<std::string_view> names;
    for (const EntityId entity : best.entities) names.push_back(graph_.name(entity));
    const std::string way = fmt::format("{}", fmt::join(names, " – "));
    const std::string& name = policy_.proximity_path;
    prospect.reasons.push_back(
        {fmt::format("path {} to {}: {}", name, graph_.name(anchor), way),
         fmt::format("与{}之间有路径 {}：{}", graph_.name(anchor), name, way)});
  }
  for (std::size_t k = 0; k < best.edges.size(); ++k) {
    const RelationKind kind = stages_.proximity.path().steps[k].relation;
    const Relation relation = graph_.relation(kind);
    add(kind, best.edges[k], relation.source(best.edges[k]), relation.target(best.edges[k]));
  }
}

// Makers elsewhere like those here who buy for its first gap, which it supplies already.
template <typename Add>
void Reasons::tell_like_customers(Prospect& prospect, const Add& add) const {
  if (prospect.gaps.empty()) return;
  const std::vector<EdgeId> edges = stages_.like.of(prospect.firm, prospect.gaps.front().gap);
  if (edges.empty()) return;
  constexpr std::size_t kNamed = 3;
  const Relation supplies = graph_.relation(RelationKind::Supplies);
  std::string zh;
  std::string en;
  for (std::size_t i = 0; i < std::min(kNamed, edges.size()); ++i) {
    const EntityId customer = supplies.target(edges[i]);
    zh += (zh.empty() ? "" : "、") + std::string(graph_.name(customer));
    en += (en.empty() ? "" : ", ") + std::string(graph_.name(customer));
    add(RelationKind::Supplies, edges[i], graph_.entity(prospect.firm), customer);
  }
  const std::size_t more = edges.size() - std::min(kNamed, edges.size());
  prospect.reasons.push_back({fmt::format("already supplies makers like the buyers here: {}{}", en,
                                          more > 0 ? fmt::format(" and {} more", more) : ""),
                              fmt::format("已向与本地需求企业同类的企业供货：{}{}", zh,
                                          more > 0 ? fmt::format("等 {} 家", edges.size()) : "")});
}

// Whether a joint partner says anything: it supplies few, and several ways lead over such partners.
bool Reasons::telling(FirmId firm, const PathInstance& way) const {
  constexpr std::size_t kFewCustomers = 5;
  constexpr std::size_t kManyWays = 3;
  const Relation supplies = graph_.relation(RelationKind::Supplies);
  // Ends stand ascending, one several times where years or segments differ.
  const auto repeated = [](std::span<const EntityId> ends, std::size_t i) {
    return i > 0 && ends[i] == ends[i - 1];
  };
  const auto few = [&](EntityId partner) {
    const auto customers = supplies.targets(partner);
    std::size_t count = 0;
    for (std::size_t i = 0; i < customers.size(); ++i) {
      if (!repeated(customers, i) && ++count > kFewCustomers) return false;
    }
    return true;
  };
  if (!few(way.entities[2])) return false;
  // Found from the few that such a partner supplies: an anchor has fewer partners than large firms have
  // customers that buy from many.
  const auto partners = supplies.sources(way.entities.back());
  const auto customers = supplies.targets(graph_.entity(firm));
  std::size_t ways = 0;
  for (std::size_t i = 0; i < partners.size(); ++i) {
    const EntityId partner = partners[i];
    if (partner == graph_.entity(firm) || repeated(partners, i) || !few(partner)) continue;
    const auto joint = supplies.targets(partner);
    for (std::size_t c = 0; c < joint.size(); ++c) {
      if (!repeated(joint, c) && std::ranges::binary_search(customers, joint[c]) &&
          ++ways >= kManyWays) {
        return true;
      }
    }
  }
  return false;
}

void Reasons::tell(Prospect& prospect, const std::optional<Assessment::Reach>& reach,
                   TargetWays::Scratch& scratch) const {
  const EntityId entity = graph_.entity(prospect.firm);
  std::vector<Evidence>& evidence = prospect.evidence;
  const auto add = [&](RelationKind kind, EdgeId edge, EntityId from, EntityId to) {
    const Evidence one{kind, edge, from, to};
    if (evidence.size() < most_ && std::ranges::find(evidence, one) == evidence.end()) {
      evidence.push_back(one);
    }
  };
  constexpr std::size_t kGapsTold = 3;
  for (std::size_t i = 0; i < std::min(kGapsTold, prospect.gaps.size()); ++i) {
    const FilledGap& filled = prospect.gaps[i];
    const Gap& gap = report_.gaps[filled.gap];
    Text reason = gap_reason(filled, gap);
    if (i == 0) {
      const Text business = business_of(prospect.firm, gap.segment);
      reason.en += business.en;
      reason.zh += business.zh;
      // The row's sum, where it is more than what the first gap brings.
      if (prospect.purchases && prospect.gaps.size() > 1 &&
          prospect.purchases->value > filled.purchases.value_or(Figure{}).value) {
        const Money sum{prospect.purchases->value};
        const Text basis = basis_text(prospect.purchases->basis);
        reason.en += fmt::format("; over its {} gaps at most {} a year ({})", prospect.gaps.size(),
                                 format_money(sum, Language::En), basis.en);
        reason.zh += fmt::format("；所补 {} 个环节合计每年至多 {}（{}）", prospect.gaps.size(),
                                 format_money(sum, Language::Zh), basis.zh);
      }
    }
    prospect.reasons.push_back(std::move(reason));
    add(RelationKind::Makes, filled.makes, entity, graph_.entity(filled.segment));
    if (const auto all = buyers(filled, gap); !all.empty()) {
      const Need* need = all.front();
      const Relation rule = graph_.relation(RelationKind::Requires);
      if (need->purchase) {
        const Relation supplies = graph_.relation(RelationKind::Supplies);
        add(RelationKind::Supplies, *need->purchase, supplies.source(*need->purchase),
            supplies.target(*need->purchase));
      }
      if (need->reckoned) {
        add(RelationKind::Requires, need->requires_edge, rule.source(need->requires_edge),
            rule.target(need->requires_edge));
      }
      if (need->reckoned && !is_newcomer(graph_, need->makes)) {
        add(RelationKind::Makes, need->makes, graph_.entity(need->firm),
            graph_.entity(need->product));
      }
    }
  }
  tell_like_customers(prospect, add);
  constexpr std::size_t kTiesTold = 3;
  const std::vector<Tie> known = stages_.proximity.ties().of(prospect.firm);
  for (std::size_t i = 0; i < std::min(kTiesTold, known.size()); ++i) {
    prospect.reasons.push_back(tie_reason(known[i]));
    add(known[i].relation, known[i].edge, known[i].from, known[i].to);
  }
  if (known.empty() && !reach) {
    if (Text door = door_reason(prospect); !door.en.empty()) {
      prospect.reasons.push_back(std::move(door));
    }
  }
  if (Text namesake = namesake_reason(prospect); !namesake.en.empty()) {
    prospect.reasons.push_back(std::move(namesake));
  }
  const Text place = place_reason(prospect);
  if (!place.en.empty()) prospect.reasons.push_back(place);
  if (reach) tell_path(prospect, *reach, scratch, add);
  if (prospect.coming) prospect.reasons.push_back(propensity_reason(*prospect.coming));
  if (const auto edge = stages_.places.presence().site_in_district(prospect.firm)) {
    const EntityId site = graph_.relation(RelationKind::StandsOn).target(*edge);
    prospect.reasons.push_back(
        {fmt::format("already stands on {} in the district", graph_.name(site)),
         fmt::format("已在本地“{}”落户", graph_.name(site))});
    add(RelationKind::StandsOn, *edge, entity, site);
  }
}

// Those whose needs what fills a gap meets, largest or surest first; where sizes order the list, who is
// surely of its industry before who may be. An anchor tells most and leads.
std::vector<const Need*> Reasons::buyers(const FilledGap& filled, const Gap& gap) const {
  std::vector<const Need*> found;
  for (const Need& need : gap.needers) {
    if (!filled.kind || works_up(graph_, need, *filled.kind)) found.push_back(&need);
  }
  constexpr double kSure = 0.6;
  const auto sure = [&](const Need* need) {
    return !report_.by_size || need->basis == Basis::Stated || need->confidence >= kSure;
  };
  std::stable_partition(found.begin(), found.end(), sure);
  const auto anchor = std::ranges::find_if(found, [&](const Need* need) {
    return sure(need) && std::ranges::binary_search(gap.anchors, need->firm);
  });
  if (anchor != found.end()) std::rotate(found.begin(), anchor, anchor + 1);
  return found;
}

Text Reasons::firm_text(FirmId firm) const {
  const std::string_view name = firm_name(graph_, report_.newcomers, firm);
  if (!is_newcomer(graph_, firm)) return {std::string(name), std::string(name)};
  return {fmt::format("{} (assumed)", name), fmt::format("{}（假设）", name)};
}

// With its business and its capital where sizes order the list: what an official asks first of a buyer.
Text Reasons::buyer_text(const Need& need) const {
  Text text = firm_text(need.firm);
  if (!report_.by_size || is_newcomer(graph_, need.firm)) return text;
  Text about;
  if (const auto product = product_made(graph_, need.firm, need.product)) {
    about.en = about.zh = graph_.name(graph_.entity(*product));
  }
  constexpr double kUnit = 1e3;  // less is a figure of 万元 that lost its unit
  const auto capital = graph_.number(graph_.entity(need.firm), EntityNumber::RegisteredCapital);
  if (capital && capital->value >= kUnit) {
    const Money money{capital->value};
    if (!about.zh.empty()) about = {about.en + ", ", about.zh + "，"};
    about.en += "registered capital " + format_money(money, Language::En);
    about.zh += "注册资本" + format_money(money, Language::Zh);
  }
  if (about.zh.empty()) return text;
  return {fmt::format("{} ({})", text.en, about.en), fmt::format("{}（{}）", text.zh, about.zh)};
}

// Whom to ask for a first word where nobody here is known to know it: who would buy of it.
Text Reasons::door_reason(const Prospect& prospect) const {
  if (!report_.by_size || prospect.gaps.empty()) return {};
  const FilledGap& filled = prospect.gaps.front();
  const Gap& gap = report_.gaps[filled.gap];
  if (gap.kind == GapKind::Extension || gap.kind == GapKind::Hidden) return {};
  const std::vector<const Need*> all = buyers(filled, gap);
  if (all.empty()) return {};
  const Text first = firm_text(all.front()->firm);
  return {fmt::format("nobody is known to know it; {} could invite it as its buyer (inferred)",
                      first.en),
          fmt::format("尚无已知关系，可请{}以采购方身份引荐（推断）", first.zh)};
}

Text Reasons::gap_reason(const FilledGap& filled, const Gap& gap) const {
  const std::string_view of_sector = graph_.name(graph_.entity(filled.segment));
  const Text made = filled.kind ? goods_kinds()[*filled.kind].name
                                : Text{std::string(of_sector), std::string(of_sector)};
  const std::string_view wanted = graph_.name(graph_.entity(gap.segment));
  const std::vector<const Need*> all = buyers(filled, gap);
  const Need* need = all.empty() ? nullptr : all.front();
  const Text who = need == nullptr ? Text{} : buyer_text(*need);
  const std::size_t others = all.empty() ? 0 : all.size() - 1;
  std::string named = who.zh;
  // Where the order rests on sizes the largest are named: one might be misread.
  constexpr std::size_t kNamed = 3;
  for (std::size_t i = 1; report_.by_size && i < std::min(kNamed, all.size()); ++i) {
    named += "、" + buyer_text(*all[i]).zh;
  }
  const std::string needed = others == 0 ? who.zh : fmt::format("{}等 {} 家", named, others + 1);
  const Text sure = need == nullptr ? Text{} : basis_text(need->basis);
  Text text;
  text.en = fmt::format("makes {}", made.en);
  text.zh = fmt::format("生产{}", made.zh);
  if (stages_.gaps.alike(filled)) {
    text.en += fmt::format(" (of a kind with {}, inferred)", wanted);
    text.zh += fmt::format("（与“{}”同类，推断）", wanted);
  }
  if (gap.kind == GapKind::Extension) {
    text.en += fmt::format(", into which a product of {} goes", who.en);
    text.zh += fmt::format("，{}的产品是其投入", needed);
  } else if (gap.kind == GapKind::Hidden) {
    const std::string_view other =
        graph_.name(graph_.entity(gap.later.front().causes.front().product));
    text.en += fmt::format(", which {} would need were it made here", other);
    text.zh += fmt::format("，补上“{}”之后才需要的隐性环节", other);
  } else if (const KindNeed* lacking = need_of_kind(gap, filled.kind)) {
    const bool missing = lacking->state() == GapKind::Missing;
    const Text state = missing ? Text{"which no firm here names or mentions", "本地未见此品类"}
                               : Text{"which firms here make or mention, of unknown size",
                                      "本地有企业涉及、规模不明"};
    text.en += fmt::format(", {} ({}), needed by {}", state.en, wanted, who.en);
    text.zh += fmt::format("，{}（“{}”环节），{}需要", state.zh, wanted, needed);
  } else {
    const bool open = gap.kind == GapKind::Open;
    const Text kind =
        open ? Text{"segment that firms here of unknown size make too",
                    "本地已有企业、规模不明的环节"}
             : Text{gap_text(gap.kind).en + " segment", gap_text(gap.kind).zh + "环节"};
    text.en += fmt::format(", a {}{} needed by {}", kind.en,
                           made.en == wanted ? "" : fmt::format(" ({})", wanted), who.en);
    text.zh += fmt::format("，属{}{}，{}需要", kind.zh,
                           made.zh == wanted ? "" : fmt::format("“{}”", wanted), needed);
  }
  if (others > 0) text.en += fmt::format(" and {} more", others);
  if (need != nullptr && need->basis != Basis::Stated && gap.kind != GapKind::Hidden) {
    text.en += fmt::format(" ({})", sure.en);
    text.zh += fmt::format("（{}）", sure.zh);
  }
  if (filled.purchases) {
    const Text basis = basis_text(filled.purchases->basis);
    const Money money{filled.purchases->value};
    text.en += fmt::format("; could bring home at most {} a year ({})",
                           format_money(money, Language::En), basis.en);
    text.zh +=
        fmt::format("；每年至多可回流采购{}（{}）", format_money(money, Language::Zh), basis.zh);
  }
  const KindNeed* lacking = need_of_kind(gap, filled.kind);
  const Text local = lacking != nullptr ? fostered(gap, *lacking) : fostered(gap);
  text.en += local.en;
  text.zh += local.zh;
  return text;
}

// Who could be helped to make it here instead.
Text Reasons::fostered(const Gap& gap) const {
  if (gap.remedy != Remedy::Foster) return {};
  const std::vector<Maker>& some = !gap.makers.empty()            ? gap.makers
                                   : !gap.possible_makers.empty() ? gap.possible_makers
                                                                  : gap.siblings;
  if (some.empty()) return {};
  const std::size_t count = !gap.makers.empty()            ? gap.makers.size()
                            : !gap.possible_makers.empty() ? gap.possible_maker_count
                                                           : gap.sibling_count;
  const Text first = firm_text(some.front().firm);
  return {fmt::format("; local firms could be helped to instead: {}{}", first.en,
                      count > 1 ? fmt::format(" and {} more", count - 1) : ""),
          fmt::format("；宜先比较本地培育：{}{}", first.zh,
                      count > 1 ? fmt::format("等 {} 家", count) : "")};
}

// Of a kind: who makes it, who only mentions it, and how many more are of its sector.
Text Reasons::fostered(const Gap& gap, const KindNeed& kind) const {
  Text text;
  const auto tell = [&](const std::vector<FirmId>& firms, const Text& how) {
    if (firms.empty()) return;
    const Text first = firm_text(firms.front());
    const std::size_t count = firms.size();
    text.en += fmt::format("; {}: {}{}", how.en, first.en,
                           count > 1 ? fmt::format(" and {} more", count - 1) : "");
    text.zh += fmt::format("；{}：{}{}", how.zh, first.zh,
                           count > 1 ? fmt::format("等 {} 家", count) : "");
  };
  tell(kind.makers, {"local firms could be helped to instead", "宜先比较本地培育"});
  tell(kind.mentions, {"mentioned in the scope of, to be checked", "经营范围提及、宜先核实"});
  if (const std::size_t others = others_of_sector(gap, kind); others > 0) {
    text.en += fmt::format("; {} more firms of the sector here do not mention it", others);
    text.zh += fmt::format("；本地同行业另 {} 家未提及此品类", others);
  }
  return text;
}

// What it says it earns most with, as far as that is not known to be of another sector; words of
// accounts name nothing.
Text Reasons::business_of(FirmId firm, SegmentId sector) const {
  constexpr std::size_t kTold = 2;
  constexpr std::string_view kAccounts[] = {
      "费用",     "抵销", "抵消", "平衡", "合计", "小计", "其他", "其它", "收入", "成本",
      "利润",     "分部", "内销", "外销", "销售", "调整", "项目", "贸易", "中间", "业务",
      "解决方案", "商品", "直营", "经销", "加盟", "出口", "国内", "国外"};
  const Relation makes = graph_.relation(RelationKind::Makes);
  const EdgeRange range = makes.out_edges(graph_.entity(firm));
  std::vector<std::pair<double, std::uint64_t>> shares;
  for (std::uint64_t edge = range.first; edge < range.last; ++edge) {
    const auto share = makes.number(EdgeId{edge}, EdgeNumber::Share);
    if (!share || *share < policy_.main_share) continue;
    if (makes.provenance(EdgeId{edge}).basis != Basis::Stated) continue;
    const EntityId product = makes.target(EdgeId{edge});
    const std::string_view name = graph_.name(product);
    if (!stages_.ground.of_sector(SegmentId{graph_.local(product)}, sector).value_or(true))
      continue;
    if (graph_.text(product, EntityText::Type) == "industry" ||
        std::ranges::any_of(kAccounts, [&](std::string_view word) {
          return name.find(word) != std::string_view::npos;
        })) {
      continue;
    }
    shares.emplace_back(-*share, edge);
  }
  std::ranges::stable_sort(shares);
  if (shares.size() > kTold) shares.resize(kTold);
  Text text;
  for (const auto& [share, edge] : shares) {
    const std::string one =
        fmt::format("{} {:.0f}%", graph_.name(makes.target(EdgeId{edge})), -share * 100);
    text.en += (text.en.empty() ? "; its main business (stated): " : ", ") + one;
    text.zh += (text.zh.empty() ? "；主营（明示）：" : "、") + one;
  }
  return text;
}

// Who of its name stands in the province: the first question of a leader is whether it is here already.
Text Reasons::namesake_reason(const Prospect& prospect) const {
  if (!report_.by_size || !prospect.near.empty()) return {};
  const std::vector<FirmId> found = stages_.places.namesakes(prospect.firm);
  if (found.empty()) return {};
  const std::string_view first = graph_.name(graph_.entity(found.front()));
  const std::string province = region_full_name(report_.district.source_outside);
  const std::size_t more = found.size() - 1;
  return {fmt::format("perhaps in {} already, by the name (inferred, to be checked): {}{}",
                      province, first, more > 0 ? fmt::format(" and {} more", more) : ""),
          fmt::format("在{}有疑似关联企业（按字号推断，须核实）：{}{}", province, first,
                      more > 0 ? fmt::format("等 {} 家", more + 1) : "")};
}

// Where it stands, as far as that speaks for or against it.
Text Reasons::place_reason(const Prospect& prospect) const {
  if (!prospect.near.empty()) {
    const std::string_view first = graph_.name(graph_.entity(prospect.near.front()));
    const std::string province = region_full_name(report_.district.source_outside);
    return {fmt::format("has {} in {} already", first, province),
            fmt::format("在{}已有{}", province, first)};
  }
  if (!prospect.km) return {};
  const Text heavy = prospect.heavy ? Text{"; heavy for its worth, dear to send from there",
                                           "；货重值低，外运成本高"}
                                    : Text{};
  return {fmt::format("about {:.0f} km away (between the seats of the provinces, estimated){}",
                      *prospect.km, heavy.en),
          fmt::format("相距约 {:.0f} 公里（省会间直线，估算）{}", *prospect.km, heavy.zh)};
}

// Its place among all that may come, and why.
Text Reasons::propensity_reason(const FirmPropensity& coming) const {
  if (coming.rank == 0) return coming.reason;
  return {fmt::format("propensity to come, place {}: {}", coming.rank, coming.reason.en),
          fmt::format("落户倾向第 {} 位：{}", coming.rank, coming.reason.zh)};
}

Text Reasons::tie_reason(const Tie& tie) const {
  const std::string_view local = graph_.name(graph_.entity(tie.local));
  const bool outward = tie.from != graph_.entity(tie.local);
  switch (tie.relation) {
    case RelationKind::Supplies:
      return outward
                 ? Text{fmt::format("already supplies {}", local), fmt::format("已向{}供货", local)}
                 : Text{fmt::format("already buys from {}", local),
                        fmt::format("已向{}采购", local)};
    case RelationKind::Owns:
      return outward
                 ? Text{fmt::format("holds a share of {}", local), fmt::format("持有{}股权", local)}
                 : Text{fmt::format("{} holds a share of it", local),
                        fmt::format("{}持有其股权", local)};
    case RelationKind::Cooperates:
      return {fmt::format("cooperates with {}", local), fmt::format("与{}有合作", local)};
    default:
      return {fmt::format("belongs to {}, as {} does", graph_.name(tie.to), local),
              fmt::format("与{}同为{}成员", local, graph_.name(tie.to))};
  }
}

}  // namespace liantu
