#include "ingest/cells/input_files.hpp"

#include <algorithm>
#include <iterator>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/tables/read_table.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

std::string full_path(const fs::path& path) {
  return path_text(fs::absolute(path).lexically_normal());
}

// What describes the tables beside it, and is none.
bool is_for_people(const fs::path& path) {
  if (path.extension() == ".md") return true;
  if (path.has_extension() && path.extension() != ".txt") return false;
  const std::string stem = path.stem().string();
  return stem == "README" || stem == "LICENSE" || stem == "NOTICE" || stem == "COPYING";
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
    if (at->is_regular_file(ignored) && !is_for_people(at->path())) {
      found.push_back({at->path(), path_text(at->path().lexically_relative(folder)),
                       InputFile::Found::InFolder});
    }
  }
  if (error) {
    throw Error(
        ErrorCode::Io,
        {fmt::format("{}: cannot list the folder ({}); check its permissions", path_text(folder),
                     error.message()),
         fmt::format("{}：无法列出文件夹（{}）；请检查权限", path_text(folder), error.message())});
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

// Sheets of one workbook are told apart by their own names.
std::string key_of(const InputFile& file) {
  return file.sheet.empty() ? file.name : file.name + "#" + file.sheet;
}

// Gives files of one name as much of their paths as tells them apart.
void name_apart(std::vector<InputFile>& files) {
  for (bool all_apart = false; !all_apart;) {
    HashMap<std::string, int> uses;
    for (const InputFile& file : files) ++uses[key_of(file)];
    all_apart = true;
    for (InputFile& file : files) {
      // A source that is no file has no folder, and its path may hold a password.
      if (uses.at(key_of(file)) == 1 || is_no_file(file.path)) continue;
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
  for (const fs::path& given : paths) {
    const auto [path, sheet] = split_sheet(given);
    std::error_code error;
    if (is_no_file(path)) {
      files.push_back({path, table_name(path), InputFile::Found::Named, sheet});
      continue;
    }
    if (!fs::exists(path, error)) {
      throw Error(
          ErrorCode::Io,
          {fmt::format("{}: cannot be read: it does not exist; check the name", path_text(path)),
           fmt::format("{}：无法读取：文件不存在；请核对文件名", path_text(path))});
    }
    if (fs::is_directory(path, error)) {
      std::ranges::move(list_folder(path), std::back_inserter(files));
    } else {
      files.push_back({path, path_text(path.filename()), InputFile::Found::Named, sheet});
    }
  }
  HashMap<std::string, std::size_t> met;
  std::vector<InputFile> once;
  for (InputFile& file : files) {
    // Told apart by its bytes: two names may be shown alike.
    const std::string key = fs::absolute(file.path).lexically_normal().string() +
                            (file.sheet.empty() ? "" : "#" + file.sheet);
    const auto [at, fresh] = met.try_emplace(key, once.size());
    if (fresh) {
      once.push_back(std::move(file));
      continue;
    }
    InputFile& before = once[at->second];
    if (file.found == InputFile::Found::Named) before.found = file.found;
    if (file.name.size() < before.name.size()) before.name = std::move(file.name);
  }
  name_apart(once);
  std::ranges::sort(once, {}, &InputFile::name);
  return once;
}

}  // namespace liantu
