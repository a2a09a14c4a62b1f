#pragma once

#include "cli/command.hpp"

namespace liantu::cli {

/// What `evaluate --arrivals` does: judges rankings by who really came. Options that it reads where
/// they are declared: `arrivals` and `from` (required), `years`, `places`, `least`, `model`, `top`,
/// `seed` and those of declare_output(); an output `.csv` gets the lists. Exit::Negative when too
/// little came to conclude anything.
[[nodiscard]] Exit evaluate_arrivals(const Call& call);

}  // namespace liantu::cli
