#include "prospects/arrivals/arrival_history.hpp"

#include <cmath>
#include <memory>
#include <span>

#include <gtest/gtest.h>

#include "prospects/arrivals/arrival_case.hpp"

namespace liantu {
namespace {

// 深圳 440300, 广州 440100, 长沙 430100, 南昌 360100, 上海嘉定 310114.
constexpr std::uint32_t kShenzhen = 440300;
constexpr std::uint32_t kGuangzhou = 440100;
constexpr std::uint32_t kChangsha = 430100;
constexpr std::uint32_t kNanchang = 360100;

double of(const ArrivalFactors& factors, ArrivalFactor which) {
  return factors[static_cast<std::size_t>(which)];
}

TEST(DayNumber, IsThatOfTheCalendar) {
  EXPECT_EQ(day_number(Date{1970, 1, 1}), 0);
  EXPECT_EQ(day_number(Date{2000, 3, 1}), 11017);
  EXPECT_EQ(day_number(Date{2000, 2, 29}), 11016);
  EXPECT_EQ(day_number(Date{1999, 0, 0}), day_number(Date{1999, 1, 1}));
}

class HistoryOfThree : public testing::Test {
 protected:
  HistoryOfThree() {
    a_ = case_.firm("甲", kShenzhen, 1990);
    b_ = case_.firm("乙", kShenzhen, 1991);
    c_ = case_.firm("丙", kGuangzhou, 1992);
    d_ = case_.firm("丁", kNanchang, 1993);
    late_ = case_.firm("戊", kGuangzhou, 2003);
    case_.came(a_, kChangsha, Date{1999, 1, 1});
    case_.came(a_, kNanchang, Date{2000, 1, 1});
    case_.came(b_, kChangsha, Date{1999, 1, 1});
    case_.came(b_, kGuangzhou, Date{2000, 1, 1});
    case_.came(d_, kNanchang, Date{2001, 6, 1});  // after the day
    graph_ = case_.build();
    ground_ =
        std::make_unique<ArrivalGround>(graph_, case_.arrivals, std::span<const PlacePoint>());
    history_ = std::make_unique<ArrivalHistory>(*ground_, day_number(Date{2001, 1, 1}));
  }

  [[nodiscard]] ArrivalFactors look(std::uint32_t place, FirmId firm) const {
    const auto view = history_->look(*ground_->find(RegionCode{place}));
    return view.factors[*history_->candidate(raw(firm))];
  }

  ArrivalCase case_;
  FirmId a_{0}, b_{0}, c_{0}, d_{0}, late_{0};
  EnterpriseGraph graph_;
  std::unique_ptr<ArrivalGround> ground_;
  std::unique_ptr<ArrivalHistory> history_;
};

TEST_F(HistoryOfThree, KnowsNothingOfWhatCameLater) {
  EXPECT_EQ(history_->candidates(), (std::vector<std::uint32_t>{0, 1, 2, 3}));
  EXPECT_EQ(history_->candidate(raw(late_)), std::nullopt);
  EXPECT_EQ(history_->arrivals(), 4U);
  EXPECT_EQ(history_->branches(), (std::vector<std::uint32_t>{2, 2, 0, 0}));
}

TEST_F(HistoryOfThree, RecentBranchesCountByAgeAndProvince) {
  const double one = std::exp(-366 / 365.25);  // of 2000-01-01, a leap year
  const double two = std::exp(-731 / 365.25);  // of 1999-01-01
  // 甲 has two outside its province; for 长沙, outside too, both count whole.
  EXPECT_NEAR(of(look(kChangsha, a_), ArrivalFactor::Recent), one + two, 1e-12);
  // For 广州, in its province, a tenth of them.
  EXPECT_NEAR(of(look(kGuangzhou, a_), ArrivalFactor::Recent), 0.1 * (one + two), 1e-12);
  // 乙 has one on each side.
  EXPECT_NEAR(of(look(kGuangzhou, b_), ArrivalFactor::Recent), one + 0.1 * two, 1e-12);
  EXPECT_EQ(of(look(kGuangzhou, d_), ArrivalFactor::Recent), 0);
}

TEST_F(HistoryOfThree, FlowCountsProvinceCityAndWhatIsExpected) {
  // To 长沙 two came, both from 深圳 in 广东; of all four arrivals, all from 广东, half went there.
  EXPECT_NEAR(of(look(kChangsha, a_), ArrivalFactor::Flow), 2 + 3 * 2 + 0.5 * 4 * 0.5, 1e-12);
  EXPECT_NEAR(of(look(kChangsha, c_), ArrivalFactor::Flow), 2 + 0.5 * 4 * 0.5, 1e-12);
  EXPECT_EQ(of(look(kChangsha, d_), ArrivalFactor::Flow), 0);
}

TEST_F(HistoryOfThree, PlacesAreAlikeByTheFirmsThatCameToBoth) {
  // 南昌 shares 甲 with 长沙: 1 / √((1 + 1)(2 + 1)); 广州 shares 乙 likewise.
  const auto like = history_->like_places(*ground_->find(RegionCode{kChangsha}));
  EXPECT_NEAR(like[*ground_->find(RegionCode{kNanchang})], 1 / std::sqrt(6.0), 1e-12);
  EXPECT_NEAR(like[*ground_->find(RegionCode{kGuangzhou})], 1 / std::sqrt(6.0), 1e-12);
  EXPECT_EQ(like[*ground_->find(RegionCode{kChangsha})], 0);
  EXPECT_NEAR(of(look(kChangsha, a_), ArrivalFactor::LikePlaces),
              std::exp(-366 / 365.25 / 5) / std::sqrt(6.0), 1e-12);
  EXPECT_EQ(of(look(kChangsha, c_), ArrivalFactor::LikePlaces), 0);
}

TEST_F(HistoryOfThree, ProvincesAreThoseOfAllItsBranches) {
  EXPECT_EQ(history_->provinces(), (std::vector<std::uint32_t>{2, 2, 0, 0}));
  EXPECT_EQ(of(look(kGuangzhou, b_), ArrivalFactor::Provinces), 2);
}

TEST_F(HistoryOfThree, SameProvinceIsThatOfItsHome) {
  EXPECT_EQ(of(look(kGuangzhou, a_), ArrivalFactor::SameProvince), 1);
  EXPECT_EQ(of(look(kChangsha, a_), ArrivalFactor::SameProvince), 0);
}

TEST_F(HistoryOfThree, PlacesWithoutAPointStandAtTheSeatOfTheirProvince) {
  const double km =
      *ground_->km(*ground_->find(RegionCode{kChangsha}), *ground_->find(RegionCode{kNanchang}));
  EXPECT_GT(km, 250);
  EXPECT_LT(km, 350);
}

TEST_F(HistoryOfThree, WhoIsAtHomeOrHasComeDoesNotStandAmongCandidates) {
  const auto view = history_->look(*ground_->find(RegionCode{kGuangzhou}));
  EXPECT_EQ(view.stands, (std::vector<bool>{true, false, false, true}));
}

TEST(ArrivalHistory, LikenessOfScopeIsTheMeanOfTheThreeMostAlike) {
  ArrivalCase made;
  const FirmId came = made.firm("甲", kShenzhen, 1990, "汽车零件生产");
  const FirmId alike = made.firm("乙", kShenzhen, 1990, "汽车零件生产");
  const FirmId half = made.firm("丙", kShenzhen, 1990, "汽车零件生产");
  const FirmId other = made.firm("丁", kShenzhen, 1990, "食品加工");
  for (int i = 0; i < 20; ++i) made.firm("它" + std::to_string(i), kShenzhen, 1990, "餐饮");
  made.came(came, kChangsha, Date{1999, 1, 1});
  const EnterpriseGraph graph = made.build();
  const ArrivalGround ground(graph, made.arrivals, {});
  const ArrivalHistory history(ground, day_number(Date{2001, 1, 1}));
  const auto view = history.look(*ground.find(RegionCode{kChangsha}));
  // One that came, the same words: a third of 1.
  EXPECT_NEAR(of(view.factors[raw(alike)], ArrivalFactor::LikeScope), 1.0 / 3, 1e-6);
  EXPECT_NEAR(of(view.factors[raw(half)], ArrivalFactor::LikeScope), 1.0 / 3, 1e-6);
  EXPECT_EQ(of(view.factors[raw(other)], ArrivalFactor::LikeScope), 0);
}

TEST(ArrivalHistory, LikenessOfNamesIsTheMeanOverAllWhoCame) {
  ArrivalCase made;
  const FirmId one = made.firm("长江建设", kShenzhen, 1990);
  const FirmId two = made.firm("海河食品", kShenzhen, 1990);
  const FirmId alike = made.firm("长江建设", kGuangzhou, 1990);
  made.firm("长江建设", kGuangzhou, 1991);
  for (int i = 0; i < 20; ++i) made.firm("天山" + std::to_string(i), kGuangzhou, 1990);
  made.came(one, kChangsha, Date{1999, 1, 1});
  made.came(two, kChangsha, Date{1999, 1, 1});
  const EnterpriseGraph graph = made.build();
  const ArrivalGround ground(graph, made.arrivals, {});
  const ArrivalHistory history(ground, day_number(Date{2001, 1, 1}));
  const auto view = history.look(*ground.find(RegionCode{kChangsha}));
  // Like the first by 1 and the second by 0.
  EXPECT_NEAR(of(view.factors[raw(alike)], ArrivalFactor::LikeName), 0.5, 1e-6);
}

TEST(ArrivalHistory, TradeIsLikenessToThoseWhoOpenBranchesAgainstThatToAll) {
  ArrivalCase made;
  const FirmId opens = made.firm("甲", kShenzhen, 1990, "桥梁施工");
  const FirmId alike = made.firm("乙", kShenzhen, 1990, "桥梁施工");
  made.firm("丙", kShenzhen, 1990, "桥梁施工");
  const FirmId other = made.firm("丁", kShenzhen, 1990, "餐饮");
  for (int i = 0; i < 20; ++i) made.firm("它" + std::to_string(i), kShenzhen, 1990, "餐饮");
  made.came(opens, kChangsha, Date{2000, 12, 31});
  const EnterpriseGraph graph = made.build();
  const ArrivalGround ground(graph, made.arrivals, {});
  const ArrivalHistory history(ground, day_number(Date{2001, 1, 1}));
  // Like the only one that opens by 1, like three of the 24 firms by 1.
  EXPECT_NEAR(history.trade()[raw(alike)], 1 / (3.0 / 24 + 0.001), 1e-5);
  EXPECT_EQ(history.trade()[raw(other)], 0);
  EXPECT_EQ(history.trade()[raw(opens)], 0);
}

TEST(ArrivalHistory, TradeSaysNothingOfAFirmThatOpenedABranchItself) {
  ArrivalCase made;
  const FirmId opens = made.firm("甲", kShenzhen, 1990, "桥梁施工");
  const FirmId too = made.firm("乙", kShenzhen, 1990, "桥梁施工");
  const FirmId never = made.firm("丙", kShenzhen, 1990, "桥梁施工");
  for (int i = 0; i < 20; ++i) made.firm("它" + std::to_string(i), kShenzhen, 1990, "餐饮");
  made.came(opens, kChangsha, Date{2000, 1, 1});
  made.came(too, kNanchang, Date{2000, 1, 1});
  const EnterpriseGraph graph = made.build();
  const ArrivalGround ground(graph, made.arrivals, {});
  const ArrivalHistory history(ground, day_number(Date{2001, 1, 1}));
  EXPECT_EQ(history.trade()[raw(opens)], 0);
  EXPECT_EQ(history.trade()[raw(too)], 0);
  EXPECT_NEAR(history.trade()[raw(never)], 1 / (3.0 / 23 + 0.001), 1e-5);
}

TEST(ArrivalHistory, CapitalIsThatOfTheGraph) {
  ArrivalCase made;
  const FirmId large = made.firm("甲", kShenzhen, 1990);
  const FirmId unknown = made.firm("乙", kShenzhen, 1990);
  made.builder.set(EntityRef{EntityKind::Firm, raw(large)}, EntityNumber::RegisteredCapital,
                   {5e7, Basis::Stated});
  made.came(unknown, kNanchang, Date{1999, 1, 1});
  const EnterpriseGraph graph = made.build();
  const ArrivalGround ground(graph, made.arrivals, {});
  const ArrivalHistory history(ground, day_number(Date{2001, 1, 1}));
  const auto view = history.look(*ground.find(RegionCode{kNanchang}));
  EXPECT_EQ(of(view.factors[raw(large)], ArrivalFactor::Capital), 5e7);
  EXPECT_EQ(of(view.factors[raw(unknown)], ArrivalFactor::Capital), 0);
}

TEST(ArrivalHistory, NameOfItsProvinceCountsWithinThatProvinceOnly) {
  constexpr std::uint32_t kHohhot = 150100;
  constexpr std::uint32_t kBaotou = 150200;
  ArrivalCase made;
  const FirmId whole = made.firm("内蒙古建工有限公司", kHohhot, 1990);
  const FirmId within = made.firm("中诚（内蒙古）建设有限公司", kHohhot, 1990);
  const FirmId city = made.firm("呼和浩特建工有限公司", kHohhot, 1990);
  const FirmId abroad = made.firm("内蒙古食品有限公司", kChangsha, 1990);
  const FirmId nowhere = made.firm("内蒙古能源有限公司", 0, 1990);
  made.came(city, kBaotou, Date{1999, 1, 1});
  made.came(city, kChangsha, Date{1999, 1, 1});
  const EnterpriseGraph graph = made.build();
  const ArrivalGround ground(graph, made.arrivals, {});
  const ArrivalHistory history(ground, day_number(Date{2001, 1, 1}));
  const auto named = [&](std::uint32_t place, FirmId firm) {
    const auto view = history.look(*ground.find(RegionCode{place}));
    return of(view.factors[raw(firm)], ArrivalFactor::ProvinceName);
  };
  EXPECT_EQ(named(kBaotou, whole), 1);
  EXPECT_EQ(named(kBaotou, within), 1);
  EXPECT_EQ(named(kBaotou, city), 0);
  EXPECT_EQ(named(kBaotou, abroad), 0);  // at home elsewhere
  EXPECT_EQ(named(kBaotou, nowhere), 0);
  EXPECT_EQ(named(kChangsha, whole), 0);
}

TEST(ArrivalHistory, PointsSayHowFarPlacesLieApart) {
  ArrivalCase made;
  made.firm("甲", kShenzhen, 1990);
  const EnterpriseGraph graph = made.build();
  const std::vector<PlacePoint> points = {{RegionCode{kChangsha}, "长沙", 113.0, 28.0},
                                          {RegionCode{kShenzhen}, "深圳", 113.0, 22.0}};
  const ArrivalGround ground(graph, made.arrivals, points);
  // Six degrees of a meridian.
  EXPECT_NEAR(*ground.km(*ground.find(RegionCode{kChangsha}), *ground.find(RegionCode{kShenzhen})),
              6371 * 3.14159265358979 / 30, 1e-6);
}

TEST(ArrivalHistory, OfNothingIsEmpty) {
  const EnterpriseGraph graph;
  const ArrivalGround ground(graph, {}, {});
  const ArrivalHistory history(ground, day_number(Date{2001, 1, 1}));
  EXPECT_TRUE(history.candidates().empty());
  EXPECT_EQ(history.arrivals(), 0U);
}

}  // namespace
}  // namespace liantu
