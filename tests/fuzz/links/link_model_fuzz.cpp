#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/files/digest.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/links/learning/link_model.hpp"

namespace {

/// Pairs that know nothing, something and everything.
std::vector<float> probes(std::size_t width) {
  std::vector<float> values(3 * width, std::numeric_limits<float>::quiet_NaN());
  for (std::size_t i = 0; i < width; ++i) {
    if (i % 2 == 0) values[width + i] = static_cast<float>(i);
    values[2 * width + i] = -1000.0F * static_cast<float>(i);
  }
  return values;
}

/// Any text is a model that answers, and is written and read back the same, or an Error.
void read(const std::string& text) {
  try {
    const liantu::LinkModel model = liantu::parse_link_model(text, "model");
    const std::string written = liantu::link_model_json(model);
    if (liantu::link_model_json(liantu::parse_link_model(written, "model")) != written) {
      __builtin_trap();
    }
    const std::vector<float> values = probes(model.features.size());
    const std::vector<double> parts = model.contributions(values);
    if (model.margins(values).size() != 3 || parts.size() != 3 * (model.features.size() + 1)) {
      __builtin_trap();
    }
    for (const double margin : model.margins(values)) {
      if (!std::isfinite(margin)) __builtin_trap();
    }
    for (const double part : parts) {
      if (!std::isfinite(part)) __builtin_trap();
    }
  } catch (const liantu::Error&) {
  }
}

}  // namespace

/// The bytes as they are, and with a checksum that fits them, so that what stands behind the
/// checksum is reached.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  read(text);
  constexpr std::string_view kMark = "\"checksum\": \"";
  const std::size_t at = text.find(kMark);
  if (at == std::string::npos || text.size() < at + kMark.size() + 32) return 0;
  const std::size_t sum = at + kMark.size();
  text.replace(sum, 32, liantu::digest(text.substr(sum + 32)));
  read(text);
  return 0;
}
