#include "links/learning/xgboost_trees.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "links/paths/draw.hpp"

namespace liantu {
namespace {

/// Pairs whose labels hang together with features of several sorts: smooth, of few values, often
/// missing, constant, huge and tiny.
RankingSample sample(std::uint64_t seed, std::size_t features) {
  RankingSample pairs;
  pairs.features = features;
  for (std::uint64_t source = 0; source < 40; ++source) {
    const std::uint64_t size = 5 + drawn({seed, 1, source}) % 20;
    for (std::uint64_t i = 0; i < size; ++i) {
      double sum = 0;
      for (std::size_t k = 0; k < features; ++k) {
        const double u = fraction(drawn({seed, 2, source, i, k}));
        double value = u;
        if (k % 6 == 1) value = std::floor(u * 3);
        if (k % 6 == 2 && drawn({seed, 3, source, i, k}) % 3 == 0) value = std::nan("");
        if (k % 6 == 3) value = 7;
        if (k % 6 == 4) value = std::exp(40 * u);
        if (k % 6 == 5) value = 1e-20 * u;
        pairs.values.push_back(static_cast<float>(value));
        sum += k % 2 == 0 ? u : -u;
      }
      pairs.labels.push_back(sum + fraction(drawn({seed, 4, source, i})) > 0.9 ? 1 : 0);
    }
    pairs.labels[pairs.labels.size() - 1] = 1;
    pairs.groups.push_back(static_cast<std::uint32_t>(size));
  }
  return pairs;
}

class Grown : public testing::TestWithParam<TreeObjective> {};
INSTANTIATE_TEST_SUITE_P(Objectives, Grown,
                         testing::Values(TreeObjective::Ndcg, TreeObjective::Logistic));

TEST_P(Grown, TreesAskedHereSayWhatXgboostSays) {
  int number = 0;
  for (const int depth : {1, 3, 5, 12}) {
    for (const double least_weight : {0.0, 3.0}) {
      for (const double share : {0.5, 1.0}) {
        const RankingSample pairs = sample(static_cast<std::uint64_t>(++number), 9);
        BoostedTreesOptions options;
        options.objective = GetParam();
        options.rounds = 25;
        options.depth = depth;
        options.least_weight = least_weight;
        options.rows = share;
        options.columns = share;
        options.seed = static_cast<std::uint32_t>(number);
        if (number % 3 == 0) options.monotone = {1, 0, -1, 0, 0, 0, 1, 0, 0};
        const XgboostTrees grown(pairs, options);
        const BoostedTrees trees(grown.ensemble());
        // Pairs it was grown on, others, and such as know nothing.
        std::vector<float> values = pairs.values;
        const RankingSample others = sample(1000 + static_cast<std::uint64_t>(number), 9);
        values.insert(values.end(), others.values.begin(), others.values.end());
        values.insert(values.end(), 9, std::numeric_limits<float>::quiet_NaN());
        EXPECT_EQ(trees.margins(values), grown.margins(values)) << number;
        EXPECT_EQ(trees.contributions(values), grown.contributions(values)) << number;
      }
    }
  }
}

TEST(Grown, WhatXgboostRefusesIsSaidWithoutItsStackTrace) {
  RankingSample pairs = sample(1, 3);
  pairs.values[0] = std::numeric_limits<float>::infinity();
  try {
    (void)BoostedTrees::fit(pairs, {});
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    EXPECT_EQ(error.message().en.find('\n'), std::string::npos) << error.message().en;
    EXPECT_EQ(error.message().en.find("Stack trace"), std::string::npos) << error.message().en;
    EXPECT_EQ(error.message().en.find(".cc"), std::string::npos) << error.message().en;
    EXPECT_NE(error.message().zh.find("XGBoost 无法"), std::string::npos);
  }
}

}  // namespace
}  // namespace liantu
