#pragma once

#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"

namespace LIANTU_API liantu {

/// The scores of one source: entities ascending by id, each with its score. What a row does not
/// name stands behind everything it names.
struct ScoreRow {
  std::vector<EntityId> entities;
  std::vector<double> scores;  ///< parallel to `entities`; finite

  friend bool operator==(const ScoreRow&, const ScoreRow&) = default;
};

}  // namespace liantu
