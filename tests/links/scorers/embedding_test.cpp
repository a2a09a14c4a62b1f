#include "liantu/links/scorers/embedding.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

EmbeddingOptions ranked(std::size_t rank) {
  EmbeddingOptions options;
  options.rank = rank;
  return options;
}

TEST(Embedding, TheLargestPartIsEmbeddedAndTheOthersAreNot) {
  // 甲 乙 both supply 丙 丁; 戊 supplies 己. Normalised, the first block is 2 by 2 of 1/2 each: one
  // singular value, 1, and every link of it is rebuilt.
  const EnterpriseGraph graph = test::sketch(
      "戊 -supplies-> 己; 甲 -supplies-> 丙; 甲 -supplies-> 丁; 乙 -supplies-> 丙; "
      "乙 -supplies-> 丁");
  const PathEngine engine(graph);
  const LinkEmbedding embedding = embed_links(engine, ranked(8));
  ASSERT_EQ(embedding.rank(), 1U);
  const auto id = [&](std::string_view name) { return graph.entity(test::firm(graph, name)); };
  EXPECT_NEAR(embedding.singular_values()[0], 1, 1e-12);
  EXPECT_NEAR(embedding.product(id("甲"), id("丁")), 0.5, 1e-12);
  EXPECT_EQ(embedding.product(id("戊"), id("己")), 0);
  EXPECT_EQ(embedding.product(id("甲"), id("己")), 0);
  EXPECT_EQ(embedding.product(id("丁"), id("甲")), 0);
}

TEST(Embedding, AHiddenLinkIsNotSeen) {
  const EnterpriseGraph graph = test::sketch("甲 -supplies-> 乙");
  const PathEngine engine(graph, {HiddenLinks{RelationKind::Supplies, {EdgeId{0}}}, 1});
  EXPECT_EQ(embed_links(engine).rank(), 0U);
  EXPECT_EQ(embed_links(engine).product(EntityId{0}, EntityId{1}), 0);
}

/// Sum over all pairs of the squared difference between the matrix and what the embedding says.
/// Looks only at pairs of which `whole` embeds both ends.
double error_of(const EnterpriseGraph& graph, const LinkEmbedding& whole,
                const LinkEmbedding& embedding) {
  const auto embedded = [](std::span<const double> point) {
    return std::ranges::any_of(point, [](double x) { return x != 0; });
  };
  const Relation relation = graph.relation(RelationKind::Supplies);
  const PathEngine engine(graph);
  double sum = 0;
  for (std::uint32_t a = 0; a < graph.size(); ++a) {
    for (std::uint32_t b = 0; b < graph.size(); ++b) {
      if (!embedded(whole.from(EntityId{a})) || !embedded(whole.to(EntityId{b}))) continue;
      double value = 0;
      if (relation.connects(EntityId{a}, EntityId{b})) {
        const PathStep ahead{RelationKind::Supplies, StepDirection::Forward};
        const PathStep back{RelationKind::Supplies, StepDirection::Backward};
        value = 1 / std::sqrt(static_cast<double>(engine.degree(EntityId{a}, ahead) *
                                                  engine.degree(EntityId{b}, back)));
      }
      const double difference = value - embedding.product(EntityId{a}, EntityId{b});
      sum += difference * difference;
    }
  }
  return sum;
}

TEST(EmbeddingProperty, ErrorIsTheSumOfTheSquaredSingularValuesLeftOut) {
  for (std::uint32_t seed = 1; seed <= 3; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 150, .density = 2});
    const PathEngine engine(graph);
    const LinkEmbedding whole = embed_links(engine, ranked(150));
    EXPECT_NEAR(error_of(graph, whole, whole), 0, 1e-9);
    double left_out = 0;
    for (std::size_t k = 8; k < whole.rank(); ++k) {
      left_out += whole.singular_values()[k] * whole.singular_values()[k];
    }
    // Small enough a rank for the iteration instead of the whole decomposition.
    const LinkEmbedding cut = embed_links(engine, ranked(8));
    ASSERT_EQ(cut.rank(), 8U);
    for (std::size_t k = 0; k < 8; ++k) {
      EXPECT_NEAR(cut.singular_values()[k], whole.singular_values()[k], 1e-8);
    }
    EXPECT_NEAR(error_of(graph, whole, cut), left_out, 1e-7);
  }
}

TEST(EmbeddingProperty, ResultsDoNotDependOnThreads) {
  const EnterpriseGraph graph = test::random_graph(7, {.firms = 400, .density = 3});
  const LinkEmbedding one = embed_links(PathEngine(graph, {{}, 1}), ranked(10));
  const LinkEmbedding four = embed_links(PathEngine(graph, {{}, 4}), ranked(10));
  ASSERT_EQ(one.rank(), four.rank());
  for (std::uint32_t id = 0; id < graph.size(); ++id) {
    for (std::size_t k = 0; k < one.rank(); ++k) {
      ASSERT_EQ(one.from(EntityId{id})[k], four.from(EntityId{id})[k]);
      ASSERT_EQ(one.to(EntityId{id})[k], four.to(EntityId{id})[k]);
    }
  }
}

TEST(Embedding, ARankOutsideItsRangeIsRefused) {
  const PathEngine engine{EnterpriseGraph()};
  for (const std::size_t rank : {std::size_t{0}, std::size_t{513}}) {
    try {
      (void)embed_links(engine, ranked(rank));
      ADD_FAILURE();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
      EXPECT_EQ(error.message().en,
                "the rank " + std::to_string(rank) + " of an embedding is outside 1..512");
    }
  }
}

TEST(Embedding, ACancelledCallEndsWithCancelled) {
  const EnterpriseGraph graph = test::sketch("甲 -supplies-> 乙");
  std::stop_source stop;
  stop.request_stop();
  EmbeddingOptions options;
  options.stop = stop.get_token();
  try {
    (void)embed_links(PathEngine(graph), options);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Cancelled);
  }
}

}  // namespace
}  // namespace liantu
