#include "ingest/rows/firm_industries.hpp"

#include <string>
#include <string_view>
#include <tuple>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/relation_lines.hpp"
#include "liantu/ingest/sectors/concordance.hpp"

namespace liantu {
namespace {

// A table of the 42 sectors in which each buys a fifth of its output of 化学产品.
std::string national_table() {
  std::string text = "代码,部门";
  for (const Sector& one : sectors(SectorScheme::China42)) text += fmt::format(",{}", one.code);
  text += ",中间使用合计,总产出\n";
  for (const Sector& row : sectors(SectorScheme::China42)) {
    const bool chemicals = row.zh == "化学产品";
    text += fmt::format("{},{}", row.code, row.zh);
    for (std::size_t j = 0; j < 42; ++j) text += chemicals ? ",20" : ",0";
    text += fmt::format(",{},100\n", chemicals ? 840 : 0);
  }
  return text;
}

TEST(FirmIndustries, FirmsMakeTheSectorOfTheirIndustry) {
  const IngestResult result = read_files({{"企业.csv",
                                           "企业名称,行业代码,经营范围,主营产品\n"
                                           "甲,3670,销售：钢材,\n"
                                           "乙,,生产：塑料制品,\n"
                                           "丙,,,\n"
                                           "丁,,生产：塑料制品,电池\n"
                                           "戊,教育,,\n"
                                           "己,汽配,物业管理,\n"
                                           "庚,C,普通货运,\n"},
                                          {"全国.csv", national_table()}});
  EXPECT_EQ(
      relation_lines(result, RelationKind::Makes),
      (Lines{"甲 → 交通运输设备 stated 企业.csv:2 1.00 C3670 汽车零部件及配件制造",
             "乙 → 化学产品 inferred 企业.csv:3 0.91 C292 塑料制品业: 塑料制品",
             "丁 → 电池 stated 企业.csv:5 1.00", "戊 → 教育 stated 企业.csv:6 1.00 P83 教育",
             "己 → 房地产 inferred 企业.csv:7 0.91 K702 物业管理: 物业管理",
             "庚 → 交通运输、仓储和邮政 inferred 企业.csv:8 0.91 G543 道路货物运输: 普通货运"}));
  EXPECT_EQ(result.graph.text(result.graph.entity(FirmId{0}), EntityText::Industry), "C3670");
  EXPECT_EQ(result.graph.text(result.graph.entity(FirmId{5}), EntityText::Industry), "");
  EXPECT_EQ(result.industries_stated, 2U);
  EXPECT_EQ(result.industries_inferred, 3U);
  EXPECT_EQ(lines_of(result.problems),
            (Lines{"Warning 企业.csv:7:3 industry 行业代码=汽配", "Note 全国.csv:1:1 imports"}));
}

// 铜 holds smelters and makers of tubes alike.
TEST(FirmIndustries, ProductsTellTheIndustryWithinAGroupOfTheStockMarket) {
  const IngestResult result = read_files({{"企业.csv",
                                           "企业名称,行业代码\n"
                                           "甲,铜\n"
                                           "乙,铜\n"
                                           "丙,铜\n"},
                                          {"主营.csv",
                                           "企业,环节,占比\n"
                                           "甲,无缝铜管,0.9\n"
                                           "乙,阴极铜,0.7\n"
                                           "乙,铜杆,0.3\n"
                                           "丙,铜管,0.1\n"},
                                          {"全国.csv", national_table()}});
  Lines sectors;
  for (const std::string& line : relation_lines(result, RelationKind::Makes)) {
    if (line.find(" C3") != std::string::npos) sectors.push_back(line);
  }
  EXPECT_EQ(
      sectors,
      (Lines{"甲 → 金属冶炼和压延加工品 inferred 企业.csv:2 1.00 C325 有色金属压延加工: 无缝铜管",
             "乙 → 金属冶炼和压延加工品 stated 企业.csv:3 1.00 C321 常用有色金属冶炼",
             "丙 → 金属冶炼和压延加工品 stated 企业.csv:4 1.00 C321 常用有色金属冶炼"}));
}

TEST(FirmIndustries, AStatedOutputOfTheSectorIsKeptBesideTheIndustry) {
  // Whichever file comes first by name.
  for (const char* firms : {"a企业.csv", "企业.csv"}) {
    for (const char* outputs : {"b主营.csv", "主营.csv"}) {
      const IngestResult result =
          read_files({{firms, "企业名称,行业代码\n甲,3670\n"},
                      {outputs, "企业,环节,产值(万元)\n甲,交通运输设备,100\n"},
                      {"全国.csv", national_table()}});
      const Relation makes = result.graph.relation(RelationKind::Makes);
      ASSERT_EQ(makes.size(), 1U);
      EXPECT_EQ(makes.number(EdgeId{0}, EdgeNumber::Amount), 1e6);
      EXPECT_EQ(makes.detail(EdgeId{0}), "C3670 汽车零部件及配件制造");
      const Provenance from = makes.provenance(EdgeId{0});
      EXPECT_EQ(result.graph.source(from.source).file, outputs);
      EXPECT_EQ(from.basis, Basis::Stated);
    }
  }
}

TEST(FirmIndustries, NothingIsInferredWhereScopesAreNotToBeRead) {
  IngestOptions options;
  options.infer_scope = false;
  const IngestResult result =
      read_files({{"企业.csv", "企业名称,行业代码,经营范围\n甲,3670,\n乙,,生产：塑料制品\n"},
                  {"全国.csv", national_table()}},
                 options);
  EXPECT_EQ(relation_lines(result, RelationKind::Makes),
            (Lines{"甲 → 交通运输设备 stated 企业.csv:2 1.00 C3670 汽车零部件及配件制造"}));
}

TEST(FirmIndustries, ScopesAreNotMatchedAgainstTheNamesOfSectors) {
  const IngestResult result =
      read_files({{"企业.csv", "企业名称,经营范围\n甲,物业管理；生产：金属制品、仪器仪表\n"},
                  {"全国.csv", national_table()}});
  EXPECT_EQ(result.graph.relation(RelationKind::Makes).size(), 1U);
  EXPECT_EQ(result.scopes_tagged, 0U);
}

}  // namespace
}  // namespace liantu
