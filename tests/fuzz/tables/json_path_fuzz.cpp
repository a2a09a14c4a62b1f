// Any ways into any nested JSON make a table that keeps what Table promises, or an Error. The first
// line names the ways, a blank between them; the others are JSON lines.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/tables/table_checks.hpp"
#include "liantu/tables/plain/json_rows.hpp"
#include "tables/plain/json_path.hpp"

namespace {

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  while (!line.empty() && words.size() < 8) {
    const std::size_t end = line.find(' ');
    if (end > 0) words.emplace_back(line.substr(0, end));
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  }
  return words;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = liantu::fuzz::text_of(data, size);
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return 0;
  const std::vector<std::string> paths = words_of(text.substr(0, end));
  for (const std::string& path : paths) {
    (void)liantu::is_json_path(path);
    if (liantu::find_invalid_utf8(path)) return 0;  // a mapping with it is refused before
  }
  if (paths.empty()) return 0;
  try {
    const liantu::Table table =
        liantu::parse_json_rows(std::string(text.substr(end + 1)), "fuzz.jsonl");
    liantu::fuzz::check(liantu::spread_rows(table, paths, {}));
  } catch (const liantu::Error& error) {
    liantu::fuzz::check_error(error);
  }
  return 0;
}
