#include "ingest/graph_rules.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "liantu/base/values/date.hpp"

namespace liantu {
namespace {

constexpr double kRounding = 0.01;          // how far rounded shares may lie off
constexpr double kTinyCapitalCny = 1000;    // below: a unit was lost or counted twice
constexpr std::size_t kMostListed = 6;      // parts of a sum that a message names
constexpr std::size_t kMostLooseEnds = 50;  // messages of a kind

// The table that has a row; one of the meaning before others. Null when none has it.
SheetReader* reader_of(const Provenance& from, const TableMeaning& meaning, const Sources& sources,
                       std::span<InputTable> tables) {
  const std::string_view file = sources.file(from.source);
  if (file.empty()) return nullptr;
  SheetReader* other = nullptr;
  for (InputTable& table : tables) {
    SheetReader& reader = table.reader();
    if (reader.table().name() != file || !table.go_to(from.row)) continue;
    if (reader.meaning() == meaning) return &reader;
    other = &reader;
  }
  return other;
}

// Whether one day is before another, as far as both are known.
bool is_before(const Date& a, const Date& b) {
  if (!a.known() || !b.known()) return false;
  if (a.year != b.year) return a.year < b.year;
  if (a.month == 0 || b.month == 0 || a.month != b.month) {
    return a.month != 0 && b.month != 0 && a.month < b.month;
  }
  return a.day != 0 && b.day != 0 && a.day < b.day;
}

// Shares that add up, of one firm at one time.
struct Sum {
  double share = 0;
  std::vector<EdgeId> parts;
};

// By the year of observation. What has ended counts in no other year, and of what one firm says
// twice the later beginning does.
std::map<int, Sum> sums_of(const Relation& relation, EntityId firm) {
  using Part = std::tuple<int, EntityId, std::optional<SegmentId>>;
  std::map<Part, EdgeId> parts;
  for (const std::uint32_t number : relation.in_edges(firm)) {
    const EdgeId edge{number};
    const Provenance from = relation.provenance(edge);
    if (!relation.number(edge, EdgeNumber::Share)) continue;
    if (!from.as_of.known() && from.until.known()) continue;
    const Part part{from.as_of.year, relation.source(edge), relation.segment(edge)};
    const auto [known, fresh] = parts.try_emplace(part, edge);
    if (!fresh && relation.provenance(known->second).since < from.since) known->second = edge;
  }
  std::map<int, Sum> sums;
  for (const auto& [part, edge] : parts) {
    Sum& sum = sums[std::get<0>(part)];
    sum.share += *relation.number(edge, EdgeNumber::Share);
    sum.parts.push_back(edge);
  }
  return sums;
}

struct SumRule {
  RelationKind relation;
  std::string_view kind;
  std::string_view what_en, what_zh;
  Text remedy;
};

void warn_of_sums(const SumRule& rule, const EnterpriseGraph& graph, const Sources& sources,
                  std::span<InputTable> tables) {
  const Relation relation = graph.relation(rule.relation);
  for (std::uint32_t id = 0; id < graph.size(EntityKind::Firm); ++id) {
    const EntityId firm = graph.entity(FirmId{id});
    for (const auto& [year, sum] : sums_of(relation, firm)) {
      if (sum.share <= 1 + kRounding) continue;
      std::string en;
      std::string zh;
      for (std::size_t i = 0; i < std::min(sum.parts.size(), kMostListed); ++i) {
        const EdgeId edge = sum.parts[i];
        const std::string_view name = graph.name(relation.source(edge));
        const double share = *relation.number(edge, EdgeNumber::Share);
        const Text where = sources.stands(relation.provenance(edge));
        en += fmt::format("{}{} {:.4g} ({})", i == 0 ? "" : ", ", name, share, where.en);
        zh += fmt::format("{}{} {:.4g}（{}）", i == 0 ? "" : "、", name, share, where.zh);
      }
      if (sum.parts.size() > kMostListed) {
        en += fmt::format(" and {} more", sum.parts.size() - kMostListed);
        zh += fmt::format("等 {} 项", sum.parts.size());
      }
      // Pointed at is the last: with it the sum grew too large.
      const auto row_of = [&](EdgeId edge) {
        const Provenance from = relation.provenance(edge);
        return std::pair(sources.file(from.source), from.row);
      };
      const EdgeId last = *std::ranges::max_element(sum.parts, {}, row_of);
      SheetReader* reader = reader_of(relation.provenance(last), rule.relation, sources, tables);
      if (reader == nullptr) continue;
      const std::string_view name = graph.name(firm);
      reader->report(
          Severity::Warning, rule.kind, reader->field("share"),
          {fmt::format("{} {} {:.4g} together: {}", rule.what_en, name, sum.share, en),
           fmt::format("{}{}合计 {:.4g}，大于 1：{}", name, rule.what_zh, sum.share, zh)},
          rule.remedy);
    }
  }
}

void warn_of_firm_dates(const EnterpriseGraph& graph, const Sources& sources,
                        std::span<InputTable> tables) {
  for (std::uint32_t id = 0; id < graph.size(EntityKind::Firm); ++id) {
    const EntityId firm = graph.entity(FirmId{id});
    const Date founded = graph.founded(firm);
    const Provenance from = graph.provenance(firm);
    const bool ended = is_before(from.until, founded);
    const bool seen = is_before(from.as_of, founded);
    if (!ended && !seen) continue;
    SheetReader* reader = reader_of(from, EntityKind::Firm, sources, tables);
    if (reader == nullptr) continue;
    const Date other = ended ? from.until : from.as_of;
    reader->report(
        Severity::Warning, "founded-late", reader->field("founded"),
        {fmt::format("{} is said to be founded on {} and to {} {}", graph.name(firm),
                     founded.to_string(), ended ? "have ended on" : "have been observed on",
                     other.to_string()),
         fmt::format("{} 成立于 {}，而{}为 {}", graph.name(firm), founded.to_string(),
                     ended ? "截止日期" : "数据日期", other.to_string())},
        {"mend whichever date is wrong", "请更正有误的日期"});
  }
}

// 个体工商户 of the registers stand with 0.0004万元 where 4 万元 was meant.
void warn_of_tiny_capital(const EnterpriseGraph& graph, const Sources& sources,
                          std::span<InputTable> tables) {
  for (std::uint32_t id = 0; id < graph.size(EntityKind::Firm); ++id) {
    const EntityId firm = graph.entity(FirmId{id});
    const auto capital = graph.number(firm, EntityNumber::RegisteredCapital);
    if (!capital || capital->value <= 0 || capital->value >= kTinyCapitalCny) continue;
    SheetReader* reader = reader_of(graph.provenance(firm), EntityKind::Firm, sources, tables);
    if (reader == nullptr || !reader->has(reader->field("registered_capital"))) continue;
    reader->report(
        Severity::Warning, "tiny-capital", reader->field("registered_capital"),
        {fmt::format("{} would have a registered capital of {:.4g} yuan", graph.name(firm),
                     capital->value),
         fmt::format("{} 的注册资本仅 {:.4g} 元", graph.name(firm), capital->value)},
        {"check the unit: it looks divided by 10,000 twice", "请核对计量单位：可能重复折算为万元"});
  }
}

void warn_of_relation_dates(const EnterpriseGraph& graph, const Sources& sources,
                            std::span<InputTable> tables) {
  for (const RelationKind kind : kRelationKinds) {
    const Relation relation = graph.relation(kind);
    for (std::uint64_t e = 0; e < relation.size(); ++e) {
      const EdgeId edge{e};
      const Provenance from = relation.provenance(edge);
      const Date began = from.since.known() ? from.since : from.as_of;
      if (!began.known()) continue;
      for (const EntityId end : {relation.source(edge), relation.target(edge)}) {
        if (graph.kind(end) != EntityKind::Firm || !is_before(began, graph.founded(end))) continue;
        // Products that stand in the row of a firm are dated by it, which has been told.
        SheetReader* reader = reader_of(from, kind, sources, tables);
        if (reader == nullptr || !(reader->meaning() == TableMeaning(kind))) continue;
        const bool stated = from.since.known();
        reader->report(
            Severity::Warning, "before-founding", reader->field(stated ? "since" : "as_of"),
            {fmt::format("{} is founded on {}, and this holds from {} on", graph.name(end),
                         graph.founded(end).to_string(), began.to_string()),
             fmt::format("{} 成立于 {}，而此关系{}为 {}", graph.name(end),
                         graph.founded(end).to_string(), stated ? "起始日期" : "数据日期",
                         began.to_string())},
            {"mend whichever date is wrong", "请更正有误的日期"});
        break;
      }
    }
  }
}

bool is_loose(const EnterpriseGraph& graph, EntityId entity) {
  return std::ranges::none_of(kRelationKinds, [&](RelationKind kind) {
    const Relation relation = graph.relation(kind);
    return !relation.targets(entity).empty() || !relation.sources(entity).empty();
  });
}

// Whether a firm makes the segment or one below it.
bool is_made(const EnterpriseGraph& graph, EntityId segment) {
  const Relation makes = graph.relation(RelationKind::Makes);
  const Relation part_of = graph.relation(RelationKind::PartOf);
  std::vector<EntityId> open = {segment};
  std::vector<EntityId> seen = open;
  while (!open.empty()) {
    const EntityId next = open.back();
    open.pop_back();
    if (!makes.sources(next).empty()) return true;
    for (const EntityId child : part_of.sources(next)) {
      if (std::ranges::find(seen, child) != seen.end()) continue;
      seen.push_back(child);
      open.push_back(child);
    }
  }
  return false;
}

// Tells of some, and how many more there are.
void tell_of(const std::vector<EntityId>& found, EntityKind kind, std::string_view word,
             const Text& what, const Text& remedy, const EnterpriseGraph& graph,
             const Sources& sources, std::span<InputTable> tables) {
  std::size_t told = 0;
  std::size_t more = 0;
  SheetReader* first = nullptr;
  for (const EntityId entity : found) {
    SheetReader* reader = reader_of(graph.provenance(entity), kind, sources, tables);
    if (reader == nullptr) continue;
    if (first == nullptr) first = reader;
    if (told == kMostLooseEnds) {
      ++more;
      continue;
    }
    ++told;
    const bool own_table = reader->meaning() == TableMeaning(kind);
    const std::string_view field = own_table ? "name" : "";
    const std::string name(graph.name(entity));
    reader->report(Severity::Note, word, reader->field(field),
                   {fmt::format("{}: {}", name, what.en), fmt::format("{}：{}", name, what.zh)},
                   remedy);
  }
  if (more == 0) return;
  first->report(
      {Severity::Note,
       first->table().header(),
       std::string(word),
       "",
       std::to_string(more),
       {fmt::format("the same holds for {} more", more), fmt::format("另有 {} 个同类", more)},
       remedy});
}

}  // namespace

void warn_of_impossible(const EnterpriseGraph& graph, const Sources& sources,
                        std::span<InputTable> tables) {
  warn_of_sums({RelationKind::Owns,
                "owner-share-sum",
                "the owners hold of",
                "各股东持股",
                {"check the shares; the owners of a firm hold at most 1 in one year",
                 "请核对持股比例；同一年内各股东合计不得超过 1"}},
               graph, sources, tables);
  warn_of_sums({RelationKind::Supplies,
                "purchase-share-sum",
                "the suppliers stand for purchases of",
                "各供应商占采购比重",
                {"check the shares; those of one customer and year are at most 1 together",
                 "请核对采购占比；同一客户同一年合计不得超过 1"}},
               graph, sources, tables);
  warn_of_firm_dates(graph, sources, tables);
  warn_of_tiny_capital(graph, sources, tables);
  warn_of_relation_dates(graph, sources, tables);
}

void note_loose_ends(const EnterpriseGraph& graph, const Sources& sources,
                     std::span<InputTable> tables) {
  std::vector<EntityId> firms;
  for (std::uint32_t id = 0; id < graph.size(EntityKind::Firm); ++id) {
    const EntityId firm = graph.entity(FirmId{id});
    if (is_loose(graph, firm)) firms.push_back(firm);
  }
  tell_of(firms, EntityKind::Firm, "isolated-firm",
          {"nothing says what it makes, buys or owns, so that it stands alone in the graph",
           "没有任何主营、供货、持股等关系，在图中孤立"},
          {"add its products (主营产品), its scope (经营范围) or its relations",
           "请补充主营产品、经营范围或相关关系"},
          graph, sources, tables);
  std::vector<EntityId> segments;
  for (std::uint32_t id = 0; id < graph.size(EntityKind::Segment); ++id) {
    const EntityId segment = graph.entity(SegmentId{id});
    if (graph.text(segment, EntityText::Type) == "chain" || is_made(graph, segment)) continue;
    segments.push_back(segment);
  }
  tell_of(segments, EntityKind::Segment, "segment-without-maker",
          {"no firm of the tables makes it", "所给各表中没有企业生产"},
          {"nothing to do if nobody makes it; else name its makers (主营), or use the name that "
           "they use",
           "如确无企业生产则无需处理；否则请补充主营企业，或统一名称"},
          graph, sources, tables);
}

}  // namespace liantu
