#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "liantu/links/learning/boosted_trees.hpp"

namespace liantu {

/// XGBoost's own trees, which only grow here: what asks them later is BoostedTrees.
class XgboostTrees {
 public:
  /// As BoostedTrees::fit(), of a sample and options that it has checked.
  XgboostTrees(const RankingSample& sample, const BoostedTreesOptions& options);
  ~XgboostTrees();
  XgboostTrees(const XgboostTrees&) = delete;
  XgboostTrees& operator=(const XgboostTrees&) = delete;

  /// The trees as BoostedTrees takes them.
  /// @throws Error{InvalidData} if XGBoost writes something else than its version 1.7 does.
  [[nodiscard]] TreeEnsemble ensemble() const;
  /// What XGBoost itself says, to be compared.
  [[nodiscard]] std::vector<double> margins(std::span<const float> values) const;
  [[nodiscard]] std::vector<double> contributions(std::span<const float> values) const;

 private:
  [[nodiscard]] std::vector<double> predict(std::span<const float> values, int type) const;

  void* handle_ = nullptr;
  TreeObjective objective_;
  std::size_t features_;
};

}  // namespace liantu
