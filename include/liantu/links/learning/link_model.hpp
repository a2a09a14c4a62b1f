#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/links/backtest/calibration.hpp"
#include "liantu/links/backtest/link_task.hpp"
#include "liantu/links/learning/boosted_trees.hpp"
#include "liantu/links/learning/logistic_regression.hpp"
#include "liantu/links/learning/pair_features.hpp"

namespace LIANTU_API liantu {

/// How a way of ranking did on sources that it was not trained on.
struct ValidationFigures {
  std::string method;     ///< `directed_l3`, `boosted_trees`
  double mrr = 0;         ///< mean over sources of 1 / rank of the first answer found
  double map = 0;         ///< mean over sources of average precision
  double recall_100 = 0;  ///< mean over sources of the share of answers within the first 100
  std::size_t sources = 0;
  std::size_t links = 0;

  friend bool operator==(const ValidationFigures&, const ValidationFigures&) = default;
};

/// What a model was trained on.
struct ModelOrigin {
  RelationKind relation = RelationKind::Supplies;
  SourceEnd source_end = SourceEnd::To;
  FirmGrouping grouping = FirmGrouping::None;
  std::string data;  ///< digest of the visible links
  std::uint64_t seed = 1;
  double hidden_share = 0;  ///< of the visible links that were hidden to learn from; a probability
                            ///< says how likely a pair is one of as many
  friend bool operator==(const ModelOrigin&, const ModelOrigin&) = default;
};

/// A trained ranker of pairs, with all that is needed to use and to judge it.
struct LinkModel {
  ModelOrigin origin;
  std::vector<std::string> features;  ///< names, in the order of the values it takes
  std::variant<LogisticRegression, std::shared_ptr<const BoostedTrees>> ranker;
  Calibration calibration;
  std::vector<ReliabilityRow> reliability;    ///< on sources that neither trained nor calibrated
  std::vector<ValidationFigures> validation;  ///< on the same; `directed_l3` first

  /// `logistic_regression` or `boosted_trees`.
  [[nodiscard]] std::string_view kind() const;
  /// Whether it did better than directed L3 on validation, in MRR and MAP both.
  [[nodiscard]] bool beats_directed_l3() const;
  /// Margins of pairs, one behind the other; finite.
  [[nodiscard]] std::vector<double> margins(std::span<const float> values) const;
  /// What every feature adds to a pair's margin, and the bias behind them.
  [[nodiscard]] std::vector<double> contributions(std::span<const float> values) const;
};

/// The model as a file: JSON with a version and a checksum, trees inside it as base64.
[[nodiscard]] std::string link_model_json(const LinkModel& model);

/// Reads what link_model_json() wrote.
///
/// @param text  Content.
/// @param file  Name used in messages.
/// @throws Error{InvalidData}, with the place and what to do, if it is not a model, was cut short
///         or changed, is of another version, or was trained on other features than
///         pair_features().
/// @complexity  Linear in the text.
[[nodiscard]] LinkModel parse_link_model(std::string_view text, const std::string& file);

}  // namespace liantu
