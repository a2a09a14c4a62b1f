#include "liantu/base/display_width.hpp"

#include <unicode/uchar.h>

#include "base/code_point.hpp"

namespace liantu {
namespace {

constexpr std::string_view kEllipsis = "…";

/// Columns of one character. East Asian *ambiguous* characters count as one, as terminals show them
/// outside of legacy code pages.
std::size_t columns_of(const CodePoint& next) {
  if (!next.valid) return 1;
  const auto c = static_cast<UChar32>(next.value);
  if (c < 0x300) return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD ? 0 : 1;
  switch (u_charType(c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  switch (u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH)) {
    case U_EA_WIDE:
    case U_EA_FULLWIDTH:
      return 2;
    default:
      return 1;
  }
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint next = decode_at(text, at);
    width += columns_of(next);
    at += next.bytes;
  }
  return width;
}

std::string fit_width(std::string_view text, std::size_t width) {
  std::size_t used = 0;
  std::size_t cut = 0;  // longest prefix that leaves a column for the ellipsis
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint next = decode_at(text, at);
    used += columns_of(next);
    at += next.bytes;
    if (used > width) {
      return width == 0 ? std::string() : std::string(text.substr(0, cut)).append(kEllipsis);
    }
    if (used < width) cut = at;
  }
  return std::string(text);
}

std::string pad_width(std::string_view text, std::size_t width, Align align) {
  const std::size_t used = display_width(text);
  const std::string blanks(used < width ? width - used : 0, ' ');
  std::string out(text);
  return align == Align::Left ? out + blanks : blanks + out;
}

}  // namespace liantu
