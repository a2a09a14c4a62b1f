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
  std::uint32_t rank = 0;  ///< among all firms that may come, from 1; those alike share it
  double value = 0;        ///< 1 − ln rank / ln firms: 1 for the first, 0 for the last; [0, 1]
  ArrivalFactors factors{};
  std::array<double, kArrivalFactorCount> weights{};  ///< what each adds, see factor_weight()
  std::vector<std::uint32_t> rows;  ///< of the table of arrivals, that the sentence rests on
  Text reason;                      ///< in one sentence
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
  /// Nothing for a firm that is here already, and where nothing is known: its home is unknown and it
  /// came nowhere. O(arrivals of the place + scopes that share words with the firm's).
  [[nodiscard]] std::optional<FirmPropensity> of(FirmId firm) const;

 private:
  struct Body;
  std::unique_ptr<const Body> body_;
};

}  // namespace liantu
