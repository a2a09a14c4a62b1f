#include "liantu/graph/relation.hpp"

#include <algorithm>
#include <cmath>

#include "graph/storage.hpp"

namespace liantu {
namespace {

detail::Adjacency rows_of(const detail::Column<std::uint64_t>& offsets, std::uint32_t first) {
  if (offsets.empty()) return {};
  return {offsets.data(), first, static_cast<std::uint32_t>(offsets.size() - 1)};
}

}  // namespace

Relation::Relation(const detail::Storage* storage, RelationKind kind)
    : storage_(storage),
      relation_(&storage->relations[static_cast<std::size_t>(kind)]),
      out_(rows_of(relation_->out_offsets, relation_->first_from)),
      in_(rows_of(relation_->in_offsets, relation_->first_to)),
      targets_(relation_->targets.data()),
      sources_(relation_->sources.data()),
      in_edges_(relation_->in_edges.data()),
      size_(relation_->targets.size()),
      kind_(kind) {}

bool Relation::connects(EntityId from, EntityId to) const noexcept {
  const std::span<const EntityId> row = targets(from);
  return std::binary_search(row.begin(), row.end(), to);
}

EntityId Relation::source(EdgeId edge) const noexcept {
  const auto& offsets = relation_->out_offsets;
  const auto after = std::upper_bound(offsets.begin(), offsets.end(), raw(edge));
  return EntityId{relation_->first_from + static_cast<std::uint32_t>(after - offsets.begin()) - 1};
}

std::optional<SegmentId> Relation::segment(EdgeId edge) const noexcept {
  const std::uint32_t id = detail::value_or(relation_->segment, raw(edge), detail::kNoSegment);
  if (id == detail::kNoSegment) return std::nullopt;
  return SegmentId{id};
}

std::optional<double> Relation::number(EdgeId edge, EdgeNumber which) const noexcept {
  const auto& column = relation_->numbers[static_cast<std::size_t>(which)];
  const double value = detail::value_or(column, raw(edge), detail::kNoNumber);
  if (std::isnan(value)) return std::nullopt;
  return value;
}

std::string_view Relation::detail(EdgeId edge) const noexcept {
  return storage_
      ->strings[liantu::detail::value_or(relation_->detail, raw(edge), std::uint32_t{0})];
}

Provenance Relation::provenance(EdgeId edge) const noexcept {
  return detail::unpack(
      detail::value_or(relation_->provenance, raw(edge), detail::kUnsaidProvenance));
}

}  // namespace liantu
