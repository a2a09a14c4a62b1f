#include "liantu/prospects/prospects.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <locale>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <tbb/global_control.h>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "graph/views/told_order.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/values/goods_kinds.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/graph/thaw.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;

GapOptions in_dadukou() {
  GapOptions options;
  options.district.region = RegionCode{500104};
  return options;
}

/// A graph, its gaps and its list.
struct Ranked {
  EnterpriseGraph graph;
  GapReport report;
  ProspectList list;
};

Ranked ranked(EnterpriseGraph graph, const ProspectOptions& options = {}) {
  GapReport report = find_gaps(graph, in_dadukou());
  ProspectList list = rank_prospects(graph, report, options);
  return {std::move(graph), std::move(report), std::move(list)};
}

Ranked ranked(std::string_view text, const ProspectOptions& options = {}) {
  return ranked(sketch(text), options);
}

using Words = std::vector<std::string>;

Words names(const Ranked& one, const std::vector<Prospect>& list) {
  Words result;
  for (const Prospect& prospect : list) {
    result.emplace_back(one.graph.name(one.graph.entity(prospect.firm)));
  }
  return result;
}

std::vector<const Prospect*> everyone(const ProspectList& list) {
  std::vector<const Prospect*> result;
  for (const auto* part : {&list.prospects, &list.unlocated, &list.expansions, &list.screened}) {
    for (const Prospect& prospect : *part) result.push_back(&prospect);
  }
  return result;
}

const Prospect& find(const Ranked& one, std::string_view name) {
  for (const Prospect* prospect : everyone(one.list)) {
    if (one.graph.name(one.graph.entity(prospect->firm)) == name) return *prospect;
  }
  throw std::out_of_range("no prospect " + std::string(name));
}

using Points = std::array<double, kPartCount>;

Points points(const Prospect& prospect) {
  Points result{};
  for (std::size_t i = 0; i < kPartCount; ++i) result[i] = prospect.parts[i].points;
  return result;
}

Points points_max(const Prospect& prospect) {
  Points result{};
  for (std::size_t i = 0; i < kPartCount; ++i) result[i] = prospect.parts[i].points_max;
  return result;
}

double part(const Prospect& prospect, ScorePartKind which) {
  return prospect.parts[static_cast<std::size_t>(which)].points;
}

std::int64_t cents(double points) { return std::llround(points * 100); }

/// The whole list as words.
std::string told(const Ranked& one) {
  std::ostringstream out;
  out.imbue(std::locale::classic());
  out.precision(17);
  for (const Prospect* prospect : everyone(one.list)) {
    out << one.graph.name(one.graph.entity(prospect->firm)) << ' '
        << static_cast<int>(prospect->status) << ' ' << prospect->rank << ' ' << prospect->rank_best
        << ' ' << prospect->rank_worst << ' ' << prospect->grade << ' ' << prospect->score;
    for (const ScorePart& score : prospect->parts) {
      out << ' ' << score.points << '/' << score.points_max << score.known;
    }
    for (const FilledGap& filled : prospect->gaps) {
      out << " gap " << filled.gap << ' ' << raw(filled.makes) << ' '
          << filled.purchases.value_or(Figure{-1}).value;
    }
    out << " home " << prospect->purchases.value_or(Figure{-1}).value;
    for (const Evidence& evidence : prospect->evidence) {
      out << " edge " << static_cast<int>(evidence.relation) << ' ' << raw(evidence.edge);
    }
    for (const Text& reason : prospect->reasons) out << ' ' << reason.en << ' ' << reason.zh;
    for (const std::string& word : prospect->unknown) out << " ?" << word;
    for (const std::string& word : prospect->risks) out << " !" << word;
    out << '\n';
  }
  return out.str();
}

/// Demand for 电池: 1e9 × 0.4 = 4e8, nobody here makes any: leakage 4e8.
const std::string kCar =
    "甲{region=500104,anchor} -makes{output=1e9}-> 整车 -requires{coef=0.4}-> 电池; ";

TEST(Prospects, AScoreIsComputedAsByHand) {
  const Ranked one = ranked(kCar +
                            "戊{region=440305,revenue=1e9,tags=高企;民企} "
                            "-makes{output=1e8,share=0.5}-> 电池");
  ASSERT_EQ(names(one, one.list.prospects), Words{"戊"});
  const Prospect& prospect = one.list.prospects[0];
  // Missing, sure: 20 × 1. Purchases: 1e8 of 4e8: 20 × ln(1 + 100) / ln(1 + 400) = 15.399.
  // One of one anchor: 10. One gap: 5 × (1 − 0.5) = 2.5. No relations known: 0 of 15.
  // Fit: 10 × 1 × (0.5 + 0.5 × 0.5) = 7.5. Scale: 10 × ln(1e9 / 1e7) / ln(1e10 / 1e7) = 6.667.
  // Quality: 5 × 0.5. Guangzhou is 990 km from Chongqing: 5 × (1 − 990 / 2500) = 3.02.
  EXPECT_EQ(points(prospect), (Points{20, 15.4, 10, 2.5, 0, 7.5, 6.67, 2.5, 3.02}));
  EXPECT_EQ(points_max(prospect), (Points{20, 15.4, 10, 2.5, 15, 7.5, 6.67, 2.5, 3.02}));
  EXPECT_EQ(prospect.score, 67.59);
  EXPECT_EQ(prospect.grade, 'A');
  EXPECT_EQ(prospect.status, ProspectStatus::Prospect);
  EXPECT_EQ(prospect.unknown, (Words{"relations", "credit_code"}));
  EXPECT_EQ(prospect.anchors, std::vector{FirmId{0}});
  ASSERT_EQ(prospect.gaps.size(), 1U);
  EXPECT_EQ(prospect.gaps[0].purchases, (Figure{1e8, Basis::Stated}));
  EXPECT_EQ(prospect.purchases, (Figure{1e8, Basis::Stated}));
  EXPECT_EQ(prospect.gaps[0].gap, 0U);
  EXPECT_EQ(prospect.gaps[0].segment, test::segment(one.graph, "电池"));
  EXPECT_EQ(one.list.policy, default_policy());
}

TEST(Prospects, GradesStartAtTheirThresholds) {
  ProspectOptions options;
  const auto grade = [&](double a, double b) {
    options.policy.grade_a = a;
    options.policy.grade_b = b;
    return ranked(
               kCar + "戊{region=440305,revenue=1e9,tags=高企} -makes{output=1e8,share=0.5}-> 电池",
               options)
        .list.prospects.at(0)
        .grade;
  };
  EXPECT_EQ(grade(67.59, 40), 'A');
  EXPECT_EQ(grade(67.6, 67.59), 'B');
  EXPECT_EQ(grade(70, 67.6), 'C');
}

// ---- purchases

std::optional<double> purchases(const std::string& text) {
  const Ranked one = ranked(kCar + text);
  const Prospect& prospect = find(one, "戊");
  EXPECT_EQ(prospect.purchases, prospect.gaps.at(0).purchases);
  const auto figure = prospect.gaps.at(0).purchases;
  return figure ? std::optional(figure->value) : std::nullopt;
}

TEST(Prospects, PurchasesAreTheSmallerOfCapacityAndLeakage) {
  EXPECT_EQ(purchases("戊{region=440305} -makes{output=3e8}-> 电池"), 3e8);
  EXPECT_EQ(purchases("戊{region=440305} -makes{output=9e8}-> 电池"), 4e8);
  EXPECT_EQ(purchases("戊{region=440305,revenue=1e8} -makes{share=0.25}-> 电池"), 2.5e7);
  EXPECT_EQ(purchases("戊{region=440305,revenue=1e8} -makes-> 电池"), std::nullopt);
  // Two years are not added up.
  EXPECT_EQ(purchases("戊{region=440305} -makes{output=3e8,year=2020}-> 电池; "
                      "戊 -makes{output=1e8,year=2021}-> 电池"),
            1e8);
}

TEST(Prospects, PurchasesAreOfAllItMakesEachYuanOnce) {
  // 软包 is part of 电池: 1e8, not 1.6e8.
  EXPECT_EQ(purchases("软包 -part_of-> 电池; 戊{region=440305} -makes{output=1e8}-> 电池; "
                      "戊 -makes{output=6e7}-> 软包"),
            1e8);
  // Two kinds of 电池 add, as they would were it a local maker.
  EXPECT_EQ(purchases("软包 -part_of-> 电池; 方壳 -part_of-> 电池; "
                      "戊{region=440305} -makes{output=5e7}-> 软包; 戊 -makes{output=6e7}-> 方壳"),
            1.1e8);
  // At least what is known of it.
  EXPECT_EQ(purchases("软包 -part_of-> 电池; 戊{region=440305} -makes-> 电池; "
                      "戊 -makes{output=6e7}-> 软包"),
            6e7);
}

TEST(Prospects, PurchasesRestOnTheSoftestOfOutputAndDemand) {
  const auto basis = [](const std::string& makes, const std::string& rule) {
    const Ranked one =
        ranked("甲{region=500104,anchor} -makes{output=1e9}-> 整车 -requires{coef=0.4" + rule +
               "}-> 电池; 戊{region=440305,revenue=1e8:inferred} -makes{" + makes + "}-> 电池");
    const Prospect& prospect = find(one, "戊");
    EXPECT_EQ(prospect.purchases, prospect.gaps.at(0).purchases);
    return prospect.purchases.value().basis;
  };
  EXPECT_EQ(basis("output=1e8", ""), Basis::Stated);
  EXPECT_EQ(basis("output=1e8", ",basis=estimated"), Basis::Estimated);
  EXPECT_EQ(basis("share=0.5", ""), Basis::Inferred);  // a stated share of an inferred revenue
}

TEST(Prospects, ADemandThatLeavesNeedersOutMayTakeMore) {
  // 乙 needs 电池 too, nobody knows how much: 9e8 could be sold, 4e8 is sure.
  const Ranked one = ranked(kCar +
                            "乙{region=500104} -makes-> 整车; "
                            "戊{region=440305} -makes{output=9e8}-> 电池");
  const Prospect& prospect = find(one, "戊");
  const ScorePart& score = prospect.parts[static_cast<std::size_t>(ScorePartKind::Purchases)];
  EXPECT_EQ(prospect.purchases, (Figure{4e8, Basis::Stated}));
  EXPECT_FALSE(score.known);
  EXPECT_EQ(score.points, 20);
  EXPECT_EQ(std::ranges::count(prospect.unknown, "demand"), 1);
}

TEST(Prospects, PurchasesOfACountedGapAreNotKnown) {
  const Ranked one = ranked(
      "甲{region=500104,anchor} -makes-> 整车 -requires-> 电池; "
      "戊{region=440305} -makes{output=3e8}-> 电池; 己{region=440305} -makes-> 电池");
  const auto which = static_cast<std::size_t>(ScorePartKind::Purchases);
  for (const std::string_view name : {"戊", "己"}) {
    const Prospect& prospect = find(one, name);
    EXPECT_EQ(prospect.gaps.at(0).purchases, std::nullopt);
    EXPECT_FALSE(prospect.parts[which].known);
    EXPECT_EQ(prospect.parts[which].points, 0);
    EXPECT_EQ(prospect.parts[which].points_max, 20);
  }
  EXPECT_EQ(std::ranges::count(find(one, "戊").unknown, "capacity"), 0);
  EXPECT_EQ(std::ranges::count(find(one, "己").unknown, "capacity"), 1);
}

TEST(Prospects, ACapacityIsBroughtHomeOnceHoweverManyGapsItFills) {
  // 薄膜 is part of 隔膜 and of 包装, two markets of 1e8 and 2e8 that share what is made of it.
  const Ranked one = ranked(
      "甲{region=500104,anchor} -makes{output=1e9}-> 整车 -requires{coef=0.1}-> 隔膜; "
      "整车 -requires{coef=0.2}-> 包装; 薄膜 -part_of-> 隔膜; 薄膜 -part_of-> 包装; "
      "戊{region=440305} -makes{output=1.5e8}-> 薄膜");
  const Prospect& prospect = find(one, "戊");
  ASSERT_EQ(prospect.gaps.size(), 2U);
  EXPECT_EQ(prospect.gaps[0].purchases, (Figure{1.5e8, Basis::Stated}));
  EXPECT_EQ(prospect.gaps[1].purchases, (Figure{1e8, Basis::Stated}));
  EXPECT_EQ(prospect.purchases, (Figure{1.5e8, Basis::Stated}));
}

TEST(Prospects, AGapAndOneWithinItAreOneMarket) {
  // 电池 leaks 4e8, of which 软包 2e8 and 方壳 1e8; 线 is another market.
  const std::string gaps = kCar +
                           "整车 -requires{coef=0.2}-> 软包 -part_of-> 电池; "
                           "整车 -requires{coef=0.1}-> 方壳 -part_of-> 电池; "
                           "整车 -requires{coef=0.05}-> 线; 戊{region=440305} ";
  const auto home = [&](const std::string& text) {
    return find(ranked(gaps + text), "戊").purchases;
  };
  EXPECT_EQ(home("-makes{output=9e8}-> 软包"), (Figure{4e8, Basis::Stated}));
  EXPECT_EQ(home("-makes{output=9e8}-> 软包; 戊 -makes{output=9e8}-> 方壳; "
                 "戊 -makes{output=9e8}-> 线"),
            (Figure{4.5e8, Basis::Stated}));
  // Those within count where they take more than the outer one, which leaks 1e7 here.
  EXPECT_EQ(
      find(ranked("甲{region=500104,anchor} -makes{output=1e9}-> 整车 "
                  "-requires{coef=0.01}-> 电池; "
                  "整车 -requires{coef=0.2}-> 软包 -part_of-> 电池; "
                  "整车 -requires{coef=0.1}-> 方壳 -part_of-> 电池; "
                  "戊{region=440305} -makes{output=9e8}-> 软包; 戊 -makes{output=5e7}-> 方壳"),
           "戊")
          .purchases,
      (Figure{2.5e8, Basis::Stated}));
}

TEST(Prospects, WhatIsNearbyAndOutsideIsOne) {
  GapOptions gaps = in_dadukou();
  gaps.district.source_outside = RegionCode{500104};
  const EnterpriseGraph graph = sketch(kCar + "乙{region=500112} -makes-> 电池");
  const ProspectList list = rank_prospects(graph, find_gaps(graph, gaps));
  ASSERT_EQ(list.prospects.size(), 1U);
  EXPECT_EQ(list.prospects[0].firm, test::firm(graph, "乙"));
}

TEST(Prospects, AnExtensionBringsNoPurchasesHomeAndServesNoAnchor) {
  const Ranked one = ranked(
      "甲{region=500104,anchor} -makes{output=1e9}-> 电池; 储能柜 -requires{coef=0.5}-> 电池; "
      "戊{region=440305} -makes{output=3e8}-> 储能柜");
  const Prospect& prospect = find(one, "戊");
  // 20 × 0.4; nothing bought here; no anchor needs it; 5 × 0.5 × 0.4.
  EXPECT_EQ(points(prospect), (Points{8, 0, 0, 1, 0, 5, 0, 0, 3.02}));
  EXPECT_TRUE(prospect.parts[static_cast<std::size_t>(ScorePartKind::Purchases)].known);
  EXPECT_EQ(prospect.anchors, std::vector<FirmId>{});
}

TEST(Prospects, AnUnknownCapacityCouldTakeTheWholeLeakage) {
  const Ranked one = ranked(kCar + "整车 -requires{coef=0.1}-> 胎; 戊{region=440305} -makes-> 胎");
  const ScorePart& score =
      find(one, "戊").parts[static_cast<std::size_t>(ScorePartKind::Purchases)];
  // 20 × ln(1 + 100) / ln(1 + 400): the largest leakage is that of 电池.
  EXPECT_EQ(score.points, 0);
  EXPECT_EQ(score.points_max, 15.4);
  EXPECT_FALSE(score.known);
}

// ---- other parts

TEST(Prospects, SeverityIsThatOfTheWorstGapTimesItsConfidence) {
  // 胎 is weak (one maker) at confidence 0.6, 0.7 × 0.6 = 0.42; 柜 an extension, 0.4.
  const Ranked one = ranked(
      "甲{region=500104,anchor} -makes-> 车 -requires{conf=0.6}-> 胎; 乙{region=500104} "
      "-makes-> 胎; "
      "柜 -requires-> 车; 戊{region=440305} -makes-> 胎; 戊 -makes-> 柜; 己{region=440305} "
      "-makes-> 柜");
  EXPECT_EQ(part(find(one, "戊"), ScorePartKind::GapSeverity), 8.4);
  EXPECT_EQ(part(find(one, "己"), ScorePartKind::GapSeverity), 8);
  // 5 × (1 − (1 − 0.21) (1 − 0.2)) = 1.84 and 5 × 0.2 = 1.
  EXPECT_EQ(part(find(one, "戊"), ScorePartKind::Breadth), 1.84);
  EXPECT_EQ(part(find(one, "己"), ScorePartKind::Breadth), 1);
  EXPECT_EQ(find(one, "戊").gaps.at(0).segment, test::segment(one.graph, "胎"));
}

TEST(Prospects, AnchorsAreTheShareThatNeedWhatItMakes) {
  const Ranked one = ranked(R"(
    甲{region=500104,anchor} -makes-> 车 -requires-> 胎; 乙{region=500104,anchor} -makes-> 车
    丙{region=500104,anchor} -makes-> 药 -requires-> 瓶; 丁{region=500104} -makes-> 药
    子{region=440305} -makes-> 胎; 丑{region=440305} -makes-> 瓶; 寅{region=440305} -makes-> 瓶
    寅 -makes-> 胎
  )");
  EXPECT_EQ(part(find(one, "子"), ScorePartKind::Anchors), 6.67);
  EXPECT_EQ(part(find(one, "丑"), ScorePartKind::Anchors), 3.33);
  EXPECT_EQ(part(find(one, "寅"), ScorePartKind::Anchors), 10);
  // By name: 丙 乙 甲.
  EXPECT_EQ(find(one, "寅").anchors, (std::vector{FirmId{2}, FirmId{1}, FirmId{0}}));
}

double proximity(const std::string& text) {
  return part(
      find(ranked(kCar + "戊{region=440305} -makes-> 电池; 乙{region=500104}; " + text), "戊"),
      ScorePartKind::Proximity);
}

TEST(Prospects, ProximityAddsRelationsLikeIndependentChances) {
  EXPECT_EQ(proximity("戊 -supplies-> 乙"), 9);     // 15 × 0.6
  EXPECT_EQ(proximity("戊 -supplies-> 甲"), 11.7);  // 15 × 0.6 × 1.3
  EXPECT_EQ(proximity("乙 -supplies-> 戊"), 9);
  EXPECT_EQ(proximity("乙 -owns-> 戊"), 7.5);                             // 15 × 0.5
  EXPECT_EQ(proximity("戊 -cooperates-> 乙"), 6);                         // 15 × 0.4
  EXPECT_EQ(proximity("戊 -cooperates-> 乙; 乙 -cooperates-> 戊"), 6);    // one cooperation
  EXPECT_EQ(proximity("戊 -supplies-> 乙; 乙 -cooperates-> 戊"), 11.4);   // 1 − 0.4 × 0.6
  EXPECT_EQ(proximity("戊 -member_of-> 商会; 乙 -member_of-> 商会"), 3);  // 15 × 0.2
  EXPECT_EQ(proximity("戊 -member_of-> 商会; 乙 -member_of-> 商会; 甲 -member_of-> 商会"), 3.9);
  EXPECT_EQ(proximity("戊 -member_of-> 商会; 己 -member_of-> 商会; @张 -member_of-> 商会"), 0);
  EXPECT_EQ(proximity("戊 -supplies-> 己; @张 -owns-> 戊"), 0);
}

TEST(Prospects, YearsAndSegmentsOfOneRelationAreOneTie) {
  EXPECT_EQ(proximity("戊 -supplies{year=2020}-> 乙; 戊 -supplies{year=2021}-> 乙; "
                      "戊 -supplies{segment=电池}-> 乙"),
            9);
  EXPECT_EQ(proximity("戊 -member_of{year=2020}-> 商会; 戊 -member_of{year=2021}-> 商会; "
                      "乙 -member_of-> 商会"),
            3);
}

TEST(Prospects, WhatHasEndedIsNoTie) {
  // The data are of 2024.
  EXPECT_EQ(proximity("戊 -supplies{until=2015}-> 乙; 丁 -supplies{year=2024}-> 己"), 0);
  EXPECT_EQ(proximity("戊 -supplies{until=2024}-> 乙; 丁 -supplies{year=2024}-> 己"), 9);
  EXPECT_EQ(proximity("戊 -member_of-> 商会; 乙 -member_of{until=2015}-> 商会; "
                      "丁 -supplies{year=2024}-> 己"),
            0);
}

TEST(Prospects, AFirmStruckOffIsNoTie) {
  const auto proximity = [](std::string_view status) {
    const EnterpriseGraph graph = sketch(
        "甲{region=500104,anchor} -makes{output=100}-> 车 -requires{coef=0.5}-> 胎; "
        "子{region=440305} -makes{output=10}-> 胎; 子 -supplies-> 丁{region=500104,status=" +
        std::string(status) + "}");
    GapOptions options;
    options.district.region = RegionCode{500104};
    const ProspectList list = rank_prospects(graph, find_gaps(graph, options));
    return list.prospects.at(0).parts[static_cast<std::size_t>(ScorePartKind::Proximity)].points;
  };
  EXPECT_GT(proximity("存续"), 0);
  EXPECT_EQ(proximity("注销"), 0);
}

TEST(Prospects, PathsOfLengthThreeToAnAnchorCount) {
  // 戊 → 客 ← 供 → 甲: 1/√2 · 1/√2 = 0.5; 15 × 0.5 × 0.5 / (0.5 + 0.25) = 5.
  const Ranked one =
      ranked(kCar +
             "戊{region=440305} -makes-> 电池; 戊 -supplies-> 客; 供 -supplies-> 客; "
             "供 -supplies-> 甲");
  EXPECT_EQ(part(find(one, "戊"), ScorePartKind::Proximity), 5);
}

bool tells_third_party(const Ranked& one) {
  return std::ranges::any_of(find(one, "戊").reasons, [](const Text& reason) {
    return reason.zh.find("后者正是甲的供应商") != std::string::npos;
  });
}

TEST(Prospects, AThirdPartyIsToldWhereItSuppliesFewAndTheWaysAreMany) {
  const std::string ground = kCar + "戊{region=440305} -makes-> 电池; 供 -supplies-> 甲; ";
  const auto customer = [](const std::string& name) {
    return "戊 -supplies-> " + name + "; 供 -supplies-> " + name + "; ";
  };
  const Ranked two = ranked(ground + customer("客") + customer("户"));
  EXPECT_FALSE(tells_third_party(two));
  // It stays evidence: its product, the need, two firms' products and the three steps.
  EXPECT_EQ(
      std::ranges::count(find(two, "戊").evidence, RelationKind::Supplies, &Evidence::relation), 3);
  const std::string three = ground + customer("客") + customer("户") + customer("主");
  EXPECT_TRUE(tells_third_party(ranked(three)));
  // One who supplies everybody says nothing.
  EXPECT_FALSE(tells_third_party(ranked(three + "供 -supplies-> 子; 供 -supplies-> 丑")));
}

TEST(Prospects, APathOfThePolicyCountsInsteadOfTheUsualOne) {
  ProspectOptions options;
  options.policy.paths = {{"同一股东", "~owns.owns"}};
  options.policy.proximity_path = "同一股东";
  // 戊 ← 母 → 甲: one way; 15 × 0.5 × 1 / (1 + 0.25) = 6. The path over 客 and 供 is not asked.
  const Ranked one =
      ranked(kCar +
                 "戊{region=440305} -makes-> 电池; 戊 -supplies-> 客; 供 -supplies-> 客; "
                 "供 -supplies-> 甲; 母 -owns{share=0.1}-> 戊; 母 -owns{share=0.1}-> 甲",
             options);
  EXPECT_EQ(part(find(one, "戊"), ScorePartKind::Proximity), 6);
  const auto& reasons = find(one, "戊").reasons;
  EXPECT_EQ(std::ranges::count(reasons, "path 同一股东 to 甲: 戊 – 母 – 甲", &Text::en), 1);
  EXPECT_EQ(std::ranges::count(reasons, "与甲之间有路径 同一股东：戊 – 母 – 甲", &Text::zh), 1);
}

TEST(Prospects, FitIsOfTheSurestProduct) {
  // 10 × 0.6 × 0.5 = 3, could be 6; 软包: 10 × 0.8 × (0.5 + 0.5 × 0.25) = 5, known.
  const Ranked one = ranked(kCar +
                            "软包 -part_of-> 电池; 戊{region=440305} -makes{conf=0.6}-> 电池; "
                            "己{region=440305} -makes{conf=0.6}-> 电池; "
                            "戊 -makes{conf=0.8,share=0.25}-> 软包");
  const auto fit = static_cast<std::size_t>(ScorePartKind::Fit);
  EXPECT_EQ(find(one, "戊").parts[fit].points, 5);
  EXPECT_EQ(find(one, "戊").parts[fit].points_max, 6);
  EXPECT_EQ(find(one, "己").parts[fit].points, 3);
  EXPECT_EQ(find(one, "己").parts[fit].points_max, 6);
  EXPECT_EQ(std::ranges::count(find(one, "己").unknown, "share"), 1);
}

TEST(Prospects, FitIsOfThePresentStatement) {
  // All of its revenue in 2015, a twentieth in 2024: 10 × (0.5 + 0.5 × 0.05).
  ProspectOptions options;
  options.policy.main_share = 0;
  const std::string text = kCar +
                           "戊{region=440305} -makes{share=1,year=2015}-> 电池; "
                           "戊 -makes{share=0.05,year=2024}-> 电池";
  EXPECT_EQ(part(find(ranked(text, options), "戊"), ScorePartKind::Fit), 5.25);
  // By default so small a product is no reason to call.
  EXPECT_EQ(ranked(text).list.prospect_count, 0U);
}

TEST(Prospects, MoreCapacityInALessSureProductKeepsTheFit) {
  const auto score = [](const std::string& output) {
    const Ranked one = ranked(kCar +
                              "软包 -part_of-> 电池; 方壳 -part_of-> 电池; 戊{region=440305} "
                              "-makes{output=1e8,share=0.8}-> 方壳; 戊 -makes{conf=0.4,output=" +
                              output + "}-> 软包");
    return find(one, "戊");
  };
  EXPECT_EQ(part(score("9e7"), ScorePartKind::Fit), 9);
  EXPECT_EQ(part(score("2e8"), ScorePartKind::Fit), 9);
  EXPECT_GT(score("2e8").score, score("9e7").score);
}

TEST(Prospects, ScaleIsLogarithmicBetweenItsBounds) {
  const auto scale = [](const std::string& attributes) {
    return find(ranked(kCar + "戊{region=440305" + attributes + "} -makes-> 电池"), "戊")
        .parts[static_cast<std::size_t>(ScorePartKind::Scale)];
  };
  EXPECT_EQ(scale(",revenue=1e8").points, 3.33);
  EXPECT_TRUE(scale(",revenue=1e8").known);
  EXPECT_EQ(scale(",revenue=1e6").points, 0);
  EXPECT_EQ(scale(",revenue=0").points, 0);
  EXPECT_EQ(scale(",revenue=9e12").points, 10);
  EXPECT_EQ(scale(",capital=1e8").points, 3.33);
  EXPECT_EQ(scale(",capital=1e8").points_max, 10);
  EXPECT_EQ(scale(",revenue=1e8,capital=1e9").points, 3.33);
  EXPECT_EQ(scale("").points, 0);
  EXPECT_EQ(scale("").points_max, 10);
  EXPECT_FALSE(scale("").known);
}

TEST(Prospects, TheBestTagCounts) {
  const auto quality = [](const std::string& tags) {
    return part(find(ranked(kCar + "戊{region=440305,tags=" + tags + "} -makes-> 电池"), "戊"),
                ScorePartKind::Quality);
  };
  EXPECT_EQ(quality("高企;上市;瞪羚"), 5);
  EXPECT_EQ(quality("瞪羚;高企"), 3.5);
  EXPECT_EQ(quality("拟上市"), 0);
}

TEST(Prospects, PointsAreWholeCentsThatNeverExceedTheWeight) {
  ProspectOptions options;
  options.policy.weights = {19.999, 20.001, 15, 5, 15, 10, 10, 5, 0, 0};
  const Ranked one = ranked(kCar + "戊{region=440305} -makes{output=9e9}-> 电池", options);
  EXPECT_EQ(one.list.prospects.at(0).parts[0].points, 19.99);
  EXPECT_EQ(one.list.prospects.at(0).parts[1].points, 20);
}

// ---- who is on the list

TEST(Prospects, OnlyFirmsFromOutsideAreListed) {
  const Ranked one = ranked(kCar + R"(软包 -part_of-> 电池 -part_of-> 材料
    a{region=500104} -makes-> 软包; b{region=500107} -makes-> 电池; c{region=440305} -makes-> 软包
    d -makes-> 电池; e{region=440305} -trades-> 电池; f{region=440305} -makes-> 材料
    g{region=440305} -makes-> 整车; h{region=500000} -makes-> 电池
  )");
  EXPECT_EQ(names(one, one.list.prospects), Words{"c"});
  EXPECT_EQ(names(one, one.list.unlocated), (Words{"h", "d"}));  // h is near
  EXPECT_EQ(find(one, "c").gaps.at(0).segment, test::segment(one.graph, "软包"));
  EXPECT_EQ(one.list.expansions.size() + one.list.screened.size(), 0U);
}

TEST(Prospects, FirmsOfTheHomeProvinceAreNone) {
  GapOptions gaps;
  gaps.district.region = RegionCode{440305};
  const EnterpriseGraph graph = sketch(
      "甲{region=440305,anchor} -makes-> 车 -requires-> 胎; 乙{region=440306} -makes-> 胎; "
      "丙{region=440106} -makes-> 胎; 丁{region=500104} -makes-> 胎; 戊{region=440000} -makes-> "
      "胎");
  const ProspectList list = rank_prospects(graph, find_gaps(graph, gaps));
  ASSERT_EQ(list.prospects.size(), 1U);
  EXPECT_EQ(list.prospects[0].firm, test::firm(graph, "丁"));
  ASSERT_EQ(list.unlocated.size(), 1U);
  EXPECT_EQ(list.unlocated[0].firm, test::firm(graph, "戊"));
}

TEST(Prospects, WhatBelongsToAChainDoesNotFillIt) {
  // 电池 is a segment, but the chain below it is none.
  const Ranked one = ranked(kCar +
                            "seg:链{type=chain}; 链 -part_of-> 电池; 轴 -part_of-> 链; "
                            "戊{region=440305} -makes-> 轴; 己{region=440305} -makes-> 链");
  EXPECT_EQ(one.list.prospect_count, 0U);
}

TEST(Prospects, FirmsThatNobodyLocatesStandApart) {
  const Ranked one = ranked(kCar + "己 -makes-> 电池; 戊{region=440305} -makes-> 电池");
  ASSERT_EQ(names(one, one.list.unlocated), Words{"己"});
  EXPECT_EQ(one.list.unlocated[0].status, ProspectStatus::Unlocated);
  EXPECT_EQ(one.list.unlocated[0].rank, 1U);
  EXPECT_EQ(one.list.unlocated[0].unknown.at(0), "region");
  EXPECT_EQ(names(one, one.list.prospects), Words{"戊"});
  EXPECT_EQ(std::ranges::count(one.list.prospects[0].unknown, "region"), 0);
}

TEST(Prospects, FirmsAlreadyPresentAreExpansions) {
  const Ranked one = ranked(kCar + R"(
    子{region=440305} -makes-> 电池; 子 -owns-> 乙{region=500104}
    示例某有限公司{region=440305} -makes-> 电池; 示例某有限公司重庆分公司{region=500104}
    寅{region=440305} -makes-> 电池; 寅 -stands_on-> 一号{region=500104}
    卯 -makes-> 电池; 卯 -owns-> 乙
    辰{region=440305} -makes-> 电池
  )");
  EXPECT_EQ(names(one, one.list.prospects), Words{"辰"});
  EXPECT_EQ(one.list.unlocated_count, 0U);
  auto expansions = names(one, one.list.expansions);
  std::ranges::sort(expansions);
  EXPECT_EQ(expansions, (Words{"卯", "子", "寅", "示例某有限公司"}));
  for (const Prospect& prospect : one.list.expansions) {
    EXPECT_EQ(prospect.status, ProspectStatus::Expansion);
  }
  const FirmId second = test::firm(one.graph, "乙");
  EXPECT_EQ(find(one, "子").present, std::vector{second});
  EXPECT_EQ(find(one, "示例某有限公司").present,
            std::vector{test::firm(one.graph, "示例某有限公司重庆分公司")});
  EXPECT_EQ(find(one, "寅").present, std::vector<FirmId>{});
  EXPECT_EQ(find(one, "寅").reasons.back(),
            (Text{"already stands on 一号 in the district", "已在本地“一号”落户"}));
  EXPECT_EQ(find(one, "寅").evidence.back().relation, RelationKind::StandsOn);
  EXPECT_EQ(find(one, "卯").present, std::vector{second});
  EXPECT_EQ(find(one, "卯").unknown.at(0), "region");
}

TEST(Prospects, ScreensKeepFirmsOffWithTheirReason) {
  ProspectOptions options;
  const Text reason{"why", "理由"};
  options.policy.screens = {{EntityText::Risks, {"环保处罚", "失信"}, {"risk", "风险"}},
                            {EntityText::Tags, {"僵尸"}, reason},
                            {EntityText::Status, {"注销"}, reason},
                            {EntityText::Type, {"个体"}, reason},
                            {EntityText::Scope, {"电镀"}, reason}};
  const Ranked one = ranked(kCar + R"(
    戊{region=440305,scope=金属电镀加工} -makes-> 电池; 丁{region=440305,type=个体工商户} -makes-> 电池
    丙{region=440305,status=已注销} -makes-> 电池; 子{region=440305,tags=老字号;僵尸企业} -makes-> 电池
    丑{region=440305,risks=欠薪;失信被执行,tags=僵尸,revenue=1e9} -makes-> 电池
    寅 -makes-> 电池; 寅{risks=失信}; 卯{region=440305,risks=欠薪} -makes-> 电池
  )",
                            options);
  EXPECT_EQ(names(one, one.list.screened), (Words{"丁", "丑", "丙", "子", "寅", "戊"}));
  for (const Prospect& prospect : one.list.screened) {
    EXPECT_EQ(prospect.status, ProspectStatus::Screened);
    EXPECT_EQ(prospect.rank, 0U);
    EXPECT_GT(prospect.score, 0);
  }
  EXPECT_EQ(find(one, "戊").screened_by, reason);
  EXPECT_EQ(find(one, "丑").screened_by, (Text{"risk", "风险"}));  // the first that fires
  EXPECT_EQ(find(one, "丑").risks, (Words{"欠薪", "失信被执行"}));
  EXPECT_EQ(names(one, one.list.prospects), Words{"卯"});
  EXPECT_EQ(find(one, "卯").risks, Words{"欠薪"});
  EXPECT_EQ(find(one, "卯").screened_by, Text{});
}

TEST(Prospects, WithoutGapsThereAreNone) {
  const Ranked one = ranked("甲{region=500104}; 戊{region=440305} -makes-> 电池");
  EXPECT_EQ(one.list.prospects.size() + one.list.unlocated.size() + one.list.expansions.size() +
                one.list.screened.size(),
            0U);
  EXPECT_EQ(rank_prospects(EnterpriseGraph(), {}).prospect_count, 0U);
}

// ---- ranks

TEST(Prospects, EqualScoresAreOrderedByCodeThenName) {
  const std::string same = "{region=440305,revenue=1e8} -makes{output=1e8,share=1}-> 电池; ";
  const Ranked coded = ranked(kCar + "丙" + same + "乙" + same + "戊" + same + "己" + same +
                              "丙{code=}; 乙{code=B}; 己{code=A}; 甲 -supplies-> 庚");
  EXPECT_EQ(names(coded, coded.list.prospects), (Words{"己", "乙", "丙", "戊"}));

  const Ranked one = ranked(kCar +
                            "丙{region=440305,revenue=1e8} -makes{output=1e8,share=1}-> 电池; "
                            "乙{region=440305,revenue=1e8} -makes{output=1e8,share=1}-> 电池; "
                            "丁{region=440305,revenue=2e8} -makes{output=1e8,share=1}-> 电池; "
                            "甲 -supplies-> 庚");
  EXPECT_EQ(names(one, one.list.prospects), (Words{"丁", "丙", "乙"}));
  // Everything is known: there is one rank each, but for those whom nothing parts.
  for (std::uint32_t i = 0; i < 3; ++i) {
    const std::uint32_t rank = i == 0 ? 1 : 2;
    EXPECT_EQ(one.list.prospects[i].rank, rank);
    EXPECT_EQ(one.list.prospects[i].rank_best, rank);
    EXPECT_EQ(one.list.prospects[i].rank_worst, rank);
    EXPECT_EQ(one.list.prospects[i].alike, rank);
  }
  EXPECT_FALSE(one.list.unparted);
}

TEST(Prospects, WhatIsUnknownOpensTheRankInterval) {
  // 丁 is wholly known; 戊's capacity and revenue are not: it may lead or trail.
  const Ranked one = ranked(kCar +
                            "丁{region=440305,revenue=1e8} -makes{output=1e8,share=1}-> 电池; "
                            "戊{region=440305} -makes{share=1}-> 电池; 甲 -supplies-> 庚");
  ASSERT_EQ(names(one, one.list.prospects), (Words{"丁", "戊"}));
  EXPECT_EQ(one.list.prospects[0].rank_best, 1U);
  EXPECT_EQ(one.list.prospects[0].rank_worst, 2U);
  EXPECT_EQ(one.list.prospects[1].rank_best, 1U);
  EXPECT_EQ(one.list.prospects[1].rank_worst, 2U);
}

TEST(Prospects, AListWhoseRowsNothingPartsSaysWhatWould) {
  // Capacity and revenue of both are unknown: 20 and 10 points each, relations 15.
  const Ranked one =
      ranked(kCar + "丁{region=440305} -makes{share=1}-> 电池; 戊{region=330106} -makes-> 电池");
  EXPECT_TRUE(one.list.unparted);
  ASSERT_EQ(one.list.parted_by.size(), 4U);
  EXPECT_EQ(one.list.parted_by[0], (PartedBy{ScorePartKind::Purchases, 20, 2}));
  EXPECT_EQ(one.list.parted_by[1], (PartedBy{ScorePartKind::Proximity, 15, 2}));
  EXPECT_EQ(one.list.parted_by[2], (PartedBy{ScorePartKind::Scale, 10, 2}));
  EXPECT_EQ(one.list.parted_by[3], (PartedBy{ScorePartKind::Fit, 2.5, 1}));
  // One row has nobody to be parted from.
  EXPECT_FALSE(ranked(kCar + "丁{region=440305} -makes-> 电池").list.unparted);
}

TEST(Prospects, TheTotalIsWhatTheRowsBringHomeTogether) {
  // 4e8 are bought outside, and each of three could sell 3e8.
  const std::string firm = "{region=440305,revenue=3e8} -makes{share=1}-> 电池; ";
  const Ranked one = ranked(kCar + "丁" + firm + "戊" + firm + "己" + firm);
  ASSERT_TRUE(one.list.total);
  EXPECT_EQ(one.list.total->value, 4e8);
  const std::vector<double> counted = {3e8, 1e8, 0};
  ASSERT_EQ(one.list.prospects.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(one.list.prospects[i].purchases->value, 3e8);
    EXPECT_EQ(one.list.prospects[i].counted->value, counted[i]);
  }
  EXPECT_FALSE(ranked(kCar + "丁{region=440305} -makes-> 电池").list.total);
}

TEST(Prospects, TheMainReasonNamesTheLargestAmountAndTheSum) {
  // 电池: 4e8, of which it can sell 1e6; 电机: 2e8, of which 9e7.
  const Ranked one = ranked(kCar +
                            "整车 -requires{coef=0.2}-> 电机; 戊{region=440305} "
                            "-makes{output=1e6}-> 电池; 戊 -makes{output=9e7}-> 电机");
  const Prospect& prospect = find(one, "戊");
  EXPECT_EQ(prospect.reasons.at(0).zh,
            "生产电机，属缺链环节，甲需要；每年至多可回流采购9,000万元（明示）；所补 2 "
            "个环节合计每年至多 9,100万元（明示）");
}

TEST(Prospects, WhoCouldBeHelpedHereIsSaidWithTheGap) {
  const Ranked one = ranked(kCar +
                            "乙{region=500104} -makes{output=1e7}-> 电池; "
                            "戊{region=440305} -makes-> 电池");
  EXPECT_NE(find(one, "戊").reasons.at(0).zh.find("宜先比较本地培育：乙"), std::string::npos);
}

TEST(Prospects, WhatIsBroughtAlreadyNearIsTold) {
  const Ranked one = ranked(kCar +
                            "宁波示例有限公司{region=330200} -makes-> 电池; "
                            "宁波示例有限公司涪陵分公司{region=500102}; "
                            "戊{region=330106} -makes-> 电池");
  const Prospect& prospect = find(one, "宁波示例有限公司");
  EXPECT_EQ(prospect.status, ProspectStatus::Prospect);
  EXPECT_EQ(prospect.near, std::vector{test::firm(one.graph, "宁波示例有限公司涪陵分公司")});
  EXPECT_EQ(part(prospect, ScorePartKind::Distance), 5);
  EXPECT_LT(part(find(one, "戊"), ScorePartKind::Distance), 5);
  EXPECT_EQ(
      std::ranges::count(prospect.reasons, "在重庆市已有宁波示例有限公司涪陵分公司", &Text::zh), 1);
}

TEST(Prospects, DistanceIsUnknownWhereThePlaceIs) {
  const Ranked one = ranked(kCar + "戊 -makes-> 电池");
  const ScorePart& distance =
      find(one, "戊").parts[static_cast<std::size_t>(ScorePartKind::Distance)];
  EXPECT_FALSE(distance.known);
  EXPECT_EQ(distance.points_max, 5);
  EXPECT_EQ(std::ranges::count(find(one, "戊").unknown, "place"), 1);
}

// ---- propensity to come

// 戊 opened a branch in 武汉, 庚 in the district itself, of 己 nobody knows where it is.
Ranked with_arrivals(bool given, double weight = 20) {
  ProspectOptions options;
  options.policy.weights.back() = weight;
  EnterpriseGraph graph =
      sketch(kCar +
             "戊{region=440305} -makes-> 电池; 己 -makes-> 电池; 庚{region=440305} -makes-> 电池; "
             "辛{region=330106} -makes-> 电池");
  if (given) {
    const std::vector<Arrival> arrivals = {{test::firm(graph, "戊"), RegionCode{440300},
                                            RegionCode{420100}, Date{2020, 1, 1}, false, 2},
                                           {test::firm(graph, "庚"), RegionCode{440300},
                                            RegionCode{500104}, Date{2020, 2, 1}, false, 3}};
    options.coming = std::make_shared<const PlacePropensity>(graph, arrivals, RegionCode{500104});
  }
  return ranked(std::move(graph), options);
}

TEST(Prospects, PropensityTakesItsShareOfThePointsWhereArrivalsAreGiven) {
  const Ranked without = with_arrivals(false);
  const Ranked with = with_arrivals(true);
  EXPECT_TRUE(with.list.arrivals);
  EXPECT_FALSE(without.list.arrivals);
  // 甲 is at home here and 庚 came: 戊, 己 and 辛 may come, and 戊 stands first of them.
  EXPECT_EQ(with.list.may_come, 3U);
  EXPECT_EQ(part(find(with, "戊"), ScorePartKind::Propensity), 20);
  EXPECT_EQ(find(with, "戊").coming->rank, 1U);
  EXPECT_EQ(find(with, "戊").reasons.back().en.find("propensity to come, place 1: "), 0U);
  // 庚 came from its province: 辛, of whose nobody came, stands behind.
  EXPECT_LT(part(find(with, "辛"), ScorePartKind::Propensity), 20);
  EXPECT_TRUE(find(with, "辛").parts[static_cast<std::size_t>(ScorePartKind::Propensity)].known);
  const double fit = part(find(without, "戊"), ScorePartKind::Fit);
  EXPECT_NEAR(part(find(with, "戊"), ScorePartKind::Fit), fit * 0.8, 0.005);
}

TEST(Prospects, PropensityIsUnknownWhereNothingIsKnownOfAFirm) {
  const Ranked one = with_arrivals(true);
  const ScorePart& part =
      find(one, "己").parts[static_cast<std::size_t>(ScorePartKind::Propensity)];
  EXPECT_EQ(part.points, 0);
  EXPECT_EQ(part.points_max, 20);
  EXPECT_FALSE(part.known);
  EXPECT_FALSE(find(one, "己").coming);
  EXPECT_EQ(std::ranges::count(find(one, "己").unknown, "arrivals"), 1);
}

TEST(Prospects, WhoCameAlreadyIsAnExpansion) {
  EXPECT_EQ(find(with_arrivals(true), "庚").status, ProspectStatus::Expansion);
  EXPECT_EQ(find(with_arrivals(false), "庚").status, ProspectStatus::Prospect);
}

TEST(Prospects, ListsWithoutArrivalsDoNotHangOnTheWeightOfPropensity) {
  EXPECT_EQ(told(with_arrivals(false, 20)), told(with_arrivals(false, 60)));
  const Ranked one = with_arrivals(false);
  for (const Prospect* row : everyone(one.list)) {
    EXPECT_EQ(row->parts.back().points_max, 0);
    EXPECT_EQ(std::ranges::count(row->unknown, "arrivals"), 0);
  }
}

// ---- screens

Ranked screened_by(const std::string& text, const ScreeningRule& screen) {
  ProspectOptions options;
  options.policy.screens = {screen};
  return ranked(text, options);
}

ScreeningRule screen_on(ScreenOn on, Words any_of) {
  ScreeningRule screen{EntityText::Key, std::move(any_of), {"not here", "不宜在此"}};
  screen.on = on;
  return screen;
}

TEST(Prospects, AScreenOnASegmentKeepsFirmsFromAGap) {
  const std::string text = kCar +
                           "整车 -requires{coef=0.2}-> 水泥; 熟料 -part_of-> 水泥; "
                           "丁{region=440305} -makes-> 熟料; 戊{region=440305} -makes-> 水泥; "
                           "戊 -makes-> 电池";
  const Ranked one = screened_by(text, screen_on(ScreenOn::Segment, {"水泥"}));
  EXPECT_EQ(names(one, one.list.prospects), Words{"戊"});
  ASSERT_EQ(find(one, "戊").gaps.size(), 1U);
  EXPECT_EQ(find(one, "戊").gaps[0].segment, test::segment(one.graph, "电池"));
  EXPECT_EQ(names(one, one.list.screened), Words{"丁"});
  EXPECT_EQ(find(one, "丁").screened_by.zh, "不宜在此");
  EXPECT_EQ(one.list.screened_by, (std::vector<ScreenedBy>{{0, 1}}));
  // What is excepted may come.
  ScreeningRule excepting = screen_on(ScreenOn::Segment, {"水泥"});
  excepting.none_of = {"熟料"};
  EXPECT_EQ(screened_by(text, excepting).list.screened.size(), 1U);
}

TEST(Prospects, AScreenNamesItsSource) {
  ScreeningRule screen = screen_on(ScreenOn::Segment, {"电池"});
  screen.source = "某文件〔2021〕1号";
  const Ranked one = screened_by(kCar + "戊{region=440305} -makes-> 电池", screen);
  EXPECT_EQ(find(one, "戊").screened_by.zh, "不宜在此（依据：某文件〔2021〕1号）");
}

TEST(Prospects, AScreenOnAnIndustryLooksAtItsCodes) {
  GraphBuilder builder;
  const EntityRef local = builder.add(EntityKind::Firm, "甲");
  builder.set_region(local, {RegionCode{500104}, {}});
  const EntityRef outside = builder.add(EntityKind::Firm, "戊");
  builder.set_region(outside, {RegionCode{440305}, {}});
  const EntityRef car = builder.add(EntityKind::Segment, "整车");
  const EntityRef cement = builder.add(EntityKind::Segment, "水泥");
  builder.set(cement, EntityText::Industry, "C3011;C3012");
  builder.relate(RelationKind::Makes, local, car);
  builder.relate(RelationKind::Requires, car, cement);
  builder.relate(RelationKind::Makes, outside, cement);
  const EnterpriseGraph graph = builder.build();
  const auto screened = [&](Words codes) {
    ProspectOptions options;
    options.policy.screens = {screen_on(ScreenOn::Industry, std::move(codes))};
    return ranked(graph, options).list.screened.size();
  };
  EXPECT_EQ(screened({"C301"}), 1U);
  EXPECT_EQ(screened({"C"}), 1U);
  EXPECT_EQ(screened({"C3011", "C3012"}), 1U);
  EXPECT_EQ(screened({"C3011"}), 0U);  // some of it may come
  EXPECT_EQ(screened({"C31"}), 0U);
}

TEST(Prospects, AScreenOnAChainLooksAtWhatTheSegmentBelongsTo) {
  const std::string text = kCar +
                           "seg:新能源{type=chain}; 电池 -part_of-> 新能源; "
                           "戊{region=440305} -makes-> 电池";
  EXPECT_EQ(screened_by(text, screen_on(ScreenOn::Chain, {"新能源"})).list.screened.size(), 1U);
  EXPECT_EQ(screened_by(text, screen_on(ScreenOn::Chain, {"钢铁"})).list.screened.size(), 0U);
}

TEST(Prospects, ScreensOnSizeAndDistancePassOverWhatIsUnknown) {
  const std::string text = kCar +
                           "丁{region=440305,revenue=1e6} -makes-> 电池; 戊 -makes-> 电池; "
                           "己{region=510100,revenue=1e9} -makes-> 电池";
  ScreeningRule size = screen_on(ScreenOn::Size, {});
  size.below_cny = 1e7;
  const Ranked small = screened_by(text, size);
  EXPECT_EQ(names(small, small.list.screened), Words{"丁"});
  ScreeningRule distance = screen_on(ScreenOn::Distance, {});
  distance.beyond_km = 500;
  const Ranked far = screened_by(text, distance);
  EXPECT_EQ(names(far, far.list.screened), Words{"丁"});
}

TEST(Prospects, WhoIsStruckOffOrWoundUpIsNoProspectWhateverThePolicySays) {
  ProspectOptions options;
  options.policy.screens = {};
  const Ranked one = ranked(kCar +
                                "丁{region=440305,status=已注销} -makes-> 电池; "
                                "戊{region=440305,status=清算} -makes-> 电池; "
                                "己{region=440305,status=停业} -makes-> 电池",
                            options);
  EXPECT_EQ(names(one, one.list.prospects), Words{"己"});
  EXPECT_EQ(find(one, "丁").screened_by.zh, "已注销");
  EXPECT_FALSE(find(one, "戊").screened_by.zh.empty());
}

// ---- main business

TEST(Prospects, ASideProductIsNoReasonToCall) {
  const Ranked one =
      ranked(kCar +
             "丁{region=440305} -makes{share=0.02}-> 电池; 丁 -makes{share=0.9}-> 药; "
             "戊{region=440305} -makes{share=0.2}-> 电池; "
             "己{region=440305} -makes-> 电池");
  EXPECT_EQ(names(one, one.list.prospects), (Words{"戊", "己"}));
}

TEST(Prospects, AProductOfASectorThatItsMakerIsNotInIsNone) {
  // 影 is in entertainment and its 尿素 in chemistry; 肥 is in chemistry.
  const Ranked one = ranked(R"(
    甲{region=500104,anchor} -makes-> 复合肥 -requires-> 尿素; 尿素 -part_of-> 化学
    seg:化学{type=industry}; seg:娱乐{type=industry}
    影{region=440305} -makes-> 娱乐; 影 -makes{share=0.5}-> 尿素
    肥{region=440305} -makes-> 化学; 肥 -makes{share=0.5}-> 尿素
    谁{region=440305} -makes{share=0.5}-> 尿素
  )");
  EXPECT_FALSE(std::ranges::any_of(everyone(one.list), [&](const Prospect* prospect) {
    return one.graph.name(one.graph.entity(prospect->firm)) == "影";
  }));
  EXPECT_EQ(one.list.prospect_count, 2U);
}

// ---- rows asked for

TEST(Prospects, OnlyFirmsOfARegionAreRankedWhereOneIsAskedFor) {
  ProspectOptions options;
  options.from = RegionCode{440000};
  const Ranked one = ranked(kCar +
                                "丁{region=440305} -makes-> 电池; 戊{region=330106} -makes-> 电池; "
                                "己 -makes-> 电池",
                            options);
  EXPECT_EQ(names(one, one.list.prospects), Words{"丁"});
  EXPECT_EQ(one.list.unlocated_count, 0U);
}

TEST(Prospects, SomeOfEachMainGapAreReturnedWithTheirRanksAmongAll) {
  std::string text = kCar + "整车 -requires{coef=0.2}-> 电机; ";
  for (const std::string name : {"a", "b", "c"}) {
    text += name + "{region=440305} -makes-> 电池; m" + name + "{region=440305} -makes-> 电机; ";
  }
  ProspectOptions options;
  options.per_main_gap = 2;
  const Ranked one = ranked(text, options);
  EXPECT_EQ(names(one, one.list.prospects), (Words{"a", "b", "ma", "mb"}));
  EXPECT_EQ(one.list.prospect_count, 6U);
  for (const Prospect& prospect : one.list.prospects) {
    EXPECT_EQ(prospect.rank, 1U);
    EXPECT_EQ(prospect.alike, 3U);
  }
}

TEST(Prospects, TopCutsRowsButNotRanks) {
  std::string text = kCar;
  for (int i = 1; i <= 5; ++i) {
    const std::string number = std::to_string(i);
    text += "p" + number + "{region=440305,revenue=" + number + "e8} -makes-> 电池; ";
    text += "u" + number + "{revenue=" + number + "e8} -makes-> 电池; ";
    text += "e" + number + "{region=440305,revenue=" + number + "e8} -makes-> 电池; ";
    text += "e" + number + " -owns-> 甲; ";
    text += "x" + number + "{region=440305,risks=失信} -makes-> 电池; ";
  }
  const Ranked all = ranked(text);
  ProspectOptions options;
  options.top = 2;
  const Ranked two = ranked(text, options);
  EXPECT_EQ(names(two, two.list.prospects), (Words{"p5", "p4"}));
  EXPECT_EQ(names(two, two.list.unlocated), (Words{"u5", "u4"}));
  EXPECT_EQ(names(two, two.list.expansions), (Words{"e5", "e4"}));
  EXPECT_EQ(two.list.screened.size(), 5U);
  for (const Ranked* one : {&all, &two}) {
    EXPECT_EQ(one->list.prospect_count, 5U);
    EXPECT_EQ(one->list.unlocated_count, 5U);
    EXPECT_EQ(one->list.expansion_count, 5U);
  }
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(two.list.prospects[i].rank, all.list.prospects[i].rank);
    EXPECT_EQ(two.list.prospects[i].rank_best, all.list.prospects[i].rank_best);
    EXPECT_EQ(two.list.prospects[i].rank_worst, all.list.prospects[i].rank_worst);
  }
  EXPECT_EQ(two.list.prospects[0].rank_worst, 5U);  // shares are unknown to all
}

// ---- reasons and evidence

TEST(Prospects, ReasonsNameWhoNeedsItAndTheEvidenceIsThere) {
  const Ranked one =
      ranked(kCar +
             "乙{region=500104} -makes-> 整车; 戊{region=440305} -makes{output=1e8}-> 电池; "
             "戊 -supplies-> 乙");
  const Prospect& prospect = find(one, "戊");
  EXPECT_EQ(
      prospect.reasons,
      (std::vector<Text>{
          {"makes 电池, a missing segment needed by 甲 and 1 more; could bring home at most CNY "
           "100 m a year (stated)",
           "生产电池，属缺链环节，甲等 2 家需要；每年至多可回流采购1亿元（明示）"},
          {"already supplies 乙", "已向乙供货"},
          {"about 990 km away (between the seats of the provinces, estimated)",
           "相距约 990 公里（省会间直线，估算）"}}));
  const auto& graph = one.graph;
  const auto entity = [&](auto id) { return graph.entity(id); };
  const auto first = [&](RelationKind kind, EntityId from) {
    const Relation relation = graph.relation(kind);
    const EdgeId edge{relation.out_edges(from).first};
    return Evidence{kind, edge, from, relation.target(edge)};
  };
  EXPECT_EQ(prospect.evidence,
            (std::vector{
                first(RelationKind::Makes, entity(test::firm(graph, "戊"))),
                first(RelationKind::Requires, entity(test::segment(graph, "整车"))),
                first(RelationKind::Makes, entity(test::firm(graph, "甲"))),
                first(RelationKind::Supplies, entity(test::firm(graph, "戊"))),
            }));
}

TEST(Prospects, EvidenceIsCutToWhatIsAskedFor) {
  const std::string text = kCar +
                           "戊{region=440305} -makes{output=1e8}-> 电池; 戊 -supplies-> 甲; "
                           "戊 -cooperates-> 甲";
  const auto all = ranked(text).list.prospects.at(0).evidence;
  EXPECT_EQ(all.size(), 5U);
  for (std::size_t most = 1; most <= 5; ++most) {
    ProspectOptions options;
    options.evidence = most;
    const auto some = ranked(text, options).list.prospects.at(0).evidence;
    EXPECT_EQ(some, std::vector(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(most)));
  }
}

// ---- errors

void refuse(ErrorCode code, const ProspectOptions& options) {
  const EnterpriseGraph graph = sketch(kCar + "戊{region=440305} -makes-> 电池");
  const GapReport report = find_gaps(graph, in_dadukou());
  try {
    (void)rank_prospects(graph, report, options);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code);
    EXPECT_NE(error.message().en, "");
    EXPECT_NE(error.message().zh, "");
    EXPECT_NE(error.message().en, error.message().zh);
  }
}

TEST(Prospects, APolicyThatIsNotWellFormedIsRefused) {
  const auto refuse_policy = [](const std::function<void(Policy&)>& spoil) {
    ProspectOptions options;
    spoil(options.policy);
    refuse(ErrorCode::InvalidArgument, options);
  };
  refuse_policy([](Policy& policy) { policy.weights.clear(); });
  refuse_policy([](Policy& policy) { policy.weights = {50, 50}; });
  refuse_policy([](Policy& policy) { policy.weights.push_back(0); });
  refuse_policy([](Policy& policy) { policy.weights[0] += 0.01; });
  refuse_policy([](Policy& policy) {
    policy.weights[0] += 30;
    policy.weights[1] -= 30;
  });
  refuse_policy([](Policy& policy) { policy.weights[0] = std::nan(""); });
  refuse_policy([](Policy& policy) { policy.grade_a = 101; });
  refuse_policy([](Policy& policy) { policy.grade_b = -1; });
  refuse_policy([](Policy& policy) { policy.grade_b = policy.grade_a + 1; });
  refuse_policy([](Policy& policy) { policy.scale_low_cny = 0; });
  refuse_policy([](Policy& policy) { policy.scale_high_cny = policy.scale_low_cny; });
  refuse_policy([](Policy& policy) { policy.screens[0].any_of.emplace_back(); });
  refuse_policy([](Policy& policy) { policy.tags = {{"上市", 1.5}}; });
  refuse_policy([](Policy& policy) { policy.tags = {{"上市", -1}}; });
}

TEST(Prospects, TheNumberOfEvidenceRowsLiesInItsRange) {
  for (const std::size_t wrong : {std::size_t{0}, std::size_t{1001}}) {
    ProspectOptions options;
    options.evidence = wrong;
    refuse(ErrorCode::InvalidArgument, options);
  }
}

TEST(Prospects, ALongRunEndsWhenAskedTo) {
  std::stop_source source;
  source.request_stop();
  ProspectOptions options;
  options.stop = source.get_token();
  refuse(ErrorCode::Cancelled, options);
}

// ---- properties

/// Descendants by definition, chains left out.
std::set<SegmentId> below(const EnterpriseGraph& graph, SegmentId segment) {
  const Relation part_of = graph.relation(RelationKind::PartOf);
  std::set<SegmentId> found = {segment};
  for (std::size_t before = 0; before != found.size();) {
    before = found.size();
    for (std::uint64_t e = 0; e < part_of.size(); ++e) {
      const SegmentId parent{graph.local(part_of.target(EdgeId{e}))};
      if (found.contains(parent)) found.insert(SegmentId{graph.local(part_of.source(EdgeId{e}))});
    }
  }
  return found;
}

bool trusted(double confidence) {
  return std::lround(confidence * 255) >= std::lround(GapOptions().min_confidence * 255);
}

/// What a firm is trusted to make of one product: nothing when nothing, else its output in the
/// latest year that tells, unknown when none does.
std::optional<std::optional<double>> capacity(const EnterpriseGraph& graph, FirmId firm,
                                              SegmentId segment) {
  const Relation makes = graph.relation(RelationKind::Makes);
  const auto revenue = graph.number(graph.entity(firm), EntityNumber::Revenue);
  std::map<int, double> by_year;
  bool made = false;
  for (std::uint64_t e = 0; e < makes.size(); ++e) {
    const EdgeId edge{e};
    if (makes.source(edge) != graph.entity(firm)) continue;
    if (makes.target(edge) != graph.entity(segment)) continue;
    if (!trusted(makes.provenance(edge).confidence)) continue;
    made = true;
    const int year = makes.provenance(edge).year();
    const auto share = makes.number(edge, EdgeNumber::Share);
    if (const auto amount = makes.number(edge, EdgeNumber::Amount)) {
      by_year[year] = *amount;
    } else if (share && revenue) {
      by_year[year] = *share * revenue->value;
    }
  }
  if (!made) return std::nullopt;
  if (by_year.empty()) return std::optional<double>();
  return by_year.rbegin()->second;
}

void expect_sound(const Ranked& one, const ProspectOptions& options) {
  const EnterpriseGraph& graph = one.graph;
  for (const Prospect* prospect : everyone(one.list)) {
    SCOPED_TRACE(graph.name(graph.entity(prospect->firm)));
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < kPartCount; ++i) {
      const ScorePart& score = prospect->parts[i];
      sum += cents(score.points);
      EXPECT_EQ(static_cast<double>(cents(score.points)) / 100, score.points);
      EXPECT_GE(score.points, 0);
      EXPECT_GE(score.points_max, score.points);
      EXPECT_LE(score.points_max, options.policy.weights[i]);
      if (score.known) {
        EXPECT_EQ(score.points, score.points_max);
      }
    }
    EXPECT_EQ(cents(prospect->score), sum);
    EXPECT_EQ(static_cast<double>(sum) / 100, prospect->score);
    EXPECT_EQ(prospect->grade, prospect->score >= options.policy.grade_a   ? 'A'
                               : prospect->score >= options.policy.grade_b ? 'B'
                                                                           : 'C');
    // Reasons and evidence.
    for (const Text& reason : prospect->reasons) {
      EXPECT_FALSE(reason.en.empty());
      EXPECT_FALSE(reason.zh.empty());
      EXPECT_NE(reason.en, reason.zh);
    }
    EXPECT_EQ(prospect->reasons.empty(), prospect->status == ProspectStatus::Screened);
    EXPECT_LE(prospect->evidence.size(), options.evidence);
    std::set<std::pair<RelationKind, EdgeId>> seen;
    for (const Evidence& evidence : prospect->evidence) {
      const Relation relation = graph.relation(evidence.relation);
      ASSERT_LT(raw(evidence.edge), relation.size());
      EXPECT_EQ(relation.source(evidence.edge), evidence.from);
      EXPECT_EQ(relation.target(evidence.edge), evidence.to);
      EXPECT_TRUE(seen.emplace(evidence.relation, evidence.edge).second);
    }
    const std::set<std::string> unknown(prospect->unknown.begin(), prospect->unknown.end());
    EXPECT_EQ(unknown.size(), prospect->unknown.size());
    EXPECT_EQ(unknown.contains("region"),
              standing(graph, prospect->firm, one.report.district) == Standing::Unknown);
  }
}

/// Who is on the list, where, and with which gaps, by definition.
void expect_complete(const Ranked& one) {
  const EnterpriseGraph& graph = one.graph;
  const Relation makes = graph.relation(RelationKind::Makes);
  std::map<FirmId, const Prospect*> listed;
  for (const Prospect* prospect : everyone(one.list)) {
    EXPECT_TRUE(listed.emplace(prospect->firm, prospect).second);
  }
  std::size_t expected = 0;
  for (std::uint32_t f = 0; f < graph.size(EntityKind::Firm); ++f) {
    const FirmId firm{f};
    const EntityId entity = graph.entity(firm);
    const Standing where = standing(graph, firm, one.report.district);
    std::map<std::size_t, std::optional<double>> gaps;
    std::set<FirmId> anchors;
    std::set<SegmentId> sold;  // what it makes of all of them with a known output
    for (std::size_t g = 0; g < one.report.gaps.size(); ++g) {
      const Gap& gap = one.report.gaps[g];
      std::set<SegmentId> known;  // what it makes of it with a known output
      bool fills = false;
      for (const SegmentId segment : below(graph, gap.segment)) {
        const auto made = capacity(graph, firm, segment);
        fills = fills || made;
        if (made && *made) known.insert(segment);
      }
      if (!fills) continue;
      sold.insert(known.begin(), known.end());
      std::optional<double> output;
      for (const SegmentId segment : known) {
        const bool counted_above = std::ranges::any_of(known, [&](SegmentId other) {
          return other != segment && below(graph, other).contains(segment);
        });
        if (!counted_above) output = output.value_or(0) + **capacity(graph, firm, segment);
      }
      gaps[g] = output && gap.leakage_max ? std::optional(std::min(*output, *gap.leakage_max))
                                          : std::nullopt;
      const bool bought =
          gap.kind == GapKind::Missing || gap.kind == GapKind::Weak || gap.kind == GapKind::Open;
      if (bought) anchors.insert(gap.anchors.begin(), gap.anchors.end());
    }
    const bool candidate =
        !gaps.empty() && (where == Standing::Outside || where == Standing::Unknown);
    ASSERT_EQ(listed.contains(firm), candidate);
    if (!candidate) continue;
    ++expected;
    const Prospect& prospect = *listed[firm];
    std::map<std::size_t, std::optional<double>> actual;
    for (const FilledGap& filled : prospect.gaps) {
      const auto purchases = filled.purchases;
      actual[filled.gap] = purchases ? std::optional(purchases->value) : std::nullopt;
      EXPECT_EQ(makes.source(filled.makes), entity);
      EXPECT_EQ(makes.target(filled.makes), graph.entity(filled.segment));
      EXPECT_TRUE(below(graph, one.report.gaps[filled.gap].segment).contains(filled.segment));
    }
    EXPECT_EQ(actual.size(), prospect.gaps.size());
    ASSERT_EQ(actual.size(), gaps.size());
    double largest = 0;
    double sum = 0;
    for (const auto& [g, purchases] : gaps) {
      ASSERT_TRUE(actual.contains(g));
      ASSERT_EQ(actual[g].has_value(), purchases.has_value());
      if (!purchases) continue;
      EXPECT_NEAR(*actual[g], *purchases, 1e-9 * *purchases);
      largest = std::max(largest, *purchases);
      sum += *purchases;
    }
    if (prospect.purchases) {
      EXPECT_LE(prospect.purchases->value, sum * (1 + 1e-9));
      // Of what it states for a segment and for one below it the former is all that it makes, be it
      // a gap or not.
      double made = 0;
      for (std::uint32_t i = 0; i < graph.size(EntityKind::Segment); ++i) {
        const auto whole = capacity(graph, firm, SegmentId{i});
        const std::set<SegmentId> under = below(graph, SegmentId{i});
        const bool above =
            std::ranges::any_of(sold, [&](SegmentId segment) { return under.contains(segment); });
        if (whole && *whole && above) sold.insert(SegmentId{i});
      }
      for (const SegmentId segment : sold) {
        const bool counted_above = std::ranges::any_of(sold, [&](SegmentId other) {
          return other != segment && below(graph, other).contains(segment);
        });
        if (!counted_above) made += **capacity(graph, firm, segment);
      }
      EXPECT_GE(prospect.purchases->value, std::min(largest, made) * (1 - 1e-9));
    } else {
      EXPECT_EQ(sum, 0);
    }
    EXPECT_EQ(std::set<FirmId>(prospect.anchors.begin(), prospect.anchors.end()),
              std::set<FirmId>(anchors.begin(), anchors.end()));
    EXPECT_TRUE(std::ranges::is_sorted(
        prospect.anchors, [&](FirmId a, FirmId b) { return told_before(graph, a, b); }));

    // Controls a firm inside, through any number of firms: the closure by rounds over all edges.
    const Relation owns = graph.relation(RelationKind::Owns);
    std::set<EntityId> group = {entity};
    for (bool grown = true; grown;) {
      grown = false;
      for (std::uint64_t e = 0; e < owns.size(); ++e) {
        const EdgeId edge{e};
        if (!group.contains(owns.source(edge))) continue;
        std::optional<double> share;  // of the latest year that tells
        for (std::uint64_t other = 0; other < owns.size(); ++other) {
          const EdgeId same{other};
          if (owns.source(same) != owns.source(edge) || owns.target(same) != owns.target(edge)) {
            continue;
          }
          if (const auto told = owns.number(same, EdgeNumber::Share)) share = told;
        }
        if (share.value_or(1) >= 0.5) grown = group.insert(owns.target(edge)).second || grown;
      }
    }
    group.erase(entity);
    const bool owner = std::ranges::any_of(group, [&](EntityId owned) {
      return standing(graph, FirmId{graph.local(owned)}, one.report.district) == Standing::Inside;
    });
    const bool screened =
        graph.text(entity, EntityText::Risks).find("失信") != std::string_view::npos;
    EXPECT_EQ(prospect.status, screened                     ? ProspectStatus::Screened
                               : owner                      ? ProspectStatus::Expansion
                               : where == Standing::Unknown ? ProspectStatus::Unlocated
                                                            : ProspectStatus::Prospect);
    if (where == Standing::Unknown) {
      EXPECT_NE(prospect.status, ProspectStatus::Prospect);
    }
  }
  EXPECT_EQ(listed.size(), expected);
}

/// Ranks and rank intervals as the header defines them, everyone against everyone.
void expect_ranks(const std::vector<Prospect>& list) {
  const auto best = [](const Prospect& prospect) {
    std::int64_t sum = 0;
    for (const ScorePart& score : prospect.parts) sum += cents(score.points_max);
    return sum;
  };
  for (const Prospect& prospect : list) {
    std::uint32_t rank = 1;
    std::uint32_t rank_best = 1;
    std::uint32_t rank_worst = 1;
    for (const Prospect& other : list) {
      if (other.firm == prospect.firm) continue;
      // Scores of one whole point share a rank.
      const auto before = [&](std::int64_t theirs, std::int64_t own) {
        return (theirs + 50) / 100 > (own + 50) / 100;
      };
      rank += before(cents(other.score), cents(prospect.score)) ? 1 : 0;
      rank_best += before(cents(other.score), best(prospect)) ? 1 : 0;
      rank_worst += before(best(other), cents(prospect.score)) ? 1 : 0;
    }
    EXPECT_EQ(prospect.rank, rank);
    EXPECT_EQ(prospect.rank_best, rank_best);
    EXPECT_EQ(prospect.rank_worst, rank_worst);
    EXPECT_LE(prospect.rank_best, prospect.rank);
    EXPECT_LE(prospect.rank, prospect.rank_worst);
  }
}

TEST(Prospects, HoldTheirDefinitionsOnRandomGraphs) {
  std::array<std::size_t, 4> listed{};
  for (std::uint64_t seed = 1; seed <= 90; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    ProspectOptions options;
    options.evidence = 1 + seed % 8;
    options.policy.main_share = 0;  // whatever it makes counts, as in the definition
    const Ranked one =
        ranked(test::random_graph(seed, {.firms = 40, .segments = 12, .sites = 0, .density = 0.8}),
               options);
    expect_sound(one, options);
    expect_complete(one);
    expect_ranks(one.list.prospects);
    expect_ranks(one.list.unlocated);
    expect_ranks(one.list.expansions);
    EXPECT_TRUE(std::ranges::is_sorted(
        one.list.screened, [&](FirmId a, FirmId b) { return told_before(one.graph, a, b); },
        &Prospect::firm));
    listed[0] += one.list.prospects.size();
    listed[1] += one.list.unlocated.size();
    listed[2] += one.list.expansions.size();
    listed[3] += one.list.screened.size();
  }
  for (const std::size_t count : listed) EXPECT_GT(count, 30U);
}

TEST(Prospects, TheSameInputGivesTheSameList) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto once = [&] {
      return told(ranked(test::random_graph(seed, {.firms = 40, .segments = 20})));
    };
    const std::string first = once();
    EXPECT_FALSE(first.empty());
    EXPECT_EQ(once(), first);
  }
}

/// What is raised of firm 0, the prospect.
struct Raise {
  int product = -1;  ///< which of its statements
  bool amount = false;
  bool confidence = false;
  bool revenue = false;
  std::optional<RelationKind> relation;  ///< a new one to or from a local firm
  bool outward = true;
};

/// Firm 0 in Shenzhen, four firms in the district, others around, and a tangle of relations.
EnterpriseGraph market(std::uint64_t seed, const Raise& raise) {
  std::mt19937_64 engine(seed);
  const auto below = [&](std::uint32_t bound) {
    return static_cast<std::uint32_t>(engine() % bound);
  };
  GraphBuilder builder;
  constexpr std::uint32_t kFirms = 9;
  constexpr std::uint32_t kSegments = 6;
  for (std::uint32_t i = 0; i < kFirms; ++i) {
    const EntityRef node = builder.add(EntityKind::Firm, "f" + std::to_string(i));
    const std::uint32_t region = i == 0 ? 440305 : i < 5 ? 500104 : i < 7 ? 500107 : 440305;
    builder.set_region(node, {RegionCode{region}, {}});
    const double revenue = 1e6 * (1 + below(3000));
    const bool known = below(3) != 0;
    if (known) {
      const bool raised = i == 0 && raise.revenue;
      builder.set(node, EntityNumber::Revenue, {raised ? revenue * 3 : revenue, {}});
    }
    if (i > 0 && i < 5 && below(2) == 0) builder.set_anchor(FirmId{i});
  }
  for (std::uint32_t i = 0; i < kSegments; ++i) {
    builder.add(EntityKind::Segment, "s" + std::to_string(i));
    if (i > 0 && below(4) != 0) {
      builder.relate(RelationKind::PartOf, SegmentId{i}, SegmentId{below(i)});
    }
  }
  const EntityRef chamber = builder.add(EntityKind::Organization, "o");
  const auto random_makes = [&](FirmId firm, bool amount_raised, bool confidence_raised) {
    EdgeAttributes attributes;
    Provenance provenance;
    if (below(6) != 0) attributes.amount = 1e6 * (1 + below(900)) * (amount_raised ? 4 : 1);
    if (below(2) == 0) attributes.share = below(9) / 8.0;
    // All trusted: one that is not yet would speak for other figures.
    provenance.confidence = 0.4F + 0.2F * static_cast<float>(below(3));
    if (confidence_raised) provenance.confidence = 1;
    // Distinct years, so that no two statements merge.
    provenance.as_of.year = static_cast<std::int16_t>(2000 + below(25));
    builder.relate(RelationKind::Makes, firm, SegmentId{below(kSegments)}, attributes, provenance);
  };
  for (int k = 0; k < 3; ++k) {
    random_makes(FirmId{0}, raise.amount && k == raise.product,
                 raise.confidence && k == raise.product);
  }
  for (std::uint32_t i = 1; i < kFirms; ++i) {
    random_makes(FirmId{i}, false, false);
    if (below(2) == 0) random_makes(FirmId{i}, false, false);
  }
  for (int k = 0; k < 10; ++k) {
    EdgeAttributes attributes;
    if (below(6) != 0) attributes.coefficient = 1 + below(9);
    const SegmentId from{below(kSegments)};
    const SegmentId to{below(kSegments)};
    if (from != to) builder.relate(RelationKind::Requires, from, to, attributes);
  }
  for (int k = 0; k < 12; ++k) {
    const FirmId from{below(kFirms)};
    const FirmId to{below(kFirms)};
    const bool supplies = below(4) != 0;
    if (from != to) {
      builder.relate(supplies ? RelationKind::Supplies : RelationKind::Cooperates, from, to);
    }
  }
  const FirmId local{1 + below(4)};
  builder.relate(RelationKind::MemberOf, local, chamber);
  if (raise.relation == RelationKind::MemberOf) {
    builder.relate(RelationKind::MemberOf, FirmId{0}, chamber);
  } else if (raise.relation) {
    const FirmId from = raise.outward ? FirmId{0} : local;
    const FirmId to = raise.outward ? local : FirmId{0};
    builder.relate(*raise.relation, from, to);
  }
  return builder.build();
}

std::optional<double> score_of_first(const EnterpriseGraph& graph) {
  ProspectOptions options;
  options.policy.main_share = 0;  // else a surer statement of a small share would take its place
  const Ranked one = ranked(graph, options);
  for (const Prospect* prospect : everyone(one.list)) {
    if (prospect->firm == FirmId{0}) return prospect->score;
  }
  return std::nullopt;
}

TEST(Prospects, WhatSpeaksForAFirmNeverLowersItsScore) {
  std::vector<Raise> raises(1);
  raises[0].revenue = true;
  for (int product = 0; product < 3; ++product) {
    Raise raise;
    raise.product = product;
    raise.amount = true;
    raises.push_back(raise);
    raise.amount = false;
    raise.confidence = true;
    raises.push_back(raise);
  }
  for (const RelationKind relation : {RelationKind::Supplies, RelationKind::Owns,
                                      RelationKind::Cooperates, RelationKind::MemberOf}) {
    for (const bool outward : {true, false}) {
      Raise raise;
      raise.relation = relation;
      raise.outward = outward;
      raises.push_back(raise);
    }
  }
  std::vector<int> rose(raises.size());
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const auto before = score_of_first(market(seed, {}));
    if (!before) continue;
    for (std::size_t i = 0; i < raises.size(); ++i) {
      const auto after = score_of_first(market(seed, raises[i]));
      ASSERT_TRUE(after.has_value());
      EXPECT_GE(*after, *before) << "seed " << seed << ", change " << i;
      rose[i] += *after > *before ? 1 : 0;
    }
  }
  for (std::size_t i = 0; i < raises.size(); ++i) EXPECT_GT(rose[i], 5) << "change " << i;
}

/// Firms that supply each other densely: 0 … 2 in Shenzhen, 3 … 6 in the district, of which 3 and 4
/// are anchors, the others elsewhere.
struct Web {
  static constexpr std::uint32_t kFirms = 14;
  static constexpr std::uint32_t kSegments = 4;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> supplies;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> cooperates;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> makes;

  explicit Web(std::uint64_t seed) {
    std::mt19937_64 engine(seed);
    const auto below = [&](std::uint32_t bound) {
      return static_cast<std::uint32_t>(engine() % bound);
    };
    std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
    while (pairs.size() < 34) {
      const std::uint32_t from = below(kFirms);
      const std::uint32_t to = below(kFirms);
      if (from != to) pairs.emplace(from, to);
    }
    supplies.assign(pairs.begin(), pairs.end());
    for (int k = 0; k < 4; ++k) {
      const std::uint32_t from = below(kFirms);
      const std::uint32_t to = below(kFirms);
      if (from < to) cooperates.emplace_back(from, to);
    }
    for (std::uint32_t i = 0; i < kFirms; ++i) makes.emplace_back(i, i < 3 ? 1 + below(3) : 0);
  }

  /// @param rows  Shuffles entities and relations; 0 leaves them as they are.
  [[nodiscard]] EnterpriseGraph graph(std::uint64_t rows = 0) const {
    std::mt19937_64 engine(rows);
    const auto shuffled = [&](std::uint32_t count) {
      std::vector<std::uint32_t> order(count);
      for (std::uint32_t i = 0; i < count; ++i) order[i] = i;
      if (rows != 0) std::shuffle(order.begin(), order.end(), engine);
      return order;
    };
    GraphBuilder builder;
    std::vector<FirmId> firm_of(kFirms);
    std::vector<SegmentId> segment_of(kSegments);
    std::uint32_t next = 0;
    for (const std::uint32_t i : shuffled(kFirms)) {
      const EntityRef node = builder.add(EntityKind::Firm, "f" + std::to_string(i));
      builder.set(node, EntityText::Key, std::to_string(engine() % 1000000));  // the source's id
      const std::uint32_t region = i < 3 ? 440305 : i < 7 ? 500104 : 500107;
      builder.set_region(node, {RegionCode{region}, {}});
      if (i == 3 || i == 4) builder.set_anchor(FirmId{next});
      firm_of[i] = FirmId{next++};
    }
    next = 0;
    for (const std::uint32_t i : shuffled(kSegments)) {
      builder.add(EntityKind::Segment, "s" + std::to_string(i));
      segment_of[i] = SegmentId{next++};
    }
    for (std::uint32_t i = 1; i < kSegments; ++i) {
      builder.relate(RelationKind::Requires, segment_of[0], segment_of[i]);
    }
    for (const std::uint32_t i : shuffled(static_cast<std::uint32_t>(makes.size()))) {
      builder.relate(RelationKind::Makes, firm_of[makes[i].first], segment_of[makes[i].second]);
    }
    for (const std::uint32_t i : shuffled(static_cast<std::uint32_t>(supplies.size()))) {
      builder.relate(RelationKind::Supplies, firm_of[supplies[i].first],
                     firm_of[supplies[i].second]);
    }
    for (const auto& [from, to] : cooperates) {
      builder.relate(RelationKind::Cooperates, firm_of[from], firm_of[to]);
    }
    return builder.build();
  }
};

TEST(Prospects, WithoutARowThatItCitesAFirmIsNoNearer) {
  std::size_t removed = 0;
  std::size_t fell = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    const Web web(seed);
    const Ranked before = ranked(web.graph());
    for (const Prospect* prospect : everyone(before.list)) {
      for (const Evidence& cited : prospect->evidence) {
        Web without = web;
        auto& rows =
            cited.relation == RelationKind::Supplies ? without.supplies : without.cooperates;
        const auto row = std::ranges::find(rows, std::pair(raw(cited.from), raw(cited.to)));
        const bool between_firms =
            cited.relation == RelationKind::Supplies || cited.relation == RelationKind::Cooperates;
        if (!between_firms || row == rows.end()) continue;
        rows.erase(row);
        const Ranked after = ranked(without.graph());
        const double was = part(*prospect, ScorePartKind::Proximity);
        const double is = part(find(after, before.graph.name(before.graph.entity(prospect->firm))),
                               ScorePartKind::Proximity);
        EXPECT_LE(is, was) << "seed " << seed << ", firm " << raw(prospect->firm) << " without "
                           << raw(cited.from) << " → " << raw(cited.to);
        ++removed;
        fell += is < was ? 1 : 0;
      }
    }
  }
  EXPECT_GT(removed, 1000U);
  EXPECT_GT(fell, 300U);
}

TEST(Prospects, TheOrderOfRowsDoesNotShow) {
  const auto told = [](const Ranked& one) {
    std::vector<std::tuple<std::string, std::uint32_t, std::uint32_t, std::uint32_t, double>> rows;
    for (const Prospect* prospect : everyone(one.list)) {
      rows.emplace_back(one.graph.name(one.graph.entity(prospect->firm)), prospect->rank,
                        prospect->rank_best, prospect->rank_worst, prospect->score);
    }
    return rows;
  };
  const auto gaps = [](const Ranked& one) {
    Words segments;
    for (const Gap& gap : one.report.gaps) {
      segments.emplace_back(one.graph.name(one.graph.entity(gap.segment)));
    }
    return segments;
  };
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Web web(seed);
    const Ranked first = ranked(web.graph());
    EXPECT_EQ(gaps(first), (Words{"s1", "s2", "s3"}));
    for (std::uint64_t rows = 1; rows <= 10; ++rows) {
      const Ranked other = ranked(web.graph(rows));
      EXPECT_EQ(told(other), told(first)) << "seed " << seed << ", rows " << rows;
      EXPECT_EQ(gaps(other), gaps(first)) << "seed " << seed << ", rows " << rows;
    }
  }
}

/// How many instances of a relation join the two ends: of several, years apart, the latest holds.
std::size_t told_of(const EnterpriseGraph& graph, RelationKind kind, EntityId from, EntityId to) {
  std::size_t count = 0;
  for (const EntityId target : graph.relation(kind).targets(from)) count += target == to ? 1 : 0;
  return count;
}

/// Whether a firm makes something below the segment that a row of its products names.
bool bounds_others(const EnterpriseGraph& graph, const Evidence& made) {
  const SegmentId segment{graph.local(made.to)};
  const std::set<SegmentId> under = below(graph, segment);
  return std::ranges::any_of(
      graph.relation(RelationKind::Makes).targets(made.from), [&](EntityId other) {
        return other != made.to && under.contains(SegmentId{graph.local(other)});
      });
}

/// The measures that parts of a score are taken by: the largest purchases outside, and the greatest need.
std::pair<double, double> measures(const GapReport& report) {
  std::pair<double, double> most;
  for (const Gap& gap : report.gaps) {
    most.first = std::max(most.first, gap.leakage_max.value_or(0));
    if (gap.kind == GapKind::Hidden || gap.kind == GapKind::Extension) continue;
    most.second = std::max(most.second, gap.need_weight.value_or(0));
  }
  return most;
}

/// Why a row may count against the firm that cites it, or nothing.
enum class Against : std::uint8_t {
  Nothing,
  Superseded,  ///< an earlier row about the same ends holds again
  Bound,       ///< it says all that the firm makes above another segment
  MadeHere,    ///< its maker stands here: without it the district lacks more
  Unsure,  ///< a need told with little confidence: without it the segment is needed later or extends
           ///< what is made here, which may be surer
  Measure,  ///< what purchases and needs are measured by rests on it
};

/// Whether nobody here needs the segment: another gap once filled would, or goods made here go into it.
bool needed_later(const Ranked& one, SegmentId segment) {
  const auto gap = std::ranges::find(one.report.gaps, segment, &Gap::segment);
  return gap != one.report.gaps.end() &&
         (gap->kind == GapKind::Hidden || gap->kind == GapKind::Extension);
}

Against against(const Ranked& before, const Ranked& after, const Prospect& was, const Prospect& is,
                const Evidence& cited) {
  const EnterpriseGraph& graph = before.graph;
  if (told_of(graph, cited.relation, cited.from, cited.to) > 1) return Against::Superseded;
  const bool makes = cited.relation == RelationKind::Makes;
  if (makes && bounds_others(graph, cited)) return Against::Bound;
  if (makes && standing(graph, FirmId{graph.local(cited.from)}, before.report.district) ==
                   Standing::Inside) {
    return Against::MadeHere;
  }
  if (cited.relation == RelationKind::Requires) {
    const SegmentId needed{graph.local(cited.to)};
    if (!needed_later(before, needed) && needed_later(after, needed)) return Against::Unsure;
  }
  const auto [leakage, need] = measures(before.report);
  const auto [leakage_then, need_then] = measures(after.report);
  // It brings home no more, and what is not measured by them is no better.
  const double brought = was.purchases.value_or(Figure{}).value;
  if (is.purchases.value_or(Figure{}).value > brought * (1 + 1e-9)) return Against::Nothing;
  for (const ScorePartKind part :
       {ScorePartKind::Anchors, ScorePartKind::Proximity, ScorePartKind::Fit, ScorePartKind::Scale,
        ScorePartKind::Quality, ScorePartKind::Distance}) {
    const auto i = static_cast<std::size_t>(part);
    if (is.parts[i].points > was.parts[i].points) return Against::Nothing;
  }
  const bool weighed = before.report.weighted && !after.report.weighted;
  return leakage_then < leakage || need_then < need || weighed ? Against::Measure
                                                               : Against::Nothing;
}

// Of every row that a firm cites, whatever it tells: the whole score, not only one part of it. It may
// rise only where the row counts against the firm, or where what purchases and needs are measured by
// rests on the row; docs/policy.md says so.
TEST(Prospects, WithoutARowThatItCitesAFirmScoresNoMore) {
  std::map<RelationKind, std::size_t> removed;
  std::map<Against, std::size_t> rose;
  std::size_t fell = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Ranked before = ranked(test::random_graph(seed, {.firms = 16, .segments = 6}));
    for (const Prospect* prospect : everyone(before.list)) {
      for (const Evidence& cited : prospect->evidence) {
        const Ranked after = ranked(thaw(before.graph, [&](RelationKind kind, EdgeId edge) {
                                      return kind != cited.relation || edge != cited.edge;
                                    }).build());
        ++removed[cited.relation];
        const Prospect* now = nullptr;  // who makes nothing that fills a gap is on no list
        for (const Prospect* one : everyone(after.list)) {
          if (one->firm == prospect->firm) now = one;
        }
        const double is = now == nullptr ? 0 : now->score;
        fell += is < prospect->score ? 1 : 0;
        if (is <= prospect->score) continue;
        const Against why = against(before, after, *prospect, *now, cited);
        ++rose[why];
      }
    }
  }
  for (const RelationKind kind :
       {RelationKind::Makes, RelationKind::Supplies, RelationKind::Owns, RelationKind::Cooperates,
        RelationKind::MemberOf, RelationKind::Requires}) {
    EXPECT_GT(removed[kind], 10U) << relation_text(kind).en;
  }
  EXPECT_GT(fell, 100U);
  EXPECT_EQ(rose[Against::Nothing], 0U);
  for (const Against why : {Against::Superseded, Against::Bound, Against::MadeHere, Against::Unsure,
                            Against::Measure}) {
    EXPECT_GT(rose[why], 0U) << static_cast<int>(why);
  }
}

// 戊 makes 电池, which 甲 and 丁 buy here; its way to 甲 leads over 乙. That 乙 sells 电池 to 丁, too, shows a
// need and takes nothing from the way; that it sells 丁 something else, or nobody knows how much, does.
TEST(Prospects, WhoSellsWhatItMakesDoesNotCountAgainstItsWays) {
  const std::string ways =
      "甲{region=500104,anchor}; 丙{region=440305}; 戊{region=440305} -makes-> 电池; "
      "戊 -supplies-> 丙; 乙{region=440305} -supplies-> 丙; 乙 -supplies-> 甲; ";
  const auto nearness = [&](std::string_view more) {
    return part(find(ranked(ways + std::string(more)), "戊"), ScorePartKind::Proximity);
  };
  const std::string need = "庚{region=440305} -supplies{segment=电池,amount=1e6}-> 甲; ";
  const double alone = nearness(need);
  EXPECT_GT(alone, 0);
  const std::string other = "丁{region=500104}; 乙 -supplies{segment=电池,amount=2e6}-> 丁; ";
  EXPECT_EQ(nearness(need + other), alone);
  EXPECT_LT(nearness(need + "丁{region=500104}; 乙 -supplies{segment=隔膜,amount=2e6}-> 丁; "),
            alone);
  EXPECT_LT(nearness(need + "丁{region=500104}; 乙 -supplies{segment=电池}-> 丁; "), alone);
}

/// Buyers and anchors of the district, suppliers and makers elsewhere, with random purchases between them.
std::vector<std::string> random_purchases(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto any = [&](std::string_view letter, std::uint64_t count) {
    return std::string(letter) + std::to_string(random() % count);
  };
  const std::array<std::string_view, 3> goods = {"电池", "隔膜", "电芯"};
  std::vector<std::string> rows = {"a0{region=500104,anchor}", "a1{region=500104,anchor}"};
  for (int i = 0; i < 4; ++i) {
    rows.push_back("b" + std::to_string(i) + "{region=500104}");
    rows.push_back("s" + std::to_string(i) + "{region=440305}");
    rows.push_back("p" + std::to_string(i) + "{region=440305} -makes-> " +
                   std::string(goods[random() % 3]));
  }
  rows.emplace_back("s0 -makes-> 电池");
  rows.emplace_back("s1 -trades-> 隔膜");
  std::set<std::pair<std::string, std::string>> told;
  for (int i = 0; i < 30; ++i) {
    const bool maker = random() % 3 == 0;
    const std::string from = maker ? any("p", 4) : any("s", 4);
    const std::string to = random() % 3 == 0 ? any("a", 2) : any("b", 4);
    if (!told.emplace(from, to).second) continue;
    std::string row = from + " -supplies";
    if (!maker) {
      row += "{amount=" + std::to_string(1000000 + random() % 1000000);
      if (random() % 3 != 0) row += ",segment=" + std::string(goods[random() % 3]);
      row += "}";
    }
    rows.push_back(row + "-> " + to);
  }
  return rows;
}

TEST(Prospects, WithoutAPurchaseThatShowsANeedAFirmIsNoNearer) {
  std::size_t shown = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const std::vector<std::string> rows = random_purchases(seed);
    const Ranked before = ranked(fmt::format("{}", fmt::join(rows, "; ")));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].find("amount=") == std::string::npos) continue;
      const auto name = [](const Ranked& one, EntityId entity) { return one.graph.name(entity); };
      const std::string from = rows[i].substr(0, 2);
      const std::string to = rows[i].substr(rows[i].size() - 2);
      std::vector<std::string> without = rows;
      without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
      const Ranked after = ranked(fmt::format("{}", fmt::join(without, "; ")));
      for (const Prospect* prospect : everyone(before.list)) {
        const bool cites = std::ranges::any_of(prospect->evidence, [&](const Evidence& cited) {
          return cited.relation == RelationKind::Supplies && name(before, cited.from) == from &&
                 name(before, cited.to) == to;
        });
        if (!cites) continue;
        const std::string_view firm = name(before, before.graph.entity(prospect->firm));
        for (const Prospect* now : everyone(after.list)) {
          if (name(after, after.graph.entity(now->firm)) != firm) continue;
          ++shown;
          EXPECT_LE(part(*now, ScorePartKind::Proximity), part(*prospect, ScorePartKind::Proximity))
              << "seed " << seed << ", " << firm << " without " << rows[i];
        }
      }
    }
  }
  EXPECT_GT(shown, 200U);
}

// The firm states that it makes 1e7 of 电池, of which 电芯 for 8e7 is a part: 1e7 is all, whether or not
// somebody here needs 电池.
TEST(Prospects, WhatIsStatedAboveBoundsWhatIsMadeBelowEvenWhereThatIsNoGap) {
  const std::string made =
      "甲{region=500104,anchor} -makes{output=1e9}-> 整车 -requires{coef=0.4}-> 电芯 -part_of-> "
      "电池; "
      "乙{region=440305} -makes{output=1e7}-> 电池; 乙 -makes{output=8e7}-> 电芯";
  for (const std::string& more :
       {std::string(), std::string("; 整车 -requires{coef=0.1}-> 电池")}) {
    const Ranked one = ranked(made + more);
    EXPECT_DOUBLE_EQ(find(one, "乙").purchases->value, 1e7) << more;
  }
}

// ---- draws of the weights, and what would lift a firm

TEST(Prospects, DrawsAreTheSameForAnyNumberOfThreads) {
  const EnterpriseGraph graph = test::random_graph(3, {.firms = 400, .segments = 14});
  const GapReport report = find_gaps(graph, in_dadukou());
  ProspectOptions options;
  options.draws = 200;
  options.draws_top = 5;
  const ProspectList one = ProspectRanker(graph, {1}).rank(report, options);
  ASSERT_GT(one.prospects.size(), 5U);
  // Threads that the machine has no processor for are started, too.
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, 8);
  for (const unsigned threads : {1U, 2U, 4U, 8U}) {
    const ProspectList other = ProspectRanker(graph, {threads}).rank(report, options);
    ASSERT_EQ(one.prospects.size(), other.prospects.size());
    for (std::size_t i = 0; i < one.prospects.size(); ++i) {
      EXPECT_EQ(one.prospects[i].firm, other.prospects[i].firm) << threads;
      EXPECT_EQ(one.prospects[i].draws, other.prospects[i].draws) << threads;
    }
  }
  bool moved = false;
  for (std::size_t i = 0; i < one.prospects.size(); ++i) {
    ASSERT_TRUE(one.prospects[i].draws.has_value());
    EXPECT_LE(one.prospects[i].draws->rank_low, one.prospects[i].draws->rank_high);
    moved = moved || one.prospects[i].draws->rank_low < one.prospects[i].draws->rank_high;
  }
  EXPECT_TRUE(moved);
  options.seed = 2;
  const ProspectList other = ProspectRanker(graph, {1}).rank(report, options);
  EXPECT_EQ(names({graph, report, other}, other.prospects),
            names({graph, report, one}, one.prospects));
}

TEST(Prospects, DrawsAreOfAllFirmsWhicheverRowsAreReturned) {
  const EnterpriseGraph graph = test::random_graph(3, {.firms = 400, .segments = 14});
  const GapReport report = find_gaps(graph, in_dadukou());
  ProspectOptions options;
  options.draws = 50;
  const ProspectList all = rank_prospects(graph, report, options);
  options.top = 3;
  const ProspectList few = rank_prospects(graph, report, options);
  for (std::size_t i = 0; i < few.prospects.size(); ++i) {
    EXPECT_EQ(few.prospects[i].draws, all.prospects[i].draws);
  }
  options.draws = 0;
  EXPECT_EQ(rank_prospects(graph, report, options).prospects.at(0).draws, std::nullopt);
}

TEST(Prospects, DrawsOutOfRangeAreRefused) {
  ProspectOptions options;
  options.draws = kMostDraws + 1;
  refuse(ErrorCode::InvalidArgument, options);
  options.draws = 1;
  options.draws_top = 0;
  refuse(ErrorCode::InvalidArgument, options);
}

// A firm that earns what it lacks in one of the parts named stands among the first, and with less it
// does not.
TEST(Prospects, WhatLiftsAFirmIsJustEnough) {
  std::size_t lifted = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    ProspectOptions options;
    options.lift_into = 3;
    const Ranked one = ranked(test::random_graph(seed, {.firms = 400, .segments = 10}), options);
    const std::vector<Prospect>& rows = one.list.prospects;
    const auto rank_with = [&](const Prospect& row, double more) {
      const auto points = [](double score) { return std::floor(score + 0.5 + 1e-9); };
      return 1 + std::ranges::count_if(rows, [&](const Prospect& other) {
               return other.firm != row.firm && points(other.score) > points(row.score + more);
             });
    };
    for (const Prospect& row : rows) {
      ASSERT_TRUE(row.lift.has_value());
      if (row.rank <= 3) {
        EXPECT_EQ(row.lift->missing, 0);
        continue;
      }
      ++lifted;
      EXPECT_LE(rank_with(row, row.lift->missing), 3);
      EXPECT_GT(rank_with(row, row.lift->missing - 0.01), 3);
      for (const LiftingPart& part : row.lift->parts) {
        const auto i = static_cast<std::size_t>(part.part);
        EXPECT_GE(part.room, row.lift->missing);
        EXPECT_NEAR(part.room, one.list.policy.weights[i] - row.parts[i].points, 1e-9);
        EXPECT_TRUE(!part.unknown || !row.parts[i].known);
      }
    }
  }
  EXPECT_GT(lifted, 10U);
}

// ---- which rows are returned, and ProspectRanker

TEST(Prospects, RowsOfFirmsAskedForAreThoseOfTheWholeList) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 40, .density = 0.8});
    const Ranked all = ranked(graph);
    for (const Prospect* prospect : everyone(all.list)) {
      ProspectOptions options;
      options.firms = {prospect->firm};
      options.top = 1;
      Ranked alone = ranked(graph, options);
      ASSERT_EQ(everyone(alone.list).size(), 1U);
      EXPECT_EQ(alone.list.prospect_count, all.list.prospect_count);
      Ranked expected{graph, all.report, {}};
      expected.list.prospects = {*prospect};
      EXPECT_EQ(told(alone), told(expected));
    }
    ProspectOptions options;
    options.firms = {FirmId{0}, FirmId{39}, FirmId{39}};
    std::size_t listed = 0;
    for (const Prospect* prospect : everyone(all.list)) {
      listed += prospect->firm == FirmId{0} || prospect->firm == FirmId{39} ? 1 : 0;
    }
    EXPECT_EQ(everyone(ranked(graph, options).list).size(), listed);
  }
}

TEST(Prospects, TheBestOfEachGapAreThoseOfTheWholeList) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 40, .density = 0.8});
    const Ranked all = ranked(graph);
    ProspectOptions options;
    options.per_gap = 2;
    const Ranked some = ranked(graph, options);
    std::map<std::size_t, std::size_t> counts;
    std::vector<FirmId> expected;
    for (const Prospect& prospect : all.list.prospects) {
      bool wanted = false;
      for (const FilledGap& filled : prospect.gaps) wanted |= counts[filled.gap]++ < 2;
      if (wanted) expected.push_back(prospect.firm);
    }
    std::vector<FirmId> listed;
    for (const Prospect& prospect : some.list.prospects) listed.push_back(prospect.firm);
    EXPECT_EQ(listed, expected);
    EXPECT_EQ(some.list.prospect_count, all.list.prospect_count);
  }
}

TEST(Prospects, AShortListIsTheStartOfTheWholeOne) {
  const auto rows = [](const std::vector<Prospect>& prospects, std::size_t most) {
    using Row = std::tuple<FirmId, std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t,
                           double, std::vector<double>>;
    std::vector<Row> found;
    for (const Prospect& one : prospects) {
      if (found.size() == most) break;
      std::vector<double> points;
      for (const ScorePart& part : one.parts)
        points.insert(points.end(), {part.points, part.points_max});
      found.emplace_back(one.firm, one.rank, one.rank_best, one.rank_worst, one.alike, one.score,
                         points);
    }
    return found;
  };
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const EnterpriseGraph graph = test::random_graph(
        seed, {.firms = 200, .segments = 20, .density = seed % 2 == 0 ? 0.2 : 0.8});
    const ProspectList all = ranked(graph).list;
    for (const std::size_t most : {1U, 2U, 5U, 20U}) {
      ProspectOptions options;
      options.top = most;
      const ProspectList some = ranked(graph, options).list;
      EXPECT_EQ(rows(some.prospects, most), rows(all.prospects, most));
      EXPECT_EQ(rows(some.unlocated, most), rows(all.unlocated, most));
      EXPECT_EQ(rows(some.expansions, most), rows(all.expansions, most));
      EXPECT_EQ(some.prospect_count, all.prospect_count);
      EXPECT_EQ(some.screened.size(), all.screened.size());
      // Draws ask for every score in full.
      for (const std::size_t each : {1U, 4U}) {
        options.per_main_gap = each;
        options.draws = 0;
        const ProspectList few = ranked(graph, options).list;
        options.draws = 1;
        const ProspectList scored = ranked(graph, options).list;
        EXPECT_EQ(rows(few.prospects, most), rows(scored.prospects, most));
        EXPECT_EQ(rows(few.unlocated, most), rows(scored.unlocated, most));
        EXPECT_EQ(rows(few.expansions, most), rows(scored.expansions, most));
        EXPECT_EQ(few.screened_by, scored.screened_by);
      }
    }
    // Three firms from all over the list.
    ProspectOptions options;
    for (const std::size_t part : {1U, 2U, 3U}) {
      if (all.prospects.empty()) break;
      options.firms.push_back(all.prospects[(all.prospects.size() - 1) * part / 3].firm);
    }
    std::vector<Prospect> expected;
    for (const Prospect& one : all.prospects) {
      if (std::ranges::find(options.firms, one.firm) != options.firms.end()) {
        expected.push_back(one);
      }
    }
    if (expected.empty()) continue;
    EXPECT_EQ(rows(ranked(graph, options).list.prospects, 3), rows(expected, 3));
  }
}

TEST(Prospects, RowsWithoutReasonsAreOtherwiseTheSame) {
  const EnterpriseGraph graph = test::random_graph(3, {.firms = 40});
  ProspectOptions options;
  options.reasons = ReasonsOf::Nobody;
  const Ranked without = ranked(graph, options);
  Ranked with = ranked(graph);
  for (auto* part : {&with.list.prospects, &with.list.unlocated, &with.list.expansions}) {
    for (Prospect& prospect : *part) {
      EXPECT_FALSE(prospect.reasons.empty());
      prospect.reasons.clear();
      prospect.evidence.clear();
    }
  }
  EXPECT_EQ(told(without), told(with));
}

TEST(Prospects, ARankerGivesTheSameBytesForAnyNumberOfThreads) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 300, .segments = 20});
    const Ranked once = ranked(graph);
    for (const unsigned threads : {1U, 2U, 4U, 8U}) {
      const ProspectRanker ranker(graph, {threads});
      for (int again = 0; again < 2; ++again) {
        EXPECT_EQ(told({graph, once.report, ranker.rank(once.report)}), told(once));
      }
    }
  }
}

TEST(Prospects, ARankerServesManyThreadsAtOnce) {
  const EnterpriseGraph graph = test::random_graph(4, {.firms = 200, .segments = 20});
  const Ranked once = ranked(graph);
  const ProspectRanker ranker(graph);
  std::vector<std::string> results(4);
  std::vector<std::thread> threads;
  for (std::string& result : results) {
    threads.emplace_back([&graph, &once, &result, copy = ranker] {
      result = told({graph, once.report, copy.rank(once.report)});
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& result : results) EXPECT_EQ(result, told(once));
}

TEST(Prospects, ProgressIsToldAndAnAskedEndComesBeforeMoreOfIt) {
  const EnterpriseGraph graph = test::random_graph(5, {.firms = 200, .segments = 20});
  const GapReport report = find_gaps(graph, in_dadukou());
  std::map<std::string, std::uint64_t> done;
  ProspectOptions options;
  options.progress = [&](std::string_view stage, std::uint64_t now, std::uint64_t total) {
    EXPECT_LE(now, total);
    done[std::string(stage)] = now;
  };
  const ProspectList list = rank_prospects(graph, report, options);
  EXPECT_GE(done["score"], everyone(list).size());
  EXPECT_GT(done["explain"], 0U);
  for (const std::string_view last : {"score", "explain"}) {
    std::stop_source source;
    std::size_t told_after = 0;
    options.stop = source.get_token();
    options.progress = [&](std::string_view stage, std::uint64_t, std::uint64_t) {
      if (source.stop_requested()) ++told_after;
      if (stage == last) source.request_stop();
    };
    EXPECT_THROW((void)rank_prospects(graph, report, options), Error);
    EXPECT_EQ(told_after, 0U);
  }
}

// A district that makes motorcycles, by a table whose sector of them takes rubber goods.
struct Motorcycles {
  GraphBuilder builder;
  SegmentId rubber = sector("橡胶制品", "C291");
  SegmentId cycles = sector("其他交通运输设备", "C375");
  SegmentId drugs = sector("医药制品", "C27");
  FirmId tyres = maker("示例轮胎股份有限公司", "摩托车胎");
  FirmId stoppers = maker("示例胶塞股份有限公司", "医用胶塞");

  Motorcycles() {
    EdgeAttributes coefficient;
    coefficient.coefficient = 0.2;
    builder.relate(RelationKind::Requires, cycles, rubber, coefficient, {});
    builder.relate(RelationKind::Requires, drugs, cycles, coefficient, {});
    firm("甲摩托车厂", 500104, cycles, "C375 摩托车制造: 摩托车");
  }
  SegmentId sector(const char* name, const char* industry) {
    const SegmentId one{builder.add(EntityKind::Segment, name).local};
    builder.set(one, EntityNumber::OutputShare, {0.2, Basis::Stated});
    builder.set(one, EntityText::Type, "industry");
    builder.set(one, EntityText::Industry, industry);
    return one;
  }
  FirmId firm(const char* name, std::uint32_t region, SegmentId made, const char* detail) {
    const FirmId id{builder.add(EntityKind::Firm, name).local};
    builder.set_region(id, {RegionCode{region}, Basis::Stated});
    builder.set(id, EntityNumber::RegisteredCapital, {1e7, Basis::Stated});
    EdgeAttributes attributes;
    attributes.detail = detail;
    builder.relate(RelationKind::Makes, id, made, attributes, {});
    return id;
  }
  FirmId maker(const char* name, const char* product) {
    const FirmId id = firm(name, 440305, rubber, "C291 橡胶制品业");
    const SegmentId made{builder.add(EntityKind::Segment, product).local};
    builder.set(made, EntityText::Industry, "C291");
    EdgeAttributes share;
    share.share = 0.9;
    builder.relate(RelationKind::Makes, id, made, share, {});
    return id;
  }
  // What is ranked is in no graph of its own.
  struct Ranked {
    EnterpriseGraph graph;
    ProspectList list;
  };
  Ranked rank() {
    Ranked ranked{builder.build(), {}};
    GapOptions options;
    options.district.region = RegionCode{500104};
    ranked.list = rank_prospects(ranked.graph, find_gaps(ranked.graph, options));
    return ranked;
  }
};

TEST(ProspectsOfSectors, WhoMakesAnotherKindThanBuyersWorkUpFillsNoGap) {
  Motorcycles the;
  const auto [graph, list] = the.rank();
  ASSERT_EQ(list.prospects.size(), 1U);
  const Prospect& only = list.prospects[0];
  EXPECT_EQ(graph.name(graph.entity(only.firm)), "示例轮胎股份有限公司");
  ASSERT_TRUE(only.gaps[0].kind);
  EXPECT_EQ(goods_kinds()[*only.gaps[0].kind].name.en, "tyres of cycles");
  EXPECT_EQ(only.reasons[0].zh,
            "生产摩托车胎、自行车胎，本地未见此品类（“橡胶制品”环节），甲摩托车厂（注册资本1,"
            "000万元）需要"
            "；主营（明示）：摩托车胎 90%");
  EXPECT_EQ(only.reasons[0].en,
            "makes tyres of cycles, which no firm here names or mentions (橡胶制品), needed by "
            "甲摩托车厂 (registered capital CNY 10 m); its main business (stated): 摩托车胎 90%");
  EXPECT_EQ(only.reasons[1].zh, "尚无已知关系，可请甲摩托车厂以采购方身份引荐（推断）");
  EXPECT_EQ(only.reasons[1].en,
            "nobody is known to know it; 甲摩托车厂 could invite it as its buyer (inferred)");
}

// What is known to be bought says more than the table of kinds does.
TEST(ProspectsOfSectors, WhoSuppliesMakersLikeTheBuyersHereFillsTheGapWhateverItsKind) {
  Motorcycles the;
  const FirmId like = the.firm("示例外地摩托车厂", 370203, the.cycles, "C375 摩托车制造");
  the.builder.relate(RelationKind::Supplies, the.stoppers, like, {}, {});
  const auto [graph, list] = the.rank();
  ASSERT_EQ(list.prospects.size(), 2U);
  const auto at = std::ranges::find_if(list.prospects, [&graph = graph](const Prospect& one) {
    return graph.name(graph.entity(one.firm)) == "示例胶塞股份有限公司";
  });
  ASSERT_NE(at, list.prospects.end());
  EXPECT_EQ(at->gaps[0].kind, std::nullopt);
  const auto told = std::ranges::find(
      at->reasons, "已向与本地需求企业同类的企业供货：示例外地摩托车厂", &Text::zh);
  EXPECT_NE(told, at->reasons.end());
  const auto evidence =
      std::ranges::find(at->evidence, RelationKind::Supplies, &Evidence::relation);
  ASSERT_NE(evidence, at->evidence.end());
  EXPECT_EQ(graph.name(evidence->to), "示例外地摩托车厂");
}

TEST(ProspectsOfSectors, WhatWasSuppliedOnceAndHasEndedSaysNothing) {
  Motorcycles the;
  const FirmId like = the.firm("示例外地摩托车厂", 370203, the.cycles, "C375 摩托车制造");
  Provenance ended;
  ended.until = Date{2001};
  ended.as_of = Date{2020};
  the.builder.relate(RelationKind::Supplies, the.stoppers, like, {}, ended);
  const auto [graph, list] = the.rank();
  ASSERT_EQ(list.prospects.size(), 1U);
  EXPECT_EQ(graph.name(graph.entity(list.prospects[0].firm)), "示例轮胎股份有限公司");
}

TEST(ProspectsOfSectors, WhoIsOfTheSectorWithoutAKnownKindFitsLess) {
  Motorcycles the;
  the.firm("示例橡胶股份有限公司", 440305, the.rubber, "C291 橡胶制品业");
  const auto [graph, list] = the.rank();
  ASSERT_EQ(list.prospects.size(), 2U);
  const auto fit = [&rows = list.prospects](std::size_t i) {
    return rows[i].parts[static_cast<std::size_t>(ScorePartKind::Fit)].points;
  };
  EXPECT_DOUBLE_EQ(fit(0), 10 * (0.5 + 0.5 * 0.9));
  EXPECT_DOUBLE_EQ(fit(1), 10 * 0.5 * 0.2) << "no share is stated, no kind known";
}

// A purchase of 铜排 is stated; 铜母线 is the same thing by another name, and copper rod is not.
TEST(ProspectsOfSectors, WhoMakesTheKindOfAStatedPurchaseFillsItsGap) {
  Motorcycles the;
  const SegmentId bars{the.builder.add(EntityKind::Segment, "铜排").local};
  const FirmId buyer = the.firm("丁开关厂", 500104, the.cycles, "C375 摩托车制造: 摩托车");
  const FirmId seller{the.builder.add(EntityKind::Firm, "示例铜业有限公司").local};
  the.builder.set_region(seller, {RegionCode{320200}, Basis::Stated});
  EdgeAttributes purchase;
  purchase.amount = 2.5e7;
  purchase.segment = bars;
  the.builder.relate(RelationKind::Supplies, seller, buyer, purchase, {});
  const auto maker = [&](const char* name, const char* product) {
    const FirmId firm{the.builder.add(EntityKind::Firm, name).local};
    the.builder.set_region(firm, {RegionCode{360000}, Basis::Stated});
    EdgeAttributes share;
    share.share = 0.8;
    the.builder.relate(RelationKind::Makes, firm,
                       SegmentId{the.builder.add(EntityKind::Segment, product).local}, share, {});
    return firm;
  };
  const FirmId same = maker("示例母线股份有限公司", "铜母线系列");
  const FirmId rod = maker("示例铜杆股份有限公司", "铜杆");
  const FirmId parts = maker("示例配件股份有限公司", "铜母线配件");
  const auto [graph, list] = the.rank();
  const auto row = std::ranges::find(list.prospects, same, &Prospect::firm);
  ASSERT_NE(row, list.prospects.end());
  EXPECT_TRUE(
      row->reasons[0].zh.starts_with("生产铜母线系列（与“铜排”同类，推断），属缺链环节“铜排”"))
      << row->reasons[0].zh;
  for (const FirmId other : {rod, parts}) {
    EXPECT_EQ(std::ranges::find(list.prospects, other, &Prospect::firm), list.prospects.end());
  }
}

// Batteries may come, those of lead need approval: what a firm makes decides and not its sector.
TEST(ProspectsOfSectors, AScreenFiresOnWhatAKindIsMadeIn) {
  Motorcycles the;
  const SegmentId batteries = the.sector("电池", "C384");
  EdgeAttributes coefficient;
  coefficient.coefficient = 0.2;
  the.builder.relate(RelationKind::Requires, the.cycles, batteries, coefficient, {});
  const auto maker = [&](const char* name, const char* product) {
    const FirmId firm = the.firm(name, 440305, batteries, "C384 电池制造");
    const SegmentId made{the.builder.add(EntityKind::Segment, product).local};
    the.builder.set(made, EntityText::Industry, "C384");
    EdgeAttributes share;
    share.share = 0.9;
    the.builder.relate(RelationKind::Makes, firm, made, share, {});
    return firm;
  };
  const FirmId lead = maker("示例铅酸股份有限公司", "起动用铅酸电池");
  const FirmId lithium = maker("示例锂电股份有限公司", "锂离子电池");
  the.firm("丙电动车厂", 500104, the.cycles, "C377 助动车制造: 电动自行车");
  const auto [graph, list] = the.rank();
  EXPECT_NE(std::ranges::find(list.screened, lead, &Prospect::firm), list.screened.end());
  EXPECT_NE(std::ranges::find(list.prospects, lithium, &Prospect::firm), list.prospects.end());
}

// 5 million of capital are hardly a reason for a plant, 100 million are.
TEST(ProspectsOfSectors, BuyersOfSizeMakeAGapGraver) {
  const auto severity = [](double capital) {
    Motorcycles the;
    const FirmId buyer = the.firm("乙摩托车厂", 500104, the.cycles, "C375 摩托车制造: 摩托车");
    the.builder.set(buyer, EntityNumber::RegisteredCapital, {capital, Basis::Stated});
    const auto ranked = the.rank();
    return ranked.list.prospects.at(0)
        .parts[static_cast<std::size_t>(ScorePartKind::GapSeverity)]
        .points;
  };
  EXPECT_LT(severity(1e5), severity(4e7));
  EXPECT_LT(severity(4e7), severity(9e7));
  EXPECT_DOUBLE_EQ(severity(9e7), severity(9e8));
}

}  // namespace
}  // namespace liantu
