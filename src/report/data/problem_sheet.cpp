#include "liantu/report/data/problem_sheet.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "report/formats/column.hpp"
#include "report/words/cells.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

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
    {"confirmation", "answers that cannot be used", "无法采用的答复"},
    {"contradiction", "contradicting values", "数据互相矛盾"},
    {"credit-code", "credit codes", "信用代码"},
    {"currency", "foreign currencies", "外币金额"},
    {"cycle", "cycles in the taxonomy", "上下级成环"},
    {"date", "dates", "日期"},
    {"date-serial", "dates as numbers", "以序号表示的日期"},
    {"double-heading", "headings given twice", "重复的列名"},
    {"double-column", "columns given twice", "重复的列"},
    {"divided-region", "regions that were divided", "已拆分的行政区划"},
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
    {"lost-zero", "codes that lost a leading zero", "丢失前导 0 的代码"},
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
    {"owner-share-sum", "owners' shares above 1", "持股合计大于 1"},
    {"industry-conflict", "industries of two kinds", "行业代码与名称不一致"},
    {"isolated-firm", "firms that stand alone", "孤立的企业"},
    {"linked-name", "names linked by likeness", "按相似度对应的名称"},
    {"perhaps-same", "firms that may be the same", "疑似同一企业"},
    {"product-price", "prices of products", "产品单价"},
    {"purchase-share-sum", "suppliers' shares above 1", "采购占比合计大于 1"},
    {"region", "regions", "地区"},
    {"region-conflict", "contradicting regions", "地区信息不一致"},
    {"repeated-heading", "headings again", "重复的列名行"},
    {"repeated-row", "rows given twice", "重复的行"},
    {"rough-value", "ranges and approximate values", "区间与约数"},
    {"rows-in-field", "quotes around several rows", "引号内含多行"},
    {"same-name", "firms of one name", "同名企业"},
    {"sector-overlap", "tables that overlap", "重叠的投入产出表"},
    {"sector-scheme", "sectors of their own", "自有部门分类"},
    {"segment-without-maker", "segments without a maker", "没有生产企业的环节"},
    {"self", "relations of an entity with itself", "两端相同"},
    {"several-values", "lists where one value belongs", "一格多值"},
    {"share", "shares", "比例"},
    {"share-sum", "shares above 1 together", "占比合计大于 1"},
    {"stray-quote", "stray quotes", "多余的引号"},
    {"table-found", "where tables were found", "表格所在位置"},
    {"text-after-quote", "text after a quote", "右引号后有文字"},
    {"tiny-capital", "capital of a few yuan", "注册资本过小"},
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

SheetCell text_cell(std::string_view text) { return words(valid_utf8(text)); }

std::vector<Column<Problem>> columns(Language language) {
  using Col = Column<Problem>;
  using Row = const Problem&;
  const auto number = [](std::uint32_t InputPlace::*part) {
    return [part](Row row) { return row.place.*part > 0 ? count(row.place.*part) : SheetCell(); };
  };
  const auto name = [](std::string InputPlace::*part) {
    return [part](Row row) { return words(row.place.*part); };
  };
  return {Col(
              "severity", {"severity", "程度"}, CellKind::Text, kFull | kJson,
              [language](Row row) { return severity_text(row.severity).in(language); },
              [](auto& out, auto key, Row row) { out.member(key, severity_word(row.severity)); }),
          Col("kind", [](auto& out, auto key, Row row) { out.member(key, row.kind); }),
          Col("file", name(&InputPlace::file), CellKind::Text),
          Col("sheet", name(&InputPlace::sheet), CellKind::Text),
          Col("row", number(&InputPlace::row), CellKind::Number),
          Col("line", number(&InputPlace::line), CellKind::Number),
          Col("column", number(&InputPlace::column), CellKind::Number),
          Col("place", {"place", "位置"}, CellKind::Text, kFull | kLead,
              [](Row row) { return text_cell(row.place.to_string()); }),
          Col("field", {"field", "字段"}, CellKind::Text, kFull | kJson,
              [](Row row) { return text_cell(excerpt(row.field)); }),
          Col(
              "value", {"value", "原值"}, CellKind::Text, kFull | kJson,
              [](Row row) { return text_cell(excerpt(row.value)); },
              [](auto& out, auto key, Row row) { out.member(key, excerpt(row.value)); }),
          Col(
              "what", {"what is wrong", "问题"}, CellKind::Text, kFull | kJson,
              [language](Row row) { return text_cell(shortened(row.what.in(language))); },
              [](auto& out, auto key, Row row) {
                out.member(key, Text{shortened(row.what.en), shortened(row.what.zh)});
              }),
          Col(
              "remedy", {"what to do", "处理办法"}, CellKind::Text, kFull | kJson,
              [language](Row row) { return text_cell(shortened(row.remedy.in(language))); },
              [](auto& out, auto key, Row row) { out.member(key, row.remedy); })};
}

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

void write_source(JsonOutput& out, const ProblemTable& table) {
  constexpr std::size_t kCellBytes = 4000;  // as messages are cut
  const auto list = [&](std::string_view key, const std::vector<std::string>& texts) {
    out.key(key);
    out.open_array();
    for (const std::string& text : texts) out.text(valid_utf8(excerpt(text, kCellBytes)));
    out.close_array();
  };
  out.open_object();
  out.member("file", table.file);
  out.member_or_null("sheet", table.sheet);
  list("columns", table.columns);
  out.key("rows");
  out.open_array();
  for (const ProblemRow& row : table.rows) {
    out.open_object();
    out.key("row");
    out.count(row.number);
    list("cells", row.cells);
    out.key("problems");
    out.open_array();
    for (const RowProblem& wrong : row.problems) out.count(wrong.problem);
    out.close_array();
    out.close_object();
  }
  out.close_array();
  out.close_object();
}

}  // namespace

Text problem_kind_text(std::string_view kind) {
  for (const KindName& name : kKindNames) {
    if (name.kind == kind) return {std::string(name.en), std::string(name.zh)};
  }
  return {std::string(kind), std::string(kind)};
}

Sheet problem_sheet(const std::vector<Problem>& problems, Language language,
                    const std::vector<ProblemTable>& tables) {
  Sheet sheet = sheet_of(columns(language), kFull, problems);
  sheet.title = {"Problems in the input", "输入数据中的问题"};
  if (!tables.empty()) add_rows(sheet, tables);
  return sheet;
}

std::string problems_json(const std::vector<Problem>& problems, const RunInfo& run,
                          const std::vector<ProblemTable>& tables) {
  const std::vector<Column<Problem>> all = columns(Language::En);
  JsonOutput out;
  out.open_object();
  write_run(out, "liantu.problems/1", run);
  out.key("problems");
  out.open_array();
  for (const Problem& problem : problems) write_object(out, all, problem);
  out.close_array();
  if (!tables.empty()) {
    out.key("sources");
    out.open_array();
    for (const ProblemTable& table : tables) write_source(out, table);
    out.close_array();
  }
  out.close_object();
  return out.finish();
}

}  // namespace liantu
