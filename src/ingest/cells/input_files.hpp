#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace liantu {

/// A file that tables may be read from.
struct InputFile {
  enum class Found : std::uint8_t {
    Named,     ///< given itself
    InFolder,  ///< found in a folder that was given
  };

  std::filesystem::path path;
  /// As messages and provenance call it: the name of a file that is given itself, the way below the
  /// folder of one that was found; as much more of its path as tells files of one name apart.
  std::string name;
  Found found = Found::Named;
  std::string sheet = {};  ///< only this one of a workbook; all when empty

  friend bool operator==(const InputFile&, const InputFile&) = default;
};

/// Lists the files given and those in the folders given, sub-folders included, without hidden ones
/// and those that describe the others to people (README, *.md). A file that is met twice is listed
/// once.
///
/// @return  By name, so that what is read does not depend on the order in which files are given.
/// @throws Error{Io} if a path does not exist or a folder cannot be listed.
[[nodiscard]] std::vector<InputFile> list_input_files(
    const std::vector<std::filesystem::path>& paths);

}  // namespace liantu
