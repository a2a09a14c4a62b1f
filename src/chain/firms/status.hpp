#pragma once

#include <span>
#include <string_view>

#include "liantu/base/values/date.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// Words in the status of a firm that is gone from the register or does no business: 注销, 吊销 …
[[nodiscard]] std::span<const std::string_view> inactive_words();
/// Whether a status has one of these words in it.
[[nodiscard]] bool inactive(std::string_view status);
/// Whether a status says that the firm is no more: struck off the register (已注销, 吊销，已注销),
/// not only barred from business (吊销，未注销), and not while that is going on (注销公告, 清算中).
[[nodiscard]] bool gone(std::string_view status);
/// The same of what a graph says of a firm.
[[nodiscard]] bool gone(const EnterpriseGraph& graph, FirmId firm);
/// Whether what an edge of a relation says still holds at a date: it has not ended by then, and no
/// end is a firm that is gone.
[[nodiscard]] bool holds(const EnterpriseGraph& graph, const Relation& relation, EdgeId edge,
                         EntityId from, EntityId to, const Date& date);

}  // namespace liantu
