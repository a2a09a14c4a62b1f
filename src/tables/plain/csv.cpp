#include "liantu/tables/plain/csv.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/core/string_map.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/tables/cells/encoding.hpp"
#include "tables/cells/find_tables.hpp"
#include "tables/cells/table_writer.hpp"
#include "tables/plain/csv.hpp"

namespace liantu {
namespace {

constexpr std::string_view kSeparators = ",\t;";

char detect_separator(std::string_view text, Separator separator) {
  std::array<std::size_t, 3> uses{};
  bool at_start = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (at_start && text[i] == '"') {
      // A doubled quote closes and opens again, which comes to the same.
      i = text.find('"', i + 1);
      while (i < text.size() && i + 1 < text.size() && text[i + 1] == '"') {
        i = text.find('"', i + 2);
      }
      if (i >= text.size()) break;
      at_start = false;
      continue;
    }
    // Blank lines above the header say nothing.
    const bool line_end = text[i] == '\n' || text[i] == '\r';
    if (line_end && (i == 0 || text[i - 1] == '\n' || text[i - 1] == '\r')) continue;
    if (line_end) break;
    const std::size_t which = kSeparators.find(text[i]);
    at_start = which != std::string_view::npos;
    if (at_start) ++uses[which];
  }
  if (separator == Separator::TabFirst && uses[1] > 0) return '\t';
  const auto most = std::max_element(uses.begin(), uses.end());
  return kSeparators[static_cast<std::size_t>(most - uses.begin())];
}

// Titles hold none, and numbers may hold commas that separate nothing: the separator that the most
// of the first lines hold equally often.
char detect_separator_of_lines(std::string_view text) {
  constexpr std::size_t kLines = 64;
  std::array<std::map<std::size_t, std::size_t>, kSeparators.size()> lines;  // by uses in a line
  std::array<std::size_t, kSeparators.size()> uses{};
  std::size_t seen = 0;
  bool quoted = false;
  for (std::size_t i = 0; i <= text.size() && seen < kLines; ++i) {
    const bool end = i == text.size() || text[i] == '\n' || text[i] == '\r';
    if (!end) {
      if (text[i] == '"') quoted = !quoted;
      const std::size_t which = quoted ? std::string_view::npos : kSeparators.find(text[i]);
      if (which != std::string_view::npos) ++uses[which];
      continue;
    }
    if (quoted) continue;
    for (std::size_t which = 0; which < uses.size(); ++which) {
      if (uses[which] > 0) ++lines[which][std::exchange(uses[which], 0)];
    }
    ++seen;
  }
  std::size_t best = 0;
  std::pair<std::size_t, std::size_t> most;  // lines, uses in each
  for (std::size_t which = 0; which < lines.size(); ++which) {
    for (const auto& [count, times] : lines[which]) {
      if (std::pair(times, count) <= most) continue;
      most = {times, count};
      best = which;
    }
  }
  return kSeparators[best];
}

// `sep=;`: a first line that tells a spreadsheet program what separates the fields.
std::optional<char> stated_separator(std::string_view text) {
  constexpr std::string_view kWord = "sep=";
  if (text.starts_with('"')) text.remove_prefix(1);
  if (text.size() < kWord.size() + 1) return std::nullopt;
  for (std::size_t i = 0; i < kWord.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != kWord[i]) {
      return std::nullopt;
    }
  }
  const char separator = text[kWord.size()];
  const std::string_view rest = text.substr(kWord.size() + 1);
  const bool ends = rest.empty() || rest.find_first_of("\r\n") == 0 || rest.starts_with("\"\r") ||
                    rest.starts_with("\"\n");
  if (!ends || (kSeparators.find(separator) == std::string_view::npos && separator != '|')) {
    return std::nullopt;
  }
  return separator;
}

enum class FieldEnd : std::uint8_t { Separator, Row };

enum class QuoteFault : std::uint8_t {
  None,
  TextAfter,  ///< text between the closing quote and the end of the field
  Stray,      ///< the same, but lines further down: the first quote opened nothing
};

struct Field {
  std::size_t begin = 0;  ///< of the content, after an opening quote
  std::size_t length = 0;
  TextPosition at;  ///< of the first byte, the opening quote if there is one
  FieldEnd end = FieldEnd::Row;
  std::uint32_t line_breaks = 0;  ///< in the content
  QuoteFault fault = QuoteFault::None;
  std::size_t fault_begin = 0;  ///< of the text that should not be there
  std::size_t fault_length = 0;
  TextPosition fault_at;  ///< of that text, or of the quote that seemed to close
};

/// Walks over the fields of a text and takes quotes away in place.
class FieldReader {
 public:
  FieldReader(std::string& text, char separator, const TableWriter& writer)
      : text_(text), separator_(separator), writer_(writer) {
    // The byte after the text is NUL and no NUL is in it, so it ends every scan.
    for (const char c : {separator, '\n', '\r', '\0'}) plain_[static_cast<unsigned char>(c)] = true;
    for (const char c : {'"', '\n', '\r', '\0'}) quoted_[static_cast<unsigned char>(c)] = true;
  }

  [[nodiscard]] bool done() const { return next_ == text_.size(); }
  [[nodiscard]] std::size_t offset() const { return next_; }
  [[nodiscard]] TextPosition position() const { return at_; }

  Field read() {
    Field field;
    field.at = at_;
    field.begin = next_;
    if (text_[next_] == '"') {
      read_quoted(field);
    } else {
      skip_until(plain_);
      field.length = next_ - field.begin;
    }
    if (text_[next_] == separator_) {
      field.end = FieldEnd::Separator;
      ++next_;
      ++at_.column;
    } else if (!done()) {
      skip_line_end();
    }
    return field;
  }

 private:
  using Stops = std::array<bool, 256>;

  // Columns count characters: every byte but the continuation bytes of UTF-8.
  void skip_until(const Stops& stops) {
    const char* at = text_.data() + next_;
    std::uint32_t characters = 0;
    while (!stops[static_cast<unsigned char>(*at)]) {
      characters += static_cast<unsigned>(static_cast<signed char>(*at) >= -64);
      ++at;
    }
    at_.column += characters;
    next_ = static_cast<std::size_t>(at - text_.data());
  }

  void skip_line_end() {
    next_ += text_[next_] == '\r' && text_[next_ + 1] == '\n' ? 2 : 1;
    ++at_.line;
    at_.column = 1;
  }

  void skip_quote() {
    ++next_;
    ++at_.column;
  }

  void read_quoted(Field& field) {
    skip_quote();
    field.begin = next_;
    bool doubled = false;
    TextPosition closed_at;
    for (;;) {
      while (skip_until(quoted_), text_[next_] == '\n' || text_[next_] == '\r') skip_line_end();
      if (done()) throw_unclosed(field.at);
      closed_at = at_;
      skip_quote();
      if (text_[next_] != '"') break;
      doubled = true;
      skip_quote();
    }
    field.length = next_ - 1 - field.begin;
    field.line_breaks = at_.line - field.at.line;
    if (plain_[static_cast<unsigned char>(text_[next_])]) {
      if (doubled) field.length = unite_doubled_quotes(field.begin, field.length);
      return;
    }
    field.fault = QuoteFault::TextAfter;
    field.fault_at = at_;
    if (field.line_breaks > 0) {
      // The lines in between are rows of their own; only the first is lost.
      field.fault = QuoteFault::Stray;
      field.fault_at = closed_at;
      field.line_breaks = 0;
      next_ = field.begin;
      at_ = {field.at.line, field.at.column + 1};
    }
    field.fault_begin = next_;
    skip_until(plain_);
    field.fault_length = next_ - field.fault_begin;
    if (field.fault == QuoteFault::Stray) field.length = field.fault_length;
  }

  std::size_t unite_doubled_quotes(std::size_t begin, std::size_t length) {
    char* const first = text_.data() + begin;
    char* const last = first + length;
    char* write = first;
    for (char* read = first; read != last; ++read) {
      *write++ = *read;
      if (*read == '"') ++read;
    }
    return static_cast<std::size_t>(write - first);
  }

  [[noreturn]] void throw_unclosed(TextPosition at) const {
    throw writer_.error(
        ErrorCode::InvalidData, at,
        {"the quote opened here is never closed", "此处的引号一直没有闭合"},
        {"close it, or write a quote that belongs to the text as two quotes inside a quoted field",
         "请补上右引号，若引号是文字的一部分，请给整个单元格加引号，并把其中的引号写成两个"});
  }

  std::string& text_;
  char separator_;
  const TableWriter& writer_;
  std::size_t next_ = 0;
  TextPosition at_;
  Stops plain_{};
  Stops quoted_{};
};

class CsvReader {
 public:
  CsvReader(std::string& text, char separator, TableWriter& writer)
      : text_(text), separator_(separator), fields_(text, separator, writer), writer_(writer) {}

  void skip_line() {
    ++number_;
    while (!fields_.done() && fields_.read().end == FieldEnd::Separator) {
    }
  }

  void read(HeaderRow header) {
    grows_ = header == HeaderRow::None;
    if (!grows_) read_header();
    while (!fields_.done()) read_row();
  }

 private:
  [[nodiscard]] std::string_view content(const Field& field) const {
    return std::string_view{text_}.substr(field.begin, field.length);
  }
  [[nodiscard]] std::string_view fault(const Field& field) const {
    return std::string_view{text_}.substr(field.fault_begin, field.fault_length);
  }

  Field next_field(std::size_t row_begin) {
    Field field = fields_.read();
    writer_.check_field(field.length, field.at);
    writer_.check_row(fields_.offset() - row_begin, field.at);
    return field;
  }

  [[noreturn]] void throw_empty() const {
    throw Error{ErrorCode::InvalidData,
                {.file = writer_.file()},
                {"is empty", "文件是空的"},
                {"the first row must name the columns", "第一行须是列名"}};
  }

  void read_header() {
    struct Heading {
      std::string name;
      TextPosition at;
    };
    std::vector<Heading> headings;
    bool named = false;
    while (!named) {
      if (fields_.done()) throw_empty();
      headings.clear();
      ++number_;
      const std::size_t begin = fields_.offset();
      const TextPosition row_at = fields_.position();
      bool more = true;
      bool any = false;
      while (more) {
        const Field field = next_field(begin);
        if (field.fault != QuoteFault::None) {
          throw writer_.error(ErrorCode::InvalidData, field.at,
                              {"this column name is quoted and goes on after its closing quote",
                               "列名的右引号之后还有文字"},
                              kQuote);
        }
        headings.push_back({std::string{trim(content(field))}, field.at});
        writer_.check_columns(headings.size(), field.at);
        named = named || !headings.back().name.empty();
        any = any || headings.size() > 1 || field.length > 0;
        more = field.end == FieldEnd::Separator;
      }
      if (!named && any) {
        throw writer_.error(ErrorCode::InvalidData, row_at,
                            {"the header names no column", "表头没有任何列名"},
                            {"write the column names in the first row", "请在第一行写上列名"});
      }
    }
    StringMap<TextPosition> places;
    for (const Heading& heading : headings) {
      if (heading.name.empty()) continue;
      const auto [found, fresh] = places.emplace(heading.name, heading.at);
      if (fresh) continue;
      throw writer_.error(
          ErrorCode::InvalidData, heading.at,
          {fmt::format("column \"{}\" occurs twice, first at {}:{}", excerpt(heading.name),
                       found->second.line, found->second.column),
           fmt::format("列名“{}”重复，第一次出现在第 {} 行第 {} 个字符", excerpt(heading.name),
                       found->second.line, found->second.column)},
          {"rename one of them", "请给其中一列改名"});
    }
    for (std::size_t i = 0; i < headings.size(); ++i) {
      std::string name = std::move(headings[i].name);
      if (name.empty()) {
        name = fmt::format("#{}", i + 1);
        while (!places.emplace(name, headings[i].at).second) name += '_';
      }
      writer_.add_column(std::move(name), headings[i].at);
    }
  }

  void read_row() {
    const std::size_t begin = fields_.offset();
    const TextPosition at = fields_.position();
    writer_.tick(begin);
    ++number_;
    writer_.begin_row({begin, 0, 0, number_, at.line, at.column});
    std::size_t columns = writer_.columns().size();
    std::size_t count = 0;
    bool blank = true;
    std::optional<Field> faulty;
    std::optional<Field> extra;
    std::optional<Field> suspicious;
    Field field;
    do {
      field = next_field(begin);
      blank = blank && field.length == 0;
      if (field.fault != QuoteFault::None && !faulty) faulty = field;
      if (field.line_breaks > 1 && !suspicious && holds_rows(content(field))) suspicious = field;
      if (grows_ && count == columns) {
        writer_.check_columns(++columns, field.at);
        writer_.add_column(fmt::format("#{}", columns), field.at);
      }
      if (count < columns) {
        writer_.add_cell({static_cast<std::uint32_t>(field.begin - begin),
                          static_cast<std::uint32_t>(field.length), field.at.line,
                          field.at.column});
      } else if (field.length > 0 && !extra) {
        extra = field;
      }
      ++count;
    } while (field.end == FieldEnd::Separator);
    if (faulty || extra) {
      writer_.drop_row();
      if (faulty) {
        report_quote(*faulty);
      } else {
        report_extra(*extra, count);
      }
    } else if (blank) {
      writer_.drop_row();
    } else {
      writer_.end_row();
      if (suspicious) report_suspicious(*suspicious);
    }
  }

  /// Whether the lines inside a quoted field have as many separators as rows of this table have.
  [[nodiscard]] bool holds_rows(std::string_view text) const {
    const std::size_t wanted = writer_.columns().size() - 1;
    std::size_t lines = 0;
    std::size_t from = text.find_first_of("\r\n");
    for (;;) {
      from = text.find_first_not_of("\r\n", from);
      const std::size_t end = text.find_first_of("\r\n", from);
      if (end == std::string_view::npos) break;
      const std::string_view line = text.substr(from, end - from);
      if (std::count(line.begin(), line.end(), separator_) != static_cast<std::ptrdiff_t>(wanted)) {
        return false;
      }
      ++lines;
      from = end;
    }
    // Fewer may be chance: an address written over three lines has commas, too.
    return lines * wanted >= 3;
  }

  void report_quote(const Field& field) {
    if (field.fault == QuoteFault::TextAfter) {
      writer_.add_problem(Severity::Error, number_, field.fault_at, "text-after-quote",
                          excerpt(fault(field)),
                          {"text after the closing quote", "右引号之后还有文字"}, kQuote);
      return;
    }
    writer_.add_problem(
        Severity::Error, number_, field.at, "stray-quote",
        excerpt("\"" + std::string{fault(field)}),
        {fmt::format("the quote opened here is not closed in this row (the next one stands at "
                     "{}:{}, in the middle of a field)",
                     field.fault_at.line, field.fault_at.column),
         fmt::format("此处的引号在本行没有闭合（下一个引号在第 {} 行第 {} 个字符，位于单元格中间）",
                     field.fault_at.line, field.fault_at.column)},
        {"close it; or, if it belongs to the text, quote the field and double it",
         "请补上右引号；若引号是文字的一部分，请给整个单元格加引号，并把其中的引号写成两个"});
  }

  void report_extra(const Field& field, std::size_t count) {
    const std::size_t columns = writer_.columns().size();
    writer_.add_problem(
        Severity::Error, number_, field.at, "extra-cells", excerpt(content(field)),
        {fmt::format("the row has {} cells, the header only {}", count, columns),
         fmt::format("本行有 {} 个单元格，表头只有 {} 列", count, columns)},
        {"put a field that holds the separator in quotes", "单元格里若含有分隔符，请给它加上引号"});
  }

  void report_suspicious(const Field& field) {
    writer_.add_problem(
        Severity::Warning, number_, field.at, "rows-in-field", excerpt(content(field)),
        {fmt::format("the quoted field goes over {} lines that look like rows of the table",
                     field.line_breaks + 1),
         fmt::format("这个带引号的单元格跨了 {} 行，其内容像是表格的多行数据",
                     field.line_breaks + 1)},
        {"check where its quote should be closed", "请检查引号应在何处闭合"});
  }

  const Text kQuote = {"write a quote that belongs to the text as two quotes",
                       "引号若是文字的一部分，请写成两个"};

  std::string& text_;
  char separator_;
  FieldReader fields_;
  TableWriter& writer_;
  std::uint32_t number_ = 0;
  bool grows_ = false;  // whether there are as many columns as the widest row has
};

Table parse_decoded(DecodedText decoded, const std::string& file, const TableOptions& options,
                    Separator separator, std::uint64_t file_bytes) {
  TableWriter writer{file, options, file_bytes};
  writer.set_total(decoded.text.size());
  const auto stated = stated_separator(decoded.text);
  const char by = stated                              ? *stated
                  : options.header == HeaderRow::None ? detect_separator_of_lines(decoded.text)
                                                      : detect_separator(decoded.text, separator);
  CsvReader reader{decoded.text, by, writer};
  if (stated) reader.skip_line();
  reader.read(options.header);
  return writer.finish(std::move(decoded.text), std::move(decoded.encoding));
}

// The first lines of a text, as far as no quote is open at their end.
std::string first_lines(std::string_view text) {
  constexpr std::size_t kMost = std::size_t{64} << 10;
  if (text.size() <= kMost) return std::string(text);
  text = text.substr(0, kMost);
  for (std::size_t end = text.rfind('\n'); end != std::string_view::npos && end > 0;
       end = text.rfind('\n', end - 1)) {
    const std::string_view lines = text.substr(0, end + 1);
    if (std::count(lines.begin(), lines.end(), '"') % 2 == 0) return std::string(lines);
  }
  return {};
}

// Whether the headings stand where they belong: in the first line, one line of them.
bool starts_with_headings(const DecodedText& decoded, const std::string& file,
                          const TableOptions& options) {
  if (options.header_row != 0) return false;
  if (!options.is_heading) return true;
  TableOptions raw = options;
  raw.header = HeaderRow::None;
  raw.progress = {};
  raw.limits = {};
  try {
    Table sample = parse_decoded({first_lines(decoded.text), decoded.encoding}, file, raw,
                                 Separator::MostUsed, 0);
    if (sample.size() == 0) return true;
    const std::uint32_t first = sample.row_number(0);
    const std::vector<Table> found = find_tables(std::move(sample), {}, options, ByShape::No);
    return found.size() == 1 && found.front().unit().empty() && found.front().header().row == first;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::Cancelled) throw;
    return true;  // what is wrong with the file is said when it is read
  }
}

}  // namespace

std::vector<Table> read_separated(std::string bytes, const std::string& file,
                                  const TableOptions& options, Separator separator) {
  check_limits(file, options.limits, bytes.size());
  const std::uint64_t size = bytes.size();
  DecodedText decoded = decode_text(std::move(bytes), file);
  std::vector<Table> tables;
  if (options.header == HeaderRow::None || starts_with_headings(decoded, file, options)) {
    tables.push_back(parse_decoded(std::move(decoded), file, options, separator, size));
    return tables;
  }
  TableOptions raw = options;
  raw.header = HeaderRow::None;
  return find_tables(parse_decoded(std::move(decoded), file, raw, separator, size), {}, options,
                     ByShape::No);
}

Table parse_separated(std::string bytes, const std::string& file, const TableOptions& options,
                      Separator separator) {
  check_limits(file, options.limits, bytes.size());
  const std::uint64_t size = bytes.size();
  return parse_decoded(decode_text(std::move(bytes), file), file, options, separator, size);
}

Table parse_csv(std::string bytes, const std::string& file, const TableOptions& options) {
  return parse_separated(std::move(bytes), file, options, Separator::MostUsed);
}

}  // namespace liantu
