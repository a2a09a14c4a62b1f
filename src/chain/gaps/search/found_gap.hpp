#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "chain/economy/rounds.hpp"
#include "chain/gaps/search/local_needs.hpp"
#include "liantu/chain/gaps/gaps.hpp"

namespace liantu {

/// A gap, or a need that is met, as the search finds it; its kinds and reasons as bits.
struct FoundGap {
  GapFigures figures;
  bool apart = false;  ///< stands behind the others
  int tier = 0;        ///< gaps of a lower one stand before it
  unsigned kinds = 0;
  unsigned weak = 0;
  LocalNeeds::Needers needers;
  std::span<SegmentRound> later;  ///< what later rounds need of it
  std::uint32_t makers = 0;
};

/// What a later round adds to the leakage of a hidden gap.
void add(Leakage& leakage, const RoundDemand& round);

/// The amount by which gaps are ordered: the middle of the leakage; nothing where none is known.
[[nodiscard]] std::optional<double> severity_amount(const FoundGap& found);

}  // namespace liantu
