#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "chain/taxonomy.hpp"
#include "liantu/base/basis.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// The `requires` by which a product needs its inputs, one an input and a segment that says so: of
/// several whose coefficient is known the latest of those of the firmest basis, else the most
/// confident. Its own, else
/// those of the nearest segments above it that have some; ascending by edge. Chains are no
/// products.
[[nodiscard]] std::vector<EdgeId> input_rules(const EnterpriseGraph& graph,
                                              const Taxonomy& taxonomy, SegmentId product);

/// What one `requires` says.
struct InputRule {
  SegmentId product{0};
  SegmentId input{0};
  std::optional<double> coefficient;
  double confidence = 1;
  int year = 0;
  Basis basis = Basis::Stated;
};

/// The `requires` of all products, looked up once. Chains are no products and have none.
class InputRules {
 public:
  InputRules(const EnterpriseGraph& graph, const Taxonomy& taxonomy);

  [[nodiscard]] const InputRule& operator[](EdgeId edge) const { return rules_[raw(edge)]; }
  /// See Taxonomy::inputs(); ascending.
  [[nodiscard]] std::span<const EdgeId> all(SegmentId product) const {
    return part(all_, rows_[raw(product)].all);
  }
  /// See input_rules().
  [[nodiscard]] std::span<const EdgeId> current(SegmentId product) const {
    return part(current_, rows_[raw(product)].current);
  }

 private:
  struct Part {
    std::size_t first = 0;
    std::size_t count = 0;
  };
  struct Row {
    Part all;
    Part current;
  };
  static std::span<const EdgeId> part(std::span<const EdgeId> edges, const Part& part) {
    return edges.subspan(part.first, part.count);
  }

  std::vector<InputRule> rules_;  // by `requires`
  std::vector<Row> rows_;         // by segment; those that inherit from one segment share its row
  std::vector<EdgeId> all_;
  std::vector<EdgeId> current_;
};

}  // namespace liantu
