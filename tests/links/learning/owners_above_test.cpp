#include "links/learning/owners_above.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using Names = std::vector<std::string>;

EntityId entity(const EnterpriseGraph& graph, std::string_view name) {
  return graph.entity(test::firm(graph, name));
}

Names above(const EnterpriseGraph& graph, std::string_view name) {
  Names names;
  for (const EntityId owner : owners_above(graph, entity(graph, name))) {
    names.emplace_back(graph.name(owner));
  }
  return names;
}

int affiliated(const EnterpriseGraph& graph, std::string_view a, std::string_view b) {
  return affiliation(entity(graph, a), owners_above(graph, entity(graph, a)), entity(graph, b),
                     owners_above(graph, entity(graph, b)));
}

TEST(OwnersAbove, ControlGoesThroughAnyNumberOfFirmsAndSmallSharesOneStep) {
  const EnterpriseGraph graph = test::sketch(
      "a -owns{share=0.6}-> b; b -owns{share=0.5}-> c; c -owns-> d; d -owns{share=0.2}-> e; "
      "x -owns{share=0.4}-> b; e -supplies-> x");
  EXPECT_EQ(above(graph, "a"), Names{});
  EXPECT_EQ(above(graph, "b"), (Names{"a", "x"}));
  EXPECT_EQ(above(graph, "d"), (Names{"a", "b", "c"})) << "x holds 40 % of b, which is no control";
  EXPECT_EQ(above(graph, "e"), Names{"d"});
}

TEST(OwnersAbove, ACircleOfOwnersEnds) {
  const EnterpriseGraph graph = test::sketch("a -owns-> b; b -owns-> c; c -owns-> a");
  EXPECT_EQ(above(graph, "a"), (Names{"b", "c"}));
  EXPECT_EQ(affiliated(graph, "a", "c"), 2);
}

TEST(OwnersAbove, OfVeryManyOwnersSixtyFourCount) {
  std::string drawing = "z -supplies-> y";
  for (int i = 0; i < 3000; ++i) drawing += "; o" + std::to_string(i) + " -owns-> z";
  const EnterpriseGraph graph = test::sketch(drawing);
  EXPECT_EQ(above(graph, "z").size(), 64U);
}

// a controls b, b controls c; a controls d; f holds a little of c and of g.
TEST(Affiliation, GrandparentsAndCousinsAreOfOneGroup) {
  const EnterpriseGraph graph = test::sketch(
      "a -owns{share=0.9}-> b; b -owns{share=0.8}-> c; a -owns{share=0.7}-> d; "
      "f -owns{share=0.1}-> c; f -owns{share=0.1}-> g; h -supplies-> g");
  EXPECT_EQ(affiliated(graph, "a", "b"), 2);
  EXPECT_EQ(affiliated(graph, "a", "c"), 2) << "through b";
  EXPECT_EQ(affiliated(graph, "c", "a"), 2);
  EXPECT_EQ(affiliated(graph, "c", "d"), 1) << "a controls both";
  EXPECT_EQ(affiliated(graph, "c", "g"), 1) << "f holds shares of both";
  EXPECT_EQ(affiliated(graph, "c", "h"), 0);
  EXPECT_EQ(affiliated(graph, "d", "g"), 0);
}

}  // namespace
}  // namespace liantu
