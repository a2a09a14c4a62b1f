#include "liantu/links/learning/candidate_pool.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(CandidatePool, TakesTheBestWithTiesById) {
  const ScoreRow row{{EntityId{1}, EntityId{2}, EntityId{3}, EntityId{4}}, {5, 7, 5, 1}};
  EXPECT_EQ(top_of_row(row, 2), (TopOfRow{{EntityId{2}, EntityId{1}}, {7, 5}}));
  EXPECT_EQ(top_of_row(row, 9),
            (TopOfRow{{EntityId{2}, EntityId{1}, EntityId{3}, EntityId{4}}, {7, 5, 5, 1}}));
  EXPECT_EQ(top_of_row(row, 1, [](EntityId e) { return raw(e) != 2; }),
            (TopOfRow{{EntityId{1}}, {5}}));
  EXPECT_EQ(top_of_row({}, 3), TopOfRow{});
  EXPECT_EQ(top_of_row(row, 0), TopOfRow{});
}

TEST(CandidatePool, TiesAreCutByTheirNumbersWhereTheseAreGiven) {
  const ScoreRow row{{EntityId{1}, EntityId{2}, EntityId{3}}, {5, 5, 5}};
  const std::vector<std::uint64_t> ties{0, 9, 7, 8};
  EXPECT_EQ(top_of_row(row, 2, {}, ties), (TopOfRow{{EntityId{2}, EntityId{3}}, {5, 5}}));
}

TEST(CandidatePool, NamesEveryCandidateOnce) {
  const std::vector<std::vector<EntityId>> rankings = {
      {EntityId{7}, EntityId{2}}, {}, {EntityId{2}, EntityId{5}}};
  EXPECT_EQ(candidate_pool(rankings),
            (std::vector<EntityId>{EntityId{2}, EntityId{5}, EntityId{7}}));
  EXPECT_TRUE(candidate_pool({}).empty());
}

}  // namespace
}  // namespace liantu
