#include "prospects/introductions/assignment.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <tuple>

namespace liantu {
namespace {

constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max();

class Assignment {
 public:
  Assignment(std::span<const std::vector<CallOffer>> offers, std::span<const std::uint32_t> calls)
      : offers_(offers),
        calls_(calls),
        taken_(offers.size()),
        called_(calls.size()),
        discount_(calls.size(), 0),
        full_for_good_(calls.size(), false),
        reached_(calls.size()) {}

  // Whether a firm can be called, those before it staying called.
  bool join(std::size_t firm) {
    touched_.clear();
    Queue queue;
    relax(firm, 0, queue);
    std::vector<std::uint32_t> passed;
    std::optional<std::uint32_t> end;
    while (!queue.empty()) {
      const auto [cost, full, introducer] = queue.top();
      queue.pop();
      if (cost > reached_[introducer].cost) continue;
      if (!full) {
        end = introducer;
        break;
      }
      passed.push_back(introducer);
      for (const std::size_t other : called_[introducer]) {
        // What it costs to move that firm away, given back.
        const std::int64_t back = offers_[other][*taken_[other]].cost - discount_[introducer];
        relax(other, cost - back, queue);
      }
    }
    if (end) {
      const std::int64_t whole = reached_[*end].cost;
      // Whoever costs as much as the end keeps their discount, and who has a call left has none.
      for (const std::uint32_t introducer : passed) {
        discount_[introducer] += reached_[introducer].cost - whole;
      }
      move_along(firm, *end);
    } else {
      for (const std::uint32_t introducer : passed) full_for_good_[introducer] = true;
    }
    for (const std::uint32_t introducer : touched_) reached_[introducer].cost = kFar;
    return end.has_value();
  }

  [[nodiscard]] std::vector<std::optional<std::size_t>> taken() && { return std::move(taken_); }

 private:
  struct Reached {
    std::int64_t cost = kFar;
    std::size_t firm = 0;  // that would come here
    std::size_t offer = 0;
  };
  // Of those that cost the same, first who has a call left.
  using Entry = std::tuple<std::int64_t, bool, std::uint32_t>;
  using Queue = std::priority_queue<Entry, std::vector<Entry>, std::greater<>>;

  [[nodiscard]] bool full(std::uint32_t introducer) const {
    return called_[introducer].size() >= calls_[introducer];
  }

  // A firm that has cost so much could take any of its offers.
  void relax(std::size_t firm, std::int64_t so_far, Queue& queue) {
    for (std::size_t i = 0; i < offers_[firm].size(); ++i) {
      const auto [introducer, price] = offers_[firm][i];
      if (full_for_good_[introducer]) continue;
      const std::int64_t cost = so_far + price - discount_[introducer];
      Reached& there = reached_[introducer];
      if (cost >= there.cost) continue;
      if (there.cost == kFar) touched_.push_back(introducer);
      there = {cost, firm, i};
      queue.emplace(cost, full(introducer), introducer);
    }
  }

  // Each firm on the chain moves on by one, from its end on.
  void move_along(std::size_t joining, std::uint32_t end) {
    for (std::uint32_t at = end;;) {
      const Reached& step = reached_[at];
      const std::optional<std::size_t> before = taken_[step.firm];
      taken_[step.firm] = step.offer;
      called_[at].push_back(step.firm);
      if (step.firm == joining) return;
      at = offers_[step.firm][*before].introducer;
      std::erase(called_[at], step.firm);
    }
  }

  std::span<const std::vector<CallOffer>> offers_;
  std::span<const std::uint32_t> calls_;
  std::vector<std::optional<std::size_t>> taken_;  // by firm
  std::vector<std::vector<std::size_t>> called_;   // by introducer: firms
  std::vector<std::int64_t> discount_;  // by introducer: at most 0; by it no move is a gain
  std::vector<bool> full_for_good_;
  std::vector<Reached> reached_;  // by introducer
  std::vector<std::uint32_t> touched_;
};

}  // namespace

std::vector<std::optional<std::size_t>> share_calls_out(
    std::span<const std::vector<CallOffer>> offers, std::span<const std::uint32_t> calls,
    const Stopping& stopping) {
  Assignment assignment(offers, calls);
  for (std::size_t firm = 0; firm < offers.size(); ++firm) {
    stopping.check();
    assignment.join(firm);
  }
  return std::move(assignment).taken();
}

}  // namespace liantu
