#include "liantu/prospects/arrivals/arrival_training.hpp"

#include <random>
#include <set>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "prospects/arrivals/arrival_case.hpp"

namespace liantu {
namespace {

constexpr std::uint32_t kPlaces[] = {440300, 440100, 430100, 360100,
                                     310114, 500104, 510100, 330100};

// Firms of 广东 that go on opening branches, among many that stay at home.
ArrivalCase growing() {
  std::mt19937 random(5);
  ArrivalCase made;
  for (int i = 0; i < 200; ++i) made.firm("企" + std::to_string(i), kPlaces[i % 8], 1980);
  std::set<std::pair<std::uint32_t, std::uint32_t>> known;
  for (int year = 1994; year < 2005; ++year) {
    for (int i = 0; i < 16; ++i) {
      const FirmId firm{8 * (static_cast<std::uint32_t>(random()) % 12)};
      const std::uint32_t place = kPlaces[1 + random() % 7];
      if (made.homes[raw(firm)] == RegionCode{place}) continue;
      if (!known.emplace(raw(firm), place).second) continue;
      made.came(firm, place, Date{static_cast<std::int16_t>(year), 6, 1});
    }
    for (int i = 0; i < 6; ++i) {
      const FirmId firm{static_cast<std::uint32_t>(random()) % 200};
      const std::uint32_t place = kPlaces[random() % 8];
      if (made.homes[raw(firm)] == RegionCode{place}) continue;
      if (!known.emplace(raw(firm), place).second) continue;
      made.came(firm, place, Date{static_cast<std::int16_t>(year), 6, 2});
    }
  }
  return made;
}

TEST(TrainArrivals, LearnsUpToTheYearAndIsJudgedOnWhatItDidNotSee) {
  ArrivalCase made = growing();
  const EnterpriseGraph graph = made.build();
  ArrivalTrainingOptions options;
  options.until = 2004;
  options.least = 1;
  ArrivalTraining training;
  try {
    training = train_arrivals(graph, made.arrivals, options);
  } catch (const Error& error) {
    // The judged window holds fewer than 30 at places with ten or more: said, never guessed.
    EXPECT_EQ(error.code(), ErrorCode::NotFound);
    return;
  }
  EXPECT_EQ(training.validated, 2001);
  EXPECT_EQ(training.learnt_from, (std::vector<int>{2001, 2002, 2003}));
  for (const double exponent : training.model.exponents) EXPECT_GE(exponent, 0);
  EXPECT_EQ(training.model.works, training.model.exponents);  // none is known to work there
  EXPECT_EQ(training.model.floors, default_arrival_model().floors);
}

TEST(TrainArrivals, IsTheSameAtEveryCallAndBlindToWhatCameLater) {
  ArrivalCase made = growing();
  const EnterpriseGraph graph = made.build();
  ArrivalTrainingOptions options;
  options.until = 2003;
  const auto learn = [&]() -> ArrivalModel {
    try {
      return train_arrivals(graph, made.arrivals, options).model;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::NotFound);
      return default_arrival_model();
    }
  };
  const ArrivalModel one = learn();
  EXPECT_EQ(learn(), one);
  std::erase_if(made.arrivals, [](const Arrival& arrival) { return arrival.date.year >= 2003; });
  EXPECT_EQ(learn(), one);
}

TEST(TrainArrivals, TooFewArrivalsAreRefused) {
  ArrivalCase made;
  const FirmId one = made.firm("甲", 440300, 1990);
  made.firm("乙", 440300, 1990);
  made.came(one, 430100, Date{2000, 1, 1});
  const EnterpriseGraph graph = made.build();
  try {
    (void)train_arrivals(graph, made.arrivals, {});
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::NotFound);
    EXPECT_FALSE(error.message().zh.empty());
  }
}

TEST(TrainArrivals, OptionsOutsideTheirRangeAreRefused) {
  ArrivalCase made = growing();
  const EnterpriseGraph graph = made.build();
  for (const int years : {0, 21}) {
    ArrivalTrainingOptions options;
    options.years = years;
    try {
      (void)train_arrivals(graph, made.arrivals, options);
      ADD_FAILURE() << "nothing was thrown";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
    }
  }
}

TEST(ArrivalTraining, WithoutScoresBeatsNobody) {
  EXPECT_FALSE(ArrivalTraining{}.beats_baselines());
}

}  // namespace
}  // namespace liantu
