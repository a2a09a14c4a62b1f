#pragma once

#include <stop_token>

#include "base/run/stopping.hpp"

namespace liantu {

inline constexpr Interrupted kGapSearch = {"the search for gaps was interrupted", "缺口分析被中断"};
inline constexpr Interrupted kCriticalitySearch = {
    "the search for critical segments was interrupted", "关键环节分析被中断"};
inline constexpr Interrupted kDirectionSearch = {"the search for directions was interrupted",
                                                 "延链方向分析被中断"};
inline constexpr Interrupted kBacktest = {"the backtest was interrupted", "回测被中断"};
inline constexpr Interrupted kRequirement = {"the total requirement was interrupted",
                                             "完全需要量的计算被中断"};
inline constexpr Interrupted kPositionSearch = {"the search for positions was interrupted",
                                                "环节位置的计算被中断"};

}  // namespace liantu
