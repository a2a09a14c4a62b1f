#include "ingest/sectors/sector_overlap.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/relation_lines.hpp"
#include "liantu/ingest/sectors/concordance.hpp"

namespace liantu {
namespace {

using Names = std::vector<std::string>;

/// A table in which every sector takes a tenth of every one, named in a column of this heading.
std::string table_of(const Names& names, std::string_view heading = "部门") {
  const std::size_t n = names.size();
  const std::size_t output = 10 * n;
  std::string text = fmt::format("代码,{}", heading);
  for (std::size_t j = 0; j < n; ++j) text += fmt::format(",{:03}", j + 1);
  text += ",中间使用合计,最终使用合计,总产出\n";
  const auto cells = [&](std::size_t value) {
    std::string row;
    for (std::size_t j = 0; j < n; ++j) row += fmt::format(",{}", value);
    return row;
  };
  for (std::size_t i = 0; i < n; ++i) {
    text += fmt::format("{:03},{}{},{},{},{}\n", i + 1, names[i], cells(1), n, output - n, output);
  }
  return text + fmt::format("TII,中间投入合计{},,,\nTI,总投入{},,,\n", cells(n), cells(output));
}

std::string national(SectorScheme scheme, bool chinese = true) {
  Names names;
  for (const Sector& sector : sectors(scheme)) {
    names.push_back(fmt::format("\"{}\"", chinese ? sector.zh : sector.en));
  }
  return table_of(names, chinese ? "部门" : "Sector");
}

Lines errors_of(const Files& files) {
  IngestOptions report;
  report.unusable = UnusableFiles::Report;
  const IngestResult result = read_files(files, report);
  Lines lines;
  for (const Problem& problem : result.problems) {
    if (problem.severity == Severity::Error) lines.push_back(line_of(problem));
  }
  EXPECT_EQ(result.unusable_files, lines.size());
  return lines;
}

TEST(SectorOverlap, TablesWithSomeSectorsInCommonAreRefused) {
  const std::string own = table_of({"农业", "工业", "服务业"});
  const Lines refused = {"Error 二.csv:1:1 sector-overlap"};
  EXPECT_EQ(errors_of({{"一.csv", own}, {"二.csv", table_of({"工业", "矿业"})}}), refused);
  EXPECT_EQ(errors_of({{"一.csv", own}, {"二.csv", table_of({"农业", "工业"})}}), refused);
  EXPECT_EQ(errors_of({{"一.csv", table_of({"农业", "工业"})}, {"二.csv", own}}), refused);
}

TEST(SectorOverlap, AnotherYearDoesNotMendIt) {
  EXPECT_EQ(errors_of({{"一2018.csv", table_of({"农业", "工业"})},
                       {"一2020.csv", table_of({"工业", "矿业"})}}),
            (Lines{"Error 一2020.csv:1:1 sector-overlap"}));
}

TEST(SectorOverlap, ThreeTablesAreTwoFaults) {
  EXPECT_EQ(errors_of({{"1.csv", table_of({"农业", "工业"})},
                       {"2.csv", table_of({"工业", "矿业"})},
                       {"3.csv", table_of({"农业", "林业"})}}),
            (Lines{"Error 2.csv:1:1 sector-overlap", "Error 3.csv:1:1 sector-overlap"}));
}

TEST(SectorOverlap, TheSameSectorsOfSeveralYearsStandTogether) {
  // In another order, and at full width.
  EXPECT_EQ(errors_of({{"一2018.csv", table_of({"农业", "工业(重)"})},
                       {"一2020.csv", table_of({"工业（重）", "农业"})}}),
            Lines());
}

TEST(SectorOverlap, ATableOfOtherSectorsStandsBesideANationalOne) {
  const Files files = {{"全国.csv", national(SectorScheme::China42)},
                       {"区.csv", table_of({"电芯", "隔膜"})}};
  EXPECT_EQ(errors_of(files), Lines());
  EXPECT_EQ(read_files(files).graph.size(EntityKind::Segment), 44U);
}

TEST(SectorOverlap, NationalTablesOfTwoClassificationsAreRefusedInWhateverLanguage) {
  for (const bool chinese : {true, false}) {
    EXPECT_EQ(errors_of({{"1.csv", national(SectorScheme::China42)},
                         {"2.csv", national(SectorScheme::China153, chinese)}}),
              (Lines{"Error 2.csv:1:1 sector-overlap"}));
  }
  IngestOptions report;
  report.unusable = UnusableFiles::Report;
  const IngestResult result = read_files({{"1.csv", national(SectorScheme::China42)},
                                          {"2.csv", national(SectorScheme::China153, false)}},
                                         report);
  for (const Problem& problem : result.problems) {
    if (problem.kind != "sector-overlap") continue;
    EXPECT_NE(problem.what.en.find("1.csv are national tables of 153 and of 42 sectors"),
              std::string::npos)
        << problem.what.en;
  }
}

}  // namespace
}  // namespace liantu
