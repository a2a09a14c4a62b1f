#include "report/drawings/board_lines.hpp"

#include <algorithm>

#include "liantu/base/text/display_width.hpp"
#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

// Where a line may rather end: before a star or bracket that belongs to what follows, or behind the
// last comma, so that what stands between two stays in one piece; 0 = nowhere.
std::size_t better_end(std::string_view line) {
  std::size_t end = 0;
  for (const std::string_view comma : {", ", ": ", "，", "、", "："}) {
    const std::size_t at = line.rfind(comma);
    if (at != std::string_view::npos) end = std::max(end, at + comma.size());
  }
  const std::size_t bracket = line.rfind("（");
  const bool open =
      bracket != std::string_view::npos && line.find("）", bracket) == std::string_view::npos;
  if (open) return std::max(end, bracket);
  return end;
}

}  // namespace

double em_width(std::string_view text) {
  constexpr double kLatin = 0.58;
  double width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) width += byte < 0x80 ? kLatin : 1;
  }
  return width;
}

std::vector<std::string> broken(std::string_view text, double em) {
  for (auto columns = static_cast<std::size_t>(std::max(2.0, em * 2));; --columns) {
    std::vector<std::string> lines = wrap_width(text, columns);
    const bool fits =
        std::ranges::all_of(lines, [&](const std::string& line) { return em_width(line) <= em; });
    if (!fits && columns > 2) continue;
    std::size_t from = text.find(lines.front());  // of the line in the text
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
      const std::size_t end = better_end(lines[i]);
      const std::size_t next = text.find(lines[i + 1], from + lines[i].size());
      const std::string_view moved =
          text.substr(from + end, next + lines[i + 1].size() - from - end);
      const bool better = end > 0 && end < lines[i].size() && em_width(moved) <= em;
      if (better) {
        lines[i] = trim(text.substr(from, end));
        lines[i + 1] = moved;
      }
      from = better ? from + end : next;
    }
    return lines;
  }
}

std::vector<std::string> limited(std::string_view text, double em) {
  std::vector<std::string> lines = broken(text, em);
  if (lines.size() > kMostLines) {
    lines.resize(kMostLines);
    lines.back() =
        fit_width(lines.back() + "……", static_cast<std::size_t>(std::max(2.0, em * 1.7)));
  }
  return lines;
}

}  // namespace liantu
