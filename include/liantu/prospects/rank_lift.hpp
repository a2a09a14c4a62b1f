#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"
#include "liantu/graph/kinds.hpp"
#include "liantu/prospects/policy.hpp"

namespace LIANTU_API liantu {

/// What one fact that would lift a firm is told of.
enum class LiftField : std::uint8_t {
  Revenue,     ///< its revenue, CNY per year
  Tag,         ///< a tag of Policy::tags
  Output,      ///< what it makes of a product for a gap, CNY per year
  Demand,      ///< what the district's firms buy of a gap's segment, CNY per year
  Share,       ///< the share of its revenue that a product earns, [0, 1]
  Confidence,  ///< how sure it is that it makes a product, [0, 1]
  Product,     ///< that it makes what one gap more lacks
  Tie,         ///< one relation more with a firm of the district
  Distance,    ///< kilometres to the seat of its province
  Branch,      ///< a branch or subsidiary in the province of the district
  Place,       ///< its place among all firms that may come, by propensity
};

/// `revenue`, `tag`, …
[[nodiscard]] std::string_view lift_field_word(LiftField field);

/// The least that one fact would have to say to bring a part the points that a row lacks.
struct LiftingFact {
  LiftField field = LiftField::Revenue;
  std::optional<double> from;  ///< what is known of it now; nothing where nothing is
  std::optional<double> to;  ///< at least, of Distance and Place at most; money rounded up to three
                             ///< digits, shares to hundredths. Nothing where any value does, and
                             ///< of Tag, Product, Tie and Branch
  std::optional<std::size_t> gap;        ///< index into GapReport::gaps
  std::optional<SegmentId> segment;      ///< of Output, Share, Confidence: the product; of Demand,
                                         ///< Product: the gap's segment
  std::string tag;                       ///< of Tag
  std::optional<RelationKind> relation;  ///< of Tie
  bool anchor = false;                   ///< of Tie: whether it must be with an anchor

  friend bool operator==(const LiftingFact&, const LiftingFact&) = default;
};

/// A part that could bring a row as many points as it lacks for a better rank.
struct LiftingPart {
  ScorePartKind part = ScorePartKind::Purchases;
  double room = 0;                  ///< points that it has left
  bool unknown = false;             ///< whether learning what is not known could be enough
  std::optional<LiftingFact> fact;  ///< that alone would do; nothing where it takes several

  friend bool operator==(const LiftingPart&, const LiftingPart&) = default;
};

/// What would bring a row among the first, all others staying as they are.
struct RankLift {
  double missing = 0;              ///< points, a multiple of 0.01; 0 where it stands there already
  std::vector<LiftingPart> parts;  ///< that could each do it alone: what needs to be learnt alone
                                   ///< first, then those of which one fact is enough, then those
                                   ///< where `missing` is the smallest part of `room`, then in the
                                   ///< order of the parts
  std::vector<LiftingPart> together;  ///< where none could do it alone: the fewest parts that have
                                      ///< as much left in sum, most room first

  friend bool operator==(const RankLift&, const RankLift&) = default;
};

}  // namespace liantu
