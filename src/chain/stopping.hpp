#pragma once

#include <stop_token>

#include "liantu/base/error.hpp"

namespace liantu {

/// @throws Error{Cancelled} if the search for gaps is to end.
inline void check_stop(const std::stop_token& stop) {
  if (!stop.stop_requested()) return;
  throw Error(ErrorCode::Cancelled, {"the search for gaps was interrupted", "缺口分析被中断"});
}

}  // namespace liantu
