#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// What every output carries about how it was made.
struct RunInfo {
  std::string version;                                      ///< of Liantu
  std::vector<std::pair<std::string, std::string>> inputs;  ///< file name → digest
  /// option → value; one given several times stands here as often
  std::vector<std::pair<std::string, std::variant<std::string, double>>> parameters;
  std::string data_date;  ///< latest date any row states; empty when none does
};

/// The same in one sentence for people: version, data date, inputs with their digests, parameters.
[[nodiscard]] Text run_text(const RunInfo& run);

}  // namespace liantu
