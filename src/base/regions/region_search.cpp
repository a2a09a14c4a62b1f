#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/regions/region_forms.hpp"
#include "base/regions/region_gazetteer.hpp"
#include "base/regions/region_names.hpp"
#include "base/regions/region_table.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/regions/region_reading.hpp"
#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 27> kSeparators{
    "-", "(", ")", "（", "）", ",",  "，", "、", "/",  "·",  ":", "：", "—", "－",
    ">", "|", "[", "]",  ".",  "【", "】", "〔", "〕", "\"", "“", "”",  "　"};
constexpr std::array<std::string_view, 5> kOpening{"(", "（", "[", "【", "〔"};
constexpr std::array<std::string_view, 5> kDirections{"东", "南", "西", "北", "中"};
constexpr std::array<std::string_view, 7> kStreets{"街", "大街", "大道", "大路",
                                                   "巷", "弄",   "胡同"};
constexpr std::string_view kCity = "市";
constexpr std::string_view kCountry = "中国";
/// Words between two levels that name none; a municipality's 县 is left to skip_group(). Longer
/// ones before those they start with.
constexpr std::array<std::string_view, 13> kBetween{"市辖区",
                                                    "自治区直辖县级行政区划",
                                                    "自治区直辖县级行政单位",
                                                    "省直辖县级行政区划",
                                                    "省直辖县级行政单位",
                                                    "省直辖行政单位",
                                                    "省直辖县级",
                                                    "直辖县级行政区划",
                                                    "直辖县级行政单位",
                                                    "生产建设兵团",
                                                    "自由贸易试验区",
                                                    "自贸试验区",
                                                    "自贸区"};
/// What people write before the first division.
constexpr std::array<std::string_view, 9> kLabels{"注册地址", "经营地址", "企业地址",
                                                  "经营场所", "联系地址", "通讯地址",
                                                  "住所",     "地址",     "中华人民共和国"};
/// Ranks behind a name without its rank; longer ones before those they start with.
constexpr std::array<std::string_view, 9> kRanks{"自治区", "自治州", "地区", "省", "市",
                                                 "县",     "区",     "旗",   "盟"};
constexpr std::string_view kPrefecture = "州";
/// Words that only start like a rank.
constexpr std::array<std::string_view, 14> kNoRanks{"市场", "市政", "市郊", "市区", "市辖",
                                                    "市内", "市立", "市民", "区域", "区块",
                                                    "旗舰", "旗下", "省级", "县域"};
/// Starts of districts' names, which only a city has.
constexpr std::array<std::string_view, 3> kCityDistricts{"市中", "市南", "市北"};
/// What is named for a district that it need not lie in.
constexpr std::array<std::string_view, 2> kNamedFor{"机场", "国际机场"};
/// Ends of the names of streets and towns.
constexpr std::array<std::string_view, 4> kTownRanks{"街道", "镇", "乡", "苏木"};

bool starts_with_any(std::string_view text, Words words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return text.starts_with(word); });
}

/// Whether a name followed by `rest` is the name of a street: 南京|西路, 重庆|大道.
bool is_street(std::string_view rest) {
  if (starts_with_any(rest, kStreets)) return !rest.starts_with("街道");
  for (const std::string_view direction : kDirections) {
    if (rest.starts_with(direction)) return rest.substr(direction.size()).starts_with("路");
  }
  return rest.starts_with("路");
}

/// The rank that stands behind the stem of a division; empty when none does.
std::string_view rank_at(std::string_view rest, RegionLevel level) {
  if (starts_with_any(rest, kNoRanks)) return {};
  if (level != RegionLevel::Province && starts_with_any(rest, kCityDistricts)) return {};
  for (const std::string_view rank : kRanks) {
    if (rest.starts_with(rank)) return rank;
  }
  return rest.starts_with(kPrefecture) ? kPrefecture : std::string_view();
}

/// Bytes of the peoples and the rank of autonomy behind a stem (维吾尔族自治区), which writers name
/// in many ways; 0 when the division has no such rank or the text goes on otherwise.
std::size_t autonomous_rank(const RegionName& name, std::string_view rest) {
  constexpr std::string_view kAutonomous = "自治";
  if (name.division->name.find(kAutonomous) == std::string_view::npos) return 0;
  const std::string_view own =
      name.division->name.substr(name.division->name.size() - kCharacterBytes);
  std::string_view text = rest;
  while (const std::size_t people = people_at(text)) text.remove_prefix(people);
  if (!text.starts_with(kAutonomous) || !text.substr(kAutonomous.size()).starts_with(own)) return 0;
  return rest.size() - text.size() + kAutonomous.size() + own.size();
}

/// Drops what stands between two levels: blanks, hyphens, brackets.
std::string_view skip_separators(std::string_view text) {
  for (;;) {
    // All Chinese characters but those of the separators start with a byte above that of 　.
    if (!text.empty() && static_cast<unsigned char>(text.front()) > 0xE3 &&
        static_cast<unsigned char>(text.front()) < 0xEF) {
      return text;
    }
    text = trim(text);
    const auto mark = std::find_if(kSeparators.begin(), kSeparators.end(),
                                   [text](std::string_view m) { return text.starts_with(m); });
    if (mark == kSeparators.end()) return text;
    text.remove_prefix(mark->size());
  }
}

/// Drops a label (住所：), a postal code and the name of the country.
std::string_view skip_label(std::string_view text) {
  text = skip_separators(text);
  for (const std::string_view label : kLabels) {
    if (text.starts_with(label)) text = skip_separators(text.substr(label.size()));
  }
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  return digits == 6 ? skip_separators(text.substr(digits)) : text;
}

/// Drops separators and the name of a group (市辖区) that stands between two levels.
std::string_view skip_group(std::string_view text, const DivisionPeriod& above) {
  text = skip_separators(text);
  for (const std::string_view word : kBetween) {
    if (text.starts_with(word)) return skip_separators(text.substr(word.size()));
  }
  if (above.region().level() == RegionLevel::Province && is_municipality(above.code) &&
      text.starts_with("县")) {
    return skip_separators(text.substr(std::string_view("县").size()));
  }
  return text;
}

RegionPeriod shown(const DivisionPeriod& division) {
  return {division.region(), division.name, division.since,
          division.in_force() ? 0 : division.until};
}

bool nested(RegionCode a, RegionCode b) { return a.contains(b) || b.contains(a); }

bool met(const DivisionPeriod& a, const DivisionPeriod& b) {
  return a.since < b.until && b.since < a.until;
}

/// Whether a division lies, or once lay, in another.
bool lies_in(const DivisionPeriod& division, const DivisionPeriod& above) {
  if (division.code != above.code && above.region().contains(division.region()) &&
      met(division, above)) {
    return true;
  }
  // 重庆市 of 四川省 holds what 重庆市 holds; 巢湖市 that was dissolved holds nothing of its heirs.
  return above.same && above.now != division.now && above.now.contains(division.now) &&
         division.region().level() > above.region().level();
}

/// Where in a text a name is looked for.
enum class Position : std::uint8_t {
  Start,      ///< at its beginning
  Below,      ///< right behind the division above
  Inside,     ///< amid other words
  Bracketed,  ///< amid other words, behind an opening bracket
};

/// Names that follow one another, each inside the one before.
struct Chain {
  const RegionName* first = nullptr;
  std::size_t first_bytes = 0;
  const RegionName* last = nullptr;
  std::string_view rest;  ///< text behind the last name
  int levels = 0;
  const DivisionPeriod* against = nullptr;  ///< a level that does not hold those behind it

  explicit operator bool() const { return last != nullptr; }
  [[nodiscard]] RegionCode now() const { return last->division->now; }
};

/// The search of one text.
class Search {
 public:
  Search(RegionCode within, int year) : within_(within), year_(year) {}

  [[nodiscard]] RegionReading run(std::string_view text) const {
    text = skip_label(text);
    const std::string_view whole = text;
    Chain found = match(text, nullptr, Position::Start);
    if (!found && text.starts_with(kCountry)) {
      const Chain behind = match(text.substr(kCountry.size()), nullptr, Position::Start);
      // 中国广东深圳; 中国长安 is the name of a firm.
      if (behind && behind.first->division->region().level() == RegionLevel::Province)
        found = behind;
    }
    bool amid = false;
    for (Position position = Position::Inside; !found && text.size() > kKeyBytes;) {
      amid = true;
      position = starts_with_any(text, kOpening) ? Position::Bracketed : Position::Inside;
      do text.remove_prefix(1);
      while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xC0) == 0x80);
      found = match(text, nullptr, position);
    }
    if (!found) return town_alone(whole);
    if (amid && found.last->division->region().level() != RegionLevel::District) {
      // 朝阳区建国路88号（北京市）, 南山区深圳市广东省
      const Chain start = match(whole, found.last->division, Position::Below);
      if (start && start.last->kind != NameKind::Stem) found = start;
    }
    return reading(found);
  }

 private:
  [[nodiscard]] RegionReading reading(const Chain& found) const {
    RegionReading out;
    const DivisionPeriod& division = *found.last->division;
    out.region = division.now;
    out.written = shown(division);
    if (out.region.level() == RegionLevel::City || out.region.level() == RegionLevel::Province) {
      if (const Chain noted = bracketed(found)) {
        out.region = noted.now();
        out.written = shown(*noted.last->division);
      } else if (const RegionCode county = county_of_town(found.rest, out.region); county.known()) {
        out.region = county;
        out.written = shown(*find_division(county));
      }
    }
    if (within_.known() && !within_.contains(out.region)) return {};
    out.against = contradiction(found, out.region);
    return out;
  }

  /// A division in full in a bracket further on: 重庆市桃花源经济园区（酉阳县板溪镇）.
  [[nodiscard]] Chain bracketed(const Chain& found) const {
    for (const std::string_view mark : kOpening) {
      const std::size_t at = found.rest.find(mark);
      if (at == std::string_view::npos) continue;
      const std::string_view inside = found.rest.substr(at + mark.size());
      const Chain chain = match(skip_separators(inside), found.last->division, Position::Below);
      if (chain && chain.first->kind != NameKind::Stem) return chain;
    }
    return {};
  }

  /// What a text means that names no division above its town.
  [[nodiscard]] RegionReading town_alone(std::string_view text) const {
    if (within_.level() != RegionLevel::City && within_.level() != RegionLevel::Province) return {};
    RegionReading out;
    out.region = county_of_town(text, within_);
    if (const DivisionPeriod* county = find_division(out.region)) {
      out.written = shown(*county);
    }
    return out;
  }

  /// The county of the town that a text starts with, when only one in the division has it.
  [[nodiscard]] static RegionCode county_of_town(std::string_view text, RegionCode in) {
    text = skip_separators(text);
    constexpr std::size_t kLongest = 12 * kCharacterBytes;
    RegionCode found;
    for (const std::string_view rank : kTownRanks) {
      const std::size_t at = text.substr(0, kLongest).find(rank);
      if (at == std::string_view::npos || at < kCharacterBytes) continue;
      for (const Town& town : towns_named(text.substr(0, at + rank.size()))) {
        if (!in.contains(town.county)) continue;
        if (found.known() && found != town.county) return {};
        found = town.county;
      }
      if (found.known()) return found;
    }
    return found;
  }

  /// Another division that the text names behind the one that was found.
  [[nodiscard]] RegionCode contradiction(const Chain& found, RegionCode region) const {
    if (found.against != nullptr && !nested(found.against->now, region)) return found.against->now;
    if (region.level() == RegionLevel::Unknown) return {};
    const Chain other = match(skip_separators(found.rest), nullptr, Position::Start);
    if (!other || other.first->kind != NameKind::Full) return {};
    // A lone county's name behind a city may be that of a town or an estate.
    if (other.first->division->region().level() == RegionLevel::District &&
        region.level() != RegionLevel::Province) {
      return {};
    }
    const RegionCode now = other.now();
    return nested(now, region) || nested(other.first->division->now, region) ? RegionCode{} : now;
  }

  /// Whether a name counts at such a place, whatever follows it.
  [[nodiscard]] bool in_scope(const RegionName& name, const DivisionPeriod* above,
                              Position position) const {
    const DivisionPeriod& division = *name.division;
    if (within_.known() && !nested(within_, division.now) && !within_.contains(division.region())) {
      return false;
    }
    if (position == Position::Below) {
      if (!lies_in(division, *above)) return false;
      return above->region().level() != RegionLevel::Province || !is_bare_word(name.text);
    }
    const bool narrow =
        within_.level() == RegionLevel::City || within_.level() == RegionLevel::District;
    // 经济技术开发区 is one of every city; former names without rank are words like any others.
    if (name.kind == NameKind::Zone && is_generic_zone(name.text)) return narrow;
    if (name.kind == NameKind::Stem && !division.in_force() && !within_.known()) return false;
    if (position == Position::Start) return !is_bare_word(name.text) || narrow;
    // Amid a firm's name a district's name is mostly chance.
    if (division.region().level() == RegionLevel::District) return false;
    return name.kind != NameKind::Stem || position == Position::Bracketed;
  }

  /// Whether `rest` makes the name the beginning of other words. A rank that only a careless
  /// writer put there (广西|省) is taken off `rest`.
  [[nodiscard]] bool is_torn(const RegionName& name, std::string_view& rest,
                             Position position) const {
    if (name.kind != NameKind::Stem) {
      return (name.text.ends_with("市") && rest.starts_with("场")) ||
             (name.text.ends_with("区") && rest.starts_with("域"));
    }
    // 唐山路北区 is no street, for 路北区 is a district of 唐山.
    if (is_street(rest)) return !match(rest, name.division, Position::Below);
    if (const std::size_t rank = autonomous_rank(name, rest); rank > 0) {
      rest.remove_prefix(rank);
      return false;
    }
    const RegionLevel level = name.division->region().level();
    if (const std::string_view rank = rank_at(rest, level); !rank.empty()) {
      // 莱芜|市 is not 莱芜区, but 湘西|州 and 广西|省 are what they can only be.
      if (level == RegionLevel::District || rank == "县" || rank == "区" || rank == "旗") {
        return !match(rest, name.division, Position::Below);
      }
      if (!match(rest, name.division, Position::Below)) rest.remove_prefix(rank.size());
      return false;
    }
    if (level != RegionLevel::District || skip_separators(rest).empty()) return false;
    if (starts_with_any(rest, kNamedFor)) return true;
    if (is_plain_word(name.text)) return true;
    return position != Position::Below && !within_.known() && is_common_word(name.text);
  }

  /// How little a division fits the year: in force then, in force now, neither.
  [[nodiscard]] int staleness(const DivisionPeriod& division) const {
    if (year_ != 0 && division.holds_in(year_)) return 0;
    return division.in_force() ? 1 : 2;
  }

  /// Whether everybody means this division and not a lower one of the same name.
  [[nodiscard]] static bool outranks(const RegionName& name) {
    if (name.division->region().level() == RegionLevel::Province) return true;
    return name.division->region().level() == RegionLevel::City && name.text != "朝阳" &&
           name.division->name.ends_with("市");
  }

  /// The surer of two chains that start with the same text is the lesser; of deeper ones, the
  /// one that holds together; else the one that is in force.
  [[nodiscard]] std::tuple<bool, bool, int, int, NameKind> doubt(const Chain& chain) const {
    const bool longer = chain.levels > 1;
    return {chain.against != nullptr, !longer,
            longer ? -static_cast<int>(chain.last->division->region().level()) : 0,
            staleness(*chain.first->division), chain.first->kind};
  }

  /// The chain that the names of one text stand for; none when they stand for several or for none.
  [[nodiscard]] Chain choose(std::span<const RegionName> same, std::string_view text,
                             const DivisionPeriod* above, Position position) const {
    Chain best;
    bool contested = false;
    for (const RegionName& name : same) {
      if (!in_scope(name, above, position)) continue;
      std::string_view rest = text.substr(name.text.size());
      if (is_torn(name, rest, position)) continue;
      const Chain chain = extend(name, text, text.size() - rest.size());
      if (!best || doubt(chain) < doubt(best)) {
        best = chain;
        contested = false;
      } else if (doubt(chain) == doubt(best) && !best.now().contains(chain.now())) {
        // Within one division a name passed from one to the other; the latest comes first.
        if (position == Position::Below && staleness(*chain.first->division) == 2) continue;
        // 西安 is the city, not a district of 辽源. 朝阳 may be either.
        const RegionName& first = *best.first;
        const bool outranked =
            name.division->region().level() != first.division->region().level() && outranks(first);
        contested = contested || !outranked;
      }
    }
    return contested ? Chain{} : best;
  }

  /// The chain of the longest name at the start of the text that stands for one division.
  [[nodiscard]] Chain match(std::string_view text, const DivisionPeriod* above,
                            Position position) const {
    const std::span<const RegionName> names = gazetteer().names_at(text);
    for (std::size_t from = 0, to = 0; from < names.size(); from = to) {
      const std::string_view candidate = names[from].text;
      for (to = from; to < names.size() && names[to].text == candidate;) ++to;
      if (!text.starts_with(candidate)) continue;
      const Chain chain = choose(names.subspan(from, to - from), text, above, position);
      if (chain) return chain;
    }
    return {};
  }

  /// Goes down level by level from the name that the text starts with.
  [[nodiscard]] Chain extend(const RegionName& name, std::string_view text,
                             std::size_t bytes) const {
    const DivisionPeriod& division = *name.division;
    Chain chain{&name, bytes, &name, text.substr(bytes), 1, nullptr};
    const auto continued = [&](const Chain& next) {
      chain.last = next.last;
      chain.rest = next.rest;
      chain.levels += next.levels;
      chain.against = next.against;
      return chain;
    };
    if (division.region().level() == RegionLevel::District) {
      if (const Chain next = behind_county(name, chain.rest)) {
        continued(next);
        // 大理市祥云县: the seat's name stands for the prefecture's.
        const RegionCode city = next.now().city();
        if (region_stem(region_name(city)) != region_stem(division.name)) {
          chain.against = &division;
        }
      }
      return chain;
    }
    for (std::string_view rest = chain.rest;;) {
      rest = skip_group(rest, division);
      if (const Chain next = match(rest, &division, Position::Below)) return continued(next);
      // Is the division, or one above it, named again?
      const std::size_t again = named_again(rest, division);
      if (again == 0) break;
      rest.remove_prefix(again);
      chain.rest = rest;
    }
    if (const Chain next = match_split(text, bytes, division)) return continued(next);
    // The name goes on (石家庄|高新技术产业开发区).
    const Chain whole = match(text, &division, Position::Below);
    if (whole && whole.first_bytes > bytes) return continued(whole);
    return chain;
  }

  /// A county that follows a city of its own rank, which lies in the same prefecture.
  [[nodiscard]] Chain behind_county(const RegionName& name, std::string_view rest) const {
    if (name.kind != NameKind::Full || !name.text.ends_with(kCity)) return {};
    const RegionCode city = name.division->now.city();
    if (city.level() != RegionLevel::City || is_municipality(city.value())) return {};
    const DivisionPeriod* prefecture = find_division(city);
    if (prefecture == nullptr) return {};
    const Chain next = match(skip_separators(rest), prefecture, Position::Below);
    const bool sure =
        next && next.first->kind == NameKind::Full && next.now() != name.division->now;
    return sure ? next : Chain{};
  }

  /// Bytes of the name at the start of the text that stands for a division or one above it.
  [[nodiscard]] std::size_t named_again(std::string_view text,
                                        const DivisionPeriod& division) const {
    for (const RegionName& name : gazetteer().names_at(text)) {
      if (!text.starts_with(name.text) || name.kind == NameKind::Zone) continue;
      if (name.division->code != division.code && !lies_in(division, *name.division)) continue;
      std::string_view rest = text.substr(name.text.size());
      if (!is_torn(name, rest, Position::Start)) return text.size() - rest.size();
    }
    return 0;
  }

  /// 青岛|市北区 where 青岛市|北区 was read first.
  [[nodiscard]] Chain match_split(std::string_view text, std::size_t bytes,
                                  const DivisionPeriod& division) const {
    if (!text.substr(0, bytes).ends_with(kCity)) return {};
    text.remove_prefix(bytes - kCity.size());
    const Chain next = match(text, &division, Position::Below);
    return next && text.substr(0, next.first_bytes).ends_with("区") ? next : Chain{};
  }

  RegionCode within_;  ///< bounds the search; unknown bounds nothing
  int year_;           ///< 0: not known
};

}  // namespace

RegionReading read_region(std::string_view text, RegionCode within, int year) {
  std::string buffer;
  return Search(within, year).run(plain_forms(text, buffer));
}

RegionCode find_region(std::string_view text, RegionCode within) {
  return read_region(text, within).region;
}

std::vector<RegionCode> regions_named(std::string_view name) {
  std::string buffer;
  name = trim(plain_forms(name, buffer));
  std::vector<RegionCode> found;
  std::vector<RegionCode> former;
  for (const RegionName& one : gazetteer().names_at(name)) {
    if (one.text != name || one.kind == NameKind::Zone) continue;
    if (one.division->in_force()) {
      found.push_back(one.division->now);
    } else if (one.kind == NameKind::Full) {
      former.push_back(one.division->now);
    }
  }
  if (found.empty()) found = former;
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace liantu
