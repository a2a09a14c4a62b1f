#include "liantu/report/formats/markdown.hpp"

#include <stop_token>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

Sheet example() {
  Sheet sheet;
  sheet.title = {"List", "清单"};
  sheet.columns = {{"name", {"firm", "企业"}, CellKind::Text},
                   {"amount", {"CNY", "元"}, CellKind::Money},
                   {"share", {"share", "占比"}, CellKind::Share}};
  sheet.rows = {{std::string("甲|乙*"), 3.2e8, 0.5},
                {std::string("a\nb"), SheetCell(), SheetCell()}};
  sheet.summary = {{"above", "在上"}};
  sheet.notes = {{"below", "在下"}, {"- more", "- 更多"}};
  return sheet;
}

TEST(Markdown, ASheetIsAHeadingATableAndAListOfNotes) {
  EXPECT_EQ(render_markdown(example(), Language::Zh),
            "# 清单\n\n在上\n\n| 企业 | 元 | 占比 |\n| --- | ---: | ---: |\n"
            "| 甲\\|乙\\* | 3.2亿 | 50.0% |\n| a b | - | - |\n\n- 在下\n- \\- 更多\n");
  EXPECT_EQ(render_markdown(example(), Language::En, 3).substr(0, 9), "### List\n");
}

TEST(Markdown, ASheetWithoutRowsSaysWhatStandsAroundThem) {
  Sheet sheet = example();
  sheet.rows.clear();
  EXPECT_EQ(render_markdown(sheet, Language::En), "# List\n\nabove\n\n- below\n- \\- more\n");
  EXPECT_EQ(render_markdown(Sheet(), Language::En), "");
}

TEST(Markdown, WordsAreNeverMarkup) {
  EXPECT_EQ(markdown_text("<b>&#91;x](y)`_~"), "\\<b\\>\\&\\#91;x\\](y)\\`\\_\\~");
  EXPECT_EQ(markdown_text("a\x1b[0m\tz"), "a\xEF\xBF\xBD\\[0m z");
  EXPECT_EQ(markdown_text("+1"), "\\+1");
}

TEST(Markdown, AnAskedEndComes) {
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW((void)render_markdown(example(), Language::En, 1, source.get_token()), Error);
}

}  // namespace
}  // namespace liantu
