#include "chain/segments/topmost_ancestors.hpp"

#include <optional>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::segment;
using test::sketch;

// 隔膜 has the parents 材料 and 三电系统, of which 三电系统 comes first by name, whatever was told first.
TEST(TopmostAncestors, FollowTheParentThatIsFirstByNameToTheTop) {
  for (const bool other_way_round : {false, true}) {
    const EnterpriseGraph graph =
        sketch(other_way_round ? "seg:材料; 隔膜 -part_of-> 材料; 隔膜 -part_of-> 三电系统 "
                                 "-part_of-> 汽车"
                               : "seg:汽车; 隔膜 -part_of-> 三电系统 -part_of-> 汽车; 隔膜 "
                                 "-part_of-> 材料");
    TopmostAncestors tops(graph);
    EXPECT_EQ(tops.of(segment(graph, "隔膜")), segment(graph, "汽车"));
    EXPECT_EQ(tops.of(segment(graph, "三电系统")), segment(graph, "汽车"));
    EXPECT_EQ(tops.of(segment(graph, "汽车")), std::nullopt);
    EXPECT_EQ(tops.of(segment(graph, "隔膜")), segment(graph, "汽车"));
  }
}

}  // namespace
}  // namespace liantu
