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
#include "links/propagate.hpp"
#include "links/step_layout.hpp"

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
        arena(options.threads == 0 ? tbb::task_arena::automatic
                                   : static_cast<int>(options.threads)) {}

  const StepLayout& layout(const PathStep& step) {
    const std::scoped_lock lock(mutex);
    std::unique_ptr<StepLayout>& found = layouts[{step.relation, step.direction}];
    if (!found) {
      std::span<const EdgeId> hidden;
      if (options.hidden && options.hidden->relation == step.relation) {
        hidden = options.hidden->edges;
      }
      found = std::make_unique<StepLayout>(graph, step, hidden);
    }
    return *found;
  }

  /// What the path reaches from a source; `sums` is zero before and after.
  ScoreRow walk(const RelationPath& path, const std::vector<const StepLayout*>& ways,
                EntityId source, std::vector<double>& sums) const {
    ScoreRow at{{source}, {1.0}};
    for (std::size_t k = 0; k < ways.size(); ++k) {
      ScoreRow next;
      for (std::size_t i = 0; i < at.entities.size(); ++i) {
        const std::span<const EntityId> reached = ways[k]->reached(at.entities[i]);
        const double part =
            at.scores[i] / divisor(path.steps[k].normalizer, reached.size()).value();
        if (part == 0) continue;
        for (const EntityId to : reached) {
          double& sum = sums[raw(to)];
          if (sum == 0) next.entities.push_back(to);
          sum += part;
        }
      }
      std::sort(next.entities.begin(), next.entities.end());
      for (const EntityId entity : next.entities) {
        next.scores.push_back(sums[raw(entity)]);
        sums[raw(entity)] = 0;
      }
      at = std::move(next);
    }
    const auto self = std::lower_bound(at.entities.begin(), at.entities.end(), source);
    if (self != at.entities.end() && *self == source) {
      at.scores.erase(at.scores.begin() + (self - at.entities.begin()));
      at.entities.erase(self);
    }
    return at;
  }

  /// Calls `use(i, row)` for every source on the engine's threads.
  template <typename Use>
  void for_each_row(const RelationPath& path, std::span<const EntityId> sources,
                    const std::stop_token& stop, const Use& use) {
    require_steps(path);
    std::vector<const StepLayout*> ways;
    for (const PathStep& step : path.steps) ways.push_back(&layout(step));
    tbb::enumerable_thread_specific<std::vector<double>> sums(
        [this] { return std::vector<double>(graph.size(), 0.0); });
    arena.execute([&] {
      tbb::parallel_for(std::size_t{0}, sources.size(), [&](std::size_t i) {
        look_at(stop);
        assert(raw(sources[i]) < graph.size());
        use(i, walk(path, ways, sources[i], sums.local()));
      });
    });
  }

  EnterpriseGraph graph;  // shares its data
  PathEngineOptions options;
  tbb::task_arena arena;
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
  return body_->layout(step).degree(from);
}

std::vector<ScoreRow> PathEngine::rows(const RelationPath& path, std::span<const EntityId> sources,
                                       const std::stop_token& stop) const {
  std::vector<ScoreRow> rows(sources.size());
  body_->for_each_row(path, sources, stop,
                      [&](std::size_t i, ScoreRow row) { rows[i] = std::move(row); });
  return rows;
}

std::vector<std::vector<ScoredEntity>> PathEngine::top(const RelationPath& path,
                                                       std::span<const EntityId> sources,
                                                       const ScoreOptions& options) const {
  const StepLayout* known =
      options.new_in ? &body_->layout({*options.new_in, StepDirection::Either}) : nullptr;
  std::vector<std::vector<ScoredEntity>> rankings(sources.size());
  body_->for_each_row(path, sources, options.stop, [&](std::size_t i, const ScoreRow& row) {
    std::vector<ScoredEntity>& ranking = rankings[i];
    for (std::size_t k = 0; k < row.entities.size(); ++k) {
      ranking.push_back({row.entities[k], row.scores[k]});
    }
    if (known != nullptr) {
      const std::span<const EntityId> joined = known->reached(sources[i]);
      std::erase_if(ranking, [joined](const ScoredEntity& scored) {
        return std::binary_search(joined.begin(), joined.end(), scored.entity);
      });
    }
    const std::size_t kept =
        options.top == 0 ? ranking.size() : std::min(options.top, ranking.size());
    std::partial_sort(ranking.begin(), ranking.begin() + static_cast<std::ptrdiff_t>(kept),
                      ranking.end(), [](const ScoredEntity& a, const ScoredEntity& b) {
                        return a.score != b.score ? a.score > b.score : a.entity < b.entity;
                      });
    ranking.resize(kept);
  });
  return rankings;
}

}  // namespace liantu
