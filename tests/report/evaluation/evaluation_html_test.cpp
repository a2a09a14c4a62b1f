#include "liantu/report/evaluation/evaluation_html.hpp"

#include <string>

#include <gtest/gtest.h>

#include "report/evaluation_case.hpp"
#include "report/golden.hpp"

namespace liantu {
namespace {

std::string page(Language language) {
  return evaluation_html(test::evaluation_graph(), test::evaluation_case(true),
                         test::evaluation_run(), language);
}

TEST(EvaluationHtml, DrawsCurvesBesideTheTable) {
  test::expect_golden("evaluation.html", page(Language::En));
}

TEST(EvaluationHtml, ShowsWhatProbabilitiesCameTrue) {
  Evaluation evaluation = test::evaluation_case(true);
  evaluation.methods[1].reliability = {{0.25, 0.125, 8}};
  const std::string html =
      evaluation_html(test::evaluation_graph(), evaluation, test::evaluation_run(), Language::Zh);
  EXPECT_NE(html.find("<h2>概率的可靠性</h2>"), std::string::npos);
  EXPECT_NE(html.find("<td>directed_l3</td><td>0.2500</td><td>0.1250</td>"), std::string::npos);
  EXPECT_EQ(page(Language::Zh).find("概率的可靠性"), std::string::npos);
}

TEST(EvaluationHtml, LoadsNothingFromElsewhere) {
  for (const Language language : {Language::En, Language::Zh}) {
    const std::string html = page(language);
    for (const char* loading : {"src=", "href=", "url(", "<script", "@import"}) {
      EXPECT_EQ(html.find(loading), std::string::npos) << loading;
    }
    // The name space of SVG is a name, not an address.
    EXPECT_EQ(html.find("http"), html.rfind("http"));
  }
}

TEST(EvaluationHtml, NamesCannotBreakThePage) {
  const std::string html = page(Language::Zh);
  EXPECT_NE(html.find("环节 隔膜&lt;&quot;&amp;&gt;"), std::string::npos);
  EXPECT_NE(html.find("lang=\"zh-CN\""), std::string::npos);
}

}  // namespace
}  // namespace liantu
