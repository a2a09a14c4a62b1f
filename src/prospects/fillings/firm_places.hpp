#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "liantu/chain/firms/district.hpp"
#include "liantu/prospects/firms/availability.hpp"
#include "prospects/fillings/ground.hpp"
#include "prospects/firms/namesakes.hpp"
#include "prospects/firms/presence.hpp"
#include "prospects/firms/presence_hints.hpp"

namespace liantu {

/// Where firms stand as seen from a district, and what they have there and in its province already.
class FirmPlaces {
 public:
  /// @param district  Kept by reference.
  /// @param by_names  Whether namesakes are looked for.
  /// @throws Error{Cancelled}
  FirmPlaces(const ProspectGround& ground, const District& district, bool by_names,
             const std::stop_token& stop);

  [[nodiscard]] Standing standing(FirmId firm) const {
    return standings_[ground_.region_of[raw(firm)]];
  }
  /// From the district, as far as the firm's place is known.
  [[nodiscard]] std::optional<double> km(FirmId firm) const {
    return km_[ground_.region_of[raw(firm)]];
  }
  /// The firms of the district, ascending.
  [[nodiscard]] const std::vector<FirmId>& local() const { return local_; }
  [[nodiscard]] const FirmPresence& presence() const { return presence_; }
  [[nodiscard]] Availability availability(FirmId firm) const {
    return presence_.availability(firm, standing(firm), hints_.may_be_present(firm));
  }
  /// What it has in the province already.
  [[nodiscard]] std::vector<FirmId> near(FirmId firm) const;
  /// Firms of the district's province that may be its own, by their names alone.
  [[nodiscard]] std::vector<FirmId> namesakes(FirmId firm) const {
    return namesakes_ ? namesakes_->of(firm) : std::vector<FirmId>();
  }

 private:
  [[nodiscard]] std::vector<FirmId> firms_where(const std::vector<bool>& regions) const;

  const ProspectGround& ground_;
  std::vector<Standing> standings_;        // by region
  std::vector<std::optional<double>> km_;  // by region
  std::vector<FirmId> local_;
  std::vector<FirmId> local_branches_;
  FirmPresence presence_;
  PresenceHints hints_;
  District province_;  // where a firm counts as near
  std::vector<FirmId> in_province_;
  std::vector<FirmId> branches_in_province_;
  FirmPresence province_presence_;
  PresenceHints province_hints_;
  std::optional<Namesakes> namesakes_;
};

}  // namespace liantu
