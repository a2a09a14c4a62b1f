#include "tables/plain/json_path.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/tables/plain/json_rows.hpp"
#include "tables/table_text.hpp"

namespace liantu {
namespace {

Table rows_of(const std::string& json) { return parse_json_rows(json, "f.json"); }

Table spread(const std::string& json, const std::vector<std::string>& paths) {
  return spread_rows(rows_of(json), paths, {});
}

TEST(JsonPath, MembersOfMembers) {
  const Table table = spread(R"([{"a": {"b": {"c": 1.5}, "t": true}, "x": "甲"}, {"x": "乙"}])",
                             {"x", "a.b.c", "a.t", "a.b", "a.none.c"});
  EXPECT_EQ(table.columns(), (std::vector<std::string>{"x", "a.b.c", "a.t", "a.b", "a.none.c"}));
  EXPECT_EQ(cells_of(table), (Rows{{"甲", "1.5", "true", "", ""}, {"乙", "", "", "", ""}}));
}

TEST(JsonPath, EachElementOfAListIsARow) {
  const Table table = spread(
      R"([{"x": "甲", "o": [{"n": "A", "s": 0.6}, {"n": "B"}]},
          {"x": "乙", "o": []}, {"x": "丙"},
          {"x": "丁", "o": {"n": "C"}}])",
      {"o[].n", "x", "o[].s"});
  EXPECT_EQ(cells_of(table), (Rows{{"A", "甲", "0.6"}, {"B", "甲", ""}, {"C", "丁", ""}}));
  EXPECT_EQ(table.place(2).line, 3U);
}

TEST(JsonPath, ListsInsideLists) {
  const Table table =
      spread(R"([{"a": [{"n": 1, "b": [{"c": "x"}, {"c": "y"}]}, {"n": 2, "b": [{"c": "z"}]}]}])",
             {"a[].n", "a[].b[].c"});
  EXPECT_EQ(cells_of(table), (Rows{{"1", "x"}, {"1", "y"}, {"2", "z"}}));
}

TEST(JsonPath, ScalarsOfAListAreOneCell) {
  const Table table =
      spread(R"([{"a": {"names": ["甲", "乙"]}, "l": ["p", "q"]}])", {"a.names", "l", "a.names[]"});
  EXPECT_EQ(cells_of(table), (Rows{{"甲;乙", "p;q", "甲"}, {"甲;乙", "p;q", "乙"}}));
  EXPECT_TRUE(table.is_list(0, 0));
}

TEST(JsonPath, TwoListsBesideEachOtherAreRefused) {
  EXPECT_NE(failure_of([] {
              (void)spread(R"([{"a": [], "b": []}])", {"a[].x", "b[].y"});
            }).find("two lists that are not one inside the other"),
            std::string::npos);
}

TEST(JsonPath, OnlyDotsAndListsMakeAPath) {
  EXPECT_TRUE(is_json_path("a.b"));
  EXPECT_TRUE(is_json_path("a[]"));
  EXPECT_FALSE(is_json_path("企业名称"));
}

}  // namespace
}  // namespace liantu
