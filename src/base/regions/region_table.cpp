#include "base/regions/region_table.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <deque>
#include <tuple>
#include <vector>

#include "base/regions/region_names.hpp"

namespace liantu {
namespace {

using std::string_view_literals::operator""sv;

// Texts that are read when first asked for: thousands of constructors would cost a minute of
// compiling.
constexpr std::string_view kTable[] = {
#include "base/regions/region_table.inc"
};

constexpr std::string_view kTowns[] = {
#include "base/regions/region_towns.inc"
};

/// Calls `use` with each line of the texts, without its end.
template <class Use>
void each_line(std::span<const std::string_view> texts, const Use& use) {
  for (std::string_view text : texts) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      if (end > 0) use(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
}

/// Takes the number that a text starts with off it; 0 when it starts with none.
std::uint32_t take_number(std::string_view& text) {
  std::uint32_t number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number).ptr;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

/// The one heir that goes on under the name, or null when none or several do.
const std::uint32_t* namesake(const DivisionPeriod& period, bool whole_name,
                              std::span<const DivisionPeriod> in_force) {
  const std::string_view stem = region_stem(period.name);
  const std::uint32_t* found = nullptr;
  for (const std::uint32_t& heir : period.heirs) {
    const auto division = std::ranges::lower_bound(in_force, heir, {}, &DivisionPeriod::code);
    if (division == in_force.end() || division->code != heir) continue;
    const bool fits = whole_name ? division->name == period.name
                                 : !stem.empty() && region_stem(division->name) == stem;
    if (!fits) continue;
    if (found != nullptr) return nullptr;
    found = &heir;
  }
  return found;
}

/// What holds all of several divisions.
RegionCode common(std::span<const std::uint32_t> codes) {
  const auto all = [codes](RegionCode wide) {
    return std::ranges::all_of(codes,
                               [wide](std::uint32_t c) { return wide.contains(RegionCode(c)); });
  };
  const RegionCode first(codes.front());
  for (const RegionCode wide : {first, first.city(), first.province()}) {
    if (all(wide)) return wide;
  }
  return {};
}

class Table {
 public:
  Table() {
    each_line(kTable, [this](std::string_view line) { add(line); });
    std::ranges::sort(periods_, {}, [](const DivisionPeriod& period) {
      return std::tuple(period.code, period.since, period.until);
    });
    for (const DivisionPeriod& period : periods_) {
      if (period.in_force()) in_force_.push_back(period);
    }
    for (DivisionPeriod& period : periods_) settle(period);
    for (DivisionPeriod& period : in_force_) settle(period);
  }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  [[nodiscard]] std::span<const DivisionPeriod> periods() const { return periods_; }
  [[nodiscard]] std::span<const DivisionPeriod> in_force() const { return in_force_; }

 private:
  void add(std::string_view line) {
    DivisionPeriod period;
    period.code = take_number(line);
    const std::size_t name = std::min(line.find_first_of("0123456789"), line.size());
    period.name = line.substr(0, name);
    line.remove_prefix(name);
    period.since = static_cast<std::uint16_t>(take_number(line));
    if (line.starts_with('-')) {
      line.remove_prefix(1);
      period.until = static_cast<std::uint16_t>(take_number(line));
    }
    std::vector<std::uint32_t>& heirs = heirs_.emplace_back();
    while (!line.empty()) {
      line.remove_prefix(1);  // `>` or `;`
      heirs.push_back(take_number(line));
    }
    if (heirs.empty()) heirs.push_back(period.code);
    period.heirs = heirs;
    periods_.push_back(period);
  }

  void settle(DivisionPeriod& period) const {
    const std::uint32_t* heir = period.heirs.size() == 1 ? period.heirs.data() : nullptr;
    if (heir == nullptr) heir = namesake(period, true, in_force_);
    if (heir == nullptr) heir = namesake(period, false, in_force_);
    if (heir == nullptr) {
      period.now = common(period.heirs);
      period.same = false;
      return;
    }
    period.now = RegionCode(*heir);
    // A prefecture whose counties all went to another one is not that other one.
    period.same = period.region().level() != RegionLevel::City || period.region() == period.now ||
                  namesake(period, false, in_force_) != nullptr;
  }

  std::deque<std::vector<std::uint32_t>> heirs_;  ///< a deque never moves what spans point to
  std::vector<DivisionPeriod> periods_;
  std::vector<DivisionPeriod> in_force_;
};

const Table& table() {
  static const Table kAll;
  return kAll;
}

}  // namespace

std::span<const DivisionPeriod> division_periods() { return table().periods(); }

std::span<const DivisionPeriod> division_periods(RegionCode code) {
  const std::span<const DivisionPeriod> all = table().periods();
  const auto first = std::ranges::lower_bound(all, code.value(), {}, &DivisionPeriod::code);
  const auto last = std::ranges::upper_bound(all, code.value(), {}, &DivisionPeriod::code);
  return all.subspan(static_cast<std::size_t>(first - all.begin()),
                     static_cast<std::size_t>(last - first));
}

const DivisionPeriod* find_division(RegionCode code) {
  const std::span<const DivisionPeriod> all = table().in_force();
  const auto at = std::ranges::lower_bound(all, code.value(), {}, &DivisionPeriod::code);
  return at != all.end() && at->code == code.value() ? &*at : nullptr;
}

std::span<const Town> towns_named(std::string_view name) {
  static const std::vector<Town> kAll = [] {
    std::vector<Town> towns;
    each_line(kTowns, [&towns](std::string_view line) {
      const RegionCode county(take_number(line));
      while (!line.empty()) {
        const std::size_t end = std::min(line.find(' '), line.size());
        towns.push_back({line.substr(0, end), county});
        line.remove_prefix(std::min(end + 1, line.size()));
      }
    });
    std::ranges::sort(towns, [](const Town& a, const Town& b) {
      return std::tuple(a.name, a.county) < std::tuple(b.name, b.county);
    });
    return towns;
  }();
  const auto first = std::ranges::lower_bound(kAll, name, {}, &Town::name);
  const auto last = std::ranges::upper_bound(kAll, name, {}, &Town::name);
  return std::span<const Town>(kAll).subspan(static_cast<std::size_t>(first - kAll.begin()),
                                             static_cast<std::size_t>(last - first));
}

}  // namespace liantu
