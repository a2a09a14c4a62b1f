#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/arrival.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/arrivals/arrival_model.hpp"

namespace LIANTU_API liantu {

/// How far a firm's past, and that of firms like it, speak for its coming to one place.
struct FirmPropensity {
  std::uint32_t rank =
      0;  ///< among all firms that may come, from 1; those alike share it; 0 for one
          ///< that came already
  double value =
      0;  ///< 1 − ln rank / ln firms: 1 for the first and for one that came already, 0 for
          ///< the last; [0, 1]
  ArrivalFactors factors{};
  std::array<double, kArrivalFactorCount> weights{};  ///< what each adds, see factor_weight()
  /// Rows of the table of arrivals that each factor rests on, the most telling 12, ascending; none
  /// where it rests on what the graph says of the firm.
  std::array<std::vector<std::uint32_t>, kArrivalFactorCount> rows_of;
  std::vector<std::uint32_t> rows;  ///< all of `rows_of`, each once, ascending
  Text reason;                      ///< in one sentence

  friend bool operator==(const FirmPropensity&, const FirmPropensity&) = default;
};

/// The propensity to come to one place, by all arrivals that are known.
class PlacePropensity {
 public:
  /// @param arrivals  Of the graph, by date.
  /// @param place     Whatever lies in its place_of() is at home there.
  /// @throws Error{InvalidArgument} if the model is not well formed or `arrivals` are not by date;
  ///         Error{NotFound} if the place is unknown.
  /// @complexity  O(firms + arrivals of the place · scopes that share words with theirs).
  PlacePropensity(const EnterpriseGraph& graph, std::span<const Arrival> arrivals, RegionCode place,
                  const ArrivalModel& model = default_arrival_model());
  ~PlacePropensity();
  PlacePropensity(PlacePropensity&&) noexcept;
  PlacePropensity& operator=(PlacePropensity&&) noexcept;

  /// Firms that may come: not at home here and without an arrival here.
  [[nodiscard]] std::size_t firms() const;
  /// Nothing for a firm at home here, and where nothing is known: its home is unknown and it came
  /// nowhere. O(arrivals of the place + scopes that share words with the firm's).
  [[nodiscard]] std::optional<FirmPropensity> of(FirmId firm) const;
  /// Whether the firm came to the place itself already; not where the place asked for is a part of
  /// a place_of() only.
  [[nodiscard]] bool came(FirmId firm) const;
  /// FirmPropensity::value alone. O(log firms).
  [[nodiscard]] std::optional<double> value(FirmId firm) const;

 private:
  struct Body;
  std::unique_ptr<const Body> body_;
};

}  // namespace liantu
