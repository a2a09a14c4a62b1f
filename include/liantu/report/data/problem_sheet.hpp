#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/problem.hpp"
#include "liantu/base/sheet.hpp"
#include "liantu/base/text.hpp"
#include "liantu/report/words/run_info.hpp"

namespace liantu {

/// What a Problem's kind is called, for summaries: `credit-code` is "credit codes" / "信用代码";
/// the word itself when it has no other name.
[[nodiscard]] Text problem_kind_text(std::string_view kind);

/// Problems as a sheet: severity, place, field, value, what, remedy, in the order given.
[[nodiscard]] Sheet problem_sheet(const std::vector<Problem>& problems, Language language);

/// Problems as JSON, schema `liantu.problems/1`.
[[nodiscard]] std::string problems_json(const std::vector<Problem>& problems, const RunInfo& run);

}  // namespace liantu
