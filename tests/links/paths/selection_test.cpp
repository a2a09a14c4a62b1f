#include "links/paths/selection.hpp"

#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

TEST(Selection, TiesAreKeptByIdWhateverTheOrderOfOffers) {
  // Places: 乙 0, 丙 1 (one relation each), 甲 2.
  const EnterpriseGraph graph = test::sketch("甲 -owns-> 乙; 甲 -owns-> 丙");
  const EntityOrder order(graph);
  Selection selection(order, 2);
  for (const std::uint32_t place : {2U, 1U, 0U}) selection.offer(place, 0.5);
  EXPECT_EQ(selection.take(), (std::vector<ScoredEntity>{{EntityId{0}, 0.5}, {EntityId{1}, 0.5}}));
}

TEST(Selection, ZeroIsNoScore) {
  const EnterpriseGraph graph = test::sketch("甲");
  const EntityOrder order(graph);
  Selection selection(order, 2);
  selection.offer(0, 0);
  EXPECT_TRUE(selection.take().empty());
}

TEST(SelectionProperty, ManyOffersLeaveTheHeadOfTheSortedList) {
  const EnterpriseGraph graph = test::random_graph(1, {.firms = 20000, .density = 0});
  const EntityOrder order(graph);
  std::mt19937 random(5);
  for (const std::size_t most : {std::size_t{1}, std::size_t{100}, std::size_t{700}}) {
    Selection selection(order, most);
    std::vector<ScoredEntity> all;
    for (std::uint32_t place = 0; place < order.size(); ++place) {
      const double score = static_cast<double>(random() % 50);
      selection.offer(place, score);
      if (score > 0) all.push_back({order.entity(place), score});
    }
    std::sort(all.begin(), all.end(), [](const ScoredEntity& a, const ScoredEntity& b) {
      return a.score != b.score ? a.score > b.score : a.entity < b.entity;
    });
    all.resize(most);
    EXPECT_EQ(selection.take(), all);
  }
}

}  // namespace
}  // namespace liantu
