#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "liantu/base/big_vector.hpp"

namespace liantu::detail {

/// Gives equal strings the same number; the empty string is 0.
class Interner {
 public:
  Interner();

  /// @throws Error{LimitReached} beyond 2^32 - 1 different strings.
  std::uint32_t intern(std::string_view text);
  /// intern() of numbers that ascend, each once; `ids` gets what it returns.
  void intern_numbers(std::span<const std::uint32_t> numbers, std::span<std::uint32_t> ids);

  [[nodiscard]] std::string_view operator[](std::uint32_t id) const { return strings_[id]; }
  [[nodiscard]] std::size_t size() const noexcept { return strings_.size(); }
  /// Bytes of all strings.
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

 private:
  std::string_view keep(std::string_view text);
  char* room_for(std::size_t bytes);

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  std::size_t left_ = 0;
  std::size_t bytes_ = 0;
  BigVector<std::string_view> strings_;
  // Of the strings before `indexed_`: those behind it are known to differ from all others, and are
  // put in when somebody asks.
  std::size_t indexed_ = 1;
  absl::flat_hash_map<std::string_view, std::uint32_t> ids_;
};

}  // namespace liantu::detail
