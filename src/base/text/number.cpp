#include "liantu/base/text/number.hpp"

#include <charconv>
#include <cstddef>
#include <string>
#include <system_error>

#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

constexpr std::string_view kMinusSign = "−";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Appends `text` without its thousands separators; false when one stands where none belongs.
bool append_ungrouped(std::string& out, std::string_view text) {
  if (text.find(',') == std::string_view::npos) {
    out += text;
    return true;
  }
  std::size_t digits = 0;  // of the group being read
  bool first = true;
  std::size_t at = 0;
  for (; at < text.size() && (is_digit(text[at]) || text[at] == ','); ++at) {
    if (text[at] != ',') {
      ++digits;
      out.push_back(text[at]);
      continue;
    }
    if (first ? digits == 0 || digits > 3 : digits != 3) return false;
    first = false;
    digits = 0;
  }
  if (digits != 3) return false;
  out += text.substr(at);
  return out.find(',') == std::string::npos;
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  const std::string narrow = normalize_width(text);
  std::string_view rest = trim(narrow);
  const bool percent = rest.ends_with('%');
  if (percent) {
    rest.remove_suffix(1);
    rest = trim(rest);
  }
  std::string plain;
  if (rest.starts_with(kMinusSign)) {
    plain = "-";
    rest.remove_prefix(kMinusSign.size());
  } else if (rest.starts_with('-') || rest.starts_with('+')) {
    if (rest.front() == '-') plain = "-";
    rest.remove_prefix(1);
  }
  // Keeps out a second sign and the words inf and nan.
  if (rest.empty() || (!is_digit(rest.front()) && rest.front() != '.')) return std::nullopt;
  if (!append_ungrouped(plain, rest)) return std::nullopt;
  // Moving the exponent rounds once; dividing the number would round twice.
  const bool shift = percent && plain.find_first_of("eE") == std::string::npos;
  if (shift) plain += "e-2";

  double value = 0;
  const char* end = plain.data() + plain.size();
  const auto [stop, error] = std::from_chars(plain.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return percent && !shift ? value / 100 : value;
}

}  // namespace liantu
