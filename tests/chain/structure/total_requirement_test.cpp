#include "liantu/chain/structure/total_requirement.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "chain/segments/input_rules.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/graph/builder.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::segment;
using test::sketch;

using Told = std::vector<std::string>;

std::string number(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

Told told(const EnterpriseGraph& graph, const TotalRequirement& found) {
  Told result;
  for (const SegmentRequirement& one : found.segments) {
    result.push_back(std::string(graph.name(graph.entity(one.segment))) + " " +
                     number(one.total.value) + " " + std::string(basis_word(one.total.basis)) +
                     ", final " + number(one.final));
  }
  return result;
}

std::vector<FinalSales> sell(const EnterpriseGraph& graph, std::string_view name, double amount) {
  return {{segment(graph, name), {amount, Basis::Stated}}};
}

TEST(TotalRequirement, AddsEveryStepOfAChain) {
  // 100 of 整车 need 40 of 电池, those 20 of 隔膜; 车身 30 needs 6 of 钢, 电池 4 more: 10.
  const EnterpriseGraph graph = sketch(R"(
    整车 -requires{coef=0.4}-> 电池 -requires{coef=0.5,basis=estimated}-> 隔膜
    整车 -requires{coef=0.3}-> 车身 -requires{coef=0.2}-> 钢; 电池 -requires{coef=0.1}-> 钢
    整车 -requires-> 轮胎; 船 -requires{coef=0.9}-> 钢
  )");
  const TotalRequirement found = total_requirement(graph, sell(graph, "整车", 100));
  EXPECT_EQ(told(graph, found), (Told{"整车 100 stated, final 100", "电池 40 stated, final 0",
                                      "车身 30 stated, final 0", "隔膜 20 estimated, final 0",
                                      "钢 10 stated, final 0"}));
  EXPECT_DOUBLE_EQ(found.output_multiplier, 2);
  EXPECT_EQ(found.unknown_inputs, 1U);
  EXPECT_LE(found.residual, 1e-15);
  ASSERT_EQ(found.warnings(graph).size(), 1U);
}

TEST(TotalRequirement, ACircleIsSolved) {
  // 电 = 10 + 0.2 煤, 煤 = 0.5 电: 电 = 10 / 0.9, 煤 = 5 / 0.9.
  const EnterpriseGraph graph = sketch("电 -requires{coef=0.5}-> 煤 -requires{coef=0.2}-> 电");
  const TotalRequirement found = total_requirement(graph, sell(graph, "电", 10));
  ASSERT_EQ(found.segments.size(), 2U);
  EXPECT_NEAR(found.segments[0].total.value, 10 / 0.9, 1e-10);
  EXPECT_NEAR(found.segments[1].total.value, 5 / 0.9, 1e-10);
}

TEST(TotalRequirement, ASegmentMayNeedItself) {
  // By what it is a kind of: 电 = 8 + 0.2 电.
  const EnterpriseGraph graph = sketch("电 -part_of-> 能源 -requires{coef=0.2}-> 电");
  EXPECT_NEAR(total_requirement(graph, sell(graph, "电", 8)).segments.at(0).total.value, 10, 1e-12);
  const EnterpriseGraph more = sketch("电 -part_of-> 能源 -requires{coef=1}-> 电");
  EXPECT_THROW((void)total_requirement(more, sell(more, "电", 8)), Error);
}

TEST(TotalRequirement, OwnUseIsPartOfTheTotal) {
  // 电 = 8 + 0.2 电 = 10; 煤 = 0.5 · 10 + 0.5 煤 = 10.
  const EnterpriseGraph graph =
      sketch("电 -requires{coef=0.2}-> 电 -requires{coef=0.5}-> 煤 -requires{coef=0.5}-> 煤");
  EXPECT_EQ(told(graph, total_requirement(graph, sell(graph, "电", 8))),
            (Told{"电 10 stated, final 8", "煤 10 stated, final 0"}));
  // In a circle of two: 电 = 10 + 0.2 电 + 0.2 煤, 煤 = 0.5 电 + 0.1 煤: 电 = 10 / (0.8 − 1 / 9).
  const EnterpriseGraph circle = sketch(
      "电 -requires{coef=0.2}-> 电 -requires{coef=0.5}-> 煤 -requires{coef=0.1}-> 煤; "
      "煤 -requires{coef=0.2}-> 电");
  const TotalRequirement found = total_requirement(circle, sell(circle, "电", 10));
  ASSERT_EQ(found.segments.size(), 2U);
  EXPECT_NEAR(found.segments[0].total.value, 10 / (0.8 - 1.0 / 9), 1e-9);
  EXPECT_NEAR(found.segments[1].total.value, 5 / 0.9 / (0.8 - 1.0 / 9), 1e-9);
  // Nothing is left to sell of what takes a yuan of itself for a yuan.
  const EnterpriseGraph whole = sketch("电 -requires{coef=1}-> 电");
  EXPECT_THROW((void)total_requirement(whole, sell(whole, "电", 8)), Error);
}

TEST(TotalRequirement, NothingSoldNeedsNothing) {
  EXPECT_TRUE(total_requirement(EnterpriseGraph(), {}).segments.empty());
  const EnterpriseGraph graph = sketch("电 -requires{coef=0.5}-> 煤");
  EXPECT_TRUE(total_requirement(graph, sell(graph, "电", 0)).segments.empty());
  EXPECT_EQ(total_requirement(graph, sell(graph, "煤", 3)).segments.size(), 1U);
}

TEST(TotalRequirement, InheritedInputsAndTheLatestYearCount) {
  const EnterpriseGraph graph = sketch(
      "软包 -part_of-> 电池 -requires{coef=0.5,year=2018}-> 隔膜; "
      "电池 -requires{coef=0.3,year=2020}-> 隔膜; 电池 -requires{year=2022}-> 隔膜");
  EXPECT_EQ(told(graph, total_requirement(graph, sell(graph, "软包", 10))),
            (Told{"软包 10 stated, final 10", "隔膜 3 stated, final 0"}));
}

TEST(TotalRequirement, RelationsTrustedTooLittleAreLeftOut) {
  const EnterpriseGraph graph = sketch("电 -requires{coef=0.5,conf=0.2}-> 煤");
  EXPECT_EQ(total_requirement(graph, sell(graph, "电", 10)).segments.size(), 1U);
  EXPECT_EQ(
      total_requirement(graph, sell(graph, "电", 10), {.min_confidence = 0.1}).segments.size(), 2U);
}

// ---- final sales

TEST(FinalSales, AreOutputsLessWhatOneAnchorSellsToAnother) {
  // 甲 makes 100 电池, 60 of them 锂电池, and sells 30 of 锂电池 to 乙 in the latest year, 7 to 丙,
  // which is no anchor.
  const EnterpriseGraph graph = sketch(R"(
    甲 -makes{output=100}-> 电池; 甲 -makes{output=60}-> 锂电池 -part_of-> 电池
    乙 -makes{output=50,basis=estimated}-> 整车; 乙 -makes-> 船
    甲 -supplies{segment=锂电池,amount=90,year=2020}-> 乙
    甲 -supplies{segment=锂电池,amount=30,year=2021}-> 乙; 甲 -supplies{segment=电池,amount=7}-> 丙
  )");
  const std::vector<FirmId> anchors = {test::firm(graph, "甲"), test::firm(graph, "乙")};
  EXPECT_EQ(final_sales(graph, anchors),
            (std::vector<FinalSales>{{segment(graph, "电池"), {70, Basis::Stated}},
                                     {segment(graph, "整车"), {50, Basis::Estimated}}}));
  EXPECT_TRUE(final_sales(graph, {}).empty());
}

// ---- what is refused or warned of

std::string refused(ErrorCode code, const EnterpriseGraph& graph,
                    const std::vector<FinalSales>& sales,
                    const TotalRequirementOptions& options = {}) {
  try {
    (void)total_requirement(graph, sales, options);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    EXPECT_NE(error.message().zh, "");
    EXPECT_NE(error.message().zh, error.message().en);
    return error.message().en;
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

TEST(TotalRequirement, ASpectralRadiusOfOneOrMoreIsRefusedByName) {
  for (const std::string back : {"0.5", "0.9"}) {  // 2 × 0.5 = 1, 2 × 0.9 > 1
    const EnterpriseGraph graph = sketch(
        "船 -requires{coef=0.1}-> 电 -requires{coef=2}-> 煤 "
        "-requires{coef=" +
        back + "}-> 电; 煤 -requires{coef=0.1}-> 木");
    const std::string message = refused(ErrorCode::InvalidData, graph, sell(graph, "船", 1));
    EXPECT_NE(message.find("电"), std::string::npos) << message;
    EXPECT_NE(message.find("煤"), std::string::npos) << message;
    EXPECT_EQ(message.find("船"), std::string::npos) << message;
    EXPECT_EQ(message.find("木"), std::string::npos) << message;
    // What is not reached does not matter.
    EXPECT_EQ(total_requirement(graph, sell(graph, "木", 1)).segments.size(), 1U);
  }
}

TEST(TotalRequirement, InputsThatCostAsMuchAsTheProductAreWarnedOf) {
  const EnterpriseGraph graph = sketch(
      "船 -requires{coef=0.5}-> 钢; 船 -requires{coef=0.5}-> 木; 钢 -requires{coef=1.5}-> 煤; "
      "煤 -requires{coef=0.5}-> 钢; 木 -requires{coef=0.9}-> 水");
  const TotalRequirement found = total_requirement(graph, sell(graph, "船", 10));
  EXPECT_EQ(found.costly, (std::vector{segment(graph, "船"), segment(graph, "钢")}));
  ASSERT_EQ(found.warnings(graph).size(), 1U);
  EXPECT_NE(found.warnings(graph)[0].en.find("钢"), std::string::npos);
  // 钢 = 5 + 0.5 煤, 煤 = 1.5 钢: 钢 = 20.
  EXPECT_NEAR(found.segments[0].total.value, 30, 1e-8);
}

TEST(TotalRequirement, OptionsAndSalesOutsideTheirRangeAreRefused) {
  const EnterpriseGraph graph = sketch("电 -requires{coef=0.5}-> 煤");
  refused(ErrorCode::InvalidArgument, graph, sell(graph, "电", -1));
  refused(ErrorCode::InvalidArgument, graph, sell(graph, "电", std::nan("")));
  refused(ErrorCode::InvalidArgument, graph, {}, {.min_confidence = 1.5});
  refused(ErrorCode::InvalidArgument, graph, {}, {.tolerance = 0});
}

TEST(TotalRequirement, ALongRunEndsWhenAskedTo) {
  std::stop_source source;
  source.request_stop();
  TotalRequirementOptions options;
  options.stop = source.get_token();
  const EnterpriseGraph graph = sketch("电 -requires{coef=0.5}-> 煤");
  refused(ErrorCode::Cancelled, graph, sell(graph, "电", 1), options);
}

// ---- final sales that are given

TEST(FinalSales, LeaveOutWhatAFirmNeedsItselfOfWhatItMakes) {
  // 甲 makes 100 车, which need 50 电池: all that it makes. 乙 makes 80 of 锂电池, a kind of 电池,
  // and needs 20 of that for its 40 船 and 8 for itself.
  const EnterpriseGraph graph = sketch(R"(
    甲 -makes{output=100}-> 车 -requires{coef=0.5}-> 电池; 甲 -makes{output=50}-> 电池
    乙 -makes{output=80}-> 锂电池 -part_of-> 电池; 锂电池 -requires{coef=0.1}-> 锂电池
    乙 -makes{output=40}-> 船 -requires{coef=0.5,basis=estimated}-> 电池
  )");
  EXPECT_EQ(final_sales(graph, std::vector{test::firm(graph, "甲")}),
            (std::vector<FinalSales>{{segment(graph, "车"), {100, Basis::Stated}},
                                     {segment(graph, "电池"), {0, Basis::Stated}}}));
  EXPECT_EQ(final_sales(graph, std::vector{test::firm(graph, "乙")}),
            (std::vector<FinalSales>{{segment(graph, "锂电池"), {52, Basis::Estimated}},
                                     {segment(graph, "船"), {40, Basis::Stated}}}));
  // What the firm delivers and needs in all is then what it makes.
  const TotalRequirement total =
      total_requirement(graph, final_sales(graph, std::vector{test::firm(graph, "甲")}));
  for (const SegmentRequirement& one : total.segments) {
    EXPECT_EQ(one.total.value, one.segment == segment(graph, "车") ? 100 : 50);
  }
}
TEST(FinalSales, AreSplitByOutputsOrAllOfTheOneThingMade) {
  const EnterpriseGraph graph = sketch(
      "甲 -makes-> 车; 乙 -makes{output=30}-> 车; 乙 -makes{output=10,basis=estimated}-> 船; "
      "丙 -makes-> 车; 丙 -makes-> 船; 丁 -makes-> 轿车 -part_of-> 车; 丁 -makes-> 车; 戊");
  const auto of = [&](std::initializer_list<const char*> names) {
    std::vector<FirmId> firms;
    for (const char* name : names) firms.push_back(test::firm(graph, name));
    return split_final_sales(graph, firms, {100, Basis::Stated});
  };
  const SegmentId cars = test::segment(graph, "车");
  const SegmentId ships = test::segment(graph, "船");
  EXPECT_EQ(of({"甲"}), (std::vector<FinalSales>{{cars, {100, Basis::Stated}}}));
  EXPECT_EQ(of({"丁", "甲"}), (std::vector<FinalSales>{{cars, {100, Basis::Stated}}}));
  EXPECT_EQ(of({"乙"}), (std::vector<FinalSales>{{cars, {75, Basis::Stated}},
                                                 {ships, {25, Basis::Estimated}}}));
  EXPECT_THROW((void)of({"丙"}), Error);
  EXPECT_THROW((void)of({"戊"}), Error);
  EXPECT_THROW((void)of({}), Error);
}

// ---- against a dense inverse

EnterpriseGraph economy_of(const Eigen::MatrixXd& coefficients) {
  GraphBuilder builder;
  for (Eigen::Index i = 0; i < coefficients.rows(); ++i) {
    builder.add(EntityKind::Segment, "s" + std::to_string(i));
  }
  for (Eigen::Index product = 0; product < coefficients.cols(); ++product) {
    for (Eigen::Index input = 0; input < coefficients.rows(); ++input) {
      if (coefficients(input, product) <= 0) continue;
      EdgeAttributes attributes;
      attributes.coefficient = coefficients(input, product);
      builder.relate(RelationKind::Requires, SegmentId{static_cast<std::uint32_t>(product)},
                     SegmentId{static_cast<std::uint32_t>(input)}, attributes);
    }
  }
  return builder.build();
}

/// Returns the largest relative error of a total.
double compare_with_inverse(const Eigen::MatrixXd& a, const Eigen::VectorXd& f) {
  const EnterpriseGraph graph = economy_of(a);
  std::vector<FinalSales> sales;
  for (Eigen::Index i = 0; i < f.size(); ++i) {
    sales.push_back({SegmentId{static_cast<std::uint32_t>(i)}, {f(i), Basis::Stated}});
  }
  const TotalRequirement found = total_requirement(graph, sales);
  const Eigen::MatrixXd leontief = Eigen::MatrixXd::Identity(a.rows(), a.cols()) - a;
  const Eigen::VectorXd x = leontief.partialPivLu().solve(f);
  std::vector<double> actual(static_cast<std::size_t>(f.size()), 0);
  for (const SegmentRequirement& one : found.segments) actual[raw(one.segment)] = one.total.value;
  double worst = 0;
  for (Eigen::Index i = 0; i < f.size(); ++i) {
    const double value = actual[static_cast<std::size_t>(i)];
    // Segments that are not reached are exactly 0; the dense inverse knows them to rounding only.
    if (value == 0) {
      EXPECT_NEAR(x(i), 0, 1e-9 * x.maxCoeff());
    } else {
      worst = std::max(worst, std::abs(value - x(i)) / value);
    }
  }
  return worst;
}

TEST(TotalRequirement, EqualsTheDenseInverseOnRandomTables) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    std::mt19937_64 engine(seed);
    const auto unit = [&] { return static_cast<double>(engine() >> 11) * 0x1p-53; };
    const auto n = static_cast<Eigen::Index>(2 + seed % 40);
    Eigen::MatrixXd a = Eigen::MatrixXd::Zero(n, n);
    Eigen::VectorXd f = Eigen::VectorXd::Zero(n);
    for (Eigen::Index i = 0; i < n; ++i) {
      for (Eigen::Index j = 0; j < n; ++j) {
        if (unit() < 0.3) a(i, j) = unit();
      }
      if (unit() < 0.4) f(i) = 100 * unit();
    }
    // Scaled so that the spectral radius comes as close to 1 as 0.999.
    const double radius = a.eigenvalues().cwiseAbs().maxCoeff();
    const double wanted = seed % 4 == 0 ? 0.999 : 0.9 * unit();
    if (radius > 0) a *= wanted / radius;
    EXPECT_LE(compare_with_inverse(a, f), 1e-9) << "seed " << seed;
  }
}

TEST(TotalRequirement, IsRefusedExactlyFromARadiusOfOneOnRandomTables) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    std::mt19937_64 engine(seed);
    const auto unit = [&] { return static_cast<double>(engine() >> 11) * 0x1p-53; };
    const auto n = static_cast<Eigen::Index>(2 + seed % 12);
    Eigen::MatrixXd a = Eigen::MatrixXd::Zero(n, n);
    for (Eigen::Index i = 0; i < n; ++i) {
      for (Eigen::Index j = 0; j < n; ++j) {
        if (unit() < 0.4 || j == (i + 1) % n) a(i, j) = 2 * unit();
      }
    }
    const double radius = a.eigenvalues().cwiseAbs().maxCoeff();
    const bool above = seed % 2 == 0;
    a *= (above ? 1.001 : 0.999) / radius;
    const Eigen::VectorXd f = Eigen::VectorXd::Ones(n);
    if (above) {
      const EnterpriseGraph graph = economy_of(a);
      refused(ErrorCode::InvalidData, graph, {{SegmentId{0}, {1, Basis::Stated}}});
    } else {
      EXPECT_LE(compare_with_inverse(a, f), 1e-9) << "seed " << seed;
    }
  }
}

/// A CSV without line feeds inside cells.
std::vector<std::vector<std::string>> read_csv(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (const char c : line) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.emplace_back();
      } else if (c != '\r') {
        cells.back() += c;
      }
    }
    rows.push_back(std::move(cells));
  }
  return rows;
}

TEST(TotalRequirement, EqualsTheDenseInverseOnNationalTables) {
  const char* folder = std::getenv("LIANTU_REAL_DATA");
  if (folder == nullptr) GTEST_SKIP() << "LIANTU_REAL_DATA names no folder";
  for (const std::string name : {"china_2017_149", "china_2018_153", "china_2020_153"}) {
    const auto rows = read_csv(std::string(folder) + "/china_io/" + name + ".csv");
    ASSERT_GT(rows.size(), 100U) << name;
    const std::vector<std::string>& heading = rows[0];
    const auto first =
        static_cast<std::size_t>(std::ranges::find(heading, rows[1][0]) - heading.begin());
    const auto uses = static_cast<std::size_t>(std::ranges::find(heading, "TIU") - heading.begin());
    const auto output =
        static_cast<std::size_t>(std::ranges::find(heading, "GO") - heading.begin());
    ASSERT_LT(output, heading.size()) << name;
    const auto n = static_cast<Eigen::Index>(uses - first);
    Eigen::MatrixXd a = Eigen::MatrixXd::Zero(n, n);
    Eigen::VectorXd f = Eigen::VectorXd::Zero(n);
    for (Eigen::Index i = 0; i < n; ++i) {
      const auto row = static_cast<std::size_t>(i) + 1;
      for (Eigen::Index j = 0; j < n; ++j) {
        const double gross = std::stod(rows[static_cast<std::size_t>(j) + 1][output]);
        const std::string& cell = rows[row][first + static_cast<std::size_t>(j)];
        if (gross > 0 && !cell.empty()) a(i, j) = std::max(0.0, std::stod(cell) / gross);
      }
      f(i) = i % 3 == 0 ? 1000 : 0;
    }
    EXPECT_LE(compare_with_inverse(a, f), 1e-9) << name;
  }
}

}  // namespace
}  // namespace liantu
