#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/values/goods_kinds.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// The kinds made in a sector.
///
/// @param graph   Any enterprise graph.
/// @param sector  A segment of it.
/// @return        In the order of goods_kinds(); none for what is no sector of an input-output table.
/// @complexity    O(kinds × industries of the sector).
[[nodiscard]] std::vector<const GoodsKind*> kinds_made_in(const EnterpriseGraph& graph,
                                                          SegmentId sector);

/// The industry by which a firm was put into a sector, or the class of it that the firm's words name
/// (玻璃钢: C3062 of C306; what names parts: the class that makes parts); empty where the relation does
/// not say it.
///
/// @param makes  A `makes` of the graph between a firm and a sector.
[[nodiscard]] std::string_view industry_of(const EnterpriseGraph& graph, EdgeId makes);

/// Whether the words by which a firm was put into a sector name a kind: 玻璃纤维.
///
/// @param makes  A `makes` of the graph between the firm and its sector.
[[nodiscard]] bool names(const EnterpriseGraph& graph, EdgeId makes, const GoodsKind& kind);

/// Whether a firm's name or registered scope mentions a kind, to make it or to sell it; words of one
/// character say too little there.
[[nodiscard]] bool mentions(const EnterpriseGraph& graph, FirmId firm, const GoodsKind& kind);

/// Whether a firm works a kind up and does not make it itself, as far as its industry and words say.
///
/// @param makes  A `makes` of the graph between the firm and its sector.
[[nodiscard]] bool takes(const EnterpriseGraph& graph, EdgeId makes, const GoodsKind& kind);

/// Which of some kinds a firm takes(): places in `kinds`, ascending. Its words are read once.
[[nodiscard]] std::vector<std::size_t> taken_of(const EnterpriseGraph& graph, EdgeId makes,
                                                std::span<const GoodsKind* const> kinds);

/// The product of a sector that a firm is most surely said to make; nothing when none is known.
/// @complexity  O(products of the firm).
[[nodiscard]] std::optional<SegmentId> product_made(const EnterpriseGraph& graph, FirmId firm,
                                                    SegmentId sector);

}  // namespace liantu
