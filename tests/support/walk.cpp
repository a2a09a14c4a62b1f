#include "support/walk.hpp"

#include <sstream>

namespace liantu::test {
namespace {

void write(std::ostream& out, const Date& date) {
  out << date.year << '-' << int{date.month} << '-' << int{date.day} << ' ';
}

void write(std::ostream& out, const Provenance& p) {
  out << " [" << raw(p.source) << ':' << p.row << ' ' << static_cast<int>(p.basis) << ' '
      << p.confidence << ' ';
  write(out, p.since);
  write(out, p.until);
  write(out, p.as_of);
  out << ']';
}

void write_entity(std::ostream& out, const EnterpriseGraph& graph, EntityId id) {
  out << raw(id) << ' ' << entity_word(graph.kind(id)) << ' ' << graph.local(id) << ' '
      << graph.name(id);
  for (std::size_t t = 0; t < kEntityTextCount; ++t) {
    const auto which = static_cast<EntityText>(t);
    out << '|' << graph.text(id, which);
    for (const std::string_view part : graph.list(id, which)) out << '/' << part;
  }
  for (std::size_t n = 0; n < kEntityNumberCount; ++n) {
    out << '|';
    if (const auto figure = graph.number(id, static_cast<EntityNumber>(n))) {
      out << figure->value << ' ' << static_cast<int>(figure->basis);
      if (const int year = graph.number_year(id, static_cast<EntityNumber>(n)); year != 0) {
        out << ' ' << year;
      }
    }
  }
  out << '|' << graph.region(id).code.value() << ' ' << static_cast<int>(graph.region(id).basis)
      << '|';
  write(out, graph.founded(id));
  if (graph.kind(id) == EntityKind::Firm) out << graph.anchor(FirmId{graph.local(id)});
  if (graph.kind(id) == EntityKind::Organization) {
    for (const RegionCode region : graph.covered_regions(OrganizationId{graph.local(id)})) {
      out << " covers " << region.value();
    }
  }
  write(out, graph.provenance(id));
  out << '\n';
}

void write_relation(std::ostream& out, const EnterpriseGraph& graph, RelationKind kind) {
  const Relation relation = graph.relation(kind);
  out << relation_word(kind) << ' ' << relation.size() << '\n';
  for (std::uint32_t v = 0; v < graph.size(); ++v) {
    const EntityId from{v};
    const EdgeRange range = relation.out_edges(from);
    for (std::uint64_t e = range.first; e < range.last; ++e) {
      const EdgeId edge{e};
      const EntityId to = relation.target(edge);
      out << e << ' ' << raw(relation.source(edge)) << "->" << raw(to) << ' '
          << raw(relation.targets(from)[e - range.first]) << ' ' << relation.connects(from, to)
          << ' ' << relation.connects(to, from);
      if (const auto segment = relation.segment(edge)) out << " of " << raw(*segment);
      for (std::size_t n = 0; n < kEdgeNumberCount; ++n) {
        out << '|';
        if (const auto number = relation.number(edge, static_cast<EdgeNumber>(n))) out << *number;
      }
      out << '|' << relation.detail(edge);
      write(out, relation.provenance(edge));
      out << '\n';
    }
    const auto sources = relation.sources(from);
    const auto in_edges = relation.in_edges(from);
    for (std::size_t i = 0; i < sources.size(); ++i) {
      out << v << "<-" << raw(sources[i]) << ' ' << in_edges[i] << '\n';
    }
  }
}

}  // namespace

std::string walk(const EnterpriseGraph& graph) {
  std::ostringstream out;
  out.precision(17);
  for (std::uint32_t v = 0; v < graph.size(); ++v) write_entity(out, graph, EntityId{v});
  for (const RelationKind kind : kRelationKinds) write_relation(out, graph, kind);
  for (const Source& source : graph.sources()) {
    out << source.file << '|' << source.sheet << '|' << source.citation << '\n';
  }
  for (const Conflict& c : graph.conflicts()) {
    out << relation_word(c.relation) << ' ' << raw(c.edge) << ' ' << static_cast<int>(c.number)
        << ' ' << c.value;
    write(out, c.provenance);
    out << '\n';
  }
  return out.str();
}

}  // namespace liantu::test
