#include "links/paths/step_layout.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "links/paths/propagate.hpp"
#include "links/paths/step_view.hpp"

namespace liantu {

StepLayout::StepLayout(const EnterpriseGraph& graph, const EntityOrder& order, const PathStep& step,
                       std::span<const EdgeId> hidden) {
  std::vector<bool> unseen(hidden.empty() ? 0 : graph.relation(step.relation).size());
  for (const EdgeId edge : hidden) unseen[raw(edge)] = true;
  if (step.limits.any()) {
    lay_out_limited(graph, order, step, unseen);
  } else {
    lay_out_plainly(graph, order, step, unseen);
  }
  find_firsts();
}

void StepLayout::lay_out_limited(const EnterpriseGraph& graph, const EntityOrder& order,
                                 const PathStep& step, const std::vector<bool>& unseen) {
  const StepView view(graph, step, unseen.empty() ? nullptr : &unseen);
  std::vector<std::pair<std::uint32_t, double>> row;
  offsets_.assign(1, 0);
  for (std::uint32_t place = 0; place < order.size(); ++place) {
    row.clear();
    view.for_each(order.entity(place),
                  [&](EntityId to, double weight) { row.emplace_back(order.place(to), weight); });
    std::sort(row.begin(), row.end());
    for (const auto& [to, weight] : row) {
      targets_.push_back(to);
      if (step.limits.weight) weights_.push_back(weight);
    }
    offsets_.push_back(targets_.size());
  }
}

StepLayout StepLayout::transposed() const {
  StepLayout result;
  const std::size_t size = offsets_.size() - 1;
  result.offsets_.assign(size + 1, 0);
  for (const std::uint32_t to : targets_) ++result.offsets_[to + std::size_t{1}];
  for (std::size_t i = 0; i < size; ++i) result.offsets_[i + 1] += result.offsets_[i];
  result.targets_.resize(targets_.size());
  result.weights_.resize(weights_.size());
  HugeVector<std::uint64_t> ends(result.offsets_.begin(), result.offsets_.end() - 1);
  for (std::uint32_t from = 0; from < size; ++from) {
    for (std::uint64_t k = offsets_[from]; k < offsets_[from + std::size_t{1}]; ++k) {
      const std::uint64_t at = ends[targets_[k]]++;
      result.targets_[at] = from;
      if (!weights_.empty()) result.weights_[at] = weights_[k];
    }
  }
  result.find_firsts();
  return result;
}

void StepLayout::lay_out_plainly(const EnterpriseGraph& graph, const EntityOrder& order,
                                 const PathStep& step, const std::vector<bool>& unseen) {
  const Relation relation = graph.relation(step.relation);
  const std::uint32_t size = order.size();
  const bool ahead = step.direction != StepDirection::Backward;
  const bool behind = step.direction != StepDirection::Forward;

  offsets_.assign(size + std::size_t{1}, 0);
  for (std::uint32_t place = 0; place < size; ++place) {
    const EntityId from = order.entity(place);
    offsets_[place + 1] = offsets_[place] + (ahead ? relation.out_edges(from).size() : 0) +
                          (behind ? relation.in_degree(from) : 0);
  }
  targets_.resize(offsets_[size]);

  // Places are handed out to the rows that reach them in ascending order, which leaves every row
  // sorted and an entity that stands twice beside itself.
  HugeVector<std::uint64_t> ends(offsets_.begin(), offsets_.end() - 1);
  for (std::uint32_t to = 0; to < size; ++to) {
    const auto reach = [&](EntityId entity, std::uint64_t edge) {
      if (!unseen.empty() && unseen[edge]) return;
      const std::uint32_t from = order.place(entity);
      std::uint64_t& end = ends[from];
      if (end != offsets_[from] && targets_[end - 1] == to) return;
      targets_[end++] = to;
    };
    const EntityId entity = order.entity(to);
    if (ahead) {
      const std::span<const std::uint32_t> edges = relation.in_edges(entity);
      std::size_t k = 0;
      for (const EntityId from : relation.sources(entity)) reach(from, edges[k++]);
    }
    if (behind) {
      std::uint64_t edge = relation.out_edges(entity).first;
      for (const EntityId from : relation.targets(entity)) reach(from, edge++);
    }
  }

  std::uint64_t kept = 0;
  for (std::uint32_t place = 0; place < size; ++place) {
    const std::uint64_t begin = offsets_[place];
    offsets_[place] = kept;
    if (kept == begin) {
      kept = ends[place];
      continue;
    }
    for (std::uint64_t k = begin; k < ends[place]; ++k) targets_[kept++] = targets_[k];
  }
  offsets_[size] = kept;
  targets_.resize(kept);
}

void StepLayout::find_firsts() {
  constexpr std::size_t kDegrees = 4096;
  const auto size = static_cast<std::uint32_t>(offsets_.size() - 1);
  firsts_.reserve(kDegrees + 1);
  for (std::uint32_t place = 0; place < size && firsts_.size() <= kDegrees; ++place) {
    while (firsts_.size() <= std::min(degree(place), kDegrees)) firsts_.push_back(place);
  }
  firsts_.resize(kDegrees + 1, size);
}

const double* StepLayout::factors(Normalizer normalizer) {
  if (normalizer == Normalizer::None) return nullptr;
  HugeVector<double>& factors = factors_[static_cast<std::size_t>(normalizer)];
  if (factors.empty()) {
    factors.reserve(offsets_.size() - 1);
    for (std::uint32_t place = 0; place + std::size_t{1} < offsets_.size(); ++place) {
      factors.push_back(1 / divisor(normalizer, degree(place)).value());
    }
  }
  return factors.data();
}

}  // namespace liantu
