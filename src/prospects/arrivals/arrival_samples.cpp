#include "prospects/arrivals/arrival_samples.hpp"

#include <algorithm>

#include "base/run/parallel.hpp"
#include "links/paths/draw.hpp"

namespace liantu {

std::vector<std::vector<std::uint32_t>> came_within(const ArrivalGround& ground,
                                                    const ArrivalHistory& history, int until,
                                                    bool works_only) {
  const std::int64_t end = day_number(Date{static_cast<std::int16_t>(until), 1, 1});
  std::vector<std::vector<std::uint32_t>> came(ground.places.size());
  for (std::size_t i = history.arrivals(); i < ground.day.size() && ground.day[i] < end; ++i) {
    const auto firm = ground.arrivals[i].firm;
    if (!firm || ground.home[raw(*firm)] == ground.at[i]) continue;
    if (works_only && !ground.arrivals[i].works) continue;
    const auto candidate = history.candidate(raw(*firm));
    if (!candidate) continue;
    const auto before = history.arrivals_of(raw(*firm));
    const bool was_here = std::ranges::any_of(
        before, [&](std::uint32_t one) { return ground.at[one] == ground.at[i]; });
    if (!was_here) came[ground.at[i]].push_back(*candidate);
  }
  for (std::vector<std::uint32_t>& list : came) {
    std::ranges::sort(list);
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
  return came;
}

std::vector<ArrivalSample> samples_of(const ArrivalGround& ground, int from, int until,
                                      std::size_t least, std::size_t most_others,
                                      std::uint64_t seed) {
  const ArrivalHistory history(ground, day_number(Date{static_cast<std::int16_t>(from), 1, 1}));
  const auto came = came_within(ground, history, until, false);
  const auto works = came_within(ground, history, until, true);
  std::vector<std::uint32_t> places;
  for (std::uint32_t i = 0; i < came.size(); ++i) {
    if (came[i].size() >= least) places.push_back(i);
  }
  std::vector<ArrivalSample> samples(places.size());
  parallel_for(places.size(), [&](std::size_t s) {
    const std::uint32_t place = places[s];
    const ArrivalHistory::PlaceView view = history.look(place);
    ArrivalSample& sample = samples[s];
    const auto standing = static_cast<std::size_t>(std::ranges::count(view.stands, true));
    const std::size_t others = std::max<std::size_t>(standing - came[place].size(), 1);
    sample.share = std::min(1.0, static_cast<double>(most_others) / static_cast<double>(others));
    for (std::uint32_t i = 0; i < view.factors.size(); ++i) {
      if (!view.stands[i]) continue;
      if (std::ranges::binary_search(came[place], i)) {
        sample.came.push_back(view.factors[i]);
        sample.works.push_back(std::ranges::binary_search(works[place], i));
      } else if (fraction(drawn({seed, history.candidates()[i], ground.places[place].value()})) <
                 sample.share) {
        sample.others.push_back(view.factors[i]);
      }
    }
  });
  return samples;
}

}  // namespace liantu
