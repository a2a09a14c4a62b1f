#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <utility>
#include <vector>

#include "links/paths/target_ways.hpp"
#include "prospects/fillings/firm_places.hpp"
#include "prospects/fillings/ground.hpp"
#include "prospects/firms/ties.hpp"
#include "prospects/score/assessment.hpp"

namespace liantu {

/// What paths to an anchor are worth in ScorePartKind::Proximity, by their score.
[[nodiscard]] double path_worth(double score);
inline constexpr double kMostPathWorth = 0.5;  ///< of any paths

/// What joins firms with those of the district: ties, and ways to anchors.
class Proximity {
 public:
  /// @param anchors    Ascending; kept by reference.
  /// @param purchases  Gives what does not count in degrees for who fills a gap; asked where ways
  ///                   lead to anchors.
  /// @throws Error{Cancelled}; Error as TargetWays.
  Proximity(const ProspectGround& ground, const FirmPlaces& places,
            const std::vector<FirmId>& anchors, const Policy& policy,
            const std::function<Uncounted()>& purchases, const std::stop_token& stop);

  /// Whether the graph has any relation that ScorePartKind::Proximity looks at.
  [[nodiscard]] bool related() const { return related_; }
  [[nodiscard]] const Ties& ties() const { return ties_; }
  /// Policy::proximity_path
  [[nodiscard]] const RelationPath& path() const { return path_; }
  /// To the anchors; null when nothing can lead there.
  [[nodiscard]] const TargetWays* ways() const { return ways_.get(); }
  /// What ties leave of the distance to the district.
  [[nodiscard]] double apart_by_ties(FirmId firm) const;
  /// The anchor to which its ways weigh most.
  /// @param gaps  That it fills, ascending.
  [[nodiscard]] std::optional<Assessment::Reach> reach(FirmId firm,
                                                       std::span<const std::uint32_t> gaps,
                                                       TargetWays::Scratch& scratch) const;

 private:
  void find_ways(const std::function<Uncounted()>& purchases, const std::stop_token& stop);

  const EnterpriseGraph& graph_;
  const std::vector<FirmId>& anchors_;
  Ties ties_;
  RelationPath path_;
  std::unique_ptr<TargetWays> ways_;
  std::vector<bool> customers_;  // by firm: whether an anchor and it supply one another
  // Those firms with the anchors, by position in ways_->targets(): ascending.
  std::vector<std::pair<FirmId, std::uint32_t>> supplied_;
  bool related_ = false;
};

}  // namespace liantu
