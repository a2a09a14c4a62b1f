#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/json_memory.hpp"

namespace liantu {

/// Writes JSON in our types, so that the shape of a document reads off the calls. Texts are UTF-8.
class JsonDocument {
 public:
  explicit JsonDocument(unsigned indent = 2) { writer_.SetIndent(' ', indent); }

  void open_object() { writer_.StartObject(); }
  void close_object() { writer_.EndObject(); }
  void open_array() { writer_.StartArray(); }
  void close_array() { writer_.EndArray(); }

  void key(std::string_view name) { writer_.Key(name.data(), length(name)); }
  void null() { writer_.Null(); }
  void boolean(bool value) { writer_.Bool(value); }
  void count(std::uint64_t value) { writer_.Uint64(value); }
  /// The fewest digits that read as this number again, with a fraction where it is whole: `1.0`.
  void exact(double value) { writer_.Double(value); }
  void text(std::string_view value) { writer_.String(value.data(), length(value)); }
  /// JSON that is written already.
  void raw(std::string_view json) {
    writer_.RawValue(json.data(), json.size(), rapidjson::kNullType);
  }

  void member(std::string_view name, std::string_view value) {
    key(name);
    text(value);
  }
  void member_count(std::string_view name, std::uint64_t value) {
    key(name);
    count(value);
  }
  void member_exact(std::string_view name, double value) {
    key(name);
    exact(value);
  }
  void member_exact(std::string_view name, const std::vector<double>& values) {
    key(name);
    open_array();
    for (const double value : values) exact(value);
    close_array();
  }

  [[nodiscard]] std::string_view written() const {
    return {buffer_.GetString(), buffer_.GetSize()};
  }
  [[nodiscard]] std::string finish() const { return std::string(written()) + '\n'; }

 private:
  static rapidjson::SizeType length(std::string_view text) {
    return static_cast<rapidjson::SizeType>(text.size());
  }

  JsonBuffer buffer_;
  JsonWriter writer_{buffer_};
};

}  // namespace liantu
