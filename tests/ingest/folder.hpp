#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace liantu {

using Files = std::vector<std::pair<std::string, std::string>>;  // name, content

/// A folder of its own with these files, gone when the test is over.
class Folder {
 public:
  explicit Folder(const Files& files, const std::string& name = "tables") {
    std::string pattern = (std::filesystem::temp_directory_path() / "liantu-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder");
    root_ = pattern;
    for (const auto& [file, content] : files) {
      std::filesystem::create_directories((root_ / name / file).parent_path());
      std::ofstream(root_ / name / file, std::ios::binary) << content;
    }
    path_ = root_ / name;
    std::filesystem::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path root_;
  std::filesystem::path path_;
};

}  // namespace liantu
