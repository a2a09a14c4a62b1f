#include "liantu/chain/gaps/gap_survey.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <stop_token>
#include <string>
#include <tbb/global_control.h>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/synth.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;

constexpr RegionCode kDadukou{500104};
constexpr RegionCode kShapingba{500106};

/// A carmaker in one district, a maker of tyres in the next, cells from elsewhere.
constexpr std::string_view kCars = R"(
  甲{region=500104,anchor} -makes{output=1000}-> 车 -requires{coef=0.4}-> 电池
  车 -requires{coef=0.1}-> 胎; 电池 -requires{coef=0.5}-> 隔膜
  乙{region=500106} -makes{output=300}-> 胎; 丙{region=440305} -makes{output=900}-> 电池; 丁
)";

/// The definition: a report without its lists.
DistrictGaps outline_of(const GapReport& report, std::size_t most = 0) {
  DistrictGaps outline;
  outline.region = report.district.region;
  outline.local_firms = report.local_firms;
  outline.local_makers = report.local_makers;
  outline.met = report.met.size();
  outline.weighted = report.weighted;
  for (const Gap& gap : report.gaps) {
    ++outline.kind_count[static_cast<std::size_t>(gap.kind)];
    if (most > 0 && outline.gaps.size() == most) continue;
    SurveyedGap one{gap};
    one.severity = severity_amount(gap);
    one.needers = gap.needers.size();
    one.anchors = gap.anchors.size();
    one.makers = gap.makers.size();
    one.nearby_makers = gap.nearby_makers.size();
    outline.gaps.push_back(one);
  }
  return outline;
}

std::vector<DistrictGaps> survey(const EnterpriseGraph& graph,
                                 const GapSurveyOptions& options = {}) {
  return survey_gaps(GapFinder(graph), options);
}

TEST(GapSurvey, IsComputedAsByHand) {
  // 大渡口: 电池 1000 × 0.4 = 400, 隔膜 in the second round 400 × 0.5 = 200, 胎 1000 × 0.1 = 100,
  // which 沙坪坝, in the same city, makes. 沙坪坝 and 福田 could extend into 车.
  const EnterpriseGraph graph = sketch(kCars);
  const std::vector<DistrictGaps> found = survey(graph);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].region, RegionCode{440305});
  EXPECT_EQ(found[1].region, kDadukou);
  EXPECT_EQ(found[2].region, kShapingba);
  EXPECT_EQ(found[1].local_firms, 1U);
  EXPECT_EQ(found[1].kind_count, (std::array<std::size_t, 5>{2, 0, 1, 0}));
  ASSERT_EQ(found[1].gaps.size(), 3U);
  EXPECT_EQ(found[1].gaps[0].segment, test::segment(graph, "电池"));
  EXPECT_EQ(found[1].gaps[0].severity, 400);
  EXPECT_EQ(found[1].gaps[0].needers, 1U);
  EXPECT_EQ(found[1].gaps[0].anchors, 1U);
  EXPECT_EQ(found[1].gaps[0].nearby_makers, 0U);
  EXPECT_EQ(found[1].gaps[1].segment, test::segment(graph, "胎"));
  EXPECT_EQ(found[1].gaps[1].leakage_max, 100);
  EXPECT_EQ(found[1].gaps[1].nearby_makers, 1U);
  EXPECT_EQ(found[1].gaps[2].segment, test::segment(graph, "隔膜"));
  EXPECT_EQ(found[1].gaps[2].kind, GapKind::Hidden);
  EXPECT_EQ(found[1].gaps[2].severity, 200);
  EXPECT_EQ(found[2].kind_count, (std::array<std::size_t, 5>{0, 0, 0, 1}));
}

TEST(GapSurvey, IsTheReportOfEachDistrictWithoutItsLists) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const EnterpriseGraph graph =
        test::random_graph(seed, {.firms = 40, .segments = 14, .density = 1.5});
    std::mt19937_64 engine(seed);
    const auto firm = [&] { return FirmId{static_cast<std::uint32_t>(engine() % 40)}; };
    GapSurveyOptions options;
    options.gaps.min_confidence = 0.1 * static_cast<double>(engine() % 5);
    options.gaps.weak_coverage = 0.25 * static_cast<double>(engine() % 4);
    options.gaps.rounds = 1 + static_cast<int>(engine() % 4);
    options.most = engine() % 2 == 0 ? 0 : 1 + engine() % 5;
    if (engine() % 2 == 0) options.gaps.factors = {{{}, EntityNumber::Staff, 7, "统计年鉴"}};
    if (engine() % 3 == 0) options.gaps.founded_before = {2015, 0, 0};
    if (engine() % 3 == 0) options.gaps.without = {firm(), firm()};
    if (engine() % 3 == 0) options.gaps.with = {firm(), firm()};
    if (engine() % 3 == 0) options.gaps.district.near = RegionCode{440000};
    const GapFinder finder(graph);
    std::vector<DistrictGaps> expected;
    for (const RegionCode region : finder.districts()) {
      GapOptions one = options.gaps;
      one.district.region = region;
      try {
        expected.push_back(outline_of(finder.find(one), options.most));
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::NotFound);  // none of its firms counts
      }
    }
    EXPECT_EQ(survey_gaps(finder, options), expected);
  }
}

TEST(GapSurvey, DoesNotDependOnThreads) {
  SynthOptions country;
  country.relations = 20'000;
  const EnterpriseGraph graph = synthesize(country);
  std::vector<DistrictGaps> alone;
  {
    const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
    alone = survey(graph);
  }
  const tbb::global_control four(tbb::global_control::max_allowed_parallelism, 4);
  EXPECT_GT(alone.size(), 100U);
  EXPECT_EQ(survey(graph), alone);
}

TEST(GapSurvey, RegionsAreLookedAtInTheirOrderAndThoseWithoutFirmsLeftOut) {
  GapSurveyOptions options;
  options.regions = {kShapingba, RegionCode{110105}, kDadukou, RegionCode{500000}};
  const std::vector<DistrictGaps> found = survey(sketch(kCars), options);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].region, kShapingba);
  EXPECT_EQ(found[1].region, kDadukou);
  EXPECT_EQ(found[2].region, RegionCode{500000});  // may be wider than a district
  EXPECT_EQ(found[2].local_firms, 2U);
}

TEST(GapSurvey, AGraphWithoutFirmsHasNone) {
  EXPECT_EQ(survey(EnterpriseGraph()), std::vector<DistrictGaps>{});
  EXPECT_EQ(survey(sketch("车 -requires-> 胎; 甲 -makes-> 车")), std::vector<DistrictGaps>{});
  const std::vector<DistrictGaps> one = survey(sketch("甲{region=500104}"));
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0].gaps, std::vector<SurveyedGap>{});
}

TEST(GapSurvey, TellsOfEveryDistrict) {
  std::vector<std::uint64_t> told;
  GapSurveyOptions options;
  options.progress = [&](std::string_view stage, std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(stage, "district");
    EXPECT_EQ(total, 3U);
    told.push_back(done);
  };
  (void)survey(sketch(kCars), options);
  EXPECT_EQ(told, (std::vector<std::uint64_t>{1, 2, 3}));
}

void refuse(ErrorCode code, const GapSurveyOptions& options) {
  try {
    (void)survey(sketch(kCars), options);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
  }
}

TEST(GapSurvey, RefusesWhatTheSearchForGapsDoes) {
  GapSurveyOptions options;
  options.gaps.weak_coverage = 2;
  refuse(ErrorCode::InvalidArgument, options);
  options = {};
  options.gaps.rounds = 9;
  refuse(ErrorCode::InvalidArgument, options);
  options = {};
  options.regions = {RegionCode{999999}};
  refuse(ErrorCode::NotFound, options);
}

TEST(GapSurvey, EndsWhenAskedTo) {
  std::stop_source source;
  source.request_stop();
  GapSurveyOptions options;
  options.gaps.stop = source.get_token();
  refuse(ErrorCode::Cancelled, options);
  try {
    (void)survey(sketch(kCars), options);
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), (Text{"the search for gaps was interrupted", "缺口分析被中断"}));
  }
}

}  // namespace
}  // namespace liantu
