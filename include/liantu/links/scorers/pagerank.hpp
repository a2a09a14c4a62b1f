#pragma once

#include <span>
#include <stop_token>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/run/progress.hpp"
#include "liantu/links/paths/path_engine.hpp"
#include "liantu/links/paths/score_row.hpp"
#include "liantu/links/paths/scores.hpp"

namespace LIANTU_API liantu {

/// Options of personalised PageRank.
struct PageRankOptions {
  double damping = 0.85;    ///< share that walks on; the rest returns to the source; (0, 1)
  double tolerance = 1e-6;  ///< sum over all entities of what one more round would change, at most;
      ///< [1e-14, 1]. What is missing is at most 1 / (1 − damping) times it.
      ///< Where rounding changes more than that, rounds end when they no
      ///< longer change less
  std::stop_token stop;  ///< asks a long run to end early
  Progress progress;     ///< told about sources done
};

/// Personalised PageRank: where a walk is found that follows a step at random and returns to its
/// source now and then. From an entity that the step does not leave it returns at once.
///
/// Sixteen sources share a pass over the relation. Where the step has no direction, rounds are
/// accelerated (Chebyshev), which changes how many they are and not what they lead to.
/// @param engine   Prepared graph.
/// @param step     What is walked; its normaliser and its weight are not looked at.
/// @param sources  Any entities.
/// @return         One row a source, in their order; ranks sum to 1, the source's own is among
///                 them. Computed in single precision where the tolerance is 1e-6 or more; the same
///                 for any number of threads and whatever sources stand beside.
/// @throws Error{InvalidArgument} if an option is outside its range; Error{Cancelled}.
/// @complexity  Time O(R E) per source, R rounds: at most log(tolerance (1 − damping) / 2) /
///              log(damping) and one; memory O(V) beside the rows; V entities, E pairs that the
///              step joins.
/// @source      Haveliwala (2002), doi:10.1145/511446.511513; Golub, Varga (1961),
///              doi:10.1007/BF01386013, for the acceleration.
[[nodiscard]] std::vector<ScoreRow> pagerank_rows(const PathEngine& engine, const PathStep& step,
                                                  std::span<const EntityId> sources,
                                                  const PageRankOptions& options = {});

/// The best of personalised PageRank.
/// @param ranking  `top` and `new_in`, which leaves out the source too; its `stop` is looked at as
///                 well.
/// @return         One ranking a source, best first, ties by id. Else as pagerank_rows().
/// @throws Error as pagerank_rows().
[[nodiscard]] std::vector<std::vector<ScoredEntity>> pagerank_top(
    const PathEngine& engine, const PathStep& step, std::span<const EntityId> sources,
    const ScoreOptions& ranking = {}, const PageRankOptions& options = {});

/// Ranks near a source and how far they fall short.
struct PushedRanks {
  ScoreRow ranks;      ///< the source's own among them
  double missing = 0;  ///< what all ranks together fall short of 1; none is too large
};

/// Personalised PageRank near one source by local push: only where the walk is likely to be.
///
/// @param engine     Prepared graph.
/// @param step       What is walked; its normaliser and its weight are not looked at.
/// @param source     Any entity.
/// @param damping    As of PageRankOptions.
/// @param threshold  What an entity may keep back for each entity that the step reaches from it;
///                   (0, 1]. Where the step has no direction, a rank falls short of the true one by
///                   at most this times the number of entities that the step reaches from there.
/// @return           See PushedRanks.
/// @throws Error{InvalidArgument} if a number is outside its range; Error{Cancelled}.
/// @complexity       Time O(1 / (threshold (1 − damping))), whatever the size of the graph.
/// @source           Andersen, Chung, Lang (2006), doi:10.1109/FOCS.2006.44.
[[nodiscard]] PushedRanks push_pagerank(const PathEngine& engine, const PathStep& step,
                                        EntityId source, double damping, double threshold,
                                        const std::stop_token& stop = {});

}  // namespace liantu
