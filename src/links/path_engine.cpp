#include "liantu/links/path_engine.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <mutex>
#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <utility>

#include "liantu/base/error.hpp"
#include "links/entity_order.hpp"
#include "links/step_layout.hpp"
#include "links/walker.hpp"

namespace liantu {

namespace {

void require_steps(const RelationPath& path) {
  if (!path.steps.empty()) return;
  throw Error(ErrorCode::InvalidArgument,
              {"the relation path has no steps; give at least one, for example `supplies`",
               "关联路径没有任何一步；请至少写一步，例如“supplies”"});
}

void look_at(const std::stop_token& stop) {
  if (!stop.stop_requested()) return;
  throw Error(ErrorCode::Cancelled,
              {"scoring of the relation path was cancelled before its end; start it again for a "
               "result",
               "关联路径评分在完成前已被取消；如需结果，请重新运行"});
}

}  // namespace

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

  StepLayout& layout_locked(const PathStep& step) {
    std::unique_ptr<StepLayout>& found = layouts[{step.relation, step.direction}];
    if (!found) {
      std::span<const EdgeId> hidden;
      if (options.hidden && options.hidden->relation == step.relation) {
        hidden = options.hidden->edges;
      }
      found = std::make_unique<StepLayout>(graph, order, step, hidden);
    }
    return *found;
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
      PathStep last = path.steps.back();
      last.direction = liantu::turned(last.direction);
      steps.back().turned = &layout_locked(last);
    }
    return steps;
  }

  /// Calls `use(i, walker)` for every source on the engine's threads, the walker standing where
  /// the last step begins.
  template <typename Use>
  void for_each_source(const std::vector<PreparedStep>& steps, std::span<const EntityId> sources,
                       const std::stop_token& stop, const Use& use) {
    arena.execute([&] {
      tbb::parallel_for(std::size_t{0}, sources.size(), [&](std::size_t i) {
        look_at(stop);
        assert(raw(sources[i]) < graph.size());
        Walker& walker = walkers.local();
        walker.start(order.place(sources[i]));
        for (std::size_t k = 0; k + 1 < steps.size(); ++k) {
          walker.advance(steps[k]);
          look_at(stop);
        }
        use(i, walker);
      });
    });
  }

  EnterpriseGraph graph;  // shares its data
  PathEngineOptions options;
  EntityOrder order;
  tbb::task_arena arena;
  tbb::enumerable_thread_specific<Walker> walkers;
  std::mutex mutex;
  std::map<std::pair<RelationKind, StepDirection>, std::unique_ptr<StepLayout>> layouts;
};

PathEngine::PathEngine(const EnterpriseGraph& graph, PathEngineOptions options)
    : body_(std::make_unique<Body>(graph, std::move(options))) {}
PathEngine::~PathEngine() = default;
PathEngine::PathEngine(PathEngine&&) noexcept = default;
PathEngine& PathEngine::operator=(PathEngine&&) noexcept = default;

const EnterpriseGraph& PathEngine::graph() const noexcept { return body_->graph; }

std::size_t PathEngine::degree(EntityId from, const PathStep& step) const {
  return body_->layout(step).degree(body_->order.place(from));
}

std::vector<ScoreRow> PathEngine::rows(const RelationPath& path, std::span<const EntityId> sources,
                                       const std::stop_token& stop) const {
  const std::vector<PreparedStep> steps = body_->prepare(path, Body::Turned::None);
  std::vector<ScoreRow> rows(sources.size());
  body_->for_each_source(steps, sources, stop, [&](std::size_t i, Walker& walker) {
    const std::uint32_t self = body_->order.place(sources[i]);
    rows[i] = walker.whole(steps.back(), body_->order, {&self, 1});
  });
  return rows;
}

std::vector<std::vector<ScoredEntity>> PathEngine::top(const RelationPath& path,
                                                       std::span<const EntityId> sources,
                                                       const ScoreOptions& options) const {
  const std::vector<PreparedStep> steps = body_->prepare(path, Body::Turned::Last);
  const StepLayout* known =
      options.new_in ? &body_->layout({*options.new_in, StepDirection::Either}) : nullptr;
  const std::size_t most =
      options.top == 0 ? std::max<std::size_t>(body_->order.size(), 1) : options.top;
  std::vector<std::vector<ScoredEntity>> rankings(sources.size());
  body_->for_each_source(steps, sources, options.stop, [&](std::size_t i, Walker& walker) {
    const std::uint32_t self = body_->order.place(sources[i]);
    std::vector<std::uint32_t> excluded;
    if (known != nullptr) {
      const std::span<const std::uint32_t> joined = known->row(self);
      excluded.assign(joined.begin(), joined.end());
    }
    excluded.push_back(self);
    rankings[i] = walker.best(steps.back(), body_->order, excluded, most);
  });
  return rankings;
}

}  // namespace liantu
