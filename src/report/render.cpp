#include "liantu/report/render.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/display_width.hpp"
#include "liantu/base/error.hpp"
#include "liantu/base/utf8.hpp"
#include "report/words.hpp"

namespace liantu {

namespace {

constexpr std::size_t kNarrowest = 6;  // columns a shortened text column keeps
constexpr std::string_view kGutter = "  ";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// What a spreadsheet accepts as one literal text of a formula.
constexpr std::size_t kLongestLiteral = 255;

bool stands_right(CellKind kind) {
  return kind == CellKind::Number || kind == CellKind::Money || kind == CellKind::Share;
}

// Characters that would move the cursor, start an escape sequence or turn the direction of the
// text around.
bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xFFFD;
}

std::string printable(std::string_view text) {
  std::u32string characters = to_utf32(text);
  std::replace_if(characters.begin(), characters.end(), is_control, U'?');
  return to_utf8(characters);
}

std::string number_text(double value, bool whole) {
  const std::string text = whole ? fmt::format("{:.0f}", value) : fmt::format("{:.2f}", value);
  return text == "-0" || text == "-0.00" ? text.substr(1) : text;
}

// Digits after the point are the same down a column, or the points would not line up.
bool all_whole(const Sheet& sheet, std::size_t column) {
  return std::all_of(sheet.rows.begin(), sheet.rows.end(), [&](const auto& row) {
    const double* value = column < row.size() ? std::get_if<double>(&row[column]) : nullptr;
    return value == nullptr || *value == std::floor(*value);
  });
}

std::string shown(const SheetCell& cell, CellKind kind, bool whole, Language language) {
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

// Takes from the widest text columns until the table fits or none can give any more.
void shorten(std::vector<std::size_t>& widths, const Sheet& sheet, std::size_t limit) {
  std::size_t total = kGutter.size() * (widths.size() - 1);
  for (const std::size_t width : widths) total += width;
  while (total > limit) {
    std::optional<std::size_t> widest;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (sheet.columns[i].kind != CellKind::Text || widths[i] <= kNarrowest) continue;
      if (!widest || widths[i] > widths[*widest]) widest = i;
    }
    if (!widest) return;
    --widths[*widest];
    --total;
  }
}

void append_line(std::string& out, const std::vector<std::string>& cells,
                 const std::vector<std::size_t>& widths, const Sheet& sheet) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += kGutter;
    const Align align = stands_right(sheet.columns[i].kind) ? Align::Right : Align::Left;
    line += pad_width(fit_width(cells[i], widths[i]), widths[i], align);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out += line;
}

bool would_run(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

void append_field(std::string& out, std::string_view field) {
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += field;
    return;
  }
  out += '"';
  for (const char c : field) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::string guarded(std::string_view text) {
  std::string result;
  if (would_run(text)) result += '\'';
  result += text;
  return result;
}

// Inside a formula's text a quotation mark is doubled, so that no code can end the text early.
std::string code_literal(std::string_view code) {
  if (code.empty() || code.size() > kLongestLiteral) return guarded(code);
  std::string result = "=\"";
  for (const char c : code) {
    if (c == '"') result += '"';
    result += c;
  }
  result += '"';
  return result;
}

std::string field_text(const SheetCell& cell, CellKind kind) {
  std::string text;
  if (const double* value = std::get_if<double>(&cell)) {
    text = plain_number(*value);
    if (kind != CellKind::Code) return text;
  } else if (const std::string* words = std::get_if<std::string>(&cell)) {
    text = *words;
  }
  return kind == CellKind::Code ? code_literal(text) : guarded(text);
}

void check_utf8(std::string_view text, std::size_t row, std::size_t column,
                std::string_view column_name) {
  const auto bad = find_invalid_utf8(text);
  if (!bad) return;
  throw Error(ErrorCode::InvalidData,
              {fmt::format("row {}, column {} ({}): byte {} is no UTF-8; read the table that it "
                           "comes from with the right encoding",
                           row, column, column_name, *bad + 1),
               fmt::format("第{}行第{}列（{}）：第{}个字节不是UTF-8编码；"
                           "请用正确的编码重新读入原表",
                           row, column, column_name, *bad + 1)});
}

struct KindName {
  std::string_view kind;
  std::string_view en;
  std::string_view zh;
};

constexpr KindName kKindNames[] = {
    {"ambiguous", "ambiguous names", "名称有歧义"},
    {"ambiguous-firm", "ambiguous firm names", "企业重名"},
    {"basis", "bases", "依据"},
    {"credit-code", "credit codes", "信用代码"},
    {"currency", "foreign currencies", "外币金额"},
    {"cycle", "circles in the taxonomy", "上下级成环"},
    {"date", "dates", "日期"},
    {"double-column", "columns given twice", "重复的列"},
    {"duplicate", "duplicates", "重复"},
    {"extra-cells", "rows with too many cells", "单元格过多的行"},
    {"flag", "yes/no cells", "是否标记"},
    {"malformed-json", "malformed JSON", "JSON 格式错误"},
    {"merged", "rows merged", "合并到已有企业"},
    {"missing-name", "missing names", "缺少名称"},
    {"missing-region", "missing regions", "缺少地区"},
    {"money", "amounts", "金额"},
    {"not-a-head", "subclasses in name only", "名不副实的子类"},
    {"number", "numbers", "数字"},
    {"perhaps-same", "firms that may be the same", "疑似同一企业"},
    {"region", "regions", "地区"},
    {"region-conflict", "contradicting regions", "地区信息不一致"},
    {"same-name", "firms of one name", "同名企业"},
    {"self", "relations with itself", "两端相同"},
    {"share", "shares", "比例"},
    {"stray-quote", "stray quotes", "多余的引号"},
    {"unknown-column", "columns not read", "未读取的列"},
    {"unknown-firm", "unknown firms", "未知企业"},
    {"unknown-organization", "unknown organizations", "未知组织"},
    {"unknown-person", "unknown persons", "未知人员"},
    {"unknown-segment", "unknown segments", "未知环节"},
    {"unknown-site", "unknown sites", "未知地块"},
    {"unmapped-file", "files not read", "未读取的文件"},
    {"unused-mapping", "mapping entries without a file", "未用到的映射"},
};

}  // namespace

std::string render_table(const Sheet& sheet, const TableStyle& style) {
  std::string out;
  const std::string& title = sheet.title.in(style.language);
  if (!title.empty()) out += printable(title) + '\n';
  if (sheet.columns.empty()) return out;

  const std::size_t columns = sheet.columns.size();
  std::vector<std::string> headings;
  std::vector<bool> whole;
  for (std::size_t i = 0; i < columns; ++i) {
    headings.push_back(printable(sheet.columns[i].heading.in(style.language)));
    whole.push_back(all_whole(sheet, i));
  }
  std::vector<std::vector<std::string>> lines;
  lines.reserve(sheet.rows.size());
  for (const auto& row : sheet.rows) {
    std::vector<std::string>& line = lines.emplace_back();
    for (std::size_t i = 0; i < columns; ++i) {
      line.push_back(i < row.size() ? shown(row[i], sheet.columns[i].kind, whole[i], style.language)
                                    : "-");
    }
  }

  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns; ++i) {
    std::size_t width = display_width(headings[i]);
    for (const auto& line : lines) width = std::max(width, display_width(line[i]));
    widths.push_back(width);
  }
  if (style.width > 0) shorten(widths, sheet, style.width);

  if (style.colour) out += "\x1b[1m";
  append_line(out, headings, widths, sheet);
  if (style.colour) out += "\x1b[0m";
  out += '\n';
  for (std::size_t i = 0; i < columns; ++i) {
    if (i > 0) out += kGutter;
    for (std::size_t k = 0; k < widths[i]; ++k) out += "─";
  }
  out += '\n';
  for (const auto& line : lines) {
    append_line(out, line, widths, sheet);
    out += '\n';
  }
  return out;
}

std::string render_csv(const Sheet& sheet, Language language) {
  std::string out(kByteOrderMark);
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    const std::string& heading = sheet.columns[i].heading.in(language);
    check_utf8(heading, 1, i + 1, sheet.columns[i].key);
    if (i > 0) out += ',';
    append_field(out, guarded(heading));
  }
  out += "\r\n";
  for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
      if (i > 0) out += ',';
      if (i >= sheet.rows[r].size()) continue;
      const SheetCell& cell = sheet.rows[r][i];
      if (const std::string* text = std::get_if<std::string>(&cell)) {
        check_utf8(*text, r + 2, i + 1, sheet.columns[i].key);
      }
      append_field(out, field_text(cell, sheet.columns[i].kind));
    }
    out += "\r\n";
  }
  return out;
}

Text problem_kind_text(std::string_view kind) {
  for (const KindName& name : kKindNames) {
    if (name.kind == kind) return {std::string(name.en), std::string(name.zh)};
  }
  return {std::string(kind), std::string(kind)};
}

Sheet problem_sheet(const std::vector<Problem>& problems, Language language) {
  Sheet sheet;
  sheet.title = {"Problems in the input", "输入数据中的问题"};
  sheet.columns = {{"severity", {"severity", "程度"}, CellKind::Text},
                   {"place", {"place", "位置"}, CellKind::Text},
                   {"field", {"field", "字段"}, CellKind::Text},
                   {"value", {"value", "原值"}, CellKind::Text},
                   {"what", {"what is wrong", "问题"}, CellKind::Text},
                   {"remedy", {"what to do", "处理办法"}, CellKind::Text}};
  const auto cell = [](std::string_view text) -> SheetCell {
    if (text.empty()) return std::monostate{};
    return valid_utf8(text);
  };
  for (const Problem& problem : problems) {
    sheet.rows.push_back({cell(severity_text(problem.severity).in(language)),
                          cell(problem.place.to_string()), cell(problem.field), cell(problem.value),
                          cell(problem.what.in(language)), cell(problem.remedy.in(language))});
  }
  return sheet;
}

}  // namespace liantu
