#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"

/// What fuzz targets share.
namespace liantu::fuzz {

/// Ends the program where a promise is broken, so that the fuzzer keeps the input.
inline void require(bool holds) {
  if (!holds) __builtin_trap();
}

/// An error has a message in both languages that a terminal can show.
inline void check_error(const Error& error) {
  require(!error.message().en.empty() && !error.message().zh.empty());
  require(!find_invalid_utf8(error.message().en) && !find_invalid_utf8(error.message().zh));
}

/// Reads what may be no such file: refused it is with an error that can be shown.
template <typename Read>
void read_or_refuse(const Read& read) {
  try {
    read();
  } catch (const Error& error) {
    check_error(error);
  }
}

/// The input as text.
[[nodiscard]] inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// The input as a row of small choices; 0 once it has ended.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : text_(text_of(data, size)) {}

  [[nodiscard]] bool empty() const { return text_.empty(); }
  /// A number below `bound`, which is at most 256.
  std::uint32_t below(std::uint32_t bound) {
    if (text_.empty()) return 0;
    const auto byte = static_cast<unsigned char>(text_.front());
    text_.remove_prefix(1);
    return byte % bound;
  }

 private:
  std::string_view text_;
};

}  // namespace liantu::fuzz
