#include "liantu/prospects/arrivals/place_propensity.hpp"

#include <algorithm>
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

// All that is known counts, and whose date of foundation is not known is there all the same.
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
  std::ranges::replace(ground.founded, std::numeric_limits<std::int64_t>::max(),
                       std::numeric_limits<std::int64_t>::min());
  return ground;
}

std::string counted(std::size_t number, std::string_view one, std::string_view more) {
  return fmt::format("{} {}", number, number == 1 ? one : more);
}

std::int64_t day_after(const ArrivalGround& ground) {
  return ground.day.empty() ? std::numeric_limits<std::int32_t>::max() : ground.day.back() + 1;
}

}  // namespace

struct PlacePropensity::Body {
  Body(const EnterpriseGraph& graph, std::span<const Arrival> arrivals, RegionCode place,
       const ArrivalModel& how)
      : kept(arrivals.begin(), arrivals.end()),
        model(how),
        ground(ground_of(graph, kept, place)),
        history(ground, day_after(ground)),
        view(history.look(*ground.find(place_of(place)))),
        flow(history.flow(view.place)) {
    for (std::size_t i = 0; i < view.factors.size(); ++i) {
      if (view.stands[i]) scores.push_back(propensity(model, view.factors[i]));
    }
    std::ranges::sort(scores, std::greater<>());
  }

  [[nodiscard]] const Arrival& arrival(std::uint32_t number) const { return kept[number]; }

  void tell_own(std::uint32_t firm, FirmPropensity& to) const;
  void tell_flow(std::uint32_t firm, FirmPropensity& to) const;
  void tell_like(std::uint32_t candidate, FirmPropensity& to) const;

  std::vector<Arrival> kept;
  ArrivalModel model;
  ArrivalGround ground;
  ArrivalHistory history;
  ArrivalHistory::PlaceView view;
  ArrivalHistory::Flow flow;
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
  constexpr std::size_t kRows = 3;
  const Arrival& last = arrival(own.back());
  const std::size_t lately = static_cast<std::size_t>(
      std::ranges::count_if(own, [&](std::uint32_t one) { return history.age(one) <= 3; }));
  const auto provinces =
      static_cast<std::size_t>(to.factors[static_cast<std::size_t>(ArrivalFactor::Provinces)]);
  to.reason = {
      fmt::format("opened {} in {}, {} within three years (last: {}, {})",
                  counted(own.size(), "branch", "branches"),
                  counted(provinces, "province", "provinces"), lately, region_full_name(last.place),
                  last.date.to_string()),
      fmt::format("已在 {} 个省份设立 {} 处分支，近三年 {} 处（最近：{}，{}）", provinces,
                  own.size(), lately, region_full_name(last.place), last.date.to_string())};
  for (auto one = own.rbegin(); one != own.rend() && to.rows.size() < kRows; ++one) {
    to.rows.push_back(arrival(*one).row);
  }
}

// Who came here from where it is.
void PlacePropensity::Body::tell_flow(std::uint32_t firm, FirmPropensity& to) const {
  const std::uint32_t home = ground.home[firm];
  if (home == ArrivalGround::kNowhere) return;
  const double city = flow.by_home[home];
  const double province = flow.by_province[province_number(ground.places[home])];
  if (province == 0) return;
  to.reason.en += fmt::format("; {} of its province came here, {:.0f} of its city",
                              counted(static_cast<std::size_t>(province), "firm", "firms"), city);
  to.reason.zh += fmt::format("；同省 {:.0f} 家、同城 {:.0f} 家企业已来", province, city);
  for (const std::uint32_t one : history.arrivals_at(view.place)) {
    if (ground.from[one] != home) continue;
    to.rows.push_back(arrival(one).row);
    break;
  }
}

// Who came and is most like it.
void PlacePropensity::Body::tell_like(std::uint32_t candidate, FirmPropensity& to) const {
  std::vector<float> likeness(history.candidates().size());
  history.scopes().likeness(candidate, likeness);
  constexpr float kTelling = 0.2F;
  float most = kTelling;
  std::optional<std::uint32_t> found;
  for (const std::uint32_t one : history.arrivals_at(view.place)) {
    if (!arrival(one).firm) continue;
    const auto other = history.candidate(raw(*arrival(one).firm));
    if (!other || likeness[*other] <= most) continue;
    most = likeness[*other];
    found = one;
  }
  if (!found) return;
  const std::string name(ground.graph.name(ground.graph.entity(*arrival(*found).firm)));
  to.reason.en += fmt::format("; most like it of those who came: {}", name);
  to.reason.zh += fmt::format("；已来企业中与其最相似：{}", name);
  to.rows.push_back(arrival(*found).row);
}

std::optional<FirmPropensity> PlacePropensity::of(FirmId firm) const {
  const Body& body = *body_;
  const auto candidate = body.history.candidate(raw(firm));
  if (!candidate || !body.view.stands[*candidate]) return std::nullopt;
  const bool nothing = body.ground.home[raw(firm)] == ArrivalGround::kNowhere &&
                       body.history.arrivals_of(raw(firm)).empty();
  if (nothing) return std::nullopt;
  FirmPropensity to;
  to.factors = body.view.factors[*candidate];
  double score = 0;
  for (std::size_t i = 0; i < kArrivalFactorCount; ++i) {
    to.weights[i] = factor_weight(body.model, static_cast<ArrivalFactor>(i), to.factors[i]);
    score += to.weights[i];
  }
  const auto at = std::ranges::lower_bound(body.scores, score, std::greater<>());
  to.rank = static_cast<std::uint32_t>(at - body.scores.begin()) + 1;
  const auto all = static_cast<double>(body.scores.size());
  to.value = all > 1 ? std::max(0.0, 1 - std::log(to.rank) / std::log(all)) : 1;
  body.tell_own(raw(firm), to);
  body.tell_flow(raw(firm), to);
  body.tell_like(*candidate, to);
  std::erase(to.rows, 0U);
  std::ranges::sort(to.rows);
  const auto again = std::ranges::unique(to.rows);
  to.rows.erase(again.begin(), again.end());
  return to;
}

}  // namespace liantu
