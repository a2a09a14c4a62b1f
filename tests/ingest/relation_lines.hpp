#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "ingest/folder.hpp"
#include "ingest/problem_lines.hpp"
#include "liantu/ingest/ingest.hpp"

namespace liantu {

/// What ingest() makes of a folder with these files.
inline IngestResult read_files(const Files& files, const IngestOptions& options = {}) {
  const Folder folder(files);
  return ingest({folder.path()}, options);
}

/// `甲 → 乙 0.2 imports 0.1 estimated io.csv:3 1.00 words` of every instance.
inline Lines relation_lines(const IngestResult& result, RelationKind kind) {
  const EnterpriseGraph& graph = result.graph;
  const Relation relation = graph.relation(kind);
  Lines lines;
  for (std::uint64_t e = 0; e < relation.size(); ++e) {
    const EdgeId edge{e};
    const Provenance from = relation.provenance(edge);
    std::string line = fmt::format("{} → {}", graph.name(relation.source(edge)),
                                   graph.name(relation.target(edge)));
    if (const auto value = relation.number(edge, EdgeNumber::Coefficient)) {
      line += fmt::format(" {:.4g}", *value);
    }
    if (const auto value = relation.number(edge, EdgeNumber::ImportShare)) {
      line += fmt::format(" imports {:.4g}", *value);
    }
    line += fmt::format(" {} {}:{} {:.2f}", basis_word(from.basis), graph.source(from.source).file,
                        from.row, from.confidence);
    if (!relation.detail(edge).empty()) line += fmt::format(" {}", relation.detail(edge));
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace liantu
