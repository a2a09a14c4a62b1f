#include "report/prospects/introduction_words.hpp"

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

TEST(IntroductionWords, AStepIsToldInTheDirectionOfItsRelation) {
  const EnterpriseGraph graph = test::sketch("甲{region=500104} -supplies-> 乙; @张 -serves-> 乙");
  const EntityId a = graph.entity(test::firm(graph, "甲"));
  const EntityId b = graph.entity(test::firm(graph, "乙"));
  const IntroductionStep there{a, b, RelationKind::Supplies, EdgeId{0}, false, 0};
  const IntroductionStep back{b, a, RelationKind::Supplies, EdgeId{0}, true, 0};
  EXPECT_EQ(step_text(graph, there).en, "甲 supplies 乙");
  EXPECT_EQ(step_text(graph, back).en, "甲 supplies 乙");
  const EntityId person = graph.entity(test::person(graph, "张"));
  const IntroductionStep serves{b, person, RelationKind::Serves, EdgeId{0}, true, 0};
  EXPECT_EQ(step_text(graph, serves).zh, "张在乙任职");
}

TEST(IntroductionWords, WhomALeaderKnowsIsNoMember) {
  const EnterpriseGraph graph =
      test::sketch("戊 -member_of-> org:李{type=区领导}; 戊 -member_of-> org:商会{type=商会}");
  const EntityId firm = graph.entity(test::firm(graph, "戊"));
  const auto step = [&](const char* organization, std::uint64_t edge) {
    return IntroductionStep{graph.find(EntityKind::Organization, organization).front(),
                            firm,
                            RelationKind::MemberOf,
                            EdgeId{edge},
                            true,
                            0};
  };
  EXPECT_EQ(step_text(graph, step("李", 0)).zh, "李与戊相识");
  EXPECT_EQ(step_text(graph, step("李", 0)).en, "李 knows 戊");
  EXPECT_EQ(step_text(graph, step("商会", 1)).zh, "戊是商会成员");
}

TEST(IntroductionWords, WhereNothingIsToldOfASourceNothingIsSaid) {
  const EnterpriseGraph graph = test::sketch("甲 -owns-> 乙");
  const IntroductionStep step{EntityId{0}, EntityId{1}, RelationKind::Owns, EdgeId{0}, false, 0};
  EXPECT_EQ(step_source(graph, step), Text());
  const IntroductionStep office{EntityId{0}, EntityId{1}, std::nullopt, EdgeId{0}, false, 0};
  EXPECT_EQ(step_source(graph, office), Text());
}

}  // namespace
}  // namespace liantu
