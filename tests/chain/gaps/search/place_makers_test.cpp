#include "chain/gaps/search/place_makers.hpp"

#include <algorithm>
#include <map>
#include <stop_token>
#include <string>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;
using Told = std::map<std::string, std::uint32_t>;  // by place and segment

EnterpriseGraph separators() {
  return sketch(R"(
    干法 -part_of-> 膜
    甲{region=500104} -makes-> 干法; 甲 -makes-> 膜; 乙{region=500104} -makes-> 膜
    丙{region=500106} -makes{conf=0.2}-> 干法; 丁{region=500106} -makes-> 膜; 戊 -makes-> 车
  )");
}

Told told(const EnterpriseGraph& graph, const GapOptions& options) {
  const Economy economy(graph);
  const PlaceMakers makers(economy, options);
  Told result;
  for (std::size_t place = 0; place < economy.places().size(); ++place) {
    for (const PlaceMakers::Count& count : makers.of(place)) {
      result[economy.places()[place].region.to_string() +
             std::string(graph.name(graph.entity(count.segment)))] = count.firms;
    }
  }
  return result;
}

TEST(PlaceMakers, CountEachFirmOncePerSegmentAndPlace) {
  EXPECT_EQ(told(separators(), {}),
            (Told{{"500104干法", 1}, {"500104膜", 2}, {"500106膜", 1}, {"车", 1}}));
}

TEST(PlaceMakers, LeaveOutWhomTheSearchLeavesOut) {
  const EnterpriseGraph graph = separators();
  GapOptions options;
  options.min_confidence = 0.1;
  options.with = {test::firm(graph, "丁")};
  options.without = {test::firm(graph, "甲")};
  EXPECT_EQ(told(graph, options),
            (Told{{"500104膜", 1}, {"500106干法", 1}, {"500106膜", 1}, {"车", 1}}));
}

TEST(PlaceMakers, EndWhenAskedTo) {
  std::stop_source source;
  source.request_stop();
  GapOptions options;
  options.stop = source.get_token();
  const EnterpriseGraph graph = separators();
  EXPECT_THROW(told(graph, options), Error);
}

}  // namespace
}  // namespace liantu
