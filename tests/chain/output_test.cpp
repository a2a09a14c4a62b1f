#include "chain/output.hpp"

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::sketch;

std::optional<Figure> first_output(std::string_view text) {
  return output(sketch(text), EntityId{0}, EdgeId{0});
}

TEST(Output, IsWhatIsStated) {
  EXPECT_EQ(first_output("甲{revenue=1000} -makes{output=70,share=0.5,basis=estimated}-> 车"),
            (Figure{70, Basis::Estimated}));
}

TEST(Output, ElseTheShareOfRevenueOnTheSofterBasis) {
  EXPECT_EQ(first_output("甲{revenue=1000:estimated} -makes{share=0.25}-> 车"),
            (Figure{250, Basis::Estimated}));
  EXPECT_EQ(first_output("甲{revenue=1000:estimated} -makes{share=0.25,basis=inferred}-> 车"),
            (Figure{250, Basis::Inferred}));
}

TEST(Output, ElseNothing) {
  EXPECT_EQ(first_output("甲{revenue=1000} -makes-> 车"), std::nullopt);
  EXPECT_EQ(first_output("甲 -makes{share=0.25}-> 车"), std::nullopt);
}

/// The statement that counts of all those in a text, by its year.
int current_year(std::string_view text) {
  const EnterpriseGraph graph = sketch(text);
  const Relation makes = graph.relation(RelationKind::Makes);
  const EntityId car = graph.entity(SegmentId{0});
  EXPECT_EQ(statements_of_first(makes.sources(car)), makes.sources(car).size());
  return makes.provenance(current_statement(graph, EntityId{0}, makes.in_edges(car))).year();
}

TEST(Output, TheLatestStatementWithAFigureCounts) {
  EXPECT_EQ(current_year("甲 -makes{output=9,year=2019}-> 车; 甲 -makes{output=7,year=2020}-> 车; "
                         "甲 -makes{year=2021}-> 车; 甲 -makes{output=5}-> 车"),
            2020);
}

TEST(Output, ElseTheMostConfidentCountsAndOfEqualOnesTheLatest) {
  EXPECT_EQ(current_year("甲 -makes{year=2019,conf=0.8}-> 车; 甲 -makes{year=2020,conf=0.8}-> 车; "
                         "甲 -makes{year=2021,conf=0.4}-> 车"),
            2020);
}

TEST(Output, StatementsOfTheFirstFirmAreCounted) {
  const EnterpriseGraph graph =
      sketch("甲 -makes{year=2019}-> 车; 甲 -makes{year=2020}-> 车; 乙 -makes-> 车");
  const auto sources = graph.relation(RelationKind::Makes).sources(graph.entity(SegmentId{0}));
  ASSERT_EQ(sources.size(), 3U);
  EXPECT_EQ(statements_of_first(sources), 2U);
  EXPECT_EQ(statements_of_first(sources.subspan(1)), 1U);
  EXPECT_EQ(statements_of_first(sources.subspan(2)), 1U);
}

}  // namespace
}  // namespace liantu
