#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"
#include "liantu/links/paths/score_row.hpp"

namespace LIANTU_API liantu {

/// What a method of ranking rests on.
enum class MethodKind : std::uint8_t {
  Single,    ///< one known formula
  Learned,   ///< a model trained on what the task leaves visible
  Baseline,  ///< what any other method has to beat
};

/// A way to rank what may be linked with a source, as a backtest meets it.
struct LinkMethod {
  std::string name;  ///< lower case, `directed_l3`; tables and JSON say it
  MethodKind kind = MethodKind::Single;
  /// Scores of every source, one row a source in their order; sources ascend without repetition.
  /// May be called several times and must answer the same; throws Error{Cancelled} when asked to
  /// stop. Empty when the method cannot be fed.
  std::function<std::vector<ScoreRow>(std::span<const EntityId> sources, const std::stop_token&)>
      rows;
  std::string unavailable;  ///< why the data cannot feed it; empty when they can
  /// How likely a pair of this score is one of the hidden links, in [0, 1]; empty when scores say
  /// no such thing.
  std::function<double(double)> probability = {};
};

}  // namespace liantu
