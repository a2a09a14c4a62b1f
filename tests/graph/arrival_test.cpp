#include "liantu/graph/arrival.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(PlaceOf, IsTheCityOfADistrict) {
  EXPECT_EQ(place_of(RegionCode{440305}), RegionCode{440300});
  EXPECT_EQ(place_of(RegionCode{440300}), RegionCode{440300});
}

TEST(PlaceOf, IsTheDistrictInAMunicipality) {
  EXPECT_EQ(place_of(RegionCode{310114}), RegionCode{310114});
  EXPECT_EQ(place_of(RegionCode{500104}), RegionCode{500104});
}

TEST(PlaceOf, IsACountyThatStandsRightUnderItsProvince) {
  EXPECT_EQ(place_of(RegionCode{429004}), RegionCode{429004});
}

TEST(PlaceOf, IsNoNarrowerThanWhatIsKnown) {
  EXPECT_EQ(place_of(RegionCode{510000}), RegionCode{510000});
  EXPECT_EQ(place_of(RegionCode{310000}), RegionCode{310000});
  EXPECT_EQ(place_of(RegionCode{}), RegionCode{});
}

}  // namespace
}  // namespace liantu
