// The CSV reader against a plain one of a page: the same rows, or both refuse.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/fuzz.hpp"
#include "liantu/tables/cells/encoding.hpp"
#include "liantu/tables/plain/csv.hpp"

namespace {

using liantu::fuzz::require;
using Row = std::vector<std::string>;

/// RFC 4180 and what the reader's header adds to it, a character at a time.
class Reference {
 public:
  explicit Reference(std::string_view text) : text_(text), separator_(most_used()) {}

  /// Heading and rows; nothing where there is no table. Rows with a fault are left out.
  [[nodiscard]] std::optional<std::vector<Row>> read() {
    std::vector<Row> rows;
    while (at_ < text_.size()) {
      Row row;
      bool fault = false;
      do {
        const std::optional<std::string> field = read_field(fault);
        if (!field) return std::nullopt;
        row.push_back(*field);
      } while (take(separator_));
      take('\r');
      take('\n');
      const bool blank = std::ranges::all_of(row, &std::string::empty);
      if (rows.empty()) {
        if (row.size() == 1 && blank && !fault) continue;
        if (fault || !heading_is_good(row)) return std::nullopt;
        rows.push_back(row);
        continue;
      }
      const bool extra =
          row.size() > rows.front().size() &&
          std::any_of(row.begin() + static_cast<std::ptrdiff_t>(rows.front().size()), row.end(),
                      [](const std::string& one) { return !one.empty(); });
      if (fault || extra || blank) continue;
      row.resize(rows.front().size());
      rows.push_back(row);
    }
    if (rows.empty()) return std::nullopt;
    return rows;
  }

 private:
  [[nodiscard]] bool ends_field(std::size_t at) const {
    return at == text_.size() || text_[at] == separator_ || text_[at] == '\n' || text_[at] == '\r';
  }
  bool take(char c) {
    const bool there = at_ < text_.size() && text_[at_] == c;
    if (there) ++at_;
    return there;
  }
  std::string read_plain() {
    const std::size_t begin = at_;
    while (!ends_field(at_)) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }
  /// Nothing when its quote is never closed.
  std::optional<std::string> read_field(bool& fault) {
    if (!take('"')) return read_plain();
    const std::size_t begin = at_;
    std::string field;
    for (;; ++at_) {
      if (at_ == text_.size()) return std::nullopt;
      if (text_[at_] == '"') {
        ++at_;
        if (at_ == text_.size() || text_[at_] != '"') break;
      }
      field += text_[at_];
    }
    if (ends_field(at_)) return field;
    fault = true;
    // A quote that closes lines further down in the middle of a field opened nothing.
    const std::string_view quoted = text_.substr(begin, at_ - begin);
    if (quoted.find_first_of("\r\n") != std::string_view::npos) at_ = begin;
    return read_plain();
  }
  /// Whether it names a column, and none twice.
  [[nodiscard]] static bool heading_is_good(const Row& row) {
    std::set<std::string_view> names;
    for (const std::string& field : row) {
      const std::string_view name = liantu::trim(field);
      if (!name.empty() && !names.insert(name).second) return false;
    }
    return !names.empty();
  }
  /// The separator that the first line which is not blank holds most often outside quotes.
  [[nodiscard]] char most_used() const {
    constexpr std::string_view kSeparators = ",\t;";
    std::array<std::size_t, 3> uses{};
    bool begins = true;
    for (std::size_t i = text_.find_first_not_of("\r\n"); i < text_.size(); ++i) {
      if (begins && text_[i] == '"') {
        i = text_.find('"', i + 1);
        while (text_.substr(std::min(i, text_.size()), 2) == "\"\"") i = text_.find('"', i + 2);
        if (i == std::string_view::npos) break;
        begins = false;
        continue;
      }
      if (text_[i] == '\n' || text_[i] == '\r') break;
      const std::size_t which = kSeparators.find(text_[i]);
      begins = which != std::string_view::npos;
      if (begins) ++uses[which];
    }
    return kSeparators[static_cast<std::size_t>(std::ranges::max_element(uses) - uses.begin())];
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(liantu::fuzz::text_of(data, size));
  std::string text;
  std::optional<liantu::Table> table;
  try {
    text = liantu::decode_text(bytes, "fuzz.csv").text;
    table = liantu::parse_csv(bytes, "fuzz.csv");
  } catch (const liantu::Error&) {
    if (text.empty()) return 0;  // what no encoding explains has no reference
  }
  const std::optional<std::vector<Row>> rows = Reference(text).read();
  require(rows.has_value() == table.has_value());
  if (!table) return 0;
  require(table->columns().size() == rows->front().size() && table->size() + 1 == rows->size());
  for (std::size_t row = 0; row < table->size(); ++row) {
    for (std::size_t column = 0; column < table->columns().size(); ++column) {
      require(table->cell(row, column).text == (*rows)[row + 1][column]);
    }
  }
  return 0;
}
