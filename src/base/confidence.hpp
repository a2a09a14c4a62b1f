#pragma once

#include <cmath>

namespace liantu {

/// Whether a confidence reaches a threshold. A graph keeps confidences in steps of 1/255, so both
/// are brought to those steps: what is stated at exactly the threshold reaches it.
[[nodiscard]] inline bool reaches(double confidence, double threshold) {
  constexpr double kSteps = 255;
  return std::lround(confidence * kSteps) >= std::lround(threshold * kSteps);
}

}  // namespace liantu
