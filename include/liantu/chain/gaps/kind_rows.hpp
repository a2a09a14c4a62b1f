#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// A row of a list of gaps: a gap, or one kind of the goods that a sector's gap lacks.
struct KindRow {
  std::size_t gap = 0;              ///< index into GapReport::gaps
  std::optional<std::size_t> kind;  ///< index into Gap::kinds_needed

  friend bool operator==(const KindRow&, const KindRow&) = default;
};

/// The gaps of a report kind by kind: that "metal goods" are lacking nobody can act on, that 16 mines and
/// cement works buy grinding balls of elsewhere one can. A sector's gap that is counted only is told in
/// a row for each of its kinds, where they are known; any other in one.
///
/// @param report  Rests on the size of firms (GapReport::by_size), else each gap is one row.
/// @return        Gaps with an amount or a stated purchase in the order of the report; then kinds that
///                nobody here or nearby makes or mentions, by KindNeed::worth; then kinds that somebody
///                does, by their worth over one more than these firms; then kinds that stand behind and those whose first buyer leads three rows
///                already; then kinds that a row above names of another sector, and what has no kind,
///                in the order of the report; then kinds that recruiting_bar() names, and last what the
///                report sets apart. Ties by place, then kind.
/// @complexity    O(gaps + kinds × needers).
[[nodiscard]] std::vector<KindRow> kind_rows(const EnterpriseGraph& graph, const GapReport& report);

/// What a row says of a kind: the gap with the firms alone that work the kind up, whose words name it
/// (makers) or whose scope mentions it (possible makers); its kind is KindNeed::state().
///
/// @param kind  Index into Gap::kinds_needed; the result has that one alone.
[[nodiscard]] Gap gap_of_kind(const EnterpriseGraph& graph, const Gap& gap, std::size_t kind);

/// What is needed of a kind of goods; null where nothing is.
///
/// @param goods  Index into goods_kinds(); nothing: null.
[[nodiscard]] const KindNeed* need_of_kind(const Gap& gap, std::optional<std::size_t> goods);

/// What a gap is for who would bring a kind of goods: KindNeed::state(), else the gap's own kind.
[[nodiscard]] GapKind kind_of(const Gap& gap, std::optional<std::size_t> goods);

/// Local makers of a gap's sector who neither name nor mention one of its kinds.
/// @complexity  O(makers × those who do).
[[nodiscard]] std::size_t others_of_sector(const Gap& gap, const KindNeed& kind);

}  // namespace liantu
