#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "fuzz/fuzz.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu::fuzz {

/// A small graph that every input is: kinds of relations, ends and figures as the bytes choose
/// them.
[[nodiscard]] inline EnterpriseGraph graph_of(Bytes& bytes) {
  constexpr std::array kRegions = {500104U, 500107U, 440305U, 0U};
  GraphBuilder builder;
  const std::array<std::uint32_t, 5> sizes = {2 + bytes.below(8), 1 + bytes.below(6),
                                              1 + bytes.below(3), 1 + bytes.below(3), 1};
  for (const EntityKind kind : kEntityKinds) {
    for (std::uint32_t i = 0; i < sizes.at(static_cast<std::size_t>(kind)); ++i) {
      const EntityRef node =
          builder.add(kind, std::string(1, "fspot"[static_cast<int>(kind)]) + std::to_string(i));
      if (kind != EntityKind::Firm) continue;
      builder.set_region(node, {RegionCode{kRegions.at(bytes.below(4))}, Basis::Stated});
      if (bytes.below(2) == 0) {
        builder.set(node, EntityNumber::Revenue, {10.0 * bytes.below(100), Basis::Stated});
      }
    }
  }
  constexpr std::array kEnds = {std::pair{EntityKind::Firm, EntityKind::Firm},
                                std::pair{EntityKind::Firm, EntityKind::Segment},
                                std::pair{EntityKind::Firm, EntityKind::Segment},
                                std::pair{EntityKind::Segment, EntityKind::Segment},
                                std::pair{EntityKind::Segment, EntityKind::Segment},
                                std::pair{EntityKind::Firm, EntityKind::Firm},
                                std::pair{EntityKind::Person, EntityKind::Firm},
                                std::pair{EntityKind::Firm, EntityKind::Organization},
                                std::pair{EntityKind::Firm, EntityKind::Firm},
                                std::pair{EntityKind::Firm, EntityKind::Site}};
  while (!bytes.empty()) {
    const RelationKind kind = kRelationKinds.at(bytes.below(kRelationKinds.size()));
    const auto [from_kind, to_kind] = kEnds.at(static_cast<std::size_t>(kind));
    std::uint32_t from = bytes.below(sizes.at(static_cast<std::size_t>(from_kind)));
    std::uint32_t to = bytes.below(sizes.at(static_cast<std::size_t>(to_kind)));
    if (from_kind == to_kind && from == to) continue;
    // A parent has a smaller number: no cycle.
    if (kind == RelationKind::PartOf && from < to) std::swap(from, to);
    EdgeAttributes attributes;
    Provenance provenance;
    const std::uint32_t figures = bytes.below(256);
    const bool has_amount = kind == RelationKind::Supplies || kind == RelationKind::Makes;
    if (has_amount && figures % 2 == 0) attributes.amount = 10.0 * (figures / 2);
    if (kind == RelationKind::Requires && figures % 4 != 0)
      attributes.coefficient = figures / 512.0;
    if (kind == RelationKind::Supplies && figures % 3 == 0) {
      attributes.segment = SegmentId{figures % sizes[1]};
    }
    provenance.confidence = 1 - 0.25F * static_cast<float>(figures % 3);
    if (figures % 5 == 0) provenance.as_of.year = static_cast<std::int16_t>(2018 + figures % 4);
    builder.relate(kind, EntityRef(from_kind, from), EntityRef(to_kind, to), attributes,
                   provenance);
  }
  return builder.build();
}

}  // namespace liantu::fuzz
