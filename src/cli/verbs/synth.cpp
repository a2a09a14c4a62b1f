#include "liantu/graph/synth.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <tuple>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/progress_bar.hpp"
#include "cli/streams.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/report/data/graph_sheet.hpp"
#include "liantu/report/formats/table_text.hpp"

namespace liantu::cli {
namespace {

void declare(po::options_description& options, Language language) {
  const SynthOptions defaults;
  declare_snapshot(options, language);
  options.add_options()("relations",
                        po::value<std::int64_t>()
                            ->default_value(static_cast<std::int64_t>(defaults.relations))
                            ->value_name("N"),
                        pick(language, "relations of all kinds together, 10000 to 100000000",
                             "各类关系总数，10000 到 100000000")
                            .c_str())(
      "seed",
      po::value<std::int64_t>()
          ->default_value(static_cast<std::int64_t>(defaults.seed))
          ->value_name("N"),
      pick(language, "the same seed makes the same country", "随机种子；种子相同，结果相同")
          .c_str())(
      "segments", po::value<std::int64_t>()->value_name("N"),
      pick(language,
           "products and their industries; by default about twice the root of the number of firms",
           "环节数（产品及其行业）；默认约为企业数平方根的两倍")
          .c_str())(
      "json", pick(language, "summary as JSON on standard output", "以 JSON 输出摘要").c_str());
}

// The district with the most firms, a good one to try the other verbs on.
std::pair<RegionCode, std::size_t> largest_district(const EnterpriseGraph& graph) {
  std::map<RegionCode, std::size_t> firms;
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
    ++firms[graph.region(graph.entity(FirmId{i})).code];
  }
  return *std::ranges::max_element(firms, {}, [](const auto& district) { return district.second; });
}

using Inputs = std::vector<std::pair<std::string, std::string>>;

Exit run(const Call& call) {
  std::ignore = inputs(call, 0, 0);
  const std::filesystem::path output = snapshot_output(call);
  SynthOptions options;
  options.relations = count(call, "relations");
  options.seed = count(call, "seed");
  if (call.has("segments")) {
    constexpr std::size_t kMost = std::numeric_limits<std::uint32_t>::max();
    options.segments = static_cast<std::uint32_t>(std::min(count(call, "segments"), kMost));
  }
  options.stop = call.stop;
  options.progress = progress_bar(call.language);
  const EnterpriseGraph graph = synthesize(options);
  {
    const auto held = call.hold();
    write_snapshot(graph, output, overwrite(call), call.stop);
  }

  Sheet counts = graph_count_sheet(graph);
  const auto [district, firms] = largest_district(graph);
  const std::string try_it =
      fmt::format("liantu gaps {} --region {}", path_text(output), district.to_string());
  counts.notes = {{fmt::format("no firm is real; most firms ({}) are in {} {}: {}", firms,
                               district.to_string(), region_full_name(district), try_it),
                   fmt::format("企业均为虚构；{} {} 的企业最多（{} 家），可试：{}",
                               district.to_string(), region_full_name(district), firms, try_it)}};
  TableStyle style;
  style.language = call.language;
  style.width = terminal_width(STDERR_FILENO);
  say(render_table(counts, style));
  tell(fmt::format("{} {}", call.say("wrote", "已写出"), path_text(output)));
  if (call.has("json")) {
    put(sheets_json("liantu.synth/1", {{"counts", counts}}, run_info(call, graph, Inputs{})));
  }
  return Exit::Done;
}

}  // namespace

const Verb& synth_verb() {
  static const Verb verb = {"synth",
                            {"", ""},
                            {"make a synthetic country, to measure speed at any size",
                             "生成虚构国家的关联图，用于测试各种规模下的速度"},
                            "",
                            declare,
                            run};
  return verb;
}

}  // namespace liantu::cli
