#include "liantu/report/land/per_mu_sheet.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/files/json.hpp"
#include "report/land/per_mu_words.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

PerMuScheme scheme() {
  return parse_per_mu_scheme(
      R"({"name": "s", "title": {"en": "test", "zh": "测试"}, "source": "文件",
    "classes": [{"name": "all", "title": {"en": "all", "zh": "全部"}, "items": [
      {"name": "tax", "title": {"en": "tax per mu", "zh": "亩均税收"}, "numerator": "tax",
       "denominator": "land", "unit": "万元/亩", "base": 20, "points": 60, "cap": 90},
      {"name": "work", "title": {"en": "productivity", "zh": "劳动生产率"}, "numerator": "value_added",
       "denominator": "staff", "unit": "万元/人", "base": 20, "points": 40, "missing": "mean"}],
      "grades": {"by": "score", "A": 100, "B": 70, "C": 40}}],
    "exempt": [{"when": {"tags": ["公益"]}, "counts_as": "B", "reason": {"en": "public", "zh": "公益性"}}],
    "floors": [{"numerator": "tax", "unit": "万元/亩", "at_least": 15,
                "reason": {"en": "least", "zh": "下限"}}]})",
      "s.json");
}

// 甲: 20/20×60 + 20/20×40 = 100, A. 乙: 10/20×60 = 30, and the mean 40 for what it lacks: 70, B; to A
// 30 points are missing: 60 in all for tax, twice its 1,000,000, or half its 10 mu.
EnterpriseGraph firms() {
  return test::sketch(
      "甲{land=10,tax=2e6,value_added=2e6,staff=10}; 乙{land=10,tax=1e6}; 丙{tax=1e6}; "
      "丁{tags=公益}; 戊{land=0,tax=1}");
}

SheetOptions brief(Language language) {
  SheetOptions options;
  options.language = language;
  options.brief = true;
  return options;
}

TEST(PerMuSheet, RowSaysArithmeticAndWhatWouldLift) {
  const EnterpriseGraph graph = firms();
  const PerMuReport report = rate_per_mu(graph, scheme());
  const Sheet sheet = per_mu_sheet(graph, report, brief(Language::Zh));
  ASSERT_EQ(sheet.rows.size(), 5U);
  EXPECT_EQ(sheet.rows[0], (std::vector<SheetCell>{1.0,
                                                   "甲",
                                                   "全部",
                                                   "A",
                                                   100.0,
                                                   10.0,
                                                   "亩均税收 20÷20×60=60；劳动生产率 20÷20×40=40",
                                                   {},
                                                   {}}));
  EXPECT_EQ(sheet.rows[1],
            (std::vector<SheetCell>{2.0,
                                    "乙",
                                    "全部",
                                    "B",
                                    70.0,
                                    10.0,
                                    "亩均税收 10÷20×60=30；劳动生产率 40（缺数据，按平均分）",
                                    "距 A 类差 30 分：税收增加100万元，或用地减少5亩",
                                    {}}));
  EXPECT_EQ(std::get<std::string>(sheet.rows[2].back()), "公益性；缺：税收、用地");
  EXPECT_EQ(std::get<std::string>(sheet.rows[3].back()), "缺：用地");
  EXPECT_EQ(std::get<std::string>(sheet.rows[4].back()), "用地填报为 0，无法计算，请核实");
  ASSERT_EQ(sheet.notes.size(), 2U);
  EXPECT_EQ(sheet.notes[0].zh,
            "全部：5 家；参评 2 家，不定等级 1 家，缺数据未评 2 家；A 类 1 家，B 类 1 家，C 类 0 "
            "家，D 类 0 "
            "家；得分 70～100，中位数 85");
}

TEST(PerMuSheet, EnglishSaysTheSame) {
  const EnterpriseGraph graph = firms();
  const Sheet sheet = per_mu_sheet(graph, rate_per_mu(graph, scheme()), brief(Language::En));
  EXPECT_EQ(std::get<std::string>(sheet.rows[1][7]),
            "30 points to A: CNY 1 m more tax, or 5 mu less land");
  EXPECT_EQ(std::get<std::string>(sheet.rows[2].back()), "public; lacks tax, land");
}

TEST(PerMuSheet, WholeRowsHaveEachItemsRatioAndScore) {
  const EnterpriseGraph graph = firms();
  const Sheet sheet = per_mu_sheet(graph, rate_per_mu(graph, scheme()));
  std::vector<std::string> keys;
  for (const SheetColumn& column : sheet.columns) keys.push_back(column.key);
  EXPECT_EQ(keys,
            (std::vector<std::string>{"rank", "firm", "credit_code", "class", "rated", "grade",
                                      "score", "land", "land_from", "tax", "tax_score", "work",
                                      "work_score", "arithmetic", "lift", "remark"}));
  EXPECT_EQ(sheet.rows[1][10], SheetCell(30.0));
  EXPECT_EQ(sheet.rows[1][11], SheetCell(std::monostate{}));
  EXPECT_EQ(sheet.rows[1][12], SheetCell(40.0));
}

TEST(PerMuSheet, ArithmeticHasARowAnItem) {
  const EnterpriseGraph graph = firms();
  const Sheet sheet = per_mu_items_sheet(graph, rate_per_mu(graph, scheme()), Language::En);
  ASSERT_EQ(sheet.rows.size(), 10U);
  EXPECT_EQ(sheet.rows[0],
            (std::vector<SheetCell>{"甲", "tax per mu", "tax", 2e6, "land", 10.0, 20.0, "万元/亩",
                                    20.0, 60.0, 60.0, "by ratio", "stated"}));
}

TEST(PerMuSheet, SpreadCountsEveryRankedFirmOnce) {
  const EnterpriseGraph graph = firms();
  const PerMuReport report = rate_per_mu(graph, scheme());
  std::size_t counted = 0;
  for (const ScoreBand& band : score_bands(report)) {
    counted += band.all();
    EXPECT_LT(band.from, band.to);
  }
  EXPECT_EQ(counted, 2U);
  const Sheet sheet = per_mu_spread_sheet(report, Language::Zh);
  EXPECT_EQ(std::get<std::string>(sheet.rows.front()[1]), "[70, 75)");
  EXPECT_EQ(std::get<std::string>(sheet.rows.front().back()), "█");
  EXPECT_TRUE(per_mu_spread_sheet(rate_per_mu({}, scheme()), Language::Zh).rows.empty());
}

TEST(PerMuSheet, JsonAndDrawingHoldTheRating) {
  const EnterpriseGraph graph = firms();
  const PerMuReport report = rate_per_mu(graph, scheme());
  const JsonValue root = parse_json(per_mu_json(graph, report, {}), "permu.json");
  EXPECT_EQ(*root.find("schema")->as_string(), "liantu.permu/1");
  const auto& listed = *root.find("firms")->as_array();
  ASSERT_EQ(listed.size(), 5U);
  EXPECT_EQ(*listed[1].find("lift")->find("by")->as_array()->front().find("to")->as_number(), 2e6);
  EXPECT_EQ(*listed[4].find("zero")->as_array()->front().as_string(), "land");
  const std::string drawn = per_mu_svg(report, {}, Language::Zh);
  EXPECT_NE(drawn.find("全部：参评 2 家，中位数 85 分"), std::string::npos);
  EXPECT_NE(drawn.find("A 类"), std::string::npos);
  EXPECT_NE(per_mu_svg(rate_per_mu({}, scheme()), {}, Language::En).find("no firm is ranked"),
            std::string::npos);
}

TEST(PerMuSheet, FloorsSayHeldMissedOrNotKnown) {
  const EnterpriseGraph graph = firms();
  const std::vector<FirmId> some = {FirmId{0}, FirmId{1}, FirmId{2}};
  const PerMuScheme rules = scheme();
  const auto checks = check_floors(graph, some, rules.floors);
  const Sheet sheet = floor_sheet(graph, some, rules.floors, checks, Language::Zh);
  EXPECT_EQ(sheet.rows[0], (std::vector<SheetCell>{"甲", "达标", 20.0, "达标"}));
  EXPECT_EQ(sheet.rows[1], (std::vector<SheetCell>{"乙", "未达标", 10.0, "未达标"}));
  EXPECT_EQ(sheet.rows[2], (std::vector<SheetCell>{"丙", "未知", {}, "未知"}));
  const JsonValue root =
      parse_json(floor_json(graph, some, rules.floors, checks, {}), "floors.json");
  EXPECT_EQ(*root.find("firms")
                 ->as_array()
                 ->at(2)
                 .find("floors")
                 ->as_array()
                 ->front()
                 .find("held")
                 ->as_string(),
            "unknown");
}

}  // namespace
}  // namespace liantu
