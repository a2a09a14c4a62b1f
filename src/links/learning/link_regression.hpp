#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "links/backtest/visible_links.hpp"

namespace liantu {

/// A ridge regression of every link of an entity on all its other links, onwards and back, in the
/// closed form of a shallow autoencoder. Nothing is inverted: the row of a source is solved for by
/// conjugate gradients, for several sources at once.
class LinkRegression {
 public:
  static constexpr std::size_t kAtOnce = 8;
  using Lanes = std::array<float, kAtOnce>;

  /// @source  Steck (2019), doi:10.1145/3308558.3313710
  LinkRegression(const VisibleLinks& links, std::size_t entities);

  /// How strongly links onwards of some sources are expected: one lane a source.
  /// @param sources  At most kAtOnce.
  [[nodiscard]] std::vector<Lanes> scores(std::span<const EntityId> sources) const;

 private:
  [[nodiscard]] std::vector<Lanes> times(const std::vector<Lanes>& x) const;

  const VisibleLinks& links_;
  std::size_t entities_;
};

}  // namespace liantu
