#include "links/learning/trees_json.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace liantu {

namespace {

constexpr std::size_t kLeafNumbers = 2;
constexpr std::size_t kQuestionNumbers = 6;

float read_float(const ModelReader& from) {
  const double number = from.number();
  if (std::abs(number) > static_cast<double>(std::numeric_limits<float>::max())) {
    from.fail("the number is too large", "数字过大");
  }
  return static_cast<float>(number);
}

std::uint32_t read_index(const ModelReader& from) {
  // One below what marks a leaf; whether it is in range is looked at with the whole tree.
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(from.count(), TreeNode::kNone - std::uint64_t{1}));
}

TreeNode read_node(const ModelReader& from) {
  const std::vector<ModelReader> numbers = from.list();
  if (numbers.size() != kLeafNumbers && numbers.size() != kQuestionNumbers) {
    from.fail(fmt::format("a node has {} numbers; a leaf needs {}, a split {}", numbers.size(),
                          kLeafNumbers, kQuestionNumbers),
              fmt::format("节点有 {} 个数；叶节点应为 {} 个，分支节点应为 {} 个", numbers.size(),
                          kLeafNumbers, kQuestionNumbers));
  }
  TreeNode node;
  node.weight = read_float(numbers[0]);
  if (numbers.size() == kLeafNumbers) {
    node.value = read_float(numbers[1]);
    return node;
  }
  node.feature = read_index(numbers[1]);
  node.value = read_float(numbers[2]);
  const std::uint64_t missing_left = numbers[3].count();
  if (missing_left > 1) numbers[3].fail("this must be 1 or 0", "此处应为 1 或 0");
  node.missing_left = missing_left == 1;
  node.left = read_index(numbers[4]);
  node.right = read_index(numbers[5]);
  return node;
}

}  // namespace

std::string trees_json(const TreeEnsemble& ensemble) {
  std::string text;
  auto out = std::back_inserter(text);
  fmt::format_to(out, "{{\"objective\": \"{}\", \"start\": {}, \"trees\": [",
                 objective_word(ensemble.objective), ensemble.start);
  for (std::size_t t = 0; t < ensemble.trees.size(); ++t) {
    text += t == 0 ? "\n  [" : ",\n  [";
    const std::vector<TreeNode>& tree = ensemble.trees[t];
    for (std::size_t i = 0; i < tree.size(); ++i) {
      const TreeNode& node = tree[i];
      if (i > 0) text += ", ";
      if (node.is_leaf()) {
        fmt::format_to(out, "[{}, {}]", node.weight, node.value);
      } else {
        fmt::format_to(out, "[{}, {}, {}, {}, {}, {}]", node.weight, node.feature, node.value,
                       node.missing_left ? 1 : 0, node.left, node.right);
      }
    }
    text += ']';
  }
  text += "]}";
  return text;
}

TreeEnsemble read_trees(const ModelReader& from, std::size_t features) {
  TreeEnsemble ensemble;
  ensemble.features = features;
  const ModelReader objective = from.member("objective");
  constexpr std::array kObjectives = {TreeObjective::Ndcg, TreeObjective::Logistic};
  const auto known = std::find_if(kObjectives.begin(), kObjectives.end(), [&](TreeObjective one) {
    return objective_word(one) == objective.text();
  });
  if (known == kObjectives.end()) objective.fail("there is no such objective", "没有这种目标函数");
  ensemble.objective = *known;
  ensemble.start = read_float(from.member("start"));
  const std::vector<ModelReader> trees = from.member("trees").list();
  for (const ModelReader& tree : trees) {
    std::vector<TreeNode>& nodes = ensemble.trees.emplace_back();
    for (const ModelReader& node : tree.list()) nodes.push_back(read_node(node));
  }
  if (const auto fault = BoostedTrees::find_fault(ensemble)) {
    if (fault->tree >= trees.size()) from.fail(fault->what.en, fault->what.zh);
    const std::vector<ModelReader> nodes = trees[fault->tree].list();
    (fault->node < nodes.size() ? nodes[fault->node] : trees[fault->tree])
        .fail(fault->what.en, fault->what.zh);
  }
  return ensemble;
}

}  // namespace liantu
