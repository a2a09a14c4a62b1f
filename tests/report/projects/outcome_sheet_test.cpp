#include "liantu/report/projects/outcome_sheet.hpp"

#include <gtest/gtest.h>

#include "liantu/report/formats/table_text.hpp"

namespace liantu {
namespace {

TEST(OutcomeSheet, ConcludesNothingFromTooLittle) {
  ListOutcomes few;
  few.listed = 40;
  few.found = 20;
  few.outcomes = 12;
  const auto sheets = outcome_sheets(few, {});
  ASSERT_EQ(sheets.size(), 1U);
  EXPECT_TRUE(sheets[0].second.rows.empty());
  EXPECT_NE(render_table(sheets[0].second).find("too few outcomes"), std::string::npos);
}

TEST(OutcomeSheet, SaysHowOftenTheListWasRight) {
  ListOutcomes found;
  found.listed = 60;
  found.found = found.outcomes = 40;
  found.concluded = true;
  found.all = {{"all", "全部"}, 60, 10, 30, 0.25, 0.1419, 0.4019};
  found.by_rank = {{{"ranks 1–10", "第 1–10 名"}, 10, 5, 5, 0.5, 0.2366, 0.7634},
                   {{"ranks 11–20", "第 11–20 名"}, 10, 0, 0, 0, 0, 1}};
  found.by_part = {{ScorePartKind::Fit, 300, 0.71234, 8.123, 5.5}};
  found.score_right = 0.68;
  found.calibration = {{40, 70}, {0.1, 0.5}};
  const auto sheets = outcome_sheets(found, {Language::Zh});
  ASSERT_EQ(sheets.size(), 3U);
  using Cells = std::vector<SheetCell>;
  EXPECT_EQ(sheets[0].second.rows[1], (Cells{"第 1–10 名", 10.0, 5.0, 5.0, 0.5, 0.2366, 0.7634}));
  EXPECT_EQ(sheets[0].second.rows[2], (Cells{"第 11–20 名", 10.0, 0.0, 0.0, {}, {}, {}}));
  EXPECT_EQ(sheets[1].second.rows[0],
            (Cells{part_text(ScorePartKind::Fit).zh, 0.7123, 8.12, 5.5, 300.0}));
  EXPECT_EQ(sheets[2].second.rows[1], (Cells{70.0, 0.5}));
}

}  // namespace
}  // namespace liantu
