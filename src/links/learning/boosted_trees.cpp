#include "liantu/links/learning/boosted_trees.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/files/json.hpp"
#include "liantu/base/text/error.hpp"
#include "links/learning/trees_json.hpp"
#include "links/learning/xgboost_trees.hpp"

namespace liantu {

namespace {

// Far beyond what training writes, and small enough for sums and products to stay finite.
constexpr float kMostSum = 1e15F;
constexpr float kMostWeight = 1e15F;

[[noreturn]] void refuse(std::string en, std::string zh) {
  throw Error(ErrorCode::InvalidArgument, {std::move(en), std::move(zh)});
}

void check(const RankingSample& sample, const BoostedTreesOptions& options) {
  const std::uint64_t grouped =
      std::accumulate(sample.groups.begin(), sample.groups.end(), std::uint64_t{0});
  if (sample.features == 0 || sample.values.size() != sample.pairs() * sample.features ||
      grouped != sample.pairs()) {
    refuse("the sample's columns do not fit each other", "样本各列长度不一致");
  }
  if (std::find(sample.labels.begin(), sample.labels.end(), 1) == sample.labels.end()) {
    refuse("the sample has no linked pair to learn from; give more links",
           "样本中没有任何已有联系可供学习；请提供更多联系");
  }
  const auto share = [](double value) { return value > 0 && value <= 1; };
  if (options.rounds < 1 || options.rounds > static_cast<int>(TreeEnsemble::kMostTrees) ||
      options.depth < 1 || options.depth > static_cast<int>(TreeEnsemble::kMostDepth) ||
      !share(options.rate) || !share(options.rows) || !share(options.columns) ||
      !(options.least_weight >= 0) ||
      (!options.monotone.empty() && options.monotone.size() != sample.features)) {
    refuse("an option of the trees lies outside its range", "树模型的某个选项超出范围");
  }
}

/// What is wrong with a node by itself.
std::optional<Text> node_fault(const TreeNode& node, std::size_t number, std::size_t size,
                               std::size_t features) {
  if (!(std::abs(node.value) <= kMostSum) && node.is_leaf()) {
    return Text{"a leaf must add a finite number of usual size",
                "叶节点的值必须是常规大小的有限数"};
  }
  if (!std::isfinite(node.value)) {
    return Text{"a threshold must be a finite number", "阈值必须是有限数"};
  }
  if (!(node.weight >= 0 && node.weight <= kMostWeight)) {
    return Text{"a weight must be a finite number of 0 or more", "权重必须是非负的有限数"};
  }
  if (node.is_leaf()) return std::nullopt;
  if (node.feature >= features) {
    return Text{
        fmt::format("the node uses feature {}, but there are {} features, counted from 0",
                    node.feature, features),
        fmt::format("节点使用第 {} 号特征，而特征共 {} 个（从 0 编号）", node.feature, features)};
  }
  for (const std::uint32_t child : {node.left, node.right}) {
    if (child > number && child < size) continue;
    return Text{
        fmt::format("a child is node {}, which is not one of the nodes behind node {}, up "
                    "to {}",
                    child, number, size - 1),
        fmt::format("子节点编号 {} 不在节点 {} 之后的编号（至 {}）之内", child, number, size - 1)};
  }
  return std::nullopt;
}

/// What is wrong with a tree: the node, and what. `largest` becomes the largest leaf, without sign.
std::optional<std::pair<std::size_t, Text>> tree_fault(const std::vector<TreeNode>& tree,
                                                       std::size_t features, float& largest) {
  constexpr std::size_t kMostNodes = (std::size_t{2} << TreeEnsemble::kMostDepth) - 1;
  if (tree.empty() || tree.size() > kMostNodes) {
    return std::pair(
        std::size_t{0},
        Text{fmt::format("a tree has {} nodes, it must have 1 to {}", tree.size(), kMostNodes),
             fmt::format("一棵树有 {} 个节点，应为 1 至 {} 个", tree.size(), kMostNodes)});
  }
  std::vector<std::uint8_t> depth(tree.size(), 0);
  std::vector<bool> has_parent(tree.size(), false);
  for (std::size_t i = 0; i < tree.size(); ++i) {
    const TreeNode& node = tree[i];
    if (auto fault = node_fault(node, i, tree.size(), features)) {
      return std::pair(i, std::move(*fault));
    }
    if (i > 0 && !has_parent[i]) {
      return std::pair(i, Text{"no node leads to this one", "没有任何节点指向此节点"});
    }
    if (node.is_leaf()) {
      largest = std::max(largest, std::abs(node.value));
      continue;
    }
    for (const std::uint32_t child : {node.left, node.right}) {
      if (has_parent[child]) {
        return std::pair(i, Text{fmt::format("node {} is the child of two", child),
                                 fmt::format("节点 {} 有两个父节点", child)});
      }
      has_parent[child] = true;
      depth[child] = static_cast<std::uint8_t>(depth[i] + 1);
      if (depth[child] > TreeEnsemble::kMostDepth) {
        return std::pair(i,
                         Text{fmt::format("the tree is deeper than {}", TreeEnsemble::kMostDepth),
                              fmt::format("树的深度超过 {}", TreeEnsemble::kMostDepth)});
      }
    }
    // Contributions sum to the margin only if every pair that came here went one of both ways.
    const float below = tree[node.left].weight + tree[node.right].weight;
    if (!(std::abs(below - node.weight) <= 1e-3F * node.weight + 1e-6F)) {
      return std::pair(
          i,
          Text{fmt::format("the weights of the children sum to {}, not to {}", below, node.weight),
               fmt::format("子节点权重之和为 {}，与本节点权重 {} 不符", below, node.weight)});
    }
  }
  return std::nullopt;
}

/// The node that a pair goes to.
std::uint32_t next_node(const TreeNode& node, const float* values) {
  const float value = values[node.feature];
  if (std::isnan(value)) return node.missing_left ? node.left : node.right;
  return value < node.value ? node.left : node.right;
}

float mean_of(const std::vector<TreeNode>& tree) {
  // Children stand behind their parents.
  std::vector<float> means(tree.size());
  for (std::size_t i = tree.size(); i-- > 0;) {
    const TreeNode& node = tree[i];
    if (node.is_leaf()) {
      means[i] = node.value;
    } else if (node.weight > 0) {
      float mean = means[node.left] * tree[node.left].weight;
      mean += means[node.right] * tree[node.right].weight;
      means[i] = mean / node.weight;
    } else {
      means[i] = (means[node.left] + means[node.right]) / 2;
    }
  }
  return means[0];
}

/// Shapley values of a tree for one pair, after XGBoost's own walk, operation by operation: the
/// same numbers come out.
class TreeWalk {
 public:
  /// Adds to `parts`, one a feature.
  void run(const std::vector<TreeNode>& tree, const float* values, float* parts) {
    tree_ = tree.data();
    values_ = values;
    parts_ = parts;
    visit(0, 0, path_.data(), 1, 1, kNoFeature);
  }

 private:
  static constexpr std::uint32_t kNoFeature = TreeNode::kNone;
  static constexpr std::size_t kLongest = TreeEnsemble::kMostDepth + 2;

  struct Element {
    std::uint32_t feature;
    float zero;    // share of the pairs that go on here while the feature is not known
    float one;     // and while it is: 1 on the way of this pair, else 0
    float weight;  // of the subsets of as many features
  };

  static void extend(Element* path, std::uint32_t depth, float zero, float one,
                     std::uint32_t feature) {
    path[depth] = {feature, zero, one, depth == 0 ? 1.0F : 0.0F};
    const auto all = static_cast<float>(depth + 1);
    for (std::uint32_t i = depth; i-- > 0;) {
      path[i + 1].weight += one * path[i].weight * static_cast<float>(i + 1) / all;
      path[i].weight = zero * path[i].weight * static_cast<float>(depth - i) / all;
    }
  }

  static void unwind(Element* path, std::uint32_t depth, std::uint32_t place) {
    const float one = path[place].one;
    const float zero = path[place].zero;
    const auto all = static_cast<float>(depth + 1);
    float next = path[depth].weight;
    for (std::uint32_t i = depth; i-- > 0;) {
      if (one != 0) {
        const float kept = path[i].weight;
        path[i].weight = next * all / (static_cast<float>(i + 1) * one);
        next = kept - path[i].weight * zero * static_cast<float>(depth - i) / all;
      } else if (zero != 0) {
        path[i].weight = path[i].weight * all / (zero * static_cast<float>(depth - i));
      }
    }
    for (std::uint32_t i = place; i < depth; ++i) {
      path[i].feature = path[i + 1].feature;
      path[i].zero = path[i + 1].zero;
      path[i].one = path[i + 1].one;
    }
  }

  static float unwound_sum(const Element* path, std::uint32_t depth, std::uint32_t place) {
    const float one = path[place].one;
    const float zero = path[place].zero;
    const auto all = static_cast<float>(depth + 1);
    float next = path[depth].weight;
    float total = 0;
    for (std::uint32_t i = depth; i-- > 0;) {
      if (one != 0) {
        const float part = next * all / (static_cast<float>(i + 1) * one);
        total += part;
        next = path[i].weight - part * zero * (static_cast<float>(depth - i) / all);
      } else if (zero != 0) {
        total += (path[i].weight / zero) / (static_cast<float>(depth - i) / all);
      }
    }
    return total;
  }

  void visit(std::uint32_t number, std::uint32_t depth, Element* parent, float zero, float one,
             std::uint32_t feature) {
    Element* path = parent + depth + 1;
    std::copy(parent, parent + depth + 1, path);
    extend(path, depth, zero, one, feature);
    const TreeNode& node = tree_[number];
    if (node.is_leaf()) {
      for (std::uint32_t i = 1; i <= depth; ++i) {
        const float weight = unwound_sum(path, depth, i);
        parts_[path[i].feature] += weight * (path[i].one - path[i].zero) * node.value;
      }
      return;
    }
    const std::uint32_t hot = next_node(node, values_);
    const std::uint32_t cold = hot == node.left ? node.right : node.left;
    const auto share = [&](std::uint32_t child) {
      return node.weight > 0 ? tree_[child].weight / node.weight : 0.5F;
    };
    float zero_here = 1;
    float one_here = 1;
    // A feature that was asked about before is taken back first.
    for (std::uint32_t i = 0; i <= depth; ++i) {
      if (path[i].feature != node.feature) continue;
      zero_here = path[i].zero;
      one_here = path[i].one;
      unwind(path, depth, i);
      --depth;
      break;
    }
    visit(hot, depth + 1, path, share(hot) * zero_here, one_here, node.feature);
    visit(cold, depth + 1, path, share(cold) * zero_here, 0, node.feature);
  }

  const TreeNode* tree_ = nullptr;
  const float* values_ = nullptr;
  float* parts_ = nullptr;
  std::array<Element, kLongest*(kLongest + 1) / 2> path_{};  // of every depth, one behind the other
};

}  // namespace

std::string_view objective_word(TreeObjective objective) {
  return objective == TreeObjective::Ndcg ? "rank:ndcg" : "binary:logistic";
}

std::optional<BoostedTrees::Fault> BoostedTrees::find_fault(const TreeEnsemble& ensemble) {
  if (ensemble.trees.size() > TreeEnsemble::kMostTrees) {
    return Fault{TreeEnsemble::kMostTrees,
                 0,
                 {fmt::format("there are {} trees, {} are allowed", ensemble.trees.size(),
                              TreeEnsemble::kMostTrees),
                  fmt::format("共有 {} 棵树，最多允许 {} 棵", ensemble.trees.size(),
                              TreeEnsemble::kMostTrees)}};
  }
  double sum = std::abs(static_cast<double>(ensemble.start));
  if (!(sum <= static_cast<double>(kMostSum))) {
    return Fault{0, 0, {"the margin must start at a finite number", "初始值必须是有限数"}};
  }
  for (std::size_t t = 0; t < ensemble.trees.size(); ++t) {
    float largest = 0;
    if (auto fault = tree_fault(ensemble.trees[t], ensemble.features, largest)) {
      return Fault{t, fault->first, std::move(fault->second)};
    }
    sum += static_cast<double>(largest);
    if (sum <= static_cast<double>(kMostSum)) continue;
    return Fault{t, 0, {"the leaves are too large to be added up", "叶节点的值过大，无法相加"}};
  }
  return std::nullopt;
}

BoostedTrees::BoostedTrees(TreeEnsemble ensemble) : ensemble_(std::move(ensemble)) {
  if (const auto fault = find_fault(ensemble_)) {
    throw Error(ErrorCode::InvalidData, {fmt::format("tree {}, node {}: {}; train the model again",
                                                     fault->tree, fault->node, fault->what.en),
                                         fmt::format("第 {} 棵树的节点 {}：{}；请重新训练",
                                                     fault->tree, fault->node, fault->what.zh)});
  }
  for (const auto& tree : ensemble_.trees) means_.push_back(mean_of(tree));
}

BoostedTrees BoostedTrees::fit(const RankingSample& sample, const BoostedTreesOptions& options) {
  check(sample, options);
  const XgboostTrees grown(sample, options);
  BoostedTrees trees(grown.ensemble());
  // Another version of XGBoost might ask its trees otherwise than this one does.
  constexpr std::size_t kCompared = 1000;
  const auto some =
      std::span(sample.values).first(std::min(sample.pairs(), kCompared) * sample.features);
  if (trees.margins(some) != grown.margins(some)) {
    throw Error(ErrorCode::InvalidData,
                {"XGBoost gives other margins than its trees add up to; build Liantu with XGBoost "
                 "1.7",
                 "XGBoost 给出的结果与其树模型之和不符；请改用 XGBoost 1.7 编译链图"});
  }
  return trees;
}

BoostedTrees BoostedTrees::from_bytes(std::string_view bytes, std::size_t features) {
  const JsonFile file = model_file("trees");
  const JsonValue value = parse_json(bytes, file.name());
  return BoostedTrees(read_trees(ModelReader(value, file), features));
}

std::vector<double> BoostedTrees::margins(std::span<const float> values) const {
  constexpr std::size_t kAtOnce = 64;
  const std::size_t width = ensemble_.features;
  const std::size_t pairs = width == 0 ? 0 : values.size() / width;
  std::vector<double> result;
  result.reserve(pairs);
  for (std::size_t first = 0; first < pairs; first += kAtOnce) {
    const std::size_t here = std::min(kAtOnce, pairs - first);
    std::array<float, kAtOnce> sums;
    sums.fill(ensemble_.start);
    for (const auto& tree : ensemble_.trees) {
      for (std::size_t i = 0; i < here; ++i) {
        const float* pair = values.data() + (first + i) * width;
        std::uint32_t at = 0;
        while (!tree[at].is_leaf()) at = next_node(tree[at], pair);
        sums[i] += tree[at].value;
      }
    }
    result.insert(result.end(), sums.begin(), sums.begin() + static_cast<std::ptrdiff_t>(here));
  }
  return result;
}

std::vector<double> BoostedTrees::contributions(std::span<const float> values) const {
  const std::size_t width = ensemble_.features;
  const std::size_t pairs = width == 0 ? 0 : values.size() / width;
  std::vector<double> result;
  result.reserve(pairs * (width + 1));
  std::vector<float> sums(width + 1);
  std::vector<float> parts(width);
  TreeWalk walk;
  for (std::size_t i = 0; i < pairs; ++i) {
    std::fill(sums.begin(), sums.end(), 0.0F);
    for (std::size_t t = 0; t < ensemble_.trees.size(); ++t) {
      std::fill(parts.begin(), parts.end(), 0.0F);
      walk.run(ensemble_.trees[t], values.data() + i * width, parts.data());
      for (std::size_t k = 0; k < width; ++k) sums[k] += parts[k];
      sums[width] += means_[t];
    }
    sums[width] += ensemble_.start;
    result.insert(result.end(), sums.begin(), sums.end());
  }
  return result;
}

std::string BoostedTrees::bytes() const { return trees_json(ensemble_); }

}  // namespace liantu
