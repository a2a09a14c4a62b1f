#include "tables/databases/database_rows.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"
#include "tables/cells/number_format.hpp"

namespace liantu {
namespace {

constexpr std::string_view kQuery = "?query=";
constexpr std::uint64_t kUnreadableShown = 100;

// The first word of a statement, in capitals, behind blanks and comments.
std::string first_word(std::string_view query) {
  std::size_t at = 0;
  for (bool skipped = true; skipped;) {
    skipped = false;
    while (at < query.size() && std::string_view(" \t\r\n(").find(query[at]) != query.npos) ++at;
    if (query.substr(at).starts_with("--")) {
      at = std::min(query.find('\n', at), query.size());
      skipped = true;
    } else if (query.substr(at).starts_with("/*")) {
      const std::size_t end = query.find("*/", at + 2);
      at = end == query.npos ? query.size() : end + 2;
      skipped = true;
    }
  }
  std::string word;
  for (; at < query.size(); ++at) {
    const char c = query[at];
    if (c >= 'a' && c <= 'z') {
      word += static_cast<char>(c - 'a' + 'A');
    } else if (c >= 'A' && c <= 'Z') {
      word += c;
    } else {
      break;
    }
  }
  return word;
}

}  // namespace

DatabaseSelection selection_of(const std::string& sheet) {
  if (sheet.starts_with(kQuery)) return {{}, sheet.substr(kQuery.size())};
  return {sheet, {}};
}

void refuse_writing(std::string_view query, const std::string& file) {
  constexpr std::string_view kReading[] = {"SELECT", "WITH", "VALUES", "TABLE", "SHOW"};
  if (std::ranges::find(kReading, first_word(query)) != std::end(kReading)) return;
  throw Error{ErrorCode::InvalidData,
              {fmt::format("{}: the query \"{}\" does not read data; write one SELECT", file,
                           excerpt(query)),
               fmt::format("{}：查询“{}”不是读取语句；请写一条 SELECT", file, excerpt(query))}};
}

std::string shown(std::string_view words) {
  std::string out(words);
  while (const auto bad = find_invalid_utf8(out)) out[*bad] = '?';
  return excerpt(out);
}

QueryDeadline::QueryDeadline(const std::string& file, const TableOptions& options)
    : file_(file),
      seconds_(options.limits.query_seconds),
      stop_(options.stop),
      end_(std::chrono::steady_clock::now() + std::chrono::seconds(seconds_)) {}

bool QueryDeadline::over() const {
  return stop_.stop_requested() || std::chrono::steady_clock::now() >= end_;
}

void QueryDeadline::check() const {
  if (stop_.stop_requested()) {
    throw Error{ErrorCode::Cancelled, {file_ + ": reading was cancelled", file_ + "：读取已取消"}};
  }
  if (!over()) return;
  throw Error{ErrorCode::LimitReached,
              {fmt::format("{}: the database took longer than {} s; read one table or fewer "
                           "rows, or raise --limit query_seconds=VALUE",
                           file_, seconds_),
               fmt::format("{}：数据库应答超过 {} 秒；请只读一张表或较少的行，或调高 --limit "
                           "query_seconds=数值",
                           file_, seconds_)}};
}

DatabaseRows::DatabaseRows(const std::string& file, const std::string& sheet,
                           const TableOptions& options, std::uint64_t bytes)
    : writer_(file, options, bytes) {
  writer_.set_sheet(sheet);
}

void DatabaseRows::add_column(std::string_view name) {
  if (find_invalid_utf8(name)) {
    throw writer_.error(ErrorCode::InvalidData, {0, 0},
                        {"the name of a column is not UTF-8", "有列名不是 UTF-8"},
                        {"rename it, or select it under another name with ?query=SELECT …",
                         "请改名，或用 ?query=SELECT … 另起列名"});
  }
  const std::size_t count = writer_.columns().size() + 1;
  writer_.check_columns(count, {0, 0});
  const std::string_view trimmed = trim(name);
  writer_.add_column(trimmed.empty() ? fmt::format("#{}", count) : std::string(trimmed),
                     {0, static_cast<std::uint32_t>(count)});
}

void DatabaseRows::begin_row(std::uint32_t number) {
  row_text_ = text_.size();
  number_ = number;
  column_ = 0;
  writer_.begin_row({row_text_, 0, 0, number, 0, 1});
}

void DatabaseRows::add_cell(std::size_t begin) {
  const std::uint64_t length = text_.size() - begin;
  const std::uint32_t column = column_++;
  if (length == 0) return;
  if (++cells_ > writer_.limits().cells) {
    throw writer_.error(ErrorCode::LimitReached, {0, 0},
                        {fmt::format("more than {} cells", writer_.limits().cells),
                         fmt::format("单元格超过 {} 个", writer_.limits().cells)},
                        {"read fewer rows with ?query=SELECT …, or raise --limit cells=VALUE",
                         "请用 ?query=SELECT … 少读一些行，或调高 --limit cells=数值"});
  }
  const TextPosition at{0, column + 1};
  writer_.check_field(length, at);
  writer_.check_row(text_.size() - row_text_, at);
  writer_.add_cell({static_cast<std::uint32_t>(begin - row_text_),
                    static_cast<std::uint32_t>(length), 0, column + 1},
                   column);
}

void DatabaseRows::add_text(std::string_view text) {
  if (text.find('\0') != text.npos || find_invalid_utf8(text)) {
    add_unreadable();
    return;
  }
  const std::size_t begin = text_.size();
  text_ += text;
  add_cell(begin);
}

void DatabaseRows::add_integer(std::int64_t value) {
  const std::size_t begin = text_.size();
  const fmt::format_int digits(value);
  text_.append(digits.data(), digits.size());
  add_cell(begin);
}

void DatabaseRows::add_real(double value) {
  const std::size_t begin = text_.size();
  stored_.clear();
  fmt::format_to(std::back_inserter(stored_), "{}", value);
  append_number(text_, stored_, {}, DateSystem::From1900);
  add_cell(begin);
}

void DatabaseRows::add_unreadable() {
  const std::uint32_t column = column_++;
  if (++unreadable_ > kUnreadableShown) return;
  writer_.add_problem(Severity::Warning, number_, {0, column + 1}, "unreadable-cell",
                      writer_.columns()[column],
                      {fmt::format("the value in column {} is not text, and is read as empty",
                                   writer_.columns()[column]),
                       fmt::format("{} 列的值不是文本，按空白读取", writer_.columns()[column])},
                      {"keep text in the column, or leave it out with ?query=SELECT …",
                       "请在该列存放文本，或用 ?query=SELECT … 略去该列"});
}

void DatabaseRows::end_row() {
  writer_.end_row();
  writer_.tick(text_.size());
}

Table DatabaseRows::finish() {
  if (unreadable_ > kUnreadableShown) {
    const std::uint64_t more = unreadable_ - kUnreadableShown;
    writer_.add_problem(Severity::Warning, 0, {0, 0}, "unreadable-cell", "",
                        {fmt::format("{} more values are not text, and are read as empty", more),
                         fmt::format("另有 {} 个值不是文本，按空白读取", more)},
                        {"keep text in these columns", "请在这些列存放文本"});
  }
  return writer_.finish(std::move(text_), "UTF-8");
}

}  // namespace liantu
