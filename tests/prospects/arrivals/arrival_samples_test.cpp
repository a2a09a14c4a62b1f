#include "prospects/arrivals/arrival_samples.hpp"

#include <string>

#include <gtest/gtest.h>

#include "prospects/arrivals/arrival_case.hpp"

namespace liantu {
namespace {

TEST(SamplesOf, HoldWhoCameAmongThoseWhoMightHave) {
  ArrivalCase made;
  const FirmId a = made.firm("甲", 440300, 1990);
  const FirmId b = made.firm("乙", 440300, 1990);
  made.firm("丙", 430100, 1990);                      // at home there
  const FirmId late = made.firm("丁", 440300, 2000);  // not founded yet
  made.firm("戊", 440300, 1990);
  made.came(a, 430100, Date{1999, 1, 1});  // there already
  made.came(b, 430100, Date{2000, 2, 1}, true);
  made.came(late, 430100, Date{2001, 1, 1});
  const EnterpriseGraph graph = made.build();
  const ArrivalGround ground(graph, made.arrivals, {});
  const std::vector<ArrivalSample> samples = samples_of(ground, 2000, 2003, 1, 10, 1);
  ASSERT_EQ(samples.size(), 1U);
  EXPECT_EQ(samples[0].came.size(), 1U);  // 乙
  EXPECT_EQ(samples[0].works, std::vector<bool>{true});
  EXPECT_EQ(samples[0].others.size(), 1U);  // 戊
  EXPECT_EQ(samples[0].share, 1);
  EXPECT_TRUE(samples_of(ground, 2000, 2003, 2, 10, 1).empty());
  EXPECT_EQ(samples_of(ground, 2001, 2003, 1, 10, 1).size(), 1U);  // 丁, founded by then
  EXPECT_TRUE(samples_of(ground, 2002, 2003, 1, 10, 1).empty());
}

TEST(SamplesOf, DrawAboutAsManyOthersAsAreAskedFor) {
  ArrivalCase made;
  const FirmId came = made.firm("甲", 440300, 1990);
  for (int i = 0; i < 2000; ++i) made.firm("企" + std::to_string(i), 440300, 1990);
  made.came(came, 430100, Date{2000, 2, 1});
  const EnterpriseGraph graph = made.build();
  const ArrivalGround ground(graph, made.arrivals, {});
  const std::vector<ArrivalSample> samples = samples_of(ground, 2000, 2003, 1, 500, 1);
  ASSERT_EQ(samples.size(), 1U);
  EXPECT_EQ(samples[0].came.size(), 1U);
  EXPECT_EQ(samples[0].share, 0.25);
  EXPECT_NEAR(static_cast<double>(samples[0].others.size()), 500, 100);
}

TEST(CameWithin, CountsWorksAlone) {
  ArrivalCase made;
  const FirmId a = made.firm("甲", 440300, 1990);
  const FirmId b = made.firm("乙", 440300, 1990);
  made.came(b, 430100, Date{2000, 1, 1}, true);
  made.came(a, 430100, Date{2000, 1, 2});
  const EnterpriseGraph graph = made.build();
  const ArrivalGround ground(graph, made.arrivals, {});
  const ArrivalHistory history(ground, day_number(Date{2000, 1, 1}));
  const std::uint32_t place = *ground.find(RegionCode{430100});
  EXPECT_EQ(came_within(ground, history, 2003, false)[place], (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(came_within(ground, history, 2003, true)[place], std::vector<std::uint32_t>{1});
}

}  // namespace
}  // namespace liantu
