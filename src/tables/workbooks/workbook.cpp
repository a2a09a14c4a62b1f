#include "tables/workbooks/workbook.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

constexpr std::uint32_t kMostColumns = 16'384;  // XFD
constexpr std::uint64_t kFaultyShown = 100;     // a sheet
constexpr std::size_t kRowsNamed = 8;

// `3–5, 8`; the first few of many.
std::string ranges(const std::vector<std::uint32_t>& numbers) {
  std::string out;
  std::size_t count = 0;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    if (++count > kRowsNamed) return out + " …";
    if (!out.empty()) out += ", ";
    out +=
        last > i ? fmt::format("{}–{}", numbers[i], numbers[last]) : fmt::format("{}", numbers[i]);
    i = last + 1;
  }
  return out;
}

}  // namespace

void Workbook::check_length(std::size_t bytes) const {
  const std::uint64_t most = options_.limits.field_bytes;
  if (bytes <= most) return;
  throw Error{ErrorCode::LimitReached,
              sheets_.empty() ? InputPlace{.file = file_} : sheets_.back().writer.place(row_),
              {fmt::format("a cell is longer than {} bytes", most),
               fmt::format("有单元格超过 {} 字节", most)},
              {"shorten it, or raise --limit field_bytes=VALUE",
               "请缩短，或调高 --limit field_bytes=VALUE"}};
}

Workbook::Span Workbook::span_from(std::size_t begin) const {
  if (text_.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error{ErrorCode::LimitReached,
                {.file = file_},
                {"holds more than 4 GiB of text", "文字超过 4 GiB"},
                {"split the workbook", "请拆分工作簿"}};
  }
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(text_.size() - begin)};
}

bool Workbook::wants(const std::string& sheet, bool hidden) {
  names_.push_back(sheet);
  // Who names a sheet wants it.
  if (!options_.sheet.empty()) return sheet == options_.sheet;
  if (!hidden || options_.hidden == Hidden::Read) return true;
  hidden_.push_back(sheet);
  return false;
}

void Workbook::begin_sheet(const std::string& name) {
  sheets_.push_back({TableWriter(file_, options_, bytes_), {}});
  sheets_.back().writer.set_sheet(name);
  row_ = 0;
  hidden_rows_.clear();
  faulty_ = 0;
  formulas_ = {};
}

void Workbook::begin_row(std::uint32_t number, bool hidden) {
  TableWriter& writer = sheets_.back().writer;
  if (number <= row_) {
    throw writer.error(ErrorCode::InvalidData, {number, 0},
                       {"the rows of the sheet do not ascend", "工作表的行号不是递增的"},
                       {"open the workbook in the spreadsheet program and save it again",
                        "请用表格软件打开后重新保存"});
  }
  if (number > options_.limits.sheet_rows) {
    const std::uint32_t most = options_.limits.sheet_rows;
    throw writer.error(ErrorCode::LimitReached, {number, 0},
                       {fmt::format("the row lies beyond the limit of {} rows", most),
                        fmt::format("该行超出 {} 行的上限", most)},
                       {"delete what stands there, or raise --limit sheet_rows=VALUE",
                        "请删除该处内容，或调高 --limit sheet_rows=VALUE"});
  }
  row_ = number;
  row_hidden_ = hidden && options_.hidden == Hidden::PassOver;
  sorted_ = true;
  cells_.clear();
}

void Workbook::add_cell(std::uint32_t column, Span span) {
  if (span.length == 0) return;
  if (column == 0 || column > kMostColumns) {
    throw sheets_.back().writer.error(
        ErrorCode::InvalidData, {row_, 0},
        {"a cell lies beyond the last column (XFD)", "有单元格超出最后一列（XFD）"},
        {"open the workbook in the spreadsheet program and save it again",
         "请用表格软件打开后重新保存"});
  }
  count_cell(row_, column);
  sorted_ = sorted_ && (cells_.empty() || cells_.back().first < column);
  cells_.emplace_back(column, span);
}

void Workbook::count_cell(std::uint32_t row, std::uint32_t column) {
  if (++cell_count_ > options_.limits.cells) {
    throw sheets_.back().writer.error(ErrorCode::LimitReached, {row, column},
                                      {fmt::format("more than {} cells", options_.limits.cells),
                                       fmt::format("单元格超过 {} 个", options_.limits.cells)},
                                      {"split the workbook, or raise --limit cells=VALUE",
                                       "请拆分工作簿，或调高 --limit cells=VALUE"});
  }
}

void Workbook::end_row() {
  if (cells_.empty()) return;
  if (row_hidden_) {
    hidden_rows_.push_back(row_);
    return;
  }
  if (!sorted_) {
    const auto column = [](const std::pair<std::uint32_t, Span>& cell) { return cell.first; };
    std::ranges::stable_sort(cells_, {}, column);
    const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
    cells_.erase(std::unique(cells_.begin(), cells_.end(), same), cells_.end());
  }
  TableWriter& writer = sheets_.back().writer;
  writer.begin_row({0, 0, 0, row_, row_, 1});
  for (const auto& [column, span] : cells_) {
    writer.add_cell({span.offset, span.length, row_, column}, column - 1);
  }
  writer.end_row();
}

void Workbook::add_merge(const MergedCells& merged) {
  if (merged.first_row == 0 || merged.first_column == 0 || merged.last_row < merged.first_row ||
      merged.last_column < merged.first_column) {
    return;
  }
  count_cell(merged.first_row, merged.first_column);
  sheets_.back().merges.push_back(merged);
}

void Workbook::add_problem(Severity severity, std::uint32_t row, std::uint32_t column,
                           const char* kind, std::string value, Text what, Text remedy) {
  sheets_.back().writer.add_problem(severity, row, {row, column}, kind, std::move(value),
                                    std::move(what), std::move(remedy));
}

void Workbook::add_faulty_cell(std::uint32_t column, std::string value) {
  if (row_hidden_ || ++faulty_ > kFaultyShown) return;
  add_problem(Severity::Warning, row_, column, "error-cell", std::move(value),
              {"the cell holds an error and is read as empty", "此单元格是错误值，按空白读取"},
              {"mend the formula", "请修正公式"});
}

void Workbook::add_formula_without_value(std::uint32_t column) {
  if (row_hidden_ || formulas_.count++ > 0) return;
  formulas_.row = row_;
  formulas_.column = column;
}

void Workbook::end_sheet() {
  if (faulty_ > kFaultyShown) {
    add_problem(
        Severity::Warning, 0, 0, "error-cell", "",
        {fmt::format("{} more cells hold errors and are read as empty", faulty_ - kFaultyShown),
         fmt::format("另有 {} 个单元格是错误值，按空白读取", faulty_ - kFaultyShown)},
        {"mend the formulas", "请修正公式"});
  }
  if (formulas_.count > 0) {
    add_problem(Severity::Warning, formulas_.row, formulas_.column, "formula-without-value", "",
                {fmt::format("{} formulas, this one first, have no value in the file and are read "
                             "as empty",
                             formulas_.count),
                 fmt::format("有 {} 个公式（此为第一个）在文件中没有存下结果，按空白读取",
                             formulas_.count)},
                {"open the workbook in the spreadsheet program and save it",
                 "请用表格软件打开工作簿并保存"});
  }
  if (!hidden_rows_.empty()) {
    add_problem(Severity::Warning, hidden_rows_.front(), 0, "hidden-rows", "",
                {fmt::format("{} hidden rows are passed over: {}", hidden_rows_.size(),
                             ranges(hidden_rows_)),
                 fmt::format("跳过 {} 个隐藏行：{}", hidden_rows_.size(), ranges(hidden_rows_))},
                {"unhide them, or read them with --hidden", "请取消隐藏，或用 --hidden 一并读取"});
  }
}

std::vector<Table> Workbook::finish() {
  const auto refuse = [&](Text wrong, Text remedy) {
    throw Error(ErrorCode::InvalidData, {.file = file_}, std::move(wrong), std::move(remedy));
  };
  if (!options_.sheet.empty() && std::ranges::find(names_, options_.sheet) == names_.end()) {
    refuse({fmt::format("has no sheet \"{}\"", options_.sheet),
            fmt::format("没有工作表“{}”", options_.sheet)},
           {fmt::format("its sheets are: {}", fmt::join(names_, ", ")),
            fmt::format("现有：{}", fmt::join(names_, "、"))});
  }
  const auto text = std::make_shared<const std::string>(std::move(text_));
  std::vector<Table> tables;
  for (Sheet& sheet : sheets_) {
    Table whole = sheet.writer.finish(text, "UTF-8");
    if (options_.header == HeaderRow::None) {
      if (whole.size() > 0) tables.push_back(whole_sheet(std::move(whole), options_));
      continue;
    }
    for (Table& table : find_tables(std::move(whole), sheet.merges, options_, ByShape::Yes)) {
      tables.push_back(std::move(table));
    }
  }
  if (tables.empty()) {
    if (!hidden_.empty()) {
      refuse({fmt::format("only hidden sheets hold anything ({})", fmt::join(hidden_, ", ")),
              fmt::format("只有隐藏的工作表有内容（{}）", fmt::join(hidden_, "、"))},
             {"unhide them, or read them with --hidden", "请取消隐藏，或用 --hidden 一并读取"});
    }
    refuse({"no sheet holds anything", "工作表都是空的"},
           {"check that it is the right file", "请检查是否选对了文件"});
  }
  for (const std::string& name : hidden_) {
    liantu::add_problem(
        tables.front(),
        {Severity::Note,
         {.file = file_, .sheet = name},
         "hidden-sheet",
         "",
         name,
         {"the sheet is hidden and passed over", "该工作表是隐藏的，未读取"},
         {fmt::format("unhide it, read it as {}#{}, or read all with --hidden", file_, name),
          fmt::format("请取消隐藏，或以 {}#{} 指定，或用 --hidden 全部读取", file_, name)}});
  }
  return tables;
}

}  // namespace liantu
