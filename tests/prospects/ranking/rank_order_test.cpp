#include "prospects/ranking/rank_order.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace liantu {
namespace {

/// An order that is none of ids.
bool before(FirmId a, FirmId b) {
  const auto key = [](FirmId firm) { return raw(firm) * 2654435761U; };
  return key(a) < key(b);
}

std::int32_t whole(std::int32_t cents) { return (cents + 50) / 100; }

// Whole points 10, 7, 7, 3: with 7 a firm more would be second, with 6.5 as well.
TEST(RankOrder, ARankTakesSoManyPoints) {
  const std::vector<ScoredFirm> firms = {{FirmId{0}, 1000, 1000, 0},
                                         {FirmId{1}, 700, 700, 0},
                                         {FirmId{2}, 690, 700, 0},
                                         {FirmId{3}, 300, 300, 0}};
  const RankOrder order(firms, before);
  EXPECT_EQ(order.cents_for(1), 950);
  EXPECT_EQ(order.cents_for(2), 650);
  EXPECT_EQ(order.cents_for(3), 650);
  EXPECT_EQ(order.cents_for(4), 250);
  EXPECT_EQ(order.cents_for(5), 0);
}

TEST(RankOrder, RanksAreThoseOfEveryoneAgainstEveryone) {
  std::mt19937_64 engine(7);
  for (const std::uint32_t size : {0U, 1U, 2U, 40U, 300U}) {
    std::vector<ScoredFirm> firms;
    for (std::uint32_t i = 0; i < size; ++i) {
      const auto cents = static_cast<std::int32_t>(engine() % 1000);
      const auto more = static_cast<std::int32_t>(engine() % 300);
      const auto gap = static_cast<std::uint32_t>(engine() % 3);
      const auto kind = static_cast<std::uint32_t>(engine() % 3);
      firms.push_back({FirmId{i * 3}, cents, cents + more, gap, kind});
    }
    for (const bool at_once : {false, true}) {
      RankOrder order(firms, before);
      if (at_once) order.settle_all([] {});
      for (std::uint32_t i = 0; i < size; ++i) {
        std::uint32_t rank = 1;
        std::uint32_t best = 1;
        std::uint32_t worst = 1;
        std::uint32_t alike = 1;
        for (const ScoredFirm& other : firms) {
          if (other.firm == firms[i].firm) continue;
          rank += whole(other.cents) > whole(firms[i].cents) ? 1 : 0;
          best += whole(other.cents) > whole(firms[i].best) ? 1 : 0;
          worst += whole(other.best) > whole(firms[i].cents) ? 1 : 0;
          const bool same = whole(other.cents) == whole(firms[i].cents);
          const bool sold = other.gap == firms[i].gap && other.kind == firms[i].kind;
          alike += same && sold ? 1 : 0;
        }
        EXPECT_EQ(order.rank(i), rank);
        EXPECT_EQ(order.best_rank(i), best);
        EXPECT_EQ(order.worst_rank(i), worst);
        EXPECT_EQ(order.alike(i), alike);
      }
      for (const std::size_t most : {std::size_t{0}, std::size_t{1}, std::size_t{9}}) {
        std::vector<std::uint32_t> expected(size);
        for (std::uint32_t i = 0; i < size; ++i) expected[i] = i;
        std::ranges::sort(expected, [&](std::uint32_t a, std::uint32_t b) {
          const ScoredFirm& one = firms[a];
          const ScoredFirm& other = firms[b];
          if (whole(one.cents) != whole(other.cents)) return one.cents > other.cents;
          if (one.gap != other.gap) return one.gap < other.gap;
          if (one.kind != other.kind) return one.kind < other.kind;
          if (one.cents != other.cents) return one.cents > other.cents;
          return before(one.firm, other.firm);
        });
        for (const std::size_t each : {std::size_t{1}, std::size_t{4}}) {
          std::vector<std::uint32_t> some;
          std::vector<std::size_t> of_gap(3);
          std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> of_kind;
          for (const std::uint32_t i : expected) {
            if (most > 0 && some.size() == most) break;
            const ScoredFirm& firm = firms[i];
            std::size_t& taken = firm.kind > 0 ? of_kind[{firm.gap, firm.kind}] : of_gap[firm.gap];
            if (taken == (firm.kind > 0 ? (each + 1) / 2 : each)) continue;
            ++taken;
            some.push_back(i);
          }
          EXPECT_EQ(order.first_of_each_gap(each, most), some);
          if (most == 0) continue;
          EXPECT_EQ(points_of_last_row(firms, each, most),
                    some.size() < most ? 0 : whole_points(firms[some.back()].cents));
        }
        if (most > 0) {
          EXPECT_EQ(points_of_last_row(firms, 0, most),
                    size < most ? 0 : whole_points(firms[expected[most - 1]].cents));
        }
        if (most > 0) expected.resize(std::min<std::size_t>(most, size));
        EXPECT_EQ(order.first(most), expected);
      }
    }
  }
}

// More firms than are looked at together, of which hardly any may be taken.
TEST(RankOrder, TheLastRowOfManyFirmsMayStandFarDown) {
  std::vector<ScoredFirm> firms;
  for (std::uint32_t i = 0; i < 50000; ++i) {
    const auto cents = static_cast<std::int32_t>(9900 - i / 500 * 100);
    firms.push_back({FirmId{i}, cents, cents, i / 10000});
  }
  EXPECT_EQ(points_of_last_row(firms, 0, 20), 99U);
  EXPECT_EQ(points_of_last_row(firms, 4, 20), 19U);
  EXPECT_EQ(points_of_last_row(firms, 4, 21), 0U);
}

TEST(RankOrder, ScoresOfOneWholePointShareARank) {
  // 47.56 and 47.53 are 48 points, 47.49 are 47.
  const std::vector<ScoredFirm> firms = {
      {FirmId{0}, 4756, 4756, 2}, {FirmId{1}, 4753, 4753, 1}, {FirmId{2}, 4749, 4749, 1}};
  RankOrder order(firms, before);
  EXPECT_EQ(order.rank(0), 1U);
  EXPECT_EQ(order.rank(1), 1U);
  EXPECT_EQ(order.rank(2), 3U);
  EXPECT_EQ(order.alike(0), 1U);
  EXPECT_EQ(order.first(0), (std::vector<std::uint32_t>{1, 0, 2}));
}

}  // namespace
}  // namespace liantu
