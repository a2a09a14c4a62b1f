#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"
#include "liantu/base/run/progress.hpp"
#include "liantu/ingest/cells/ingest_result.hpp"

namespace LIANTU_API liantu {

/// Options of read_edge_list().
struct EdgeListOptions {
  bool undirected = false;  ///< `a b` and `b a` are one relation, kept as the end that comes first
                            ///< → the other
  std::stop_token stop;     ///< asks a long run to end early
  Progress progress;        ///< told about bytes read
};

/// Reads a plain list of edges, two ends a line, into a graph of firms that supply each other.
///
/// Ends stand first and second in a line, separated by tabs, commas or blanks, whichever the first
/// line has (in this order); what stands behind them is not read. Lines that are empty or start
/// with # or % are skipped, and so is a first line of headings (from to, source target, supplier
/// customer …, or words where numbers follow). Ends may be numbers below 2^32 - 1, then firms are
/// named by them and stand in ascending order, or names in quotes or without, then firms stand in
/// the order in which they are first named. UTF-8, or what decode_text() makes of other bytes.
///
/// @param path     A file.
/// @param options  See EdgeListOptions.
/// @return         As of ingest(). An edge that stands several times is one relation; edges from a
///                 firm to itself are left out and counted in a Note, lines without two ends are
///                 Problems, the first thousand one by one. Relations carry no provenance of their
///                 own.
/// @throws Error{Io} if the file cannot be read; Error{InvalidData} if it has no edge;
///         Error{LimitReached} beyond 2^32 - 2 ends or 2^32 - 1 relations; Error{Cancelled}.
/// @complexity  Linear in the file, numbers on all threads.
[[nodiscard]] IngestResult read_edge_list(const std::filesystem::path& path,
                                          const EdgeListOptions& options = {});

/// The same from memory.
/// @param file  Name used in messages.
[[nodiscard]] IngestResult parse_edge_list(std::string_view text, const std::string& file,
                                           const EdgeListOptions& options = {});

}  // namespace liantu
