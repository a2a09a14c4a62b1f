#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace liantu {

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
};

/// All entries, ascending by code.
/// @source  GB/T 4754-2017 with the amendment of 2019.
[[nodiscard]] std::span<const Industry> industries();

/// Reads a code: `C3670`, `c3670`, `3670`, `367`, `36` or `C`, blanks around it allowed.
/// @return      The entry, or null when the text is no code of the classification.
/// @complexity  O(log n), n the number of entries.
[[nodiscard]] const Industry* find_industry(std::string_view code);

/// Reads what people write as an industry: a code, a name, or both (`3670 汽车零部件及配件制造`),
/// where the code counts. Names that transcripts of the standard word otherwise are read too.
/// @return      The entry, of several of one name the narrowest; null when the words are neither.
/// @complexity  O(n).
[[nodiscard]] const Industry* read_industry(std::string_view words);

/// The entry whose name stands beside a code: of `3670 电池制造` that of 电池制造, which is not that
/// of the code.
/// @return      Null when the words have no code before them, or the name is none of an entry.
/// @complexity  O(n).
[[nodiscard]] const Industry* industry_named_beside(std::string_view words);

}  // namespace liantu
