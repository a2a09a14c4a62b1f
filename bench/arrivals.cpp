// How long it takes to judge lists by who really came: all places, lists of a thousand.
#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "liantu/graph/builder.hpp"
#include "liantu/prospects/arrivals/arrival_backtest.hpp"
#include "liantu/prospects/arrivals/place_propensity.hpp"

namespace liantu {
namespace {

struct Comings {
  EnterpriseGraph graph;
  std::vector<Arrival> arrivals;
  std::vector<RegionCode> places;
};

// Firms of 30 provinces with scopes of some fifty characters; one arrival for every six firms, most of
// them of firms that came somewhere before.
const Comings& comings(std::int64_t firms, std::int64_t places) {
  static std::map<std::pair<std::int64_t, std::int64_t>, Comings> made;
  const auto [entry, fresh] = made.try_emplace({firms, places});
  Comings& all = entry->second;
  if (!fresh) return all;
  constexpr std::uint32_t kProvinces[] = {13, 14, 15, 21, 22, 23, 32, 33, 34, 35,
                                          36, 37, 41, 42, 43, 44, 45, 46, 51, 52,
                                          53, 54, 61, 62, 63, 64, 65, 71, 81, 82};
  for (std::int64_t i = 0; i < places; ++i) {
    const auto at = static_cast<std::uint32_t>(i);
    all.places.push_back(RegionCode{kProvinces[at % 30] * 10000 + (1 + at / 30) * 100});
  }
  std::mt19937 random(5);
  std::vector<std::string> words;
  for (int i = 0; i < 3000; ++i) {
    std::string word;
    for (int c = 0; c < 4; ++c) {
      const std::uint32_t code = 0x4E00 + static_cast<std::uint32_t>(random()) % 2500;
      word += static_cast<char>(0xE0 | code >> 12);
      word += static_cast<char>(0x80 | (code >> 6 & 0x3F));
      word += static_cast<char>(0x80 | (code & 0x3F));
    }
    words.push_back(word);
  }
  // Some words are in many scopes.
  const auto word = [&] {
    const double part = std::uniform_real_distribution<double>(0, 1)(random);
    return words[static_cast<std::size_t>(part * part * part * 2999)];
  };
  GraphBuilder builder;
  std::vector<RegionCode> homes;
  for (std::int64_t i = 0; i < firms; ++i) {
    const EntityRef firm = builder.add(EntityKind::Firm, word() + word() + std::to_string(i));
    homes.push_back(all.places[random() % all.places.size()]);
    builder.set_region(firm, {homes.back(), Basis::Stated});
    builder.set_founded(firm, Date{static_cast<std::int16_t>(1980 + random() % 20), 1, 1});
    std::string scope;
    for (int w = 0; w < 12; ++w) scope += word() + "；";
    builder.set(firm, EntityText::Scope, scope);
  }
  for (std::int64_t i = 0; i < firms / 6; ++i) {
    const auto first = static_cast<std::uint32_t>(random() % static_cast<std::uint32_t>(firms));
    const std::uint32_t firm = i % 3 == 0 || all.arrivals.empty()
                                   ? first
                                   : raw(*all.arrivals[first % all.arrivals.size()].firm);
    Arrival one;
    one.firm = FirmId{firm};
    one.home = homes[firm];
    one.place = all.places[random() % all.places.size()];
    one.date = Date{static_cast<std::int16_t>(1990 + random() % 18),
                    static_cast<std::uint8_t>(1 + random() % 12), 1};
    if (one.place != one.home) all.arrivals.push_back(one);
  }
  std::ranges::stable_sort(all.arrivals, {}, &Arrival::date);
  all.graph = builder.build();
  return all;
}

void BM_BacktestArrivals(benchmark::State& state) {
  const Comings& all = comings(state.range(0), state.range(1));
  ArrivalBacktestOptions options;
  for (int window = 0; window < state.range(2); ++window) options.from.push_back(1999 + 3 * window);
  options.listed = 1000;
  for (const RegionCode place : all.places) options.points.push_back({place, {}, 0, 0});
  std::ranges::sort(options.points, {}, &PlacePoint::code);
  for (auto _ : state) {
    benchmark::DoNotOptimize(backtest_arrivals(all.graph, all.arrivals, options));
  }
}
BENCHMARK(BM_BacktestArrivals)
    ->ArgNames({"firms", "places", "windows"})
    ->Args({1000, 30, 1})
    ->Args({45'000, 442, 1})
    ->Args({130'000, 450, 3})
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Unit(benchmark::kMillisecond);

// What `rank --arrivals` asks for one district.
void BM_PlacePropensity(benchmark::State& state) {
  const Comings& all = comings(state.range(0), state.range(1));
  for (auto _ : state) {
    const PlacePropensity coming(all.graph, all.arrivals, all.places.front());
    benchmark::DoNotOptimize(coming.of(FirmId{0}));
  }
}
BENCHMARK(BM_PlacePropensity)
    ->ArgNames({"firms", "places"})
    ->Args({1000, 30})
    ->Args({45'000, 442})
    ->Args({130'000, 450})
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace liantu
