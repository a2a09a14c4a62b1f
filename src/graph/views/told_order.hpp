#pragma once

#include <string_view>

#include "liantu/graph/graph.hpp"

namespace liantu {

/// Whether one of two entities that count the same is told before the other: by code, those without
/// one last, then by name, so that the order of a table's rows does not show. Only where both are
/// alike the ids decide. A strict total order.
[[nodiscard]] inline bool told_before(const EnterpriseGraph& graph, EntityId a, EntityId b) {
  const std::string_view code_a = graph.text(a, EntityText::Code);
  const std::string_view code_b = graph.text(b, EntityText::Code);
  if (code_a.empty() != code_b.empty()) return code_b.empty();
  if (const int codes = code_a.compare(code_b); codes != 0) return codes < 0;
  if (const int names = graph.name(a).compare(graph.name(b)); names != 0) return names < 0;
  return a < b;
}
[[nodiscard]] inline bool told_before(const EnterpriseGraph& graph, FirmId a, FirmId b) {
  return told_before(graph, graph.entity(a), graph.entity(b));
}

}  // namespace liantu
