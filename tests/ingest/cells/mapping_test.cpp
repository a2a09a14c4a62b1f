#include "liantu/ingest/cells/mapping.hpp"

#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/problem_lines.hpp"

namespace liantu {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// English message of the error that the mapping ends in.
std::string failure(std::string_view text) {
  const auto error = error_of([&] { std::ignore = parse_mapping(text, "m.json"); });
  if (!error) return "no error";
  EXPECT_EQ(error->code(), ErrorCode::InvalidData);
  return error->what();
}

void expect_failure(std::string_view text, std::string_view start) {
  EXPECT_TRUE(failure(text).starts_with(start)) << failure(text) << "\nexpected " << start;
}

TEST(Mapping, HoldsAllThatTheFileSays) {
  const Mapping mapping = parse_mapping(R"({
  "about": "anything",
  "tables": [
    {"file": "registry/dadukou.csv", "as": "firm", "about": "…",
     "columns": {"name": "name", "uscc": "credit_code",
                 "capital": {"field": "registered_capital", "multiplier": 10000},
                 "ts_code": [{"field": "key", "until": "."}, "aliases"]},
     "where": {"src_year": "2010", "type": ""},
     "set": {"as_of": "2010-12-31"},
     "trust": "stated", "create": false, "citation": "登记信息"},
    {"file": "edges.csv", "as": "requires", "columns": {"a": "from", "b": "to"},
     "trust": "support", "create": true}
  ],
  "ignore": ["README.csv", "x/y.json"]
})",
                                        "m.json");
  ASSERT_EQ(mapping.tables.size(), 2U);
  const TableMapping& firms = mapping.tables[0];
  EXPECT_EQ(firms.file, "registry/dadukou.csv");
  EXPECT_EQ(firms.meaning, TableMeaning(EntityKind::Firm));
  std::vector<std::string> columns;
  for (const MappedColumn& column : firms.columns) {
    columns.push_back(column.column + ">" + column.field + " " + column.until + " " +
                      std::to_string(column.multiplier));
  }
  EXPECT_EQ(columns,
            (std::vector<std::string>{"name>name  1.000000", "uscc>credit_code  1.000000",
                                      "capital>registered_capital  10000.000000",
                                      "ts_code>key . 1.000000", "ts_code>aliases  1.000000"}));
  EXPECT_EQ(firms.where, (Pairs{{"src_year", "2010"}, {"type", ""}}));
  EXPECT_EQ(firms.set, (Pairs{{"as_of", "2010-12-31"}}));
  EXPECT_EQ(firms.trust, TrustRule::Stated);
  EXPECT_FALSE(firms.create);
  EXPECT_EQ(firms.citation, "登记信息");
  EXPECT_EQ(firms.place, (InputPlace{.file = "m.json", .line = 4, .column = 5}));

  const TableMapping& edges = mapping.tables[1];
  EXPECT_EQ(edges.meaning, TableMeaning(RelationKind::Requires));
  EXPECT_EQ(edges.trust, TrustRule::Support);
  EXPECT_TRUE(edges.create);
  EXPECT_TRUE(edges.citation.empty());
  EXPECT_EQ(edges.place.line, 11U);
  EXPECT_EQ(mapping.ignore, (std::vector<std::string>{"README.csv", "x/y.json"}));
}

TEST(Mapping, MayMapOneFileSeveralTimes) {
  const Mapping mapping = parse_mapping(
      R"({"tables": [{"file": "a.csv", "as": "firm", "columns": {"n": "name"}},
                     {"file": "a.csv", "as": "person", "columns": {"p": "name"}}]})",
      "m.json");
  EXPECT_EQ(mapping.tables.size(), 2U);
}

TEST(Mapping, RequiredFieldMayBeSet) {
  const Mapping mapping = parse_mapping(
      R"({"tables": [{"file": "a.csv", "as": "covers", "columns": {"o": "from"},
                      "set": {"region": "500104"}}]})",
      "m.json");
  EXPECT_EQ(mapping.tables[0].set, (Pairs{{"region", "500104"}}));
}

TEST(Mapping, EveryMeaningCanBeMapped) {
  for (const TableMeaning& meaning : table_meanings()) {
    std::string columns;
    for (const Field& field : fields(meaning)) {
      columns += (columns.empty() ? "" : ", ") + ("\"c " + std::string(field.key)) + "\": \"" +
                 std::string(field.key) + "\"";
    }
    const Mapping mapping = parse_mapping(R"({"tables": [{"file": "a.csv", "as": ")" +
                                              std::string(meaning_word(meaning)) +
                                              R"(", "columns": {)" + columns + "}}]}",
                                          "m.json");
    EXPECT_EQ(mapping.tables[0].meaning, meaning);
    EXPECT_EQ(mapping.tables[0].columns.size(), fields(meaning).size());
  }
}

TEST(Mapping, FaultsAreNamedWithTheirPlace) {
  const struct {
    std::string_view text;
    std::string_view start;
  } cases[] = {
      {"{", "m.json:1:2: "},
      {"[]", "m.json:1:1: an object is expected here; "},
      {"{}", "m.json:1:1: the mapping names no table; "},
      {R"({"tables": []})", "m.json:1:12: the mapping names no table; "},
      {R"({"tables": {}})", "m.json:1:12: the mapping names no table; "},
      {R"({"tables": [1]})", "m.json:1:13: an object is expected here; "},
      {R"({"table": []})", "m.json:1:11: member \"table\" is not known; known here: tables "},
      {R"({"tables": [{"as": "firm"}]})", "m.json:1:13: this table names no file; "},
      {R"({"tables": [{"file": "", "as": "firm"}]})", "m.json:1:13: this table names no file; "},
      {R"({"tables": [{"file": 7, "as": "firm"}]})", "m.json:1:22: a text is expected here; "},
      {R"({"tables": [{"file": "a.csv"}]})", "m.json:1:13: \"as\" is missing or"},
      {R"({"tables": [{"file": "a.csv", "as": "firma"}]})",
       "m.json:1:37: \"as\" is missing or is not a known kind of row; set \"as\" to one of: "
       "firm segment person "},
      {R"({"tables": [{"file": "a.csv", "as": "firm"}]})",
       "m.json:1:13: this table maps no column"},
      {R"({"tables": [{"file": "a.csv", "as": "firm", "columns": {}}]})",
       "m.json:1:56: this table maps no column; "},
      {R"({"tables": [{"file": "a.csv", "as": "firm", "columns": []}]})",
       "m.json:1:56: an object is expected here; "},
      {R"({"tables": [{"file": "a.csv", "as": "firm", "columns": {"n": "nam"}}]})",
       "m.json:1:62: \"nam\" is not a field of firm; known fields: name credit_code "},
      {R"({"tables": [{"file": "a.csv", "as": "firm", "columns": {"n": {"until": "."}}}]})",
       "m.json:1:62: \"\" is not a field of firm; "},
      {R"({"tables": [{"file": "a.csv", "as": "firm", "columns": {"n": {"field": "name", "x": 1}}}]})",
       "m.json:1:85: member \"x\" is not known; known here: field until multiplier"},
      {R"({"tables": [{"file": "a.csv", "as": "firm", "columns": {"n": 3}}]})",
       "m.json:1:62: an object is expected here; "},
      {R"({"tables": [{"file": "a.csv", "as": "firm", "columns": {"c": "credit_code"}}]})",
       "m.json:1:56: no column feeds the required field name; map the column that holds: "
       "registered name"},
      {R"({"tables": [{"file": "a.csv", "as": "firm", "columns": {"n": "name", "m": "name"}}]})",
       "m.json:1:56: two columns feed the field name; keep one"},
      {R"({"tables": [{"file": "a.csv", "as": "firm", "columns": {"n": "name"}, "set": {"x": "1"}}]})",
       "m.json:1:84: \"x\" is not a field of firm; "},
      {R"({"tables": [{"file": "a.csv", "as": "firm", "columns": {"n": "name"}, "set": {"tags": 1}}]})",
       "m.json:1:87: a text is expected here; "},
      {R"({"tables": [{"file": "a.csv", "as": "firm", "columns": {"n": "name"}, "where": []}]})",
       "m.json:1:80: an object is expected here; "},
      {R"({"tables": [{"file": "a.csv", "as": "firm", "columns": {"n": "name"}, "trust": "all"}]})",
       "m.json:1:80: trust is neither \"stated\" nor \"support\"; "},
      {R"({"tables": [{"file": "a.csv", "as": "firm", "columns": {"n": "name"}, "create": 1}]})",
       "m.json:1:81: create is neither true nor false; "},
      {R"({"tables": [{"file": "a.csv", "as": "firm", "columns": {"n": "name"}, "sheet": ""}]})",
       "m.json:1:80: member \"sheet\" is not known; "},
      {R"({"tables": [{"file": "a.csv", "as": "firm", "columns": {"n": "name"}}], "ignore": "x"})",
       "m.json:1:83: a list is expected here; "},
      {R"({"tables": [{"file": "a.csv", "as": "firm", "columns": {"n": "name"}}], "ignore": [1]})",
       "m.json:1:84: a text is expected here; "},
  };
  for (const auto& one : cases) expect_failure(one.text, one.start);
}

TEST(Mapping, MultiplierIsANumberAboveZero) {
  for (const char* multiplier : {"0", "-1", "\"10000\"", "null"}) {
    const std::string text =
        R"({"tables": [{"file": "a.csv", "as": "firm", "columns": {"n": "name", "c": {"field": )"
        R"("tax", "multiplier": )" +
        std::string(multiplier) + "}}}]}";
    expect_failure(text, "m.json:1:106: a multiplier must be a number above 0; write 10000 for a");
  }
}

TEST(Mapping, IsReadBackAsItWasWritten) {
  const std::string text = R"({
  "tables": [
    {
      "file": "企业*.xlsx#规上",
      "as": "firm",
      "columns": {
        "单位": ["name", "key"],
        "产值": {
          "field": "revenue",
          "until": ".",
          "multiplier": 10000.0
        }
      },
      "where": {
        "状态": "存续"
      },
      "set": {
        "tags": "规上"
      },
      "trust": "support",
      "create": true,
      "citation": "统计局"
    }
  ],
  "ignore": [
    "旧.csv"
  ]
})";
  const Mapping once = parse_mapping(text, "m.json");
  const std::string written = mapping_json(once);
  const Mapping twice = parse_mapping(written, "m.json");
  ASSERT_EQ(twice.tables.size(), 1U);
  EXPECT_EQ(twice.tables[0].file, once.tables[0].file);
  EXPECT_EQ(twice.tables[0].columns, once.tables[0].columns);
  EXPECT_EQ(twice.tables[0].where, once.tables[0].where);
  EXPECT_EQ(twice.tables[0].set, once.tables[0].set);
  EXPECT_EQ(twice.tables[0].trust, TrustRule::Support);
  EXPECT_TRUE(twice.tables[0].create);
  EXPECT_EQ(twice.tables[0].citation, "统计局");
  EXPECT_EQ(twice.ignore, once.ignore);
  EXPECT_EQ(mapping_json(twice), written);
}

TEST(Mapping, ANameIsFreedOfItsQuarter) {
  EXPECT_EQ(undated_name("企业2024Q1.xlsx"), "企业*Q*.xlsx");
  EXPECT_EQ(undated_name("企业台账2024年一季度.xlsx"), "企业台账*年*.xlsx");
  EXPECT_EQ(undated_name("企业20240331.csv"), "企业*.csv");
  EXPECT_EQ(undated_name("企业.csv"), "企业.csv");
  EXPECT_EQ(undated_name("2024.xlsx"), "2024.xlsx");
  EXPECT_EQ(undated_name("2024/01.xlsx"), "2024/01.xlsx");
}

TEST(Mapping, AStarStandsForAnythingButASlash) {
  EXPECT_TRUE(fits_pattern("企业*.xlsx", "企业2024.xlsx"));
  EXPECT_TRUE(fits_pattern("企业*年*.xlsx", "企业2024年二季度.xlsx"));
  EXPECT_TRUE(fits_pattern("*", ""));
  EXPECT_TRUE(fits_pattern("a*b*c", "aXbYbZc"));
  EXPECT_FALSE(fits_pattern("企业*.xlsx", "企业/2024.xlsx"));
  EXPECT_FALSE(fits_pattern("企业*.xlsx", "企业2024.csv"));
  EXPECT_FALSE(fits_pattern("a", ""));
  EXPECT_FALSE(fits_pattern("", "a"));
}

}  // namespace
}  // namespace liantu
