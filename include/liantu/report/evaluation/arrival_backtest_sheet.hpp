#pragma once

#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/prospects/arrivals/arrival_backtest.hpp"
#include "liantu/report/words/run_info.hpp"

namespace LIANTU_API liantu {

/// How rankings foretold who came: a row for every window, view and ranking. Notes say what a list
/// such as this one is worth, on average over places, and what the figures rest on.
[[nodiscard]] Sheet arrival_backtest_sheet(const ArrivalBacktest& found, Language language);

/// The same as JSON, schema `liantu.arrival_backtest/1`.
[[nodiscard]] std::string arrival_backtest_json(const ArrivalBacktest& found, const RunInfo& run);

}  // namespace liantu
