#include "prospects/arrivals/distance.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(Distance, BetweenSeatsOfProvinces) {
  // Chongqing to Chengdu some 270 km, to Guangzhou some 980, to Urumqi some 2300.
  EXPECT_NEAR(*distance_km(RegionCode{500104}, RegionCode{510100}), 265, 15);
  EXPECT_NEAR(*distance_km(RegionCode{500104}, RegionCode{440305}), 985, 20);
  EXPECT_NEAR(*distance_km(RegionCode{500104}, RegionCode{650000}), 2310, 40);
  EXPECT_EQ(distance_km(RegionCode{500104}, RegionCode{440305}),
            distance_km(RegionCode{440305}, RegionCode{500104}));
}

TEST(Distance, WithinAProvinceIsNone) {
  EXPECT_EQ(distance_km(RegionCode{500104}, RegionCode{500112}), 0.0);
}

TEST(Distance, OfAnUnknownPlaceIsUnknown) {
  EXPECT_EQ(distance_km(RegionCode{}, RegionCode{500104}), std::nullopt);
  EXPECT_EQ(distance_km(RegionCode{500104}, RegionCode{990000}), std::nullopt);
}

}  // namespace
}  // namespace liantu
