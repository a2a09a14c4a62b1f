#include "liantu/ingest/cells/confirmations.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "base/core/string_map.hpp"
#include "base/text/excerpt.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/number.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/credit_code.hpp"
#include "liantu/base/values/firm_name.hpp"
#include "liantu/tables/read_table.hpp"
#include "tables/cells/cell_words.hpp"

namespace liantu {
namespace {

enum Column : std::uint8_t { Written, Where, Firm, Code, Region, Score, Answer, Other, kColumns };

struct Heading {
  std::string_view key;
  Text words;
  CellKind kind;
  bool needed;
};

const std::array<Heading, kColumns>& headings() {
  static const std::array<Heading, kColumns> all = {{
      {"written", {"name written", "所写名称"}, CellKind::Text, true},
      {"where", {"stands in", "出处"}, CellKind::Text, false},
      {"firm", {"may mean the firm", "可能是哪家企业"}, CellKind::Text, true},
      {"credit_code", {"its credit code", "该企业信用代码"}, CellKind::Code, false},
      {"region", {"where it is", "该企业所在地"}, CellKind::Text, false},
      {"score", {"likeness, 0 to 1", "相似度（0 至 1）"}, CellKind::Number, false},
      {"same_firm", {"is it? yes / no / other", "是否同一家（是/否/其他）"}, CellKind::Text, true},
      {"other_firm",
       {"if other: name or code", "如为其他：企业全称或信用代码"},
       CellKind::Text,
       false},
  }};
  return all;
}

// A heading as people may have changed it: without blanks, in half width.
std::string plain(std::string_view text) {
  std::string out = normalize_width(text);
  std::erase_if(out, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

using Places = std::array<std::optional<std::size_t>, kColumns>;

Places columns_of(const Table& table) {
  Places at;
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    const std::string name = plain(table.columns()[i]);
    for (std::size_t column = 0; column < kColumns; ++column) {
      const Heading& one = headings()[column];
      if (at[column]) continue;
      if (name == one.key || name == plain(one.words.en) || name == plain(one.words.zh)) {
        at[column] = i;
        break;
      }
    }
  }
  return at;
}

std::optional<Confirmed> answer_of(std::string_view words) {
  const std::string text = plain(words);
  if (text.empty()) return Confirmed::Open;
  constexpr struct {
    std::string_view word;
    Confirmed answer;
  } kWords[] = {
      {"是", Confirmed::Yes},       {"是的", Confirmed::Yes},    {"对", Confirmed::Yes},
      {"同一家", Confirmed::Yes},   {"yes", Confirmed::Yes},     {"y", Confirmed::Yes},
      {"1", Confirmed::Yes},        {"√", Confirmed::Yes},       {"✓", Confirmed::Yes},
      {"true", Confirmed::Yes},     {"否", Confirmed::No},       {"不是", Confirmed::No},
      {"不", Confirmed::No},        {"no", Confirmed::No},       {"n", Confirmed::No},
      {"0", Confirmed::No},         {"×", Confirmed::No},        {"x", Confirmed::No},
      {"false", Confirmed::No},     {"其他", Confirmed::Other},  {"其它", Confirmed::Other},
      {"另一家", Confirmed::Other}, {"other", Confirmed::Other},
  };
  for (const auto& [word, answer] : kWords) {
    if (text == word) return answer;
  }
  return std::nullopt;
}

Error no_such_column(const Table& table, const Heading& heading) {
  const std::string place = table.header().to_string();
  return {ErrorCode::InvalidData,
          {fmt::format("{}: the column \"{}\" is missing; put it back, or give the workbook "
                       "another name and let the build write it anew",
                       place, heading.words.en),
           fmt::format("{}：缺少“{}”列；请恢复该列，或将该文件改名后由 build 重新生成", place,
                       heading.words.zh)}};
}

class Reader {
 public:
  Reader(const Table& table, std::vector<Problem>& problems, std::vector<NameQuestion>& questions)
      : table_(table), at_(columns_of(table)), problems_(problems), questions_(questions) {}

  void read() {
    for (std::size_t column = 0; column < kColumns; ++column) {
      if (headings()[column].needed && !at_[column])
        throw no_such_column(table_, headings()[column]);
    }
    for (std::size_t row = 0; row < table_.size(); ++row) read_row(row);
  }

 private:
  [[nodiscard]] std::string words(std::size_t row, Column column) const {
    if (!at_[column]) return {};
    return std::string(cell_words(table_.cell(row, *at_[column]).text));
  }
  void warn(std::size_t row, Column column, std::string kind, Text what, Text remedy) {
    const std::size_t at = at_[column].value_or(0);
    problems_.push_back({Severity::Warning, table_.place(row, at), std::move(kind),
                         table_.columns()[at], excerpt(words(row, column)), std::move(what),
                         std::move(remedy)});
  }

  void read_row(std::size_t row) {
    NameQuestion question;
    question.written = words(row, Written);
    question.firm = words(row, Firm);
    question.where = words(row, Where);
    question.code = normalize_credit_code(words(row, Code));
    question.region = words(row, Region);
    question.score = std::clamp(parse_number(words(row, Score)).value_or(0), 0.0, 1.0);
    question.other = words(row, Other);
    question.place = table_.place(row);
    read_notes(row, question);
    const std::string said = words(row, Answer);
    const bool names_both = !normalize_firm_name(question.written).full.empty() &&
                            !normalize_firm_name(question.firm).full.empty();
    if (!names_both) {
      // Notes below the rows have no answer.
      if (!said.empty()) {
        warn(row, question.firm.empty() ? Firm : Written, "confirmation",
             {"the row has an answer, but does not say which name or which firm it is about",
              "此行有答复，但缺少所写名称或企业名称"},
             {"put the name and the firm back, or delete the row", "请补回名称与企业，或删除此行"});
      }
      return;
    }
    const auto answer = answer_of(said);
    if (!answer) {
      warn(row, Answer, "confirmation", {"this is not an answer", "无法识别此答复"},
           {"write 是, 否 or 其他", "请填写 是、否 或 其他"});
    } else if (*answer == Confirmed::Other && normalize_firm_name(question.other).full.empty()) {
      warn(row, Other, "confirmation",
           {"the answer is 其他, but the firm that is meant is not named",
            "答复为“其他”，但未写明是哪家企业"},
           {"write its full name or its credit code", "请填写其全称或信用代码"});
    } else {
      question.answer = *answer;
    }
    if (question.answer == Confirmed::Yes || question.answer == Confirmed::Other) {
      refuse_second(row, question);
    }
    questions_.push_back(std::move(question));
  }

  // What stands in columns that are not ours.
  void read_notes(std::size_t row, NameQuestion& question) const {
    for (std::size_t i = 0; i < table_.columns().size(); ++i) {
      if (std::ranges::find(at_, std::optional(i)) != at_.end()) continue;
      const std::string_view heading = table_.columns()[i];
      const std::string_view words = cell_words(table_.cell(row, i).text);
      if (!heading.empty() && !words.empty()) question.notes.emplace_back(heading, words);
    }
  }

  // A name is one firm.
  void refuse_second(std::size_t row, NameQuestion& question) {
    const std::string name = normalize_firm_name(question.written).full;
    const std::string meant =
        normalize_firm_name(question.answer == Confirmed::Yes ? question.firm : question.other)
            .full;
    const auto [first, fresh] = meant_.try_emplace(name, meant, questions_.size());
    if (fresh || first->second.first == meant) return;
    const InputPlace place = questions_[first->second.second].place;
    warn(row, Answer, "confirmation",
         {fmt::format("{} says that the name means another firm; neither answer is used",
                      place.to_string()),
          fmt::format("{} 的答复指向另一家企业；两处答复均未采用", place.to_string())},
         {"answer 是 in one row only", "请只在一行填写“是”"});
    questions_[first->second.second].answer = Confirmed::Open;
    question.answer = Confirmed::Open;
  }

  const Table& table_;
  Places at_;
  std::vector<Problem>& problems_;
  std::vector<NameQuestion>& questions_;
  StringMap<std::pair<std::string, std::size_t>> meant_;  // by name: the firm, the row that says it
};

SheetCell cell_of(const NameQuestion& question, Column column) {
  const auto text = [](const std::string& words) -> SheetCell {
    return words.empty() ? SheetCell() : SheetCell(words);
  };
  switch (column) {
    case Written:
      return text(question.written);
    case Where:
      return text(question.where);
    case Firm:
      return text(question.firm);
    case Code:
      return text(question.code);
    case Region:
      return text(question.region);
    case Score:
      return question.score > 0 ? SheetCell(question.score) : SheetCell();
    case Answer: {
      constexpr std::string_view kWords[] = {"", "是", "否", "其他"};
      return text(std::string(kWords[static_cast<std::size_t>(question.answer)]));
    }
    default:
      return text(question.other);
  }
}

}  // namespace

std::vector<NameQuestion> read_confirmations(const std::filesystem::path& path,
                                             std::vector<Problem>& problems,
                                             const TableOptions& options) {
  TableOptions how = options;
  how.is_heading = [](std::string_view words) {
    const std::string text = plain(words);
    return std::ranges::any_of(headings(), [&](const Heading& one) {
      return text == one.key || text == plain(one.words.en) || text == plain(one.words.zh);
    });
  };
  std::vector<NameQuestion> questions;
  const std::vector<Table> tables = read_tables(path, {}, how);
  // Of a workbook only sheets that have our headings; when none has, the first says what is missing.
  bool any = false;
  for (const Table& table : tables) {
    const Places at = columns_of(table);
    if (!at[Written] && !at[Firm] && !at[Answer]) continue;
    Reader(table, problems, questions).read();
    any = true;
  }
  if (!any) throw no_such_column(tables.front(), headings()[Written]);
  return questions;
}

Sheet confirmation_sheet(const std::vector<NameQuestion>& questions) {
  Sheet sheet;
  sheet.title = {"names to confirm", "待确认"};
  for (const Heading& one : headings()) {
    sheet.columns.push_back({std::string(one.key), one.words, one.kind, one.key == "written"});
  }
  std::vector<const NameQuestion*> order;
  StringMap<std::size_t> own;  // columns that people added
  for (const NameQuestion& one : questions) {
    order.push_back(&one);
    for (const auto& [heading, words] : one.notes) {
      if (!own.try_emplace(heading, sheet.columns.size()).second) continue;
      sheet.columns.push_back({heading, {heading, heading}, CellKind::Text});
    }
  }
  std::ranges::stable_sort(order, [](const NameQuestion* a, const NameQuestion* b) {
    const bool open = a->answer == Confirmed::Open;
    if (open != (b->answer == Confirmed::Open)) return open;
    return open && a->score > b->score;
  });
  for (const NameQuestion* one : order) {
    auto& row = sheet.rows.emplace_back();
    for (std::size_t column = 0; column < kColumns; ++column) {
      row.push_back(cell_of(*one, static_cast<Column>(column)));
    }
    row.resize(sheet.columns.size());
    for (const auto& [heading, words] : one->notes) row[own.at(heading)] = words;
  }
  sheet.notes.push_back(
      {"write 是 (yes), 否 (no) or 其他 (other, with the firm's name or code) and build again with "
       "--confirm and this file; answers are kept",
       "请在“是否同一家”列填写 是、否 或 其他（并写明企业全称或信用代码），"
       "再以 --confirm 加本文件重新 build；答复会一直保留"});
  return sheet;
}

}  // namespace liantu
