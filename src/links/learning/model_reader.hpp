#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "liantu/base/error.hpp"
#include "liantu/base/json.hpp"

namespace liantu {

/// Reads members of a model file and says where one is wrong.
class ModelReader {
 public:
  ModelReader(const JsonValue& value, const std::string& file) : value_(value), file_(file) {}

  [[noreturn]] void fail(std::string_view en, std::string_view zh) const {
    const std::string place = fmt::format("{}:{}:{}", file_, value_.line(), value_.column());
    throw Error(ErrorCode::InvalidData,
                {fmt::format("{}: {}; write the model again with `liantu train`", place, en),
                 fmt::format("{}: {}；请用“liantu train”重新训练", place, zh)});
  }
  [[nodiscard]] ModelReader member(std::string_view name) const {
    const JsonValue* found = value_.as_object() == nullptr ? nullptr : value_.find(name);
    if (found == nullptr) {
      fail(fmt::format("the member `{}` is missing", name), fmt::format("缺少“{}”", name));
    }
    return {*found, file_};
  }
  [[nodiscard]] double number() const {
    const double* found = value_.as_number();
    if (found == nullptr || !std::isfinite(*found)) fail("this must be a number", "此处应为数字");
    return *found;
  }
  [[nodiscard]] std::uint64_t count() const {
    const double found = number();
    if (found < 0 || found > 9007199254740992.0 || std::floor(found) != found) {
      fail("this must be a whole number of 0 or more", "此处应为非负整数");
    }
    return static_cast<std::uint64_t>(found);
  }
  [[nodiscard]] const std::string& text() const {
    const std::string* found = value_.as_string();
    if (found == nullptr) fail("this must be a text", "此处应为文本");
    return *found;
  }
  [[nodiscard]] std::vector<ModelReader> list() const {
    const JsonValue::Array* found = value_.as_array();
    if (found == nullptr) fail("this must be a list", "此处应为列表");
    std::vector<ModelReader> readers;
    readers.reserve(found->size());
    for (const JsonValue& one : *found) readers.emplace_back(one, file_);
    return readers;
  }
  [[nodiscard]] std::vector<double> numbers(std::size_t expected) const {
    std::vector<double> values;
    for (const ModelReader& one : list()) values.push_back(one.number());
    if (values.size() != expected) {
      fail(fmt::format("there are {} numbers instead of {}", values.size(), expected),
           fmt::format("有 {} 个数，应为 {} 个", values.size(), expected));
    }
    return values;
  }

 private:
  const JsonValue& value_;
  const std::string& file_;
};

}  // namespace liantu
