#pragma once

#include <cstdint>
#include <stop_token>
#include <utility>

#include "base/run/stopping.hpp"

namespace liantu {

/// Asks whether to stop at every kLooksApart-th step, each of which takes well below 10 µs.
class PacedStop {
 public:
  explicit PacedStop(const Interrupted& what) : stopping_{{}, what} {}

  void start(std::stop_token stop) { stopping_.stop = std::move(stop); }
  /// To be called for each thing looked at.
  /// @throws Error{Cancelled} if the run is to stop.
  void take_step() {
    if (++steps_ % kLooksApart == 0) stopping_.check();
  }

 private:
  Stopping stopping_;
  std::uint32_t steps_ = 0;
};

}  // namespace liantu
