#include "base/files/json_file.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {

InputPlace JsonFile::place(const JsonValue& value) const {
  return {.file = file_, .line = value.line(), .column = value.column()};
}

void JsonFile::fail(const JsonValue& at, std::string_view en, std::string_view zh,
                    std::string_view remedy_en, std::string_view remedy_zh) const {
  const bool one_for_all = !remedy_.en.empty();
  throw Error(ErrorCode::InvalidData, place(at), {std::string(en), std::string(zh)},
              one_for_all ? remedy_ : Text{std::string(remedy_en), std::string(remedy_zh)});
}

const JsonValue::Object& JsonFile::object(const JsonValue& value) const {
  if (value.as_object() != nullptr) return *value.as_object();
  fail(value, "an object is expected here", "此处应为对象", "write { … }", "请写成 { … }");
}

const JsonValue::Array& JsonFile::array(const JsonValue& value) const {
  if (value.as_array() != nullptr) return *value.as_array();
  fail(value, "a list is expected here", "此处应为列表", "write [ … ]", "请写成 [ … ]");
}

const std::string& JsonFile::string(const JsonValue& value) const {
  if (value.as_string() != nullptr) return *value.as_string();
  fail(value, "a text is expected here", "此处应为文本", "write it in double quotes", "请加双引号");
}

double JsonFile::number(const JsonValue& value) const {
  if (value.as_number() != nullptr) return *value.as_number();
  fail(value, "a number is expected here", "此处应为数字", "write it without quotes",
       "请写不带引号的数字");
}

std::uint64_t JsonFile::count(const JsonValue& value) const {
  constexpr double kMostExact = 9007199254740992.0;
  const double found = number(value);
  if (found >= 0 && found <= kMostExact && std::floor(found) == found) {
    return static_cast<std::uint64_t>(found);
  }
  fail(value, "a whole number of 0 or more is expected here", "此处应为非负整数",
       "write it without sign and fraction", "请写不带正负号和小数的数");
}

std::vector<double> JsonFile::numbers(const JsonValue& value, std::size_t expected) const {
  std::vector<double> numbers;
  for (const JsonValue& one : array(value)) numbers.push_back(number(one));
  if (numbers.size() == expected) return numbers;
  fail(value, fmt::format("there are {} numbers instead of {}", numbers.size(), expected),
       fmt::format("有 {} 个数，应为 {} 个", numbers.size(), expected));
}

const JsonValue& JsonFile::member(const JsonValue& value, std::string_view name) const {
  if (const JsonValue* found = value.find(name)) return *found;
  fail(value, fmt::format("the member `{}` is missing", name), fmt::format("缺少“{}”", name));
}

void JsonFile::only(const JsonValue& value, std::initializer_list<std::string_view> known) const {
  for (const auto& [name, member] : object(value)) {
    if (std::ranges::find(known, name) != known.end()) continue;
    fail(member, fmt::format("member \"{}\" is not known", excerpt(name)),
         fmt::format("不认识成员 \"{}\"", excerpt(name)),
         fmt::format("known here: {}", fmt::join(known, " ")),
         fmt::format("此处可用：{}", fmt::join(known, " ")));
  }
}

}  // namespace liantu
