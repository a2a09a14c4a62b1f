#include "report/formats/cell_text.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

#include <fmt/format.h>

#include "liantu/base/text/display_width.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

std::string number_text(double value, bool whole) {
  const std::string text = whole ? fmt::format("{:.0f}", value) : fmt::format("{:.2f}", value);
  return text == "-0" || text == "-0.00" ? text.substr(1) : text;
}

}  // namespace

bool stands_right(CellKind kind) {
  return kind == CellKind::Number || kind == CellKind::Money || kind == CellKind::Share;
}

bool all_whole(const Sheet& sheet, std::size_t column) {
  return std::all_of(sheet.rows.begin(), sheet.rows.end(), [&](const auto& row) {
    const double* value = column < row.size() ? std::get_if<double>(&row[column]) : nullptr;
    return value == nullptr || *value == std::floor(*value);
  });
}

std::string cell_text(const SheetCell& cell, CellKind kind, bool whole, Language language) {
  if (const std::string* text = std::get_if<std::string>(&cell)) {
    return text->empty() ? "-" : printable(*text);
  }
  const double* value = std::get_if<double>(&cell);
  if (value == nullptr || !std::isfinite(*value)) return "-";
  switch (kind) {
    case CellKind::Money:
      return compact_money(*value, language);
    case CellKind::Share:
      return fmt::format("{:.1f}%", *value * 100);
    case CellKind::Code:
      return plain_number(*value);
    case CellKind::Text:
    case CellKind::Number:
      break;
  }
  return number_text(*value, whole);
}

}  // namespace liantu
