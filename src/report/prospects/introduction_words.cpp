#include "report/prospects/introduction_words.hpp"

#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "report/words/words.hpp"

namespace liantu {
namespace {

// Words of the tables may be no UTF-8.
std::string name(const EnterpriseGraph& graph, EntityId entity) {
  return valid_utf8(graph.name(entity));
}

std::string per_cent(double share) {
  return fmt::format("{}%", plain_number(std::round(share * 1000) / 10));
}

Text owns_text(const std::string& owner, const std::string& owned, const Relation& relation,
               EdgeId edge) {
  if (const auto share = relation.number(edge, EdgeNumber::Share)) {
    return {fmt::format("{} holds {} of {}", owner, per_cent(*share), owned),
            fmt::format("{}持有{} {} 股份", owner, owned, per_cent(*share))};
  }
  return {fmt::format("{} holds a share of {}", owner, owned),
          fmt::format("{}是{}的股东", owner, owned)};
}

Text supplies_text(const EnterpriseGraph& graph, const std::string& supplier,
                   const std::string& customer, const Relation& relation, EdgeId edge) {
  if (const auto segment = relation.segment(edge)) {
    const std::string goods = name(graph, graph.entity(*segment));
    return {fmt::format("{} supplies {} with {}", supplier, customer, goods),
            fmt::format("{}向{}供应{}", supplier, customer, goods)};
  }
  return {fmt::format("{} supplies {}", supplier, customer),
          fmt::format("{}向{}供货", supplier, customer)};
}

}  // namespace

Text step_text(const EnterpriseGraph& graph, const IntroductionStep& step) {
  const std::string from = name(graph, step.backward ? step.to : step.from);
  const std::string to = name(graph, step.backward ? step.from : step.to);
  if (!step.relation) {
    return {fmt::format("{} works in the region of {}", from, to),
            fmt::format("{}负责{}所在地区", from, to)};
  }
  const Relation relation = graph.relation(*step.relation);
  const std::string detail = valid_utf8(relation.detail(step.edge));
  switch (*step.relation) {
    case RelationKind::Serves:
      if (detail.empty()) {
        return {fmt::format("{} serves {}", from, to), fmt::format("{}在{}任职", from, to)};
      }
      return {fmt::format("{} serves {} as {}", from, to, detail),
              fmt::format("{}任{}{}", from, to, detail)};
    case RelationKind::Owns:
      return owns_text(from, to, relation, step.edge);
    case RelationKind::Supplies:
      return supplies_text(graph, from, to, relation, step.edge);
    case RelationKind::Cooperates:
      if (detail.empty()) {
        return {fmt::format("{} and {} co-operate", from, to), fmt::format("{}与{}合作", from, to)};
      }
      return {fmt::format("{} and {} co-operate ({})", from, to, detail),
              fmt::format("{}与{}合作（{}）", from, to, detail)};
    default:
      break;
  }
  const EntityId organization = step.backward ? step.from : step.to;
  const auto known_as = graph.kind(organization) == EntityKind::Organization
                            ? channel_of(graph, OrganizationId{graph.local(organization)})
                            : std::nullopt;
  if (known_as && knows_members(*known_as)) {
    return {fmt::format("{} knows {}", to, from), fmt::format("{}与{}相识", to, from)};
  }
  return {fmt::format("{} belongs to {}", from, to), fmt::format("{}是{}成员", from, to)};
}

Text step_source(const EnterpriseGraph& graph, const IntroductionStep& step) {
  if (!step.relation) return {};
  const Provenance told = graph.relation(*step.relation).provenance(step.edge);
  const std::string row = valid_utf8(source_row(graph, told));
  Text text{row, row};
  if (told.since.known()) {
    const std::string since = told.since.to_string();
    text = {fmt::format("since {}{}{}", since, row.empty() ? "" : ", ", row),
            fmt::format("{} 起{}{}", since, row.empty() ? "" : "，", row)};
  } else if (told.as_of.known()) {
    const std::string seen = told.as_of.to_string();
    text = {fmt::format("as of {}{}{}", seen, row.empty() ? "" : ", ", row),
            fmt::format("截至 {}{}{}", seen, row.empty() ? "" : "，", row)};
  }
  return text;
}

std::string way_words(const EnterpriseGraph& graph, const Introduction& way, Language language,
                      bool sources) {
  std::vector<std::string> parts;
  for (const IntroductionStep& step : way.steps) {
    std::string words = step_text(graph, step).in(language);
    const std::string source = sources ? step_source(graph, step).in(language) : std::string();
    if (!source.empty())
      words +=
          language == Language::Zh ? fmt::format("〔{}〕", source) : fmt::format(" [{}]", source);
    parts.push_back(std::move(words));
  }
  return fmt::format("{}", fmt::join(parts, language == Language::Zh ? "；" : "; "));
}

std::string_view unintroduced_word(Unintroduced why) {
  return why == Unintroduced::NoWay ? "no_way" : "no_capacity";
}

Text unintroduced_text(const EnterpriseGraph& graph, const PlannedIntroduction& one) {
  if (one.why == Unintroduced::NoWay) {
    return {
        "no way is known; tables of executives, owners, supplies, chambers or offices would show "
        "one",
        "没有已知路径；补充任职、持股、供货、商会成员或驻点办负责地区的表后可能出现"};
  }
  std::vector<std::string> names;
  for (const EntityId asked : one.asked) names.push_back(name(graph, asked));
  return {fmt::format("those who could call it call others already: {}",
                      join_names(names, 3, Counter::Things, Language::En)),
          fmt::format("能引荐的都已有其他任务：{}",
                      join_names(names, 3, Counter::Things, Language::Zh))};
}

}  // namespace liantu
