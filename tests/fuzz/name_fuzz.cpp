// Any text is normalised once and for all: credit codes, names of firms and industries.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz.hpp"
#include "liantu/base/credit_code.hpp"
#include "liantu/base/firm_name.hpp"
#include "liantu/base/industry.hpp"

namespace {

using liantu::fuzz::require;

/// Whether a text is in the compatibility form. Where a blank is taken out from between a letter
/// and a mark, the two are not, and only then another turn may change something.
bool composed(const std::string& text) { return liantu::normalize_width(text) == text; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = liantu::fuzz::text_of(data, size);
  if (liantu::find_invalid_utf8(text)) return 0;

  const std::string code = liantu::normalize_credit_code(text);
  require(!composed(code) || liantu::normalize_credit_code(code) == code);
  if (liantu::check_credit_code(code) == liantu::CreditCodeFault::None) {
    require(code.size() == 18);
    require(liantu::credit_code_check_digit(code.substr(0, 17)) == code.back());
  }
  require(liantu::credit_code_region(code).value() <= 999999);

  const liantu::FirmName name = liantu::normalize_firm_name(text);
  require(!liantu::find_invalid_utf8(name.full) && !liantu::find_invalid_utf8(name.core));
  require(!composed(name.full) || liantu::normalize_firm_name(name.full).full == name.full);
  std::string unmarked = name.full;
  std::erase_if(unmarked, [](char c) { return c == '(' || c == ')'; });
  require(unmarked == name.core + name.form);

  if (const liantu::Industry* industry = liantu::read_industry(text)) {
    require(liantu::find_industry(industry->code) == industry);
  }
  return 0;
}
