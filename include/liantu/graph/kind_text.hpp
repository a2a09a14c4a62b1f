#pragma once

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/kinds.hpp"

namespace LIANTU_API liantu {

/// What a kind of entity is called for people: firm 企业. See relation_text() for relations.
[[nodiscard]] Text entity_text(EntityKind kind);

}  // namespace liantu
