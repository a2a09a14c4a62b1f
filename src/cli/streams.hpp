#pragma once

#include <cstddef>
#include <string_view>

namespace liantu::cli {

/// Gives standard input, output and error that are closed something to stand for them that can be
/// neither read nor written, so that no file opened later becomes one of them.
void hold_standard_files();

/// Writes talk to standard error. It never fails a run: what cannot be written is left out.
void say(std::string_view words) noexcept;

/// Writes data to standard output.
/// @throws Error{Io} if not all of it can be written.
void put(std::string_view data);

}  // namespace liantu::cli
