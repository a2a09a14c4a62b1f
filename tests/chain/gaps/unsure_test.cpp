#include "liantu/chain/gaps/unsure.hpp"

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu {
namespace {

struct Register {
  GraphBuilder builder;
  SegmentId steel{builder.add(EntityKind::Segment, "钢").local};

  Register() { builder.set(steel, EntityNumber::OutputShare, {0.1, Basis::Stated}); }
  FirmId firm(const char* name, double capital, float confidence, Basis basis = Basis::Inferred) {
    const FirmId id{builder.add(EntityKind::Firm, name).local};
    builder.set(id, EntityNumber::RegisteredCapital, {capital, Basis::Stated});
    Provenance from;
    from.basis = basis;
    from.confidence = confidence;
    if (confidence > 0) builder.relate(RelationKind::Makes, id, steel, {}, from);
    return id;
  }
};

TEST(UnsureFirms, LargestFirstAndNeitherSureNorStatedNorBranches) {
  Register the;
  const FirmId small = the.firm("甲厂", 10, 0.5F);
  const FirmId large = the.firm("乙厂", 30, 0);
  the.firm("丙厂", 50, 0.9F);
  the.firm("丁厂", 60, 0.5F, Basis::Stated);
  the.firm("戊有限公司重庆分公司", 70, 0.5F);
  const EnterpriseGraph graph = the.builder.build();
  const std::vector<UnsureFirm> found = unsure_firms(graph);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0], (UnsureFirm{large, 30, std::nullopt, 0}));
  EXPECT_EQ(found[1].firm, small);
  EXPECT_EQ(found[1].segment, the.steel);
  UnsureFirmOptions one;
  one.most = 1;
  EXPECT_EQ(unsure_firms(graph, one).size(), 1U);
}

TEST(UnsureFirms, WithoutATableOfSectorsNobodyIsAsked) {
  GraphBuilder builder;
  const FirmId firm{builder.add(EntityKind::Firm, "甲厂").local};
  builder.set(firm, EntityNumber::RegisteredCapital, {10, Basis::Stated});
  EXPECT_TRUE(unsure_firms(builder.build()).empty());
}

TEST(UnsureFirms, AShareOutsideItsRangeIsRefused) {
  UnsureFirmOptions options;
  options.sure = 1.5;
  EXPECT_THROW((void)unsure_firms(EnterpriseGraph(), options), Error);
}

}  // namespace
}  // namespace liantu
