#include "ingest/cells/rough_value.hpp"

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(RoughValue, TheUnitBehindARangeIsThatOfBothEnds) {
  EXPECT_EQ(read_rough_value("100-200万元"), (RoughValue{Rough::Range, "100万元", "200万元"}));
  EXPECT_EQ(read_rough_value("1000～2000 万元"),
            (RoughValue{Rough::Range, "1000 万元", "2000 万元"}));
  EXPECT_EQ(read_rough_value("30%—40%"), (RoughValue{Rough::Range, "30%", "40%"}));
  EXPECT_EQ(read_rough_value("一百万至三百万元"), (RoughValue{Rough::Range, "100万", "300万元"}));
}

TEST(RoughValue, WordsSayWhetherAValueIsABound) {
  EXPECT_EQ(read_rough_value("约300万元"), (RoughValue{Rough::About, "300万元", "300万元"}));
  EXPECT_EQ(read_rough_value("5000余万元"), (RoughValue{Rough::About, "5000万元", "5000万元"}));
  EXPECT_EQ(read_rough_value("≥500万"), (RoughValue{Rough::AtLeast, "500万", "500万"}));
  EXPECT_EQ(read_rough_value("100万元以上"), (RoughValue{Rough::AtLeast, "100万元", "100万元"}));
  EXPECT_EQ(read_rough_value("不超过 3%"), (RoughValue{Rough::AtMost, "3%", "3%"}));
}

TEST(RoughValue, OtherWordsAreNone) {
  EXPECT_EQ(read_rough_value(""), std::nullopt);
  EXPECT_EQ(read_rough_value("较多"), std::nullopt);
  EXPECT_EQ(read_rough_value("-500"), std::nullopt);
  EXPECT_EQ(read_rough_value("500万元"), std::nullopt);
}

TEST(RoughValue, EveryKindHasItsSentence) {
  for (const Rough kind : {Rough::Range, Rough::About, Rough::AtLeast, Rough::AtMost}) {
    EXPECT_FALSE(rough_text_en(kind).empty());
    EXPECT_FALSE(rough_text_zh(kind).empty());
  }
}

}  // namespace
}  // namespace liantu
