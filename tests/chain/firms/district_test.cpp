#include "liantu/chain/firms/district.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "chain/segments/taxonomy.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::firm;
using test::sketch;

constexpr RegionCode kDadukou{500104};

District complete(std::uint32_t region, std::uint32_t near = 0, std::uint32_t source_outside = 0) {
  return complete_district({RegionCode{region}, RegionCode{near}, RegionCode{source_outside}});
}

using Codes = std::vector<std::uint32_t>;

Codes codes(const District& district) {
  return {district.region.value(), district.near.value(), district.source_outside.value()};
}

/// Calls, expects the error in both languages, and returns the English message.
template <typename Call>
std::string refused(ErrorCode code, const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    EXPECT_NE(error.message().en, "");
    EXPECT_NE(error.message().zh, "");
    EXPECT_NE(error.message().en, error.message().zh);
    return error.message().en;
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

std::vector<std::string> names(const EnterpriseGraph& graph, const std::vector<FirmId>& firms) {
  std::vector<std::string> result;
  for (const FirmId one : firms) result.emplace_back(graph.name(graph.entity(one)));
  return result;
}

using Names = std::vector<std::string>;

// ---- complete_district

TEST(District, AMunicipalityIsItsOwnCityAndProvince) {
  EXPECT_EQ(codes(complete(500104)), (Codes{500104, 500000, 500000}));
}

TEST(District, ADistrictOfAnOrdinaryCityIsNearItsCityAndAtHomeInItsProvince) {
  EXPECT_EQ(codes(complete(440305)), (Codes{440305, 440300, 440000}));
}

TEST(District, ACountyRightUnderItsProvinceIsItsOwnCity) {
  EXPECT_EQ(codes(complete(429004)), (Codes{429004, 429004, 420000}));
}

TEST(District, CitiesAndProvincesMayBeExaminedToo) {
  EXPECT_EQ(codes(complete(440300)), (Codes{440300, 440300, 440000}));
  EXPECT_EQ(codes(complete(440000)), (Codes{440000, 440000, 440000}));
}

TEST(District, WhatIsGivenIsKept) {
  EXPECT_EQ(codes(complete(500104, 510100, 440000)), (Codes{500104, 510100, 440000}));
}

TEST(District, AnUnknownRegionIsRefused) {
  refused(ErrorCode::InvalidArgument, [] { return complete(0); });
}

TEST(District, RegionsThatDoNotExistAreRefused) {
  const auto expect = [](std::uint32_t region, std::uint32_t near, std::uint32_t outside) {
    const std::string message =
        refused(ErrorCode::NotFound, [&] { return complete(region, near, outside); });
    EXPECT_NE(message.find("999999"), std::string::npos) << message;
  };
  expect(999999, 0, 0);
  expect(500104, 999999, 0);
  expect(500104, 0, 999999);
}

// ---- standing

Standing seen(std::uint32_t region, const District& district) {
  const std::string place = region == 0 ? "" : "{region=" + std::to_string(region) + "}";
  const EnterpriseGraph graph = sketch("甲" + place);
  return standing(graph, FirmId{0}, district);
}

TEST(Standing, FirmsAreSeenFromAnOrdinaryCity) {
  const District nanshan = complete(440305);
  EXPECT_EQ(seen(440305, nanshan), Standing::Inside);
  EXPECT_EQ(seen(440306, nanshan), Standing::Home);
  EXPECT_EQ(seen(440106, nanshan), Standing::Home);
  EXPECT_EQ(seen(440100, nanshan), Standing::Home);
  EXPECT_EQ(seen(510104, nanshan), Standing::Outside);
  EXPECT_EQ(seen(510000, nanshan), Standing::Outside);
}

TEST(Standing, FirmsAreSeenFromAMunicipality) {
  const District dadukou = complete(500104);
  EXPECT_EQ(seen(500104, dadukou), Standing::Inside);
  EXPECT_EQ(seen(500107, dadukou), Standing::Home);
  EXPECT_EQ(seen(500229, dadukou), Standing::Home);  // a county
  EXPECT_EQ(seen(510104, dadukou), Standing::Outside);
}

TEST(Standing, UnknownIsNeverOutside) {
  for (const std::uint32_t region : {500104U, 440305U, 440300U, 440000U}) {
    EXPECT_EQ(seen(0, complete(region)), Standing::Unknown);
  }
}

TEST(Standing, ACodeCoarserThanTheQuestionIsUnknown) {
  EXPECT_EQ(seen(440300, complete(440305)), Standing::Unknown);  // anywhere in Shenzhen
  EXPECT_EQ(seen(440000, complete(440305)), Standing::Unknown);  // anywhere in Guangdong
  EXPECT_EQ(seen(500000, complete(500104)), Standing::Unknown);
  // Sichuan may or may not be Chengdu.
  EXPECT_EQ(seen(510000, complete(500104, 0, 510100)), Standing::Unknown);
}

TEST(Standing, IsAskedApartFromNearness) {
  const District elsewhere = complete(500104, 510100, 500000);
  EXPECT_EQ(seen(500107, elsewhere), Standing::Home);
  EXPECT_EQ(seen(510104, elsewhere), Standing::Outside);
  EXPECT_EQ(seen(510700, elsewhere), Standing::Outside);
  EXPECT_EQ(seen(500112, complete(500104, 0, 500104)), Standing::Outside);
}

TEST(Nearby, IsInNearButNotInTheDistrict) {
  const auto close = [](std::uint32_t region, const District& district) {
    const std::string place = region == 0 ? "" : "{region=" + std::to_string(region) + "}";
    return nearby(sketch("甲" + place), FirmId{0}, district);
  };
  const District nanshan = complete(440305);
  EXPECT_TRUE(close(440306, nanshan));
  for (const std::uint32_t region : {440305U, 440300U, 440000U, 440106U, 510104U, 0U}) {
    EXPECT_FALSE(close(region, nanshan)) << region;
  }
  const District elsewhere = complete(500104, 510100, 500000);
  EXPECT_TRUE(close(510104, elsewhere));
  EXPECT_FALSE(close(510000, elsewhere));  // Sichuan may or may not be Chengdu
  EXPECT_FALSE(close(500107, elsewhere));
  EXPECT_TRUE(close(500112, complete(500104, 0, 500104)));
}

// ---- choose_anchors

TEST(Anchors, ThoseGivenComeByNameCodeOrAlias) {
  const EnterpriseGraph graph = sketch(
      "甲{region=500104,anchor}; 乙{code=91500104MA5U000003,region=500104}; 丙{aliases=老丙}");
  const Anchors anchors = choose_anchors(graph, complete(500104),
                                         {.given = {"老丙", "91500104MA5U000003", "丙", "乙"}});
  EXPECT_EQ(names(graph, anchors.firms), (Names{"乙", "丙"}));
  EXPECT_EQ(anchors.basis, AnchorBasis::Given);
}

TEST(Anchors, ANameThatFitsNoFirmIsRefused) {
  const EnterpriseGraph graph = sketch("甲{region=500104}");
  for (const std::string words : {"乙", ""}) {
    refused(ErrorCode::NotFound,
            [&] { return choose_anchors(graph, complete(500104), {.given = {words}}); });
  }
  EXPECT_NE(refused(ErrorCode::NotFound,
                    [&] { return choose_anchors(graph, complete(500104), {.given = {"乙"}}); })
                .find("乙"),
            std::string::npos);
}

TEST(Anchors, ANameThatFitsSeveralFirmsIsRefusedWithTheirCodes) {
  const EnterpriseGraph graph = sketch("甲{code=91A,aliases=长江}; 乙{code=91B,aliases=长江}");
  const std::string message = refused(ErrorCode::InvalidArgument, [&] {
    return choose_anchors(graph, complete(500104), {.given = {"长江"}});
  });
  EXPECT_NE(message.find("甲 91A"), std::string::npos) << message;
  EXPECT_NE(message.find("乙 91B"), std::string::npos) << message;
}

TEST(Anchors, AFirmFromElsewhereIsRefused) {
  const EnterpriseGraph graph = sketch("甲{region=500112}; 乙{region=440305}");
  for (const std::string words : {"甲", "乙"}) {
    const std::string message = refused(ErrorCode::InvalidArgument, [&] {
      return choose_anchors(graph, complete(500104), {.given = {words}});
    });
    EXPECT_NE(message.find(words), std::string::npos) << message;
  }
}

TEST(Anchors, TheColumnDecidesInsideTheDistrictAlone) {
  const EnterpriseGraph graph = sketch(
      "甲{region=500104} -makes{output=1e9}-> 车; 乙{region=500104,anchor}; "
      "丙{region=500107,anchor}; 丁{anchor}; 戊{region=500104,anchor}");
  const Anchors anchors = choose_anchors(graph, complete(500104));
  EXPECT_EQ(names(graph, anchors.firms), (Names{"乙", "戊"}));
  EXPECT_EQ(anchors.basis, AnchorBasis::Column);
}

TEST(Anchors, ElseTheLargestMakersByOutputOrRevenue) {
  // Output: 甲 30 + 20 = 50; 乙 states none, its revenue is 60; 丙 states 40, its revenue of 900
  // does not count. 丁 trades and makes nothing; 戊 makes 0; 己 stands elsewhere.
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104} -makes{output=30}-> 车; 甲 -makes{output=20}-> 船
    乙{region=500104,revenue=60} -makes-> 车
    丙{region=500104,revenue=900} -makes{output=40}-> 车
    丁{region=500104,revenue=1000} -trades-> 车
    戊{region=500104} -makes{output=0}-> 车
    己{region=500107} -makes{output=5000}-> 车
    庚{region=500104,capital=1e9} -makes-> 车
  )");
  const Anchors three = choose_anchors(graph, complete(500104));
  EXPECT_EQ(names(graph, three.firms), (Names{"甲", "乙", "丙"}));
  EXPECT_EQ(three.basis, AnchorBasis::LargestOutput);
  const Anchors two = choose_anchors(graph, complete(500104), {.largest = 2});
  EXPECT_EQ(names(graph, two.firms), (Names{"甲", "乙"}));
}

TEST(Anchors, FactorsEstimateOutputWhereNeitherItNorRevenueIsStated) {
  // 20 a head: 丙 200, 乙 states 150, 丁 a revenue of 60 that its 90 people do not change, 甲 20.
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104,staff=1} -makes-> 车; 乙{region=500104,staff=99} -makes{output=150}-> 车
    丙{region=500104,staff=10} -makes-> 车; 丁{region=500104,staff=90,revenue=60} -makes-> 车
    戊{region=500104} -makes-> 车; 己{region=500104,staff=1000} -trades-> 车
  )");
  AnchorOptions options;
  options.factors = {{std::nullopt, EntityNumber::Staff, 20, "示例年鉴"}};
  const auto chosen = [&](std::size_t largest) {
    options.largest = largest;
    return choose_anchors(graph, complete(500104), options);
  };
  EXPECT_EQ(names(graph, chosen(3).firms), (Names{"乙", "丙", "丁"}));
  EXPECT_EQ(chosen(3).basis, AnchorBasis::EstimatedOutput);
  EXPECT_NE(chosen(3).said().en.find("estimated with factors"), std::string::npos);
  EXPECT_NE(chosen(3).said().zh.find("产值系数估算"), std::string::npos);
  EXPECT_EQ(names(graph, chosen(9).firms), (Names{"甲", "乙", "丙", "丁"}));
  // What is estimated of others does not soften the choice of one that states its output.
  options.factors[0].cny_per_unit = 1;
  EXPECT_EQ(names(graph, chosen(1).firms), Names{"乙"});
  EXPECT_EQ(chosen(1).basis, AnchorBasis::LargestOutput);
  // find_gaps() takes the factors of its own.
  GapOptions gaps;
  gaps.district.region = RegionCode{500104};
  gaps.anchors.largest = 1;
  gaps.factors = {{std::nullopt, EntityNumber::Staff, 20, "示例年鉴"}};
  EXPECT_EQ(names(graph, find_gaps(graph, gaps).anchors.firms), Names{"丙"});
  options.factors[0].cny_per_unit = -1;
  EXPECT_THROW((void)chosen(1), Error);
}

TEST(Anchors, AFirmStruckOffTheRegisterIsNone) {
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104} -makes{output=1}-> 车; 乙{region=500104,status=注销} -makes{output=100}-> 车
  )");
  District district;
  district.region = RegionCode{500104};
  EXPECT_EQ(names(graph, choose_anchors(graph, district).firms), Names{"甲"});
  AnchorOptions given;
  given.given = {"乙"};
  EXPECT_THROW((void)choose_anchors(graph, district, given), Error);
}

TEST(Anchors, YearsOfOutputAreNotAddedUp) {
  // 甲 made 60 in 2020 and 70 in 2021, never 130; 乙 100; the figure without a year is the oldest.
  const EnterpriseGraph graph = sketch(R"(
    甲{region=500104} -makes{output=60,year=2020}-> 车; 甲 -makes{output=70,year=2021}-> 车
    乙{region=500104} -makes{output=100}-> 车
    丙{region=500104} -makes{output=500}-> 车; 丙 -makes{output=90,year=2021}-> 车
    丙 -makes{year=2022}-> 车
  )");
  const auto largest = [&](std::size_t count) {
    return names(graph, choose_anchors(graph, complete(500104), {.largest = count}).firms);
  };
  EXPECT_EQ(largest(1), Names{"乙"});
  EXPECT_EQ(largest(2), (Names{"乙", "丙"}));
}

TEST(Anchors, EachYuanOfOutputCountsOnce) {
  // 甲 makes 100 of 电池, 60 of them 锂电池; 乙 makes 120.
  const EnterpriseGraph graph = sketch(
      "甲{region=500104} -makes{output=100}-> 电池; 甲 -makes{output=60}-> 锂电池 -part_of-> 电池; "
      "乙{region=500104} -makes{output=120}-> 车");
  EXPECT_EQ(names(graph, choose_anchors(graph, complete(500104), {.largest = 1}).firms),
            Names{"乙"});
}

TEST(Anchors, EqualSizesAreTakenInTheOrderOfFirms) {
  const EnterpriseGraph graph = sketch(
      "甲{region=500104} -makes{output=5}-> 车; 乙{region=500104} -makes{output=5}-> 车; "
      "丙{region=500104} -makes{output=5}-> 车");
  EXPECT_EQ(names(graph, choose_anchors(graph, complete(500104), {.largest = 2}).firms),
            (Names{"甲", "乙"}));
}

TEST(Anchors, ElseTheLargestMakersByCapital) {
  const EnterpriseGraph graph = sketch(
      "甲{region=500104,capital=5e6} -makes-> 车; 乙{region=500104,capital=9e6} -makes-> 车; "
      "丙{region=500104,capital=9e9} -trades-> 车; 丁{region=500104} -makes-> 车");
  const Anchors anchors = choose_anchors(graph, complete(500104), {.largest = 1});
  EXPECT_EQ(names(graph, anchors.firms), Names{"乙"});
  EXPECT_EQ(anchors.basis, AnchorBasis::LargestCapital);
}

TEST(Anchors, NothingToldMeansNone) {
  for (const std::string text : {"", "甲{region=500104}", "甲{region=500104} -makes-> 车"}) {
    const Anchors anchors = choose_anchors(sketch(text), complete(500104));
    EXPECT_EQ(anchors.firms, std::vector<FirmId>{});
    EXPECT_EQ(anchors.basis, AnchorBasis::None);
  }
}

TEST(Anchors, TheirNumberLiesInItsRange) {
  const EnterpriseGraph graph = sketch("甲{region=500104} -makes{output=5}-> 车");
  for (const std::size_t largest : {std::size_t{0}, std::size_t{1001}}) {
    refused(ErrorCode::InvalidArgument,
            [&] { return choose_anchors(graph, complete(500104), {.largest = largest}); });
  }
  for (const std::size_t largest : {std::size_t{1}, std::size_t{1000}}) {
    EXPECT_EQ(choose_anchors(graph, complete(500104), {.largest = largest}).firms,
              std::vector{FirmId{0}});
  }
}

TEST(Anchors, TheOutputSaysHowTheyWereChosen) {
  std::vector<std::string> en;
  for (const AnchorBasis basis :
       {AnchorBasis::Given, AnchorBasis::Column, AnchorBasis::LargestOutput,
        AnchorBasis::LargestCapital, AnchorBasis::None}) {
    const Text said = Anchors{{FirmId{0}, FirmId{1}, FirmId{2}}, basis}.said();
    EXPECT_NE(said.zh, "");
    if (basis != AnchorBasis::None) {
      EXPECT_NE(said.en.find('3'), std::string::npos) << said.en;
      EXPECT_NE(said.zh.find('3'), std::string::npos) << said.zh;
    }
    en.push_back(said.en);
  }
  std::ranges::sort(en);
  EXPECT_EQ(std::adjacent_find(en.begin(), en.end()), en.end());
}

// ---- brute force

/// Output by definition: of every segment that is part of none that the firm states an output of,
/// that of the latest year that has one; nothing unless an amount is among the latest statements.
std::optional<double> stated_output(const EnterpriseGraph& graph, FirmId firm) {
  const Relation makes = graph.relation(RelationKind::Makes);
  const auto revenue = graph.number(graph.entity(firm), EntityNumber::Revenue);
  std::map<SegmentId, std::pair<int, double>> outputs;  // year and output
  std::set<SegmentId> amounts;
  for (std::uint64_t e = 0; e < makes.size(); ++e) {
    const EdgeId edge{e};
    const auto amount = makes.number(edge, EdgeNumber::Amount);
    const auto share = makes.number(edge, EdgeNumber::Share);
    if (makes.source(edge) != graph.entity(firm) || !(amount || (share && revenue))) continue;
    const SegmentId segment{graph.local(makes.target(edge))};
    const int year = makes.provenance(edge).year();
    auto& latest = outputs.try_emplace(segment, -1, 0.0).first->second;
    if (year <= latest.first) continue;
    latest = {year, amount ? *amount : *share * revenue->value};
    amount ? (void)amounts.insert(segment) : (void)amounts.erase(segment);
  }
  if (amounts.empty()) return std::nullopt;
  double total = 0;
  for (const auto& [segment, output] : outputs) {
    const std::vector<SegmentId> above = Taxonomy(graph).above(segment);
    const bool part = std::ranges::any_of(above, [&](SegmentId s) { return outputs.contains(s); });
    if (!part) total += output.second;
  }
  return total;
}

TEST(Anchors, AreTheLargestByDefinitionOnRandomGraphs) {
  const District district = complete(500104);
  int by_size = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.firms = 14});
    const Relation makes = graph.relation(RelationKind::Makes);
    std::vector<FirmId> column;
    std::vector<std::pair<double, FirmId>> sizes;
    for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
      const EntityId entity = graph.entity(FirmId{i});
      if (graph.region(entity).code != kDadukou) continue;
      if (graph.anchor(FirmId{i})) column.push_back(FirmId{i});
      if (makes.out_edges(entity).empty()) continue;
      std::optional<double> size = stated_output(graph, FirmId{i});
      if (const auto revenue = graph.number(entity, EntityNumber::Revenue); !size && revenue) {
        size = revenue->value;
      }
      if (size && *size > 0) sizes.emplace_back(-*size, FirmId{i});
    }
    const Anchors anchors = choose_anchors(graph, district, {.largest = 2});
    if (!column.empty()) {
      EXPECT_EQ(anchors.firms, column) << "seed " << seed;
      EXPECT_EQ(anchors.basis, AnchorBasis::Column);
    } else if (!sizes.empty()) {
      std::ranges::sort(sizes);
      std::vector<FirmId> expected;
      for (const auto& [size, one] : sizes) expected.push_back(one);
      if (expected.size() > 2) expected.resize(2);
      std::ranges::sort(expected);
      EXPECT_EQ(anchors.firms, expected) << "seed " << seed;
      EXPECT_EQ(anchors.basis, AnchorBasis::LargestOutput);
      ++by_size;
    }
  }
  EXPECT_GT(by_size, 5);
}

}  // namespace
}  // namespace liantu
