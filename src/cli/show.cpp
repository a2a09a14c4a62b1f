#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "liantu/base/date.hpp"
#include "liantu/base/region_history.hpp"
#include "liantu/graph/ego.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/ingest/cells/fields.hpp"
#include "liantu/report/drawings/dot.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  options.add_options()("stats", pick(language, "bytes per part", "各部分所占字节数").c_str())(
      "ego", po::value<std::vector<std::string>>()->value_name("NAME"),
      pick(language, "what lies around a firm, by name, part of it or code; may be repeated",
           "某企业的周边网络，按企业名称（可只写一部分）或信用代码，可重复")
          .c_str())(
      "depth", po::value<std::int64_t>()->value_name("N"),
      pick(language, "most steps from the firm (2)", "离该企业最多几步（默认 2）").c_str())(
      "most", po::value<std::int64_t>()->value_name("N"),
      pick(language, "most entities listed, the firm included (100)",
           "最多列出的实体数，含该企业（默认 100）")
          .c_str())("relation", po::value<std::vector<std::string>>()->value_name("WORD"),
                    pick(language, "relation to follow, such as supplies; may be repeated (all)",
                         "沿哪种关系，如 供货，可重复（默认全部）")
                        .c_str())(
      "from", po::value<std::string>()->value_name("DATE"),
      pick(language, "follow what held on some day from here on, such as 2020 or 2020-05",
           "只看此日期起仍有效的关系，如 2020 或 2020-05")
          .c_str())(
      "to", po::value<std::string>()->value_name("DATE"),
      pick(language, "follow what held on some day up to here", "只看此日期前已有效的关系")
          .c_str())("undated", pick(language, "with --from or --to: follow what states no date too",
                                    "与 --from 或 --to 同用：未注明日期的关系也算")
                                   .c_str())(
      "as-of", po::value<std::string>()->value_name("DATE"),
      pick(language, "name places as they were on that day, such as 2005 (as they are now)",
           "按当时的行政区划写地区，如 2005（默认按现行区划）")
          .c_str())("min-confidence", po::value<ShareWords>()->value_name("SHARE"),
                    pick(language, "leave out what is trusted less, in [0, 1]",
                         "置信度低于此值的关系不看，0 到 1")
                        .c_str())(
      "segment", po::value<std::string>()->value_name("NAME"),
      pick(language, "follow supplies of this segment only, by name, part of it or code",
           "只看该环节的供货，按环节名称（可只写一部分）或代码")
          .c_str());
  declare_output(options, language, {Content::Sheet, Content::Drawing});
}

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

/// A group of columns: `supplies` and `out` of the sections supplies.out.targets and
/// supplies.out.offsets.
struct Group {
  std::string part;
  std::string columns;
  std::uint64_t bytes = 0;
};

std::vector<Group> groups(const std::vector<SnapshotPart>& sections) {
  std::vector<Group> result;
  for (const SnapshotPart& section : sections) {
    const std::size_t dot = std::min(section.name.find('.'), section.name.size());
    std::string part = section.name.substr(0, dot);
    std::string columns = section.name.substr(std::min(dot + 1, section.name.size()));
    if (columns != "in.edges") columns.resize(std::min(columns.find('.'), columns.size()));
    if (columns == "basis") columns = "number";  // each stands beside its number
    if (result.empty() || result.back().part != part || result.back().columns != columns) {
      result.push_back({std::move(part), std::move(columns), 0});
    }
    result.back().bytes += section.bytes;
  }
  return result;
}

/// Words for people in tables, words for machines elsewhere.
struct Words {
  Language language;
  bool people;

  [[nodiscard]] std::string kind(const TableMeaning& meaning) const {
    return people ? meaning_text(meaning).in(language) : std::string(meaning_word(meaning));
  }
  [[nodiscard]] std::string part(const std::string& word) const {
    if (!people) return word;
    // A part that is a kind goes by the kind's name.
    if (const auto meaning = parse_meaning(word)) return kind(*meaning);
    return part_text(word).in(language);
  }
  [[nodiscard]] std::string columns(const std::string& word) const {
    return people && !word.empty() ? part_text(word).in(language) : word;
  }
  [[nodiscard]] std::string pick(const char* word, const char* en, const char* zh) const {
    return !people ? word : language == Language::Zh ? zh : en;
  }
};

SheetCell each(std::uint64_t bytes, std::uint64_t count) {
  if (count == 0) return {};
  return static_cast<double>(bytes) / static_cast<double>(count);
}

SheetCell words_or_nothing(std::string words) {
  if (words.empty()) return {};
  return words;
}

/// A kind of entity or relation with how many there are.
struct Kind {
  TableMeaning meaning;
  std::uint64_t count;
};

std::vector<Kind> kinds(const EnterpriseGraph& graph) {
  std::vector<Kind> result;
  for (const EntityKind kind : kEntityKinds) result.push_back({kind, graph.size(kind)});
  for (const RelationKind kind : kRelationKinds) {
    result.push_back({kind, graph.relation(kind).size()});
  }
  return result;
}

const SheetColumn kBytes = {"bytes", {"bytes", "字节"}, CellKind::Number};
const SheetColumn kBytesEach = {"bytes_each", {"bytes each", "每条字节"}, CellKind::Number};

Sheet kind_sheet(const std::vector<Kind>& kinds, const std::vector<Group>& parts, bool stats,
                 const Words& words) {
  Sheet sheet;
  sheet.columns = {{"is", {"is", "类别"}, CellKind::Text},
                   {"kind", {"kind", "种类"}, CellKind::Text, true},
                   {"count", {"count", "数量"}, CellKind::Number}};
  if (stats) sheet.columns.insert(sheet.columns.end(), {kBytes, kBytesEach});
  for (const auto& [meaning, count] : kinds) {
    auto& row = sheet.rows.emplace_back();
    row = {std::holds_alternative<EntityKind>(meaning) ? words.pick("entity", "entity", "实体")
                                                       : words.pick("relation", "relation", "关系"),
           words.kind(meaning), static_cast<double>(count)};
    if (!stats) continue;
    std::uint64_t bytes = 0;
    for (const Group& group : parts) {
      if (group.part == meaning_word(meaning)) bytes += group.bytes;
    }
    row.insert(row.end(), {static_cast<double>(bytes), each(bytes, count)});
  }
  return sheet;
}

Sheet part_sheet(const std::vector<Kind>& kinds, const std::vector<Group>& parts,
                 std::uint64_t total, const Words& words) {
  Sheet sheet;
  sheet.columns = {{"part", {"part", "部分"}, CellKind::Text, true},
                   {"columns", {"columns", "列"}, CellKind::Text, true},
                   kBytes,
                   kBytesEach,
                   {"share", {"share", "占比"}, CellKind::Share}};
  for (const Group& group : parts) {
    const auto kind = std::ranges::find(
        kinds, group.part, [](const Kind& one) { return std::string(meaning_word(one.meaning)); });
    sheet.rows.push_back({words.part(group.part), words_or_nothing(words.columns(group.columns)),
                          static_cast<double>(group.bytes),
                          each(group.bytes, kind == kinds.end() ? 0 : kind->count),
                          each(group.bytes, total)});
  }
  return sheet;
}

struct Totals {
  std::uint64_t entities = 0;
  std::uint64_t relations = 0;
  std::uint64_t sources = 0;
  std::uint64_t conflicts = 0;
  std::uint64_t bytes = 0;
};

Sheet total_sheet(const Totals& totals) {
  Sheet sheet;
  for (const auto& [key, value] : {std::pair{"entities", totals.entities},
                                   {"relations", totals.relations},
                                   {"sources", totals.sources},
                                   {"conflicts", totals.conflicts},
                                   {"bytes", totals.bytes}}) {
    sheet.columns.push_back({key, {}, CellKind::Number});
    if (sheet.rows.empty()) sheet.rows.emplace_back();
    sheet.rows.front().emplace_back(static_cast<double>(value));
  }
  return sheet;
}

Text total_text(const Totals& t) {
  return {fmt::format("entities: {}; relations: {}; sources: {}; contradictions kept: {}; bytes "
                      "of the snapshot: {}",
                      t.entities, t.relations, t.sources, t.conflicts, t.bytes),
          fmt::format("实体 {} 个；关系 {} 条；来源 {} 个；矛盾的说法 {} 条；快照 {} 字节",
                      t.entities, t.relations, t.sources, t.conflicts, t.bytes)};
}

Exit show_graph(const Call& call, const std::filesystem::path& path) {
  const std::string format = output_format(call);
  const EnterpriseGraph graph = read_snapshot(path, Verify::Full, call.stop);
  const std::vector<Kind> counted = kinds(graph);
  const std::vector<Group> parts = groups(snapshot_parts(graph));
  Totals totals;
  totals.entities = graph.size();
  for (const RelationKind kind : kRelationKinds) totals.relations += graph.relation(kind).size();
  totals.sources = graph.sources().size() - 1;  // source 0 is "not known"
  totals.conflicts = graph.conflicts().size();
  for (const Group& group : parts) totals.bytes += group.bytes;

  const bool stats = call.has("stats");
  const Words words{call.language, format == "table"};
  Sheet of_kinds = kind_sheet(counted, parts, stats, words);
  Sheet of_parts = part_sheet(counted, parts, totals.bytes, words);
  const RunInfo run = run_info(call, graph, path);
  if (format == "json") {
    std::vector<std::pair<std::string, Sheet>> sheets = {{"kinds", of_kinds},
                                                         {"totals", total_sheet(totals)}};
    if (stats) sheets.emplace_back("parts", of_parts);
    emit(call, sheets_json("liantu.show/1", sheets, run));
    return Exit::Done;
  }
  Sheet& last = stats ? of_parts : of_kinds;
  last.notes = {total_text(totals), run_text(run)};
  if (stats && format != "csv") {
    emit(call, render(call, {of_kinds, last}, format));
  } else {
    emit(call, render(call, last, format));
  }
  return Exit::Done;
}

// ---- what lies around a firm ----

/// A division as it was in a year, 0 for now; several where it was made of several.
std::string place(RegionCode region, int year, const Words& words) {
  const auto written = [&](RegionCode code) {
    return words.people ? region_full_name(code, year) : code.to_string();
  };
  std::string text;
  if (year != 0) {
    for (const RegionPeriod& period : region_then(region, year)) {
      text += (text.empty() ? "" : " / ") + written(period.code);
    }
  }
  if (!text.empty()) return text;
  return words.people ? region_full_name(region) : region.to_string();
}

Sheet member_sheet(const EnterpriseGraph& graph, const EgoNetwork& network, const Words& words,
                   int year) {
  Sheet sheet;
  sheet.columns = {{"distance", {"steps", "步数"}, CellKind::Number},
                   {"kind", {"kind", "种类"}, CellKind::Text},
                   {"name", {"name", "名称"}, CellKind::Text, true},
                   {"code", {"code", "代码"}, CellKind::Code},
                   {"region", {"region", "地区"}, CellKind::Text}};
  if (!words.people) sheet.columns.push_back({"id", {}, CellKind::Number});
  for (const EgoMember& member : network.members) {
    const RegionCode region = graph.region(member.entity).code;
    auto& row = sheet.rows.emplace_back();
    row = {static_cast<double>(member.distance), words.kind(graph.kind(member.entity)),
           std::string(graph.name(member.entity)),
           words_or_nothing(std::string(graph.text(member.entity, EntityText::Code))),
           words_or_nothing(place(region, year, words))};
    if (!words.people) row.emplace_back(static_cast<double>(raw(member.entity)));
  }
  return sheet;
}

Sheet link_sheet(const EnterpriseGraph& graph, const EgoNetwork& network, const Words& words) {
  Sheet sheet;
  sheet.columns = {{"from", {"from", "从"}, CellKind::Text, true},
                   {"relation", {"relation", "关系"}, CellKind::Text, true},
                   {"to", {"to", "到"}, CellKind::Text, true},
                   {"segment", {"segment", "环节"}, CellKind::Text},
                   {"date", {"date", "日期"}, CellKind::Text},
                   {"confidence", {"confidence", "置信度"}, CellKind::Number}};
  if (!words.people) {
    // Names may be ambiguous to a program.
    sheet.columns.insert(sheet.columns.end(),
                         {{"from_id", {}, CellKind::Number}, {"to_id", {}, CellKind::Number}});
  }
  for (const FilteredRelation& view : network.relations) {
    const Relation& relation = view.relation();
    for (const EgoMember& member : network.members) {
      for (const FilteredEdge edge : view.out_edges(member.entity)) {
        const auto segment = relation.segment(edge.edge);
        const Provenance p = relation.provenance(edge.edge);
        auto& row = sheet.rows.emplace_back();
        row = {std::string(graph.name(member.entity)),
               words.kind(relation.kind()),
               std::string(graph.name(edge.entity)),
               segment ? SheetCell(std::string(graph.name(graph.entity(*segment)))) : SheetCell(),
               words_or_nothing((p.as_of.known() ? p.as_of : p.since).to_string()),
               std::round(double{p.confidence} * 1000) / 1000};
        if (words.people) continue;
        row.insert(row.end(), {static_cast<double>(raw(member.entity)),
                               static_cast<double>(raw(edge.entity))});
      }
    }
  }
  return sheet;
}

Date date(const Call& call, const char* name) {
  if (!call.has(name)) return {};
  const auto text = call.get<std::string>(name);
  if (const auto parsed = parse_date(text)) return *parsed;
  usage_error(fmt::format("--{} {}: this is no date; write one such as 2020, 2020-05 or 2020-05-17",
                          name, text),
              fmt::format("--{} {}：不是日期；请写 2020、2020-05 或 2020-05-17", name, text));
}

/// What --ego follows, but for the segment, which only the graph knows.
RelationFilter relation_filter(const Call& call) {
  RelationFilter filter;
  filter.from = date(call, "from");
  filter.to = date(call, "to");
  if (call.has("undated")) {
    if (!filter.from.known() && !filter.to.known()) {
      usage_error("--undated goes with --from or --to", "--undated 须与 --from 或 --to 同用");
    }
    filter.undated = Undated::Keep;
  }
  if (call.has("min-confidence")) filter.min_confidence = share(call, "min-confidence");
  return filter;
}

EgoOptions ego_options(const Call& call) {
  constexpr std::size_t kLargest = std::numeric_limits<std::uint32_t>::max();
  EgoOptions options;
  options.filter = relation_filter(call);
  const auto number = [&](const char* name, std::uint32_t& into) {
    if (call.has(name)) into = static_cast<std::uint32_t>(std::min(count(call, name), kLargest));
  };
  number("depth", options.depth);
  number("most", options.most);
  if (options.most == 0) {
    usage_error("--most 0: give 1 or more", "--most 0：应为 1 或更大的整数");
  }
  if (!call.has("relation")) return options;
  options.relations.clear();
  for (const std::string& word : call.get<std::vector<std::string>>("relation")) {
    const auto kind = parse_relation(word);
    if (!kind) {
      usage_error(fmt::format("--relation {}: this is no relation; give a word such as supplies, "
                              "makes or owns",
                              word),
                  fmt::format("--relation {}：没有这种关系；请写 供货、主营、持股 等", word));
    }
    if (std::ranges::find(options.relations, *kind) == options.relations.end()) {
      options.relations.push_back(*kind);
    }
  }
  return options;
}

Exit show_ego(const Call& call, const std::filesystem::path& path) {
  const std::string format = output_format(call, "table", {Content::Sheet, Content::Drawing});
  EgoOptions options = ego_options(call);
  const int year = date(call, "as-of").year;
  const EnterpriseGraph graph = read_snapshot(path, Verify::Full, call.stop);
  if (call.has("segment")) {
    options.filter.segment = segment_named(graph, "--segment", call.get<std::string>("segment"));
  }
  RelationsDotOptions drawn;
  drawn.language = call.language;
  for (const std::string& name : call.get<std::vector<std::string>>("ego")) {
    drawn.marked.push_back(graph.entity(firm_named(graph, "--ego", name)));
  }
  const EgoNetwork network = ego_network(graph, drawn.marked, options);
  const RunInfo run = run_info(call, graph, path);
  const Text cut = {
      fmt::format("only the nearest {} entities are shown; --most raises the number",
                  network.members.size()),
      fmt::format("只列出最近的 {} 个实体；可用 --most 调大", network.members.size())};
  if (format == "dot" || format == "svg") {
    std::vector<EntityId> entities;
    for (const EgoMember& member : network.members) entities.push_back(member.entity);
    const std::string dot = with_run(relations_dot(graph, entities, network.relations, drawn), run);
    if (network.cut) tell(cut.in(call.language));
    emit(call, format == "svg" ? draw(call, dot, run) : dot);
    return Exit::Done;
  }
  const Words words{call.language, format == "table"};
  Sheet members = member_sheet(graph, network, words, year);
  Sheet links = link_sheet(graph, network, words);
  if (format == "json") {
    Sheet totals;
    totals.columns = {{"members", {}, CellKind::Number},
                      {"links", {}, CellKind::Number},
                      {"cut", {}, CellKind::Text}};
    totals.rows = {{static_cast<double>(members.rows.size()),
                    static_cast<double>(links.rows.size()), network.cut ? "yes" : "no"}};
    emit(call, sheets_json("liantu.ego/1",
                           {{"members", members}, {"links", links}, {"totals", totals}}, run));
    return Exit::Done;
  }
  if (network.cut) links.notes.push_back(cut);
  links.notes.push_back(run_text(run));
  emit(call,
       format == "csv" ? render(call, links, format) : render(call, {members, links}, format));
  return Exit::Done;
}

Exit run(const Call& call) {
  const auto path = inputs(call, 1, 1).front();
  const bool ego = call.has("ego");
  for (const char* name : {"depth", "most", "relation", "from", "to", "undated", "as-of",
                           "min-confidence", "segment"}) {
    if (ego || !call.has(name)) continue;
    usage_error(fmt::format("--{} goes with --ego; name a firm", name),
                fmt::format("--{} 须与 --ego 同用；请写明企业", name));
  }
  if (ego && call.has("stats")) {
    usage_error("--stats and --ego ask for different things; give one",
                "--stats 与 --ego 不能同用；请只写其一");
  }
  return ego ? show_ego(call, path) : show_graph(call, path);
}

}  // namespace

const Verb& show_verb() {
  static const Verb verb = {"show",
                            {"X.liantu", "X.liantu"},
                            {"what a graph holds, what it takes, or what lies around a firm",
                             "图中有什么、占多大，或某企业的周边网络"},
                            "liantu show dadukou.liantu --stats",
                            declare,
                            run};
  return verb;
}

}  // namespace liantu::cli
