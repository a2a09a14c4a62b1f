#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// Options of draw_svg().
struct DrawOptions {
  /// Graphviz program: a path, or a name looked up in the absolute folders of PATH.
  std::string program = "dot";
  std::chrono::seconds limit{120};                        ///< longest time it may take; ≥ 1 s
  std::uint64_t memory_bytes = std::uint64_t{4} << 30;    ///< most memory; ≥ 64 MiB
  std::uint64_t output_bytes = std::uint64_t{256} << 20;  ///< largest drawing
  std::string description;  ///< said of the drawing in its `<desc>`; empty = none
  std::stop_token stop{};   ///< ends the program early
};

/// Draws DOT as SVG by running Graphviz.
///
/// @param dot  What map_dot() or relations_dot() wrote.
/// @return     The SVG document.
/// @throws Error{NotFound}, saying what to install, if the program is not there;
///         Error{LimitReached} if it takes more time or memory than it may, draws more, or the
///         system starts no further process or opens no further file;
///         Error{Io} with its own words if it fails, or if it cannot be run; Error{InvalidArgument}
///         if a limit is below its least; Error{Cancelled}. It has ended in every case.
[[nodiscard]] std::string draw_svg(std::string_view dot, const DrawOptions& options = {});

}  // namespace liantu
