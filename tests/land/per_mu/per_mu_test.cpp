#include "liantu/land/per_mu/per_mu.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <random>
#include <sstream>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "support/sketch.hpp"
#include "support/source_tree.hpp"

namespace liantu {
namespace {

PerMuScheme bundled(const std::string& name) {
  std::stringstream text;
  text << std::ifstream(test::source_tree() + "/examples/per_mu/" + name).rdbuf();
  return parse_per_mu_scheme(text.str(), name);
}

const PerMuRow& row_of(const EnterpriseGraph& graph, const PerMuReport& report,
                       std::string_view name) {
  const FirmId firm = test::firm(graph, name);
  return *std::ranges::find(report.rows, firm, &PerMuRow::firm);
}

// Of the notice's own formula. 甲: 1500/50/24.097×30 = 37.3490, 6000/50/136.16×20 = 17.6263,
// 6000/2000/2.694×20 = 22.2717, 6000/1.5/4929.81×10 = 8.1139, 6000/300/18.14×10 = 11.0254,
// 500/25000/0.0302×10 = 6.6225, in all 103.0089. 乙: 12.4497 + 7.3443 + 7.4239 + 4.0570 + 8.8203
// + 0 = 40.0951. 丙 has no emissions and gets (8.1139 + 4.0570)/2 = 6.0854 for them: 18.6745 +
// 11.7509 + 23.7565 + 6.0854 + 11.0254 + 6.6225 = 77.9152. 丁, below designated size: 50/10/11.5932
// ×50 = 21.5644, 50 万元 by 100 万千瓦时 0.5/0.2352×50 = 106.2925, in all 127.8569.
TEST(PerMu, HuangyanIsReproducedToTheCent) {
  const auto graph = test::sketch(
      "甲{land=50,tax=1.5e7,value_added=6e7,energy=2000,emission=1.5,staff=300,research=5e6,"
      "revenue=2.5e8}; "
      "乙{land=80,tax=8e6,value_added=4e7,energy=4000,emission=2,staff=250,research=0,"
      "revenue=1.6e8}; "
      "丙{land=40,tax=6e6,value_added=3.2e7,energy=1000,staff=160,research=1.6e6,revenue=8e7}; "
      "丁{land=10,tax=5e5,electricity=1e6,revenue=1e7}");
  const PerMuReport report = rate_per_mu(graph, bundled("huangyan_2022.json"));
  ASSERT_EQ(report.rows.size(), 4U);
  const auto& first = row_of(graph, report, "甲");
  EXPECT_EQ(first.score, 103.01);
  EXPECT_EQ(first.rank, 1U);
  EXPECT_EQ(first.grade, std::nullopt);
  const double expected[] = {37.3490, 17.6263, 22.2717, 8.1139, 11.0254, 6.6225};
  for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(first.items[i].score, expected[i], 5e-5);
  EXPECT_EQ(row_of(graph, report, "乙").score, 40.10);
  const auto& third = row_of(graph, report, "丙");
  EXPECT_EQ(third.score, 77.92);
  EXPECT_EQ(third.rank, 2U);
  EXPECT_EQ(third.items[3].by, ScoredBy::Mean);
  EXPECT_NEAR(third.items[3].score, 6.0854, 5e-5);
  const auto& small = row_of(graph, report, "丁");
  EXPECT_EQ(small.in_class, 1U);
  EXPECT_EQ(small.score, 127.86);
  EXPECT_EQ(small.rank, 1U);
}

// Twenty firms of which only tax per mu differs: 45 × k / 10.5 and the other items' 55. Ranks 1 to 5
// are A, to 14 B, to 19 C, the last D; a start-up and a gas works stand apart, as B.
TEST(PerMu, CityByRankGradesShares) {
  std::string drawn;
  for (int k = 1; k <= 20; ++k) {
    drawn += fmt::format(
        "企{}{{land=10,tax={}e5,revenue=1e8,value_added=3e7,energy=1000,research=3e6,staff=100}}; ",
        k, k);
  }
  drawn +=
      "新{land=10,tax=9e7,revenue=1e8,value_added=3e7,energy=1000,research=3e6,staff=100,tags=初创}"
      "; "
      "气{land=10,revenue=1e8,industry=D4511}; 小{land=4,floor=100,revenue=1e6,tax=1}";
  const auto graph = test::sketch(drawn);
  const PerMuReport report = rate_per_mu(graph, bundled("city_by_rank.json"));
  std::string grades;
  for (int k = 20; k >= 1; --k) grades += *row_of(graph, report, fmt::format("企{}", k)).grade;
  EXPECT_EQ(grades, "AAAAABBBBBBBBBCCCCCD");
  EXPECT_NEAR(*row_of(graph, report, "企20").score, 45 * 20 / 10.5 + 55, 0.005);
  const auto& fresh = row_of(graph, report, "新");
  EXPECT_EQ(fresh.rated, RatedAs::Exempt);
  EXPECT_EQ(fresh.grade, 'B');
  EXPECT_EQ(fresh.rank, 0U);
  const auto& gas = row_of(graph, report, "气");
  EXPECT_EQ(gas.rated, RatedAs::Exempt);
  EXPECT_EQ(gas.score, std::nullopt);
  EXPECT_EQ(row_of(graph, report, "小").rated, RatedAs::NoClass);
  EXPECT_EQ(report.no_class, 1U);
  EXPECT_EQ(report.classes[0].grades, (std::array<std::size_t, 4>{5, 9, 5, 1}));
  // 企15, the best B, needs the score of 企16: 45/10.5 points, that is 1e5 CNY of tax.
  const auto& best_b = row_of(graph, report, "企15");
  ASSERT_TRUE(best_b.lift);
  EXPECT_EQ(best_b.lift->grade, 'A');
  EXPECT_NEAR(best_b.lift->points, 45 / 10.5, 0.01);
  EXPECT_EQ(best_b.lift->by.front().quantity, Quantity::Tax);
  EXPECT_NEAR(best_b.lift->by.front().to, 1.6e6, 200);
}

// Bases at twice the means: of tax per mu 2 × 20 = 40, of sales per mu 2 × 300 = 600, of tax per
// kWh 2 × 0.75 = 1.5. 甲: 30/40×45 + 400/600×35 + 1/1.5×20 = 33.75 + 23.33 + 13.33 = 70.42. 乙: 10/40×45
// + 200/600×35 + 0.5/1.5×20 = 11.25 + 11.67 + 6.67 = 29.58.
TEST(PerMu, HuaianTakesBasesFromMeans) {
  const auto graph = test::sketch(
      "甲{land=10,tax=3e6,revenue=4e7,electricity=3e6}; 乙{land=10,tax=1e6,revenue=2e7,"
      "electricity=2e6}; 新{land=10,tax=9e6,revenue=9e7,electricity=1,founded=2023-06-01,"
      "as_of=2024-12-31}");
  const PerMuReport report = rate_per_mu(graph, bundled("huaian_2024.json"));
  EXPECT_EQ(row_of(graph, report, "甲").score, 70.42);
  EXPECT_EQ(row_of(graph, report, "乙").score, 29.58);
  EXPECT_EQ(row_of(graph, report, "新").rated, RatedAs::Exempt);
  EXPECT_EQ(row_of(graph, report, "新").grade, std::nullopt);
}

PerMuScheme one_item(std::string_view more) {
  return parse_per_mu_scheme(
      R"({"name": "s", "classes": [{"name": "all", "items": [
          {"name": "tax", "numerator": "tax", "denominator": "land", "unit": "万元/亩", "base": 10, "points": 60},
          {"name": "em", "numerator": "value_added", "denominator": "emission", "unit": "万元/吨", "base": 10, "points": 40)" +
          std::string(more) + R"(}], "grades": {"by": "score", "A": 80, "B": 60, "C": 40}}]})",
      "s.json");
}

TEST(PerMu, MissingItemsAreWorthWhatTheSchemeSays) {
  const auto graph = test::sketch(
      "甲{land=10,tax=1e6,value_added=1e6,emission=10}; 乙{land=10,tax=1e6,value_added=1e6}");
  const auto second = [&](std::string_view more) {
    return row_of(graph, rate_per_mu(graph, one_item(more)), "乙");
  };
  EXPECT_EQ(second(R"(, "missing": "mean")").score, 100.0);
  EXPECT_EQ(second(R"(, "missing": "zero")").score, 60.0);
  EXPECT_EQ(second(R"(, "missing": "exempt")").score, 100.0);
  const PerMuRow unrated = second("");
  EXPECT_EQ(unrated.rated, RatedAs::Unrated);
  EXPECT_EQ(unrated.score, std::nullopt);
  EXPECT_EQ(unrated.lacking, std::vector<Quantity>{Quantity::Emission});
}

TEST(PerMu, CapsAndFloorsHold) {
  const auto graph = test::sketch(
      "甲{land=10,tax=1e6,value_added=9e6,emission=10}; 乙{land=10,tax=1e6,value_added=0,"
      "emission=10}");
  const PerMuReport report = rate_per_mu(graph, one_item(R"(, "cap": 60, "floor": 5)"));
  EXPECT_EQ(row_of(graph, report, "甲").score, 120.0);
  EXPECT_EQ(row_of(graph, report, "甲").items[1].by, ScoredBy::Cap);
  EXPECT_EQ(row_of(graph, report, "乙").score, 65.0);
  EXPECT_EQ(row_of(graph, report, "乙").items[1].by, ScoredBy::Floor);
}

TEST(PerMu, ZeroLandHasNoRatioAndIsSaid) {
  const auto graph = test::sketch("甲{land=0,tax=1e6,value_added=1e6,emission=10}");
  const PerMuReport report = rate_per_mu(graph, one_item(""));
  EXPECT_EQ(report.rows[0].rated, RatedAs::Unrated);
  EXPECT_EQ(report.rows[0].zero, std::vector<Quantity>{Quantity::Land});
}

TEST(PerMu, MeanOfNobodyLeavesTheFirmUnrated) {
  const auto graph = test::sketch("乙{land=10,tax=1e6,value_added=1e6}");
  const PerMuReport report = rate_per_mu(graph, one_item(R"(, "missing": "mean")"));
  EXPECT_EQ(report.rows[0].rated, RatedAs::Unrated);
}

TEST(PerMu, RegionAndRegisterDecideWhoIsRated) {
  const auto graph = test::sketch(
      "甲{region=500104,land=1,tax=1}; 乙{region=440300,land=1,tax=1}; "
      "丙{region=500104,status=注销,land=1,tax=1}");
  PerMuOptions options;
  options.region = RegionCode{500104};
  const PerMuReport report = rate_per_mu(graph, one_item(R"(, "missing": "zero")"), options);
  ASSERT_EQ(report.rows.size(), 1U);
  EXPECT_EQ(report.rows[0].firm, test::firm(graph, "甲"));
  EXPECT_TRUE(rate_per_mu(EnterpriseGraph(), one_item("")).rows.empty());
}

TEST(PerMu, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  PerMuOptions options;
  options.stop = stop.get_token();
  try {
    (void)rate_per_mu(test::sketch("甲"), one_item(""), options);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Cancelled);
  }
}

// Against the definition, written down plainly.
TEST(PerMu, RandomFirmsAgreeWithThePlainFormula) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> part(0.1, 2);
  for (int round = 0; round < 30; ++round) {
    std::string drawn;
    std::vector<double> tax;
    std::vector<double> added;
    std::vector<double> emission;
    constexpr int kFirms = 13;
    for (int i = 0; i < kFirms; ++i) {
      tax.push_back(std::round(1e6 * part(random)));
      added.push_back(std::round(1e6 * part(random)));
      emission.push_back(random() % 4 == 0 ? 0 : std::round(10 * part(random)) + 1);
      drawn += fmt::format("企{}{{land=10,tax={},value_added={}", i, tax.back(), added.back());
      if (emission.back() > 0) drawn += fmt::format(",emission={}", emission.back());
      drawn += "}; ";
    }
    const auto graph = test::sketch(drawn);
    const PerMuReport report = rate_per_mu(graph, one_item(R"(, "missing": "mean")"));
    double sum = 0;
    int known = 0;
    const auto of_emission = [&](int i) { return added[i] / emission[i] / 1e4 / 10 * 40; };
    for (int i = 0; i < kFirms; ++i) {
      if (emission[i] == 0) continue;
      sum += of_emission(i);
      ++known;
    }
    std::vector<double> scores;
    for (int i = 0; i < kFirms; ++i) {
      const double second = emission[i] == 0 ? sum / known : of_emission(i);
      scores.push_back(std::round((tax[i] / 10 / 1e4 / 10 * 60 + second) * 100) / 100);
    }
    for (int i = 0; i < kFirms; ++i) {
      const PerMuRow& row = row_of(graph, report, fmt::format("企{}", i));
      EXPECT_EQ(row.score, scores[i]);
      const auto higher =
          std::ranges::count_if(scores, [&](double one) { return one > scores[i]; });
      EXPECT_EQ(row.rank, static_cast<std::uint32_t>(higher) + 1);
      const char grade = scores[i] >= 80   ? 'A'
                         : scores[i] >= 60 ? 'B'
                         : scores[i] >= 40 ? 'C'
                                           : 'D';
      EXPECT_EQ(row.grade, grade);
    }
  }
}

// 15 万元/亩 asked: 甲 has 20, 乙 10, of 丙 the land is not known.
TEST(PerMu, FloorsScreenAsFarAsDataAllow) {
  const auto graph =
      test::sketch("甲{land=10,tax=2e6}; 乙{land=10,tax=1e6:estimated}; 丙{tax=1e6}");
  const std::vector<FirmId> firms = {FirmId{0}, FirmId{1}, FirmId{2}};
  const std::vector<PerMuFloor> floors = {{Quantity::Tax, Quantity::Land, "万元/亩", 15, {}}};
  const auto checks = check_floors(graph, firms, floors);
  EXPECT_EQ(checks[0], (std::vector<FloorCheck>{{FloorHeld::Held, 20.0, Basis::Stated}}));
  EXPECT_EQ(checks[1], (std::vector<FloorCheck>{{FloorHeld::Missed, 10.0, Basis::Estimated}}));
  EXPECT_EQ(checks[2],
            (std::vector<FloorCheck>{{FloorHeld::Unknown, std::nullopt, Basis::Stated}}));
}

}  // namespace
}  // namespace liantu
