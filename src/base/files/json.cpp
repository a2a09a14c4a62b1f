#include "liantu/base/files/json.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <system_error>

#include <fmt/format.h>
#include <rapidjson/error/error.h>
#include <rapidjson/memorystream.h>

#include "base/core/hash_map.hpp"
#include "base/core/json_memory.hpp"
#include "base/text/excerpt.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

constexpr std::size_t kMaxDepth = 64;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Spot {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// Turns ascending offsets into lines and columns, reading the text once.
class SpotCounter {
 public:
  explicit SpotCounter(std::string_view text) : text_(text) {}

  Spot at(std::size_t offset) {
    for (; at_ < std::min(offset, text_.size()); ++at_) {
      const auto byte = static_cast<unsigned char>(text_[at_]);
      if (byte == '\n') {
        ++spot_.line;
        spot_.column = 1;
      } else if ((byte & 0xC0) != 0x80) {
        ++spot_.column;
      }
    }
    return spot_;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  Spot spot_;
};

/// What is wrong with a text, and what to do about it.
struct Fault {
  Text wrong;
  Text remedy;
};

Error error_at(const std::string& file, Spot spot, const Fault& fault) {
  return Error(ErrorCode::InvalidData, {.file = file, .line = spot.line, .column = spot.column},
               fault.wrong, fault.remedy);
}

Fault describe(rapidjson::ParseErrorCode code) {
  switch (code) {
    case rapidjson::kParseErrorDocumentEmpty:
      return {{"the file is empty", "文件为空"}, {"write a JSON value", "请写入 JSON 内容"}};
    case rapidjson::kParseErrorDocumentRootNotSingular:
      return {{"text goes on after the end of the JSON value", "JSON 内容结束后仍有多余文字"},
              {"remove it", "请删除"}};
    case rapidjson::kParseErrorObjectMissName:
      return {{"the name of a member is missing", "缺少成员名"},
              {"write it in double quotes, and no comma after the last member",
               "请用英文双引号写成员名，最后一个成员后不要加逗号"}};
    case rapidjson::kParseErrorObjectMissColon:
      return {{"a colon is missing after the name of a member", "成员名后缺少冒号"},
              {"add \":\"", "请加上英文冒号"}};
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
      return {{"a comma or a closing brace is missing after a member", "成员后缺少逗号或右花括号"},
              {"add \",\" or \"}\"", "请加上英文的“,”或“}”"}};
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
      return {
          {"a comma or a closing bracket is missing after an element", "元素后缺少逗号或右方括号"},
          {"add \",\" or \"]\"", "请加上英文的“,”或“]”"}};
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
      return {{"\\u is not followed by four hexadecimal digits", "\\u 后面不是四位十六进制数字"},
              {"correct it", "请改正"}};
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
      return {{"half of a surrogate pair is missing after \\u", "\\u 代理对不完整"},
              {"write the character itself", "请直接写出该字符"}};
    case rapidjson::kParseErrorStringEscapeInvalid:
      return {{"unknown escape after a backslash", "反斜杠后的转义无效"},
              {"write a backslash as \\\\", "反斜杠本身请写成 \\\\"}};
    case rapidjson::kParseErrorStringMissQuotationMark:
      return {{"the closing double quote of a string is missing", "字符串缺少右边的英文双引号"},
              {"add it", "请补上"}};
    case rapidjson::kParseErrorStringInvalidEncoding:
      return {{"a string holds a character that may not stand there", "字符串中有不允许的字符"},
              {"write line breaks as \\n and tabs as \\t", "换行请写成 \\n，制表符请写成 \\t"}};
    case rapidjson::kParseErrorNumberTooBig:
      return {{"the number is too large", "数字过大"}, {"write a smaller one", "请改小"}};
    case rapidjson::kParseErrorNumberMissFraction:
      return {{"digits are missing after the decimal point", "小数点后缺少数字"},
              {"add them", "请补上"}};
    case rapidjson::kParseErrorNumberMissExponent:
      return {{"digits are missing after the exponent", "指数后缺少数字"}, {"add them", "请补上"}};
    default:
      return {{"this is not a JSON value", "此处不是 JSON 值"},
              {"write a string in double quotes, a number, true, false, null, [ or {",
               "请写英文双引号括起的字符串、数字、true、false、null、[ 或 {"}};
  }
}

/// Reads what JSON takes for a number. RapidJSON only finds where it ends: its own reading turns
/// `0e43` into 2.4e24.
/// @return  What is wrong, or nothing.
std::optional<Fault> read_number(std::string_view digits, double& value) {
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc::result_out_of_range) {
    return Fault{{"the number is too large or too close to 0 to be reckoned with",
                  "数字过大或过于接近 0，无法计算"},
                 {"write 0, or one between 1e-307 and 1e308",
                  "请写 0，或绝对值在 1e-307 与 1e308 之间的数"}};
  }
  if (error != std::errc() || stop != digits.data() + digits.size()) {
    return describe(rapidjson::kParseErrorValueInvalid);
  }
  return std::nullopt;
}

/// Builds values out of the events of the reader.
class Builder {
 public:
  Builder(std::string_view text, const rapidjson::MemoryStream& stream)
      : text_(text), stream_(stream), spots_(text) {}

  bool Null() { return add(nullptr); }
  bool Bool(bool value) { return add(value); }
  bool RawNumber(const char* digits, rapidjson::SizeType size, bool) {
    double value = 0;
    problem_ = read_number({digits, size}, value);
    if (!problem_) return add(value);
    problem_spot_ = next_spot();
    return false;
  }
  // Numbers come as digits, so these never are called.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }
  bool String(const char* data, rapidjson::SizeType size, bool) {
    return whole({data, size}) && add(std::string(data, size));
  }
  bool StartObject() { return open(true); }
  bool StartArray() { return open(false); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool EndArray(rapidjson::SizeType) { return close(); }

  bool Key(const char* data, rapidjson::SizeType size, bool) {
    if (!whole({data, size})) return false;
    const Spot spot = next_spot();
    Frame& frame = frames_.back();
    frame.key.assign(data, size);
    if (!frame.names.insert(frame.key).second) {
      problem_ = Fault{{fmt::format("member \"{}\" is named twice", excerpt(frame.key)),
                        fmt::format("成员“{}”重复出现", excerpt(frame.key))},
                       {"keep one of them", "请只保留一个"}};
      problem_spot_ = spot;
      return false;
    }
    return true;
  }

  /// Why an event was refused, and where.
  [[nodiscard]] const std::optional<Fault>& problem() const { return problem_; }
  [[nodiscard]] Spot problem_spot() const { return problem_spot_; }
  [[nodiscard]] JsonValue take_root() { return std::move(root_); }

 private:
  struct Frame {
    bool is_object = false;
    Spot spot;
    std::string key;  ///< member whose value comes next
    JsonValue::Object members;
    JsonValue::Array elements;
    HashSet<std::string> names;
  };

  /// Refuses half a surrogate pair, which RapidJSON lets pass when it is the second half.
  bool whole(std::string_view text) {
    if (!find_invalid_utf8(text)) return true;
    problem_ = describe(rapidjson::kParseErrorStringUnicodeSurrogateInvalid);
    problem_spot_ = next_spot();
    return false;
  }

  /// Start of the token whose event is being handled; only blanks, commas and colons lie between
  /// two tokens.
  [[nodiscard]] std::size_t next_start() const {
    return std::min(text_.find_first_not_of(" \t\r\n,:", done_), text_.size());
  }

  /// Place of a scalar or a name, which the reader has passed.
  Spot next_spot() {
    const std::size_t start = next_start();
    done_ = stream_.Tell();
    return spots_.at(start);
  }

  /// Place of a bracket or brace, which the reader may or may not have passed.
  Spot next_mark() {
    const std::size_t start = next_start();
    done_ = start + 1;
    return spots_.at(start);
  }

  template <typename T>
  bool add(T value) {
    const Spot spot = next_spot();
    return put(JsonValue(std::move(value), spot.line, spot.column));
  }

  bool put(JsonValue value) {
    if (frames_.empty()) {
      root_ = std::move(value);
    } else if (Frame& frame = frames_.back(); frame.is_object) {
      frame.members.emplace_back(std::move(frame.key), std::move(value));
    } else {
      frame.elements.push_back(std::move(value));
    }
    return true;
  }

  bool open(bool is_object) {
    const Spot spot = next_mark();
    if (frames_.size() == kMaxDepth) {
      problem_ = Fault{{fmt::format("nested deeper than {} levels", kMaxDepth),
                        fmt::format("嵌套超过 {} 层", kMaxDepth)},
                       {"make the file flatter", "请减少层次"}};
      problem_spot_ = spot;
      return false;
    }
    frames_.emplace_back();
    frames_.back().is_object = is_object;
    frames_.back().spot = spot;
    return true;
  }

  bool close() {
    next_mark();
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    const Spot spot = frame.spot;
    return put(frame.is_object ? JsonValue(std::move(frame.members), spot.line, spot.column)
                               : JsonValue(std::move(frame.elements), spot.line, spot.column));
  }

  std::string_view text_;
  const rapidjson::MemoryStream& stream_;
  SpotCounter spots_;
  std::size_t done_ = 0;  ///< end of the last token
  std::vector<Frame> frames_;
  JsonValue root_;
  std::optional<Fault> problem_;
  Spot problem_spot_;
};

}  // namespace

const JsonValue* JsonValue::find(std::string_view name) const {
  const Object* members = as_object();
  if (members == nullptr) return nullptr;
  const auto found = std::find_if(members->begin(), members->end(),
                                  [name](const Member& member) { return member.first == name; });
  return found == members->end() ? nullptr : &found->second;
}

JsonValue parse_json(std::string_view text, const std::string& file) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (const std::optional<std::size_t> invalid = find_invalid_utf8(text)) {
    throw error_at(file, SpotCounter(text).at(*invalid),
                   {{"the text is not UTF-8", "文本不是 UTF-8 编码"},
                    {"save the file as UTF-8", "请将文件另存为 UTF-8"}});
  }
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag |
                              rapidjson::kParseValidateEncodingFlag |
                              rapidjson::kParseNumbersAsStringsFlag;
  rapidjson::MemoryStream stream(text.data(), text.size());
  Builder builder(text, stream);
  JsonReader reader;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, builder);
  if (builder.problem()) throw error_at(file, builder.problem_spot(), *builder.problem());
  if (result.IsError()) {
    throw error_at(file, SpotCounter(text).at(result.Offset()), describe(result.Code()));
  }
  // The reader takes a NUL for the end.
  if (stream.Tell() != text.size()) {
    throw error_at(file, SpotCounter(text).at(stream.Tell()),
                   describe(rapidjson::kParseErrorDocumentRootNotSingular));
  }
  return builder.take_root();
}

}  // namespace liantu
