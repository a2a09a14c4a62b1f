// Any line of headings is told what it may be a table of; what a heading is called again gives the
// same field.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/fuzz.hpp"
#include "liantu/ingest/cells/fields.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using liantu::fuzz::require;
  std::string_view text = liantu::fuzz::text_of(data, size);
  if (liantu::find_invalid_utf8(text)) return 0;
  std::vector<std::string> headings;
  while (!text.empty() && headings.size() < 64) {
    const std::size_t end = text.find(',');
    headings.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  for (const std::string& heading : headings) {
    const liantu::Heading read = liantu::read_heading(heading);
    require(!liantu::find_invalid_utf8(read.name));
    require(read.multiplier > 0 && std::isfinite(read.multiplier));
  }
  for (const liantu::TableMeaning& meaning : liantu::recognize_table("table", headings)) {
    for (const liantu::Field& field : liantu::fields(meaning)) {
      bool fed = false;
      for (const std::string& heading : headings) {
        fed = fed || liantu::find_field(meaning, heading) == &field;
      }
      require(fed || !field.required);
    }
  }
  return 0;
}
