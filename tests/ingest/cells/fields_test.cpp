#include "liantu/ingest/cells/fields.hpp"

#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

namespace liantu {
namespace {

using Headings = std::vector<std::string>;

// Word of the meaning, or "nothing".
std::string recognized(std::string_view stem, const Headings& headings) {
  std::string words;
  for (const TableMeaning& meaning : recognize_table(stem, headings)) {
    words += (words.empty() ? "" : " ") + std::string(meaning_word(meaning));
  }
  return words.empty() ? "nothing" : words;
}

// Key of the field, or "nothing".
std::string_view key_of(const TableMeaning& meaning, std::string_view heading) {
  const Field* field = find_field(meaning, heading);
  return field == nullptr ? "nothing" : field->key;
}

TEST(TableMeanings, StandInTheOrderInWhichTablesAreRead) {
  Headings words;
  for (const TableMeaning& meaning : table_meanings()) words.emplace_back(meaning_word(meaning));
  EXPECT_EQ(words, (Headings{"firm", "segment", "person", "organization", "site", "supplies",
                             "makes", "trades", "requires", "part_of", "owns", "serves",
                             "member_of", "cooperates", "stands_on", "covers"}));
}

TEST(TableMeanings, AreKnownByTheirWords) {
  for (const TableMeaning& meaning : table_meanings()) {
    EXPECT_EQ(parse_meaning(meaning_word(meaning)), meaning);
  }
  EXPECT_EQ(parse_meaning(""), std::nullopt);
  EXPECT_EQ(parse_meaning("Firm"), std::nullopt);
  EXPECT_EQ(parse_meaning("企业"), std::nullopt);
}

TEST(Fields, RequiredOnesStandFirst) {
  for (const TableMeaning& meaning : table_meanings()) {
    const auto list = fields(meaning);
    ASSERT_FALSE(list.empty());
    EXPECT_TRUE(list.front().required) << meaning_word(meaning);
    for (std::size_t i = 1; i < list.size(); ++i) {
      EXPECT_LE(list[i].required, list[i - 1].required) << meaning_word(meaning) << list[i].key;
    }
  }
}

TEST(Fields, MeanSomethingInBothLanguages) {
  for (const TableMeaning& meaning : table_meanings()) {
    for (const Field& field : fields(meaning)) {
      EXPECT_FALSE(field.meaning.en.empty()) << field.key;
      EXPECT_FALSE(field.meaning.zh.empty()) << field.key;
    }
  }
}

// A heading listed for two fields of one table, or written as read_heading() never leaves one,
// could never be found.
TEST(Fields, AreFoundByEveryHeadingTheyList) {
  for (const TableMeaning& meaning : table_meanings()) {
    std::set<std::string_view> keys;
    for (const Field& field : fields(meaning)) {
      EXPECT_TRUE(keys.insert(field.key).second) << field.key;
      EXPECT_EQ(find_field(meaning, field.key), &field) << meaning_word(meaning) << field.key;
      for (const std::string_view name : field.names) {
        EXPECT_EQ(find_field(meaning, name), &field) << meaning_word(meaning) << " " << name;
      }
    }
  }
}

TEST(ReadHeading, TakesUnitsOff) {
  const struct {
    std::string_view text;
    std::string_view name;
    double multiplier;
  } cases[] = {
      {"注册资本（万元）", "注册资本", 1e4},
      {"注册资本(万元)", "注册资本", 1e4},
      {" 注册 资本 （ 万元 ） ", "注册资本", 1e4},
      {"注册资本（万元）*", "注册资本", 1e4},
      {"产值（亿元/年）", "产值", 1e8},
      {"金额（千元）", "金额", 1e3},
      {"营业收入（元）", "营业收入", 1},
      {"Revenue (CNY)", "revenue", 1},
      {"占比（％）", "占比", 0.01},
      {"持股比例(%)", "持股比例", 0.01},
      {"用地（亩）", "用地", 1},
      {"从业人数（人）", "从业人数", 1},
      {"能耗（吨标准煤）", "能耗", 1},
      {"ＮＡＭＥ", "name", 1},
      {"注册资本", "注册资本", 1},
      {"", "", 1},
  };
  for (const auto& expected : cases) {
    const Heading heading = read_heading(expected.text);
    EXPECT_EQ(heading.name, expected.name) << expected.text;
    EXPECT_EQ(heading.multiplier, expected.multiplier) << expected.text;
  }
}

TEST(ReadHeading, LeavesOtherBracketsAlone) {
  // Dollars are no yuan: the heading stays unknown, so that nobody reads its column as CNY.
  EXPECT_EQ(read_heading("注册资本（万美元）").name, "注册资本(万美元)");
  EXPECT_EQ(read_heading("注册资本（万美元）").multiplier, 1);
  EXPECT_EQ(read_heading("名称（全称）").name, "名称(全称)");
  EXPECT_EQ(read_heading("（万元）").name, "(万元)");
  EXPECT_EQ(read_heading("（万元）注册资本").multiplier, 1);
  EXPECT_EQ(read_heading("万元)").name, "万元)");
}

TEST(FindField, KnowsChineseAndEnglishHeadingsWithUnits) {
  EXPECT_EQ(key_of(EntityKind::Firm, "企业名称"), "name");
  EXPECT_EQ(key_of(EntityKind::Firm, "Company"), "name");
  EXPECT_EQ(key_of(EntityKind::Firm, "统一社会信用代码"), "credit_code");
  EXPECT_EQ(key_of(EntityKind::Firm, "Credit Code"), "credit_code");
  EXPECT_EQ(key_of(EntityKind::Firm, "注册资本（万元）"), "registered_capital");
  EXPECT_EQ(key_of(EntityKind::Firm, "registered_capital (CNY)"), "registered_capital");
  EXPECT_EQ(key_of(EntityKind::Firm, "注册资本（万美元）"), "nothing");
  EXPECT_EQ(key_of(EntityKind::Firm, "备注"), "nothing");
  EXPECT_EQ(key_of(EntityKind::Firm, ""), "nothing");
  EXPECT_EQ(key_of(RelationKind::Supplies, "金额(万元)"), "amount");
  EXPECT_EQ(key_of(RelationKind::Supplies, "产品"), "segment");
  EXPECT_EQ(key_of(RelationKind::Requires, "产品"), "from");
  EXPECT_EQ(key_of(Covers{}, "地区代码"), "region");
}

TEST(RecognizeTable, GoesByTheNameOfTheFileFirst) {
  const Headings headings = {"企业", "环节"};
  EXPECT_EQ(recognized("主营", headings), "makes");
  EXPECT_EQ(recognized("makes", headings), "makes");
  EXPECT_EQ(recognized("经销", headings), "trades");
  EXPECT_EQ(recognized("Firms", headings), "firm");
  EXPECT_EQ(recognized("企业", {}), "firm") << "the reader says what is missing";
}

TEST(RecognizeTable, EveryMeaningHasNamesInBothLanguages) {
  for (const char* stem : {"firms", "segments", "persons", "organizations", "sites", "supplies",
                           "makes", "trades", "requires", "part_of", "owns", "serves", "member_of",
                           "cooperates", "stands_on", "covers"}) {
    const std::string word = recognized(stem, {});
    EXPECT_TRUE(std::string(stem) == word || stem == word + "s") << stem;
  }
  Headings words;
  for (const char* stem : {"企业", "环节", "人员", "组织", "地块", "供货", "主营", "经销", "需要",
                           "属于", "持股", "任职", "加入", "合作", "落户", "负责"}) {
    words.push_back(recognized(stem, {}));
  }
  Headings all;
  for (const TableMeaning& meaning : table_meanings()) all.emplace_back(meaning_word(meaning));
  EXPECT_EQ(words, all);
}

TEST(RecognizeTable, GoesByHeadingsElse) {
  EXPECT_EQ(recognized("t1", {"企业名称", "统一社会信用代码", "注册资本（万元）"}), "firm");
  EXPECT_EQ(recognized("t1", {"供应商", "客户", "金额（万元）"}), "supplies");
  EXPECT_EQ(recognized("t1", {"企业", "环节", "产值"}), "makes");
  EXPECT_EQ(recognized("t1", {"产品", "投入品", "投入系数"}), "requires");
  EXPECT_EQ(recognized("t1", {"股东", "被投企业", "持股比例"}), "owns");
  EXPECT_EQ(recognized("t1", {"姓名", "企业", "职务"}), "serves");
}

TEST(RecognizeTable, NamesAllThatFitWhenInDoubt) {
  EXPECT_EQ(recognized("t1", {}), "nothing");
  EXPECT_EQ(recognized("t1", {"甲", "乙"}), "nothing");
  EXPECT_EQ(recognized("t1", {"名称"}), "firm segment organization site");
  EXPECT_EQ(recognized("t1", {"企业", "环节"}), "makes trades");
  EXPECT_EQ(recognized("t1", {"注册资本", "成立日期"}), "nothing") << "no required field";
}

// Name, multiplier and unit.
std::string taken_apart(std::string_view text) {
  const Heading heading = read_heading(text);
  std::string out = heading.name + "|" +
                    std::to_string(static_cast<long long>(heading.multiplier)) + "|" + heading.unit;
  if (!heading.currency.empty()) out += "|" + heading.currency;
  return out;
}

TEST(Headings, UnitsStandInAllForms) {
  for (const char* text : {"营业收入(万元)", "营业收入（万元）", "营业收入（单位：万元）",
                           "营业收入（单位:万元）", "营业收入/万元", "营业收入[万元]",
                           "营业收入【万元】", "营业收入［万元］", "营业收入（金额单位：万元）",
                           "营业收入 (万元)\n", "'营业收入（万元）", "营业收入(万元,含税)"}) {
    EXPECT_EQ(taken_apart(text), "营业收入|10000|万元") << text;
  }
  EXPECT_EQ(taken_apart("注册资本(万元人民币)"), "注册资本|10000|万元人民币");
  EXPECT_EQ(taken_apart("注册资本(人民币万元)"), "注册资本|10000|人民币万元");
  EXPECT_EQ(taken_apart("产值(亿元/年)"), "产值|100000000|亿元/年");
  EXPECT_EQ(taken_apart("产值/元"), "产值|1|元");
  EXPECT_EQ(taken_apart("注册资本(万美元)"), "注册资本(万美元)|1|万美元|USD");
  EXPECT_EQ(taken_apart("统一社会信用代码/注册号"), "统一社会信用代码/注册号|1|");
  EXPECT_EQ(taken_apart("2024年（万元）/营业收入"), "2024年/营业收入|10000|万元");
  EXPECT_EQ(taken_apart("(万元)"), "(万元)|1|");
}

TEST(Headings, AYearIsNoPartOfTheName) {
  for (const char* text : {"2024年产值", "2024年度产值", "2024产值", "产值(2024年)", "产值2024",
                           "产值_2024", "2024年/产值", "2024年1-12月产值"}) {
    const HeadingYear read = read_heading_year(read_heading(text).name);
    EXPECT_EQ(read.name, "产值") << text;
    EXPECT_EQ(read.year, 2024) << text;
    EXPECT_EQ(key_of(RelationKind::Makes, text), "amount") << text;
  }
  EXPECT_EQ(read_heading_year("2024年").year, 0) << "nothing else is left";
  EXPECT_EQ(read_heading_year("20240101").year, 0);
  EXPECT_EQ(read_heading_year("产值20240").year, 0);
}

TEST(Headings, OfTwoLinesTheLowerOneCounts) {
  EXPECT_EQ(key_of(EntityKind::Firm, "经营情况/营业收入"), "revenue");
  EXPECT_EQ(key_of(RelationKind::Supplies, "供应商/名称"), "from");
  EXPECT_EQ(key_of(EntityKind::Firm, "2024年/营业收入(万元)"), "revenue");
}

TEST(Headings, CloserOnesRankFirst) {
  const Field& address = *find_field(EntityKind::Firm, "address");
  EXPECT_LT(heading_rank(address, "address"), heading_rank(address, "注册地址"));
  EXPECT_LT(heading_rank(address, "注册地址"), heading_rank(address, "经营地址"));
  EXPECT_LT(heading_rank(address, "住所"), heading_rank(address, "办公地址"));
}

TEST(Headings, UsersWordsAreKnown) {
  for (const auto& [meaning, heading, key] :
       std::vector<std::tuple<TableMeaning, const char*, const char*>>{
           {EntityKind::Firm, "单位详细名称", "name"},
           {EntityKind::Firm, "平均用工人数", "staff"},
           {EntityKind::Firm, "主要业务活动", "scope"},
           {RelationKind::Supplies, "采购方", "to"},
           {RelationKind::Supplies, "年采购额", "amount"},
           {EntityKind::Site, "地块编号", "name"}}) {
    EXPECT_EQ(key_of(meaning, heading), key) << heading;
    EXPECT_TRUE(is_known_heading(heading)) << heading;
  }
  EXPECT_FALSE(is_known_heading("大渡口区企业情况表"));
  EXPECT_FALSE(is_known_heading("单位：万元"));
  EXPECT_EQ(read_money_unit("万元")->multiplier, 1e4);
  EXPECT_EQ(read_money_unit("万美元")->currency, "USD");
  EXPECT_FALSE(read_money_unit("人"));
}

TEST(Headings, EveryWordIsWrittenAsHeadingsAreCompared) {
  for (const TableMeaning& meaning : table_meanings()) {
    for (const Field& field : fields(meaning)) {
      ASSERT_FALSE(field.names.empty()) << field.key;
      for (std::size_t i = 0; i < field.names.size(); ++i) {
        const std::string_view name = field.names[i];
        EXPECT_EQ(read_heading(name).name, name) << field.key;
        EXPECT_NE(find_field(meaning, name), nullptr) << name;
        for (std::size_t j = 0; j < i; ++j) EXPECT_NE(field.names[j], name) << field.key;
      }
    }
  }
}

TEST(Headings, StatisticsOfficesWordsAreKnown) {
  for (const auto& [heading, key] : std::vector<std::pair<const char*, const char*>>{
           {"营业收入（本年累计）", "revenue"},
           {"本年营业收入", "revenue"},
           {"营业收入/本年", "revenue"},
           {"2024年1-12月/营业收入（万元）", "revenue"},
           {"其中：研发费用", "research"},
           {"统一社会信用代码（18位）", "credit_code"},
           {"企业名称（盖章）", "name"},
           {"综合能源消费量（吨标准煤）", "energy"},
           {"用电量（万千瓦时）", "electricity"},
           {"工业增加值", "value_added"},
           {"容积率", "plot_ratio"},
           {"建筑面积（㎡）", "floor_space"},
           {"从业人员期末人数", "staff"},
           {"行政区划代码", "region"}}) {
    EXPECT_EQ(key_of(EntityKind::Firm, heading), key) << heading;
  }
  for (const char* heading : {"营业收入/上年同期", "营业收入（同比）", "上年营业收入",
                              "营业收入增速", "2024年1-11月营业收入"}) {
    EXPECT_EQ(find_field(EntityKind::Firm, heading), nullptr) << heading;
  }
}

TEST(Headings, UnitsOfOneMeasureAreTurnedIntoEachOther) {
  const Field& land = *find_field(EntityKind::Firm, "land");
  EXPECT_EQ(unit_factor(land, "亩"), 1);
  EXPECT_DOUBLE_EQ(*unit_factor(land, "公顷"), 15);
  EXPECT_DOUBLE_EQ(*unit_factor(land, "平方米"), 0.0015);
  EXPECT_EQ(unit_factor(land, "吨"), std::nullopt);
  EXPECT_EQ(unit_factor(*find_field(EntityKind::Firm, "electricity"), "万千瓦时"), 1e4);
  EXPECT_EQ(unit_factor(*find_field(EntityKind::Firm, "energy"), "万吨标准煤"), 1e4);
  EXPECT_EQ(unit_factor(*find_field(EntityKind::Firm, "energy"), "千瓦时"), std::nullopt);
  EXPECT_EQ(unit_factor(*find_field(EntityKind::Firm, "revenue"), "亿元"), 1e8);
  EXPECT_EQ(unit_factor(*find_field(EntityKind::Firm, "revenue"), "人"), std::nullopt);
  EXPECT_EQ(unit_factor(*find_field(EntityKind::Firm, "revenue"), "万美元"), std::nullopt);
  EXPECT_EQ(unit_factor(*find_field(EntityKind::Firm, "floor_space"), "亩"), 2000.0 / 3);
}

TEST(Headings, AUnitMayStandBehindAKnownHeadingWithoutBrackets) {
  for (const char* heading : {"营业收入万元", "营业收入 万元", "营业收入：万元", "营业收入－万元",
                              "2024年营业收入_万元", "营业收入(万元)", "营业收入/万元"}) {
    const Heading read = read_heading(heading);
    EXPECT_EQ(read.unit, "万元") << heading;
    EXPECT_EQ(read.multiplier, 1e4) << heading;
    EXPECT_EQ(key_of(EntityKind::Firm, heading), "revenue") << heading;
  }
  EXPECT_EQ(read_heading("用地面积亩").unit, "亩");
  EXPECT_EQ(read_heading("从业人数-人").unit, "人");
  for (const char* heading : {"企业家", "联系人", "投资人", "自由度", "总万元"}) {
    EXPECT_EQ(read_heading(heading).name, heading);
    EXPECT_EQ(read_heading(heading).unit, "") << heading;
  }
}

}  // namespace
}  // namespace liantu
