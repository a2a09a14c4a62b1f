#include "liantu/chain/firms/data_date.hpp"

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;

TEST(DataDate, IsTheLatestOnWhichAnythingWasObservedOrBegan) {
  EXPECT_EQ(data_date(sketch("甲{as_of=2019-05-01}; 甲 -makes{since=2021-03}-> 车; "
                             "乙 -supplies{until=2030,as_of=2020}-> 甲")),
            (Date{2021, 3, 0}));
  EXPECT_EQ(data_date(sketch("甲{as_of=2022-05-01}; 甲 -makes{since=2021-03}-> 车")),
            (Date{2022, 5, 1}));
  EXPECT_EQ(data_date(sketch("甲 -makes-> 车")), Date{});
  EXPECT_EQ(data_date(EnterpriseGraph()), Date{});
}

TEST(DataDate, AFactEndsWithItsLastDayMonthOrYear) {
  const auto over = [](const Date& until, const Date& date) {
    Provenance fact;
    fact.until = until;
    return ended(fact, date);
  };
  EXPECT_TRUE(over({2015, 0, 0}, {2016, 1, 1}));
  EXPECT_FALSE(over({2015, 0, 0}, {2015, 12, 31}));
  EXPECT_TRUE(over({2015, 4, 0}, {2015, 5, 1}));
  EXPECT_FALSE(over({2015, 4, 0}, {2015, 4, 30}));
  EXPECT_TRUE(over({2015, 4, 2}, {2015, 4, 3}));
  EXPECT_FALSE(over({2015, 4, 2}, {2015, 4, 2}));
  EXPECT_FALSE(over({2015, 4, 2}, {2015, 4, 0}));
  EXPECT_FALSE(over({}, {2015, 4, 3}));
  EXPECT_FALSE(over({2015, 0, 0}, {}));
}

}  // namespace
}  // namespace liantu
