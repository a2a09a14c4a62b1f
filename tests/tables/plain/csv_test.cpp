#include "liantu/tables/plain/csv.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tables/table_text.hpp"

namespace liantu {
namespace {

using Names = std::vector<std::string>;

TEST(Csv, ReadsHeaderRowsAndPlaces) {
  const Table table = parse_csv("名称,产值\n甲公司,12\n乙,3.5\n", "firms.csv");
  EXPECT_EQ(table.file(), "firms.csv");
  EXPECT_EQ(table.sheet(), "");
  EXPECT_EQ(table.encoding(), "UTF-8");
  EXPECT_EQ(table.columns(), (Names{"名称", "产值"}));
  EXPECT_EQ(cells_of(table), (Rows{{"甲公司", "12"}, {"乙", "3.5"}}));
  // 甲公司 and its comma are characters 1 to 4, so 12 starts at character 5.
  EXPECT_EQ(places_of(table), (Rows{{"2@2:1", "2@2:5"}, {"3@3:1", "3@3:3"}}));
  EXPECT_EQ(table.place(1), (InputPlace{"firms.csv", "", 3, 3, 1}));
  EXPECT_TRUE(table.problems().empty());
}

TEST(Csv, QuotedFieldsHoldSeparatorsLineBreaksAndDoubledQuotes) {
  const Table table = parse_csv("a,b,c\r\n\"1,\"\"x\"\"\",\"two\r\nlines\",\"\"\r\n\"p\",q,r", "f");
  EXPECT_EQ(cells_of(table), (Rows{{"1,\"x\"", "two\r\nlines", ""}, {"p", "q", "r"}}));
  // Line 2 is `"1,""x""","two`: its second field opens at character 11. Line 3 is `lines",""`: its
  // last field opens at character 8.
  EXPECT_EQ(places_of(table), (Rows{{"2@2:1", "2@2:11", "2@3:8"}, {"3@4:1", "3@4:5", "3@4:7"}}));
}

TEST(Csv, LinesEndWithLfCrlfOrCr) {
  const Rows expected = {{"1", "2"}, {"3", "4"}};
  EXPECT_EQ(cells_of(parse_csv("a,b\n1,2\n3,4\n", "f")), expected);
  EXPECT_EQ(cells_of(parse_csv("a,b\r\n1,2\r\n3,4\r\n", "f")), expected);
  EXPECT_EQ(cells_of(parse_csv("a,b\r1,2\r3,4\r", "f")), expected);
  EXPECT_EQ(cells_of(parse_csv("a,b\n1,2\r3,4", "f")), expected);
}

TEST(Csv, QuoteInsideAnUnquotedFieldStaysAsItIs) {
  const Table table = parse_csv("a,b\n生产\"甲\"牌,x\n \"y\",\"z\"\n", "f");
  EXPECT_EQ(cells_of(table), (Rows{{"生产\"甲\"牌", "x"}, {" \"y\"", "z"}}));
}

TEST(Csv, BlanksAroundCellsStayAroundHeadersGo) {
  const Table table = parse_csv(" a ,\"　b \"\n x ,\ty\n", "f");
  EXPECT_EQ(table.columns(), (Names{"a", "b"}));
  EXPECT_EQ(cells_of(table), (Rows{{" x ", "\ty"}}));
}

TEST(Csv, SeparatorIsTheOneTheHeaderUsesMost) {
  EXPECT_EQ(parse_csv("a\tb\tc,d\n", "f").columns(), (Names{"a", "b", "c,d"}));
  EXPECT_EQ(parse_csv("a;b\n1,5;2\n", "f").columns(), (Names{"a", "b"}));
  EXPECT_EQ(parse_csv("\"x;y;z;\"\"w\",b\n", "f").columns(), (Names{"x;y;z;\"w", "b"}));
  EXPECT_EQ(parse_csv("a;b,c\n", "f").columns(), (Names{"a;b", "c"}));
  EXPECT_EQ(parse_csv("\n\r\na;b\n", "f").columns(), (Names{"a", "b"}));
  EXPECT_EQ(parse_csv("only", "f").columns(), (Names{"only"}));
}

TEST(Csv, ColumnsWithoutANameGetOneThatIsFree) {
  EXPECT_EQ(parse_csv("a,,b,\n", "f").columns(), (Names{"a", "#2", "b", "#4"}));
  EXPECT_EQ(parse_csv("#2,\n", "f").columns(), (Names{"#2", "#2_"}));
}

TEST(Csv, ShortRowsHaveEmptyCellsThatStandWhereTheRowStarts) {
  const Table table = parse_csv("a,b,c\n1\n\n2,3\n", "f");
  EXPECT_EQ(cells_of(table), (Rows{{"1", "", ""}, {"2", "3", ""}}));
  EXPECT_EQ(places_of(table), (Rows{{"2@2:1", "2@2:1", "2@2:1"}, {"4@4:1", "4@4:3", "4@4:1"}}));
}

TEST(Csv, BlankRowsAreLeftOutAndCounted) {
  const Table table = parse_csv("\na,b\n\n,,\n\"\"\nx,\n", "f");
  EXPECT_EQ(cells_of(table), (Rows{{"x", ""}}));
  EXPECT_EQ(table.row_number(0), 6U);
  EXPECT_TRUE(table.problems().empty());
}

TEST(Csv, EmptyCellsBeyondTheHeaderAreIgnoredFullOnesLeaveTheRowOut) {
  const Table table = parse_csv("a,b\n1,2,,\n轴承,齿轮,销售\n3,4\n", "f.csv");
  EXPECT_EQ(cells_of(table), (Rows{{"1", "2"}, {"3", "4"}}));
  EXPECT_EQ(table.row_number(1), 4U);
  EXPECT_EQ(table.problems(),
            (std::vector<Problem>{
                {Severity::Error,
                 InputPlace{"f.csv", "", 3, 3, 7},
                 "extra-cells",
                 "",
                 "销售",
                 {"the row has 3 cells, the header only 2", "本行有 3 个单元格，表头只有 2 列"},
                 {"put a field that holds the separator in quotes",
                  "单元格里若含有分隔符，请给它加上引号"}}}));
}

TEST(Csv, TextAfterAClosingQuoteLeavesTheRowOut) {
  const Table table = parse_csv("a,b\n1,\"甲\"乙\n3,4\n", "f.csv");
  EXPECT_EQ(cells_of(table), (Rows{{"3", "4"}}));
  ASSERT_EQ(table.problems().size(), 1U);
  EXPECT_EQ(table.problems()[0].kind, "text-after-quote");
  EXPECT_EQ(table.problems()[0].value, "乙");
  EXPECT_EQ(problems_of(table),
            (Names{"f.csv:2:6: text after the closing quote; write a quote that belongs to the "
                   "text as two quotes"}));
}

// One stray quote must not take the rows down to the next quote with it.
TEST(Csv, StrayOpeningQuoteCostsItsOwnRowOnly) {
  const Table table = parse_csv("a,b\n1,\"two\n3,4\n5,x\"y\n6,\"7\"\n", "f.csv");
  EXPECT_EQ(cells_of(table), (Rows{{"3", "4"}, {"5", "x\"y"}, {"6", "7"}}));
  EXPECT_EQ(places_of(table)[2], (std::vector<std::string>{"5@5:1", "5@5:3"}));
  ASSERT_EQ(table.problems().size(), 1U);
  EXPECT_EQ(table.problems()[0].kind, "stray-quote");
  EXPECT_EQ(table.problems()[0].value, "\"two");
  EXPECT_EQ(table.problems()[0].place, (InputPlace{"f.csv", "", 2, 2, 3}));
  EXPECT_NE(table.problems()[0].what.en.find("4:4"), std::string::npos);
}

TEST(Csv, QuotedFieldThatHoldsRowsIsKeptWithAWarning) {
  const Table table = parse_csv("a,b,c\n1,2,\"3\n4,5,6\n7,8,9\n10,11,12\"\n", "f.csv");
  EXPECT_EQ(cells_of(table), (Rows{{"1", "2", "3\n4,5,6\n7,8,9\n10,11,12"}}));
  ASSERT_EQ(table.problems().size(), 1U);
  EXPECT_EQ(table.problems()[0].severity, Severity::Warning);
  EXPECT_EQ(table.problems()[0].kind, "rows-in-field");
  EXPECT_EQ(table.problems()[0].place, (InputPlace{"f.csv", "", 2, 2, 5}));
  // An address over three lines is nothing to warn of.
  EXPECT_TRUE(parse_csv("a,b\n1,\"12 High St,\nLondon,\nUK\"\n", "f").problems().empty());
}

TEST(Csv, UnclosedQuoteIsAnErrorWhereItWasOpened) {
  EXPECT_EQ(failure_of([] { (void)parse_csv("a,b\n1,\"two\n3,4\n", "f.csv"); }),
            "InvalidData: f.csv:2:3: the quote opened here is never closed; close it, or write a "
            "quote that belongs to the text as two quotes inside a quoted field");
  EXPECT_EQ(failure_of([] { (void)parse_csv("a,\"b\"\"", "f.csv"); }).substr(0, 23),
            "InvalidData: f.csv:1:3:");
}

TEST(Csv, EmptyFileIsAnError) {
  const std::string expected = "InvalidData: f.csv: is empty; the first row must name the columns";
  EXPECT_EQ(failure_of([] { (void)parse_csv("", "f.csv"); }), expected);
  EXPECT_EQ(failure_of([] { (void)parse_csv("\xEF\xBB\xBF", "f.csv"); }), expected);
  EXPECT_EQ(failure_of([] { (void)parse_csv("\r\n\n\"\"\n", "f.csv"); }), expected);
}

TEST(Csv, HeaderAloneIsATableWithoutRows) {
  const Table table = parse_csv("a,b", "f");
  EXPECT_EQ(table.size(), 0U);
  EXPECT_EQ(table.columns(), (Names{"a", "b"}));
}

TEST(Csv, FaultyHeadersAreErrors) {
  EXPECT_EQ(
      failure_of([] { (void)parse_csv("名称,b, 名称 \n", "f.csv"); }),
      "InvalidData: f.csv:1:6: column \"名称\" occurs twice, first at 1:1; rename one of them");
  EXPECT_EQ(failure_of([] { (void)parse_csv(", ,\n1,2,3\n", "f.csv"); }),
            "InvalidData: f.csv:1:1: the header names no column; write the column names in the "
            "first row");
  EXPECT_EQ(failure_of([] { (void)parse_csv("a,\"b\"c\n", "f.csv"); }),
            "InvalidData: f.csv:1:3: this column name is quoted and goes on after its closing "
            "quote; write a quote that belongs to the text as two quotes");
}

TEST(Csv, LimitsNameThemselves) {
  TableOptions options;
  const auto fails = [&](const std::string& text) {
    return failure_of([&] { (void)parse_csv(text, "f.csv", options); });
  };
  options.limits = {};
  options.limits.file_bytes = 5;
  EXPECT_EQ(fails("a,b\n1,2\n"),
            "LimitReached: f.csv: has 8 bytes, the limit is 5; split the file or raise the limit: "
            "--limit file_bytes=VALUE");
  options.limits = {};
  options.limits.columns = 2;
  EXPECT_EQ(fails("a,b,c\n"),
            "LimitReached: f.csv:1:5: more than 2 columns; check the header, or raise "
            "the limit: --limit columns=VALUE");
  options.limits = {};
  options.limits.field_bytes = 3;
  EXPECT_EQ(fails("a,b\n1,abc\n1,abcd\n"),
            "LimitReached: f.csv:3:3: the field is longer than 3 bytes; check for a quote that is "
            "closed too late, or raise the limit: --limit field_bytes=VALUE");
  options.limits = {};
  options.limits.row_bytes = 6;
  EXPECT_EQ(fails("a,b\n1,abc\n1,abcd\n"),
            "LimitReached: f.csv:3:3: the row is longer than 6 bytes; check for a quote that is "
            "closed too late, or raise the limit: --limit row_bytes=VALUE");
  options.limits = {};
  options.limits.problems = 1;
  EXPECT_EQ(fails("a\n1,2\n1,2\n"),
            "LimitReached: f.csv:3:3: more than 1 problems in rows, this one: the row has 2 cells, "
            "the header only 1; mend the file, or raise the limit: --limit problems=VALUE");
}

Table parse_rows(const std::string& text) {
  TableOptions options;
  options.header = HeaderRow::None;
  return parse_csv(text, "t.csv", options);
}

TEST(Csv, WithoutAHeaderEveryRowIsOneOfCellsAndTheWidestDecides) {
  const Table table = parse_rows("title\n\na,a,\"x\n1\"\nb\n");
  EXPECT_EQ(table.columns(), (std::vector<std::string>{"#1", "#2", "#3"}));
  EXPECT_EQ(table.header_row(), HeaderRow::None);
  EXPECT_EQ(cells_of(table), (Rows{{"title", "", ""}, {"a", "a", "x\n1"}, {"b", "", ""}}));
  EXPECT_EQ(places_of(table), (Rows{{"1@1:1", "1@1:1", "1@1:1"},
                                    {"3@3:1", "3@3:3", "3@3:5"},
                                    {"4@5:1", "4@5:1", "4@5:1"}}));
  EXPECT_EQ(table.heading(1).to_string(), "t.csv:3:3");
  EXPECT_TRUE(parse_rows("").columns().empty());
  EXPECT_EQ(parse_csv("a\n", "t.csv").header_row(), HeaderRow::First);
}

TEST(Csv, WithoutAHeaderTheSeparatorIsTheOneThatMostLinesHoldEquallyOften) {
  EXPECT_EQ(parse_rows("title\n1,000\t2\n3\t4,000,000\n5\t6\n").columns().size(), 2U);
  EXPECT_EQ(parse_rows("title\n1;2,5;3\n4;5;6,5\n").columns().size(), 3U);
  EXPECT_EQ(parse_rows("\"a\tb\tc\"\n1,\"2\t3\"\n").columns().size(), 2U);
}

TEST(Csv, WithoutAHeaderColumnsHaveTheirLimit) {
  TableOptions options;
  options.header = HeaderRow::None;
  options.limits.columns = 2;
  const auto error = error_of([&] { std::ignore = parse_csv("a\nb,c,d\n", "t.csv", options); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), ErrorCode::LimitReached);
}

TEST(Csv, LimitsOutsideTheirRangeAreRefused) {
  TableOptions options;
  options.limits.row_bytes = 0;
  EXPECT_EQ(failure_of([&] { (void)parse_csv("a\n", "f.csv", options); }),
            "InvalidArgument: the limit row_bytes is 0; choose a value from 1 to 2147483648");
  options.limits = {};
  options.limits.columns = (1U << 20) + 1;
  EXPECT_EQ(failure_of([&] { (void)parse_csv("a\n", "f.csv", options); }),
            "InvalidArgument: the limit columns is 1048577; choose a value from 1 to 1048576");
}

TEST(Csv, StopTokenEndsTheReading) {
  std::stop_source source;
  source.request_stop();
  TableOptions options;
  options.stop = source.get_token();
  EXPECT_EQ(failure_of([&] { (void)parse_csv("a\n1\n", "f.csv", options); }),
            "Cancelled: f.csv: reading was cancelled");

  // Asked in the middle of a long file.
  std::stop_source later;
  options.stop = later.get_token();
  options.progress = [&](std::string_view, std::uint64_t done, std::uint64_t) {
    if (done > 0) later.request_stop();
  };
  std::string text = "a,b\n";
  while (text.size() < std::size_t{4} << 20) text += "some text,more text\n";
  EXPECT_EQ(failure_of([&] { (void)parse_csv(text, "f.csv", options); }),
            "Cancelled: f.csv: reading was cancelled");
}

TEST(Csv, ProgressRisesToTheSizeOfTheText) {
  std::vector<std::uint64_t> done;
  TableOptions options;
  options.progress = [&](std::string_view stage, std::uint64_t bytes, std::uint64_t total) {
    EXPECT_EQ(stage, "read");
    EXPECT_LE(bytes, total);
    done.push_back(bytes);
  };
  std::string text = "a,b\n";
  while (text.size() < std::size_t{3} << 20) text += "some text,more text\n";
  (void)parse_csv(text, "f.csv", options);
  EXPECT_TRUE(std::is_sorted(done.begin(), done.end()));
  EXPECT_GE(done.size(), 4U);
  EXPECT_EQ(done.front(), 0U);
  EXPECT_EQ(done.back(), text.size());
}

TEST(Csv, LongValuesAreCutInProblems) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "字";
  const Table table = parse_csv("a\n1," + text + "\n", "f");
  ASSERT_EQ(table.problems().size(), 1U);
  // 120 bytes are 40 characters of three bytes.
  std::string expected;
  for (int i = 0; i < 40; ++i) expected += "字";
  EXPECT_EQ(table.problems()[0].value, expected + "…");
}

// Random tables are written in every way the format allows; what is read must be what was written,
// at the place where it was written.
TEST(Csv, RandomTablesComeBackWholeAndInPlace) {
  const std::array<std::string_view, 13> pieces = {"a",  "甲", "𠀀", ",",    "\t", ";", "\"",
                                                   "\n", "\r", "b ", "\r\n", "é",  "7"};
  const std::array<std::string_view, 3> line_ends = {"\n", "\r\n", "\r"};
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    std::mt19937 random{seed};
    const auto below = [&](std::size_t n) { return static_cast<std::uint32_t>(random() % n); };
    const char separator = ",\t;"[below(3)];
    const std::size_t columns = 2 + below(4);
    std::string text;
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    const auto write = [&](std::string_view part) {
      text += part;
      for (std::size_t i = 0; i < part.size(); ++i) {
        const auto byte = static_cast<unsigned char>(part[i]);
        const bool crlf = byte == '\r' && i + 1 < part.size() && part[i + 1] == '\n';
        if (byte == '\n' || (byte == '\r' && !crlf)) {
          ++line;
          column = 1;
        } else if (byte != '\r' && (byte < 0x80 || byte >= 0xC0)) {
          ++column;
        }
      }
    };
    for (std::size_t i = 0; i < columns; ++i) {
      if (i > 0) write({&separator, 1});
      write("c" + std::to_string(i));
    }
    Rows cells;
    Rows places;
    std::uint32_t number = 1;
    const std::uint32_t rows = below(12);
    for (std::uint32_t row = 0; row < rows; ++row) {
      write(line_ends[below(3)]);
      ++number;
      cells.emplace_back();
      places.emplace_back();
      for (std::size_t i = 0; i < columns; ++i) {
        if (i > 0) write({&separator, 1});
        std::string value = i == 0 ? "x" : "";
        for (std::uint32_t n = below(6); n > 0; --n) value += pieces[below(pieces.size())];
        const bool must_quote = value.find_first_of("\n\r") != std::string::npos ||
                                value.find(separator) != std::string::npos ||
                                value.starts_with('"');
        places.back().push_back(std::to_string(number) + "@" + std::to_string(line) + ":" +
                                std::to_string(column));
        if (must_quote || below(3) == 0) {
          std::string quoted = "\"";
          for (const char c : value) quoted += c == '"' ? std::string{"\"\""} : std::string{c};
          write(quoted + "\"");
        } else {
          write(value);
        }
        cells.back().push_back(value);
      }
    }
    if (below(2) == 0) write(line_ends[below(3)]);
    const Table table = parse_csv(text, "f");
    ASSERT_EQ(cells_of(table), cells) << seed << '\n' << text;
    ASSERT_EQ(places_of(table), places) << seed << '\n' << text;
    for (const Problem& problem : table.problems()) {
      ASSERT_EQ(problem.severity, Severity::Warning) << seed << '\n' << text;
    }
  }
}

}  // namespace
}  // namespace liantu
