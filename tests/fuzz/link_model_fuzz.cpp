#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "liantu/base/digest.hpp"
#include "liantu/base/error.hpp"
#include "liantu/links/link_model.hpp"

namespace {

/// Any text is a model that is written and read back the same, or an Error.
void read(const std::string& text) {
  try {
    const liantu::LinkModel model = liantu::parse_link_model(text, "model");
    const std::string written = liantu::link_model_json(model);
    if (liantu::link_model_json(liantu::parse_link_model(written, "model")) != written) {
      __builtin_trap();
    }
  } catch (const liantu::Error&) {
  }
}

}  // namespace

/// The bytes as they are, and with a checksum that fits them, so that what stands behind the
/// checksum is reached. Trees are left to the checksum: their reader is not made for hostile bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  read(text);
  constexpr std::string_view kMark = "\"checksum\": \"";
  const std::size_t at = text.find(kMark);
  if (at == std::string::npos || text.size() < at + kMark.size() + 32) return 0;
  if (text.find("boosted_trees") != std::string::npos) return 0;
  if (text.find('\\') != std::string::npos) return 0;
  const std::size_t sum = at + kMark.size();
  text.replace(sum, 32, liantu::digest(text.substr(sum + 32)));
  read(text);
  return 0;
}
