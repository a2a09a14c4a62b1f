// Any text names a division of the table or none; lines are the clues about where a firm is.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "fuzz/fuzz.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/ingest/who/locate.hpp"

namespace {

using liantu::RegionCode;
using liantu::fuzz::require;

void check_address(std::string_view text) {
  const RegionCode found = liantu::find_region(text);
  require(!found.known() || liantu::region_exists(found));
  for (const std::uint32_t code : {500000U, 440300U, 130102U}) {
    const RegionCode within{code};
    const RegionCode inside = liantu::find_region(text, within);
    require(!inside.known() || within.contains(inside));
  }
  const std::vector<RegionCode> named = liantu::regions_named(text);
  require(std::is_sorted(named.begin(), named.end()));
  for (const RegionCode one : named) require(liantu::region_exists(one));
  if (const auto code = liantu::parse_region_code(text)) {
    require(code->known() && code->value() <= 999999 && code->to_string().size() == 6);
    require(liantu::parse_region_code(code->to_string()) == code);
    require(code->province().contains(*code));
  }
}

void check_clues(std::string_view text) {
  std::array<std::string_view, 7> lines;
  for (std::string_view& line : lines) {
    const std::size_t end = text.find('\n');
    line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  liantu::LocationClues clues;
  clues.region = lines[0];
  clues.address = lines[1];
  clues.province = lines[2];
  clues.city = lines[3];
  clues.district = lines[4];
  clues.credit_code = lines[5];
  clues.name = lines[6];
  const liantu::Location location = liantu::locate(clues);
  require(location.region.code.value() <= 999999);
  for (const liantu::LocationConflict& conflict : location.conflicts) {
    require(conflict.kept_region.known() && conflict.other_region.known());
    require(!conflict.kept.en.empty() && !conflict.other.zh.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = liantu::fuzz::text_of(data, size);
  if (liantu::find_invalid_utf8(text)) return 0;
  check_address(text);
  check_clues(text);
  return 0;
}
