#pragma once

#include <cstdint>
#include <string_view>

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

/// The way into a builder, for sources and tests of this project.
struct BuilderAccess {
  /// For tests: reaching the real limits takes more memory than a test has.
  static void set_limits(GraphBuilder& builder, const detail::GraphLimits& limits);
  /// Number of a text among those the builder holds; a new one gets the next. The empty text is 0.
  /// For readers that ask which names were added before, so that they need no table of their own.
  [[nodiscard]] static std::uint32_t intern(GraphBuilder& builder, std::string_view text);
  /// Brings near what intern() of a text will look at.
  static void prefetch(const GraphBuilder& builder, std::string_view text);
};

}  // namespace liantu
