#include "liantu/projects/ledger_book.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(Quarters, AreReadAsPeopleWriteThem) {
  for (const char* text :
       {"2025Q1", "2025q1", "2025-Q1", "2025年第一季度", "2025年1季度", "2025年第1季度"}) {
    EXPECT_EQ(parse_quarter(text), (Quarter{2025, 1})) << text;
  }
  for (const char* text :
       {"", "2025", "2025Q5", "2025Q0", "Q1", "2025Q12", "2025年第五季度", "2025-01"}) {
    EXPECT_FALSE(parse_quarter(text)) << text;
  }
}

TEST(Quarters, HaveTheirDays) {
  EXPECT_EQ((Quarter{2024, 1}).first(), (Date{2024, 1, 1}));
  EXPECT_EQ((Quarter{2024, 1}).last(), (Date{2024, 3, 31}));
  EXPECT_EQ((Quarter{2024, 4}).last(), (Date{2024, 12, 31}));
  EXPECT_EQ((Quarter{2024, 2}).last(), (Date{2024, 6, 30}));
  EXPECT_EQ((Quarter{2025, 1}).before(), (Quarter{2024, 4}));
  EXPECT_EQ((Quarter{2025, 3}).before(), (Quarter{2025, 2}));
  EXPECT_EQ((Quarter{2025, 3}).to_string(), "2025Q3");
  EXPECT_EQ(quarter_text({2025, 3}), (Text{"third quarter of 2025", "2025年第3季度"}));
}

TEST(LedgerDays, AreCountedOverMonthsAndLeapYears) {
  EXPECT_EQ(days_between({2024, 2, 28}, {2024, 3, 1}), 2);
  EXPECT_EQ(days_between({2025, 3, 1}, {2025, 2, 28}), -1);
  EXPECT_EQ(add_days({2024, 2, 28}, 1), (Date{2024, 2, 29}));
  EXPECT_EQ(add_days({2025, 1, 1}, -1), (Date{2024, 12, 31}));
  EXPECT_EQ(last_day({2024, 2, 0}), (Date{2024, 2, 29}));
  EXPECT_EQ(last_day({2024, 0, 0}), (Date{2024, 12, 31}));
  EXPECT_EQ(last_day({2024, 2, 3}), (Date{2024, 2, 3}));
  EXPECT_FALSE(is_day({2024, 2, 0}));
}

TEST(LedgerBook, TheLatestRowOfADayCounts) {
  Subject subject;
  subject.kind = SubjectKind::Project;
  subject.stages = {{LedgerRow{1}, LedgerStage::Signed, {2025, 2, 8}, {}, {}, {}, {}, 0},
                    {LedgerRow{4}, LedgerStage::Started, {2025, 5, 1}, {}, {}, {}, {}, 0}};
  subject.facts = {{LedgerRow{2}, FactKey::Investment, {2025, 2, 8}, {1e8, {}, {}}, 0},
                   {LedgerRow{3}, FactKey::Investment, {2025, 2, 8}, {2e8, {}, {}}, 0},
                   {LedgerRow{5}, FactKey::OnChain, {2025, 6, 1}, {1, {}, {}}, 0}};
  EXPECT_EQ(stage_at(subject)->stage, LedgerStage::Started);
  EXPECT_EQ(stage_at(subject, {2025, 4, 30})->stage, LedgerStage::Signed);
  EXPECT_EQ(stage_at(subject, {2025, 2, 7}), nullptr);
  EXPECT_EQ(reached(subject, LedgerStage::Started)->row, LedgerRow{4});
  EXPECT_EQ(reached(subject, LedgerStage::Built), nullptr);
  EXPECT_EQ(number_at(subject, FactKey::Investment), 2e8);
  EXPECT_EQ(number_at(subject, FactKey::Investment, {2025, 2, 7}), std::nullopt);
  EXPECT_FALSE(flag_at(subject, FactKey::OnChain, {2025, 5, 31}));
  EXPECT_TRUE(flag_at(subject, FactKey::OnChain));
  EXPECT_EQ(words_at(subject, FactKey::Team), "");
  EXPECT_FALSE(day_at(subject, FactKey::Deadline).known());
}

TEST(LedgerEntry, HasTheDayOfItsOwnClock) {
  EXPECT_EQ((LedgerEntry{"2025-03-01T00:12:33+08:00", "", ""}).day(), (Date{2025, 3, 1}));
  EXPECT_FALSE((LedgerEntry{"", "", ""}).day().known());
}

}  // namespace
}  // namespace liantu
