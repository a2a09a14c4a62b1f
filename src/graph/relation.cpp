#include "liantu/graph/relation.hpp"

#include <algorithm>
#include <cmath>

#include "graph/storage.hpp"

namespace liantu {
namespace {

EdgeRange row_range(const detail::Column<std::uint64_t>& offsets, std::uint32_t first,
                    EntityId entity) {
  // An entity before the first row wraps around to a number beyond the last one.
  const std::uint32_t row = raw(entity) - first;
  if (offsets.empty() || row >= offsets.size() - 1) return {};
  return {offsets[row], offsets[row + 1]};
}

}  // namespace

Relation::Relation(const detail::Storage* storage, RelationKind kind)
    : storage_(storage),
      relation_(&storage->relations[static_cast<std::size_t>(kind)]),
      kind_(kind) {}

std::uint64_t Relation::size() const noexcept { return relation_->targets.size(); }

EdgeRange Relation::out_edges(EntityId from) const noexcept {
  return row_range(relation_->out_offsets, relation_->first_from, from);
}

std::span<const EntityId> Relation::targets(EntityId from) const noexcept {
  const EdgeRange range = out_edges(from);
  return relation_->targets.subspan(range.first, range.size());
}

std::span<const EntityId> Relation::sources(EntityId to) const noexcept {
  const EdgeRange range = row_range(relation_->in_offsets, relation_->first_to, to);
  return relation_->sources.subspan(range.first, range.size());
}

std::span<const std::uint32_t> Relation::in_edges(EntityId to) const noexcept {
  const EdgeRange range = row_range(relation_->in_offsets, relation_->first_to, to);
  return relation_->in_edges.subspan(range.first, range.size());
}

bool Relation::connects(EntityId from, EntityId to) const noexcept {
  const std::span<const EntityId> row = targets(from);
  return std::binary_search(row.begin(), row.end(), to);
}

EntityId Relation::target(EdgeId edge) const noexcept { return relation_->targets[raw(edge)]; }

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
