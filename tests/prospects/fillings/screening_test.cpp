#include "prospects/fillings/screening.hpp"

#include <string>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::segment;
using test::sketch;

TEST(Screens, AWordFiresUnlessAnotherExcepts) {
  ScreeningRule screen;
  screen.any_of = {"水泥"};
  screen.none_of = {"设备"};
  EXPECT_TRUE(fires_on("特种水泥", screen));
  EXPECT_FALSE(fires_on("水泥设备", screen));
  EXPECT_FALSE(fires_on("玻璃", screen));
}

TEST(Screens, AllIndustriesOfASegmentMustLieInThoseNamed) {
  const EnterpriseGraph graph =
      sketch("seg:一{industry=C3011}; seg:二{industry=C3011;C17}; seg:三");
  const auto in = [&](std::string_view name) {
    return in_industries(graph, graph.entity(segment(graph, name)), {"C301"});
  };
  EXPECT_TRUE(in("一"));
  EXPECT_FALSE(in("二"));
  EXPECT_FALSE(in("三"));
  EXPECT_FALSE(in_industries(graph, graph.entity(segment(graph, "一")), {}));
}

// What stands above bars what lies below, unless a word of the segment's own name excepts it.
TEST(Screens, TheFirstScreenThatFiresKeepsASegmentOff) {
  const EnterpriseGraph graph = sketch(
      "特种水泥 -part_of-> 水泥; 水泥设备 -part_of-> 水泥; 玻璃 -part_of-> 建材{type=chain}");
  Policy policy = default_policy();
  policy.screens.resize(2);
  policy.screens[0] = {EntityText::Key, {"水泥"}, {"a", "甲"}, ScreenOn::Segment, {"设备"}};
  policy.screens[1] = {EntityText::Key, {"建材"}, {"b", "乙"}, ScreenOn::Chain};
  const Taxonomy taxonomy(graph);
  const auto on = [&](std::string_view name) {
    return screen_on(graph, taxonomy, policy, segment(graph, name));
  };
  EXPECT_EQ(on("特种水泥"), &policy.screens[0]);
  EXPECT_EQ(on("水泥设备"), nullptr);
  EXPECT_EQ(on("玻璃"), &policy.screens[1]);
}

}  // namespace
}  // namespace liantu
