#include "liantu/base/regions/region.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include <fmt/format.h>

#include "base/regions/region_table.hpp"

namespace liantu {

RegionLevel RegionCode::level() const noexcept {
  if (code_ < 100000 || code_ > 999999) return RegionLevel::Unknown;
  if (code_ % 10000 == 0) return RegionLevel::Province;
  if (code_ % 100 == 0) return RegionLevel::City;
  return RegionLevel::District;
}

bool RegionCode::contains(RegionCode other) const noexcept {
  if (other.level() == RegionLevel::Unknown) return false;
  switch (level()) {
    case RegionLevel::Unknown:
      return false;
    case RegionLevel::Province:
      return code_ / 10000 == other.code_ / 10000;
    case RegionLevel::City:
      if (is_municipality(code_)) {
        return code_ / 10000 == other.code_ / 10000 && other.level() != RegionLevel::Province;
      }
      return code_ / 100 == other.code_ / 100;
    case RegionLevel::District:
      return code_ == other.code_;
  }
  return false;
}

RegionCode RegionCode::city() const noexcept {
  switch (level()) {
    case RegionLevel::Unknown:
      return {};
    case RegionLevel::Province:
      return *this;
    case RegionLevel::City:
    case RegionLevel::District:
      break;
  }
  if (is_municipality(code_)) return province();
  return has_no_city(code_) ? *this : RegionCode(code_ / 100 * 100);
}

RegionCode RegionCode::province() const noexcept {
  return level() == RegionLevel::Unknown ? RegionCode{} : RegionCode(code_ / 10000 * 10000);
}

std::string RegionCode::to_string() const {
  return known() ? fmt::format("{:06}", code_) : std::string();
}

std::optional<RegionCode> parse_region_code(std::string_view text) {
  constexpr std::array<std::size_t, 5> kLengths{2, 4, 6, 9, 12};
  if (std::find(kLengths.begin(), kLengths.end(), text.size()) == kLengths.end()) {
    return std::nullopt;
  }
  // Provinces count from 11: a leading nought is a number that lost its meaning.
  if (text.front() == '0') return std::nullopt;
  std::uint32_t code = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    if (i < 6) code = code * 10 + static_cast<std::uint32_t>(text[i] - '0');
  }
  for (std::size_t i = text.size(); i < 6; ++i) code *= 10;
  return RegionCode(code);
}

std::string_view region_name(RegionCode region) {
  const DivisionPeriod* division = find_division(region);
  return division == nullptr ? std::string_view() : division->name;
}

std::string region_full_name(RegionCode region) {
  const DivisionPeriod* division = find_division(region);
  if (division == nullptr) return {};
  std::string out;
  if (region.level() != RegionLevel::Province) out += region_name(region.province());
  const RegionCode city(region.value() / 100 * 100);
  if (region.level() == RegionLevel::District && !is_group(city.value())) out += region_name(city);
  out += division->name;
  return out;
}

bool region_exists(RegionCode region) { return find_division(region) != nullptr; }

std::span<const RegionCode> regions(RegionLevel level) {
  static const auto kLists = [] {
    std::array<std::vector<RegionCode>, 4> lists;
    for (const DivisionPeriod& division : division_periods()) {
      if (division.in_force() && !is_group(division.code)) {
        const RegionCode region = division.region();
        lists.at(static_cast<std::size_t>(region.level())).push_back(region);
      }
    }
    return lists;
  }();
  return kLists.at(static_cast<std::size_t>(level));
}

}  // namespace liantu
