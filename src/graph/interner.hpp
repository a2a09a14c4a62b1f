#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/core/hash_map.hpp"

namespace liantu::detail {

/// Gives equal strings the same number; the empty string is 0.
class Interner {
 public:
  /// @param most  Different strings held at most, the empty one included.
  explicit Interner(std::size_t most = std::numeric_limits<std::uint32_t>::max());
  Interner(const Interner&) = delete;
  Interner& operator=(const Interner&) = delete;

  /// @throws Error{LimitReached} beyond `most` different strings.
  std::uint32_t intern(std::string_view text);
  /// intern() of numbers that ascend, each once; `ids` gets what it returns.
  void intern_numbers(std::span<const std::uint32_t> numbers, std::span<std::uint32_t> ids);

  [[nodiscard]] std::string_view operator[](std::uint32_t id) const { return strings_[id]; }
  [[nodiscard]] std::size_t size() const noexcept { return strings_.size(); }
  /// Brings near what intern() of a text will look at.
  void prefetch(std::string_view text) const { ids_.prefetch(text); }
  /// Bytes of all strings together.
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

 private:
  // Memory counts: a national graph has as many names as firms. Strings grow without being moved,
  // and the set holds their numbers only.
  using Strings = std::deque<std::string_view>;
  struct Hash {
    using is_transparent = void;
    const Strings* strings;
    std::size_t operator()(std::string_view text) const;
    std::size_t operator()(std::uint32_t id) const { return (*this)((*strings)[id]); }
  };
  struct Equal {
    using is_transparent = void;
    const Strings* strings;
    bool operator()(std::uint32_t a, std::uint32_t b) const { return a == b; }
    bool operator()(std::uint32_t id, std::string_view text) const {
      return (*strings)[id] == text;
    }
  };

  std::string_view keep(std::string_view text);
  char* room_for(std::size_t bytes);

  std::size_t most_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  std::size_t left_ = 0;
  std::size_t bytes_ = 0;
  Strings strings_;
  // Of the strings before `indexed_`: those behind it are known to differ from all others, and are
  // put in when somebody asks.
  std::size_t indexed_ = 1;
  HashSet<std::uint32_t, Hash, Equal> ids_;
};

}  // namespace liantu::detail
