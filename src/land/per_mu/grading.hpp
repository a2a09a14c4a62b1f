#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "liantu/land/per_mu/per_mu_scheme.hpp"

namespace liantu {

/// Grades of one class's ranked firms.
class Grading {
 public:
  /// @param scores  Of the ranked firms, rounded; in any order.
  Grading(const GradeRule& rule, std::vector<double> scores);

  /// One more than the number of ranked firms with a higher score.
  [[nodiscard]] std::size_t rank(double score) const;
  /// Nothing where the rule states no grades.
  [[nodiscard]] std::optional<char> grade(double score) const;
  /// Score with which a ranked firm of a grade would have the next better one; nothing for A, and
  /// where that grade has no place.
  [[nodiscard]] std::optional<double> needed(char grade) const;
  /// In descending order.
  [[nodiscard]] const std::vector<double>& scores() const { return scores_; }

 private:
  [[nodiscard]] std::size_t places(std::size_t grade) const;

  GradeRule rule_;
  std::vector<double> scores_;
};

/// To 0.01, halves away from 0; what binary fractions lose below a half does not count.
[[nodiscard]] double to_cents(double score);

}  // namespace liantu
