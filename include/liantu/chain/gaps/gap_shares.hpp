#pragma once

#include <optional>

#include "liantu/base/core/export.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// How much of what is needed is imported, as far as tables say.
struct ImportShare {
  double share =
      0;  ///< mean over the needs whose relation states its imported share, weighted with
          ///< their amounts, or, where none of these is known, each the same; [0, 1]
  Basis basis = Basis::Stated;  ///< softest of those relations and of the amounts they are weighted
                                ///< with
  double known =
      0;  ///< part of the amounts, or of the number of needs, whose share is known; (0, 1]

  friend bool operator==(const ImportShare&, const ImportShare&) = default;
};

/// Realised local rate (本地配套率): known purchases inside the district / demand, at most 1.
/// Nothing unless both are known and no need of unknown amount is left out. O(1).
[[nodiscard]] std::optional<double> realised_local_rate(const Gap& gap);

/// The imported share (进口比重) of what a gap's needs take, by EdgeNumber::ImportShare of their
/// `requires`; a firm counts by its largest need, a hidden gap by the
/// causes named of what raises it.
///
/// @param graph  The graph the gap was found in.
/// @return       Nothing where no relation states it and for extensions, which nobody here needs.
/// @complexity   O(needs + causes).
[[nodiscard]] std::optional<ImportShare> import_share(const EnterpriseGraph& graph, const Gap& gap);

}  // namespace liantu
