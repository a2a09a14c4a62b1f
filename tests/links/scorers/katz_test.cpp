#include "liantu/links/scorers/katz.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

const PathStep kEither{RelationKind::Supplies, StepDirection::Either};

TEST(Katz, WalksOfEveryLengthCountLessAndLess) {
  // 甲-乙-丙: to 乙 one walk of 1 step and two of 3; to 丙 one of 2 steps and two of 4.
  const EnterpriseGraph graph = test::sketch("甲 -supplies-> 乙; 乙 -supplies-> 丙");
  const PathEngine engine(graph);
  const std::vector<EntityId> sources{EntityId{0}};
  KatzOptions options;
  options.attenuation = 0.5;
  EXPECT_EQ(
      katz_rows(engine, kEither, sources, options),
      (std::vector<ScoreRow>{{{EntityId{1}, EntityId{2}}, {0.5 + 2 * 0.125, 0.25 + 2 * 0.0625}}}));
  options.length = 1;
  EXPECT_EQ(katz_rows(engine, kEither, sources, options),
            (std::vector<ScoreRow>{{{EntityId{1}}, {0.5}}}));
}

TEST(Katz, AFirmAloneHasAnEmptyRow) {
  const EnterpriseGraph graph = test::sketch("甲");
  const std::vector<EntityId> sources{EntityId{0}};
  EXPECT_EQ(katz_rows(PathEngine(graph), kEither, sources), std::vector<ScoreRow>(1));
}

TEST(Katz, OptionsOutsideTheirRangeAreRefused) {
  const EnterpriseGraph graph = test::sketch("甲");
  const PathEngine engine(graph);
  for (const KatzOptions& options : {KatzOptions{0, 4, {}}, KatzOptions{1.5, 4, {}},
                                     KatzOptions{0.1, 0, {}}, KatzOptions{0.1, 9, {}}}) {
    try {
      (void)katz_rows(engine, kEither, {}, options);
      ADD_FAILURE();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
    }
  }
}

TEST(Katz, ACancelledCallEndsWithCancelled) {
  const EnterpriseGraph graph = test::sketch("甲");
  std::stop_source stop;
  stop.request_stop();
  KatzOptions options;
  options.stop = stop.get_token();
  const std::vector<EntityId> sources{EntityId{0}};
  try {
    (void)katz_rows(PathEngine(graph), kEither, sources, options);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Cancelled);
  }
}

}  // namespace
}  // namespace liantu
