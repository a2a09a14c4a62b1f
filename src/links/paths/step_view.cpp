#include "links/paths/step_view.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"

namespace liantu {

namespace {

/// Eight steps of such weights and all their ways still add up to a finite number.
constexpr double kHeaviest = 1e24;

SegmentId find_segment(const EnterpriseGraph& graph, const std::string& words) {
  const std::vector<EntityId> found = graph.find(EntityKind::Segment, words);
  if (found.empty()) {
    throw Error(ErrorCode::NotFound,
                {fmt::format("relation path: the graph has no segment `{}`; `liantu show` lists "
                             "those it has",
                             words),
                 fmt::format("关联路径：图中没有环节“{}”；可用 liantu show 查看已有环节", words)});
  }
  if (found.size() > 1) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("relation path: {} segments are called `{}`; write the code of one",
                             found.size(), words),
                 fmt::format("关联路径：有 {} 个环节叫“{}”；请写其代码", found.size(), words)});
  }
  return SegmentId{graph.local(found[0])};
}

}  // namespace

StepView::StepView(const EnterpriseGraph& graph, const PathStep& step,
                   const std::vector<bool>* hidden)
    : graph_(graph), step_(step), hidden_(hidden), relation_(graph.relation(step.relation)) {
  if (!step.limits.any()) return;
  RelationFilter filter;
  filter.from = step.limits.from;
  filter.to = step.limits.to;
  filter.min_confidence = step.limits.min_confidence;
  if (!step.limits.segment.empty()) filter.segment = find_segment(graph, step.limits.segment);
  filtered_.emplace(relation_, std::move(filter));
}

std::vector<StepView::Instance> StepView::instances(EntityId from,
                                                    std::optional<EntityId> only) const {
  std::vector<Instance> found;
  // What leads where is asked for, of neighbours in the order of their ids.
  const auto part = [&](std::span<const EntityId> neighbours) {
    if (!only) return std::pair(std::size_t{0}, neighbours.size());
    const auto place = [&](auto at) { return static_cast<std::size_t>(at - neighbours.begin()); };
    return std::pair(place(std::ranges::lower_bound(neighbours, *only)),
                     place(std::ranges::upper_bound(neighbours, *only)));
  };
  const auto consider = [&](EntityId to, EdgeId edge) {
    if (hidden_ != nullptr && (*hidden_)[raw(edge)]) return;
    if (filtered_ && !filtered_->keeps(from, to, edge)) return;
    const RegionCode region = step_.limits.region;
    if (region.known() && !region.contains(graph_.region(to).code)) return;
    found.push_back({to, edge});
  };
  if (step_.direction != StepDirection::Backward) {
    const std::uint64_t edge = relation_.out_edges(from).first;
    const std::span<const EntityId> targets = relation_.targets(from);
    const auto range = part(targets);
    for (std::size_t k = range.first; k < range.second; ++k) consider(targets[k], EdgeId{edge + k});
  }
  const auto middle = static_cast<std::ptrdiff_t>(found.size());
  if (step_.direction != StepDirection::Forward) {
    const std::span<const std::uint32_t> edges = relation_.in_edges(from);
    const std::span<const EntityId> sources = relation_.sources(from);
    const auto range = part(sources);
    for (std::size_t k = range.first; k < range.second; ++k) consider(sources[k], EdgeId{edges[k]});
  }
  std::inplace_merge(found.begin(), found.begin() + middle, found.end(),
                     [](const Instance& a, const Instance& b) { return a.entity < b.entity; });
  return found;
}

double StepView::weigh(std::span<Instance>& pair) const {
  if (!step_.limits.weight) return 1;
  int latest = -1;
  double sum = 0;
  std::size_t count = 0;
  for (const Instance& instance : pair) {
    const std::optional<double> number = relation_.number(instance.edge, *step_.limits.weight);
    if (!number || !(*number > 0)) continue;
    if (!(*number <= kHeaviest)) {
      throw Error(
          ErrorCode::InvalidData,
          {fmt::format("relation path: {} → {} in `{}` states {}, too large to weigh with; "
                       "correct it",
                       graph_.name(relation_.source(instance.edge)),
                       graph_.name(relation_.target(instance.edge)), relation_word(step_.relation),
                       *number),
           fmt::format("关联路径：“{}”中 {} → {} 的数值 {} 过大，无法作权重；请更正",
                       relation_word(step_.relation), graph_.name(relation_.source(instance.edge)),
                       graph_.name(relation_.target(instance.edge)), *number)});
    }
    const int year = relation_.provenance(instance.edge).year();
    if (year < latest) continue;
    if (year > latest) {
      latest = year;
      sum = 0;
      count = 0;
    }
    sum += *number;
    pair[count++] = instance;
  }
  pair = pair.first(count);
  return step_.limits.scale == WeightScale::Log1p ? std::log1p(sum) : sum;
}

std::size_t StepView::degree(EntityId from) const {
  std::size_t count = 0;
  for_each(from, [&count](EntityId, double) { ++count; });
  return count;
}

EdgeId StepView::best_edge(EntityId from, EntityId to) const {
  std::vector<Instance> found = instances(from, to);
  std::span<Instance> pair(found);
  weigh(pair);
  assert(!pair.empty());
  return std::min_element(pair.begin(), pair.end(),
                          [this](const Instance& a, const Instance& b) {
                            const float x = relation_.provenance(a.edge).confidence;
                            const float y = relation_.provenance(b.edge).confidence;
                            return x != y ? x > y : a.edge < b.edge;
                          })
      ->edge;
}

}  // namespace liantu
