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
#include "liantu/graph/graph.hpp"
#include "liantu/report/formats/table_text.hpp"

namespace LIANTU_API liantu {

/// Where a segment stands within a chain. Who needs whom tells, except among segments that need
/// each other in a circle, as the sectors of an input-output table do. A sector in a circle stands
/// by the steps of production after it and before it (ChainPosition::after(): two thirds or more
/// upstream, a third or less downstream); other circles stand as one by what they need and who
/// needs them outside the circle, unless most of the chain is in it.
enum class Stage : std::uint8_t {
  Upstream,    ///< others of the chain need it, and it needs none of them
  Midstream,   ///< both
  Downstream,  ///< it needs others of the chain, and none of them needs it
  Apart,  ///< nothing relates it to the rest of the chain, or it is in a circle with most of it
          ///< and nothing tells its place
};

/// `upstream`, `midstream`, `downstream`, `apart`.
[[nodiscard]] std::string_view stage_word(Stage stage);
/// upstream 上游, midstream 中游, downstream 下游, position not known 位置不明.
[[nodiscard]] Text stage_text(Stage stage);

/// How far a district has a segment.
enum class Presence : std::uint8_t {
  Made,    ///< ● made here, and no gap
  Partly,  ///< ◐ made here and a gap, or only possibly made here
  None,    ///< ○ made by nobody here
};

/// `made`, `partly`, `none`.
[[nodiscard]] std::string_view presence_word(Presence presence);
/// `●`, `◐`, `○`.
[[nodiscard]] std::string_view presence_mark(Presence presence);
/// made here 本地可供, weak or only possibly made here 薄弱或可能有, not made here 本地没有.
[[nodiscard]] Text presence_text(Presence presence);

/// One segment of a chain.
struct ChainSegment {
  SegmentId segment{0};
  std::optional<SegmentId> parent;  ///< what it is part of within the chain; nothing right under it
  Stage stage = Stage::Apart;
  Presence presence = Presence::None;
  std::optional<GapKind> gap;      ///< kind of its gap
  std::optional<double> coverage;  ///< 本地可配套率; nothing when not known
  bool coverage_at_most = false;   ///< whether a need that is not known may lower it
  std::vector<FirmId> makers;      ///< local firms, largest output first
  std::vector<WeakReason> weak;    ///< why it is weak
  bool needed = false;             ///< whether local firms are known to need it
  std::vector<FirmId> possible;    ///< local firms that might make it, as in Gap::possible_makers
  std::size_t possible_count = 0;  ///< all of them
  std::optional<double> position;  ///< ChainPosition::after(), of a sector of an input-output table

  friend bool operator==(const ChainSegment&, const ChainSegment&) = default;
};

/// A segment of a chain that another one of it needs.
struct ChainNeed {
  SegmentId product{0};
  SegmentId input{0};

  friend auto operator<=>(const ChainNeed&, const ChainNeed&) = default;
};

/// A chain as a district has it.
struct ChainTree {
  SegmentId chain{0};
  std::vector<ChainSegment>
      segments;                  ///< by stage, within one by segment; segments that only group
                                 ///< others, and are neither made themselves nor needed, are left
                                 ///< out, but for the one that the board is of
  std::vector<ChainNeed> needs;  ///< between the segments, each once; by product, then input
  std::vector<Text> notes;       ///< how the stages came about where who needs whom does not tell
  std::vector<Newcomer> newcomers;  ///< as in the report: makers beyond the graph's firms are these
};

/// What is known of a segment here: `weak 弱链, low coverage, coverage 25 %`; `met`, `mostly met`
/// where local output does not cover the demand and is not a gap, `made here, not known whether
/// enough` where amounts are missing; `no local need known`.
[[nodiscard]] Text segment_status(const ChainSegment& segment);

/// Lays out a chain, or any segment with all below it where one below needs another. Any other
/// segment stands midstream with all below it, what they need upstream and what needs them
/// downstream, one step each.
///
/// @param report  What find_gaps() returned for the district.
/// @complexity    O(M t + S + R) beside find_positions(); M `makes` of local firms, S segments
///                below, R their `requires`.
/// @source        find_positions() for segments that need each other.
[[nodiscard]] ChainTree chain_tree(const EnterpriseGraph& graph, const GapReport& report,
                                   SegmentId chain);

/// The chains of a graph, segments of type `chain`, ascending.
[[nodiscard]] std::vector<SegmentId> chains(const EnterpriseGraph& graph);

/// Draws a chain for the terminal: upstream, midstream and downstream as trees, a line a segment
/// with its mark, segment_status() and the first local firms, or the first that might make it;
/// below them what the marks mean, how many segments have each, and the notes. Lines are never cut;
/// where one is wider than the terminal its firms stand on lines of their own.
[[nodiscard]] std::string render_chain(const EnterpriseGraph& graph, const ChainTree& tree,
                                       const TableStyle& style = {});

}  // namespace liantu
