#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>

#include "liantu/base/files/sheet.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "report/words/words.hpp"

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

/// `≥ 4亿` where needs of unknown amount may raise it.
[[nodiscard]] inline SheetCell demand_cell(const GapFigures& gap, Language language) {
  if (!gap.demand || gap.needs_unknown == 0) return amount(gap.demand);
  return "≥ " + compact_money(gap.demand->value, language);
}

[[nodiscard]] inline SheetCell count(std::size_t number) { return static_cast<double>(number); }

}  // namespace liantu
