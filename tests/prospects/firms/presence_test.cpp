#include "prospects/firms/presence.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/chain/firms/data_date.hpp"
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
  for (const FirmId one :
       FirmPresence(graph, district, data_date(graph)).in_district(firm(graph, name))) {
    names.emplace_back(graph.name(graph.entity(one)));
  }
  return names;
}

bool on_site(const EnterpriseGraph& graph, std::string_view name) {
  const District district = dadukou();
  return FirmPresence(graph, district, data_date(graph))
      .site_in_district(firm(graph, name))
      .has_value();
}

TEST(Presence, AFirmOwnedInTheDistrictIsASubsidiary) {
  const EnterpriseGraph graph = sketch(
      "子 -owns-> 丑{region=500104}; 子 -owns-> 寅{region=500107}; 子 -owns-> 卯; "
      "辰{region=500104} -owns-> 子; @张三 -owns-> 丑; 丑 -owns-> 巳{region=500104}");
  EXPECT_EQ(present(graph, "子"), (Names{"丑", "巳"})) << "巳 through 丑";
  EXPECT_EQ(present(graph, "寅"), Names{});
}

TEST(Presence, ControlGoesThroughAnyNumberOfFirms) {
  const EnterpriseGraph graph = sketch(
      "母 -owns{share=1}-> 中; 中 -owns{share=0.6}-> 下; 下 -owns{share=0.5}-> 子{region=500104}; "
      "下 -owns{share=0.4}-> 丑{region=500104}; 子 -owns-> 母");
  EXPECT_EQ(present(graph, "母"), Names{"子"});
  EXPECT_EQ(present(graph, "下"), Names{"子"}) << "though owners go in a circle";
}

TEST(Presence, StakesOfOneGroupAddUp) {
  const EnterpriseGraph graph = sketch(
      "母 -owns{share=1}-> 甲; 母 -owns{share=0.8}-> 乙; 甲 -owns{share=0.3}-> 子{region=500104}; "
      "乙 -owns{share=0.2}-> 子; 甲 -owns{share=0.3}-> 丑{region=500104}; 丙 -owns{share=0.7}-> "
      "丑");
  EXPECT_EQ(present(graph, "母"), Names{"子"});
  EXPECT_EQ(present(graph, "甲"), Names{}) << "0.3 alone is no control";
}

TEST(Presence, ControlGoesThroughBranches) {
  const EnterpriseGraph graph = sketch(
      "宁波示例有限公司; 宁波示例有限公司杭州分公司{region=330100} -owns{share=1}-> "
      "子{region=500104}; 宁波示例有限公司杭州分公司滨江营业部{region=330108} -owns{share=0.6}-> "
      "丑{region=500104}");
  EXPECT_EQ(present(graph, "宁波示例有限公司"), (Names{"子", "丑"}));
}

TEST(Presence, ACircleOfOwnersEnds) {
  const EnterpriseGraph graph = sketch(
      "甲 -owns{share=1}-> 乙; 乙 -owns{share=1}-> 丙; 丙 -owns{share=1}-> 甲; "
      "丙 -owns{share=1}-> 子{region=500104}; 子 -owns{share=1}-> 甲");
  EXPECT_EQ(present(graph, "甲"), Names{"子"});
  EXPECT_EQ(present(graph, "乙"), Names{"子"});
}

TEST(Presence, BranchOfASubsidiaryCounts) {
  const EnterpriseGraph graph =
      sketch("母 -owns{share=1}-> 宁波示例有限公司; 宁波示例有限公司重庆分公司{region=500104}");
  EXPECT_EQ(present(graph, "母"), Names{"宁波示例有限公司重庆分公司"});
}

TEST(Presence, ASubsidiaryIsControlled) {
  const EnterpriseGraph graph = sketch(
      "子 -owns{share=0.001}-> 丑{region=500104}; 子 -owns{share=0.5}-> 寅{region=500104}; "
      "子 -owns{share=0.9,year=2015}-> 卯{region=500104}; 子 -owns{share=0.3,year=2020}-> 卯; "
      "子 -owns{share=0.3,year=2015}-> 辰{region=500104}; 子 -owns{share=0.9,year=2020}-> 辰; "
      "辰 -owns{year=2021}-> 巳");
  EXPECT_EQ(present(graph, "子"), (Names{"寅", "辰"}));
}

TEST(Presence, WhatHasEndedDoesNotCount) {
  const std::string text =
      "子 -owns{until=2015}-> 丑{region=500104}; 子 -stands_on{until=2015}-> 一号{region=500104}";
  const EnterpriseGraph later = sketch(text + "; 丑{as_of=2016}");
  EXPECT_EQ(present(later, "子"), Names{});
  EXPECT_FALSE(on_site(later, "子"));
  const EnterpriseGraph within = sketch(text + "; 丑{as_of=2015-12}");
  EXPECT_EQ(present(within, "子"), Names{"丑"});
  EXPECT_TRUE(on_site(within, "子"));
}

TEST(Presence, AFirmStruckOffIsNoBranchAndNoSubsidiary) {
  const EnterpriseGraph graph = sketch(
      "子有限公司 -owns{share=1}-> 丑{region=500104,status=注销}; "
      "子有限公司重庆分公司{region=500104,status=已注销}; "
      "寅有限公司 -owns{share=1}-> 卯{region=500104,status=吊销，未注销}");
  EXPECT_EQ(present(graph, "子有限公司"), Names{});
  EXPECT_EQ(present(graph, "寅有限公司"), Names{"卯"});
}

TEST(Presence, ABranchIsFoundWhicheverWayItsBracketsAreWritten) {
  const EnterpriseGraph graph = sketch(
      "深圳示例(集团)有限公司; 深圳示例（集团）有限公司重庆分公司{region=500104}; "
      "宁波示例（控股）有限责任公司; 宁波示例(控股)有限公司重庆分公司{region=500104}");
  EXPECT_EQ(present(graph, "深圳示例(集团)有限公司"), Names{"深圳示例（集团）有限公司重庆分公司"});
  EXPECT_EQ(present(graph, "宁波示例（控股）有限责任公司"),
            Names{"宁波示例(控股)有限公司重庆分公司"});
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
