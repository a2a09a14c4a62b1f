#include "report/formats/xml_text.hpp"

#include "liantu/base/text/unwritable.hpp"
#include "liantu/base/text/utf8.hpp"

namespace liantu {

std::string xml_escaped(std::string_view text) {
  std::u32string result;
  for (const char32_t c : to_utf32(text)) {
    const bool allowed = c == U'\n' || c == U'\t' || !unwritable(c);
    if (c == U'&') {
      result += U"&amp;";
    } else if (c == U'<') {
      result += U"&lt;";
    } else if (c == U'>') {
      result += U"&gt;";
    } else if (c == U'"') {
      result += U"&quot;";
    } else {
      result += allowed ? c : kReplacement;
    }
  }
  return to_utf8(result);
}

}  // namespace liantu
