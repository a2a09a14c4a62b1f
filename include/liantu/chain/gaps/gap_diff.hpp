#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/chain/gaps/gaps.hpp"

namespace LIANTU_API liantu {

/// What became of a gap between two reports.
enum class GapFate : std::uint8_t {
  Opened,  ///< there is a gap now, there was none
  Closed,  ///< the segment is still needed, or would be in a later round, and no gap any more
  Eased,   ///< the same, for no other reason than that less of it is needed: nobody filled it
  Gone,    ///< nobody here needs the segment any more, or nothing leads to it
  Grown,   ///< a gap in both, its amount or, where that stays, its floor larger; where its kind is
           ///< another one, the two together, or, where they stay or are not known, a more severe
           ///< kind
  Shrunk,  ///< the other way round
  Same,    ///< a gap in both, of one kind, amount and floor
};

/// `opened`, `closed`, `eased`, `gone`, `grown`, `shrunk`, `same`.
[[nodiscard]] std::string_view fate_word(GapFate fate);
/// opened 新增, closed 补上, eased 需求减少, gone 不再需要, grown 扩大, shrunk 缩小, same 不变.
[[nodiscard]] Text fate_text(GapFate fate);

/// One segment that is a gap in one report or in both.
struct GapChange {
  std::string segment;  ///< name
  GapFate fate = GapFate::Same;
  std::optional<std::size_t> before;  ///< place in the first report's gaps
  std::optional<std::size_t> after;   ///< place in the second report's gaps
  std::optional<std::size_t>
      met_before;  ///< place among the segments that the first report calls met
  std::optional<std::size_t> met_after;  ///< likewise of the second
  std::optional<double> amount_before;  ///< upper end of leakage_of(), CNY per year; leakage_max of
                                        ///< a segment that is needed and no gap, 0 where nobody
                                        ///< needs it, nothing where it is counted only
  std::optional<double> amount_after;
  std::optional<double> moved;  ///< amount_after − amount_before; nothing unless both are known
  std::optional<double> least_before;  ///< leakage_min likewise, of hidden gaps and extensions 0
  std::optional<double> least_after;
  std::optional<double> least_moved;  ///< least_after − least_before; nothing unless both are known

  friend bool operator==(const GapChange&, const GapChange&) = default;
};

/// How two reports differ.
struct GapDiff {
  std::vector<GapChange> changes;  ///< in the order of GapFate; within one the largest moved amount
                                   ///< first, then floor, then the order of the reports
  std::size_t opened = 0;
  std::size_t healed = 0;  ///< closed ones
  std::size_t eased = 0;
  std::size_t gone = 0;
  std::size_t grown = 0;
  std::size_t shrunk = 0;
  std::size_t persistent = 0;        ///< grown, shrunk and the same
  double bought_outside_before = 0;  ///< sum of leakage_max over missing and weak gaps whose amount
                                     ///< is known, CNY per year
  double bought_outside_after = 0;
  double least_outside_before = 0;  ///< sum of leakage_min over all that is needed, gap or not,
                                    ///< where it is known, CNY per year
  double least_outside_after = 0;
  double most_outside_before = 0;  ///< likewise of leakage_max
  double most_outside_after = 0;
};

/// Compares the gaps of one district in two graphs, or of one graph looked at in two ways. A
/// segment is the same where it has the same code, or, lacking one in either graph, the same name.
///
/// @param before, after  The graphs; may be one.
/// @param old_report, new_report  What find_gaps() returned for them.
/// @return  See GapDiff. Extensions count as gaps; a segment that turns from an extension into a
///          need has grown.
/// @complexity  O(S + G log G); S segments of both graphs, G gaps.
[[nodiscard]] GapDiff compare_gaps(const EnterpriseGraph& before, const GapReport& old_report,
                                   const EnterpriseGraph& after, const GapReport& new_report);

}  // namespace liantu
