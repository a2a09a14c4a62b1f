#include "liantu/prospects/arrivals/arrival_model.hpp"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

ArrivalModel model(double exponent, double floor) {
  ArrivalModel made;
  made.exponents.fill(exponent);
  made.works.fill(exponent);
  made.floors.fill(floor);
  return made;
}

std::string refused(const std::string& text) {
  try {
    (void)parse_arrival_model(text, "m.json");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    EXPECT_FALSE(error.message().zh.empty());
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown for " << text;
  return {};
}

TEST(ArrivalModel, FactorOfZeroAddsNothing) {
  EXPECT_EQ(propensity(default_arrival_model(), ArrivalFactors{}), 0);
}

TEST(ArrivalModel, WeightIsExponentTimesTheLogarithmOverTheFloor) {
  // 2 · ln((3 + 1) / 1) = 2 ln 4.
  EXPECT_DOUBLE_EQ(factor_weight(model(2, 1), ArrivalFactor::Flow, 3), 2 * std::log(4.0));
  EXPECT_DOUBLE_EQ(propensity(model(1, 1), {1, 3, 0, 0, 0, 7}),
                   std::log(2.0) + std::log(4.0) + std::log(8.0));
}

TEST(ArrivalModel, EveryFactorHasItsOwnWordAndNames) {
  EXPECT_EQ(factor_word(ArrivalFactor::Recent), "recent");
  EXPECT_EQ(factor_word(ArrivalFactor::Provinces), "provinces");
  EXPECT_EQ(factor_word(ArrivalFactor::Flow), "flow");
  EXPECT_EQ(factor_word(ArrivalFactor::SameProvince), "same_province");
  EXPECT_EQ(factor_word(ArrivalFactor::LikePlaces), "like_places");
  EXPECT_EQ(factor_word(ArrivalFactor::LikeScope), "like_scope");
  EXPECT_EQ(factor_word(ArrivalFactor::LikeName), "like_name");
  EXPECT_EQ(factor_word(ArrivalFactor::Trade), "trade");
  EXPECT_EQ(factor_word(ArrivalFactor::Capital), "capital");
  EXPECT_EQ(factor_word(ArrivalFactor::ProvinceName), "province_name");
  for (std::size_t i = 0; i < kArrivalFactorCount; ++i) {
    EXPECT_FALSE(factor_text(static_cast<ArrivalFactor>(i)).en.empty());
    EXPECT_FALSE(factor_text(static_cast<ArrivalFactor>(i)).zh.empty());
  }
}

TEST(ArrivalModel, IsReadBackAsItWasWritten) {
  ArrivalModel made = default_arrival_model();
  made.exponents[2] = 0.1;
  made.works[3] = 7.5;
  made.floors[4] = 3e-7;
  EXPECT_EQ(parse_arrival_model(arrival_model_json(made), "m.json"), made);
  EXPECT_EQ(parse_arrival_model(arrival_model_json(default_arrival_model()), "m.json"),
            default_arrival_model());
}

TEST(ArrivalModel, FactorLeftOutOfAFileHasNoWeight) {
  const ArrivalModel read = parse_arrival_model(
      R"({"schema": "liantu.arrival_model/1", "factors": {"flow": {"exponent": 2, "floor": 1}}})",
      "m.json");
  EXPECT_EQ(read.exponents, (std::array<double, kArrivalFactorCount>{0, 0, 2}));
  EXPECT_EQ(read.works, read.exponents);  // not stated: the same
}

TEST(ArrivalModel, WorksHaveExponentsOfTheirOwn) {
  const ArrivalModel read = parse_arrival_model(
      R"({"schema": "liantu.arrival_model/1",
          "factors": {"flow": {"exponent": 2, "works": 0.5, "floor": 1}}})",
      "m.json");
  EXPECT_EQ(propensity(read, {0, 0, 1}), 2 * std::log(2.0));
  EXPECT_EQ(propensity(for_works(read), {0, 0, 1}), 0.5 * std::log(2.0));
  ArrivalModel bad = model(1, 1);
  bad.works[0] = -1;
  EXPECT_THROW(check_arrival_model(bad), Error);
}

TEST(ArrivalModel, FileThatIsNoModelIsRefusedWithItsPlace) {
  EXPECT_EQ(refused("{").substr(0, 7), "m.json:");
  EXPECT_EQ(refused(R"({"factors": {}})").substr(0, 10), "m.json:1:1");
  EXPECT_EQ(refused(R"({"schema": "liantu.links/1", "factors": {}})").substr(0, 11), "m.json:1:12");
  EXPECT_EQ(refused(R"({"schema": "liantu.arrival_model/1"})").substr(0, 10), "m.json:1:1");
  EXPECT_EQ(refused("{\"schema\": \"liantu.arrival_model/1\",\n\"factors\": {\"size\": {}}}")
                .substr(0, 9),
            "m.json:2:");
  EXPECT_EQ(refused("{\"schema\": \"liantu.arrival_model/1\",\n"
                    "\"factors\": {\"flow\": {\"exponent\": -1}}}")
                .substr(0, 9),
            "m.json:2:");
}

TEST(ArrivalModel, ExponentBelowZeroAndFloorOfZeroAreRefused) {
  EXPECT_NO_THROW(check_arrival_model(model(0, 1e-9)));
  EXPECT_THROW(check_arrival_model(model(-0.1, 1)), Error);
  EXPECT_THROW(check_arrival_model(model(101, 1)), Error);
  EXPECT_THROW(check_arrival_model(model(1, 0)), Error);
  EXPECT_THROW(check_arrival_model(model(std::nan(""), 1)), Error);
}

}  // namespace
}  // namespace liantu
