#include "chain/economy/sectors.hpp"

#include <gtest/gtest.h>

#include "chain/segments/taxonomy.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu {
namespace {

// Steel buys ore (.4), itself (.1) and food (.02); food buys itself (.3) and ore nothing; freight
// buys food (.01).
struct Table {
  GraphBuilder builder;
  SegmentId ore = sector("铁矿石", "B08");
  SegmentId steel = sector("钢", "C312");
  SegmentId food = sector("食品", "C14;C13");
  SegmentId freight = sector("货运", "G543");

  Table() {
    needs(steel, ore, 0.4);
    needs(steel, steel, 0.1);
    needs(steel, food, 0.02);
    needs(food, food, 0.3);
    needs(freight, food, 0.01);
  }
  SegmentId sector(const char* name, const char* industries) {
    const SegmentId one{builder.add(EntityKind::Segment, name).local};
    builder.set(one, EntityNumber::OutputShare, {0.25, Basis::Stated});
    builder.set(one, EntityText::Type, "industry");
    builder.set(one, EntityText::Industry, industries);
    return one;
  }
  void needs(SegmentId product, SegmentId input, double coefficient) {
    EdgeAttributes attributes;
    attributes.coefficient = coefficient;
    builder.relate(RelationKind::Requires, product, input, attributes, {});
  }
};

const InputRule& rule(const EnterpriseGraph& graph, const InputRules& rules, const char* product,
                      const char* input) {
  const Relation relation = graph.relation(RelationKind::Requires);
  for (std::uint64_t e = 0; e < relation.size(); ++e) {
    if (graph.name(relation.source(EdgeId{e})) == product &&
        graph.name(relation.target(EdgeId{e})) == input) {
      return rules[EdgeId{e}];
    }
  }
  throw std::runtime_error("no such rule");
}

TEST(Sectors, QuotientIsTheCoefficientOverTheMeanOfAllSectors) {
  Table table;
  const EnterpriseGraph graph = table.builder.build();
  const Taxonomy taxonomy(graph);
  const InputRules rules(graph, taxonomy);
  const Sectors sectors(graph, rules);
  // Mean of ore .4 / 4, of food .33 / 4.
  EXPECT_DOUBLE_EQ(sectors.quotient(rule(graph, rules, "钢", "铁矿石")), 4);
  EXPECT_NEAR(sectors.quotient(rule(graph, rules, "钢", "食品")), 0.02 / (0.33 / 4), 1e-12);
  EXPECT_DOUBLE_EQ(sectors.regard(rule(graph, rules, "钢", "铁矿石")), 4);
  EXPECT_DOUBLE_EQ(sectors.regard(rule(graph, rules, "钢", "钢")), 0.3 * 4);
  EXPECT_DOUBLE_EQ(sectors.regard(rule(graph, rules, "钢", "食品")), 0) << "what staff eat";
  EXPECT_GT(sectors.regard(rule(graph, rules, "食品", "食品")), 0);
}

TEST(Sectors, WhoCarriesBuysNothingAndServicesAreNoGoods) {
  Table table;
  const EnterpriseGraph graph = table.builder.build();
  const Taxonomy taxonomy(graph);
  const InputRules rules(graph, taxonomy);
  const Sectors sectors(graph, rules);
  EXPECT_TRUE(sectors.buys_nothing(table.freight));
  EXPECT_FALSE(sectors.buys_nothing(table.steel));
  EXPECT_FALSE(sectors.goods(table.freight));
  EXPECT_TRUE(sectors.goods(table.ore));
}

TEST(Sectors, RelationsReadByMachineNameWhatASectorTakesUnlessTheTableSaysItTakesNone) {
  Table table;
  const auto product = [&](const char* name, const char* industry) {
    const SegmentId one{table.builder.add(EntityKind::Segment, name).local};
    table.builder.set(one, EntityText::Industry, industry);
    return one;
  };
  const SegmentId wire = product("线材", "C3120");
  const SegmentId pellets = product("球团矿", "B081");
  const SegmentId bread = product("面包", "C1411");
  Provenance machine;
  machine.basis = Basis::Inferred;
  table.builder.relate(RelationKind::Requires, wire, pellets, {}, machine);
  table.builder.relate(RelationKind::Requires, bread, pellets, {}, machine);
  const EnterpriseGraph graph = table.builder.build();
  const Taxonomy taxonomy(graph);
  const InputRules rules(graph, taxonomy);
  const Sectors sectors(graph, rules);
  EXPECT_EQ(sectors.of(wire), table.steel);
  EXPECT_EQ(sectors.of(bread), table.food);
  EXPECT_TRUE(sectors.illustrates(rule(graph, rules, "线材", "球团矿")));
  const SegmentId buyers[] = {table.steel, table.food};
  EXPECT_EQ(sectors.examples(buyers, table.ore, 5), (std::vector<SegmentId>{pellets}));
  EXPECT_EQ(sectors.examples(std::span(buyers).subspan(1), table.ore, 5),
            (std::vector<SegmentId>{}))
      << "bread of pellets is refused";
}

TEST(Sectors, WithoutATableNothingChanges) {
  GraphBuilder builder;
  const SegmentId one{builder.add(EntityKind::Segment, "电池").local};
  builder.relate(RelationKind::Requires, one, builder.add(EntityKind::Segment, "隔膜"), {}, {});
  const EnterpriseGraph graph = builder.build();
  const Taxonomy taxonomy(graph);
  const InputRules rules(graph, taxonomy);
  const Sectors sectors(graph, rules);
  EXPECT_FALSE(sectors.any());
  EXPECT_DOUBLE_EQ(sectors.regard(rules[EdgeId{0}]), 1);
  EXPECT_FALSE(sectors.illustrates(rules[EdgeId{0}]));
  EXPECT_FALSE(sectors.of(one));
  EXPECT_TRUE(sectors.goods(one));
}

TEST(Sectors, BranchesStationsHoldingsAndLabourAreNoBuyers) {
  for (const char* name : {"甲石化有限公司袁茄路加油站", "甲有限公司重庆分公司", "甲投资有限公司",
                           "甲建筑劳务有限公司", "甲控股集团有限公司"}) {
    EXPECT_TRUE(named_as_no_buyer(name)) << name;
  }
  EXPECT_FALSE(named_as_no_buyer("甲机械制造有限公司"));
}

}  // namespace
}  // namespace liantu
