// Any text is normalised once and for all: credit codes, names of firms and industries.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/fuzz.hpp"
#include "liantu/base/values/credit_code.hpp"
#include "liantu/base/values/firm_name.hpp"
#include "liantu/base/values/industry.hpp"
#include "liantu/ingest/who/firm_matcher.hpp"

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
  require(unmarked == name.core + name.form || unmarked == name.core + "," + name.form);

  const liantu::FirmNameParts parts = liantu::split_firm_name(text);
  require(parts.form == name.form);
  require(!liantu::find_invalid_utf8(parts.place + parts.brand + parts.trade));
  for (const std::string_view firm : liantu::firms_of_branch(name.full)) {
    require(!firm.empty() && firm.size() < name.full.size() && name.full.starts_with(firm));
  }

  // The lines are known names; each is asked, the last cut off as well.
  std::vector<std::string_view> lines;
  for (std::string_view rest = text; !rest.empty() && lines.size() < 64;) {
    const std::size_t end = rest.find('\n');
    lines.push_back(rest.substr(0, end));
    rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
  }
  const liantu::FirmMatcher matcher(lines);
  for (std::uint32_t i = 0; i < lines.size(); ++i) {
    const std::string full = liantu::normalize_firm_name(lines[i]).full;
    const liantu::NameMatch match = matcher.match(lines[i]);
    if (full.empty()) {
      require(match.candidates.empty());
      continue;
    }
    require(match.same >= 1 && match.candidates.front().score == 1);
    require((match.verdict == liantu::NameVerdict::Link) == (match.same == 1));
    for (const auto& [other, score] : matcher.others(lines[i]).candidates) {
      require(other < lines.size() && score >= 0 && score < 1);
      require(liantu::normalize_firm_name(lines[other]).full != full);
    }
  }

  const liantu::IndustryReading reading = liantu::read_industry_words(text);
  require(reading.industry == nullptr || reading.coded != nullptr || reading.named != nullptr);
  if (const liantu::Industry* industry = liantu::read_industry(text)) {
    require(liantu::find_industry(industry->code) == industry);
  }
  return 0;
}
