#include "liantu/report/data/graph_sheet.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "liantu/graph/kind_text.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/report/formats/sheets_json.hpp"
#include "report/formats/column.hpp"
#include "report/words/cells.hpp"

namespace liantu {
namespace {

/// What parts of a snapshot and groups of its columns are called.
Text part_text(std::string_view word) {
  static const std::pair<std::string_view, Text> kWords[] = {
      {"header", {"header and filling", "文件头与填充"}},
      {"entities", {"entities", "实体数"}},
      {"strings", {"strings", "文字"}},
      {"sources", {"sources", "来源"}},
      {"covers", {"covers", "负责"}},
      {"conflicts", {"contradictions", "矛盾的说法"}},
      {"offsets", {"offsets", "起点"}},
      {"bytes", {"bytes", "字节"}},
      {"regions", {"regions", "地区"}},
      {"out", {"out-edges", "出边"}},
      {"in", {"in-edges", "入边"}},
      {"in.edges", {"edge index", "关系编号"}},
      {"provenance", {"provenance", "依据与日期"}},
      {"segment", {"segment", "环节"}},
      {"detail", {"detail", "说明"}},
      {"number", {"numbers", "数值"}},
      {"name", {"name", "名称"}},
      {"region", {"region", "地区"}},
      {"founded", {"founded", "成立日期"}},
      {"anchor", {"anchor", "龙头标注"}},
      {"text", {"texts", "文字"}},
  };
  for (const auto& [known, text] : kWords) {
    if (known == word) return text;
  }
  return {std::string(word), std::string(word)};
}

// A kind of entity or relation with how many there are.
struct Kind {
  bool entity = false;
  std::string word;
  Text name;
  std::uint64_t count = 0;
  std::uint64_t bytes = 0;
};

// A group of columns: `supplies` and `out` of the sections supplies.out.targets and
// supplies.out.offsets.
struct Group {
  std::string part;
  std::string columns;
  std::uint64_t bytes = 0;
  std::uint64_t count = 0;  // of the kind that the part is; 0 when it is none
};

struct Contents {
  std::vector<Kind> kinds;
  std::vector<Group> groups;
  std::uint64_t relations = 0;
  std::uint64_t bytes = 0;
};

Contents contents_of(const EnterpriseGraph& graph) {
  Contents contents;
  for (const EntityKind kind : kEntityKinds) {
    contents.kinds.push_back(
        {true, std::string(entity_word(kind)), entity_text(kind), graph.size(kind)});
  }
  for (const RelationKind kind : kRelationKinds) {
    const std::uint64_t count = graph.relation(kind).size();
    contents.relations += count;
    contents.kinds.push_back({false, std::string(relation_word(kind)), relation_text(kind), count});
  }
  for (const SnapshotPart& section : snapshot_parts(graph)) {
    const std::size_t dot = std::min(section.name.find('.'), section.name.size());
    std::string part = section.name.substr(0, dot);
    std::string columns = section.name.substr(std::min(dot + 1, section.name.size()));
    if (columns != "in.edges") columns.resize(std::min(columns.find('.'), columns.size()));
    if (columns == "basis") columns = "number";  // each stands beside its number
    const auto kind = std::ranges::find(contents.kinds, part, &Kind::word);
    const bool known = kind != contents.kinds.end();
    std::vector<Group>& groups = contents.groups;
    if (groups.empty() || groups.back().part != part || groups.back().columns != columns) {
      groups.push_back({std::move(part), std::move(columns), 0, known ? kind->count : 0});
    }
    groups.back().bytes += section.bytes;
    contents.bytes += section.bytes;
    if (known) kind->bytes += section.bytes;
  }
  return contents;
}

SheetCell each(std::uint64_t bytes, std::uint64_t count) {
  if (count == 0) return {};
  return static_cast<double>(bytes) / static_cast<double>(count);
}

Sheet kind_sheet(const Contents& contents, const SheetOptions& options, GraphBytes bytes) {
  using Col = Column<Kind>;
  using Row = const Kind&;
  const Language language = options.language;
  const Shown with_bytes = bytes == GraphBytes::Yes ? kSheets : kNowhere;
  return sheet_of<Kind>(
      {Col("is", {"is", "类别"}, CellKind::Text, kBrief,
           [language](Row row) {
             return (row.entity ? Text{"entity", "实体"} : Text{"relation", "关系"}).in(language);
           }),
       Col("is", {"is", "类别"}, CellKind::Text, kFull,
           [](Row row) { return std::string(row.entity ? "entity" : "relation"); }),
       Col("kind", {"kind", "种类"}, CellKind::Text, kBrief | kLead,
           [language](Row row) { return row.name.in(language); }),
       Col("kind", {"kind", "种类"}, CellKind::Text, kFull | kLead,
           [](Row row) { return row.word; }),
       Col("count", {"count", "数量"}, CellKind::Number, kSheets,
           [](Row row) { return count(row.count); }),
       Col("bytes", {"bytes", "字节"}, CellKind::Number, with_bytes,
           [](Row row) { return count(row.bytes); }),
       Col("bytes_each", {"bytes each", "每条字节"}, CellKind::Number, with_bytes,
           [](Row row) { return each(row.bytes, row.count); })},
      options.brief ? kBrief : kFull, contents.kinds);
}

Sheet part_sheet(const Contents& contents, const SheetOptions& options) {
  using Col = Column<Group>;
  using Row = const Group&;
  const Language language = options.language;
  return sheet_of<Group>(
      {Col("part", {"part", "部分"}, CellKind::Text, kBrief | kLead,
           [&contents, language](Row row) {
             // A part that is a kind goes by the kind's name.
             const auto kind = std::ranges::find(contents.kinds, row.part, &Kind::word);
             return (kind == contents.kinds.end() ? part_text(row.part) : kind->name).in(language);
           }),
       Col("part", {"part", "部分"}, CellKind::Text, kFull | kLead,
           [](Row row) { return row.part; }),
       Col("columns", {"columns", "列"}, CellKind::Text, kBrief | kLead,
           [language](Row row) { return words(part_text(row.columns).in(language)); }),
       Col("columns", {"columns", "列"}, CellKind::Text, kFull | kLead,
           [](Row row) { return words(row.columns); }),
       Col("bytes", {"bytes", "字节"}, CellKind::Number, kSheets,
           [](Row row) { return count(row.bytes); }),
       Col("bytes_each", {"bytes each", "每条字节"}, CellKind::Number, kSheets,
           [](Row row) { return each(row.bytes, row.count); }),
       Col("share", {"share", "占比"}, CellKind::Share, kSheets,
           [&contents](Row row) { return each(row.bytes, contents.bytes); })},
      options.brief ? kBrief : kFull, contents.groups);
}

// Source 0 is "not known".
std::uint64_t sources_of(const EnterpriseGraph& graph) { return graph.sources().size() - 1; }

}  // namespace

Sheet graph_kind_sheet(const EnterpriseGraph& graph, const SheetOptions& options,
                       GraphBytes bytes) {
  return kind_sheet(contents_of(graph), options, bytes);
}

Sheet graph_part_sheet(const EnterpriseGraph& graph, const SheetOptions& options) {
  return part_sheet(contents_of(graph), options);
}

Text graph_text(const EnterpriseGraph& graph) {
  const Contents contents = contents_of(graph);
  return {fmt::format("entities: {}; relations: {}; sources: {}; contradictions kept: {}; bytes "
                      "of the snapshot: {}",
                      graph.size(), contents.relations, sources_of(graph), graph.conflicts().size(),
                      contents.bytes),
          fmt::format("实体 {} 个；关系 {} 条；来源 {} 个；矛盾的说法 {} 条；快照 {} 字节",
                      graph.size(), contents.relations, sources_of(graph), graph.conflicts().size(),
                      contents.bytes)};
}

std::string graph_json(const EnterpriseGraph& graph, GraphBytes bytes, const RunInfo& run) {
  const Contents contents = contents_of(graph);
  const auto total = [](const char* key, std::uint64_t number) {
    return Column<Contents>(
        key, [number](const Contents&) { return count(number); }, CellKind::Number);
  };
  const Sheet totals = sheet_of<Contents>(
      {total("entities", graph.size()), total("relations", contents.relations),
       total("sources", sources_of(graph)), total("conflicts", graph.conflicts().size()),
       total("bytes", contents.bytes)},
      kJson, {contents});
  std::vector<std::pair<std::string, Sheet>> sheets = {{"kinds", kind_sheet(contents, {}, bytes)},
                                                       {"totals", totals}};
  if (bytes == GraphBytes::Yes) sheets.emplace_back("parts", part_sheet(contents, {}));
  return sheets_json("liantu.show/1", sheets, run);
}

Sheet graph_count_sheet(const EnterpriseGraph& graph) {
  std::vector<Kind> kinds = contents_of(graph).kinds;
  std::erase_if(kinds, [](const Kind& kind) {
    const bool always =
        kind.word == entity_word(EntityKind::Firm) || kind.word == entity_word(EntityKind::Segment);
    return !always && (kind.entity || kind.count == 0);
  });
  return sheet_of<Kind>({Column<Kind>("what", {"what", "内容"}, CellKind::Text, kFull | kLead,
                                      [](const Kind& row) { return row.word; }),
                         Column<Kind>("count", {"count", "数量"}, CellKind::Number, kFull,
                                      [](const Kind& row) { return count(row.count); })},
                        kFull, kinds);
}

}  // namespace liantu
