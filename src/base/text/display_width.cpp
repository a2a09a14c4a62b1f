#include "liantu/base/text/display_width.hpp"

#include <unicode/uchar.h>

#include "base/text/code_point.hpp"
#include "liantu/base/text/unwritable.hpp"
#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

constexpr std::string_view kEllipsis = "…";

/// Columns of one character. East Asian *ambiguous* characters count as one, as terminals show them
/// outside of legacy code pages.
std::size_t columns_of(const CodePoint& next) {
  if (!next.valid) return 1;
  const auto c = static_cast<UChar32>(next.value);
  if (c >= 0x4E00 && c <= 0x9FFF) return 2;  // most of what Chinese is written in
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

// Characters that may not begin a line, and such that may not end one.
constexpr std::u32string_view kClosing = U"，。、；：！？…）】》」』”’％·,.;:!?)]}%";
constexpr std::u32string_view kOpening = U"（【《「『“‘([{";

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

std::vector<std::string> wrap_width(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::size_t begin = 0;      // of the line
  std::size_t used = 0;       // columns of the line up to `at`
  std::size_t end = 0;        // where the line may end; `begin` when nowhere yet
  std::size_t next = 0;       // where the line after that begins
  std::size_t next_used = 0;  // columns of the line up to `next`
  char32_t before = U' ';
  bool was_wide = false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint character = decode_at(text, at);
    const std::size_t columns = columns_of(character);
    const char32_t c = character.valid ? character.value : U'?';
    const bool wide = columns == 2;
    const bool may_break =
        before == U' ' || ((wide || was_wide) && kClosing.find(c) == std::u32string_view::npos &&
                           kOpening.find(before) == std::u32string_view::npos);
    if (c != U' ' && at > begin && may_break) {
      next = at;
      next_used = used;
      if (before != U' ') end = at;
    }
    while (used + columns > width && c != U' ' && at > begin) {
      if (end == begin) {  // nowhere to break: inside the word
        end = next = at;
        next_used = used;
      }
      lines.emplace_back(text.substr(begin, end - begin));
      begin = end = next;
      used -= next_used;
      next_used = 0;
    }
    if (c == U' ' && before != U' ' && at > begin) end = at;
    used += columns;
    at += character.bytes;
    before = c;
    was_wide = wide;
  }
  std::string_view last = text.substr(begin);
  last = last.substr(0, last.find_last_not_of(' ') + 1);
  if (!last.empty() || lines.empty()) lines.emplace_back(last);
  return lines;
}

std::string printable(std::string_view text, std::string_view keep) {
  std::u32string characters = to_utf32(text);
  for (char32_t& c : characters) {
    if (unwritable(c) && (c >= 0x80 || keep.find(static_cast<char>(c)) == std::string_view::npos)) {
      c = c == U'\t' || c == U'\n' || c == U'\r' ? U' ' : kReplacement;
    }
  }
  return to_utf8(characters);
}

std::string pad_width(std::string_view text, std::size_t width, Align align) {
  const std::size_t used = display_width(text);
  const std::string blanks(used < width ? width - used : 0, ' ');
  std::string out(text);
  return align == Align::Left ? out + blanks : blanks + out;
}

}  // namespace liantu
