#include "liantu/prospects/arrivals/place_propensity.hpp"

#include <algorithm>
#include <bitset>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "prospects/arrivals/arrival_history.hpp"

namespace liantu {
namespace {

constexpr std::size_t kRows = 12;  // that a factor rests on
constexpr double kLatelyYears = 3;

std::size_t number(ArrivalFactor factor) { return static_cast<std::size_t>(factor); }

// All that is known counts, and a firm is there whenever it was founded.
ArrivalGround ground_of(const EnterpriseGraph& graph, std::span<const Arrival> arrivals,
                        RegionCode place) {
  if (!place.known()) {
    throw Error(ErrorCode::NotFound,
                {"the place that firms would come to is not known", "未指明落户地"});
  }
  if (!std::ranges::is_sorted(arrivals, {}, &Arrival::date)) {
    throw Error(ErrorCode::InvalidArgument,
                {"arrivals must stand by date", "落户记录须按日期排列"});
  }
  const PlacePoint here{place_of(place), {}, 0, 0};
  ArrivalGround ground(graph, arrivals, {&here, 1});
  std::ranges::fill(ground.founded, std::numeric_limits<std::int64_t>::min());
  return ground;
}

std::string counted(std::size_t number, std::string_view one, std::string_view more) {
  return fmt::format("{} {}", number, number == 1 ? one : more);
}

// Ascending, each once.
void put_in_order(std::vector<std::uint32_t>& rows) {
  std::erase(rows, 0U);
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
}

std::int64_t day_after(const ArrivalGround& ground) {
  return ground.day.empty() ? std::numeric_limits<std::int32_t>::max() : ground.day.back() + 1;
}

}  // namespace

struct PlacePropensity::Body {
  Body(const EnterpriseGraph& graph, std::span<const Arrival> arrivals, RegionCode place,
       const ArrivalModel& how)
      : asked(place),
        kept(arrivals.begin(), arrivals.end()),
        model(how),
        ground(ground_of(graph, kept, place)),
        history(ground, day_after(ground)),
        view(history.look(*ground.find(place_of(place)))),
        flow(history.flow(view.place)),
        like(history.like_places(view.place)) {
    for (std::size_t i = 0; i < view.factors.size(); ++i) {
      if (view.stands[i]) scores.push_back(propensity(model, view.factors[i]));
    }
    std::ranges::sort(scores, std::greater<>());
  }

  [[nodiscard]] const Arrival& arrival(std::uint32_t number) const { return kept[number]; }
  // Its first arrival here.
  [[nodiscard]] std::optional<std::uint32_t> came(std::uint32_t firm) const {
    for (const std::uint32_t one : history.arrivals_of(firm)) {
      if (ground.at[one] == view.place) return one;
    }
    return std::nullopt;
  }
  [[nodiscard]] bool known(std::uint32_t firm) const {
    return firm < ground.firms() &&
           (ground.home[firm] != ArrivalGround::kNowhere || !history.arrivals_of(firm).empty());
  }
  [[nodiscard]] std::uint32_t rank(double score) const {
    const auto at = std::ranges::lower_bound(scores, score, std::greater<>());
    return static_cast<std::uint32_t>(at - scores.begin()) + 1;
  }
  [[nodiscard]] double value(std::uint32_t rank) const {
    const auto all = static_cast<double>(scores.size());
    return all > 1 ? std::max(0.0, 1 - std::log(rank) / std::log(all)) : 1;
  }

  void tell_own(std::uint32_t firm, FirmPropensity& to) const;
  void tell_flow(std::uint32_t firm, FirmPropensity& to) const;
  void tell_like(std::uint32_t candidate, FirmPropensity& to) const;
  void tell_names(std::uint32_t candidate, FirmPropensity& to) const;

  RegionCode asked;
  std::vector<Arrival> kept;
  ArrivalModel model;
  ArrivalGround ground;
  ArrivalHistory history;
  ArrivalHistory::PlaceView view;
  ArrivalHistory::Flow flow;
  std::vector<double> like;    // by place
  std::vector<double> scores;  // of those that may come, largest first
};

PlacePropensity::PlacePropensity(const EnterpriseGraph& graph, std::span<const Arrival> arrivals,
                                 RegionCode place, const ArrivalModel& model) {
  check_arrival_model(model);
  body_ = std::make_unique<const Body>(graph, arrivals, place, model);
}

PlacePropensity::~PlacePropensity() = default;
PlacePropensity::PlacePropensity(PlacePropensity&&) noexcept = default;
PlacePropensity& PlacePropensity::operator=(PlacePropensity&&) noexcept = default;

std::size_t PlacePropensity::firms() const { return body_->scores.size(); }

// Where it went itself.
void PlacePropensity::Body::tell_own(std::uint32_t firm, FirmPropensity& to) const {
  const auto own = history.arrivals_of(firm);
  if (own.empty()) {
    to.reason = {"no branch elsewhere is known", "未见其外地分支"};
    return;
  }
  std::bitset<100> provinces;
  std::bitset<100> lately_in;
  std::size_t lately = 0;
  std::size_t works = 0;
  std::vector<std::uint32_t>& recent = to.rows_of[number(ArrivalFactor::Recent)];
  std::vector<std::uint32_t>& first = to.rows_of[number(ArrivalFactor::Provinces)];
  std::vector<std::pair<double, std::uint32_t>> alike;
  for (auto at = own.rbegin(); at != own.rend(); ++at) {
    const std::uint32_t province = province_number(arrival(*at).place);
    if (!provinces.test(province) && first.size() < kRows) first.push_back(arrival(*at).row);
    provinces.set(province);
    const double adds = std::exp(-history.age(*at) / kLongYears) * like[ground.at[*at]];
    if (adds > 0) alike.emplace_back(-adds, arrival(*at).row);
    if (history.age(*at) > kLatelyYears) continue;
    lately_in.set(province);
    ++lately;
    if (arrival(*at).works) ++works;
    if (recent.size() < kRows) recent.push_back(arrival(*at).row);
  }
  std::ranges::stable_sort(alike);
  for (std::size_t i = 0; i < std::min(kRows, alike.size()); ++i) {
    to.rows_of[number(ArrivalFactor::LikePlaces)].push_back(alike[i].second);
  }
  const Arrival& last = arrival(own.back());
  const std::string where = region_full_name(last.place);
  const std::string when = last.date.to_string();
  if (lately == 0) {
    to.reason = {fmt::format("opened {} in {}, none within three years (last: {}, {})",
                             counted(own.size(), "branch", "branches"),
                             counted(provinces.count(), "province", "provinces"), where, when),
                 fmt::format("已在 {} 个省份设立 {} 处分支，近三年没有（最近：{}，{}）",
                             provinces.count(), own.size(), where, when)};
    return;
  }
  const Text made = works == 0 ? Text{}
                               : Text{fmt::format(", {} of them works,", works),
                                      fmt::format("（其中生产经营 {} 处）", works)};
  const Text all = lately == own.size() ? Text{}
                                        : Text{fmt::format("; {} in all", own.size()),
                                               fmt::format("，累计 {} 处", own.size())};
  to.reason = {
      fmt::format("in three years it opened {}{} in {} (last: {}, {}{})",
                  counted(lately, "branch", "branches"), made.en,
                  counted(lately_in.count(), "province", "provinces"), where, when, all.en),
      fmt::format("近三年在 {} 个省份设立 {} 处分支{}（最近：{}，{}{}）", lately_in.count(), lately,
                  made.zh, where, when, all.zh)};
}

// Who came here from where it is, latest first.
void PlacePropensity::Body::tell_flow(std::uint32_t firm, FirmPropensity& to) const {
  const std::uint32_t home = ground.home[firm];
  if (home == ArrivalGround::kNowhere) return;
  const double city = flow.by_home[home];
  const std::uint32_t number_of = province_number(ground.places[home]);
  const double province = flow.by_province[number_of];
  if (province == 0) return;
  const auto firms = [](double count) {
    return counted(static_cast<std::size_t>(count), "firm", "firms");
  };
  if (city > 0) {
    to.reason.en +=
        fmt::format("; {} of its city came here, {:.0f} of its province", firms(city), province);
    to.reason.zh += fmt::format("；同城 {:.0f} 家、同省 {:.0f} 家企业已来", city, province);
  } else {
    to.reason.en +=
        fmt::format("; {} of its province came here, none of its city", firms(province));
    to.reason.zh += fmt::format("；同省 {:.0f} 家企业已来，同城尚无", province);
  }
  std::vector<std::uint32_t>& rows = to.rows_of[number(ArrivalFactor::Flow)];
  const auto here = history.arrivals_at(view.place);
  for (const bool of_city : {true, false}) {
    for (auto one = here.rbegin(); one != here.rend() && rows.size() < kRows; ++one) {
      const std::uint32_t from = ground.from[*one];
      if (from == ArrivalGround::kNowhere || (from == home) != of_city) continue;
      if (province_number(ground.places[from]) == number_of) rows.push_back(arrival(*one).row);
    }
  }
}

// Who came and is most like it.
void PlacePropensity::Body::tell_like(std::uint32_t candidate, FirmPropensity& to) const {
  std::vector<float> likeness(history.candidates().size());
  history.scopes().likeness(candidate, likeness);
  constexpr float kTelling = 0.2F;
  constexpr std::size_t kAlike = 3;
  std::vector<std::pair<float, std::uint32_t>> found;
  for (const std::uint32_t one : history.arrivals_at(view.place)) {
    if (!arrival(one).firm) continue;
    const auto other = history.candidate(raw(*arrival(one).firm));
    if (other && likeness[*other] > 0) found.emplace_back(-likeness[*other], one);
  }
  std::ranges::stable_sort(found, {}, &std::pair<float, std::uint32_t>::first);
  if (found.size() > kAlike) found.resize(kAlike);
  Text named;
  for (const auto& [less, one] : found) {
    to.rows_of[number(ArrivalFactor::LikeScope)].push_back(arrival(one).row);
    if (-less <= kTelling) continue;
    const std::string_view name = ground.graph.name(ground.graph.entity(*arrival(one).firm));
    named.en += fmt::format("{}{} ({})", named.en.empty() ? "; firms like it that came: " : ", ",
                            name, arrival(one).date.year);
    named.zh += fmt::format("{}{}（{} 年）", named.zh.empty() ? "；已来的相似企业：" : "、", name,
                            arrival(one).date.year);
  }
  to.reason.en += named.en;
  to.reason.zh += named.zh;
}

bool PlacePropensity::came(FirmId firm) const {
  return place_of(body_->asked) == body_->asked && raw(firm) < body_->ground.firms() &&
         body_->came(raw(firm));
}

// Whose names are most like its own.
void PlacePropensity::Body::tell_names(std::uint32_t candidate, FirmPropensity& to) const {
  std::vector<float> likeness(history.candidates().size());
  history.names().likeness(candidate, likeness);
  std::vector<std::pair<float, std::uint32_t>> found;
  for (const std::uint32_t one : history.arrivals_at(view.place)) {
    if (!arrival(one).firm) continue;
    const auto other = history.candidate(raw(*arrival(one).firm));
    if (other && likeness[*other] > 0) found.emplace_back(-likeness[*other], arrival(one).row);
  }
  std::ranges::stable_sort(found, {}, &std::pair<float, std::uint32_t>::first);
  for (std::size_t i = 0; i < std::min(kRows, found.size()); ++i) {
    to.rows_of[number(ArrivalFactor::LikeName)].push_back(found[i].second);
  }
}

std::optional<double> PlacePropensity::value(FirmId firm) const {
  const Body& body = *body_;
  if (!body.known(raw(firm)) || body.ground.home[raw(firm)] == body.view.place) return std::nullopt;
  const std::uint32_t candidate = *body.history.candidate(raw(firm));
  if (!body.view.stands[candidate]) return 1;
  return body.value(body.rank(propensity(body.model, body.view.factors[candidate])));
}

std::optional<FirmPropensity> PlacePropensity::of(FirmId firm) const {
  const Body& body = *body_;
  if (!body.known(raw(firm)) || body.ground.home[raw(firm)] == body.view.place) return std::nullopt;
  const std::uint32_t candidate = *body.history.candidate(raw(firm));
  FirmPropensity to;
  to.factors = body.view.factors[candidate];
  for (std::size_t i = 0; i < kArrivalFactorCount; ++i) {
    to.weights[i] = factor_weight(body.model, static_cast<ArrivalFactor>(i), to.factors[i]);
  }
  if (const auto came = body.came(raw(firm))) {
    const Arrival& first = body.arrival(*came);
    to.value = 1;
    const std::string where = region_full_name(first.place);
    to.reason = {fmt::format("came to {} already ({})", where, first.date.to_string()),
                 fmt::format("已在{}设有分支（{}）", where, first.date.to_string())};
    to.rows_of[number(ArrivalFactor::Recent)] = {first.row};
  } else {
    to.rank = body.rank(propensity(body.model, to.factors));
    to.value = body.value(to.rank);
    body.tell_own(raw(firm), to);
    body.tell_flow(raw(firm), to);
    body.tell_like(candidate, to);
    body.tell_names(candidate, to);
  }
  for (std::vector<std::uint32_t>& rows : to.rows_of) {
    put_in_order(rows);
    to.rows.insert(to.rows.end(), rows.begin(), rows.end());
  }
  put_in_order(to.rows);
  return to;
}

}  // namespace liantu
