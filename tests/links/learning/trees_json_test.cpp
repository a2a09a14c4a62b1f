#include "links/learning/trees_json.hpp"

#include <string>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

TreeEnsemble stump() {
  TreeEnsemble ensemble;
  ensemble.objective = TreeObjective::Logistic;
  ensemble.features = 2;
  ensemble.start = 0.1F;
  ensemble.trees = {{{1, -1e-20F, true, 1, 2, 4},
                     {TreeNode::kNone, -0.3333333F, false, 0, 0, 3},
                     {TreeNode::kNone, 2, false, 0, 0, 1}}};
  return ensemble;
}

TreeEnsemble read(const std::string& text, std::size_t features = 2) {
  const JsonValue value = parse_json(text, "t.json");
  const JsonFile file = model_file("t.json");
  return read_trees(ModelReader(value, file), features);
}

std::string refusal(const std::string& text) {
  try {
    (void)read(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    EXPECT_FALSE(error.message().zh.empty());
    return error.message().en;
  }
  return "taken";
}

TEST(TreesJson, NodesAreShortListsOneTreeALine) {
  EXPECT_EQ(trees_json(stump()),
            "{\"objective\": \"binary:logistic\", \"start\": 0.1, \"trees\": [\n"
            "  [[4, 1, -1e-20, 1, 1, 2], [3, -0.3333333], [1, 2]]]}");
  EXPECT_EQ(read(trees_json(stump())), stump());
  EXPECT_EQ(read(trees_json({})).trees.size(), 0U);
}

TEST(TreesJson, FaultsAreNamedAtTheirNode) {
  const std::string head = "{\"objective\": \"rank:ndcg\", \"start\": 0, \"trees\": [[[0, 1]],\n";
  EXPECT_EQ(
      refusal(head + " [[2, 0, 1, 0, 1, 2], [1, 0], [1, 5, 1, 0, 3, 4], [0, 0], [0, 0]]]}"),
      "t.json:2:31: the node uses feature 5, but there are 2 features, counted from 0; write the "
      "model again with `liantu train`");
  EXPECT_EQ(refusal(head + " []]}").substr(0, 11), "t.json:2:2:");
  EXPECT_EQ(refusal(head + " [7]]}").substr(0, 11), "t.json:2:3:");
  EXPECT_EQ(refusal("{}").find("`objective` is missing") != std::string::npos, true);
  EXPECT_EQ(refusal("{\"objective\": \"rank:ndcg\", \"start\": \"x\", \"trees\": []}")
                    .find("a number is expected") != std::string::npos,
            true);
}

}  // namespace
}  // namespace liantu
