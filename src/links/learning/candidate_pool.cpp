#include "liantu/links/learning/candidate_pool.hpp"

#include <algorithm>
#include <cstdint>

namespace liantu {

TopOfRow top_of_row(const ScoreRow& row, std::size_t most,
                    const std::function<bool(EntityId)>& allowed,
                    std::span<const std::uint64_t> ties) {
  std::vector<std::uint32_t> places;
  for (std::uint32_t i = 0; i < row.entities.size(); ++i) {
    if (!allowed || allowed(row.entities[i])) places.push_back(i);
  }
  const auto better = [&row, ties](std::uint32_t a, std::uint32_t b) {
    if (row.scores[a] != row.scores[b]) return row.scores[a] > row.scores[b];
    const EntityId one = row.entities[a];
    const EntityId other = row.entities[b];
    return ties.empty() ? one < other : ties[raw(one)] < ties[raw(other)];
  };
  const auto kept = static_cast<std::ptrdiff_t>(std::min(most, places.size()));
  if (kept < static_cast<std::ptrdiff_t>(places.size())) {
    std::nth_element(places.begin(), places.begin() + kept, places.end(), better);
  }
  std::sort(places.begin(), places.begin() + kept, better);
  TopOfRow top;
  for (std::ptrdiff_t i = 0; i < kept; ++i) {
    top.entities.push_back(row.entities[places[static_cast<std::size_t>(i)]]);
    top.scores.push_back(row.scores[places[static_cast<std::size_t>(i)]]);
  }
  return top;
}

std::vector<EntityId> candidate_pool(std::span<const std::vector<EntityId>> rankings) {
  std::vector<EntityId> pool;
  for (const std::vector<EntityId>& ranking : rankings) {
    pool.insert(pool.end(), ranking.begin(), ranking.end());
  }
  std::sort(pool.begin(), pool.end());
  pool.erase(std::unique(pool.begin(), pool.end()), pool.end());
  return pool;
}

}  // namespace liantu
