// Any file is a prospect list that Liantu wrote, one in which people wrote, both, or an Error,
// whatever its name says it holds.

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "fuzz/folder.hpp"
#include "fuzz/fuzz.hpp"
#include "liantu/ingest/kept_list.hpp"
#include "liantu/ingest/written_list.hpp"
#include "liantu/projects/ledger_import.hpp"

namespace {

using liantu::fuzz::require;

void check(const liantu::WrittenList& list) {
  for (const liantu::WrittenRow& row : list.rows) {
    require(!liantu::find_invalid_utf8(row.name));
    require(!row.score || (*row.score >= 0 && *row.score <= 100));
  }
}

void check(const liantu::KeptList& list) {
  for (const liantu::KeptRow& row : list.rows) {
    require(!row.name.empty() || !row.code.empty() || !row.written.empty());
  }
  // An Error from here on is a promise broken.
  const liantu::LedgerImport import =
      liantu::read_ledger_contacts(list, {liantu::Date{2025, 1, 31}});
  require(import.lines.size() <= list.rows.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const liantu::fuzz::Folder folder;
  constexpr std::array kNames = {"list.csv", "list.json", "list.xlsx", "list.txt"};
  if (size == 0) return 0;
  const std::filesystem::path file = folder.file(kNames.at(data[0] % kNames.size()));
  const std::string text(liantu::fuzz::text_of(data + 1, size - 1));
  std::ofstream(file, std::ios::binary)
      .write(text.data(), static_cast<std::streamsize>(text.size()));
  liantu::fuzz::read_or_refuse([&] { check(liantu::read_written_list(file)); });
  liantu::fuzz::read_or_refuse([&] { check(liantu::parse_written_list(text, "fuzz.json")); });
  std::optional<liantu::KeptList> kept;
  liantu::fuzz::read_or_refuse([&] { kept = liantu::read_kept_list(file); });
  if (kept) check(*kept);
  return 0;
}
