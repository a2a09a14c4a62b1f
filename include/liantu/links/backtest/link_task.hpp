#pragma once

#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"
#include "liantu/graph/kinds.hpp"
#include "liantu/links/paths/source_end.hpp"

namespace LIANTU_API liantu {

/// A source and the entities that a ranking should have found for it.
struct LinkQuestion {
  EntityId source{0};
  std::vector<EntityId> answers;  ///< ascending, at least one

  friend bool operator==(const LinkQuestion&, const LinkQuestion&) = default;
};

/// What a backtest asks of a graph: links of one relation are hidden, and every method has to rank,
/// for each source, all entities of the other end's kinds that nothing visible joins with it.
struct LinkTask {
  RelationKind relation = RelationKind::Supplies;
  SourceEnd source_end = SourceEnd::To;
  std::vector<EdgeId> hidden;           ///< instances that no method may see, ascending
  std::vector<LinkQuestion> questions;  ///< ascending by source; answers are ends of hidden links
};

}  // namespace liantu
