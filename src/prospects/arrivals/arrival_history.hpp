#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "liantu/graph/arrival.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/arrivals/arrival_model.hpp"
#include "prospects/arrivals/distance.hpp"
#include "prospects/arrivals/scope_index.hpp"

namespace liantu {

/// Years in which a branch comes to be worth 1/e in ArrivalFactor::LikePlaces.
inline constexpr double kLongYears = 5;

/// Days since 1970-01-01; a date known to the year or the month is its first day.
[[nodiscard]] std::int64_t day_number(Date date);

/// Firms and places of arrivals, whatever the year: what all windows share.
struct ArrivalGround {
  /// @param arrivals  By date; views into them are kept.
  /// @param points    Ascending by code; where they lack a place, the seat of its province stands
  ///                  for it.
  ArrivalGround(const EnterpriseGraph& of, std::span<const Arrival> arrivals,
                std::span<const PlacePoint> points);

  [[nodiscard]] std::size_t firms() const { return home.size(); }
  /// Position of a place in `places`.
  [[nodiscard]] std::optional<std::uint32_t> find(RegionCode place) const;
  /// Kilometres between two places, by position; nothing where one is unknown.
  [[nodiscard]] std::optional<double> km(std::uint32_t one, std::uint32_t other) const;

  EnterpriseGraph graph;  ///< shares its data
  std::span<const Arrival> arrivals;
  std::vector<RegionCode> places;     ///< homes and destinations, ascending; known ones only
  std::vector<std::uint32_t> home;    ///< by firm: position in `places`, kNowhere where unknown
  std::vector<std::int64_t> founded;  ///< by firm: day; INT64_MAX where not known
  std::vector<std::uint32_t> at;      ///< by arrival: position of its place
  std::vector<std::uint32_t> from;    ///< by arrival: position of its home, or kNowhere
  std::vector<std::int64_t> day;      ///< by arrival
  std::vector<std::optional<Point>> where;  ///< parallel to `places`

  static constexpr std::uint32_t kNowhere = 0xFFFF'FFFF;
};

/// What is known before a day, and the factors that follow from it. Nothing dated later is looked
/// at, but for capital and scope, which the graph has of one day only.
class ArrivalHistory {
 public:
  ArrivalHistory(const ArrivalGround& ground, std::int64_t before);

  /// What speaks for firms coming to one place. All vectors are parallel to candidates().
  struct PlaceView {
    std::uint32_t place = 0;
    std::vector<ArrivalFactors> factors;
    std::vector<bool> stands;  ///< whether the firm may come: not at home here, nothing here yet
  };

  /// Firms founded before the day, ascending.
  [[nodiscard]] const std::vector<std::uint32_t>& candidates() const { return candidates_; }
  /// @complexity  O(firms + arrivals of the place · scopes that share a pair with it).
  [[nodiscard]] PlaceView look(std::uint32_t place) const;
  /// By candidate: branches opened so far.
  [[nodiscard]] const std::vector<std::uint32_t>& branches() const { return branches_; }
  /// By candidate: provinces in which it opened any.
  [[nodiscard]] const std::vector<std::uint32_t>& provinces() const { return provinces_; }
  /// Arrivals at a place so far, by number, earliest first.
  [[nodiscard]] std::span<const std::uint32_t> arrivals_at(std::uint32_t place) const {
    return {at_.data() + at_starts_[place], at_starts_[place + 1] - at_starts_[place]};
  }
  /// Arrivals of a firm so far, by number, earliest first.
  [[nodiscard]] std::span<const std::uint32_t> arrivals_of(std::uint32_t firm) const {
    return {of_.data() + of_starts_[firm], of_starts_[firm + 1] - of_starts_[firm]};
  }
  [[nodiscard]] std::size_t arrivals() const { return known_; }
  [[nodiscard]] const ScopeIndex& scopes() const { return scopes_; }
  [[nodiscard]] const ScopeIndex& names() const { return names_; }
  /// By candidate: ArrivalFactor::Trade.
  [[nodiscard]] const std::vector<double>& trade() const { return trade_; }
  /// Position among the candidates; nothing for a firm founded later.
  [[nodiscard]] std::optional<std::uint32_t> candidate(std::uint32_t firm) const;
  /// Years that an arrival lies back.
  [[nodiscard]] double age(std::uint32_t arrival) const;
  /// By place: likeness to one, by the firms that came to both.
  [[nodiscard]] std::vector<double> like_places(std::uint32_t place) const;
  /// The parts of ArrivalFactor::Flow.
  struct Flow {
    std::vector<double> by_province;  ///< arrivals at the place, by first two digits
    std::vector<double> by_home;      ///< likewise by position in ArrivalGround::places
    double expected_share = 0;        ///< of all arrivals, those at the place
  };
  [[nodiscard]] Flow flow(std::uint32_t place) const;
  [[nodiscard]] double flow_value(const Flow& flow, std::uint32_t firm) const;

 private:
  void count_provinces();
  void weigh_trades();
  void fill_names(PlaceView& view) const;
  void fill_recent(PlaceView& view) const;
  void fill_places(PlaceView& view) const;
  void fill_scopes(PlaceView& view) const;

  const ArrivalGround& ground_;
  std::int64_t before_;
  std::size_t known_ = 0;  // arrivals before
  std::vector<std::uint32_t> candidates_;
  std::vector<std::uint32_t> candidate_of_;  // by firm: position + 1, or 0
  std::vector<std::uint32_t> branches_;
  std::vector<std::uint32_t> provinces_;  // by candidate: in which it opened any
  std::vector<double> recent_inside_;     // by candidate: in its own province
  std::vector<double> recent_outside_;
  std::vector<std::uint32_t> at_;
  std::vector<std::size_t> at_starts_;
  std::vector<std::uint32_t> of_;
  std::vector<std::size_t> of_starts_;
  std::array<double, 100> from_province_{};  // arrivals so far
  std::vector<std::uint32_t> came_to_;       // by place: firms of the graph that came
  ScopeIndex scopes_;
  ScopeIndex names_;
  std::vector<double> trade_;
  std::vector<double> capital_;       // by candidate; 0 where unknown
  std::vector<bool> bears_province_;  // by candidate: whether its name has its province's
};

/// The first two digits of a code.
[[nodiscard]] inline std::uint32_t province_number(RegionCode region) {
  return region.value() / 10000;
}

}  // namespace liantu
