#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/atomic_file.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// How far a snapshot is checked when it is opened.
enum class Verify : std::uint8_t {
  Full,       ///< checksums, offsets, every id and value in range: safe for files from anywhere
  Structure,  ///< header, bounds, alignment and overlap only: for files this process trusts
};

/// Writes a graph to a snapshot file, whole or not at all.
///
/// @param stop  Asks a long write to end early.
/// @throws Error{Io} or Error{Cancelled} as write_file() does.
/// @complexity  Linear in the graph.
void write_snapshot(const EnterpriseGraph& graph, const std::filesystem::path& path,
                    Overwrite overwrite, const std::stop_token& stop = {});

/// The bytes of a graph's snapshot: the same for the same graph, on any machine of one byte order.
[[nodiscard]] std::string snapshot_bytes(const EnterpriseGraph& graph);

/// A section of a snapshot and what it takes.
struct SnapshotPart {
  std::string name;            ///< as messages call it: `supplies.out.targets`
  std::uint64_t elements = 0;  ///< entities, instances, …: as many as the column has
  std::uint64_t bytes = 0;

  friend bool operator==(const SnapshotPart&, const SnapshotPart&) = default;
};

/// What a graph takes in a snapshot, and little more in memory when it is mapped.
///
/// @return  First `header`: header, section table and what fills sections up; then the sections in
///          the order of the file, empty columns left out. The bytes add up to the file's size.
/// @complexity  O(1) for any graph.
[[nodiscard]] std::vector<SnapshotPart> snapshot_parts(const EnterpriseGraph& graph);

/// Opens a snapshot file.
///
/// @param path    File written by write_snapshot().
/// @param verify  See Verify.
/// @param stop    Asks a long wait for a pipe to end early.
/// @return        The graph, equal to the one written.
/// @throws Error{Io} if the file cannot be read; Error{InvalidData}, naming the section, if it is
///         no snapshot, was written by a newer version or with another byte order, is cut short, or
///         fails a check; Error{Cancelled}.
/// @complexity  Linear in the file.
[[nodiscard]] EnterpriseGraph read_snapshot(const std::filesystem::path& path,
                                            Verify verify = Verify::Full,
                                            const std::stop_token& stop = {});

/// digest() of the very bytes that a graph was read from, whatever became of the file since; empty
/// for a graph that was built.
///
/// @complexity  Linear in the bytes.
[[nodiscard]] std::string snapshot_digest(const EnterpriseGraph& graph);

/// Reads a snapshot from memory; the bytes are copied.
///
/// @param name  Name used in messages.
/// @throws Error{InvalidData} as read_snapshot().
[[nodiscard]] EnterpriseGraph read_snapshot_bytes(std::span<const std::byte> bytes,
                                                  const std::string& name,
                                                  Verify verify = Verify::Full);

}  // namespace liantu
