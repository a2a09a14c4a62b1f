#include "liantu/graph/graph.hpp"

#include <algorithm>
#include <cmath>

#include "graph/storage.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu {
namespace {

const detail::EntityStorage& columns(const detail::Storage& storage, EntityKind kind) {
  return storage.entities[static_cast<std::size_t>(kind)];
}

/// Calls `visit` with each part of a list that is not empty, until it says true.
template <typename Visit>
bool any_part(std::string_view list, const Visit& visit) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(';'), list.size());
    if (end != 0 && visit(list.substr(0, end))) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

}  // namespace

EnterpriseGraph::EnterpriseGraph() : EnterpriseGraph(GraphBuilder().build()) {}

EnterpriseGraph::EnterpriseGraph(std::shared_ptr<const detail::Storage> storage)
    : storage_(std::move(storage)) {}

std::uint32_t EnterpriseGraph::size() const noexcept { return storage_->first.back(); }

std::uint32_t EnterpriseGraph::size(EntityKind kind) const noexcept { return storage_->size(kind); }

EntityKind EnterpriseGraph::kind(EntityId entity) const noexcept {
  std::size_t kind = 0;
  while (kind + 1 < kEntityKinds.size() && raw(entity) >= storage_->first[kind + 1]) ++kind;
  return kEntityKinds[kind];
}

std::uint32_t EnterpriseGraph::local(EntityId entity) const noexcept {
  return raw(entity) - storage_->first[static_cast<std::size_t>(kind(entity))];
}

EntityId EnterpriseGraph::entity(EntityKind kind, std::uint32_t local) const noexcept {
  return EntityId{storage_->first[static_cast<std::size_t>(kind)] + local};
}
EntityId EnterpriseGraph::entity(FirmId id) const noexcept {
  return entity(EntityKind::Firm, raw(id));
}
EntityId EnterpriseGraph::entity(SegmentId id) const noexcept {
  return entity(EntityKind::Segment, raw(id));
}
EntityId EnterpriseGraph::entity(PersonId id) const noexcept {
  return entity(EntityKind::Person, raw(id));
}
EntityId EnterpriseGraph::entity(OrganizationId id) const noexcept {
  return entity(EntityKind::Organization, raw(id));
}
EntityId EnterpriseGraph::entity(SiteId id) const noexcept {
  return entity(EntityKind::Site, raw(id));
}

std::string_view EnterpriseGraph::name(EntityId entity) const noexcept {
  return storage_->strings[columns(*storage_, kind(entity)).names[local(entity)]];
}

std::string_view EnterpriseGraph::text(EntityId entity, EntityText which) const noexcept {
  const auto& column = columns(*storage_, kind(entity)).texts[static_cast<std::size_t>(which)];
  return storage_->strings[detail::value_or(column, local(entity), std::uint32_t{0})];
}

std::vector<std::string_view> EnterpriseGraph::list(EntityId entity, EntityText which) const {
  std::vector<std::string_view> parts;
  any_part(text(entity, which), [&](std::string_view part) {
    parts.push_back(part);
    return false;
  });
  return parts;
}

std::optional<Figure> EnterpriseGraph::number(EntityId entity, EntityNumber which) const noexcept {
  const auto& kind_columns = columns(*storage_, kind(entity));
  const auto column = static_cast<std::size_t>(which);
  const std::uint32_t row = local(entity);
  const double value = detail::value_or(kind_columns.numbers[column], row, detail::kNoNumber);
  if (std::isnan(value)) return std::nullopt;
  return Figure{value, static_cast<Basis>(kind_columns.number_basis[column][row])};
}

int EnterpriseGraph::number_year(EntityId entity, EntityNumber which) const noexcept {
  const auto& years =
      columns(*storage_, kind(entity)).number_years[static_cast<std::size_t>(which)];
  return detail::value_or(years, local(entity), std::uint16_t{0});
}

RegionFigure EnterpriseGraph::region(EntityId entity) const noexcept {
  const auto& kind_columns = columns(*storage_, kind(entity));
  const std::uint32_t row = local(entity);
  if (kind_columns.region.empty()) return {};
  return {RegionCode{kind_columns.region[row]}, static_cast<Basis>(kind_columns.region_basis[row])};
}

Date EnterpriseGraph::founded(EntityId entity) const noexcept {
  const auto& column = columns(*storage_, kind(entity)).founded;
  return detail::unpack_date(detail::value_or(column, local(entity), std::uint32_t{0}));
}

bool EnterpriseGraph::anchor(FirmId firm) const noexcept {
  const auto& column = columns(*storage_, EntityKind::Firm).anchor;
  return detail::value_or(column, raw(firm), std::uint8_t{0}) != 0;
}

Provenance EnterpriseGraph::provenance(EntityId entity) const noexcept {
  return detail::unpack(columns(*storage_, kind(entity)).provenance[local(entity)]);
}

Relation EnterpriseGraph::relation(RelationKind kind) const noexcept {
  return Relation(storage_.get(), kind);
}

std::span<const RegionCode> EnterpriseGraph::covered_regions(
    OrganizationId organization) const noexcept {
  if (storage_->covers.empty()) return {};
  const std::uint64_t begin = storage_->covers_offsets[raw(organization)];
  const std::uint64_t end = storage_->covers_offsets[raw(organization) + 1];
  return storage_->covers.subspan(begin, end - begin);
}

std::span<const Source> EnterpriseGraph::sources() const noexcept { return storage_->sources; }

const Source& EnterpriseGraph::source(SourceId id) const noexcept {
  return storage_->sources[raw(id)];
}

std::span<const Conflict> EnterpriseGraph::conflicts() const {
  return storage_->unpacked_conflicts();
}

std::vector<EntityId> EnterpriseGraph::find(EntityKind kind, std::string_view words) const {
  std::vector<EntityId> found;
  if (words.empty()) return found;
  const auto is_it = [&](std::string_view text) { return text == words; };
  for (std::uint32_t i = 0; i < size(kind); ++i) {
    const EntityId id = entity(kind, i);
    if (is_it(name(id)) || is_it(text(id, EntityText::Code)) || is_it(text(id, EntityText::Key)) ||
        any_part(text(id, EntityText::Aliases), is_it)) {
      found.push_back(id);
    }
  }
  return found;
}

}  // namespace liantu
