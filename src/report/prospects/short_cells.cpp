#include "report/prospects/short_cells.hpp"

#include <utility>

#include "liantu/base/text/display_width.hpp"
#include "liantu/base/values/basis.hpp"

namespace liantu {

bool CellRoom::holds(std::string_view text) const {
  // A Chinese character is a little wider than two digits of the font that widths are counted in.
  constexpr double kDigits = 1.1;
  const auto room = static_cast<std::size_t>(static_cast<double>(width - 1) / kDigits);
  return display_width(text) <= room || wrap_width(text, room).size() <= lines;
}

namespace {

// As much of a text as fits.
std::string cut(std::string text, const CellRoom& room) {
  if (room.holds(text)) return text;
  std::string told;
  for (std::size_t width = room.width * room.lines; width > 2; --width) {
    told = fit_width(text, width);
    if (room.holds(told)) break;
  }
  return told;
}

// Without what stands in brackets, unless that says what a figure rests on.
std::string without_asides(std::string_view text, Language language) {
  const std::string_view open = language == Language::Zh ? "（" : " (";
  const std::string_view close = language == Language::Zh ? "）" : ")";
  std::string told;
  while (!text.empty()) {
    const std::size_t begin = text.find(open);
    const std::size_t end = begin == text.npos ? begin : text.find(close, begin);
    if (end == text.npos) break;
    const std::string_view inside = text.substr(begin + open.size(), end - begin - open.size());
    bool basis = false;
    for (const Basis one : {Basis::Stated, Basis::Estimated, Basis::Inferred, Basis::Counted}) {
      basis = basis || inside.ends_with(basis_text(one).in(language));
    }
    told += text.substr(0, basis ? end + close.size() : begin);
    text.remove_prefix(end + close.size());
  }
  return told += text;
}

}  // namespace

std::string few_names(const std::vector<std::string>& names, Counter counter, Language language,
                      const CellRoom& room) {
  std::string told;
  for (std::size_t shown = names.size(); shown > 0; --shown) {
    told = join_names(names, shown, counter, language);
    if (room.holds(told)) break;
  }
  return cut(std::move(told), room);
}

std::string first_clauses(const std::string& text, Language language, const CellRoom& room) {
  if (room.holds(text)) return text;
  const std::string brief = without_asides(text, language);
  const std::string_view between = language == Language::Zh ? "；" : "; ";
  std::string told;
  for (std::size_t end = brief.find(between); end != std::string::npos;
       end = brief.find(between, end + between.size())) {
    const std::string more = brief.substr(0, end) + "…";
    if (!room.holds(more)) break;
    told = more;
  }
  return told.empty() ? cut(brief, room) : told;
}

}  // namespace liantu
