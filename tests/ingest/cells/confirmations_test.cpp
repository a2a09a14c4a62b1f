#include "liantu/ingest/cells/confirmations.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/folder.hpp"
#include "ingest/problem_lines.hpp"
#include "liantu/report/formats/csv_text.hpp"

namespace liantu {
namespace {

struct Read {
  std::vector<NameQuestion> questions;
  std::vector<Problem> problems;
};

Read read(const std::string& csv) {
  const Folder folder({{"待确认.csv", csv}});
  Read result;
  result.questions = read_confirmations(folder.path() / "待确认.csv", result.problems);
  return result;
}

NameQuestion question(std::string written, std::string firm, Confirmed answer = Confirmed::Open,
                      std::string other = {}) {
  NameQuestion one;
  one.written = std::move(written);
  one.firm = std::move(firm);
  one.answer = answer;
  one.other = std::move(other);
  return one;
}

TEST(Confirmations, AreReadBackAsTheyWereWritten) {
  std::vector<NameQuestion> questions = {
      question("示例机械", "重庆示例机械有限公司"),
      question("示例机械", "宁波示例机械有限公司", Confirmed::No),
      question("虚构", "重庆虚构电子有限公司", Confirmed::Yes),
      question("甲乙", "重庆甲乙厂", Confirmed::Other, "重庆甲乙丙厂")};
  questions[0].code = "91500104MA00000015";
  questions[0].region = "重庆市大渡口区";
  questions[0].score = 0.75;
  questions[0].where = "供货.csv:3:1";
  for (const Language language : {Language::Zh, Language::En}) {
    Read back = read(render_csv(confirmation_sheet(questions), language));
    EXPECT_EQ(lines_of(back.problems), Lines{});
    for (NameQuestion& one : back.questions) one.place = {};
    EXPECT_EQ(back.questions, questions);
  }
}

TEST(Confirmations, OpenOnesStandFirstTheLikeliestBefore) {
  std::vector<NameQuestion> questions = {question("甲", "甲厂", Confirmed::Yes),
                                         question("乙", "乙厂"), question("丙", "丙厂")};
  questions[1].score = 0.7;
  questions[2].score = 0.8;
  const Sheet sheet = confirmation_sheet(questions);
  ASSERT_EQ(sheet.rows.size(), 3U);
  EXPECT_EQ(std::get<std::string>(sheet.rows[0][0]), "丙");
  EXPECT_EQ(std::get<std::string>(sheet.rows[1][0]), "乙");
  EXPECT_EQ(std::get<std::string>(sheet.rows[2][0]), "甲");
}

TEST(Confirmations, RowsAndColumnsMayBeMovedAndAdded) {
  const Read back = read(
      "经办人,是否同一家（是/否/其他）,可能是哪家企业,所写名称\n"
      "张三, 是 ,重庆虚构电子有限公司,虚构\n,,,\n李四,YES,重庆甲厂,甲\n王五,×,重庆乙厂,乙\n");
  EXPECT_EQ(lines_of(back.problems), Lines{});
  ASSERT_EQ(back.questions.size(), 3U);
  EXPECT_EQ(back.questions[0].answer, Confirmed::Yes);
  EXPECT_EQ(back.questions[0].written, "虚构");
  EXPECT_EQ(back.questions[1].answer, Confirmed::Yes);
  EXPECT_EQ(back.questions[2].answer, Confirmed::No);
}

TEST(Confirmations, WhatPeopleWroteIntoColumnsOfTheirOwnIsKept) {
  const Read back = read(
      "经办人,所写名称,是否同一家（是/否/其他）,可能是哪家企业,备注\n"
      "张三,虚构,是,重庆虚构电子有限公司,\n,甲,,重庆甲厂,已电话核实\n,乙,,重庆乙厂,\n");
  ASSERT_EQ(back.questions.size(), 3U);
  using Notes = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(back.questions[0].notes, (Notes{{"经办人", "张三"}}));
  EXPECT_EQ(back.questions[1].notes, (Notes{{"备注", "已电话核实"}}));
  EXPECT_EQ(back.questions[2].notes, Notes{});
  const Sheet sheet = confirmation_sheet(back.questions);
  ASSERT_EQ(sheet.columns.size(), 10U);
  EXPECT_EQ(sheet.columns[8].heading.zh, "经办人");
  EXPECT_EQ(sheet.columns[9].heading.zh, "备注");
  Read again = read(render_csv(sheet, Language::Zh));
  EXPECT_EQ(lines_of(again.problems), Lines{});
  ASSERT_EQ(again.questions.size(), 3U);
  EXPECT_EQ(again.questions[2].written, "虚构") << "answered ones stand last";
  EXPECT_EQ(again.questions[2].notes, (Notes{{"经办人", "张三"}}));
  EXPECT_EQ(again.questions[0].notes, (Notes{{"备注", "已电话核实"}}));
}

TEST(Confirmations, AnswersThatCannotBeUsedAreSaidWithTheirPlace) {
  const Read back = read(
      "所写名称,可能是哪家企业,是否同一家（是/否/其他）,如为其他：企业全称或信用代码\n"
      "甲,甲厂,也许,\n乙,乙厂,其他,\n丙,,是,\n,丁厂,是,\n戊,戊厂,是,\n戊,己厂,是,\n");
  EXPECT_EQ(lines_of(back.problems),
            (Lines{"Warning 待确认.csv:2:6 confirmation 是否同一家（是/否/其他）=也许",
                   "Warning 待确认.csv:3:9 confirmation 如为其他：企业全称或信用代码=",
                   "Warning 待确认.csv:4:3 confirmation 可能是哪家企业=",
                   "Warning 待确认.csv:5:1 confirmation 所写名称=",
                   "Warning 待确认.csv:7:6 confirmation 是否同一家（是/否/其他）=是"}));
  for (const NameQuestion& one : back.questions) EXPECT_EQ(one.answer, Confirmed::Open);
}

TEST(Confirmations, AColumnThatIsGoneIsNamed) {
  for (const char* csv :
       {"所写名称,可能是哪家企业\n甲,甲厂\n", "所写名称,是否同一家（是/否/其他）\n甲,是\n",
        "可能是哪家企业,是否同一家（是/否/其他）\n甲厂,是\n", "企业名称,地区\n甲厂,500104\n"}) {
    const auto error = error_of([&] { read(csv); });
    ASSERT_TRUE(error) << csv;
    EXPECT_EQ(error->code(), ErrorCode::InvalidData) << csv;
    EXPECT_NE(error->message().zh.find("待确认.csv"), std::string::npos) << error->message().zh;
  }
}

}  // namespace
}  // namespace liantu
