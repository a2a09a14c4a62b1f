#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// Whether an existing file may be replaced.
enum class Overwrite : std::uint8_t { No, Yes };

/// Writes a file whole or not at all: a temporary file beside it, flushed to disk, then renamed.
/// Temporary files that killed processes have left in the folder are removed.
///
/// @param path       Where to write; the folder must exist. A link stays, and the file it points at
///                   is written.
/// @param content    All bytes.
/// @param overwrite  With Overwrite::No an existing file is an error and stays as it is.
/// @throws Error{Io} if the folder cannot be written, the disk is full, or the file exists and may
///         not be replaced; an old file is then untouched and no temporary file is left.
/// @complexity  Linear in the content.
void write_file(const std::filesystem::path& path, std::string_view content, Overwrite overwrite);
/// The same with the content in parts, written one behind the other.
/// @param stop  Asks a long write to end early.
/// @throws Error{Cancelled} too, and leaves as little behind as after Error{Io}.
void write_file(const std::filesystem::path& path, std::span<const std::string_view> content,
                Overwrite overwrite, const std::stop_token& stop = {});

/// The file that a path leads to when it is a link, or a link to a link; it need not exist.
///
/// @throws Error{Io} if links point at each other.
[[nodiscard]] std::filesystem::path file_behind(const std::filesystem::path& path);

/// Writes all of it to an open file, such as standard output, waiting where it takes no more at
/// once.
///
/// @param name  What messages call it.
/// @throws Error{Io} if it is full, closed, or its reader has ended.
void write_to(int descriptor, const Text& name, std::string_view content);

/// Makes a folder and those above it, as far as they are missing.
///
/// @throws Error{Io} if it cannot be made, or is a file.
void make_folder(const std::filesystem::path& path);

/// Reads a whole file.
///
/// @param path       File to read.
/// @param max_bytes  Largest size accepted.
/// @param stop       Asks a long wait for a pipe, or a long read, to end early.
/// @param limit      What the option that raises `max_bytes` calls it; empty when there is none.
/// @return           All bytes.
/// @throws Error{Io} if it is missing, is a folder or cannot be read; Error{LimitReached} if it is
///         larger than `max_bytes`; Error{Cancelled}.
[[nodiscard]] std::string read_file(const std::filesystem::path& path, std::uint64_t max_bytes,
                                    const std::stop_token& stop = {}, std::string_view limit = {});

/// Reads the first bytes of a regular file, fewer when it is shorter; nothing of a pipe, whose
/// bytes would be gone.
///
/// @throws Error{Io} if it is missing or cannot be read.
[[nodiscard]] std::string read_start(const std::filesystem::path& path, std::size_t bytes);

}  // namespace liantu
