#include "liantu/report/drawings/map.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/graph/builder.hpp"
#include "liantu/report/formats/svg.hpp"
#include "report/district_case.hpp"
#include "report/golden.hpp"

namespace liantu {
namespace {

using test::car_case;
using test::DistrictCase;
using test::expect_golden;

std::size_t count(const std::string& text, const std::string& words) {
  std::size_t result = 0;
  for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++result;
  return result;
}

// One gap, needed by nobody, made by the firms of the graph.
DistrictCase one_gap(const std::string& firms, const std::string& segment) {
  DistrictCase c;
  c.graph = test::sketch(firms);
  c.report.district = {RegionCode{500104}, RegionCode{500100}, RegionCode{500000}};
  Gap gap;
  gap.segment = test::segment(c.graph, segment);
  gap.kinds = {GapKind::Missing};
  c.report.gaps = {gap};
  return c;
}

TEST(MapDot, IsTheSameToTheByteInBothLanguages) {
  const DistrictCase c = car_case();
  expect_golden("map_zh.dot", map_dot(c.graph, c.report, c.list, {.language = Language::Zh}));
  expect_golden("map_en.dot", map_dot(c.graph, c.report, c.list));
}

TEST(MapDot, GraphvizDrawsEveryName) {
  const DistrictCase c = car_case();
  const std::string svg = draw_svg(map_dot(c.graph, c.report, c.list, {.language = Language::Zh}));
  for (const char* words :
       {"重庆市大渡口区产业链图谱", "动力电池", "弱链 · 外购4亿–7亿元（估算）", "隔膜", "缺链",
        "延链", "本地可供 · 1家", "渝电电池", "★ 长江整车制造", "巴山电芯", "招商 #1 · A级",
        "深圳隔膜科技", "增资 #1 · B级", "图例", "0.35"}) {
    EXPECT_NE(svg.find(words), std::string::npos) << words;
  }
}

TEST(MapDot, LegalFormsAreLeftToTheTooltip) {
  const DistrictCase c = car_case();
  const std::string dot = map_dot(c.graph, c.report, c.list);
  EXPECT_NE(dot.find("label=\"渝电电池\", tooltip=\"渝电电池股份有限公司\""), std::string::npos);
}

TEST(MapDot, HostileNamesStayText) {
  // Quotes, backslashes, Graphviz's own escapes, entities and markup.
  GraphBuilder builder;
  const EntityRef firm = builder.add(EntityKind::Firm, R"(a"b\N\\<i>&lt;x)");
  const EntityRef segment = builder.add(EntityKind::Segment, R"(s"e\g&amp;)");
  builder.relate(RelationKind::Makes, firm, segment);
  DistrictCase c;
  c.graph = builder.build();
  c.report.gaps.resize(1);
  c.report.gaps[0].makers.resize(1);
  const std::string dot = map_dot(c.graph, c.report, c.list);
  EXPECT_NE(dot.find(R"(label="a\"b\\N\\\\<i>&amp;lt;x")"), std::string::npos) << dot;
  const std::string svg = draw_svg(dot);
  EXPECT_NE(svg.find(R"(>a&quot;b\N\\&lt;i&gt;&amp;lt;x<)"), std::string::npos) << svg;
  EXPECT_NE(svg.find(R"(>s&quot;e\g&amp;amp;<)"), std::string::npos) << svg;
}

TEST(MapDot, TabsBecomeBlanksAndControlCharactersMarks) {
  DistrictCase c = one_gap(
      "f -makes-> a\tb\x01"
      "c",
      "a\tb\x01"
      "c");
  const std::string dot = map_dot(c.graph, c.report, c.list);
  EXPECT_NE(dot.find("tooltip=\"a b\uFFFDc\""), std::string::npos) << dot;
  EXPECT_NO_THROW(static_cast<void>(draw_svg(dot)));
}

TEST(MapDot, LongNamesAreWrappedIntoEvenLines) {
  DistrictCase c =
      one_gap("f -makes-> 新能源汽车动力电池结构件; g -makes-> 甲", "新能源汽车动力电池结构件");
  const std::string dot = map_dot(c.graph, c.report, c.list);
  // 12 characters, 24 columns: two lines of 12 columns.
  EXPECT_NE(dot.find("label=\"新能源汽车动\\n力电池结构件\\n"), std::string::npos) << dot;
  c = one_gap("f -makes-> battery management systems", "battery management systems");
  EXPECT_NE(map_dot(c.graph, c.report, c.list).find("label=\"battery\\nmanagement\\nsystems\\n"),
            std::string::npos);
}

TEST(MapDot, FirmsBeyondTheLimitAreCountedInWords) {
  DistrictCase c = one_gap(
      "f0 -makes-> s; f1 -makes-> s; f2 -makes-> s; n0 -makes-> s;"
      "n1 -makes-> s; n2 -makes-> s; n3 -makes-> s; n4 -makes-> s",
      "s");
  Gap& gap = c.report.gaps[0];
  gap.kind = GapKind::Weak;
  for (std::uint32_t i = 0; i < 3; ++i) {
    gap.makers.emplace_back();
    gap.makers.back().firm = FirmId{i};
  }
  for (std::uint32_t i = 3; i < 8; ++i) {
    gap.nearby_makers.emplace_back();
    gap.nearby_makers.back().firm = FirmId{i};
  }
  c.report.anchors.firms = {FirmId{2}};
  const std::string dot =
      map_dot(c.graph, c.report, c.list, {.language = Language::Zh, .firms_per_segment = 1});
  // The anchor comes first, whatever its output.
  EXPECT_NE(dot.find("label=\"★ f2\""), std::string::npos);
  EXPECT_EQ(dot.find("label=\"f0\""), std::string::npos);
  EXPECT_NE(dot.find("label=\"其余2家\""), std::string::npos);
  EXPECT_NE(dot.find("label=\"其余邻近企业3家\""), std::string::npos);
  const std::string en = map_dot(c.graph, c.report, c.list, {.firms_per_segment = 1});
  EXPECT_NE(en.find("label=\"and 2 more\""), std::string::npos);
  EXPECT_NE(en.find("label=\"and 3 more nearby\""), std::string::npos);
}

TEST(MapDot, SegmentsAreDrawnUpToTheLimit) {
  const DistrictCase c = car_case();
  // 动力电池, what needs it (新能源整车), then the next gap: 隔膜.
  const std::vector<std::string> order = {"动力电池", "新能源整车", "隔膜", "电池回收"};
  for (std::size_t limit = 0; limit <= 6; ++limit) {
    const std::string dot = map_dot(c.graph, c.report, c.list, {.segments = limit});
    EXPECT_EQ(count(dot, "subgraph cluster_"), std::min<std::size_t>(limit, 4) + 1);
    for (std::size_t i = 0; i < order.size(); ++i) {
      EXPECT_EQ(count(dot, "tooltip=\"" + order[i] + "\"];"), i < limit ? 1u : 0u)
          << order[i] << " with " << limit;
    }
  }
}

TEST(MapDot, ProspectsAreDrawnUpToTheLimit) {
  const DistrictCase c = car_case();
  const std::string none = map_dot(c.graph, c.report, c.list, {.prospects_per_gap = 0});
  EXPECT_EQ(none.find("prospect #"), std::string::npos);
  const std::string one = map_dot(c.graph, c.report, c.list, {.prospects_per_gap = 1});
  EXPECT_NE(one.find("prospect #1 · grade A\\n"), std::string::npos);
  EXPECT_EQ(one.find("prospect #2"), std::string::npos);
  // Screened and unlocated firms are no prospects.
  EXPECT_EQ(map_dot(c.graph, c.report, c.list, {.prospects_per_gap = 9}).find("绿源"),
            std::string::npos);
}

TEST(MapDot, ChainsAreFollowedUpToTheAnchor) {
  // Nobody here makes 隔膜; 电池 and 整车 are made here, and 整车 needs no gap itself.
  DistrictCase c = one_gap(R"(
      甲{region=500104} -makes-> 电池 -requires{coef=0.1}-> 隔膜
      乙{region=500104,anchor} -makes-> 整车 -requires{coef=0.3}-> 电池
      丙{region=440305} -makes-> 电动船 -requires-> 电池
    )",
                           "隔膜");
  c.report.gaps[0].needers = {test::need(c.graph, "甲", "电池", "隔膜")};
  c.report.anchors.firms = {test::firm(c.graph, "乙")};
  const std::string dot = map_dot(c.graph, c.report, c.list);
  EXPECT_NE(dot.find("tooltip=\"隔膜 → 电池\", label=\"0.1\""), std::string::npos) << dot;
  EXPECT_NE(dot.find("tooltip=\"电池 → 整车\", label=\"0.3\""), std::string::npos) << dot;
  EXPECT_NE(dot.find("★ 乙"), std::string::npos);
  EXPECT_EQ(dot.find("电动船"), std::string::npos);
}

TEST(MapDot, NothingFoundIsALegendOnly) {
  const std::string dot = map_dot(EnterpriseGraph(), GapReport(), ProspectList());
  EXPECT_EQ(count(dot, "subgraph cluster_"), 1u);
  EXPECT_NO_THROW(static_cast<void>(draw_svg(dot)));
}

// Whatever the report says, arrows join clusters that are there and Graphviz accepts the whole.
TEST(MapDot, RandomReportsAreDrawn) {
  std::mt19937 random(23);
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    DistrictCase c;
    c.graph = test::random_graph(seed);
    const Relation needs = c.graph.relation(RelationKind::Requires);
    const Relation makes = c.graph.relation(RelationKind::Makes);
    c.report.district = {RegionCode{500104}, RegionCode{500100}, RegionCode{500000}};
    c.report.anchors.firms = {FirmId{0}, FirmId{3}};
    for (std::uint32_t s = 0; s < c.graph.size(EntityKind::Segment); ++s) {
      if (random() % 3 == 0) continue;
      Gap gap;
      gap.segment = SegmentId{s};
      gap.kind = static_cast<GapKind>(random() % 3);
      if (random() % 2 == 0) gap.leakage_max = 1e6 * static_cast<double>(random() % 1000);
      const EntityId entity = c.graph.entity(gap.segment);
      const auto products = needs.sources(entity);
      for (std::size_t i = 0; i < products.size(); ++i) {
        Need need;
        need.product = SegmentId{c.graph.local(products[i])};
        need.requires_edge = EdgeId{needs.in_edges(entity)[i]};
        gap.needers.push_back(need);
      }
      const auto firms = makes.sources(entity);
      for (std::size_t i = 0; i < firms.size(); ++i) {
        Maker maker;
        maker.firm = FirmId{c.graph.local(firms[i])};
        (random() % 2 == 0 ? gap.makers : gap.nearby_makers).push_back(maker);
        Prospect prospect;
        prospect.firm = maker.firm;
        prospect.gaps.emplace_back();
        prospect.gaps.back().gap = c.report.gaps.size();
        (random() % 2 == 0 ? c.list.prospects : c.list.expansions).push_back(prospect);
      }
      c.report.gaps.push_back(gap);
    }
    const MapOptions options{.language = seed % 2 == 0 ? Language::Zh : Language::En,
                             .segments = 1 + random() % 10};
    const std::string dot = map_dot(c.graph, c.report, c.list, options);
    EXPECT_EQ(dot, map_dot(c.graph, c.report, c.list, options));
    EXPECT_LE(count(dot, "subgraph cluster_"), options.segments + 1);
    std::istringstream lines(dot);
    for (std::string line; std::getline(lines, line);) {
      for (const char* end : {"ltail=cluster_", "lhead=cluster_"}) {
        const auto at = line.find(end);
        if (at == std::string::npos) continue;
        const std::string number = line.substr(at + 14, line.find_first_of(",]", at) - at - 14);
        EXPECT_NE(dot.find("subgraph cluster_" + number + " {"), std::string::npos) << line;
      }
    }
    EXPECT_NO_THROW(static_cast<void>(draw_svg(dot))) << dot;
  }
}

TEST(MapDot, ALongNameIsCutBeforeGraphvizRefusesIt) {
  const EnterpriseGraph graph = test::sketch(std::string(30000, 'x') + " -makes-> 电池");
  GapReport report;
  report.gaps.emplace_back();
  report.gaps[0].segment = test::segment(graph, "电池");
  report.gaps[0].makers.push_back({.firm = FirmId{0}});
  const std::string dot = map_dot(graph, report, {});
  EXPECT_EQ(dot.find(std::string(400, 'x')), std::string::npos);
  EXPECT_NE(dot.find(std::string(399, 'x') + "…"), std::string::npos);
}

// ---- relations_dot ----

}  // namespace
}  // namespace liantu
