#include "liantu/report/data/ego_sheet.hpp"

#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "liantu/base/regions/region_history.hpp"
#include "liantu/graph/kind_text.hpp"
#include "liantu/report/formats/sheets_json.hpp"
#include "report/formats/column.hpp"
#include "report/words/cells.hpp"

namespace liantu {
namespace {

// A division as it was in a year, 0 for now; several where it was made of several.
std::string place(RegionCode region, int year, bool people) {
  const auto written = [&](RegionCode code) {
    return people ? region_full_name(code, year) : code.to_string();
  };
  std::string text;
  if (year != 0) {
    for (const RegionPeriod& period : region_then(region, year)) {
      text += (text.empty() ? "" : " / ") + written(period.code);
    }
  }
  if (!text.empty()) return text;
  return people ? region_full_name(region) : region.to_string();
}

// A relation between two members.
struct Link {
  const Relation* relation = nullptr;
  EntityId from{0};
  EntityId to{0};
  EdgeId edge{0};
};

std::vector<Link> links_of(const EgoNetwork& network) {
  std::vector<Link> links;
  for (const FilteredRelation& view : network.relations) {
    for (const EgoMember& member : network.members) {
      for (const FilteredEdge edge : view.out_edges(member.entity)) {
        links.push_back({&view.relation(), member.entity, edge.entity, edge.edge});
      }
    }
  }
  return links;
}

SheetCell id_cell(EntityId entity) { return count(raw(entity)); }

}  // namespace

Sheet ego_member_sheet(const EnterpriseGraph& graph, const EgoNetwork& network,
                       const SheetOptions& options, int year) {
  using Col = Column<EgoMember>;
  using Row = const EgoMember&;
  const auto region = [&graph, year](bool people) {
    return [&graph, year, people](Row row) {
      return words(place(graph.region(row.entity).code, year, people));
    };
  };
  return sheet_of<EgoMember>(
      {Col("distance", {"steps", "步数"}, CellKind::Number, kSheets,
           [](Row row) { return count(row.distance); }),
       Col("kind", {"kind", "种类"}, CellKind::Text, kBrief,
           [&](Row row) { return entity_text(graph.kind(row.entity)).in(options.language); }),
       Col("kind", {"kind", "种类"}, CellKind::Text, kFull,
           [&](Row row) { return std::string(entity_word(graph.kind(row.entity))); }),
       Col("name", {"name", "名称"}, CellKind::Text, kSheets | kLead,
           [&](Row row) { return std::string(graph.name(row.entity)); }),
       Col("code", {"code", "代码"}, CellKind::Code, kSheets,
           [&](Row row) { return words(std::string(graph.text(row.entity, EntityText::Code))); }),
       Col("region", {"region", "地区"}, CellKind::Text, kBrief, region(true)),
       Col("region", {"region", "地区"}, CellKind::Text, kFull, region(false)),
       Col("id", {}, CellKind::Number, kFull, [](Row row) { return id_cell(row.entity); })},
      options.brief ? kBrief : kFull, network.members);
}

Sheet ego_link_sheet(const EnterpriseGraph& graph, const EgoNetwork& network,
                     const SheetOptions& options) {
  using Col = Column<Link>;
  using Row = const Link&;
  return sheet_of<Link>(
      {Col("from", {"from", "从"}, CellKind::Text, kSheets | kLead,
           [&](Row row) { return std::string(graph.name(row.from)); }),
       Col("relation", {"relation", "关系"}, CellKind::Text, kBrief | kLead,
           [&](Row row) { return relation_text(row.relation->kind()).in(options.language); }),
       Col("relation", {"relation", "关系"}, CellKind::Text, kFull | kLead,
           [](Row row) { return std::string(relation_word(row.relation->kind())); }),
       Col("to", {"to", "到"}, CellKind::Text, kSheets | kLead,
           [&](Row row) { return std::string(graph.name(row.to)); }),
       Col("segment", {"segment", "环节"}, CellKind::Text, kSheets,
           [&](Row row) {
             const auto segment = row.relation->segment(row.edge);
             return segment ? SheetCell(std::string(graph.name(graph.entity(*segment))))
                            : SheetCell();
           }),
       Col("date", {"date", "日期"}, CellKind::Text, kSheets,
           [](Row row) {
             const Provenance told = row.relation->provenance(row.edge);
             return words((told.as_of.known() ? told.as_of : told.since).to_string());
           }),
       Col("confidence", {"confidence", "置信度"}, CellKind::Number, kSheets,
           [](Row row) {
             const double confidence{row.relation->provenance(row.edge).confidence};
             return std::round(confidence * 1000) / 1000;
           }),
       // Names may be ambiguous to a program.
       Col("from_id", {}, CellKind::Number, kFull, [](Row row) { return id_cell(row.from); }),
       Col("to_id", {}, CellKind::Number, kFull, [](Row row) { return id_cell(row.to); })},
      options.brief ? kBrief : kFull, links_of(network));
}

Text ego_cut_text(const EgoNetwork& network) {
  return {fmt::format("only the nearest {} entities are shown; --most raises the number",
                      network.members.size()),
          fmt::format("只列出最近的 {} 个实体；可用 --most 调大", network.members.size())};
}

std::string ego_json(const EnterpriseGraph& graph, const EgoNetwork& network, const RunInfo& run,
                     int year) {
  const Sheet members = ego_member_sheet(graph, network, {}, year);
  const Sheet links = ego_link_sheet(graph, network, {});
  using Col = Column<EgoNetwork>;
  using Row = const EgoNetwork&;
  const Sheet totals = sheet_of<EgoNetwork>(
      {Col(
           "members", [&](Row) { return count(members.rows.size()); }, CellKind::Number),
       Col(
           "links", [&](Row) { return count(links.rows.size()); }, CellKind::Number),
       Col(
           "cut", [](Row row) { return std::string(row.cut ? "yes" : "no"); }, CellKind::Text)},
      kJson, {network});
  return sheets_json("liantu.ego/1", {{"members", members}, {"links", links}, {"totals", totals}},
                     run);
}

}  // namespace liantu
