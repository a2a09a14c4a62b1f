#include "liantu/base/text/path_text.hpp"

#include <cstddef>
#include <string_view>

#include <fmt/format.h>

#include "liantu/base/text/utf8.hpp"

namespace liantu {

std::string path_text(const std::filesystem::path& path) {
  const std::string bytes = path.generic_string();
  const auto plain = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]) < 0x80; };
  std::string text;
  for (std::size_t begin = 0, end = 0; begin < bytes.size(); begin = end) {
    for (end = begin + 1; end < bytes.size() && plain(end) == plain(begin);) ++end;
    const std::string_view run = std::string_view(bytes).substr(begin, end - begin);
    if (!find_invalid_utf8(run)) {
      text += run;
      continue;
    }
    for (const char byte : run) text += fmt::format("\\x{:02X}", static_cast<unsigned char>(byte));
  }
  return text;
}

}  // namespace liantu
