#include "liantu/links/paths/path_engine.hpp"

#include <algorithm>
#include <utility>

#include "liantu/base/text/error.hpp"
#include "links/paths/engine_body.hpp"

namespace liantu {

void require_steps(const RelationPath& path) {
  if (!path.steps.empty()) return;
  throw Error(ErrorCode::InvalidArgument,
              {"the relation path has no steps; give at least one, for example `supplies`",
               "关联路径没有任何一步；请至少写一步，例如“supplies”"});
}

void throw_if_cancelled(const std::stop_token& stop) {
  if (!stop.stop_requested()) return;
  throw Error(ErrorCode::Cancelled,
              {"scoring of the relation path was cancelled before its end; start it again for a "
               "result",
               "关联路径评分在完成前已被取消；如需结果，请重新运行"});
}

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
