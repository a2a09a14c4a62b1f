#pragma once

#include <cstdint>
#include <type_traits>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// Entity of any kind, numbered over the whole graph; the vertex of the Boost.Graph bridge.
enum class EntityId : std::uint32_t {};

/// Entities numbered within their kind.
enum class FirmId : std::uint32_t {};
enum class SegmentId : std::uint32_t {};
enum class PersonId : std::uint32_t {};
enum class OrganizationId : std::uint32_t {};
enum class SiteId : std::uint32_t {};

/// Relation instance, numbered within its RelationKind; the out- and the in-adjacency share it.
enum class EdgeId : std::uint64_t {};

/// File, sheet or citation that rows came from.
enum class SourceId : std::uint32_t {};

/// The number inside a strong id.
template <typename Id>
[[nodiscard]] constexpr std::underlying_type_t<Id> raw(Id id) noexcept {
  return static_cast<std::underlying_type_t<Id>>(id);
}

}  // namespace liantu
