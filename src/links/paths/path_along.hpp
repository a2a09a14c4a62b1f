#pragma once

#include "liantu/links/paths/relation_path.hpp"
#include "liantu/links/paths/source_end.hpp"

namespace liantu {

/// A path written for `supplies` from its suppliers, walked along another relation from one of its ends.
[[nodiscard]] inline RelationPath path_along(RelationPath path, RelationKind relation,
                                             SourceEnd source_end) {
  for (PathStep& step : path.steps) {
    step.relation = relation;
    if (source_end == SourceEnd::To) step.direction = turned(step.direction);
  }
  return path;
}

}  // namespace liantu
