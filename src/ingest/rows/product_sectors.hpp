#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ingest/rows/product_support.hpp"
#include "ingest/who/segment_registry.hpp"
#include "liantu/ingest/scope/infer_industry.hpp"
#include "liantu/ingest/sectors/concordance.hpp"

namespace liantu {

/// What makes a product.
struct ProductSector {
  std::size_t sector = 0;  ///< index into sectors()
  std::string industry;    ///< code of GB/T 4754
  double confidence = 0;   ///< how often such evidence is right, see docs/industries.md

  friend bool operator==(const ProductSector&, const ProductSector&) = default;
};

/// A product's sector counts as sure from here on.
inline constexpr double kSureSector = 0.6;

/// The sector of each product: by its name, by the industries that its makers state, and, where
/// neither tells, by the class that its name ends with. A name that is known whole beats its makers;
/// makers that agree beat the mere head of a name.
///
/// @param industries  By firm: the code that it states; empty where it states none.
/// @return            By segment; nothing for chains, sectors and what nothing tells.
/// @complexity        O(S log S + sales log sales), S segments.
[[nodiscard]] std::vector<std::optional<ProductSector>> find_product_sectors(
    const SegmentRegistry& segments, const ProductSupport& support,
    std::span<const std::string> industries, const IndustryClassifier& classifier,
    SectorScheme scheme);

}  // namespace liantu
