#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// A column of the prospect list that people fill in, kept from one list to the next.
struct FillIn {
  std::string_view key;
  Text heading;
  std::vector<Text> choices;  ///< what may be chosen; anything may be written when empty
};

/// 责任单位, 责任人, 跟进阶段, 下一步, 完成时限, 备注, in the order of the list.
[[nodiscard]] std::span<const FillIn> fill_in_columns();

}  // namespace liantu
