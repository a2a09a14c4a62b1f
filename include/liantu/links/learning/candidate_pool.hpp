#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"
#include "liantu/links/paths/score_row.hpp"

namespace LIANTU_API liantu {

/// The entities of a row that stand first, best first.
struct TopOfRow {
  std::vector<EntityId> entities;
  std::vector<double> scores;  ///< parallel

  friend bool operator==(const TopOfRow&, const TopOfRow&) = default;
};

/// The best entities of a row.
///
/// @param row      Scores of one source.
/// @param most     Most entities taken.
/// @param allowed  Which entities may be taken; all when empty.
/// @param ties     By entity: of equal scores the one with the smaller number stands first; none =
///                 ties by id.
/// @return         Best first.
/// @complexity     O(n + m log m); n entities in the row, m taken.
[[nodiscard]] TopOfRow top_of_row(const ScoreRow& row, std::size_t most,
                                  const std::function<bool(EntityId)>& allowed = {},
                                  std::span<const std::uint64_t> ties = {});

/// Joins what several rankings name into one pool of candidates.
///
/// @return  Ascending by id, none twice.
/// @complexity  O(n log n).
[[nodiscard]] std::vector<EntityId> candidate_pool(std::span<const std::vector<EntityId>> rankings);

}  // namespace liantu
