#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace liantu {

/// An industry read out of a firm's name and business scope.
struct InferredIndustry {
  std::string code;       ///< GB/T 4754, as narrow as the words tell: `C367`, `F51`
  double confidence = 0;  ///< share of the evidence that agrees × how clear the clearest word is;
                          ///< (0, 0.9]
  std::string words;      ///< the word of the name or scope that speaks most for it

  friend bool operator==(const InferredIndustry&, const InferredIndustry&) = default;
};

/// Infers the main industry of firms that state none. What a firm does first, in its scope and in
/// its name, counts most: the registers take the industry from the first item of the scope.
///
/// Each item of the scope speaks for one industry: an item that is made or processed for the class
/// of GB/T 4754 that names it, an item that is traded for wholesale (F51) or, where the firm says
/// so, retail (F52), and what is done for others for the class of that service. The item at place k
/// (from 0) of the scope counts 1 / (k + 1), halved when its word only ends the item or stands in
/// it; further items of one list count as one; the name counts as much as the first item, by
/// the word that stands last in it, goods only where the firm makes before it trades.
class IndustryClassifier {
 public:
  IndustryClassifier();
  ~IndustryClassifier();
  IndustryClassifier(IndustryClassifier&&) noexcept;
  IndustryClassifier& operator=(IndustryClassifier&&) noexcept;

  /// @param name   The firm's name, UTF-8; may be empty.
  /// @param scope  Its business scope, UTF-8; may be empty.
  /// @return       The industry with most evidence, ties by code; nothing when no word tells.
  /// @complexity   Linear in the text for the vocabulary's bounded word length.
  [[nodiscard]] std::optional<InferredIndustry> classify(std::string_view name,
                                                         std::string_view scope) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace liantu
