#include "liantu/graph/views/name_search.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

const EnterpriseGraph& firms() {
  static const EnterpriseGraph graph =
      test::sketch("渝电电池{code=91500104MA5U000002} -makes-> 电池; 渝电; 渝电隔膜; 巴山电芯");
  return graph;
}

std::vector<std::string> names(const std::vector<EntityId>& entities) {
  std::vector<std::string> result;
  for (const EntityId entity : entities) result.emplace_back(firms().name(entity));
  return result;
}

using Names = std::vector<std::string>;

TEST(SearchNames, AWholeNameOrCodeComesBeforeItsParts) {
  EXPECT_EQ(names(search_names(firms(), EntityKind::Firm, "渝电")), (Names{"渝电"}));
  EXPECT_EQ(names(search_names(firms(), EntityKind::Firm, "91500104MA5U000002")),
            (Names{"渝电电池"}));
}

TEST(SearchNames, PartOfANameFindsAllThatHaveIt) {
  EXPECT_EQ(search_names(firms(), EntityKind::Firm, "电").size(), 4U);
  EXPECT_EQ(names(search_names(firms(), EntityKind::Firm, "隔膜")), (Names{"渝电隔膜"}));
  EXPECT_TRUE(search_names(firms(), EntityKind::Segment, "隔膜").empty());
  EXPECT_TRUE(search_names(EnterpriseGraph(), EntityKind::Firm, "甲").empty());
}

TEST(NamesAlike, ThoseThatShareMostCharactersComeFirst) {
  // 渝电电芯 shares 渝电电 with 渝电电池 (6/8), 电芯 with 巴山电芯 (4/8), 渝电 with 渝电 (4/6) and
  // 渝电隔膜 (4/8).
  EXPECT_EQ(names(names_alike(firms(), EntityKind::Firm, "渝电电芯", 2)),
            (Names{"渝电电池", "渝电"}));
  EXPECT_EQ(names_alike(firms(), EntityKind::Firm, "渝电电芯").size(), 3U);
  EXPECT_TRUE(names_alike(firms(), EntityKind::Firm, "abc").empty());
}

}  // namespace
}  // namespace liantu
