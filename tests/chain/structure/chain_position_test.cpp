#include "liantu/chain/structure/chain_position.hpp"

#include <Eigen/Dense>
#include <cstdint>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/builder.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::segment;
using test::sketch;

ChainPosition position(const EnterpriseGraph& graph, std::string_view name) {
  const auto found = find_positions(graph)[raw(segment(graph, name))];
  EXPECT_TRUE(found) << name;
  return found.value_or(ChainPosition{});
}

TEST(ChainPosition, CountsTheStepsBeforeAndAfter) {
  // A yuan of 车 takes 0.5 of 钢, a yuan of 钢 0.4 of 矿, most of which is imported. Outputs 5 : 4
  // : 1. U: 车 1; 钢 1 + 0.5 · 50/40 · 1 = 1.625; 矿 1 + 0.4 · 40/10 · 1.625 = 3.6. D: 矿 1; 钢 1 +
  // 0.4 = 1.4; 车 1 + 0.5 · 1.4 = 1.7.
  const EnterpriseGraph graph = sketch(
      "车{output_share=0.5} -requires{coef=0.5}-> 钢{output_share=0.4} -requires{coef=0.4}-> "
      "矿{output_share=0.1}; seg:书");
  const ChainPosition car = position(graph, "车");
  EXPECT_DOUBLE_EQ(car.upstreamness, 1);
  EXPECT_DOUBLE_EQ(car.downstreamness, 1.7);
  EXPECT_EQ(car.after(), 0);
  const ChainPosition steel = position(graph, "钢");
  EXPECT_DOUBLE_EQ(steel.upstreamness, 1.625);
  EXPECT_DOUBLE_EQ(steel.downstreamness, 1.4);
  EXPECT_DOUBLE_EQ(steel.after(), 0.625 / 1.025);
  const ChainPosition ore = position(graph, "矿");
  EXPECT_DOUBLE_EQ(ore.upstreamness, 3.6);
  EXPECT_DOUBLE_EQ(ore.downstreamness, 1);
  EXPECT_EQ(ore.after(), 1);
  EXPECT_EQ(find_positions(graph)[raw(segment(graph, "书"))], std::nullopt);
}

TEST(ChainPosition, OwnUseIsAStep) {
  // U = 1 + 0.5 U, and so D.
  const EnterpriseGraph graph = sketch("煤{output_share=1} -requires{coef=0.5}-> 煤");
  EXPECT_NEAR(position(graph, "煤").upstreamness, 2, 1e-8);
  EXPECT_NEAR(position(graph, "煤").downstreamness, 2, 1e-8);
  EXPECT_NEAR(position(graph, "煤").after(), 0.5, 1e-8);
}

TEST(ChainPosition, ASectorWithoutFlowsLiesInTheMiddle) {
  const EnterpriseGraph graph = sketch("seg:书{output_share=1}");
  EXPECT_EQ(position(graph, "书"), ChainPosition{});
  EXPECT_EQ(position(graph, "书").after(), 0.5);
  EXPECT_TRUE(find_positions(EnterpriseGraph()).empty());
}

TEST(ChainPosition, IsUnknownWhereStepsHaveNoEnd) {
  const EnterpriseGraph graph = sketch(
      "铁{output_share=0.4} -requires{coef=1.1}-> 煤{output_share=0.4} -requires{coef=1}-> 铁; "
      "书{output_share=0.1} -requires{coef=0.1}-> 纸{output_share=0.1}");
  const auto found = find_positions(graph);
  EXPECT_EQ(found[raw(segment(graph, "铁"))], std::nullopt);
  EXPECT_EQ(found[raw(segment(graph, "煤"))], std::nullopt);
  EXPECT_NEAR(found[raw(segment(graph, "纸"))]->upstreamness, 1.1, 1e-9);
}

TEST(ChainPosition, OnlyTheTableItselfCounts) {
  // What a table's sector needs beside the table, and what needs it, is no flow of the table.
  const EnterpriseGraph graph = sketch(
      "钢{output_share=0.6} -requires{coef=0.4}-> 矿{output_share=0.4}; 车 -requires{coef=0.5}-> "
      "钢; "
      "钢 -requires-> 氧气");
  EXPECT_EQ(position(graph, "钢").upstreamness, 1);
  EXPECT_DOUBLE_EQ(position(graph, "钢").downstreamness, 1.4);
}

TEST(ChainPosition, EqualsTheInverseOnRandomTables) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    const auto unit = [&] { return static_cast<double>(random() % 1000) / 1000; };
    const auto n = static_cast<Eigen::Index>(2 + random() % 8);
    Eigen::MatrixXd a = Eigen::MatrixXd::Zero(n, n);
    Eigen::VectorXd x(n);
    GraphBuilder builder;
    std::vector<SegmentId> segments;
    for (Eigen::Index i = 0; i < n; ++i) {
      segments.push_back(SegmentId{builder.add(EntityKind::Segment, fmt::format("s{}", i)).local});
      x(i) = 0.01 + unit();
      builder.set(segments.back(), EntityNumber::OutputShare, {x(i), Basis::Stated});
    }
    for (Eigen::Index t = 0; t < n; ++t) {
      for (Eigen::Index s = 0; s < n; ++s) {
        if (random() % 2 == 0) continue;
        a(t, s) = unit() * 0.9 / static_cast<double>(n);
        EdgeAttributes attributes;
        attributes.coefficient = a(t, s);
        builder.relate(RelationKind::Requires, segments[static_cast<std::size_t>(s)],
                       segments[static_cast<std::size_t>(t)], attributes);
      }
    }
    const EnterpriseGraph graph = std::move(builder).build();
    const Eigen::MatrixXd b = x.cwiseInverse().asDiagonal() * a * x.asDiagonal();
    const Eigen::MatrixXd one = Eigen::MatrixXd::Identity(n, n);
    const Eigen::VectorXd ones = Eigen::VectorXd::Ones(n);
    const Eigen::VectorXd up = (one - b).inverse() * ones;
    const Eigen::VectorXd down = (one - a).inverse().transpose() * ones;
    for (Eigen::Index i = 0; i < n; ++i) {
      const ChainPosition found = position(graph, fmt::format("s{}", i));
      EXPECT_NEAR(found.upstreamness, up(i), 1e-6 * up(i));
      EXPECT_NEAR(found.downstreamness, down(i), 1e-6 * down(i));
    }
  }
}

TEST(ChainPosition, MayBeStopped) {
  std::stop_source source;
  source.request_stop();
  try {
    (void)find_positions(sketch("seg:书{output_share=1}"), {source.get_token()});
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Cancelled);
    EXPECT_NE(error.message().zh, error.message().en);
  }
}

}  // namespace
}  // namespace liantu
