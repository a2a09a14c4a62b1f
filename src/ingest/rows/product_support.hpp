#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "ingest/who/segment_registry.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/graph/provenance.hpp"

namespace liantu {

/// What the input says of products, and how well that supports a `requires` row that a machine read
/// (TrustRule::Support).
class ProductSupport {
 public:
  /// A table names products of a firm, known or not.
  void state(std::uint32_t firm);
  [[nodiscard]] bool stated(std::uint32_t firm) const;

  /// Saying these twice says them once.
  void add_maker(std::uint32_t segment, std::uint32_t firm) { makers_.emplace_back(segment, firm); }
  /// What a table says a firm earns with a product.
  struct Sale {
    std::uint32_t firm = 0;
    std::uint32_t segment = 0;
    std::optional<double> share;   ///< of its revenue
    std::optional<double> amount;  ///< CNY per year

    friend bool operator==(const Sale&, const Sale&) = default;
  };
  void add_sale(const Sale& sale) { sales_.push_back(sale); }
  /// In the order in which they were told.
  [[nodiscard]] const std::vector<Sale>& sales() const { return sales_; }
  void add_use(std::uint32_t input, std::uint32_t product) { uses_.emplace_back(input, product); }

  /// Keeps a `requires` row until all makers and uses are known.
  void await(std::uint32_t product, std::uint32_t input, const EdgeAttributes& attributes,
             const Provenance& from) {
    awaiting_.push_back({product, input, attributes, from});
  }
  /// Relates the rows kept, each as sure as it is supported (see ingest()).
  void relate(GraphBuilder& builder, const SegmentRegistry& segments);

 private:
  struct Requirement {
    std::uint32_t product = 0;
    std::uint32_t input = 0;
    EdgeAttributes attributes;
    Provenance from;
  };

  std::vector<bool> stated_;  // by firm
  std::vector<std::pair<std::uint32_t, std::uint32_t>> makers_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> uses_;
  std::vector<Requirement> awaiting_;
  std::vector<Sale> sales_;
};

}  // namespace liantu
