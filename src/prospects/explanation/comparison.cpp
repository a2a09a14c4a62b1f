#include "liantu/prospects/explanation/comparison.hpp"

#include <cmath>
#include <cstdint>

namespace liantu {

ProspectComparison compare(const Prospect& first, const Prospect& second) {
  ProspectComparison found;
  std::array<std::int64_t, kPartCount> cents{};
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < kPartCount; ++i) {
    cents[i] =
        std::llround(first.parts[i].points * 100) - std::llround(second.parts[i].points * 100);
    found.ahead[i] = static_cast<double>(cents[i]) / 100;
    sum += cents[i];
  }
  found.score = static_cast<double>(sum) / 100;
  if (sum == 0) return found;
  std::int64_t most = 0;
  for (std::size_t i = 0; i < kPartCount; ++i) {
    const std::int64_t counts = sum > 0 ? cents[i] : -cents[i];
    if (counts <= most) continue;
    most = counts;
    found.decides = static_cast<ScorePartKind>(i);
  }
  return found;
}

}  // namespace liantu
