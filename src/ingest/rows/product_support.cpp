#include "ingest/rows/product_support.hpp"

#include <algorithm>

#include "liantu/ingest/scope/scope.hpp"

namespace liantu {
namespace {

constexpr double kGeneralInput = 0.2;   // 设备 or 材料 as an input says next to nothing
constexpr double kUnmadeProduct = 0.3;  // a product that no firm makes may be no product at all

// How many different partners each segment has.
std::vector<std::uint32_t> count_distinct(
    std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs, std::uint32_t segments) {
  std::ranges::sort(pairs);
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  std::vector<std::uint32_t> counts(segments, 0);
  for (const auto& [segment, partner] : pairs) ++counts[segment];
  return counts;
}

}  // namespace

void ProductSupport::state(std::uint32_t firm) {
  if (stated_.size() <= firm) stated_.resize(firm + 1);
  stated_[firm] = true;
}

bool ProductSupport::stated(std::uint32_t firm) const {
  return firm < stated_.size() && stated_[firm];
}

void ProductSupport::relate(GraphBuilder& builder, const SegmentRegistry& segments) {
  if (awaiting_.empty()) return;
  const std::vector<std::uint32_t> all_makers = count_distinct(makers_, segments.size());
  const std::vector<std::uint32_t> all_uses = count_distinct(uses_, segments.size());
  for (Requirement& row : awaiting_) {
    const double makers = all_makers[row.input];
    const double others = all_uses[row.input] - 1.0;
    double support = 1 - (1 - makers / (makers + 1)) * (1 - others / (others + 10));
    if (ScopeTagger::too_general(segments.name(row.input))) support *= kGeneralInput;
    if (all_makers[row.product] == 0) support *= kUnmadeProduct;
    row.from.confidence *= static_cast<float>(support);
    row.from.basis = softer(row.from.basis, Basis::Inferred);
    builder.relate(RelationKind::Requires, SegmentId{row.product}, SegmentId{row.input},
                   row.attributes, row.from);
  }
}

}  // namespace liantu
