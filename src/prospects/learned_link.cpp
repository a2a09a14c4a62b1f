#include "liantu/prospects/learned_link.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "liantu/links/learning/training.hpp"

namespace liantu {
namespace {

constexpr std::size_t kSourcesAtOnce = 256;

// A pair of a wish, as the model sees it.
struct Pair {
  EntityId source{0};
  EntityId candidate{0};
  std::size_t wish = 0;
  FirmId anchor{0};
};

std::vector<Pair> pairs_of(const EnterpriseGraph& graph, const LinkModel& model,
                           std::span<const LinkWish> wishes) {
  std::vector<Pair> pairs;
  for (std::size_t w = 0; w < wishes.size(); ++w) {
    const EntityId firm = graph.entity(wishes[w].firm);
    for (const FirmId anchor : wishes[w].anchors) {
      const EntityId other = graph.entity(anchor);
      if (model.origin.source_end == SourceEnd::To) {
        pairs.push_back({other, firm, w, anchor});
      } else {
        pairs.push_back({firm, other, w, anchor});
      }
    }
  }
  std::ranges::stable_sort(pairs, {}, &Pair::source);
  return pairs;
}

LearnedLink describe(const LinkModel& model, std::span<const float> values, FirmId anchor,
                     double margin) {
  LearnedLink link;
  link.anchor = anchor;
  link.margin = margin;
  link.probability = model.calibration.probability(margin);
  const std::vector<double> parts = model.contributions(values);
  const std::vector<PairFeature>& features = pair_features();
  for (std::size_t i = 0; i < features.size(); ++i) {
    if (parts[i] != 0) link.contributions.push_back({features[i].name, parts[i]});
  }
  link.bias = parts.back();
  std::ranges::stable_sort(link.contributions, std::ranges::greater(),
                           [](const LinkContribution& one) { return std::abs(one.value); });
  return link;
}

}  // namespace

LearnedUse judge_ranker(const EnterpriseGraph& graph, const LearnedRanker& ranker) {
  const LinkModel& model = *ranker.model;
  const ModelOrigin& origin = model.origin;
  if (origin.relation != RelationKind::Supplies) {
    const std::string_view word = relation_word(origin.relation);
    throw Error(ErrorCode::InvalidData,
                {fmt::format("{}: the model ranks links of `{}`, prospects need one of `supplies`; "
                             "train it with `liantu train --relation supplies`",
                             ranker.file, word),
                 fmt::format("{}：该模型为“{}”关系排序，招商清单需要 supplies 模型；请用“liantu "
                             "train --relation supplies”训练",
                             ranker.file, word)});
  }
  LinkTask task;
  task.source_end = origin.source_end;
  const bool same_links = links_digest(graph, task) == origin.data;
  if (!same_links && !ranker.force) {
    throw Error(ErrorCode::InvalidData,
                {fmt::format("{}: the model was trained on other links than those of this graph, "
                             "so its probabilities may not hold here; train it again on this "
                             "graph, or force it",
                             ranker.file),
                 fmt::format("{}：该模型的训练链接与本图不同，其概率未必适用；请用本图重新训练，"
                             "或强制使用",
                             ranker.file)});
  }
  LearnedUse use;
  use.kind = model.kind();
  const bool better = model.beats_directed_l3();
  use.used = better || ranker.force;
  // Both stand in every model that was trained here; a model made by hand may lack them.
  const ValidationFigures l3 =
      model.validation.empty() ? ValidationFigures{} : model.validation.front();
  const ValidationFigures own =
      model.validation.empty() ? ValidationFigures{} : model.validation.back();
  const std::string figures_en =
      fmt::format("MRR {:.4f} against {:.4f}, MAP {:.4f} against {:.4f} on {} sources", own.mrr,
                  l3.mrr, own.map, l3.map, own.sources);
  const std::string figures_zh =
      fmt::format("{} 个来源上 MRR {:.4f} 对 {:.4f}，MAP {:.4f} 对 {:.4f}", own.sources, own.mrr,
                  l3.mrr, own.map, l3.map);
  if (!use.used) {
    use.remark = {fmt::format("{}: {} does not beat directed_l3 on validation ({}) and was not "
                              "used",
                              ranker.file, use.kind, figures_en),
                  fmt::format("{}：{} 在验证中未胜过 directed_l3（{}），未使用", ranker.file,
                              use.kind, figures_zh)};
    return use;
  }
  use.remark = {
      fmt::format(
          "link: how likely the firm is to supply the anchor, as one of as many links as "
          "training hid ({:g} % of those known), by {}; {} directed_l3 on validation ({}){}",
          100 * origin.hidden_share, use.kind, better ? "beats" : "does NOT beat", figures_en,
          same_links ? "" : "; trained on OTHER links, so that it may not hold here"),
      fmt::format("链接概率：该企业成为所列龙头供应商的可能性，口径为训练时隐藏的同等数量链接（占"
                  "已知的 {:g}%），模型 {}；验证中{} directed_l3（{}）{}",
                  100 * origin.hidden_share, use.kind, better ? "胜过" : "未胜过", figures_zh,
                  same_links ? "" : "；训练链接与本图不同，未必适用")};
  return use;
}

std::vector<std::optional<LearnedLink>> learned_links(const EnterpriseGraph& graph,
                                                      const LinkModel& model,
                                                      std::span<const LinkWish> wishes,
                                                      const std::stop_token& stop) {
  std::vector<std::optional<LearnedLink>> links(wishes.size());
  const std::vector<Pair> pairs = pairs_of(graph, model, wishes);
  if (pairs.empty()) return links;
  std::vector<EntityId> sources;
  for (const Pair& pair : pairs) {
    if (sources.empty() || sources.back() != pair.source) sources.push_back(pair.source);
  }
  LinkTask task;
  task.source_end = model.origin.source_end;
  const PairFeatures features(graph, task, {model.origin.grouping});
  auto pair = pairs.begin();
  for (std::size_t first = 0; first < sources.size(); first += kSourcesAtOnce) {
    const auto some =
        std::span(sources).subspan(first, std::min(kSourcesAtOnce, sources.size() - first));
    const std::vector<PairTable> tables = features.tables(some, stop);
    for (std::size_t s = 0; s < some.size(); ++s) {
      const PairTable& table = tables[s];
      for (; pair != pairs.end() && pair->source == some[s]; ++pair) {
        const auto found = std::ranges::lower_bound(table.candidates, pair->candidate);
        if (found == table.candidates.end() || *found != pair->candidate) continue;
        const auto values = table.row(static_cast<std::size_t>(found - table.candidates.begin()));
        const double margin = model.margins(values).front();
        std::optional<LearnedLink>& best = links[pair->wish];
        const bool better = !best || margin > best->margin ||
                            (margin == best->margin && pair->anchor < best->anchor);
        if (better) best = describe(model, values, pair->anchor, margin);
      }
    }
  }
  return links;
}

}  // namespace liantu
