#include "liantu/ingest/cells/plan_tables.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/tables/read_table.hpp"

namespace liantu {
namespace {

Table table(std::string text) {
  const TableOptions options;
  return parse_table(table_bytes("表.csv", {}, std::move(text), options), options);
}

template <typename Read>
void refuse(Read read, std::string text, std::string_view words) {
  SCOPED_TRACE(text);
  try {
    (void)read(table(std::move(text)));
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    EXPECT_TRUE(error.message().en.starts_with("表.csv:")) << error.message().en;
    EXPECT_NE(error.message().en.find(words), std::string::npos) << error.message().en;
    EXPECT_NE(error.message().en, error.message().zh);
  }
}

TEST(PlanTables, PlotsAreReadWithTheirUnits) {
  const auto read = read_site_table(
      table("地块,用地(公顷),容积率,建筑系数,用地性质,相邻地块,能耗指标(万吨标准煤),排放指标(吨),"
            "期,来源\n"
            "一,2,1.5,40%,一类工业,二、三,0.5,3,2,图\n二,1,,,,,,,,\n三,1,,,,,,,,\n"));
  ASSERT_EQ(read.rows.size(), 3U);
  const SiteRow& first = read.rows[0];
  EXPECT_NEAR(*first.land_mu, 30, 1e-9);
  EXPECT_EQ(first.plot_ratio, 1.5);
  EXPECT_EQ(first.building_share, 0.4);
  EXPECT_EQ(first.use, "一类工业");
  EXPECT_EQ(first.neighbours, (std::vector<std::string>{"二", "三"}));
  EXPECT_EQ(first.energy_tce, 5000.0);
  EXPECT_EQ(first.emission_t, 3.0);
  EXPECT_EQ(first.phase, 2);
  EXPECT_EQ(read.rows[1].phase, std::nullopt);
  EXPECT_EQ(read.rows[1].place.row, 3U);
  EXPECT_TRUE(read.problems.empty());
}

TEST(PlanTables, ProjectsAreReadWithTheirUnits) {
  const auto read =
      read_project_table(table("企业,用地(亩),建筑面积(万平方米),投资额(亿元),税收(万元),就业(人),"
                               "落地概率,颜色\n甲,12,1.5,2,300,80,60%,红\n"));
  ASSERT_EQ(read.rows.size(), 1U);
  const ProjectRow& row = read.rows[0];
  EXPECT_EQ(row.land_mu, 12.0);
  EXPECT_EQ(row.floor_m2, 15000.0);
  EXPECT_EQ(row.investment_cny, 2e8);
  EXPECT_EQ(row.tax_cny, 3e6);
  EXPECT_EQ(row.jobs, 80.0);
  EXPECT_EQ(row.probability, 0.6);
  ASSERT_EQ(read.problems.size(), 1U);
  EXPECT_EQ(read.problems[0].kind, "column-unread");
}

TEST(PlanTables, EveryFaultIsNamedWithItsPlace) {
  refuse(read_site_table, "用地\n3\n", "needs a column");
  refuse(read_site_table, "地块\n一\n", "needs a column");
  refuse(read_site_table, "地块,用地\n一,0\n", "must be > 0");
  refuse(read_site_table, "地块,用地\n一,-3\n", "must be > 0");
  refuse(read_site_table, "地块,用地\n一,\n", "has no area");
  refuse(read_site_table, "地块,用地\n一,很大\n", "not a number");
  refuse(read_site_table, "地块,用地\n一,3\n一,4\n", "stands twice");
  refuse(read_site_table, "地块,用地\n,3\n", "name is missing");
  refuse(read_site_table, "地块,用地(吨)\n一,3\n", "does not fit this column");
  refuse(read_site_table, "地块,用地,能耗指标\n一,3,-1\n", "must be ≥ 0");
  refuse(read_site_table, "地块,用地,建筑系数\n一,3,1.5\n", "must be");
  refuse(read_site_table, "地块,用地\n", "no row");
  refuse(read_project_table, "用地\n3\n", "needs a column");
  refuse(read_project_table, "企业,落地概率\n甲,1.2\n", "must be");
  refuse(read_project_table, "企业,期\n甲,0\n", "must be");
  refuse(read_project_table, "企业,投资额(万元)\n甲,1e308\n", "must be 0–1e+18");
}

}  // namespace
}  // namespace liantu
