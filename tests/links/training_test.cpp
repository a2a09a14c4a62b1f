#include "liantu/links/training.hpp"

#include <gtest/gtest.h>

#include "liantu/base/error.hpp"
#include "links/rings.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::quick;
using test::rings;

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

}  // namespace
}  // namespace liantu
