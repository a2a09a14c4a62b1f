#pragma once

#include <string>

#include "liantu/graph/graph.hpp"

namespace liantu::test {

/// Writes down everything that a graph answers, entity by entity and relation by relation, in both
/// directions. Two graphs with the same text are equal.
[[nodiscard]] std::string walk(const EnterpriseGraph& graph);

}  // namespace liantu::test
