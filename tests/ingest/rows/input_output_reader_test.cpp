#include "ingest/rows/input_output_reader.hpp"

#include <string>
#include <string_view>
#include <tuple>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/relation_lines.hpp"

namespace liantu {
namespace {

constexpr std::string_view kTwo =
    "代码,部门,Sector,01,02,中间使用合计,最终使用合计,出口,进口,总产出\n"
    "01,农业,Farming,10,40,50,60,10,10,100\n"
    "02,工业,Industry,20,60,80,150,50,30,200\n"
    "TII,中间投入合计,,30,100,130,,,,\n"
    "TI,总投入,,100,200,300,,,,\n";

TEST(InputOutputReader, SectorsBecomeSegmentsAndFlowsEstimatedRequirements) {
  const IngestResult result = read_files({{"全国2020.csv", std::string(kTwo)}});
  const EnterpriseGraph& graph = result.graph;
  ASSERT_EQ(graph.size(EntityKind::Segment), 2U);
  const EntityId farming = graph.entity(SegmentId{0});
  EXPECT_EQ(graph.name(farming), "农业");
  EXPECT_EQ(graph.text(farming, EntityText::Code), "01");
  EXPECT_EQ(graph.text(farming, EntityText::Type), "industry");
  EXPECT_EQ(graph.text(farming, EntityText::Aliases), "Farming");
  // Of 100 + 200 of output.
  EXPECT_EQ(graph.number(farming, EntityNumber::OutputShare), (Figure{1.0 / 3, Basis::Stated}));
  EXPECT_EQ(
      relation_lines(result, RelationKind::Requires),
      (Lines{"农业 → 农业 0.1 imports 0.1 estimated 全国2020.csv:2 1.00 imports proportional",
             "农业 → 工业 0.2 imports 0.1667 estimated 全国2020.csv:3 1.00 imports proportional",
             "工业 → 农业 0.2 imports 0.1 estimated 全国2020.csv:2 1.00 imports proportional",
             "工业 → 工业 0.3 imports 0.1667 estimated 全国2020.csv:3 1.00 imports "
             "proportional"}));
  EXPECT_EQ(graph.relation(RelationKind::Requires).provenance(EdgeId{0}).as_of.year, 2020);
  ASSERT_EQ(result.tables.size(), 1U);
  EXPECT_EQ(result.tables[0].meaning, kInputOutputMeaning);
  EXPECT_EQ(lines_of(result.problems),
            (Lines{"Note 全国2020.csv:1:1 imports", "Note 全国2020.csv:1:1 sector-scheme"}));
}

// As published: no row is the header, the title is narrower than the table, merged cells repeat.
constexpr std::string_view kPublished =
    "2020年全国投入产出表\n"
    ",,,,,单位：万元\n"
    ",,中间使用,中间使用,中间使用,最终使用,最终使用,进口,总产出\n"
    ",代码,01,02,TIU,EX,TFU,IM,GO\n"
    "中间投入,,,,,,,,\n"
    "农业,01,10,40,50,10,60,10,100\n"
    "工业,02,20,60,80,50,150,30,200\n"
    "合计,TII,30,100,130,,,,\n"
    "总投入,TI,100,200,300,,,,\n"
    "注：示例\n";

TEST(InputOutputReader, APublishedTableGivesTheSameGraph) {
  const std::string banner = "中间使用,中间使用,中间使用,最终使用";
  std::string narrow(kPublished);
  narrow.replace(narrow.find(banner), banner.size(), "中间使用,,,最终使用");
  const IngestResult plain = read_files({{"全国2020.csv", std::string(kTwo)}});
  const auto requirements = [](const IngestResult& result) {
    Lines lines;
    const Relation relation = result.graph.relation(RelationKind::Requires);
    for (std::uint64_t e = 0; e < relation.size(); ++e) {
      lines.push_back(fmt::format("{} {} {} {} {}", result.graph.name(relation.source(EdgeId{e})),
                                  result.graph.name(relation.target(EdgeId{e})),
                                  *relation.number(EdgeId{e}, EdgeNumber::Coefficient),
                                  *relation.number(EdgeId{e}, EdgeNumber::ImportShare),
                                  relation.provenance(EdgeId{e}).as_of.year));
    }
    return lines;
  };
  for (const std::string& text : {std::string(kPublished), narrow}) {
    const IngestResult result = read_files({{"表.csv", text}});
    EXPECT_EQ(requirements(result), requirements(plain));
    EXPECT_EQ(result.digests.size(), 1U);
    EXPECT_EQ(lines_of(result.problems),
              (Lines{"Note 表.csv:4:1 imports", "Note 表.csv:4:1 sector-scheme",
                     "Note 表.csv:10:1 footnote =注：示例"}));
  }
}

TEST(InputOutputReader, ATableThatIsOnlyRaggedKeepsItsOwnFaults) {
  const auto error = error_of([&] { std::ignore = read_files({{"表.csv", "标题\n甲,乙\n"}}); });
  ASSERT_TRUE(error);
  EXPECT_NE(std::string_view(error->what()).find("cannot tell what this table is"),
            std::string_view::npos);
  EXPECT_EQ(lines_of(read_files({{"企业.csv", "企业名称\n甲\n乙,丙\n"}}).problems),
            (Lines{"Error 企业.csv:3:3 extra-cells =丙"}));
}

TEST(InputOutputReader, AProductOfASectorsNameIsThatSegment) {
  const IngestResult result = read_files({{"主营.csv", "企业,环节,产值\n甲,工业,5\n乙,Farming,6\n"},
                                          {"企业.csv", "企业名称\n甲\n乙\n"},
                                          {"io.csv", std::string(kTwo)}});
  EXPECT_EQ(result.graph.size(EntityKind::Segment), 2U);
  EXPECT_EQ(relation_lines(result, RelationKind::Makes),
            (Lines{"甲 → 工业 stated 主营.csv:2 1.00", "乙 → 农业 stated 主营.csv:3 1.00"}));
}

TEST(InputOutputReader, ATableThatDoesNotAddUpIsNotUsedAndAllItsFaultsAreListed) {
  std::string wrong(kTwo);
  wrong.replace(wrong.find("10,40,50"), 8, "10,-40,90");
  wrong.replace(wrong.find("20,60,80"), 8, "20,x,80");
  IngestOptions report;
  report.unusable = UnusableFiles::Report;
  const Files files = {{"企业.csv", "企业名称\n甲\n"}, {"io.csv", wrong}};
  const IngestResult result = read_files(files, report);
  EXPECT_EQ(result.unusable_files, 1U);
  EXPECT_EQ(lines_of(result.problems), (Lines{"Error io.csv:2:18 negative-coefficient 02=-40",
                                              "Error io.csv:3:19 number 02=x"}));
  const auto error = error_of([&] { std::ignore = read_files(files); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), ErrorCode::InvalidData);
  EXPECT_NE(std::string_view(error->what()).find("io.csv:3:19"), std::string_view::npos);
}

}  // namespace
}  // namespace liantu
