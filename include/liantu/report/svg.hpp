#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <string_view>

namespace liantu {

/// Options of draw_svg().
struct DrawOptions {
  std::string program = "dot";      ///< Graphviz program, looked up in PATH
  std::chrono::seconds limit{120};  ///< longest time it may take; ≥ 1 s
  std::string description;          ///< said of the drawing in its `<desc>`; empty = none
  std::stop_token stop{};           ///< ends the program early
};

/// Draws DOT as SVG by running Graphviz.
///
/// @param dot  What map_dot() or relations_dot() wrote.
/// @return     The SVG document.
/// @throws Error{NotFound}, saying what to install, if the program is not there;
///         Error{LimitReached} if it takes too long or draws more than 256 MiB; Error{InvalidData}
///         with its own words if it fails; Error{InvalidArgument} if the limit is below 1 s;
///         Error{Io}; Error{Cancelled}.
[[nodiscard]] std::string draw_svg(std::string_view dot, const DrawOptions& options = {});

}  // namespace liantu
