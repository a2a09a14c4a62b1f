#include "tables/cells/cell_words.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(CellWords, BlanksAndGuardsOfSpreadsheetsAreTakenAway) {
  EXPECT_EQ(cell_words("　甲 "), "甲");
  EXPECT_EQ(cell_words("=\"441302\""), "441302");
  EXPECT_EQ(cell_words("'0912"), "0912");
  EXPECT_EQ(cell_words("'=1+1"), "=1+1");
  EXPECT_EQ(cell_words("'-it's"), "-it's");
  EXPECT_EQ(cell_words("'=\"500104\""), "500104");
  // What begins with an apostrophe of its own is written with two.
  EXPECT_EQ(cell_words("''s"), "'s");
  EXPECT_EQ(cell_words("''"), "'");
}

TEST(CellWords, WhatIsNoGuardStays) {
  for (const char* text : {"", "'", "=\"", "=1", "it's", "'甲'", "甲'"}) {
    EXPECT_EQ(cell_words(text), text);
  }
}

}  // namespace
}  // namespace liantu
