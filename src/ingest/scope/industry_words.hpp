#pragma once

#include <span>
#include <string_view>

namespace liantu {

/// A word and the industry that it speaks for, a code of GB/T 4754.
struct IndustryWord {
  std::string_view word;
  std::string_view industry;
};

/// Things that are made, as scopes and names call them beside the names of the classes.
[[nodiscard]] std::span<const IndustryWord> product_words();
/// What is done for others, grown, built or dug.
[[nodiscard]] std::span<const IndustryWord> service_words();
/// Words of firms' names that tell a section or a division and no more.
[[nodiscard]] std::span<const IndustryWord> name_words();
/// Words of firms' names that say they trade.
[[nodiscard]] std::span<const IndustryWord> trade_words();

}  // namespace liantu
