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

TEST(GoodsKinds, GradesOfOneMaterialAreKindsOfTheirOwn) {
  const auto says = [](std::string_view product, std::string_view industry) {
    const GoodsKind* found =
        kind_of_product(product, kinds_made_in(std::array<std::string_view, 1>{industry}));
    return found == nullptr ? std::string() : found->name.zh;
  };
  EXPECT_EQ(says("坯布面料", "C171"), "坯布");
  EXPECT_EQ(says("牛仔面料", "C171"), "面料");
  EXPECT_EQ(says("液态感光固化油墨", "C264"), "电路板油墨");
  EXPECT_EQ(says("凹印油墨", "C264"), "油墨");
  EXPECT_EQ(says("有机硅深加工", "C266"), "硅油");
  EXPECT_EQ(says("硅橡胶", "C265"), "硅橡胶");
  EXPECT_EQ(says("采油专用阴离子聚丙烯酰胺", "C266"), "采油化学品");
  EXPECT_EQ(says("聚丙烯酰胺", "C266"), "水处理剂");
  EXPECT_EQ(says("冷冲压成型复合硬片", "C331"), "药用泡罩铝、硬片");
  EXPECT_EQ(says("平板显示器件", "C397"), "显示面板加工");
  EXPECT_EQ(says("半导体元器件封装测试", "C397"), "芯片封装测试");
  EXPECT_EQ(says("LED封装", "C397"), "LED器件");
  EXPECT_EQ(says("工业铝型材", "C325"), "工业铝型材");
}

}  // namespace
}  // namespace liantu
