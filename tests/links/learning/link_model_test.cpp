#include "liantu/links/learning/link_model.hpp"

#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "liantu/base/files/digest.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

LinkModel logistic_model() {
  LinkModel model;
  model.origin = {RelationKind::Supplies, SourceEnd::To, FirmGrouping::None, "d", 7, 0.1};
  for (const PairFeature& feature : pair_features()) model.features.push_back(feature.name);
  const std::size_t width = model.features.size();
  model.ranker = LogisticRegression{0.25, std::vector<double>(width, 1),
                                    std::vector<double>(width, 2), std::vector<double>(width, -3)};
  model.calibration = {{-1, 1}, {0.1, 0.9}};
  model.reliability = {{0.2, 0.25, 8}};
  model.validation = {{"directed_l3", 0.1, 0.1, 0.4, 10, 20},
                      {"logistic_regression", 0.2, 0.15, 0.5, 10, 20}};
  return model;
}

LinkModel tree_model() {
  LinkModel model = logistic_model();
  RankingSample sample;
  sample.features = model.features.size();
  for (int i = 0; i < 20; ++i) {
    for (std::size_t j = 0; j < sample.features; ++j)
      sample.values.push_back(static_cast<float>(i));
    sample.labels.push_back(i > 12 ? 1 : 0);
  }
  sample.groups = {20};
  BoostedTreesOptions options;
  options.rounds = 3;
  options.least_weight = 0;
  model.ranker = std::make_shared<const BoostedTrees>(BoostedTrees::fit(sample, options));
  return model;
}

std::string refusal(const std::string& text) {
  try {
    (void)parse_link_model(text, "m.json");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    EXPECT_FALSE(error.message().zh.empty());
    return error.message().en;
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

/// The file with one piece of it replaced and the checksum made to fit.
std::string forged(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos);
  text.replace(at, from.size(), to);
  const std::string mark = "\"checksum\": \"";
  const std::size_t sum = text.find(mark) + mark.size();
  return text.replace(sum, 32, digest(text.substr(sum + 32)));
}

TEST(LinkModel, ReadsBackWhatItWrote) {
  const LinkModel model = logistic_model();
  const LinkModel read = parse_link_model(link_model_json(model), "m.json");
  EXPECT_EQ(read.origin, model.origin);
  EXPECT_EQ(read.features, model.features);
  EXPECT_EQ(std::get<LogisticRegression>(read.ranker), std::get<LogisticRegression>(model.ranker));
  EXPECT_EQ(read.calibration, model.calibration);
  EXPECT_EQ(read.reliability, model.reliability);
  EXPECT_EQ(read.validation, model.validation);
  EXPECT_EQ(link_model_json(read), link_model_json(model));
}

TEST(LinkModel, TreesSayTheSameFromTheFile) {
  const LinkModel model = tree_model();
  const LinkModel read = parse_link_model(link_model_json(model), "m.json");
  const std::vector<float> values(model.features.size() * 2, 15);
  EXPECT_EQ(read.kind(), "boosted_trees");
  EXPECT_EQ(read.margins(values), model.margins(values));
  EXPECT_EQ(read.contributions(values).size(), 2 * (model.features.size() + 1));
}

TEST(LinkModel, MustBeatDirectedL3InBothFigures) {
  LinkModel model = logistic_model();
  EXPECT_TRUE(model.beats_directed_l3());
  model.validation[1].mrr = 0.1;
  EXPECT_FALSE(model.beats_directed_l3());
  model.validation.clear();
  EXPECT_FALSE(model.beats_directed_l3());
}

TEST(LinkModel, EveryCutIsRefused) {
  const std::string text = link_model_json(tree_model());
  for (std::size_t length = 0; length + 1 < text.size(); length += 97) {
    EXPECT_NE(refusal(text.substr(0, length)).find("liantu train"), std::string::npos) << length;
  }
}

TEST(LinkModel, EveryChangedByteIsRefused) {
  const std::string text = link_model_json(tree_model());
  for (std::size_t at = 0; at < text.size() - 1; at += 211) {
    std::string changed = text;
    changed[at] = changed[at] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(refusal(changed).empty()) << at;
  }
}

TEST(LinkModel, NamesThePlaceAndTheRemedy) {
  const std::string text = link_model_json(logistic_model());
  EXPECT_EQ(refusal(forged(text, "\"version\": 2", "\"version\": 3")),
            "m.json:3:13: the model is of version 3, this program reads version 2; write the model "
            "again with `liantu train`");
  EXPECT_EQ(refusal(forged(text, "liantu link model", "policy")),
            "m.json:2:12: this is not a model of links; write the model again with `liantu train`");
  EXPECT_NE(refusal(forged(text, "\"directed_l3\"", "\"charm\"")).find("`charm`"),
            std::string::npos);
  EXPECT_NE(refusal(forged(text, "\"supplies\"", "\"envies\"")).find("no such relation"),
            std::string::npos);
  EXPECT_NE(refusal(forged(text, "logistic_regression\",\n \"rel", "oracle\",\n \"rel"))
                .find("no such model"),
            std::string::npos);
  EXPECT_NE(refusal("{}").find("`format` is missing"), std::string::npos);
  EXPECT_NE(refusal("[]").find("`format` is missing"), std::string::npos);
}

TEST(LinkModel, RefusesForgedTreesAtTheirPlaceThoughTheChecksumFits) {
  TreeEnsemble ensemble;
  ensemble.features = pair_features().size();
  ensemble.trees = {{{0, 0.5, true, 1, 2, 4},
                     {TreeNode::kNone, -1, false, 0, 0, 3},
                     {TreeNode::kNone, 2, false, 0, 0, 1}}};
  LinkModel model = logistic_model();
  model.ranker = std::make_shared<const BoostedTrees>(ensemble);
  const std::string text = link_model_json(model);
  const std::string node = "[4, 0, 0.5, 1, 1, 2]";
  const auto said = [&](const std::string& to) { return refusal(forged(text, node, to)); };
  EXPECT_NE(said("[4, 0, 0.5, 1, 1, 9]").find("a child is node 9"), std::string::npos);
  EXPECT_NE(said("[4, 0, 0.5, 1, 0, 2]").find("a child is node 0"), std::string::npos);
  EXPECT_NE(said("[4, 0, 0.5, 1, 1, 4294967296]").find("a child is node"), std::string::npos);
  EXPECT_NE(said("[4, 1073741824, 0.5, 1, 1, 2]").find("feature 1073741824"), std::string::npos);
  EXPECT_NE(said("[4, -1, 0.5, 1, 1, 2]").find("whole number"), std::string::npos);
  EXPECT_NE(said("[4, 0, 1e39, 1, 1, 2]").find("too large"), std::string::npos);
  EXPECT_NE(said("[4, 0, NaN, 1, 1, 2]").find("not a JSON"), std::string::npos);
  EXPECT_NE(said("[4, 0, null, 1, 1, 2]").find("number"), std::string::npos);
  EXPECT_NE(said("[4, 0, 0.5, 2, 1, 2]").find("1 or 0"), std::string::npos);
  EXPECT_NE(said("[4, 0, 0.5]").find("3 numbers"), std::string::npos);
  EXPECT_NE(said(std::string(70, '[') + std::string(70, ']')).find("nested deeper"),
            std::string::npos);
  EXPECT_NE(refusal(forged(text, "rank:ndcg", "gblinear")).find("no such objective"),
            std::string::npos);
  EXPECT_NE(refusal(forged(text, "\"trees\": {", "\"wood\": {")).find("`trees` is missing"),
            std::string::npos);
  for (const char* to : {"[4, 0, 0.5, 1, 1, 9]", "[4, 0, 0.5]"}) {
    EXPECT_NE(said(to).find("liantu train"), std::string::npos) << to;
    EXPECT_EQ(said(to).find("XGBoost"), std::string::npos) << to;
  }
}

TEST(LinkModel, AModelOfTheFirstVersionIsToBeTrainedAgain) {
  const std::string old = forged(link_model_json(tree_model()), "\"version\": 2", "\"version\": 1");
  try {
    (void)parse_link_model(old, "m.json");
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.message().en,
              "m.json:3:13: the model is of version 1, this program reads version 2; write the "
              "model again with `liantu train`");
    EXPECT_EQ(error.message().zh,
              "m.json:3:13：模型版本为 1，本程序只读版本 2；请用“liantu train”重新训练");
  }
}

}  // namespace
}  // namespace liantu
