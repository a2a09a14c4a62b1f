#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// Level of an entry of GB/T 4754, each inside the one before it.
enum class IndustryLevel : std::uint8_t {
  Section,   ///< 门类, `C`
  Division,  ///< 大类, `C36`
  Group,     ///< 中类, `C367`
  Class,     ///< 小类, `C3670`
};

/// An entry of the classification of industries GB/T 4754.
struct Industry {
  std::string_view code;  ///< `C`, `C36`, `C367` or `C3670`
  std::string_view name;  ///< 汽车零部件及配件制造

  [[nodiscard]] IndustryLevel level() const noexcept;
  /// Whether `other` is this entry or stands below it.
  [[nodiscard]] bool contains(const Industry& other) const noexcept {
    return other.code.starts_with(code);
  }
};

/// All entries, ascending by code.
/// @source  GB/T 4754-2017 with the amendment of 2019.
[[nodiscard]] std::span<const Industry> industries();

/// Reads a code: `C3670`, `c3670`, `3670`, `367`, `36` or `C`, blanks around it allowed.
/// @return      The entry, or null when the text is no code of the classification.
/// @complexity  O(log n), n the number of entries.
[[nodiscard]] const Industry* find_industry(std::string_view code);

/// What a cell says of an industry, where it may say it twice.
struct IndustryReading {
  const Industry* industry = nullptr;  ///< what counts; null when the words are neither
  const Industry* coded = nullptr;     ///< by its code; null without one
  const Industry* named = nullptr;     ///< by its name, nearest to the code; null without one

  /// Whether code and name say two things: neither is the other nor stands above or below it.
  [[nodiscard]] bool contradicts() const noexcept;
};

/// Reads a code, a name, or both in one text, in either order and with whatever marks between them:
/// `3670 汽车零部件及配件制造`, `汽车制造业(C36)`, `[C3670]汽车零部件及配件制造`, and the way down
/// through the levels: `制造业/汽车制造业/汽车零部件及配件制造`. The code counts, but for one that
/// has lost its nought and whose name says so: `111 谷物种植` is no `111` but A0111 of its name.
/// @complexity  O(n).
[[nodiscard]] IndustryReading read_industry_words(std::string_view words);

/// The industries in which the firms of a group of the stock market are (Shenwan 2021): of 氯碱 one, of
/// 铜 smelters and makers of tubes.
/// @return      That of most of its firms first; empty when the name is of no group.
/// @complexity  O(n).
[[nodiscard]] std::vector<const Industry*> market_industries(std::string_view name);

/// What counts of read_industry_words(). Names that transcripts of the standard word otherwise are
/// read too, and so are the industries of the stock market (Shenwan 2021: 氯碱, 底盘与发动机系统).
/// @return      The entry, of several of one name the narrowest; null when the words are neither.
/// @complexity  O(n).
[[nodiscard]] const Industry* read_industry(std::string_view words);

}  // namespace liantu
