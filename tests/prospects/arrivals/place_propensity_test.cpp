#include "liantu/prospects/arrivals/place_propensity.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "prospects/arrivals/arrival_case.hpp"

namespace liantu {
namespace {

class ComingToChangsha : public testing::Test {
 protected:
  ComingToChangsha() {
    a_ = case_.firm("示例甲有限公司", 440300, 1990);
    b_ = case_.firm("示例乙有限公司", 440300, 0);
    c_ = case_.firm("示例丙有限公司", 430100, 1990);
    d_ = case_.firm("示例丁有限公司", 0, 1990);
    e_ = case_.firm("示例戊有限公司", 440300, 1990);
    case_.came(e_, 430100, Date{2000, 1, 1});
    case_.came(a_, 360100, Date{2001, 1, 1});
    case_.came(a_, 500104, Date{2004, 1, 1});
    for (std::size_t i = 0; i < case_.arrivals.size(); ++i) {
      case_.arrivals[i].row = static_cast<std::uint32_t>(i + 2);
    }
    graph_ = case_.build();
  }

  ArrivalCase case_;
  FirmId a_{0}, b_{0}, c_{0}, d_{0}, e_{0};
  EnterpriseGraph graph_;
};

TEST_F(ComingToChangsha, WhoIsHereOrOfWhomNothingIsKnownHasNone) {
  const PlacePropensity found(graph_, case_.arrivals, RegionCode{430102});
  EXPECT_EQ(found.firms(), 3U);  // 甲, 乙 and 丁
  EXPECT_TRUE(found.of(a_));
  EXPECT_TRUE(found.of(b_));
  EXPECT_FALSE(found.of(c_));
  EXPECT_FALSE(found.of(d_));
  EXPECT_FALSE(found.of(e_));
}

TEST_F(ComingToChangsha, WhoOpenedBranchesStandsFirst) {
  const PlacePropensity found(graph_, case_.arrivals, RegionCode{430100});
  const FirmPropensity first = *found.of(a_);
  EXPECT_EQ(first.rank, 1U);
  EXPECT_EQ(first.value, 1);
  const FirmPropensity second = *found.of(b_);
  EXPECT_EQ(second.rank, 2U);
  EXPECT_DOUBLE_EQ(second.value, 1 - std::log(2.0) / std::log(3.0));
  double sum = 0;
  for (const double weight : first.weights) sum += weight;
  EXPECT_DOUBLE_EQ(sum, propensity(default_arrival_model(), first.factors));
}

TEST_F(ComingToChangsha, ReasonNamesBranchesFlowAndTheirRows) {
  const PlacePropensity found(graph_, case_.arrivals, RegionCode{430100});
  const FirmPropensity first = *found.of(a_);
  EXPECT_EQ(first.reason.en,
            "opened 2 branches in 2 provinces, 1 within three years (last: 重庆市大渡口区, "
            "2004-01-01); 1 firm of its province came here, 1 of its city");
  EXPECT_EQ(first.reason.zh,
            "已在 2 个省份设立 2 处分支，近三年 1 处（最近：重庆市大渡口区，2004-01-01）；同省 1 "
            "家、同城 1 家企业已来");
  EXPECT_EQ(first.rows, (std::vector<std::uint32_t>{2, 3, 4}));
  EXPECT_EQ(found.of(b_)->reason.en,
            "no branch elsewhere is known; 1 firm of its province came here, 1 of its city");
}

TEST_F(ComingToChangsha, PlaceThatIsUnknownIsRefused) {
  try {
    const PlacePropensity found(graph_, case_.arrivals, RegionCode{});
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::NotFound);
  }
  ArrivalModel bad = default_arrival_model();
  bad.floors[0] = 0;
  try {
    const PlacePropensity found(graph_, case_.arrivals, RegionCode{430100}, bad);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
  }
}

}  // namespace
}  // namespace liantu
