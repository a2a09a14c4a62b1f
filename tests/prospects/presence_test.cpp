#include "prospects/presence.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::firm;
using test::sketch;

using Names = std::vector<std::string>;

District dadukou() { return complete_district({RegionCode{500104}, {}, {}}); }

Names present(const EnterpriseGraph& graph, std::string_view name) {
  const District district = dadukou();
  Names names;
  for (const FirmId one : Presence(graph, district).in_district(firm(graph, name))) {
    names.emplace_back(graph.name(graph.entity(one)));
  }
  return names;
}

bool on_site(const EnterpriseGraph& graph, std::string_view name) {
  const District district = dadukou();
  return Presence(graph, district).site_in_district(firm(graph, name)).has_value();
}

TEST(Presence, AFirmOwnedInTheDistrictIsASubsidiary) {
  const EnterpriseGraph graph = sketch(
      "子 -owns-> 丑{region=500104}; 子 -owns-> 寅{region=500107}; 子 -owns-> 卯; "
      "辰{region=500104} -owns-> 子; @张三 -owns-> 丑; 丑 -owns-> 巳{region=500104}");
  EXPECT_EQ(present(graph, "子"), Names{"丑"});
  EXPECT_EQ(present(graph, "寅"), Names{});
}

TEST(Presence, ABranchCarriesTheNameOfItsHead) {
  const EnterpriseGraph graph = sketch(
      "示例某有限公司; 示例某有限公司重庆分公司{region=500104}; "
      "示例某有限公司成都分公司{region=510104}; "
      "示例某有限公司重庆分公司{region=500104}; 示例某有限公司大渡口营业部{region=500104}; "
      "示例另有限公司重庆分公司{region=500104}; 示例另有限; 示例本地有限公司{region=500104}");
  EXPECT_EQ(present(graph, "示例某有限公司"),
            (Names{"示例某有限公司重庆分公司", "示例某有限公司大渡口营业部"}));
  EXPECT_EQ(present(graph, "示例另有限"), Names{});
  EXPECT_EQ(present(graph, "示例本地有限公司"), Names{});
}

TEST(Presence, EachFirmIsListedOnceAscending) {
  const EnterpriseGraph graph = sketch(
      "示例某有限公司重庆分公司{region=500104}; 丑{region=500104}; 示例某有限公司 -owns-> 丑; "
      "示例某有限公司 -owns-> 示例某有限公司重庆分公司; "
      "示例某有限公司 -owns{year=2020}-> 丑");
  EXPECT_EQ(present(graph, "示例某有限公司"), (Names{"示例某有限公司重庆分公司", "丑"}));
}

TEST(Presence, ASiteInTheDistrictIsStoodOn) {
  const EnterpriseGraph graph = sketch(
      "甲 -stands_on-> 一号{region=500104}; 乙 -stands_on-> 二号{region=500107}; "
      "丙 -stands_on-> 三号; 丁; 乙 -stands_on-> 三号");
  EXPECT_TRUE(on_site(graph, "甲"));
  EXPECT_FALSE(on_site(graph, "乙"));
  EXPECT_FALSE(on_site(graph, "丙"));
  EXPECT_FALSE(on_site(graph, "丁"));
  EXPECT_EQ(present(graph, "甲"), Names{});
}

}  // namespace
}  // namespace liantu
