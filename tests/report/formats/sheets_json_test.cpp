#include "liantu/report/formats/sheets_json.hpp"

#include <string>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

namespace liantu {
namespace {

TEST(SheetsJson, EachSheetIsAListOfObjectsAndNothingIsNull) {
  Sheet sheet;
  sheet.columns = {{"name", {}, CellKind::Text}, {"demand", {}, CellKind::Money}};
  sheet.rows = {{std::string("电池"), 0.5}, {std::string("隔膜\xFF"), SheetCell()}};
  RunInfo run;
  run.version = "0.1.0";
  const std::string text = sheets_json("liantu.sample/1", {{"rows", sheet}, {"none", {}}}, run);
  rapidjson::Document document;
  ASSERT_FALSE(document.Parse(text.data(), text.size()).HasParseError());
  EXPECT_STREQ(document["schema"].GetString(), "liantu.sample/1");
  ASSERT_EQ(document["rows"].Size(), 2U);
  EXPECT_STREQ(document["rows"][0]["name"].GetString(), "电池");
  EXPECT_EQ(document["rows"][0]["demand"].GetDouble(), 0.5);
  EXPECT_STREQ(document["rows"][1]["name"].GetString(), "隔膜\xEF\xBF\xBD");
  EXPECT_TRUE(document["rows"][1]["demand"].IsNull());
  EXPECT_EQ(document["none"].Size(), 0U);
}

}  // namespace
}  // namespace liantu
