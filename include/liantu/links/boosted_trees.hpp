#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/links/ranking_sample.hpp"

namespace liantu {

/// What trees are grown to do well.
enum class TreeObjective : std::uint8_t {
  Ndcg,      ///< `rank:ndcg`: linked pairs stand first within their source
  Logistic,  ///< `binary:logistic`: linked pairs are told from the others
};

/// `rank:ndcg`, `binary:logistic`.
[[nodiscard]] std::string_view objective_word(TreeObjective objective);

/// Options of BoostedTrees::fit().
struct BoostedTreesOptions {
  TreeObjective objective = TreeObjective::Ndcg;
  int rounds = 150;                ///< trees; ≥ 1
  int depth = 5;                   ///< of a tree; 1..12
  double rate = 0.1;               ///< what a tree adds; (0, 1]
  double rows = 0.8;               ///< share of the pairs a tree sees; (0, 1]
  double columns = 0.5;            ///< share of the features a tree sees; (0, 1]
  double least_weight = 3;         ///< least sum of second derivatives in a leaf; ≥ 0
  std::vector<int> monotone = {};  ///< one a feature: 1, 0 or -1; none = all 0
  std::uint32_t seed = 1;
  std::stop_token stop;  ///< asks a long run to end early
};

/// Gradient-boosted trees (XGBoost). They are grown and asked on one thread, so that neither the
/// number of processors nor their quota changes a figure.
class BoostedTrees {
 public:
  /// Grows trees.
  ///
  /// @param sample   Pairs of at least one source, a linked one among them.
  /// @param options  See BoostedTreesOptions.
  /// @throws Error{InvalidArgument} if the sample has no linked pair, its columns do not fit each
  ///         other or an option lies outside its range; Error{Cancelled}.
  /// @complexity  O(rounds · depth · pairs · features).
  /// @source      Chen, Guestrin (2016), doi:10.1145/2939672.2939785; Burges (2010) for the
  ///              objective,
  ///              https://www.microsoft.com/en-us/research/publication/from-ranknet-to-lambdarank-to-lambdamart-an-overview/
  [[nodiscard]] static BoostedTrees fit(const RankingSample& sample,
                                        const BoostedTreesOptions& options = {});
  /// Reads what bytes() gave.
  /// @throws Error{InvalidData} if it is none or asks for another number of features.
  [[nodiscard]] static BoostedTrees from_bytes(std::string_view bytes, std::size_t features);

  ~BoostedTrees();
  BoostedTrees(BoostedTrees&&) noexcept;
  BoostedTrees& operator=(BoostedTrees&&) noexcept;

  /// Margins: larger is more likely linked.
  /// @param values  Pair by pair, as in RankingSample::values.
  /// @return        One a pair.
  [[nodiscard]] std::vector<double> margins(std::span<const float> values) const;
  /// What every feature adds to the margin, and behind them the bias.
  /// @return  Pair by pair, one more than there are features; a pair's values sum to its margin up
  ///          to single precision.
  /// @source  Lundberg et al. (2020), doi:10.1038/s42256-019-0138-9
  [[nodiscard]] std::vector<double> contributions(std::span<const float> values) const;
  /// The trees as XGBoost writes them (UBJSON).
  [[nodiscard]] std::string bytes() const;

 private:
  struct Body;
  explicit BoostedTrees(std::unique_ptr<Body> body);
  std::unique_ptr<Body> body_;
};

}  // namespace liantu
