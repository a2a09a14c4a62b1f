// What ingest() does with names that may mean a firm, and with what a person says of them.
#include "ingest/who/name_questions.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/folder.hpp"
#include "ingest/problem_lines.hpp"
#include "liantu/base/values/credit_code.hpp"
#include "liantu/ingest/ingest.hpp"

namespace liantu {
namespace {

constexpr std::string_view kHeadings =
    "所写名称,可能是哪家企业,该企业信用代码,是否同一家（是/否/"
    "其他）,如为其他：企业全称或信用代码\n";

IngestResult read(const Files& files, const std::string& answers = {}) {
  Files all = files;
  if (!answers.empty()) all.emplace_back("待确认.csv", std::string(kHeadings) + answers);
  const Folder folder(all);
  IngestOptions options;
  options.confirmations = folder.path() / "待确认.csv";
  return ingest({folder.path()}, options);
}

Lines supplies(const EnterpriseGraph& graph) {
  Lines lines;
  const Relation relation = graph.relation(RelationKind::Supplies);
  for (std::uint64_t e = 0; e < relation.size(); ++e) {
    lines.push_back(fmt::format("{}→{}", graph.name(relation.source(EdgeId{e})),
                                graph.name(relation.target(EdgeId{e}))));
  }
  return lines;
}

Lines asked(const IngestResult& result) {
  Lines lines;
  for (const NameQuestion& one : result.questions) {
    constexpr std::string_view kWords[] = {"?", "yes", "no", "other"};
    lines.push_back(
        fmt::format("{} {} {}", one.written, kWords[static_cast<int>(one.answer)], one.firm));
  }
  return lines;
}

std::string code_of(unsigned serial, std::string_view region = "500104") {
  const std::string code = fmt::format("91{}MA6{:06}", region, serial);
  return code + *credit_code_check_digit(code);
}

std::ptrdiff_t count_of(const IngestResult& result, Severity severity) {
  return std::ranges::count(result.problems, severity, &Problem::severity);
}

const Files kTables = {
    {"企业.csv",
     "企业名称\n重庆示例机械制造有限公司\n宁波示例机械制造有限公司\n重庆虚构电子有限公司\n"},
    {"供货.csv", "供应商,客户\n示例机械,虚构电子\n"}};

TEST(NameQuestions, ASureShortNameIsLinkedWithANoteAndAnUnsureOneIsAsked) {
  const IngestResult result = read(kTables);
  EXPECT_EQ(lines_of(result.problems), (Lines{"Error 供货.csv:2:1 unknown-firm 供应商=示例机械",
                                              "Note 供货.csv:2:6 linked-name 客户=虚构电子"}));
  EXPECT_EQ(asked(result),
            (Lines{"示例机械 ? 重庆示例机械制造有限公司", "示例机械 ? 宁波示例机械制造有限公司"}));
  EXPECT_EQ(result.names_linked, 1U);
  EXPECT_EQ(supplies(result.graph), Lines{});
}

TEST(NameQuestions, YesIsReadBackByTheNextBuildAndKept) {
  const IngestResult result = read(
      kTables, "示例机械,宁波示例机械制造有限公司,,是,\n示例机械,重庆示例机械制造有限公司,,否,\n");
  EXPECT_EQ(supplies(result.graph), Lines{"宁波示例机械制造有限公司→重庆虚构电子有限公司"});
  EXPECT_EQ(asked(result), (Lines{"示例机械 yes 宁波示例机械制造有限公司",
                                  "示例机械 no 重庆示例机械制造有限公司"}));
}

TEST(NameQuestions, NoIsNeverLinkedNorAskedAgain) {
  const IngestResult result =
      read(kTables,
           "虚构电子,重庆虚构电子有限公司,,否,\n示例机械,重庆示例机械制造有限公司,,否,\n"
           "示例机械,宁波示例机械制造有限公司,,否,\n");
  EXPECT_EQ(supplies(result.graph), Lines{});
  EXPECT_EQ(result.questions.size(), 3U);
  EXPECT_EQ(result.names_linked, 0U);
}

TEST(NameQuestions, OtherNamesTheFirmByNameOrCode) {
  const std::string code = code_of(1);
  const Files tables = {{"企业.csv",
                         "企业名称,信用代码\n重庆示例机械制造有限公司,\n重庆虚构电子有限公司,\n"
                         "示例丙厂," +
                             code + "\n"},
                        {"供货.csv", "供应商,客户\n示例机械,虚构电子\n"}};
  for (const std::string& other : {std::string("示例丙厂"), code}) {
    const IngestResult result =
        read(tables, "示例机械,重庆示例机械制造有限公司,,其他," + other + "\n");
    EXPECT_EQ(supplies(result.graph), Lines{"示例丙厂→重庆虚构电子有限公司"}) << other;
  }
}

TEST(NameQuestions, RowsOfFirmsAreAskedAndJoinedOnlyByAYes) {
  for (const char* rows :
       {"重庆示例机械有限公司\n示例机械\n", "示例机械\n重庆示例机械有限公司\n"}) {
    const Files tables = {{"企业.csv", std::string("企业名称\n") + rows}};
    const IngestResult first = read(tables);
    EXPECT_EQ(first.graph.size(EntityKind::Firm), 2U);
    ASSERT_EQ(asked(first), Lines{"示例机械 ? 重庆示例机械有限公司"});
    const IngestResult second = read(tables, "示例机械,重庆示例机械有限公司,,是,\n");
    EXPECT_EQ(second.graph.size(EntityKind::Firm), 1U) << rows;
    EXPECT_EQ(second.firms_merged, 1U);
    EXPECT_EQ(count_of(second, Severity::Warning), 0);
  }
}

TEST(NameQuestions, TwoCodesStayTwoFirmsWhateverIsAnswered) {
  const Files tables = {{"企业.csv", "企业名称,信用代码\n示例甲厂," + code_of(1) + "\n示例甲工厂," +
                                         code_of(2) + "\n"}};
  const IngestResult result = read(tables, "示例甲厂,示例甲工厂,,是,\n");
  EXPECT_EQ(result.graph.size(EntityKind::Firm), 2U);
  EXPECT_EQ(lines_of(result.problems).back().substr(0, 38), "Warning 待确认.csv:2:1 confirmation");
}

TEST(NameQuestions, ACodeThatWasChangedByHandIsSaidAndNotUsed) {
  const Files tables = {{"企业.csv", "企业名称,信用代码\n重庆示例机械有限公司," + code_of(1) +
                                         "\n重庆虚构电子有限公司," + code_of(2) + "\n"},
                        {"供货.csv", "供应商,客户\n示列机械,重庆虚构电子有限公司\n"}};
  const IngestResult result =
      read(tables, "示列机械,重庆示例机械有限公司," + code_of(3) + ",是,\n");
  // As any supplier that nobody knows it is a firm of its own.
  EXPECT_EQ(supplies(result.graph), Lines{"示列机械→重庆虚构电子有限公司"});
  bool said = false;
  for (const Problem& one : result.problems) said = said || one.kind == "confirmation";
  EXPECT_TRUE(said);
  EXPECT_EQ(asked(result).back(), "示列机械 yes 重庆示例机械有限公司") << "kept";
}

TEST(NameQuestions, AFirmThatHasAnotherNameNowIsFoundByItsCode) {
  const Files tables = {
      {"企业.csv", "企业名称,信用代码\n重庆改名机械有限公司," + code_of(1) + "\n"},
      {"供货.csv",
       "供应商,客户\n示例机械,重庆改名机械有限公司\n"
       "重庆改名机械有限公司,示例机械\n"}};
  const IngestResult result =
      read(tables, "示例机械,重庆示例机械有限公司," + code_of(1) + ",是,\n");
  EXPECT_EQ(count_of(result, Severity::Error), 2) << "the firm with itself";
}

TEST(NameQuestions, ARowThatWasDeletedIsAskedAgainAndTheOthersAreKept) {
  const std::string answers =
      "示例机械,宁波示例机械制造有限公司,,是,\n示例机械,重庆示例机械制造有限公司,,否,\n";
  const IngestResult whole = read(kTables, answers);
  EXPECT_EQ(supplies(whole.graph), Lines{"宁波示例机械制造有限公司→重庆虚构电子有限公司"});
  // The yes is gone: nothing is linked, and it is an open question again.
  const IngestResult less = read(kTables, "示例机械,重庆示例机械制造有限公司,,否,\n");
  EXPECT_EQ(supplies(less.graph), Lines{});
  EXPECT_EQ(asked(less),
            (Lines{"示例机械 ? 宁波示例机械制造有限公司", "示例机械 no 重庆示例机械制造有限公司"}));
  // All are gone, the headings stay.
  const IngestResult none = read(kTables, "\n");
  EXPECT_EQ(asked(none),
            (Lines{"示例机械 ? 重庆示例机械制造有限公司", "示例机械 ? 宁波示例机械制造有限公司"}));
}

TEST(NameQuestions, NotesBesideAnOpenQuestionAreKept) {
  const Folder folder(
      {kTables[0],
       kTables[1],
       {"待确认.csv",
        "备注,所写名称,可能是哪家企业,是否同一家（是/否/其他）,如为其他：企业全称或信用代码\n"
        "已电话核实,示例机械,宁波示例机械制造有限公司,,示例丙厂\n"}});
  IngestOptions options;
  options.confirmations = folder.path() / "待确认.csv";
  const IngestResult result = ingest({folder.path()}, options);
  ASSERT_EQ(result.questions.size(), 2U);
  EXPECT_EQ(result.questions[1].firm, "宁波示例机械制造有限公司");
  EXPECT_EQ(result.questions[1].other, "示例丙厂");
  EXPECT_EQ(result.questions[1].notes,
            (std::vector<std::pair<std::string, std::string>>{{"备注", "已电话核实"}}));
  EXPECT_TRUE(result.questions[0].notes.empty());
}

TEST(NameQuestions, ManyFirmsOfOneNameStayApart) {
  std::string rows = "企业名称,信用代码\n";
  constexpr unsigned kFirms = 50'000;
  for (unsigned i = 0; i < kFirms; ++i) rows += "示例便民商店," + code_of(i) + "\n";
  std::string relations = "供应商,客户\n";
  for (unsigned i = 0; i < 2'000; ++i) relations += "示例便民商店," + code_of(i) + "\n";
  const IngestResult result = read({{"企业.csv", rows}, {"供货.csv", relations}});
  EXPECT_EQ(result.graph.size(EntityKind::Firm), kFirms);
  EXPECT_EQ(supplies(result.graph), Lines{});
  EXPECT_EQ(result.firms_merged, 0U);
  const Problem& last = result.problems.back();
  EXPECT_EQ(last.kind, "ambiguous");
  EXPECT_EQ(last.what.en, "50000 entities go by this name");
}

// Both have a check digit that does not fit: they are kept as keys, with a warning.
TEST(FirmCodes, OddRegistrationNumbersAndOrganizationCodesJoinRelations) {
  const IngestResult result = read({{"企业.csv",
                                     "企业名称,注册号,组织机构代码\n示例甲厂,500000400056789,\n"
                                     "示例乙厂,,20280000-1\n示例丙厂,,\n"},
                                    {"供货.csv",
                                     "供应商,客户\n500000400056789,202800001\n"
                                     "20280000-1,示例丙厂\n"}});
  EXPECT_EQ(supplies(result.graph), (Lines{"示例甲厂→示例乙厂", "示例乙厂→示例丙厂"}));
  EXPECT_EQ(lines_of(result.problems),
            (Lines{"Warning 企业.csv:2:6 credit-code 注册号=500000400056789",
                   "Warning 企业.csv:3:7 credit-code 组织机构代码=20280000-1"}));
}

TEST(HeadOffice, AStatedOneOwnsItsBranchByNameOrCode) {
  const std::string code = code_of(1, "330200");
  const IngestResult result = read(
      {{"企业.csv", "企业名称,信用代码,地址,总公司\n宁波示例有限公司," + code + ",浙江省宁波市,\n" +
                        "大渡口示例门市部,,重庆市大渡口区新山村街道,宁波示例有限公司\n" +
                        "示例江北营业点,," + "重庆市江北区," + code + "\n" +
                        "示例乙店,,,没有的公司\n" + "示例总部,,,示例总部\n"}});
  const Relation owns = result.graph.relation(RelationKind::Owns);
  Lines lines;
  for (std::uint64_t e = 0; e < owns.size(); ++e) {
    lines.push_back(fmt::format("{}→{} {}", result.graph.name(owns.source(EdgeId{e})),
                                result.graph.name(owns.target(EdgeId{e})),
                                *owns.number(EdgeId{e}, EdgeNumber::Share)));
  }
  EXPECT_EQ(lines,
            (Lines{"宁波示例有限公司→大渡口示例门市部 1", "宁波示例有限公司→示例江北营业点 1"}));
  EXPECT_EQ(lines_of(result.problems),
            Lines{"Warning 企业.csv:5:8 unknown-firm 总公司=没有的公司"});
  const auto region = [&](std::uint32_t firm) {
    return result.graph.region(result.graph.entity(FirmId{firm})).code.value();
  };
  EXPECT_EQ(region(0), 330200U);
  EXPECT_EQ(region(1), 500104U) << "by its own words";
  EXPECT_EQ(region(2), 500105U);
}

TEST(Industry, NameAndCodeOfTwoColumnsAreHeldAgainstEachOther) {
  const IngestResult result = read({{"企业.csv",
                                     "企业名称,行业代码,行业名称\n甲厂,3670,汽车零部件及配件制造\n"
                                     "乙厂,3670,谷物种植\n丙厂,,谷物种植\n丁厂,111,稻谷种植\n"}});
  Lines codes;
  for (std::uint32_t i = 0; i < 4; ++i) {
    codes.emplace_back(result.graph.text(result.graph.entity(FirmId{i}), EntityText::Industry));
  }
  EXPECT_EQ(codes, (Lines{"C3670", "C3670", "A011", "A0111"}));
  EXPECT_EQ(lines_of(result.problems),
            Lines{"Warning 企业.csv:3:4 industry-conflict 行业代码=3670"});
}

}  // namespace
}  // namespace liantu
