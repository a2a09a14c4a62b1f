#include "liantu/links/training.hpp"

#include <string>

#include <gtest/gtest.h>

#include "liantu/base/error.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/links/learned_methods.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

/// Firms in rings of twenty that supply the firms one, four, nine and sixteen places on, so that
/// paths tell who should be linked.
EnterpriseGraph rings() {
  GraphBuilder builder;
  constexpr std::uint32_t kFirms = 600;
  for (std::uint32_t i = 0; i < kFirms; ++i) {
    (void)builder.add(EntityKind::Firm, "f" + std::to_string(i));
  }
  for (std::uint32_t i = 0; i < kFirms; ++i) {
    for (std::uint32_t step = 1; step <= 4; ++step) {
      const std::uint32_t ring = i / 20 * 20;
      builder.relate(RelationKind::Supplies, FirmId{i}, FirmId{ring + (i + step * step) % 20});
    }
  }
  return builder.build();
}

LearnOptions quick() {
  LearnOptions options;
  options.folds = 3;
  options.share = 0.2;
  options.force = true;
  return options;
}

TEST(Training, GivesModelsThatReadBackAndSayHowTheyDid) {
  const EnterpriseGraph graph = rings();
  const std::vector<LinkModel> models = train_links(graph, {}, quick());
  ASSERT_EQ(models.size(), 2U);
  EXPECT_EQ(models[0].kind(), "logistic_regression");
  EXPECT_EQ(models[1].kind(), "boosted_trees");
  for (const LinkModel& model : models) {
    EXPECT_EQ(model.validation.front().method, "directed_l3");
    EXPECT_EQ(model.validation.back().method, model.kind());
    EXPECT_GT(model.validation.back().mrr, 0);
    EXPECT_FALSE(model.reliability.empty());
    EXPECT_EQ(link_model_json(parse_link_model(link_model_json(model), "m")),
              link_model_json(model));
  }
}

TEST(Training, IsTheSameOnAnyNumberOfThreads) {
  const EnterpriseGraph graph = rings();
  LearnOptions one = quick();
  one.threads = 1;
  LearnOptions many = quick();
  many.threads = 4;
  const auto a = train_links(graph, {}, one);
  const auto b = train_links(graph, {}, many);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(link_model_json(a[i]), link_model_json(b[i]));
}

TEST(Training, RefusesOptionsOutsideTheirRange) {
  const EnterpriseGraph graph = rings();
  LearnOptions options;
  options.share = 0;
  EXPECT_THROW((void)train_links(graph, {}, options), Error);
  options = {};
  options.folds = 0;
  EXPECT_THROW((void)train_links(graph, {}, options), Error);
  options = {};
  options.cap = 0;
  EXPECT_THROW((void)train_links(graph, {}, options), Error);
  options = {};
  options.most_pairs = 0;
  EXPECT_THROW((void)train_links(graph, {}, options), Error);
}

TEST(Training, SaysWhenLinksAreTooFew) {
  try {
    (void)train_links(test::sketch("a -supplies-> b; b -supplies-> c"), {});
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::NotFound);
    EXPECT_NE(error.message().en.find("too few links"), std::string::npos);
  }
  EXPECT_THROW((void)train_links(EnterpriseGraph(), {}), Error);
}

TEST(Training, StopsWhenAsked) {
  std::stop_source source;
  source.request_stop();
  LearnOptions options = quick();
  options.stop = source.get_token();
  try {
    (void)train_links(rings(), {}, options);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Cancelled);
  }
}

TEST(LearnedMethods, AnswerTheSameForAnySourcesAskedTogether) {
  const EnterpriseGraph graph = rings();
  const std::vector<LinkMethod> methods = learned_methods(graph, {}, quick());
  ASSERT_EQ(methods.size(), 3U);
  EXPECT_EQ(methods[0].name, "scorecard");
  EXPECT_EQ(methods[1].name, "logistic_regression");
  EXPECT_EQ(methods[2].name, "boosted_trees");
  const std::vector<EntityId> both = {EntityId{3}, EntityId{77}};
  const std::vector<EntityId> last = {EntityId{77}};
  for (const LinkMethod& method : methods) {
    EXPECT_EQ(method.kind, MethodKind::Learned);
    EXPECT_EQ(method.unavailable, "");
    const auto rows = method.rows(both, {});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(method.rows(last, {}).front(), rows[1]);
    EXPECT_TRUE(method.rows({}, {}).empty());
  }
}

TEST(LearnedMethods, AreUnavailableWhereThereIsTooLittleToLearnFrom) {
  const auto methods = learned_methods(test::sketch("a -supplies-> b"), {});
  ASSERT_EQ(methods.size(), 3U);
  EXPECT_EQ(methods[0].unavailable, "");
  EXPECT_NE(methods[1].unavailable, "");
  EXPECT_NE(methods[2].unavailable, "");
}

TEST(LearnedMethods, SayThatTheyDoNotBeatDirectedL3) {
  // Links drawn without any pattern: nothing can be learnt.
  GraphBuilder builder;
  for (std::uint32_t i = 0; i < 200; ++i)
    (void)builder.add(EntityKind::Firm, "f" + std::to_string(i));
  std::uint64_t state = 1;
  for (std::uint32_t i = 0; i < 3000; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    const auto from = static_cast<std::uint32_t>(state >> 33) % 200;
    const auto to = static_cast<std::uint32_t>(state >> 13) % 200;
    if (from != to) builder.relate(RelationKind::Supplies, FirmId{from}, FirmId{to});
  }
  const EnterpriseGraph graph = builder.build();
  LearnOptions options = quick();
  options.force = false;
  const std::vector<LinkModel> models = train_links(graph, {}, options);
  const std::vector<LinkMethod> methods = learned_methods(graph, {}, options);
  for (std::size_t m = 0; m < 2; ++m) {
    EXPECT_EQ(methods[m + 1].unavailable.empty(), models[m].beats_directed_l3());
  }
}

}  // namespace
}  // namespace liantu
