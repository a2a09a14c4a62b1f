#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/files/atomic_file.hpp"
#include "liantu/chain/gaps/gap_backtest.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/ingest/ingest.hpp"
#include "liantu/prospects/prospects.hpp"
#include "support/source_tree.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

// The folder with `registry` and `chain_kg`, or nothing.
fs::path real_data() {
  const char* folder = std::getenv("LIANTU_REAL_DATA");
  return folder == nullptr ? fs::path() : fs::path(folder);
}

class RealRun : public testing::Test {
 protected:
  void SetUp() override {
    if (real_data().empty() || !fs::exists(real_data() / "registry" / "dadukou.csv")) {
      GTEST_SKIP() << "LIANTU_REAL_DATA names no folder with registry/ and chain_kg/";
    }
  }

  static const IngestResult& district() {
    static const IngestResult result = [] {
      IngestOptions options;
      const fs::path mapping =
          fs::path(test::source_tree()) / "examples" / "mappings" / "register_and_listed.json";
      options.mapping = parse_mapping(read_file(mapping, 1 << 20), mapping.filename().string());
      return ingest({real_data() / "registry" / "dadukou.csv", real_data() / "chain_kg"}, options);
    }();
    return result;
  }

  static GapReport gaps() {
    GapOptions options;
    options.district.region = RegionCode(500104);
    return find_gaps(district().graph, options);
  }
};

TEST_F(RealRun, EveryRegisterRowBecomesAFirm) {
  const auto& tables = district().tables;
  const auto table = std::ranges::find(tables, "dadukou.csv", &TableSummary::file);
  ASSERT_NE(table, tables.end());
  EXPECT_EQ(table->rows, 1517U);
  EXPECT_EQ(table->used, 1517U);
}

TEST_F(RealRun, NoTagComesFromAnExclusionOrFromLicenceWords) {
  const EnterpriseGraph& graph = district().graph;
  for (const char* word : {"销售", "建筑材料", "国家", "危险化学品", "稀贵金属", "农膜", "卫星"}) {
    for (const EntityId segment : graph.find(EntityKind::Segment, word)) {
      for (const RelationKind kind : {RelationKind::Makes, RelationKind::Trades}) {
        const Relation relation = graph.relation(kind);
        for (const std::uint32_t edge : relation.in_edges(segment)) {
          EXPECT_NE(relation.provenance(EdgeId{edge}).basis, Basis::Inferred)
              << word << " of " << graph.name(relation.source(EdgeId{edge}));
        }
      }
    }
  }
}

TEST_F(RealRun, TradersNeedNoInputs) {
  const EnterpriseGraph& graph = district().graph;
  const Relation makes = graph.relation(RelationKind::Makes);
  for (const Gap& gap : gaps().gaps) {
    for (const Need& need : gap.needers) {
      EXPECT_EQ(makes.source(need.makes), graph.entity(need.firm));
    }
  }
}

TEST_F(RealRun, DebrisOfTheExtractionIsNoGap) {
  const EnterpriseGraph& graph = district().graph;
  std::set<std::string_view> segments;
  for (const Gap& gap : gaps().gaps) segments.insert(graph.name(graph.entity(gap.segment)));
  for (const char* debris :
       {"几根", "含铬", "非标订制", "高强度材料", "红松", "材料名称", "毫升"}) {
    EXPECT_FALSE(segments.contains(debris)) << debris;
  }
  EXPECT_TRUE(segments.contains("硫酸"));    // needed by makers of compound fertiliser
  EXPECT_TRUE(segments.contains("轴承钢"));  // … of bearings
  EXPECT_TRUE(segments.contains("钛白粉"));  // … of paint
}

TEST_F(RealRun, ProspectsComeFromOutsideTheCity) {
  const EnterpriseGraph& graph = district().graph;
  const ProspectList list = rank_prospects(graph, gaps());
  EXPECT_GT(list.prospects.size(), 50U);
  for (const Prospect& prospect : list.prospects) {
    const RegionCode region = graph.region(graph.entity(prospect.firm)).code;
    EXPECT_TRUE(region.known());
    EXPECT_FALSE(RegionCode(500000).contains(region));
    EXPECT_FALSE(prospect.evidence.empty());
  }
  for (const Prospect& prospect : list.unlocated) {
    EXPECT_EQ(prospect.unknown.front(), "region");
  }
}

// The lists of the gaps of 2006 hold more of the first makers of 2006–2010 than chance would, and
// fewer than the products that are common everywhere.
TEST_F(RealRun, GapsForetellFirstMakersBetterThanChance) {
  IngestOptions options;
  const fs::path mapping =
      fs::path(test::source_tree()) / "examples" / "mappings" / "register_and_listed.json";
  options.mapping = parse_mapping(read_file(mapping, 1 << 20), mapping.filename().string());
  const IngestResult city =
      ingest({real_data() / "registry" / "chongqing.csv", real_data() / "chain_kg"}, options);
  GapBacktestOptions backtest;
  backtest.before = {2006, 0, 0};
  backtest.until = {2011, 0, 0};
  backtest.within = RegionCode(500000);
  const GapBacktest found = backtest_gaps(city.graph, backtest);
  EXPECT_TRUE(found.conclusive);
  EXPECT_GE(found.districts.size(), 30U);
  const auto score = [&](GapRanking ranking) {
    return *std::ranges::find(found.scores, ranking, &RankingScore::ranking);
  };
  EXPECT_GT(score(GapRanking::Gaps).over_random_low, 0);
  EXPECT_GT(score(GapRanking::Relatedness).precision, score(GapRanking::Gaps).precision);
  EXPECT_GT(score(GapRanking::Frequency).precision, score(GapRanking::Relatedness).precision);
  // Weighed by what the five years before taught, they together tell more than frequency alone.
  EXPECT_GT(score(GapRanking::Combined).over_frequency_low, 0);
  EXPECT_GT(found.gap_lift_low, 1);
}

}  // namespace
}  // namespace liantu
