#pragma once

#include <string>

#include "report/formats/drawing.hpp"

namespace liantu {

/// A drawing in Graphviz's DOT, which lays it out. Names are escaped, fonts can show Chinese.
///
/// @return  The same text for the same input.
[[nodiscard]] std::string write_dot(const Drawing& drawing);

}  // namespace liantu
