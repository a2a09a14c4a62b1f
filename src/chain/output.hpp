#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "liantu/base/basis.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// What a firm makes a year according to one of its `makes`, CNY: stated output, else revenue ×
/// share of revenue.
[[nodiscard]] std::optional<Figure> output(const EnterpriseGraph& graph, EntityId firm,
                                           EdgeId makes);

/// Of statements about one firm and one segment, which differ in their year, the one that counts:
/// the latest whose output is known, else the most confident; ties the latest. Years are never
/// added up.
///
/// @param statements  At least one `makes`, in the order of their years.
[[nodiscard]] EdgeId current_statement(const EnterpriseGraph& graph, EntityId firm,
                                       std::span<const std::uint32_t> statements);

/// How many of the first sources are the same firm: its statements about one segment.
[[nodiscard]] std::size_t statements_of_first(std::span<const EntityId> sources);

}  // namespace liantu
