#pragma once

#include <cstdint>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu::detail {

/// How far the freezing of a graph has come, and whether it should end.
class BuildWatch {
 public:
  /// Steps that freeze() takes with every instance.
  static constexpr std::uint64_t kSteps = 4;

  /// @param instances  Of all relations together.
  BuildWatch(const BuildOptions& options, std::uint64_t instances)
      : options_(options), total_(instances * kSteps) {}

  [[nodiscard]] bool stopped() const noexcept { return options_.stop.stop_requested(); }
  /// @throws Error{Cancelled} if asked to end.
  void check() const {
    if (!stopped()) return;
    throw Error(ErrorCode::Cancelled, {"the building of the graph was interrupted", "建图被中断"});
  }
  /// Says that a step is done with so many instances. Called by one thread at a time.
  /// @throws Error{Cancelled} if asked to end.
  void step(std::uint64_t instances) {
    check();
    done_ += instances;
    if (options_.progress) options_.progress("freeze", done_, total_);
  }

 private:
  const BuildOptions& options_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
};

}  // namespace liantu::detail
