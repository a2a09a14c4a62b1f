#include "liantu/base/regions/region_history.hpp"

#include <algorithm>

#include "base/regions/region_table.hpp"

namespace liantu {
namespace {

RegionPeriod shown(const DivisionPeriod& period) {
  return {period.region(), period.name, period.since, period.in_force() ? 0 : period.until};
}

/// The period of a code that a year means; null when no division ever had the code.
const DivisionPeriod* meant(RegionCode code, int year) {
  const std::span<const DivisionPeriod> periods = division_periods(code);
  const DivisionPeriod* last_begun = nullptr;
  for (const DivisionPeriod& period : periods) {
    if (year != 0 && period.holds_in(year)) return &period;
    // A year in which nobody had the code was written down late, or before its time.
    if (last_begun == nullptr || year == 0 || period.since <= year) last_begun = &period;
  }
  return last_begun;
}

std::string_view name_in(RegionCode code, int year) {
  for (const DivisionPeriod& period : division_periods(code)) {
    if (period.holds_in(year)) return period.name;
  }
  return {};
}

}  // namespace

std::vector<RegionPeriod> region_periods(RegionCode code) {
  std::vector<RegionPeriod> periods;
  for (const DivisionPeriod& period : division_periods(code)) periods.push_back(shown(period));
  return periods;
}

RegionCode region_now(RegionCode code, int year) {
  const DivisionPeriod* period = meant(code, year);
  return period == nullptr ? RegionCode{} : period->now;
}

std::vector<RegionCode> region_heirs(RegionCode code, int year) {
  std::vector<RegionCode> heirs;
  if (const DivisionPeriod* period = meant(code, year)) {
    for (const std::uint32_t heir : period->heirs) heirs.emplace_back(heir);
  }
  return heirs;
}

std::vector<RegionPeriod> region_then(RegionCode now, int year) {
  std::vector<RegionPeriod> then;
  for (const DivisionPeriod& period : division_periods()) {
    if (!period.holds_in(year) || period.region().level() != now.level()) continue;
    if (std::ranges::find(period.heirs, now.value()) != period.heirs.end()) {
      then.push_back(shown(period));
    }
  }
  return then;
}

bool region_lay_in(RegionCode now, RegionCode above) {
  if (above.contains(now)) return true;
  return std::ranges::any_of(division_periods(), [&](const DivisionPeriod& period) {
    return period.now == now && above.contains(period.region());
  });
}

std::string region_full_name(RegionCode code, int year) {
  const DivisionPeriod* period = meant(code, year);
  if (period == nullptr || (year != 0 && !period->holds_in(year))) return {};
  if (year == 0) year = period->in_force() ? DivisionPeriod::kStill - 1 : period->until - 1;
  std::string out;
  if (code.level() != RegionLevel::Province) out += name_in(code.province(), year);
  const RegionCode city(code.value() / 100 * 100);
  if (code.level() == RegionLevel::District && !is_group(city.value())) out += name_in(city, year);
  out += period->name;
  return out;
}

}  // namespace liantu
