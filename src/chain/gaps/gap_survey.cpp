#include "liantu/chain/gaps/gap_survey.hpp"

#include <algorithm>
#include <iterator>
#include <mutex>
#include <optional>
#include <tbb/enumerable_thread_specific.h>
#include <utility>

#include "base/run/parallel.hpp"
#include "chain/economy/economy.hpp"
#include "chain/economy/stopping.hpp"
#include "chain/gaps/search/gap_search.hpp"
#include "chain/gaps/search/place_makers.hpp"

namespace liantu {

std::vector<DistrictGaps> survey_gaps(const GapFinder& finder, const GapSurveyOptions& options) {
  check_gap_options(options.gaps);
  const Economy& economy = *finder.economy_;
  const std::vector<RegionCode> regions =
      options.regions.empty() ? finder.districts() : options.regions;
  const PlaceMakers place_makers(economy, options.gaps);
  tbb::enumerable_thread_specific<GapSearch> searches([&] { return GapSearch(economy); });
  std::vector<std::optional<DistrictGaps>> found(regions.size());
  std::mutex telling;
  std::uint64_t done = 0;
  parallel_for(regions.size(), [&](std::size_t i) {
    check_stop(options.gaps.stop, kGapSearch);
    GapOptions gaps = options.gaps;
    gaps.district.region = regions[i];
    found[i] = searches.local().outline(gaps, place_makers, options.most);
    const std::lock_guard lock(telling);
    ++done;
    if (options.progress) options.progress("district", done, regions.size());
  });
  std::vector<DistrictGaps> result;
  for (auto& one : found) {
    if (one) result.push_back(std::move(*one));
  }
  return result;
}

}  // namespace liantu
