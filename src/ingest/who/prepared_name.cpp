#include "ingest/who/prepared_name.hpp"

#include <algorithm>

#include <xxhash.h>

#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

char16_t code_of(char32_t c) {
  return c < 0x10000 ? static_cast<char16_t>(c) : static_cast<char16_t>(0xE000 + c % 0x1900);
}

std::uint64_t hash_of(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

// Whether a name ends as shops and offices are registered, which have no legal form.
bool ends_as_a_shop(std::string_view full) {
  constexpr std::string_view kEnds[] = {"店", "部", "站", "场", "行",   "社",  "所",
                                        "院", "馆", "厅", "园", "校",   "铺",  "点",
                                        "坊", "吧", "城", "处", "中心", "超市"};
  return std::ranges::any_of(kEnds, [&](std::string_view end) { return full.ends_with(end); });
}

}  // namespace

std::string_view without_market_marks(std::string_view full) {
  for (const std::string_view mark : {"*st", "s*st", "sst", "st"}) {
    if (full.starts_with(mark) && full.size() > mark.size() + 3 &&
        static_cast<unsigned char>(full[mark.size()]) >= 0x80) {
      full.remove_prefix(mark.size());
      break;
    }
  }
  for (const std::string_view mark : {"-swr", "-sw", "-wr", "-uw", "-w", "-s", "-b", "-u", "-p",
                                      "-r", "(退市)", "(退)", "a", "b", "h"}) {
    if (full.ends_with(mark) && full.size() > mark.size() + 3 &&
        static_cast<unsigned char>(full[full.size() - mark.size() - 1]) >= 0x80) {
      full.remove_suffix(mark.size());
      break;
    }
  }
  return full;
}

PreparedName prepare_name(const FirmName& normal) {
  PreparedName out;
  const FirmNameParts parts = split_firm_name(normal);
  out.full = hash_of(normal.full);
  out.form = hash_of(normal.form);
  out.has_form = !normal.form.empty() || (!parts.place.empty() && ends_as_a_shop(normal.full));
  const auto add = [&](std::string_view text, NamePart part) {
    for (const char32_t c : to_utf32(text)) {
      if (out.size == kLongestCompared) return;
      out.characters[out.size] = code_of(c);
      out.parts[out.size++] = part;
    }
  };
  if (!parts.place.empty()) out.region = find_region(parts.place);
  add(parts.place, NamePart::Place);
  add(parts.brand, NamePart::Brand);
  add(parts.trade, NamePart::Trade);
  add(parts.form, NamePart::Form);
  out.says_shares = normal.full.ends_with("股份");
  return out;
}

KnownName known_name(const PreparedName& name, std::size_t begin) {
  KnownName known;
  known.form = name.form;
  known.begin = static_cast<std::uint32_t>(begin);
  known.region = name.region;
  known.size = static_cast<std::uint8_t>(name.size);
  const auto end_of = [&](NamePart last) {
    const auto* const first = name.parts.data();
    const auto behind = [last](NamePart part) { return part > last; };
    return static_cast<std::uint8_t>(std::find_if(first, first + name.size, behind) - first);
  };
  known.place_end = end_of(NamePart::Place);
  known.brand_end = end_of(NamePart::Brand);
  known.trade_end = end_of(NamePart::Trade);
  known.has_form = name.has_form;
  return known;
}

}  // namespace liantu
