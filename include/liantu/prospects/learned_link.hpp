#pragma once

#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/links/learning/link_model.hpp"

namespace LIANTU_API liantu {

/// A trained ranker of supply links that stands beside the scorecard.
struct LearnedRanker {
  std::shared_ptr<const LinkModel> model;  ///< none = no learned links
  std::string file = "model";              ///< name used in messages
  bool force = false;  ///< use a model, too, that does not beat directed L3 on validation or was
                       ///< trained on other links
};

/// What became of a LearnedRanker.
struct LearnedUse {
  bool used = false;
  std::string kind;  ///< `boosted_trees`, `logistic_regression`
  Text remark;       ///< what its probabilities mean and how it did, or why it was not used
};

/// What a feature adds to the margin of a pair.
struct LinkContribution {
  std::string_view feature;  ///< name of one of pair_features()
  double value = 0;          ///< never 0

  friend bool operator==(const LinkContribution&, const LinkContribution&) = default;
};

/// How likely a firm is to supply an anchor, by a trained model.
struct LearnedLink {
  FirmId anchor{0};
  double probability = 0;  ///< of being one of as many links as training hid; calibrated, [0, 1]
  double margin = 0;       ///< what the model ranks by
  double bias = 0;         ///< part of the margin that is the same for every pair
  std::vector<LinkContribution> contributions;  ///< strongest first, ties in the order of
                                                ///< pair_features(); with the bias they add up to
                                                ///< the margin, up to the rounding of float
};

/// A firm and the anchors that it might supply.
struct LinkWish {
  FirmId firm{0};
  std::vector<FirmId> anchors;  ///< ascending
};

/// Whether a ranker may be used on a graph.
///
/// @param graph   The graph whose firms are ranked.
/// @param ranker  With a model.
/// @return        Not used when the model does not beat directed L3 on validation and is not
///                forced; the remark says so.
/// @throws Error{InvalidData}, with the file and what to do, if the model ranks another relation
///         than `supplies`, or was trained on other links and is not forced.
/// @complexity    Linear in the links.
[[nodiscard]] LearnedUse judge_ranker(const EnterpriseGraph& graph, const LearnedRanker& ranker);

/// The likeliest link of each firm with one of its anchors.
///
/// @param graph   Any graph.
/// @param model   Of `supplies`, of either end.
/// @param wishes  Any firms.
/// @return        One a wish: the pair of highest margin, ties by id of the anchor; nothing when no
///                pair is among the candidates of PairFeatures, as one already linked never is.
/// @throws Error{Cancelled}.
/// @complexity    PairFeatures::tables() of the anchors, or of the firms when the model ranks
///                customers for suppliers.
[[nodiscard]] std::vector<std::optional<LearnedLink>> learned_links(
    const EnterpriseGraph& graph, const LinkModel& model, std::span<const LinkWish> wishes,
    const std::stop_token& stop = {});

}  // namespace liantu
