#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace liantu {

/// How a cell that is no exact value gives one.
enum class Rough : std::uint8_t {
  Range,    ///< 100-200万: between two values
  About,    ///< 约300万, 5000余万
  AtLeast,  ///< ≥500万, 100万以上
  AtMost,   ///< 不超过500万, 100万以内
};

/// The exact values in a rough one, each with its unit.
struct RoughValue {
  Rough kind = Rough::About;
  std::string low;   ///< of a range; else the only value
  std::string high;  ///< of a range; else the same

  friend bool operator==(const RoughValue&, const RoughValue&) = default;
};

/// Takes a range, or a value with words such as 约 and 以上, apart: `100万元` and `200万元` of
/// `100-200万元`.
///
/// @return      Nothing when the text is neither, or holds no digit.
/// @complexity  Linear in the text.
[[nodiscard]] std::optional<RoughValue> read_rough_value(std::string_view text);

/// What is made of such a value, for messages: the middle of a range, the bound itself.
[[nodiscard]] std::string_view rough_text_en(Rough kind);
[[nodiscard]] std::string_view rough_text_zh(Rough kind);

}  // namespace liantu
