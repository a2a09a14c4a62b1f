#pragma once

#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/report/drawings/chain_tree.hpp"
#include "liantu/report/words/run_info.hpp"

namespace LIANTU_API liantu {

/// Options of chain_board_svg() and chain_board_dot().
struct BoardOptions {
  Language language = Language::En;
  RunInfo run{};  ///< how it was made; stands on the board and in its `<desc>`
};

/// A chain as a board for print: a column a stage, upstream to downstream, a card a segment with
/// its mark, segment_status(), leakage in CNY per year and what it rests on (demand where it is no
/// gap, firms where no amount is known), local makers (★ an anchor), anchors that need it, and the
/// segments of the chain that it needs and goes into, those of the largest coefficient first. Names
/// that do not fit are counted; the card's `<title>` has more of them.
///
/// The sheet is A3 landscape, drawn in millimetres, no letter smaller than 6 pt. A chain that does
/// not fit at that size takes the next larger sheet, up to A0, and one beyond that a longer one.
///
/// @param report  What find_gaps() returned for the district.
/// @param tree    What chain_tree() made of it.
/// @return        The SVG document, the same for the same input. A chain without segments is a
///                board that says so.
/// @complexity    Linear in the gaps and needs; laying out tries a few dozen sizes of the cards.
[[nodiscard]] std::string chain_board_svg(const EnterpriseGraph& graph, const GapReport& report,
                                          const ChainTree& tree, const BoardOptions& options = {});

/// The same board in Graphviz's DOT, which `dot` draws no larger than A3 landscape: a frame a
/// stage, in it as many columns as the sheet asks for. Arrows lead from an input to what needs it,
/// the three largest inputs of each, between neighbouring columns only. Names are escaped, fonts
/// can show Chinese.
///
/// @return  The same text for the same input.
[[nodiscard]] std::string chain_board_dot(const EnterpriseGraph& graph, const GapReport& report,
                                          const ChainTree& tree, const BoardOptions& options = {});

}  // namespace liantu
