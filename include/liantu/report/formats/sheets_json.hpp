#pragma once

#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/report/words/run_info.hpp"

namespace LIANTU_API liantu {

/// Sheets as JSON: behind what is said of the run, each sheet under its name as a list of objects
/// whose members are the columns' keys. Nothing is null.
///
/// @param stop  Asks a long writing to end early.
/// @throws Error{Cancelled}
[[nodiscard]] std::string sheets_json(std::string_view schema,
                                      const std::vector<std::pair<std::string, Sheet>>& sheets,
                                      const RunInfo& run, const std::stop_token& stop = {});

/// Sentences as a sheet for sheets_json(): a row each, with the members `en` and `zh`.
[[nodiscard]] Sheet note_sheet(const std::vector<Text>& notes);

}  // namespace liantu
