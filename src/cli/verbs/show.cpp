#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "liantu/base/values/date.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/graph/views/ego.hpp"
#include "liantu/report/data/ego_sheet.hpp"
#include "liantu/report/data/graph_sheet.hpp"
#include "liantu/report/drawings/relations.hpp"

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

Exit show_graph(const Call& call, const std::filesystem::path& path) {
  const std::string format = output_format(call);
  const EnterpriseGraph graph = read_snapshot(path, Verify::Full, call.stop);
  const GraphBytes bytes = call.has("stats") ? GraphBytes::Yes : GraphBytes::No;
  const RunInfo run = run_info(call, graph, path);
  if (format == "json") {
    emit(call, graph_json(graph, bytes, run));
    return Exit::Done;
  }
  const SheetOptions how{call.language, 0, format == "table"};
  std::vector<Sheet> sheets = {graph_kind_sheet(graph, how, bytes)};
  if (bytes == GraphBytes::Yes) {
    sheets.push_back(graph_part_sheet(graph, how));
    if (sheet_form(format) == SheetForm::Rows) sheets.erase(sheets.begin());  // a file holds one
  }
  sheets.back().notes = {graph_text(graph), run_text(run)};
  emit(call, render(call, std::move(sheets), format));
  return Exit::Done;
}

Date date(const Call& call, const char* name) {
  if (!call.has(name)) return {};
  const auto text = call.get<std::string>(name);
  if (const auto parsed = parse_date(text)) return *parsed;
  usage_error(
      fmt::format("--{} {}: this is not a date; write one such as 2020, 2020-05 or 2020-05-17",
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
      usage_error(
          fmt::format("--relation {}: this is not a relation; give a word such as supplies, "
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
  if (format == "dot" || is_drawn(format)) {
    std::vector<EntityId> entities;
    for (const EgoMember& member : network.members) entities.push_back(member.entity);
    const std::string dot = with_run(relations_dot(graph, entities, network.relations, drawn), run);
    if (network.cut) tell(ego_cut_text(network).in(call.language));
    if (is_drawn(format)) {
      emit_drawing(call, draw(call, dot, run), format);
    } else {
      emit(call, dot);
    }
    return Exit::Done;
  }
  if (format == "json") {
    emit(call, ego_json(graph, network, run, year));
    return Exit::Done;
  }
  const SheetOptions how{call.language, 0, format == "table"};
  Sheet links = ego_link_sheet(graph, network, how);
  if (network.cut) links.notes.push_back(ego_cut_text(network));
  links.notes.push_back(run_text(run));
  emit(call, sheet_form(format) == SheetForm::Rows
                 ? render(call, links, format)
                 : render(call, {ego_member_sheet(graph, network, how, year), links}, format));
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
