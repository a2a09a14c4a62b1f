#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// An industry read out of a firm's name and business scope.
struct InferredIndustry {
  std::string code;       ///< GB/T 4754, as narrow as the words tell: `C367`, `F51`
  double confidence = 0;  ///< how many of a hundred firms with such evidence were rightly read, as
                          ///< a share: 0.41, 0.53, 0.65, 0.79 or 0.91
  double agreement = 0;   ///< share of the evidence that agrees; (0, 1]
  std::string words;      ///< the word of the name or scope that speaks most for it

  friend bool operator==(const InferredIndustry&, const InferredIndustry&) = default;
};

/// Infers the main industry of firms that state none, as an official would who reads name and
/// scope: what a firm makes before what it trades, lets and advises on, its first clauses before
/// later ones, the last word of its name before the others.
///
/// Each item of the scope speaks for one industry: an item that is made or processed for the class
/// of GB/T 4754 that names it, an item that is traded for wholesale (F51) or, where the firm says
/// so, retail (F52), and what is done for others for the class of that service. A list counts 1 /
/// (1 + what was said before it), shared out among its items by 1 / place; making counts 1,
/// processing 0.8, trading and developing 0.6, letting and advising 0.4. The head of the name
/// counts 1.1, a word of it that tells no more than a section (机械, 工程) a half, and what stands
/// before 集团 not at all where more follows. Who invests is a holding (L721) unless its scope
/// makes things; whose name does not carry goods holds a licence for lorries of its own. The
/// section with most evidence is taken, and in it the industry; docs/industries.md says how often
/// that is right.
class IndustryClassifier {
 public:
  IndustryClassifier();
  ~IndustryClassifier();
  IndustryClassifier(IndustryClassifier&&) noexcept;
  IndustryClassifier& operator=(IndustryClassifier&&) noexcept;

  /// @param name   The firm's name, UTF-8; may be empty.
  /// @param scope  Its business scope, UTF-8; may be empty.
  /// @return       The industry with most evidence, ties by code; nothing when no word tells, or
  ///               the words tell only of a section.
  /// @complexity   Linear in the text for the vocabulary's bounded word length.
  [[nodiscard]] std::optional<InferredIndustry> classify(std::string_view name,
                                                         std::string_view scope) const;

  /// The industry that makes a product, by the words of its name alone.
  ///
  /// @param name  Of a product, UTF-8.
  /// @return      With a confidence of 0.85 where the whole name is known and 0.6 where its head is
  ///              (a third of the products of listed firms; docs/industries.md says how often that
  ///              is right); nothing when no word tells.
  /// @complexity  Linear in the text for the vocabulary's bounded word length.
  [[nodiscard]] std::optional<InferredIndustry> classify_product(std::string_view name) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace liantu
