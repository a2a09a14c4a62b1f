#include "liantu/prospects/explanation/objections.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;
using Words = std::vector<std::string>;

Words against(const std::string& text, std::string_view name) {
  const EnterpriseGraph graph = sketch(text);
  GapOptions options;
  options.district.region = RegionCode{500104};
  const GapReport report = find_gaps(graph, options);
  const ProspectList list = rank_prospects(graph, report);
  Words all;
  for (const auto* part : {&list.prospects, &list.unlocated, &list.screened}) {
    for (const Prospect& row : *part) {
      if (graph.name(graph.entity(row.firm)) != name) continue;
      for (const Objection& one : objections(graph, report, list, row)) {
        all.push_back(std::string(against_word(one.kind)) + ' ' + one.said.zh +
                      (one.evidence ? " *" : ""));
      }
    }
  }
  return all;
}

const std::string kCar =
    "甲{region=500104,anchor,as_of=2024-01-01} -makes{output=1e9,as_of=2024-01-01}-> 整车 "
    "-requires{coef=0.4}-> 电池; ";

TEST(Objections, ASoundFirmHasNone) {
  EXPECT_EQ(against(kCar + "戊{region=440305,status=存续} -makes{output=1e8}-> 电池", "戊"),
            Words());
}

TEST(Objections, RiskStatusAndRegionAreDoubted) {
  EXPECT_EQ(against(kCar + "戊{region=440305:inferred,status=歇业,risks=经营异常} "
                           "-makes{output=1e8}-> 电池",
                    "戊"),
            (Words{"risk 有风险记录：经营异常", "status 登记状态为“歇业”",
                   "region 注册地并非明示（推断）"}));
  EXPECT_EQ(against(kCar + "戊 -makes{output=1e8}-> 电池", "戊"),
            Words{"region 注册地不明，可能已在本地"});
}

TEST(Objections, MakersHereBarredProductsEndedRelationsAndWeakEvidenceAreNamed) {
  EXPECT_EQ(
      against(kCar + "乙{region=500104} -makes{output=1e7}-> 电池; "
                     "戊{region=440305} -makes{output=1e8,conf=0.5}-> 电池; 戊 -makes-> 水泥; "
                     "戊 -supplies{until=2019-12-31}-> 甲",
              "戊"),
      (Words{"makers_here 本地已有 1 家企业生产电池，已知最大的是乙 *",
             "barred 其产品水泥属规则排除范围：受运输半径限制，须贴近市场，非外地可供 *",
             "ended 已于 2019-12-31 结束：戊 → 甲（供货） *",
             "weak_evidence 其生产电池为明示，置信度 0.50 *"}));
}

TEST(Objections, OneKindIsNamedAFewTimesAtMost) {
  std::string text = kCar + "戊{region=440305} -makes{output=1e8}-> 电池; ";
  for (int i = 0; i < 9; ++i) {
    text += "戊 -supplies{until=2019-12-31}-> 客" + std::to_string(i) + "; ";
  }
  EXPECT_EQ(against(text, "戊").size(), kObjections);
}

TEST(Objections, EachKindHasItsOwnWord) {
  std::set<std::string_view> words;
  for (int i = 0; i <= static_cast<int>(Against::WantedElsewhere); ++i) {
    EXPECT_TRUE(words.insert(against_word(static_cast<Against>(i))).second);
  }
}

}  // namespace
}  // namespace liantu
