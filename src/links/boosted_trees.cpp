#include "liantu/links/boosted_trees.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>
#include <xgboost/c_api.h>

#include <fmt/format.h>

#include "liantu/base/error.hpp"

namespace liantu {

namespace {

void require(int status) {
  if (status == 0) return;
  throw Error(
      ErrorCode::InvalidData,
      {fmt::format("XGBoost refused the trees: {}; train the model again", XGBGetLastError()),
       fmt::format("XGBoost 拒绝了该树模型：{}；请重新训练", XGBGetLastError())});
}

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
  if (options.rounds < 1 || options.depth < 1 || options.depth > 12 || !share(options.rate) ||
      !share(options.rows) || !share(options.columns) || !(options.least_weight >= 0) ||
      (!options.monotone.empty() && options.monotone.size() != sample.features)) {
    refuse("an option of the trees lies outside its range", "树模型的某个选项超出范围");
  }
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

}  // namespace

std::string_view objective_word(TreeObjective objective) {
  return objective == TreeObjective::Ndcg ? "rank:ndcg" : "binary:logistic";
}

struct BoostedTrees::Body {
  BoosterHandle handle = nullptr;
  std::size_t features = 0;

  explicit Body(std::size_t width) : features(width) {}
  ~Body() { XGBoosterFree(handle); }
  Body(const Body&) = delete;
  Body& operator=(const Body&) = delete;

  void set(const char* name, const std::string& value) {
    require(XGBoosterSetParam(handle, name, value.c_str()));
  }

  [[nodiscard]] std::vector<double> predict(std::span<const float> values, int type) const {
    if (values.empty()) return {};
    const Matrix matrix(values, features);
    const std::string config = fmt::format(
        R"({{"type":{},"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false}})",
        type);
    const bst_ulong* shape = nullptr;
    bst_ulong dimensions = 0;
    const float* result = nullptr;
    require(XGBoosterPredictFromDMatrix(handle, matrix.handle(), config.c_str(), &shape,
                                        &dimensions, &result));
    const auto length = std::accumulate(shape, shape + dimensions, std::size_t{1},
                                        [](std::size_t n, bst_ulong d) { return n * d; });
    return {result, result + length};
  }
};

BoostedTrees::BoostedTrees(std::unique_ptr<Body> body) : body_(std::move(body)) {}
BoostedTrees::~BoostedTrees() = default;
BoostedTrees::BoostedTrees(BoostedTrees&&) noexcept = default;
BoostedTrees& BoostedTrees::operator=(BoostedTrees&&) noexcept = default;

BoostedTrees BoostedTrees::fit(const RankingSample& sample, const BoostedTreesOptions& options) {
  check(sample, options);
  const Matrix matrix(sample.values, sample.features);
  const std::vector<float> labels(sample.labels.begin(), sample.labels.end());
  require(XGDMatrixSetFloatInfo(matrix.handle(), "label", labels.data(), labels.size()));
  if (options.objective == TreeObjective::Ndcg) {
    require(
        XGDMatrixSetUIntInfo(matrix.handle(), "group", sample.groups.data(), sample.groups.size()));
  }
  auto body = std::make_unique<Body>(sample.features);
  const DMatrixHandle handle = matrix.handle();
  require(XGBoosterCreate(&handle, 1, &body->handle));
  body->set("verbosity", "0");
  body->set("nthread", "1");
  body->set("tree_method", "hist");
  body->set("max_bin", "128");
  body->set("objective", std::string(objective_word(options.objective)));
  body->set("max_depth", std::to_string(options.depth));
  body->set("eta", fmt::format("{}", options.rate));
  body->set("subsample", fmt::format("{}", options.rows));
  body->set("colsample_bytree", fmt::format("{}", options.columns));
  body->set("min_child_weight", fmt::format("{}", options.least_weight));
  body->set("seed", std::to_string(options.seed));
  if (!options.monotone.empty()) {
    body->set("monotone_constraints", fmt::format("({})", fmt::join(options.monotone, ",")));
  }
  for (int round = 0; round < options.rounds; ++round) {
    if (options.stop.stop_requested()) {
      throw Error(ErrorCode::Cancelled,
                  {"training was cancelled before its end; start it again for a model",
                   "训练在完成前已被取消；如需模型，请重新运行"});
    }
    require(XGBoosterUpdateOneIter(body->handle, round, matrix.handle()));
  }
  return BoostedTrees(std::move(body));
}

BoostedTrees BoostedTrees::from_bytes(std::string_view bytes, std::size_t features) {
  auto body = std::make_unique<Body>(features);
  require(XGBoosterCreate(nullptr, 0, &body->handle));
  require(XGBoosterLoadModelFromBuffer(body->handle, bytes.data(), bytes.size()));
  body->set("nthread", "1");
  bst_ulong width = 0;
  require(XGBoosterGetNumFeature(body->handle, &width));
  if (width != features) {
    throw Error(
        ErrorCode::InvalidData,
        {fmt::format("the trees ask for {} features where {} are named; train again", width,
                     features),
         fmt::format("树模型需要 {} 个特征，而文件列出 {} 个；请重新训练", width, features)});
  }
  return BoostedTrees(std::move(body));
}

std::vector<double> BoostedTrees::margins(std::span<const float> values) const {
  return body_->predict(values, 1);
}

std::vector<double> BoostedTrees::contributions(std::span<const float> values) const {
  return body_->predict(values, 2);
}

std::string BoostedTrees::bytes() const {
  bst_ulong length = 0;
  const char* data = nullptr;
  require(XGBoosterSaveModelToBuffer(body_->handle, R"({"format":"ubj"})", &length, &data));
  return {data, data + length};
}

}  // namespace liantu
