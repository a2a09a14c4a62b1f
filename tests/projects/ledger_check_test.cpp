#include "liantu/projects/ledger_check.hpp"

#include <tuple>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "projects/ledger_append.hpp"
#include "projects/ledger_case.hpp"

namespace liantu {
namespace {

const Date kSigned{2025, 2, 8};
const Date kToday{2025, 7, 1};

LedgerBook book_of(std::vector<LedgerLine> lines, Date recorded = {2025, 12, 31}) {
  LedgerBook book;
  book.entries = {entry_on(recorded)};
  const AppendPlan plan = LedgerAppender({}, entry_on({2026, 12, 31})).plan(std::move(lines));
  EXPECT_TRUE(plan.result.problems.empty());
  book.subjects = plan.subjects;
  std::int64_t row = 0;
  for (Subject& subject : book.subjects) {
    for (StageChange& one : subject.stages) one.row = LedgerRow{++row};
    for (Fact& one : subject.facts) one.row = LedgerRow{++row};
  }
  return book;
}

LedgerLine proven(LedgerLine line, char digest = 'a') {
  line.evidence = {line.key + std::string(stage_word(*line.stage)) + ".pdf",
                   std::string(64, digest)};
  line.facts.push_back(text(FactKey::Team, "专班"));
  return line;
}

std::string found(const LedgerBook& book, CheckOptions options = {kToday, {}}) {
  std::string words;
  for (const LedgerFinding& one : check_ledger(book, options)) {
    words += std::string(doubt_word(one.doubt)) + " ";
    EXPECT_FALSE(one.what.zh.empty());
    EXPECT_FALSE(one.remedy.en.empty());
  }
  return words;
}

TEST(LedgerCheck, FindsNothingInAnEmptyLedger) { EXPECT_EQ(found({}), ""); }

TEST(LedgerCheck, NamesWhatIsOverdueByHowManyDays) {
  const LedgerBook book = book_of({proven(project_line(
      "P1", LedgerStage::Signed, kSigned,
      {day(FactKey::PlannedStarted, {2025, 6, 0}), day(FactKey::PlannedBuilt, {2026, 6, 30})}))});
  const auto all = check_ledger(book, {kToday, {}});
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all.front().doubt, LedgerDoubt::Overdue);
  EXPECT_EQ(all.front().days, 1);  // June ends on the 30th
  EXPECT_EQ(found(book, {{2025, 6, 30}, {}}), "");
}

TEST(LedgerCheck, AStageThatWasReachedIsNotDueNorIsAnythingOfWhatHasEnded) {
  LedgerLine end = proven(project_line("P2", LedgerStage::Ended, {2025, 3, 1}), 'c');
  end.reason = "资金";
  const LedgerBook book =
      book_of({proven(project_line("P1", LedgerStage::Signed, kSigned,
                                   {day(FactKey::PlannedStarted, {2025, 3, 1}),
                                    day(FactKey::PlannedBuilt, {2026, 3, 1})})),
               proven(project_line("P1", LedgerStage::Started, {2025, 4, 1}), 'b'),
               proven(project_line("P2", LedgerStage::Signed, kSigned,
                                   {day(FactKey::PlannedStarted, {2025, 2, 28})}),
                      'd'),
               end});
  EXPECT_EQ(found(book), "");
}

TEST(LedgerCheck, NamesStagesThatWerePassedOver) {
  const LedgerBook book =
      book_of({proven(project_line("P1", LedgerStage::Signed, kSigned)),
               proven(project_line("P1", LedgerStage::Producing, {2025, 4, 1}), 'b')});
  EXPECT_EQ(found(book), "skipped no_plan ");
  EXPECT_EQ(check_ledger(book, {kToday, {}}).front().what.zh, "跳过了：开工、建成");
}

TEST(LedgerCheck, NamesMissingAndReusedDocuments) {
  LedgerLine bare =
      project_line("P1", LedgerStage::Signed, kSigned,
                   {text(FactKey::Team, "专班"), day(FactKey::PlannedStarted, {2025, 12, 1})});
  EXPECT_EQ(found(book_of({bare})), "no_evidence ");
  LedgerLine other = proven(project_line("P2", LedgerStage::Signed, kSigned,
                                         {day(FactKey::PlannedStarted, {2025, 12, 1})}));
  LedgerLine same = proven(project_line("P3", LedgerStage::Signed, kSigned,
                                        {day(FactKey::PlannedStarted, {2025, 12, 1})}));
  EXPECT_EQ(found(book_of({other, same})), "evidence_reused evidence_reused ");
}

TEST(LedgerCheck, ComparesDocumentsThatWereLookedFor) {
  const LedgerBook book = book_of({proven(project_line(
      "P1", LedgerStage::Signed, kSigned, {day(FactKey::PlannedStarted, {2025, 12, 1})}))});
  EXPECT_EQ(found(book, {kToday, {{"P1signed.pdf", std::string(64, 'a')}}}), "");
  EXPECT_EQ(found(book, {kToday, {{"P1signed.pdf", std::string(64, 'b')}}}), "evidence_changed ");
  EXPECT_EQ(found(book, {kToday, {{"P1signed.pdf", ""}}}), "evidence_changed ");
}

TEST(LedgerCheck, NamesDaysThatLieAhead) {
  // Recorded by a clock that was wrong: on 1 March somebody wrote of 1 April.
  const LedgerBook book =
      book_of({proven(project_line("P1", LedgerStage::Signed, {2025, 4, 1}, {}))}, {2025, 3, 1});
  EXPECT_EQ(found(book), "future_day future_day no_plan ");
}

TEST(LedgerCheck, NamesFundsAboveTheInvestment) {
  const LedgerBook book = book_of(
      {proven(project_line("P1", LedgerStage::Signed, kSigned,
                           {number(FactKey::Investment, 1e8), number(FactKey::FundsInPlace, 1.1e8),
                            day(FactKey::PlannedStarted, {2025, 12, 1})}))});
  EXPECT_EQ(found(book), "funds_above_investment ");
}

TEST(LedgerCheck, AContactThatHasSignedHasAProject) {
  LedgerLine signed_contact = contact_line("P1公司", LedgerStage::ContactSigned, kSigned);
  signed_contact.facts = {text(FactKey::Team, "专班")};
  EXPECT_EQ(found(book_of({signed_contact})), "no_project ");
  EXPECT_EQ(found(book_of({signed_contact,
                           proven(project_line("P1", LedgerStage::Signed, kSigned,
                                               {day(FactKey::PlannedStarted, {2025, 12, 1})}))})),
            "");
}

TEST(LedgerCheck, SaysWhoHasNobodyInCharge) {
  EXPECT_EQ(found(book_of({contact_line("甲厂", LedgerStage::Contacted, kSigned)})), "no_team ");
}

TEST(LedgerCheck, NeedsADay) {
  EXPECT_THROW(std::ignore = check_ledger({}, {}), Error);
  EXPECT_THROW(std::ignore = due_items({}, {2025, 1, 0}), Error);
}

TEST(DueItems, StandByDayWithDeadlinesUntilSomethingHappens) {
  LedgerLine contact = contact_line("甲厂", LedgerStage::Contacted, {2025, 6, 1});
  contact.facts = {day(FactKey::Deadline, {2025, 7, 5}), text(FactKey::NextStep, "拜访")};
  LedgerLine later = contact_line("乙厂", LedgerStage::Contacted, {2025, 6, 1});
  later.facts = {day(FactKey::Deadline, {2025, 7, 3})};
  const LedgerBook book =
      book_of({contact, later, contact_line("乙厂", LedgerStage::Visited, {2025, 6, 20}),
               project_line("P1", LedgerStage::Signed, kSigned,
                            {day(FactKey::PlannedStarted, {2025, 6, 30})})});
  std::string seen;
  for (const DueItem& one : due_items(book, kToday))
    seen += book.subjects[one.subject].key + " " + std::to_string(one.days_left) + "; ";
  EXPECT_EQ(seen, "P1 -1; 甲厂 4; ");
}

}  // namespace
}  // namespace liantu
