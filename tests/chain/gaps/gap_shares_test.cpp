#include "liantu/chain/gaps/gap_shares.hpp"

#include <string_view>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::segment;
using test::sketch;

Gap gap_of(const EnterpriseGraph& graph, std::string_view name) {
  GapOptions options;
  options.district.region = RegionCode{500104};
  for (const Gap& gap : find_gaps(graph, options).gaps) {
    if (gap.segment == segment(graph, name)) return gap;
  }
  ADD_FAILURE() << "no gap " << name;
  return {};
}

TEST(RealisedLocalRate, IsKnownPurchasesOverDemand) {
  // 甲 needs 50 of 胎 and bought 20 of 乙.
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.5}-> 胎
    乙{region=500104} -makes{output=30}-> 胎; 乙 -supplies{segment=胎,amount=20}-> 甲
  )");
  EXPECT_EQ(realised_local_rate(gap_of(graph, "胎")), 0.4);
}

TEST(RealisedLocalRate, IsNothingWhereAPartIsUnknownAndAtMostOne) {
  Gap gap;
  EXPECT_EQ(realised_local_rate(gap), std::nullopt);
  gap.demand = Figure{50};
  EXPECT_EQ(realised_local_rate(gap), std::nullopt);
  gap.purchases = 0;
  EXPECT_EQ(realised_local_rate(gap), 0);
  gap.purchases = 60;
  EXPECT_EQ(realised_local_rate(gap), 1);
  gap.needs_unknown = 1;
  EXPECT_EQ(realised_local_rate(gap), std::nullopt);
}

TEST(GapImportShare, IsWeightedWithTheAmountsOfTheNeeds) {
  // 甲 buys 50 of which 0.2 are imported, 乙 150 of which 0.6: (10 + 90) / 200. 丙 buys 100 of
  // which nothing is known.
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.5,imports=0.2}-> 胎
    乙{region=500104} -makes{output=100}-> 船 -requires{coef=1.5,imports=0.6,basis=estimated}-> 胎
    丙{region=500104} -makes{output=100}-> 犁 -requires{coef=1}-> 胎
  )");
  const auto found = import_share(graph, gap_of(graph, "胎"));
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->share, 0.5, 1e-7);
  EXPECT_EQ(found->basis, Basis::Estimated);
  EXPECT_NEAR(found->known, 2.0 / 3, 1e-12);
}

TEST(GapImportShare, NeedsWithoutAmountsCountTheSame) {
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104} -makes-> 车 -requires{coef=0.5,imports=0.25}-> 胎
    乙{region=500104} -makes-> 船 -requires{coef=1.5,imports=0.75}-> 胎
  )");
  EXPECT_EQ(import_share(graph, gap_of(graph, "胎")), (ImportShare{0.5, Basis::Stated, 1}));
}

TEST(GapImportShare, OfAHiddenGapIsThatOfWhatRaisesIt) {
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.5,imports=0.25}-> 胎
    胎 -requires{coef=0.5,imports=0.75}-> 胶
  )");
  const Gap gap = gap_of(graph, "胶");
  ASSERT_EQ(gap.kind, GapKind::Hidden);
  EXPECT_EQ(import_share(graph, gap)->share, 0.75);
}

TEST(GapImportShare, IsNothingWhereNoTableSaysItAndForExtensions) {
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104} -makes{output=100}-> 车 -requires{coef=0.5}-> 胎; 赛车 -requires{imports=0.5}-> 车
  )");
  EXPECT_EQ(import_share(graph, gap_of(graph, "胎")), std::nullopt);
  EXPECT_EQ(import_share(graph, gap_of(graph, "赛车")), std::nullopt);
}

}  // namespace
}  // namespace liantu
