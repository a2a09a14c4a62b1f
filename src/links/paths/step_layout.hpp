#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "liantu/graph/graph.hpp"
#include "liantu/links/paths/relation_path.hpp"
#include "links/paths/entity_order.hpp"
#include "links/paths/huge_pages.hpp"

namespace liantu {

/// One step of a relation in one direction, laid out for walking: for every entity the distinct
/// entities it reaches. Entities are named by their places in an EntityOrder.
class StepLayout {
 public:
  /// @param hidden  Instances of the relation that are looked away from.
  /// @throws Error as StepView.
  StepLayout(const EnterpriseGraph& graph, const EntityOrder& order, const PathStep& step,
             std::span<const EdgeId> hidden);

  /// The same step from its other end: who reaches a place, instead of whom it reaches.
  [[nodiscard]] StepLayout transposed() const;

  /// Places reached from a place, ascending.
  [[nodiscard]] std::span<const std::uint32_t> row(std::uint32_t from) const noexcept {
    return {targets_.data() + offsets_[from], degree(from)};
  }
  [[nodiscard]] std::size_t degree(std::uint32_t from) const noexcept {
    return static_cast<std::size_t>(offsets_[from + 1] - offsets_[from]);
  }
  /// A place before which every place reaches fewer than so many; the order makes it nearly the
  /// first that reaches as many.
  [[nodiscard]] std::uint32_t first_of_degree(double degree) const noexcept {
    const auto last = static_cast<double>(firsts_.size() - 1);
    return firsts_[static_cast<std::size_t>(degree < last ? std::ceil(degree) : last)];
  }
  [[nodiscard]] const std::uint64_t* offsets() const noexcept { return offsets_.data(); }
  [[nodiscard]] const std::uint32_t* targets() const noexcept { return targets_.data(); }

  /// Weights, parallel to targets(); null when all are 1.
  [[nodiscard]] const double* weights() const noexcept {
    return weights_.empty() ? nullptr : weights_.data();
  }

  /// What a step's value is multiplied by where it leaves a place, one number a place; null for
  /// Normalizer::None. The first call for a normaliser must not overlap with other calls.
  [[nodiscard]] const double* factors(Normalizer normalizer);

 private:
  StepLayout() = default;
  void lay_out_plainly(const EnterpriseGraph& graph, const EntityOrder& order, const PathStep& step,
                       const std::vector<bool>& unseen);
  void lay_out_limited(const EnterpriseGraph& graph, const EntityOrder& order, const PathStep& step,
                       const std::vector<bool>& unseen);
  void find_firsts();

  HugeVector<std::uint64_t> offsets_;
  HugeVector<std::uint32_t> targets_;
  HugeVector<double> weights_;
  std::array<HugeVector<double>, 4> factors_;
  std::vector<std::uint32_t> firsts_;  ///< by degree, see first_of_degree()
};

}  // namespace liantu
