#include "report/prospects/lift_words.hpp"

#include <string>

#include <fmt/format.h>

#include "liantu/base/regions/region.hpp"
#include "liantu/base/values/money.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

const Text kNotKnown{"not known now", "目前未知"};

Text quoted(const EnterpriseGraph& graph, const LiftingFact& fact) {
  const std::string name(fact.segment ? graph.name(graph.entity(*fact.segment))
                                      : std::string_view());
  return {name, fmt::format("“{}”", name)};
}

Text money(double cny) {
  const Money amount{cny};
  return {format_money(amount, Language::En), format_money(amount, Language::Zh)};
}

// What is known of an amount now.
Text amount_now(const LiftingFact& fact) {
  if (!fact.from) return kNotKnown;
  const Text now = money(*fact.from);
  return {fmt::format("now {}", now.en), fmt::format("目前 {}", now.zh)};
}

Text share_now(const LiftingFact& fact) {
  if (!fact.from) return kNotKnown;
  return {fmt::format("now {:.0f}%", *fact.from * 100),
          fmt::format("目前 {:.0f}%", *fact.from * 100)};
}

Text tie_text(const LiftingFact& fact) {
  const Text with =
      fact.anchor ? Text{"an anchor firm here", "本地龙头企业"} : Text{"a firm here", "本地企业"};
  switch (fact.relation.value_or(RelationKind::MemberOf)) {
    case RelationKind::Supplies:
      return {fmt::format("supplies {} or buys from it (the firms here know it)", with.en),
              fmt::format("与{}有供货或采购往来（可向本地企业了解）", with.zh)};
    case RelationKind::Owns:
      return {fmt::format("holds a share of {}, or the other way round (the register says it)",
                          with.en),
              fmt::format("与{}有股权关系（可查企业登记信息）", with.zh)};
    case RelationKind::Cooperates:
      return {fmt::format("cooperates with {} (the firms here know it)", with.en),
              fmt::format("与{}有合作（可向本地企业了解）", with.zh)};
    default:
      return {fmt::format("belongs to one organization with {} (chambers and alumni associations "
                          "list their members)",
                          with.en),
              fmt::format("与{}同为一个商协会或校友会成员（可查会员名册）", with.zh)};
  }
}

// Whose purchases of a gap's segment are not known.
Text buyers_text(const EnterpriseGraph& graph, const GapReport& report, const LiftingFact& fact) {
  constexpr std::size_t kNamed = 2;
  std::vector<std::string> names;
  if (fact.gap) {
    for (const Need& need : report.gaps[*fact.gap].needers) {
      if (need.complete) continue;
      names.emplace_back(firm_name(graph, report.newcomers, need.firm));
    }
  }
  if (names.empty()) return {"the firms here that buy it", "本地采购企业"};
  return {join_names(names, kNamed, Counter::Firms, Language::En),
          join_names(names, kNamed, Counter::Firms, Language::Zh)};
}

}  // namespace

Text lifting_fact_text(const EnterpriseGraph& graph, const GapReport& report,
                       const LiftingFact& fact) {
  const Text segment = quoted(graph, fact);
  const double to = fact.to.value_or(0);
  switch (fact.field) {
    case LiftField::Revenue: {
      const Text now = amount_now(fact);
      return {fmt::format("revenue of at least {} a year, {} (its annual report or the firm itself "
                          "says it)",
                          money(to).en, now.en),
              fmt::format("营业收入每年不低于{}，{}（可查企业年报或请企业提供）", money(to).zh,
                          now.zh)};
    }
    case LiftField::Tag:
      return {fmt::format("carries the tag “{}” (the lists that authorities and exchanges publish "
                          "say it)",
                          fact.tag),
              fmt::format("具备“{}”标签（可查主管部门或交易所公布名单）", fact.tag)};
    case LiftField::Output: {
      const Text now = amount_now(fact);
      return {
          fmt::format("makes {} for at least {} a year, {} (its annual report or the firm itself "
                      "says it)",
                      segment.en, money(to).en, now.en),
          fmt::format("{}年产值不低于{}，{}（可查企业年报或请企业提供）", segment.zh, money(to).zh,
                      now.zh)};
    }
    case LiftField::Demand: {
      const Text who = buyers_text(graph, report, fact);
      if (!fact.to) {
        return {fmt::format("how much {} is bought here a year, {} (to be asked of {})", segment.en,
                            kNotKnown.en, who.en),
                fmt::format("本地每年采购{}的金额，{}（可向{}了解）", segment.zh, kNotKnown.zh,
                            who.zh)};
      }
      const Text now = amount_now(fact);
      return {
          fmt::format("firms here buy {} outside for at least {} a year, {} (to be asked of {})",
                      segment.en, money(to).en, now.en, who.en),
          fmt::format("本地每年外购{}不低于{}，{}（可向{}了解）", segment.zh, money(to).zh, now.zh,
                      who.zh)};
    }
    case LiftField::Share: {
      const Text now = share_now(fact);
      return {fmt::format("earns at least {:.0f}% of its revenue with {}, {} (its annual report by "
                          "product or the firm itself says it)",
                          to * 100, segment.en, now.en),
              fmt::format("{}占营业收入不低于 {:.0f}%，{}（可查年报分产品收入或请企业提供）",
                          segment.zh, to * 100, now.zh)};
    }
    case LiftField::Confidence:
      return {fmt::format("surely makes {}: confidence of at least {:.2f}, now {:.2f} (its "
                          "catalogue or a visit says it)",
                          segment.en, to, printed_confidence(fact.from.value_or(0))),
              fmt::format("确认生产{}：置信度不低于 {:.2f}，目前 {:.2f}（可查产品目录或实地核实）",
                          segment.zh, to, printed_confidence(fact.from.value_or(0)))};
    case LiftField::Product:
      return {fmt::format("makes {}, too (its catalogue or the firm itself says it)", segment.en),
              fmt::format("同时生产{}（可查产品目录或请企业确认）", segment.zh)};
    case LiftField::Tie:
      return tie_text(fact);
    case LiftField::Distance:
      return {
          fmt::format("stands at most {:.0f} km from here, {} (the register says where)", to,
                      kNotKnown.en),
          fmt::format("所在地距本地不超过 {:.0f} 公里，{}（可查企业登记住所）", to, kNotKnown.zh)};
    case LiftField::Branch: {
      const std::string province = region_full_name(report.district.source_outside);
      return {fmt::format("has a branch or subsidiary in {} (the register says it)", province),
              fmt::format("在{}设有分支或子公司（可查企业登记信息）", province)};
    }
    case LiftField::Place: {
      const std::string en = fact.from ? fmt::format("now {:.0f}", *fact.from) : kNotKnown.en;
      const std::string zh = fact.from ? fmt::format("目前第 {:.0f} 位", *fact.from) : kNotKnown.zh;
      return {
          fmt::format("place {:.0f} or better in propensity to come, {} (the register says what "
                      "branches it opened)",
                      to, en),
          fmt::format("落户倾向排在前 {:.0f} 位，{}（可查企业登记的外地分支）", to, zh)};
    }
  }
  return {};
}

Text lifting_part_text(const EnterpriseGraph& graph, const GapReport& report,
                       const LiftingPart& part, double missing) {
  const Text name = part_text(part.part);
  Text text{
      fmt::format("{} ({:.2f} of the {:.2f} points it has left)", name.en, missing, part.room),
      fmt::format("{}（尚余 {:.2f} 分，需 {:.2f} 分）", name.zh, part.room, missing)};
  if (part.fact) {
    const Text fact = lifting_fact_text(graph, report, *part.fact);
    text.en += ": " + fact.en;
    text.zh += "：" + fact.zh;
  } else {
    text.en += ": takes more than one fact";
    text.zh += "：须多项事实同时改善";
  }
  return text;
}

}  // namespace liantu
