#include "liantu/base/values/goods_kinds.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "liantu/base/values/industry.hpp"

namespace liantu {
namespace {

const GoodsKind& kind(std::string_view name) {
  return *std::ranges::find_if(goods_kinds(),
                               [&](const GoodsKind& one) { return one.name.zh == name; });
}

TEST(GoodsKinds, EachHasNamesWordsAndCodesThatExist) {
  std::set<std::string> names;
  const auto exists = [](std::string_view code) {
    return std::ranges::any_of(industries(),
                               [&](const Industry& one) { return one.code.starts_with(code); });
  };
  for (const GoodsKind& one : goods_kinds()) {
    EXPECT_TRUE(names.insert(one.name.zh).second) << one.name.zh;
    EXPECT_FALSE(one.name.en.empty() || one.words.empty() || one.made_in.empty()) << one.name.zh;
    for (const std::string_view code : one.made_in)
      EXPECT_TRUE(exists(code)) << one.name.zh << code;
    for (const std::string_view code : one.used_in)
      EXPECT_TRUE(exists(code)) << one.name.zh << code;
  }
}

TEST(GoodsKinds, TyresGoIntoVehiclesAndNotIntoShoes) {
  const GoodsKind& tyres = kind("轮胎");
  EXPECT_TRUE(works_up("C361", tyres));
  EXPECT_TRUE(works_up("C3610", tyres)) << "what lies below a code";
  EXPECT_TRUE(works_up("C351", tyres)) << "a group may hold the class";
  EXPECT_FALSE(works_up("C36", tyres)) << "a division alone says nothing";
  EXPECT_FALSE(works_up("C195", tyres));
  EXPECT_FALSE(works_up("C375", tyres));
  EXPECT_TRUE(works_up("C375", kind("摩托车胎、自行车胎")));
  EXPECT_FALSE(works_up("C3752", kind("摩托车胎、自行车胎"))) << "parts of motorcycles";
  EXPECT_FALSE(works_up("", tyres));
  EXPECT_FALSE(works_up("C375", kind("液态奶"))) << "households buy it";
}

TEST(GoodsKinds, AnIndustryMakesItsKindsAndASectionSaysNothing) {
  const auto rubber = kinds_made_in(std::array<std::string_view, 1>{"C2911"});
  EXPECT_NE(std::ranges::find(rubber, &kind("轮胎")), rubber.end()) << "the class of a group";
  EXPECT_EQ(std::ranges::find(rubber, &kind("面料")), rubber.end());
  EXPECT_TRUE(kinds_made_in(std::array<std::string_view, 1>{"C"}).empty());
}

TEST(GoodsKinds, TheLongestWordOfAProductSaysWhatItIs) {
  const auto among = kinds_made_in(std::array<std::string_view, 1>{"C265"});
  EXPECT_EQ(kind_of_product("离子交换吸附树脂", among), &kind("离子交换、吸附树脂"));
  EXPECT_EQ(kind_of_product("户外型聚酯树脂", among), &kind("粉末涂料树脂"));
  EXPECT_EQ(kind_of_product("铸造树脂", among), &kind("铸造树脂"));
  EXPECT_EQ(kind_of_product("氯化聚乙烯", among), &kind("氯化聚乙烯")) << "聚乙烯 is shorter";
  EXPECT_EQ(kind_of_product("树脂", among), nullptr) << "of any kind";
  EXPECT_EQ(kind_of_product("销售费用", among), nullptr);
  EXPECT_EQ(kind_of_product("铸造树脂", {}), nullptr);
}

}  // namespace
}  // namespace liantu
