#include "liantu/report/evaluation/training_json.hpp"

#include <gtest/gtest.h>
#include <rapidjson/document.h>

namespace liantu {
namespace {

TEST(TrainingJson, SaysHowTheModelDid) {
  LinkModel model;
  model.origin = {RelationKind::Owns, SourceEnd::From, FirmGrouping::Region, "abc", 5, 0.1};
  model.features = {"directed_l3", "l3"};
  model.ranker = LogisticRegression{};
  model.validation = {{"directed_l3", 0.125, 0.1, 0.5, 30, 40},
                      {"logistic_regression", 0.25, 0.2, 0.75, 30, 40}};
  model.reliability = {{0.5, 0.25, 8}};
  rapidjson::Document d;
  d.Parse(training_json(model, {}).c_str());
  ASSERT_FALSE(d.HasParseError());
  EXPECT_STREQ(d["schema"].GetString(), "liantu.training/1");
  EXPECT_STREQ(d["model"].GetString(), "logistic_regression");
  EXPECT_STREQ(d["relation"].GetString(), "owns");
  EXPECT_STREQ(d["sources"].GetString(), "from");
  EXPECT_STREQ(d["grouping"].GetString(), "region");
  EXPECT_EQ(d["seed"].GetUint(), 5U);
  EXPECT_EQ(d["features"].GetUint(), 2U);
  EXPECT_TRUE(d["beats_directed_l3"].GetBool());
  EXPECT_EQ(d["validation"][1]["mrr"].GetDouble(), 0.25);
  EXPECT_EQ(d["validation"][1]["links"].GetUint(), 40U);
  EXPECT_EQ(d["reliability"][0]["pairs"].GetUint(), 8U);
}

}  // namespace
}  // namespace liantu
