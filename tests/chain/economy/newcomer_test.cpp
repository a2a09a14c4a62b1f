#include "liantu/chain/economy/newcomer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/chain/gaps/what_if.hpp"
#include "liantu/chain/structure/criticality.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::firm;
using test::segment;
using test::sketch;

using Told = std::vector<std::string>;

GapOptions in_dadukou() {
  GapOptions options;
  options.district.region = RegionCode{500104};
  options.rounds = 3;
  return options;
}

Newcomer newcomer(const EnterpriseGraph& graph, std::string name,
                  const std::vector<std::pair<std::string, double>>& makes) {
  Newcomer result;
  result.name = std::move(name);
  for (const auto& [what, output] : makes) result.makes.push_back({segment(graph, what), output});
  return result;
}

Told told(const GapDiff& diff) {
  Told result;
  for (const GapChange& change : diff.changes) {
    result.push_back(std::string(fate_word(change.fate)) + " " + change.segment + " " +
                     (change.moved ? std::to_string(std::lround(*change.moved)) : "?"));
  }
  return result;
}

// 甲 needs 50 of 胎, of which 乙 makes 20, and would need 4 of 胶 for these.
constexpr std::string_view kCars = R"(
  甲{region=500104,anchor} -makes{output=100}-> 车 -requires{coef=0.5}-> 胎 -requires{coef=0.2}-> 胶
  乙{region=500104} -makes{output=20}-> 胎; 丁{region=500104} -makes{output=10}-> 漆
  漆 -requires{coef=0.1}-> 水; seg:橡胶业{type=chain}; 胶 -part_of-> 橡胶业
)";

TEST(Newcomers, MakeAndNeedWhatIsAssumed) {
  // 胎: 50 needed, 20 + 20 made by two: closed. 胶: 0.2 · (20 + 20) = 8 instead of 4. 水: 1.
  const EnterpriseGraph graph = sketch(kCars);
  DistrictChange change;
  change.newcomers = {newcomer(graph, "新厂", {{"胎", 20}})};
  const WhatIf found = what_if(graph, GapFinder(graph), in_dadukou(), change);
  EXPECT_EQ(told(found.diff), (Told{"closed 胎 0", "grown 胶 4", "same 水 0"}));
  EXPECT_EQ(found.before.local_firms, 3U);
  EXPECT_EQ(found.after.local_firms, 4U);
  EXPECT_EQ(found.after.local_makers, 4U);
  EXPECT_EQ(found.after.anchors.firms, found.before.anchors.firms);
  EXPECT_TRUE(found.before.newcomers.empty());
  ASSERT_EQ(found.after.newcomers, change.newcomers);

  // What rests on the assumption is estimated, and never a part of what is stated.
  const Gap& glue = found.after.gaps.front();
  ASSERT_EQ(graph.name(graph.entity(glue.segment)), "胶");
  EXPECT_EQ(glue.demand, (Figure{8, Basis::Estimated}));
  EXPECT_EQ(glue.demand_stated, 4);
  EXPECT_EQ(glue.basis, Basis::Estimated);
  ASSERT_EQ(glue.needers.size(), 2U);
  const Need& need = glue.needers.back();
  EXPECT_EQ(firm_name(graph, found.after.newcomers, need.firm), "新厂");
  EXPECT_EQ(firm_name(graph, found.after.newcomers, glue.needers.front().firm), "乙");
  EXPECT_TRUE(is_newcomer(graph, need.firm));
  EXPECT_TRUE(is_newcomer(graph, need.makes));
  EXPECT_FALSE(is_newcomer(graph, glue.needers.front().firm));
  EXPECT_FALSE(is_newcomer(graph, glue.needers.front().makes));
  EXPECT_EQ(need.basis, Basis::Estimated);
  EXPECT_EQ(need.confidence, 1);
}

TEST(Newcomers, AreAnchorsOnlyWhereTheySaySo) {
  const EnterpriseGraph graph = sketch(kCars);
  GapOptions options = in_dadukou();
  options.anchors.largest = 1;
  options.newcomers = {newcomer(graph, "小厂", {{"胎", 4e9}}),
                       newcomer(graph, "大厂", {{"胎", 40}})};
  const GapReport none = find_gaps(graph, options);
  EXPECT_EQ(none.anchors.firms, std::vector{firm(graph, "甲")});
  EXPECT_EQ(none.anchors.assumed, 0U);
  options.newcomers[1].anchor = true;
  const GapReport one = find_gaps(graph, options);
  const FirmId big{graph.size(EntityKind::Firm) + 1};
  EXPECT_EQ(one.anchors.firms, (std::vector{firm(graph, "甲"), big}));
  EXPECT_EQ(one.anchors.said().en, "anchor firms, as the tables say: 2; of them assumed: 1");
  EXPECT_EQ(one.anchors.said().zh, "龙头企业 2 家，按表中标注（其中假设引进 1 家）");
  for (const Gap& gap : one.gaps) {
    if (graph.name(graph.entity(gap.segment)) != "胶") continue;
    EXPECT_EQ(gap.anchors, std::vector{big});
    EXPECT_EQ(gap.anchor_demand, (Figure{8, Basis::Estimated}));
  }
  // Anchors chosen before do not stand twice.
  options.chosen_anchors = one.anchors;
  EXPECT_EQ(find_gaps(graph, options).anchors.firms, one.anchors.firms);
}

TEST(Newcomers, AnAnchorAloneIsOneAsGiven) {
  const EnterpriseGraph graph = sketch("甲{region=500104} -trades-> 车; 车 -requires-> 胎");
  GapOptions options = in_dadukou();
  options.newcomers = {newcomer(graph, "新厂", {{"车", 5}})};
  EXPECT_EQ(find_gaps(graph, options).anchors.basis, AnchorBasis::None);
  options.newcomers[0].anchor = true;
  EXPECT_EQ(find_gaps(graph, options).anchors.basis, AnchorBasis::Given);
}

TEST(Newcomers, FillAnEmptyDistrictAndNeedNoFoundationDay) {
  const EnterpriseGraph graph = sketch("甲{region=500107} -makes-> 车 -requires{coef=0.5}-> 胎");
  GapOptions options = in_dadukou();
  options.newcomers = {newcomer(graph, "新厂", {{"车", 5}})};
  options.founded_before = Date{2000, 1, 1};
  const GapReport report = find_gaps(graph, options);
  EXPECT_EQ(report.local_firms, 1U);
  ASSERT_EQ(report.gaps.size(), 1U);
  EXPECT_EQ(report.gaps[0].demand, (Figure{2.5, Basis::Estimated}));
}

TEST(Newcomers, ThatAreAnchorsCountInCriticality) {
  // 甲 makes 100 of 车, the newcomer 300 of 漆: a quarter stops without 胎, three without 水.
  const EnterpriseGraph graph = sketch(kCars);
  GapOptions options = in_dadukou();
  options.newcomers = {newcomer(graph, "新厂", {{"漆", 300}})};
  options.newcomers[0].anchor = true;
  const GapReport report = find_gaps(graph, options);
  CriticalityOptions wanted;
  wanted.newcomers = report.newcomers;
  const Criticality found = find_criticality(graph, report.anchors.firms, wanted);
  EXPECT_EQ(found.basis, Basis::Estimated);
  for (const SegmentCriticality& one : found.segments) {
    const std::string_view name = graph.name(graph.entity(one.segment));
    EXPECT_DOUBLE_EQ(one.criticality, name == "漆" || name == "水" ? 0.75 : 0.25) << name;
  }
}

TEST(Newcomers, ThatCannotBeAreRefused) {
  const EnterpriseGraph graph = sketch(std::string(kCars) + "甲{code=91A,aliases=老甲}");
  const GapFinder finder(graph);
  const auto refused = [&](std::vector<Newcomer> wrong, const std::string& words) {
    DistrictChange change;
    change.newcomers = std::move(wrong);
    CriticalityOptions critical;
    critical.newcomers = change.newcomers;
    for (const bool all : {true, false}) {
      try {
        all ? (void)what_if(graph, finder, in_dadukou(), change)
            : (void)find_criticality(graph, {}, critical);
        ADD_FAILURE() << "nothing was thrown: " << words;
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
        EXPECT_NE(error.message().en.find(words), std::string::npos) << error.message().en;
        EXPECT_NE(error.message().zh, error.message().en);
      }
    }
  };
  refused({newcomer(graph, "", {{"胎", 1}})}, "has no name");
  refused({newcomer(graph, "新", {{"胎", 1}}), newcomer(graph, "新", {{"车", 1}})}, "named twice");
  for (const std::string name : {"甲", "91A", "老甲"}) {
    refused({newcomer(graph, name, {{"胎", 1}})}, "is a firm of the tables");
  }
  refused({newcomer(graph, "新", {})}, "makes nothing");
  refused({newcomer(graph, "新", {{"橡胶业", 1}})},
          "is a chain, which nobody makes; name a segment");
  refused({newcomer(graph, "新", {{"橡胶业", 1}})}, "such as 胶");
  refused({newcomer(graph, "新", {{"胎", 1}, {"胎", 2}})}, "stands twice");
  for (const double output : {0.0, -1.0, std::numeric_limits<double>::infinity(),
                              std::numeric_limits<double>::quiet_NaN()}) {
    refused({newcomer(graph, "新", {{"胎", output}})}, "is not above 0");
  }
  Newcomer beyond;
  beyond.name = "新";
  beyond.makes = {{SegmentId{99}, 1}};
  refused({beyond}, "is not in the graph");
}

// A random economy, written down so that a firm can be added to it. Segments may need themselves
// and each other in circles, stand below several, and firms state outputs or not.
std::string random_economy(std::mt19937_64& random) {
  const auto below = [&](std::uint64_t n) { return random() % n; };
  const auto s = [&] { return fmt::format("s{}", below(10)); };
  std::string text;
  for (int i = 0; i < 10; ++i) text += fmt::format("seg:s{}{{}}\n", i);
  for (int i = 0; i < 6; ++i) {
    const std::uint64_t low = 1 + below(9);
    text += fmt::format("seg:s{} -part_of-> s{}\n", low, below(low));
  }
  for (int i = 0; i < 14; ++i) {
    const std::string coefficient =
        below(4) == 0 ? "" : fmt::format(",coef={}", static_cast<double>(1 + below(40)) / 50);
    text += fmt::format("{} -requires{{conf={}{},year={}}}-> {}\n", s(), below(5) == 0 ? 0.2 : 0.8,
                        coefficient, 2020 + below(2), s());
  }
  constexpr const char* kRegions[] = {"500104", "500107", "440305"};
  for (std::uint64_t i = 0; i < 9; ++i) {
    text += fmt::format("f{}{{region={}{}{}}}\n", i, kRegions[i == 0 ? 0 : below(3)],
                        below(4) == 0 ? ",anchor" : "", below(6) == 0 ? ",risk=欠税" : "");
  }
  for (int i = 0; i < 16; ++i) {
    const std::string output = below(3) == 0 ? "" : fmt::format(",output={}", 1 + below(200));
    text += fmt::format("f{} -makes{{conf={}{}}}-> {}\n", below(9), below(5) == 0 ? 0.2 : 1, output,
                        s());
  }
  for (int i = 0; i < 6; ++i) {
    const std::uint64_t supplier = below(9);
    text += fmt::format("f{} -supplies{{segment={},amount={}}}-> f{}\n", supplier, s(),
                        1 + below(50), (supplier + 1 + below(8)) % 9);
  }
  return text;
}

void expect_equal(const Gap& a, const Gap& b) {
  EXPECT_EQ(a.segment, b.segment);
  EXPECT_EQ(a.kinds, b.kinds);
  EXPECT_EQ(a.weak, b.weak);
  EXPECT_EQ(a.demand, b.demand);
  EXPECT_EQ(a.demand_stated, b.demand_stated);
  EXPECT_EQ(a.anchor_demand, b.anchor_demand);
  EXPECT_EQ(a.needs_unknown, b.needs_unknown);
  EXPECT_EQ(a.supply, b.supply);
  EXPECT_EQ(a.coverage, b.coverage);
  EXPECT_EQ(a.purchases, b.purchases);
  EXPECT_EQ(a.leakage_min, b.leakage_min);
  EXPECT_EQ(a.leakage_max, b.leakage_max);
  EXPECT_EQ(a.concentration, b.concentration);
  EXPECT_EQ(a.makers_at_risk, b.makers_at_risk);
  EXPECT_EQ(a.later, b.later);
  EXPECT_EQ(a.basis, b.basis);
  EXPECT_EQ(a.need_weight, b.need_weight);
  EXPECT_EQ(a.confidence, b.confidence);
  EXPECT_EQ(a.needers, b.needers);
  EXPECT_EQ(a.makers, b.makers);
  EXPECT_EQ(a.possible_makers, b.possible_makers);
  EXPECT_EQ(a.possible_maker_count, b.possible_maker_count);
  EXPECT_EQ(a.nearby_makers, b.nearby_makers);
  EXPECT_EQ(a.siblings, b.siblings);
  EXPECT_EQ(a.sibling_count, b.sibling_count);
  EXPECT_EQ(a.remedy, b.remedy);
  EXPECT_EQ(a.anchors, b.anchors);
}

/// A newcomer is looked at as if the firm had been added to the tables last, in the district.
TEST(Newcomers, EqualAGraphToWhichTheyWereAdded) {
  std::size_t gaps = 0;
  std::size_t of_newcomers = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    const std::string text = random_economy(random);
    const EnterpriseGraph graph = sketch(text);
    std::string with = text;
    std::vector<Newcomer> newcomers;
    for (std::uint64_t n = 0; n <= seed % 3; ++n) {
      Newcomer one;
      one.name = fmt::format("新{}", n);
      one.anchor = random() % 3 == 0;
      with += fmt::format("{}{{region=500104{}}}\n", one.name, one.anchor ? ",anchor" : "");
      std::vector<std::uint32_t> segments = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
      std::shuffle(segments.begin(), segments.end(), random);
      for (std::uint64_t k = 0; k <= random() % 3; ++k) {
        const auto output = static_cast<double>(1 + random() % 300);
        const std::string name = fmt::format("s{}", segments[k]);
        one.makes.push_back({segment(graph, name), output});
        with +=
            fmt::format("{} -makes{{output={},basis=estimated}}-> {}\n", one.name, output, name);
      }
      newcomers.push_back(std::move(one));
    }
    const EnterpriseGraph rebuilt = sketch(with);
    ASSERT_EQ(rebuilt.size(EntityKind::Firm), graph.size(EntityKind::Firm) + newcomers.size());

    GapOptions options = in_dadukou();
    const GapReport before = find_gaps(graph, options);
    options.chosen_anchors = before.anchors;
    for (std::size_t n = 0; n < newcomers.size(); ++n) {
      if (!newcomers[n].anchor) continue;
      options.chosen_anchors->firms.push_back(
          FirmId{graph.size(EntityKind::Firm) + static_cast<std::uint32_t>(n)});
    }
    const GapReport expected = find_gaps(rebuilt, options);
    DistrictChange change;
    change.newcomers = newcomers;
    const WhatIf found = what_if(graph, GapFinder(graph), in_dadukou(), change);

    EXPECT_EQ(found.after.anchors.firms, expected.anchors.firms);
    EXPECT_EQ(found.after.local_firms, expected.local_firms);
    EXPECT_EQ(found.after.local_makers, expected.local_makers);
    EXPECT_EQ(found.after.unlocated_firms, expected.unlocated_firms);
    EXPECT_EQ(found.after.weighted, expected.weighted);
    ASSERT_EQ(found.after.gaps.size(), expected.gaps.size());
    ASSERT_EQ(found.after.met.size(), expected.met.size());
    for (std::size_t g = 0; g < expected.gaps.size(); ++g) {
      expect_equal(found.after.gaps[g], expected.gaps[g]);
      for (const Need& need : found.after.gaps[g].needers) {
        if (!is_newcomer(graph, need.firm)) continue;
        ++of_newcomers;
        EXPECT_NE(need.basis, Basis::Stated);
      }
    }
    for (std::size_t g = 0; g < expected.met.size(); ++g) {
      expect_equal(found.after.met[g], expected.met[g]);
    }
    EXPECT_EQ(told(found.diff), told(compare_gaps(graph, before, rebuilt, expected)));
    gaps += expected.gaps.size();

    CriticalityOptions critical;
    const Criticality wanted = find_criticality(rebuilt, expected.anchors.firms, critical);
    critical.newcomers = newcomers;
    const Criticality got = find_criticality(graph, found.after.anchors.firms, critical);
    EXPECT_EQ(got.segments, wanted.segments);
    EXPECT_EQ(got.ubiquitous, wanted.ubiquitous);
    EXPECT_EQ(got.basis, wanted.basis);
  }
  EXPECT_GT(gaps, 500U);
  EXPECT_GT(of_newcomers, 200U);
}

}  // namespace
}  // namespace liantu
