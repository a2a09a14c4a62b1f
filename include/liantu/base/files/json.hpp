#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/problem.hpp"

namespace LIANTU_API liantu {

/// A JSON value that knows where it stands, for files that people write: policies, mappings.
class JsonValue {
 public:
  using Array = std::vector<JsonValue>;
  using Member = std::pair<std::string, JsonValue>;
  using Object = std::vector<Member>;  ///< in the order of the file

  JsonValue() = default;
  /// Position counts from 1.
  template <typename T>
  JsonValue(T value, std::uint32_t line, std::uint32_t column)
      : value_(std::move(value)), line_(line), column_(column) {}

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::nullptr_t>(value_); }
  [[nodiscard]] const bool* as_bool() const { return std::get_if<bool>(&value_); }
  [[nodiscard]] const double* as_number() const { return std::get_if<double>(&value_); }
  [[nodiscard]] const std::string* as_string() const { return std::get_if<std::string>(&value_); }
  [[nodiscard]] const Array* as_array() const { return std::get_if<Array>(&value_); }
  [[nodiscard]] const Object* as_object() const { return std::get_if<Object>(&value_); }

  /// Member of an object by name, or null; the file may not name one twice.
  [[nodiscard]] const JsonValue* find(std::string_view name) const;

  [[nodiscard]] std::uint32_t line() const noexcept { return line_; }
  [[nodiscard]] std::uint32_t column() const noexcept { return column_; }

 private:
  std::variant<std::nullptr_t, bool, double, std::string, Array, Object> value_;
  std::uint32_t line_ = 0;
  std::uint32_t column_ = 0;
};

/// Parses a JSON document.
///
/// @param text  UTF-8, with or without a byte order mark.
/// @param file  Name used in messages.
/// @return      The root value; every value knows the line and column (in characters) at which it
///              starts.
/// @throws Error{InvalidData} with file:line:column if the text is no JSON, is no UTF-8, names a
///         member twice, nests deeper than 64 levels, holds a number that no double comes near, or
///         goes on after its end.
/// @complexity  Linear in the text.
/// @source      RFC 8259.
[[nodiscard]] JsonValue parse_json(std::string_view text, const std::string& file);

}  // namespace liantu
