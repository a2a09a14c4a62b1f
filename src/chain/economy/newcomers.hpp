#pragma once

#include <cstddef>
#include <vector>

#include "chain/firms/production.hpp"
#include "chain/segments/taxonomy.hpp"
#include "liantu/chain/economy/newcomer.hpp"
#include "liantu/graph/provenance.hpp"

namespace liantu {

/// What newcomers make, as Productions says it of the graph's firms.
class Newcomers {
 public:
  /// @throws Error{InvalidArgument} if a newcomer is not as Newcomer says.
  /// @complexity  O(firms) for each newcomer.
  Newcomers(const EnterpriseGraph& graph, const Taxonomy& taxonomy,
            const std::vector<Newcomer>& newcomers);

  /// Their ids, ascending.
  [[nodiscard]] std::vector<FirmId> firms() const;
  /// Those that are anchors, ascending.
  [[nodiscard]] std::vector<FirmId> anchors() const;
  [[nodiscard]] bool has(FirmId firm) const { return is_newcomer(graph_, firm); }
  /// What one of them makes, ascending by segment.
  [[nodiscard]] const std::vector<Statement>& statements(FirmId firm) const;
  /// Of a `makes` of the graph or of a newcomer; the latter is trusted fully, as an assumption is.
  [[nodiscard]] Provenance provenance(EdgeId makes) const;

 private:
  const EnterpriseGraph& graph_;
  std::vector<std::vector<Statement>> made_;  // by newcomer
  std::vector<FirmId> anchors_;
};

}  // namespace liantu
