// A snapshot of any bytes is either refused with an Error or can be walked to the last element and
// written again to a file that reads the same.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "support/snapshot_repair.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/graph/snapshot.hpp"

namespace {

using namespace liantu;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

/// Adds up something of every byte of a text, so that reading it cannot be optimised away.
std::size_t touch(std::string_view text) {
  std::size_t sum = text.size();
  for (const char c : text) sum += static_cast<unsigned char>(c);
  return sum;
}

void walk_entities(const EnterpriseGraph& graph, std::size_t& sum) {
  for (std::uint32_t v = 0; v < graph.size(); ++v) {
    const EntityId id{v};
    const EntityKind kind = graph.kind(id);
    require(graph.entity(kind, graph.local(id)) == id);
    require(!graph.name(id).empty());
    sum += touch(graph.name(id));
    for (std::size_t t = 0; t < kEntityTextCount; ++t) {
      sum += touch(graph.text(id, static_cast<EntityText>(t)));
      for (const auto part : graph.list(id, static_cast<EntityText>(t))) sum += touch(part);
    }
    for (std::size_t n = 0; n < kEntityNumberCount; ++n) {
      const auto figure = graph.number(id, static_cast<EntityNumber>(n));
      require(!figure || (figure->value >= 0 && figure->basis <= Basis::Inferred));
    }
    require(graph.region(id).code.value() <= 999999);
    require(graph.founded(id).month <= 12);
    require(raw(graph.provenance(id).source) < graph.sources().size());
    if (kind == EntityKind::Firm) sum += graph.anchor(FirmId{graph.local(id)}) ? 1 : 0;
    if (kind == EntityKind::Organization) {
      for (const RegionCode region : graph.covered_regions(OrganizationId{graph.local(id)})) {
        require(region.known());
      }
    }
  }
}

void walk_relation(const EnterpriseGraph& graph, RelationKind kind, std::size_t& sum) {
  const Relation relation = graph.relation(kind);
  std::uint64_t out = 0;
  std::uint64_t in = 0;
  for (std::uint32_t v = 0; v < graph.size(); ++v) {
    const EntityId id{v};
    const EdgeRange range = relation.out_edges(id);
    require(range.first == out || range.empty());
    out += range.size();
    for (std::uint64_t e = range.first; e < range.last; ++e) {
      const EdgeId edge{e};
      const EntityId to = relation.target(edge);
      require(relation.source(edge) == id && relation.connects(id, to));
      require(relation_allows(kind, graph.kind(id), graph.kind(to)));
      if (const auto segment = relation.segment(edge)) {
        sum += touch(graph.name(graph.entity(*segment)));
      }
      for (std::size_t n = 0; n < kEdgeNumberCount; ++n) {
        const auto number = relation.number(edge, static_cast<EdgeNumber>(n));
        require(!number || *number >= 0);
      }
      sum += touch(relation.detail(edge));
      sum += touch(graph.source(relation.provenance(edge).source).file);
    }
    const auto sources = relation.sources(id);
    const auto in_edges = relation.in_edges(id);
    require(sources.size() == in_edges.size());
    in += sources.size();
    for (std::size_t i = 0; i < sources.size(); ++i) {
      require(relation.target(EdgeId{in_edges[i]}) == id);
      require(relation.source(EdgeId{in_edges[i]}) == sources[i]);
    }
  }
  require(out == relation.size() && in == relation.size());
}

void read(const std::string& bytes) {
  EnterpriseGraph graph;
  try {
    graph = read_snapshot_bytes(std::as_bytes(std::span(bytes)), "fuzz", Verify::Full);
  } catch (const Error& error) {
    require(error.code() == ErrorCode::InvalidData && !error.message().zh.empty());
    return;
  }
  std::size_t sum = 0;
  walk_entities(graph, sum);
  for (const RelationKind kind : kRelationKinds) walk_relation(graph, kind, sum);
  for (const Source& source : graph.sources()) sum += touch(source.file) + touch(source.citation);
  for (const Conflict& conflict : graph.conflicts()) {
    require(raw(conflict.edge) < graph.relation(conflict.relation).size());
    require(raw(conflict.provenance.source) < graph.sources().size());
  }
  for (const EntityKind kind : kEntityKinds) sum += graph.find(kind, "甲").size();
  require(sum != SIZE_MAX);

  const std::string written = snapshot_bytes(graph);
  const EnterpriseGraph again =
      read_snapshot_bytes(std::as_bytes(std::span(written)), "again", Verify::Full);
  require(snapshot_bytes(again) == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  read(bytes);
  // Nearly every change breaks a checksum; the second attempt looks behind them.
  liantu::test::repair_snapshot(bytes);
  read(bytes);
  return 0;
}
