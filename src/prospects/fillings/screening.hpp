#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/values/goods_kinds.hpp"
#include "liantu/prospects/policy.hpp"
#include "prospects/fillings/ground.hpp"
#include "prospects/fillings/scored_gaps.hpp"

namespace liantu {

/// Whether all industries of a segment, or a firm, lie in one of these; false when none is known.
[[nodiscard]] bool in_industries(const EnterpriseGraph& graph, EntityId entity,
                                 const std::vector<std::string>& codes);

/// Whether a text has one of a screen's words, and none of those that except.
[[nodiscard]] bool fires_on(std::string_view text, const ScreeningRule& screen);

/// The first screen on segments, industries or chains that keeps everybody from making a segment;
/// null when none does.
[[nodiscard]] const ScreeningRule* screen_on(const EnterpriseGraph& graph, const Taxonomy& taxonomy,
                                             const Policy& policy, SegmentId segment);

/// What the screens of a policy keep off: all from a segment, a firm from a sector, a firm from the
/// list; and which segments are heavy for their worth.
class Screening {
 public:
  /// @param policy  Kept by reference, and screens point into it.
  Screening(const ProspectGround& ground, const Policy& policy, const ScoredGaps& gaps);

  /// What keeps all from a segment that goes into a gap; null when nothing does.
  [[nodiscard]] const ScreeningRule* on_segment(SegmentId segment) const {
    return bars_[raw(segment)];
  }
  /// What keeps a firm from a sector that it makes.
  /// @param kind  Of goods that it makes there; may be null.
  [[nodiscard]] const ScreeningRule* on_sector(FirmId firm, EdgeId makes,
                                               const GoodsKind* kind) const;
  /// What keeps a firm off whatever it makes.
  /// @param km  From the district.
  [[nodiscard]] const ScreeningRule* on_firm(FirmId firm, std::optional<double> km) const;
  /// Whether what goes into a gap is heavy for its worth.
  [[nodiscard]] bool heavy(SegmentId segment) const { return heavy_[raw(segment)]; }

 private:
  [[nodiscard]] bool is_heavy(SegmentId segment) const;
  [[nodiscard]] bool fires(const ScreeningRule& screen, FirmId firm,
                           std::optional<double> km) const;

  const EnterpriseGraph& graph_;
  const Taxonomy& taxonomy_;
  const Policy& policy_;
  std::vector<const ScreeningRule*> bars_;  // by segment that goes into a gap
  std::vector<bool> heavy_;                 // by segment likewise
};

}  // namespace liantu
