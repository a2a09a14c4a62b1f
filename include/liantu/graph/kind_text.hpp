#pragma once

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/kinds.hpp"

namespace LIANTU_API liantu {

/// What a kind of entity is called for people: firm 企业. See relation_text() for relations.
[[nodiscard]] Text entity_text(EntityKind kind);

/// The words of the relations that may lead from one kind of entity to another, for messages that
/// say which to take: `supplies, owns or cooperates`.
///
/// @return  In the order of kRelationKinds; empty where there is none.
[[nodiscard]] Text relations_between(EntityKind from, EntityKind to);

}  // namespace liantu
