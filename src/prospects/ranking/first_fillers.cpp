#include "prospects/ranking/first_fillers.hpp"

#include <algorithm>

namespace liantu {
namespace {

// What stands before has the greater height, or the same one. Gaps below 2^24, kinds below 2^18.
std::uint64_t height(const ScoredFirm& firm) {
  const std::size_t points = whole_points(firm.cents);
  const std::int64_t rest = firm.cents - 100 * static_cast<std::int64_t>(points) + 50;  // 0..100
  return std::uint64_t{points} << 49U | std::uint64_t{0xFFFFFFU - firm.gap} << 25U |
         std::uint64_t{0x3FFFFU - firm.kind} << 7U |
         static_cast<std::uint64_t>(std::clamp<std::int64_t>(rest, 0, 127));
}

}  // namespace

FirstFillers::FirstFillers(std::size_t gaps, std::size_t most, const RankOrder::Before& before)
    : most_(most), before_(before), kept_(gaps) {}

void FirstFillers::offer(std::size_t gap, const ScoredFirm& firm) {
  Kept& kept = kept_[gap];
  const std::uint64_t own = height(firm);
  if (own < kept.last.load(std::memory_order_relaxed)) return;
  const auto before = [&](const ScoredFirm& a, const ScoredFirm& b) {
    return stands_before(a, b, before_);
  };
  const std::lock_guard lock(kept.alone);
  if (kept.heap.size() == most_) {
    if (!before(firm, kept.heap.front())) return;
    std::ranges::pop_heap(kept.heap, before);
    kept.heap.pop_back();
  }
  kept.heap.push_back(firm);
  std::ranges::push_heap(kept.heap, before);
  if (kept.heap.size() == most_) {
    kept.last.store(height(kept.heap.front()), std::memory_order_relaxed);
  }
}

std::vector<FirmId> FirstFillers::firms() const {
  std::vector<FirmId> firms;
  for (const Kept& kept : kept_) {
    for (const ScoredFirm& one : kept.heap) firms.push_back(one.firm);
  }
  std::ranges::sort(firms);
  firms.erase(std::unique(firms.begin(), firms.end()), firms.end());
  return firms;
}

}  // namespace liantu
