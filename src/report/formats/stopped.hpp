#pragma once

#include <cstddef>

#include "base/run/stopping.hpp"

namespace liantu {

/// What the writing of a list says that was asked to stop.
inline constexpr Interrupted kWritingStopped = {"the writing of the list was interrupted",
                                                "清单的写出被中断"};

/// How many rows a writer writes before it asks again whether to stop: none takes 100 µs.
inline constexpr std::size_t kRowsApart = 64;

}  // namespace liantu
