#include "liantu/ingest/cells/factor_table.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/folder.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/tables/read_table.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::segment;
using test::sketch;

const EnterpriseGraph& cars() {
  static const EnterpriseGraph graph = sketch(
      "甲 -makes-> 汽车零部件及配件制造; 乙 -makes-> 钢{code=C31}; 丙 -makes-> 胎{code=A}; "
      "丁 -makes-> 轮{code=A}");
  return graph;
}

FactorTable read(const std::string& text, const EnterpriseGraph& graph = cars()) {
  const Folder folder({{"factors.csv", text}});
  return read_factor_table(read_table(folder.path() / "factors.csv"), graph);
}

void refused(const std::string& text, const std::vector<std::string>& en,
             const std::vector<std::string>& zh) {
  try {
    (void)read(text);
    ADD_FAILURE() << "not refused: " << text;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    for (const std::string& part : en) {
      EXPECT_NE(error.message().en.find(part), std::string::npos) << error.message().en;
    }
    for (const std::string& part : zh) {
      EXPECT_NE(error.message().zh.find(part), std::string::npos) << error.message().zh;
    }
  }
}

TEST(FactorTable, NamesSegmentWhatIsCountedYuanAndSource) {
  const FactorTable table = read(
      "环节,按,产值系数,来源\n"
      "汽车零部件及配件制造,从业人数,\"800,000\",年鉴表13\n"
      "C31,注册资本,1.5,年鉴表2\n"
      ",企业,1e6,假设\n"
      "全部,staff,5,假设\n");
  EXPECT_EQ(table.factors,
            (OutputFactors{
                {segment(cars(), "汽车零部件及配件制造"), EntityNumber::Staff, 800000, "年鉴表13"},
                {segment(cars(), "钢"), EntityNumber::RegisteredCapital, 1.5, "年鉴表2"},
                {std::nullopt, std::nullopt, 1e6, "假设"},
                {std::nullopt, EntityNumber::Staff, 5, "假设"}}));
  EXPECT_TRUE(table.problems.empty());
}

TEST(FactorTable, SpeaksEnglishTooAndMayLeaveSegmentsOut) {
  EXPECT_EQ(read("Per,CNY_per_unit,Source\nRevenue,0.9,own books\nland,2,x\nenergy,3,x\n").factors,
            (OutputFactors{{std::nullopt, EntityNumber::Revenue, 0.9, "own books"},
                           {std::nullopt, EntityNumber::Land, 2, "x"},
                           {std::nullopt, EntityNumber::Energy, 3, "x"}}));
}

TEST(FactorTable, UnitsMayStandInTheHeadingOrInAColumn) {
  const OutputFactors wanted = {{std::nullopt, EntityNumber::Staff, 800000, "x"}};
  EXPECT_EQ(read("按,每单位产值（万元/人）,来源\nstaff,80,x\n").factors, wanted);
  EXPECT_EQ(read("按,每单位产值(万元),来源\nstaff,80,x\n").factors, wanted);
  EXPECT_EQ(read("按,每单位产值,单位,来源\nstaff,80,万元/人,x\n").factors, wanted);
  EXPECT_EQ(read("按,每单位产值,单位,来源\nstaff,0.008,亿元,x\n").factors, wanted);
  EXPECT_DOUBLE_EQ(
      read("按,每单位产值,单位,来源\ncapital,3,元/万元,x\n").factors.at(0).cny_per_unit, 3e-4);
  // Of different things units may differ.
  EXPECT_EQ(read("按,每单位产值,单位,来源\nstaff,80,万元/人,x\ncapital,2,元/元,x\n").factors.size(),
            2U);
}

TEST(FactorTable, AnIndustryMayBeNamedByItsCode) {
  EXPECT_EQ(
      read("行业,按,系数,来源\n3670,staff,5,x\n").factors,
      (OutputFactors{{segment(cars(), "汽车零部件及配件制造"), EntityNumber::Staff, 5, "x"}}));
}

TEST(FactorTable, WhatTheGraphDoesNotHaveIsNotedAndLeftOut) {
  const FactorTable table = read("环节,按,系数,来源\n火箭,staff,5,x\n钢,staff,6,x\n");
  ASSERT_EQ(table.factors.size(), 1U);
  ASSERT_EQ(table.problems.size(), 1U);
  EXPECT_EQ(table.problems[0].severity, Severity::Note);
  EXPECT_EQ(table.problems[0].to_string(Language::En).substr(0, 17), "factors.csv:2:1: ");
  refused("环节,按,系数,来源\n火箭,staff,5,x\n", {"factors.csv:1:1", "no factor can be used"},
          {"没有可用的产值系数"});
  refused("环节,按,系数,来源\n", {"no factor can be used"}, {"没有可用的产值系数"});
}

TEST(FactorTable, EveryFaultIsNamedWithItsPlaceAndRemedy) {
  refused(
      "环节,按,系数,来源\n钢,staff,-5,x\n钢,staff,many,x\n钢,staff,0,x\n钢,staff,5,\n钢,magic,5,x\n"
      "A,staff,5,x\n",
      {"factors.csv:2:9: the factor \"-5\" is not a number above 0; write", "factors.csv:3:9",
       "\"many\"", "factors.csv:4:9", "factors.csv:5:11: the factor has no source; say where",
       "factors.csv:6:3: outputs cannot be estimated by \"magic\"",
       "factors.csv:7:1: \"A\" fits 2 segments"},
      {"factors.csv:2:9：产值系数“-5”不是大于 0 的数；请写", "没有来源；请注明出处",
       "不能按“magic”估算产值", "“A”对应 2 个环节；请写代码"});
}

TEST(FactorTable, MixedUnitsAreRefused) {
  refused("环节,按,系数,单位,来源\n钢,staff,5,万元/人,x\n胎,staff,5,元/人,x\n",
          {"factors.csv:3:", "mixed units: \"元/人\" here and \"万元/人\" before", "convert"},
          {"单位不一致", "请换算"});
  refused("环节,按,系数,单位,来源\n钢,staff,5,万元/人,x\n,staff,5,,x\n",
          {"mixed units: \"none\" here"}, {"此处为“未写”"});
  refused("按,系数(万元),单位,来源\nstaff,5,元,x\n", {"mixed units"}, {"单位不一致"});
  refused("按,系数,单位,来源\nstaff,5,元/亩,x\n",
          {"the unit \"元/亩\" does not fit a factor by staff", "元/人"},
          {"与按从业人数的产值系数不符"});
  refused("按,系数,单位,来源\nstaff,5,美元,x\n", {"does not fit"}, {"不符"});
}

TEST(FactorTable, OutputsOfSomeMakersMayBeLeftUnestimated) {
  EXPECT_EQ(
      read("环节,按,系数,来源\n,capital,1,假设\n钢,无,,控股公司的资本不是产值\n3670,none,,x\n")
          .factors,
      (OutputFactors{{std::nullopt, EntityNumber::RegisteredCapital, 1, "假设"},
                     {segment(cars(), "钢"), std::nullopt, 0, "控股公司的资本不是产值"},
                     {segment(cars(), "汽车零部件及配件制造"), std::nullopt, 0, "x"}}));
  refused(
      "环节,按,系数,来源\n钢,无,0,x\n",
      {"factors.csv:2:5", "unestimated must have no factor, but has \"0\"; leave the cell empty"},
      {"不估算的行不应有产值系数“0”；请留空"});
  refused("环节,按,系数,来源\n钢,无,,\n", {"factors.csv:2:6: the factor has no source"},
          {"没有来源"});
  // What is left unestimated is not estimated by something else.
  refused("环节,按,系数,来源\n钢,staff,5,x\n钢,无,,x\n", {"factors.csv:3:5", "segment and none"},
          {"同一环节按无的产值系数重复"});
  refused("环节,按,系数,来源\n钢,无,,x\n钢,staff,5,x\n", {"factors.csv:3:9", "segment and staff"},
          {"重复"});
}

TEST(FactorTable, ASecondFactorForTheSameIsRefused) {
  refused("环节,按,系数,来源\n钢,staff,5,x\nC31,staff,6,y\n",
          {"factors.csv:3:11", "a second factor", "keep one"}, {"重复"});
}

TEST(FactorTable, ColumnsAreMissedAndNotTwice) {
  refused("环节,系数\n钢,5\n",
          {"factors.csv:1:1: a table of factors needs a column per", "a column source"},
          {"缺少“按”列", "缺少“来源”列"});
  refused("按,依据,系数,来源\nstaff,staff,5,x\n", {"\"按\" and \"依据\" mean the same"},
          {"含义相同"});
}

TEST(FactorTable, OnlyTheFirstTwentyFaultsAreNamed) {
  std::string text = "按,系数,来源\n";
  for (int i = 0; i < 25; ++i) text += "staff,0,x\n";
  refused(text, {"factors.csv:21:", "… and 5 more"}, {"另有 5 处"});
}

}  // namespace
}  // namespace liantu
