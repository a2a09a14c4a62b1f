#pragma once

#include "base/run/stopping.hpp"

namespace liantu {

/// What a ranking says that was asked to stop.
inline constexpr Interrupted kRankingStopped = {"the ranking was interrupted", "排序被中断"};

}  // namespace liantu
