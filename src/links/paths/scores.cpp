#include "liantu/links/paths/scores.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <optional>
#include <queue>
#include <utility>

#include "liantu/base/text/error.hpp"
#include "links/paths/engine_body.hpp"
#include "links/paths/propagate.hpp"
#include "links/paths/step_view.hpp"

namespace liantu {

namespace {

/// Entities from which the target can still be reached, ascending, each with the smallest divisor
/// of the rest of the way.
struct Layer {
  std::vector<EntityId> entities;
  std::vector<Divisor> rest;

  [[nodiscard]] const Divisor* find(EntityId entity) const {
    const auto at = std::lower_bound(entities.begin(), entities.end(), entity);
    if (at == entities.end() || *at != entity) return nullptr;
    return &rest[static_cast<std::size_t>(at - entities.begin())];
  }
};

/// One layer a step and one for the target, built from the target's side out of the entities that
/// the source reaches after 0, 1, … steps.
std::vector<Layer> useful_layers(const EnterpriseGraph& graph, const RelationPath& path,
                                 const std::vector<SparseVector>& reached, EntityId target) {
  std::vector<Layer> layers(path.steps.size() + 1);
  layers.back() = {{target}, {Divisor{}}};
  for (std::size_t k = path.steps.size(); k-- > 0;) {
    const StepView view(graph, path.steps[k]);
    for (const EntityId from : reached[k].entities) {
      std::optional<Divisor> best;
      view.for_each(from, [&](EntityId to, double weight) {
        const Divisor* rest = layers[k + 1].find(to);
        if (rest == nullptr) return;
        const Divisor way = *rest * Divisor{1, 1, weight};
        if (!best || way.value() < best->value()) best = way;
      });
      if (!best) continue;
      layers[k].entities.push_back(from);
      layers[k].rest.push_back(step_divisor(view, path.steps[k].normalizer, from) * *best);
    }
  }
  return layers;
}

/// The beginning of an instance with the weight of its best completion.
struct InstancePrefix {
  double bound = 0;
  Divisor divisor;
  std::vector<EntityId> entities;

  /// Later in the queue: a lighter completion, then greater ids along the way.
  friend bool operator<(const InstancePrefix& a, const InstancePrefix& b) {
    return a.bound != b.bound ? a.bound < b.bound : a.entities > b.entities;
  }
};

}  // namespace

std::vector<ScoredEntity> score_path(const EnterpriseGraph& graph, const RelationPath& path,
                                     EntityId source, const ScoreOptions& options) {
  require_steps(path);
  assert(raw(source) < graph.size());
  Propagation propagation(graph);
  SparseVector reached{{source}, {1.0}};
  for (const PathStep& step : path.steps)
    reached = propagation.advance(reached, step, options.stop);

  std::optional<Relation> known;
  if (options.new_in) known = graph.relation(*options.new_in);
  std::vector<ScoredEntity> scores;
  scores.reserve(reached.entities.size());
  for (std::size_t i = 0; i < reached.entities.size(); ++i) {
    const EntityId entity = reached.entities[i];
    if (entity == source) continue;
    if (known && (known->connects(source, entity) || known->connects(entity, source))) continue;
    scores.push_back({entity, reached.values[i]});
  }
  const std::size_t kept = options.top == 0 ? scores.size() : std::min(options.top, scores.size());
  std::partial_sort(scores.begin(), scores.begin() + static_cast<std::ptrdiff_t>(kept),
                    scores.end(), [](const ScoredEntity& a, const ScoredEntity& b) {
                      return a.score != b.score ? a.score > b.score : a.entity < b.entity;
                    });
  scores.resize(kept);
  return scores;
}

std::vector<PathInstance> path_evidence(const EnterpriseGraph& graph, const RelationPath& path,
                                        EntityId source, EntityId target, std::size_t most) {
  require_steps(path);
  assert(raw(source) < graph.size() && raw(target) < graph.size());
  Propagation propagation(graph);
  std::vector<SparseVector> reached{{{source}, {1.0}}};
  for (const PathStep& step : path.steps) {
    reached.push_back(propagation.advance(reached.back(), step));
  }
  const SparseVector& ends = reached.back();
  const auto end = std::lower_bound(ends.entities.begin(), ends.entities.end(), target);
  if (end == ends.entities.end() || *end != target) return {};
  const double score = ends.values[static_cast<std::size_t>(end - ends.entities.begin())];

  // Best first with the exact weight of the best completion as the bound: instances leave the queue
  // in their final order, so that no more of them are looked at than are asked for.
  const std::vector<Layer> layers = useful_layers(graph, path, reached, target);
  std::vector<StepView> views;
  for (const PathStep& step : path.steps) views.emplace_back(graph, step);
  std::vector<PathInstance> instances;
  std::priority_queue<InstancePrefix> queue;
  queue.push({1 / layers[0].rest[0].value(), {}, {source}});
  while (!queue.empty() && (most == 0 || instances.size() < most)) {
    const InstancePrefix beginning = queue.top();
    queue.pop();
    const std::size_t done = beginning.entities.size() - 1;
    if (done == path.steps.size()) {
      const double weight = 1 / beginning.divisor.value();
      instances.push_back({beginning.entities, {}, weight, weight / score});
      continue;
    }
    const StepView& view = views[done];
    const EntityId from = beginning.entities.back();
    const Divisor so_far =
        beginning.divisor * step_divisor(view, path.steps[done].normalizer, from);
    view.for_each(from, [&](EntityId to, double weight) {
      const Divisor* rest = layers[done + 1].find(to);
      if (rest == nullptr) return;
      const Divisor longer_so_far = so_far * Divisor{1, 1, weight};
      InstancePrefix longer{1 / (longer_so_far * *rest).value(), longer_so_far, beginning.entities};
      longer.entities.push_back(to);
      queue.push(std::move(longer));
    });
  }
  for (PathInstance& instance : instances) {
    for (std::size_t k = 0; k < path.steps.size(); ++k) {
      instance.edges.push_back(views[k].best_edge(instance.entities[k], instance.entities[k + 1]));
    }
  }
  // Three logarithms multiply to values that differ in the last bit with their order.
  std::sort(instances.begin(), instances.end(), [](const PathInstance& a, const PathInstance& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.entities < b.entities;
  });
  return instances;
}

}  // namespace liantu
