#include "liantu/graph/kinds.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace liantu {
namespace {

TEST(Kinds, EveryEntityHasItsWord) {
  std::vector<std::string_view> words;
  for (const EntityKind kind : kEntityKinds) words.push_back(entity_word(kind));
  EXPECT_EQ(words,
            (std::vector<std::string_view>{"firm", "segment", "person", "organization", "site"}));
}

TEST(Kinds, EveryRelationIsParsedFromBothOfItsWords) {
  for (const RelationKind kind : kRelationKinds) {
    EXPECT_EQ(parse_relation(relation_word(kind)), kind);
    EXPECT_EQ(parse_relation(relation_text(kind).zh), kind);
  }
  EXPECT_EQ(parse_relation("part_of"), RelationKind::PartOf);
  EXPECT_EQ(parse_relation("供货"), RelationKind::Supplies);
  EXPECT_EQ(relation_text(RelationKind::MemberOf), (Text{"member of", "加入"}));
}

TEST(Kinds, OtherWordsAreNoRelation) {
  for (const char* word : {"", "Supplies", "supplies ", "covers", "供"}) {
    EXPECT_EQ(parse_relation(word), std::nullopt) << word;
  }
}

TEST(Kinds, RelationsJoinOnlyTheirKinds) {
  using enum EntityKind;
  struct Ends {
    RelationKind relation;
    EntityKind from;
    EntityKind to;
  };
  const std::vector<Ends> allowed = {
      {RelationKind::Supplies, Firm, Firm},         {RelationKind::Makes, Firm, Segment},
      {RelationKind::Trades, Firm, Segment},        {RelationKind::Requires, Segment, Segment},
      {RelationKind::PartOf, Segment, Segment},     {RelationKind::Owns, Firm, Firm},
      {RelationKind::Owns, Person, Firm},           {RelationKind::Serves, Person, Firm},
      {RelationKind::MemberOf, Firm, Organization}, {RelationKind::MemberOf, Person, Organization},
      {RelationKind::Cooperates, Firm, Firm},       {RelationKind::StandsOn, Firm, Site}};
  for (const RelationKind relation : kRelationKinds) {
    for (const EntityKind from : kEntityKinds) {
      for (const EntityKind to : kEntityKinds) {
        bool expected = false;
        for (const Ends& ends : allowed) {
          expected |= ends.relation == relation && ends.from == from && ends.to == to;
        }
        EXPECT_EQ(relation_allows(relation, from, to), expected)
            << relation_word(relation) << ' ' << entity_word(from) << ' ' << entity_word(to);
      }
    }
  }
}

}  // namespace
}  // namespace liantu
