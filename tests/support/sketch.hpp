#pragma once

#include <cstdint>
#include <string_view>

#include "liantu/graph/graph.hpp"

namespace liantu::test {

/// Draws a graph from text:
///
///     sketch("甲{region=500104,anchor} -makes{output=100}-> 电池; 电池 -requires{coef=0.3}->
///     隔膜")
///
/// Statements are separated by `;` or a new line. A statement is an entity, or entities joined by
/// arrows:
///
///     statement   entity { arrow entity }
///     entity      [prefix] name [ { attribute, … } ]
///     arrow       -relation-> or -relation{attribute, …}->
///     attribute   word or word=value; inside braces `;` belongs to the value
///
/// Kinds of entities follow from the relation; where a relation may start from two kinds, from a
/// firm. A prefix says another kind: `@` or `person:` a person, `firm:`, `seg:` a segment, `org:`
/// an organization, `site:`. An entity that stands alone without a prefix is the one that has this
/// name already, else a firm. Entities of a kind get their ids in the order of first mention;
/// attributes may stand at any mention and add up.
///
///     relations   supplies makes trades requires part_of owns serves member_of cooperates
///     stands_on;
///                 covers leads from an organization to a six-digit region code
///     of arrows   segment=名 amount= output= (the same) share= coef= sub= imports= detail=
///                 role= (the same as detail=)
///     of entities region= founded= anchor; capital= revenue= tax= staff= research= energy=
///                 emission= land=
///                 value_added= electricity= plot_ratio= floor=; code= key= aliases= address= status= type= scope= tags= risks=
///                 industry= (risk= and alias= are the same). A basis may follow a number or a
///                 region: capital=1e7:estimated
///     of both     conf= basis= year= (as_of) as_of= since= until= source=file row=
///
/// @throws std::invalid_argument, with the place, for anything else; Error as GraphBuilder does.
[[nodiscard]] EnterpriseGraph sketch(std::string_view text);

/// The one entity of its kind with this name.
/// @throws std::invalid_argument if there is none or there are several.
[[nodiscard]] FirmId firm(const EnterpriseGraph& graph, std::string_view name);
[[nodiscard]] SegmentId segment(const EnterpriseGraph& graph, std::string_view name);
[[nodiscard]] PersonId person(const EnterpriseGraph& graph, std::string_view name);
[[nodiscard]] OrganizationId organization(const EnterpriseGraph& graph, std::string_view name);
[[nodiscard]] SiteId site(const EnterpriseGraph& graph, std::string_view name);

/// A small graph in which every column of firms, every relation, a conflict and all other things
/// that a graph can hold occur.
[[nodiscard]] EnterpriseGraph full_graph();

/// Options of random_graph().
struct RandomGraphOptions {
  std::uint32_t firms = 12;
  std::uint32_t segments = 8;
  std::uint32_t persons = 4;
  std::uint32_t organizations = 2;
  std::uint32_t sites = 2;
  double density = 2;  ///< instances per entity of the larger end, of each relation
};

/// A random enterprise graph for property tests, the same for the same seed and options everywhere.
/// Firms f0, f1, … stand in several districts of Chongqing, in Chengdu and in Shenzhen, some
/// nowhere known; segments s0, s1, … form a taxonomy of up to three levels; all relations occur,
/// with cycles in `requires`, with and without amounts, shares, coefficients, years and
/// confidences; some firms are anchors or at risk. Some firms relate to nothing.
[[nodiscard]] EnterpriseGraph random_graph(std::uint64_t seed,
                                           const RandomGraphOptions& options = {});

}  // namespace liantu::test
