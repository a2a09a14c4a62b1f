#pragma once

#include "liantu/base/run/progress.hpp"
#include "liantu/base/text/text.hpp"

namespace liantu::cli {

/// A progress line on standard error, drawn only on a terminal and only when the work takes longer
/// than a second. The line is wiped when its stage is done.
[[nodiscard]] Progress progress_bar(Language language);

}  // namespace liantu::cli
