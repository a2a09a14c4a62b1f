#include "report/formats/cell_text.hpp"

#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(CellText, EachKindIsShownInItsOwnWay) {
  const auto text = [](const SheetCell& cell, CellKind kind, bool whole = false) {
    return cell_text(cell, kind, whole, Language::Zh);
  };
  EXPECT_EQ(text(3.2e8, CellKind::Money), "3.2亿");
  EXPECT_EQ(text(0.5, CellKind::Share), "50.0%");
  EXPECT_EQ(text(500104.0, CellKind::Code), "500104");
  EXPECT_EQ(text(1.5, CellKind::Number), "1.50");
  EXPECT_EQ(text(2.0, CellKind::Number, true), "2");
  EXPECT_EQ(text(-0.001, CellKind::Number), "0.00");
  EXPECT_EQ(text(std::string("隔膜"), CellKind::Text), "隔膜");
}

TEST(CellText, NothingIsADash) {
  for (const SheetCell& cell : {SheetCell(), SheetCell(std::string()),
                                SheetCell(std::numeric_limits<double>::infinity())}) {
    EXPECT_EQ(cell_text(cell, CellKind::Number, true, Language::En), "-");
  }
}

TEST(CellText, NumbersStandToTheRightAndDigitsAreThoseOfTheColumn) {
  EXPECT_TRUE(stands_right(CellKind::Number) && stands_right(CellKind::Money) &&
              stands_right(CellKind::Share));
  EXPECT_FALSE(stands_right(CellKind::Text) || stands_right(CellKind::Code));
  Sheet sheet;
  sheet.columns.resize(2);
  sheet.rows = {{1.0, 1.5}, {2.0, 2.0}, {SheetCell()}};
  EXPECT_TRUE(all_whole(sheet, 0));
  EXPECT_FALSE(all_whole(sheet, 1));
}

}  // namespace
}  // namespace liantu
