#pragma once

#include <cstddef>
#include <string_view>

#include <unicode/utf8.h>

namespace liantu {

/// One character read out of UTF-8.
struct CodePoint {
  char32_t value = 0;     ///< meaningless when not valid
  std::size_t bytes = 1;  ///< bytes to step over; an invalid byte is one step
  bool valid = false;
};

/// Reads the character at `at`, which must lie before the end.
[[nodiscard]] inline CodePoint decode_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1, true};
  std::size_t next = at;
  UChar32 c = 0;
  // The macro narrows bytes implicitly.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
  U8_NEXT(text.data(), next, text.size(), c);
#pragma GCC diagnostic pop
  if (c < 0) return {};
  return {static_cast<char32_t>(c), next - at, true};
}

}  // namespace liantu
