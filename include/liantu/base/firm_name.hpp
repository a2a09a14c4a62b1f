#pragma once

#include <string>
#include <string_view>

#include "liantu/base/export.hpp"

namespace LIANTU_API liantu {

/// A firm's name taken apart for comparison.
struct FirmName {
  std::string full;  ///< half-width, without blanks and invisible characters, brackets () only,
                     ///< 有限责任公司 written 有限公司, Latin in lower case
  std::string core;  ///< `full` without brackets' marks and without its legal form at the end
  std::string form;  ///< the legal form taken off: 有限公司, 股份有限公司, 厂, 合作社, co.,ltd …;
                     ///< empty when none
};

/// Normalises a firm's name: two spellings of one registered name have the same `full`; two names
/// with the same `core` but different forms are probably one firm, which only a person can confirm.
///
/// @param name  UTF-8.
/// @complexity  Linear in the name.
[[nodiscard]] FirmName normalize_firm_name(std::string_view name);

}  // namespace liantu
