#include "liantu/report/render.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/excerpt.hpp"
#include "liantu/base/display_width.hpp"
#include "liantu/base/error.hpp"
#include "liantu/base/output_mark.hpp"
#include "liantu/base/utf8.hpp"
#include "report/words.hpp"

namespace liantu {

namespace {

constexpr std::string_view kGutter = "  ";
constexpr std::string_view kIndent = "    ";  // of what stands below its row
constexpr std::size_t kReadable = 120;  // columns of what stands there where no width is given
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// What a spreadsheet accepts as one literal text of a formula.
constexpr std::size_t kLongestLiteral = 255;

bool stands_right(CellKind kind) {
  return kind == CellKind::Number || kind == CellKind::Money || kind == CellKind::Share;
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
        column.cells.push_back(
            i < row.size() ? shown(row[i], sheet.columns[i].kind, whole, style.language) : "-");
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
      for (std::size_t row = 0; row < sheet_.rows.size(); ++row) body(row);
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
  // Whoever reads it takes one apostrophe off.
  if (would_run(text) || text.starts_with('\'')) result += '\'';
  return result + printable(text, "\t\r\n");
}

// Inside a formula's text a quotation mark is doubled, so that no code can end the text early.
std::string code_literal(std::string_view code) {
  if (code.empty() || code.size() > kLongestLiteral) return guarded(code);
  std::string result = "=\"";
  for (const char c : printable(code)) {
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
    {"ambiguous-region", "ambiguous regions", "地区有歧义"},
    {"ambiguous-firm", "ambiguous firm names", "企业重名"},
    {"basis", "bases", "依据"},
    {"before-founding", "relations before a firm's founding", "关系早于企业成立"},
    {"bill-of-materials", "costs without quantity or price", "缺用量或单价"},
    {"code", "codes that a spreadsheet changed", "被表格软件改动的代码"},
    {"coefficient", "inputs that cost as much as their product", "投入系数不低于 1"},
    {"coefficient-sum", "products whose inputs cost as much", "投入系数合计不低于 1"},
    {"contradiction", "contradicting values", "数据互相矛盾"},
    {"credit-code", "credit codes", "信用代码"},
    {"currency", "foreign currencies", "外币金额"},
    {"cycle", "circles in the taxonomy", "上下级成环"},
    {"date", "dates", "日期"},
    {"date-serial", "dates as numbers", "以序号表示的日期"},
    {"double-heading", "headings given twice", "重复的列名"},
    {"double-column", "columns given twice", "重复的列"},
    {"divided-region", "divisions that were divided", "已拆分的行政区划"},
    {"duplicate", "duplicates", "重复"},
    {"duplicate-member", "members given twice", "重复的成员"},
    {"error-cell", "cells with errors", "错误值单元格"},
    {"extra-cells", "rows with too many cells", "单元格过多的行"},
    {"flag", "yes/no cells", "是否标记"},
    {"footnote", "lines beside the table", "表外文字"},
    {"formula-without-value", "formulas without a value", "没有结果的公式"},
    {"founded-late", "firms founded after they ended", "成立晚于截止的企业"},
    {"hidden-rows", "hidden rows", "隐藏行"},
    {"hidden-sheet", "hidden sheets", "隐藏工作表"},
    {"identity-number", "persons' identity numbers", "个人身份证号码"},
    {"imports", "how imports are taken", "进口的处理"},
    {"industry", "industries", "行业"},
    {"industry-name", "industries of another name", "代码与名称不符的行业"},
    {"isolated-firm", "firms that stand alone", "孤立的企业"},
    {"lost-zero", "codes that lost a nought", "丢失前导 0 的代码"},
    {"malformed-json", "malformed JSON", "JSON 格式错误"},
    {"merged", "rows merged", "合并到已有企业"},
    {"merged-number", "numbers merged over rows", "跨行合并的数"},
    {"missing-name", "missing names", "缺少名称"},
    {"missing-region", "missing regions", "缺少地区"},
    {"mixed-units", "mixed units", "单位不一致"},
    {"money", "amounts", "金额"},
    {"not-a-head", "subclasses in name only", "名不副实的子类"},
    {"negative-coefficient", "negative coefficients", "投入系数为负"},
    {"no-edge", "lines without two ends", "不足两端的行"},
    {"no-object", "rows that are no objects", "不是对象的行"},
    {"nul", "NUL characters", "空字符"},
    {"number", "numbers", "数字"},
    {"other-year", "values of another year", "其他年度的数值"},
    {"output-above-revenue", "outputs above revenue", "产值大于营收"},
    {"owner-share-sum", "owners that hold more than all", "持股合计大于 1"},
    {"perhaps-same", "firms that may be the same", "疑似同一企业"},
    {"product-price", "prices of products", "产品单价"},
    {"purchase-share-sum", "suppliers of more than all", "采购占比合计大于 1"},
    {"region", "regions", "地区"},
    {"region-conflict", "contradicting regions", "地区信息不一致"},
    {"repeated-heading", "headings again", "重复的列名行"},
    {"repeated-row", "rows told twice", "重复的行"},
    {"rough-value", "ranges and approximate values", "区间与约数"},
    {"rows-in-field", "quotes around several rows", "引号内含多行"},
    {"same-name", "firms of one name", "同名企业"},
    {"sector-overlap", "tables that overlap", "重叠的投入产出表"},
    {"sector-scheme", "sectors of their own", "自有部门分类"},
    {"segment-without-maker", "segments without a maker", "没有生产企业的环节"},
    {"self", "relations with itself", "两端相同"},
    {"several-values", "lists where one value belongs", "一格多值"},
    {"share", "shares", "比例"},
    {"share-sum", "shares above 1 together", "占比合计大于 1"},
    {"stray-quote", "stray quotes", "多余的引号"},
    {"table-found", "where tables were found", "表格所在位置"},
    {"text-after-quote", "text after a quote", "右引号后有文字"},
    {"too-many-sources", "sources beyond the limit", "来源过多"},
    {"total-row", "rows of sums", "合计行"},
    {"unit", "units", "单位"},
    {"unknown-column", "columns not read", "未读取的列"},
    {"unknown-firm", "unknown firms", "未知企业"},
    {"unknown-organization", "unknown organizations", "未知组织"},
    {"unknown-person", "unknown persons", "未知人员"},
    {"unknown-segment", "unknown segments", "未知环节"},
    {"unknown-site", "unknown sites", "未知地块"},
    {"unmapped-column", "columns that the mapping passes over", "映射未读取的列"},
    {"unmapped-file", "files not read", "未读取的文件"},
    {"until-before-since", "ends before the beginning", "截止早于起始"},
    {"unusable-file", "files that cannot be used", "无法使用的文件"},
    {"unused-mapping", "mapping entries without a file", "未用到的映射"},
    {"unwanted-row", "rows that the mapping passes over", "映射跳过的行"},
    {"workbook", "workbooks not read", "未读取的工作簿"},
    {"zero-price", "prices of 0", "价格为 0"},
};

}  // namespace

std::string render_table(const Sheet& sheet, const TableStyle& style) {
  return Table(sheet, style).text();
}

std::string render_csv(const Sheet& sheet, Language language) {
  std::string out(kByteOrderMark);
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    const std::string& heading = sheet.columns[i].heading.in(language);
    check_utf8(heading, 1, i + 1, sheet.columns[i].key);
    append_field(out, guarded(heading));
    out += ',';
  }
  append_field(out, kOutputMark.in(language));
  out += "\r\n";
  for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
      if (i < sheet.rows[r].size()) {
        const SheetCell& cell = sheet.rows[r][i];
        if (const std::string* text = std::get_if<std::string>(&cell)) {
          check_utf8(*text, r + 2, i + 1, sheet.columns[i].key);
        }
        append_field(out, field_text(cell, sheet.columns[i].kind));
      }
      out += ',';
    }
    out += "\r\n";
  }
  if (!sheet.summary.empty() || !sheet.notes.empty()) out += "\r\n";
  for (const auto* said : {&sheet.summary, &sheet.notes}) {
    for (const Text& words : *said) {
      append_field(out, guarded(words.in(language)));
      out += "\r\n";
    }
  }
  return out;
}

Text problem_kind_text(std::string_view kind) {
  for (const KindName& name : kKindNames) {
    if (name.kind == kind) return {std::string(name.en), std::string(name.zh)};
  }
  return {std::string(kind), std::string(kind)};
}

namespace {

// The row's number and its cells, behind the problem's own columns.
void add_rows(Sheet& sheet, const std::vector<ProblemTable>& tables) {
  sheet.columns.push_back({"row", {"row", "行号"}, CellKind::Number});
  sheet.columns.push_back({"source_row", {"row as it stands", "原行"}, CellKind::Text});
  for (std::vector<SheetCell>& row : sheet.rows) row.resize(sheet.columns.size());
  for (const ProblemTable& table : tables) {
    for (const ProblemRow& row : table.rows) {
      std::string cells;
      for (std::size_t column = 0; column < row.cells.size(); ++column) {
        if (row.cells[column].empty()) continue;
        cells += fmt::format("{}{}={}", cells.empty() ? "" : "; ", excerpt(table.columns[column]),
                             row.cells[column]);
      }
      for (const RowProblem& wrong : row.problems) {
        std::vector<SheetCell>& listed = sheet.rows[wrong.problem];
        listed[listed.size() - 2] = static_cast<double>(row.number);
        listed.back() = valid_utf8(shortened(cells));
      }
    }
  }
}

}  // namespace

Sheet problem_sheet(const std::vector<Problem>& problems, Language language,
                    const std::vector<ProblemTable>& tables) {
  Sheet sheet;
  sheet.title = {"Problems in the input", "输入数据中的问题"};
  sheet.columns = {{"severity", {"severity", "程度"}, CellKind::Text},
                   {"place", {"place", "位置"}, CellKind::Text, true},
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
                          cell(problem.place.to_string()), cell(excerpt(problem.field)),
                          cell(excerpt(problem.value)), cell(shortened(problem.what.in(language))),
                          cell(shortened(problem.remedy.in(language)))});
  }
  if (!tables.empty()) add_rows(sheet, tables);
  return sheet;
}

}  // namespace liantu
