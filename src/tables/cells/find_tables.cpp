#include "tables/cells/find_tables.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/core/string_map.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/number.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/money.hpp"
#include "tables/cells/table_writer.hpp"

namespace liantu {
namespace {

constexpr std::size_t kLook = 100;            // rows in which headings are looked for
constexpr std::size_t kLongestHeading = 120;  // bytes
constexpr std::size_t kMostHeadingLines = 3;
constexpr std::size_t kTitlesBetween = 4;  // lines above the headings of a further table
constexpr std::size_t kRowsNamed = 5;      // in one message

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : normalize_width(text)) {
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') out += c;
  }
  return out;
}

// A year may be a heading; other numbers are data.
bool is_label(std::string_view text) {
  if (text.empty() || text.size() > kLongestHeading) return false;
  const auto number = parse_number(text);
  return !number || (text.size() == 4 && *number >= 1900 && *number < 2100);
}

bool is_money_unit(std::string_view word) {
  if (word.empty()) return false;
  const auto reading = parse_money("1" + std::string(word));
  return reading && reading->unit_stated;
}

// Words that only a line of units below the headings is made of.
bool is_unit(std::string_view text) {
  std::string word = without_blanks(text);
  if (word.starts_with('(') && word.ends_with(')')) word = word.substr(1, word.size() - 2);
  constexpr std::string_view kOthers[] = {"人",   "亩",     "%",        "吨", "吨标准煤", "家",
                                          "台",   "个",     "件",       "套", "年",       "平方米",
                                          "公顷", "千瓦时", "万千瓦时", "-",  "—",        "/"};
  return is_money_unit(word) || std::ranges::find(kOthers, word) != std::end(kOthers);
}

// `注：…`, `填表人：…`: what stands below a table and is not a row of it.
bool is_footnote(std::string_view text) {
  const std::string words = without_blanks(text);
  constexpr std::string_view kColon[] = {
      "注",         "备注",   "说明",   "填表说明", "数据来源", "资料来源", "来源",
      "填表人",     "填报人", "制表",   "制表人",   "审核",     "审核人",   "单位负责人",
      "统计负责人", "负责人", "联系人", "联系电话", "填报日期", "报出日期", "制表日期",
      "填表日期",   "note",   "Note",   "Notes",    "notes",    "source",   "Source",
      "附注",       "注1",    "注2",    "注3",      "注释"};
  const std::size_t colon = words.find(':');
  if (colon != std::string::npos) {
    return std::ranges::find(kColon, std::string_view(words).substr(0, colon)) != std::end(kColon);
  }
  for (const std::string_view mark : {"※", "*注", "注.", "注、"}) {
    if (words.starts_with(mark)) return true;
  }
  return false;
}

// `一、规模以上工业`, `（二）服务业`: the caption of the rows below it.
bool is_caption(std::string_view text) {
  const std::u32string words = to_utf32(without_blanks(text));
  constexpr std::u32string_view kNumerals = U"一二三四五六七八九十";
  std::size_t at = words.starts_with(U'(') ? 1 : 0;
  const std::size_t first = at;
  while (at < words.size() && kNumerals.find(words[at]) != std::u32string_view::npos) ++at;
  if (at == first || at + 1 >= words.size()) return false;
  return first == 1 ? words[at] == U')' : words[at] == U'、' || words[at] == U'.';
}

// `3–5, 8`; the first few of many.
std::string row_ranges(const std::vector<std::uint32_t>& numbers) {
  std::string out;
  std::size_t ranges = 0;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    if (++ranges > kRowsNamed) return out + " …";
    if (!out.empty()) out += ", ";
    out +=
        last > i ? fmt::format("{}–{}", numbers[i], numbers[last]) : fmt::format("{}", numbers[i]);
    i = last + 1;
  }
  return out;
}

}  // namespace

std::string unit_in(std::string_view text) {
  const std::string words = without_blanks(text);
  std::size_t from = words.find("单位:");
  std::string_view rest;
  if (from != std::string::npos) {
    rest = std::string_view(words).substr(from + std::string_view("单位:").size());
  } else {
    rest = words;
    if (rest.starts_with("Unit:") || rest.starts_with("unit:")) {
      rest.remove_prefix(5);
    } else if (rest.size() > 2 && rest.starts_with('(') && rest.ends_with(')')) {
      rest = rest.substr(1, rest.size() - 2);
    }
    // Without the word 单位 the unit must stand alone.
    return is_money_unit(rest) ? std::string(rest) : std::string();
  }
  while (!rest.empty()) {
    std::size_t end = rest.size();
    std::size_t skip = 0;
    for (const std::string_view mark : {"、", ",", ";", "/", ")", "]", "】", "。"}) {
      if (const std::size_t at = rest.find(mark); at < end) {
        end = at;
        skip = mark.size();
      }
    }
    if (const std::string_view word = rest.substr(0, end); is_money_unit(word)) {
      return std::string(word);
    }
    rest.remove_prefix(end + skip);
  }
  return {};
}

/// Cuts tables out of a sheet.
class TableCutter {
 public:
  using RowStart = Table::RowStart;
  using CellStart = Table::CellStart;

  TableCutter(Table sheet, const std::vector<MergedCells>& merges, const TableOptions& options,
              ByShape shape)
      : sheet_(std::move(sheet)), merges_(merges), options_(options), shape_(shape) {
    number_columns(sheet_);
    for (const MergedCells& merged : merges_) merges_by_row_[merged.first_row].push_back(&merged);
  }

  std::vector<Table> cut() {
    std::vector<Block> blocks;
    for (std::size_t from = 0; from < rows();) {
      Block block = next_block(from);
      from = block.end;
      blocks.push_back(std::move(block));
    }
    std::vector<ColumnGroup> groups;
    for (std::size_t i = 0; i < blocks.size(); ++i) split_columns(blocks[i], i, groups);
    std::vector<Table> tables;
    std::vector<Problem> problems = std::move(sheet_.problems_);
    for (const ColumnGroup& group : groups) {
      tables.push_back(make_table(blocks[group.block], group, groups.size() == 1));
    }
    if (!tables.empty()) {
      auto& own = tables.front().problems_;
      own.insert(own.begin(), std::make_move_iterator(problems.begin()),
                 std::make_move_iterator(problems.end()));
    }
    return tables;
  }

  static void number_columns(Table& table) {
    if (!table.cell_columns_.empty()) return;
    table.cell_columns_.resize(table.cells_.size());
    for (const RowStart& row : table.rows_) {
      for (std::uint32_t i = 0; i < row.cells; ++i) table.cell_columns_[row.first_cell + i] = i;
    }
  }

  static Table whole(Table sheet, const TableOptions& options) {
    number_columns(sheet);
    std::uint32_t width = 0;
    for (const std::uint32_t column : sheet.cell_columns_) width = std::max(width, column + 1);
    check_columns(sheet, width, options);
    for (std::uint32_t column = 0; column < width; ++column) {
      sheet.columns_.push_back(fmt::format("#{}", column + 1));
      sheet.headings_.push_back({1, column + 1});
    }
    sheet.header_row_ = HeaderRow::None;
    return sheet;
  }

  static void add(Table& table, Problem problem) { table.problems_.push_back(std::move(problem)); }

  static void drop_repeats(Table& table) {
    if (table.header_row_ == HeaderRow::None) return;
    std::size_t kept = 0;
    for (std::size_t row = 0; row < table.size(); ++row) {
      if (repeats_headings(table, row)) {
        table.problems_.push_back(repeated(table.place(row), table.columns_.front()));
        continue;
      }
      if (kept != row) table.rows_[kept] = table.rows_[row];
      ++kept;
    }
    table.rows_.resize(kept);
  }

 private:
  struct Block {
    std::size_t begin = 0;  ///< first row, titles included
    std::size_t heading = 0;
    std::size_t heading_end = 0;
    std::size_t end = 0;
    std::string unit;
    std::string unit_place;
    std::vector<std::size_t> data;
    std::vector<std::uint32_t> titles;  ///< numbers of rows left out
    std::vector<std::uint32_t> repeats;
    std::vector<std::uint32_t> captions;
    std::vector<std::uint32_t> footnotes;
    bool units_below = false;  ///< whether the last line of the headings holds units
  };
  // Columns of a block that make one table.
  struct ColumnGroup {
    std::size_t block = 0;
    std::vector<std::uint32_t> columns;
    std::vector<std::string> names;
    std::size_t known = 0;
    std::size_t last_row = 0;
  };

  [[nodiscard]] std::size_t rows() const { return sheet_.rows_.size(); }
  [[nodiscard]] std::uint32_t number(std::size_t row) const { return sheet_.rows_[row].number; }
  [[nodiscard]] std::string_view text(std::size_t row, const CellStart& cell) const {
    return trim(
        std::string_view{*sheet_.text_}.substr(sheet_.rows_[row].text + cell.offset, cell.length));
  }

  // The cells of a row that hold something: column and text.
  [[nodiscard]] std::vector<std::pair<std::uint32_t, std::string_view>> filled(
      std::size_t row) const {
    std::vector<std::pair<std::uint32_t, std::string_view>> out;
    const RowStart& start = sheet_.rows_[row];
    for (std::uint64_t i = start.first_cell; i < start.first_cell + start.cells; ++i) {
      const std::string_view words = text(row, sheet_.cells_[i]);
      if (!words.empty()) out.emplace_back(sheet_.cell_columns_[i], words);
    }
    return out;
  }

  [[nodiscard]] std::size_t count_filled(std::size_t row, std::size_t most) const {
    std::size_t count = 0;
    const RowStart& start = sheet_.rows_[row];
    for (std::uint64_t i = start.first_cell; i < start.first_cell + start.cells; ++i) {
      if (!text(row, sheet_.cells_[i]).empty() && ++count > most) break;
    }
    return count;
  }

  [[nodiscard]] bool known(std::string_view words) const {
    return options_.is_heading && words.size() <= kLongestHeading && options_.is_heading(words);
  }

  struct Shape {
    std::size_t filled = 0;
    std::size_t known = 0;
    bool labels = true;
  };
  [[nodiscard]] Shape shape_of(std::size_t row) const {
    Shape shape;
    for (const auto& [column, words] : filled(row)) {
      ++shape.filled;
      shape.labels = shape.labels && is_label(words);
      if (known(words)) ++shape.known;
    }
    return shape;
  }
  static bool is_heading_line(const Shape& shape) {
    return shape.labels && shape.known >= 2 && 2 * shape.known >= shape.filled;
  }

  // The row with the (first line of the) headings among those from `from` on.
  [[nodiscard]] std::size_t find_heading(std::size_t from) const {
    if (options_.header_row != 0 && from == 0) {
      for (std::size_t row = 0; row < rows(); ++row) {
        if (number(row) == options_.header_row) return row;
      }
      throw Error{ErrorCode::InvalidData,
                  {.file = sheet_.file_, .sheet = sheet_.sheet_},
                  {fmt::format("row {}, which should hold the headings, is blank or not there",
                               options_.header_row),
                   fmt::format("第 {} 行应为列名，但该行为空或不存在", options_.header_row)},
                  {"name another row", "请另行指定"}};
    }
    const std::size_t end = std::min(rows(), from + kLook);
    std::size_t widest = 0;
    std::vector<Shape> shapes;
    for (std::size_t row = from; row < end; ++row) {
      shapes.push_back(shape_of(row));
      // In text the first line is taken at its word unless what stands above is narrower, as titles
      // are: a dictionary of headings has such words in its rows.
      const bool below_titles = shape_ == ByShape::Yes || widest < shapes.back().filled;
      if (is_heading_line(shapes.back()) && below_titles) return row;
      widest = std::max(widest, shapes.back().filled);
    }
    const auto wide = [&](const Shape& shape) {
      return shape.filled >= std::min<std::size_t>(widest, 2) && 10 * shape.filled >= 6 * widest;
    };
    std::size_t above = 0;  // cells of the widest row above
    for (std::size_t i = 0; i < shapes.size(); ++i) {
      const Shape& shape = shapes[i];
      if (shape.known >= 1 && shape.labels && wide(shape) && above < shape.filled) return from + i;
      above = std::max(above, shape.filled);
    }
    for (std::size_t i = 0; shape_ == ByShape::Yes && i < shapes.size(); ++i) {
      if (shapes[i].labels && wide(shapes[i])) return from + i;
    }
    return from;
  }

  // What stands over each column in a line of the headings, merged cells counting for each of their
  // columns.
  [[nodiscard]] std::map<std::uint32_t, std::string_view> spread(std::size_t row) const {
    std::map<std::uint32_t, std::string_view> out;
    for (const auto& [column, words] : filled(row)) out.emplace(column, words);
    const auto merged = merges_by_row_.find(number(row));
    if (merged == merges_by_row_.end()) return out;
    std::uint32_t work = 0;  // more than a row has columns is done only where merged cells overlap
    for (const MergedCells* one : merged->second) {
      if (work > 4 * kWidestMerge) break;
      const auto words = out.find(one->first_column - 1);
      if (words == out.end()) continue;
      const std::uint32_t last = std::min(one->last_column, one->first_column + kWidestMerge);
      for (std::uint32_t column = one->first_column; column < last; ++column, ++work) {
        out.emplace(column, words->second);
      }
    }
    return out;
  }

  // Whether `lower` is a second line of the headings whose first is `upper`: `2024年` over
  // `营业收入` and `利润`.
  [[nodiscard]] bool continues(std::size_t upper, std::size_t lower) const {
    if (number(lower) != number(upper) + 1) return false;
    const auto above = filled(upper);
    const auto below = filled(lower);
    if (above.empty() || below.empty()) return false;
    const auto wide = spread(upper);
    bool spans = false;
    bool outside = false;
    std::size_t known_below = 0;
    for (const auto& cell : below) {
      const std::uint32_t column = cell.first;
      if (!is_label(cell.second)) return false;
      if (known(cell.second)) ++known_below;
      // Without merged cells a heading reaches to the next one.
      const bool to_the_right = std::ranges::any_of(below, [&](const auto& next) {
        return next.first > column && covering(above, next.first) == column &&
               (merges_.empty() || wide.contains(next.first));
      });
      if (!std::ranges::any_of(above, [&](const auto& one) { return one.first == column; })) {
        if (wide.contains(column)) {
          spans = true;
        } else if (merges_.empty() && covering(above, column) != kNone) {
          spans = true;
        } else {
          outside = true;
        }
      } else if (!to_the_right && !merged_right(upper, column)) {
        return false;  // a heading of one column has nothing but rows below it
      }
    }
    if (!spans) return false;
    if (!std::ranges::all_of(above, [](const auto& one) { return is_label(one.second); })) {
      return false;
    }
    // A title is merged over all columns, too.
    if (above.size() == 1) return outside && !merges_.empty();
    return !merges_.empty() || known_below > 0;
  }

  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  static constexpr std::uint32_t kWidestMerge = 4096;

  // Column of the heading that stands left of a column or over it.
  static std::uint32_t covering(const std::vector<std::pair<std::uint32_t, std::string_view>>& line,
                                std::uint32_t column) {
    std::uint32_t found = kNone;
    for (const auto& [at, words] : line) {
      if (at <= column) found = at;
    }
    return found;
  }

  [[nodiscard]] bool merged_right(std::size_t row, std::uint32_t column) const {
    const auto merged = merges_by_row_.find(number(row));
    return merged != merges_by_row_.end() &&
           std::ranges::any_of(merged->second, [&](const MergedCells* one) {
             return one->first_column == column + 1 && one->last_column > one->first_column;
           });
  }

  [[nodiscard]] bool is_units_line(std::size_t row) const {
    const auto cells = filled(row);
    return !cells.empty() &&
           std::ranges::all_of(cells, [](const auto& cell) { return is_unit(cell.second); }) &&
           std::ranges::any_of(cells, [](const auto& cell) {
             return is_money_unit(without_blanks(cell.second)) || !unit_in(cell.second).empty();
           });
  }

  Block next_block(std::size_t from) {
    Block block;
    block.begin = from;
    block.heading = find_heading(from);
    block.heading_end = block.heading + 1;
    while (block.heading > from && block.heading_end - block.heading < kMostHeadingLines &&
           options_.header_row == 0 && continues(block.heading - 1, block.heading)) {
      --block.heading;
    }
    while (block.heading_end < rows() && block.heading_end - block.heading < kMostHeadingLines &&
           continues(block.heading_end - 1, block.heading_end)) {
      ++block.heading_end;
    }
    if (block.heading_end < rows() &&
        number(block.heading_end) == number(block.heading_end - 1) + 1 &&
        is_units_line(block.heading_end)) {
      ++block.heading_end;
      block.units_below = true;
    }
    for (std::size_t row = from; row < block.heading; ++row) {
      block.titles.push_back(number(row));
      find_unit(row, block);
    }
    const std::size_t width =
        count_filled(block.heading_end - 1, 2) + (block.heading_end - block.heading > 1 ? 1 : 0);
    std::size_t row = block.heading_end;
    for (; row < rows(); ++row) {
      const std::size_t count = count_filled(row, 2);
      if (count == 0) continue;
      if (is_repeat(block, row)) {
        block.repeats.push_back(number(row));
        continue;
      }
      if (width >= 2 && (count == 1 || number(row) > number(row - 1) + 1)) {
        const std::size_t next = heading_below(row);
        if (next < rows() && is_repeat(block, next) && same_unit(block, row, next)) {
          for (; row < next; ++row) block.titles.push_back(number(row));
          block.repeats.push_back(number(row));
          continue;
        }
        if (next < rows() && options_.header_row == 0) break;
      }
      if (width >= 2 && count == 1 && is_caption(filled(row).front().second)) {
        block.captions.push_back(number(row));
        continue;
      }
      if (width >= 2 && is_footnote_row(row)) {
        block.footnotes.push_back(number(row));
        continue;
      }
      block.data.push_back(row);
    }
    block.end = row;
    return block;
  }

  [[nodiscard]] bool is_footnote_row(std::size_t row) const {
    // Nearly every row is none for its first cell.
    const RowStart& start = sheet_.rows_[row];
    std::string_view first;
    for (std::uint64_t i = start.first_cell; i < start.first_cell + start.cells; ++i) {
      first = text(row, sheet_.cells_[i]);
      if (!first.empty()) break;
    }
    const bool colon =
        first.find(':') != std::string_view::npos || first.find("：") != std::string_view::npos;
    if (!colon && !first.starts_with("注") && !first.starts_with("※") && !first.starts_with('*')) {
      return false;
    }
    return std::ranges::all_of(filled(row),
                               [](const auto& cell) { return is_footnote(cell.second); });
  }

  // A line of headings at `row` or below the titles that begin there; rows() when there is none.
  [[nodiscard]] std::size_t heading_below(std::size_t row) const {
    for (std::size_t at = row; at < std::min(rows(), row + kTitlesBetween); ++at) {
      if (is_heading_line(shape_of(at))) return at;
      if (count_filled(at, 2) > 1 && !names_unit_or_reporter(at)) break;
    }
    return rows();
  }

  // `填报单位：… | 单位：万元`, which stands between a title and the headings.
  [[nodiscard]] bool names_unit_or_reporter(std::size_t row) const {
    Block found;
    find_unit(row, found);
    return !found.unit.empty() || std::ranges::all_of(filled(row), [](const auto& cell) {
      return cell.second.find("：") != std::string_view::npos ||
             cell.second.find(':') != std::string_view::npos;
    });
  }

  [[nodiscard]] bool same_unit(const Block& block, std::size_t from, std::size_t to) const {
    Block other;
    for (std::size_t row = from; row < to; ++row) find_unit(row, other);
    return other.unit.empty() || other.unit == block.unit;
  }

  [[nodiscard]] bool is_repeat(const Block& block, std::size_t row) const {
    const RowStart& start = sheet_.rows_[row];
    for (std::size_t line = block.heading; line < block.heading_end; ++line) {
      const RowStart& heading = sheet_.rows_[line];
      if (start.cells == 0 || heading.cells == 0) continue;
      // Nearly every row differs in its first cell.
      if (text(row, sheet_.cells_[start.first_cell]) !=
          text(line, sheet_.cells_[heading.first_cell])) {
        continue;
      }
      const auto cells = filled(row);
      if (!cells.empty() && cells == filled(line)) return true;
    }
    return false;
  }

  void find_unit(std::size_t row, Block& block) const {
    const auto cells = filled(row);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      std::string unit = unit_in(cells[i].second);
      const std::string words = without_blanks(cells[i].second);
      if (unit.empty() && i + 1 < cells.size() &&
          (words.ends_with("单位:") || words.ends_with("单位"))) {
        const std::string next = without_blanks(cells[i + 1].second);
        if (is_money_unit(next)) unit = next;
      }
      if (unit.empty()) continue;
      block.unit = std::move(unit);
      block.unit_place = place(row, cells[i].first);
    }
  }

  // Of a cell within the sheet: `B2`, or line and column of a text file.
  [[nodiscard]] std::string place(std::size_t row, std::uint32_t column) const {
    if (sheet_.sheet_.empty()) return fmt::format("{}", number(row));
    const std::string whole =
        InputPlace{"", "x", number(row), number(row), column + 1}.to_string();  // x!B2
    return whole.substr(2);
  }

  // Names of the columns: what stands over each, the lines joined by `/`.
  [[nodiscard]] std::map<std::uint32_t, std::string> heading_names(const Block& block) const {
    std::map<std::uint32_t, std::string> names;
    const std::size_t lines = block.heading_end - block.heading - (block.units_below ? 1 : 0);
    for (std::size_t line = block.heading; line < block.heading + lines; ++line) {
      const bool last = line + 1 == block.heading + lines;
      auto words = last ? own_text(line) : spread(line);
      if (!last && merges_.empty()) {
        // Without merged cells a heading reaches to the next one.
        const auto above = filled(line);
        for (const auto& [column, below] : filled(line + 1)) {
          if (const std::uint32_t from = covering(above, column);
              from != kNone && !words.contains(column)) {
            words.emplace(column, words.at(from));
          }
        }
      }
      for (const auto& [column, one] : words) {
        std::string& name = names[column];
        std::string part;
        for (const char c : one) {
          if (c != '\r' && c != '\n') part += c;
        }
        if (name.empty()) {
          name = part;
        } else if (!name.ends_with(part)) {
          name += "/" + part;
        }
      }
    }
    if (block.units_below) {
      for (const auto& [column, words] : filled(block.heading_end - 1)) {
        const std::string unit = without_blanks(words);
        std::string& name = names[column];
        if (unit != "-" && unit != "—" && unit != "/") {
          name += unit.starts_with('(') ? unit : "(" + unit + ")";
        }
      }
    }
    return names;
  }

  [[nodiscard]] std::map<std::uint32_t, std::string_view> own_text(std::size_t row) const {
    std::map<std::uint32_t, std::string_view> out;
    for (const auto& [column, words] : filled(row)) out.emplace(column, words);
    return out;
  }

  void split_columns(const Block& block, std::size_t index,
                     std::vector<ColumnGroup>& groups) const {
    const auto names = heading_names(block);
    std::vector<std::uint32_t> last;  // row below the headings that uses the column last, plus 1
    for (const auto& [column, name] : names) {
      if (last.size() <= column) last.resize(column + 1);
    }
    std::vector<bool> used(last.size());
    for (const auto& [column, name] : names) used[column] = true;
    for (const std::size_t row : block.data) {
      const RowStart& start = sheet_.rows_[row];
      for (std::uint64_t i = start.first_cell; i < start.first_cell + start.cells; ++i) {
        const std::uint32_t column = sheet_.cell_columns_[i];
        if (text(row, sheet_.cells_[i]).empty()) continue;
        if (column >= last.size()) {
          last.resize(column + 1);
          used.resize(column + 1);
        }
        used[column] = true;
        last[column] = static_cast<std::uint32_t>(row) + 1;
      }
    }
    std::vector<ColumnGroup> found;
    bool open = false;
    for (std::uint32_t column = 0; column < used.size(); ++column) {
      if (!used[column]) {
        open = false;
        continue;
      }
      if (!std::exchange(open, true)) found.push_back({index, {}, {}, 0, 0});
      ColumnGroup& group = found.back();
      group.columns.push_back(column);
      const auto name = names.find(column);
      group.names.push_back(name == names.end() ? std::string() : name->second);
      if (known(group.names.back())) ++group.known;
      group.last_row = std::max<std::size_t>(group.last_row, last[column]);
    }
    if (found.empty()) return;
    if (found.size() > 1 && !stand_beside(found)) {
      for (std::size_t i = 1; i < found.size(); ++i) {
        ColumnGroup& all = found.front();
        all.columns.insert(all.columns.end(), found[i].columns.begin(), found[i].columns.end());
        all.names.insert(all.names.end(), found[i].names.begin(), found[i].names.end());
      }
      found.resize(1);
    }
    for (ColumnGroup& group : found) split_repeats(std::move(group), groups);
  }

  // Whether groups with a blank column between them are tables of their own: they have the same
  // headings, or are known and end in different rows.
  static bool stand_beside(const std::vector<ColumnGroup>& groups) {
    for (std::size_t i = 0; i < groups.size(); ++i) {
      for (std::size_t j = i + 1; j < groups.size(); ++j) {
        for (const std::string& name : groups[i].names) {
          if (!name.empty() && std::ranges::find(groups[j].names, name) != groups[j].names.end()) {
            return true;
          }
        }
      }
    }
    const bool all_known =
        std::ranges::all_of(groups, [](const ColumnGroup& one) { return one.known >= 2; });
    return all_known && std::ranges::any_of(groups, [&](const ColumnGroup& one) {
             return one.last_row != groups.front().last_row;
           });
  }

  // A list that goes on to the right of itself, under the same headings again.
  static void split_repeats(ColumnGroup group, std::vector<ColumnGroup>& groups) {
    const std::size_t count = group.names.size();
    for (std::size_t period = 2; period <= count / 2; ++period) {
      if (count % period != 0) continue;
      bool same = true;
      for (std::size_t i = 0; i < count && same; ++i) {
        same = !group.names[i].empty() && group.names[i] == group.names[i % period];
      }
      if (!same) continue;
      for (std::size_t begin = 0; begin < count; begin += period) {
        ColumnGroup one{group.block, {}, {}, 0, group.last_row};
        const auto from = static_cast<std::ptrdiff_t>(begin);
        const auto to = static_cast<std::ptrdiff_t>(begin + period);
        one.columns.assign(group.columns.begin() + from, group.columns.begin() + to);
        one.names.assign(group.names.begin() + from, group.names.begin() + to);
        groups.push_back(std::move(one));
      }
      return;
    }
    groups.push_back(std::move(group));
  }

  static void check_columns(const Table& sheet, std::size_t count, const TableOptions& options) {
    if (count <= options.limits.columns) return;
    throw Error(ErrorCode::LimitReached, InputPlace{.file = sheet.file_, .sheet = sheet.sheet_},
                {fmt::format("more than {} columns", options.limits.columns),
                 fmt::format("列数超过上限 {}", options.limits.columns)},
                {"check the headings, or raise --limit columns=VALUE",
                 "请检查表头，或调高 --limit columns=VALUE"});
  }

  Table make_table(const Block& block, const ColumnGroup& group, bool only) {
    Table table;
    table.file_ = sheet_.file_;
    table.sheet_ = sheet_.sheet_;
    table.encoding_ = sheet_.encoding_;
    table.text_ = sheet_.text_;
    table.unit_ = block.unit;
    table.header_number_ = number(block.heading_end - 1);
    check_columns(sheet_, group.columns.size(), options_);
    name_columns(block, group, table);
    std::vector<std::uint32_t> index(group.columns.back() + 1, kNone);
    for (std::size_t i = 0; i < group.columns.size(); ++i) {
      index[group.columns[i]] = static_cast<std::uint32_t>(i);
    }
    const Fills fills = fill_merged(block, group, table);
    if (only && fills.empty()) {
      // The cells stay where they are but for those left out.
      table.cells_ = std::move(sheet_.cells_);
      table.cell_columns_ = std::move(sheet_.cell_columns_);
      copy_rows(block, index, table.cells_, table.cell_columns_, table);
    } else {
      copy_rows_with(block, index, fills, table);
    }
    say_what_was_found(block, table);
    return table;
  }

  void name_columns(const Block& block, const ColumnGroup& group, Table& table) const {
    StringMap<std::size_t> names;
    for (std::size_t i = 0; i < group.columns.size(); ++i) {
      const std::uint32_t column = group.columns[i];
      TextPosition at{number(block.heading_end - 1), column + 1};
      for (std::size_t line = block.heading; line < block.heading_end; ++line) {
        const RowStart& start = sheet_.rows_[line];
        for (std::uint64_t cell = start.first_cell; cell < start.first_cell + start.cells; ++cell) {
          if (sheet_.cell_columns_[cell] != column || text(line, sheet_.cells_[cell]).empty())
            continue;
          at = {sheet_.cells_[cell].line, sheet_.cells_[cell].column};
        }
      }
      std::string name = group.names[i];
      if (name.empty()) name = fmt::format("#{}", column + 1);
      if (const auto first = names.find(name); first != names.end()) {
        const std::string twice = name;
        for (int again = 2; names.contains(name); ++again)
          name = fmt::format("{}#{}", twice, again);
        const std::uint32_t row = sheet_.sheet_.empty() ? 0 : at.line;
        table.problems_.push_back(
            {Severity::Note,
             {table.file_, table.sheet_, row, at.line, at.column},
             "double-heading",
             twice,
             "",
             {fmt::format("an earlier column has the same heading; this one is called {}", name),
              fmt::format("前面已有同名的列，此列称为 {}", name)},
             {"rename it if it matters", "如果需要，请改列名"}});
      }
      names.emplace(name, i);
      table.columns_.push_back(std::move(name));
      table.headings_.push_back({at.line, at.column});
    }
  }

  // Cells merged over several rows: row of the sheet → column and cell to put there.
  using Fills = std::map<std::size_t, std::vector<std::pair<std::uint32_t, CellStart>>>;

  Fills fill_merged(const Block& block, const ColumnGroup& group, Table& table) const {
    constexpr std::size_t kMost = 10'000'000;
    Fills fills;
    std::size_t filled_in = 0;
    for (const MergedCells& merged : merges_) {
      if (merged.last_row == merged.first_row) continue;
      const std::uint32_t column = merged.first_column - 1;
      if (!std::ranges::binary_search(group.columns, column)) continue;
      const auto row_at = [&](std::size_t row) { return number(row); };
      auto at = std::ranges::lower_bound(block.data, merged.first_row, {}, row_at);
      if (at == block.data.end() || number(*at) != merged.first_row) continue;
      const CellStart* cell = find_cell(*at, column);
      if (cell == nullptr) continue;
      const std::string_view words = text(*at, *cell);
      if (parse_number(words)) {
        table.problems_.push_back(
            {Severity::Note,
             {table.file_, table.sheet_, number(*at), cell->line, cell->column},
             "merged-number",
             "",
             std::string(words),
             {fmt::format("the number is merged over the rows {} to {} and counts for the first",
                          merged.first_row, merged.last_row),
              fmt::format("该数合并了第 {} 至 {} 行，只计入第一行", merged.first_row,
                          merged.last_row)},
             {"write its own number into each row", "请把各行应得的数分别填写"}});
        continue;
      }
      for (const std::size_t top = *at;
           ++at != block.data.end() && number(*at) <= merged.last_row;) {
        if (++filled_in > kMost) {
          throw Error(
              ErrorCode::InvalidData, InputPlace{.file = table.file_, .sheet = table.sheet_},
              {"its merged cells overlap", "合并单元格相互重叠"},
              {"save the workbook again in the spreadsheet program", "请用表格软件重新保存"});
        }
        CellStart copy = *cell;
        copy.line = number(*at);
        // Rows of one sheet share its text.
        copy.offset = static_cast<std::uint32_t>(sheet_.rows_[top].text + cell->offset -
                                                 sheet_.rows_[*at].text);
        fills[*at].emplace_back(column, copy);
      }
    }
    return fills;
  }

  [[nodiscard]] const CellStart* find_cell(std::size_t row, std::uint32_t column) const {
    const RowStart& start = sheet_.rows_[row];
    const auto first = sheet_.cell_columns_.begin() + static_cast<std::ptrdiff_t>(start.first_cell);
    const auto last = first + static_cast<std::ptrdiff_t>(start.cells);
    const auto found = std::lower_bound(first, last, column);
    if (found == last || *found != column) return nullptr;
    return &sheet_.cells_[start.first_cell + static_cast<std::size_t>(found - first)];
  }

  // Moves the cells that are kept to the front.
  void copy_rows(const Block& block, const std::vector<std::uint32_t>& index,
                 std::vector<CellStart>& cells, std::vector<std::uint32_t>& columns, Table& table) {
    std::size_t kept = 0;
    table.rows_.reserve(block.data.size());
    for (const std::size_t row : block.data) {
      RowStart start = sheet_.rows_[row];
      const std::uint64_t begin = start.first_cell;
      start.first_cell = kept;
      for (std::uint64_t i = begin; i < begin + start.cells; ++i) {
        if (columns[i] >= index.size() || index[columns[i]] == kNone) continue;
        cells[kept] = cells[i];
        columns[kept] = index[columns[i]];
        ++kept;
      }
      start.cells = static_cast<std::uint32_t>(kept - start.first_cell);
      if (start.cells > 0) table.rows_.push_back(start);
    }
    cells.resize(kept);
    columns.resize(kept);
  }

  void copy_rows_with(const Block& block, const std::vector<std::uint32_t>& index,
                      const Fills& fills, Table& table) const {
    std::vector<std::pair<std::uint32_t, CellStart>> cells;
    for (const std::size_t row : block.data) {
      RowStart start = sheet_.rows_[row];
      cells.clear();
      bool any = false;
      for (std::uint64_t i = start.first_cell; i < start.first_cell + start.cells; ++i) {
        const std::uint32_t column = sheet_.cell_columns_[i];
        if (column >= index.size() || index[column] == kNone) continue;
        cells.emplace_back(index[column], sheet_.cells_[i]);
        any = any || !text(row, sheet_.cells_[i]).empty();
      }
      if (!any) continue;
      if (const auto fill = fills.find(row); fill != fills.end()) {
        for (const auto& [column, cell] : fill->second) {
          const std::uint32_t at = index[column];
          auto place =
              std::ranges::lower_bound(cells, at, {}, [](const auto& one) { return one.first; });
          if (place != cells.end() && place->first == at) {
            if (place->second.length == 0) place->second = cell;
          } else {
            cells.insert(place, {at, cell});
          }
        }
      }
      start.first_cell = table.cells_.size();
      start.cells = static_cast<std::uint32_t>(cells.size());
      for (const auto& [column, cell] : cells) {
        table.cells_.push_back(cell);
        table.cell_columns_.push_back(column);
      }
      table.rows_.push_back(start);
    }
  }

  void say_what_was_found(const Block& block, Table& table) const {
    const std::uint32_t first = number(block.heading);
    const std::uint32_t last = number(block.heading_end - 1);
    const auto span = [](std::uint32_t from, std::uint32_t to) {
      return from == to
                 ? Text{fmt::format("row {}", from), fmt::format("第 {} 行", from)}
                 : Text{fmt::format("rows {}–{}", from, to), fmt::format("第 {}–{} 行", from, to)};
    };
    const Text headings = span(first, last);
    Text what = {"headings in " + headings.en, "列名在" + headings.zh};
    if (!table.rows_.empty()) {
      const Text data = span(table.rows_.front().number, table.rows_.back().number);
      what.en += ", data in " + data.en;
      what.zh += "，数据在" + data.zh;
    }
    if (!block.unit.empty()) {
      what.en += fmt::format(", amounts in {} ({})", block.unit, block.unit_place);
      what.zh += fmt::format("，金额单位为{}（{}）", block.unit, block.unit_place);
    }
    const auto left_out = [&](const std::vector<std::uint32_t>& numbers, std::string_view en,
                              std::string_view zh) {
      if (numbers.empty()) return;
      what.en += fmt::format("; {}: {}", en, row_ranges(numbers));
      what.zh += fmt::format("；{}：{}", zh, row_ranges(numbers));
    };
    left_out(block.titles, "titles", "标题行");
    left_out(block.repeats, "headings again", "重复的列名");
    left_out(block.captions, "captions of groups", "分组标题");
    left_out(block.footnotes, "footnotes", "表下说明");
    // What is as everybody expects it need not be said of text.
    if (sheet_.sheet_.empty() && block.heading == 0 && first == last && block.unit.empty() &&
        block.captions.empty() && block.footnotes.empty() && block.titles.empty()) {
      return;
    }
    table.problems_.push_back({Severity::Note,
                               table.header(),
                               "table-found",
                               "",
                               "",
                               std::move(what),
                               {"if this is wrong, say --header-row and --unit",
                                "如不正确，请用 --header-row 和 --unit 指定"}});
  }

  static bool repeats_headings(const Table& table, std::size_t row) {
    const RowStart& start = table.rows_[row];
    if (start.cells == 0 || table.columns_.size() < 2) return false;
    if (trim(table.cell(row, 0).text) != table.columns_.front()) return false;
    for (std::size_t column = 1; column < table.columns_.size(); ++column) {
      const std::string_view words = trim(table.cell(row, column).text);
      if (words != table.columns_[column] &&
          !(words.empty() && table.columns_[column].starts_with('#'))) {
        return false;
      }
    }
    return true;
  }

  static Problem repeated(InputPlace place, const std::string& value) {
    return {Severity::Note,
            std::move(place),
            "repeated-heading",
            "",
            value,
            {"the row repeats the headings and is left out", "此行重复了列名，未采用"},
            {"nothing to do", "无需处理"}};
  }

  Table sheet_;
  const std::vector<MergedCells>& merges_;
  std::map<std::uint32_t, std::vector<const MergedCells*>> merges_by_row_;
  const TableOptions& options_;
  ByShape shape_;
};

std::vector<Table> find_tables(Table sheet, const std::vector<MergedCells>& merges,
                               const TableOptions& options, ByShape shape) {
  return TableCutter(std::move(sheet), merges, options, shape).cut();
}

Table whole_sheet(Table sheet, const TableOptions& options) {
  return TableCutter::whole(std::move(sheet), options);
}

void add_problem(Table& table, Problem problem) { TableCutter::add(table, std::move(problem)); }

void drop_repeated_headings(Table& table) { TableCutter::drop_repeats(table); }

}  // namespace liantu
