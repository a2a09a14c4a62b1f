#include "liantu/links/learning/training.hpp"

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "links/paths/rings.hpp"
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

/// Rings whose links nine places on came last, all on one day.
EnterpriseGraph dated_rings() {
  GraphBuilder builder;
  constexpr std::uint32_t kFirms = 600;
  for (std::uint32_t i = 0; i < kFirms; ++i) {
    (void)builder.add(EntityKind::Firm, "f" + std::to_string(i));
  }
  for (std::uint32_t i = 0; i < kFirms; ++i) {
    for (std::uint32_t step = 1; step <= 4; ++step) {
      Provenance provenance;
      provenance.since = step == 3 ? Date{2011, 5, 1} : Date{2010, 0, 0};
      builder.relate(RelationKind::Supplies, FirmId{i},
                     FirmId{i / 20 * 20 + (i + step * step) % 20}, {}, provenance);
    }
  }
  return builder.build();
}

TEST(Training, LearnsFromTheLatestLinksWhenAskedTo) {
  // A quarter of the links came last, one of each source; by chance some sources would lose two.
  LearnOptions options = quick();
  options.folds = 1;
  options.share = 0.25;
  const EnterpriseGraph graph = dated_rings();
  const ValidationFigures chance = train_links(graph, {}, options)[1].validation.back();
  EXPECT_GT(chance.links, chance.sources);
  options.from = LearnFrom::Latest;
  const ValidationFigures latest = train_links(graph, {}, options)[1].validation.back();
  EXPECT_EQ(latest.links, latest.sources);
  EXPECT_GT(latest.mrr, 0.3);
}

TEST(Training, LinksOfOneDayAreHiddenTogether) {
  // Half of the links reach into the day of the earlier ones, so that nothing is left to see.
  LearnOptions options = quick();
  options.folds = 1;
  options.share = 0.5;
  options.from = LearnFrom::Latest;
  EXPECT_THROW((void)train_links(dated_rings(), {}, options), Error);
}

TEST(Training, HasNoLatestLinksWithoutDates) {
  LearnOptions options = quick();
  options.from = LearnFrom::Latest;
  try {
    (void)train_links(rings(), {}, options);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::NotFound);
    EXPECT_NE(error.message().en.find("no visible link has a date"), std::string::npos);
  }
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
