#pragma once

#include <cstdint>
#include <string>

#include "liantu/graph/builder.hpp"
#include "liantu/links/learning/training.hpp"

namespace liantu::test {

/// Firms in rings of twenty that supply the firms one, four, nine and sixteen places on, so that
/// paths tell who should be linked.
inline EnterpriseGraph rings() {
  GraphBuilder builder;
  constexpr std::uint32_t kFirms = 600;
  for (std::uint32_t i = 0; i < kFirms; ++i) {
    (void)builder.add(EntityKind::Firm, "f" + std::to_string(i));
  }
  for (std::uint32_t i = 0; i < kFirms; ++i) {
    for (std::uint32_t step = 1; step <= 4; ++step) {
      const std::uint32_t ring = i / 20 * 20;
      builder.relate(RelationKind::Supplies, FirmId{i}, FirmId{ring + (i + step * step) % 20});
    }
  }
  return builder.build();
}

/// Options that learn from them in a moment.
inline LearnOptions quick() {
  LearnOptions options;
  options.folds = 3;
  options.share = 0.2;
  options.force = true;
  return options;
}

}  // namespace liantu::test
