#include "prospects/joint_sales.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace liantu {

JointSales::JointSales(std::span<const Gap> gaps) : sink_(gaps.size()), nodes_(gaps.size() + 1) {
  for (std::size_t g = 0; g < gaps.size(); ++g) {
    join(g, gaps[g].outer.value_or(sink_), gaps[g].room);
  }
}

void JointSales::join(std::size_t from, std::size_t to, double room) {
  nodes_[from].push_back({to, room, nodes_[to].size()});
  nodes_[to].push_back({from, 0, nodes_[from].size() - 1});
}

double JointSales::add(std::span<const Offer> offers, double most) {
  const std::size_t firm = nodes_.size();
  nodes_.emplace_back();
  for (const Offer& offer : offers) join(firm, offer.gap, offer.most);
  ++firms_;
  double sold = 0;
  while (sold < most) {
    const double more = push(firm, most - sold);
    if (!(more > 0)) break;
    sold += more;
  }
  if (firms_ > kExact) {
    // Nobody asks it to make room, so what it was joined with is not kept.
    for (const Offer& offer : offers) nodes_[offer.gap].pop_back();
    nodes_.pop_back();
  }
  return sold;
}

// Along the shortest way with room; nothing when there is none.
double JointSales::push(std::size_t from, double most) {
  // Less than that is rounding.
  const double least = most * 1e-12;
  constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  std::vector<std::pair<std::size_t, std::size_t>> came(nodes_.size(), {kNone, 0});
  std::vector<std::size_t> open = {from};
  came[from] = {from, 0};
  for (std::size_t next = 0; next < open.size() && came[sink_].first == kNone; ++next) {
    const std::size_t at = open[next];
    for (std::size_t e = 0; e < nodes_[at].size(); ++e) {
      const Edge& edge = nodes_[at][e];
      if (edge.room <= least || came[edge.to].first != kNone) continue;
      if (edge.to > sink_ && firms_ > kExact) continue;  // asks an earlier firm to make room
      came[edge.to] = {at, e};
      open.push_back(edge.to);
    }
  }
  if (came[sink_].first == kNone) return 0;
  double amount = most;
  for (std::size_t at = sink_; at != from; at = came[at].first) {
    amount = std::min(amount, nodes_[came[at].first][came[at].second].room);
  }
  for (std::size_t at = sink_; at != from; at = came[at].first) {
    Edge& edge = nodes_[came[at].first][came[at].second];
    edge.room -= amount;
    nodes_[at][edge.back].room += amount;
  }
  return amount;
}

}  // namespace liantu
