#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/base/values/date.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// One mu in square metres.
inline constexpr double kSquareMetresPerMu = 2000.0 / 3;

/// How the land of a plot is divided among the firms that stand on it.
enum class SharedLand : std::uint8_t {
  ByFloorSpace,  ///< by their floor space; equally where one of them states none
  Equally,
};

/// How a firm's land is told.
struct LandRules {
  SharedLand shared = SharedLand::ByFloorSpace;
  std::optional<double> plot_ratio;  ///< by which leased floor space becomes land where neither the
                                     ///< firm nor its plot states one; > 0
  Date as_of;  ///< who left a plot before this day does not stand on it; all stand when not known

  friend bool operator==(const LandRules&, const LandRules&) = default;
};

/// Where a firm's land is known from, in order of precedence.
enum class LandFrom : std::uint8_t {
  Unknown,
  Stated,      ///< the firm states the land that it uses
  Plots,       ///< the plots it stands on, of shared ones its part
  FloorSpace,  ///< its floor space, divided by the plot ratio
};

/// `unknown`, `stated`, `plots`, `floor_space`.
[[nodiscard]] std::string_view land_from_word(LandFrom from);
/// The same for people.
[[nodiscard]] Text land_from_text(LandFrom from);

/// Land that a firm uses.
struct LandUse {
  std::optional<Figure> mu;  ///< stated where the firm or its own plots state it, estimated where a
                             ///< plot is shared or floor space was converted
  LandFrom from = LandFrom::Unknown;
  std::uint32_t plots = 0;         ///< on which it stands
  std::uint32_t shared = 0;        ///< of these, how many others stand on, too
  std::optional<double> plots_mu;  ///< its part of them, where each states its area

  friend bool operator==(const LandUse&, const LandUse&) = default;
};

/// Tells the land that firms use.
///
/// A firm's own statement counts; else the sum over its plots, of one that several firms share its
/// part; else its floor space over the plot ratio (its own, else that of its only plot, else that of
/// the rules) and the square metres of a mu.
///
/// @param graph  Not modified.
/// @param firms  Of the graph.
/// @param rules  See LandRules.
/// @return       Parallel to `firms`.
/// @throws Error{InvalidArgument} if the rules' plot ratio is not above 0.
/// @complexity  O(firms + Σ plots of the firms × firms on a plot).
[[nodiscard]] std::vector<LandUse> land_use(const EnterpriseGraph& graph,
                                            std::span<const FirmId> firms,
                                            const LandRules& rules = {});

}  // namespace liantu
