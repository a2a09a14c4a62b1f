#pragma once

#include <cstdint>

#include "liantu/graph/builder.hpp"

namespace liantu {

namespace detail {

/// How much a graph holds at most: what ids of 32 bits tell apart, one value of them left for
/// "none".
struct GraphLimits {
  std::uint64_t entities = 0xFFFF'FFFE;   ///< of all kinds together
  std::uint64_t instances = 0xFFFF'FFFF;  ///< of each relation
};

}  // namespace detail

/// The way to a builder's limits, for the tests of this room: reaching the real ones takes more
/// memory than a test has.
struct BuilderAccess {
  static void set_limits(GraphBuilder& builder, const detail::GraphLimits& limits);
};

}  // namespace liantu
