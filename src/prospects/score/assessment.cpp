#include "prospects/score/assessment.hpp"

#include <algorithm>
#include <cstddef>

namespace liantu {

double round_points(double weight, double value) {
  constexpr double kRounding = 1e-9;
  // None is negative, so that to cut off the fraction is to round down.
  const auto most = static_cast<std::int64_t>(weight * 100 + kRounding);
  const auto cents =
      static_cast<std::int64_t>(weight * std::clamp(value, 0.0, 1.0) * 100 + 0.5 + kRounding);
  return static_cast<double>(std::min(cents, most)) / 100;
}

std::int32_t whole_cents(double points) { return static_cast<std::int32_t>(points * 100 + 0.5); }

std::int32_t Assessment::cents() const {
  std::int32_t sum = 0;
  for (const ScorePart& part : parts) sum += whole_cents(part.points);
  return sum;
}

std::int32_t Assessment::cents_at_best() const {
  std::int32_t sum = 0;
  for (const ScorePart& part : parts) sum += whole_cents(part.points_max);
  return sum;
}

PartCents Assessment::part_cents() const {
  PartCents cents{};
  for (std::size_t i = 0; i < kPartCount; ++i) {
    cents[i] = static_cast<std::uint16_t>(whole_cents(parts[i].points));
  }
  return cents;
}

std::string_view unknown_word(Assessment::Unknown unknown) {
  constexpr std::array<std::string_view, Assessment::kUnknownCount> kWords = {
      "region",  "capacity",           "demand", "relations", "share",
      "revenue", "registered_capital", "place",  "arrivals",  "credit_code"};
  return kWords[unknown];
}

}  // namespace liantu
