#include "liantu/base/text/problem.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

InputPlace place(const char* file, const char* sheet, std::uint32_t row, std::uint32_t line,
                 std::uint32_t column) {
  return {file, sheet, row, line, column};
}

TEST(InputPlace, WritesAsMuchAsIsKnown) {
  EXPECT_EQ(place("firms.csv", "", 0, 17, 4).to_string(), "firms.csv:17:4");
  EXPECT_EQ(place("firms.csv", "", 9, 17, 0).to_string(), "firms.csv:17");
  EXPECT_EQ(place("firms.csv", "", 9, 0, 0).to_string(), "firms.csv:9");
  EXPECT_EQ(place("a.xlsx", "企业", 17, 0, 0).to_string(), "a.xlsx#企业!17");
  EXPECT_EQ(place("a.xlsx", "企业", 17, 17, 3).to_string(), "a.xlsx#企业!C17");
  EXPECT_EQ(place("a.xlsx", "企业", 17, 17, 26).to_string(), "a.xlsx#企业!Z17");
  EXPECT_EQ(place("a.xlsx", "企业", 17, 17, 27).to_string(), "a.xlsx#企业!AA17");
  EXPECT_EQ(place("a.xlsx", "企业", 17, 17, 16384).to_string(), "a.xlsx#企业!XFD17");
  EXPECT_EQ(place("a.xlsx", "企业", 0, 0, 0).to_string(), "a.xlsx#企业");
  EXPECT_EQ(place("a.xlsx", "", 0, 0, 0).to_string(), "a.xlsx");
  EXPECT_EQ(place("", "", 0, 17, 4).to_string(), "17:4");
  EXPECT_EQ(place("", "企业", 17, 0, 0).to_string(), "企业!17");
  EXPECT_EQ(InputPlace{}.to_string(), "");
}

TEST(InputPlace, ColumnWithoutLineIsNotWritten) {
  EXPECT_EQ(place("firms.csv", "", 0, 0, 4).to_string(), "firms.csv");
}

TEST(Problem, SaysWhereWhatAndWhatToDo) {
  Problem problem;
  problem.place = place("firms.csv", "", 0, 17, 4);
  problem.what = {"share 1.2 is outside [0, 1]", "占比 1.2 不在 [0, 1] 内"};
  problem.remedy = {"write 1.2 % as 0.012", "1.2% 请写成 0.012"};
  EXPECT_EQ(problem.to_string(Language::En),
            "firms.csv:17:4: share 1.2 is outside [0, 1]; write 1.2 % as 0.012");
  EXPECT_EQ(problem.to_string(Language::Zh),
            "firms.csv:17:4：占比 1.2 不在 [0, 1] 内；1.2% 请写成 0.012");
}

TEST(Problem, LeavesOutPartsThatNobodyFilled) {
  Problem problem;
  EXPECT_EQ(problem.to_string(Language::En), "");
  problem.what = {"no name", "缺少名称"};
  EXPECT_EQ(problem.to_string(Language::En), "no name");
  EXPECT_EQ(problem.to_string(Language::Zh), "缺少名称");
}

}  // namespace
}  // namespace liantu
