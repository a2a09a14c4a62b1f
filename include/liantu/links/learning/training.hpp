#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/run/progress.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/links/backtest/link_task.hpp"
#include "liantu/links/learning/link_model.hpp"
#include "liantu/links/learning/link_scorecard.hpp"
#include "liantu/links/learning/pair_features.hpp"

namespace LIANTU_API liantu {

/// Which visible links are hidden to learn from.
enum class LearnFrom : std::uint8_t {
  Chance,  ///< a share drawn afresh for each fold
  Latest,  ///< for the first fold the latest share by date, for each further one the share before
           ///< it, with all that came later hidden but not asked for; dated by `since`, else
           ///< `as_of`
};

/// Options of train_links() and learned_methods().
struct LearnOptions {
  std::uint64_t seed = 1;
  double share = 0.1;  ///< of the visible links that each fold hides to learn from; (0, 0.5]
  int folds = 3;       ///< how often links are hidden afresh; 1..10
  LearnFrom from = LearnFrom::Chance;
  std::optional<std::uint32_t> cap;  ///< links of sources with as many visible links or more are
                                     ///< never hidden: their lists may have been cut; ≥ 1
  std::size_t most_sources = 6000;   ///< most sources learnt from, over all folds; ≥ 1
  std::size_t most_pairs = 400000;   ///< most pairs learnt from; ≥ 1
  FirmGrouping grouping = FirmGrouping::Auto;
  LinkScorecard scorecard = default_link_scorecard();
  bool force = false;    ///< use models that do not beat directed L3 on validation
  unsigned threads = 0;  ///< most threads used; 0 = one a processor
  std::stop_token stop;  ///< asks a long run to end early
  Progress progress;     ///< told about folds and models
};

/// Trains the rankers of missing links on what a task leaves visible.
///
/// Each fold hides a share of the visible links whose reverse is not visible, takes every source
/// that lost one, and labels the candidates that PairFeatures finds without the hidden links. Of
/// the sources eight in ten train, one in ten chooses the objective of the trees and calibrates,
/// one in ten gives the figures; a source stands in one part only.
///
/// @param graph    Any graph.
/// @param task     Relation, end of the sources, hidden links; questions are not looked at.
/// @param options  See LearnOptions.
/// @return         The logistic regression and the boosted trees, in this order; the same for the
///                 same input on any number of threads.
/// @throws Error{InvalidArgument} if an option lies outside its range; Error{NotFound} if the
///         visible links are too few to train, calibrate and judge (at least 30 links in each
///         part); Error{Cancelled}.
/// @source  Burges (2010) for the ranker; Zadrozny, Elkan (2002), doi:10.1145/775047.775151, for
///          the calibration.
[[nodiscard]] std::vector<LinkModel> train_links(const EnterpriseGraph& graph, const LinkTask& task,
                                                 const LearnOptions& options = {});

/// Digest of the links that a task leaves visible, as a model's ModelOrigin::data says it.
/// @complexity  Linear in the links.
[[nodiscard]] std::string links_digest(const EnterpriseGraph& graph, const LinkTask& task);

}  // namespace liantu
