#include "ingest/rows/bill_of_materials.hpp"

#include <map>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace liantu {
namespace {

struct PriceOfProduct {
  std::optional<double> value;
  bool contradicted = false;
  bool told = false;  // that it cannot be used
};

Problem problem_of(const Mention& product, std::string_view kind, Text what, Text remedy) {
  return {Severity::Warning, product.place,   std::string(kind), product.heading,
          product.words,     std::move(what), std::move(remedy)};
}

}  // namespace

void BillOfMaterials::relate(GraphBuilder& builder, std::vector<Problem>& problems) {
  std::map<std::uint32_t, PriceOfProduct> prices;
  for (const Price& said : prices_) {
    PriceOfProduct& price = prices[said.product];
    price.told = price.told || said.told;
    if (!said.value) continue;
    if (price.value && *price.value != *said.value && !price.contradicted) {
      price.contradicted = true;
      problems.push_back(problem_of(
          said.said, "product-price",
          {fmt::format(
               "the product's price is {} here and {} before; its coefficients stay unknown",
               *said.value, *price.value),
           fmt::format("产品单价此处为 {}，前文为 {}；其投入系数不计算", *said.value,
                       *price.value)},
          {"give every product one price, and variants names of their own",
           "每种产品只写一个单价；不同型号请分别命名"}));
    }
    if (!price.value) price.value = said.value;
  }
  // One relation a product, input and year, in the order of their first lines.
  std::map<std::tuple<std::uint32_t, std::uint32_t, int>, std::size_t> first_line;
  std::vector<Line> sums;
  for (Line& line : lines_) {
    const auto [at, fresh] =
        first_line.try_emplace({line.product, line.input, line.from.year()}, sums.size());
    if (fresh) {
      sums.push_back(std::move(line));
    } else {
      Line& sum = sums[at->second];
      sum.cost += line.cost;
      // What the first line leaves open another may say.
      EdgeAttributes& known = sum.attributes;
      const EdgeAttributes& said = line.attributes;
      if (!known.substitutability) known.substitutability = said.substitutability;
      if (!known.import_share) known.import_share = said.import_share;
      if (!known.share) known.share = said.share;
      if (!known.amount) known.amount = said.amount;
    }
  }
  std::map<std::uint32_t, bool> told;
  for (Line& sum : sums) {
    const PriceOfProduct& price = prices[sum.product];
    if (price.value && !price.contradicted) {
      sum.attributes.coefficient = sum.cost / *price.value;
    } else if (!price.contradicted && !price.told && !std::exchange(told[sum.product], true)) {
      problems.push_back(
          problem_of(sum.said, "product-price",
                     {"the product has no price, so the inputs of a yuan of it are not known",
                      "未给出产品单价，无法计算每元产出的投入"},
                     {"add a column 产品单价 (product_price), filled in once for every product",
                      "请增加“产品单价”列，每种产品填写一次"}));
    }
    builder.relate(RelationKind::Requires, SegmentId{sum.product}, SegmentId{sum.input},
                   sum.attributes, sum.from);
  }
  lines_.clear();
  prices_.clear();
}

}  // namespace liantu
