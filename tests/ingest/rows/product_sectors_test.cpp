#include "ingest/rows/product_sectors.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "liantu/graph/builder.hpp"

namespace liantu {
namespace {

// Which industry each product has, with its confidence: `纸箱 C223 0.85`.
struct Products {
  GraphBuilder builder;
  SegmentRegistry segments{builder};
  ProductSupport support;
  std::vector<std::string> industries;  // by firm

  std::uint32_t product(std::string_view name) { return segments.add(name, {}); }
  void makes(std::string_view industry, std::uint32_t product) {
    support.add_sale({static_cast<std::uint32_t>(industries.size()), product, {}, {}});
    industries.emplace_back(industry);
  }
  [[nodiscard]] std::string said(std::uint32_t product) const {
    const IndustryClassifier classifier;
    const auto found = find_product_sectors(segments, support, industries, classifier,
                                            SectorScheme::China153)[product];
    return found ? fmt::format("{} {:.2f}", found->industry, found->confidence) : "";
  }
};

TEST(ProductSectors, AWholeNameTells) {
  Products products;
  EXPECT_EQ(products.said(products.product("纸箱")), "C223 0.85");
}

TEST(ProductSectors, MakersTellWhereTheNameDoesNot) {
  // Soda: one maker may be anything, two of one industry are not.
  Products products;
  const std::uint32_t soda = products.product("小苏打");
  products.makes("C261", soda);
  EXPECT_EQ(products.said(soda), "C261 0.55");
  products.makes("C261", soda);
  EXPECT_EQ(products.said(soda), "C261 0.75");
}

TEST(ProductSectors, MakersThatAgreeBeatTheMereHeadOfAName) {
  Products products;
  const std::uint32_t paper = products.product("大花纸箱");
  EXPECT_EQ(products.said(paper), "C223 0.60");
  products.makes("C231", paper);
  EXPECT_EQ(products.said(paper), "C223 0.50") << "one maker contradicts";
  products.makes("C231", paper);
  EXPECT_EQ(products.said(paper), "C231 0.65");
}

// Smelters say that they make tubes; tubes are rolled all the same.
TEST(ProductSectors, AKindOfGoodsTellsTheIndustryWithinTheDivisionOfItsMakers) {
  Products products;
  const std::uint32_t tubes = products.product("磷脱氧铜管");
  products.makes("C321", tubes);
  products.makes("C321", tubes);
  EXPECT_EQ(products.said(tubes), "C325 0.80");
  const std::uint32_t of_others = products.product("磷脱氧铜管二");
  products.makes("C171", of_others);
  products.makes("C171", of_others);
  EXPECT_EQ(products.said(of_others), "C171 0.75") << "no kind of that division";
}

TEST(ProductSectors, AProductIsOfTheClassThatItsNameEndsWith) {
  Products products;
  const std::uint32_t pipe = products.product("波纹管");
  products.makes("C292", pipe);
  products.makes("C292", pipe);
  const std::uint32_t kind = products.product("双壁波纹管");
  EXPECT_EQ(products.said(kind), fmt::format("C292 {:.2f}", 0.75 * 0.9));
}

TEST(ProductSectors, NothingTellsNothing) {
  Products products;
  const std::uint32_t thing = products.product("几根");
  EXPECT_EQ(products.said(thing), "");
}

}  // namespace
}  // namespace liantu
