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
    case_.came(a_, 500104, Date{2004, 1, 1}, true);
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
  EXPECT_EQ(
      first.reason.en,
      "in three years it opened 1 branch, 1 of them works, in 1 province (last: "
      "重庆市大渡口区, 2004-01-01; 2 in all); 1 firm of its city came here, 1 of its province");
  EXPECT_EQ(
      first.reason.zh,
      "近三年在 1 个省份设立 1 处分支（其中生产经营 1 处）（最近：重庆市大渡口区，2004-01-01，"
      "累计 2 处）；同城 1 家、同省 1 家企业已来");
  using Rows = std::vector<std::uint32_t>;
  const auto rows = [&](ArrivalFactor factor) {
    return first.rows_of[static_cast<std::size_t>(factor)];
  };
  EXPECT_EQ(rows(ArrivalFactor::Recent), (Rows{4}));
  EXPECT_EQ(rows(ArrivalFactor::Provinces), (Rows{3, 4}));
  EXPECT_EQ(rows(ArrivalFactor::Flow), (Rows{2}));
  EXPECT_EQ(rows(ArrivalFactor::SameProvince), Rows{});
  EXPECT_EQ(rows(ArrivalFactor::LikePlaces), Rows{});
  EXPECT_EQ(rows(ArrivalFactor::LikeScope), Rows{});
  EXPECT_EQ(first.rows, (Rows{2, 3, 4}));
  EXPECT_EQ(found.of(b_)->reason.en,
            "no branch elsewhere is known; 1 firm of its city came here, 1 of its province");
}

TEST_F(ComingToChangsha, WhoCameAlreadyHasAllAndNoPlace) {
  const PlacePropensity found(graph_, case_.arrivals, RegionCode{430100});
  const FirmPropensity here = *found.of(e_);
  EXPECT_EQ(here.rank, 0U);
  EXPECT_EQ(here.value, 1);
  EXPECT_EQ(here.reason.en, "came to 湖南省长沙市 already (2000-01-01)");
  EXPECT_EQ(here.rows, std::vector<std::uint32_t>{2});
  EXPECT_TRUE(found.came(e_));
  EXPECT_FALSE(found.came(a_));
  // A district of a city: it came to the city, and nobody knows whether to the district.
  const PlacePropensity district(graph_, case_.arrivals, RegionCode{430102});
  EXPECT_FALSE(district.came(e_));
  EXPECT_EQ(district.of(e_)->value, 1);
}

TEST_F(ComingToChangsha, ValueIsThatOfTheWholeAnswer) {
  const PlacePropensity found(graph_, case_.arrivals, RegionCode{430100});
  for (const FirmId firm : {a_, b_, c_, d_, e_}) {
    const auto whole = found.of(firm);
    EXPECT_EQ(found.value(firm), whole ? std::optional(whole->value) : std::nullopt);
  }
  EXPECT_EQ(found.value(FirmId{99}), std::nullopt);
  EXPECT_EQ(found.of(FirmId{99}), std::nullopt);
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
