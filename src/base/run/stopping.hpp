#pragma once

#include <cstdint>
#include <stop_token>
#include <string_view>

namespace liantu {

/// What a run says that was asked to stop: `the search for gaps was interrupted`.
struct Interrupted {
  std::string_view en;
  std::string_view zh;
};

/// How many things a loop looks at before it asks again whether to stop, where each takes well
/// below 10 µs.
inline constexpr std::uint32_t kLooksApart = 4096;

/// @throws Error{Cancelled} that says `what` if the run is to stop.
void check_stop(const std::stop_token& stop, const Interrupted& what);

/// A wish to stop, and what is said when it is granted: for what serves several kinds of runs.
struct Stopping {
  std::stop_token stop;
  Interrupted what;

  /// @throws Error{Cancelled} if the run is to stop.
  void check() const { check_stop(stop, what); }
};

}  // namespace liantu
