#pragma once

#include <cassert>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <string>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/task_arena.h>
#include <typeindex>
#include <utility>
#include <vector>

#include "base/run/arena.hpp"
#include "base/run/parallel.hpp"
#include "liantu/links/paths/path_engine.hpp"
#include "links/paths/entity_order.hpp"
#include "links/paths/step_layout.hpp"
#include "links/paths/walker.hpp"

namespace liantu {

/// @throws Error{Cancelled} if the caller asks to end.
void throw_if_cancelled(const std::stop_token& stop);
/// @throws Error{InvalidArgument} if the path has no steps.
void require_steps(const RelationPath& path);

struct PathEngine::Body {
  Body(const EnterpriseGraph& g, PathEngineOptions o)
      : graph(g),
        options(std::move(o)),
        order(graph),
        arena(options.threads == 0 ? tbb::task_arena::automatic
                                   : static_cast<int>(options.threads)),
        walkers([this] { return Walker(order.size()); }) {}

  StepLayout& layout(const PathStep& step) {
    const std::scoped_lock lock(mutex);
    return layout_locked(step);
  }
  /// The step from its other end.
  StepLayout& turned_layout(const PathStep& step) {
    const std::scoped_lock lock(mutex);
    return turned_layout_locked(step);
  }

  StepLayout& layout_locked(const PathStep& step) {
    std::unique_ptr<StepLayout>& found = layouts[key_of(step)];
    if (!found) {
      std::span<const EdgeId> hidden;
      if (options.hidden && options.hidden->relation == step.relation) {
        hidden = options.hidden->edges;
      }
      found = std::make_unique<StepLayout>(graph, order, step, hidden);
    }
    return *found;
  }

  StepLayout& turned_layout_locked(const PathStep& step) {
    if (!step.limits.any()) {
      return layout_locked({step.relation, liantu::turned(step.direction)});
    }
    // A limit may look at the end at which the step arrives.
    std::unique_ptr<StepLayout>& found = turned_layouts[key_of(step)];
    if (!found) found = std::make_unique<StepLayout>(layout_locked(step).transposed());
    return *found;
  }

  static std::string key_of(const PathStep& step) {
    PathStep bare = step;
    bare.normalizer = Normalizer::None;
    return RelationPath{{bare}}.to_string();
  }

  enum class Turned : std::uint8_t { None, Last };

  std::vector<PreparedStep> prepare(const RelationPath& path, Turned turned) {
    require_steps(path);
    const std::scoped_lock lock(mutex);
    std::vector<PreparedStep> steps;
    for (const PathStep& step : path.steps) {
      StepLayout& here = layout_locked(step);
      steps.push_back({&here, nullptr, here.factors(step.normalizer)});
    }
    if (turned == Turned::Last) {
      steps.back().turned = &turned_layout_locked(path.steps.back());
    }
    return steps;
  }

  /// Calls `use(i, walker)` for every source on the engine's threads, the walker standing where
  /// the last step begins.
  template <typename Use>
  void for_each_source(const std::vector<PreparedStep>& steps, std::span<const EntityId> sources,
                       const std::stop_token& stop, const Use& use) {
    run_in(arena, [&] {
      parallel_for(sources.size(), [&](std::size_t i) {
        throw_if_cancelled(stop);
        assert(raw(sources[i]) < graph.size());
        Walker& walker = walkers.local();
        walker.start(order.place(sources[i]));
        for (std::size_t k = 0; k + 1 < steps.size(); ++k) {
          walker.advance(steps[k]);
          throw_if_cancelled(stop);
        }
        use(i, walker);
      });
    });
  }

  /// What is made once for the graph and used by every later call, such as an embedding.
  ///
  /// @param name  Tells results of one type apart.
  /// @param make  Called when it is first asked for; others that ask wait.
  template <typename T>
  const T& kept(const std::string& name, const std::function<T()>& make) {
    const std::scoped_lock lock(kept_mutex);
    std::shared_ptr<const void>& found = kept_results[{std::type_index(typeid(T)), name}];
    if (!found) found = std::make_shared<const T>(make());
    return *static_cast<const T*>(found.get());
  }

  EnterpriseGraph graph;  // shares its data
  PathEngineOptions options;
  EntityOrder order;
  tbb::task_arena arena;
  tbb::enumerable_thread_specific<Walker> walkers;
  std::mutex mutex;
  std::map<std::string, std::unique_ptr<StepLayout>> layouts;
  std::map<std::string, std::unique_ptr<StepLayout>> turned_layouts;
  std::mutex kept_mutex;
  std::map<std::pair<std::type_index, std::string>, std::shared_ptr<const void>> kept_results;
};

/// The way from an engine to its parts, for the files of this room.
struct PathEngineAccess {
  using Body = PathEngine::Body;
  [[nodiscard]] static Body& body(const PathEngine& engine) { return *engine.body_; }
};

}  // namespace liantu
