#include "liantu/report/data/graph_sheet.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "liantu/graph/snapshot.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using Cells = std::vector<SheetCell>;

const EnterpriseGraph& cars() {
  static const EnterpriseGraph graph =
      test::sketch("甲{region=500104} -makes-> 车 -requires-> 轮; 乙 -makes-> 轮");
  return graph;
}

double total(const Sheet& sheet, std::size_t column) {
  double sum = 0;
  for (const auto& row : sheet.rows) sum += std::get<double>(row[column]);
  return sum;
}

TEST(GraphKindSheet, SpeaksToPeopleBrieflyAndToProgramsInWords) {
  const Sheet people = graph_kind_sheet(cars(), {Language::Zh, 0, true}, GraphBytes::No);
  EXPECT_EQ(people.rows.front(), (Cells{"实体", "企业", 2.0}));
  const Sheet programs = graph_kind_sheet(cars(), {Language::Zh, 0, false}, GraphBytes::No);
  EXPECT_EQ(programs.rows.front(), (Cells{"entity", "firm", 2.0}));
  EXPECT_EQ(people.rows.size(), kEntityKinds.size() + kRelationKinds.size());
}

TEST(GraphPartSheet, BytesAddUpToTheSnapshot) {
  double bytes = 0;
  for (const SnapshotPart& part : snapshot_parts(cars())) bytes += static_cast<double>(part.bytes);
  const Sheet parts = graph_part_sheet(cars(), {Language::En, 0, true});
  EXPECT_EQ(total(parts, 2), bytes);
  EXPECT_NEAR(total(parts, 4), 1, 1e-9);
  EXPECT_NE(graph_text(cars()).en.find("entities: 4; relations: 3;"), std::string::npos);
}

TEST(GraphJson, HasPartsWhereBytesAreAskedFor) {
  for (const GraphBytes bytes : {GraphBytes::No, GraphBytes::Yes}) {
    const std::string text = graph_json(cars(), bytes, {});
    rapidjson::Document document;
    ASSERT_FALSE(document.Parse(text.data(), text.size()).HasParseError());
    EXPECT_EQ(document.HasMember("parts"), bytes == GraphBytes::Yes);
    EXPECT_EQ(document["totals"][0]["relations"].GetDouble(), 3);
    EXPECT_STREQ(document["kinds"][0]["kind"].GetString(), "firm");
  }
}

TEST(GraphCountSheet, LeavesOutWhatIsNotThere) {
  const Sheet sheet = graph_count_sheet(cars());
  EXPECT_EQ(sheet.rows, (std::vector<Cells>{
                            {"firm", 2.0}, {"segment", 2.0}, {"makes", 2.0}, {"requires", 1.0}}));
}

}  // namespace
}  // namespace liantu
