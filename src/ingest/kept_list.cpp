#include "liantu/ingest/kept_list.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/files/fill_in.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/tables/read_table.hpp"

namespace liantu {
namespace {

constexpr std::string_view kName = "name";
constexpr std::string_view kCode = "code";
constexpr std::string_view kRank = "rank";

constexpr std::pair<std::string_view, std::string_view> kHeadings[] = {
    {"企业", kName},
    {"企业名称", kName},
    {"firm", kName},
    {"统一社会信用代码", kCode},
    {"unified social credit code", kCode},
    {"credit code", kCode},
    {"名次", kRank},
    {"rank", kRank}};

// What a column holds: a key of fill_in_columns(), name, code or rank; nothing when it is another.
std::optional<std::string_view> meaning(std::string_view heading) {
  const std::string words = normalize_width(trim(heading));
  for (const FillIn& one : fill_in_columns()) {
    if (words == one.heading.zh || words == one.heading.en || words == one.key) return one.key;
  }
  for (const auto& [known, key] : kHeadings) {
    if (words == known) return key;
  }
  return std::nullopt;
}

bool is_fill_in(std::string_view key) {
  return std::ranges::any_of(fill_in_columns(), [&](const FillIn& one) { return one.key == key; });
}

// Rows of a table that has firms and something to fill in; false when it is no such table.
bool read_rows(const Table& table, KeptList& list) {
  std::vector<std::optional<std::string_view>> keys;
  bool firms = false;
  bool fill_in = false;
  for (const std::string& heading : table.columns()) {
    keys.push_back(meaning(heading));
    if (!keys.back()) continue;
    firms = firms || *keys.back() == kName || *keys.back() == kCode;
    fill_in = fill_in || is_fill_in(*keys.back());
  }
  if (!firms || !fill_in) return false;
  for (std::size_t r = 0; r < table.size(); ++r) {
    KeptRow row;
    row.place = table.place(r);
    for (std::size_t c = 0; c < keys.size(); ++c) {
      const std::string text(trim(table.cell(r, c).text));
      if (text.empty()) continue;
      if (!keys[c]) {
        const std::string heading(trim(table.columns()[c]));
        if (!heading.empty()) row.others.emplace_back(heading, text);
        continue;
      }
      if (*keys[c] == kName) {
        row.name = text;
      } else if (*keys[c] == kCode) {
        row.code = text;
      } else if (*keys[c] == kRank) {
        row.rank = text;
      } else {
        // Of two columns headed alike neither is lost.
        std::string& written = row.written[std::string(*keys[c])];
        if (written == text) continue;
        written += (written.empty() ? "" : "；") + text;
      }
    }
    // Notes stand below the rows, in the first column.
    const bool firm = !row.name.empty() || !row.code.empty();
    if (firm || !row.written.empty()) list.rows.push_back(std::move(row));
  }
  return true;
}

}  // namespace

KeptList read_kept_list(const std::filesystem::path& path, const TableOptions& options) {
  TableOptions how = options;
  how.is_heading = [](std::string_view words) { return meaning(words).has_value(); };
  how.hidden = Hidden::Read;  // what somebody wrote and then hid is not lost
  KeptList list;
  list.file = path_text(path.filename());
  bool found = false;
  for (const Table& table : read_tables(path, {}, how)) {
    list.digest = table.digest();
    found = read_rows(table, list) || found;
  }
  if (found) return list;
  std::string headings;
  for (const FillIn& one : fill_in_columns()) {
    headings += headings.empty() ? "" : "、";
    headings += one.heading.zh;
  }
  throw Error(
      ErrorCode::InvalidData,
      {fmt::format(
           "{}: no sheet has a column of firms (企业) and one that people fill in ({}); give "
           "the workbook that `liantu rank -o` wrote, with its headings",
           list.file, headings),
       fmt::format("{}：没有一张表同时有“企业”列和填写列（{}）；请给出 liantu rank -o "
                   "写出的工作簿，并保留表头",
                   list.file, headings)});
}

}  // namespace liantu
