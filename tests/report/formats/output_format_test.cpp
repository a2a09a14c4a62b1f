#include "liantu/report/formats/output_format.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/report/formats/csv_text.hpp"
#include "liantu/report/formats/workbook.hpp"

namespace liantu {
namespace {

TEST(OutputFormat, IsFoundByNameAndByExtensionInEitherCase) {
  for (const char* word : {"table", "txt", "TXT"}) {
    const auto format = output_format(word, Content::Sheet);
    ASSERT_TRUE(format) << word;
    EXPECT_EQ(format->name, "table");
  }
  EXPECT_EQ(output_format("XLSX", Content::Sheet)->name, "xlsx");
  EXPECT_EQ(output_format("gv", Content::Drawing)->name, "dot");
}

TEST(OutputFormat, IsNothingWhereTheContentDoesNotFit) {
  EXPECT_FALSE(output_format("svg", Content::Sheet));
  EXPECT_FALSE(output_format("csv", Content::Drawing));
  EXPECT_FALSE(output_format("xlsx", Content::Card));
  EXPECT_FALSE(output_format("pdfx", Content::Document));
  EXPECT_FALSE(output_format("", Content::Sheet));
}

TEST(OutputFormat, NamesStandInTheOrderOfTheListEachOnce) {
  EXPECT_EQ(format_names({Content::Sheet}),
            (std::vector<std::string_view>{"table", "csv", "xlsx", "json"}));
  EXPECT_EQ(
      format_names({Content::Drawing, Content::Sheet}),
      (std::vector<std::string_view>{"table", "csv", "xlsx", "json", "dot", "svg", "pdf", "png"}));
  EXPECT_TRUE(format_names({}).empty());
}

TEST(OutputFormat, NoTwoFormatsShareANameOrAnExtension) {
  std::set<std::string_view> words;
  for (const OutputFormat& format : output_formats()) {
    EXPECT_FALSE(format.carries.empty()) << format.name;
    EXPECT_FALSE(format.extensions.empty()) << format.name;
    EXPECT_FALSE(format.meaning.en.empty() || format.meaning.zh.empty()) << format.name;
    EXPECT_NE(format.media_type.find('/'), std::string_view::npos) << format.name;
    std::set<std::string_view> own(format.extensions.begin(), format.extensions.end());
    own.insert(format.name);
    for (const std::string_view word : own) EXPECT_TRUE(words.insert(word).second) << word;
  }
}

// Two sheets of one column and one row each.
std::vector<Sheet> two_sheets() {
  std::vector<Sheet> sheets(2);
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    sheets[i].title = {i == 0 ? "first" : "second", i == 0 ? "其一" : "其二"};
    sheets[i].columns = {{"name", {"name", "名称"}, CellKind::Text}};
    sheets[i].rows = {{std::string("row of sheet ") + std::to_string(i)}};
  }
  return sheets;
}

TEST(OutputFormat, EveryFormatThatCarriesSheetsWritesThemButJson) {
  for (const OutputFormat& format : output_formats()) {
    const bool carries = std::ranges::any_of(format.carries, [](Content content) {
      return content == Content::Sheet || content == Content::Memo;
    });
    EXPECT_EQ(format.sheets != nullptr, carries && format.name != "json") << format.name;
  }
}

TEST(OutputFormat, SheetsStandOneBelowAnotherOrInOneWorkbook) {
  const std::vector<Sheet> two = two_sheets();
  const TableStyle style;
  EXPECT_EQ(output_format("table").sheets(two, style),
            render_table(two[0], style) + "\n" + render_table(two[1], style));
  EXPECT_EQ(output_format("csv").sheets(two, style),
            render_csv(two[0], Language::En) + "\n" + render_csv(two[1], Language::En));
  EXPECT_EQ(output_format("csv").sheets({two[0]}, style), render_csv(two[0], Language::En));
  EXPECT_EQ(output_format("xlsx").sheets(two, style), write_workbook(two, Language::En));
  EXPECT_EQ(output_format("table").form, SheetForm::Text);
  EXPECT_EQ(output_format("csv").form, SheetForm::Rows);
  EXPECT_EQ(output_format("xlsx").form, SheetForm::Workbook);
}

TEST(OutputFormat, OnlyPicturesAreMadeFromSvg) {
  for (const OutputFormat& format : output_formats()) {
    EXPECT_EQ(format.picture != nullptr, format.name == "pdf" || format.name == "png")
        << format.name;
  }
}

}  // namespace
}  // namespace liantu
