#pragma once

#include <cstddef>
#include <span>
#include <stop_token>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/links/paths/path_engine.hpp"
#include "liantu/links/paths/score_row.hpp"

namespace LIANTU_API liantu {

/// Options of katz_rows().
struct KatzOptions {
  double attenuation = 0.005;  ///< what each step of a walk is worth; (0, 1]
  std::size_t length = 4;      ///< walks of more steps are left out; 1..8
  std::stop_token stop;        ///< asks a long run to end early
};

/// Katz' index, cut off: the number of walks that repeat a step, each worth attenuation to the
/// power of its length. As walks beyond a length are left out, any attenuation gives finite scores.
///
/// @param engine   Prepared graph.
/// @param step     What is walked, its normaliser included.
/// @param sources  Any entities.
/// @return         One row a source, in their order, without the source itself; no unit.
/// @throws Error{InvalidArgument} if an option is outside its range; Error{Cancelled}.
/// @complexity     Time O(length (V + E)) per source.
/// @source         Katz (1953), doi:10.1007/BF02289026; Liben-Nowell, Kleinberg (2007),
///                 doi:10.1002/asi.20591, for the attenuation.
[[nodiscard]] std::vector<ScoreRow> katz_rows(const PathEngine& engine, const PathStep& step,
                                              std::span<const EntityId> sources,
                                              const KatzOptions& options = {});

}  // namespace liantu
