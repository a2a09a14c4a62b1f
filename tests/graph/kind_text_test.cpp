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

}  // namespace
}  // namespace liantu
