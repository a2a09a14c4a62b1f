#include "liantu/projects/fact.hpp"

#include <set>

#include <gtest/gtest.h>

namespace liantu {
namespace {

std::optional<FactValue> read(FactKey key, std::string_view text, double unit = 1) {
  Text why;
  const auto value = parse_fact(fact_field(key), text, unit, why);
  EXPECT_EQ(why.en.empty(), value.has_value());
  EXPECT_EQ(why.zh.empty(), value.has_value());
  return value;
}

TEST(Facts, StandInTheOrderOfTheirKeysWithWordsOfTheirOwn) {
  std::set<std::string_view> words;
  std::size_t i = 0;
  for (const FactField& field : fact_fields()) {
    EXPECT_EQ(static_cast<std::size_t>(field.key), i++);
    EXPECT_TRUE(words.insert(field.word).second) << field.word;
    EXPECT_TRUE(field.contact || field.project || field.team) << field.word;
    EXPECT_EQ(find_fact(field.word)->key, field.key);
    EXPECT_EQ(find_fact(field.heading.zh)->key, field.key) << field.heading.zh;
    EXPECT_EQ(find_fact(field.heading.en)->key, field.key) << field.heading.en;
  }
}

TEST(Facts, AreNamedByHeadingsWithTheirUnit) {
  EXPECT_EQ(find_fact("总投资（万元）")->key, FactKey::Investment);
  EXPECT_EQ(find_fact("计划总投资(亿元)")->key, FactKey::Investment);
  EXPECT_EQ(find_fact("到位资金")->key, FactKey::FundsInPlace);
  EXPECT_EQ(find_fact("planned investment, CNY")->key, FactKey::Investment);
  EXPECT_EQ(find_fact("身高"), nullptr);
  EXPECT_EQ(find_fact(""), nullptr);
  EXPECT_EQ(plan_of(LedgerStage::Started)->key, FactKey::PlannedStarted);
  EXPECT_EQ(plan_of(LedgerStage::Signed), nullptr);
}

TEST(Facts, AreReadAsPeopleWriteThem) {
  EXPECT_DOUBLE_EQ(read(FactKey::Investment, "2.5亿")->number, 2.5e8);
  EXPECT_DOUBLE_EQ(read(FactKey::Investment, "8500", 1e4)->number, 8.5e7);
  EXPECT_DOUBLE_EQ(read(FactKey::JobsPlanned, "1,200")->number, 1200);
  EXPECT_DOUBLE_EQ(read(FactKey::OnChain, "是")->number, 1);
  EXPECT_DOUBLE_EQ(read(FactKey::OnChain, "否")->number, 0);
  EXPECT_EQ(read(FactKey::PlannedStarted, "2025年6月")->day, (Date{2025, 6, 0}));
  EXPECT_EQ(read(FactKey::Team, " 新材料专班 ")->text, "新材料专班");
}

TEST(Facts, RefuseWhatTheyCannotBe) {
  EXPECT_FALSE(read(FactKey::Investment, "很多"));
  EXPECT_FALSE(read(FactKey::Investment, "-5"));
  EXPECT_FALSE(read(FactKey::Investment, "100(万美元)"));
  EXPECT_FALSE(read(FactKey::Investment, "1e300"));
  EXPECT_FALSE(read(FactKey::JobsPlanned, "-1"));
  EXPECT_FALSE(read(FactKey::LeaderVisit, "1.5"));
  EXPECT_FALSE(read(FactKey::RatingCarrier, "101"));
  EXPECT_FALSE(read(FactKey::OnChain, "也许"));
  EXPECT_FALSE(read(FactKey::Deadline, "下周"));
}

TEST(Facts, AreReadBackAsTheyAreWritten) {
  for (const Language language : {Language::En, Language::Zh}) {
    for (const auto& [key, text] : {std::pair(FactKey::Investment, "28800000000"),
                                    {FactKey::OnChain, "是"},
                                    {FactKey::PlannedBuilt, "2026-06"},
                                    {FactKey::NextStep, "约谈"},
                                    {FactKey::RatingTeam, "87.5"}}) {
      const FactValue value = *read(key, text);
      EXPECT_EQ(*read(key, fact_text(fact_field(key), value, language)), value) << text;
    }
  }
}

}  // namespace
}  // namespace liantu
