// Any file is a table of links between two different firms each, or an Error, whatever its name
// says it holds.

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "fuzz/folder.hpp"
#include "fuzz/fuzz.hpp"
#include "liantu/ingest/edges/link_table.hpp"

namespace {

using liantu::fuzz::require;

void check(const liantu::LinkTable& table) {
  const liantu::Relation links = table.graph.relation(liantu::RelationKind::Supplies);
  require(links.size() > 0);
  for (std::uint64_t e = 0; e < links.size(); ++e) {
    require(links.source(liantu::EdgeId{e}) != links.target(liantu::EdgeId{e}));
  }
  for (const liantu::Problem& problem : table.problems) {
    require(!problem.what.en.empty() && !problem.what.zh.empty());
    require(!liantu::find_invalid_utf8(problem.value));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const liantu::fuzz::Folder folder;
  constexpr std::array kNames = {"links.csv", "links.txt", "links.json", "links.tsv"};
  if (size == 0) return 0;
  const std::filesystem::path file = folder.file(kNames.at(data[0] % kNames.size()));
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(data + 1), static_cast<std::streamsize>(size - 1));
  for (const bool undirected : {false, true}) {
    try {
      liantu::LinkTableOptions options;
      options.undirected = undirected;
      check(liantu::read_links(file, options));
    } catch (const liantu::Error& error) {
      liantu::fuzz::check_error(error);
    }
  }
  return 0;
}
