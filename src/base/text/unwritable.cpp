#include "liantu/base/text/unwritable.hpp"

#include <fmt/format.h>

namespace liantu {

bool unwritable(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return true;
  if (c == 0x061C || c == 0x200E || c == 0x200F) return true;
  if ((c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) return true;
  return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE || c > 0x10FFFF;
}

std::size_t count_replaced(std::string_view output) {
  constexpr std::string_view kBytes = "\xEF\xBF\xBD";
  std::size_t count = 0;
  for (std::size_t at = output.find(kBytes); at != std::string_view::npos;
       at = output.find(kBytes, at + kBytes.size())) {
    ++count;
  }
  return count;
}

Text replaced_text(std::size_t count) {
  return {fmt::format("characters that cannot be written, shown as \uFFFD: {}; mend the names in "
                      "the tables they come from",
                      count),
          fmt::format("无法写出的字符 {} 个，以 \uFFFD 代替；请在原表中修正名称", count)};
}

}  // namespace liantu
