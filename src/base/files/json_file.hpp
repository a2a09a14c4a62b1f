#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "liantu/base/files/json.hpp"
#include "liantu/base/text/text.hpp"

namespace liantu {

/// Reads the values of a JSON file as what they should be; where one is something else, the error says so with its
/// place.
class JsonFile {
 public:
  /// `remedy`: what to do about anything wrong in it; where empty, each fault says its own.
  explicit JsonFile(std::string file, Text remedy = {})
      : file_(std::move(file)), remedy_(std::move(remedy)) {}

  [[nodiscard]] const std::string& name() const { return file_; }
  [[nodiscard]] InputPlace place(const JsonValue& value) const;

  /// @throws Error{InvalidData} with the place of a value.
  [[noreturn]] void fail(const JsonValue& at, std::string_view en, std::string_view zh,
                         std::string_view remedy_en = {}, std::string_view remedy_zh = {}) const;

  // Each throws Error{InvalidData} if the value is of another kind.
  [[nodiscard]] const JsonValue::Object& object(const JsonValue& value) const;
  [[nodiscard]] const JsonValue::Array& array(const JsonValue& value) const;
  [[nodiscard]] const std::string& string(const JsonValue& value) const;
  [[nodiscard]] double number(const JsonValue& value) const;
  /// A whole number that a double holds exactly.
  [[nodiscard]] std::uint64_t count(const JsonValue& value) const;
  /// As many numbers as expected.
  [[nodiscard]] std::vector<double> numbers(const JsonValue& value, std::size_t expected) const;
  /// A member that must be there.
  [[nodiscard]] const JsonValue& member(const JsonValue& value, std::string_view name) const;
  /// Refuses an object with members beside those known.
  void only(const JsonValue& value, std::initializer_list<std::string_view> known) const;

 private:
  std::string file_;
  Text remedy_;
};

}  // namespace liantu
