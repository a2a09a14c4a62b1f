#include "cli/arrivals.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/limits.hpp"
#include "cli/progress_bar.hpp"
#include "cli/streams.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/ingest/scope/infer_industry.hpp"

namespace liantu::cli {
namespace {

constexpr std::size_t kLeastArrivals = 30;

}  // namespace

ArrivalInput read_arrival_input(const Call& call, const EnterpriseGraph& graph) {
  constexpr std::size_t kShown = 10;
  ArrivalTableOptions how;
  how.limits = limits(call).tables;
  how.stop = call.stop;
  how.progress = progress_bar(call.language);
  ArrivalInput input;
  input.table = read_arrivals(call.get<std::string>("arrivals"), graph, how);
  const std::vector<Problem>& problems = input.table.problems;
  for (std::size_t i = 0; i < std::min(kShown, problems.size()); ++i) {
    tell(problems[i].to_string(call.language));
  }
  if (problems.size() > kShown) {
    tell(call.language == Language::Zh ? fmt::format("… 另有 {} 条", problems.size() - kShown)
                                       : fmt::format("... and {} more", problems.size() - kShown));
  }
  const std::size_t known = input.table.arrivals.size() - input.table.strangers;
  tell(call.language == Language::Zh
           ? fmt::format("落户记录 {} 行，采用 {} 条，其中 {} 条的企业在图中", input.table.rows,
                         input.table.arrivals.size(), known)
           : fmt::format("arrivals: {} rows, {} used, {} of them of firms that the graph knows",
                         input.table.rows, input.table.arrivals.size(), known));
  input.names = input.table.places;
  if (call.has("places")) {
    input.points = read_place_points(call.get<std::string>("places"), how);
    for (const PlacePoint& point : input.points) {
      const bool named =
          std::ranges::find(input.names, point.code, &ArrivalPlace::code) != input.names.end();
      if (!named && !point.name.empty()) input.names.push_back({point.code, point.name});
    }
  }
  if (call.has("arrival-model")) {
    const auto file = call.get<std::string>("arrival-model");
    input.model = parse_arrival_model(
        call.files->read(file, limits(call).json_bytes, call.stop, "json_bytes").bytes, file);
  }
  return input;
}

bool ArrivalInput::enough(const Call& call) const {
  const std::size_t known = table.arrivals.size() - table.strangers;
  if (known >= kLeastArrivals) return true;
  tell(
      call.language == Language::Zh
          ? fmt::format(
                "只有 {} 条落户记录的企业在图中，少于 {} 条不作结论；请补充落户记录，或在图中"
                "加入这些企业",
                known, kLeastArrivals)
          : fmt::format("{} arrivals are of firms that the graph knows: with fewer than {} nothing "
                        "can be concluded; bring more arrivals or build the graph with the firms "
                        "that came",
                        known, kLeastArrivals));
  return false;
}

void declare_arrivals(po::options_description& options, Language language) {
  options.add_options()(
      "arrivals", po::value<std::string>()->value_name("FILE"),
      pick(language,
           "who came where and when: the part propensity of the score, with its factors and rows",
           "落户记录表：计入评分项“落户倾向”，并列出其各因子与所依据的行")
          .c_str())("arrival-model", po::value<std::string>()->value_name("FILE"),
                    pick(language, "with --arrivals: what `train --arrivals` wrote",
                         "与 --arrivals 连用：train --arrivals 所写的模型")
                        .c_str());
}

void check_arrival_options(const Call& call) {
  if (call.has("arrival-model") && !call.has("arrivals")) {
    usage_error("--arrival-model goes with --arrivals", "--arrival-model 须与 --arrivals 连用");
  }
}

std::shared_ptr<const PlacePropensity> coming_to(
    const Call& call, const EnterpriseGraph& graph, RegionCode place,
    std::vector<std::pair<std::string, std::string>>& inputs) {
  if (!call.has("arrivals")) return nullptr;
  const ArrivalInput input = read_arrival_input(call, graph);
  const std::size_t count = input.table.arrivals.size();
  if (count < kLeastArrivals) {
    throw Error(ErrorCode::InvalidData,
                {fmt::format("{}: {} arrivals in all: with fewer than {} nothing can be concluded; "
                             "bring more, or leave out --arrivals",
                             call.get<std::string>("arrivals"), count, kLeastArrivals),
                 fmt::format("{}：落户记录共 {} 条，少于 {} 条不作结论；请补充，或去掉 --arrivals",
                             call.get<std::string>("arrivals"), count, kLeastArrivals)});
  }
  inputs.insert(inputs.end(), input.table.digests.begin(), input.table.digests.end());
  return std::make_shared<const PlacePropensity>(graph, input.table.arrivals, place, input.model);
}

std::vector<std::string> industries_of(const EnterpriseGraph& graph) {
  const IndustryClassifier classifier;
  std::vector<std::string> found(graph.size(EntityKind::Firm));
  for (std::uint32_t i = 0; i < found.size(); ++i) {
    const EntityId firm = graph.entity(FirmId{i});
    found[i] = graph.text(firm, EntityText::Industry);
    if (!found[i].empty()) continue;
    if (const auto read =
            classifier.classify(graph.name(firm), graph.text(firm, EntityText::Scope))) {
      found[i] = read->code;
    }
  }
  return found;
}

}  // namespace liantu::cli
