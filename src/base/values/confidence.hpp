#pragma once

#include <cmath>

namespace liantu {

/// A confidence that others have to reach. A graph keeps confidences in steps of 1/255, so both are
/// brought to those steps: what is stated at exactly the threshold reaches it.
class Threshold {
 public:
  explicit Threshold(double threshold)
      : least_(static_cast<double>(std::lround(threshold * kSteps)) - 0.5) {}

  /// @param confidence  [0, 1].
  [[nodiscard]] bool reached_by(double confidence) const { return confidence * kSteps >= least_; }

 private:
  static constexpr double kSteps = 255;
  double least_;  // what is rounded up to the threshold's step
};

/// Whether a confidence reaches a threshold, see Threshold.
[[nodiscard]] inline bool reaches(double confidence, double threshold) {
  return Threshold(threshold).reached_by(confidence);
}

}  // namespace liantu
