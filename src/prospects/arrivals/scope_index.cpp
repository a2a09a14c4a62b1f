#include "prospects/arrivals/scope_index.hpp"

#include <algorithm>
#include <cmath>

#include "base/core/hash_map.hpp"

namespace liantu {
namespace {

// Of an ideograph at `at` (U+4E00 … U+9FFF) its number, else nothing; `length` is that of the
// character.
std::uint32_t ideograph(std::string_view text, std::size_t at, std::size_t& length) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const std::uint32_t first = byte(at);
  length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  length = std::min(length, text.size() - at);
  if (length != 3 || first < 0xE0) return 0;
  const std::uint32_t code =
      (first & 0x0F) << 12 | (byte(at + 1) & 0x3F) << 6 | (byte(at + 2) & 0x3F);
  return code >= 0x4E00 && code <= 0x9FFF ? code : 0;
}

}  // namespace

std::vector<std::uint32_t> ScopeIndex::pairs(std::string_view text) {
  std::vector<std::uint32_t> found;
  std::uint32_t before = 0;
  for (std::size_t at = 0, length = 0; at < text.size(); at += length) {
    const std::uint32_t now = ideograph(text, at, length);
    if (before != 0 && now != 0) found.push_back(before << 16 | now);
    before = now;
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

ScopeIndex::ScopeIndex(const std::vector<std::string_view>& texts) {
  constexpr double kCommon = 0.2;
  constexpr std::uint32_t kRare = 3;
  HashMap<std::uint32_t, std::uint32_t> numbers;  // of pairs
  std::vector<std::uint32_t> having;              // by term: how many texts
  starts_.push_back(0);
  for (const std::string_view text : texts) {
    for (const std::uint32_t pair : pairs(text)) {
      const auto [entry, fresh] =
          numbers.try_emplace(pair, static_cast<std::uint32_t>(having.size()));
      if (fresh) having.push_back(0);
      ++having[entry->second];
      terms_.push_back({entry->second, 0});
    }
    starts_.push_back(terms_.size());
  }
  const auto count = static_cast<double>(texts.size());
  std::vector<double> weights(having.size());
  for (std::size_t i = 0; i < having.size(); ++i) {
    const bool tells = having[i] >= kRare && having[i] <= kCommon * count;
    weights[i] = tells ? std::log(count / having[i]) : 0;
  }
  // What weighs nothing is left out, and vectors brought to length 1.
  std::size_t kept = 0;
  std::size_t first = 0;
  for (std::size_t text = 0; text < texts.size(); ++text) {
    const std::size_t last = starts_[text + 1];
    double square = 0;
    for (std::size_t i = first; i < last; ++i) {
      square += weights[terms_[i].term] * weights[terms_[i].term];
    }
    starts_[text] = kept;
    for (std::size_t i = first; i < last; ++i) {
      const std::uint32_t term = terms_[i].term;
      if (weights[term] == 0) continue;
      terms_[kept++] = {term, static_cast<float>(weights[term] / std::sqrt(square))};
    }
    first = last;
  }
  starts_.back() = kept;
  terms_.resize(kept);
  terms_.shrink_to_fit();
  term_starts_.assign(having.size() + 1, 0);
  for (const Term& one : terms_) ++term_starts_[one.term + 1];
  for (std::size_t i = 0; i < having.size(); ++i) term_starts_[i + 1] += term_starts_[i];
  postings_.resize(kept);
  std::vector<std::size_t> next(term_starts_.begin(), term_starts_.end() - 1);
  for (std::uint32_t text = 0; text < texts.size(); ++text) {
    for (std::size_t i = starts_[text]; i < starts_[text + 1]; ++i) {
      postings_[next[terms_[i].term]++] = {text, terms_[i].weight};
    }
  }
}

void ScopeIndex::likeness(std::size_t text, std::span<float> to) const {
  std::ranges::fill(to, 0.0F);
  for (std::size_t i = starts_[text]; i < starts_[text + 1]; ++i) {
    const Term& own = terms_[i];
    for (std::size_t p = term_starts_[own.term]; p < term_starts_[own.term + 1]; ++p) {
      to[postings_[p].text] += own.weight * postings_[p].weight;
    }
  }
}

void ScopeIndex::mean_likeness(std::span<const std::uint32_t> texts, std::span<double> to) const {
  std::ranges::fill(to, 0.0);
  if (texts.empty()) return;
  std::vector<double> sum(term_starts_.size() - 1, 0);
  for (const std::uint32_t text : texts) add_terms(text, 1, sum);
  const auto count = static_cast<double>(texts.size());
  for (double& one : sum) one /= count;
  spread(sum, to);
}

void ScopeIndex::weighed_likeness(std::span<const double> weights, std::span<double> to) const {
  std::ranges::fill(to, 0.0);
  std::vector<double> sum(term_starts_.size() - 1, 0);
  for (std::size_t text = 0; text < weights.size(); ++text) {
    if (weights[text] != 0) add_terms(text, weights[text], sum);
  }
  spread(sum, to);
}

void ScopeIndex::add_terms(std::size_t text, double weight, std::vector<double>& sum) const {
  for (std::size_t i = starts_[text]; i < starts_[text + 1]; ++i) {
    sum[terms_[i].term] += weight * terms_[i].weight;
  }
}

void ScopeIndex::spread(const std::vector<double>& sum, std::span<double> to) const {
  for (std::size_t term = 0; term < sum.size(); ++term) {
    if (sum[term] == 0) continue;
    for (std::size_t p = term_starts_[term]; p < term_starts_[term + 1]; ++p) {
      to[postings_[p].text] += sum[term] * postings_[p].weight;
    }
  }
}

}  // namespace liantu
