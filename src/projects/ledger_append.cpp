#include "projects/ledger_append.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/credit_code.hpp"
#include "liantu/base/values/firm_name.hpp"
#include "liantu/projects/evidence.hpp"

namespace liantu {
namespace {

std::string name_key(std::string_view name) { return normalize_firm_name(name).full; }

std::int64_t packed(Date date) { return date.year * 10000 + date.month * 100 + date.day; }

std::int64_t number_of(LedgerRow row) { return static_cast<std::int64_t>(row); }

bool same_value(const FactField& field, const FactValue& a, const FactValue& b) {
  if (field.type == FactType::Words) return a.text == b.text;
  return field.type == FactType::Day ? a.day == b.day : a.number == b.number;
}

// The row by which a subject stood in a stage, of several the last.
const StageChange* stage_row(const Subject& subject, LedgerStage stage) {
  return reached(subject, stage);
}

// The firm behind a project's name, where one is known.
std::string firm_of(const Subject& one, const char* open, const char* close) {
  return one.firm.empty() ? std::string() : open + excerpt(one.firm) + close;
}

std::string said(const StageChange& one, Language language) {
  return language == Language::Zh ? fmt::format("{} {}（第 {} 行）", stage_text(one.stage).zh,
                                                one.day.to_string(), number_of(one.row))
                                  : fmt::format("{} {} (row {})", stage_text(one.stage).en,
                                                one.day.to_string(), number_of(one.row));
}

}  // namespace

LedgerAppender::LedgerAppender(const LedgerBook& book, const LedgerEntry& entry)
    : today_(entry.day()) {
  if (!is_day(today_)) {
    throw Error(ErrorCode::InvalidArgument,
                {"the entry has no time; write such as 2025-03-01T09:12:33+08:00",
                 "记录没有时间；应如 2025-03-01T09:12:33+08:00"});
  }
  plan_.subjects = book.subjects;
  plan_.known = book.subjects.size();
  for (std::size_t i = 0; i < plan_.subjects.size(); ++i) {
    const Subject& one = plan_.subjects[i];
    by_key_[{one.kind, one.key}] = i;
    if (one.kind != SubjectKind::Contact) continue;
    if (!one.code.empty()) contacts_by_code_[one.code] = i;
    const std::string_view later = words_at(one, FactKey::CreditCode);
    if (!later.empty()) contacts_by_code_[std::string(later)] = i;
    contacts_by_name_[name_key(one.name)] = i;
  }
}

AppendPlan LedgerAppender::plan(std::vector<LedgerLine> lines) {
  std::vector<std::size_t> order(lines.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(
      order, {}, [&](std::size_t i) { return std::pair(lines[i].day, lines[i].summary); });
  for (const std::size_t i : order) {
    LedgerLine& line = lines[i];
    std::optional<Fault> fault = find_text_fault(line);
    const std::size_t before = plan_.subjects.size();
    const std::size_t subject = fault ? before : subject_of(line, fault);
    if (!fault) fault = find_fault(plan_.subjects[subject], line);
    if (fault) {
      // A subject that only this line would have brought in is not brought in.
      if (plan_.subjects.size() > before) {
        const Subject& gone = plan_.subjects.back();
        by_key_.erase({gone.kind, gone.key});
        if (gone.kind == SubjectKind::Contact) {
          contacts_by_code_.erase(gone.code);
          contacts_by_name_.erase(name_key(gone.name));
        }
        plan_.subjects.pop_back();
      }
      leave_out(line, std::move(*fault));
      continue;
    }
    take(subject, line);
  }
  plan_.result.subjects = plan_.subjects.size() - plan_.known;
  std::ranges::stable_sort(plan_.result.problems, {}, [](const Problem& one) {
    return std::tuple(one.place.file, one.place.sheet, one.place.row, one.place.line);
  });
  return std::move(plan_);
}

std::optional<LedgerAppender::Fault> LedgerAppender::find_text_fault(const LedgerLine& line) {
  std::vector<std::string_view> texts = {line.key,    line.name,          line.firm,
                                         line.code,   line.person,        line.reason,
                                         line.remark, line.evidence.name, line.evidence.sha256};
  for (const auto& [key, value] : line.facts) texts.emplace_back(value.text);
  for (const std::string_view text : texts) {
    if (!find_invalid_utf8(text) && text.find('\0') == text.npos) continue;
    return Fault{"encoding",
                 "",
                 {"a text is not UTF-8", "有文本不是 UTF-8"},
                 {"type it again, or save the file as UTF-8", "请重新输入，或将文件另存为 UTF-8"}};
  }
  return std::nullopt;
}

// The subject that a line is about; a new one when there is none.
std::size_t LedgerAppender::subject_of(LedgerLine& line, std::optional<Fault>& fault) {
  line.code = normalize_credit_code(line.code);
  const auto fail = [&](std::string kind, std::string value, Text what, Text remedy) {
    fault = Fault{std::move(kind), std::move(value), std::move(what), std::move(remedy)};
    return plan_.subjects.size();
  };
  if (!line.code.empty() && check_credit_code(line.code) != CreditCodeFault::None &&
      read_firm_code(line.code).kind != FirmCodeKind::CreditCode) {
    return fail("credit-code", line.code,
                {fmt::format("\"{}\" is not a unified social credit code", excerpt(line.code)),
                 fmt::format("“{}”不是统一社会信用代码", excerpt(line.code))},
                {"check its 18 characters, or leave it out", "请核对 18 位代码，或留空"});
  }
  std::size_t found = plan_.subjects.size();
  if (line.kind == SubjectKind::Contact) {
    if (line.name.empty()) line.name = line.key;
    if (line.name.empty() && line.code.empty()) {
      return fail("no-name", "", {"the firm has no name", "没有企业名称"},
                  {"write its name or its credit code", "请写企业名称或信用代码"});
    }
    const auto code = contacts_by_code_.find(line.code);
    const auto name = contacts_by_name_.find(name_key(line.name));
    if (!line.code.empty() && code != contacts_by_code_.end()) {
      found = code->second;
    } else if (!line.name.empty() && name != contacts_by_name_.end()) {
      const Subject& one = plan_.subjects[name->second];
      const std::string_view own =
          one.code.empty() ? words_at(one, FactKey::CreditCode) : std::string_view(one.code);
      // A firm of another code that has the same name is another firm.
      if (line.code.empty() || own.empty()) {
        found = name->second;
        if (own.empty() && !line.code.empty()) {
          line.facts.emplace_back(FactKey::CreditCode, FactValue{0, line.code, {}});
          contacts_by_code_[line.code] = found;
        }
      }
    }
    if (found == plan_.subjects.size() && line.name.empty()) {
      return fail("no-name", line.code,
                  {"the firm is new and has no name", "新的联系对象没有企业名称"},
                  {"write its name, too", "请同时写企业名称"});
    }
    if (line.key.empty() || found == plan_.subjects.size()) {
      line.key = line.code.empty() ? line.name : line.code;
    }
  } else {
    if (line.key.empty()) {
      const bool project = line.kind == SubjectKind::Project;
      return fail("no-code", line.name,
                  {project ? "the project has no code" : "the team has no name",
                   project ? "没有项目编号" : "没有招商单位名称"},
                  {project ? "give it one that is its own, such as XM-2025-001" : "write its name",
                   project ? "请给出唯一编号，如 XM-2025-001" : "请写名称"});
    }
    const auto known = by_key_.find({line.kind, line.key});
    if (known != by_key_.end()) found = known->second;
  }
  if (found < plan_.subjects.size()) {
    const Subject& one = plan_.subjects[found];
    const bool other_name = !line.name.empty() && name_key(line.name) != name_key(one.name);
    const bool other_firm =
        !line.firm.empty() && !one.firm.empty() && name_key(line.firm) != name_key(one.firm);
    if (line.kind == SubjectKind::Project && (other_name || other_firm)) {
      return fail("code-taken", line.key,
                  {fmt::format("project code {} belongs to {} already", excerpt(line.key),
                               excerpt(one.name) + firm_of(one, " (", ")")),
                   fmt::format("项目编号 {} 已属于{}", excerpt(line.key),
                               "“" + excerpt(one.name) + "”" + firm_of(one, "（", "）"))},
                  {"give this project a code of its own, or write the name as it is there",
                   "请给本项目另一个编号，或写成台账中的名称"});
    }
    return found;
  }
  if (line.kind == SubjectKind::Project && line.name.empty()) {
    return fail("no-name", line.key,
                {fmt::format("project {} is new and has no name", excerpt(line.key)),
                 fmt::format("项目 {} 是新项目，没有项目名称", excerpt(line.key))},
                {"write its name, or correct its code", "请写项目名称，或更正编号"});
  }
  Subject fresh;
  fresh.kind = line.kind;
  fresh.key = line.key;
  fresh.name = line.name.empty() ? line.key : line.name;
  fresh.firm = line.kind == SubjectKind::Project ? line.firm : "";
  fresh.code = line.code;
  by_key_[{fresh.kind, fresh.key}] = found;
  if (fresh.kind == SubjectKind::Contact) {
    if (!fresh.code.empty()) contacts_by_code_[fresh.code] = found;
    contacts_by_name_[name_key(fresh.name)] = found;
  }
  plan_.subjects.push_back(std::move(fresh));
  return found;
}

std::optional<LedgerAppender::Fault> LedgerAppender::find_fault(const Subject& subject,
                                                                const LedgerLine& line) const {
  if (!is_day(line.day)) {
    return Fault{"no-day",
                 line.day.to_string(),
                 {"the date is missing or lacks its day", "缺少日期，或日期未精确到日"},
                 {"write year, month and day, such as 2025-02-08", "请写年月日，如 2025-02-08"}};
  }
  if (line.day > today_) {
    return Fault{
        "future",
        line.day.to_string(),
        {fmt::format("{} lies after the day of recording, {}", line.day.to_string(),
                     today_.to_string()),
         fmt::format("{} 晚于登记日 {}", line.day.to_string(), today_.to_string())},
        {"record what has happened; what is planned belongs in planned_started and the like",
         "台账只记已发生的事；计划日期请填 计划开工 等栏"}};
  }
  for (const auto& [key, value] : line.facts) {
    const FactField& field = fact_field(key);
    if (belongs_to(field, subject.kind)) continue;
    return Fault{"wrong-fact",
                 std::string(field.word),
                 {fmt::format("{} is not recorded for a {}", field.heading.en,
                              subject_text(subject.kind).en),
                  fmt::format("{}不记“{}”", subject_text(subject.kind).zh, field.heading.zh)},
                 {"record it for a subject of another kind", "请写在其他类别的对象下"}};
  }
  if (!line.evidence.sha256.empty() && !is_sha256(line.evidence.sha256)) {
    return Fault{
        "hash",
        line.evidence.sha256,
        {"the digest of the evidence is not 64 hexadecimal digits", "材料哈希不是 64 位十六进制数"},
        {"copy what `sha256sum FILE` prints, or leave it out",
         "请填写 sha256sum 文件 的输出，或留空"}};
  }
  if (line.stage) {
    if (auto fault = find_stage_fault(subject, line)) return fault;
  }
  return find_plan_fault(subject, line);
}

std::optional<LedgerAppender::Fault> LedgerAppender::find_stage_fault(
    const Subject& subject, const LedgerLine& line) const {
  const LedgerStage stage = *line.stage;
  const Text withdraw{
      "correct the day, or withdraw the wrong row with `liantu ledger add FILE "
      "--withdraw ROW --reason …`",
      "请更正日期，或用 liantu ledger add 文件 --withdraw 行号 --reason … 撤销错行"};
  if (stage_of(stage) != subject.kind) {
    return Fault{
        "stage",
        std::string(stage_word(stage)),
        {fmt::format("a {} has no stage \"{}\"", subject_text(subject.kind).en,
                     stage_text(stage).en),
         fmt::format("{}没有“{}”阶段", subject_text(subject.kind).zh, stage_text(stage).zh)},
        {"write a stage of its kind", "请写该类别的阶段"}};
  }
  if (ends(stage) && trim(line.reason).empty()) {
    return Fault{"no-reason",
                 std::string(stage_word(stage)),
                 {fmt::format("\"{}\" has no reason", stage_text(stage).en),
                  fmt::format("“{}”未写原因", stage_text(stage).zh)},
                 {"say why, so that others can learn from it", "请写明原因，供今后借鉴"}};
  }
  if (subject.kind != SubjectKind::Project) return std::nullopt;
  for (const StageChange& one : subject.stages) {
    const Text there{said(one, Language::En), said(one, Language::Zh)};
    Text what;
    const bool signing = one.stage == LedgerStage::Signed && stage != LedgerStage::Signed;
    if (one.stage == stage) {
      if (one.day == line.day) continue;
      what = {fmt::format("{} is already recorded with another day: {}", stage_text(stage).en,
                          there.en),
              fmt::format("“{}”已登记为另一日期：{}", stage_text(stage).zh, there.zh)};
    } else if (ends(one.stage) && line.day > one.day) {
      what = {fmt::format("{} lies after its end: {}", line.day.to_string(), there.en),
              fmt::format("{} 晚于其{}", line.day.to_string(), there.zh)};
    } else if (signing && line.day < one.day) {
      what = {fmt::format("{} lies before signing: {}", line.day.to_string(), there.en),
              fmt::format("{} 早于签约：{}", line.day.to_string(), there.zh)};
    } else if (!ends(one.stage) && stage > one.stage && line.day < one.day) {
      what = {fmt::format("{} lies before an earlier stage: {}", line.day.to_string(), there.en),
              fmt::format("{} 早于前一阶段：{}", line.day.to_string(), there.zh)};
    } else if (!ends(one.stage) && stage < one.stage && line.day > one.day) {
      what = {fmt::format("{} lies after a later stage: {}", line.day.to_string(), there.en),
              fmt::format("{} 晚于后一阶段：{}", line.day.to_string(), there.zh)};
    } else {
      continue;
    }
    return Fault{signing ? "before-signing" : "stage-order", line.day.to_string(), what, withdraw};
  }
  return std::nullopt;
}

// What is planned for a day before signing.
std::optional<LedgerAppender::Fault> LedgerAppender::find_plan_fault(const Subject& subject,
                                                                     const LedgerLine& line) {
  Date signed_on;
  if (const StageChange* row = stage_row(subject, LedgerStage::Signed)) signed_on = row->day;
  if (line.stage == LedgerStage::Signed) signed_on = line.day;
  if (!signed_on.known()) return std::nullopt;
  for (const auto& [key, value] : line.facts) {
    const FactField& field = fact_field(key);
    if (!field.plans || !(last_day(value.day) < signed_on)) continue;
    return Fault{"before-signing",
                 value.day.to_string(),
                 {fmt::format("{} {} lies before signing, {}", field.heading.en,
                              value.day.to_string(), signed_on.to_string()),
                  fmt::format("{} {} 早于签约日 {}", field.heading.zh, value.day.to_string(),
                              signed_on.to_string())},
                 {"correct the planned day", "请更正计划日期"}};
  }
  return std::nullopt;
}

// Whether a subject stands in the stage of a line already, and nothing is said of it that is new.
bool LedgerAppender::says_nothing_new(const Subject& subject, const LedgerLine& line) {
  const auto adds = [](const std::string& more, const std::string& there) {
    return !more.empty() && more != there;
  };
  const auto covers = [&](const StageChange& one) {
    return !adds(line.evidence.name, one.evidence.name) &&
           !adds(line.evidence.sha256, one.evidence.sha256) && !adds(line.reason, one.reason) &&
           !adds(line.remark, one.remark) && !adds(line.person, one.person);
  };
  for (const StageChange& one : subject.stages) {
    if (one.stage == *line.stage && one.day == line.day && covers(one)) return true;
  }
  if (subject.kind != SubjectKind::Contact) return false;
  const StageChange* now = stage_at(subject, line.day);
  const bool bare = line.evidence == StageEvidence{} && line.remark.empty();
  return now != nullptr && now->stage == *line.stage && bare && !adds(line.reason, now->reason);
}

void LedgerAppender::take(std::size_t index, const LedgerLine& line) {
  Subject& subject = plan_.subjects[index];
  bool changed = index >= plan_.known && subject.stages.empty() && subject.facts.empty();
  const LedgerRow unwritten{std::int64_t{1} << 62};
  if (line.stage && !says_nothing_new(subject, line)) {
    StageChange change;
    change.row = unwritten;
    change.stage = *line.stage;
    change.day = line.day;
    change.person = line.person;
    change.reason = line.reason;
    change.evidence = line.evidence;
    change.remark = line.remark;
    subject.stages.push_back(change);
    plan_.rows.push_back({index, line.day, std::move(change), std::nullopt});
    ++plan_.result.stages;
    changed = true;
  }
  for (const auto& [key, value] : line.facts) {
    const FactField& field = fact_field(key);
    const Fact* now = fact_at(subject, key, line.day);
    if (field.type == FactType::Words && value.text.empty()) continue;
    const bool another_time = field.each_time && now != nullptr && now->day != line.day;
    if (now != nullptr && !another_time && same_value(field, now->value, value)) continue;
    Fact fact;
    fact.row = unwritten;
    fact.key = key;
    fact.day = line.day;
    fact.value = value;
    subject.facts.push_back(std::move(fact));
    plan_.rows.push_back({index, line.day, std::nullopt, std::pair(key, value)});
    ++plan_.result.facts;
    changed = true;
  }
  if (changed) {
    arrange_history(subject);
  } else {
    ++plan_.result.unchanged;
  }
}

void LedgerAppender::leave_out(const LedgerLine& line, Fault fault) {
  Problem problem;
  problem.severity = Severity::Error;
  problem.place = line.place;
  problem.kind = std::move(fault.kind);
  problem.value = std::move(fault.value);
  problem.what = std::move(fault.what);
  const std::string& key = line.key.empty() ? line.name : line.key;
  if (!key.empty() && problem.kind != "encoding") {
    problem.what.en = fmt::format("{}: {}", excerpt(key), problem.what.en);
    problem.what.zh = fmt::format("{}：{}", excerpt(key), problem.what.zh);
  }
  problem.remedy = std::move(fault.remedy);
  plan_.result.problems.push_back(std::move(problem));
}

std::int64_t write_entry(const LedgerDatabase& database, const LedgerEntry& entry) {
  database.prepare("INSERT INTO entry(recorded_at, recorded_by, source) VALUES (?, ?, ?)")
      .bind(1, std::string_view(entry.recorded_at))
      .bind(2, std::string_view(entry.recorded_by))
      .bind(3, std::string_view(entry.source))
      .run();
  return database.last_row();
}

AppendResult write_plan(const LedgerDatabase& database, const LedgerEntry& entry,
                        const AppendPlan& plan) {
  AppendResult result = plan.result;
  if (plan.rows.empty() && plan.subjects.size() == plan.known) return result;
  const std::int64_t entry_id = write_entry(database, entry);
  LedgerStatement find = database.prepare("SELECT id FROM subject WHERE kind = ? AND key = ?");
  LedgerStatement add = database.prepare(
      "INSERT INTO subject(kind, key, name, firm, code, entry) VALUES (?, ?, ?, ?, ?, ?)");
  for (std::size_t i = plan.known; i < plan.subjects.size(); ++i) {
    const Subject& one = plan.subjects[i];
    add.bind(1, subject_word(one.kind))
        .bind(2, std::string_view(one.key))
        .bind(3, std::string_view(one.name))
        .bind(4, std::string_view(one.firm))
        .bind(5, std::string_view(one.code))
        .bind(6, entry_id)
        .run();
  }
  LedgerStatement write = database.prepare(
      "INSERT INTO record(subject, entry, day, stage, fact, number, text, person, reason, "
      "evidence, "
      "evidence_hash, remark) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const AppendPlan::Row& row : plan.rows) {
    const Subject& subject = plan.subjects[row.subject];
    find.bind(1, subject_word(subject.kind)).bind(2, std::string_view(subject.key));
    if (!find.step()) database.damaged("a subject is missing", "缺少对象");
    write.bind(1, find.integer(0));
    find.reset();
    write.bind(2, entry_id).bind(3, packed(row.day));
    for (int i = 4; i <= 12; ++i) write.bind_nothing(i);
    if (row.stage) {
      const StageChange& one = *row.stage;
      write.bind(4, stage_word(one.stage))
          .bind(8, std::string_view(one.person))
          .bind(9, std::string_view(one.reason))
          .bind(10, std::string_view(one.evidence.name))
          .bind(11, std::string_view(one.evidence.sha256))
          .bind(12, std::string_view(one.remark));
    } else {
      const auto& [key, value] = *row.fact;
      const FactField& field = fact_field(key);
      write.bind(5, field.word);
      if (field.type == FactType::Words) {
        write.bind(7, std::string_view(value.text));
      } else {
        write.bind(
            6, field.type == FactType::Day ? static_cast<double>(packed(value.day)) : value.number);
      }
    }
    write.run();
    result.rows.push_back(LedgerRow{database.last_row()});
  }
  return result;
}

}  // namespace liantu
