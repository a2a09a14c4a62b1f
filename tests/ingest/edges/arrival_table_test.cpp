#include "liantu/ingest/edges/arrival_table.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

class ArrivalTableTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "liantu-arrivals-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    GraphBuilder builder;
    const auto add = [&](const char* name, const char* code, std::uint32_t region, int founded) {
      const EntityRef node = builder.add(EntityKind::Firm, name);
      if (*code != '\0') builder.set(node, EntityText::Code, code);
      builder.set_region(node, {RegionCode{region}, Basis::Stated});
      builder.set_founded(node, Date{static_cast<std::int16_t>(founded), 1, 1});
    };
    add("深圳示例一有限公司", "91440300000000001X", 440305, 1990);
    add("上海示例二有限公司", "", 310114, 1995);
    add("示例同名有限公司", "", 440100, 1990);
    add("示例同名有限公司", "", 430100, 1990);
    graph_ = builder.build();
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path write(std::string_view bytes, const std::string& name = "a.csv") const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return folder_ / name;
  }
  ArrivalTable read(std::string_view bytes) const { return read_arrivals(write(bytes), graph_); }
  std::string refused(std::string_view bytes) const {
    try {
      (void)read(bytes);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidData);
      EXPECT_FALSE(error.message().zh.empty());
      return error.what();
    }
    ADD_FAILURE() << "nothing was thrown";
    return {};
  }

  fs::path folder_;
  EnterpriseGraph graph_;
};

std::vector<std::string> kinds(const ArrivalTable& table) {
  std::vector<std::string> found;
  for (const Problem& problem : table.problems) found.push_back(problem.kind);
  return found;
}

TEST_F(ArrivalTableTest, FirmIsKnownByCodeElseByName) {
  const ArrivalTable table = read(
      "date,province,city,parent,parent_uscc,works_there\n"
      "2001-05-17,江西,南昌,另名,91440300000000001X,1\n"
      "2000-01-02,江西,南昌,上海示例二有限责任公司,,0\n");
  ASSERT_EQ(table.arrivals.size(), 2U);
  EXPECT_EQ(table.arrivals[0], (Arrival{FirmId{1}, RegionCode{310114}, RegionCode{360100},
                                        Date{2000, 1, 2}, false, 3}));
  EXPECT_EQ(table.arrivals[1], (Arrival{FirmId{0}, RegionCode{440300}, RegionCode{360100},
                                        Date{2001, 5, 17}, true, 2}));
  EXPECT_EQ(table.places, (std::vector<ArrivalPlace>{{RegionCode{360100}, "江西/南昌"}}));
  EXPECT_TRUE(table.problems.empty());
  EXPECT_EQ(table.rows, 2U);
  EXPECT_EQ(table.strangers, 0U);
}

TEST_F(ArrivalTableTest, BranchNameBeginsWithItsFirms) {
  const ArrivalTable table = read(
      "分公司名称,落户地,成立日期\n"
      "深圳示例一有限公司南昌分公司,360100,2001年5月\n");
  ASSERT_EQ(table.arrivals.size(), 1U);
  EXPECT_EQ(table.arrivals[0].firm, FirmId{0});
  EXPECT_EQ(table.arrivals[0].place, RegionCode{360100});
}

TEST_F(ArrivalTableTest, RowsThatCannotBeUsedAreToldWithTheirPlace) {
  const ArrivalTable table = read(
      "parent,place,date\n"
      "深圳示例一有限公司,南昌,昨天\n"
      "深圳示例一有限公司,南昌,\n"
      "深圳示例一有限公司,乌有乡,2001\n"
      "深圳示例一有限公司,深圳,2001\n"
      "示例同名有限公司,南昌,2001\n"
      ",南昌,2001\n"
      "深圳示例一有限公司,南昌,2001\n");
  EXPECT_EQ(table.arrivals.size(), 1U);
  EXPECT_EQ(kinds(table), (std::vector<std::string>{"date", "date", "unknown-place", "own-place",
                                                    "two-firms", "no-firm"}));
  EXPECT_EQ(table.problems[0].place.to_string(), "a.csv:2:14");
  EXPECT_EQ(table.problems[2].value, "乌有乡");
  for (const Problem& problem : table.problems) {
    EXPECT_EQ(problem.severity, Severity::Error);
    EXPECT_FALSE(problem.remedy.zh.empty());
  }
}

TEST_F(ArrivalTableTest, DateBeforeFoundingIsKeptAndTold) {
  const ArrivalTable table = read("parent,place,date\n上海示例二有限公司,南昌,1989-02-01\n");
  EXPECT_EQ(table.arrivals.size(), 1U);
  ASSERT_EQ(kinds(table), std::vector<std::string>{"before-founding"});
  EXPECT_EQ(table.problems[0].severity, Severity::Note);
}

TEST_F(ArrivalTableTest, FirmThatTheGraphLacksSaysWhereItCameFrom) {
  const ArrivalTable table = read(
      "parent,parent_province,parent_city,place,date\n"
      "外地示例有限公司,湖南,长沙,南昌,2001\n");
  ASSERT_EQ(table.arrivals.size(), 1U);
  EXPECT_EQ(table.arrivals[0].firm, std::nullopt);
  EXPECT_EQ(table.arrivals[0].home, RegionCode{430100});
  EXPECT_EQ(table.strangers, 1U);
  EXPECT_EQ(kinds(table), std::vector<std::string>{"unknown-firm"});
}

TEST_F(ArrivalTableTest, FirmThatCameTwiceCameFirst) {
  const ArrivalTable table = read(
      "parent,place,date\n"
      "深圳示例一有限公司,南昌,2003\n"
      "深圳示例一有限公司,南昌,2001\n");
  ASSERT_EQ(table.arrivals.size(), 1U);
  EXPECT_EQ(table.arrivals[0].date, (Date{2001, 0, 0}));
  EXPECT_EQ(kinds(table), std::vector<std::string>{"came-again"});
}

TEST_F(ArrivalTableTest, OfManyAlikeProblemsAHundredAreListed) {
  std::string text = "parent,place,date\n深圳示例一有限公司,南昌,2001\n";
  for (int i = 0; i < 103; ++i) text += "深圳示例一有限公司,南昌,x\n";
  const ArrivalTable table = read(text);
  EXPECT_EQ(table.problems.size(), 101U);
  EXPECT_EQ(table.problems.back().severity, Severity::Note);
  EXPECT_NE(table.problems.back().what.en.find("3 more rows"), std::string::npos);
}

TEST_F(ArrivalTableTest, TableWithoutItsColumnsIsRefused) {
  EXPECT_NE(refused("place,date\n南昌,2001\n").find("who came"), std::string::npos);
  EXPECT_NE(refused("parent,date\n甲,2001\n").find("where"), std::string::npos);
  EXPECT_NE(refused("parent,place\n甲,南昌\n").find("when"), std::string::npos);
  EXPECT_NE(refused("parent,place,date\n深圳示例一有限公司,深圳,2001\n").find("no row"),
            std::string::npos);
}

TEST_F(ArrivalTableTest, PointsAreReadByCode) {
  const auto points = read_place_points(
      write("place,code,lon,lat\n江西/南昌,360100,115.86,28.68\n上海/嘉定,310114,121.26,31.38\n",
            "p.csv"));
  EXPECT_EQ(points, (std::vector<PlacePoint>{{RegionCode{310114}, "上海/嘉定", 121.26, 31.38},
                                             {RegionCode{360100}, "江西/南昌", 115.86, 28.68}}));
}

TEST_F(ArrivalTableTest, PointsThatAreNoneAreRefusedWithTheirPlace) {
  const auto told = [&](std::string_view bytes) -> std::string {
    try {
      (void)read_place_points(write(bytes, "p.csv"));
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidData);
      return error.what();
    }
    return {};
  };
  EXPECT_EQ(told("code,lon\n360100,115\n").substr(0, 6), "p.csv:");
  EXPECT_EQ(told("code,lon,lat\n360100,115,x\n").substr(0, 12), "p.csv:2:12: ");
  EXPECT_EQ(told("code,lon,lat\n360100,215,1\n").substr(0, 11), "p.csv:2:8: ");
  EXPECT_EQ(told("code,lon,lat\nabc,115,1\n").substr(0, 11), "p.csv:2:1: ");
}

}  // namespace
}  // namespace liantu
