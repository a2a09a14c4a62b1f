#include "liantu/report/data/ego_sheet.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using Cells = std::vector<SheetCell>;

const EnterpriseGraph& cars() {
  static const EnterpriseGraph graph =
      test::sketch("甲{region=500104} -makes-> 车 -requires-> 轮; 乙 -makes-> 轮");
  return graph;
}

EgoNetwork around(const char* firm) {
  const EntityId centre = cars().entity(test::firm(cars(), firm));
  return ego_network(cars(), {&centre, 1}, {});
}

TEST(EgoMemberSheet, NamesPlacesToPeopleAndNumbersToPrograms) {
  const EgoNetwork network = around("甲");
  const Sheet people = ego_member_sheet(cars(), network, {Language::Zh, 0, true});
  EXPECT_EQ(people.rows.front(), (Cells{0.0, "企业", "甲", {}, "重庆市大渡口区"}));
  const Sheet programs = ego_member_sheet(cars(), network, {Language::Zh, 0, false});
  EXPECT_EQ(programs.rows.front(), (Cells{0.0, "firm", "甲", {}, "500104", 0.0}));
}

TEST(EgoMemberSheet, DivisionsMayBeThoseOfAYear) {
  const Sheet then = ego_member_sheet(cars(), around("甲"), {Language::Zh, 0, true}, 1995);
  EXPECT_EQ(then.rows.front()[4], SheetCell("四川省重庆市大渡口区"));
}

TEST(EgoLinkSheet, HasARowAnInstance) {
  const Sheet sheet = ego_link_sheet(cars(), around("甲"), {Language::En, 0, true});
  ASSERT_EQ(sheet.rows.size(), 2U);
  EXPECT_EQ(sheet.rows[0], (Cells{"甲", "makes", "车", {}, {}, 1.0}));
  EXPECT_EQ(sheet.rows[1], (Cells{"车", "requires", "轮", {}, {}, 1.0}));
}

TEST(EgoJson, CountsMembersAndLinks) {
  const std::string text = ego_json(cars(), around("甲"), {});
  rapidjson::Document document;
  ASSERT_FALSE(document.Parse(text.data(), text.size()).HasParseError());
  EXPECT_EQ(document["totals"][0]["members"].GetDouble(), document["members"].Size());
  EXPECT_EQ(document["totals"][0]["links"].GetDouble(), document["links"].Size());
  EXPECT_STREQ(document["totals"][0]["cut"].GetString(), "no");
}

}  // namespace
}  // namespace liantu
