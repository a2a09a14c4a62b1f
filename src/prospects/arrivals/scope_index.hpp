#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace liantu {

/// How like business scopes are: the cosine over pairs of neighbouring ideographs, each weighing
/// ln(texts / texts that have it). Pairs that more than a fifth or fewer than three of the texts
/// have weigh nothing.
/// @source  Salton, Buckley (1988), doi:10.1016/0306-4573(88)90021-0.
class ScopeIndex {
 public:
  /// @param texts  UTF-8; views are not kept.
  explicit ScopeIndex(const std::vector<std::string_view>& texts);

  /// The cosine of one text to all, into `to`, one a text.
  /// @complexity  O(texts + Σ texts that have a pair of it).
  void likeness(std::size_t text, std::span<float> to) const;

  /// The mean of the cosines of some texts to all, into `to`.
  void mean_likeness(std::span<const std::uint32_t> texts, std::span<double> to) const;

  /// The sum of the cosines of all texts, each weighed, to all, into `to`.
  /// @param weights  By text.
  void weighed_likeness(std::span<const double> weights, std::span<double> to) const;

  /// Whether a text has a pair that weighs anything, so that it is like itself by 1, else by 0.
  [[nodiscard]] bool tells(std::size_t text) const { return starts_[text] < starts_[text + 1]; }

  /// The pairs of a text, each once, as numbers: two ideographs.
  [[nodiscard]] static std::vector<std::uint32_t> pairs(std::string_view text);

  [[nodiscard]] std::size_t size() const { return starts_.size() - 1; }

 private:
  void add_terms(std::size_t text, double weight, std::vector<double>& sum) const;
  void spread(const std::vector<double>& sum, std::span<double> to) const;

  struct Posting {
    std::uint32_t text = 0;
    float weight = 0;  // of the pair, by the length of the text's vector
  };
  struct Term {
    std::uint32_t term = 0;
    float weight = 0;
  };
  std::vector<Term> terms_;          // text by text
  std::vector<std::size_t> starts_;  // of texts in terms_
  std::vector<Posting> postings_;    // term by term
  std::vector<std::size_t> term_starts_;
};

}  // namespace liantu
