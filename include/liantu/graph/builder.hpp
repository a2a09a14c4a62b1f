#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>

#include "liantu/base/core/big_vector.hpp"
#include "liantu/base/core/export.hpp"
#include "liantu/base/run/progress.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// An entity while its graph is being built: its kind and its number within the kind, which is
/// final.
struct EntityRef {
  EntityKind kind = EntityKind::Firm;
  std::uint32_t local = 0;

  constexpr EntityRef() = default;
  constexpr EntityRef(EntityKind k, std::uint32_t l) : kind(k), local(l) {}
  constexpr EntityRef(FirmId id) : kind(EntityKind::Firm), local(raw(id)) {}
  constexpr EntityRef(SegmentId id) : kind(EntityKind::Segment), local(raw(id)) {}
  constexpr EntityRef(PersonId id) : kind(EntityKind::Person), local(raw(id)) {}
  constexpr EntityRef(OrganizationId id) : kind(EntityKind::Organization), local(raw(id)) {}
  constexpr EntityRef(SiteId id) : kind(EntityKind::Site), local(raw(id)) {}

  friend bool operator==(const EntityRef&, const EntityRef&) = default;
};

/// What a relation carries beside its ends and its provenance.
struct EdgeAttributes {
  std::optional<SegmentId> segment;        ///< supplies only
  std::optional<double> amount;            ///< CNY per year, ≥ 0
  std::optional<double> share;             ///< [0, 1]
  std::optional<double> coefficient;       ///< ≥ 0
  std::optional<double> substitutability;  ///< [0, 1]
  std::optional<double> import_share;      ///< [0, 1]
  std::string_view detail;                 ///< copied
};

/// Options of GraphBuilder::build().
struct BuildOptions {
  std::stop_token stop;  ///< asks a long run to end early
  Progress progress;     ///< told about the steps of freezing relations, stage "freeze"
};

/// The ends of a relation that says nothing else: local ids of the first kind that it leads from,
/// and of the kind that it leads to.
struct LocalEnds {
  std::uint32_t from;
  std::uint32_t to;
};

/// Collects entities and relations and freezes them into a graph.
class GraphBuilder {
 public:
  GraphBuilder();
  ~GraphBuilder();
  GraphBuilder(GraphBuilder&&) noexcept;
  GraphBuilder& operator=(GraphBuilder&&) noexcept;

  /// Registers a source; equal sources get the same id. Source 0 exists from the start and is
  /// empty: "not known".
  /// @throws Error{InvalidArgument} if a text is not UTF-8; Error{LimitReached} beyond 65,535
  ///         sources beside source 0.
  SourceId add_source(const Source& source);

  /// Adds an entity; nothing is merged, who is who is decided before.
  /// @throws Error{InvalidArgument} if the name is empty or no UTF-8, or a provenance value lies
  ///         outside its range; Error{LimitReached} beyond 2^32 - 2 entities.
  EntityRef add(EntityKind kind, std::string_view name, const Provenance& provenance = {});
  /// Adds entities that are named by numbers, many at once: the same as add() for each.
  /// @param numbers  Ascending, each once.
  /// @throws Error{InvalidArgument} if they do not ascend, and otherwise as add(); nothing is added
  ///         then.
  void add_numbered(EntityKind kind, std::span<const std::uint32_t> numbers);

  /// The setters replace what was set before; all throw Error{InvalidArgument} if the node was
  /// never added.

  /// Sets a text; an empty one removes it.
  /// @throws Error{InvalidArgument} if it is not UTF-8.
  void set(EntityRef node, EntityText which, std::string_view value);
  /// Sets a number and the year that it is of; 0 when that is not known.
  /// @throws Error{InvalidArgument} if it is negative or not finite, or the year is outside 1 to
  ///         4095.
  void set(EntityRef node, EntityNumber which, Figure figure, int year = 0);
  /// Sets the region; an unknown one removes it.
  /// @throws Error{InvalidArgument} if the code has more than six digits.
  void set_region(EntityRef node, RegionFigure region);
  /// Sets the day of foundation; a default Date removes it.
  /// @throws Error{InvalidArgument} if a part of the date lies outside its range.
  void set_founded(EntityRef node, Date date);
  void set_anchor(FirmId firm, bool anchor = true);

  /// Adds a relation.
  /// @throws Error{InvalidArgument} if the relation does not join these kinds, a node was never
  ///         added, a segment stands on another relation than `supplies`, a relation other than
  ///         `cooperates` and `requires` joins an entity with itself, or a value lies outside its
  ///         range or is not UTF-8; Error{LimitReached} beyond 2^32 - 1 instances of one relation.
  void relate(RelationKind kind, EntityRef from, EntityRef to,
              const EdgeAttributes& attributes = {}, const Provenance& provenance = {});
  /// Adds relations that say nothing but their ends, many at once: the same as relate() for each
  /// without attributes and provenance.
  /// @throws Error as relate(); nothing is added then.
  void relate_all(RelationKind kind, BigVector<LocalEnds> ends);
  /// Says that an organization works in a region (`covers`); saying it twice says it once.
  /// @throws Error{InvalidArgument} if the organization was never added, or the region is unknown
  ///         or has more than six digits.
  void cover(OrganizationId organization, RegionCode region);

  [[nodiscard]] std::uint32_t size(EntityKind kind) const noexcept;

  /// Freezes everything added and leaves the builder empty.
  ///
  /// Equal relations merge by (from, to, segment, year of as_of, else since), first within each
  /// source, then over sources, and value by value: each number, and the detail, is that of the
  /// most trusted statement that has one. The firmer basis is trusted more, then the higher
  /// confidence, then the lower row; of sources the one whose texts come first, whatever the order
  /// in which they were registered. What is inferred or says nothing replaces nothing stated.
  /// - Of one source, exact duplicates (all numbers, detail and provenance but the row equal) drop;
  ///   the lowest row stays. Amounts of different rows add; confidence and basis are then the
  ///   weakest of the rows that state one. Only amounts add.
  /// - The provenance kept is that of the statement which the first number kept (in the order of
  ///   EdgeNumber) comes from, so that a reader finds it there, or of the most trusted one when
  ///   there is no number. The basis is the softest of those of the numbers kept; the confidence is
  ///   at least that of the most trusted statement.
  /// - Every number stated otherwise goes into EnterpriseGraph::conflicts(): amounts source by
  ///   source, other numbers row by row.
  ///
  /// @param options  See BuildOptions.
  /// @return      The same graph for the same calls in the same order.
  /// @throws Error{InvalidData} if `part_of` has a cycle; the message names the segments on it, and
  ///         the builder keeps what it had. Error{Cancelled}; the builder is then empty.
  /// @complexity  Time O((V + E) log d), d the largest degree; memory with everything added at most
  ///              twice the graph, where relations outnumber entities.
  [[nodiscard]] EnterpriseGraph build(const BuildOptions& options = {});

 private:
  friend struct BuilderAccess;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace liantu
