#pragma once

#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/report/words/run_info.hpp"
#include "liantu/report/words/sheet_options.hpp"

namespace LIANTU_API liantu {

/// Whether a sheet says what a graph takes, too.
enum class GraphBytes : bool { No, Yes };

/// How many entities and relations of each kind a graph holds and, if asked for, how many bytes
/// they take in a snapshot. Brief, kinds go by their names, else by the words machines read.
[[nodiscard]] Sheet graph_kind_sheet(const EnterpriseGraph& graph, const SheetOptions& options,
                                     GraphBytes bytes);

/// Bytes that each part of the graph's snapshot takes, group of columns by group.
[[nodiscard]] Sheet graph_part_sheet(const EnterpriseGraph& graph, const SheetOptions& options);

/// What a graph holds in one sentence: entities, relations, sources, contradictions, bytes.
[[nodiscard]] Text graph_text(const EnterpriseGraph& graph);

/// What graph_kind_sheet(), graph_text() and, if asked for, graph_part_sheet() say as JSON, schema
/// `liantu.show/1`.
[[nodiscard]] std::string graph_json(const EnterpriseGraph& graph, GraphBytes bytes,
                                     const RunInfo& run);

/// How many there are of each kind that a graph has, segments and firms first.
[[nodiscard]] Sheet graph_count_sheet(const EnterpriseGraph& graph);

}  // namespace liantu
