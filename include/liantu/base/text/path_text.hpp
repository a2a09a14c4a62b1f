#pragma once

#include <filesystem>
#include <string>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// A path as messages, provenance and outputs write it: UTF-8, `/` between folders. Neighbouring
/// bytes beyond ASCII that are not all UTF-8, as in names that came out of archives of another
/// encoding, are shown as `\xC6\xF3`, so that two names stay two and none is read by chance.
[[nodiscard]] std::string path_text(const std::filesystem::path& path);

}  // namespace liantu
