#include "prospects/arrivals/arrival_scores.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/core/string_map.hpp"
#include "links/paths/draw.hpp"

namespace liantu {
namespace {

constexpr double kNearestKm = 10;               // added to kilometres in gravity
constexpr double kFarKm = 1e5;                  // where a distance is unknown
constexpr std::size_t kIndustryCharacters = 3;  // a division of GB/T 4754: C36

double value(const ArrivalFactors& factors, ArrivalFactor factor) {
  return factors[static_cast<std::size_t>(factor)];
}

}  // namespace

ArrivalScorer::ArrivalScorer(const ArrivalGround& ground, const ArrivalHistory& history,
                             const ArrivalBacktestOptions& options)
    : ground_(ground), history_(history), options_(options), works_(for_works(options.model)) {
  firms_at_.assign(ground.places.size(), 0);
  for (const std::uint32_t firm : history.candidates()) {
    order_.push_back(drawn({options.seed, firm}));
    if (ground.home[firm] != ArrivalGround::kNowhere) ++firms_at_[ground.home[firm]];
    const auto capital =
        ground.graph.number(ground.graph.entity(FirmId{firm}), EntityNumber::RegisteredCapital);
    capital_.push_back(capital ? capital->value : 0);
  }
  industry_of_.assign(ground.firms(), 0);
  StringMap<std::uint32_t> known;
  for (std::size_t i = 0; i < std::min(ground.firms(), options.industries.size()); ++i) {
    const std::string& code = options.industries[i];
    if (code.size() < kIndustryCharacters) continue;
    const auto [entry, fresh] = known.try_emplace(code.substr(0, kIndustryCharacters), industries_);
    if (fresh) ++industries_;
    industry_of_[i] = entry->second;
  }
}

std::vector<std::uint32_t> ArrivalScorer::local_firms(std::uint32_t place) const {
  std::vector<std::uint32_t> found;
  const auto& candidates = history_.candidates();
  for (std::uint32_t i = 0; i < candidates.size(); ++i) {
    if (ground_.home[candidates[i]] == place) found.push_back(i);
  }
  return found;
}

std::vector<double> ArrivalScorer::by_home(const std::vector<double>& of_place) const {
  std::vector<double> scores;
  scores.reserve(history_.candidates().size());
  for (const std::uint32_t firm : history_.candidates()) {
    const std::uint32_t home = ground_.home[firm];
    scores.push_back(home == ArrivalGround::kNowhere ? -kFarKm : of_place[home]);
  }
  return scores;
}

std::vector<double> ArrivalScorer::industry(std::uint32_t place) const {
  if (industries_ == 1) return {};
  std::vector<double> here(industries_, 0);
  for (const std::uint32_t arrival : history_.arrivals_at(place)) {
    if (const auto firm = ground_.arrivals[arrival].firm) ++here[industry_of_[raw(*firm)]];
  }
  for (const std::uint32_t firm : history_.candidates()) {
    if (ground_.home[firm] == place) ++here[industry_of_[firm]];
  }
  here[0] = 0;
  std::vector<double> scores;
  for (const std::uint32_t firm : history_.candidates()) scores.push_back(here[industry_of_[firm]]);
  return scores;
}

std::vector<double> ArrivalScorer::scores(ArrivalRanking ranking,
                                          const ArrivalHistory::PlaceView& view, bool works) const {
  const std::size_t count = history_.candidates().size();
  const auto each = [&](const auto& score) {
    std::vector<double> scores(count);
    for (std::size_t i = 0; i < count; ++i) scores[i] = score(i);
    return scores;
  };
  const auto each_place = [&](const auto& score) {
    std::vector<double> of(ground_.places.size());
    for (std::uint32_t p = 0; p < of.size(); ++p) {
      of[p] = score(p, ground_.km(view.place, p).value_or(kFarKm));
    }
    return by_home(of);
  };
  const auto factor = [&](ArrivalFactor which) {
    return each([&](std::size_t i) { return value(view.factors[i], which); });
  };
  switch (ranking) {
    case ArrivalRanking::Random:
      return each([&](std::size_t i) {
        return fraction(drawn({options_.seed, history_.candidates()[i], view.place, 1}));
      });
    case ArrivalRanking::Branches:
      return each([&](std::size_t i) { return static_cast<double>(history_.branches()[i]); });
    case ArrivalRanking::Nearest:
      return each_place([](std::uint32_t, double km) { return -km; });
    case ArrivalRanking::Flow:
      return factor(ArrivalFactor::Flow);
    case ArrivalRanking::Gravity:
      return each_place(
          [&](std::uint32_t p, double km) { return firms_at_[p] / (km + kNearestKm); });
    case ArrivalRanking::GravityCame:
      return each_place([&](std::uint32_t p, double km) {
        return (static_cast<double>(history_.arrivals_at(p).size()) + 1) / (km + kNearestKm);
      });
    case ArrivalRanking::Industry:
      return industry(view.place);
    case ArrivalRanking::LikePlaces:
      return factor(ArrivalFactor::LikePlaces);
    case ArrivalRanking::LikeScope:
      return factor(ArrivalFactor::LikeScope);
    case ArrivalRanking::BranchesFlow:
      return each([&](std::size_t i) {
        return (history_.branches()[i] + 0.1) * (value(view.factors[i], ArrivalFactor::Flow) + 0.1);
      });
    case ArrivalRanking::Propensity:
      return each([&](std::size_t i) {
        return propensity(works ? works_ : options_.model, view.factors[i]);
      });
    case ArrivalRanking::Scale:
      if (std::ranges::all_of(capital_, [](double one) { return one == 0; })) return {};
      return capital_;
    case ArrivalRanking::LocalFit: {
      const std::vector<std::uint32_t> local = local_firms(view.place);
      if (local.size() < options_.local_firms) return {};
      std::vector<double> scores(count);
      history_.scopes().mean_likeness(local, scores);
      return scores;
    }
  }
  return {};
}

}  // namespace liantu
