#pragma once

#include <cstddef>
#include <optional>
#include <stop_token>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/links/paths/relation_path.hpp"

namespace LIANTU_API liantu {

/// Options of score_path().
struct ScoreOptions {
  std::size_t top = 100;               ///< most entities returned; 0 = all
  std::optional<RelationKind> new_in;  ///< leave out entities that this relation already joins with
                                       ///< the source, either way
  std::stop_token stop;                ///< asks a long run to end early
};

/// An entity that a path reaches and its score.
struct ScoredEntity {
  EntityId entity{0};
  double score = 0;

  friend bool operator==(const ScoredEntity&, const ScoredEntity&) = default;
};

/// Scores every entity that a relation path reaches from a source.
///
/// Instances of a path are walks: an entity may stand in one several times, the source and the
/// target included, so that a score is an entry of the product of the steps' matrices. Only the
/// source itself is left out of the result.
///
/// @param graph    Any graph. Parallel relations (years, segments) between two entities count once.
/// @param path     See RelationPath.
/// @param source   Where the path starts.
/// @param options  See ScoreOptions.
/// @return         Entities but the source itself, best first, ties by id; sums are taken in the
///                 order of ids, so that the result does not depend on threads or hashing. Scores
///                 are positive and have no unit.
/// @throws Error{InvalidArgument} if the path has no steps; Error{Cancelled}.
/// @complexity  Time O(V + W + n log n), memory O(V); V entities, W edges walked, n the most
///              entities that one step reaches.
/// @source      Zhou, Lü, Zhang (2009), doi:10.1140/epjb/e2009-00335-8, for resource allocation;
///              Kovács et al. (2019), doi:10.1038/s41467-019-09177-y, for paths of length three.
[[nodiscard]] std::vector<ScoredEntity> score_path(const EnterpriseGraph& graph,
                                                   const RelationPath& path, EntityId source,
                                                   const ScoreOptions& options = {});

/// One way along a path from a source to a target.
struct PathInstance {
  std::vector<EntityId> entities;  ///< one more than steps: source first, target last
  std::vector<EdgeId> edges;  ///< one a step; of parallel relations the most confident, ties by id
  double weight = 0;          ///< product of the step weights
  double share = 0;  ///< weight over the pair's whole score; over all instances, those cut by
                     ///< `most` included, shares sum to 1

  friend bool operator==(const PathInstance&, const PathInstance&) = default;
};

/// The strongest instances of a path between two entities: the evidence behind a score. Instances
/// are walks as in score_path(); those from an entity back to itself are told when source and
/// target are the same.
///
/// @param graph   Any graph.
/// @param path    See RelationPath.
/// @param source  Where the path starts.
/// @param target  Where it ends.
/// @param most    Most instances returned; 0 = all.
/// @return        Heaviest first, ties by the ids along the path. Empty when the path does not join
///                the two.
/// @throws Error{InvalidArgument} if the path has no steps.
/// @complexity    Time O(V + W log V + m d log(m d)), memory O(V + m d); V entities, W edges walked
///                from the source, m instances returned, d the largest degree on the way times the
///                number of steps. The other instances are never built.
[[nodiscard]] std::vector<PathInstance> path_evidence(const EnterpriseGraph& graph,
                                                      const RelationPath& path, EntityId source,
                                                      EntityId target, std::size_t most);

}  // namespace liantu
