#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/core/hash_map.hpp"

namespace liantu {

/// Hash of strings of any kind. Abseil's own does not take a std::string_view where its package has
/// another string view.
struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept {
    return std::hash<std::string_view>{}(text);
  }
};

/// Hash map from strings that is looked up without making one.
template <typename Value>
using StringMap = HashMap<std::string, Value, StringHash, std::equal_to<>>;

}  // namespace liantu
