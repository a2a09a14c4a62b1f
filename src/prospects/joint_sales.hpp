#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace liantu {

/// What several firms can sell into several gaps together, CNY per year: no firm more than it makes,
/// no gap more than is bought outside for it, and into a gap within a gap nothing that the outer one
/// has no room for. Firms are served in their order: a later one is given what the earlier ones
/// leave, who keep as much in all, if from other gaps; so the sum is the largest there is.
class JointSales {
 public:
  struct Gap {
    double room = 0;                   ///< bought outside, CNY per year
    std::optional<std::size_t> outer;  ///< the gap that it lies in
  };
  struct Offer {
    std::size_t gap = 0;
    double most = 0;  ///< what the firm can sell into it alone, CNY per year
  };

  explicit JointSales(std::span<const Gap> gaps);

  /// What a further firm can sell beside those before it.
  /// @param offers  Into which gaps.
  /// @param most    Over all of them.
  /// @complexity    O(A E); E offers so far, A ways found, at most one for each offer and gap. Behind
  ///                kExact firms those before are not asked to make room: O(offers).
  [[nodiscard]] double add(std::span<const Offer> offers, double most);

  static constexpr std::size_t kExact = 1000;

 private:
  struct Edge {
    std::size_t to = 0;
    double room = 0;
    std::size_t back = 0;  // its counterpart at `to`
  };
  void join(std::size_t from, std::size_t to, double room);
  double push(std::size_t from, double most);

  std::size_t sink_;
  std::size_t firms_ = 0;
  std::vector<std::vector<Edge>> nodes_;
};

}  // namespace liantu
