#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// Told from time to time how far a long call has come: the stage's name, steps done, steps in all
/// (0 = not known). Called from the thread that does the work; it must not throw.
using Progress =
    std::function<void(std::string_view stage, std::uint64_t done, std::uint64_t total)>;

}  // namespace liantu
