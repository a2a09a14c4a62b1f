#include "prospects/fillings/firm_places.hpp"

#include "chain/firms/whereabouts.hpp"
#include "prospects/arrivals/distance.hpp"

namespace liantu {
namespace {

template <typename Of>
auto by_region(const ProspectGround& ground, const Of& of) {
  std::vector<decltype(of(RegionCode()))> found;
  for (const RegionCode region : ground.regions) found.push_back(of(region));
  return found;
}

District province_of(const District& district) {
  District wide = district;
  wide.region = district.source_outside;
  return wide;
}

}  // namespace

FirmPlaces::FirmPlaces(const ProspectGround& ground, const District& district, bool by_names,
                       const std::stop_token& stop)
    : ground_(ground),
      standings_(
          by_region(ground, [&](RegionCode region) { return liantu::standing(region, district); })),
      km_(by_region(ground,
                    [&](RegionCode region) { return distance_km(region, district.region); })),
      local_(firms_where(by_region(ground,
                                   [&](RegionCode region) {
                                     return liantu::standing(region, district) == Standing::Inside;
                                   }))),
      local_branches_(branches_among(ground.graph, local_, stop)),
      presence_(ground.graph, district, ground.date, local_branches_, ground.branches, stop),
      hints_(ground.graph, local_, local_branches_, ground.branches, stop),
      province_(province_of(district)),
      in_province_(firms_where(by_region(
          ground,
          [&](RegionCode region) { return region.known() && province_.region.contains(region); }))),
      branches_in_province_(branches_among(ground.graph, in_province_, stop)),
      province_presence_(ground.graph, province_, ground.date, branches_in_province_,
                         ground.branches, stop),
      province_hints_(ground.graph, in_province_, branches_in_province_, ground.branches, stop) {
  if (by_names) namesakes_.emplace(ground.graph, province_);
}

std::vector<FirmId> FirmPlaces::firms_where(const std::vector<bool>& regions) const {
  std::vector<FirmId> firms;
  for (std::uint32_t i = 0; i < ground_.region_of.size(); ++i) {
    if (regions[ground_.region_of[i]]) firms.push_back(FirmId{i});
  }
  return firms;
}

std::vector<FirmId> FirmPlaces::near(FirmId firm) const {
  if (!province_hints_.may_be_present(firm)) return {};
  return province_presence_.in_district(firm);
}

}  // namespace liantu
