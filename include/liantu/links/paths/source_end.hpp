#pragma once

#include <cstdint>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// From which end of a relation links are ranked: a source stands at this end, the entities that
/// are ranked for it at the other one.
enum class SourceEnd : std::uint8_t {
  From,  ///< `supplies`: for a supplier its customers
  To,    ///< `supplies`: for a customer its suppliers
};

}  // namespace liantu
