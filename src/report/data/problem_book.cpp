#include "liantu/report/data/problem_book.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/report/data/problem_sheet.hpp"
#include "report/words/cells.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

constexpr std::size_t kMostRows = 100'000;
constexpr std::size_t kFirstCell = 3;  // columns before the cells of the source

// From bad to slight, as people take them on.
int order(Severity severity) { return -static_cast<int>(severity); }

Sheet sheet_of_kinds(const std::vector<Problem>& problems, Language language) {
  Sheet sheet;
  sheet.title = {"by kind", "按类别"};
  sheet.columns = {{"severity", {"severity", "程度"}, CellKind::Text},
                   {"kind", {"kind", "类别"}, CellKind::Text, true},
                   {"count", {"count", "数量"}, CellKind::Number},
                   {"first", {"first place", "首个位置"}, CellKind::Text},
                   {"remedy", {"what to do, of the first", "处理办法（首个）"}, CellKind::Text}};
  std::map<std::pair<int, std::string_view>, std::vector<const Problem*>> kinds;
  for (const Problem& problem : problems) {
    kinds[{order(problem.severity), problem.kind}].push_back(&problem);
  }
  for (const auto& [kind, of_kind] : kinds) {
    const Problem& first = *of_kind.front();
    sheet.rows.push_back({words(severity_text(first.severity).in(language)),
                          words(problem_kind_text(first.kind).in(language)), count(of_kind.size()),
                          words(valid_utf8(first.place.to_string())),
                          words(valid_utf8(shortened(first.remedy.in(language))))});
  }
  return sheet;
}

// Problems that stand in no row.
std::vector<Problem> outside_rows(const std::vector<Problem>& problems,
                                  const std::vector<ProblemTable>& tables) {
  std::vector<bool> in_row(problems.size(), false);
  for (const ProblemTable& table : tables) {
    for (const ProblemRow& row : table.rows) {
      for (const RowProblem& wrong : row.problems) in_row[wrong.problem] = true;
    }
  }
  std::vector<Problem> outside;
  for (std::size_t i = 0; i < problems.size(); ++i) {
    if (!in_row[i]) outside.push_back(problems[i]);
  }
  return outside;
}

class SourceSheet {
 public:
  SourceSheet(const std::vector<Problem>& problems, const ProblemTable& table, Language language)
      : problems_(problems), table_(table), language_(language) {}

  Sheet make() {
    const std::string name =
        table_.sheet.empty() ? table_.file : fmt::format("{}#{}", table_.file, table_.sheet);
    sheet_.title = {valid_utf8(name), valid_utf8(name)};
    sheet_.columns = {{"row", {"row", "行号"}, CellKind::Number, true},
                      {"what", {"what is wrong", "问题"}, CellKind::Text},
                      {"remedy", {"how to mend it", "怎么改"}, CellKind::Text}};
    for (const std::string& heading : table_.columns) {
      const std::string shown = valid_utf8(excerpt(heading));
      sheet_.columns.push_back({shown, {shown, shown}, CellKind::Text});
    }
    const std::size_t shown = std::min(table_.rows.size(), kMostRows);
    for (std::size_t i = 0; i < shown; ++i) add(table_.rows[i]);
    if (shown < table_.rows.size()) {
      const std::size_t more = table_.rows.size() - shown;
      sheet_.notes.push_back(
          {fmt::format("{} more rows are in trouble; they stand in CSV and JSON", more),
           fmt::format("另有 {} 行有问题，见 CSV 或 JSON 输出", more)});
    }
    return std::move(sheet_);
  }

 private:
  void add(const ProblemRow& row) {
    std::vector<RowProblem> wrong = row.problems;
    std::ranges::stable_sort(
        wrong, {}, [&](const RowProblem& one) { return order(problems_[one.problem].severity); });
    std::string what;
    std::string remedy;
    for (const RowProblem& one : wrong) {
      const Problem& problem = problems_[one.problem];
      const std::string field = problem.field.empty()
                                    ? std::string()
                                    : fmt::format("{}{}", excerpt(problem.field),
                                                  language_ == Language::Zh ? "：" : ": ");
      if (!what.empty()) what += '\n';
      what += field + shortened(problem.what.in(language_));
      const std::string mend = shortened(problem.remedy.in(language_));
      if (remedy.find(mend) != std::string::npos) continue;
      if (!remedy.empty()) remedy += '\n';
      remedy += mend;
    }
    std::vector<SheetCell> cells = {static_cast<double>(row.number), words(valid_utf8(what)),
                                    words(valid_utf8(remedy))};
    for (const std::string& cell : row.cells) cells.push_back(words(valid_utf8(cell)));
    // The gravest is marked last, and so is seen.
    for (auto one = wrong.rbegin(); one != wrong.rend(); ++one) {
      sheet_.marked.push_back({sheet_.rows.size(), one->column ? kFirstCell + *one->column : 0,
                               problems_[one->problem].severity});
    }
    sheet_.rows.push_back(std::move(cells));
  }

  const std::vector<Problem>& problems_;
  const ProblemTable& table_;
  Language language_;
  Sheet sheet_;
};

}  // namespace

std::vector<Sheet> problem_book(const std::vector<Problem>& problems,
                                const std::vector<ProblemTable>& tables, Language language) {
  std::vector<Sheet> sheets = {sheet_of_kinds(problems, language)};
  if (const std::vector<Problem> outside = outside_rows(problems, tables); !outside.empty()) {
    sheets.push_back(problem_sheet(outside, language));
    sheets.back().title = {"files and headings", "文件与列名"};
  }
  for (const ProblemTable& table : tables) {
    if (!table.rows.empty()) sheets.push_back(SourceSheet(problems, table, language).make());
  }
  return sheets;
}

}  // namespace liantu
