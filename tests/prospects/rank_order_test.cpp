#include "prospects/rank_order.hpp"

#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace liantu {
namespace {

/// An order that is none of ids.
bool before(FirmId a, FirmId b) {
  const auto key = [](FirmId firm) { return raw(firm) * 2654435761U; };
  return key(a) < key(b);
}

TEST(RankOrder, RanksAreThoseOfEveryoneAgainstEveryone) {
  std::mt19937_64 engine(7);
  for (const std::uint32_t size : {0U, 1U, 2U, 40U, 300U}) {
    std::vector<ScoredFirm> firms;
    for (std::uint32_t i = 0; i < size; ++i) {
      const auto cents = static_cast<std::int32_t>(engine() % 25);
      firms.push_back({FirmId{i * 3}, cents, cents + static_cast<std::int32_t>(engine() % 4)});
    }
    for (const bool at_once : {false, true}) {
      RankOrder order(firms, before);
      if (at_once) order.settle_all([] {});
      const auto ahead = [&](std::int32_t theirs, std::int32_t own, FirmId other, FirmId firm) {
        return theirs > own || (theirs == own && before(other, firm));
      };
      for (std::uint32_t i = 0; i < size; ++i) {
        std::uint32_t rank = 1;
        std::uint32_t best = 1;
        std::uint32_t worst = 1;
        for (const ScoredFirm& other : firms) {
          if (other.firm == firms[i].firm) continue;
          rank += ahead(other.cents, firms[i].cents, other.firm, firms[i].firm) ? 1 : 0;
          best += ahead(other.cents, firms[i].best, other.firm, firms[i].firm) ? 1 : 0;
          worst += ahead(other.best, firms[i].cents, other.firm, firms[i].firm) ? 1 : 0;
        }
        EXPECT_EQ(order.rank(i), rank);
        EXPECT_EQ(order.best_rank(i), best);
        EXPECT_EQ(order.worst_rank(i), worst);
      }
      for (const std::size_t most : {std::size_t{0}, std::size_t{1}, std::size_t{9}}) {
        const std::vector<std::uint32_t> first = order.first(most);
        EXPECT_EQ(first.size(), most == 0 ? size : std::min<std::size_t>(most, size));
        for (std::uint32_t i = 0; i < first.size(); ++i) EXPECT_EQ(order.rank(first[i]), i + 1);
      }
    }
  }
}

}  // namespace
}  // namespace liantu
