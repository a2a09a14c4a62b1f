#pragma once

#include "cli/command.hpp"

namespace liantu::cli {

/// What `train --arrivals` does: learns from who came. Options that it reads where they are
/// declared: `arrivals` (required), `places`, `until`, `years`, `seed`, `force`, `output`, `json`.
/// Exit::Negative when too little came, or the model beats no baseline and is not written.
[[nodiscard]] Exit train_arrivals_verb(const Call& call);

}  // namespace liantu::cli
