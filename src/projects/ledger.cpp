#include "liantu/projects/ledger.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/values/credit_code.hpp"
#include "liantu/base/values/firm_name.hpp"
#include "projects/ledger_append.hpp"
#include "projects/ledger_database.hpp"

namespace liantu {
namespace {

std::optional<LedgerStage> stage_named(std::string_view word) {
  for (std::size_t i = 0; i < kLedgerStages; ++i) {
    const auto stage = static_cast<LedgerStage>(i);
    if (stage_word(stage) == word) return stage;
  }
  return std::nullopt;
}

const FactField* fact_named(std::string_view word) {
  for (const FactField& field : fact_fields()) {
    if (field.word == word) return &field;
  }
  return nullptr;
}

std::optional<SubjectKind> kind_named(std::string_view word) {
  for (std::size_t i = 0; i < kSubjectKinds; ++i) {
    const auto kind = static_cast<SubjectKind>(i);
    if (subject_word(kind) == word) return kind;
  }
  return std::nullopt;
}

Date unpacked(std::int64_t packed) {
  return {static_cast<std::int16_t>(packed / 10000), static_cast<std::uint8_t>(packed / 100 % 100),
          static_cast<std::uint8_t>(packed % 100)};
}

bool is_packed_day(std::int64_t packed) {
  return packed >= 10000 && packed <= 40951231 && packed / 100 % 100 <= 12 && packed % 100 <= 31;
}

// Subjects that lines may be about, ascending.
std::vector<std::int64_t> concerned(const LedgerDatabase& database,
                                    const std::vector<LedgerLine>& lines) {
  std::set<std::int64_t> ids;
  const auto take = [&](LedgerStatement& rows) {
    while (rows.step()) ids.insert(rows.integer(0));
    rows.reset();
  };
  LedgerStatement by_key = database.prepare("SELECT id FROM subject WHERE kind = ? AND key = ?");
  std::set<std::string, std::less<>> names;
  std::set<std::string, std::less<>> codes;
  for (const LedgerLine& line : lines) {
    if (line.kind == SubjectKind::Contact) {
      names.insert(normalize_firm_name(line.name.empty() ? line.key : line.name).full);
      if (!line.code.empty()) codes.insert(normalize_credit_code(line.code));
      continue;
    }
    by_key.bind(1, subject_word(line.kind)).bind(2, std::string_view(line.key));
    take(by_key);
  }
  if (names.empty()) return {ids.begin(), ids.end()};
  LedgerStatement contacts =
      database.prepare("SELECT id, name, code FROM subject WHERE kind = 'contact'");
  while (contacts.step()) {
    const bool meant = codes.contains(contacts.text(2)) ||
                       names.contains(normalize_firm_name(contacts.text(1)).full);
    if (meant) ids.insert(contacts.integer(0));
  }
  // A code that was learnt later.
  LedgerStatement later =
      database.prepare("SELECT subject FROM record WHERE fact = 'credit_code' AND text = ?");
  for (const std::string& code : codes) {
    later.bind(1, std::string_view(code));
    take(later);
  }
  return {ids.begin(), ids.end()};
}

/// Reads the whole file into a book, or a few of its subjects.
class BookReader {
 public:
  BookReader(const LedgerDatabase& database, const LedgerMoment& moment)
      : database_(database), moment_(moment) {}

  LedgerBook read() {
    book_.as_of = moment_.as_of;
    book_.known_on = moment_.known_on;
    read_meta();
    read_entries();
    read_withdrawals();
    read_subjects();
    read_records();
    arrange();
    return std::move(book_);
  }

  /// A book that knows these subjects only.
  LedgerBook read_only(const std::vector<std::int64_t>& subjects) {
    read_meta();
    const std::string entries_of =
        "SELECT id, recorded_at, recorded_by, source FROM entry WHERE id ";
    std::array statements = {
        database_.prepare(entries_of + "= (SELECT entry FROM subject WHERE id = ?)"),
        database_.prepare(entries_of + "IN (SELECT entry FROM record WHERE subject = ?)"),
        database_.prepare(entries_of + "IN (SELECT withdrawal.entry FROM withdrawal JOIN record ON "
                                       "record.id = withdrawal.record WHERE record.subject = ?)"),
        database_.prepare("SELECT record, entry FROM withdrawal WHERE record IN "
                          "(SELECT id FROM record WHERE subject = ?)"),
        database_.prepare(fmt::format("{} WHERE id = ?", kSubjects)),
        database_.prepare(fmt::format("{} WHERE subject = ? ORDER BY id", kRecords))};
    for (const std::int64_t id : subjects) {
      for (LedgerStatement& statement : statements) statement.reset();
      for (LedgerStatement& statement : statements) statement.bind(1, id);
      for (std::size_t i = 0; i < 3; ++i) take_entries(statements[i]);
      take_withdrawals(statements[3]);
      take_subjects(statements[4]);
      take_records(statements[5]);
    }
    arrange();
    return std::move(book_);
  }

 private:
  static constexpr std::string_view kSubjects =
      "SELECT id, kind, key, name, firm, code, entry FROM subject";
  static constexpr std::string_view kRecords =
      "SELECT id, subject, entry, day, stage, fact, number, text, person, reason, evidence, "
      "evidence_hash, remark FROM record";

  void read_meta() {
    LedgerStatement rows = database_.prepare("SELECT value FROM meta WHERE key = 'district'");
    if (rows.step()) book_.district = rows.text(0);
  }

  void read_entries() {
    LedgerStatement rows =
        database_.prepare("SELECT id, recorded_at, recorded_by, source FROM entry ORDER BY id");
    take_entries(rows);
  }

  void take_entries(LedgerStatement& rows) {
    while (rows.step()) {
      if (!entry_of_.try_emplace(rows.integer(0), book_.entries.size()).second) continue;
      book_.entries.push_back(
          {std::string(rows.text(1)), std::string(rows.text(2)), std::string(rows.text(3))});
      const Date day = book_.entries.back().day();
      if (!day.known()) database_.damaged("an entry has no day", "有记录缺少日期");
      known_.push_back(!moment_.known_on.known() || day <= moment_.known_on);
    }
  }

  void read_withdrawals() {
    LedgerStatement rows = database_.prepare("SELECT record, entry FROM withdrawal");
    take_withdrawals(rows);
  }

  void take_withdrawals(LedgerStatement& rows) {
    while (rows.step()) {
      if (known_[entry(rows.integer(1))]) withdrawn_[rows.integer(0)] = true;
    }
  }

  void read_subjects() {
    LedgerStatement rows = database_.prepare(fmt::format("{} ORDER BY id", kSubjects));
    take_subjects(rows);
  }

  void take_subjects(LedgerStatement& rows) {
    while (rows.step()) {
      if (!known_[entry(rows.integer(6))]) continue;
      const auto kind = kind_named(rows.text(1));
      if (!kind) database_.damaged("a subject is of no known kind", "有对象类别不明");
      subject_of_[rows.integer(0)] = book_.subjects.size();
      Subject subject;
      subject.kind = *kind;
      subject.key = rows.text(2);
      subject.name = rows.text(3);
      subject.firm = rows.text(4);
      subject.code = rows.text(5);
      book_.subjects.push_back(std::move(subject));
    }
  }

  void read_records() {
    LedgerStatement rows = database_.prepare(fmt::format("{} ORDER BY id", kRecords));
    take_records(rows);
  }

  void take_records(LedgerStatement& rows) {
    while (rows.step()) {
      const std::size_t entry = this->entry(rows.integer(2));
      if (!known_[entry]) continue;
      const std::int64_t id = rows.integer(0);
      if (withdrawn_.contains(id)) {
        ++book_.withdrawn;
        continue;
      }
      const auto subject = subject_of_.find(rows.integer(1));
      const std::int64_t packed = rows.integer(3);
      if (subject == subject_of_.end() || !is_packed_day(packed)) {
        database_.damaged("a row has no subject or no day", "有行缺少对象或日期");
      }
      const Date day = unpacked(packed);
      if (moment_.as_of.known() && day > moment_.as_of) continue;
      ++book_.rows;
      Subject& of = book_.subjects[subject->second];
      if (!rows.is_null(4)) {
        add_stage(of, rows, LedgerRow{id}, day, entry);
      } else {
        add_fact(of, rows, LedgerRow{id}, day, entry);
      }
    }
  }

  void add_stage(Subject& of, const LedgerStatement& rows, LedgerRow row, Date day,
                 std::size_t entry) const {
    const auto stage = stage_named(rows.text(4));
    if (!stage || stage_of(*stage) != of.kind) {
      database_.damaged("a row has an unknown stage", "有行阶段不明");
    }
    StageChange change;
    change.row = row;
    change.stage = *stage;
    change.day = day;
    change.person = rows.text(8);
    change.reason = rows.text(9);
    change.evidence = {std::string(rows.text(10)), std::string(rows.text(11))};
    change.remark = rows.text(12);
    change.entry = entry;
    of.stages.push_back(std::move(change));
  }

  void add_fact(Subject& of, const LedgerStatement& rows, LedgerRow row, Date day,
                std::size_t entry) const {
    const FactField* field = fact_named(rows.text(5));
    if (field == nullptr) database_.damaged("a row has an unknown fact", "有行事项不明");
    Fact fact;
    fact.row = row;
    fact.key = field->key;
    fact.day = day;
    fact.entry = entry;
    if (field->type == FactType::Day) {
      fact.value.day = unpacked(rows.integer(6));
    } else {
      fact.value.number = rows.real(6);
    }
    fact.value.text = rows.text(7);
    of.facts.push_back(std::move(fact));
  }

  [[nodiscard]] std::size_t entry(std::int64_t id) const {
    const auto found = entry_of_.find(id);
    if (found == entry_of_.end()) database_.damaged("a row has no entry", "有行缺少记录");
    return found->second;
  }

  void arrange() {
    for (Subject& subject : book_.subjects) arrange_history(subject);
    // What began later than the day looked at is not there yet.
    if (moment_.as_of.known()) {
      std::erase_if(book_.subjects, [](const Subject& one) {
        return one.stages.empty() && one.facts.empty() && one.kind != SubjectKind::Team;
      });
    }
    std::ranges::stable_sort(book_.subjects, {}, &Subject::kind);
  }

  const LedgerDatabase& database_;
  const LedgerMoment& moment_;
  LedgerBook book_;
  HashMap<std::int64_t, std::size_t> entry_of_;
  HashMap<std::int64_t, std::size_t> subject_of_;
  HashMap<std::int64_t, bool> withdrawn_;
  std::vector<bool> known_;  // by entry
};

}  // namespace

void arrange_history(Subject& subject) {
  const auto order = [&](const StageChange& one) {
    // Of one day a project's earlier stage comes first; a contact goes to and fro.
    const int step = subject.kind == SubjectKind::Project ? static_cast<int>(one.stage) : 0;
    return std::tuple(one.day, step, one.row);
  };
  std::ranges::sort(subject.stages, {}, order);
  std::ranges::sort(subject.facts, {},
                    [](const Fact& one) { return std::tuple(one.day, one.row); });
}

struct Ledger::Body {
  explicit Body(LedgerDatabase opened) : database(std::move(opened)) {}
  LedgerDatabase database;
};

Ledger::Ledger(std::unique_ptr<Body> body) : body_(std::move(body)) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

Ledger Ledger::create(const std::filesystem::path& path, std::string district) {
  auto body = std::make_unique<Body>(LedgerDatabase::create(path));
  body->database.prepare("INSERT INTO meta VALUES ('district', ?)").bind(1, district).run();
  return Ledger(std::move(body));
}

Ledger Ledger::open(const std::filesystem::path& path, LedgerAccess access, int wait_ms) {
  return Ledger(std::make_unique<Body>(LedgerDatabase::open(path, access, wait_ms)));
}

LedgerPlace Ledger::place() const { return body_->database.place(); }

int Ledger::schema_found() const { return body_->database.schema_found(); }

LedgerBook Ledger::read(const LedgerMoment& moment) const {
  // One picture of all tables, whatever is written meanwhile.
  body_->database.execute("BEGIN");
  try {
    LedgerBook book = BookReader(body_->database, moment).read();
    body_->database.execute("COMMIT");
    return book;
  } catch (...) {
    body_->database.abandon();
    throw;
  }
}

AppendResult Ledger::append(const LedgerEntry& entry, std::vector<LedgerLine> lines) {
  LedgerTransaction change(body_->database);
  // What others wrote meanwhile is seen: nobody else writes before this change ends.
  // Few lines need but a few subjects, which are looked up; for many the file is read once.
  constexpr std::size_t kFew = 64;
  const LedgerMoment always;
  BookReader reader(body_->database, always);
  const LedgerBook book =
      lines.size() <= kFew ? reader.read_only(concerned(body_->database, lines)) : reader.read();
  LedgerAppender appender(book, entry);
  const AppendPlan plan = appender.plan(std::move(lines));
  AppendResult result = write_plan(body_->database, entry, plan);
  change.complete();
  return result;
}

void Ledger::withdraw(const LedgerEntry& entry, LedgerRow row, const std::string& reason) {
  if (reason.empty()) {
    throw Error(ErrorCode::InvalidArgument,
                {"a withdrawal needs a reason; give one, such as --reason \"wrong date\"",
                 "撤销须写明原因，如 --reason \"日期填错\""});
  }
  const auto number = static_cast<std::int64_t>(row);
  LedgerTransaction change(body_->database);
  LedgerStatement there = body_->database.prepare(
      "SELECT withdrawal.record FROM record LEFT JOIN withdrawal ON withdrawal.record = record.id "
      "WHERE record.id = ?");
  there.bind(1, number);
  if (!there.step()) {
    throw Error(
        ErrorCode::NotFound,
        {fmt::format("{}: there is no row {}; `liantu ledger show --history` lists the rows",
                     body_->database.file(), number),
         fmt::format("{}：没有第 {} 行；可用 liantu ledger show --history 查看行号",
                     body_->database.file(), number)});
  }
  if (!there.is_null(0)) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("{}: row {} is withdrawn already", body_->database.file(), number),
                 fmt::format("{}：第 {} 行已经撤销", body_->database.file(), number)});
  }
  there.reset();
  const std::int64_t id = write_entry(body_->database, entry);
  body_->database.prepare("INSERT INTO withdrawal VALUES (?, ?, ?)")
      .bind(1, number)
      .bind(2, std::string_view(reason))
      .bind(3, id)
      .run();
  change.complete();
}

}  // namespace liantu
