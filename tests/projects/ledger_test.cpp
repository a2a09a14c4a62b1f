#include "liantu/projects/ledger.hpp"

#include <functional>
#include <random>
#include <thread>
#include <tuple>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "projects/ledger_case.hpp"

namespace liantu {
namespace {

const Date kSigned{2025, 2, 8};

ErrorCode code_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    EXPECT_FALSE(error.message().zh.empty());
    return error.code();
  }
  ADD_FAILURE() << "nothing was refused";
  return ErrorCode::Cancelled;
}

TEST(Ledger, GivesBackWhatWasWritten) {
  const LedgerCase place("ledger");
  LedgerLine line = project_line("P1", LedgerStage::Signed, kSigned,
                                 {number(FactKey::Investment, 2.5e9), text(FactKey::Team, "专班"),
                                  day(FactKey::PlannedStarted, {2025, 6, 0})});
  line.person = "李";
  line.evidence = {"协议.pdf", std::string(64, 'a')};
  line.remark = "首批";
  const AppendResult result =
      Ledger::create(place.file(), "大渡口区")
          .append(entry_on({2025, 2, 9}),
                  {line, contact_line("甲厂", LedgerStage::Contacted, kSigned)});
  EXPECT_EQ(result.stages, 2U);
  EXPECT_EQ(result.facts, 3U);
  EXPECT_EQ(result.subjects, 2U);
  EXPECT_EQ(result.rows,
            (std::vector{LedgerRow{1}, LedgerRow{2}, LedgerRow{3}, LedgerRow{4}, LedgerRow{5}}));

  const Ledger ledger = Ledger::open(place.file(), LedgerAccess::Read);
  const LedgerBook book = ledger.read();
  EXPECT_EQ(book.district, "大渡口区");
  EXPECT_EQ(book.rows, 5U);
  ASSERT_EQ(book.subjects.size(), 2U);
  EXPECT_EQ(book.subjects[0].kind, SubjectKind::Contact);
  const Subject& project = book.subjects[1];
  EXPECT_EQ(project.name, "P1项目");
  EXPECT_EQ(project.firm, "P1公司");
  EXPECT_EQ(project.stages.front().evidence, line.evidence);
  EXPECT_EQ(project.stages.front().person, "李");
  EXPECT_EQ(project.stages.front().remark, "首批");
  EXPECT_EQ(number_at(project, FactKey::Investment), 2.5e9);
  EXPECT_EQ(words_at(project, FactKey::Team), "专班");
  EXPECT_EQ(day_at(project, FactKey::PlannedStarted), (Date{2025, 6, 0}));
  EXPECT_EQ(book.entries.front().recorded_by, "张");
}

TEST(Ledger, ShowsAnyPastDayAndWhatWasKnownThen) {
  const LedgerCase place("moments");
  Ledger ledger = Ledger::create(place.file(), "区");
  ledger.append(entry_on({2025, 2, 10}), {project_line("P1", LedgerStage::Signed, kSigned)});
  ledger.append(entry_on({2025, 9, 1}), {project_line("P1", LedgerStage::Started, {2025, 5, 1}),
                                         project_line("P2", LedgerStage::Signed, {2025, 4, 1})});
  const auto seen = [&](const LedgerMoment& moment) {
    std::string out;
    for (const Subject& one : ledger.read(moment).subjects)
      out += one.key + ": " + history(one) + "; ";
    return out;
  };
  EXPECT_EQ(seen({}), "P1: 签约 2025-02-08, 开工 2025-05-01; P2: 签约 2025-04-01; ");
  EXPECT_EQ(seen({.as_of = {2025, 4, 30}}), "P1: 签约 2025-02-08; P2: 签约 2025-04-01; ");
  EXPECT_EQ(seen({.as_of = {2025, 2, 7}}), "");
  EXPECT_EQ(seen({.known_on = {2025, 8, 31}}), "P1: 签约 2025-02-08; ");
  EXPECT_EQ(seen({.as_of = {2025, 12, 31}, .known_on = {2025, 2, 9}}), "");
}

TEST(Ledger, AWithdrawnRowStaysAndCountsNowhere) {
  const LedgerCase place("withdraw");
  Ledger ledger = Ledger::create(place.file(), "区");
  ledger.append(entry_on({2025, 3, 1}), {project_line("P1", LedgerStage::Signed, kSigned)});
  ledger.append(entry_on({2025, 3, 1}), {project_line("P1", LedgerStage::Started, {2025, 2, 20})});
  ledger.withdraw(entry_on({2025, 3, 2}), LedgerRow{2}, "日期有误");
  LedgerBook book = ledger.read();
  EXPECT_EQ(history(book.subjects.front()), "签约 2025-02-08");
  EXPECT_EQ(book.withdrawn, 1U);
  // Whoever looks at the day before sees it still.
  EXPECT_EQ(ledger.read({.known_on = {2025, 3, 1}}).withdrawn, 0U);
  EXPECT_EQ(
      ledger
          .append(entry_on({2025, 3, 3}), {project_line("P1", LedgerStage::Started, {2025, 2, 25})})
          .rows,
      (std::vector{LedgerRow{3}}));
  EXPECT_EQ(code_of([&] {
              ledger.withdraw(entry_on({2025, 3, 2}), LedgerRow{2}, "再次");
            }),
            ErrorCode::InvalidArgument);
  EXPECT_EQ(code_of([&] {
              ledger.withdraw(entry_on({2025, 3, 2}), LedgerRow{9}, "没有");
            }),
            ErrorCode::NotFound);
  EXPECT_EQ(code_of([&] {
              ledger.withdraw(entry_on({2025, 3, 2}), LedgerRow{1}, "");
            }),
            ErrorCode::InvalidArgument);
}

TEST(Ledger, TwoWhoWriteAtOnceLoseNothing) {
  const LedgerCase place("writers");
  std::ignore = Ledger::create(place.file(), "区");
  constexpr int kEach = 40;
  const auto write = [&](const char* who) {
    Ledger ledger = Ledger::open(place.file(), LedgerAccess::Write);
    for (int i = 0; i < kEach; ++i) {
      const AppendResult result =
          ledger.append(entry_on({2025, 3, 1}, who),
                        {project_line(who + std::to_string(i), LedgerStage::Signed, kSigned),
                         team_line("共同", {2025, 2, static_cast<std::uint8_t>(i % 28 + 1)},
                                   {text(FactKey::Remark, who + std::to_string(i))})});
      EXPECT_TRUE(result.problems.empty());
    }
  };
  std::thread one(write, "甲");
  std::thread other(write, "乙");
  one.join();
  other.join();
  const LedgerBook book = Ledger::open(place.file(), LedgerAccess::Read).read();
  EXPECT_EQ(book.entries.size(), 2U * kEach);
  EXPECT_EQ(book.subjects.size(), 2U * kEach + 1);
  EXPECT_EQ(book.rows, 4U * kEach);
}

TEST(Ledger, AYearIsReplayedDayByDay) {
  const LedgerCase place("year");
  Ledger ledger = Ledger::create(place.file(), "区");
  // What each day should show, kept beside.
  std::vector<std::pair<Date, std::string>> told;
  Date today{2025, 1, 1};
  for (int i = 0; i < 365; i += 5, today = add_days({2025, 1, 1}, i)) {
    const std::string code = "P" + std::to_string(i % 50);
    const LedgerBook before = ledger.read();
    const Subject* subject = find_subject(before, SubjectKind::Project, code);
    const StageChange* now = subject == nullptr ? nullptr : stage_at(*subject);
    const auto stage = now == nullptr ? std::optional(LedgerStage::Signed) : next_stage(now->stage);
    if (!stage) continue;
    EXPECT_TRUE(
        ledger.append(entry_on(today), {project_line(code, *stage, today)}).problems.empty());
    std::string state;
    for (const Subject& one : ledger.read().subjects) state += one.key + history(one) + ";";
    told.emplace_back(today, state);
  }
  EXPECT_GT(told.size(), 40U);
  for (const auto& [then, state] : told) {
    std::string found;
    for (const Subject& one : ledger.read({.as_of = then}).subjects)
      found += one.key + history(one) + ";";
    EXPECT_EQ(found, state) << then.to_string();
  }
}

// What a ledger holds, and what it said of one line, as words.
std::string said_of(const AppendResult& result) {
  std::string out =
      fmt::format("{} {} {} {}", result.stages, result.facts, result.subjects, result.unchanged);
  for (const Problem& one : result.problems) out += " " + one.kind + " " + one.what.en;
  return out;
}

std::string held(const LedgerBook& book) {
  std::string out;
  for (const Subject& one : book.subjects) {
    out += fmt::format("{} {} {} {} {} {}\n", subject_word(one.kind), one.key, one.name, one.firm,
                       one.code, history(one));
    for (const Fact& fact : one.facts) {
      out += fmt::format(" {} {} {}", fact.day.to_string(), static_cast<int>(fact.key),
                         fact.value.text);
    }
  }
  return out;
}

// A few lines are checked against the subjects that they may be about, many against the whole file:
// a line that is filled up with 64 repetitions of another takes the second way.
TEST(Ledger, AFewLinesAreJudgedAsManyAre) {
  const LedgerCase here("few");
  Ledger few = Ledger::create(here.file("few.ledger"), "500104");
  Ledger many = Ledger::create(here.file("many.ledger"), "500104");
  std::mt19937 random(17);
  const std::vector<std::string> names = {"甲有限公司", "甲 有限公司", "乙有限公司", "丙厂",
                                          "丁厂"};
  const std::vector<std::string> codes = {"", "", "91350100M000100Y43", "91310000MA1K35Y38P"};
  const LedgerLine filling = team_line("专班", {2025, 1, 1}, {text(FactKey::Remark, "x")});
  const LedgerEntry entry = entry_on({2025, 12, 31});
  for (Ledger* one : {&few, &many}) (void)one->append(entry, {filling});
  int problems = 0;
  for (int i = 0; i < 250; ++i) {
    SCOPED_TRACE(i);
    const Date day{2025, static_cast<std::uint8_t>(1 + random() % 12), 1};
    LedgerLine line;
    if (random() % 2 == 0) {
      line = contact_line(names[random() % names.size()],
                          random() % 2 == 0 ? LedgerStage::Contacted : LedgerStage::Lost, day,
                          random() % 4 == 0 ? "" : "资金");
      line.code = codes[random() % codes.size()];
      if (random() % 5 == 0 && !line.code.empty()) line.name.clear();
    } else {
      line = project_line("P" + std::to_string(random() % 6),
                          static_cast<LedgerStage>(static_cast<int>(LedgerStage::Signed) +
                                                   static_cast<int>(random() % 3)),
                          day);
      if (random() % 6 == 0) line.name = "别的项目";
    }
    const AppendResult one = few.append(entry, {line});
    std::vector<LedgerLine> lines(64, filling);
    lines.push_back(line);
    AppendResult other = many.append(entry, lines);
    other.unchanged -= 64;
    EXPECT_EQ(said_of(one), said_of(other));
    problems += static_cast<int>(one.problems.size());
    if (!one.rows.empty() && random() % 8 == 0 && one.rows == other.rows) {
      for (Ledger* each : {&few, &many}) each->withdraw(entry, one.rows.front(), "填错");
    }
  }
  EXPECT_GT(problems, 30);
  EXPECT_EQ(held(few.read()), held(many.read()));
}

}  // namespace
}  // namespace liantu
