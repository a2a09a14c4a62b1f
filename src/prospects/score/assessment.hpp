#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "liantu/prospects/prospects.hpp"

namespace liantu {

/// The points of a firm's parts, in hundredths.
using PartCents = std::array<std::uint16_t, kPartCount>;

/// A share of a weight in whole cents, which never exceed the weight. What rounding left just below
/// half a cent counts as half a cent, in whatever order its sums were taken.
[[nodiscard]] double round_points(double weight, double value);
/// Of points, which are not negative.
[[nodiscard]] std::int32_t whole_cents(double points);

/// What speaks for a firm, in numbers; its strings are made when it is shown.
struct Assessment {
  /// Words of Prospect::unknown in their order.
  enum Unknown : std::uint8_t {
    kRegion,
    kCapacity,
    kDemand,
    kRelations,
    kShare,
    kRevenue,
    kCapital,
    kPlace,
    kArrivals,
    kCode,
    kUnknownCount
  };
  /// The anchor to which the path of Policy::proximity_path is strongest.
  struct Reach {
    FirmId anchor{0};
    double score = 0;
  };

  std::array<ScorePart, kPartCount> parts;
  std::array<bool, kUnknownCount> unknown{};
  ProspectStatus status = ProspectStatus::Prospect;
  const ScreeningRule* screen = nullptr;  ///< that keeps it off
  std::vector<FilledGap> gaps;            ///< best first
  std::vector<double> worth;              ///< of the gaps, see GapWorth
  std::optional<Figure> purchases;        ///< see Prospect
  std::vector<std::uint64_t> anchors;     ///< a bit for each of GapReport::anchors
  std::vector<FirmId> present;
  std::optional<Reach> reach;
  Text kept_off;               ///< why it is screened where no screen of the policy says
  std::optional<double> km;    ///< between the seats of the provinces
  std::vector<FirmId> near;    ///< what it has in the province already
  bool heavy = false;          ///< whether what it makes is heavy for its worth
  double apart = 1;            ///< what ties leave of the distance to the district
  std::int32_t ways_most = 0;  ///< hundredths of a point that the ways to anchors can add at most,
                               ///< where they are left out

  /// Sums of the parts, in hundredths of a point.
  [[nodiscard]] std::int32_t cents() const;
  [[nodiscard]] std::int32_t cents_at_best() const;
  /// The points of the parts, in hundredths.
  [[nodiscard]] PartCents part_cents() const;
};

/// `region`, `capacity`, …
[[nodiscard]] std::string_view unknown_word(Assessment::Unknown unknown);

}  // namespace liantu
