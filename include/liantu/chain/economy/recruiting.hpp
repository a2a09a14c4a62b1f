#pragma once

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/base/values/goods_kinds.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// Why makers of a sector are not to be recruited from elsewhere.
struct RecruitingBar {
  Text reason;
  Text source;  ///< what document says so; empty where the trade itself does
};

/// What keeps makers of a sector from being called on, however much of it a district buys: they stand
/// where the ore, the harvest or the buyer is, need a licence of the nation, count as high in energy
/// use and emission, or are so many things under one name that nobody could be called.
///
/// @param graph    Any enterprise graph.
/// @param segment  A segment of it.
/// @return         Nothing for what is no sector of an input-output table, and for a sector of which
///                 some industries are free. Lives as long as the program.
/// @complexity     O(industries of the sector × rules).
[[nodiscard]] const RecruitingBar* recruiting_bar(const EnterpriseGraph& graph, SegmentId segment);

/// What keeps makers of a kind of goods from being called on, though others of its sector may be: starter
/// batteries are made with lead, lithium ones are not.
///
/// @return      Nothing where the first industry of its makers is free. Lives as long as the program.
/// @complexity  O(rules).
[[nodiscard]] const RecruitingBar* recruiting_bar(const GoodsKind& kind);

}  // namespace liantu
