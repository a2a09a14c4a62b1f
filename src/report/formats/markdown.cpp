#include "liantu/report/formats/markdown.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "liantu/base/text/display_width.hpp"
#include "report/formats/cell_text.hpp"
#include "report/formats/stopped.hpp"

namespace liantu {

std::string markdown_text(std::string_view words) {
  constexpr std::string_view kMarks = "\\`*_{}[]<>#|~&";
  std::string lines(words);
  std::ranges::replace_if(
      lines, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  std::string text;
  for (const char c : printable(lines)) {
    if (kMarks.find(c) != std::string_view::npos) text += '\\';
    text += c;
  }
  // What begins a line may make a list or a rule of it.
  const bool list = text.starts_with('-') || text.starts_with('+');
  return list ? '\\' + text : text;
}

std::string render_markdown(const Sheet& sheet, Language language, int level,
                            const std::stop_token& stop) {
  std::string out;
  const std::string& title = sheet.title.in(language);
  if (!title.empty()) {
    out += std::string(static_cast<std::size_t>(std::clamp(level, 1, 6)), '#') + ' ' +
           markdown_text(title) + "\n\n";
  }
  for (const Text& said : sheet.summary) out += markdown_text(said.in(language)) + "\n\n";
  if (!sheet.rows.empty()) {
    std::string rule = "|";
    out += '|';
    std::vector<bool> whole;
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
      const SheetColumn& column = sheet.columns[i];
      out += ' ' + markdown_text(column.heading.in(language)) + " |";
      rule += stands_right(column.kind) ? " ---: |" : " --- |";
      whole.push_back(all_whole(sheet, i));
    }
    out += '\n' + rule + '\n';
    for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
      if (r % kRowsApart == 0) check_stop(stop, kWritingStopped);
      out += '|';
      for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
        const SheetCell cell = i < sheet.rows[r].size() ? sheet.rows[r][i] : SheetCell();
        std::string text = cell_text(cell, sheet.columns[i].kind, whole[i], language);
        text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
        out += text == "-" ? " - |" : ' ' + markdown_text(text) + " |";
      }
      out += '\n';
    }
    out += '\n';
  }
  for (const Text& said : sheet.notes) out += "- " + markdown_text(said.in(language)) + '\n';
  if (!sheet.notes.empty()) out += '\n';
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace liantu
