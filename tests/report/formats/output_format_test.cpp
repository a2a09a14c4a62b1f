#include "liantu/report/formats/output_format.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

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
  EXPECT_EQ(format_names({Content::Drawing, Content::Sheet}),
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

}  // namespace
}  // namespace liantu
