#include "liantu/report/prospects/explain.hpp"

#include <cmath>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/display_width.hpp"
#include "report/district_case.hpp"
#include "report/golden.hpp"

namespace liantu {
namespace {

using test::firm;
using test::sketch;

std::string explain(const test::DistrictCase& one, const Prospect& prospect, Language language) {
  return explain_prospect(one.graph, one.report, one.list, prospect, {.language = language});
}

void expect_contains(const std::string& text, const std::vector<std::string>& parts) {
  for (const std::string& part : parts) {
    EXPECT_NE(text.find(part), std::string::npos) << part << " is missing in\n" << text;
  }
}

/// The policy whose full weights the hand-made points respect.
test::DistrictCase car_case() {
  test::DistrictCase one = test::car_case();
  one.list.policy.weights = {25, 20, 10, 5, 15, 10, 10, 5, 0};
  return one;
}

TEST(Explain, AWholeRowIsTold) {
  const test::DistrictCase one = car_case();
  test::expect_golden("explain_zh.txt", explain(one, one.list.prospects[0], Language::Zh));
  test::expect_golden("explain_en.txt", explain(one, one.list.prospects[0], Language::En));
}

TEST(Explain, NoLineIsWiderThanTheTerminalAndNoControlCharacterIsPrinted) {
  test::DistrictCase one = car_case();
  one.list.prospects[0].risks = {"\x1b[31m被列入经营异常名录，且多次受到行政处罚，须进一步核实"};
  for (const Language language : {Language::Zh, Language::En}) {
    for (const std::size_t width : {40U, 80U, 120U, 200U}) {
      const std::string text =
          explain_prospect(one.graph, one.report, one.list, one.list.prospects[0],
                           {.language = language, .width = width});
      EXPECT_EQ(text.find('\x1b'), std::string::npos);
      std::istringstream lines(text);
      for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(display_width(line), width) << line;
      }
    }
  }
}

TEST(Explain, PartsAddUpAndSayWhatIsMissing) {
  const test::DistrictCase one = car_case();
  for (const Prospect& prospect : one.list.prospects) {
    std::istringstream lines(explain(one, prospect, Language::En));
    double points = 0;
    std::size_t parts = 0;
    bool summed = false;
    for (std::string line; std::getline(lines, line);) {
      for (std::size_t i = 0; i < kPartCount; ++i) {
        const std::string name = part_text(static_cast<ScorePartKind>(i)).en;
        if (line.compare(0, name.size() + 1, name + " ") != 0) continue;
        std::istringstream cells(line.substr(name.size()));
        double got = -1;
        double of = -1;
        double missing = -1;
        cells >> got >> of >> missing;
        EXPECT_EQ(of, one.list.policy.weights[i]) << line;
        EXPECT_NEAR(missing, of - got, 0.005) << line;
        points += got;
        ++parts;
      }
      if (line.compare(0, 4, "sum ") == 0) {
        double sum = -1;
        std::istringstream(line.substr(4)) >> sum;
        EXPECT_NEAR(sum, points, 0.001);
        EXPECT_NEAR(sum, prospect.score, 0.001);
        summed = true;
      }
    }
    EXPECT_EQ(parts, kPartCount - 1);  // no arrivals are given
    EXPECT_TRUE(summed);
  }
}

TEST(Explain, TellsWhatAModelSaysAndWhatAddsUpToIt) {
  test::DistrictCase one = test::learned_case();
  one.list.policy.weights = {25, 20, 10, 5, 15, 10, 10, 5, 0};
  expect_contains(explain(one, one.list.prospects[0], Language::En),
                  {"link with 长江整车制造有限公司: probability 12.50%, margin 1.2500, made up of",
                   "directed_l3    -1.0000", "bias           -1.0000", "how sure it is"});
  expect_contains(explain(one, one.list.prospects[0], Language::Zh),
                  {"与长江整车制造有限公司的链接：概率 12.50%", "有多大把握"});
  expect_contains(explain(one, one.list.prospects[1], Language::En), {"among its candidates"});
  one.list.learned->used = false;
  const std::string text = explain(one, one.list.prospects[0], Language::En);
  expect_contains(text, {"how sure it is"});
  EXPECT_EQ(text.find("probability"), std::string::npos);
}

TEST(Explain, EveryLineEndsWithALineFeedInBothLanguages) {
  const test::DistrictCase one = car_case();
  for (const auto* part :
       {&one.list.prospects, &one.list.unlocated, &one.list.expansions, &one.list.screened}) {
    for (const Prospect& prospect : *part) {
      const std::string en = explain(one, prospect, Language::En);
      const std::string zh = explain(one, prospect, Language::Zh);
      EXPECT_NE(en, zh);
      for (const std::string& text : {en, zh}) {
        EXPECT_EQ(text.back(), '\n');
        EXPECT_EQ(text.find('\r'), std::string::npos);
        expect_contains(text, {std::string(one.graph.name(one.graph.entity(prospect.firm)))});
      }
    }
  }
}

TEST(Explain, EvidenceNamesFileRowAndWords) {
  const test::DistrictCase one = car_case();
  expect_contains(explain(one, one.list.prospects[0], Language::Zh),
                  {"企业 \"名录\".csv 行 12", "投入产出.csv 行 8"});
  expect_contains(explain(one, one.list.prospects[1], Language::En),
                  {"企业 \"名录\".csv row 13", "电池隔膜生产", "0.60", "inferred"});
}

TEST(Explain, ASourceThatIsNotKnownIsNotInvented) {
  test::DistrictCase one;
  one.graph = sketch(
      "甲{region=500104,anchor} -makes-> 电池 -requires-> 隔膜; 戊{region=440305} -makes-> 隔膜; "
      "己{region=440305} -makes{source=名录.csv}-> 隔膜");
  GapOptions options;
  options.district.region = RegionCode{500104};
  one.report = find_gaps(one.graph, options);
  one.list = rank_prospects(one.graph, one.report);
  ASSERT_EQ(one.list.prospects.size(), 2U);
  for (const Prospect& prospect : one.list.prospects) {
    EXPECT_EQ(explain(one, prospect, Language::En).find("row 0"), std::string::npos);
    EXPECT_EQ(explain(one, prospect, Language::Zh).find("行 0"), std::string::npos);
  }
  expect_contains(explain(one, one.list.prospects[0], Language::Zh), {"名录.csv"});
}

TEST(Explain, RisksAndUnknownsAreTold) {
  const test::DistrictCase one = car_case();
  expect_contains(explain(one, one.list.prospects[0], Language::Zh),
                  {"风险：被列入经营异常名录", "未知："});
  // A word without another name is told as it is.
  expect_contains(explain(one, one.list.prospects[1], Language::En), {"not known: reputation"});
}

TEST(Explain, EachStatusSaysWhatItRestsOn) {
  const test::DistrictCase one = car_case();
  expect_contains(explain(one, one.list.unlocated[0], Language::En), {"region unknown"});
  expect_contains(explain(one, one.list.unlocated[0], Language::Zh), {"地区未知", "无信用代码"});
  expect_contains(explain(one, one.list.expansions[0], Language::En),
                  {"already present as 渝电电池股份有限公司"});
  expect_contains(explain(one, one.list.screened[0], Language::En), {"dishonest debtor"});
  expect_contains(explain(one, one.list.screened[0], Language::Zh), {"失信被执行人"});
  EXPECT_EQ(explain(one, one.list.screened[0], Language::En).find("rank"), std::string::npos);
}

TEST(Explain, ADivisionWithoutANameIsToldByItsCode) {
  test::DistrictCase one;
  one.graph = sketch("戊{region=449999}");
  one.list.policy = default_policy();
  Prospect prospect;
  prospect.firm = firm(one.graph, "戊");
  expect_contains(explain(one, prospect, Language::Zh), {"449999"});
}

TEST(Explain, WhyAFirmIsNotListed) {
  const EnterpriseGraph graph = sketch(
      "甲{region=440305} -makes-> 电池 -requires-> 隔膜; 乙{region=440306} -makes-> 隔膜; "
      "丙{region=440106} -makes-> 隔膜; 丁{region=510104} -trades-> 隔膜; "
      "戊{region=510104} -makes-> 面条; 己 -makes-> 面条; 庚");
  GapOptions options;
  options.district.region = RegionCode{440305};
  const GapReport report = find_gaps(graph, options);
  const auto why = [&](std::string_view name) {
    const Text text = why_not_listed(graph, report, firm(graph, name));
    EXPECT_FALSE(text.en.empty());
    EXPECT_FALSE(text.zh.empty());
    EXPECT_NE(text.en, text.zh);
    return text;
  };
  expect_contains(why("甲").en, {"in the district"});
  expect_contains(why("乙").en, {"nearby"});
  expect_contains(why("丙").en, {"广东省"});
  expect_contains(why("丙").zh, {"广东省"});
  expect_contains(why("丁").en, {"no table says what it makes"});
  expect_contains(why("戊").en, {"nothing it makes is missing"});
  EXPECT_EQ(why("己"), why("戊"));
  EXPECT_EQ(why("庚"), why("丁"));
}

TEST(Explain, WhatSpeaksAgainstItAndOtherFirmsAndAssumptionsAreTold) {
  const test::DistrictCase one = car_case();
  const Prospect& row = one.list.prospects[0];
  Prospect then = row;
  then.parts[1].points += 1;
  then.score += 1;
  Explained more;
  more.against = {{Against::Status, {"its status reads \"x\"", "登记状态为“x”"}, {}}};
  more.other = &one.list.prospects[1];
  more.assumed = {{"revenue=1", "revenue=1"}};
  more.then = &then;
  const auto text = [&](Language language) {
    return explain_prospect(one.graph, one.report, one.list, row, {.language = language}, more);
  };
  expect_contains(text(Language::Zh),
                  {"不利因素", "登记状态为“x”", "比较", "领先", "假设：revenue=1", "+1.00"});
  expect_contains(text(Language::En),
                  {"what speaks against it", "its status reads", "compared with", "what decides is",
                   "assumed: revenue=1", "+1.00"});
  more.then = nullptr;
  expect_contains(text(Language::Zh), {"此时该企业不在任何清单上"});
}

TEST(Explain, WhatWouldLiftAFirmIsToldInFacts) {
  const test::DistrictCase one = car_case();
  Prospect row = one.list.prospects[0];
  const auto told = [&] { return lift_text(one.graph, one.report, row, 10); };
  EXPECT_EQ(told().said.en, "");
  row.lift = RankLift{};
  EXPECT_EQ(told().said.zh, "已在前 10 名之内");
  row.lift->missing = 2.5;
  LiftingFact revenue;
  revenue.field = LiftField::Revenue;
  revenue.to = 3.2e8;
  LiftingFact tag;
  tag.field = LiftField::Tag;
  tag.tag = "专精特新";
  row.lift->parts = {{ScorePartKind::Scale, 10, true, revenue},
                     {ScorePartKind::Quality, 2.5, false, tag}};
  EXPECT_EQ(told().said.en,
            "2.50 points more would bring it among the first 10; each of these could do it alone:");
  ASSERT_EQ(told().ways.size(), 2U);
  EXPECT_EQ(told().ways[0].en,
            "scale (2.50 of the 10.00 points it has left): revenue of at least CNY 320 m a year, "
            "not known now (its annual report or the firm itself says it)");
  EXPECT_EQ(told().ways[0].zh,
            "规模（尚余 10.00 分，需 2.50 分）：营业收入每年不低于3.2亿元，目前未知（可查企业年报或"
            "请企业提供）");
  EXPECT_EQ(
      told().ways[1].zh,
      "资质标签（尚余 2.50 分，需 2.50 分）：具备“专精特新”标签（可查主管部门或交易所公布名单）");
  const std::string text =
      explain_prospect(one.graph, one.report, one.list, row, {.language = Language::Zh});
  expect_contains(text, {"再得 2.50 分可进入前 10 名；以下任一项即可做到：\n  • 规模"});
  row.lift->parts.clear();
  row.lift->together = {{ScorePartKind::Purchases, 2, true, {}},
                        {ScorePartKind::Breadth, 1, false, {}}};
  EXPECT_EQ(told().said.zh,
            "再得 2.50 分可进入前 10 名；任何单项都不足以做到，至少需 2 项同时改善：可回流采购额"
            "（尚余 2.00 分）、补链数量（尚余 1.00 分）");
  ASSERT_EQ(told().ways.size(), 1U);
  EXPECT_EQ(told().ways[0].zh, "可回流采购额：请查明企业产能和本地需求额");
}

TEST(Explain, EveryFactThatCouldLiftAFirmSaysWhoKnowsIt) {
  const test::DistrictCase one = car_case();
  Prospect row = one.list.prospects[0];
  row.lift = RankLift{};
  row.lift->missing = 1;
  const auto told = [&](const LiftingFact& fact) {
    row.lift->parts = {{ScorePartKind::Fit, 5, false, fact}};
    return lift_text(one.graph, one.report, row, 10).ways.at(0);
  };
  const SegmentId separators = test::segment(one.graph, "隔膜");
  LiftingFact fact;
  fact.gap = 1;
  fact.segment = separators;
  fact.from = 3e7;
  fact.to = 4.5e7;
  fact.field = LiftField::Output;
  expect_contains(told(fact).zh, {"“隔膜”年产值不低于4,500万元，目前 3,000万元", "企业年报"});
  expect_contains(told(fact).en, {"makes 隔膜 for at least CNY 45 m a year, now CNY 30 m"});
  fact.field = LiftField::Demand;
  expect_contains(told(fact).zh, {"本地每年外购“隔膜”不低于4,500万元", "可向本地采购企业了解"});
  fact.to.reset();
  fact.from.reset();
  expect_contains(told(fact).zh, {"本地每年采购“隔膜”的金额，目前未知"});
  fact.field = LiftField::Share;
  fact.to = 0.6;
  expect_contains(told(fact).zh, {"“隔膜”占营业收入不低于 60%，目前未知", "分产品收入"});
  fact.field = LiftField::Confidence;
  fact.from = 0.4;
  expect_contains(told(fact).zh, {"确认生产“隔膜”：置信度不低于 0.60，目前 0.40"});
  fact.field = LiftField::Product;
  expect_contains(told(fact).en, {"makes 隔膜, too"});
  fact.field = LiftField::Distance;
  fact.to = 800;
  expect_contains(told(fact).zh, {"所在地距本地不超过 800 公里", "企业登记"});
  fact.field = LiftField::Branch;
  expect_contains(told(fact).zh, {"在重庆市设有分支或子公司"});
  fact.field = LiftField::Place;
  fact.from = 50;
  fact.to = 12;
  expect_contains(told(fact).zh, {"落户倾向排在前 12 位，目前第 50 位"});
  fact.field = LiftField::Tie;
  for (const auto& [relation, words] :
       {std::pair(RelationKind::Supplies, "供货或采购往来"),
        std::pair(RelationKind::Owns, "股权关系"), std::pair(RelationKind::Cooperates, "有合作"),
        std::pair(RelationKind::MemberOf, "商协会或校友会")}) {
    fact.relation = relation;
    fact.anchor = relation == RelationKind::Owns;
    expect_contains(told(fact).zh, {words, fact.anchor ? "本地龙头企业" : "本地企业"});
  }
  row.lift->parts = {{ScorePartKind::Breadth, 5, false, {}}};
  EXPECT_EQ(lift_text(one.graph, one.report, row, 10).ways.at(0).zh,
            "补链数量（尚余 5.00 分，需 1.00 分）：须多项事实同时改善");
}

TEST(Explain, MarkdownHoldsTheSame) {
  const test::DistrictCase one = car_case();
  const std::string text =
      explain_markdown(one.graph, one.report, one.list, one.list.prospects[0], Language::Zh);
  test::expect_golden("explain_zh.md", text);
}

}  // namespace
}  // namespace liantu
