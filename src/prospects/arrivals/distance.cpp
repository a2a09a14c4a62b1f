#include "prospects/arrivals/distance.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace liantu {
namespace {

struct Seat {
  std::uint32_t province = 0;  // first two digits
  double latitude = 0;         // degrees
  double longitude = 0;
};

constexpr Seat kSeats[] = {
    {11, 39.9, 116.4}, {12, 39.1, 117.2}, {13, 38.0, 114.5}, {14, 37.9, 112.5}, {15, 40.8, 111.7},
    {21, 41.8, 123.4}, {22, 43.9, 125.3}, {23, 45.8, 126.5}, {31, 31.2, 121.5}, {32, 32.1, 118.8},
    {33, 30.3, 120.2}, {34, 31.8, 117.2}, {35, 26.1, 119.3}, {36, 28.7, 115.9}, {37, 36.7, 117.0},
    {41, 34.7, 113.6}, {42, 30.6, 114.3}, {43, 28.2, 113.0}, {44, 23.1, 113.3}, {45, 22.8, 108.4},
    {46, 20.0, 110.3}, {50, 29.6, 106.5}, {51, 30.7, 104.1}, {52, 26.6, 106.7}, {53, 25.0, 102.7},
    {54, 29.7, 91.1},  {61, 34.3, 108.9}, {62, 36.1, 103.8}, {63, 36.6, 101.8}, {64, 38.5, 106.3},
    {65, 43.8, 87.6},  {71, 25.0, 121.5}, {81, 22.3, 114.2}, {82, 22.2, 113.5}};

const Seat* seat(RegionCode region) {
  if (!region.known()) return nullptr;
  const auto found = std::ranges::find(kSeats, region.value() / 10000, &Seat::province);
  return found == std::end(kSeats) ? nullptr : &*found;
}

}  // namespace

std::optional<Point> province_seat(RegionCode place) {
  const Seat* found = seat(place);
  if (found == nullptr) return std::nullopt;
  return Point{found->latitude, found->longitude};
}

double distance_km(Point one, Point other) {
  constexpr double kRadians = 3.14159265358979323846 / 180;
  constexpr double kRadiusKm = 6371;
  const double half_north = std::sin((one.latitude - other.latitude) * kRadians / 2);
  const double half_east = std::sin((one.longitude - other.longitude) * kRadians / 2);
  const double part = half_north * half_north + std::cos(one.latitude * kRadians) *
                                                    std::cos(other.latitude * kRadians) *
                                                    half_east * half_east;
  return 2 * kRadiusKm * std::asin(std::sqrt(std::min(part, 1.0)));
}

std::optional<double> distance_km(RegionCode one, RegionCode other) {
  const Seat* a = seat(one);
  const Seat* b = seat(other);
  if (a == nullptr || b == nullptr) return std::nullopt;
  if (a == b) return 0.0;
  return distance_km(Point{a->latitude, a->longitude}, Point{b->latitude, b->longitude});
}

}  // namespace liantu
