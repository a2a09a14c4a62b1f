#include "ingest/who/prepared_name.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace liantu {
namespace {

PreparedName prepared(std::string_view name) { return prepare_name(normalize_firm_name(name)); }

// 重庆 示例 机械制造 有限公司: two, two, four and four characters.
TEST(PreparedName, ItsPartsFollowEachOther) {
  const PreparedName name = prepared("重庆示例机械制造有限责任公司");
  EXPECT_EQ(name.size, 12U);
  EXPECT_EQ(name.region, RegionCode(500000));
  EXPECT_TRUE(name.has_form);
  const KnownName known = known_name(name, 7);
  EXPECT_EQ(known.begin, 7U);
  EXPECT_EQ(known.place_end, 2);
  EXPECT_EQ(known.brand_end, 4);
  EXPECT_EQ(known.trade_end, 8);
  EXPECT_EQ(known.size, 12);
  for (std::size_t i = 0; i < name.size; ++i) EXPECT_EQ(known.part(i), name.parts[i]) << i;
}

TEST(PreparedName, ANameOfFormAloneAndAnEmptyOneHaveTheirBounds) {
  const KnownName none = known_name(prepared(""), 0);
  EXPECT_EQ(none.size, 0);
  EXPECT_EQ(none.trade_end, 0);
  const PreparedName brand = prepared("虚构");
  EXPECT_FALSE(brand.has_form);
  EXPECT_EQ(known_name(brand, 0).brand_end, 2);
}

TEST(PreparedName, OfALongNameTheFirstCharactersCount) {
  std::string name;
  for (int i = 0; i < 500; ++i) name += "示例";
  EXPECT_EQ(prepared(name).size, kLongestCompared);
}

TEST(PreparedName, MarksOfStockExchangesComeOff) {
  EXPECT_EQ(without_market_marks("*st示例"), "示例");
  EXPECT_EQ(without_market_marks("示例-w"), "示例");
  EXPECT_EQ(without_market_marks("示例a"), "示例");
  EXPECT_EQ(without_market_marks("示例"), "示例");
  EXPECT_EQ(without_market_marks("sta"), "sta") << "no Chinese behind it";
}

}  // namespace
}  // namespace liantu
