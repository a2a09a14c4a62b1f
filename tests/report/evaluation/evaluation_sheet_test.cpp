#include "liantu/report/evaluation/evaluation_sheet.hpp"

#include <string>

#include <gtest/gtest.h>

#include "liantu/report/formats/table_text.hpp"
#include "liantu/report/formats/csv_text.hpp"
#include "report/evaluation_case.hpp"
#include "report/golden.hpp"

namespace liantu {
namespace {

std::string table(const Evaluation& evaluation, Language language) {
  EvaluationSheetOptions how;
  how.language = language;
  how.brief = true;
  TableStyle style;
  style.language = language;
  return render_table(evaluation_sheet(evaluation, how), style) +
         render_table(evaluation_group_sheet(test::evaluation_graph(), evaluation, language),
                      style);
}

TEST(EvaluationSheet, ListsTheBestMethodFirstAndWhatIsNotAvailableLast) {
  test::expect_golden("evaluation_en.txt", table(test::evaluation_case(true), Language::En));
  test::expect_golden("evaluation_zh.txt", table(test::evaluation_case(true, 2), Language::Zh));
}

TEST(EvaluationSheet, SaysThatNothingIsConcluded) {
  const std::string text = table(test::evaluation_case(false), Language::En);
  EXPECT_NE(text.find("no conclusion: fewer than 30 hidden links"), std::string::npos) << text;
  EXPECT_EQ(text.find("["), std::string::npos) << text;
}

TEST(EvaluationSheet, GivesMachinesEveryFigureInAColumnOfItsOwn) {
  const std::string csv =
      render_csv(evaluation_sheet(test::evaluation_case(true, 2)), Language::En);
  EXPECT_NE(csv.find("method,kind,MRR,\"MRR, low\",\"MRR, high\",\"MRR, standard deviation over "
                     "rounds\",MAP"),
            std::string::npos)
      << csv;
  EXPECT_NE(csv.find("directed_l3,single,0.5,0.375,0.625,0.03125,"), std::string::npos) << csv;
  EXPECT_NE(csv.find("not available"), std::string::npos) << csv;
}

TEST(EvaluationSheet, EveryMeasureAndGroupHasAName) {
  const auto graph = test::evaluation_graph();
  for (std::size_t i = 0; i < kMeasureCount; ++i) {
    EXPECT_FALSE(measure_text(Measure{static_cast<std::uint8_t>(i)}).zh.empty());
  }
  for (std::uint8_t kind = 0; kind <= 6; ++kind) {
    EXPECT_FALSE(group_text(graph, {LinkGroup::Kind{kind}, SegmentId{0}, 1}).zh.empty());
  }
}

}  // namespace
}  // namespace liantu
