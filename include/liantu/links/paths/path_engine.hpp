#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/links/paths/relation_path.hpp"
#include "liantu/links/paths/score_row.hpp"
#include "liantu/links/paths/scores.hpp"

namespace LIANTU_API liantu {

/// Instances of one relation that are looked away from.
struct HiddenLinks {
  RelationKind relation = RelationKind::Supplies;
  std::vector<EdgeId> edges;  ///< ascending
};

/// Options of PathEngine.
struct PathEngineOptions {
  std::optional<HiddenLinks> hidden;  ///< what no score may see
  unsigned threads = 0;               ///< most threads used; 0 = one a processor
};

/// Relation paths over one graph, prepared for many sources: what paths need of a relation is laid
/// out once, when it is first asked for. Results do not depend on threads. Safe to use from
/// any number of threads; valid as long as the graph.
class PathEngine {
 public:
  explicit PathEngine(const EnterpriseGraph& graph, PathEngineOptions options = {});
  ~PathEngine();
  PathEngine(PathEngine&&) noexcept;
  PathEngine& operator=(PathEngine&&) noexcept;

  [[nodiscard]] const EnterpriseGraph& graph() const noexcept;
  /// Number of distinct entities that a step reaches from an entity, hidden links left out.
  [[nodiscard]] std::size_t degree(EntityId from, const PathStep& step) const;

  /// Everything that a path reaches from each source, but the source itself.
  /// @return  One row a source, in the order of the sources. Scores as of score_path().
  /// @throws Error{InvalidArgument} if the path has no steps; Error{Cancelled}.
  [[nodiscard]] std::vector<ScoreRow> rows(const RelationPath& path,
                                           std::span<const EntityId> sources,
                                           const std::stop_token& stop = {}) const;

  /// The best that a path reaches from each source.
  /// @return  One ranking a source, in the order of the sources, each as of score_path().
  /// @throws Error{InvalidArgument} if the path has no steps; Error{Cancelled}.
  [[nodiscard]] std::vector<std::vector<ScoredEntity>> top(const RelationPath& path,
                                                           std::span<const EntityId> sources,
                                                           const ScoreOptions& options = {}) const;

 private:
  friend struct PathEngineAccess;
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace liantu
