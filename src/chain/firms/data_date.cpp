#include "liantu/chain/firms/data_date.hpp"

#include <algorithm>
#include <cstdint>

#include "base/run/parallel.hpp"
#include "graph/storage.hpp"

namespace liantu {

Date data_date(const EnterpriseGraph& graph) {
  const detail::Storage& storage = GraphAccess::storage(graph);
  // Who asks at the same time finds the same day; to wait for each other, threads would have to leave
  // their other work.
  if (const std::uint64_t known = storage.latest_day; known != detail::Storage::kNotLookedUp) {
    return detail::unpack_date(known);
  }
  // Packed dates stand in the order of the dates, and who says nothing has no column.
  constexpr std::size_t kGrain = 65536;
  std::uint64_t latest = 0;
  const auto look_through = [&](const detail::Column<detail::PackedProvenance>& column) {
    const auto part = [&](std::size_t first, std::size_t last, std::uint64_t so_far) {
      for (std::size_t i = first; i < last; ++i) {
        const std::uint64_t when = column[i].when;
        so_far = std::max({so_far, when & detail::kDateMask, when >> (2 * detail::kDateBits)});
      }
      return so_far;
    };
    const auto later = [](std::uint64_t a, std::uint64_t b) { return std::max(a, b); };
    latest =
        std::max(latest, parallel_reduce(column.size(), kGrain, std::uint64_t{0}, part, later));
  };
  for (const detail::EntityStorage& entities : storage.entities) look_through(entities.provenance);
  for (const detail::RelationStorage& one : storage.relations) look_through(one.provenance);
  storage.latest_day = latest;
  return detail::unpack_date(latest);
}

bool ended(const Provenance& fact, const Date& date) {
  if (!fact.until.known()) return false;
  Date day = date;  // no finer than the end is told
  if (fact.until.month == 0) day.month = 0;
  if (fact.until.day == 0) day.day = 0;
  return fact.until < day;
}

}  // namespace liantu
