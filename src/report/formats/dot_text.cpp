#include "report/formats/dot_text.hpp"

#include <algorithm>

#include "liantu/base/text/display_width.hpp"
#include "liantu/base/text/unwritable.hpp"
#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

constexpr std::size_t kLineWidth = 20;  // columns of a line in a box: ten Chinese characters
constexpr std::size_t kMostLines = 3;

}  // namespace

std::string dot_escaped(std::string_view text) {
  constexpr std::size_t kMostCharacters = 400;
  std::u32string characters = to_utf32(text);
  if (characters.size() > kMostCharacters) {
    characters.resize(kMostCharacters - 1);
    characters += U'…';
  }
  std::string result;
  for (const char32_t c : characters) {
    if (c == U'\t' || c == U'\n' || c == U'\r') {
      result += ' ';
    } else if (unwritable(c)) {
      result += to_utf8(std::u32string_view(&kReplacement, 1));
    } else if (c == U'"') {
      result += "\\\"";
    } else if (c == U'\\') {
      result += "\\\\";
    } else if (c == U'&') {
      result += "&amp;";
    } else {
      result += to_utf8(std::u32string_view(&c, 1));
    }
  }
  return result;
}

std::vector<std::string> dot_lines(std::string_view text) {
  const std::string_view whole = trim(text);
  const std::size_t total = display_width(whole);
  const std::size_t parts = std::max<std::size_t>(1, (total + kLineWidth - 1) / kLineWidth);
  // One column more than an even share: a wide character may not be halved.
  const std::size_t limit = std::min(kLineWidth, (total + parts - 1) / parts + 1);
  std::vector<std::string> lines;
  std::u32string line;
  std::size_t width = 0;
  std::size_t blank = 0;  // last place in `line` where it may be broken; 0 = nowhere
  for (const char32_t c : to_utf32(whole)) {
    const std::size_t step = display_width(to_utf8(std::u32string_view(&c, 1)));
    if (width + step > limit && !line.empty()) {
      std::u32string rest;
      if (c != U' ' && blank > 0) {
        rest = line.substr(blank + 1);
        line.resize(blank);
      }
      lines.push_back(to_utf8(line));
      line = std::move(rest);
      width = display_width(to_utf8(line));
      blank = 0;
      if (c == U' ') continue;
    }
    if (c == U' ') blank = line.size();
    line += c;
    width += step;
  }
  if (!line.empty()) lines.push_back(to_utf8(line));
  if (lines.size() > kMostLines) {
    lines.resize(kMostLines);
    lines.back() = fit_width(lines.back() + "……", limit);
  }
  return lines;
}

std::string dot_label(const std::vector<std::string>& lines) {
  std::string result;
  for (const std::string& line : lines) {
    if (!result.empty()) result += "\\n";
    result += dot_escaped(line);
  }
  return result;
}

}  // namespace liantu
