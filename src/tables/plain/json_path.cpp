#include "tables/plain/json_path.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "liantu/base/text/error.hpp"
#include "tables/cells/number_format.hpp"
#include "tables/cells/table_writer.hpp"

namespace liantu {
namespace {

constexpr std::string_view kEach = "[]";

// The steps between two lists: `a.b[].c` has {a, b} and {c}.
using Steps = std::vector<std::string>;

struct Path {
  std::vector<Steps> levels;          // one more than it has lists
  std::string lists;                  // `a.b[]`: everything to the last list
  std::optional<std::size_t> column;  // when the whole is a heading
};

Path read_path(const Table& table, const std::string& words) {
  Path path;
  path.column = table.column(words);
  if (path.column) return path;
  if (const std::size_t end = words.rfind(kEach); end != std::string::npos) {
    path.lists = words.substr(0, end + kEach.size());
  }
  path.levels.emplace_back();
  std::string step;
  for (std::size_t at = 0; at <= words.size(); ++at) {
    if (at == words.size() || words[at] == '.') {
      if (!step.empty()) path.levels.back().push_back(std::exchange(step, {}));
    } else if (words.compare(at, kEach.size(), kEach) == 0) {
      if (!step.empty()) path.levels.back().push_back(std::exchange(step, {}));
      path.levels.emplace_back();
      ++at;
    } else {
      step += words[at];
    }
  }
  return path;
}

// What steps lead to; null when there is nothing.
const JsonValue* follow(const JsonValue* value, const Steps& steps, std::size_t from = 0) {
  for (std::size_t i = from; value != nullptr && i < steps.size(); ++i) {
    value = value->find(steps[i]);
  }
  return value;
}

class Spreader {
 public:
  Spreader(const Table& table, const std::vector<std::string>& words, const TableOptions& options)
      : table_(table), writer_(table.file(), options, 0) {
    for (const std::string& one : words) paths_.push_back(read_path(table, one));
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      if (paths_[i].lists.size() > paths_[longest_].lists.size()) longest_ = i;
    }
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      if (paths_[longest_].lists.starts_with(paths_[i].lists)) continue;
      throw Error(
          ErrorCode::InvalidData, table.header(),
          {fmt::format("the paths \"{}\" and \"{}\" go through two lists that are not one inside "
                       "the other",
                       excerpt(words[longest_]), excerpt(words[i])),
           fmt::format("路径“{}”与“{}”经过两个互不包含的列表", excerpt(words[longest_]),
                       excerpt(words[i]))},
          {"map each in an entry of its own", "请分写在两个映射项中"});
    }
    for (const std::string& one : words) {
      const auto column = table.column(one);
      const InputPlace at = column ? table.heading(*column) : table.header();
      writer_.add_column(one, {at.line, at.column});
    }
  }

  Table spread() {
    for (std::size_t row = 0; row < table_.size(); ++row) {
      begin(row);
      go(0);
    }
    for (const Problem& problem : table_.problems()) {
      writer_.add_problem(problem.severity, problem.place.row,
                          {problem.place.line, problem.place.column}, problem.kind, problem.value,
                          problem.what, problem.remedy);
    }
    return writer_.finish(std::move(text_), table_.encoding());
  }

 private:
  // Reads the cells of the row that paths go into.
  void begin(std::size_t row) {
    row_ = row;
    cells_.clear();
    current_.assign(1, nullptr);
    for (const Path& path : paths_) {
      if (path.column || path.levels.front().empty()) continue;
      const std::string& name = path.levels.front().front();
      if (std::ranges::find(cells_, name, &Named::first) != cells_.end()) continue;
      const auto column = table_.column(name);
      const std::string_view text = column ? table_.cell(row, *column).text : "";
      // A word is a value, too, though not JSON as it stands in a cell.
      const bool nested = text.starts_with('{') || text.starts_with('[');
      cells_.emplace_back(name, nested ? parse_json(text, table_.place(row, *column).to_string())
                                       : JsonValue(std::string(text), 0, 0));
    }
  }

  const JsonValue* cell(const std::string& name) const {
    const auto found = std::ranges::find(cells_, name, &Named::first);
    return found == cells_.end() ? nullptr : &found->second;
  }

  // What a path leads to, of the elements that are being looked at.
  const JsonValue* find(const Path& path, std::size_t level) const {
    const Steps& steps = path.levels[level];
    if (level > 0) return follow(current_[level], steps);
    return steps.empty() ? nullptr : follow(cell(steps.front()), steps, 1);
  }

  void go(std::size_t level) {
    const Path& deepest = paths_[longest_];
    if (deepest.column || level + 1 == deepest.levels.size()) {
      add_row();
      return;
    }
    const JsonValue* list = find(deepest, level);
    if (list == nullptr || list->is_null()) return;
    current_.resize(level + 2);
    if (list->as_array() == nullptr) {
      // One that is not in a list is like a list of one; what is empty is none.
      if (list->as_string() != nullptr && list->as_string()->empty()) return;
      current_[level + 1] = list;
      go(level + 1);
      return;
    }
    for (const JsonValue& element : *list->as_array()) {
      current_.resize(level + 2);
      current_[level + 1] = &element;
      go(level + 1);
    }
  }

  void add_row() {
    const InputPlace at = table_.place(row_);
    const std::size_t begin = text_.size();
    const auto number = static_cast<std::uint32_t>(writer_.rows() + 2);
    writer_.begin_row({begin, 0, 0, number, at.line, at.column});
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      const Path& path = paths_[i];
      const std::size_t from = text_.size();
      InputPlace place = at;
      bool list = false;
      if (path.column) {
        const Cell cell = table_.cell(row_, *path.column);
        text_ += cell.text;
        place.line = cell.line;
        place.column = cell.column;
        list = table_.is_list(row_, *path.column);
      } else if (const JsonValue* value = find(path, path.levels.size() - 1)) {
        text_ += cell_text(*value);
        list = value->as_array() != nullptr && value->as_array()->size() > 1;
      }
      const std::size_t length = text_.size() - from;
      writer_.check_field(length, {place.line, place.column});
      writer_.check_row(text_.size() - begin, {place.line, place.column});
      if (length == 0) continue;
      writer_.add_cell({static_cast<std::uint32_t>(from - begin),
                        static_cast<std::uint32_t>(length), place.line, place.column},
                       static_cast<std::uint32_t>(i));
      if (list) writer_.mark_list();
    }
    writer_.end_row();
    writer_.tick(text_.size());
  }

  using Named = std::pair<std::string, JsonValue>;

  const Table& table_;
  TableWriter writer_;
  std::vector<Path> paths_;
  std::size_t longest_ = 0;  ///< path with the most lists
  std::string text_;
  std::size_t row_ = 0;
  std::vector<Named> cells_;               ///< of the row, by column
  std::vector<const JsonValue*> current_;  ///< element of each list, from 1
};

}  // namespace

bool is_json_path(std::string_view column) {
  return column.find('.') != std::string_view::npos || column.find(kEach) != std::string_view::npos;
}

std::string cell_text(const JsonValue& value) {
  std::string out;
  if (const std::string* text = value.as_string()) {
    out = *text;
  } else if (const double* number = value.as_number()) {
    append_number(out, fmt::format("{}", *number), {}, DateSystem::From1900);
  } else if (const bool* truth = value.as_bool()) {
    out = *truth ? "true" : "false";
  } else if (const JsonValue::Array* list = value.as_array()) {
    for (const JsonValue& one : *list) {
      const std::string part = one.as_array() == nullptr ? cell_text(one) : "";
      if (part.empty()) continue;
      if (!out.empty()) out += ';';
      out += part;
    }
  }
  // What a cell cannot hold is told apart from what it says.
  std::erase(out, '\0');
  return out;
}

Table spread_rows(const Table& table, const std::vector<std::string>& paths,
                  const TableOptions& options) {
  return Spreader(table, paths, options).spread();
}

}  // namespace liantu
