// Any text is a finite number or amount, or none; what is written for people is read again.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "fuzz/fuzz.hpp"
#include "liantu/base/text/number.hpp"
#include "liantu/base/values/money.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using liantu::fuzz::require;
  const std::string_view text = liantu::fuzz::text_of(data, size);
  if (const auto number = liantu::parse_number(text)) require(std::isfinite(*number));
  for (const double multiplier : {1.0, 1e4}) {
    const auto money = liantu::parse_money(text, multiplier);
    if (!money) continue;
    require(std::isfinite(money->amount) && money->currency.size() == 3);
    for (const liantu::Language language : {liantu::Language::En, liantu::Language::Zh}) {
      const std::string written = liantu::format_money({money->amount}, language);
      require(!written.empty() && !liantu::find_invalid_utf8(written));
      const auto again = liantu::parse_money(written);
      // Three digits are kept: of what is written for people half a per cent may be lost.
      if (money->amount < 1 || money->amount > 1e15) continue;
      require(again && std::abs(again->amount / money->amount - 1) < 0.0051);
    }
  }
  return 0;
}
