#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>

namespace liantu::detail {

/// Gives equal strings the same number; the empty string is 0.
class Interner {
 public:
  Interner();

  /// @throws Error{LimitReached} beyond 2^32 - 1 different strings.
  std::uint32_t intern(std::string_view text);

  [[nodiscard]] std::string_view operator[](std::uint32_t id) const { return strings_[id]; }
  [[nodiscard]] std::size_t size() const noexcept { return strings_.size(); }

 private:
  std::string_view keep(std::string_view text);

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  std::size_t left_ = 0;
  std::vector<std::string_view> strings_;
  absl::flat_hash_map<std::string_view, std::uint32_t> ids_;
};

}  // namespace liantu::detail
