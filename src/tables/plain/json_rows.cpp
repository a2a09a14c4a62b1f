#include "tables/plain/json_rows.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>

#include "base/core/json_memory.hpp"
#include "base/core/string_map.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/tables/cells/encoding.hpp"
#include "tables/cells/table_writer.hpp"

namespace liantu {
namespace {

constexpr std::string_view kBlanks = " \t\n\r";
constexpr std::uint32_t kMaxDepth = 64;
constexpr std::uint32_t kHeaderRow = 1;

Text parse_error_text(rapidjson::ParseErrorCode code) {
  const auto zh = [code]() -> std::string_view {
    switch (code) {
      case rapidjson::kParseErrorDocumentEmpty:
        return "内容为空";
      case rapidjson::kParseErrorDocumentRootNotSingular:
        return "JSON 结束之后还有内容";
      case rapidjson::kParseErrorObjectMissName:
        return "对象中缺少成员名";
      case rapidjson::kParseErrorObjectMissColon:
        return "成员名之后缺少冒号";
      case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
        return "对象中缺少逗号或右花括号";
      case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
        return "数组中缺少逗号或右方括号";
      case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
        return "\\u 转义不是四位十六进制数";
      case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
        return "\\u 转义的代理对不完整";
      case rapidjson::kParseErrorStringEscapeInvalid:
        return "字符串中有无效的转义";
      case rapidjson::kParseErrorStringMissQuotationMark:
        return "字符串缺少右引号";
      case rapidjson::kParseErrorStringInvalidEncoding:
        return "字符串中有不允许的字符";
      case rapidjson::kParseErrorNumberTooBig:
        return "数字过大";
      case rapidjson::kParseErrorNumberMissFraction:
        return "小数点之后缺少数字";
      case rapidjson::kParseErrorNumberMissExponent:
        return "指数缺少数字";
      default:
        return "此处不是有效的值";
    }
  };
  std::string en = rapidjson::GetParseError_En(code);
  if (en.ends_with('.')) en.pop_back();
  return {"not valid JSON: " + en, fmt::format("不是有效的 JSON：{}", zh())};
}

/// What ends the parsing of a document or a line, and where.
struct Failure {
  std::size_t offset = 0;
  Text text;
};

/// Turns offsets that mostly ascend into lines and columns.
class PlaceFinder {
 public:
  explicit PlaceFinder(std::string_view text) : text_(text) {}

  TextPosition at(std::size_t offset) {
    if (offset < offset_) {
      offset_ = 0;
      position_ = {};
    }
    // Between the bytes of a CRLF no value starts, and an error may be put before them.
    if (offset > 0 && offset < text_.size() && text_[offset] == '\n' && text_[offset - 1] == '\r') {
      --offset;
    }
    if (offset > offset_) {
      advance(position_, text_.substr(offset_, offset - offset_));
      offset_ = offset;
    }
    return position_;
  }

 private:
  std::string_view text_;
  std::size_t offset_ = 0;
  TextPosition position_;
};

/// Reads single values; an object becomes a row.
class RowReader {
 public:
  enum class Keep : std::uint8_t {
    Row,         ///< an object becomes a row
    RowOfALine,  ///< the same, and nothing may follow it
    Nothing,
  };
  struct Value {
    std::size_t end = 0;
    bool object = false;
    std::optional<Failure> failure;
  };

  RowReader(std::string_view text, TableWriter& writer)
      : text_(text), places_(text), writer_(writer) {}

  [[nodiscard]] TextPosition at(std::size_t offset) { return places_.at(offset); }
  [[nodiscard]] std::string take_cells() { return std::move(cells_text_); }
  /// The string that was read last.
  [[nodiscard]] const std::string& string() const { return string_; }

  /// Reads the value that starts at `from` and may go on to `to`.
  /// @param number  Number of the row that an object becomes.
  /// @param depth   How deep in the document the value stands.
  Value read(std::size_t from, std::size_t to, Keep keep, std::uint32_t number = 0,
             std::uint32_t depth = 0);

  // Called by RapidJSON. Numbers come as digits, so Int() … Double() never are.
  bool Null() { return scalar({}, Scalar::Null); }
  bool Bool(bool value) { return scalar(value ? "true" : "false", Scalar::Word); }
  bool RawNumber(const char* digits, rapidjson::SizeType length, bool) {
    return scalar({digits, length}, Scalar::Word);
  }
  bool String(const char* text, rapidjson::SizeType length, bool) {
    return scalar({text, length}, Scalar::String);
  }
  bool Int(int) { return true; }
  bool Uint(unsigned) { return true; }
  bool Int64(std::int64_t) { return true; }
  bool Uint64(std::uint64_t) { return true; }
  bool Double(double) { return true; }
  bool Key(const char* name, rapidjson::SizeType length, bool);
  bool StartObject() { return start(Nested::Object); }
  bool StartArray() { return start(Nested::Array); }
  bool EndObject(rapidjson::SizeType) { return end(); }
  bool EndArray(rapidjson::SizeType) { return end(); }

 private:
  enum class Scalar : std::uint8_t { Null, Word, String };
  enum class Nested : std::uint8_t { Object, Array };
  struct RowCell {
    std::uint32_t column = 0;
    TableWriter::CellStart cell;
    bool list = false;  ///< whether it was an array of several scalars
  };
  struct BadValue {
    TextPosition at;
    std::string kind;
    std::string value;
    Text what;
    Text remedy;
  };

  [[nodiscard]] std::size_t offset() const { return from_ + stream_->Tell(); }
  /// Depth inside the row's object: 1 its members, 2 elements of an array in it.
  [[nodiscard]] std::uint32_t row_depth() const { return row_ ? depth_ - outer_depth_ : 0; }

  bool scalar(std::string_view text, Scalar kind);
  /// RapidJSON lets the second half of a surrogate pair stand alone.
  bool fail_at_surrogate() {
    failure_ = Failure{offset() - 1,
                       parse_error_text(rapidjson::kParseErrorStringUnicodeSurrogateInvalid)};
    return false;
  }
  bool start(Nested nested);
  bool end();
  std::uint32_t column_of(std::string_view name);
  void add_cell();
  void end_row();
  void leave_row_out();
  void spoil_by_nul(std::size_t at);

  std::string_view text_;
  PlaceFinder places_;
  TableWriter& writer_;
  JsonReader reader_;
  std::string cells_text_;  ///< what the table's cells point into
  std::string string_;

  // Of the value being read.
  const rapidjson::MemoryStream* stream_ = nullptr;
  std::size_t from_ = 0;
  std::uint32_t outer_depth_ = 0;
  std::uint32_t depth_ = 0;
  std::optional<Failure> failure_;
  bool keep_ = false;
  bool row_ = false;

  // Of the row being read.
  std::uint32_t number_ = 0;
  std::size_t row_text_ = 0;     ///< where its cells begin
  std::size_t old_columns_ = 0;  ///< columns there were before it
  std::vector<RowCell> row_cells_;
  std::optional<BadValue> bad_value_;
  std::uint32_t next_column_ = 0;
  std::uint32_t column_ = 0;    ///< of the member being read
  std::size_t member_end_ = 0;  ///< of the member before, or of the opening bracket
  std::size_t key_begin_ = 0;
  std::size_t value_begin_ = 0;
  std::size_t cell_text_ = 0;  ///< where the cell's text begins
  bool joined_ = false;        ///< whether the value is an array of scalars so far
  bool joined_any_ = false;
  bool several_ = false;  ///< whether it has more than one

  StringMap<std::uint32_t> column_index_;
  std::vector<std::uint32_t> column_row_;  ///< number of the row that used a column last
};

RowReader::Value RowReader::read(std::size_t from, std::size_t to, Keep keep, std::uint32_t number,
                                 std::uint32_t depth) {
  rapidjson::MemoryStream stream{text_.data() + from, to - from};
  stream_ = &stream;
  from_ = from;
  outer_depth_ = depth;
  depth_ = depth;
  failure_.reset();
  keep_ = keep != Keep::Nothing;
  row_ = false;
  number_ = number;
  constexpr unsigned kFlags = rapidjson::kParseValidateEncodingFlag |
                              rapidjson::kParseNumbersAsStringsFlag |
                              rapidjson::kParseStopWhenDoneFlag;
  const rapidjson::ParseResult result = reader_.Parse<kFlags>(stream, *this);
  Value value;
  value.end = offset();
  value.object = row_;
  if (result.IsError() && !failure_) {
    failure_ = Failure{from + result.Offset(), parse_error_text(result.Code())};
  }
  if (keep == Keep::RowOfALine && !failure_) {
    const std::size_t next = text_.find_first_not_of(kBlanks, value.end);
    if (next < to) {
      failure_ = Failure{next, parse_error_text(rapidjson::kParseErrorDocumentRootNotSingular)};
    }
  }
  if (row_) {
    if (failure_) {
      leave_row_out();
    } else {
      end_row();
    }
  }
  value.failure = std::move(failure_);
  return value;
}

bool RowReader::scalar(std::string_view text, Scalar kind) {
  if (kind == Scalar::String && find_invalid_utf8(text)) return fail_at_surrogate();
  const std::uint32_t depth = row_depth();
  if (depth == 0 && kind == Scalar::String && depth_ == outer_depth_) string_ = text;
  const bool element = depth == 2 && joined_;
  if (depth != 1 && !element) return true;
  if (element && kind != Scalar::Null) {
    if (joined_any_) cells_text_ += ';';
    several_ = joined_any_;
    joined_any_ = true;
  }
  cells_text_ += text;
  if (text.find('\0') != std::string_view::npos) spoil_by_nul(value_begin_);
  if (depth == 1) add_cell();
  return true;
}

bool RowReader::start(Nested nested) {
  if (depth_ == kMaxDepth) {
    failure_ = Failure{offset() - 1,
                       {fmt::format("nested deeper than {} levels; a table needs two", kMaxDepth),
                        fmt::format("嵌套超过 {} 层；表格数据只需两层", kMaxDepth)}};
    return false;
  }
  const std::uint32_t depth = row_depth();
  if (depth == 1) {
    joined_ = nested == Nested::Array;
    joined_any_ = several_ = false;
  } else if (depth == 2) {
    joined_ = false;
  } else if (depth_ == outer_depth_ && keep_ && nested == Nested::Object) {
    row_ = true;
    const TextPosition at = places_.at(from_);
    row_text_ = cells_text_.size();
    old_columns_ = writer_.columns().size();
    row_cells_.clear();
    bad_value_.reset();
    next_column_ = 0;
    member_end_ = offset();
    writer_.begin_row({row_text_, 0, 0, number_, at.line, at.column});
  }
  ++depth_;
  return true;
}

bool RowReader::end() {
  --depth_;
  if (row_depth() != 1) return true;
  if (!joined_) {
    cells_text_.resize(cell_text_);
    cells_text_ += text_.substr(value_begin_, offset() - value_begin_);
  }
  add_cell();
  row_cells_.back().list = joined_ && several_;
  return true;
}

bool RowReader::Key(const char* name, rapidjson::SizeType length, bool) {
  if (find_invalid_utf8({name, length})) return fail_at_surrogate();
  if (row_depth() != 1) return true;
  // Blanks and the comma are all that may stand before a name, blanks and the colon before a value.
  key_begin_ = text_.find_first_not_of(" \t\n\r,", member_end_);
  value_begin_ = std::min(text_.find_first_not_of(" \t\n\r:", offset()), text_.size());
  const std::string_view trimmed = trim({name, length});
  if (trimmed.find('\0') != std::string_view::npos) spoil_by_nul(key_begin_);
  column_ = column_of(trimmed);
  next_column_ = column_ + 1;
  if (column_row_[column_] == number_ && !bad_value_) {
    bad_value_ = {places_.at(key_begin_),
                  "duplicate-member",
                  excerpt(trimmed),
                  {"the object names this member twice", "该对象中此成员出现了两次"},
                  {"keep one of the two", "请只保留其中一个"}};
  }
  column_row_[column_] = number_;
  cell_text_ = cells_text_.size();
  return true;
}

std::uint32_t RowReader::column_of(std::string_view name) {
  const std::vector<std::string>& columns = writer_.columns();
  // Objects of one file mostly name their members in one order.
  if (next_column_ < columns.size() && columns[next_column_] == name) return next_column_;
  const auto found = column_index_.find(name);
  if (found != column_index_.end()) return found->second;
  const auto fresh = static_cast<std::uint32_t>(columns.size());
  const TextPosition at = places_.at(key_begin_);
  writer_.check_columns(fresh + std::size_t{1}, at);
  column_index_.emplace(name, fresh);
  writer_.add_column(std::string{name}, at);
  column_row_.push_back(0);
  return fresh;
}

void RowReader::add_cell() {
  const std::size_t length = cells_text_.size() - cell_text_;
  const TextPosition at = places_.at(value_begin_);
  writer_.check_field(length, at);
  writer_.check_row(offset() - from_, at);
  row_cells_.push_back({column_,
                        {static_cast<std::uint32_t>(cell_text_ - row_text_),
                         static_cast<std::uint32_t>(length), at.line, at.column}});
  member_end_ = offset();
}

void RowReader::end_row() {
  if (bad_value_) {
    writer_.add_problem(Severity::Error, number_, bad_value_->at, std::move(bad_value_->kind),
                        std::move(bad_value_->value), std::move(bad_value_->what),
                        std::move(bad_value_->remedy));
    leave_row_out();
    return;
  }
  const auto by_column = [](const RowCell& a, const RowCell& b) { return a.column < b.column; };
  if (!std::is_sorted(row_cells_.begin(), row_cells_.end(), by_column)) {
    std::sort(row_cells_.begin(), row_cells_.end(), by_column);
  }
  for (const RowCell& cell : row_cells_) {
    writer_.add_cell(cell.cell, cell.column);
    if (cell.list) writer_.mark_list();
  }
  writer_.end_row();
}

void RowReader::leave_row_out() {
  for (std::size_t i = old_columns_; i < writer_.columns().size(); ++i) {
    column_index_.erase(writer_.columns()[i]);
  }
  writer_.keep_columns(old_columns_);
  column_row_.resize(old_columns_);
  cells_text_.resize(row_text_);
}

void RowReader::spoil_by_nul(std::size_t at) {
  if (bad_value_) return;
  bad_value_ = {places_.at(at),
                "nul",
                "\\u0000",
                {"a NUL character (\\u0000) in the text", "文字中含有空字符（\\u0000）"},
                {"remove it", "请删除该字符"}};
}

/// Finds the rows of a text.
class JsonRows {
 public:
  JsonRows(const std::string& text, TableWriter& writer)
      : text_(text), rows_(text, writer), writer_(writer) {}

  void read_lines();
  void read_document();
  [[nodiscard]] std::string take_cells() { return rows_.take_cells(); }

 private:
  using Keep = RowReader::Keep;

  [[nodiscard]] std::size_t skip_blanks(std::size_t from) const {
    return std::min(text_.find_first_not_of(kBlanks, from), text_.size());
  }
  [[nodiscard]] char peek(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  [[noreturn]] void fail(std::size_t at, Text wrong, Text remedy) {
    throw writer_.error(ErrorCode::InvalidData, rows_.at(at), std::move(wrong), std::move(remedy));
  }
  [[noreturn]] void fail_malformed(std::size_t at, Text wrong) {
    fail(at, std::move(wrong),
         {"mend it there, or export the file again", "请改正此处，或重新导出文件"});
  }
  RowReader::Value read_value(std::size_t from, Keep keep, std::uint32_t number,
                              std::uint32_t depth);
  std::size_t read_array(std::size_t from, std::uint32_t depth);
  std::size_t read_root_object(std::size_t from);
  void add_no_object(std::size_t at, std::size_t end);

  std::string_view text_;
  RowReader rows_;
  TableWriter& writer_;
  std::uint32_t number_ = kHeaderRow;
};

RowReader::Value JsonRows::read_value(std::size_t from, Keep keep, std::uint32_t number,
                                      std::uint32_t depth) {
  RowReader::Value value = rows_.read(from, text_.size(), keep, number, depth);
  if (value.failure) fail_malformed(value.failure->offset, value.failure->text);
  return value;
}

void JsonRows::add_no_object(std::size_t at, std::size_t end) {
  writer_.add_problem(
      Severity::Error, number_, rows_.at(at), "no-object", excerpt(text_.substr(at, end - at)),
      {"no JSON object where a row should be", "此处应是一个 JSON 对象（一行数据）"},
      {"write the row as {\"column\": value, …}", "请写成 {\"列名\": 值, …} 的形式"});
}

void JsonRows::read_lines() {
  bool any = false;
  std::optional<Failure> first;
  for (std::size_t from = 0; from < text_.size();) {
    const std::size_t end = std::min(text_.find_first_of("\r\n", from), text_.size());
    const std::size_t next = end + (text_.substr(end).starts_with("\r\n") ? 2 : 1);
    ++number_;
    writer_.tick(from);
    const std::size_t begin = std::min(text_.find_first_not_of(kBlanks, from), end);
    if (begin < end) {
      const RowReader::Value value = rows_.read(begin, end, Keep::RowOfALine, number_);
      any = any || (value.object && !value.failure);
      if (value.failure) {
        if (!first) first = value.failure;
        const TextPosition at = rows_.at(value.failure->offset);
        writer_.add_problem(Severity::Error, number_, at, "malformed-json",
                            excerpt(text_.substr(begin, end - begin)), value.failure->text,
                            {"write one whole object a line", "请每行写一个完整的对象"});
      } else if (!value.object) {
        if (!first) first = Failure{begin, {"no JSON object", "不是 JSON 对象"}};
        add_no_object(begin, end);
      }
    }
    from = next;
  }
  if (!any && first) {
    fail(first->offset,
         {fmt::format("no line is a JSON object (the first fault: {})", first->text.en),
          fmt::format("没有一行是 JSON 对象（第一处错误：{}）", first->text.zh)},
         {"write one whole object a line", "请每行写一个完整的对象"});
  }
}

void JsonRows::read_document() {
  const std::size_t begin = skip_blanks(0);
  std::size_t end = begin;
  if (peek(begin) == '[') {
    end = read_array(begin, 1);
    if (writer_.rows() == 0 && !writer_.problems().empty()) {
      const Problem& first = writer_.problems().front();
      throw Error(
          ErrorCode::InvalidData, first.place,
          {fmt::format("no element of the array can be used (the first fault: {})", first.what.en),
           fmt::format("数组中没有一个元素可用（第一处错误：{}）", first.what.zh)},
          first.remedy);
    }
  } else if (peek(begin) == '{') {
    end = read_root_object(begin);
  } else {
    fail(begin, {"not a JSON array of objects", "不是由对象组成的 JSON 数组"},
         {"write [{\"column\": value, …}, …]", "请写成 [{\"列名\": 值, …}, …]"});
  }
  end = skip_blanks(end);
  if (end < text_.size()) {
    fail_malformed(end, parse_error_text(rapidjson::kParseErrorDocumentRootNotSingular));
  }
}

/// Reads the elements as rows. Returns where the array ends.
std::size_t JsonRows::read_array(std::size_t from, std::uint32_t depth) {
  std::size_t at = skip_blanks(from + 1);
  if (peek(at) == ']') return at + 1;
  for (;;) {
    writer_.tick(at);
    ++number_;
    const RowReader::Value value = read_value(at, Keep::Row, number_, depth);
    if (!value.object) add_no_object(at, value.end);
    at = skip_blanks(value.end);
    if (peek(at) == ']') return at + 1;
    if (peek(at) != ',') {
      fail_malformed(at, parse_error_text(rapidjson::kParseErrorArrayMissCommaOrSquareBracket));
    }
    at = skip_blanks(at + 1);
  }
}

/// Looks for the one array of objects among the members.
std::size_t JsonRows::read_root_object(std::size_t from) {
  std::optional<std::string> rows_member;
  bool empty_array = false;
  std::size_t at = skip_blanks(from + 1);
  bool more = peek(at) != '}';
  while (more) {
    if (peek(at) != '"') fail_malformed(at, parse_error_text(rapidjson::kParseErrorObjectMissName));
    const std::size_t name_at = at;
    at = skip_blanks(read_value(at, Keep::Nothing, 0, 1).end);
    const std::string name = rows_.string();
    if (peek(at) != ':')
      fail_malformed(at, parse_error_text(rapidjson::kParseErrorObjectMissColon));
    at = skip_blanks(at + 1);
    const char inside = peek(at) == '[' ? peek(skip_blanks(at + 1)) : '\0';
    empty_array = empty_array || inside == ']';
    if (inside == '{') {
      if (rows_member) {
        fail(name_at,
             {fmt::format("members \"{}\" and \"{}\" are both arrays of objects",
                          excerpt(*rows_member), excerpt(name)),
              fmt::format("成员“{}”和“{}”都是对象数组", excerpt(*rows_member), excerpt(name))},
             {"keep the one that is the table", "请只保留作为表格的那一个"});
      }
      rows_member = name;
      at = read_array(at, 2);
    } else {
      at = read_value(at, Keep::Nothing, 0, 1).end;
    }
    at = skip_blanks(at);
    more = peek(at) == ',';
    if (more) {
      at = skip_blanks(at + 1);
    } else if (peek(at) != '}') {
      fail_malformed(at, parse_error_text(rapidjson::kParseErrorObjectMissCommaOrCurlyBracket));
    }
  }
  if (!rows_member && !empty_array) {
    fail(from, {"the object holds no array of objects", "该对象中没有对象数组"},
         {"write [{\"column\": value, …}, …]", "请写成 [{\"列名\": 值, …}, …]"});
  }
  return at + 1;
}

bool looks_like_lines(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos || text[begin] != '{') return false;
  const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
  const std::size_t last = text.substr(0, end).find_last_not_of(kBlanks);
  return text[last] == '}' && last > begin &&
         text.find_first_not_of(kBlanks, end) != std::string_view::npos;
}

}  // namespace

Table parse_json_rows(std::string bytes, const std::string& file, const TableOptions& options,
                      JsonShape shape) {
  TableWriter writer{file, options, bytes.size()};
  const DecodedText decoded = decode_text(std::move(bytes), file);
  if (decoded.encoding != "UTF-8") {
    throw Error{ErrorCode::InvalidData,
                {.file = file},
                {fmt::format("is written in {}, JSON must be UTF-8", decoded.encoding),
                 fmt::format("文件编码是 {}，而 JSON 必须是 UTF-8", decoded.encoding)},
                {"save it as UTF-8", "请另存为 UTF-8"}};
  }
  if (decoded.text.find_first_not_of(kBlanks) == std::string::npos) {
    throw Error{ErrorCode::InvalidData,
                {.file = file},
                {"is empty", "文件是空的"},
                {"a JSON object per row is expected", "每行数据应是一个 JSON 对象"}};
  }
  writer.set_total(decoded.text.size());
  JsonRows rows{decoded.text, writer};
  if (shape == JsonShape::Lines || looks_like_lines(decoded.text)) {
    rows.read_lines();
  } else {
    rows.read_document();
  }
  return writer.finish(rows.take_cells(), decoded.encoding);
}

Table parse_json_rows(std::string bytes, const std::string& file, const TableOptions& options) {
  const bool lines = file.ends_with(".jsonl") || file.ends_with(".ndjson");
  return parse_json_rows(std::move(bytes), file, options,
                         lines ? JsonShape::Lines : JsonShape::FromContent);
}

}  // namespace liantu
