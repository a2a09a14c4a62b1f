#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/hash_map.hpp"
#include "base/regions/region_table.hpp"

namespace liantu {

/// Bytes of a Chinese character; names of divisions have no others.
inline constexpr std::size_t kCharacterBytes = 3;
/// Bytes of two characters, the least that a name has.
inline constexpr std::size_t kKeyBytes = 2 * kCharacterBytes;

/// How a name was made; the surer first.
enum class NameKind : std::uint8_t {
  Full,   ///< as the table has it
  Alias,  ///< as people write it in full: 石柱县, 恩施州
  Zone,   ///< an area that lies in the division: 外高桥保税区
  Stem,   ///< without any rank: 大渡口
};

struct RegionName {
  std::string_view text;
  NameKind kind = NameKind::Full;
  const DivisionPeriod* division = nullptr;
};

/// All names of divisions in force and former, by their first two characters; among those the
/// longest first, then by text, kind, in force before former, the widest first, the latest first.
class Gazetteer {
 public:
  Gazetteer();
  Gazetteer(const Gazetteer&) = delete;
  Gazetteer& operator=(const Gazetteer&) = delete;

  /// Names that may stand at the start of the text.
  [[nodiscard]] std::span<const RegionName> names_at(std::string_view text) const;

 private:
  void add(const DivisionPeriod& division);

  std::deque<std::string> aliases_;  ///< texts that the table lacks; a deque never moves them
  std::vector<RegionName> names_;
  std::bitset<0x10000> first_;  ///< characters that a name starts with
  HashMap<std::uint64_t, std::span<const RegionName>> by_key_;
};

[[nodiscard]] const Gazetteer& gazetteer();

}  // namespace liantu
