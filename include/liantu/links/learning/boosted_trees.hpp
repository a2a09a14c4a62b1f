#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/links/learning/ranking_sample.hpp"

namespace LIANTU_API liantu {

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
  int rounds = 150;                ///< trees; 1..10,000
  int depth = 5;                   ///< of a tree; 1..12
  double rate = 0.1;               ///< what a tree adds; (0, 1]
  double rows = 0.8;               ///< share of the pairs a tree sees; (0, 1]
  double columns = 0.5;            ///< share of the features a tree sees; (0, 1]
  double least_weight = 3;         ///< least sum of second derivatives in a leaf; ≥ 0
  std::vector<int> monotone = {};  ///< one a feature: 1, 0 or -1; none = all 0
  std::uint32_t seed = 1;
  std::stop_token stop;  ///< asks a long run to end early
};

/// A node of a tree: a question about one feature, or a leaf.
struct TreeNode {
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;

  std::uint32_t feature = kNone;  ///< what is asked about, from 0; kNone: a leaf
  float value = 0;                ///< pairs with less go left, others right; of a leaf what it adds
  bool missing_left = false;      ///< where pairs go whose feature is not known
  std::uint32_t left = 0;         ///< numbers of the children, behind this node; 0 in a leaf
  std::uint32_t right = 0;
  float weight = 0;  ///< of the pairs that came here in training: sum of second derivatives

  [[nodiscard]] bool is_leaf() const noexcept { return feature == kNone; }
  friend bool operator==(const TreeNode&, const TreeNode&) = default;
};

/// Trees whose leaves add up to a margin.
struct TreeEnsemble {
  static constexpr std::size_t kMostTrees = 10'000;
  static constexpr std::size_t kMostDepth = 12;  ///< questions on the way to a leaf

  TreeObjective objective = TreeObjective::Ndcg;
  std::size_t features = 0;
  float start = 0;                           ///< margin before the first tree
  std::vector<std::vector<TreeNode>> trees;  ///< the root first

  friend bool operator==(const TreeEnsemble&, const TreeEnsemble&) = default;
};

/// Gradient-boosted trees. XGBoost grows them; reading and asking them is done here, on one thread,
/// so that neither the number of processors nor their quota changes a figure, and with the sums of
/// single precision that XGBoost makes, so that margins and contributions are the same numbers.
class BoostedTrees {
 public:
  /// Grows trees.
  ///
  /// @param sample   Pairs of at least one source, a linked one among them.
  /// @param options  See BoostedTreesOptions.
  /// @throws Error{InvalidArgument} if the sample has no linked pair, its columns do not fit each
  ///         other or an option lies outside its range; Error{InvalidData} if XGBoost refuses the
  ///         sample or writes trees that are asked otherwise here; Error{Cancelled}.
  /// @complexity  O(rounds · depth · pairs · features).
  /// @source      Chen, Guestrin (2016), doi:10.1145/2939672.2939785; Burges (2010) for the
  ///              objective,
  ///              https://www.microsoft.com/en-us/research/publication/from-ranknet-to-lambdarank-to-lambdamart-an-overview/
  [[nodiscard]] static BoostedTrees fit(const RankingSample& sample,
                                        const BoostedTreesOptions& options = {});
  /// Reads what bytes() gave.
  /// @throws Error{InvalidData}, with the place, if it is none or asks about other features than
  ///         the first `features`.
  [[nodiscard]] static BoostedTrees from_bytes(std::string_view bytes, std::size_t features);

  /// @throws Error{InvalidData} if find_fault() finds one.
  explicit BoostedTrees(TreeEnsemble ensemble);

  /// What keeps an ensemble from being asked, and where.
  struct Fault {
    std::size_t tree = 0;
    std::size_t node = 0;
    Text what;
  };
  /// Looks for what training never writes: too many or too deep trees, children that do not make a
  /// tree, features that are not there, thresholds, leaves and weights that are not finite or so
  /// large that sums would not be.
  /// @complexity  Linear in the nodes.
  [[nodiscard]] static std::optional<Fault> find_fault(const TreeEnsemble& ensemble);

  /// Margins: larger is more likely linked.
  /// @param values      Pair by pair, as in RankingSample::values.
  /// @return            One a pair, finite.
  /// @complexity        O(trees · depth) a pair.
  [[nodiscard]] std::vector<double> margins(std::span<const float> values) const;
  /// What every feature adds to the margin, and behind them the bias.
  /// @return      Pair by pair, one more than there are features; a pair's values sum to its margin
  ///              up to single precision.
  /// @complexity  O(leaves · depth²) a pair.
  /// @source      Lundberg et al. (2020), doi:10.1038/s42256-019-0138-9, algorithm 2.
  [[nodiscard]] std::vector<double> contributions(std::span<const float> values) const;
  /// The trees as JSON, see docs/features.md.
  [[nodiscard]] std::string bytes() const;

  [[nodiscard]] const TreeEnsemble& ensemble() const noexcept { return ensemble_; }

 private:
  TreeEnsemble ensemble_;
  std::vector<float> means_;  // of each tree over the pairs of its training
};

}  // namespace liantu
