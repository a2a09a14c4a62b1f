#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "liantu/base/text/error.hpp"
#include "liantu/ingest/edges/edge_list.hpp"

/// Any bytes are an edge list or an Error; what is read holds no edge twice and none to itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const bool undirected : {false, true}) {
    liantu::EdgeListOptions options;
    options.undirected = undirected;
    try {
      const liantu::IngestResult result = liantu::parse_edge_list(text, "edges", options);
      const liantu::Relation supplies = result.graph.relation(liantu::RelationKind::Supplies);
      if (supplies.size() > result.tables.at(0).used) __builtin_trap();
      for (std::uint64_t e = 0; e < supplies.size(); ++e) {
        const liantu::EdgeId edge{e};
        if (supplies.source(edge) == supplies.target(edge)) __builtin_trap();
        if (undirected && supplies.source(edge) > supplies.target(edge)) __builtin_trap();
      }
    } catch (const liantu::Error&) {
    }
  }
  return 0;
}
