#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "base/run/stopping.hpp"
#include "chain/segments/taxonomy.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// The `requires` by which a product needs its inputs, one an input and a segment that says so: of
/// several whose coefficient is known the latest of those of the firmest basis, else the most
/// confident. Its own, else those of the nearest segments above it that have some; ascending by
/// edge. Chains are no products. InputRules::current() for one product.
[[nodiscard]] std::vector<EdgeId> input_rules(const EnterpriseGraph& graph,
                                              const Taxonomy& taxonomy, SegmentId product);

/// What one `requires` says, in little memory: a search looks at rules in no order.
class InputRule {
 public:
  InputRule() = default;
  InputRule(SegmentId from, SegmentId to, std::optional<double> coefficient,
            const Provenance& provenance)
      : product_(from),
        input_(to),
        coefficient_(coefficient.value_or(std::numeric_limits<double>::quiet_NaN())),
        confidence_(provenance.confidence),
        year_(static_cast<std::int16_t>(provenance.year())),
        basis_(provenance.basis) {}

  [[nodiscard]] std::optional<double> coefficient() const {
    return std::isnan(coefficient_) ? std::nullopt : std::optional(coefficient_);
  }
  [[nodiscard]] double confidence() const { return static_cast<double>(confidence_); }
  [[nodiscard]] int year() const { return year_; }
  [[nodiscard]] SegmentId product() const { return product_; }
  [[nodiscard]] SegmentId input() const { return input_; }
  [[nodiscard]] Basis basis() const { return basis_; }

 private:
  SegmentId product_{0};
  SegmentId input_{0};
  double coefficient_ = 0;  // not a number when it is not known
  float confidence_ = 1;
  std::int16_t year_ = 0;
  Basis basis_ = Basis::Stated;
};

/// The `requires` of all products, looked up once. Chains are no products and have none.
class InputRules {
 public:
  /// @throws Error{Cancelled}.
  /// @complexity  O(S + R + P) time and memory, P `part_of`; where segments are part of several
  ///              that need different things, their rules once a combination.
  InputRules(const EnterpriseGraph& graph, const Taxonomy& taxonomy, const Stopping& stopping = {});

  [[nodiscard]] const InputRule& operator[](EdgeId edge) const { return rules_[raw(edge)]; }
  /// See Taxonomy::inputs(); ascending.
  [[nodiscard]] std::span<const EdgeId> all(SegmentId product) const {
    return slice(all_, rows_[row_of_[raw(product)]].all);
  }
  /// See input_rules().
  [[nodiscard]] std::span<const EdgeId> current(SegmentId product) const {
    return slice(current_, rows_[row_of_[raw(product)]].current);
  }
  /// A number for what current() says: the same for products that need the same.
  [[nodiscard]] std::uint32_t row(SegmentId product) const { return row_of_[raw(product)]; }

 private:
  struct Slice {
    std::size_t first = 0;
    std::size_t count = 0;
  };
  struct Row {
    Slice all;
    Slice current;
  };
  static std::span<const EdgeId> slice(std::span<const EdgeId> edges, const Slice& slice) {
    return edges.subspan(slice.first, slice.count);
  }

  [[nodiscard]] std::uint32_t add_row(const EnterpriseGraph& graph,
                                      const std::vector<EdgeId>& edges);
  void inherit(const EnterpriseGraph& graph, const Taxonomy& taxonomy, const Stopping& stopping);

  std::vector<InputRule> rules_;       // by `requires`
  std::vector<std::uint32_t> row_of_;  // by segment; those that inherit the same share a row
  std::vector<Row> rows_;              // the first is empty
  std::vector<EdgeId> all_;
  std::vector<EdgeId> current_;
};

}  // namespace liantu
