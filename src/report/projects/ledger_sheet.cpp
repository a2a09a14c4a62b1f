#include "liantu/report/projects/ledger_sheet.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "report/words/cells.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

SheetCell words_of(const Text& text, const SheetOptions& options) {
  return words(text.in(options.language));
}

double number_of(LedgerRow row) { return static_cast<double>(static_cast<std::int64_t>(row)); }

std::string plan_name(const LedgerBook& book, const DueItem& item, Language language) {
  const Subject& subject = book.subjects[item.subject];
  if (item.stage) return stage_text(*item.stage).in(language);
  const std::string_view step = words_at(subject, FactKey::NextStep);
  if (!step.empty()) return std::string(step);
  return language == Language::Zh ? "下一步" : "next step";
}

SheetColumn fact_column(const FactField& field) {
  SheetColumn column;
  column.key = std::string(field.word);
  column.heading = field.heading;
  switch (field.type) {
    case FactType::Money:
      column.kind = CellKind::Money;
      column.heading.en += ", CNY";
      column.heading.zh += "（元）";
      break;
    case FactType::Number:
    case FactType::Event:
      column.kind = CellKind::Number;
      break;
    default:
      if (field.key == FactKey::CreditCode || field.personal) column.kind = CellKind::Code;
      break;
  }
  return column;
}

SheetCell fact_cell(const Subject& subject, const FactField& field, Language language) {
  const Fact* fact = fact_at(subject, field.key);
  if (fact == nullptr) return {};
  const bool number = field.type == FactType::Money || field.type == FactType::Number;
  if (number) return fact->value.number;
  return words(fact_text(field, fact->value, language));
}

// What a day may be called on which the ledger is looked at.
Text as_of_text(const LedgerBook& book) {
  if (!book.as_of.known()) return {};
  return {fmt::format("as of {}", book.as_of.to_string()),
          fmt::format("截至 {}", book.as_of.to_string())};
}

void tell_day(Sheet& sheet, const LedgerBook& book) {
  if (const Text text = as_of_text(book); !text.en.empty()) sheet.notes.push_back(text);
}

}  // namespace

Sheet stage_board_sheet(const LedgerBook& book, const SheetOptions& options) {
  constexpr std::size_t kNames = 4;
  Sheet sheet;
  sheet.title = {fmt::format("Ledger of {}", book.district),
                 fmt::format("{}招商台账", book.district)};
  sheet.columns = {{"kind", {"kind", "类别"}, CellKind::Text},
                   {"stage", {"stage", "阶段"}, CellKind::Text, true},
                   {"count", {"number", "数量"}, CellKind::Number},
                   {"investment", {"planned investment, CNY", "总投资（元）"}, CellKind::Money},
                   {"who", {"who", "名单"}, CellKind::Text}};
  std::size_t projects = 0;
  double investment = 0;
  for (const SubjectKind kind : {SubjectKind::Contact, SubjectKind::Project}) {
    for (const LedgerStage stage : stages_of(kind)) {
      std::size_t count = 0;
      std::optional<double> sum;
      std::vector<std::string> names;
      for (const Subject& one : book.subjects) {
        const StageChange* now = one.kind == kind ? stage_at(one) : nullptr;
        if (now == nullptr || now->stage != stage) continue;
        ++count;
        if (const auto yuan = number_at(one, FactKey::Investment)) sum = sum.value_or(0) + *yuan;
        if (names.size() < kNames) names.push_back(one.name);
      }
      if (kind == SubjectKind::Project) {
        projects += count;
        investment += sum.value_or(0);
      }
      if (count == 0) continue;
      const Counter counter = kind == SubjectKind::Contact ? Counter::Firms : Counter::Things;
      sheet.rows.push_back({words_of(subject_text(kind), options),
                            words_of(stage_text(stage), options), liantu::count(count), amount(sum),
                            words(join_names(names, kNames, counter, options.language, count))});
    }
  }
  const std::size_t contacts = static_cast<std::size_t>(
      std::ranges::count(book.subjects, SubjectKind::Contact, &Subject::kind));
  sheet.summary = {{fmt::format("{} contacts, {} projects of CNY {} in all", contacts, projects,
                                compact_money(investment, Language::En)),
                    fmt::format("联系对象 {} 家，项目 {} 个，总投资 {}元", contacts, projects,
                                compact_money(investment, Language::Zh))}};
  if (sheet.rows.empty()) {
    sheet.notes.push_back({"the ledger is still empty; `liantu ledger add` writes into it",
                           "台账还是空的；用 liantu ledger add 登记"});
  }
  tell_day(sheet, book);
  return sheet;
}

Sheet due_sheet(const LedgerBook& book, const std::vector<DueItem>& items, std::int64_t days,
                const SheetOptions& options) {
  Sheet sheet;
  sheet.title = {fmt::format("Overdue, and due within {} days", days),
                 fmt::format("已逾期和 {} 天内到期", days)};
  sheet.columns = {{"day", {"day", "日期"}, CellKind::Text, true},
                   {"days_left", {"days left", "剩余天数"}, CellKind::Number},
                   {"key", {"code", "编号"}, CellKind::Code},
                   {"name", {"name", "名称"}, CellKind::Text, true},
                   {"due", {"what is due", "应完成"}, CellKind::Text, true},
                   {"stage", {"stands at", "当前阶段"}, CellKind::Text},
                   {"team", {"team", "招商单位"}, CellKind::Text},
                   {"person", {"person in charge", "责任人"}, CellKind::Text},
                   {"row", {"ledger row", "台账行号"}, CellKind::Number}};
  std::size_t overdue = 0;
  for (const DueItem& item : items) {
    if (item.days_left > days) continue;
    if (item.days_left < 0) ++overdue;
    const Subject& subject = book.subjects[item.subject];
    const StageChange* now = stage_at(subject);
    sheet.rows.push_back({item.day.to_string(), static_cast<double>(item.days_left),
                          words(subject.key == subject.name ? "" : subject.key),
                          words(subject.name), words(plan_name(book, item, options.language)),
                          now == nullptr ? SheetCell() : words_of(stage_text(now->stage), options),
                          words(std::string(words_at(subject, FactKey::Team))),
                          words(std::string(words_at(subject, FactKey::Person))),
                          number_of(item.row)});
    if (item.days_left < 0) sheet.marked.push_back({sheet.rows.size() - 1, 1, Severity::Error});
  }
  sheet.summary = {
      {fmt::format("{} overdue, {} due", overdue, sheet.rows.size() - overdue),
       fmt::format("逾期 {} 项，即将到期 {} 项", overdue, sheet.rows.size() - overdue)}};
  return sheet;
}

Sheet subject_sheet(const LedgerBook& book, SubjectKind kind, WithContacts contacts,
                    const SheetOptions& options) {
  Sheet sheet;
  const bool project = kind == SubjectKind::Project;
  const bool team = kind == SubjectKind::Team;
  sheet.title = project ? Text{"Projects", "项目"}
                : team  ? Text{"Teams", "招商单位"}
                        : Text{"Contacts", "联系对象"};
  if (project) {
    sheet.columns.push_back({"key", {"project code", "项目编号"}, CellKind::Code, true});
    sheet.columns.push_back({"name", {"project name", "项目名称"}, CellKind::Text, true});
  }
  if (team) {
    sheet.columns.push_back({"name", {"team", "招商单位"}, CellKind::Text, true});
  } else {
    sheet.columns.push_back({"firm", {"firm", "企业名称"}, CellKind::Text, true});
    sheet.columns.push_back({"stage", {"stage", "阶段"}, CellKind::Text});
    sheet.columns.push_back({"stage_day", {"stage since", "阶段日期"}, CellKind::Text});
    sheet.columns.push_back({"reason", {"reason", "原因"}, CellKind::Text});
  }
  std::vector<const FactField*> fields;
  for (const FactField& field : fact_fields()) {
    const bool hidden = field.personal && contacts == WithContacts::No;
    // What is told anew each time stands in the history alone.
    if (!belongs_to(field, kind) || hidden || field.each_time) continue;
    const bool used = std::ranges::any_of(book.subjects, [&](const Subject& one) {
      return one.kind == kind && fact_at(one, field.key) != nullptr;
    });
    if (!used && field.key != FactKey::CreditCode) continue;
    fields.push_back(&field);
    sheet.columns.push_back(fact_column(field));
  }
  for (const Subject& one : book.subjects) {
    if (one.kind != kind) continue;
    std::vector<SheetCell> row;
    if (project) row = {words(one.key), words(one.name), words(one.firm)};
    if (!project) row = {words(one.name)};
    if (!team) {
      const StageChange* now = stage_at(one);
      row.push_back(now == nullptr ? SheetCell() : words_of(stage_text(now->stage), options));
      row.push_back(now == nullptr ? SheetCell() : words(now->day.to_string()));
      row.push_back(now == nullptr ? SheetCell() : words(now->reason));
    }
    for (const FactField* field : fields) {
      const bool code = field->key == FactKey::CreditCode && !one.code.empty();
      row.push_back(code ? words(one.code) : fact_cell(one, *field, options.language));
    }
    sheet.rows.push_back(std::move(row));
  }
  tell_day(sheet, book);
  return sheet;
}

namespace {

// A row of a history, whose rows are sorted by their number.
struct HistoryRow {
  LedgerRow row;
  std::vector<SheetCell> cells;
};

void begin_history(Sheet& sheet) {
  sheet.columns = {{"row", {"ledger row", "台账行号"}, CellKind::Number, true},
                   {"kind", {"kind", "类别"}, CellKind::Text},
                   {"key", {"key", "编号"}, CellKind::Code, true},
                   {"name", {"name", "名称"}, CellKind::Text, true},
                   {"firm", {"firm", "企业名称"}, CellKind::Text},
                   {"code", {"unified social credit code", "统一社会信用代码"}, CellKind::Code}};
}

std::vector<SheetCell> begin_row(const Subject& subject, LedgerRow row,
                                 const SheetOptions& options) {
  return {number_of(row),      words_of(subject_text(subject.kind), options),
          words(subject.key),  words(subject.name),
          words(subject.firm), words(subject.code)};
}

void end_history(Sheet& sheet, std::vector<HistoryRow> rows, const LedgerBook& book) {
  sheet.columns.push_back({"recorded_at", {"recorded at", "登记时间"}, CellKind::Text});
  sheet.columns.push_back({"recorded_by", {"recorded by", "登记人"}, CellKind::Text});
  sheet.columns.push_back({"source", {"recorded from", "登记来源"}, CellKind::Text});
  std::ranges::sort(rows, {}, &HistoryRow::row);
  for (HistoryRow& row : rows) sheet.rows.push_back(std::move(row.cells));
  if (book.withdrawn > 0) {
    sheet.notes.push_back(
        {fmt::format("{} rows of the ledger were withdrawn and are not listed here",
                     book.withdrawn),
         fmt::format("台账中另有 {} 行已撤销，未列入", book.withdrawn)});
  }
}

void add_entry(std::vector<SheetCell>& cells, const LedgerEntry& entry) {
  cells.push_back(words(entry.recorded_at));
  cells.push_back(words(entry.recorded_by));
  cells.push_back(words(entry.source));
}

bool shown(const Subject& subject, std::string_view only) {
  return only.empty() || subject.key == only || subject.name == only || subject.code == only;
}

}  // namespace

Sheet stage_history_sheet(const LedgerBook& book, std::string_view only,
                          const SheetOptions& options) {
  Sheet sheet;
  sheet.title = {"History of stages", "阶段历史"};
  begin_history(sheet);
  const SheetColumn more[] = {{"stage", {"stage", "阶段"}, CellKind::Text, true},
                              {"day", {"day", "日期"}, CellKind::Text, true},
                              {"person", {"done by", "经办人"}, CellKind::Text},
                              {"reason", {"reason", "原因"}, CellKind::Text},
                              {"evidence", {"evidence", "佐证材料"}, CellKind::Text},
                              {"evidence_hash", {"evidence sha-256", "材料哈希"}, CellKind::Code},
                              {"remark", {"remark", "备注"}, CellKind::Text}};
  sheet.columns.insert(sheet.columns.end(), std::begin(more), std::end(more));
  std::vector<HistoryRow> rows;
  for (const Subject& subject : book.subjects) {
    if (!shown(subject, only)) continue;
    for (const StageChange& one : subject.stages) {
      std::vector<SheetCell> cells = begin_row(subject, one.row, options);
      cells.push_back(words_of(stage_text(one.stage), options));
      cells.push_back(words(one.day.to_string()));
      for (const std::string& text :
           {one.person, one.reason, one.evidence.name, one.evidence.sha256, one.remark}) {
        cells.push_back(words(text));
      }
      add_entry(cells, book.entries[one.entry]);
      rows.push_back({one.row, std::move(cells)});
    }
  }
  end_history(sheet, std::move(rows), book);
  return sheet;
}

Sheet fact_history_sheet(const LedgerBook& book, std::string_view only, WithContacts contacts,
                         const SheetOptions& options) {
  Sheet sheet;
  sheet.title = {"History of facts", "事项历史"};
  begin_history(sheet);
  sheet.columns.push_back({"fact", {"fact", "事项"}, CellKind::Text, true});
  sheet.columns.push_back({"value", {"value", "值"}, CellKind::Text, true});
  sheet.columns.push_back({"day", {"day", "日期"}, CellKind::Text, true});
  std::vector<HistoryRow> rows;
  std::size_t kept_back = 0;
  for (const Subject& subject : book.subjects) {
    if (!shown(subject, only)) continue;
    for (const Fact& one : subject.facts) {
      const FactField& field = fact_field(one.key);
      if (field.personal && contacts == WithContacts::No) {
        ++kept_back;
        continue;
      }
      std::vector<SheetCell> cells = begin_row(subject, one.row, options);
      cells.push_back(words_of(field.heading, options));
      cells.push_back(words(fact_text(field, one.value, options.language)));
      cells.push_back(words(one.day.to_string()));
      add_entry(cells, book.entries[one.entry]);
      rows.push_back({one.row, std::move(cells)});
    }
  }
  end_history(sheet, std::move(rows), book);
  if (kept_back > 0) {
    sheet.notes.push_back(
        {fmt::format("{} rows about people at firms are left out; --with-contacts adds them",
                     kept_back),
         fmt::format("另有 {} 行企业联系人信息未列入；加 --with-contacts 可列入", kept_back)});
  }
  return sheet;
}

Sheet finding_sheet(const LedgerBook& book, const std::vector<LedgerFinding>& findings,
                    const SheetOptions& options) {
  Sheet sheet;
  sheet.title = {"What to look at", "需核实事项"};
  sheet.columns = {{"severity", {"severity", "级别"}, CellKind::Text},
                   {"doubt", {"kind", "类型"}, CellKind::Text, true},
                   {"key", {"code", "编号"}, CellKind::Code, true},
                   {"name", {"name", "名称"}, CellKind::Text},
                   {"row", {"ledger row", "台账行号"}, CellKind::Number},
                   {"what", {"what", "问题"}, CellKind::Text, true},
                   {"team", {"team", "招商单位"}, CellKind::Text},
                   {"remedy", {"what to do", "处理办法"}, CellKind::Text}};
  for (const LedgerFinding& one : findings) {
    const Subject& subject = book.subjects[one.subject];
    sheet.rows.push_back(
        {words_of(severity_text(one.severity), options), words(std::string(doubt_word(one.doubt))),
         words(subject.key), words(subject.name == subject.key ? "" : subject.name),
         one.row ? SheetCell(number_of(*one.row)) : SheetCell(), words_of(one.what, options),
         words(std::string(words_at(subject, FactKey::Team))), words_of(one.remedy, options)});
    sheet.marked.push_back({sheet.rows.size() - 1, 0, one.severity});
  }
  if (findings.empty()) sheet.notes.push_back({"nothing found", "没有需核实的事项"});
  tell_day(sheet, book);
  return sheet;
}

std::vector<Sheet> ledger_workbook(const LedgerBook& book, WithContacts contacts,
                                   const SheetOptions& options) {
  return {subject_sheet(book, SubjectKind::Project, contacts, options),
          subject_sheet(book, SubjectKind::Contact, contacts, options),
          subject_sheet(book, SubjectKind::Team, contacts, options),
          stage_history_sheet(book, {}, options), fact_history_sheet(book, {}, contacts, options)};
}

}  // namespace liantu
