#include "liantu/ingest/scope/scope.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace liantu {
namespace {

using Words = std::vector<std::string>;

std::string_view word_of(Activity activity) {
  switch (activity) {
    case Activity::Make:
      return "make ";
    case Activity::Process:
      return "process ";
    case Activity::Develop:
      return "develop ";
    case Activity::Trade:
      return "trade ";
    case Activity::Serve:
      return "serve ";
  }
  return "";
}

// Each item as `make 橡胶密封件`.
Words parsed(std::string_view scope) {
  Words lines;
  for (const ScopeItem& item : parse_scope(scope)) {
    lines.push_back(std::string(word_of(item.activity)) + item.words);
  }
  return lines;
}

TEST(ParseScope, ActivityGovernsTheItemsBehindIt) {
  EXPECT_EQ(parsed("生产橡胶密封件、塑料管，销售钢材"),
            (Words{"make 橡胶密封件", "make 塑料管", "trade 钢材"}));
  EXPECT_EQ(parsed("销售：钢材、水泥；生产：塑料管"),
            (Words{"trade 钢材", "trade 水泥", "make 塑料管"}));
}

TEST(ParseScope, ActivityBehindGovernsTheItemsBeforeIt) {
  EXPECT_EQ(parsed("钢材、水泥销售"), (Words{"trade 钢材", "trade 水泥"}));
  EXPECT_EQ(parsed("橡胶密封件、塑料管加工"), (Words{"process 橡胶密封件", "process 塑料管"}));
  EXPECT_EQ(parsed("钢材、水泥、木材批发、零售"),
            (Words{"trade 钢材", "trade 水泥", "trade 木材"}));
  EXPECT_EQ(parsed("橡胶密封件加工、销售；钢材销售"), (Words{"process 橡胶密封件", "trade 钢材"}));
}

TEST(ParseScope, SeveralActivitiesGovernTogether) {
  EXPECT_EQ(parsed("生产、销售：橡胶密封件、塑料管；销售：钢材"),
            (Words{"make 橡胶密封件", "make 塑料管", "trade 钢材"}));
  EXPECT_EQ(parsed("研发、销售：橡胶密封件"), (Words{"develop 橡胶密封件"}));
  EXPECT_EQ(parsed("研发、生产橡胶密封件"), (Words{"make 橡胶密封件"}));
  EXPECT_EQ(parsed("生产和销售橡胶密封件"), (Words{"make 橡胶密封件"}));
  EXPECT_EQ(parsed("橡胶密封件的生产及销售"), (Words{"make 橡胶密封件"}));
  EXPECT_EQ(parsed("安装、销售：电梯"), (Words{"trade 电梯"}));
}

TEST(ParseScope, WholeItemKeepsTheActivityBehindIt) {
  EXPECT_EQ(parse_scope("橡胶密封件加工；生产塑料管"),
            (std::vector<ScopeItem>{{Activity::Process, "橡胶密封件", "橡胶密封件加工", 0},
                                    {Activity::Make, "塑料管", "塑料管", 1}}));
  EXPECT_EQ(parse_scope("机床维修"),
            (std::vector<ScopeItem>{{Activity::Serve, "机床", "机床维修", 0}}));
}

TEST(ParseScope, ClauseOfItsOwnActivityIsNotGovernedFromBefore) {
  EXPECT_EQ(parsed("一般项目：金属材料制造；金属材料销售"),
            (Words{"make 金属材料", "trade 金属材料"}));
  EXPECT_EQ(parsed("许可项目：橡胶密封件生产。一般项目：橡胶密封件销售；机床维修"),
            (Words{"make 橡胶密封件", "trade 橡胶密封件", "serve 机床"}));
}

TEST(ParseScope, BracketsQualifyAndNeverAdd) {
  EXPECT_EQ(parsed("生产、销售：摩托车配件、汽车配件（均不含发动机）"),
            (Words{"make 摩托车配件", "make 汽车配件"}));
  EXPECT_EQ(parsed("货物进出口（国家限制的除外）"), (Words{"trade 货物"}));
  EXPECT_EQ(parsed("普通机械配件加工（国家有专项规定的除外），金属结构件加工"),
            (Words{"process 普通机械配件", "process 金属结构件"}));
  EXPECT_EQ(parsed("销售：建筑材料（不含危险化学品）"), (Words{"trade 建筑材料"}));
  EXPECT_EQ(parsed("销售：建筑材料(不含危险化学品)、五金"),
            (Words{"trade 建筑材料", "trade 五金"}));
}

TEST(ParseScope, WordsOfLawBehindAnItemAreCutOff) {
  EXPECT_EQ(parsed("齿轮制造须经批准，木材销售凭许可证经营"), (Words{"make 齿轮", "trade 木材"}));
}

TEST(ParseScope, BracketsMayNestAndMismatch) {
  EXPECT_EQ(parsed("生产齿轮（含（减速机、（电机）），轴承）；销售木材"),
            (Words{"make 齿轮", "trade 木材"}));
  EXPECT_EQ(parsed("生产齿轮（不含轴承]；销售木材"), (Words{"make 齿轮", "trade 木材"}));
  EXPECT_EQ(parsed("生产齿轮【不含{轴承}】；销售木材"), (Words{"make 齿轮", "trade 木材"}));
  EXPECT_EQ(parsed("生产齿轮）、轴承"), (Words{"make 齿轮", "make 轴承"}));
  EXPECT_EQ(parsed("）（）生产齿轮"), (Words{"make 齿轮"}));
}

TEST(ParseScope, BracketThatIsNeverClosedSwallowsTheRest) {
  EXPECT_EQ(parsed("生产齿轮（不含轴承；销售木材"), (Words{"make 齿轮"}));
  EXPECT_EQ(parsed("（生产齿轮；销售木材"), Words{});
}

TEST(ParseScope, WhatIsNotDoneIsNoItem) {
  for (const std::string text : {"轴承制造除外",
                                 "轴承、齿轮制造除外",
                                 "不从事轴承制造",
                                 "不包括轴承制造",
                                 "不包含轴承、齿轮制造",
                                 "不涉及轴承制造",
                                 "不生产轴承",
                                 "不含：轴承、齿轮制造",
                                 "不得从事轴承制造",
                                 "除轴承制造外",
                                 "除轴承、齿轮制造以外",
                                 "轴承制造不在经营范围内",
                                 "禁止生产轴承",
                                 "均不含轴承制造",
                                 "未经许可不得制造轴承",
                                 "轴承的制造除外",
                                 "轴承制造（限分支机构经营）",
                                 "齿轮、轴承生产（仅限分支机构经营）",
                                 "以下限分支机构经营：轴承制造、齿轮制造",
                                 "（以下经营范围由分公司经营）轴承、齿轮制造"}) {
    EXPECT_EQ(parsed("机械销售；" + text), (Words{"trade 机械"})) << text;
    if (!text.starts_with("（")) {
      EXPECT_EQ(parsed("机械销售；" + text + "；木材加工"), (Words{"trade 机械", "process 木材"}))
          << text;
    }
  }
  EXPECT_EQ(parsed("机械销售，不包括轴承制造"), (Words{"trade 机械"}));
  EXPECT_EQ(parsed("机械制造不含轴承、齿轮，木材销售"), (Words{"make 机械", "trade 木材"}));
}

TEST(ParseScope, WhatIsLeftOfAnExceptionIsDone) {
  EXPECT_EQ(parsed("除轴承外的机械制造"), (Words{"make 机械"}));
  EXPECT_EQ(parsed("除轴承、齿轮以外的机械制造"), (Words{"make 机械"}));
  EXPECT_EQ(parsed("轴承以外的机械制造"), (Words{"make 机械"}));
  EXPECT_EQ(parsed("除尘设备、外壳制造"), (Words{"make 除尘设备", "make 外壳"}));
  EXPECT_EQ(parsed("轴承、齿轮生产；旅馆服务（限分支机构经营）"),
            (Words{"make 轴承", "make 齿轮"}));
}

TEST(ParseScope, LicencesAndLawAreDropped) {
  for (const std::string_view scope :
       {"（依法须经批准的项目，经相关部门批准后方可开展经营活动）",
        "依法须经批准的项目，经相关部门批准后方可开展经营活动",
        "除依法须经批准的项目外，凭营业执照依法自主开展经营活动",
        "以上经营范围法律、法规禁止的不得经营，法律、法规限制的取得许可后经营",
        "按许可证核定的范围和期限从事经营", "国家限制的除外"}) {
    EXPECT_EQ(parsed(scope), Words{}) << scope;
    EXPECT_EQ(parsed("生产齿轮；" + std::string(scope)), (Words{"make 齿轮"})) << scope;
  }
}

TEST(ParseScope, ItemWithoutActivityIsDropped) {
  EXPECT_EQ(parsed("橡胶密封件、塑料管"), Words{});
  EXPECT_EQ(parsed("橡胶密封件；销售钢材"), (Words{"trade 钢材"}));
}

TEST(ParseScope, WidthAndBlanksDoNotMatter) {
  const Words expected = parsed("生产、销售:橡胶密封件,塑料管;钢材销售");
  EXPECT_EQ(expected, (Words{"make 橡胶密封件", "make 塑料管", "trade 钢材"}));
  EXPECT_EQ(parsed("生产、销售：橡胶密封件，塑料管；钢材销售。"), expected);
  EXPECT_EQ(parsed("　生产、销售： 橡胶密封件， 塑料管；\n钢材销售 "), expected);
}

TEST(ParseScope, NothingInNothing) {
  for (const std::string_view scope :
       {"", " ", "；；、，：", "（）", "：", "无", "生产", "销售：", "、、销售、、"}) {
    EXPECT_EQ(parsed(scope), Words{}) << scope;
  }
}

// Each tag as `make 橡胶密封件 0.90 <耐油橡胶密封件`.
Words tagged(ScopeTagger& tagger, const std::vector<std::string_view>& terms,
             std::string_view scope) {
  Words lines;
  for (const ScopeTag& tag : tagger.tag(scope)) {
    std::string line = std::string(word_of(tag.activity)) + std::string(terms.at(tag.term)) + " " +
                       std::to_string(tag.confidence).substr(0, 4);
    if (tag.words != terms.at(tag.term)) line += " <" + tag.words;
    lines.push_back(std::move(line));
  }
  return lines;
}

const std::vector<std::string_view> kTerms = {"橡胶密封件", "密封件", "钢材",   "机床", "机床维修",
                                              "设备",       "铁",     "塑料管", "齿轮"};

Words tagged(std::string_view scope) {
  ScopeTagger tagger(kTerms);
  return tagged(tagger, kTerms, scope);
}

TEST(ScopeTagger, ItemThatIsATermIsSurerThanOneThatEndsInIt) {
  EXPECT_EQ(tagged("生产橡胶密封件"), (Words{"make 橡胶密封件 0.90"}));
  EXPECT_EQ(tagged("生产耐油橡胶密封件"), (Words{"make 橡胶密封件 0.75 <耐油橡胶密封件"}));
  EXPECT_EQ(tagged("生产金属密封件"), (Words{"make 密封件 0.75 <金属密封件"}));
  EXPECT_EQ(tagged("销售钢材"), (Words{"trade 钢材 0.90"}));
}

TEST(ScopeTagger, ProcessingAndServingAreTwoThirdsAsSureDevelopingAFifth) {
  EXPECT_EQ(tagged("加工橡胶密封件"), (Words{"process 橡胶密封件 0.60"}));
  EXPECT_EQ(tagged("加工、生产橡胶密封件"), (Words{"make 橡胶密封件 0.90"}));
  EXPECT_EQ(tagged("研发橡胶密封件"), (Words{"develop 橡胶密封件 0.18"}));
  EXPECT_EQ(tagged("研发耐油橡胶密封件"), (Words{"develop 橡胶密封件 0.15 <耐油橡胶密封件"}));
  EXPECT_EQ(tagged("机床维修"), (Words{"serve 机床维修 0.60"})) << "a service is no machine";
}

TEST(ScopeTagger, OnlyTheHeadNamesTheThing) {
  EXPECT_EQ(tagged("生产机床防护罩"), Words{});
  EXPECT_EQ(tagged("维修机床"), Words{});
}

TEST(ScopeTagger, GeneralWordsAndSingleCharactersAreNeverMatched) {
  EXPECT_EQ(tagged("生产设备；生产橡胶设备；生产铁"), Words{});
}

TEST(ScopeTagger, WhatIsExcludedIsNotMatched) {
  EXPECT_EQ(tagged("生产塑料管（均不含齿轮）；销售钢材（不含密封件）"),
            (Words{"make 塑料管 0.90", "trade 钢材 0.90"}));
}

TEST(ScopeTagger, FillersDoNotCount) {
  EXPECT_EQ(tagged("生产各种橡胶密封件"), (Words{"make 橡胶密封件 0.90 <各种橡胶密封件"}));
  EXPECT_EQ(tagged("生产橡胶密封件系列产品"), (Words{"make 橡胶密封件 0.90 <橡胶密封件系列产品"}));
}

TEST(ScopeTagger, EachTermIsThereOnceWithItsBestActivity) {
  EXPECT_EQ(tagged("销售：钢材、齿轮；钢材加工；钢材运输"),
            (Words{"process 钢材 0.60", "trade 齿轮 0.90"}));
  EXPECT_EQ(tagged("生产耐油橡胶密封件；生产橡胶密封件"), (Words{"make 橡胶密封件 0.90"}));
}

TEST(ScopeTagger, JoinedItemsAreTwo) {
  EXPECT_EQ(tagged("生产齿轮及塑料管"),
            (Words{"make 齿轮 0.90 <齿轮及塑料管", "make 塑料管 0.90 <齿轮及塑料管"}));
}

TEST(ScopeTagger, FirstOfEqualTermsIsNamed) {
  const std::vector<std::string_view> terms = {"齿轮", "齿轮"};
  ScopeTagger tagger(terms);
  const std::vector<ScopeTag> tags = tagger.tag("生产齿轮");
  ASSERT_EQ(tags.size(), 1U);
  EXPECT_EQ(tags[0].term, 0U);
}

TEST(ScopeTagger, MayBeMovedAndMayBeEmpty) {
  ScopeTagger first(kTerms);
  EXPECT_EQ(tagged(first, kTerms, "生产齿轮"), (Words{"make 齿轮 0.90"}));
  ScopeTagger second(std::move(first));
  EXPECT_EQ(tagged(second, kTerms, "生产齿轮"), (Words{"make 齿轮 0.90"}));
  ScopeTagger none({});
  EXPECT_TRUE(none.tag("生产齿轮").empty());
  none = std::move(second);
  EXPECT_EQ(tagged(none, kTerms, "生产齿轮"), (Words{"make 齿轮 0.90"}));
  EXPECT_TRUE(none.tag("").empty());
}

// Clauses say what they say wherever they stand: the tags of a scope are the union of those of its
// clauses, each term with its best activity.
TEST(ScopeTagger, TagsOfAScopeAreThoseOfItsClauses) {
  constexpr std::string_view kClauses[] = {
      "生产、销售：橡胶密封件、塑料管",
      "钢材、齿轮销售",
      "机床维修",
      "研发齿轮",
      "生产耐油橡胶密封件（均不含发动机）",
      "普通机械配件加工（国家限制的除外），塑料管加工",
      "销售：建筑材料（不含危险化学品）、钢材",
      "一般项目：齿轮制造",
      "依法须经批准的项目，经相关部门批准后方可开展经营活动",
      "货物进出口",
      "密封件",
      "机床批发、零售",
      "承接机床安装",
      "",
  };
  constexpr std::string_view kStops[] = {"；", "。", ";", "\n"};
  ScopeTagger tagger(kTerms);
  for (std::uint32_t seed = 1; seed <= 500; ++seed) {
    std::mt19937 random(seed);
    std::string scope;
    std::vector<ScopeTag> expected;
    const auto count = static_cast<std::uint32_t>(random() % 8);
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::string_view clause = kClauses[random() % std::size(kClauses)];
      scope += clause;
      scope += kStops[random() % std::size(kStops)];
      for (const ScopeTag& tag : tagger.tag(clause)) {
        const auto same = std::ranges::find(expected, tag.term, &ScopeTag::term);
        if (same == expected.end()) {
          expected.push_back(tag);
        } else if (std::pair(tag.activity, -tag.confidence) <
                   std::pair(same->activity, -same->confidence)) {
          *same = tag;
        }
      }
    }
    EXPECT_EQ(tagger.tag(scope), expected) << seed << " " << scope;
  }
}

TEST(ParseScope, WordsThatMerelyStartLikeAnExclusionStayInTheName) {
  for (const char* product :
       {"除尘设备", "按摩椅", "限位开关", "需氧量测定仪", "国家电网用变压器", "规范围栏"}) {
    const std::vector<ScopeItem> items = parse_scope(std::string("生产：") + product);
    ASSERT_EQ(items.size(), 1U) << product;
    EXPECT_EQ(items[0].words, product);
    EXPECT_EQ(items[0].activity, Activity::Make);
  }
  EXPECT_TRUE(parse_scope("生产：国家限制的除外").empty());
  EXPECT_TRUE(parse_scope("生产：除危险化学品外").empty());
}

TEST(ParseScope, AnAdvertiserMakesNoticesNotTheMediaTheyStandOn) {
  for (const ScopeItem& item : parse_scope("设计、制作、代理、发布：报刊、充气装置")) {
    EXPECT_EQ(item.activity, Activity::Serve) << item.words;
  }
}

TEST(ParseScope, ActivitiesBehindAListGovernAllOfIt) {
  const std::vector<ScopeItem> expected = {{Activity::Process, "合金材料", "合金材料", 0},
                                           {Activity::Process, "合金制品", "合金制品的研发", 0}};
  EXPECT_EQ(parse_scope("合金材料、合金制品的研发、加工、销售"), expected);
}

TEST(ParseScope, WhatStandsBeforeABracketKeepsItsOwnActivity) {
  const std::vector<ScopeItem> expected = {{Activity::Develop, "房地产", "房地产开发", 0},
                                           {Activity::Trade, "汽车", "汽车", 1}};
  EXPECT_EQ(parse_scope("房地产开发（凭资质执业）销售：汽车"), expected);
}

TEST(ParseScope, AClassOfGoodsBeforeAColonKeepsTheActivity) {
  const std::vector<ScopeItem> items = parse_scope("生产：医疗器械：颅内压监测仪");
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[1].words, "颅内压监测仪");
  EXPECT_EQ(items[1].activity, Activity::Make);
}

TEST(ScopeTagger, JoinedPartsShareAGeneralHead) {
  ScopeTagger tagger({"环卫设备", "环保设备", "玻璃"});
  const std::vector<ScopeTag> tags = tagger.tag("制造：环卫及环保设备；玻璃维修");
  ASSERT_EQ(tags.size(), 2U);
  EXPECT_EQ(tags[0].term, 0U);
  EXPECT_EQ(tags[1].term, 1U);
}

// Each tag as `make 汽车配件`, of a vocabulary of its own.
Words tagged_by(const std::vector<std::string_view>& terms, std::string_view scope) {
  ScopeTagger tagger(terms);
  Words lines;
  for (const ScopeTag& tag : tagger.tag(scope)) {
    lines.push_back(
        fmt::format("{}{} {:.2f}", word_of(tag.activity), terms[tag.term], tag.confidence));
  }
  return lines;
}

TEST(ScopeTagger, TwoOfAKindShareTheEndOfTheLast) {
  const std::vector<std::string_view> terms = {"汽车", "摩托车", "汽车配件", "摩托车配件", "模具",
                                               "橡胶", "塑料",   "塑料制品", "橡胶制品"};
  EXPECT_EQ(tagged_by(terms, "生产：汽车、摩托车配件"),
            (Words{"make 汽车配件 0.90", "make 摩托车配件 0.90"}));
  EXPECT_EQ(tagged_by(terms, "生产：汽车、摩托车用电器设备"), Words{});
  EXPECT_EQ(tagged_by(terms, "生产：橡胶、塑料制品"),
            (Words{"make 橡胶制品 0.90", "make 塑料制品 0.90"}));
  EXPECT_EQ(tagged_by(terms, "生产：模具、汽车配件"),
            (Words{"make 模具 0.90", "make 汽车配件 0.90"}))
      << "a mould is not a kind of car";
  EXPECT_EQ(tagged_by(terms, "生产汽车；摩托车配件销售"),
            (Words{"make 汽车 0.90", "trade 摩托车配件 0.90"}))
      << "nor do two lists share anything";
}

TEST(ScopeTagger, AListOfWholeClassesOfGoodsIsTrustedLess) {
  const std::vector<std::string_view> terms = {"服装", "模具"};
  EXPECT_EQ(tagged_by(terms, "生产、销售：服装、建筑材料、五金交电、日用百货、模具"),
            (Words{"make 服装 0.36", "make 模具 0.36"}));
  EXPECT_EQ(tagged_by(terms, "生产：服装、建筑材料、五金交电、模具"),
            (Words{"make 服装 0.90", "make 模具 0.90"}))
      << "four items are too few to tell";
  EXPECT_EQ(tagged_by(terms, "销售：服装、建筑材料、五金交电、日用百货、模具"),
            (Words{"trade 服装 0.90", "trade 模具 0.90"}));
}

TEST(ScopeTagger, WhatIsDevelopedMayBeATermOfItsOwn) {
  const std::vector<std::string_view> terms = {"软件", "软件开发"};
  EXPECT_EQ(tagged_by(terms, "软件开发"), (Words{"serve 软件开发 0.60"}));
  EXPECT_EQ(tagged_by(terms, "开发软件"), (Words{"develop 软件 0.18"}));
}

TEST(ScopeTagger, AnItemThatBeginsWithACatalogueNumberIsNoProduct) {
  EXPECT_EQ(tagged_by({"手术室"}, "生产：6854手术室"), Words{});
}

TEST(ScopeTagger, WordsForActivitiesAloneAreNoProduct) {
  EXPECT_EQ(tagged_by({"加工制造"}, "矿山机械加工制造；生产：加工制造"), Words{});
}

TEST(ScopeTagger, AnAgentTrades) {
  EXPECT_EQ(tagged_by({"轴承"}, "轴承代理"), Words{"trade 轴承 0.90"});
}

}  // namespace
}  // namespace liantu
