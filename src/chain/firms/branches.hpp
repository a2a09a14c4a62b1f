#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/core/hash_map.hpp"
#include "chain/firms/production.hpp"
#include "chain/segments/taxonomy.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// Firms of a set that are branches of others in it, told by their names: at law a branch is its
/// firm, and what the firm states holds what its branches do.
class Branches {
 public:
  /// @complexity  O(F) looks at the ends of names; names are normalised for branches and for firms
  ///              that begin as a branch does.
  Branches(const EnterpriseGraph& graph, std::span<const FirmId> firms);

  /// The nearest firm of the set that a firm is a branch of.
  [[nodiscard]] std::optional<FirmId> head_of(FirmId firm) const;

 private:
  HashMap<FirmId, FirmId> heads_;
};

/// Leaves out of a branch's statements what its firm says of the same segment or of one above it,
/// so that each yuan and each maker counts once. An output that only the branch states stays.
void leave_out_what_the_head_says(const Taxonomy& taxonomy, std::span<const Statement> head,
                                  std::vector<Statement>& branch);

}  // namespace liantu
