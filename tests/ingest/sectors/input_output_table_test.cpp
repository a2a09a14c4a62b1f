#include "liantu/ingest/sectors/input_output_table.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/problem_lines.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/tables/plain/csv.hpp"

namespace liantu {
namespace {

// Gross output 100 and 200: use 50 + 60 − 10 and 80 + 150 − 30, inputs 30 + 70 and 100 + 100.
constexpr std::string_view kTwo =
    "代码,部门,Sector,01,02,中间使用合计,最终使用合计,出口,进口,总产出\n"
    "01,农业,Farming,10,40,50,60,10,10,100\n"
    "02,工业,Industry,20,60,80,150,50,30,200\n"
    "TII,中间投入合计,,30,100,130,,,,\n"
    "VA001,劳动者报酬,,50,60,110,,,,\n"
    "VA002,营业盈余,,20,40,60,,,,\n"
    "TVA,增加值合计,,70,100,170,,,,\n"
    "TI,总投入,,100,200,300,,,,\n";

// The same with the imported part of each flow apart.
constexpr std::string_view kBlocks =
    "Code,Description,Origin,01,02,TIU,TFU,EX,GO\n"
    "01,Farming,Domestic,9,36,45,55,10,100\n"
    "02,Industry,Domestic,15,55,70,130,50,200\n"
    "01,Farming,Imports,1,4,5,5,0,10\n"
    "02,Industry,Imports,5,5,10,20,0,30\n"
    "TII,Total intermediate input,TOT,30,100,130,,,\n"
    "TVA,Total value-added,TOT,70,100,170,,,\n"
    "TI,Total inputs,TOT,100,200,300,,,\n";

std::string with(std::string_view text, std::string_view what, std::string_view instead) {
  std::string changed(text);
  const std::size_t at = changed.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return changed.replace(at, what.size(), instead);
}

InputOutputTable read(std::string_view text, const InputOutputOptions& options = {}) {
  return read_input_output_table(parse_csv(std::string(text), "io.csv"), options);
}

Lines faults(std::string_view text) {
  const InputOutputTable table = read(text);
  Lines lines;
  for (const Problem& problem : table.problems) {
    if (problem.severity == Severity::Error) lines.push_back(line_of(problem));
  }
  EXPECT_EQ(table.usable(), lines.empty());
  EXPECT_TRUE(table.usable() || table.coefficients.empty());
  return lines;
}

std::vector<InputCoefficient> coefficients(
    std::initializer_list<std::tuple<unsigned, unsigned, double, double>> list) {
  std::vector<InputCoefficient> all;
  for (const auto& [product, input, value, imported] : list) {
    all.push_back({product, input, value, imported});
  }
  return all;
}

TEST(InputOutputTable, ACoefficientIsTheFlowOverTheGrossOutputOfTheProduct) {
  const InputOutputTable table = read(kTwo);
  const std::vector<InputOutputSector> sectors = {{"01", "农业", "Farming", 2, 100, 10, 10, 60},
                                                  {"02", "工业", "Industry", 3, 200, 30, 50, 150}};
  EXPECT_EQ(table.sectors, sectors);
  // Imports / (gross output − exports + imports): 10 / 100 and 30 / 180.
  EXPECT_EQ(
      table.coefficients,
      coefficients(
          {{0, 0, 0.1, 0.1}, {0, 1, 0.2, 30 / 180.0}, {1, 0, 0.2, 0.1}, {1, 1, 0.3, 30 / 180.0}}));
  EXPECT_EQ(table.imports, ImportTreatment::Proportional);
  EXPECT_EQ(table.scheme, std::nullopt);
  ASSERT_EQ(lines_of(table.problems), (Lines{"Note io.csv:1:1 imports"}));
  const auto& [en, zh] = table.problems[0].what;
  EXPECT_TRUE(en.starts_with("the table has no block of imports, so every user is taken")) << en;
  EXPECT_NE(zh.find("表中没有进口流量"), std::string::npos) << zh;
  EXPECT_EQ(table.problems[0].remedy.en.find("exports"), std::string::npos) << "it has them";
}

TEST(InputOutputTable, BlocksOfDomesticAndImportedFlowsAreAddedAndTheImportShareIsStated) {
  const InputOutputTable table = read(kBlocks);
  EXPECT_EQ(
      table.coefficients,
      coefficients({{0, 0, 0.1, 0.1}, {0, 1, 0.2, 0.25}, {1, 0, 0.2, 0.1}, {1, 1, 0.3, 5 / 60.0}}));
  EXPECT_EQ(table.imports, ImportTreatment::Stated);
  EXPECT_EQ(table.sectors[1].imports, 30);
  EXPECT_EQ(table.sectors[1].name(), "Industry");
  EXPECT_TRUE(table.problems.empty());
}

TEST(InputOutputTable, SectorsMayBeHeadedByNameAndOutputStandInARow) {
  const InputOutputTable table = read(
      "Sector,Farming,Industry,Total intermediate use\n"
      "Farming,10,40,50\n"
      "Industry,-,60,60\n"
      "Gross output,100,200,\n");
  ASSERT_EQ(table.sectors.size(), 2U);
  EXPECT_EQ(table.sectors[0].en, "Farming");
  EXPECT_EQ(table.coefficients,
            (std::vector<InputCoefficient>{
                {0, 0, 0.1, std::nullopt}, {1, 0, 0.2, std::nullopt}, {1, 1, 0.3, std::nullopt}}));
  EXPECT_EQ(table.imports, ImportTreatment::Unknown);
  ASSERT_EQ(lines_of(table.problems), (Lines{"Note io.csv:1:1 imports"}));
  EXPECT_NE(table.problems[0].remedy.en.find("add the columns of imports and exports"),
            std::string::npos);
}

TEST(InputOutputTable, OneSectorMayBuyFromItself) {
  const InputOutputTable table = read("代码,01,总产出\n01,5,20\nTII,5,\nTI,20,\n");
  ASSERT_EQ(table.coefficients.size(), 1U);
  EXPECT_EQ(table.coefficients[0], (InputCoefficient{0, 0, 0.25, std::nullopt}));
}

TEST(InputOutputTable, SectorsThatNobodyBuysFromOrThatBuyNothingHaveNoCoefficient) {
  const InputOutputTable table = read("代码,01,02,总产出\n01,0,0,20\n02,0,0,0\nTI,20,0,\n");
  EXPECT_EQ(table.sectors.size(), 2U);
  EXPECT_TRUE(table.coefficients.empty());
  EXPECT_TRUE(table.usable());
}

TEST(InputOutputTable, ImportsMayBeWrittenWithAMinus) {
  EXPECT_EQ(read(with(kTwo, "10,10,100", "10,-10,100")).sectors[0].imports, 10);
}

TEST(InputOutputTable, OtherTablesAreNone) {
  for (const char* text : {"企业名称,行业\n甲,3670\n", "product,input,coefficient\na,b,0.3\n",
                           "a,b\n", "代码,01,02\n01,1,2\n02,3,4\n"}) {
    EXPECT_FALSE(is_input_output_table(parse_csv(text, "t.csv"))) << text;
    EXPECT_EQ(lines_of(read(text).problems), (Lines{"Error io.csv:1:1 no-input-output-table"}));
  }
  EXPECT_TRUE(is_input_output_table(parse_csv(std::string(kTwo), "t.csv")));
}

TEST(InputOutputTable, ANegativeFlowIsRefused) {
  EXPECT_EQ(faults(with(kTwo, "10,40,50", "-10,40,30")),
            (Lines{"Error io.csv:2:15 negative-coefficient 01=-10"}));
}

TEST(InputOutputTable, ASectorNamedTwiceIsRefused) {
  EXPECT_EQ(faults(with(kTwo, "02,工业,Industry,20", "02,农业,Farming,20")),
            (Lines{"Error io.csv:3:4 duplicate-sector 部门=农业"}));
  EXPECT_EQ(faults(with(kTwo, "02,工业,Industry,20,60,80,150,50,30,200\n",
                        "02,工业,Industry,20,60,80,150,50,30,200\n02,工业,Industry,,,,,,,\n")),
            (Lines{"Error io.csv:4:1 duplicate-sector 代码=02"}));
}

TEST(InputOutputTable, AColumnNamedTwiceIsToldOnce) {
  TableOptions options;
  options.header = HeaderRow::None;
  const auto faults_of = [&](std::string_view text) {
    return lines_of(
        read_input_output_table(parse_csv(std::string(text), "io.csv", options)).problems);
  };
  EXPECT_EQ(faults_of("代码,01,01,总产出\n01,1,2,9\n01,1,2,9\nTI,9,9,\n"),
            (Lines{"Error io.csv:1:7 duplicate-sector 01=01"}));
  EXPECT_EQ(faults_of("代码,01,02,01,总产出\n01,1,2,0,9\n02,1,2,0,9\nTI,9,9,,\n"),
            (Lines{"Error io.csv:1:10 duplicate-sector 01=01"}));
}

TEST(InputOutputTable, RowsAndColumnsThatDoNotMatchAreRefused) {
  EXPECT_EQ(
      faults(with(kTwo, "\n02,工业", "\n03,工业")),
      (Lines{"Error io.csv:1:17 unknown-sector 02=02", "Error io.csv:3:1 unknown-sector 代码=03"}));
  EXPECT_EQ(
      faults(with(kBlocks, "02,Industry,Domestic,15,55,70,130,50,200\n", "")),
      (Lines{"Error io.csv:1:28 sector-order 02=02", "Error io.csv:4:1 unknown-sector Code=02"}));
  EXPECT_EQ(
      faults(with(kBlocks, "Domestic,9", "Abroad,9")),
      (Lines{"Error io.csv:1:25 missing-sector 01=", "Error io.csv:2:12 origin Origin=Abroad"}));
}

TEST(InputOutputTable, TotalsThatDoNotAddUpAreRefusedBeyondTheTolerance) {
  // The rows of whole numbers have half a unit a number on top of 0.1 %.
  EXPECT_EQ(faults(with(kTwo, "10,40,50,60", "10,40,51,59")), Lines{});
  EXPECT_EQ(faults(with(kTwo, "10,40,50,60", "10,40,53,57")),
            (Lines{"Error io.csv:2:21 totals 中间使用合计=53"}));
  EXPECT_EQ(faults(with(kTwo, "50,30,200", "50,30,230")),
            (Lines{"Error io.csv:3:35 totals 总产出=230", "Error io.csv:8:13 totals 02=200"}));
  EXPECT_EQ(faults(with(kTwo, "TII,中间投入合计,,30", "TII,中间投入合计,,37")),
            (Lines{"Error io.csv:4:13 totals 01=37", "Error io.csv:8:9 totals 01=100"}));
  EXPECT_EQ(faults(with(kTwo, "TVA,增加值合计,,70", "TVA,增加值合计,,75")),
            (Lines{"Error io.csv:8:9 totals 01=100"}));
  const InputOutputTable table = read(with(kTwo, "10,40,50,60", "10,40,53,57"));
  EXPECT_NE(table.problems[0].what.en.find("0.1% is tolerated"), std::string::npos)
      << table.problems[0].what.en;
  InputOutputOptions lax;
  lax.tolerance = 0.1;
  EXPECT_TRUE(read(with(kTwo, "10,40,50,60", "10,40,53,57"), lax).usable());
}

TEST(InputOutputTable, MixedUnitsAreRefused) {
  EXPECT_EQ(faults(with(kTwo, "10,10,100", "10,10,1000000")),
            (Lines{"Error io.csv:2:33 mixed-units 总产出=1000000",
                   "Error io.csv:8:9 mixed-units 01=100"}));
  EXPECT_EQ(
      faults(with(with(kTwo, "中间使用合计", "中间使用合计（万元）"), "总产出", "总产出（亿元）")),
      (Lines{"Error io.csv:1:44 mixed-units 总产出（亿元）=亿元"}));
  EXPECT_EQ(faults("代码,单位,01,02,总产出\n01,万元,1,2,10\n02,亿元,1,2,10\nTI,万元,10,10,\n"),
            (Lines{"Error io.csv:3:4 mixed-units 单位=亿元"}));
}

TEST(InputOutputTable, CellsThatAreNoNumbersAndOutputsThatAreMissingAreRefused) {
  EXPECT_EQ(faults(with(kTwo, "10,40,50,60", "abc,40,50,60")).front(),
            "Error io.csv:2:15 number 01=abc");
  EXPECT_EQ(faults("代码,01,02,中间使用合计\n01,1,2,3\n02,1,2,3\nTII,2,4,\n"),
            (Lines{"Error io.csv:1:1 no-gross-output"}));
  EXPECT_EQ(faults("代码,01,02,总产出\n01,1,2,0\n02,1,2,9\nTI,,,\n"),
            (Lines{"Error io.csv:2:8 no-output 总产出=0"}));
  EXPECT_EQ(faults("代码,01,02,总产出\n01,0,2,-1\n02,0,2,9\nTI,,,\n"),
            (Lines{"Error io.csv:2:8 negative-output 总产出=-1"}));
}

TEST(InputOutputTable, ManyFaultsOfOneKindAreCutShort) {
  std::string text = "代码";
  std::string rows;
  for (int j = 10; j < 40; ++j) {
    text += fmt::format(",{}", j);
    rows += fmt::format("{}", j);
    for (int i = 10; i < 40; ++i) rows += ",-1";
    rows += ",100\n";
  }
  const Lines lines = faults(text + ",总产出\n" + rows + "TI\n");
  EXPECT_EQ(lines.size(), 11U);
}

// The looks that statistics offices give kTwo. What they publish has no header row of its own.
InputOutputTable read_published(std::string_view text) {
  TableOptions options;
  options.header = HeaderRow::None;
  const Table table = parse_csv(std::string(text), "io.csv", options);
  EXPECT_TRUE(is_input_output_table(table)) << text;
  return read_input_output_table(table);
}

constexpr std::string_view kNational =
    "2020年全国投入产出表\n"
    "\n"
    "按当年生产者价格计算,,,,,,,,单位：万元\n"
    "投入＼产出,,,中间使用,,,最终使用,,,进口,总产出\n"
    ",,,农业,工业,合计,消费,出口,合计,,\n"
    ",,代码,01,02,TIU,TC,EX,TFU,IM,GO\n"
    "中间投入,农业,01,10,40,50,50,10,60,10,100\n"
    ",工业,02,20,60,80,100,50,150,30,200\n"
    ",合计,TII,30,100,130,,,,,\n"
    "增加值,劳动者报酬,VA001,50,60,110,,,,,\n"
    ",营业盈余,VA002,20,40,60,,,,,\n"
    ",合计,TVA,70,100,170,,,,,\n"
    "总投入,,TI,100,200,300,,,,,\n"
    "注：本表按当年生产者价格计算，数字经四舍五入。\n"
    "资料来源：示例统计年鉴,表3-1\n";

TEST(InputOutputTable, DressingDoesNotChangeTheNumbers) {
  const InputOutputTable plain = read(kTwo);
  const std::vector<std::pair<std::string, std::string>> looks = {
      {"title, unit, groups, names and codes", std::string(kNational)},
      {"every row as wide as the table",
       "全国投入产出表,,,,,,,\n"
       ",,,,,,,单位：亿元\n"
       "代码,部门,001,002,中间使用合计,最终使用合计,出口,总产出\n"
       "001,农业,10,40,50,50,10,100\n"
       "002,工业,20,60,80,120,50,200\n"
       "TII,中间投入合计,30,100,130,,,\n"
       "TI,总投入,100,200,300,,,\n"},
      {"names only, groups once, sums called 合计, thousands, blanks for zero",
       "某市投入产出表（单位：百万元）\n"
       ",,中间使用,,,最终使用,,\n"
       ",,农业,工业,合计,出口,合计,总产出\n"
       "中间投入,农业,\"1,000\",\"4,000\",\"5,000\",\"1,000\",\"5,000\",\"10,000\"\n"
       ",工业,\"2,000\",\"6,000\",\"8,000\",\"5,000\",\"12,000\",\"20,000\"\n"
       ",合计,\"3,000\",\"10,000\",\"13,000\",,,\n"
       "增加值,劳动者报酬,\"7,000\",\"10,000\",\"17,000\",,,\n"
       ",合计,\"7,000\",\"10,000\",\"17,000\",,,\n"
       "总投入,,\"10,000\",\"20,000\",\"30,000\",,,\n"},
      {"rows of their own for groups; a code above each name; zeros lost in the header",
       ",,1,2,TIU,TFU,GO\n"
       ",,农业,工业,中间使用合计,最终使用合计,总产出\n"
       "中间投入,,,,,,\n"
       "01,农业,10,40,50,50,100\n"
       "02,工业,20,60,80,120,200\n"
       ",中间投入合计,30,100,130,,\n"
       "增加值,,,,,,\n"
       ",劳动者报酬,70,100,170,,\n"
       ",增加值合计,70,100,170,,\n"
       ",总投入,100,200,300,,\n"},
      {"cells that were merged and are filled now",
       "某省投入产出表,某省投入产出表,某省投入产出表,某省投入产出表,某省投入产出表,某省投入产出表\n"
       "部门,部门,中间使用,中间使用,中间使用,总产出\n"
       "部门,部门,农业,工业,合计,总产出\n"
       "中间投入,农业,10,40,50,100\n"
       "中间投入,工业,20,60,80,200\n"
       "中间投入,合计,30,100,130,\n"
       "总投入,总投入,100,200,300,\n"},
      {"tabs, and commas in numbers",
       "全国投入产出表\n单位：千元\n"
       "\t农业\t工业\t中间使用合计\t总产出\n"
       "农业\t1,000\t4,000\t5,000\t10,000\n"
       "工业\t2,000\t6,000\t8,000\t20,000\n"
       "中间投入合计\t3,000\t10,000\t13,000\t\n"
       "总投入\t10,000\t20,000\t30,000\t\n"},
  };
  for (const auto& [look, text] : looks) {
    SCOPED_TRACE(look);
    const InputOutputTable table = read_published(text);
    for (const Problem& problem : table.problems) {
      EXPECT_EQ(problem.severity, Severity::Note) << problem.to_string(Language::En);
    }
    ASSERT_EQ(table.sectors.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_EQ(table.sectors[i].zh, plain.sectors[i].zh);
      EXPECT_EQ(table.sectors[i].en, "");
    }
    ASSERT_EQ(table.coefficients.size(), plain.coefficients.size());
    for (std::size_t i = 0; i < plain.coefficients.size(); ++i) {
      EXPECT_EQ(table.coefficients[i].product, plain.coefficients[i].product);
      EXPECT_EQ(table.coefficients[i].input, plain.coefficients[i].input);
      EXPECT_EQ(table.coefficients[i].value, plain.coefficients[i].value);
    }
  }
}

TEST(InputOutputTable, APublishedTableKeepsItsPlacesUnitYearAndFootnotes) {
  const InputOutputTable table = read_published(kNational);
  const std::vector<InputOutputSector> sectors = {{"01", "农业", "", 7, 100, 10, 10, 60},
                                                  {"02", "工业", "", 8, 200, 30, 50, 150}};
  EXPECT_EQ(table.sectors, sectors);
  EXPECT_EQ(table.coefficients, read(kTwo).coefficients);
  EXPECT_EQ(table.unit, 1e4);
  EXPECT_EQ(table.year, 2020);
  EXPECT_EQ(lines_of(table.problems),
            (Lines{"Note io.csv:5:1 imports",
                   "Note io.csv:14:1 footnote =注：本表按当年生产者价格计算，数字经四舍五入。",
                   "Note io.csv:15:1 footnote =资料来源：示例统计年鉴"}));
  EXPECT_EQ(read(kTwo).unit, std::nullopt);
  EXPECT_EQ(read(kTwo).year, 0);
}

TEST(InputOutputTable, FaultsOfAPublishedTableHaveTheirPlaceInTheFile) {
  const auto faults_of = [](std::string_view text) {
    Lines lines;
    for (const Problem& problem : read_published(text).problems) {
      if (problem.severity == Severity::Error) lines.push_back(line_of(problem));
    }
    return lines;
  };
  EXPECT_EQ(faults_of(with(kNational, "01,10,40,50", "01,-10,40,30")),
            (Lines{"Error io.csv:7:12 negative-coefficient 农业=-10"}));
  EXPECT_EQ(faults_of(with(kNational, "01,10,40,50", "01,x,40,50")),
            (Lines{"Error io.csv:7:12 number 农业=x"}));
  EXPECT_EQ(faults_of(with(kNational, "中间投入,农业,01,", "中间投入,渔业,01,")), Lines{});
  EXPECT_EQ(
      faults_of(with(with(kNational, "中间投入,农业,01,", "中间投入,农业,07,"), ",农业,工业,",
                     ",渔业,工业,")),
      (Lines{"Error io.csv:5:4 missing-sector 渔业=", "Error io.csv:7:6 unknown-sector #2=农业"}));
  EXPECT_EQ(faults_of(with(kNational, "01,10,40,50,50", "01,10,40,58,42")),
            (Lines{"Error io.csv:7:18 totals 合计=58", "Error io.csv:7:33 totals GO=100"}));
  EXPECT_EQ(faults_of(with(kNational, "总产出\n", "总产出（亿元）\n")),
            (Lines{"Error io.csv:4:26 mixed-units 总产出（亿元）=亿元"}));
  EXPECT_EQ(faults_of(with(kNational, "单位：万元", "单位：吨标准煤")),
            (Lines{"Error io.csv:3:19 unit =吨标准煤"}));
  // The same unit in other words, and an office that is not a unit.
  EXPECT_EQ(faults_of(with(kNational, "总产出\n", "总产出（万元）\n")), Lines{});
  EXPECT_EQ(faults_of(with(kNational, "2020年全国投入产出表\n", "编制单位：某市统计局\n")),
            Lines{});
}

TEST(InputOutputTable, ATableOfSeveralEconomiesIsRefusedWithWhatToKeep) {
  const InputOutputTable table = read_published(
      "World table\n"
      ",,AAA,,BBB,,,\n"
      ",,Farming,Industry,Farming,Industry,Total intermediate use,Gross output\n"
      "AAA,Farming,1,2,0,0,3,10\n"
      ",Industry,1,2,0,0,3,10\n"
      "BBB,Farming,0,0,1,2,3,10\n"
      ",Industry,0,0,1,2,3,10\n");
  EXPECT_EQ(lines_of(table.problems), (Lines{"Error io.csv:3:3 several-economies Farming="}));
  EXPECT_NE(table.problems[0].remedy.en.find("keep the rows and columns of one economy"),
            std::string::npos);
}

// Cells that happen to repeat are no sectors.
TEST(InputOutputTable, ARegisterWithRepeatedCellsIsNone) {
  EXPECT_FALSE(is_input_output_table(parse_csv(
      "企业,省,市,出口,进口\n甲,重庆,重庆,1,2\n重庆,重庆,重庆,3,4\n乙,重庆,重庆,5,6\n", "t.csv")));
}

TEST(InputOutputTable, ToleranceOutsideItsRangeIsRefused) {
  for (const double tolerance : {-0.1, 1.0}) {
    InputOutputOptions options;
    options.tolerance = tolerance;
    const auto error = error_of([&] { std::ignore = read(kTwo, options); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code(), ErrorCode::InvalidArgument);
  }
}

// A random economy: coefficients are drawn, flows follow, the table is written and read back.
TEST(InputOutputTable, CoefficientsOfRandomTablesComeBack) {
  std::mt19937_64 dice(20260101);
  for (int round = 0; round < 40; ++round) {
    const unsigned n = 1 + static_cast<unsigned>(dice() % 6);
    const auto below = [&](unsigned most) { return static_cast<double>(dice() % most); };
    std::vector<double> output;
    std::map<std::pair<unsigned, unsigned>, double> wanted;  // product, input
    for (unsigned j = 0; j < n; ++j) output.push_back(1 + below(1000));
    std::string text = "Code";
    for (unsigned j = 0; j < n; ++j) text += fmt::format(",s{}", j);
    text += ",TIU,GO\n";
    std::vector<double> inputs(n, 0);
    for (unsigned i = 0; i < n; ++i) {
      text += fmt::format("s{}", i);
      double used = 0;
      for (unsigned j = 0; j < n; ++j) {
        const double flow = dice() % 2 == 0 ? 0.0 : below(100) / 8;
        if (flow > 0) wanted[{j, i}] = flow / output[j];
        used += flow;
        inputs[j] += flow;
        text += fmt::format(",{}", flow);
      }
      text += fmt::format(",{},{}\n", used, output[i]);
    }
    text += "TII";
    for (const double input : inputs) text += fmt::format(",{}", input);
    const InputOutputTable table = read(text + "\n");
    ASSERT_TRUE(table.usable()) << text;
    std::map<std::pair<unsigned, unsigned>, double> found;
    for (const InputCoefficient& one : table.coefficients) {
      found[{one.product, one.input}] = one.value;
    }
    EXPECT_EQ(found, wanted) << text;
  }
}

}  // namespace
}  // namespace liantu
