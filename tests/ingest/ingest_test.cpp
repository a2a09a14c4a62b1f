#include "liantu/ingest/ingest.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <random>
#include <stop_token>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/folder.hpp"
#include "ingest/problem_lines.hpp"
#include "liantu/base/files/digest.hpp"
#include "liantu/base/values/credit_code.hpp"
#include "support/sketch.hpp"
#include "support/walk.hpp"
#include "support/workbook_file.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;
IngestResult ingest_files(const Files& files, const IngestOptions& options = {}) {
  const Folder folder(files);
  return ingest({folder.path()}, options);
}

// English message of the error in which reading ends, behind its code.
std::string failure_of(const std::vector<fs::path>& paths, const IngestOptions& options = {}) {
  const auto error = error_of([&] { std::ignore = ingest(paths, options); });
  if (!error) return "no error";
  const std::map<ErrorCode, std::string> codes = {{ErrorCode::InvalidData, "InvalidData: "},
                                                  {ErrorCode::InvalidArgument, "InvalidArgument: "},
                                                  {ErrorCode::Io, "Io: "},
                                                  {ErrorCode::LimitReached, "LimitReached: "},
                                                  {ErrorCode::Cancelled, "Cancelled: "}};
  return codes.at(error->code()) + error->what();
}

std::string failure_of(const Files& files, const IngestOptions& options = {}) {
  const Folder folder(files);
  return failure_of(std::vector<fs::path>{folder.path()}, options);
}

IngestOptions mapped(std::string_view json) {
  IngestOptions options;
  options.mapping = parse_mapping(json, "m.json");
  return options;
}

// A code that passes the check, of a firm that cannot exist.
std::string code_of(const std::string& region, int serial) {
  std::string code = "Y1" + region + "0LT" + std::to_string(100000 + serial);
  code += *credit_code_check_digit(code);
  return code;
}

// `甲 → 乙` of every instance, by tail, then head, with confidence when it is not 1.
Lines edges_of(const EnterpriseGraph& graph, RelationKind kind) {
  Lines lines;
  const Relation relation = graph.relation(kind);
  for (std::uint64_t e = 0; e < relation.size(); ++e) {
    const EdgeId edge{e};
    std::string line = std::string(graph.name(relation.source(edge))) + " → " +
                       std::string(graph.name(relation.target(edge)));
    if (const float confidence = relation.provenance(edge).confidence; confidence != 1) {
      line += " " + std::to_string(std::lround(confidence * 255));
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

Lines names_of(const EnterpriseGraph& graph, EntityKind kind) {
  Lines names;
  for (std::uint32_t i = 0; i < graph.size(kind); ++i) {
    names.emplace_back(graph.name(graph.entity(kind, i)));
  }
  return names;
}

// `firms.csv firm 3 rows, 2 used, 1 left out`.
Lines summaries_of(const IngestResult& result) {
  Lines lines;
  for (const TableSummary& table : result.tables) {
    lines.push_back(table.file + " " + table.meaning + " " + std::to_string(table.rows) +
                    " rows, " + std::to_string(table.used) + " used, " +
                    std::to_string(table.left_out) + " left out");
  }
  return lines;
}

Lines notes_left_out(const IngestResult& result) {
  Lines lines;
  for (const Problem& problem : result.problems) {
    if (problem.severity != Severity::Note) lines.push_back(line_of(problem));
  }
  return lines;
}

std::optional<double> number_of(const EnterpriseGraph& graph, std::string_view firm,
                                EntityNumber which) {
  const auto figure = graph.number(graph.entity(test::firm(graph, firm)), which);
  return figure ? std::optional(figure->value) : std::nullopt;
}

// ---- whole tables ----

TEST(Ingest, MakesTheGraphThatTheTablesDescribe) {
  const std::string jia = code_of("500104", 1);
  const Files files = {
      {"企业.csv",
       "企业名称,统一社会信用代码,地址,成立日期,注册资本（万元）,从业人数,标签,龙头,经营范围\n"
       "示例甲有限公司," +
           jia +
           ",重庆市大渡口区示例路1号,2006-05-17,1200,35,高企；上市,是,\n"
           "示例乙橡胶厂,,,2010,,,,,生产、销售：密封件（不含发动机）\n"},
      {"环节.csv", "环节,上级,类型,别名\n电机,,产品,马达\n密封件,橡胶件,产品,\n橡胶件,,产品,\n"},
      {"主营.csv", "企业,环节,产值（万元）,营收占比\n示例甲有限公司,马达,300,80%\n"},
      {"需要.csv", "产品,投入品,投入系数,可替代性,依据,置信度\n电机,密封件,0.05,0.4,估算,0.8\n"},
      {"供货.csv",
       "供应商,客户,环节,金额（万元）,数据日期\n"
       "示例乙橡胶厂," +
           jia + ",密封件,12.5,2023\n"},
      {"人员.csv", "姓名\n示例人甲\n"},
      {"任职.csv", "姓名,企业,职务,起始日期\n示例人甲,示例甲有限责任公司,董事长,2009-03-18\n"},
      {"持股.csv",
       "股东,被投企业,持股比例（%）\n示例甲有限公司,示例乙橡胶厂,60\n"
       "示例人甲,示例甲有限公司,51\n"},
      {"组织.csv", "名称,类型,地区代码\n示例商会,商会,500104\n"},
      {"加入.csv", "成员,组织\n示例甲有限公司,示例商会\n示例人甲,示例商会\n"},
      {"负责.csv", "组织,地区代码\n示例商会,四川省\n"},
      {"地块.csv", "地块,地区代码,面积（亩）\n示例A地块,500104,42.5\n"},
      {"落户.csv", "企业,地块\n示例甲有限公司,示例A地块\n"},
      {"合作.csv", "企业甲,企业乙,合作类型\n示例甲有限公司,示例乙橡胶厂,联合研发\n"},
      {"经销.csv", "企业,环节,营收占比\n示例甲有限公司,橡胶件,0.1\n"},
  };
  const IngestResult result = ingest_files(files);
  EXPECT_EQ(lines_of(result.problems), Lines{});

  // The order of sources is that of the first row read from each: entities by kind, then relations.
  const EnterpriseGraph expected = test::sketch(
      "示例甲有限公司{region=500104,founded=2006-05-17,capital=1.2e7,staff=35,tags=高企;上市,"
      "anchor,"
      "address=重庆市大渡口区示例路1号,code=" +
      jia +
      ",source=企业.csv,row=2}\n"
      "示例乙橡胶厂{founded=2010,scope=生产、销售：密封件（不含发动机）,source=企业.csv,row=3}\n"
      "seg:电机{type=product,aliases=马达,source=环节.csv,row=2}\n"
      "seg:密封件{type=product,source=环节.csv,row=3}\n"
      "seg:橡胶件{type=product,source=环节.csv,row=4}\n"
      "@示例人甲{source=人员.csv,row=2}\n"
      "org:示例商会{type=商会,region=500104,source=组织.csv,row=2}\n"
      "site:示例A地块{region=500104,land=42.5,source=地块.csv,row=2}\n"
      "密封件 -part_of{source=环节.csv,row=3}-> 橡胶件\n"
      "示例乙橡胶厂 -supplies{segment=密封件,amount=125000,as_of=2023,source=供货.csv,row=2}-> "
      "示例甲有限公司\n"
      "示例甲有限公司 -makes{output=3e6,share=0.8,source=主营.csv,row=2}-> 电机\n"
      "示例甲有限公司 -trades{share=0.1,source=经销.csv,row=2}-> 橡胶件\n"
      "电机 -requires{coef=0.05,sub=0.4,basis=estimated,conf=0.8,source=需要.csv,row=2}-> 密封件\n"
      "示例甲有限公司 -owns{share=0.6,source=持股.csv,row=2}-> 示例乙橡胶厂\n"
      "@示例人甲 -owns{share=0.51,source=持股.csv,row=3}-> 示例甲有限公司\n"
      "@示例人甲 -serves{role=董事长,since=2009-03-18,source=任职.csv,row=2}-> 示例甲有限公司\n"
      "示例甲有限公司 -member_of{source=加入.csv,row=2}-> org:示例商会\n"
      "@示例人甲 -member_of{source=加入.csv,row=3}-> org:示例商会\n"
      "示例甲有限公司 -cooperates{detail=联合研发,source=合作.csv,row=2}-> 示例乙橡胶厂\n"
      "示例甲有限公司 -stands_on{source=落户.csv,row=2}-> site:示例A地块\n"
      "org:示例商会 -covers-> 510000\n"
      "示例乙橡胶厂 -makes{detail=密封件,basis=inferred,conf=0.9,source=企业.csv,row=3}-> "
      "密封件\n");
  EXPECT_EQ(test::walk(result.graph), test::walk(expected));
  EXPECT_EQ(result.scopes_tagged, 1U);
  EXPECT_EQ(result.scope_makes, 1U);
  EXPECT_EQ(result.scope_trades, 0U);
  EXPECT_EQ(result.firms_merged, 0U);
}

TEST(Ingest, ReadsEnglishHeadingsAndOtherFormats) {
  const IngestResult result = ingest_files(
      {{"firms.tsv",
        "name\tCredit Code\tRegistered_Capital (CNY)\tregion\n"
        "Example A Co., Ltd.\t" +
            code_of("500104", 1) + "\t5000\t500104\n"},
       {"makes.json", R"([{"firm": "EXAMPLE A CO.,LTD.", "segment": "motor", "amount": 7}])"},
       {"requires.jsonl", "{\"product\": \"motor\", \"input\": \"seal\"}\n"}});
  EXPECT_EQ(lines_of(result.problems), Lines{});
  EXPECT_EQ(number_of(result.graph, "Example A Co., Ltd.", EntityNumber::RegisteredCapital), 5000);
  EXPECT_EQ(edges_of(result.graph, RelationKind::Makes), (Lines{"Example A Co., Ltd. → motor"}));
  EXPECT_EQ(edges_of(result.graph, RelationKind::Requires), (Lines{"motor → seal"}));
}

TEST(Ingest, HeaderWithoutRowsIsFine) {
  const IngestResult result = ingest_files({{"企业.csv", "企业名称\n"}});
  EXPECT_EQ(result.graph.size(), 0U);
  EXPECT_EQ(lines_of(result.problems), Lines{});
  EXPECT_EQ(summaries_of(result), (Lines{"企业.csv firm 0 rows, 0 used, 0 left out"}));
}

TEST(Ingest, TakesFilesOfFoldersByNameAndPassesOverWhatIsNoTable) {
  const IngestResult result = ingest_files({{"b/企业.csv", "企业名称\n示例乙厂\n"},
                                            {"a/企业.csv", "企业名称\n示例甲厂\n"},
                                            {"README.md", "# tables"},
                                            {".hidden.csv", "x"},
                                            {".git/企业.csv", "x"}});
  EXPECT_EQ(names_of(result.graph, EntityKind::Firm), (Lines{"示例甲厂", "示例乙厂"}));
  EXPECT_EQ(summaries_of(result), (Lines{"a/企业.csv firm 1 rows, 1 used, 0 left out",
                                         "b/企业.csv firm 1 rows, 1 used, 0 left out"}));
}

TEST(Ingest, LinksThatLeadNowhereArePassedOver) {
  const Folder folder(Files{{"企业.csv", "企业名称\n示例甲厂\n"}});
  fs::create_symlink("环节.csv", folder.path() / "环节.csv");
  fs::create_symlink("absent.csv", folder.path() / "主营.csv");
  const IngestResult result = ingest({folder.path()});
  EXPECT_EQ(summaries_of(result), (Lines{"企业.csv firm 1 rows, 1 used, 0 left out"}));
}

TEST(Ingest, CountsRowsUsedAndLeftOut) {
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称,注册资本\n示例甲厂,1\n,2\n示例乙厂,abc\n示例丙厂,4,5\n"},
                    {"供货.csv", "供应商,客户\n示例甲厂,示例乙厂\n示例甲厂,示例丁厂\n"}});
  EXPECT_EQ(summaries_of(result), (Lines{"企业.csv firm 4 rows, 2 used, 2 left out",
                                         "供货.csv supplies 2 rows, 1 used, 1 left out"}));
}

TEST(Ingest, WarningOfATableLeavesNoRowOut) {
  // A quoted field that runs over lines like rows is suspicious, and its row stands.
  std::string scope = "x";
  for (int i = 0; i < 40; ++i) scope += "\n示例厂" + std::to_string(i) + ",1,2";
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称,经营范围,状态\n示例甲厂,\"" + scope + "\",存续\n"}});
  EXPECT_EQ(summaries_of(result), (Lines{"企业.csv firm 1 rows, 1 used, 0 left out"}));
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(result.problems[0].kind, "rows-in-field");
  EXPECT_EQ(result.problems[0].severity, Severity::Warning);
}

TEST(Ingest, DigestsAreThoseOfTheBytes) {
  const std::string firms = "\xEF\xBB\xBF企业名称\n示例甲厂\n";
  const std::string makes = "企业,环节\n示例甲厂,电机\n";
  const IngestResult result = ingest_files({{"企业.csv", firms}, {"主营.csv", makes}});
  const std::vector<std::pair<std::string, std::string>> expected = {{"主营.csv", digest(makes)},
                                                                     {"企业.csv", digest(firms)}};
  EXPECT_EQ(result.digests, expected);
}

TEST(Ingest, FolderDoesNotMatter) {
  const Files files = {{"企业.csv", "企业名称,注册资本\n示例甲厂,x\n示例乙厂,2\n"},
                       {"供货.csv", "供应商,客户\n示例甲厂,示例乙厂\n示例甲厂,示例丙厂\n"}};
  const Folder one(files, "短");
  const Folder other(files, "a much longer name/of a folder");
  const IngestResult first = ingest({one.path()});
  for (const std::vector<fs::path>& paths :
       {std::vector<fs::path>{other.path()}, std::vector<fs::path>{other.path() / ""},
        std::vector<fs::path>{other.path() / "." / "../of a folder"},
        std::vector<fs::path>{other.path() / "企业.csv", other.path() / "供货.csv"}}) {
    const IngestResult second = ingest(paths);
    EXPECT_EQ(test::walk(first.graph), test::walk(second.graph));
    EXPECT_EQ(first.problems, second.problems);
    EXPECT_EQ(first.digests, second.digests);
    EXPECT_EQ(summaries_of(first), summaries_of(second));
  }
}

TEST(Ingest, ProblemsStandByFileRowAndColumn) {
  const IngestResult result = ingest_files(
      {{"供货.csv", "供应商,客户,金额\n甲,乙,1\n丙,丁,x\n"},
       {"企业.csv", "企业名称,注册资本,统一社会信用代码\n示例甲厂,x,1\n,,\n示例乙厂,y,2\n"},
       {"人员.csv", "姓名\n示例人甲\n示例人甲\n"}});
  EXPECT_EQ(
      lines_of(result.problems),
      (Lines{"Error 人员.csv:3:1 duplicate 姓名=示例人甲", "Warning 企业.csv:2:6 money 注册资本=x",
             "Warning 企业.csv:2:8 credit-code 统一社会信用代码=1",
             "Warning 企业.csv:4:6 money 注册资本=y",
             "Warning 企业.csv:4:8 credit-code 统一社会信用代码=2",
             "Error 供货.csv:2:1 unknown-firm 供应商=甲", "Error 供货.csv:2:3 unknown-firm 客户=乙",
             "Error 供货.csv:3:3 unknown-firm 客户=丁", "Warning 供货.csv:3:5 money 金额=x"}));
}

// ---- values ----

TEST(Ingest, FaultyValuesOfAFirmAreDroppedAndSaid) {
  const IngestResult result = ingest_files(
      {{"企业.csv",
        "企业名称,统一社会信用代码,地区代码,成立日期,注册资本（万元）,从业人数,龙头,置信度,依据\n"
        "示例甲厂,123,999999,去年,很多,几个,也许,1.5,听说\n"
        "示例乙厂,Y15001040LT00001OJ,,2006-13-01,100万美元,-3,是,0.5,估算\n"
        "示例丙厂,Y15001040LT000018K,500104,2006,5,12,否,50%,明示\n"}});
  EXPECT_EQ(
      lines_of(result.problems),
      (Lines{"Warning 企业.csv:2:6 credit-code 统一社会信用代码=123",
             "Warning 企业.csv:2:10 region 地区代码=999999",
             "Warning 企业.csv:2:17 date 成立日期=去年",
             "Warning 企业.csv:2:20 money 注册资本（万元）=很多",
             "Warning 企业.csv:2:23 number 从业人数=几个", "Warning 企业.csv:2:26 flag 龙头=也许",
             "Warning 企业.csv:2:29 share 置信度=1.5", "Warning 企业.csv:2:33 basis 依据=听说",
             "Warning 企业.csv:3:6 credit-code 统一社会信用代码=Y15001040LT00001OJ",
             "Warning 企业.csv:3:26 date 成立日期=2006-13-01",
             "Warning 企业.csv:3:37 currency 注册资本（万元）=100万美元",
             "Warning 企业.csv:3:44 number 从业人数=-3",
             "Warning 企业.csv:4:6 credit-code 统一社会信用代码=Y15001040LT000018K"}));
  EXPECT_EQ(names_of(result.graph, EntityKind::Firm), (Lines{"示例甲厂", "示例乙厂", "示例丙厂"}));
  EXPECT_EQ(number_of(result.graph, "示例甲厂", EntityNumber::RegisteredCapital), std::nullopt);
  EXPECT_EQ(number_of(result.graph, "示例丙厂", EntityNumber::RegisteredCapital), 5e4);
  EXPECT_TRUE(result.graph.anchor(test::firm(result.graph, "示例乙厂")));
  EXPECT_FALSE(result.graph.anchor(test::firm(result.graph, "示例丙厂")));
}

TEST(Ingest, PlacesOfFormerTimesAndInSeveralColumnsAreRead) {
  const IngestResult result = ingest_files({{"企业.csv",
                                             "企业名称,地区代码,省份,城市,区县,地址\n"
                                             "示例甲厂,,,,,安徽省巢湖市和县1号\n"
                                             "示例乙厂,310230,,,,\n"
                                             "示例丙厂,江北区,浙江省,,,\n"
                                             "示例丁厂,,安徽省,巢湖市,庐江县,\n"
                                             "示例戊厂,,,,,江苏省吴县市1号\n"
                                             "宁波示例有限公司重庆大渡口分公司,,,,,\n"
                                             "示例\u200B甲厂,,,,,\n"}});
  const auto region = [&](std::string_view name) {
    return result.graph.region(result.graph.entity(test::firm(result.graph, name))).code.value();
  };
  EXPECT_EQ(region("示例甲厂"), 340523U);
  EXPECT_EQ(region("示例乙厂"), 310151U);
  EXPECT_EQ(region("示例丙厂"), 330205U);
  EXPECT_EQ(region("示例丁厂"), 340124U);
  EXPECT_EQ(region("示例戊厂"), 320500U);
  EXPECT_EQ(region("宁波示例有限公司重庆大渡口分公司"), 500104U);
  EXPECT_EQ(lines_of(result.problems), (Lines{"Note 企业.csv:6:1 divided-region 企业名称=示例戊厂",
                                              "Note 企业.csv:8:1 merged 企业名称=示例\u200B甲厂"}));
}

TEST(Ingest, CodeWithAnOddCheckDigitIsAKey) {
  const IngestResult result = ingest_files(
      {{"企业.csv", "企业名称,统一社会信用代码\n示例甲厂,91350203M0001ABC19\n示例乙厂,\n"},
       {"供货.csv", "供应商,客户\n91350203M0001ABC19,示例乙厂\n"}});
  EXPECT_EQ(lines_of(result.problems),
            (Lines{"Warning 企业.csv:2:6 credit-code 统一社会信用代码=91350203M0001ABC19"}));
  EXPECT_EQ(result.graph.relation(RelationKind::Supplies).size(), 1U);
}

TEST(Ingest, RelationsNameFirmsByAnyOfTheirCodes) {
  const std::string code = code_of("500104", 1);
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称,统一社会信用代码,注册号,组织机构代码\n示例甲厂," + code +
                                     ",500104000000005,12345678-8\n示例乙厂,,500104000000014,\n"},
                    {"供货.csv", "供应商,客户,金额\n500104000000005,示例乙厂,1\n" + code +
                                     ",示例乙厂,2\n示例甲厂,500104000000014,3\n"}});
  EXPECT_EQ(result.graph.relation(RelationKind::Supplies).size(), 1U) << "one pair of firms";
  EXPECT_EQ(names_of(result.graph, EntityKind::Firm), (Lines{"示例甲厂", "示例乙厂"}));
}

TEST(Ingest, PersonsNumberIsNowhereInWhatIsKeptOrSaid) {
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称,统一社会信用代码\n示例甲厂,362322198702301292\n"},
                    {"供货.csv", "供应商,客户\n362322198702301292,示例甲厂\n"}});
  EXPECT_EQ(lines_of(result.problems),
            (Lines{"Warning 企业.csv:2:6 identity-number 统一社会信用代码=362322************",
                   "Error 供货.csv:2:1 identity-number 供应商=362322************"}));
  EXPECT_FALSE(
      result.graph.region(result.graph.entity(test::firm(result.graph, "示例甲厂"))).code.known());
}

TEST(Ingest, FaultyValueOfARelationIsDroppedAndTheRowStands) {
  const IngestResult result = ingest_files(
      {{"企业.csv", "企业名称\n示例甲厂\n示例乙厂\n示例丙厂\n"},
       {"供货.csv",
        "供应商,客户,金额,采购占比,数据日期,置信度,依据\n"
        "示例甲厂,示例乙厂,多,0.1,2023,1,明示\n"
        "示例甲厂,示例乙厂,1美元,0.1,2023,1,明示\n"
        "示例甲厂,示例乙厂,1,1.1,2023,1,明示\n"
        "示例甲厂,示例乙厂,1,0.1,某年,1,明示\n"
        "示例甲厂,示例乙厂,1,0.1,2023,2,明示\n"
        "示例甲厂,示例乙厂,1,0.1,2023,1,猜\n"
        "示例甲厂,示例丙厂,1,0.1,2023,1,明示\n"},
       {"需要.csv",
        "产品,投入品,系数,可替代性\n电机,轴承,-1,0.5\n电机,轴承,0.3,5\n电机,轴承,0.3,0.5\n"}});
  EXPECT_EQ(
      lines_of(result.problems),
      (Lines{"Note 供货.csv:1:1 repeated-row =1", "Warning 供货.csv:2:11 money 金额=多",
             "Warning 供货.csv:3:11 currency 金额=1美元",
             "Note 供货.csv:4:11 purchases-of-years 金额=1",
             "Warning 供货.csv:4:13 share 采购占比=1.1", "Warning 供货.csv:5:17 date 数据日期=某年",
             "Warning 供货.csv:6:22 share 置信度=2", "Warning 供货.csv:7:24 basis 依据=猜",
             "Warning 需要.csv:2:7 negative-coefficient 系数=-1",
             "Warning 需要.csv:3:11 share 可替代性=5"}));
  EXPECT_EQ(summaries_of(result)[1], "供货.csv supplies 7 rows, 7 used, 0 left out");
  EXPECT_EQ(edges_of(result.graph, RelationKind::Supplies),
            (Lines{"示例甲厂 → 示例乙厂", "示例甲厂 → 示例乙厂", "示例甲厂 → 示例丙厂"}))
      << "one without a year";
  EXPECT_EQ(edges_of(result.graph, RelationKind::Requires), (Lines{"电机 → 轴承"}));
}

TEST(Ingest, FiguresNobodyCanReadLeaveTheRelation) {
  const IngestResult result = ingest_files(
      {{"企业.csv", "企业名称\n示例甲厂\n示例乙厂\n示例丙厂\n示例丁厂\n"},
       {"主营.csv",
        "企业,环节,产值（万元）,营收占比\n示例甲厂,电机,大约,0.5\n示例乙厂,电机,约3000,87\n"
        "示例丙厂,电机,#N/A,\n示例丁厂,电机,1e999,\n示例丁厂,轴承,1e308,\n"},
       {"需要.csv", "产品,投入品,投入系数\n电机,轴承,abc\n"},
       {"持股.csv", "股东,被投企业,持股比例\n示例甲厂,示例乙厂,51\n"}});
  EXPECT_EQ(edges_of(result.graph, RelationKind::Makes),
            (Lines{"示例甲厂 → 电机", "示例乙厂 → 电机", "示例丙厂 → 电机", "示例丁厂 → 电机",
                   "示例丁厂 → 轴承"}));
  EXPECT_EQ(edges_of(result.graph, RelationKind::Requires), (Lines{"电机 → 轴承"}));
  EXPECT_EQ(edges_of(result.graph, RelationKind::Owns), (Lines{"示例甲厂 → 示例乙厂"}));
  EXPECT_EQ(lines_of(result.problems), (Lines{"Warning 主营.csv:2:9 money 产值（万元）=大约",
                                              "Note 主营.csv:3:9 rough-value 产值（万元）=约3000",
                                              "Warning 主营.csv:3:15 share 营收占比=87",
                                              "Warning 主营.csv:4:9 money 产值（万元）=#N/A",
                                              "Warning 主营.csv:5:9 money 产值（万元）=1e999",
                                              "Warning 主营.csv:6:9 money 产值（万元）=1e308",
                                              "Warning 持股.csv:2:11 share 持股比例=51",
                                              "Warning 需要.csv:2:7 number 投入系数=abc"}));
}

TEST(Ingest, RowWithoutNameIsLeftOut) {
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称,状态\n示例甲厂,存续\n,存续\nN/A,存续\n"},
                    {"环节.csv", "环节,类型\n电机,产品\n-,产品\n"},
                    {"人员.csv", "姓名,编号\n,1\n"},
                    {"主营.csv", "企业,环节\n,电机\n示例甲厂,\n"}});
  EXPECT_EQ(
      lines_of(result.problems),
      (Lines{"Error 主营.csv:2:1 missing-name 企业=", "Error 主营.csv:3:6 missing-name 环节=",
             "Error 人员.csv:2:1 missing-name 姓名=", "Error 企业.csv:3:1 missing-name 企业名称=",
             "Error 企业.csv:4:1 missing-name 企业名称=N/A",
             "Error 环节.csv:3:1 missing-name 环节=-"}));
  EXPECT_EQ(result.graph.size(), 2U);
}

TEST(Ingest, CapitalIsReadInTheFormsThatRegistersHave) {
  const IngestResult result =
      ingest_files({{"企业.csv",
                     "企业名称,注册资本\n示例甲厂,73.7500(万人民币元)\n示例乙厂,3万元人民币\n"
                     "示例丙厂,163(万)\n示例丁厂,\"1,098(万)\"\n"}});
  EXPECT_EQ(lines_of(result.problems), Lines{});
  EXPECT_EQ(number_of(result.graph, "示例甲厂", EntityNumber::RegisteredCapital), 737500);
  EXPECT_EQ(number_of(result.graph, "示例乙厂", EntityNumber::RegisteredCapital), 30000);
  EXPECT_EQ(number_of(result.graph, "示例丙厂", EntityNumber::RegisteredCapital), 1630000);
  EXPECT_EQ(number_of(result.graph, "示例丁厂", EntityNumber::RegisteredCapital), 10980000);
}

TEST(Ingest, RegionConflictsAreSaid) {
  const IngestResult result =
      ingest_files({{"企业.csv",
                     "企业名称,统一社会信用代码,地址\n"
                     "示例甲厂," +
                         code_of("440305", 1) + ",重庆市大渡口区示例路1号\n"}});
  ASSERT_EQ(lines_of(result.problems),
            (Lines{"Note 企业.csv:2:1 region-conflict 企业名称=示例甲厂"}));
  EXPECT_EQ(result.problems[0].what,
            (Text{"the address says 重庆市大渡口区, the credit code says 广东省深圳市南山区",
                  "地址为重庆市大渡口区，信用代码为广东省深圳市南山区"}));
  EXPECT_EQ(result.graph.region(EntityId{0}), (RegionFigure{RegionCode(500104), Basis::Stated}));
}

// ---- who is who ----

TEST(Ingest, RowsOfOneFirmAreMerged) {
  const std::string jia = code_of("500104", 1);
  const IngestResult result =
      ingest_files({{"企业.csv",
                     "企业名称,统一社会信用代码,注册资本,从业人数,成立日期,状态,龙头\n"
                     "示例甲有限公司,,5000,很多,,存续,\n"
                     "示例甲有限责任公司," +
                         jia +
                         ",7000,12,2006,注销,是\n"
                         "示例新甲有限公司," +
                         jia +
                         ",x,13,2007,,\n"
                         "示例甲有限公司,,,,,,\n"}});
  EXPECT_EQ(lines_of(result.problems),
            (Lines{"Warning 企业.csv:2:15 number 从业人数=很多",
                   "Note 企业.csv:3:1 merged 企业名称=示例甲有限责任公司",
                   "Note 企业.csv:3:30 contradiction 注册资本=7000",
                   "Note 企业.csv:3:43 contradiction 状态=注销",
                   "Note 企业.csv:4:1 merged 企业名称=示例新甲有限公司",
                   "Warning 企业.csv:4:29 money 注册资本=x",
                   "Note 企业.csv:4:31 contradiction 从业人数=13",
                   "Note 企业.csv:4:34 contradiction 成立日期=2007",
                   "Note 企业.csv:5:1 merged 企业名称=示例甲有限公司"}));
  EXPECT_EQ(result.problems[1].what,
            (Text{"the firm already stands in 企业.csv row 2", "该企业已见于 企业.csv 第 2 行"}));
  EXPECT_EQ(result.problems[2].what,
            (Text{"企业.csv row 2 says 5000", "企业.csv 第 2 行写的是 5000"}));
  EXPECT_EQ(result.problems[2].remedy,
            (Text{"5000 is kept; mend whichever is wrong", "以 5000 为准；如有误请更正"}));
  EXPECT_EQ(result.problems[4].what,
            (Text{"the same credit code stands in 企业.csv row 2 under another name",
                  "同一信用代码在 企业.csv 第 2 行 以另一名称出现"}));
  EXPECT_EQ(result.firms_merged, 3U);
  ASSERT_EQ(names_of(result.graph, EntityKind::Firm), (Lines{"示例甲有限公司"}));
  const EntityId firm{0};
  EXPECT_EQ(result.graph.text(firm, EntityText::Code), jia);
  EXPECT_EQ(result.graph.text(firm, EntityText::Status), "存续") << "the first value stands";
  EXPECT_EQ(number_of(result.graph, "示例甲有限公司", EntityNumber::RegisteredCapital), 5000);
  EXPECT_EQ(number_of(result.graph, "示例甲有限公司", EntityNumber::Staff), 12)
      << "a faulty value leaves room for a good one";
  EXPECT_EQ(result.graph.founded(firm), (Date{2006, 0, 0}));
  EXPECT_TRUE(result.graph.anchor(FirmId{0}));
  EXPECT_EQ(summaries_of(result), (Lines{"企业.csv firm 4 rows, 4 used, 0 left out"}));
}

/// A table of `count` firms with ids, and rows behind them.
Files with_ids(std::size_t count, const std::string& more) {
  std::string text = "id,企业名称,简称,统一社会信用代码\n";
  for (std::size_t i = 0; i < count; ++i) {
    text += fmt::format("6{:05},示例第{}号有限公司,,\n", i, i);
  }
  return {{"名录.csv", text + more}};
}

IngestOptions by_id() {
  return mapped(R"({"tables": [{"file": "名录.csv", "as": "firm",
      "columns": {"id": "key", "企业名称": "name", "简称": "aliases", "统一社会信用代码": "credit_code"}}]})");
}

TEST(Ingest, AnIdUnderTwoNamesIsARenamedFirm) {
  const Folder folder(with_ids(40, "600001,示例新一有限公司,示例新一,\n"));
  const IngestResult result = ingest({folder.path()}, by_id());
  EXPECT_EQ(lines_of(result.problems),
            (Lines{"Note 名录.csv:42:8 renamed 企业名称=示例新一有限公司"}));
  EXPECT_EQ(result.problems[0].what, (Text{"its id stands in 名录.csv row 3 under another name",
                                           "其编号在 名录.csv 第 3 行 以另一名称出现"}));
  EXPECT_EQ(names_of(result.graph, EntityKind::Firm).size(), 40U);
  EXPECT_EQ(result.firms_merged, 1U);
  EXPECT_EQ(result.graph.text(EntityId{1}, EntityText::Aliases), "示例新一有限公司;示例新一");
}

TEST(Ingest, TwoCreditCodesAreTwoFirmsWhateverTheirId) {
  const Folder folder(with_ids(40, "600100,示例甲有限公司,," + code_of("500104", 1) +
                                       "\n600100,示例乙有限公司,," + code_of("500104", 2) + "\n"));
  const IngestResult result = ingest({folder.path()}, by_id());
  EXPECT_EQ(lines_of(result.problems), Lines{});
  EXPECT_EQ(names_of(result.graph, EntityKind::Firm).size(), 42U);
}

TEST(Ingest, WhereManyIdsStandUnderSeveralNamesTheyTellNobodyApart) {
  const Folder folder(with_ids(20, "600001,示例新一有限公司,,\n"));
  const IngestResult result = ingest({folder.path()}, by_id());
  EXPECT_EQ(names_of(result.graph, EntityKind::Firm).size(), 21U);
}

TEST(Ingest, MergedRowDoesNotMakeARegionSofter) {
  const std::string jia = code_of("500104", 1);
  const IngestResult result =
      ingest_files({{"a/企业.csv", "企业名称,地区代码\n示例甲厂,500104\n示例乙厂,500000\n"},
                    {"b/企业.csv", "企业名称,统一社会信用代码\n示例甲厂," + jia + "\n示例乙厂," +
                                       code_of("500104", 2) + "\n"}});
  EXPECT_EQ(result.graph.region(EntityId{0}), (RegionFigure{RegionCode(500104), Basis::Stated}));
  EXPECT_EQ(result.graph.region(EntityId{1}), (RegionFigure{RegionCode(500104), Basis::Inferred}))
      << "a finer one replaces a wider one";
}

TEST(Ingest, FirmsOfOneNameWithDifferentCodesStayTwo) {
  const std::string one = code_of("500104", 1);
  const std::string two = code_of("440305", 2);
  const Files firms = {{"企业.csv", "企业名称,统一社会信用代码\n示例甲厂," + one + "\n示例甲厂," +
                                        two + "\n示例乙厂,\n示例甲厂,\n"}};
  Files files = firms;
  files.emplace_back(
      "供货.csv", "供应商,客户\n示例甲厂,示例乙厂\n" + one + ",示例乙厂\n示例乙厂," + two + "\n");
  const IngestResult result = ingest_files(files);
  EXPECT_EQ(lines_of(result.problems), (Lines{"Note 企业.csv:3:1 same-name 企业名称=示例甲厂",
                                              "Error 企业.csv:5:1 ambiguous-firm 企业名称=示例甲厂",
                                              "Error 供货.csv:2:1 ambiguous 供应商=示例甲厂"}));
  EXPECT_EQ(result.problems[1].remedy, (Text{"add the credit code", "请补上信用代码"}));
  EXPECT_EQ(result.problems[2].remedy,
            (Text{"write the credit code or the id instead of the name", "请改填信用代码或编号"}));
  EXPECT_EQ(names_of(result.graph, EntityKind::Firm), (Lines{"示例甲厂", "示例甲厂", "示例乙厂"}));
  EXPECT_EQ(edges_of(result.graph, RelationKind::Supplies),
            (Lines{"示例甲厂 → 示例乙厂", "示例乙厂 → 示例甲厂"}));
  EXPECT_EQ(result.graph.relation(RelationKind::Supplies).target(EdgeId{1}), EntityId{1})
      << "the one whose code was written";
}

TEST(Ingest, ASupplierThatNoTableKnowsIsAFirmUnlessThatIsRefused) {
  const Files files = {{"企业.csv", "企业名称\n示例甲厂\n"},
                       {"供货.csv",
                        "供应商,客户,产品,金额\n宁波示例乙有限公司,示例甲厂,铜,100万\n"
                        "示例丙有限公司,示例甲厂,,100万\n"}};
  const IngestResult made = ingest_files(files);
  EXPECT_EQ(lines_of(made.problems),
            (Lines{"Note 供货.csv:2:1 new-supplier 供应商=宁波示例乙有限公司",
                   "Note 供货.csv:3:1 new-supplier 供应商=示例丙有限公司",
                   "Warning 供货.csv:3:14 purchase-of-what 产品="}));
  EXPECT_EQ(names_of(made.graph, EntityKind::Firm),
            (Lines{"示例甲厂", "宁波示例乙有限公司", "示例丙有限公司"}));
  EXPECT_EQ(made.graph.region(EntityId{1}).code, RegionCode(330200));
  EXPECT_EQ(made.graph.region(EntityId{1}).basis, Basis::Inferred);
  EXPECT_FALSE(made.graph.region(EntityId{2}).code.known());
  IngestOptions options;
  options.unknown_suppliers = UnknownSuppliers::AreReported;
  const IngestResult refused = ingest_files(files, options);
  EXPECT_EQ(lines_of(refused.problems),
            (Lines{"Error 供货.csv:2:1 unknown-firm 供应商=宁波示例乙有限公司",
                   "Error 供货.csv:3:1 unknown-firm 供应商=示例丙有限公司"}));
  EXPECT_EQ(names_of(refused.graph, EntityKind::Firm), (Lines{"示例甲厂"}));
}

TEST(Ingest, UnknownFirmIsSaidWithTheOneThatMayBeMeant) {
  const IngestResult result = ingest_files(
      {{"企业.csv", "企业名称\n示例甲科技有限公司\n示例乙厂\n"},
       {"供货.csv", "供应商,客户\n示例甲科技股份有限公司,示例乙厂\n示例乙厂,示例丙厂\n"}});
  ASSERT_EQ(lines_of(result.problems),
            (Lines{"Error 供货.csv:2:1 unknown-firm 供应商=示例甲科技股份有限公司",
                   "Error 供货.csv:3:6 unknown-firm 客户=示例丙厂"}));
  EXPECT_EQ(
      result.problems[0].remedy,
      (Text{"add it to the table of firms or mend the name; do you mean 示例甲科技有限公司 in "
            "企业.csv row 2? `build --confirm FILE` asks it",
            "请补入企业表或更正名称；是否指 企业.csv 第 2 行 的 示例甲科技有限公司？可用 build "
            "--confirm 文件 逐条确认"}));
  EXPECT_EQ(result.problems[1].remedy,
            (Text{"add it to the table of firms or mend the name", "请补入企业表或更正名称"}));
  EXPECT_EQ(edges_of(result.graph, RelationKind::Supplies), Lines{});
}

TEST(Ingest, NamesThatDifferInTheirFormOnlyAreSaidAndNotMerged) {
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称\n示例甲科技有限公司\n示例甲科技股份有限公司\n"}});
  EXPECT_EQ(lines_of(result.problems),
            (Lines{"Note 企业.csv:3:1 perhaps-same 企业名称=示例甲科技股份有限公司"}));
  EXPECT_EQ(result.graph.size(EntityKind::Firm), 2U);
  EXPECT_EQ(result.firms_merged, 0U);
}

TEST(Ingest, FirmIsFoundByCodeNameAliasAndKey) {
  const std::string jia = code_of("500104", 1);
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称,统一社会信用代码,别名,编号\n示例甲（重庆）有限公司," +
                                     jia + ",示甲；甲公司,K7\n"},
                    {"主营.csv", "企业,环节\n" + jia +
                                     ",一\n示例甲(重庆) 有限责任公司,二\n甲公司,三\nK7,四\n"}});
  EXPECT_EQ(lines_of(result.problems), Lines{});
  EXPECT_EQ(edges_of(result.graph, RelationKind::Makes),
            (Lines{"示例甲（重庆）有限公司 → 一", "示例甲（重庆）有限公司 → 二",
                   "示例甲（重庆）有限公司 → 三", "示例甲（重庆）有限公司 → 四"}));
}

TEST(Ingest, ATableMayNameFirmsByTheirIdsInTheSourceAndANumberIsNoName) {
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称,编号\n示例甲厂,600001\n"},
                    {"企业2.csv", "企业名称,注册资本（元）\n600001,500\n600002,700\n"},
                    {"供货.csv", "供应商,采购商,金额（元）\n600003,示例甲厂,5\n"}});
  EXPECT_EQ(result.graph.size(EntityKind::Firm), 1U);
  EXPECT_EQ(
      result.graph.number(result.graph.entity(FirmId{0}), EntityNumber::RegisteredCapital)->value,
      500);
  EXPECT_TRUE(result.graph.list(result.graph.entity(FirmId{0}), EntityText::Aliases).empty());
  std::vector<std::string> kinds;
  for (const Problem& one : result.problems) kinds.push_back(one.kind);
  EXPECT_EQ(kinds, (std::vector<std::string>{"merged", "unknown-id", "unknown-firm"}));
}

TEST(Ingest, PersonsOfOneNameAreToldApartByTheirIds) {
  const IngestResult result = ingest_files(
      {{"企业.csv", "企业名称\n示例甲厂\n"},
       {"人员.csv", "姓名,编号\n示例人甲,p1\n示例人甲,p2\n"},
       {"任职.csv", "姓名,企业\n示例人甲,示例甲厂\np2,示例甲厂\n示例人乙,示例甲厂\n"}});
  EXPECT_EQ(lines_of(result.problems), (Lines{"Error 任职.csv:2:1 ambiguous 姓名=示例人甲",
                                              "Error 任职.csv:4:1 unknown-person 姓名=示例人乙"}));
  EXPECT_EQ(result.graph.relation(RelationKind::Serves).size(), 1U);
  EXPECT_EQ(result.graph.local(result.graph.relation(RelationKind::Serves).source(EdgeId{0})), 1U);
}

TEST(Ingest, CoversNeedsAnOrganizationAndARegion) {
  const IngestResult result =
      ingest_files({{"组织.csv", "名称,编号\n示例甲办,o1\n示例乙办,o2\n示例乙办,o3\n"},
                    {"负责.csv",
                     "组织,地区代码\n示例甲办,500104\n示例甲办,\n示例甲办,999999\n"
                     "示例丙办,500104\n示例乙办,500104\no3,510000\n"}});
  EXPECT_EQ(lines_of(result.problems),
            (Lines{"Error 负责.csv:3:6 missing-region 地区代码=",
                   "Error 负责.csv:4:6 region 地区代码=999999",
                   "Error 负责.csv:5:1 unknown-organization 组织=示例丙办",
                   "Error 负责.csv:6:1 ambiguous 组织=示例乙办"}));
  EXPECT_EQ(summaries_of(result)[0], "组织.csv organization 3 rows, 3 used, 0 left out");
  EXPECT_EQ(summaries_of(result)[1], "负责.csv covers 6 rows, 2 used, 4 left out");
  const auto covered = [&](std::uint32_t id) {
    Lines codes;
    for (const RegionCode region : result.graph.covered_regions(OrganizationId{id})) {
      codes.push_back(region.to_string());
    }
    return codes;
  };
  EXPECT_EQ(covered(0), (Lines{"500104"}));
  EXPECT_EQ(covered(1), Lines{});
  EXPECT_EQ(covered(2), (Lines{"510000"}));
}

// ---- segments ----

TEST(Ingest, SegmentStandsOnce) {
  const IngestResult result =
      ingest_files({{"环节.csv", "环节,类型\n电机,产品\n电机,服务\n ＡＢＳ,\nABS,\n"}});
  EXPECT_EQ(lines_of(result.problems), (Lines{"Error 环节.csv:3:1 duplicate 环节=电机",
                                              "Error 环节.csv:5:1 duplicate 环节=ABS"}));
  EXPECT_EQ(names_of(result.graph, EntityKind::Segment), (Lines{"电机", "ABS"}));
  EXPECT_EQ(result.graph.text(EntityId{0}, EntityText::Type), "product");
}

TEST(Ingest, SeveralTablesOfSegmentsAddUp) {
  const IngestResult result = ingest_files(
      {{"环节.csv", "环节,类型,代码,别名\n电机,产品,,马达\n"},
       {"外地/环节.csv", "环节,类型,代码,上级,别名\n电机,服务,38,电气,电动机\n电气,产业链,,,\n"}});
  EXPECT_EQ(lines_of(result.problems), (Lines{"Note 环节.csv:2:4 contradiction 类型=产品"}));
  EXPECT_EQ(names_of(result.graph, EntityKind::Segment), (Lines{"电机", "电气"}));
  EXPECT_EQ(result.graph.text(EntityId{0}, EntityText::Type), "service");
  EXPECT_EQ(result.graph.text(EntityId{0}, EntityText::Code), "38");
  EXPECT_EQ(result.graph.text(EntityId{0}, EntityText::Aliases), "电动机;马达");
  EXPECT_EQ(edges_of(result.graph, RelationKind::PartOf), (Lines{"电机 → 电气"}));
}

TEST(Ingest, SeveralTablesOfOrganizationsAddUp) {
  const IngestResult result = ingest_files({{"企业.csv", "企业名称\n甲\n"},
                                            {"组织.csv", "组织,类型\n示例商会,商会\n"},
                                            {"外地/组织.csv", "组织,地区\n示例商会,500104\n"}});
  EXPECT_EQ(lines_of(result.problems), Lines{});
  EXPECT_EQ(names_of(result.graph, EntityKind::Organization), (Lines{"示例商会"}));
}

TEST(Ingest, WordsOfARelationThatAreGivenUpAreNoted) {
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称\n甲\n"},
                    {"人员.csv", "姓名\n示例人\n"},
                    {"任职.csv", "姓名,企业,职务\n示例人,甲,董事\n示例人,甲,经理\n"}});
  EXPECT_EQ(lines_of(result.problems), (Lines{"Note 任职.csv:3:7 contradiction 职务=经理"}));
}

TEST(Ingest, RowsToldTwiceAreCountedOnceAndNoted) {
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称\n甲\n乙\n"},
                    {"供货.csv", "供应商,客户,金额\n甲,乙,5\n甲,乙,5\n甲,乙,7\n甲,乙,5\n"}});
  EXPECT_EQ(lines_of(result.problems), (Lines{"Note 供货.csv:1:1 repeated-row =2"}));
  EXPECT_EQ(result.graph.relation(RelationKind::Supplies).number(EdgeId{0}, EdgeNumber::Amount),
            12.0);
}

TEST(Ingest, ValuesOfAnEarlierYearAreGivenUpWithOneNote) {
  const IngestResult result = ingest_files(
      {{"企业.csv", "企业名称,营业收入,年份\n甲,5,2022\n甲,7,2023\n乙,1,2023\n乙,2,2021\n"}});
  Lines lines;
  for (const std::string& line : lines_of(result.problems)) {
    if (line.find("merged") == std::string::npos) lines.push_back(line);
  }
  EXPECT_EQ(lines, (Lines{"Note 企业.csv:1:1 other-year 营业收入=2"}));
  EXPECT_EQ(number_of(result.graph, "甲", EntityNumber::Revenue), 7.0);
  EXPECT_EQ(number_of(result.graph, "乙", EntityNumber::Revenue), 1.0);
}

TEST(Ingest, ANegativeAmountIsRefusedAndSaid) {
  const IngestResult result = ingest_files(
      {{"企业.csv",
        "企业名称,营业收入(万元)\n甲,(500)\n乙,（36.5）\n丙,\"(1,098)\"\n丁,163(万)\n戊,-3\n"}});
  EXPECT_EQ(lines_of(result.problems), (Lines{"Warning 企业.csv:2:3 money 营业收入(万元)=(500)",
                                              "Warning 企业.csv:3:3 money 营业收入(万元)=（36.5）",
                                              "Warning 企业.csv:4:3 money 营业收入(万元)=(1,098)",
                                              "Warning 企业.csv:6:3 money 营业收入(万元)=-3"}));
  EXPECT_EQ(result.problems[0].what.en,
            "the amount is negative (brackets around a number are a minus sign)");
  EXPECT_EQ(number_of(result.graph, "甲", EntityNumber::Revenue), std::nullopt);
  EXPECT_EQ(number_of(result.graph, "丁", EntityNumber::Revenue), 1630000.0);
}

TEST(Ingest, TheGuardOfOurOwnCsvComesBackAsTheTextBehindIt) {
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称,地区代码,营业收入,地址\n'=甲厂,'500104,'5,'-1 号楼\n"}});
  EXPECT_EQ(names_of(result.graph, EntityKind::Firm), (Lines{"=甲厂"}));
  EXPECT_EQ(number_of(result.graph, "=甲厂", EntityNumber::Revenue), 5.0);
  EXPECT_EQ(result.graph.text(EntityId{0}, EntityText::Address), "-1 号楼");
}

TEST(Ingest, SegmentsAreMadeByRelationsOnlyWhereNoTableListsThem) {
  const Files files = {{"企业.csv", "企业名称,主营产品\n示例甲厂,电机；轴承\n"},
                       {"需要.csv", "产品,投入品\n电机,硅钢\n"}};
  const IngestResult free = ingest_files(files);
  EXPECT_EQ(lines_of(free.problems), Lines{});
  EXPECT_EQ(names_of(free.graph, EntityKind::Segment), (Lines{"电机", "轴承", "硅钢"}));
  EXPECT_EQ(edges_of(free.graph, RelationKind::Makes),
            (Lines{"示例甲厂 → 电机", "示例甲厂 → 轴承"}));

  Files listed = files;
  listed.emplace_back("环节.csv", "环节,上级\n电机,动力\n");
  const IngestResult closed = ingest_files(listed);
  EXPECT_EQ(lines_of(closed.problems), (Lines{"Warning 企业.csv:2:6 unknown-segment 主营产品=轴承",
                                              "Warning 环节.csv:2:4 unknown-segment 上级=动力",
                                              "Error 需要.csv:2:4 unknown-segment 投入品=硅钢"}));
  EXPECT_EQ(names_of(closed.graph, EntityKind::Segment), (Lines{"电机"}));
  EXPECT_EQ(edges_of(closed.graph, RelationKind::Makes), (Lines{"示例甲厂 → 电机"}));
}

TEST(Ingest, UnknownSegmentOfASupplyIsDroppedAndTheRowStands) {
  const IngestResult result = ingest_files({{"企业.csv", "企业名称\n示例甲厂\n示例乙厂\n"},
                                            {"环节.csv", "环节\n电机\n"},
                                            {"供货.csv",
                                             "供应商,客户,环节\n示例甲厂,示例乙厂,轴承\n"
                                             "示例甲厂,示例乙厂,\n"}});
  EXPECT_EQ(lines_of(result.problems), (Lines{"Warning 供货.csv:2:11 unknown-segment 环节=轴承"}));
  EXPECT_EQ(summaries_of(result)[1], "供货.csv supplies 2 rows, 2 used, 0 left out");
  EXPECT_EQ(edges_of(result.graph, RelationKind::Supplies), (Lines{"示例甲厂 → 示例乙厂"}));
}

TEST(Ingest, RowThatClosesACycleIsLeftOut) {
  const IngestResult result = ingest_files(
      {{"环节.csv", "环节\n甲\n乙\n丙\n"}, {"属于.csv", "环节,上级\n甲,乙\n乙,甲\n乙,丙\n"}});
  ASSERT_EQ(lines_of(result.problems), (Lines{"Error 属于.csv:3:3 cycle 上级=甲"}));
  EXPECT_EQ(result.problems[0].what, (Text{"the taxonomy would have a cycle: 乙 → 甲 → 乙",
                                           "上下级关系成环：乙 → 甲 → 乙"}));
  EXPECT_EQ(edges_of(result.graph, RelationKind::PartOf), (Lines{"甲 → 乙", "乙 → 丙"}));
  EXPECT_EQ(summaries_of(result)[0], "属于.csv part_of 3 rows, 2 used, 1 left out");
}

TEST(Ingest, CycleOfThreeStepsOverTwoTablesIsFound) {
  const IngestResult result = ingest_files(
      {{"环节.csv", "环节,上级\n甲,乙\n乙,丙\n丙,\n"}, {"属于.csv", "环节,上级\n丙,甲\n"}});
  ASSERT_EQ(lines_of(result.problems), (Lines{"Error 属于.csv:2:3 cycle 上级=甲"}));
  EXPECT_EQ(result.problems[0].what.en, "the taxonomy would have a cycle: 丙 → 甲 → 乙 → 丙");
  EXPECT_EQ(edges_of(result.graph, RelationKind::PartOf), (Lines{"甲 → 乙", "乙 → 丙"}));
}

TEST(Ingest, ParentThatClosesACycleIsDroppedAndTheSegmentStands) {
  const IngestResult result = ingest_files({{"环节.csv", "环节,上级\n甲,乙\n乙,甲\n丙,丙\n"}});
  ASSERT_EQ(lines_of(result.problems),
            (Lines{"Warning 环节.csv:3:3 cycle 上级=甲", "Warning 环节.csv:4:3 cycle 上级=丙"}));
  EXPECT_EQ(result.problems[1].what.en, "the taxonomy would have a cycle: 丙 → 丙");
  EXPECT_EQ(summaries_of(result), (Lines{"环节.csv segment 3 rows, 3 used, 0 left out"}));
}

TEST(Ingest, WideTaxonomyIsCheckedInGoodTime) {
  // Twenty-four layers of three, each part of all three above it: 3^24 ways up, 216 steps.
  std::string rows = "环节,上级\n";
  for (int layer = 0; layer < 24; ++layer) {
    for (int child = 0; child < 3; ++child) {
      for (int parent = 0; parent < 3; ++parent) {
        rows += "s" + std::to_string(layer) + "_" + std::to_string(child) + ",s" +
                std::to_string(layer + 1) + "_" + std::to_string(parent) + "\n";
      }
    }
  }
  rows += "s24_0,s0_0\n";
  const IngestResult result = ingest_files({{"属于.csv", rows}});
  EXPECT_EQ(result.graph.relation(RelationKind::PartOf).size(), 216U);
  EXPECT_EQ(result.problems.size(), 1U);
}

TEST(Ingest, DeepTaxonomyIsNoDanger) {
  std::string rows = "环节,上级\n";
  for (int i = 0; i < 2000; ++i) {
    rows += "s" + std::to_string(i) + ",s" + std::to_string(i + 1) + "\n";
  }
  rows += "s2000,s0\n";
  const IngestResult result = ingest_files({{"属于.csv", rows}});
  EXPECT_EQ(result.graph.relation(RelationKind::PartOf).size(), 2000U);
  EXPECT_EQ(result.problems.size(), 1U);
}

// A row is left out when, and only when, what stands already leads from its class to its subclass.
TEST(Ingest, TaxonomyStaysWithoutCycles) {
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    std::mt19937 random(seed);
    constexpr std::uint32_t kSegments = 7;
    bool above[kSegments][kSegments] = {};
    for (std::uint32_t i = 0; i < kSegments; ++i) above[i][i] = true;
    std::string rows = "环节,上级\n";
    std::size_t left_out = 0;
    for (int i = 0; i < 15; ++i) {
      const auto child = static_cast<std::uint32_t>(random() % kSegments);
      const auto parent = static_cast<std::uint32_t>(random() % kSegments);
      rows += "s" + std::to_string(child) + ",s" + std::to_string(parent) + "\n";
      if (above[parent][child]) {
        ++left_out;
        continue;
      }
      for (auto& from : above) {
        for (std::uint32_t to = 0; to < kSegments; ++to)
          from[to] |= from[child] && above[parent][to];
      }
    }
    const IngestResult result = ingest_files({{"属于.csv", rows}});
    EXPECT_EQ(result.tables[0].left_out, left_out) << seed << rows;
  }
}

TEST(Ingest, BothEndsAreNotTheSame) {
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称\n示例甲有限公司\n"},
                    {"供货.csv", "供应商,客户\n示例甲有限公司,示例甲有限责任公司\n"},
                    {"需要.csv", "产品,投入品\n电机,电机\n"},
                    {"属于.csv", "环节,上级\n电机,电机\n"},
                    {"合作.csv", "企业甲,企业乙\n示例甲有限公司,示例甲有限公司\n"}});
  EXPECT_EQ(lines_of(result.problems),
            (Lines{"Error 供货.csv:2:9 self 客户=示例甲有限责任公司",
                   "Error 属于.csv:2:4 self 上级=电机", "Error 需要.csv:2:4 self 投入品=电机"}));
  EXPECT_EQ(result.graph.relation(RelationKind::Cooperates).size(), 1U)
      << "a firm may cooperate with itself: two of its houses";
}

TEST(Ingest, AProductMayTakeAStatedPartOfItself) {
  const IngestResult result =
      ingest_files({{"需要.csv", "产品,投入品,投入系数\n钢,钢,0.2\n电机,电机,\n"}});
  EXPECT_EQ(lines_of(result.problems), Lines{"Error 需要.csv:3:4 self 投入品=电机"});
  const Relation rules = result.graph.relation(RelationKind::Requires);
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_EQ(rules.source(EdgeId{0}), rules.target(EdgeId{0}));
  EXPECT_EQ(rules.number(EdgeId{0}, EdgeNumber::Coefficient), 0.2);
}

// ---- scopes ----

TEST(Ingest, ScopeIsReadOnlyWhereNoTableStatesProducts) {
  const Files files = {{"企业.csv",
                        "企业名称,经营范围,主营产品\n"
                        "示例甲厂,生产电机；销售轴承,\n"
                        "示例乙厂,生产电机,轴承\n"
                        "示例丙厂,生产电机,\n"
                        "示例丁厂,生产电机,\n"
                        "示例戊厂,一般项目：轴承制造；轴承销售,\n"
                        "示例己厂,承接工程,\n"},
                       {"环节.csv", "环节,别名\n电机,\n轴承,轴承件\n"},
                       {"主营.csv", "企业,环节\n示例丙厂,轴承\n"},
                       {"经销.csv", "企业,环节\n示例丁厂,轴承\n"}};
  const IngestResult result = ingest_files(files);
  // 0.9 of 255 is 229.5, kept as 230.
  EXPECT_EQ(
      edges_of(result.graph, RelationKind::Makes),
      (Lines{"示例甲厂 → 电机 230", "示例乙厂 → 轴承", "示例丙厂 → 轴承", "示例戊厂 → 轴承 230"}));
  EXPECT_EQ(edges_of(result.graph, RelationKind::Trades),
            (Lines{"示例甲厂 → 轴承 230", "示例丁厂 → 轴承"}));
  EXPECT_EQ(result.scopes_tagged, 2U);
  EXPECT_EQ(result.scope_makes, 2U);
  EXPECT_EQ(result.scope_trades, 1U);
  const Provenance inferred = result.graph.relation(RelationKind::Makes).provenance(EdgeId{0});
  EXPECT_EQ(inferred.basis, Basis::Inferred);
  EXPECT_EQ(inferred.row, 2U);

  IngestOptions options;
  options.infer_scope = false;
  const IngestResult stated = ingest_files(files, options);
  EXPECT_EQ(edges_of(stated.graph, RelationKind::Makes),
            (Lines{"示例乙厂 → 轴承", "示例丙厂 → 轴承"}));
  EXPECT_EQ(stated.scopes_tagged, 0U);
}

TEST(Ingest, ScopeKnowsSegmentsByTheirAliasesToo) {
  const IngestResult result = ingest_files(
      {{"企业.csv", "企业名称,经营范围\n示例甲厂,销售电动机；生产马达；生产高速电机\n"},
       {"环节.csv", "环节,别名\n轴承,\n电机,马达；电动机\n"}});
  EXPECT_EQ(edges_of(result.graph, RelationKind::Makes), (Lines{"示例甲厂 → 电机 230"}));
  EXPECT_EQ(edges_of(result.graph, RelationKind::Trades), Lines{}) << "one tag a segment";
  EXPECT_EQ(result.scope_makes, 1U);
}

TEST(Ingest, InferenceNamesTheRowOfTheScope) {
  const IngestResult result =
      ingest_files({{"a/企业.csv", "企业名称\n示例甲厂\n"},
                    {"b/企业.csv", "企业名称,经营范围\n示例乙厂,\n示例甲厂,生产电机\n"},
                    {"环节.csv", "环节\n电机\n"}});
  const Provenance from = result.graph.relation(RelationKind::Makes).provenance(EdgeId{0});
  EXPECT_EQ(result.graph.source(from.source).file, "b/企业.csv");
  EXPECT_EQ(from.row, 3U);
}

// ---- mappings ----

TEST(Ingest, MappingReadsTablesOfAnyShape) {
  const Folder folder(Files{{"registry/dist.csv",
                             "nm,uscc,cap,yr,tick\n示例甲厂,,5,2010,600373.SH\n"
                             "示例乙厂,,6,2011,600374.SH\n"},
                            {"edges.csv", "a,b,amt\n600373,示例丙厂,3\n示例丙厂,示例丁厂,4\n"},
                            {"other.csv", "x,y\n1,2\n"},
                            {"dist.csv", "z\n1\n"}});
  const IngestOptions options = mapped(R"({"tables": [
      {"file": "registry/dist.csv", "as": "firm", "where": {"yr": "2010"}, "citation": "登记信息",
       "columns": {"nm": "name", "tick": {"field": "key", "until": "."},
                   "cap": {"field": "registered_capital", "multiplier": 10000}},
       "set": {"as_of": "2010-12-31", "status": "存续"}},
      {"file": "edges.csv", "as": "supplies", "columns": {"a": "from", "b": "to", "amt": "amount"},
       "create": true},
      {"file": "absent.csv", "as": "firm", "columns": {"nm": "name"}}],
    "ignore": ["other.csv"]})");
  const IngestResult result = ingest({folder.path()}, options);
  EXPECT_EQ(
      lines_of(result.problems),
      (Lines{"Warning dist.csv:1:1 unmapped-file", "Note m.json:8:7 unused-mapping =absent.csv",
             "Note registry/dist.csv:1:1 unmapped-column =uscc",
             "Note registry/dist.csv:1:1 unwanted-row =yr = 2010"}));
  EXPECT_EQ(names_of(result.graph, EntityKind::Firm), (Lines{"示例甲厂", "示例丙厂", "示例丁厂"}));
  EXPECT_EQ(edges_of(result.graph, RelationKind::Supplies),
            (Lines{"示例甲厂 → 示例丙厂", "示例丙厂 → 示例丁厂"}));
  EXPECT_EQ(number_of(result.graph, "示例甲厂", EntityNumber::RegisteredCapital), 5e4);
  EXPECT_EQ(result.graph.text(EntityId{0}, EntityText::Key), "600373");
  EXPECT_EQ(result.graph.text(EntityId{0}, EntityText::Status), "存续");
  const Provenance from = result.graph.provenance(EntityId{0});
  EXPECT_EQ(from.as_of, (Date{2010, 12, 31}));
  EXPECT_EQ(result.graph.source(from.source), (Source{"registry/dist.csv", "", "登记信息"}));
  EXPECT_EQ(summaries_of(result), (Lines{"edges.csv supplies 2 rows, 2 used, 0 left out",
                                         "registry/dist.csv firm 1 rows, 1 used, 0 left out",
                                         "dist.csv unread 1 rows, 0 used, 1 left out"}));
  // `other.csv` was passed over, so its bytes are no input; `dist.csv` was read.
  ASSERT_EQ(result.digests.size(), 3U);
  EXPECT_EQ(result.digests[0].first, "dist.csv");
}

TEST(Ingest, ScopeMayBeSetByTheMapping) {
  const IngestResult result =
      ingest_files({{"f.csv", "nm\n示例甲厂\n"}, {"环节.csv", "环节\n高速永磁同步电机\n"}},
                   mapped(R"({"tables": [{"file": "f.csv", "as": "firm", "columns": {"nm": "name"},
                              "set": {"scope": "研发、生产、销售：高速永磁同步电机"}}]})"));
  EXPECT_EQ(edges_of(result.graph, RelationKind::Makes),
            (Lines{"示例甲厂 → 高速永磁同步电机 230"}));
}

TEST(Ingest, OneFileMayFeedSeveralTables) {
  const IngestResult result =
      ingest_files({{"m.csv", "firm,boss\n示例甲厂,示例人甲\n"}}, mapped(R"({"tables": [
        {"file": "m.csv", "as": "firm", "columns": {"firm": "name"}},
        {"file": "m.csv", "as": "person", "columns": {"boss": "name"}},
        {"file": "m.csv", "as": "serves", "columns": {"boss": "from", "firm": "to"}}]})"));
  EXPECT_EQ(lines_of(result.problems), Lines{});
  EXPECT_EQ(edges_of(result.graph, RelationKind::Serves), (Lines{"示例人甲 → 示例甲厂"}));
  EXPECT_EQ(result.digests.size(), 1U);
}

TEST(Ingest, MappingThatDoesNotFitEndsIt) {
  const Files files = {{"a.csv", "x,y\n1,2\n"}};
  EXPECT_EQ(failure_of(files, mapped(R"({"tables": [
    {"file": "a.csv", "as": "firm", "columns": {"z": "name"}}]})")),
            "InvalidData: m.json:2:5: the mapping names column \"z\", which a.csv does not have "
            "(columns found: x, y); mend the mapping");
  EXPECT_EQ(failure_of(files, mapped(R"({"tables": [
    {"file": "a.csv", "as": "firm", "columns": {"x": "name"}, "where": {"w": "1"}}]})")),
            "InvalidData: m.json:2:5: the mapping names column \"w\", which a.csv does not have "
            "(columns found: x, y); mend the mapping");
}

TEST(Ingest, MappingNamesFilesByWholeComponents) {
  const Files files = {{"ab.csv", "企业名称\n示例甲厂\n"}};
  const IngestResult result =
      ingest_files(files, mapped(R"({"tables": [{"file": "b.csv", "as": "person",
                                    "columns": {"企业名称": "name"}}]})"));
  EXPECT_EQ(lines_of(result.problems), (Lines{"Note m.json:1:13 unused-mapping =b.csv"}));
  EXPECT_EQ(result.graph.size(EntityKind::Firm), 1U);
}

TEST(Ingest, SupportWeighsWhatMachinesRead) {
  const IngestOptions options = mapped(R"({"tables": [
    {"file": "req.csv", "as": "requires", "columns": {"p": "from", "i": "to", "c": "confidence"},
     "trust": "support"}]})");
  const IngestResult result = ingest_files(
      {{"企业.csv", "企业名称\n示例甲厂\n示例乙厂\n示例丙厂\n"},
       {"主营.csv",
        "企业,环节,数据日期\n示例甲厂,轴承,2022\n示例甲厂,轴承,2023\n示例乙厂,轴承,2023\n"
        "示例丙厂,电机,2023\n"},
       {"req.csv", "p,i,c\n电机,轴承,0.8\n泵,轴承,\n泵,轴承,\n电机,硅钢,\n电机,设备,\n"},
       {"需要.csv", "产品,投入品\n风机,轴承\n"}},
      options);
  EXPECT_EQ(notes_left_out(result), Lines{});
  // support(m, u) = 1 − (1 − m/(m+1)) (1 − u/(u+10)), m distinct makers, u distinct other products.
  // 轴承: m = 2 (two years of one firm are one maker), needed by 电机, 泵 and 风机, so u = 2:
  //   1 − (1/3)(10/12) = 13/18 = 0.7222.
  // 电机 → 轴承: 0.8 · 0.7222 = 0.5778, of 255: 147.
  // 泵 → 轴承: no firm makes 泵: 0.3 · 0.7222 = 0.2167, of 255: 55.
  // 电机 → 硅钢: m = u = 0: 0.
  // 电机 → 设备: m = u = 0 as well.
  // 风机 → 轴承 is stated and keeps 1.
  Lines edges = edges_of(result.graph, RelationKind::Requires);
  std::ranges::sort(edges);
  EXPECT_EQ(edges, (Lines{"泵 → 轴承 55", "电机 → 硅钢 0", "电机 → 设备 0", "电机 → 轴承 147",
                          "风机 → 轴承"}));
  for (std::uint64_t e = 0; e < 5; ++e) {
    const Relation relation = result.graph.relation(RelationKind::Requires);
    const bool stated = result.graph.name(relation.source(EdgeId{e})) == "风机";
    EXPECT_EQ(relation.provenance(EdgeId{e}).basis, stated ? Basis::Stated : Basis::Inferred);
  }
}

TEST(Ingest, SupportOfAGeneralInputIsAFifth) {
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称\n示例甲厂\n"},
                    {"主营.csv", "企业,环节\n示例甲厂,电机\n示例甲厂,设备\n"},
                    {"req.csv", "p,i\n电机,设备\n"}},
                   mapped(R"({"tables": [{"file": "req.csv", "as": "requires",
                 "columns": {"p": "from", "i": "to"}, "trust": "support"}]})"));
  // m = 1, u = 0: 1 − 1/2 = 0.5; a fifth is 0.1, of 255: 25.5, kept as 25 or 26.
  const float confidence =
      result.graph.relation(RelationKind::Requires).provenance(EdgeId{0}).confidence;
  EXPECT_NEAR(confidence, 0.1, 0.5 / 255 + 1e-6);
}

TEST(Ingest, SupportKeepsSubclassesThatEndWithTheirClass) {
  const IngestResult result = ingest_files(
      {{"sub.csv", "s,c,w\n永磁电机,电机,0.5\n电机壳,电机,\n电机控制器,电机,\n步进电机,电机,\n"},
       {"属于.csv", "环节,上级\n电机轴,电机\n"}},
      mapped(R"({"tables": [{"file": "sub.csv", "as": "part_of",
                 "columns": {"s": "from", "c": "to", "w": "confidence"}, "trust": "support"}]})"));
  ASSERT_EQ(lines_of(result.problems), (Lines{"Note sub.csv:1:1 not-a-head =2"}));
  EXPECT_EQ(result.problems[0].what,
            (Text{"2 rows are left out because the subclass does not end with the class's name",
                  "有 2 行因下级名称不以上级名称结尾而未采用"}));
  EXPECT_EQ(edges_of(result.graph, RelationKind::PartOf),
            (Lines{"永磁电机 → 电机 128", "步进电机 → 电机", "电机轴 → 电机"}));
  EXPECT_EQ(summaries_of(result)[0], "sub.csv part_of 4 rows, 2 used, 2 left out");
}

// ---- contradictions ----

TEST(Ingest, TheMoreConfidentValueOfAFirmIsKept) {
  const IngestResult result = ingest_files(
      {{"企业.csv",
        "企业名称,营业收入,从业人数,置信度,依据,数据日期\n"
        "示例甲厂,3000,10,0.1,推断,\n示例甲厂,9000,10,1,明示,\n"
        "示例乙厂,3000,,1,估算,2023\n示例乙厂,9000,,1,明示,2023\n示例乙厂,7000,,1,估算,2023\n"
        "示例丙厂,1,,1,明示,2022\n示例丙厂,2,,1,明示,2023\n"}});
  Lines contradictions;
  for (const Problem& problem : result.problems) {
    if (problem.kind != "contradiction") continue;
    contradictions.push_back(problem.place.to_string() + " " + problem.value + ", " +
                             problem.what.en + "; " + problem.remedy.en);
  }
  EXPECT_EQ(
      contradictions,
      (Lines{"企业.csv:3:6 9000, 企业.csv row 2 says 3000; 9000 is kept; mend whichever is wrong",
             "企业.csv:5:6 9000, 企业.csv row 4 says 3000; 9000 is kept; mend whichever is wrong",
             "企业.csv:6:6 7000, 企业.csv row 5 says 9000; 9000 is kept; mend whichever is wrong"}))
      << "figures of two years do not contradict each other";
  EXPECT_EQ(result.graph.number(EntityId{0}, EntityNumber::Revenue), (Figure{9000, Basis::Stated}));
  EXPECT_EQ(result.graph.number(EntityId{0}, EntityNumber::Staff), (Figure{10, Basis::Stated}))
      << "the firmer of two equal ones";
  EXPECT_EQ(result.graph.number(EntityId{1}, EntityNumber::Revenue), (Figure{9000, Basis::Stated}));
  EXPECT_EQ(result.graph.number(EntityId{2}, EntityNumber::Revenue), (Figure{2, Basis::Stated}));
}

TEST(Ingest, ListsOfSeveralRowsAddUp) {
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称,标签\n示例甲厂,高企；上市\n示例甲厂,专精特新；高企\n"}});
  EXPECT_EQ(result.graph.text(EntityId{0}, EntityText::Tags), "高企;上市;专精特新");
}

TEST(Ingest, ContradictionsOfRelationsAreNotedWithBothRows) {
  const IngestResult result = ingest_files(
      {{"企业.csv", "企业名称\n示例甲厂\n"},
       {"主营.csv", "企业,环节,产值（万元）\n示例甲厂,电机,3000\n示例甲厂,电机,1000\n"},
       {"主营产品.csv", "企业,环节,产值（万元）\n示例甲厂,电机,9000\n"},
       {"需要.csv", "产品,投入品,投入系数\n电机,轴承,0.3\n电机,轴承,0.6\n"}});
  ASSERT_EQ(lines_of(result.problems),
            (Lines{"Note 主营产品.csv:2:9 contradiction 产值（万元）=9000",
                   "Note 需要.csv:3:7 contradiction 投入系数=0.6"}));
  EXPECT_EQ(result.problems[0].what,
            (Text{"示例甲厂 → 电机: 主营.csv row 2 says CNY 40 m, this row CNY 90 m",
                  "示例甲厂 → 电机：主营.csv 第 2 行写的是 4,000万元，此行是 9,000万元"}));
  EXPECT_EQ(result.problems[1].what, (Text{"电机 → 轴承: 需要.csv row 2 says 0.3, this row 0.6",
                                           "电机 → 轴承：需要.csv 第 2 行写的是 0.3，此行是 0.6"}));
  EXPECT_EQ(result.graph.relation(RelationKind::Makes).number(EdgeId{0}, EdgeNumber::Amount), 4e7)
      << "amounts of one source add";
}

TEST(Ingest, StatedRegionGoesOverAnInferredOneWhateverItsRow) {
  const IngestResult result = ingest_files({{"企业.csv",
                                             "企业名称,地区代码\n重庆市大渡口区示例厂,\n"
                                             "重庆市大渡口区示例厂,440305\n示例乙厂,500104\n"
                                             "示例乙厂,440305\n"}});
  EXPECT_EQ(result.graph.region(EntityId{0}), (RegionFigure{RegionCode(440305), Basis::Stated}));
  EXPECT_EQ(result.graph.region(EntityId{1}), (RegionFigure{RegionCode(500104), Basis::Stated}));
  ASSERT_EQ(lines_of(result.problems),
            (Lines{"Note 企业.csv:3:1 merged 企业名称=重庆市大渡口区示例厂",
                   "Note 企业.csv:5:1 merged 企业名称=示例乙厂",
                   "Note 企业.csv:5:1 region-conflict 企业名称=示例乙厂"}));
  EXPECT_EQ(result.problems[2].what,
            (Text{"企业.csv row 4 says 重庆市大渡口区, this row says 广东省深圳市南山区",
                  "企业.csv 第 4 行写的是重庆市大渡口区，此行是广东省深圳市南山区"}));
}

// ---- who is who, whatever the order ----

TEST(Ingest, RowWithoutCodeAmongFirmsOfOneNameIsAmbiguousInAnyOrder) {
  const std::string one = "示例甲厂," + code_of("500104", 1) + "\n";
  const std::string two = "示例甲厂," + code_of("440305", 2) + "\n";
  const std::string none = "示例甲厂,\n";
  for (const std::string& rows : {one + two + none, none + one + two, one + none + two}) {
    const IngestResult result = ingest_files({{"企业.csv", "企业名称,统一社会信用代码\n" + rows}});
    EXPECT_EQ(notes_left_out(result).size(), 1U) << rows;
    EXPECT_EQ(result.graph.size(EntityKind::Firm), 2U);
    EXPECT_EQ(result.firms_merged, 0U);
  }
}

TEST(Ingest, FormerNameLeadsToTheFirmInAnyOrder) {
  const std::string now = "示例新厂," + code_of("500104", 1) + ",示例旧厂,\n";
  const std::string former = "示例旧厂,,,7\n";
  for (const std::string& rows : {now + former, former + now}) {
    const IngestResult result =
        ingest_files({{"企业.csv", "企业名称,统一社会信用代码,曾用名,从业人数\n" + rows}});
    EXPECT_EQ(result.graph.size(EntityKind::Firm), 1U) << rows;
    EXPECT_EQ(result.graph.number(EntityId{0}, EntityNumber::Staff), (Figure{7, Basis::Stated}));
  }
}

TEST(Ingest, SecondNameOfACodeIsAnotherNameOfTheFirm) {
  const std::string code = code_of("500104", 1);
  const IngestResult result = ingest_files(
      {{"企业.csv", "企业名称,统一社会信用代码\n示例新厂," + code + "\n示例旧厂," + code + "\n"},
       {"名录.csv", "企业名称,从业人数\n示例旧厂,7\n"}});
  EXPECT_EQ(names_of(result.graph, EntityKind::Firm), (Lines{"示例新厂"}));
  EXPECT_EQ(result.graph.text(EntityId{0}, EntityText::Aliases), "示例旧厂");
}

TEST(Ingest, OtherNameOfTwoSegmentsIsAmbiguous) {
  const IngestResult result = ingest_files(
      {{"企业.csv", "企业名称,主营产品,经营范围\n示例甲厂,马达,\n示例乙厂,,生产马达\n"},
       {"环节.csv", "环节,别名\n电机,马达\n液压马达,马达\n"},
       {"主营.csv", "企业,环节\n示例甲厂,马达\n"}});
  EXPECT_EQ(lines_of(result.problems), (Lines{"Error 主营.csv:2:6 ambiguous 环节=马达",
                                              "Warning 企业.csv:2:6 ambiguous 主营产品=马达"}));
  EXPECT_EQ(edges_of(result.graph, RelationKind::Makes), Lines{});
}

TEST(Ingest, IdThatStandsTwiceInATableIsADuplicate) {
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称\n示例甲厂\n"},
                    {"人员.csv", "姓名,编号\n示例人甲,p1\n示例人乙,p1\n"},
                    {"外地/人员.csv", "姓名,编号\n示例人丙,p1\n示例人甲,p1\n"},
                    {"任职.csv", "姓名,企业\n示例人甲,示例甲厂\n"}});
  EXPECT_EQ(lines_of(result.problems), (Lines{"Error 人员.csv:3:6 duplicate 编号=p1",
                                              "Error 外地/人员.csv:3:6 duplicate 编号=p1"}));
  EXPECT_EQ(names_of(result.graph, EntityKind::Person), (Lines{"示例人甲", "示例人丙"}));
  EXPECT_EQ(edges_of(result.graph, RelationKind::Serves), (Lines{"示例人甲 → 示例甲厂"}));
}

TEST(Ingest, RowThatIsLeftOutMakesNothing) {
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称\n示例甲厂\n"},
                    {"主营.csv", "企业,环节\n示例乙厂,电机\n"},
                    {"e.csv", "a,b\n幽灵厂,\n幻影厂,幻影厂\n幻影有限公司,幻影有限责任公司\n"}},
                   mapped(R"({"tables": [{"file": "e.csv", "as": "supplies", "create": true,
                 "columns": {"a": "from", "b": "to"}}]})"));
  EXPECT_EQ(notes_left_out(result).size(), 4U);
  EXPECT_EQ(names_of(result.graph, EntityKind::Firm), (Lines{"示例甲厂"}));
  EXPECT_EQ(names_of(result.graph, EntityKind::Segment), Lines{});
}

TEST(Ingest, FirmMadeFromItsCreditCodeHasTheCode) {
  const std::string code = code_of("500104", 1);
  const IngestResult result =
      ingest_files({{"e.csv", "a,b\n示例甲厂," + code + "\n"}},
                   mapped(R"({"tables": [{"file": "e.csv", "as": "supplies", "create": true,
                              "columns": {"a": "from", "b": "to"}}]})"));
  EXPECT_EQ(result.graph.text(EntityId{1}, EntityText::Code), code);
}

TEST(Ingest, SumsBelowATableAreNoFirms) {
  const IngestResult result = ingest_files({{"企业.csv", "企业名称\n示例甲厂\n合 计\n"},
                                            {"主营.csv", "企业,环节\n示例甲厂,电机\n小计,\n"}});
  EXPECT_EQ(lines_of(result.problems), (Lines{"Note 主营.csv:3:1 total-row 企业=小计",
                                              "Note 企业.csv:3:1 total-row 企业名称=合 计"}));
  EXPECT_EQ(names_of(result.graph, EntityKind::Firm), (Lines{"示例甲厂"}));
  EXPECT_EQ(summaries_of(result)[1], "企业.csv firm 2 rows, 1 used, 1 left out");
}

TEST(Ingest, ChainIsNoProductOfAScope) {
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称,经营范围\n示例甲厂,新能源汽车制造\n"},
                    {"环节.csv", "环节,类型,别名\n新能源汽车,产业链,新能源车\n汽车,产品,\n"}});
  EXPECT_EQ(edges_of(result.graph, RelationKind::Makes).size(), 1U);
  for (const std::string& edge : edges_of(result.graph, RelationKind::Makes)) {
    EXPECT_TRUE(edge.starts_with("示例甲厂 → 汽车")) << edge;
  }
}

// ---- files ----

TEST(Ingest, FilesOfOneNameAreTwoSources) {
  const Folder folder(Files{{"企业.csv", "企业名称\n示例甲厂\n"},
                            {"y1/主营.csv", "企业,环节,产值\n示例甲厂,电机,3000\n"},
                            {"y2/主营.csv", "企业,环节,产值\n示例甲厂,电机,9000\n"}});
  const IngestResult whole = ingest({folder.path()});
  for (const std::vector<fs::path>& paths :
       {std::vector<fs::path>{folder.path() / "企业.csv", folder.path() / "y1",
                              folder.path() / "y2"},
        std::vector<fs::path>{folder.path() / "企业.csv", folder.path() / "y1/主营.csv",
                              folder.path() / "y2/主营.csv"},
        std::vector<fs::path>{folder.path() / "y1/../企业.csv", folder.path()}}) {
    const IngestResult result = ingest(paths);
    EXPECT_EQ(test::walk(result.graph), test::walk(whole.graph));
    EXPECT_EQ(lines_of(result.problems), (Lines{"Note y2/主营.csv:2:9 contradiction 产值=9000"}));
    Lines names;
    for (const auto& [name, sum] : result.digests) names.push_back(name);
    std::ranges::sort(names);
    EXPECT_EQ(names, (Lines{"y1/主营.csv", "y2/主营.csv", "企业.csv"}));
  }
}

TEST(Ingest, FilesOfAFolderThatAreNoTablesAreLeftAside) {
  const Files files = {{"企业.csv", "企业名称\n示例甲厂\n"},
                       {"主营.et", "PK"},
                       {"~$主营.xlsx", "x"},
                       {"说明.txt", "本文件夹的表由各科室提供\n如有疑问请联系\n"}};
  const IngestResult result = ingest_files(files);
  EXPECT_EQ(lines_of(result.problems),
            (Lines{"Warning 主营.et unmapped-file", "Warning 说明.txt:1:1 unmapped-file"}));
  EXPECT_NE(result.problems[0].remedy.zh.find("请按内容命名"), std::string::npos);
  const Folder folder(files);
  EXPECT_TRUE(failure_of({folder.path() / "主营.et"}).starts_with("InvalidData: 主营.et: "));
  EXPECT_TRUE(failure_of({folder.path() / "说明.txt"}).starts_with("InvalidData: 说明.txt:1:1: "));
  EXPECT_NE(failure_of(Files{{"主营.et", "PK"}}).find("主营.et: this is text"), std::string::npos);
}

TEST(Ingest, AWorkbookIsReadAsItsTablesAre) {
  test::BookParts parts;
  parts.sheets = {
      {"规上企业",
       "<sheetData>" + test::text_row(1, {"规上企业情况表"}) +
           test::text_row(2, {"", "", "单位：万元"}) +
           test::text_row(3, {"序号", "单位详细名称", "2024年"}) +
           test::text_row(4, {"", "", "营业收入", "平均用工人数(人)"}) +
           test::text_row(5, {"1", "示例甲厂", "500", "20"}) +
           test::text_row(6, {"2", "示例乙厂", "3亿元", "30"}) +
           test::text_row(7, {"合计", "", "800", "50"}) +
           "</sheetData><mergeCells><mergeCell ref=\"A3:A4\"/><mergeCell ref=\"B3:B4\"/>"
           "<mergeCell ref=\"C3:D3\"/></mergeCells>"},
      {"供货", "<sheetData>" + test::text_row(1, {"供应商", "采购方", "年采购额（单位：万元）"}) +
                   test::text_row(2, {"示例甲厂", "示例乙厂", "10"}) + "</sheetData>"},
      {"说明", "<sheetData>" + test::text_row(1, {"由各科室填报"}) + "</sheetData>"}};
  const IngestResult book = ingest_files({{"企业.xlsx", test::book(parts)}});
  const IngestResult twin = ingest_files(
      {{"企业.csv", "企业名称,营业收入,从业人数\n示例甲厂,500万元,20\n示例乙厂,3亿元,30\n"},
       {"供货.csv", "供应商,客户,金额\n示例甲厂,示例乙厂,10万元\n"}});
  const auto look = [](const IngestResult& result) {
    Lines lines;
    const EnterpriseGraph& graph = result.graph;
    for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
      lines.push_back(
          fmt::format("{} {} {}", graph.name(graph.entity(FirmId{i})),
                      graph.number(graph.entity(FirmId{i}), EntityNumber::Revenue)->value,
                      graph.number(graph.entity(FirmId{i}), EntityNumber::Staff)->value));
    }
    const Relation supplies = graph.relation(RelationKind::Supplies);
    for (std::uint32_t edge = 0; edge < supplies.size(); ++edge) {
      lines.push_back(fmt::format("{}", *supplies.number(EdgeId{edge}, EdgeNumber::Amount)));
    }
    return lines;
  };
  EXPECT_EQ(look(book), look(twin));
  EXPECT_EQ(look(book), (Lines{"示例甲厂 5000000 20", "示例乙厂 300000000 30", "100000"}));
  ASSERT_EQ(book.tables.size(), 2U);
  EXPECT_EQ(book.tables[0].file, "企业.xlsx#规上企业");
  EXPECT_EQ(lines_of(book.problems),
            (Lines{"Note 企业.xlsx#供货!A1 table-found", "Note 企业.xlsx#规上企业!A3 table-found",
                   "Note 企业.xlsx#规上企业!A3 unknown-column 序号=",
                   "Note 企业.xlsx#规上企业!A7 total-row 序号=合计",
                   "Note 企业.xlsx#说明!A1 table-found", "Note 企业.xlsx#说明!A1 unmapped-file"}));
  const Relation supplies = book.graph.relation(RelationKind::Supplies);
  const Source& source = book.graph.source(supplies.provenance(EdgeId{0}).source);
  EXPECT_EQ(source.file + "|" + source.sheet, "企业.xlsx|供货");
  EXPECT_EQ(supplies.provenance(EdgeId{0}).row, 2U);
}

TEST(Ingest, OneSheetOfAWorkbookCanBeChosenAndMapped) {
  test::BookParts parts;
  parts.sheets = {{"甲", "<sheetData>" + test::text_row(1, {"企业名称", "注册资本"}) +
                             test::text_row(2, {"示例甲厂", "500104"}) + "</sheetData>"},
                  {"乙", "<sheetData>" + test::text_row(1, {"x", "y"}) +
                             test::text_row(2, {"示例乙厂", "z"}) + "</sheetData>"}};
  const Folder folder(Files{{"b.xlsx", test::book(parts)}});
  const IngestResult one = ingest({folder.path() / "b.xlsx#甲"});
  EXPECT_EQ(one.graph.size(EntityKind::Firm), 1U);
  const IngestResult both =
      ingest({folder.path()},
             mapped(R"({"tables": [{"file": "b.xlsx#乙", "as": "firm", "columns": {"x": "name"}},
        {"file": "b.xlsx#甲", "as": "firm", "columns": {"企业名称": "name"}}]})"));
  EXPECT_EQ(both.graph.size(EntityKind::Firm), 2U);
  EXPECT_NE(failure_of({folder.path() / "b.xlsx#丙"}).find("has no sheet \"丙\""),
            std::string::npos);
}

TEST(Ingest, AnIndustryThatLostItsNoughtIsNamedAndNotUsed) {
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称,行业代码\n甲厂,313\n乙厂,0313\n丙厂,3670\n"}});
  EXPECT_EQ(lines_of(result.problems), (Lines{"Warning 企业.csv:2:4 lost-zero 行业代码=313"}));
  EXPECT_EQ(result.problems[0].remedy.en, "write A0313 or C313");
  EXPECT_EQ(result.graph.text(result.graph.entity(FirmId{0}), EntityText::Industry), "");
  EXPECT_EQ(
      lines_of(ingest_files({{"企业.csv", "企业名称,行业代码\n甲厂,313\n乙厂,367\n"}}).problems),
      Lines{})
      << "groups among groups";
}

TEST(Ingest, AJsonListOfNamesIsANameAndItsAliases) {
  const IngestResult result =
      ingest_files({{"firms.jsonl",
                     "{\"name\":[\"示例甲有限公司\",\"Sample A\"]}\n"
                     "{\"name\":\"示例乙有限公司\",\"address\":[\"一\",\"二\"]}\n"},
                    {"供货.csv", "供应商,客户\nSample A,示例乙有限公司\n"}});
  EXPECT_EQ(lines_of(result.problems),
            (Lines{"Note firms.jsonl:1:9 several-values name=示例甲有限公司;Sample A",
                   "Warning firms.jsonl:2:29 several-values address=一;二"}));
  EXPECT_EQ(result.graph.name(result.graph.entity(FirmId{0})), "示例甲有限公司");
  EXPECT_EQ(result.graph.text(result.graph.entity(FirmId{0}), EntityText::Aliases), "Sample A");
  EXPECT_EQ(result.graph.relation(RelationKind::Supplies).size(), 1U);
}

TEST(Ingest, ApostrophesOfASpreadsheetAreTakenOff) {
  const IngestResult result = ingest_files(
      {{"企业.csv",
        "企业名称,地区代码,注册资本(万元),成立日期\n'示例甲,'500104,'500,'2011-02-03\n"}});
  EXPECT_EQ(lines_of(result.problems), Lines{});
  EXPECT_EQ(result.graph.name(result.graph.entity(FirmId{0})), "示例甲");
  EXPECT_EQ(
      result.graph.number(result.graph.entity(FirmId{0}), EntityNumber::RegisteredCapital)->value,
      5e6);
}

TEST(Ingest, AFileThatIsNotReadIsAWarningAndItsRowsAreLost) {
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称\n示例甲厂\n"},
                    {"供货关系表.csv", "卖家,买家\n甲,乙\n丙,丁\n"},
                    {"page.csv", "<html><body><table><tr><td>企业名称</td></tr></table>"},
                    {"notes.pdf", "%PDF-1.4"},
                    {"data.dbf", "x"},
                    {"old.xls", "<table><tr><td>企业</td></tr></table>"},
                    {"gaps.json", "{\"schema\": \"liantu.gaps/1\", \"gaps\": [{\"a\": 1}]}"},
                    {"gaps.csv", "环节,written by liantu\n电机,\n"},
                    {"缺口.csv", "环节,由链图（liantu）生成\n电机,\n"},
                    {"d.liantu", "LIANTU\r\n"},
                    {"README.md", "x"},
                    {"LICENSE", "x"}});
  EXPECT_EQ(lines_of(result.problems),
            (Lines{"Warning data.dbf unmapped-file", "Warning gaps.csv unmapped-file",
                   "Warning gaps.json unmapped-file", "Warning notes.pdf unmapped-file",
                   "Warning old.xls unmapped-file", "Warning page.csv unmapped-file",
                   "Warning 供货关系表.csv:1:1 unmapped-file", "Warning 缺口.csv unmapped-file"}));
  const auto what = [&](std::size_t i) { return result.problems[i].what.en; };
  EXPECT_EQ(what(1), "this is an output of Liantu, and was not read");
  EXPECT_EQ(what(3), "this is a PDF document, and was not read");
  EXPECT_EQ(what(4), "this is a web page (HTML), and was not read");
  EXPECT_EQ(result.problems[2].remedy.en, "give the tables that it was made from");
  Lines summaries = summaries_of(result);
  EXPECT_EQ(summaries.front(), "企业.csv firm 1 rows, 1 used, 0 left out");
  EXPECT_NE(std::ranges::find(summaries, "供货关系表.csv unread 2 rows, 0 used, 2 left out"),
            summaries.end());
  EXPECT_EQ(result.graph.size(), 1U);
}

TEST(Ingest, WhatLiantuWroteIsNoTableEvenWhereItIsNamed) {
  const Folder folder(Files{{"gaps.csv", "环节,written by liantu\n电机,\n"},
                            {"gaps.json", "{\"schema\": \"liantu.gaps/1\", \"gaps\": []}"}});
  for (const char* file : {"gaps.csv", "gaps.json"}) {
    const std::string failure = failure_of({folder.path() / file});
    EXPECT_NE(failure.find("this is an output of Liantu"), std::string::npos) << failure;
    EXPECT_NE(failure.find("give the tables that it was made from"), std::string::npos) << failure;
  }
}

TEST(Ingest, TheOrderInWhichFilesAreGivenDecidesNothing) {
  const Folder folder(
      Files{{"a/企业.csv", "企业名称,地区代码,营业收入\n示例甲,500104,5\n示例乙,310115,\n"},
            {"a/供货.csv", "供应商,客户,环节,金额(万元)\n示例乙,示例甲,纸箱,1000\n"},
            {"b/供货.csv", "供应商,客户,环节\n示例乙,示例甲,纸箱\n"},
            {"b/企业.csv", "企业名称,营业收入\n示例甲,7\n"}});
  const fs::path a = folder.path() / "a";
  const fs::path b = folder.path() / "b";
  const IngestResult whole = ingest({a, b});
  const Relation supplies = whole.graph.relation(RelationKind::Supplies);
  ASSERT_EQ(supplies.size(), 1U);
  EXPECT_EQ(supplies.number(EdgeId{0}, EdgeNumber::Amount), 1e7);
  EXPECT_EQ(number_of(whole.graph, "示例甲", EntityNumber::Revenue), 5.0);
  for (const std::vector<fs::path>& paths :
       {std::vector<fs::path>{b, a},
        std::vector<fs::path>{b / "供货.csv", a / "供货.csv", b / "企业.csv", a / "企业.csv"},
        std::vector<fs::path>{b / "供货.csv", a, b}}) {
    const IngestResult turned = ingest(paths);
    EXPECT_EQ(test::walk(turned.graph), test::walk(whole.graph));
    EXPECT_EQ(lines_of(turned.problems), lines_of(whole.problems));
  }
}

TEST(Ingest, NamesThatAreNoUtf8AreShownByTheirBytes) {
  // 企业 and 供货 in GBK, as archives of Windows hold them.
  const Folder folder(Files{{"\xC6\xF3\xD2\xB5.csv", "企业名称\n示例甲厂\n示例乙厂\n"},
                            {"\xB9\xA9\xBB\xF5.csv", "供应商,客户\n示例甲厂,示例丙厂\n"}});
  const IngestResult result = ingest({folder.path()});
  EXPECT_EQ(lines_of(result.problems),
            (Lines{"Error \\xB9\\xA9\\xBB\\xF5.csv:2:6 unknown-firm 客户=示例丙厂"}));
  EXPECT_EQ(names_of(result.graph, EntityKind::Firm), (Lines{"示例甲厂", "示例乙厂"}));
  EXPECT_EQ(result.graph.source(result.graph.provenance(EntityId{0}).source).file,
            "\\xC6\\xF3\\xD2\\xB5.csv");
}

TEST(Ingest, TheNameOfAFileThatIsNoUtf8StillTellsWhatItsTableIs) {
  // 主营 in GBK; its headings fit 经销, too.
  const Folder folder(Files{{"企业.csv", "企业名称\n示例甲厂\n"},
                            {"\xD6\xF7\xD3\xAA.csv", "企业,环节\n示例甲厂,电机\n"}});
  const IngestResult result = ingest({folder.path()});
  EXPECT_EQ(edges_of(result.graph, RelationKind::Makes), (Lines{"示例甲厂 → 电机"}));
}

TEST(Ingest, TableThatFitsSeveralNamesThem) {
  EXPECT_EQ(failure_of(Files{{"t.csv", "企业,环节\n示例甲厂,电机\n"}}),
            "InvalidData: t.csv:1:1: its headings (企业, 环节) fit several tables: makes, trades; "
            "name the file after the kind of table that it is, such as 主营.csv, or write a "
            "mapping file");
}

TEST(Ingest, AllUnusableFilesAreSaid) {
  const Files files = {{"企业.csv", "企业名称\n示例甲厂,x\n"},
                       {"主营.csv", ""},
                       {"供货.csv", "供应商,客户\n甲,\"乙\n"},
                       {"需要.csv", "产品\n电机\n"}};
  IngestOptions options;
  options.unusable = UnusableFiles::Report;
  const IngestResult result = ingest_files(files, options);
  EXPECT_EQ(result.unusable_files, 3U);
  EXPECT_EQ(lines_of(result.problems),
            (Lines{"Error 主营.csv unusable-file", "Error 企业.csv:2:6 extra-cells =x",
                   "Error 供货.csv:2:3 unusable-file", "Error 需要.csv:1:1 unusable-file"}));
  EXPECT_EQ(result.problems[0].what, (Text{"is empty", "文件是空的"}));
  EXPECT_EQ(result.graph.size(), 0U);
  const std::string failure = failure_of(files);
  for (const char* file : {"主营.csv: is empty", "供货.csv:2:3: ", "需要.csv:1:1: "}) {
    EXPECT_NE(failure.find(file), std::string::npos) << failure;
  }
}

TEST(Ingest, WhatAFileSaysDoesNotTakeItsErrorApart) {
  const Files files = {{"a; b: c.csv", "企业名称,x: y; z,x: y; z\n示例甲厂,1,2\n"},
                       {"企业.csv", "企业名称\n示例甲厂\n"}};
  IngestOptions options;
  options.unusable = UnusableFiles::Report;
  const IngestResult result = ingest_files(files, options);
  ASSERT_EQ(result.unusable_files, 1U);
  const Problem& problem = result.problems[0];
  EXPECT_EQ(problem.place, (InputPlace{.file = "a; b: c.csv", .line = 1, .column = 14}));
  EXPECT_EQ(problem.what, (Text{"column \"x: y; z\" occurs twice, first at 1:6",
                                "列名“x: y; z”重复，第一次出现在第 1 行第 6 个字符"}));
  EXPECT_EQ(problem.remedy, (Text{"rename one of them", "请给其中一列改名"}));
  EXPECT_EQ(failure_of(files),
            "InvalidData: a; b: c.csv:1:14: column \"x: y; z\" occurs twice, first at 1:6; rename "
            "one of them");
}

TEST(Ingest, MalformedRowOfAFileIsCountedOnce) {
  const IngestResult result = ingest_files(
      {{"m.csv", "firm,boss\n示例甲厂,示例人甲\n示例乙厂,示例人乙,x\n"}}, mapped(R"({"tables": [
        {"file": "m.csv", "as": "firm", "columns": {"firm": "name"}},
        {"file": "m.csv", "as": "person", "columns": {"boss": "name"}}]})"));
  EXPECT_EQ(summaries_of(result), (Lines{"m.csv firm 2 rows, 1 used, 1 left out",
                                         "m.csv person 1 rows, 1 used, 0 left out"}));
}

TEST(Ingest, SourcesBeyondTheLimitAreSaidOnce) {
  std::string rows = "姓名,来源\n";
  for (int i = 0; i < 60'010; ++i) {
    rows += "示例人" + std::to_string(i) + ",来源" + std::to_string(i) + "\n";
  }
  const IngestResult result = ingest_files({{"人员.csv", rows}});
  EXPECT_EQ(result.graph.size(EntityKind::Person), 60'010U);
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(line_of(result.problems[0]),
            "Warning 人员.csv:60002:10 too-many-sources 来源=来源60000");
}

// ---- errors ----

TEST(Ingest, PathThatCannotBeReadEndsIt) {
  for (const char* path : {"/nowhere/at all.csv", "/nowhere/at all", "/nowhere/"}) {
    EXPECT_EQ(failure_of(std::vector<fs::path>{path}),
              "Io: " + std::string(path) + ": cannot be read: it does not exist; check the name");
  }
}

TEST(Ingest, NoTableEndsIt) {
  const std::string none =
      "InvalidData: no table was found; give files or a folder with tables "
      "(`liantu formats` lists what can be read)";
  EXPECT_EQ(failure_of(Files{}), none);
  EXPECT_EQ(failure_of(Files{{"README.md", "x"}}), none);
  EXPECT_EQ(failure_of(std::vector<fs::path>{}), none);
}

TEST(Ingest, TableThatNobodyRecognisesEndsIt) {
  // In a folder it is left aside; without any other there is nothing to read.
  EXPECT_EQ(failure_of(Files{{"t.csv", "甲,乙\n1,2\n"}}),
            "InvalidData: no table was found; give files or a folder with tables (`liantu formats` "
            "lists what can be read). Files that were left aside:\n"
            "t.csv:1:1: cannot tell what this table is from its headings (甲, 乙); the first line "
            "must be the headings; name the columns as `liantu formats` lists them, or write a "
            "mapping file");
  // Named itself, it is wanted, whatever the mapping says of others.
  const Folder folder(Files{{"t.csv", "甲,乙\n1,2\n"}, {"企业.csv", "企业名称\n示例甲厂\n"}});
  const IngestOptions options = mapped(
      R"({"tables": [{"file": "企业.csv", "as": "firm", "columns": {"企业名称": "name"}}]})");
  EXPECT_TRUE(failure_of({folder.path() / "t.csv", folder.path() / "企业.csv"}, options)
                  .starts_with("InvalidData: t.csv:1:1: cannot tell"));
}

TEST(Ingest, MissingRequiredColumnEndsIt) {
  EXPECT_TRUE(
      failure_of(Files{{"企业.csv", "注册资本\n1\n"}})
          .starts_with("InvalidData: 企业.csv:1:1: the column with the registered name is "
                       "missing (columns found: 注册资本); the first line must be the headings; "
                       "name the column one of: name, "));
  EXPECT_TRUE(
      failure_of(Files{{"供货.csv", "供应商\n甲\n"}})
          .starts_with("InvalidData: 供货.csv:1:1: the column with the customer is missing"));
}

TEST(Ingest, MappingMayStandInTheFolder) {
  const std::string mapping = R"({"tables": [{"file": "企业.csv", "as": "firm",
    "columns": {"企业名称": "name"}}], "ignore": ["mapping.json"]})";
  const Files files = {{"企业.csv", "企业名称\n示例甲厂\n"}, {"mapping.json", mapping}};
  EXPECT_EQ(lines_of(ingest_files(files, mapped(mapping)).problems), Lines{});
}

TEST(Ingest, EmptyFileEndsIt) {
  EXPECT_TRUE(failure_of(Files{{"企业.csv", ""}}).starts_with("InvalidData: 企业.csv"));
}

TEST(Ingest, LimitsAreThoseOfTheTables) {
  IngestOptions options;
  options.limits.columns = 2;
  EXPECT_TRUE(failure_of(Files{{"企业.csv", "企业名称,状态,地址\n"}}, options)
                  .starts_with("LimitReached: "));
}

TEST(Ingest, StopsWhenAsked) {
  const Files files = {{"企业.csv", "企业名称,经营范围\n示例甲厂,生产电机\n"},
                       {"环节.csv", "环节\n电机\n"},
                       {"供货.csv", "供应商,客户\n"}};
  std::stop_source asked;
  asked.request_stop();
  IngestOptions options;
  options.stop = asked.get_token();
  EXPECT_TRUE(failure_of(files, options).starts_with("Cancelled: "));

  // Asked while a table is read, it stops before the next one.
  for (const char* stage : {"read", "firm", "segment"}) {
    std::stop_source later;
    options.stop = later.get_token();
    options.progress = [&](std::string_view at, std::uint64_t, std::uint64_t) {
      if (at == stage) later.request_stop();
    };
    EXPECT_TRUE(failure_of(files, options).starts_with("Cancelled: ")) << stage;
  }
}

TEST(Ingest, ProgressTellsFilesAndFirms) {
  std::vector<std::string> stages;
  IngestOptions options;
  options.progress = [&](std::string_view stage, std::uint64_t done, std::uint64_t total) {
    EXPECT_LE(done, total);
    if (stages.empty() || stages.back() != stage) stages.emplace_back(stage);
  };
  ingest_files({{"企业.csv", "企业名称\n示例甲厂\n"}, {"环节.csv", "环节\n电机\n"}}, options);
  EXPECT_EQ(stages, (Lines{"read", "firm", "segment", "scope"}));
}

// ---- figures and their years ----

TEST(Ingest, AFigureIsOfTheYearThatItsHeadingNames) {
  const IngestResult result =
      ingest_files({{"企业.csv",
                     "企业名称,2024年营业收入(万元),2023年增加值(万元),用电量(万千瓦时),容积率,"
                     "建筑面积,数据日期\n"
                     "示例甲厂,100,40-60,2,1.5,3000平方米,2022\n"},
                    {"地块.csv", "地块编号,面积(公顷),容积率,建筑面积(万㎡)\nDDK-1,2,2.5,5\n"}});
  const EntityId firm{0};
  EXPECT_EQ(number_of(result.graph, "示例甲厂", EntityNumber::Revenue), 1e6);
  EXPECT_EQ(result.graph.number_year(firm, EntityNumber::Revenue), 2024);
  EXPECT_EQ(result.graph.number(firm, EntityNumber::ValueAdded), (Figure{5e5, Basis::Estimated}));
  EXPECT_EQ(result.graph.number_year(firm, EntityNumber::ValueAdded), 2023);
  EXPECT_EQ(number_of(result.graph, "示例甲厂", EntityNumber::Electricity), 20000);
  EXPECT_EQ(result.graph.number_year(firm, EntityNumber::Electricity), 2022);
  EXPECT_EQ(number_of(result.graph, "示例甲厂", EntityNumber::PlotRatio), 1.5);
  EXPECT_EQ(number_of(result.graph, "示例甲厂", EntityNumber::FloorSpace), 3000);
  const EntityId site = result.graph.entity(SiteId{0});
  EXPECT_EQ(result.graph.number(site, EntityNumber::Land), (Figure{30, Basis::Stated}));
  EXPECT_EQ(result.graph.number(site, EntityNumber::PlotRatio), (Figure{2.5, Basis::Stated}));
  EXPECT_EQ(result.graph.number(site, EntityNumber::FloorSpace), (Figure{5e4, Basis::Stated}));
}

TEST(Ingest, OfFiguresOfTwoYearsTheLaterIsKeptWithoutContradiction) {
  const IngestResult result =
      ingest_files({{"a/企业.csv", "企业名称,2024年营业收入\n示例甲厂,200\n"},
                    {"b/企业.csv", "企业名称,2023年营业收入\n示例甲厂,100\n"}});
  EXPECT_EQ(number_of(result.graph, "示例甲厂", EntityNumber::Revenue), 200);
  EXPECT_EQ(result.graph.number_year(EntityId{0}, EntityNumber::Revenue), 2024);
  for (const Problem& problem : result.problems) EXPECT_NE(problem.kind, "contradiction");
}

TEST(Ingest, AnIndustryThatContradictsItsNameIsNamed) {
  const IngestResult result = ingest_files(
      {{"企业.csv",
        "企业名称,行业\n示例甲厂,3841 汽车零部件及配件制造\n示例乙厂,3670（汽车零部件及配件制造）\n"
        "示例丙厂,36 汽车零部件及配件制造\n示例丁厂,3.67E+03\n示例戊厂,13-Mar\n"}});
  EXPECT_EQ(lines_of(result.problems),
            (Lines{"Warning 企业.csv:2:6 industry-conflict 行业=3841 汽车零部件及配件制造",
                   "Warning 企业.csv:5:6 industry 行业=3.67E+03",
                   "Warning 企业.csv:6:6 industry 行业=13-Mar"}));
}

TEST(Ingest, ARoughPurchaseIsAnEstimate) {
  const IngestResult result =
      ingest_files({{"企业.csv", "企业名称\n示例甲厂\n示例乙厂\n"},
                    {"供货.csv", "供应商,客户,金额\n示例甲厂,示例乙厂,100-300万元\n"}});
  const Relation supplies = result.graph.relation(RelationKind::Supplies);
  EXPECT_EQ(supplies.number(EdgeId{0}, EdgeNumber::Amount), 2e6);
  EXPECT_EQ(supplies.provenance(EdgeId{0}).basis, Basis::Estimated);
}

TEST(Ingest, TheMappingFoundReadsTheSameTablesAgain) {
  const Files files = {
      {"企业2024.csv", "单位详细名称,2024年营业收入(万元)\n示例甲厂,3\n示例乙厂,4\n"},
      {"供货.csv", "供货方,采购方,年采购额\n示例甲厂,示例乙厂,5\n"}};
  const IngestResult found = ingest_files(files);
  ASSERT_EQ(found.mapping.tables.size(), 2U);
  EXPECT_EQ(found.mapping.tables[0].file, "企业*.csv");
  EXPECT_EQ(found.mapping.tables[0].columns,
            (std::vector<MappedColumn>{{"单位详细名称", "name"}, {"营业收入", "revenue"}}));
  IngestOptions options;
  options.mapping = parse_mapping(mapping_json(found.mapping), "m.json");
  const IngestResult again = ingest_files(files, options);
  EXPECT_EQ(again.problems, found.problems);
  EXPECT_EQ(number_of(again.graph, "示例乙厂", EntityNumber::Revenue), 4e4);
  EXPECT_EQ(edges_of(again.graph, RelationKind::Supplies),
            edges_of(found.graph, RelationKind::Supplies));
  EXPECT_EQ(mapping_json(again.mapping), mapping_json(found.mapping));
}

TEST(Ingest, FilesOfOneShapeShareAPatternAndOthersKeepTheirNames) {
  const auto names = [](const Files& files) {
    Lines lines;
    for (const TableMapping& table : ingest_files(files).mapping.tables)
      lines.push_back(table.file);
    return lines;
  };
  EXPECT_EQ(
      names({{"企业1.csv", "企业名称,区县\n甲厂,\n"}, {"企业2.csv", "企业名称,区县\n乙厂,\n"}}),
      (Lines{"企业*.csv"}));
  EXPECT_EQ(names({{"表名1.csv", "企业名称,信用代码\n甲厂,\n"},
                   {"表名2.csv", "姓名,企业,职务\n乙,甲厂,\n"}}),
            (Lines{"表名1.csv", "表名2.csv"}));
}

TEST(Ingest, AMappingLeadsIntoNestedJson) {
  IngestOptions options;
  options.mapping = parse_mapping(
      R"({"tables": [
        {"file": "r.json", "as": "firm", "columns": {"企业.名称": "name", "企业.住所": "address"}},
        {"file": "r.json", "as": "owns", "create": true,
         "columns": {"股东[].名称": "from", "企业.名称": "to", "股东[].比例": "share"}}]})",
      "m.json");
  const IngestResult result =
      ingest_files({{"r.json", R"([{"企业": {"名称": "示例甲厂", "住所": "重庆市大渡口区"},
                       "股东": [{"名称": "示例乙厂", "比例": "60%"}, {"名称": "示例丙厂"}]},
                      {"企业": {"名称": "示例丁厂"}, "股东": []}])"}},
                   options);
  EXPECT_EQ(summaries_of(result), (Lines{"r.json firm 2 rows, 2 used, 0 left out",
                                         "r.json owns 2 rows, 2 used, 0 left out"}));
  EXPECT_EQ(result.graph.relation(RelationKind::Owns).size(), 2U);
}

TEST(Ingest, StatementsOfBeneficialOwnershipJoinByTheirRecords) {
  const IngestResult result = ingest_files(
      {{"bods.json",
        R"([{"recordId": "e1", "recordType": "entity", "recordDetails": {"name": "示例甲厂"}},
            {"recordId": "e2", "recordType": "entity", "recordDetails": {"name": "示例乙厂"}},
            {"recordId": "p1", "recordType": "person",
             "recordDetails": {"names": [{"fullName": "李四"}]}},
            {"recordId": "r1", "recordType": "relationship", "recordDetails": {
             "subject": "e2", "interestedParty": "e1",
             "interests": [{"type": "shareholding", "share": {"exact": 60}}]}},
            {"recordId": "r2", "recordType": "relationship", "recordDetails": {
             "subject": "e1", "interestedParty": "p1",
             "interests": [{"type": "shareholding", "share": {"minimum": 75, "maximum": 100}},
                           {"type": "boardMember"}]}}])"}});
  EXPECT_EQ(result.graph.size(EntityKind::Firm), 2U);
  EXPECT_EQ(result.graph.size(EntityKind::Person), 1U);
  EXPECT_EQ(result.graph.relation(RelationKind::Owns).size(), 2U);
  EXPECT_EQ(result.graph.relation(RelationKind::Serves).size(), 1U);
}

}  // namespace
}  // namespace liantu
