#pragma once

#include "cli/command.hpp"

namespace liantu::cli {

/// What `evaluate --ledger` does: asks how a former list turned out. Options that it reads where they
/// are declared: `ledger`, `list` and `list-date`, and those of declare_output(). Exit::Negative when
/// there are too few outcomes to conclude anything.
[[nodiscard]] Exit evaluate_list(const Call& call);

}  // namespace liantu::cli
