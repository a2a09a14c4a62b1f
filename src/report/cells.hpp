#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>

#include "liantu/base/basis.hpp"
#include "liantu/base/sheet.hpp"

namespace liantu {

/// Cells of sheets; what is not known is an empty one.
[[nodiscard]] inline SheetCell words(std::string text) {
  if (text.empty()) return std::monostate{};
  return text;
}

[[nodiscard]] inline SheetCell amount(const std::optional<double>& value) {
  if (!value) return std::monostate{};
  return *value;
}

[[nodiscard]] inline SheetCell amount(const std::optional<Figure>& figure) {
  if (!figure) return std::monostate{};
  return figure->value;
}

[[nodiscard]] inline SheetCell count(std::size_t number) { return static_cast<double>(number); }

}  // namespace liantu
