#include "liantu/tables/cells/table.hpp"

#include <optional>
#include <utility>

#include <gtest/gtest.h>

#include "liantu/tables/plain/csv.hpp"
#include "liantu/tables/plain/json_rows.hpp"
#include "tables/table_text.hpp"

namespace liantu {
namespace {

TEST(Table, ColumnIsFoundByItsExactName) {
  const Table table = parse_csv("名称,Name\n", "f");
  EXPECT_EQ(table.column("名称"), std::optional<std::size_t>{0});
  EXPECT_EQ(table.column("Name"), std::optional<std::size_t>{1});
  EXPECT_EQ(table.column("name"), std::nullopt);
  EXPECT_EQ(table.column(""), std::nullopt);
}

TEST(Table, DefaultTableIsEmpty) {
  const Table table;
  EXPECT_EQ(table.size(), 0U);
  EXPECT_TRUE(table.columns().empty());
  EXPECT_EQ(table.column("a"), std::nullopt);
}

TEST(Table, CopiesShareTheTextAndOutliveTheOriginal) {
  Table copy;
  {
    const Table table = parse_csv("a,b\nsome text,\"more \"\"text\"\"\"\n", "f");
    copy = table;
    EXPECT_EQ(copy.cell(0, 0).text.data(), table.cell(0, 0).text.data());
  }
  EXPECT_EQ(cells_of(copy), (Rows{{"some text", "more \"text\""}}));
  const Table moved = std::move(copy);
  EXPECT_EQ(cells_of(moved), (Rows{{"some text", "more \"text\""}}));
}

TEST(Table, HeadingsKnowTheirPlaces) {
  const Table csv = parse_csv("\n甲,\"乙\",\n1,2,3\n", "f.csv");
  EXPECT_EQ(csv.header().to_string(), "f.csv:2:1");
  EXPECT_EQ(csv.heading(1).to_string(), "f.csv:2:3");
  EXPECT_EQ(csv.heading(2).to_string(), "f.csv:2:7");
  const Table json = parse_json_rows("[{\"a\":1},\n{\"a\":2,\"b\":3}]", "f.json");
  EXPECT_EQ(json.heading(1).to_string(), "f.json:2:8");
  EXPECT_EQ(parse_json_rows("[]", "f.json").header().to_string(), "f.json");
}

TEST(Table, CellsThatARowDoesNotHaveStandWhereItStarts) {
  const Table table = parse_json_rows("[{\"a\":1},{\"c\":3}, {\"b\":2,\"c\":4}]", "f.json");
  EXPECT_EQ(table.columns(), (std::vector<std::string>{"a", "c", "b"}));
  EXPECT_EQ(cells_of(table), (Rows{{"1", "", ""}, {"", "3", ""}, {"", "4", "2"}}));
  EXPECT_EQ(places_of(table), (Rows{{"2@1:7", "2@1:2", "2@1:2"},
                                    {"3@1:10", "3@1:15", "3@1:10"},
                                    {"4@1:19", "4@1:30", "4@1:24"}}));
}

}  // namespace
}  // namespace liantu
