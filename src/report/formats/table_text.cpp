#include "liantu/report/formats/table_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "liantu/base/text/display_width.hpp"
#include "liantu/base/text/utf8.hpp"
#include "report/formats/cell_text.hpp"
#include "report/formats/stopped.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

constexpr std::string_view kGutter = "  ";
constexpr std::string_view kIndent = "    ";  // of what stands below its row
constexpr std::size_t kReadable = 120;  // columns of what stands there where no width is given

// A sheet as words, with what is needed to lay it out.
class Table {
 public:
  Table(const Sheet& sheet, const TableStyle& style) : sheet_(sheet), style_(style) {
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
      const bool whole = all_whole(sheet, i);
      Column& column = columns_.emplace_back();
      column.heading = printable(sheet.columns[i].heading.in(style.language));
      column.align = stands_right(sheet.columns[i].kind) ? Align::Right : Align::Left;
      for (const auto& row : sheet.rows) {
        if (column.cells.size() % kRowsApart == 0) check_stop(style.stop, kWritingStopped);
        column.cells.push_back(
            i < row.size() ? cell_text(row[i], sheet.columns[i].kind, whole, style.language) : "-");
        column.cell_width = std::max(column.cell_width, display_width(column.cells.back()));
      }
      column.width = std::max(column.cell_width, display_width(column.heading));
      column.headings = {column.heading};
      column.inside = !sheet.columns[i].below;
    }
  }

  std::string text() {
    paragraph(sheet_.title.in(style_.language));
    for (const Text& said : sheet_.summary) paragraph(said.in(style_.language));
    if (!sheet_.rows.empty()) {
      if (style_.width > 0) fit();
      head();
      for (std::size_t row = 0; row < sheet_.rows.size(); ++row) {
        if (row % kRowsApart == 0) check_stop(style_.stop, kWritingStopped);
        body(row);
      }
    }
    for (const Text& note : sheet_.notes) paragraph(note.in(style_.language));
    return std::move(out_);
  }

 private:
  struct Column {
    std::string heading;
    std::vector<std::string> headings;  // the same on the lines it takes
    std::vector<std::string> cells;
    Align align = Align::Left;
    std::size_t cell_width = 0;
    std::size_t width = 0;
    bool inside = true;  // in the row's line; else below it
  };

  void paragraph(std::string_view words) {
    if (words.empty()) return;
    for (const std::string& line : wrapped(printable(words), style_.width)) out_ += line + '\n';
  }

  static std::vector<std::string> wrapped(const std::string& words, std::size_t width) {
    if (width == 0) return {words};
    return wrap_width(words, std::max<std::size_t>(width, 2));
  }

  [[nodiscard]] std::size_t total() const {
    std::size_t total = 0;
    for (const Column& column : columns_) {
      if (column.inside) total += column.width + (total > 0 ? kGutter.size() : 0);
    }
    return total;
  }

  void fit() {
    if (total() <= style_.width) return;
    for (Column& column : columns_) {
      column.headings = in_two(column.heading);
      column.width = column.cell_width;
      for (const std::string& words : column.headings) {
        column.width = std::max(column.width, display_width(words));
      }
    }
    while (total() > style_.width) next_to_leave().inside = false;
  }

  // A heading on two lines as short as can be, broken at a blank or before a bracket; else on one.
  static std::vector<std::string> in_two(const std::string& heading) {
    std::vector<std::string> best = {heading};
    std::size_t width = display_width(heading);
    for (const std::string_view mark : {" ", "（"}) {
      for (std::size_t at = heading.find(mark, 1); at != std::string::npos;
           at = heading.find(mark, at + 1)) {
        const std::string first = heading.substr(0, at);
        const std::string second = heading.substr(mark == " " ? at + 1 : at);
        const std::size_t here = std::max(display_width(first), display_width(second));
        if (here >= width) continue;
        width = here;
        best = {first, second};
      }
    }
    return best;
  }

  // The widest text column, else the last that does not lead, else the last.
  Column& next_to_leave() {
    Column* widest = nullptr;
    Column* last = nullptr;
    Column* any = &columns_.front();  // there is one inside
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      Column& column = columns_[i];
      if (!column.inside) continue;
      any = &column;
      if (sheet_.columns[i].lead) continue;
      last = &column;
      if (sheet_.columns[i].kind != CellKind::Text) continue;
      if (widest == nullptr || column.width > widest->width) widest = &column;
    }
    return widest != nullptr ? *widest : last != nullptr ? *last : *any;
  }

  template <typename Words>
  void line(Words words) {
    std::string text;
    bool first = true;
    for (const Column& column : columns_) {
      if (!column.inside) continue;
      if (!first) text += kGutter;
      first = false;
      text += pad_width(words(column), column.width, column.align);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out_ += text;
  }

  void head() {
    std::size_t lines = 0;
    for (const Column& column : columns_) {
      if (column.inside) lines = std::max(lines, column.headings.size());
    }
    for (std::size_t i = 0; i < lines; ++i) {
      if (style_.colour) out_ += "\x1b[1m";
      line([&](const Column& column) -> std::string {
        // Words of one line stand just above the rule.
        const std::size_t above = lines - column.headings.size();
        return i < above ? std::string() : column.headings[i - above];
      });
      if (style_.colour) out_ += "\x1b[0m";
      out_ += '\n';
    }
    if (lines == 0) return;
    line([](const Column& column) {
      std::string rule;
      for (std::size_t k = 0; k < column.width; ++k) rule += "─";
      return rule;
    });
    out_ += '\n';
  }

  void body(std::size_t row) {
    const bool any_inside =
        std::ranges::any_of(columns_, [](const Column& column) { return column.inside; });
    if (any_inside) {
      line([&](const Column& column) { return column.cells[row]; });
      out_ += '\n';
    }
    below(row, any_inside ? kIndent : "");
  }

  // What has left the line, every cell behind its heading, as many on a line as fit.
  void below(std::size_t row, std::string_view indent) {
    const std::size_t width = style_.width == 0 ? kReadable : style_.width;
    const std::size_t room = width > indent.size() + 2 ? width - indent.size() : 2;
    std::string line;
    const auto flush = [&] {
      if (!line.empty()) out_ += std::string(indent) + line + '\n';
      line.clear();
    };
    for (const Column& column : columns_) {
      if (column.inside || column.cells[row] == "-") continue;
      const std::string words =
          fmt::format("{}{}{}", column.heading, style_.language == Language::Zh ? "：" : ": ",
                      column.cells[row]);
      const bool joins =
          !line.empty() && display_width(line) + kGutter.size() + display_width(words) <= room;
      if (joins) {
        line += kGutter;
        line += words;
        continue;
      }
      flush();
      auto pieces = wrap_width(words, room);
      line = std::move(pieces.back());
      pieces.pop_back();
      for (const std::string& piece : pieces) out_ += std::string(indent) + piece + '\n';
    }
    flush();
  }

  const Sheet& sheet_;
  const TableStyle& style_;
  std::vector<Column> columns_;
  std::string out_;
};

}  // namespace

std::string render_table(const Sheet& sheet, const TableStyle& style) {
  return Table(sheet, style).text();
}

}  // namespace liantu
