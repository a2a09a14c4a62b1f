#pragma once

#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/chain/gaps/gap_backtest.hpp"
#include "liantu/report/words/run_info.hpp"

namespace LIANTU_API liantu {

/// How the rankings of a gap backtest did: hits, precision with its interval, precision over random
/// order, recall. Notes say who the candidates were, what gaps add to frequency, and the caveats.
[[nodiscard]] Sheet gap_backtest_sheet(const GapBacktest& found, Language language);

/// The same with every district, the weights learnt and the totals as JSON, schema
/// `liantu.gap_backtest/1`.
[[nodiscard]] std::string gap_backtest_json(const GapBacktest& found, const RunInfo& run);

}  // namespace liantu
