#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "cli/program.hpp"
#include "support/source_tree.hpp"

namespace liantu::test {
namespace {

class LedgerProgram : public InFolder {
 protected:
  static std::string example(const std::string& name) {
    return test::source_tree() + "/examples/ledger/" + name + ".csv";
  }
  void SetUp() override {
    InFolder::SetUp();
    ASSERT_EQ(liantu({"ledger", "init", "d.ledger", "--region", "500104"}).exit, 0);
  }
  void take_in_examples() const {
    const Ran ran = liantu({"ledger", "import", "d.ledger", example("projects"), example("funds"),
                            example("teams"), example("contacts")});
    ASSERT_EQ(ran.exit, 0) << ran.err;
  }
  rapidjson::Document json(std::vector<std::string> arguments, int exit = 0) const {
    arguments.emplace_back("--json");
    const Ran ran = liantu(arguments);
    EXPECT_EQ(ran.exit, exit) << ran.err;
    rapidjson::Document document;
    EXPECT_FALSE(document.Parse(ran.out.c_str()).HasParseError()) << ran.out;
    return document;
  }
};

// What the conference of 8 February 2025 published.
TEST_F(LedgerProgram, TheExamplesAddUpToTheConferencesTotals) {
  take_in_examples();
  const auto league = json({"league", "d.ledger", "--quarter", "2025Q1"});
  const auto& totals = league["totals"];
  EXPECT_EQ(totals[0]["now"].GetDouble(), 46);
  EXPECT_EQ(totals[1]["now"].GetDouble(), 2'880'000);
  EXPECT_EQ(totals[2]["now"].GetDouble(), 2'600'000);
  EXPECT_EQ(totals[3]["now"].GetDouble(), 34'000);
  EXPECT_EQ(totals[0]["before"].GetDouble(), 5);
  EXPECT_EQ(league["projects"].Size(), 46U);
  EXPECT_EQ(league["teams"].Size(), 12U);
  const Ran said = liantu({"league", "d.ledger", "-q", "2025年第1季度", "--lang", "zh"});
  EXPECT_NE(
      said.out.find("签约项目 46 个，总投资 288亿元；达产后预计年产值 260亿元、年税收 3.4亿元"),
      std::string::npos)
      << said.out;
}

TEST_F(LedgerProgram, ComesBackFromItsWorkbookAsItWent) {
  take_in_examples();
  ASSERT_EQ(
      liantu({"ledger", "export", "d.ledger", "--with-contacts", "-o", "zh.xlsx", "--lang", "zh"})
          .exit,
      0);
  ASSERT_EQ(liantu({"ledger", "export", "d.ledger", "--with-contacts", "-o", "en.xlsx"}).exit, 0);
  // Nothing in it is new to the ledger itself.
  for (const char* book : {"zh.xlsx", "en.xlsx"}) {
    const auto again = json({"ledger", "import", "d.ledger", book});
    EXPECT_EQ(again["written"][0]["stages"].GetDouble(), 0) << book;
    EXPECT_EQ(again["written"][0]["facts"].GetDouble(), 0) << book;
    EXPECT_EQ(again["written"][0]["left_out"].GetDouble(), 0) << book;
  }
  ASSERT_EQ(liantu({"ledger", "init", "e.ledger", "--region", "500104"}).exit, 0);
  const Ran taken = liantu({"ledger", "import", "e.ledger", "zh.xlsx"});
  EXPECT_EQ(taken.exit, 0) << taken.err;
  for (const auto& what : {std::pair("stages", "day"),
                           {"facts", "value"},
                           {"projects", "investment"},
                           {"contacts", "stage"}}) {
    const auto first = json({"ledger", "export", "d.ledger", "-o", "-", "--with-contacts"});
    const auto second = json({"ledger", "export", "e.ledger", "-o", "-", "--with-contacts"});
    ASSERT_EQ(first[what.first].Size(), second[what.first].Size()) << what.first;
    std::multiset<std::string> a;
    std::multiset<std::string> b;
    const auto text = [&](const rapidjson::Value& row) {
      std::string out;
      for (const char* key : {"key", "name", "firm", "fact", "stage", what.second}) {
        if (!row.HasMember(key)) continue;
        const auto& value = row[key];
        out += value.IsString()   ? value.GetString()
               : value.IsNumber() ? std::to_string(value.GetDouble())
                                  : "-";
        out += "|";
      }
      return out;
    };
    for (const auto& row : first[what.first].GetArray()) a.insert(text(row));
    for (const auto& row : second[what.first].GetArray()) b.insert(text(row));
    EXPECT_EQ(a, b) << what.first;
  }
}

TEST_F(LedgerProgram, RefusesWithPlaceAndRemedy) {
  const std::vector<std::string> sign = {"ledger", "add",    "d.ledger",  "--project",
                                         "P1",     "--name", "示例甲",    "--stage",
                                         "签约",   "--date", "2025-02-08"};
  ASSERT_EQ(liantu(sign).exit, 0);
  expect_refused(
      {"ledger", "add", "d.ledger", "--project", "P1", "--stage", "开工", "--date", "2025-01-08"},
      3, {"before signing", "signed 2025-02-08 (row 1)", "--withdraw"}, {"早于签约", "--withdraw"});
  expect_refused({"ledger", "add", "d.ledger", "--project", "P1", "--name", "示例乙", "--stage",
                  "开工", "--date", "2025-03-08"},
                 3, {"P1 belongs to 示例甲"}, {"已属于“示例甲”"});
  expect_refused(
      {"ledger", "add", "d.ledger", "--project", "P1", "--stage", "终止", "--date", "2025-03-08"},
      3, {"no reason"}, {"未写原因"});
  expect_refused(
      {"ledger", "add", "d.ledger", "--project", "P1", "--stage", "开工", "--date", "2999-03-08"},
      3, {"after the day of recording"}, {"晚于登记日"});
  expect_refused({"ledger", "add", "d.ledger", "--project", "P1", "--stage", "飞行"}, 2,
                 {"no such stage", "started"}, {"没有这个阶段", "开工"});
  expect_refused({"ledger", "add", "d.ledger", "--project", "P1", "--set", "身高=2"}, 2,
                 {"FACT=VALUE", "investment"}, {"事项=值", "总投资"});
  expect_refused({"ledger", "add", "d.ledger", "--project", "P1", "--set", "总投资=-2"}, 2,
                 {"not a possible amount"}, {"不合理"});
  expect_refused({"ledger", "add", "d.ledger", "--stage", "开工"}, 2, {"--project CODE"},
                 {"--project"});
  expect_refused({"ledger", "add", "d.ledger", "--withdraw", "1"}, 2, {"needs a reason"},
                 {"须写明原因"});
  expect_refused({"ledger", "add", "d.ledger", "--withdraw", "99", "--reason", "x"}, 2,
                 {"no row 99"}, {"没有第 99 行"});
  expect_refused({"ledger", "dance", "d.ledger"}, 2, {"init, add"}, {"init、add"});
  expect_refused({"ledger", "show"}, 2, {"no ledger is named"}, {"缺少台账文件"});
  expect_refused({"ledger", "show", "d.ledger", "--stage", "开工"}, 2, {"does not go with show"},
                 {"不用于 show"});
  expect_refused({"ledger", "show", "no.ledger"}, 4, {"no such ledger", "init"}, {"没有这个台账"});
  expect_refused({"ledger", "init", "d.ledger", "-r", "500104"}, 4, {"exists already"}, {"已存在"});
  expect_refused({"league", "d.ledger"}, 2, {"--quarter is missing"}, {"缺少 --quarter"});
  expect_refused({"league", "d.ledger", "-q", "2025Q7"}, 2, {"not a quarter"}, {"不是季度"});
  write(
      "r.json",
      R"({"name": "n", "scored": [{"word": "a", "name": "b", "measure": "on_chain_share", "points": 90}]})");
  expect_refused({"league", "d.ledger", "-q", "2025Q1", "--rubric", "r.json"}, 3,
                 {"r.json:1:", "add up to 90"}, {"合计 90"});
  write("其他.csv", "天气,风\n晴,1\n");
  expect_refused({"ledger", "import", "d.ledger", "其他.csv"}, 3, {"no table in it names projects"},
                 {"没有一张表"});
}

TEST_F(LedgerProgram, KeepsTheGoodRowsOfATableAndNamesTheOthers) {
  write("表.csv",
        "项目编号,项目名称,阶段,日期,总投资（万元）\nP1,示例甲,签约,2025-02-08,8500\nP2,示例乙,"
        "签约,某日,1\nP3,示例丙,飞行,2025-02-08,1\n");
  const Ran ran = liantu({"ledger", "import", "d.ledger", "表.csv"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_NE(ran.err.find("表.csv:3:"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("表.csv:4:"), std::string::npos) << ran.err;
  const auto book = json({"ledger", "export", "d.ledger", "-o", "-"});
  ASSERT_EQ(book["projects"].Size(), 1U);
  EXPECT_EQ(book["projects"][0]["investment"].GetDouble(), 8.5e7);
}

TEST_F(LedgerProgram, KeepsTheNameAndDigestOfADocument) {
  write("开工令.pdf", "abc");
  ASSERT_EQ(liantu({"ledger", "add", "d.ledger", "--project", "P1", "--name", "示例甲", "--stage",
                    "签约", "--date", "2025-02-08", "--evidence", "开工令.pdf"})
                .exit,
            0);
  const auto book = json({"ledger", "export", "d.ledger", "-o", "-"});
  EXPECT_STREQ(book["stages"][0]["evidence"].GetString(), "开工令.pdf");
  EXPECT_STREQ(book["stages"][0]["evidence_hash"].GetString(),
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  const auto doubts = [&](int exit) {
    std::string words;
    const auto found =
        json({"ledger", "check", "d.ledger", "--as-of", "2025-03-01", "--evidence", "."}, exit);
    for (const auto& row : found["findings"].GetArray())
      words += std::string(row["doubt"].GetString()) + " ";
    return words;
  };
  EXPECT_EQ(doubts(0), "no_plan no_team ");
  write("开工令.pdf", "abd");
  EXPECT_EQ(doubts(1), "evidence_changed no_plan no_team ");
}

TEST_F(LedgerProgram, TakesTheYellowColumnsOfAListAndTheLoopCloses) {
  build_dadukou();
  ASSERT_EQ(liantu({"rank", "dadukou.liantu", "-r", "500104", "--top", "5", "-o", "清单.csv"}).exit,
            0);
  const auto before = json({"rank", "dadukou.liantu", "-r", "500104", "--top", "5"});
  const std::string first = before["prospects"][0]["name"].GetString();
  const std::string second = before["prospects"][1]["name"].GetString();
  const std::string third = before["prospects"][2]["name"].GetString();
  // As a person filled it in.
  write("填.csv", "名次,企业,责任单位,责任人,跟进阶段,下一步,完成时限,备注\n1," + first +
                      ",示例专班,李示例,已签约,,,\n2," + second +
                      ",示例专班,李示例,已流失,,,地价过高\n3," + third +
                      ",,,洽谈中,,,\n4,,,,,,,\n");
  const auto taken = json({"ledger", "import", "d.ledger", "填.csv", "--date", "2025-03-01"});
  EXPECT_EQ(taken["written"][0]["stages"].GetDouble(), 3);
  const auto after =
      json({"rank", "dadukou.liantu", "-r", "500104", "--top", "0", "--ledger", "d.ledger"});
  std::string screened;
  for (const auto& row : after["screened"].GetArray()) {
    if (row["name"].GetString() == first) screened = row["screened_by"]["zh"].GetString();
  }
  EXPECT_EQ(screened, "已签约（2025-03-01）");
  bool lost = false;
  bool talking = false;
  for (const auto& row : after["prospects"].GetArray()) {
    EXPECT_NE(row["name"].GetString(), first);
    if (row["name"].GetString() == second)
      lost = row["contact"]["reason"].GetString() == std::string("地价过高");
    if (row["name"].GetString() == third)
      talking = row["contact"]["state"].GetString() == std::string("in_progress");
  }
  EXPECT_TRUE(lost);
  EXPECT_TRUE(talking);
  EXPECT_EQ(after["prospects"].Size() + 1,
            json({"rank", "dadukou.liantu", "-r", "500104", "--top", "0"})["prospects"].Size());
  // Once it produces it is a maker here.
  for (const char* stage : {"签约", "投产"}) {
    ASSERT_EQ(liantu({"ledger", "add", "d.ledger", "--project", "P1", "--name", "示例项目",
                      "--firm", first, "--stage", stage, "--date", "2025-04-01"})
                  .exit,
              0);
  }
  const auto total = [](const rapidjson::Document& list) { return list["prospects"].Size(); };
  EXPECT_LE(
      total(json({"rank", "dadukou.liantu", "-r", "500104", "--top", "0", "--ledger", "d.ledger"})),
      total(after));
  // Too little to judge the list by.
  const Ran judged = liantu(
      {"evaluate", "--ledger", "d.ledger", "--list", "清单.csv", "--list-date", "2025-01-01"});
  EXPECT_EQ(judged.exit, 1);
  EXPECT_NE(judged.out.find("too few outcomes"), std::string::npos) << judged.out << judged.err;
}

TEST_F(LedgerProgram, WritesACalendarAndAPageWithoutPeopleAtFirms) {
  take_in_examples();
  ASSERT_EQ(liantu({"ledger", "show", "d.ledger", "--as-of", "2025-04-03", "-o", "due.ics"}).exit,
            0);
  ASSERT_EQ(liantu({"league", "d.ledger", "-q", "2025Q1", "-o", "page.svg"}).exit, 0);
  ASSERT_EQ(liantu({"league", "d.ledger", "-q", "2025Q1", "-o", "通报.xlsx"}).exit, 0);
  ASSERT_EQ(liantu({"ledger", "export", "d.ledger", "-o", "all.json"}).exit, 0);
  const std::string calendar = bytes_of(folder_ / "due.ics");
  EXPECT_EQ(calendar.rfind("BEGIN:VCALENDAR\r\n", 0), 0U);
  EXPECT_NE(calendar.find("VEVENT"), std::string::npos);
  EXPECT_NE(bytes_of(folder_ / "page.svg").find("</svg>"), std::string::npos);
  for (const char* file : {"due.ics", "page.svg", "all.json"}) {
    EXPECT_EQ(bytes_of(folder_ / file).find("虚构联系人"), std::string::npos) << file;
  }
  EXPECT_NE(liantu({"ledger", "export", "d.ledger", "-o", "-", "--json", "--with-contacts"})
                .out.find("虚构联系人"),
            std::string::npos);
  // Nothing is left beside the ledger.
  for (const std::string& name : names()) EXPECT_EQ(name.find("-wal"), std::string::npos) << name;
}

}  // namespace
}  // namespace liantu::test
