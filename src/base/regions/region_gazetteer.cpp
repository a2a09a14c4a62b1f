#include "base/regions/region_gazetteer.hpp"

#include <algorithm>
#include <cstring>
#include <tuple>

#include "base/regions/region_names.hpp"
#include "base/regions/region_zones.hpp"

namespace liantu {
namespace {

/// First two characters of a text that has them.
std::uint64_t key_of(std::string_view text) {
  std::uint64_t key = 0;
  std::memcpy(&key, text.data(), kKeyBytes);
  return key;
}

/// First character of a text of at least three bytes; meaningless when it has another length.
std::uint16_t first_of(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  return static_cast<std::uint16_t>((byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 |
                                    (byte(2) & 0x3F));
}

}  // namespace

Gazetteer::Gazetteer() {
  for (const DivisionPeriod& division : division_periods()) add(division);
  for (const Zone& zone : zones()) {
    const DivisionPeriod* county = find_division(RegionCode(zone.county));
    if (county != nullptr) names_.push_back({zone.name, NameKind::Zone, county});
  }
  std::ranges::sort(names_, {}, [](const RegionName& name) {
    const DivisionPeriod& division = *name.division;
    return std::tuple(name.text.substr(0, kKeyBytes), ~name.text.size(), name.text,
                      !division.in_force(), name.kind, division.region().level(),
                      DivisionPeriod::kStill - division.until, division.code, division.since);
  });
  for (std::size_t from = 0; from < names_.size();) {
    const std::uint64_t key = key_of(names_[from].text);
    std::size_t to = from;
    while (to < names_.size() && key_of(names_[to].text) == key) ++to;
    by_key_.emplace(key, std::span<const RegionName>(names_).subspan(from, to - from));
    first_.set(first_of(names_[from].text));
    from = to;
  }
}

std::span<const RegionName> Gazetteer::names_at(std::string_view text) const {
  if (text.size() < kKeyBytes || !first_.test(first_of(text))) return {};
  const auto found = by_key_.find(key_of(text));
  return found == by_key_.end() ? std::span<const RegionName>() : found->second;
}

void Gazetteer::add(const DivisionPeriod& division) {
  if (is_group(division.code)) return;
  names_.push_back({division.name, NameKind::Full, &division});
  // Codes 71 to 80 are zones that statistics count apart; only the whole name is theirs.
  const std::uint32_t serial = division.code % 100;
  if (division.since == 0 && serial >= 71 && serial <= 80) return;
  for (const std::string_view other : region_other_names(division.name)) {
    names_.push_back({other, NameKind::Alias, &division});
  }
  const std::string_view stem = region_stem(division.name);
  if (stem.empty()) return;
  names_.push_back({stem, NameKind::Stem, &division});
  for (const std::string_view rank : region_alias_ranks(division.name)) {
    aliases_.push_back(std::string(stem) + std::string(rank));
    if (aliases_.back() != division.name) {
      names_.push_back({aliases_.back(), NameKind::Alias, &division});
    }
  }
}

const Gazetteer& gazetteer() {
  static const Gazetteer kGazetteer;
  return kGazetteer;
}

}  // namespace liantu
