#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/core/ids.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/base/values/date.hpp"
#include "liantu/graph/kinds.hpp"
#include "liantu/graph/provenance.hpp"
#include "liantu/graph/relation.hpp"

namespace LIANTU_API liantu {

/// A region with what it rests on: stated code, read from an address, inferred from a name.
struct RegionFigure {
  RegionCode code;
  Basis basis = Basis::Stated;

  friend bool operator==(const RegionFigure&, const RegionFigure&) = default;
};

/// A statement that lost against a more confident one about the same relation.
struct Conflict {
  RelationKind relation = RelationKind::Supplies;
  EdgeId edge{0};  ///< the instance that was kept
  EdgeNumber number = EdgeNumber::Amount;
  double value = 0;       ///< what the other source says
  Provenance provenance;  ///< the other source

  friend bool operator==(const Conflict&, const Conflict&) = default;
};

/// The enterprise relationship graph (企业关联图): frozen, typed, multi-relational. Made by
/// GraphBuilder or read_snapshot(); nothing changes it afterwards. Copies share their data. Safe to
/// read from any number of threads.
///
/// Entities are sorted by kind, and within a kind stand in the order in which they were added. Ids
/// are dense: an EntityId is the number of entities of earlier kinds plus the local id. Passing an
/// id that is not of this graph is undefined. Unless said otherwise a call takes O(1).
class EnterpriseGraph {
 public:
  /// The graph without entities.
  EnterpriseGraph();

  /// Number of entities of all kinds.
  [[nodiscard]] std::uint32_t size() const noexcept;
  /// Number of entities of one kind.
  [[nodiscard]] std::uint32_t size(EntityKind kind) const noexcept;

  [[nodiscard]] EntityKind kind(EntityId entity) const noexcept;
  /// Number within its kind.
  [[nodiscard]] std::uint32_t local(EntityId entity) const noexcept;
  [[nodiscard]] EntityId entity(EntityKind kind, std::uint32_t local) const noexcept;
  [[nodiscard]] EntityId entity(FirmId id) const noexcept;
  [[nodiscard]] EntityId entity(SegmentId id) const noexcept;
  [[nodiscard]] EntityId entity(PersonId id) const noexcept;
  [[nodiscard]] EntityId entity(OrganizationId id) const noexcept;
  [[nodiscard]] EntityId entity(SiteId id) const noexcept;

  [[nodiscard]] std::string_view name(EntityId entity) const noexcept;
  /// A text of the entity; empty when it has none.
  [[nodiscard]] std::string_view text(EntityId entity, EntityText which) const noexcept;
  /// The parts of a text that is a list, in order, empty ones left out. Linear in the text.
  [[nodiscard]] std::vector<std::string_view> list(EntityId entity, EntityText which) const;
  [[nodiscard]] std::optional<Figure> number(EntityId entity, EntityNumber which) const noexcept;
  /// Year that a number is of; 0 when nothing tells, or there is no number.
  [[nodiscard]] int number_year(EntityId entity, EntityNumber which) const noexcept;
  /// Region; its code is unknown when nothing tells.
  [[nodiscard]] RegionFigure region(EntityId entity) const noexcept;
  /// Day of foundation; may be not known.
  [[nodiscard]] Date founded(EntityId entity) const noexcept;
  /// Whether a table names the firm an anchor (龙头企业).
  [[nodiscard]] bool anchor(FirmId firm) const noexcept;
  [[nodiscard]] Provenance provenance(EntityId entity) const noexcept;

  /// All instances of one relation.
  [[nodiscard]] Relation relation(RelationKind kind) const noexcept;
  /// Regions an organization covers (`covers`), ascending.
  [[nodiscard]] std::span<const RegionCode> covered_regions(
      OrganizationId organization) const noexcept;

  [[nodiscard]] std::span<const Source> sources() const noexcept;
  [[nodiscard]] const Source& source(SourceId id) const noexcept;
  /// Statements that lost, in the order of (relation, edge, source, row). The first call is linear
  /// in their number.
  [[nodiscard]] std::span<const Conflict> conflicts() const;

  /// Entities of one kind whose name, code, key or alias is exactly `words`, ascending; several
  /// when the name is ambiguous. Linear in the number of entities of the kind.
  [[nodiscard]] std::vector<EntityId> find(EntityKind kind, std::string_view words) const;

 private:
  friend class GraphBuilder;
  friend struct GraphAccess;
  explicit EnterpriseGraph(std::shared_ptr<const detail::Storage> storage);

  std::shared_ptr<const detail::Storage> storage_;
};

}  // namespace liantu
