#include "ingest/input_files.hpp"

#include <algorithm>
#include <iterator>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/hash_map.hpp"
#include "liantu/base/error.hpp"
#include "liantu/tables/read_table.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

std::string full_path(const fs::path& path) {
  return fs::absolute(path).lexically_normal().generic_string();
}

std::vector<InputFile> list_folder(const fs::path& folder) {
  std::vector<InputFile> found;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    std::error_code ignored;  // a link that leads nowhere is no table
    if (name.starts_with('.')) {
      if (at->is_directory(ignored)) at.disable_recursion_pending();
      continue;
    }
    if (name.starts_with("~$")) continue;  // of a workbook that is open
    if (at->is_regular_file(ignored) && (is_table(at->path()) || is_workbook(at->path()))) {
      found.push_back({at->path(), at->path().lexically_relative(folder).generic_string(),
                       InputFile::Found::InFolder});
    }
  }
  if (error) {
    throw Error(
        ErrorCode::Io,
        {fmt::format("{}: cannot list the folder ({}); check its permissions", folder.string(),
                     error.message()),
         fmt::format("{}：无法列出文件夹（{}）；请检查权限", folder.string(), error.message())});
  }
  std::ranges::sort(found, {}, &InputFile::name);
  return found;
}

// The end of a path by whole components, one longer than `name`.
std::string longer_end(const std::string& full, const std::string& name) {
  const std::size_t used = name.size() + 1;
  if (used >= full.size()) return full;
  const std::size_t cut = full.rfind('/', full.size() - used - 1);
  return cut == std::string::npos ? full : full.substr(cut + 1);
}

// Gives files of one name as much of their paths as tells them apart.
void name_apart(std::vector<InputFile>& files) {
  for (bool all_apart = false; !all_apart;) {
    HashMap<std::string, int> uses;
    for (const InputFile& file : files) ++uses[file.name];
    all_apart = true;
    for (InputFile& file : files) {
      if (uses.at(file.name) == 1) continue;
      const std::string full = full_path(file.path);
      if (file.name == full) continue;
      file.name = longer_end(full, file.name);
      all_apart = false;
    }
  }
}

}  // namespace

std::vector<InputFile> list_input_files(const std::vector<fs::path>& paths) {
  std::vector<InputFile> files;
  for (const fs::path& path : paths) {
    std::error_code error;
    if (!fs::exists(path, error)) {
      throw Error(
          ErrorCode::Io,
          {fmt::format("{}: cannot be read: it does not exist; check the name", path.string()),
           fmt::format("{}：无法读取：文件不存在；请核对文件名", path.string())});
    }
    if (fs::is_directory(path, error)) {
      std::ranges::move(list_folder(path), std::back_inserter(files));
    } else {
      files.push_back({path, path.filename().string(), InputFile::Found::Named});
    }
  }
  HashMap<std::string, std::size_t> met;
  std::vector<InputFile> once;
  for (InputFile& file : files) {
    const auto [at, fresh] = met.try_emplace(full_path(file.path), once.size());
    if (fresh) {
      once.push_back(std::move(file));
    } else if (file.found == InputFile::Found::Named) {
      once[at->second].found = file.found;
    }
  }
  name_apart(once);
  return once;
}

}  // namespace liantu
