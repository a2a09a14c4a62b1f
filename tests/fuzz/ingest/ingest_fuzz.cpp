// Any few tables in a folder become a graph that a snapshot keeps, with problems that say where and
// what, or an Error. A line `== NAME` starts a table.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>

#include "fuzz/folder.hpp"
#include "fuzz/fuzz.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/ingest/ingest.hpp"

namespace {

using liantu::fuzz::require;

/// A name that stays in the folder.
bool is_plain(std::string_view name) {
  return !name.empty() && name.size() < 100 && name.front() != '.' &&
         name.find_first_of(std::string_view("/\0", 2)) == std::string_view::npos;
}

void write_tables(std::string_view text, const std::filesystem::path& folder) {
  constexpr std::string_view kMark = "== ";
  while (!text.empty()) {
    const std::size_t next = text.find("\n== ", 1);
    std::string_view table = text.substr(0, next);
    text.remove_prefix(next == std::string_view::npos ? text.size() : next + 1);
    std::string name = "table.csv";
    if (table.starts_with(kMark)) {
      const std::size_t end = table.find('\n');
      const std::string_view stated = table.substr(kMark.size(), end - kMark.size());
      if (is_plain(stated)) name = std::string(stated);
      table.remove_prefix(end == std::string_view::npos ? table.size() : end + 1);
    }
    std::ofstream(folder / name, std::ios::binary)
        .write(table.data(), static_cast<std::streamsize>(table.size()));
  }
}

void check(const liantu::IngestResult& result) {
  for (const liantu::Problem& problem : result.problems) {
    require(!problem.place.file.empty() && !problem.kind.empty());
    require(!problem.what.en.empty() && !problem.what.zh.empty());
    require(!liantu::find_invalid_utf8(problem.value));
  }
  for (const liantu::TableSummary& table : result.tables) {
    require(table.used + table.left_out <= table.rows);
  }
  const std::string written = liantu::snapshot_bytes(result.graph);
  const liantu::EnterpriseGraph again =
      liantu::read_snapshot_bytes(std::as_bytes(std::span(written)), "again", liantu::Verify::Full);
  require(liantu::snapshot_bytes(again) == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const liantu::fuzz::Folder work;
  const std::filesystem::path folder = work.file("tables");
  std::filesystem::remove_all(folder);
  std::filesystem::create_directory(folder);
  write_tables(liantu::fuzz::text_of(data, size), folder);
  liantu::IngestOptions options;
  options.unusable = liantu::UnusableFiles::Report;
  try {
    check(liantu::ingest({folder}, options));
  } catch (const liantu::Error& error) {
    liantu::fuzz::check_error(error);
  }
  return 0;
}
