#include "liantu/ingest/locate.hpp"

#include <string>

#include "liantu/base/credit_code.hpp"

namespace liantu {
namespace {

struct Clue {
  RegionCode region;
  Basis basis;
  Text what;
};

RegionCode stated_code(std::string_view text) {
  if (const auto code = parse_region_code(text)) {
    if (region_exists(*code)) return *code;
  }
  return find_region(text);
}

RegionCode stated_district(const LocationClues& clues) {
  RegionCode region = find_region(clues.province);
  for (const std::string_view part : {clues.city, clues.district}) {
    if (part.empty()) continue;
    if (const RegionCode finer = find_region(part, region); finer.known()) region = finer;
  }
  return region;
}

// An address often leaves out what the stated district tells.
RegionCode located_address(std::string_view address, RegionCode district) {
  const RegionCode region = find_region(address);
  return region.known() ? region : find_region(address, district.province());
}

// A code issued by a division that has since been abolished still tells the city or the province.
RegionCode existing(RegionCode code) {
  if (region_exists(code)) return code;
  const RegionCode city(code.value() / 100 * 100);
  if (code.known() && region_exists(city)) return city.city();
  return region_exists(code.province()) ? code.province() : RegionCode();
}

}  // namespace

Location locate(const LocationClues& clues) {
  const RegionCode district = stated_district(clues);
  const Clue all[] = {
      {stated_code(clues.region), Basis::Stated, {"stated region", "所填地区"}},
      {located_address(clues.address, district), Basis::Stated, {"address", "地址"}},
      {district, Basis::Stated, {"stated district", "所填区县"}},
      {existing(credit_code_region(clues.credit_code)),
       Basis::Inferred,
       {"credit code", "信用代码"}},
      {find_region(clues.name), Basis::Inferred, {"name", "名称"}},
  };
  Location location;
  const Clue* kept = nullptr;
  for (const Clue& clue : all) {
    if (!clue.region.known()) continue;
    const bool from_name = &clue == &all[4];
    if (kept == nullptr || kept->region.contains(clue.region)) {
      if (kept == nullptr || kept->region != clue.region) {
        kept = &clue;
        location.region = {clue.region, clue.basis};
      }
    } else if (!clue.region.contains(kept->region) && !from_name) {
      // A name may carry any place; only clues about the address itself can contradict.
      location.conflicts.push_back({kept->what, kept->region, clue.what, clue.region});
    }
  }
  return location;
}

}  // namespace liantu
