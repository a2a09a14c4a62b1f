#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/files/json_file.hpp"

namespace liantu {

/// What is wrong in a model file is mended by writing it anew.
[[nodiscard]] inline JsonFile model_file(std::string name) {
  return JsonFile(std::move(name),
                  {"write the model again with `liantu train`", "请用“liantu train”重新训练"});
}

/// A value of a model file. Keeps references to it and to the file.
class ModelReader {
 public:
  ModelReader(const JsonValue& value, const JsonFile& file) : value_(value), file_(file) {}

  [[noreturn]] void fail(std::string_view en, std::string_view zh) const {
    file_.fail(value_, en, zh);
  }
  [[nodiscard]] ModelReader member(std::string_view name) const {
    return {file_.member(value_, name), file_};
  }
  [[nodiscard]] double number() const { return file_.number(value_); }
  [[nodiscard]] std::uint64_t count() const { return file_.count(value_); }
  [[nodiscard]] const std::string& text() const { return file_.string(value_); }
  [[nodiscard]] std::vector<ModelReader> list() const {
    std::vector<ModelReader> readers;
    for (const JsonValue& one : file_.array(value_)) readers.emplace_back(one, file_);
    return readers;
  }
  [[nodiscard]] std::vector<double> numbers(std::size_t expected) const {
    return file_.numbers(value_, expected);
  }

 private:
  const JsonValue& value_;
  const JsonFile& file_;
};

}  // namespace liantu
