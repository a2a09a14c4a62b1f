#include <array>
#include <memory>
#include <optional>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/prospects/prospects.hpp"
#include "liantu/report/prospects/explain.hpp"
#include "liantu/report/prospects/prospect_sheet.hpp"
#include "liantu/report/prospects/prospects_json.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

// 戊 opened a branch in 南昌 (row 7) and 己, of whom nothing is known, none.
class PropensityColumns : public testing::Test {
 protected:
  PropensityColumns()
      : graph_(
            test::sketch("甲{region=500104,anchor} -makes{output=1e9}-> 整车 -requires{coef=0.4}-> "
                         "电池; 戊{region=440305} -makes{output=1e8}-> 电池; 己 "
                         "-makes{output=1e8}-> 电池")) {
    GapOptions gaps;
    gaps.district.region = RegionCode{500104};
    report_ = find_gaps(graph_, gaps);
    arrivals_ = {{test::firm(graph_, "戊"), RegionCode{440300}, RegionCode{360100},
                  Date{2001, 1, 1}, false, 7}};
    list_ = list(true);
  }

  ProspectList list(bool arrivals) {
    ProspectOptions options;
    if (arrivals) {
      options.coming =
          std::make_shared<const PlacePropensity>(graph_, arrivals_, RegionCode{500104});
    }
    return rank_prospects(graph_, report_, options);
  }

  static std::optional<SheetCell> cell(const Sheet& sheet, std::size_t row, std::string_view key) {
    for (std::size_t c = 0; c < sheet.columns.size(); ++c) {
      if (sheet.columns[c].key == key) return sheet.rows.at(row).at(c);
    }
    return std::nullopt;
  }

  EnterpriseGraph graph_;
  GapReport report_;
  std::vector<Arrival> arrivals_;
  ProspectList list_;
};

TEST_F(PropensityColumns, SayPlaceFactorsAndRowsAndAreEmptyWhereNothingIsKnown) {
  SheetOptions options;
  options.language = Language::En;
  const Sheet sheet = prospect_sheet(graph_, report_, list_, options);
  EXPECT_EQ(cell(sheet, 0, "points_propensity"), SheetCell(20.0));
  EXPECT_EQ(cell(sheet, 0, "propensity_rank"), SheetCell(1.0));
  EXPECT_EQ(cell(sheet, 0, "propensity_recent_rows"), SheetCell(std::string("7")));
  EXPECT_EQ(cell(sheet, 0, "propensity_flow_rows"), SheetCell());
  EXPECT_EQ(cell(sheet, 1, "points_propensity"), SheetCell(0.0));
  EXPECT_EQ(cell(sheet, 1, "propensity_rank"), SheetCell());
  EXPECT_EQ(cell(sheet, 1, "propensity_reason"), SheetCell());
  EXPECT_EQ(sheet.notes.back().en,
            "propensity to come: place among 2 firms that may come, by who came before; known of 1 "
            "of the 2 rows; 20 points of the score");
}

TEST_F(PropensityColumns, AreTwoWhereTheFormIsBrief) {
  SheetOptions options;
  options.brief = true;
  const Sheet sheet = prospect_sheet(graph_, report_, list_, options);
  EXPECT_EQ(cell(sheet, 0, "propensity_rank"), SheetCell(1.0));
  EXPECT_TRUE(cell(sheet, 0, "propensity_reason"));
  EXPECT_FALSE(cell(sheet, 0, "propensity_recent"));
}

TEST_F(PropensityColumns, StandInJsonFactorByFactor) {
  rapidjson::Document d;
  d.Parse(prospects_json(graph_, report_, list_, {}).c_str());
  EXPECT_EQ(d["may_come"].GetInt(), 2);
  EXPECT_EQ(d["weights"].MemberCount(), kPartCount);
  EXPECT_EQ(d["weights"]["gap_severity"].GetDouble(), 16);
  EXPECT_EQ(d["weights"]["propensity"].GetDouble(), 20);
  const auto& known = d["prospects"][0];
  EXPECT_EQ(known["parts"]["propensity"].GetDouble(), 20);
  EXPECT_EQ(known["propensity"]["factors"].Size(), kArrivalFactorCount);
  EXPECT_STREQ(known["propensity"]["factors"][0]["factor"].GetString(), "recent");
  EXPECT_EQ(known["propensity"]["factors"][0]["rows"][0].GetInt(), 7);
  const auto& unknown = d["unlocated"][0];
  EXPECT_EQ(unknown["parts_max"]["propensity"].GetDouble(), 20);
  EXPECT_TRUE(unknown["propensity"].IsNull());
}

TEST_F(PropensityColumns, AreNowhereWithoutArrivals) {
  const ProspectList none = list(false);
  rapidjson::Document d;
  d.Parse(prospects_json(graph_, report_, none, {}).c_str());
  EXPECT_FALSE(d.HasMember("may_come"));
  EXPECT_FALSE(d["weights"].HasMember("propensity"));
  EXPECT_FALSE(d["prospects"][0].HasMember("propensity"));
  EXPECT_FALSE(d["prospects"][0]["parts"].HasMember("propensity"));
  const Sheet sheet = prospect_sheet(graph_, report_, none, {});
  EXPECT_FALSE(cell(sheet, 0, "points_propensity"));
  EXPECT_FALSE(cell(sheet, 0, "propensity_rank"));
}

TEST_F(PropensityColumns, ExplanationListsFactorsWithTheirRows) {
  TableStyle style;
  style.language = Language::En;
  const std::string text = explain_prospect(graph_, report_, list_, list_.prospects.front(), style);
  EXPECT_NE(text.find("propensity to come: place 1 of 2 firms, made up of"), std::string::npos);
  EXPECT_NE(text.find("recent branches"), std::string::npos) << text;
  EXPECT_NE(text.find("propensity to come, place 1: "), std::string::npos) << text;
  const ProspectList none = list(false);
  EXPECT_EQ(
      explain_prospect(graph_, report_, none, none.prospects.front(), style).find("propensity"),
      std::string::npos);
}

}  // namespace
}  // namespace liantu
