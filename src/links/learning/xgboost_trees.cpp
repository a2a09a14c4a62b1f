#include "links/learning/xgboost_trees.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>
#include <numeric>
#include <string_view>
#include <utility>
#include <xgboost/c_api.h>

#include <fmt/format.h>

#include "liantu/base/files/json.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {

namespace {

// What a margin starts from before the link function; said to XGBoost, so that no version guesses.
constexpr float kBaseScore = 0.5F;

/// The sentence of a message of XGBoost, without time, place in its sources and stack trace.
std::string_view sentence(std::string_view message) {
  message = message.substr(0, message.find('\n'));
  if (const std::size_t end = message.find("Stack trace"); end != std::string_view::npos) {
    message = message.substr(0, end);
  }
  if (message.starts_with('[')) {
    const std::size_t place = message.find(".cc:");
    const std::size_t end = message.find(": ", place == std::string_view::npos ? 0 : place + 4);
    if (end != std::string_view::npos) message.remove_prefix(end + 2);
  }
  return message;
}

void require(int status) {
  if (status == 0) return;
  const std::string_view message = XGBGetLastError();
  if (message.find("bad_alloc") != std::string_view::npos) throw std::bad_alloc();
  throw Error(
      ErrorCode::InvalidData,
      {fmt::format("XGBoost cannot grow trees on these pairs: {}; look for figures that are "
                   "out of range in the data",
                   sentence(message)),
       fmt::format("XGBoost 无法在这些样本上训练树模型：{}；请检查数据中超出范围的数值",
                   sentence(message))});
}

/// An XGBoost matrix over pairs.
class Matrix {
 public:
  Matrix(std::span<const float> values, std::size_t features) {
    require(XGDMatrixCreateFromMat_omp(values.data(), values.size() / features, features,
                                       std::numeric_limits<float>::quiet_NaN(), &handle_, 1));
  }
  ~Matrix() { XGDMatrixFree(handle_); }
  Matrix(const Matrix&) = delete;
  Matrix& operator=(const Matrix&) = delete;

  [[nodiscard]] DMatrixHandle handle() const { return handle_; }

 private:
  DMatrixHandle handle_ = nullptr;
};

[[noreturn]] void refuse_version() {
  int major = 0;
  int minor = 0;
  int patch = 0;
  XGBoostVersion(&major, &minor, &patch);
  throw Error(ErrorCode::InvalidData,
              {fmt::format("XGBoost {}.{}.{} writes trees that this version of Liantu cannot read; "
                           "build Liantu with XGBoost 1.7",
                           major, minor, patch),
               fmt::format("本版本的链图无法读取 XGBoost {}.{}.{} 所写的树模型；请改用 XGBoost 1.7 "
                           "编译链图",
                           major, minor, patch)});
}

const JsonValue& member(const JsonValue& value, std::string_view name) {
  const JsonValue* found = value.find(name);
  if (found == nullptr) refuse_version();
  return *found;
}

/// A column of a tree: numbers, or true and false.
class Column {
 public:
  Column(const JsonValue& tree, std::string_view name) {
    const JsonValue::Array* found = member(tree, name).as_array();
    if (found == nullptr) refuse_version();
    for (const JsonValue& one : *found) {
      const double* number = one.as_number();
      const bool* truth = one.as_bool();
      if (number == nullptr && truth == nullptr) refuse_version();
      values_.push_back(number != nullptr ? *number : *truth ? 1 : 0);
    }
  }
  [[nodiscard]] double operator[](std::size_t i) const {
    if (i >= values_.size()) refuse_version();
    return values_[i];
  }
  [[nodiscard]] std::size_t size() const { return values_.size(); }

 private:
  std::vector<double> values_;
};

std::vector<TreeNode> read_tree(const JsonValue& tree) {
  const Column left(tree, "left_children");
  const Column right(tree, "right_children");
  const Column feature(tree, "split_indices");
  const Column value(tree, "split_conditions");
  const Column missing_left(tree, "default_left");
  const Column weight(tree, "sum_hessian");
  std::vector<TreeNode> nodes(1);
  std::vector<std::size_t> theirs{0};  // number in XGBoost's tree of each node
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const std::size_t from = theirs[i];
    TreeNode node;
    node.value = static_cast<float>(value[from]);
    node.weight = static_cast<float>(weight[from]);
    if (left[from] >= 0) {
      if (nodes.size() > left.size()) refuse_version();
      node.feature = static_cast<std::uint32_t>(feature[from]);
      node.missing_left = missing_left[from] != 0;
      node.left = static_cast<std::uint32_t>(nodes.size());
      node.right = node.left + 1;
      nodes.resize(nodes.size() + 2);
      theirs.push_back(static_cast<std::size_t>(left[from]));
      theirs.push_back(static_cast<std::size_t>(std::max(0.0, right[from])));
    }
    nodes[i] = node;
  }
  return nodes;
}

}  // namespace

XgboostTrees::XgboostTrees(const RankingSample& sample, const BoostedTreesOptions& options)
    : objective_(options.objective), features_(sample.features) {
  const Matrix matrix(sample.values, sample.features);
  const std::vector<float> labels(sample.labels.begin(), sample.labels.end());
  require(XGDMatrixSetFloatInfo(matrix.handle(), "label", labels.data(), labels.size()));
  if (options.objective == TreeObjective::Ndcg) {
    require(
        XGDMatrixSetUIntInfo(matrix.handle(), "group", sample.groups.data(), sample.groups.size()));
  }
  const DMatrixHandle known = matrix.handle();
  require(XGBoosterCreate(&known, 1, &handle_));
  try {
    const auto set = [this](const char* name, const std::string& value) {
      require(XGBoosterSetParam(handle_, name, value.c_str()));
    };
    set("verbosity", "0");
    set("nthread", "1");
    set("tree_method", "hist");
    set("max_bin", "128");
    set("objective", std::string(objective_word(options.objective)));
    set("base_score", fmt::format("{}", kBaseScore));
    set("max_depth", std::to_string(options.depth));
    set("eta", fmt::format("{}", options.rate));
    set("subsample", fmt::format("{}", options.rows));
    set("colsample_bytree", fmt::format("{}", options.columns));
    set("min_child_weight", fmt::format("{}", options.least_weight));
    set("seed", std::to_string(options.seed));
    if (!options.monotone.empty()) {
      set("monotone_constraints", fmt::format("({})", fmt::join(options.monotone, ",")));
    }
    for (int round = 0; round < options.rounds; ++round) {
      if (options.stop.stop_requested()) {
        throw Error(ErrorCode::Cancelled,
                    {"training was cancelled before its end; start it again for a model",
                     "训练在完成前已被取消；如需模型，请重新运行"});
      }
      require(XGBoosterUpdateOneIter(handle_, round, matrix.handle()));
    }
  } catch (...) {
    XGBoosterFree(handle_);
    throw;
  }
}

XgboostTrees::~XgboostTrees() { XGBoosterFree(handle_); }

TreeEnsemble XgboostTrees::ensemble() const {
  bst_ulong length = 0;
  const char* data = nullptr;
  require(XGBoosterSaveModelToBuffer(handle_, R"({"format":"json"})", &length, &data));
  const JsonValue root = parse_json({data, static_cast<std::size_t>(length)}, "XGBoost");
  const JsonValue& model = member(member(member(root, "learner"), "gradient_booster"), "model");
  const JsonValue::Array* trees = member(model, "trees").as_array();
  if (trees == nullptr) refuse_version();
  TreeEnsemble ensemble;
  ensemble.objective = objective_;
  ensemble.features = features_;
  // The logistic objective takes its margin through -ln(1 / p - 1).
  ensemble.start =
      objective_ == TreeObjective::Ndcg ? kBaseScore : -std::log(1.0F / kBaseScore - 1.0F);
  for (const JsonValue& tree : *trees) ensemble.trees.push_back(read_tree(tree));
  return ensemble;
}

std::vector<double> XgboostTrees::predict(std::span<const float> values, int type) const {
  if (values.empty()) return {};
  const Matrix matrix(values, features_);
  const std::string config = fmt::format(
      R"({{"type":{},"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false}})",
      type);
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* result = nullptr;
  require(XGBoosterPredictFromDMatrix(handle_, matrix.handle(), config.c_str(), &shape, &dimensions,
                                      &result));
  const auto length = std::accumulate(shape, shape + dimensions, std::size_t{1},
                                      [](std::size_t n, bst_ulong d) { return n * d; });
  return {result, result + length};
}

std::vector<double> XgboostTrees::margins(std::span<const float> values) const {
  return predict(values, 1);
}

std::vector<double> XgboostTrees::contributions(std::span<const float> values) const {
  return predict(values, 2);
}

}  // namespace liantu
