#include "chain/firms/production.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/graph/builder.hpp"
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

// ---- statements

/// The year of the statement that counts of all those in a text; nothing when none is trusted.
std::optional<int> current_year(std::string_view text, double min_confidence = 0.3) {
  const EnterpriseGraph graph = sketch(text);
  const Taxonomy taxonomy(graph);
  const auto statements = Productions(graph, taxonomy, min_confidence).statements(FirmId{0});
  if (statements.empty()) return std::nullopt;
  EXPECT_EQ(statements.size(), 1U);
  return graph.relation(RelationKind::Makes).provenance(statements[0].makes).year();
}

TEST(Productions, TheLatestStatementWithAFigureCounts) {
  EXPECT_EQ(current_year("甲 -makes{output=9,year=2019}-> 车; 甲 -makes{output=7,year=2020}-> 车; "
                         "甲 -makes{year=2021}-> 车; 甲 -makes{output=5}-> 车"),
            2020);
}

TEST(Productions, ElseTheMostConfidentCountsAndOfEqualOnesTheLatest) {
  EXPECT_EQ(current_year("甲 -makes{year=2019,conf=0.8}-> 车; 甲 -makes{year=2020,conf=0.8}-> 车; "
                         "甲 -makes{year=2021,conf=0.4}-> 车"),
            2020);
}

TEST(Productions, WhatIsTrustedTooLittleIsPassedOver) {
  const std::string text =
      "甲 -makes{output=9,year=2019}-> 车; 甲 -makes{output=7,year=2020,conf=0.2}-> 车";
  EXPECT_EQ(current_year(text), 2019);
  EXPECT_EQ(current_year(text, 0.2), 2020);
  EXPECT_EQ(current_year("甲 -makes{conf=0.2}-> 车"), std::nullopt);
  EXPECT_EQ(current_year("甲 -makes-> 链; seg:链{type=chain}"), std::nullopt);
}

// ---- revenue as output

std::optional<Figure> output_of(Basis basis, double revenue, bool second = false) {
  GraphBuilder builder;
  const FirmId firm{builder.add(EntityKind::Firm, "甲").local};
  builder.set(firm, EntityNumber::Revenue, {revenue, Basis::Stated});
  for (const char* name : {"钢", "铁"}) {
    const SegmentId sector{builder.add(EntityKind::Segment, name).local};
    builder.set(sector, EntityNumber::OutputShare, {0.1, Basis::Stated});
    Provenance from;
    from.basis = basis;
    if (second || sector == SegmentId{0})
      builder.relate(RelationKind::Makes, firm, sector, {}, from);
  }
  const EnterpriseGraph graph = builder.build();
  const Taxonomy taxonomy(graph);
  return Productions(graph, taxonomy, 0.3).statements(FirmId{0}).front().output;
}

TEST(Productions, RevenueOfAFirmWithOneStatedSectorIsItsOutputEstimated) {
  EXPECT_EQ(output_of(Basis::Stated, 70), (Figure{70, Basis::Estimated}));
  EXPECT_EQ(output_of(Basis::Inferred, 70), std::nullopt) << "nobody said that it makes this";
  EXPECT_EQ(output_of(Basis::Stated, 70, true), std::nullopt)
      << "of two sectors nobody knows which";
}

// ---- productions

/// `甲 160 stated: 电池 100 锂电池 60`; `+` behind a sum that leaves something out.
std::vector<std::string> told(std::string_view text, std::string_view segment) {
  const EnterpriseGraph graph = sketch(text);
  const Taxonomy taxonomy(graph);
  const auto told = [](const std::optional<Figure>& figure) {
    std::ostringstream out;
    figure ? out << figure->value : out << '?';
    return out.str();
  };
  std::vector<std::string> result;
  const auto all = [](FirmId) { return true; };
  for (const Production& made :
       Productions(graph, taxonomy, 0.3).at(test::segment(graph, segment), all)) {
    std::string line = std::string(graph.name(graph.entity(made.firm))) + " " + told(made.output) +
                       (made.complete ? " " : "+ ") + std::string(basis_word(made.basis)) + ":";
    for (const Statement& one : made.statements) {
      line += " " + std::string(graph.name(graph.entity(one.segment))) + " " + told(one.output);
    }
    result.push_back(line);
  }
  return result;
}

using Told = std::vector<std::string>;

constexpr std::string_view kTree =
    "锂电池 -part_of-> 电池; 铅电池 -part_of-> 电池; "
    "软包 -part_of-> 锂电池; ";

TEST(Productions, WhatIsPartOfSomethingStatedIsCountedWithIt) {
  EXPECT_EQ(
      told(std::string(kTree) + "甲 -makes{output=100}-> 电池; 甲 -makes{output=60}-> 锂电池; "
                                "甲 -makes{output=10}-> 软包",
           "电池"),
      Told{"甲 100 stated: 电池 100 锂电池 60 软包 10"});
}

TEST(Productions, SiblingsAdd) {
  EXPECT_EQ(
      told(std::string(kTree) + "甲 -makes{output=30}-> 铅电池; "
                                "甲 -makes{output=60,basis=estimated}-> 锂电池; "
                                "甲 -makes{output=90,basis=inferred}-> 软包; 乙 -makes-> 电池",
           "电池"),
      (Told{"甲 90 estimated: 锂电池 60 铅电池 30 软包 90", "乙 ?+ stated: 电池 ?"}));
}

TEST(Productions, WhatIsKnownBelowAnUnknownOutputIsKnownOfIt) {
  EXPECT_EQ(told(std::string(kTree) + "甲 -makes-> 电池; 甲 -makes{output=60}-> 锂电池; "
                                      "甲 -makes{output=10}-> 软包",
                 "电池"),
            Told{"甲 60+ stated: 电池 ? 锂电池 60 软包 10"});
}

TEST(Productions, AreThoseAtOrBelowTheSegmentAlone) {
  const std::string text = std::string(kTree) +
                           "甲 -makes{output=100}-> 电池; 甲 -makes{output=60}-> 锂电池; "
                           "乙 -makes{output=5}-> 铅电池";
  EXPECT_EQ(told(text, "锂电池"), Told{"甲 60 stated: 锂电池 60"});
  EXPECT_EQ(told(text, "软包"), Told{});
}

TEST(Productions, OfAFirmAreAllItMakes) {
  const EnterpriseGraph graph =
      sketch(std::string(kTree) +
             "甲 -makes{output=100}-> 电池; 甲 -makes{output=60}-> 锂电池; "
             "甲 -makes{output=7}-> 面条; 乙");
  const Taxonomy taxonomy(graph);
  const Productions productions(graph, taxonomy, 0.3);
  EXPECT_EQ(productions.of(FirmId{0})->output, (Figure{107, Basis::Stated}));
  EXPECT_EQ(productions.of(FirmId{1}), std::nullopt);
}

// ---- adding up

// By definition: a figure counts unless one is known for a segment above its own.
TEST(AddOnce, AddsEachYuanOnceOfFewFiguresAndOfMany) {
  std::mt19937_64 engine(5);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const EnterpriseGraph graph = test::random_graph(seed, {.segments = 30, .density = 1});
    const Taxonomy taxonomy(graph);
    for (std::size_t size = 0; size <= 20; ++size) {
      std::vector<SegmentFigure> figures;
      for (std::size_t i = 0; i < size; ++i) {
        const SegmentId segment{static_cast<std::uint32_t>(engine() % 30)};
        if (taxonomy.chain(segment)) continue;
        std::optional<Figure> figure;
        if (engine() % 3 > 0) figure = Figure{static_cast<double>(engine() % 100), Basis::Stated};
        figures.push_back({segment, figure});
      }
      const auto lies_below = [&](const SegmentFigure& one, bool known) {
        const std::vector<SegmentId> above = taxonomy.above(one.segment);
        return std::ranges::any_of(figures, [&](const SegmentFigure& other) {
          return (!known || other.figure) && std::ranges::find(above, other.segment) != above.end();
        });
      };
      std::optional<double> sum;
      bool complete = true;
      std::vector<bool> topmost;
      for (const SegmentFigure& one : figures) {
        topmost.push_back(!lies_below(one, false));
        if (topmost.back() && !one.figure) complete = false;
        if (one.figure && !lies_below(one, true)) sum = sum.value_or(0) + one.figure->value;
      }
      const Total total = add_once(taxonomy, figures);
      const Sum same = sum_once(taxonomy, figures);
      EXPECT_EQ(total.topmost, topmost);
      EXPECT_EQ(total.complete, complete);
      EXPECT_EQ(total.known, sum ? std::optional(Figure{*sum, Basis::Stated}) : std::nullopt);
      EXPECT_EQ(same.complete, total.complete);
      EXPECT_EQ(same.known, total.known);
    }
  }
}

}  // namespace
}  // namespace liantu
