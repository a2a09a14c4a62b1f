#include "liantu/links/learning/learned_methods.hpp"

#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include "liantu/graph/builder.hpp"
#include "links/paths/rings.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::quick;
using test::rings;

TEST(LearnedMethods, AnswerTheSameForAnySourcesAskedTogether) {
  const EnterpriseGraph graph = rings();
  const std::vector<LinkMethod> methods = learned_methods(graph, {}, quick());
  ASSERT_EQ(methods.size(), 3U);
  EXPECT_EQ(methods[0].name, "scorecard");
  EXPECT_EQ(methods[1].name, "logistic_regression");
  EXPECT_EQ(methods[2].name, "boosted_trees");
  const std::vector<EntityId> both = {EntityId{3}, EntityId{77}};
  const std::vector<EntityId> last = {EntityId{77}};
  for (const LinkMethod& method : methods) {
    EXPECT_EQ(method.kind, MethodKind::Learned);
    EXPECT_EQ(method.unavailable, "");
    const auto rows = method.rows(both, {});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(method.rows(last, {}).front(), rows[1]);
    EXPECT_TRUE(method.rows({}, {}).empty());
  }
}

TEST(LearnedMethods, AreUnavailableWhereThereIsTooLittleToLearnFrom) {
  const auto methods = learned_methods(test::sketch("a -supplies-> b"), {});
  ASSERT_EQ(methods.size(), 3U);
  EXPECT_EQ(methods[0].unavailable, "");
  EXPECT_NE(methods[1].unavailable, "");
  EXPECT_NE(methods[2].unavailable, "");
}

TEST(LearnedMethods, SayThatTheyDoNotBeatDirectedL3) {
  // Links drawn without any pattern: nothing can be learnt.
  GraphBuilder builder;
  for (std::uint32_t i = 0; i < 200; ++i)
    (void)builder.add(EntityKind::Firm, "f" + std::to_string(i));
  std::uint64_t state = 1;
  for (std::uint32_t i = 0; i < 3000; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    const auto from = static_cast<std::uint32_t>(state >> 33) % 200;
    const auto to = static_cast<std::uint32_t>(state >> 13) % 200;
    if (from != to) builder.relate(RelationKind::Supplies, FirmId{from}, FirmId{to});
  }
  const EnterpriseGraph graph = builder.build();
  LearnOptions options = quick();
  options.force = false;
  const std::vector<LinkModel> models = train_links(graph, {}, options);
  const std::vector<LinkMethod> methods = learned_methods(graph, {}, options);
  for (std::size_t m = 0; m < 2; ++m) {
    EXPECT_EQ(methods[m + 1].unavailable.empty(), models[m].beats_directed_l3());
  }
}

}  // namespace
}  // namespace liantu
