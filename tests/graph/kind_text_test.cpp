#include "liantu/graph/kind_text.hpp"

#include <set>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(EntityText, NamesEveryKindOnceInBothLanguages) {
  std::set<std::string> names;
  for (const EntityKind kind : kEntityKinds) {
    EXPECT_EQ(entity_text(kind).en, entity_word(kind));
    EXPECT_TRUE(names.insert(entity_text(kind).zh).second) << entity_word(kind);
  }
  EXPECT_EQ(entity_text(EntityKind::Firm).zh, "企业");
}

TEST(RelationsBetween, AreListedAsASentenceNeedsThem) {
  using enum EntityKind;
  EXPECT_EQ(relations_between(Firm, Firm),
            (Text{"supplies, owns or cooperates", "supplies、owns 或 cooperates"}));
  EXPECT_EQ(relations_between(Segment, Segment),
            (Text{"requires or part_of", "requires 或 part_of"}));
  EXPECT_EQ(relations_between(Person, Organization), (Text{"member_of", "member_of"}));
  EXPECT_EQ(relations_between(Site, Firm), Text());
}

}  // namespace
}  // namespace liantu
