#include "liantu/projects/list_outcomes.hpp"

#include <tuple>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "projects/ledger_append.hpp"
#include "projects/ledger_case.hpp"

namespace liantu {
namespace {

const Date kListed{2025, 1, 1};

LedgerBook book_of(std::vector<LedgerLine> lines) {
  LedgerBook book;
  book.subjects = LedgerAppender({}, entry_on({2026, 12, 31})).plan(std::move(lines)).subjects;
  return book;
}

std::vector<ListedFirm> list_of(std::size_t rows) {
  std::vector<ListedFirm> list;
  for (std::size_t i = 0; i < rows; ++i) {
    ListedFirm firm;
    firm.name = "厂" + std::to_string(i + 1);
    firm.rank = i + 1;
    firm.grade = i < 10 ? 'A' : 'B';
    firm.score = 90 - static_cast<double>(i);
    firm.parts[0] = static_cast<double>(i % 2);
    list.push_back(firm);
  }
  return list;
}

// The first `won` rows sign, the others are lost.
LedgerBook outcome(std::size_t rows, std::size_t won) {
  std::vector<LedgerLine> lines;
  for (std::size_t i = 0; i < rows; ++i) {
    const bool wins = i < won;
    lines.push_back(contact_line("厂" + std::to_string(i + 1),
                                 wins ? LedgerStage::ContactSigned : LedgerStage::Lost,
                                 {2025, 6, 1}, wins ? "" : "地价"));
  }
  return book_of(lines);
}

TEST(ListOutcomes, ConcludesNothingFromFewerThanThirty) {
  const ListOutcomes few = judge_list(list_of(40), outcome(29, 10), {kListed});
  EXPECT_EQ(few.outcomes, 29U);
  EXPECT_FALSE(few.concluded);
  EXPECT_TRUE(few.by_rank.empty());
  EXPECT_TRUE(judge_list(list_of(40), outcome(30, 10), {kListed}).concluded);
}

// Ranks 1 to 10 sign, 11 to 30 are lost: the score tells every pair rightly.
TEST(ListOutcomes, CountsHitsByRankGradeAndPart) {
  const ListOutcomes found = judge_list(list_of(35), outcome(30, 10), {kListed});
  EXPECT_EQ(found.listed, 35U);
  EXPECT_EQ(found.found, 30U);
  ASSERT_EQ(found.by_rank.size(), 3U);
  EXPECT_EQ(found.by_rank[0].signed_count, 10U);
  EXPECT_EQ(found.by_rank[0].share, 1);
  // Wilson: 10 of 10 is 0.7225 to 1.
  EXPECT_NEAR(found.by_rank[0].share_low, 0.7225, 1e-4);
  EXPECT_EQ(found.by_rank[1].lost, 10U);
  EXPECT_EQ(found.by_rank[2].listed, 15U);
  ASSERT_EQ(found.by_grade.size(), 2U);
  EXPECT_EQ(found.by_grade[1].share, 0);
  EXPECT_EQ(found.score_right, 1);
  ASSERT_EQ(found.by_part.size(), 1U);
  EXPECT_EQ(found.by_part[0].pairs, 200U);
  EXPECT_EQ(found.by_part[0].right, 0.5);
  EXPECT_EQ(found.calibration.probability(90), 1);
  EXPECT_EQ(found.calibration.probability(61), 0);
}

TEST(ListOutcomes, WhatWasSignedBeforeTheListDoesNotCount) {
  const LedgerBook book = book_of({contact_line("厂1", LedgerStage::ContactSigned, {2024, 6, 1})});
  EXPECT_EQ(judge_list(list_of(1), book, {kListed}).outcomes, 0U);
  EXPECT_EQ(judge_list(list_of(1), book, {kListed}).found, 1U);
  EXPECT_EQ(judge_list(list_of(1),
                       book_of({contact_line("厂1", LedgerStage::Lost, {2025, 6, 1}, "x"),
                                contact_line("厂1", LedgerStage::Visited, {2025, 7, 1})}),
                       {kListed})
                .outcomes,
            0U);
  LedgerLine project = project_line("P1", LedgerStage::Signed, {2025, 6, 1});
  project.firm = "厂1";
  EXPECT_EQ(judge_list(list_of(1), book_of({project}), {kListed, 1}).all.signed_count, 1U);
  EXPECT_THROW(std::ignore = judge_list({}, {}, {}), Error);
}

TEST(ListOutcomes, ReadsAListInEitherLanguage) {
  LedgerTable brief;
  brief.columns = {"名次", "企业", "得分"};
  brief.rows = {{{}, {"3 (1–7)", "甲厂", "70"}, {}}};
  LedgerTable full;
  full.columns = {"rank",  "firm",         "unified social credit code",
                  "grade", "score, 0–100", part_text(ScorePartKind::Fit).en + ", points"};
  full.rows = {{{}, {"1", "乙厂", "91350100M000100Y43", "A", "81.5", "7.25"}, {}},
               {{}, {"", "丙厂", "", "C", "20", "1"}, {}}};
  const auto rows = read_listed_firms({brief, full});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].code, "91350100M000100Y43");
  EXPECT_EQ(rows[0].grade, 'A');
  EXPECT_EQ(rows[0].score, 81.5);
  EXPECT_EQ(rows[0].parts[static_cast<std::size_t>(ScorePartKind::Fit)], 7.25);
  EXPECT_EQ(read_listed_firms({brief})[0].rank, 3U);
  EXPECT_TRUE(read_listed_firms({}).empty());
}

}  // namespace
}  // namespace liantu
