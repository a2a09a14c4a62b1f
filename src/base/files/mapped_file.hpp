#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string_view>

namespace liantu {

/// The bytes of a file, shared with every process that maps it.
struct FileBytes {
  std::string_view bytes;
  std::shared_ptr<const void> owner;  ///< keeps them alive
};

/// Maps a file for reading. The bytes are those of the file as it was opened: a file of the same
/// name that replaces it changes nothing, one that is cut short in place ends the process. What
/// cannot be mapped (a pipe) is read.
///
/// @param stop  Asks a long read of a pipe to end early.
/// @throws Error{Io} or Error{Cancelled} as read_file() does.
/// @complexity  O(1); pages are read when they are first touched.
[[nodiscard]] FileBytes map_file(const std::filesystem::path& path,
                                 const std::stop_token& stop = {});

}  // namespace liantu
