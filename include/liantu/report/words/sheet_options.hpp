#pragma once

#include <cstddef>
#include <stop_token>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// How much of a report goes into a sheet.
struct SheetOptions {
  Language language = Language::En;  ///< of words inside cells; headings carry both
  std::size_t most = 0;              ///< most rows, of prospects most of each status; 0 = all
  bool brief = false;                ///< only the columns that fit a terminal
  std::stop_token stop{};            ///< asks a long list to end early, with Error{Cancelled}
};

}  // namespace liantu
