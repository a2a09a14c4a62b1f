#include "liantu/ingest/who/locate.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "liantu/base/regions/region_history.hpp"
#include "liantu/base/regions/region_reading.hpp"
#include "liantu/base/values/credit_code.hpp"
#include "liantu/base/values/firm_name.hpp"

namespace liantu {
namespace {

struct Clue {
  RegionReading reading;
  Basis basis;
  Text what;
};

bool nested(RegionCode a, RegionCode b) { return a.contains(b) || b.contains(a); }

// A code that no division ever had still tells the city or the province.
RegionReading read_code(RegionCode code, int year) {
  for (const RegionCode wider : {code, RegionCode(code.value() / 100 * 100), code.province()}) {
    const RegionCode now = region_now(wider, year);
    if (!now.known()) continue;
    const RegionCode city = now.level() == RegionLevel::City ? now.city() : now;
    RegionReading reading{wider == code ? now : city, {}, {}};
    for (const RegionPeriod& period : region_periods(wider)) {
      if (region_now(wider, period.since) == now) reading.written = period;
    }
    return reading;
  }
  return {};
}

std::optional<RegionReading> stated_code(std::string_view text, int year) {
  const auto code = parse_region_code(text);
  if (!code || !region_now(*code, year).known()) return std::nullopt;
  return read_code(*code, year);
}

/// What a row says in a column of places, and the column's name for messages.
struct RegionColumn {
  std::string_view words;
  Text what;
};

/// What several columns say together: 安徽省, 巢湖市, 庐江县.
class StatedPlace {
 public:
  StatedPlace(std::span<const RegionColumn> columns, int year) : columns_(columns) {
    std::string all;
    for (const RegionColumn& column : columns) {
      if (column.words.empty()) continue;
      if (!all.empty()) all += ' ';
      all += column.words;
    }
    if (!all.empty()) reading_ = read_region(all, {}, year);
  }

  [[nodiscard]] const RegionReading& reading() const { return reading_; }
  /// The last column that says what was read.
  [[nodiscard]] Text what() const {
    Text last;
    for (const RegionColumn& column : columns_) {
      if (column.words.empty() || !reading_.region.known()) continue;
      const RegionCode alone = read_region(column.words).region;
      if (!alone.known() || nested(alone, reading_.region)) last = column.what;
    }
    return last;
  }

  /// The columns that contradict what was read, each with what it says alone.
  [[nodiscard]] std::vector<std::pair<Text, RegionCode>> against() const {
    std::vector<std::pair<Text, RegionCode>> others;
    for (const RegionColumn& column : columns_) {
      if (column.words.empty()) continue;
      const RegionReading alone = read_region(column.words);
      // 安徽省 巢湖市 庐江县, 四川省 重庆市: superiors of former times are no contradiction.
      if (alone.region.known() && !nested(alone.region, reading_.region) &&
          !region_lay_in(reading_.region, alone.written.code) && reading_.written.until == 0) {
        others.emplace_back(column.what, alone.region);
      }
    }
    return others;
  }

 private:
  std::span<const RegionColumn> columns_;
  RegionReading reading_;
};

// An address often leaves out what the stated place tells.
RegionReading located_address(std::string_view address, RegionCode stated, int year) {
  RegionReading reading = read_region(address, {}, year);
  for (const RegionCode within : {stated, stated.city(), stated.province()}) {
    if (reading.region.known()) break;
    if (within.known()) reading = read_region(address, within, year);
  }
  return reading;
}

/// The words of a firm's name that may tell where it is: of a branch those behind its head firm,
/// 重庆大渡口 of 宁波某某有限公司重庆大渡口分公司.
std::string_view place_words(std::string_view name) {
  const auto heads = firms_of_branch(name);
  return heads.empty() ? name : name.substr(heads.front().size());
}

}  // namespace

Location locate(const LocationClues& clues) {
  const int year = clues.year;
  const auto code = stated_code(clues.region, year);
  const RegionColumn columns[] = {
      {clues.province, {"stated province", "所填省份"}},
      {clues.city, {"stated city", "所填城市"}},
      {code ? std::string_view() : clues.region, {"stated region", "所填地区"}},
      {clues.district, {"stated district", "所填区县"}},
  };
  const StatedPlace stated(columns, year);
  const Clue all[] = {
      {code.value_or(RegionReading{}), Basis::Stated, {"stated region", "所填地区"}},
      // Without a code the words of a column of regions come before the address.
      {!code && !clues.region.empty() ? stated.reading() : RegionReading{}, Basis::Stated,
       stated.what()},
      {located_address(clues.address, stated.reading().region, year),
       Basis::Stated,
       {"address", "地址"}},
      {stated.reading(), Basis::Stated, stated.what()},
      {read_code(credit_code_region(clues.credit_code), 0),
       Basis::Inferred,
       {"credit code", "信用代码"}},
      {read_region(place_words(clues.name), {}, year), Basis::Inferred, {"name", "名称"}},
  };
  constexpr std::size_t kFromAddress = 2;
  constexpr std::size_t kStated = 3;
  constexpr std::size_t kFromName = 5;
  Location location;
  location.region_understood = clues.region.empty() || code ||
                               read_region(clues.region, stated.reading().region).region.known() ||
                               read_region(clues.region).region.known();
  const Clue* kept = nullptr;
  const auto contradict = [&](const Text& what, RegionCode other) {
    const LocationConflict conflict{kept->what, kept->reading.region, what, other};
    const auto same = [&](const LocationConflict& known) {
      return known.other_region == other && known.other.en == what.en;
    };
    if (std::ranges::none_of(location.conflicts, same)) location.conflicts.push_back(conflict);
  };
  for (std::size_t i = 0; i < std::size(all); ++i) {
    const Clue& clue = all[i];
    const RegionCode region = clue.reading.region;
    if (!region.known()) continue;
    if (kept == nullptr || kept->reading.region.contains(region)) {
      if (kept == nullptr || kept->reading.region != region) kept = &clue;
    } else if (!region.contains(kept->reading.region) && i != kFromName) {
      // A name may carry any place; only clues about the address itself can contradict.
      contradict(clue.what, region);
    }
    if (i == kFromAddress && clue.reading.against.known()) {
      if (!nested(clue.reading.against, kept->reading.region)) {
        contradict({"address, further on,", "地址后文"}, clue.reading.against);
      }
    }
    if (i == kStated) {
      for (const auto& [what, other] : stated.against()) {
        if (!nested(other, kept->reading.region)) contradict(what, other);
      }
    }
  }
  if (kept == nullptr) return location;
  location.region = {kept->reading.region, kept->basis};
  const RegionPeriod& written = kept->reading.written;
  if (written.until == 0) return location;
  const std::vector<RegionCode> heirs = region_heirs(written.code, written.until - 1);
  if (std::ranges::find(heirs, kept->reading.region) == heirs.end()) {
    location.divided = DividedRegion{kept->what, written, heirs};
  }
  return location;
}

}  // namespace liantu
