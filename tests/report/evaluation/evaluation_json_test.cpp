#include "liantu/report/evaluation/evaluation_json.hpp"

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "report/evaluation_case.hpp"
#include "report/golden.hpp"

namespace liantu {
namespace {

rapidjson::Document parsed(const std::string& text) {
  rapidjson::Document document;
  document.Parse(text.c_str());
  EXPECT_FALSE(document.HasParseError());
  return document;
}

TEST(EvaluationJson, SaysEveryFigureOfEveryMethod) {
  test::expect_golden("evaluation.json",
                      evaluation_json(test::evaluation_graph(), test::evaluation_case(true),
                                      test::evaluation_run()));
}

TEST(EvaluationJson, SaysWhatProbabilitiesCameTrue) {
  Evaluation evaluation = test::evaluation_case(true);
  evaluation.methods[1].reliability = {{0.25, 0.125, 8}};
  const auto document =
      parsed(evaluation_json(test::evaluation_graph(), evaluation, test::evaluation_run()));
  test::expect_golden(
      "evaluation_probabilities.json",
      evaluation_json(test::evaluation_graph(), evaluation, test::evaluation_run()));
  EXPECT_FALSE(document["methods"][0].HasMember("reliability"));
  const auto& rows = document["methods"][1]["reliability"];
  ASSERT_EQ(rows.Size(), 1U);
  EXPECT_EQ(rows[0]["said"].GetDouble(), 0.25);
  EXPECT_EQ(rows[0]["came_true"].GetDouble(), 0.125);
  EXPECT_EQ(rows[0]["pairs"].GetUint(), 8U);
}

TEST(EvaluationJson, HasNoIntervalsWhereNothingIsConcluded) {
  const auto document = parsed(evaluation_json(
      test::evaluation_graph(), test::evaluation_case(false), test::evaluation_run()));
  EXPECT_FALSE(document["conclusive"].GetBool());
  const auto& method = document["methods"][0];
  EXPECT_EQ(method["mrr"].GetDouble(), 0.25);
  EXPECT_TRUE(method["intervals"].IsNull());
  EXPECT_TRUE(method["against_reference"].IsNull());
}

TEST(EvaluationJson, SaysTheSpreadOfSeveralRounds) {
  const auto document = parsed(evaluation_json(
      test::evaluation_graph(), test::evaluation_case(true, 5), test::evaluation_run()));
  EXPECT_EQ(document["rounds"].Size(), 5U);
  EXPECT_EQ(document["methods"][0]["spread"]["mrr"].GetDouble(), 0.03125);
}

}  // namespace
}  // namespace liantu
