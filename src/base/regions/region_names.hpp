#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace liantu {

/// A division's name without its rank and the peoples it is named for: `大渡口` of `大渡口区`,
/// `酉阳` of `酉阳土家族苗族自治县`. Empty when fewer than two characters remain (`忠县`) or the
/// name has no rank.
[[nodiscard]] std::string_view region_stem(std::string_view name);

/// Bytes of the name of a people (维吾尔族, 维吾尔) at the start of a text; 0 when there is none.
[[nodiscard]] std::size_t people_at(std::string_view text);

/// Ranks that people write behind the stem in place of the official one: 县 for 土家族自治县.
[[nodiscard]] std::span<const std::string_view> region_alias_ranks(std::string_view name);

/// Names in use that are not made of the stem: 内蒙, 中国香港.
[[nodiscard]] std::span<const std::string_view> region_other_names(std::string_view name);

/// Whether a district's whole name is a word for a part of any town (城区, 东区).
[[nodiscard]] bool is_bare_word(std::string_view name);

/// Whether a district's stem is an everyday word (新建, 市中), so that it names
/// the district only when nothing follows it.
[[nodiscard]] bool is_plain_word(std::string_view stem);

/// Whether a district's stem is a word that firms everywhere name themselves by (平安, 兴业), so
/// that it names the district only when nothing follows it or something says where to look.
[[nodiscard]] bool is_common_word(std::string_view stem);

/// Whether a zone's name is one that every city has (经济技术开发区), so that it names the zone
/// only behind its city.
[[nodiscard]] bool is_generic_zone(std::string_view name);

}  // namespace liantu
