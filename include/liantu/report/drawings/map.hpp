#pragma once

#include <cstddef>
#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/prospects.hpp"

namespace LIANTU_API liantu {

/// Options of map_dot().
struct MapOptions {
  Language language = Language::En;
  std::size_t segments = 40;  ///< most segments drawn: the gaps by severity, each with the products
                              ///< that need it, then what local firms make of those
  std::size_t firms_per_segment = 4;  ///< most local firms drawn in a segment; the rest are counted
                                      ///< in words
  std::size_t prospects_per_gap = 2;  ///< most prospects drawn in a gap
};

/// The map of a district in Graphviz's DOT: one cluster a segment, coloured by its gap, holding its
/// local makers, nearby makers (two at most) and best prospects; arrows from an input to what needs
/// it. Anchors, local firms, prospects and expansions are told apart by shape and colour, and a
/// legend says how. Names are escaped, fonts can show Chinese.
///
/// @return  The same text for the same input.
[[nodiscard]] std::string map_dot(const EnterpriseGraph& graph, const GapReport& report,
                                  const ProspectList& list, const MapOptions& options = {});

}  // namespace liantu
