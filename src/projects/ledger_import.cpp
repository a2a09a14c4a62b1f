#include "liantu/projects/ledger_import.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

/// What a column holds that is no fact of a subject.
enum class ColumnMeaning : std::uint8_t {
  Kind,
  Key,
  Name,
  Firm,
  Code,
  Stage,
  StageDay,
  Day,
  Person,
  Reason,
  Evidence,
  Hash,
  Remark,
  FactName,
  FactValue,
  Team,
  Row,
};

struct MeaningRow {
  ColumnMeaning meaning;
  std::string_view headings;
};

constexpr MeaningRow kMeanings[] = {
    {ColumnMeaning::Kind, " 类别 kind "},
    {ColumnMeaning::Key, " 项目编号 项目代码 编号 project code code of the project key "},
    {ColumnMeaning::Name, " 项目名称 名称 项目 project project name name "},
    {ColumnMeaning::Firm, " 企业名称 企业 投资方 投资企业 firm investor "},
    {ColumnMeaning::Code,
     " 统一社会信用代码 信用代码 unified social credit code credit code credit_code "},
    {ColumnMeaning::Stage, " 阶段 当前阶段 跟进阶段 项目阶段 stage "},
    {ColumnMeaning::StageDay, " 阶段日期 stage since "},
    {ColumnMeaning::Day, " 日期 发生日期 阶段日期 day date "},
    {ColumnMeaning::Person, " 经办人 登记责任人 done by "},
    {ColumnMeaning::Reason, " 原因 终止原因 流失原因 reason "},
    {ColumnMeaning::Evidence, " 佐证材料 证明材料 evidence "},
    {ColumnMeaning::Hash, " 材料哈希 evidence sha-256 evidence_hash "},
    {ColumnMeaning::Remark, " 备注 remark "},
    {ColumnMeaning::FactName, " 事项 fact "},
    {ColumnMeaning::FactValue, " 值 value "},
    {ColumnMeaning::Team, " 招商单位 责任单位 专班 team department in charge "},
    {ColumnMeaning::Row, " 台账行号 ledger row "}};

struct Column {
  std::optional<ColumnMeaning> meaning;
  const FactField* fact = nullptr;
  std::optional<LedgerStage> reached;  // its cells are the days on which a stage was reached
  double unit = 1;
};

std::optional<ColumnMeaning> meaning_of(std::string_view heading) {
  for (const MeaningRow& row : kMeanings) {
    if (row.headings.find(fmt::format(" {} ", heading)) != std::string_view::npos)
      return row.meaning;
  }
  return std::nullopt;
}

double factor_of(std::string_view unit) {
  if (unit.find("亿") != unit.npos) return 1e8;
  if (unit.find("万") != unit.npos) return 1e4;
  if (unit.find("千") != unit.npos) return 1e3;
  return 1;
}

// What a number without a unit counts below a heading.
double unit_of(std::string_view heading, std::string_view table_unit) {
  for (const std::string_view open : {"（", "("}) {
    const std::size_t at = heading.find(open);
    if (at != heading.npos && heading.find("元", at) != heading.npos) {
      return factor_of(heading.substr(at));
    }
  }
  return factor_of(table_unit);
}

// `开工日期`, `签约时间`, `reached started`.
std::optional<LedgerStage> reached_by(std::string_view heading) {
  for (const std::string_view end : {"日期", "时间"}) {
    if (!heading.ends_with(end)) continue;
    heading.remove_suffix(end.size());
    for (const std::string_view start : {"实际"}) {
      if (heading.starts_with(start)) heading.remove_prefix(start.size());
    }
    return parse_stage(SubjectKind::Project, heading);
  }
  return std::nullopt;
}

Column column_of(std::string_view given, std::string_view table_unit) {
  const std::string heading = normalize_width(trim(given));
  Column column;
  column.meaning = meaning_of(heading);
  if (column.meaning) return column;
  column.fact = find_fact(trim(given));
  if (column.fact == nullptr) column.fact = find_fact(heading);
  if (column.fact != nullptr) {
    if (column.fact->type == FactType::Money) column.unit = unit_of(given, table_unit);
    return column;
  }
  column.reached = reached_by(heading);
  return column;
}

/// Reads one table.
class TableReader {
 public:
  TableReader(const LedgerTable& table, const ImportOptions& options, LedgerImport& to)
      : table_(table), options_(options), to_(to) {
    for (const std::string& heading : table.columns) {
      columns_.push_back(column_of(heading, table.unit));
    }
  }

  // Whether its rows name subjects and say something of them.
  [[nodiscard]] bool understood() const {
    const bool named = has(ColumnMeaning::Key) || has(ColumnMeaning::Name) ||
                       has(ColumnMeaning::Firm) || has(ColumnMeaning::Team);
    const bool says = has(ColumnMeaning::Stage) || has(ColumnMeaning::FactName) ||
                      has(ColumnMeaning::Key) ||
                      std::ranges::any_of(columns_, [](const Column& one) {
                        return one.fact != nullptr || one.reached.has_value();
                      });
    return named && says;
  }

  void read() {
    for (const LedgerTable::Row& row : table_.rows) read_row(row);
  }

 private:
  [[nodiscard]] bool has(ColumnMeaning meaning) const {
    return std::ranges::any_of(columns_, [&](const Column& one) { return one.meaning == meaning; });
  }

  [[nodiscard]] std::string cell(const LedgerTable::Row& row, ColumnMeaning meaning,
                                 InputPlace* place = nullptr) const {
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (columns_[c].meaning != meaning) continue;
      const std::string_view text = trim(row.cells[c]);
      if (text.empty()) continue;
      if (place != nullptr) *place = row.places[c];
      return std::string(text);
    }
    return {};
  }

  void report(Severity severity, const InputPlace& place, std::string kind, std::string field,
              std::string value, Text what, Text remedy) {
    to_.problems.push_back({severity, place, std::move(kind), std::move(field), std::move(value),
                            std::move(what), std::move(remedy)});
  }

  // Nothing when the row names nobody.
  std::optional<SubjectKind> kind_of(const LedgerTable::Row& row) {
    InputPlace place = row.place;
    const std::string word = cell(row, ColumnMeaning::Kind, &place);
    if (!word.empty()) {
      const auto kind = parse_subject(word);
      if (!kind) {
        report(Severity::Error, place, "kind", "类别", word,
               {fmt::format("\"{}\" is not a kind of subject", excerpt(word)),
                fmt::format("无法识别类别“{}”", excerpt(word))},
               {"write contact, project or team", "请写 联系对象、项目 或 招商单位"});
      }
      return kind;
    }
    if (!cell(row, ColumnMeaning::Key).empty()) return SubjectKind::Project;
    const bool firm =
        !cell(row, ColumnMeaning::Firm).empty() || !cell(row, ColumnMeaning::Name).empty();
    if (has(ColumnMeaning::Key) && firm)
      return SubjectKind::Project;  // its code is missing, which is said
    if (firm) return SubjectKind::Contact;
    if (!cell(row, ColumnMeaning::Team).empty()) return SubjectKind::Team;
    return std::nullopt;
  }

  void name_subject(const LedgerTable::Row& row, LedgerLine& line) {
    line.key = cell(row, ColumnMeaning::Key);
    line.name = cell(row, ColumnMeaning::Name);
    line.firm = cell(row, ColumnMeaning::Firm);
    line.code = cell(row, ColumnMeaning::Code);
    const std::string team = cell(row, ColumnMeaning::Team);
    switch (line.kind) {
      case SubjectKind::Contact:
        if (line.name.empty()) line.name = line.firm;
        line.firm.clear();
        line.key.clear();
        break;
      case SubjectKind::Team:
        if (line.key.empty()) line.key = line.name.empty() ? team : line.name;
        line.name.clear();
        line.firm.clear();
        break;
      case SubjectKind::Project:
        break;
    }
    if (!team.empty() && line.kind != SubjectKind::Team) {
      line.facts.emplace_back(FactKey::Team, FactValue{0, team, {}});
    }
  }

  std::optional<Date> day_of(std::string_view text, const InputPlace& place) {
    const auto day = parse_date(text);
    if (day && is_day(*day)) return day;
    report(Severity::Error, place, "no-day", "日期", std::string(text),
           {fmt::format("\"{}\" is not a day", excerpt(text)),
            fmt::format("“{}”不是完整日期", excerpt(text))},
           {"write year, month and day, such as 2025-02-08", "请写年月日，如 2025-02-08"});
    return std::nullopt;
  }

  void read_row(const LedgerTable::Row& row) {
    const auto kind = kind_of(row);
    if (!kind) return;
    LedgerLine line;
    line.kind = *kind;
    line.place = row.place;
    name_subject(row, line);
    line.day = options_.day;
    InputPlace place = row.place;
    const std::string day = cell(row, ColumnMeaning::Day, &place);
    if (!day.empty()) {
      const auto read = day_of(day, place);
      if (!read) return;
      line.day = *read;
    }
    line.person = cell(row, ColumnMeaning::Person);
    line.reason = cell(row, ColumnMeaning::Reason);
    line.remark = cell(row, ColumnMeaning::Remark);
    line.evidence.name = cell(row, ColumnMeaning::Evidence);
    line.evidence.sha256 = cell(row, ColumnMeaning::Hash);
    if (!read_stage(row, line) || !read_named_fact(row, line)) return;
    read_facts(row, line);
    if (!line.stage && !line.remark.empty()) {
      line.facts.emplace_back(FactKey::Remark, FactValue{0, std::move(line.remark), {}});
    }
    if (!add_dated_stage(row, line)) return;
    const std::optional<Date> first = add_reached(row, line);
    if (first && day.empty()) {
      // What was agreed holds since the first stage, what is measured since it is told.
      LedgerLine agreed = line;
      agreed.stage.reset();
      agreed.day = *first;
      std::erase_if(agreed.facts, [](const auto& fact) { return is_measured(fact.first); });
      std::erase_if(line.facts, [](const auto& fact) { return !is_measured(fact.first); });
      to_.lines.push_back(std::move(agreed));
      if (line.facts.empty() && !line.stage) return;
    }
    to_.lines.push_back(std::move(line));
  }

  // A stage whose day stands beside it is a line of its own. False when that is not a day.
  bool add_dated_stage(const LedgerTable::Row& row, LedgerLine& line) {
    InputPlace place = row.place;
    const std::string text = cell(row, ColumnMeaning::StageDay, &place);
    if (text.empty() || !line.stage) return true;
    const auto day = day_of(text, place);
    if (!day) return false;
    LedgerLine stage = line;
    stage.facts.clear();
    stage.day = *day;
    // Who is in charge now need not be who did it then.
    stage.person = cell(row, ColumnMeaning::Person);
    stage.summary = true;
    to_.lines.push_back(std::move(stage));
    line.stage.reset();
    line.evidence = {};
    return true;
  }

  static bool is_measured(FactKey key) {
    return key == FactKey::FundsInPlace || key == FactKey::OutputReal || key == FactKey::TaxReal ||
           key == FactKey::JobsReal || key == FactKey::Falsified;
  }

  bool read_stage(const LedgerTable::Row& row, LedgerLine& line) {
    InputPlace place = row.place;
    const std::string word = cell(row, ColumnMeaning::Stage, &place);
    if (word.empty() || line.kind == SubjectKind::Team) return true;
    line.stage = parse_stage(line.kind, word);
    if (line.stage) {
      if (line.person.empty()) line.person = person(row);
      return true;
    }
    std::string known_en;
    std::string known_zh;
    for (const LedgerStage one : stages_of(line.kind)) {
      known_en += (known_en.empty() ? "" : ", ") + stage_text(one).en;
      known_zh += (known_zh.empty() ? "" : "、") + stage_text(one).zh;
    }
    report(Severity::Error, place, "stage", "阶段", word,
           {fmt::format("a {} has no stage \"{}\"", subject_text(line.kind).en, excerpt(word)),
            fmt::format("{}没有阶段“{}”", subject_text(line.kind).zh, excerpt(word))},
           {"write one of: " + known_en, "可写：" + known_zh});
    return false;
  }

  [[nodiscard]] std::string person(const LedgerTable::Row& row) const {
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (columns_[c].fact != nullptr && columns_[c].fact->key == FactKey::Person) {
        return std::string(trim(row.cells[c]));
      }
    }
    return {};
  }

  // Of a table that has a fact a row: its name in one column, its value in another.
  bool read_named_fact(const LedgerTable::Row& row, LedgerLine& line) {
    InputPlace place = row.place;
    const std::string name = cell(row, ColumnMeaning::FactName, &place);
    if (name.empty()) return true;
    const FactField* field = find_fact(name);
    if (field == nullptr) {
      report(Severity::Error, place, "fact", "事项", name,
             {fmt::format("\"{}\" is not a fact that a ledger keeps", excerpt(name)),
              fmt::format("台账没有事项“{}”", excerpt(name))},
             {"write one of those that `liantu ledger --help` names, such as investment",
              "请写台账已有的事项，如 总投资"});
      return false;
    }
    const std::string value = cell(row, ColumnMeaning::FactValue, &place);
    return value.empty() ||
           add_fact(line, *field, value, unit_of(name, table_.unit), place, Severity::Error);
  }

  bool add_fact(LedgerLine& line, const FactField& field, std::string_view text, double unit,
                const InputPlace& place, Severity severity) {
    Text why;
    const auto value = parse_fact(field, text, unit, why);
    if (!value) {
      report(severity, place, "value", field.heading.zh, std::string(text), why,
             {"correct the cell; it was left out", "请更正该格；本次未采用"});
      return false;
    }
    line.facts.emplace_back(field.key, *value);
    return true;
  }

  void read_facts(const LedgerTable::Row& row, LedgerLine& line) {
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const FactField* field = columns_[c].fact;
      const std::string_view text = trim(row.cells[c]);
      if (field == nullptr || text.empty() || !belongs_to(*field, line.kind)) continue;
      add_fact(line, *field, text, columns_[c].unit, row.places[c], Severity::Warning);
    }
  }

  // A line of its own for each stage whose day stands in a column of its own.
  // @return  The first of these days.
  std::optional<Date> add_reached(const LedgerTable::Row& row, const LedgerLine& line) {
    std::optional<Date> first;
    if (line.kind != SubjectKind::Project) return first;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const std::string_view text = trim(row.cells[c]);
      if (!columns_[c].reached || text.empty()) continue;
      const auto day = day_of(text, row.places[c]);
      if (!day) continue;
      if (!first || *day < *first) first = day;
      LedgerLine stage = line;
      stage.place = row.places[c];
      stage.facts.clear();
      stage.day = *day;
      stage.stage = columns_[c].reached;
      if (stage.person.empty()) stage.person = person(row);
      // The document of the row proves the stage of the row, else that it was signed.
      if (line.stage.value_or(LedgerStage::Signed) != *stage.stage) stage.evidence = {};
      to_.lines.push_back(std::move(stage));
    }
    return first;
  }

  const LedgerTable& table_;
  const ImportOptions& options_;
  LedgerImport& to_;
  std::vector<Column> columns_;
};

}  // namespace

bool is_ledger_heading(std::string_view heading) {
  const Column column = column_of(heading, {});
  return column.meaning || column.fact != nullptr || column.reached;
}

LedgerImport read_ledger_tables(const std::vector<LedgerTable>& tables,
                                const ImportOptions& options) {
  LedgerImport import;
  for (const LedgerTable& table : tables) {
    TableReader reader(table, options, import);
    if (!reader.understood()) continue;
    ++import.tables;
    reader.read();
  }
  return import;
}

LedgerImport read_ledger_contacts(const KeptList& list, const ImportOptions& options) {
  LedgerImport import;
  import.tables = 1;
  for (const KeptRow& row : list.rows) {
    if (row.written.empty()) continue;
    const auto written = [&](const char* key) {
      const auto found = row.written.find(key);
      return found == row.written.end() ? std::string() : found->second;
    };
    const auto report = [&](Severity severity, std::string value, Text what, Text remedy) {
      import.problems.push_back(
          {severity, row.place, "list", "", std::move(value), std::move(what), std::move(remedy)});
    };
    LedgerLine line;
    line.kind = SubjectKind::Contact;
    line.place = row.place;
    line.name = row.name;
    line.code = row.code;
    line.day = options.day;
    if (const std::string word = written("stage"); !word.empty()) {
      line.stage = parse_stage(SubjectKind::Contact, word);
      if (!line.stage) {
        report(Severity::Warning, word,
               {fmt::format("\"{}\" is not a stage of a contact; it was left out", excerpt(word)),
                fmt::format("“{}”不是跟进阶段，未采用", excerpt(word))},
               {"choose one from the list in the cell", "请从下拉列表中选择"});
      }
    }
    line.person = written("person");
    if (line.stage == LedgerStage::Lost) line.reason = written("remark");
    const std::pair<const char*, FactKey> kFacts[] = {{"department", FactKey::Team},
                                                      {"person", FactKey::Person},
                                                      {"next_step", FactKey::NextStep},
                                                      {"deadline", FactKey::Deadline},
                                                      {"remark", FactKey::Remark}};
    for (const auto& [key, fact] : kFacts) {
      const std::string text = written(key);
      if (text.empty()) continue;
      Text why;
      const auto value = parse_fact(fact_field(fact), text, 1, why);
      if (value) {
        line.facts.emplace_back(fact, *value);
      } else {
        report(Severity::Warning, text, why,
               {"correct the cell; it was left out", "请更正该格；本次未采用"});
      }
    }
    import.lines.push_back(std::move(line));
  }
  return import;
}

}  // namespace liantu
