#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/chain/gaps/gap_diff.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/chain/structure/criticality.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// Whether only what lies around the anchors is asked for.
enum class AroundAnchors : bool { No, Yes };

/// What gaps are ordered by.
enum class GapOrder : std::uint8_t {
  Severity,     ///< the order of the report; around anchors their own demand
  Criticality,  ///< most critical first, what more than half of all products need apart at the end
};

/// Which gaps of a report are asked for, and in what order.
struct GapQuery {
  std::vector<GapKind> kinds;  ///< gaps of which one of these kinds fires, be it the first or not;
                               ///< all when empty
  double min_leakage = 0;  ///< gaps whose severity_amount() reaches it, CNY per year; above 0 those
                           ///< that are counted only are left out
  AroundAnchors around_anchors =
      AroundAnchors::No;  ///< Yes: gaps that an anchor needs or could supply, and hidden ones that
                          ///< filling those would raise; by the anchors' own demand
  GapOrder order = GapOrder::Severity;
  std::vector<SegmentId> asked;   ///< segments or chains that were asked for
  std::vector<SegmentId> within;  ///< gaps of these segments, see segments_within(); ascending; all
                                  ///< when `asked` is empty

  friend bool operator==(const GapQuery&, const GapQuery&) = default;
};

/// Gaps chosen out of a report.
struct GapSelection {
  GapQuery query;                   ///< what was asked for
  std::vector<std::size_t> places;  ///< in the report's gaps, in the order asked for
  std::size_t ubiquitous = 0;  ///< how many of the last stand apart by criticality: segments that
                               ///< more than half of all products need
  std::size_t apart = 0;    ///< how many of them GapOptions::everywhere sets apart: the last, but
                            ///< by criticality
  std::size_t counted = 0;  ///< gaps left out for no other reason than that their amount is not
                            ///< known

  friend bool operator==(const GapSelection&, const GapSelection&) = default;
};

/// Segments and chains with all that is part of them, through any number of levels; ascending, each
/// once.
/// @complexity  O(result log result + their `part_of`).
[[nodiscard]] std::vector<SegmentId> segments_within(const EnterpriseGraph& graph,
                                                     const std::vector<SegmentId>& tops);

/// The report with the chosen gaps alone, in the order chosen.
[[nodiscard]] GapReport keep_chosen(GapReport report, const GapSelection& selection);

/// Chooses gaps out of a report.
///
/// @param report       What find_gaps() returned.
/// @param criticality  That of the report's anchors; looked at only to order by it.
/// @return             By severity in the order of the report; around anchors missing and weak ones
///                     first, then hidden ones, then extensions, by the anchors' own demand,
///                     of those where no amount is known by GapFigures::anchor_weight, unknown
///                     ones last; what GapReport::apart sets apart behind all others. By
///                     criticality the most critical first and those in Criticality::ubiquitous
///                     last. Ties in the order of the report.
/// @complexity         O(G log G + C); G gaps with their needs and rounds, C critical segments.
[[nodiscard]] GapSelection select_gaps(const GapReport& report, const GapQuery& query,
                                       const Criticality& criticality = {});

/// Keeps of the changes between two reports those of a gap that was chosen in one of them. The sums
/// of the diff stay those of all.
/// @complexity  O(changes + places).
void keep_selected(GapDiff& diff, const GapSelection& before, const GapSelection& after);

}  // namespace liantu
