#include "projects/ledger_append.hpp"

#include <random>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "projects/ledger_case.hpp"

namespace liantu {
namespace {

const Date kSigned{2025, 2, 8};
const Date kLater{2025, 6, 30};

AppendPlan planned(std::vector<LedgerLine> lines, const LedgerBook& book = {}) {
  return LedgerAppender(book, entry_on({2025, 12, 31})).plan(std::move(lines));
}

// Kind of the only problem of some lines; empty when there is none.
std::string fault(std::vector<LedgerLine> lines) {
  const AppendPlan plan = planned(std::move(lines));
  if (plan.result.problems.empty()) return {};
  EXPECT_EQ(plan.result.problems.size(), 1U);
  EXPECT_FALSE(plan.result.problems.front().remedy.en.empty());
  EXPECT_FALSE(plan.result.problems.front().what.zh.empty());
  return plan.result.problems.front().kind;
}

LedgerLine signed_line() { return project_line("P1", LedgerStage::Signed, kSigned); }

TEST(LedgerAppend, TakesStagesInTheOrderOfTheirDaysWhateverTheOrderOfLines) {
  const AppendPlan plan =
      planned({project_line("P1", LedgerStage::Producing, {2025, 9, 1}), signed_line(),
               project_line("P1", LedgerStage::Started, {2025, 3, 1})});
  EXPECT_TRUE(plan.result.problems.empty());
  ASSERT_EQ(plan.subjects.size(), 1U);
  EXPECT_EQ(history(plan.subjects.front()), "签约 2025-02-08, 开工 2025-03-01, 投产 2025-09-01");
}

TEST(LedgerAppend, RefusesAStageBeforeSigning) {
  const AppendPlan first = planned({signed_line()});
  LedgerBook book;
  book.subjects = first.subjects;
  const AppendPlan plan = planned({project_line("P1", LedgerStage::Started, {2025, 2, 1})}, book);
  ASSERT_EQ(plan.result.problems.size(), 1U);
  EXPECT_EQ(plan.result.problems.front().kind, "before-signing");
}

TEST(LedgerAppend, RefusesStagesOutOfOrder) {
  EXPECT_EQ(fault({signed_line(), project_line("P1", LedgerStage::Built, {2025, 3, 1}),
                   project_line("P1", LedgerStage::Started, {2025, 4, 1})}),
            "stage-order");
  EXPECT_EQ(fault({signed_line(), project_line("P1", LedgerStage::Signed, {2025, 3, 1})}),
            "stage-order");
  LedgerLine end = project_line("P1", LedgerStage::Ended, {2025, 3, 1});
  end.reason = "资金";
  EXPECT_EQ(fault({signed_line(), end, project_line("P1", LedgerStage::Started, {2025, 4, 1})}),
            "stage-order");
}

TEST(LedgerAppend, LetsAStageBeRecordedLate) {
  EXPECT_EQ(fault({signed_line(), project_line("P1", LedgerStage::Built, {2025, 5, 1})}), "");
  EXPECT_EQ(fault({signed_line(), project_line("P1", LedgerStage::Started, kSigned)}), "");
}

TEST(LedgerAppend, AsksForTheReasonOfAnEnd) {
  EXPECT_EQ(fault({signed_line(), project_line("P1", LedgerStage::Ended, kLater)}), "no-reason");
  EXPECT_EQ(fault({contact_line("甲厂", LedgerStage::Lost, kLater)}), "no-reason");
  EXPECT_EQ(fault({contact_line("甲厂", LedgerStage::Lost, kLater, "  ")}), "no-reason");
  EXPECT_EQ(fault({contact_line("甲厂", LedgerStage::Lost, kLater, "地价")}), "");
}

TEST(LedgerAppend, RefusesDaysThatAreNoneOrLieAhead) {
  EXPECT_EQ(fault({project_line("P1", LedgerStage::Signed, {2025, 2, 0})}), "no-day");
  EXPECT_EQ(fault({project_line("P1", LedgerStage::Signed, {})}), "no-day");
  EXPECT_EQ(fault({project_line("P1", LedgerStage::Signed, {2026, 1, 1})}), "future");
}

TEST(LedgerAppend, RefusesAPlanBeforeSigning) {
  EXPECT_EQ(fault({project_line("P1", LedgerStage::Signed, kSigned,
                                {day(FactKey::PlannedStarted, {2025, 1, 31})})}),
            "before-signing");
  EXPECT_EQ(fault({project_line("P1", LedgerStage::Signed, kSigned,
                                {day(FactKey::PlannedStarted, {2025, 2, 0})})}),
            "");
}

TEST(LedgerAppend, RefusesACodeThatIsAnotherProjects) {
  LedgerLine other = signed_line();
  other.name = "别的项目";
  EXPECT_EQ(fault({signed_line(), other}), "code-taken");
  LedgerLine bare = project_line("P1", LedgerStage::Started, kLater);
  bare.name.clear();
  bare.firm.clear();
  EXPECT_EQ(fault({signed_line(), bare}), "");
}

TEST(LedgerAppend, RefusesWhoeverIsNotNamed) {
  LedgerLine nameless = signed_line();
  nameless.name.clear();
  EXPECT_EQ(fault({nameless}), "no-name");
  LedgerLine codeless = signed_line();
  codeless.key.clear();
  EXPECT_EQ(fault({codeless}), "no-code");
  EXPECT_EQ(fault({contact_line("", LedgerStage::Contacted, kLater)}), "no-name");
  EXPECT_EQ(fault({team_line("", kLater, {})}), "no-code");
}

TEST(LedgerAppend, RefusesWhatIsNotKeptOfAKind) {
  EXPECT_EQ(fault({team_line("专班", kLater, {number(FactKey::Investment, 1)})}), "wrong-fact");
  EXPECT_EQ(fault({contact_line("甲厂", LedgerStage::Started, kLater)}), "stage");
  LedgerLine line = signed_line();
  line.evidence = {"a.pdf", "abc"};
  EXPECT_EQ(fault({line}), "hash");
  line.evidence = {"\xFF", ""};
  EXPECT_EQ(fault({line}), "encoding");
  LedgerLine code = contact_line("甲厂", LedgerStage::Contacted, kLater);
  code.code = "12345";
  EXPECT_EQ(fault({code}), "credit-code");
}

TEST(LedgerAppend, LeavesOutASubjectThatOnlyAWrongLineNames) {
  const AppendPlan plan = planned({project_line("P1", LedgerStage::Signed, {2026, 1, 1}),
                                   project_line("P2", LedgerStage::Signed, kSigned)});
  ASSERT_EQ(plan.subjects.size(), 1U);
  EXPECT_EQ(plan.subjects.front().key, "P2");
  EXPECT_EQ(plan.result.subjects, 1U);
}

TEST(LedgerAppend, PassesOverWhatIsThereAlready) {
  const LedgerLine line =
      project_line("P1", LedgerStage::Signed, kSigned, {number(FactKey::Investment, 1e8)});
  const AppendPlan plan = planned({line, line});
  EXPECT_EQ(plan.result.stages, 1U);
  EXPECT_EQ(plan.result.facts, 1U);
  EXPECT_EQ(plan.result.unchanged, 1U);
  LedgerLine proven = line;
  proven.evidence = {"协议.pdf", std::string(64, 'a')};
  EXPECT_EQ(planned({line, proven}).result.stages, 2U);
}

TEST(LedgerAppend, KnowsAContactByCodeOrByName) {
  LedgerLine coded = contact_line("甲厂有限公司", LedgerStage::Visited, kLater);
  coded.code = "91350100M000100Y43";
  LedgerLine other = contact_line("甲厂有限公司", LedgerStage::Visited, kLater);
  other.code = "91310000MA1K35Y38P";
  const AppendPlan plan =
      planned({contact_line("甲厂有限公司", LedgerStage::Contacted, kSigned), coded, other});
  ASSERT_EQ(plan.subjects.size(), 2U);
  EXPECT_EQ(history(plan.subjects[0]), "已联系 2025-02-08, 已拜访 2025-06-30");
  EXPECT_EQ(words_at(plan.subjects[0], FactKey::CreditCode), "91350100M000100Y43");
  EXPECT_EQ(plan.subjects[1].key, "91310000MA1K35Y38P");
}

TEST(LedgerAppend, AContactGoesToAndFroAndIsNotRepeated) {
  const AppendPlan plan = planned({contact_line("甲厂", LedgerStage::Negotiating, {2025, 1, 1}),
                                   contact_line("甲厂", LedgerStage::Negotiating, {2025, 2, 1}),
                                   contact_line("甲厂", LedgerStage::Lost, {2025, 3, 1}, "地价"),
                                   contact_line("甲厂", LedgerStage::Visited, {2025, 4, 1})});
  EXPECT_EQ(history(plan.subjects.front()),
            "洽谈中 2025-01-01, 已流失 2025-03-01, 已拜访 2025-04-01");
  EXPECT_EQ(plan.result.unchanged, 1U);
}

TEST(LedgerAppend, AddsUpEventsOfDifferentDays) {
  const AppendPlan plan =
      planned({team_line("专班", {2025, 1, 1}, {number(FactKey::LeaderVisit, 1)}),
               team_line("专班", {2025, 1, 2}, {number(FactKey::LeaderVisit, 1)}),
               team_line("专班", {2025, 1, 2}, {number(FactKey::LeaderVisit, 1)})});
  EXPECT_EQ(plan.result.facts, 2U);
}

TEST(LedgerAppend, ARatingThatStaysTheSameIsOneOfItsQuarterAllTheSame) {
  const AppendPlan plan =
      planned({team_line("专班", {2025, 3, 30}, {number(FactKey::RatingTeam, 80)}),
               team_line("专班", {2025, 6, 30}, {number(FactKey::RatingTeam, 80)}),
               team_line("专班", {2025, 6, 30}, {number(FactKey::RatingTeam, 80)})});
  EXPECT_EQ(plan.result.facts, 2U);
}

TEST(LedgerAppend, NeedsADayOfTheEntry) {
  EXPECT_THROW(LedgerAppender({}, {"", "张", "add"}), Error);
}

// Whatever comes in, in whatever order, what is taken in keeps to the rules.
TEST(LedgerAppend, WhatIsTakenInIsInOrder) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    std::vector<LedgerLine> lines;
    for (int i = 0; i < 12; ++i) {
      const auto stage = stages_of(SubjectKind::Project)[random() % 6];
      LedgerLine line = project_line("P" + std::to_string(random() % 2), stage,
                                     {2025, static_cast<std::uint8_t>(random() % 6 + 1), 1});
      line.reason = "原因";
      lines.push_back(std::move(line));
    }
    LedgerBook book;
    for (const LedgerLine& line : lines) {
      const AppendPlan plan = planned({line}, book);
      EXPECT_EQ(plan.result.stages + plan.result.unchanged + plan.result.problems.size(), 1U);
      book.subjects = plan.subjects;
    }
    for (const Subject& subject : book.subjects) {
      for (std::size_t i = 1; i < subject.stages.size(); ++i) {
        EXPECT_LE(subject.stages[i - 1].day, subject.stages[i].day);
        EXPECT_LT(subject.stages[i - 1].stage, subject.stages[i].stage);
      }
    }
  }
}

}  // namespace
}  // namespace liantu
