#include "liantu/report/data/problem_sheet.hpp"

#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "report/golden.hpp"
#include "report/json_case.hpp"

namespace liantu {
namespace {

using test::expect_golden;

constexpr std::monostate kNothing;

TEST(ProblemSheet, KeepsTheOrderAndTheWords) {
  Problem first;
  first.severity = Severity::Warning;
  first.place = {"firms.csv", "", 0, 17, 4};
  first.kind = "share";
  first.field = "占比";
  first.value = "1.2";
  first.what = {"share 1.2 is outside [0, 1]", "占比1.2不在0到1之间"};
  first.remedy = {"write 1.2 % as 0.012", "1.2%请写作0.012"};
  Problem second;
  second.severity = Severity::Note;
  second.value = "\xFF";

  const Sheet sheet = problem_sheet({first, second}, Language::Zh);
  std::vector<std::string> keys;
  for (const SheetColumn& column : sheet.columns) keys.push_back(column.key);
  EXPECT_EQ(keys,
            (std::vector<std::string>{"severity", "place", "field", "value", "what", "remedy"}));
  const std::vector<std::vector<SheetCell>> expected = {
      {"警告", "firms.csv:17:4", "占比", "1.2", "占比1.2不在0到1之间", "1.2%请写作0.012"},
      {"提示", kNothing, kNothing, "\xEF\xBF\xBD", kNothing, kNothing}};
  EXPECT_EQ(sheet.rows, expected);
  EXPECT_EQ(problem_sheet({}, Language::En).rows.size(), 0u);
}

TEST(ProblemKindText, NamesAKindInBothLanguagesAndKeepsAWordItDoesNotKnow) {
  EXPECT_EQ(problem_kind_text("credit-code"), (Text{"credit codes", "信用代码"}));
  EXPECT_EQ(problem_kind_text("unknown-firm"), (Text{"unknown firms", "未知企业"}));
  EXPECT_EQ(problem_kind_text("some-new-kind"), (Text{"some-new-kind", "some-new-kind"}));
}


TEST(ProblemsJson, HasPlaceWordsAndRemedy) {
  Problem problem;
  problem.severity = Severity::Warning;
  problem.place = {"firms.csv", "", 0, 17, 4};
  problem.kind = "share";
  problem.field = "占比";
  problem.value = "1.2\xFF";
  problem.what = {"share 1.2 is outside [0, 1]", "占比1.2不在0到1之间"};
  problem.remedy = {"write 1.2 % as 0.012", "1.2%请写作0.012"};
  const std::string text = problems_json({problem}, test::run_info());
  test::parsed(text);
  expect_golden("problems.json", text);
  EXPECT_EQ(test::parsed(problems_json({}, RunInfo()))["problems"].Size(), 0u);
}

}  // namespace
}  // namespace liantu
