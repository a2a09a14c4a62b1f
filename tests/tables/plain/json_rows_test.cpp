#include "liantu/tables/plain/json_rows.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tables/table_text.hpp"

namespace liantu {
namespace {

using Names = std::vector<std::string>;

std::string failure(const std::string& text, const std::string& file = "f.json") {
  return failure_of([&] { (void)parse_json_rows(text, file); });
}

TEST(JsonRows, ReadsAnArrayOfObjects) {
  const Table table = parse_json_rows(
      "[{\"名称\": \"甲\", \"产值\": 1},\n {\"产值\": 2.50, \"名称\": \"乙\"}]", "f.json");
  EXPECT_EQ(table.columns(), (Names{"名称", "产值"}));
  EXPECT_EQ(cells_of(table), (Rows{{"甲", "1"}, {"乙", "2.50"}}));
  // Line 1 is `[{"名称": "甲", "产值": 1},`: its values are characters 9 and 20. Line 2 starts with
  // a blank: 2.50 is characters 9 to 12, and ` "名称": ` goes on to 20.
  EXPECT_EQ(places_of(table), (Rows{{"2@1:9", "2@1:20"}, {"3@2:21", "3@2:9"}}));
  EXPECT_EQ(table.place(1), (InputPlace{"f.json", "", 3, 2, 2}));
  EXPECT_EQ(table.encoding(), "UTF-8");
}

TEST(JsonRows, ReadsJsonLines) {
  const Table table =
      parse_json_rows("{\"a\": 1}\r\n\n{\"a\": 2, \"b\": \"x\"}\n  {\"b\":\"y\"}", "f.jsonl");
  EXPECT_EQ(table.columns(), (Names{"a", "b"}));
  EXPECT_EQ(cells_of(table), (Rows{{"1", ""}, {"2", "x"}, {"", "y"}}));
  EXPECT_EQ(places_of(table), (Rows{{"2@1:7", "2@1:1"}, {"4@3:7", "4@3:15"}, {"5@4:3", "5@4:8"}}));
}

TEST(JsonRows, NumbersKeepTheirDigits) {
  const Table table = parse_json_rows(
      "[{\"a\":1.50,\"b\":-0,\"c\":12345678901234567890123,\"d\":1e-7,\"e\":0.10000000000000000001,"
      "\"f\":9E+2}]",
      "f.json");
  EXPECT_EQ(
      cells_of(table),
      (Rows{{"1.50", "-0", "12345678901234567890123", "1e-7", "0.10000000000000000001", "9E+2"}}));
}

TEST(JsonRows, NullIsEmptyAndWordsStay) {
  const Table table = parse_json_rows("[{\"a\":null,\"b\":true,\"c\":false,\"d\":\"\"}]", "f.json");
  EXPECT_EQ(cells_of(table), (Rows{{"", "true", "false", ""}}));
  EXPECT_EQ(table.cell(0, 0).column, 7U);
}

TEST(JsonRows, ArraysOfScalarsAreJoinedOtherValuesKeepTheirText) {
  const Table table = parse_json_rows(
      "[{\"a\":[\"x\",2,null,true], \"b\":[], \"c\":{ \"d\" : [1] }, "
      "\"e\":[1,{\"f\":\"\\u4e2d\"}], "
      "\"g\":[[1],2]}]",
      "f.json");
  EXPECT_EQ(cells_of(table),
            (Rows{{"x;2;true", "", "{ \"d\" : [1] }", "[1,{\"f\":\"\\u4e2d\"}]", "[[1],2]"}}));
}

TEST(JsonRows, EscapesAreDecoded) {
  const Table table = parse_json_rows(R"([{"\u540d":"a\"\\\n\u4e2d\ud840\udc00\/"}])", "f.json");
  EXPECT_EQ(table.columns(), (Names{"名"}));
  EXPECT_EQ(cells_of(table), (Rows{{"a\"\\\n中𠀀/"}}));
}

TEST(JsonRows, FindsTheOneArrayOfObjectsInAnObject) {
  const Table table = parse_json_rows(
      "{\"version\": 1, \"tags\": [\"x\"], \"firms\": [ {\"a\": 1} ], \"meta\": {\"n\": [{}]}}",
      "f.json");
  EXPECT_EQ(cells_of(table), (Rows{{"1"}}));
  EXPECT_EQ(table.row_number(0), 2U);
}

TEST(JsonRows, TheFormOfTheTextTellsLinesFromADocument) {
  EXPECT_EQ(parse_json_rows("{\"a\":1}\n{\"a\":2}", "f.json").size(), 2U);
  EXPECT_EQ(parse_json_rows("{\n\"firms\": [{\"a\":1}]\n}", "f.json").columns(), (Names{"a"}));
  EXPECT_EQ(parse_json_rows("{\"firms\": [{\"a\":1}]}", "f.json").columns(), (Names{"a"}));
  EXPECT_EQ(parse_json_rows("{\"firms\": [{\"a\":1}]}", "f.jsonl").columns(), (Names{"firms"}));
}

TEST(JsonRows, EmptyArraysAreTablesWithoutRows) {
  EXPECT_EQ(parse_json_rows("[]", "f.json").size(), 0U);
  EXPECT_EQ(parse_json_rows("\xEF\xBB\xBF{\"firms\": [ ]}", "f.json").size(), 0U);
  const Table table = parse_json_rows("[{},{}]", "f.json");
  EXPECT_EQ(table.size(), 2U);
  EXPECT_TRUE(table.columns().empty());
}

TEST(JsonRows, ElementsThatAreNoObjectsAreLeftOut) {
  const Table table = parse_json_rows("[{\"a\":1}, 7, [2], {\"a\":3}]", "f.json");
  EXPECT_EQ(cells_of(table), (Rows{{"1"}, {"3"}}));
  EXPECT_EQ(table.row_number(1), 5U);
  EXPECT_EQ(problems_of(table),
            (Names{"f.json:1:11: no JSON object where a row should be; write the row as "
                   "{\"column\": value, …}",
                   "f.json:1:14: no JSON object where a row should be; write the row as "
                   "{\"column\": value, …}"}));
  EXPECT_EQ(table.problems()[1].value, "[2]");
}

TEST(JsonRows, MemberNamedTwiceLeavesTheRowAndItsColumnsOut) {
  const Table table = parse_json_rows("[{\"a\":1},{\"b\":1,\"b\":2},{\"c\":3}]", "f.json");
  EXPECT_EQ(table.columns(), (Names{"a", "c"}));
  EXPECT_EQ(cells_of(table), (Rows{{"1", ""}, {"", "3"}}));
  ASSERT_EQ(table.problems().size(), 1U);
  EXPECT_EQ(table.problems()[0].kind, "duplicate-member");
  EXPECT_EQ(table.problems()[0].value, "b");
  EXPECT_EQ(table.problems()[0].place, (InputPlace{"f.json", "", 3, 1, 17}));
}

TEST(JsonRows, NulInTextLeavesTheRowOut) {
  const Table table = parse_json_rows(R"([{"a":"x\u0000"},{"a":"y"}])", "f.json");
  EXPECT_EQ(cells_of(table), (Rows{{"y"}}));
  ASSERT_EQ(table.problems().size(), 1U);
  EXPECT_EQ(table.problems()[0].kind, "nul");
}

TEST(JsonRows, MalformedLineIsAProblemAndTheOthersStand) {
  const Table table =
      parse_json_rows("{\"a\":1}\n{\"b\":2,}\n{\"a\":3} 4\n5\n{\"c\":[\n{\"a\":6}\n", "f.jsonl");
  EXPECT_EQ(table.columns(), (Names{"a"}));
  EXPECT_EQ(cells_of(table), (Rows{{"1"}, {"6"}}));
  EXPECT_EQ(table.row_number(1), 7U);
  EXPECT_EQ(problems_of(table),
            (Names{"f.jsonl:2:8: not valid JSON: Missing a name for object member; write one whole "
                   "object a line",
                   "f.jsonl:3:9: not valid JSON: The document root must not be followed by other "
                   "values; write one whole object a line",
                   "f.jsonl:4:1: no JSON object where a row should be; write the row as "
                   "{\"column\": value, …}",
                   "f.jsonl:5:7: not valid JSON: Invalid value; write one whole object a line"}));
}

// What is to be done about a document that is not JSON.
const std::string kMend = "; mend it there, or export the file again";

TEST(JsonRows, LinesWithoutAnyObjectAreAnError) {
  EXPECT_EQ(failure("nope\n1\n", "f.jsonl"),
            "InvalidData: f.jsonl:1:2: no line is a JSON object (the first fault: not valid JSON: "
            "Invalid value); write one whole object a line");
  EXPECT_EQ(failure("1\n2\n", "f.jsonl"),
            "InvalidData: f.jsonl:1:1: no line is a JSON object (the first fault: no JSON object); "
            "write one whole object a line");
}

TEST(JsonRows, FaultyDocumentsAreErrorsWithTheirPlace) {
  EXPECT_EQ(failure("[{\"名\":1},\n {\"名\" 2}]"),
            "InvalidData: f.json:2:7: not valid JSON: Missing a colon after a name of object "
            "member" +
                kMend);
  EXPECT_EQ(
      failure("[{\"a\":1}"),
      "InvalidData: f.json:1:9: not valid JSON: Missing a comma or ']' after an array element" +
          kMend);
  EXPECT_EQ(failure("[{\"a\":1},]"),
            "InvalidData: f.json:1:10: not valid JSON: Invalid value" + kMend);
  EXPECT_EQ(failure("[{\"a\":1}] x"),
            "InvalidData: f.json:1:11: not valid JSON: The document root must not be followed by "
            "other values" +
                kMend);
  EXPECT_EQ(failure("7"),
            "InvalidData: f.json:1:1: not a JSON array of objects; write [{\"column\": value, …}, "
            "…]");
  EXPECT_EQ(
      failure("[1,2]"),
      "InvalidData: f.json:1:2: no element of the array can be used (the first fault: no JSON "
      "object where a row should be); write the row as {\"column\": value, …}");
  EXPECT_EQ(failure("{\"a\": 1}"),
            "InvalidData: f.json:1:1: the object holds no array of objects; write [{\"column\": "
            "value, …}, …]");
  EXPECT_EQ(
      failure("{\"a\": [{}], \"b\": [{}]}"),
      "InvalidData: f.json:1:13: members \"a\" and \"b\" are both arrays of objects; keep the "
      "one that is the table");
  EXPECT_EQ(
      failure("{\"a\": [{}] \"b\": 1}"),
      "InvalidData: f.json:1:12: not valid JSON: Missing a comma or '}' after an object member" +
          kMend);
  EXPECT_EQ(
      failure("{\"a\" 1}"),
      "InvalidData: f.json:1:6: not valid JSON: Missing a colon after a name of object member" +
          kMend);
  EXPECT_EQ(failure("{a: 1}"),
            "InvalidData: f.json:1:2: not valid JSON: Missing a name for object member" + kMend);
  EXPECT_EQ(failure(R"([{"a":"\ud800"}])").substr(0, 37), "InvalidData: f.json:1:8: not valid JS");
  EXPECT_EQ(
      failure(R"([{"a":"\udc00"}])"),
      "InvalidData: f.json:1:14: not valid JSON: The surrogate pair in string is invalid" + kMend);
  EXPECT_EQ(
      failure(R"([{"\udc00":1}])"),
      "InvalidData: f.json:1:10: not valid JSON: The surrogate pair in string is invalid" + kMend);
}

TEST(JsonRows, NestingIsLimited) {
  const auto nested = [](std::size_t arrays) {
    return "[{\"a\":" + std::string(arrays, '[') + std::string(arrays, ']') + "}]";
  };
  // The array and the object are two levels.
  EXPECT_EQ(parse_json_rows(nested(62), "f.json").size(), 1U);
  // `[{"a":` is six characters, so the 63rd bracket is character 69.
  EXPECT_EQ(failure(nested(63)),
            "InvalidData: f.json:1:69: nested deeper than 64 levels; a table needs two" + kMend);
}

TEST(JsonRows, EmptyFileIsAnError) {
  EXPECT_EQ(failure(" \n"), "InvalidData: f.json: is empty; a JSON object per row is expected");
}

TEST(JsonRows, OtherEncodingsAreRefused) {
  EXPECT_EQ(failure("[{\"a\":\"\xD6\xD8\xC7\xEC\"}]"),
            "InvalidData: f.json: is written in GB18030, JSON must be UTF-8; save it as UTF-8");
  EXPECT_EQ(failure("[{\"a\":\"重庆\xFF\"}]").substr(0, 38),
            "InvalidData: f.json:1:10: byte 0xFF is");
}

TEST(JsonRows, LimitsNameThemselves) {
  TableOptions options;
  const auto fails = [&](const std::string& text) {
    return failure_of([&] { (void)parse_json_rows(text, "f.json", options); });
  };
  options.limits.columns = 2;
  EXPECT_EQ(fails("[{\"a\":1,\"b\":2,\"c\":3}]"),
            "LimitReached: f.json:1:15: more than 2 columns; check the header, or raise "
            "the limit: --limit columns=VALUE");
  options.limits = {};
  options.limits.field_bytes = 2;
  EXPECT_EQ(fails("[{\"a\":\"xyz\"}]").substr(0, 49),
            "LimitReached: f.json:1:7: the field is longer tha");
  options.limits = {};
  options.limits.row_bytes = 8;
  EXPECT_EQ(fails("[{\"a\":1},{\"a\":1,\"b\":2}]").substr(0, 45),
            "LimitReached: f.json:1:21: the row is longer ");
  options.limits = {};
  options.limits.file_bytes = 2;
  EXPECT_EQ(fails("[{}]").substr(0, 34), "LimitReached: f.json: has 4 bytes,");
}

TEST(JsonRows, StopTokenEndsTheReading) {
  std::stop_source source;
  source.request_stop();
  TableOptions options;
  options.stop = source.get_token();
  EXPECT_EQ(failure_of([&] { (void)parse_json_rows("[{}]", "f.json", options); }),
            "Cancelled: f.json: reading was cancelled");
}

// Random sparse rows, written with random order, blanks and escapes, come back the same from a
// document and from lines.
TEST(JsonRows, RandomRowsComeBackWhole) {
  const std::array<std::string_view, 6> blanks = {"", "", " ", "\t", "  ", " \t"};
  const std::array<std::pair<std::string_view, std::string_view>, 8> pieces = {
      {{"a", "a"},
       {"甲", "甲"},
       {"甲", "\\u7532"},
       {"\"", "\\\""},
       {"\n", "\\n"},
       {"𠀀", "\\ud840\\udc00"},
       {",", ","},
       {"}", "}"}}};
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    std::mt19937 random{seed};
    const auto below = [&](std::size_t n) { return static_cast<std::uint32_t>(random() % n); };
    const auto blank = [&] { return std::string{blanks[below(blanks.size())]}; };
    Names columns;
    std::vector<std::vector<std::pair<std::string, std::string>>> rows;
    std::string lines;
    std::string document = "[";
    const std::uint32_t count = 1 + below(10);
    for (std::uint32_t row = 0; row < count; ++row) {
      std::vector<std::uint32_t> members = {0, 1, 2, 3, 4, 5};
      std::shuffle(members.begin(), members.end(), random);
      members.resize(below(7));
      rows.emplace_back();
      std::string object = "{";
      for (const std::uint32_t member : members) {
        const std::string name = "列" + std::to_string(member);
        if (std::find(columns.begin(), columns.end(), name) == columns.end()) {
          columns.push_back(name);
        }
        std::string value;
        std::string written;
        if (below(3) == 0) {
          value = written = std::to_string(below(1000)) + "." + std::to_string(below(1000));
        } else {
          written = "\"";
          for (std::uint32_t n = below(5); n > 0; --n) {
            const auto& [piece, escaped] = pieces[below(pieces.size())];
            value += piece;
            written += escaped;
          }
          written += '"';
        }
        if (object.size() > 1) object += ',';
        object += blank() + "\"" + name + "\"" + blank();
        object += ":" + blank();
        object += written + blank();
        rows.back().emplace_back(name, value);
      }
      object += "}";
      lines += blank() + object + blank() + "\n";
      if (row > 0) document += ",";
      document += blank() + object + blank();
    }
    document += "]";
    Rows expected;
    for (const auto& row : rows) {
      expected.emplace_back(columns.size());
      for (const auto& [name, value] : row) {
        const auto at = std::find(columns.begin(), columns.end(), name) - columns.begin();
        expected.back()[static_cast<std::size_t>(at)] = value;
      }
    }
    for (const Table& table :
         {parse_json_rows(document, "f.json"), parse_json_rows(lines, "f.jsonl")}) {
      ASSERT_EQ(table.columns(), columns) << seed;
      ASSERT_EQ(cells_of(table), expected) << seed << '\n' << document;
      ASSERT_TRUE(table.problems().empty()) << seed;
    }
  }
}

}  // namespace
}  // namespace liantu
