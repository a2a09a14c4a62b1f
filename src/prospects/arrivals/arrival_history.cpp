#include "prospects/arrivals/arrival_history.hpp"

#include <algorithm>
#include <bitset>
#include <cmath>
#include <limits>

#include "base/regions/region_names.hpp"
#include "liantu/base/regions/region.hpp"

namespace liantu {
namespace {

constexpr double kDaysOfYear = 365.25;
constexpr double kRecentYears = 1;  // in which a branch comes to be worth 1/e
constexpr double kAcross = 0.1;     // what branches of the other sort count in Recent
constexpr double kCityFlow = 3;     // what those from the same city count beside its province's
constexpr double kExpected = 0.5;   // what is expected counts in Flow
constexpr double kTradeYears = 3;
constexpr double kLeastTrade = 1e-6;  // weight of others below which Trade says nothing
constexpr double kAnyTrade = 0.001;
constexpr std::size_t kAlike = 3;  // arrivals that LikeScope looks at

// A counting sort: numbers below `count` by their key, in order.
template <typename Key>
void group(std::size_t keys, std::size_t count, const Key& key, std::vector<std::uint32_t>& to,
           std::vector<std::size_t>& starts) {
  starts.assign(keys + 1, 0);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (const auto k = key(i); k) ++starts[*k + 1];
  }
  for (std::size_t k = 0; k < keys; ++k) starts[k + 1] += starts[k];
  to.resize(starts.back());
  std::vector<std::size_t> next(starts.begin(), starts.end() - 1);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (const auto k = key(i); k) to[next[*k]++] = i;
  }
}

std::vector<std::string_view> scopes_of(const EnterpriseGraph& graph,
                                        const std::vector<std::uint32_t>& firms) {
  std::vector<std::string_view> texts;
  texts.reserve(firms.size());
  for (const std::uint32_t firm : firms) {
    texts.push_back(graph.text(graph.entity(FirmId{firm}), EntityText::Scope));
  }
  return texts;
}

std::vector<std::string_view> names_of(const EnterpriseGraph& graph,
                                       const std::vector<std::uint32_t>& firms) {
  std::vector<std::string_view> texts;
  texts.reserve(firms.size());
  for (const std::uint32_t firm : firms) texts.push_back(graph.name(graph.entity(FirmId{firm})));
  return texts;
}

std::vector<std::uint32_t> founded_before(const ArrivalGround& ground, std::int64_t before) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < ground.firms(); ++i) {
    if (ground.founded[i] < before) found.push_back(i);
  }
  return found;
}

bool bears_province(const ArrivalGround& ground, std::uint32_t firm) {
  const std::uint32_t home = ground.home[firm];
  if (home == ArrivalGround::kNowhere) return false;
  const std::string_view province = region_stem(region_name(ground.places[home].province()));
  return !province.empty() && ground.graph.name(ground.graph.entity(FirmId{firm})).find(province) !=
                                  std::string_view::npos;
}

}  // namespace

// Howard Hinnant's days_from_civil.
std::int64_t day_number(Date date) {
  const std::int64_t month = date.month == 0 ? 1 : date.month;
  const std::int64_t day = date.day == 0 ? 1 : date.day;
  const std::int64_t year = date.year - (month <= 2 ? 1 : 0);
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t of_era = year - era * 400;
  const std::int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

ArrivalGround::ArrivalGround(const EnterpriseGraph& of, std::span<const Arrival> all,
                             std::span<const PlacePoint> points)
    : graph(of), arrivals(all) {
  const std::uint32_t count = graph.size(EntityKind::Firm);
  std::vector<RegionCode> homes(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    homes[i] = place_of(graph.region(graph.entity(FirmId{i})).code);
  }
  places = homes;
  for (const Arrival& one : arrivals) {
    places.push_back(one.home);
    places.push_back(one.place);
  }
  for (const PlacePoint& point : points) places.push_back(point.code);
  std::erase_if(places, [](RegionCode one) { return !one.known(); });
  std::ranges::sort(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
  const auto position = [&](RegionCode one) { return find(one).value_or(kNowhere); };
  home.reserve(count);
  founded.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    home.push_back(position(homes[i]));
    const Date date = graph.founded(graph.entity(FirmId{i}));
    founded.push_back(date.known() ? day_number(date) : std::numeric_limits<std::int64_t>::max());
  }
  for (const Arrival& one : arrivals) {
    at.push_back(position(one.place));
    from.push_back(position(one.home));
    day.push_back(day_number(one.date));
  }
  for (const RegionCode one : places) {
    const auto point = std::ranges::lower_bound(points, one, {}, &PlacePoint::code);
    if (point != points.end() && point->code == one) {
      where.push_back(Point{point->latitude, point->longitude});
    } else {
      where.push_back(province_seat(one));
    }
  }
}

std::optional<std::uint32_t> ArrivalGround::find(RegionCode place) const {
  const auto found = std::ranges::lower_bound(places, place);
  if (found == places.end() || *found != place) return std::nullopt;
  return static_cast<std::uint32_t>(found - places.begin());
}

std::optional<double> ArrivalGround::km(std::uint32_t one, std::uint32_t other) const {
  if (one == kNowhere || other == kNowhere) return std::nullopt;
  if (one == other) return 0.0;
  if (!where[one] || !where[other]) return std::nullopt;
  return distance_km(*where[one], *where[other]);
}

ArrivalHistory::ArrivalHistory(const ArrivalGround& ground, std::int64_t before)
    : ground_(ground),
      before_(before),
      candidates_(founded_before(ground, before)),
      scopes_(scopes_of(ground.graph, candidates_)),
      names_(names_of(ground.graph, candidates_)) {
  known_ =
      static_cast<std::size_t>(std::ranges::lower_bound(ground.day, before) - ground.day.begin());
  candidate_of_.assign(ground.firms(), 0);
  for (std::uint32_t i = 0; i < candidates_.size(); ++i) candidate_of_[candidates_[i]] = i + 1;
  const auto firm_of = [&](std::uint32_t arrival) -> std::optional<std::uint32_t> {
    const auto firm = ground.arrivals[arrival].firm;
    if (!firm) return std::nullopt;
    return raw(*firm);
  };
  group(
      ground.places.size(), known_, [&](std::uint32_t i) { return std::optional(ground.at[i]); },
      at_, at_starts_);
  group(ground.firms(), known_, firm_of, of_, of_starts_);
  branches_.assign(candidates_.size(), 0);
  recent_inside_.assign(candidates_.size(), 0);
  recent_outside_.assign(candidates_.size(), 0);
  came_to_.assign(ground.places.size(), 0);
  for (std::uint32_t i = 0; i < known_; ++i) {
    if (ground.from[i] != ArrivalGround::kNowhere) {
      ++from_province_[province_number(ground.places[ground.from[i]])];
    }
    const auto firm = firm_of(i);
    if (!firm) continue;
    ++came_to_[ground.at[i]];
    const std::uint32_t candidate = candidate_of_[*firm];
    if (candidate == 0) continue;
    ++branches_[candidate - 1];
    const std::uint32_t home = ground.home[*firm];
    const bool inside =
        home != ArrivalGround::kNowhere &&
        province_number(ground.places[home]) == province_number(ground.places[ground.at[i]]);
    (inside ? recent_inside_ : recent_outside_)[candidate - 1] += std::exp(-age(i) / kRecentYears);
  }
  count_provinces();
  weigh_trades();
  for (const std::uint32_t firm : candidates_) {
    const auto capital =
        ground.graph.number(ground.graph.entity(FirmId{firm}), EntityNumber::RegisteredCapital);
    capital_.push_back(capital ? std::max(capital->value, 0.0) : 0);
    bears_province_.push_back(bears_province(ground, firm));
  }
}

void ArrivalHistory::weigh_trades() {
  const std::size_t count = candidates_.size();
  trade_.assign(count, 0);
  std::vector<double> lately(count, 0);
  double total = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (const std::uint32_t arrival : arrivals_of(candidates_[i])) {
      lately[i] += std::exp(-age(arrival) / kTradeYears);
    }
    lately[i] = std::min(lately[i], 1.0);
    total += lately[i];
  }
  std::vector<double> to_them(count);
  scopes_.weighed_likeness(lately, to_them);
  std::vector<double> to_all(count);
  scopes_.weighed_likeness(std::vector<double>(count, 1), to_all);
  for (std::size_t i = 0; i < count; ++i) {
    const double others = total - lately[i];
    // What it opened itself says more than what firms like it did.
    if (branches_[i] > 0 || !scopes_.tells(i) || others < kLeastTrade) continue;
    const double like = std::max(0.0, to_them[i] - lately[i]) / others;
    trade_[i] = like / (to_all[i] / static_cast<double>(count) + kAnyTrade);
  }
}

void ArrivalHistory::count_provinces() {
  for (const std::uint32_t firm : candidates_) {
    std::bitset<100> found;
    for (const std::uint32_t arrival : arrivals_of(firm)) {
      found.set(province_number(ground_.places[ground_.at[arrival]]));
    }
    provinces_.push_back(static_cast<std::uint32_t>(found.count()));
  }
}

std::optional<std::uint32_t> ArrivalHistory::candidate(std::uint32_t firm) const {
  if (candidate_of_[firm] == 0) return std::nullopt;
  return candidate_of_[firm] - 1;
}

double ArrivalHistory::age(std::uint32_t arrival) const {
  return static_cast<double>(before_ - ground_.day[arrival]) / kDaysOfYear;
}

std::vector<double> ArrivalHistory::like_places(std::uint32_t place) const {
  std::vector<double> shared(ground_.places.size(), 0);
  for (const std::uint32_t arrival : arrivals_at(place)) {
    const auto firm = ground_.arrivals[arrival].firm;
    if (!firm) continue;
    for (const std::uint32_t other : arrivals_of(raw(*firm))) ++shared[ground_.at[other]];
  }
  shared[place] = 0;
  for (std::size_t i = 0; i < shared.size(); ++i) {
    if (shared[i] == 0) continue;
    shared[i] /= std::sqrt((came_to_[i] + 1.0) * (came_to_[place] + 1.0));
  }
  return shared;
}

ArrivalHistory::Flow ArrivalHistory::flow(std::uint32_t place) const {
  Flow flow;
  flow.by_province.assign(100, 0);
  flow.by_home.assign(ground_.places.size(), 0);
  const auto here = arrivals_at(place);
  double known = 0;
  for (const std::uint32_t arrival : here) {
    const std::uint32_t from = ground_.from[arrival];
    if (from == ArrivalGround::kNowhere) continue;
    ++flow.by_home[from];
    ++flow.by_province[province_number(ground_.places[from])];
    ++known;
  }
  double all = 0;
  for (const double one : from_province_) all += one;
  flow.expected_share = all > 0 ? known / all : 0;
  return flow;
}

double ArrivalHistory::flow_value(const Flow& flow, std::uint32_t firm) const {
  const std::uint32_t home = ground_.home[firm];
  if (home == ArrivalGround::kNowhere) return 0;
  const std::uint32_t province = province_number(ground_.places[home]);
  return flow.by_province[province] + kCityFlow * flow.by_home[home] +
         kExpected * from_province_[province] * flow.expected_share;
}

void ArrivalHistory::fill_recent(PlaceView& view) const {
  const std::uint32_t province = province_number(ground_.places[view.place]);
  const Flow flow = this->flow(view.place);
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const std::uint32_t home = ground_.home[candidates_[i]];
    const bool inside =
        home != ArrivalGround::kNowhere && province_number(ground_.places[home]) == province;
    const double same = inside ? recent_inside_[i] : recent_outside_[i];
    const double other = inside ? recent_outside_[i] : recent_inside_[i];
    const auto set = [&](ArrivalFactor factor, double value) {
      view.factors[i][static_cast<std::size_t>(factor)] = value;
    };
    set(ArrivalFactor::Recent, same + kAcross * other);
    set(ArrivalFactor::Provinces, provinces_[i]);
    set(ArrivalFactor::Flow, flow_value(flow, candidates_[i]));
    set(ArrivalFactor::SameProvince, inside ? 1 : 0);
    set(ArrivalFactor::ProvinceName, inside && bears_province_[i] ? 1 : 0);
    view.stands[i] = home != view.place;
  }
}

void ArrivalHistory::fill_places(PlaceView& view) const {
  const std::vector<double> like = like_places(view.place);
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    double alike = 0;
    for (const std::uint32_t arrival : arrivals_of(candidates_[i])) {
      alike += std::exp(-age(arrival) / kLongYears) * like[ground_.at[arrival]];
    }
    view.factors[i][static_cast<std::size_t>(ArrivalFactor::LikePlaces)] = alike;
  }
}

void ArrivalHistory::fill_scopes(PlaceView& view) const {
  std::vector<std::array<float, kAlike>> best(candidates_.size());
  std::vector<float> likeness(candidates_.size());
  for (const std::uint32_t arrival : arrivals_at(view.place)) {
    const auto firm = ground_.arrivals[arrival].firm;
    if (!firm) continue;
    const std::uint32_t here = candidate_of_[raw(*firm)];
    if (here == 0) continue;
    view.stands[here - 1] = false;
    scopes_.likeness(here - 1, likeness);
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      auto& top = best[i];
      const float value = likeness[i];
      if (value <= top[kAlike - 1]) continue;
      std::size_t at = kAlike - 1;
      while (at > 0 && top[at - 1] < value) {
        top[at] = top[at - 1];
        --at;
      }
      top[at] = value;
    }
  }
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    double sum = 0;
    for (const float one : best[i]) sum += one;
    view.factors[i][static_cast<std::size_t>(ArrivalFactor::LikeScope)] = sum / kAlike;
  }
}

void ArrivalHistory::fill_names(PlaceView& view) const {
  std::vector<std::uint32_t> came;
  for (const std::uint32_t arrival : arrivals_at(view.place)) {
    const auto firm = ground_.arrivals[arrival].firm;
    if (!firm) continue;
    if (const auto here = candidate(raw(*firm))) came.push_back(*here);
  }
  std::vector<double> likeness(candidates_.size());
  names_.mean_likeness(came, likeness);
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    view.factors[i][static_cast<std::size_t>(ArrivalFactor::LikeName)] = likeness[i];
    view.factors[i][static_cast<std::size_t>(ArrivalFactor::Trade)] = trade_[i];
    view.factors[i][static_cast<std::size_t>(ArrivalFactor::Capital)] = capital_[i];
  }
}

ArrivalHistory::PlaceView ArrivalHistory::look(std::uint32_t place) const {
  PlaceView view;
  view.place = place;
  view.factors.assign(candidates_.size(), ArrivalFactors{});
  view.stands.assign(candidates_.size(), true);
  fill_recent(view);
  fill_places(view);
  fill_scopes(view);
  fill_names(view);
  return view;
}

}  // namespace liantu
