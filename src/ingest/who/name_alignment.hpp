#pragma once

#include <array>
#include <span>

#include "ingest/who/prepared_name.hpp"

namespace liantu {

/// A name that others are compared with, and what its characters weigh.
struct QueryName {
  /// @param weights  Of all characters, by code.
  QueryName(const PreparedName& prepared, std::span<const float> weights);

  PreparedName name;
  std::array<float, kLongestCompared> weight{};      ///< by its character's part, too
  std::array<bool, kLongestCompared> short_place{};  ///< may stand for a place: 渝
  double whole = 0;                                  ///< weight of all its characters
};

/// What of two aligned names is found in the other.
struct NameAlignment {
  double found = 0;       ///< weight of the query's characters that are found
  double brand_left = 0;  ///< weight of the known name's brand that the query lacks
  double brand = 0;       ///< … of all of it
  double other_left = 0;  ///< … of its places and trades
  double other = 0;
  int query_brand_left = 0;  ///< characters of the query's brand that are not found
  int known_brand_left = 0;
  int query_trade_left = 0;
  int known_trade_left = 0;
  int slips = 0;             ///< characters of the trade that are no word's in the query
  bool brand_begins = true;  ///< whether the query has the first character of the known brand
  bool query_ends = true;    ///< whether its last character is found
};

/// The heaviest common subsequence of two names; characters next to each other in both count in
/// full.
///
/// @param characters  The known name's.
/// @param weights     Of all characters, by code.
[[nodiscard]] NameAlignment align_names(const QueryName& query, const KnownName& known,
                                        const char16_t* characters, std::span<const float> weights);

/// At least what align_names() finds, for a fraction of its cost: order is not looked at.
[[nodiscard]] double most_found(const QueryName& query, const KnownName& known,
                                const char16_t* characters);

}  // namespace liantu
