#pragma once

#include "cli/command.hpp"

namespace liantu::cli {

/// What `evaluate --gaps` does: backtests the gaps of all districts. Options that it reads where
/// they are declared: `before` (required) and `until` (dates), `region`, `seed` (std::int64_t) and
/// those of declare_output(). Exit::Negative when too little came to conclude anything.
[[nodiscard]] Exit evaluate_gaps(const Call& call);

}  // namespace liantu::cli
