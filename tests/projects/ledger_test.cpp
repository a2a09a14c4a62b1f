#include "liantu/projects/ledger.hpp"

#include <functional>
#include <thread>
#include <tuple>

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

}  // namespace
}  // namespace liantu
