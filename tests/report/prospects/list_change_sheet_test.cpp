#include "liantu/report/prospects/list_change_sheet.hpp"

#include <string>
#include <variant>

#include <gtest/gtest.h>

namespace liantu {
namespace {

WrittenList list(std::initializer_list<const char*> names) {
  WrittenList made;
  std::uint32_t rank = 0;
  for (const char* name : names) {
    WrittenRow row;
    row.name = name;
    row.status = "prospect";
    row.rank = ++rank;
    row.score = 60;
    made.rows.push_back(row);
  }
  return made;
}

TEST(ListChangeSheet, RowsSayFateRanksAndWhy) {
  const WrittenList before = list({"甲", "乙", "丁"});
  const WrittenList after = list({"甲", "丙", "乙"});
  const ListChanges changes = compare_lists(before, after);
  SheetOptions how;
  how.language = Language::Zh;
  const Sheet sheet = list_change_sheet(changes, before, after, how);
  ASSERT_EQ(sheet.rows.size(), 3U);
  EXPECT_EQ(std::get<std::string>(sheet.rows[0][0]), "新进");
  EXPECT_EQ(std::get<std::string>(sheet.rows[0][1]), "丙");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(sheet.rows[0][3]));
  EXPECT_EQ(std::get<double>(sheet.rows[0][4]), 2);
  EXPECT_EQ(std::get<std::string>(sheet.rows[1][0]), "下降");
  EXPECT_EQ(std::get<std::string>(sheet.rows[2][0]), "移出");
  EXPECT_EQ(sheet.summary.front().zh, "新进 1 家；移出 1 家；上升 0 家；下降 1 家；名次不变 1 家");
  EXPECT_EQ(list_change_sheet(changes, before, after, how, MovedOnly::No).rows.size(), 4U);
  how.most = 1;
  const Sheet cut = list_change_sheet(changes, before, after, how);
  EXPECT_EQ(cut.rows.size(), 1U);
  EXPECT_EQ(cut.notes.size(), 1U);
}

TEST(ListChangeSheet, JsonHoldsCountsAndEveryFirm) {
  const WrittenList before = list({"甲"});
  const WrittenList after = list({"乙"});
  const std::string json =
      list_changes_json(compare_lists(before, after), before, after, RunInfo());
  for (const char* part : {"\"schema\":", "liantu.list_diff/1", "\"entered\": 1", "\"left\": 1",
                           "\"fate\": \"entered\"", "\"rank_before\": null"}) {
    EXPECT_NE(json.find(part), std::string::npos) << part << "\n" << json;
  }
}

}  // namespace
}  // namespace liantu
