#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"
#include "liantu/base/run/progress.hpp"
#include "liantu/prospects/introductions.hpp"
#include "liantu/prospects/prospects.hpp"

namespace LIANTU_API liantu {

/// Options of plan_introductions().
struct IntroductionPlanOptions {
  /// Most firms that one introducer calls, see IntroductionRules::calls.
  std::array<std::uint32_t, kIntroductionChannels> calls = IntroductionRules().calls;
  std::size_t ways = 8;  ///< ways looked at for each firm; 1..100
  std::stop_token stop;  ///< asks a long run to end early
  Progress progress;     ///< stage `introductions`, in firms; may be empty
};

/// Why nobody was found to call a firm.
enum class Unintroduced : std::uint8_t {
  NoWay,       ///< no way leads to it
  NoCapacity,  ///< all who could call it call others already
};

/// Who calls a firm.
struct PlannedIntroduction {
  FirmId firm{0};
  std::optional<Introduction> way;
  Unintroduced why = Unintroduced::NoWay;  ///< where there is no way
  std::vector<EntityId> asked;  ///< where there is none: who could have called it, cheapest first
};

/// Shares the calls of a list out among those who can make them.
///
/// As many firms as can be are called; where somebody must go without, it is who stands last; the
/// sum of the ways' costs is the least that is left. Each firm is called once, and nobody calls more
/// firms than the capacity of their channel.
///
/// @param finder   Finds the ways.
/// @param firms    Most wanted first; each once.
/// @param options  See IntroductionPlanOptions.
/// @return         One entry a firm, in the order given.
/// @throws Error{InvalidArgument} if `ways` is out of range; Error{Cancelled}.
/// @complexity  The ways, found on all cores; and for each firm the offers to those called by who has
///              no call left and is nearer than the nearest call left.
/// @source      Jonker, Volgenant (1987), doi:10.1007/BF02278710; Edmonds, Karp (1972),
///              doi:10.1145/321694.321699.
[[nodiscard]] std::vector<PlannedIntroduction> plan_introductions(
    const IntroductionFinder& finder, std::span<const FirmId> firms,
    const IntroductionPlanOptions& options = {});

/// Firms of a list that introduce() shares out: nobody calls more, and the ways to more take their
/// time.
inline constexpr std::size_t kMostIntroduced = 1000;

/// Fills in Prospect::introduction of a list's prospects, and then of the firms whose region is
/// unknown: of the first kMostIntroduced of both.
/// @throws  What plan_introductions() throws.
void introduce(ProspectList& list, const IntroductionFinder& finder,
               const IntroductionPlanOptions& options = {});

}  // namespace liantu
