#include "base/run/stopping.hpp"

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

constexpr Interrupted kWalk = {"the walk was interrupted", "行走被中断"};

TEST(CheckStop, SaysWhatWasInterrupted) {
  std::stop_source source;
  check_stop(source.get_token(), kWalk);
  source.request_stop();
  try {
    check_stop(source.get_token(), kWalk);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Cancelled);
    EXPECT_EQ(error.message(), (Text{"the walk was interrupted", "行走被中断"}));
  }
}

TEST(CheckStop, AWishThatNobodyCanUtterNeverStops) {
  Stopping{}.check();
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW((Stopping{source.get_token(), kWalk}.check()), Error);
}

}  // namespace
}  // namespace liantu
