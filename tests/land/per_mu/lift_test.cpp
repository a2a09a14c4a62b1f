#include "land/per_mu/lift.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace liantu {
namespace {

PerMuItem item(std::string name, Quantity above, Quantity below, std::string unit, double base,
               double points) {
  PerMuItem one;
  one.name = std::move(name);
  one.numerator = above;
  one.denominator = below;
  one.unit = std::move(unit);
  one.base = base;
  one.points = points;
  return one;
}

ItemScore scored(const PerMuItem& rule, double numerator, double denominator) {
  const ItemReckoning reckoned = reckon(rule, numerator, denominator, *rule.base);
  return {Figure{numerator},
          Figure{denominator},
          numerator / denominator / *ratio_unit(rule.numerator, rule.denominator, rule.unit),
          rule.base,
          reckoned.score,
          reckoned.by};
}

// Tax 1,000,000 on 10 mu: 10 万元/亩, of 20 for 60 points 30. Five more need 11.67 万元/亩.
TEST(Lift, OneItemIsSolvedByHand) {
  PerMuClass rules;
  rules.points = 60;
  rules.items = {item("tax", Quantity::Tax, Quantity::Land, "万元/亩", 20, 60)};
  const std::vector<ItemScore> items = {scored(rules.items[0], 1e6, 10)};
  EXPECT_DOUBLE_EQ(items[0].score, 30);
  const auto by = lifts(rules, items, 35);
  ASSERT_EQ(by.size(), 2U);
  EXPECT_EQ(by[0].quantity, Quantity::Tax);
  EXPECT_NEAR(by[0].to, 1e6 * 35 / 30, 1e-6);
  EXPECT_EQ(by[1].quantity, Quantity::Land);
  EXPECT_NEAR(by[1].to, 10.0 * 30 / 35, 1e-9);
}

TEST(Lift, CapStandsInTheWay) {
  PerMuClass rules;
  rules.items = {item("tax", Quantity::Tax, Quantity::Land, "万元/亩", 20, 60),
                 item("sales", Quantity::Revenue, Quantity::Land, "万元/亩", 400, 40)};
  rules.items[0].cap = 60;
  const std::vector<ItemScore> items = {scored(rules.items[0], 2e6, 10),
                                        scored(rules.items[1], 1e7, 10)};
  EXPECT_DOUBLE_EQ(total(rules, items), 60 + 10);
  const auto by = lifts(rules, items, 80);
  // Tax is at its cap; twice the sales, or half the land, do.
  ASSERT_EQ(by.size(), 2U);
  EXPECT_EQ(by[0].quantity, Quantity::Revenue);
  EXPECT_NEAR(by[0].to, 2e7, 1);
  EXPECT_EQ(by[1].quantity, Quantity::Land);
  EXPECT_NEAR(by[1].to, 5, 1e-6);
}

TEST(Lift, NobodyIsToldToSellLessOrToSendPeopleHome) {
  PerMuClass rules;
  rules.items = {item("rd", Quantity::Research, Quantity::Revenue, "", 0.03, 50),
                 item("work", Quantity::ValueAdded, Quantity::Staff, "万元/人", 20, 50)};
  const std::vector<ItemScore> items = {scored(rules.items[0], 1e5, 1e7),
                                        scored(rules.items[1], 1e6, 10)};
  for (const LiftBy& one : lifts(rules, items, total(rules, items) + 1)) {
    EXPECT_TRUE(one.quantity == Quantity::Research || one.quantity == Quantity::ValueAdded);
  }
}

TEST(Lift, ExemptItemsScaleTheOthers) {
  PerMuClass rules;
  rules.items = {item("tax", Quantity::Tax, Quantity::Land, "万元/亩", 20, 80),
                 item("work", Quantity::ValueAdded, Quantity::Staff, "万元/人", 20, 20)};
  std::vector<ItemScore> items = {scored(rules.items[0], 1e6, 10), {}};
  items[1].by = ScoredBy::Exempt;
  EXPECT_DOUBLE_EQ(total(rules, items), 50);  // 40 of 80
  EXPECT_NEAR(lifts(rules, items, 60).front().to, 1.2e6, 1e-6);
}

// Whatever is proposed is enough, and a little less is not.
TEST(Lift, ProposalsAreJustEnough) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> part(0.2, 3);
  for (int round = 0; round < 300; ++round) {
    PerMuClass rules;
    rules.items = {item("tax", Quantity::Tax, Quantity::Land, "万元/亩", 20 * part(random), 40),
                   item("sales", Quantity::Revenue, Quantity::Land, "万元/亩", 400, 30),
                   item("energy", Quantity::ValueAdded, Quantity::Energy, "万元/吨标准煤", 2, 20),
                   item("work", Quantity::ValueAdded, Quantity::Staff, "万元/人", 20, 10)};
    for (PerMuItem& one : rules.items) {
      if (random() % 2 == 0) one.cap = one.points * (1 + part(random));
      if (random() % 2 == 0) one.floor = one.points * part(random) / 4;
    }
    const double land = 50 * part(random);
    const double added = 1e7 * part(random);
    const std::vector<ItemScore> items = {scored(rules.items[0], 1e7 * part(random), land),
                                          scored(rules.items[1], 1e8 * part(random), land),
                                          scored(rules.items[2], added, 1000 * part(random)),
                                          scored(rules.items[3], added, 100 * part(random))};
    const double before = total(rules, items);
    const double wanted = before + 5 * part(random);
    for (const LiftBy& one : lifts(rules, items, wanted)) {
      const auto sum_at = [&](double value) {
        std::vector<ItemScore> changed;
        for (std::size_t i = 0; i < items.size(); ++i) {
          const PerMuItem& rule = rules.items[i];
          changed.push_back(
              scored(rule, rule.numerator == one.quantity ? value : items[i].numerator->value,
                     rule.denominator == one.quantity ? value : items[i].denominator->value));
        }
        return total(rules, changed);
      };
      EXPECT_GE(sum_at(one.to), wanted - 1e-6);
      EXPECT_LT(sum_at(one.from + (one.to - one.from) * 0.999), wanted);
    }
  }
}

}  // namespace
}  // namespace liantu
