#include "liantu/report/gaps/what_if_sheet.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "liantu/report/drawings/chain_board.hpp"
#include "liantu/report/drawings/chain_sheet.hpp"
#include "liantu/report/drawings/chain_tree.hpp"
#include "liantu/report/drawings/map.hpp"
#include "liantu/report/prospects/explain.hpp"
#include "liantu/report/gaps/gap_sheet.hpp"
#include "liantu/report/gaps/gaps_json.hpp"
#include "liantu/report/prospects/prospects_json.hpp"
#include "liantu/report/prospects/prospect_sheet.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::firm;
using test::segment;
using test::sketch;

// 甲 needs 50 of 胎, of which 乙 makes 20; nobody makes 胶, of which each yuan of 胎 takes 0.2.
constexpr std::string_view kCars = R"(
  甲有限公司{region=500104,anchor} -makes{output=100}-> 车 -requires{coef=0.5}-> 胎
  胎 -requires{coef=0.2}-> 胶; 乙{region=500104} -makes{output=20}-> 胎
  丙{region=440305} -makes{output=9}-> 胶; 丁{region=500104} -makes-> 书
  seg:车链{type=chain}; 车 -part_of-> 车链; 胎 -part_of-> 车链; 胶 -part_of-> 车链; 书 -part_of-> 车链
)";

GapOptions in_dadukou() {
  GapOptions options;
  options.district.region = RegionCode{500104};
  options.weak_coverage = 0.4;  // so that one of two makers does not carry what they make
  return options;
}

DistrictChange with_plant(const EnterpriseGraph& graph) {
  DistrictChange change;
  Newcomer plant;
  plant.name = "新胎有限公司";
  plant.makes = {{segment(graph, "胎"), 40}, {segment(graph, "书"), 7}};
  plant.anchor = true;
  change.newcomers = {plant};
  return change;
}

TEST(WhatIfSheet, SaysWhoComesAndWhatIsAssumed) {
  const EnterpriseGraph graph = sketch(kCars);
  DistrictChange change = with_plant(graph);
  change.come = {firm(graph, "丙")};
  change.leave = {firm(graph, "丁")};
  const WhatIf found = what_if(graph, GapFinder(graph), in_dadukou(), change);
  const Sheet sheet = what_if_sheet(graph, found, change);
  std::vector<std::string> en;
  std::vector<std::string> zh;
  for (const Text& text : sheet.summary) {
    en.push_back(text.en);
    zh.push_back(text.zh);
  }
  EXPECT_EQ(en, (std::vector<std::string>{
                    "comes: 丙",
                    "comes: 新胎有限公司, assumed, in no table, as an anchor; makes a year: 胎 CNY "
                    "40, 书 CNY 7 (estimated, source: what-if)",
                    "leaves: 丁",
                    "opened: 0; closed: 1; no longer needed: 0; grown: 1; shrunk: 0; the same: 0",
                    "bought outside a year, where known: CNY 34 → CNY 3 (-CNY 31) if all that is "
                    "made here is sold here; CNY 54 → CNY 62 (+CNY 8) if only the local purchases "
                    "known are made here",
                    "nobody here is known to need: 书; it would be sold elsewhere",
                    "no table says what goes into: 书; what that takes is left out"}));
  EXPECT_EQ(zh[1],
            "引进：新胎有限公司（假设，不在表中，作为龙头企业），年产值：胎 40元、书 "
            "7元（估算，来源：what-if）");
  ASSERT_EQ(sheet.notes.size(), 1U);
  EXPECT_EQ(sheet.notes[0].en, "anchor firms, as the tables say: 2; of them assumed: 1");
  EXPECT_EQ(mover_sheet(graph, change).rows,
            (std::vector<std::vector<SheetCell>>{
                {"丙", "comes", {}, {}, {}, {}, {}},
                {"新胎有限公司", "comes", "胎", 40.0, "estimated", "what-if", "yes"},
                {"新胎有限公司", "comes", "书", 7.0, "estimated", "what-if", "yes"},
                {"丁", "leaves", {}, {}, {}, {}, {}}}));
}

TEST(WhatIfSheet, NamesTheFactorsThatOutputsWereEstimatedWith) {
  const EnterpriseGraph graph = sketch(std::string(kCars) + "丁{staff=3}");
  GapOptions options = in_dadukou();
  options.factors = {{std::nullopt, EntityNumber::Staff, 20, "示例年鉴"}};
  const DistrictChange change = with_plant(graph);
  const WhatIf found = what_if(graph, GapFinder(graph), options, change);
  const Sheet sheet = what_if_sheet(graph, found, change);
  ASSERT_EQ(sheet.notes.size(), 2U);
  EXPECT_NE(sheet.notes[1].zh.find("示例年鉴"), std::string::npos) << sheet.notes[1].zh;
}

TEST(WhatIfSheet, AHiddenGapThatIsFilledIsClosedAndNeeded) {
  // Nobody needs 胶 before 胎 is made; who makes it comes before that.
  const EnterpriseGraph graph = sketch(
      "甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.5}-> 胎 -requires{coef=0.2}-> "
      "胶");
  DistrictChange change;
  change.newcomers = {{"胶厂", {{segment(graph, "胶"), 90}}}};
  const WhatIf found = what_if(graph, GapFinder(graph), in_dadukou(), change);
  ASSERT_EQ(found.diff.changes.size(), 2U);
  EXPECT_EQ(found.diff.changes[0].segment, "胶");
  EXPECT_EQ(found.diff.changes[0].fate, GapFate::Closed);
  EXPECT_EQ(found.diff.changes[0].moved, -10);
  for (const Text& text : what_if_sheet(graph, found, change).summary) {
    EXPECT_EQ(text.en.find("known to need"), std::string::npos) << text.en;
  }
}

/// Everything that is made of a report names newcomers by their own names, marked as assumed.
TEST(Newcomers, AreNamedInEveryOutput) {
  const EnterpriseGraph graph = sketch(kCars);
  GapOptions options = in_dadukou();
  options.newcomers = with_plant(graph).newcomers;
  const GapReport report = find_gaps(graph, options);
  ASSERT_EQ(report.gaps.size(), 1U);  // 胶, needed by 新胎 first and by 乙

  SheetOptions chinese;
  chinese.language = Language::Zh;
  const Sheet full = gap_sheet(graph, report, chinese);
  const auto cell = [&](std::string_view key) {
    for (std::size_t i = 0; i < full.columns.size(); ++i) {
      if (full.columns[i].key == key) return std::get<std::string>(full.rows[0][i]);
    }
    return std::string("no such column");
  };
  EXPECT_EQ(cell("needers"), "新胎有限公司（假设）、乙");
  EXPECT_EQ(cell("anchors"), "新胎有限公司（假设）");
  chinese.brief = true;
  const Sheet brief = gap_sheet(graph, report, chinese);
  EXPECT_EQ(brief.rows[0].back(), SheetCell("新胎（假设）"));

  CriticalityOptions critical;
  critical.newcomers = report.newcomers;
  const Criticality criticality = find_criticality(graph, report.anchors.firms, critical);
  rapidjson::Document json;
  const std::string text = gaps_json(graph, report, {}, 0, &criticality);
  ASSERT_FALSE(json.Parse(text.data(), text.size()).HasParseError());
  EXPECT_STREQ(json["newcomers"][0]["name"].GetString(), "新胎有限公司");
  EXPECT_TRUE(json["newcomers"][0]["anchor"].GetBool());
  EXPECT_STREQ(json["newcomers"][0]["makes"][0]["basis"].GetString(), "estimated");
  EXPECT_STREQ(json["anchors"]["firms"][1].GetString(), "新胎有限公司");
  const auto& need = json["gaps"][0]["needs"][0];
  EXPECT_STREQ(need["firm"].GetString(), "新胎有限公司");
  EXPECT_STREQ(need["evidence"][0]["from"].GetString(), "新胎有限公司");
  EXPECT_STREQ(need["evidence"][0]["to"].GetString(), "胎");
  EXPECT_STREQ(need["evidence"][0]["file"].GetString(), "what-if");
  EXPECT_STREQ(need["evidence"][0]["basis"].GetString(), "estimated");
  EXPECT_TRUE(need["evidence"][0]["row"].IsNull());
  EXPECT_STREQ(need["evidence"][1]["relation"].GetString(), "requires");

  const ProspectList list = rank_prospects(graph, report);
  ASSERT_EQ(list.prospects.size(), 1U);
  EXPECT_EQ(list.prospects[0].anchors, (std::vector<FirmId>{newcomer_id(graph, 0)}));
  EXPECT_EQ(list.prospects[0].reasons[0].en,
            "makes 胶, a missing segment needed by 新胎有限公司 (assumed) and 1 more (estimated); "
            "could bring "
            "home at most CNY 9 a year (estimated)");
  EXPECT_NE(list.prospects[0].reasons[0].zh.find("新胎有限公司（假设）等 2 家需要"),
            std::string::npos)
      << list.prospects[0].reasons[0].zh;
  const std::string prospects = prospects_json(graph, report, list, {});
  ASSERT_FALSE(json.Parse(prospects.data(), prospects.size()).HasParseError());
  EXPECT_STREQ(json["prospects"][0]["anchors"][0].GetString(), "新胎有限公司");
  EXPECT_FALSE(prospect_sheet(graph, report, list, chinese).rows.empty());
  const std::string explained = explain_prospect(graph, report, list, list.prospects[0]);
  EXPECT_NE(explained.find("新胎有限公司 (assumed)"), std::string::npos) << explained;

  EXPECT_NE(map_dot(graph, report, list).find("新胎 (assumed)"), std::string::npos);
  const ChainTree tree = chain_tree(graph, report, segment(graph, "车链"));
  const std::string drawn = render_chain(graph, tree);
  EXPECT_NE(drawn.find("胎  met, coverage 100%  新胎 (assumed), 乙"), std::string::npos) << drawn;
  EXPECT_NE(drawn.find("书  made here  新胎 (assumed), 丁"), std::string::npos) << drawn;
  const Sheet sheet = chain_sheet(graph, tree, Language::Zh);
  bool named = false;
  for (const auto& row : sheet.rows) {
    named = named || std::ranges::find(row, SheetCell("新胎有限公司（假设）、乙")) != row.end();
  }
  EXPECT_TRUE(named);
  const std::string board = chain_board_dot(graph, report, tree, {});
  EXPECT_NE(board.find("★新胎 (assumed)"), std::string::npos);
}

}  // namespace
}  // namespace liantu
