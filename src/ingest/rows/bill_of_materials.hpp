#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ingest/cells/mention.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu {

/// A bill of materials: what a unit of each product takes of its inputs, in quantities and prices.
class BillOfMaterials {
 public:
  struct Line {
    std::uint32_t product = 0;  // segments
    std::uint32_t input = 0;
    double cost = 0;            ///< quantity × unit price of the input, CNY
    EdgeAttributes attributes;  ///< all but the coefficient
    Provenance from;
    Mention said;  ///< the product, where the line names it
  };
  /// What a line says of its product's price, whether its own cost is known or not.
  struct Price {
    std::uint32_t product = 0;    // segment
    std::optional<double> value;  ///< CNY, above 0
    bool told = false;            ///< whether something is said that cannot be used, and was told
    Mention said;                 ///< the product, where the line names it
  };

  void add(Line line) { lines_.push_back(std::move(line)); }
  void add(Price price) { prices_.push_back(std::move(price)); }

  /// Relates products to their inputs. A coefficient is the cost of all lines of the input over the
  /// product's price; without a price, or with two, the relation has none.
  ///
  /// @param problems  Where products go whose price is not known.
  void relate(GraphBuilder& builder, std::vector<Problem>& problems);

 private:
  std::vector<Line> lines_;
  std::vector<Price> prices_;
};

}  // namespace liantu
