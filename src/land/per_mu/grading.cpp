#include "land/per_mu/grading.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace liantu {

Grading::Grading(const GradeRule& rule, std::vector<double> scores)
    : rule_(rule), scores_(std::move(scores)) {
  std::ranges::sort(scores_, std::greater<>());
}

std::size_t Grading::rank(double score) const {
  const auto first = std::ranges::lower_bound(scores_, score, std::greater<>());
  return static_cast<std::size_t>(first - scores_.begin()) + 1;
}

// How many ranks are A, or at least B, or at least C.
std::size_t Grading::places(std::size_t grade) const {
  const double places = rule_.bounds[grade] * static_cast<double>(scores_.size());
  return static_cast<std::size_t>(std::floor(places + 1e-9));
}

std::optional<char> Grading::grade(double score) const {
  if (rule_.by == GradeBy::None) return std::nullopt;
  const std::size_t place = rule_.by == GradeBy::Rank ? rank(score) : 0;
  for (std::size_t i = 0; i < rule_.bounds.size(); ++i) {
    const bool reached = rule_.by == GradeBy::Rank ? place <= places(i) : score >= rule_.bounds[i];
    if (reached) return static_cast<char>('A' + i);
  }
  return 'D';
}

std::optional<double> Grading::needed(char grade) const {
  if (rule_.by == GradeBy::None || grade == 'A') return std::nullopt;
  const auto better = static_cast<std::size_t>(grade - 'A') - 1;
  if (rule_.by == GradeBy::Score) return rule_.bounds[better];
  const std::size_t last = places(better);
  if (last == 0) return std::nullopt;
  return scores_[last - 1];
}

double to_cents(double score) {
  const double cents = score * 100;
  return std::round(cents + std::copysign(1e-7, cents)) / 100;
}

}  // namespace liantu
