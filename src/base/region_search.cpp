#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/hash_map.hpp"
#include "base/region_names.hpp"
#include "base/region_table.hpp"
#include "liantu/base/region.hpp"
#include "liantu/base/utf8.hpp"

namespace liantu {
namespace {

using Words = std::span<const std::string_view>;

/// Bytes of two Chinese characters, the least a name has.
constexpr std::size_t kKeyBytes = 6;

constexpr std::array<std::string_view, 19> kSeparators{"-",  "(", ")", "（", "）", ",", "，",
                                                       "、", "/", "·", ":",  "：", "—", "－",
                                                       ">",  "|", "[", "]",  "."};
constexpr std::array<std::string_view, 4> kOpening{"(", "（", "[", "【"};
constexpr std::array<std::string_view, 5> kDirections{"东", "南", "西", "北", "中"};
constexpr std::array<std::string_view, 7> kStreets{"街", "大街", "大道", "大路",
                                                   "巷", "弄",   "胡同"};
constexpr std::string_view kCity = "市";
/// As the table has them; a municipality's 县 is left to skip_group().
constexpr std::array<std::string_view, 3> kGroupNames{"市辖区", "省直辖县级行政区划",
                                                      "自治区直辖县级行政区划"};

/// How a name was made; the surer first.
enum class NameKind : std::uint8_t {
  Full,   ///< as the table has it
  Alias,  ///< as people write it in full: 石柱县, 恩施州
  Stem,   ///< without any rank: 大渡口
};

struct Name {
  std::string_view text;
  NameKind kind = NameKind::Full;
  RegionCode region;
};

/// First two characters of a text that has them.
std::uint64_t key_of(std::string_view text) {
  std::uint64_t key = 0;
  std::memcpy(&key, text.data(), kKeyBytes);
  return key;
}

/// All names by their first two characters; among those the longest first, then by text, kind and
/// level, the widest division first.
class Gazetteer {
 public:
  Gazetteer() {
    for (const Division& division : divisions()) add(division);
    std::sort(names_.begin(), names_.end(), [](const Name& a, const Name& b) {
      const auto rank = [](const Name& name) {
        return std::tuple(name.text.substr(0, kKeyBytes), ~name.text.size(), name.text, name.kind,
                          name.region.level(), name.region);
      };
      return rank(a) < rank(b);
    });
    for (std::size_t from = 0; from < names_.size();) {
      const std::uint64_t key = key_of(names_[from].text);
      std::size_t to = from;
      while (to < names_.size() && key_of(names_[to].text) == key) ++to;
      by_key_.emplace(key, std::span<const Name>(names_).subspan(from, to - from));
      from = to;
    }
  }
  Gazetteer(const Gazetteer&) = delete;
  Gazetteer& operator=(const Gazetteer&) = delete;

  /// Names that may stand at the start of the text.
  [[nodiscard]] std::span<const Name> names_at(std::string_view text) const {
    if (text.size() < kKeyBytes) return {};
    const auto found = by_key_.find(key_of(text));
    return found == by_key_.end() ? std::span<const Name>() : found->second;
  }

 private:
  void add(const Division& division) {
    if (is_group(division.code)) return;
    const RegionCode region(division.code);
    names_.push_back({division.name, NameKind::Full, region});
    // Codes 71 to 80 are zones that statistics count apart; only the whole name is theirs.
    const std::uint32_t serial = division.code % 100;
    if (serial >= 71 && serial <= 80) return;
    for (const std::string_view other : region_other_names(division.name)) {
      names_.push_back({other, NameKind::Alias, region});
    }
    const std::string_view stem = region_stem(division.name);
    if (stem.empty()) return;
    names_.push_back({stem, NameKind::Stem, region});
    for (const std::string_view rank : region_alias_ranks(division.name)) {
      aliases_.push_back(std::string(stem) + std::string(rank));
      names_.push_back({aliases_.back(), NameKind::Alias, region});
    }
  }

  std::deque<std::string> aliases_;  ///< texts that the table lacks; a deque never moves them
  std::vector<Name> names_;
  HashMap<std::uint64_t, std::span<const Name>> by_key_;
};

const Gazetteer& gazetteer() {
  static const Gazetteer kGazetteer;
  return kGazetteer;
}

bool starts_with_any(std::string_view text, Words words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return text.starts_with(word); });
}

/// Whether a name followed by `rest` is the name of a street: 南京|西路, 重庆|大道.
bool is_street(std::string_view rest) {
  if (starts_with_any(rest, kStreets)) return true;
  for (const std::string_view direction : kDirections) {
    if (rest.starts_with(direction)) return rest.substr(direction.size()).starts_with("路");
  }
  return rest.starts_with("路");
}

/// Drops what stands between two levels: blanks, hyphens, brackets.
std::string_view skip_separators(std::string_view text) {
  for (;;) {
    text = trim(text);
    const auto mark = std::find_if(kSeparators.begin(), kSeparators.end(),
                                   [text](std::string_view m) { return text.starts_with(m); });
    if (mark == kSeparators.end()) return text;
    text.remove_prefix(mark->size());
  }
}

/// Drops separators and the name of a group (市辖区) that stands between two levels.
std::string_view skip_group(std::string_view text, RegionCode above) {
  text = skip_separators(text);
  if (above.level() != RegionLevel::Province) return text;
  for (const std::string_view group : kGroupNames) {
    if (text.starts_with(group)) return skip_separators(text.substr(group.size()));
  }
  if (is_municipality(above.value()) && text.starts_with("县")) {
    return skip_separators(text.substr(std::string_view("县").size()));
  }
  return text;
}

/// Where in a text a name is looked for.
enum class Position : std::uint8_t {
  Start,      ///< at its beginning
  Below,      ///< right behind the division above
  Inside,     ///< amid other words
  Bracketed,  ///< amid other words, behind an opening bracket
};

/// A name found at the start of a text.
struct Found {
  RegionCode region;
  std::size_t bytes = 0;
};

/// The search of one text.
class Search {
 public:
  explicit Search(RegionCode within) : within_(within) {}

  [[nodiscard]] RegionCode run(std::string_view text) const {
    text = skip_separators(text);
    Found found = match(text, {}, Position::Start);
    for (Position position = Position::Inside; !found.region.known() && text.size() > kKeyBytes;) {
      position = starts_with_any(text, kOpening) ? Position::Bracketed : Position::Inside;
      do text.remove_prefix(1);
      while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xC0) == 0x80);
      found = match(text, {}, position);
    }
    if (!found.region.known()) return {};
    const RegionCode narrowest = descend(text, found);
    return !within_.known() || within_.contains(narrowest) ? narrowest : RegionCode{};
  }

 private:
  /// Whether a name counts at such a place, whatever follows it.
  [[nodiscard]] bool in_scope(const Name& name, RegionCode above, Position position) const {
    const RegionCode region = name.region;
    if (within_.known() && !within_.contains(region) && !region.contains(within_)) return false;
    if (position == Position::Below) {
      if (region == above || !above.contains(region)) return false;
      return above.level() != RegionLevel::Province || !is_bare_word(name.text);
    }
    if (position == Position::Start) {
      return !is_bare_word(name.text) || within_.level() == RegionLevel::City ||
             within_.level() == RegionLevel::District;
    }
    // Amid a firm's name a district's name is mostly chance.
    if (region.level() == RegionLevel::District) return false;
    return name.kind != NameKind::Stem || position == Position::Bracketed;
  }

  /// Whether `rest` makes the name the beginning of other words.
  [[nodiscard]] bool is_torn(const Name& name, std::string_view rest, Position position) const {
    if (name.kind != NameKind::Stem) {
      return (name.text.ends_with("市") && rest.starts_with("场")) ||
             (name.text.ends_with("区") && rest.starts_with("域"));
    }
    // 唐山路北区 is no street, for 路北区 is a district of 唐山.
    if (is_street(rest)) return !match(rest, name.region, Position::Below).region.known();
    if (name.region.level() != RegionLevel::District || skip_separators(rest).empty()) return false;
    if (is_plain_word(name.text)) return true;
    return position != Position::Below && !within_.known() && is_common_word(name.text);
  }

  /// The one division that a name stands for, or null when it stands for several or for none.
  [[nodiscard]] const Name* choose(std::span<const Name> same, RegionCode above,
                                   Position position) const {
    const Name* best = nullptr;
    bool contested = false;
    for (const Name& name : same) {
      if (!in_scope(name, above, position)) continue;
      if (best == nullptr) {
        best = &name;
      } else if (name.kind == best->kind && !best->region.contains(name.region)) {
        // 西安 is the city, not a district of 辽源. 朝阳 may be either.
        const bool outranked = name.region.level() != best->region.level() && outranks(*best);
        contested = contested || !outranked;
      }
    }
    return contested ? nullptr : best;
  }

  /// Whether everybody means this division and not a lower one of the same name.
  [[nodiscard]] static bool outranks(const Name& name) {
    if (name.region.level() == RegionLevel::Province) return true;
    return name.region.level() == RegionLevel::City && name.text != "朝阳" &&
           region_name(name.region).ends_with("市");
  }

  /// The longest name at the start of the text that stands for one division.
  [[nodiscard]] Found match(std::string_view text, RegionCode above, Position position) const {
    const std::span<const Name> names = gazetteer().names_at(text);
    for (std::size_t from = 0, to = 0; from < names.size(); from = to) {
      const std::string_view candidate = names[from].text;
      for (to = from; to < names.size() && names[to].text == candidate;) ++to;
      if (!text.starts_with(candidate)) continue;
      const Name* name = choose(names.subspan(from, to - from), above, position);
      if (name != nullptr && !is_torn(*name, text.substr(candidate.size()), position)) {
        return {name->region, candidate.size()};
      }
    }
    return {};
  }

  /// Goes down level by level from the division that the text starts with.
  [[nodiscard]] RegionCode descend(std::string_view text, Found found) const {
    std::string_view rest = text.substr(found.bytes);
    while (found.region.level() != RegionLevel::District) {
      rest = skip_group(rest, found.region);
      Found next = match(rest, found.region, Position::Below);
      if (next.region.known()) {
        text = rest;
      } else if (next = match_split(text, found); next.region.known()) {
        text = text.substr(found.bytes - kCity.size());
      } else if (next = match(text, found.region, Position::Below); next.bytes <= found.bytes) {
        // Neither does the name go on (石家庄|高新技术产业开发区) nor, at last, is it said twice.
        next = match(rest, {}, Position::Start);
        if (next.region != found.region) break;
        text = rest;
      }
      found = next;
      rest = text.substr(found.bytes);
    }
    return found.region;
  }

  /// 青岛|市北区 where 青岛市|北区 was read first.
  [[nodiscard]] Found match_split(std::string_view text, Found found) const {
    if (!text.substr(0, found.bytes).ends_with(kCity)) return {};
    text.remove_prefix(found.bytes - kCity.size());
    const Found next = match(text, found.region, Position::Below);
    return text.substr(0, next.bytes).ends_with("区") ? next : Found{};
  }

  RegionCode within_;  ///< bounds the search; unknown bounds nothing
};

}  // namespace

RegionCode find_region(std::string_view text, RegionCode within) {
  return Search(within).run(text);
}

std::vector<RegionCode> regions_named(std::string_view name) {
  name = trim(name);
  std::vector<RegionCode> found;
  for (const Name& one : gazetteer().names_at(name)) {
    if (one.text == name) found.push_back(one.region);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace liantu
