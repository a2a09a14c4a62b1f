#include "chain/segments/segment_marks.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/graph/builder.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::segment;
using test::sketch;

std::string above(const EnterpriseGraph& graph, const SegmentMarks& marks, SegmentId from) {
  std::string words;
  marks.for_each_above(from, [&](const Ancestor& one) {
    words += std::string(graph.name(graph.entity(one.segment))) + std::to_string(one.level);
    return true;
  });
  return words;
}

// e lies below d, c, b, a and, by another way, below b alone.
TEST(SegmentMarks, AreFoundFromBothSidesNearestFirst) {
  const EnterpriseGraph graph =
      sketch("e -part_of-> d -part_of-> c -part_of-> b -part_of-> a; e -part_of-> b");
  const Taxonomy taxonomy(graph);
  SegmentMarks marks(taxonomy, SegmentMarks::Asked::FromBoth);
  const auto of = [&](std::string_view name) { return segment(graph, name); };
  marks.mark(std::vector<std::uint32_t>{raw(of("a")), raw(of("c")), raw(of("e"))});
  EXPECT_EQ(above(graph, marks, of("e")), "c2a2");
  EXPECT_EQ(above(graph, marks, of("d")), "c1a3");
  EXPECT_EQ(above(graph, marks, of("a")), "");
  std::set<SegmentId> below;
  marks.for_each_below(of("b"), [&](SegmentId one) { below.insert(one); });
  EXPECT_EQ(below, (std::set{of("c"), of("e")}));
  marks.mark(std::vector<std::uint32_t>{raw(of("d"))});
  EXPECT_FALSE(marks.contains(of("a")));
  EXPECT_TRUE(marks.any_at_or_above(of("e")));
  EXPECT_TRUE(marks.any_at_or_above(of("d")));
  EXPECT_FALSE(marks.any_at_or_above(of("c")));
}

/// A taxonomy in which a segment is part of up to `most` others; some are chains.
EnterpriseGraph taxonomy_of(std::uint32_t segments, std::uint32_t most, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  GraphBuilder builder;
  std::vector<EntityRef> ids;
  for (std::uint32_t i = 0; i < segments; ++i) {
    ids.push_back(builder.add(EntityKind::Segment, "s" + std::to_string(i)));
    if (random() % 12 == 0) builder.set(ids.back(), EntityText::Type, "chain");
    if (i == 0) continue;
    std::set<std::uint32_t> parents;
    for (std::uint64_t k = random() % (most + 1); k > 0; --k) {
      parents.insert(static_cast<std::uint32_t>(random() % i));
    }
    for (const std::uint32_t parent : parents) {
      builder.relate(RelationKind::PartOf, ids[i], ids[parent]);
    }
  }
  return std::move(builder).build();
}

TEST(SegmentMarks, EqualAWalkOverAllOnRandomTaxonomies) {
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    const EnterpriseGraph graph = taxonomy_of(30, static_cast<std::uint32_t>(1 + seed % 3), seed);
    const Taxonomy taxonomy(graph);
    std::mt19937_64 random(seed);
    SegmentMarks marks(taxonomy, SegmentMarks::Asked::FromBoth);
    std::set<SegmentId> marked;
    for (std::uint32_t i = 0; i < 30; ++i) {
      if (random() % 3 == 0) marked.insert(SegmentId{i});
    }
    std::vector<std::uint32_t> numbers;
    for (const SegmentId one : marked) numbers.push_back(raw(one));
    marks.mark(numbers);
    for (std::uint32_t i = 0; i < 30; ++i) {
      const SegmentId from{i};
      std::vector<std::pair<std::uint32_t, SegmentId>> expected;
      taxonomy.walk_up(from, [&](const Ancestor& one) {
        if (one.level > 0 && marked.contains(one.segment)) {
          expected.emplace_back(one.level, one.segment);
        }
        return true;
      });
      std::ranges::sort(expected);
      std::vector<std::pair<std::uint32_t, SegmentId>> found;
      marks.for_each_above(from, [&](const Ancestor& one) {
        found.emplace_back(one.level, one.segment);
        return true;
      });
      EXPECT_EQ(found, expected) << "seed " << seed << ", segment " << i;
      std::set<SegmentId> below;
      for (const SegmentId one : taxonomy.below(from)) {
        if (marked.contains(one)) below.insert(one);
        EXPECT_TRUE(taxonomy.chain(from) || taxonomy.at_or_below(one, from));
      }
      std::multiset<SegmentId> found_below;
      marks.for_each_below(from, [&](SegmentId one) { found_below.insert(one); });
      EXPECT_EQ(found_below, (std::multiset<SegmentId>(below.begin(), below.end())))
          << "seed " << seed << ", segment " << i;
    }
  }
}

TEST(Taxonomy, TellsWhoLiesBelowWhomAndHowFarOnRandomTaxonomies) {
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    const EnterpriseGraph graph = taxonomy_of(25, static_cast<std::uint32_t>(1 + seed % 3), seed);
    const Taxonomy taxonomy(graph);
    for (std::uint32_t i = 0; i < 25; ++i) {
      const SegmentId one{i};
      if (taxonomy.chain(one)) continue;
      std::vector<std::uint32_t> level(25, 25);
      std::size_t count = 0;
      taxonomy.walk_up(one, [&](const Ancestor& above) {
        level[raw(above.segment)] = above.level;
        if (above.level > 0) ++count;
        return true;
      });
      EXPECT_EQ(taxonomy.count_above(one), count);
      for (std::uint32_t j = 0; j < 25; ++j) {
        const SegmentId other{j};
        if (taxonomy.chain(other) && i != j) continue;
        EXPECT_EQ(taxonomy.at_or_below(one, other), level[j] < 25) << seed << " " << i << " " << j;
        if (level[j] < 25) {
          EXPECT_EQ(taxonomy.levels_below(one, other), level[j]);
        }
      }
    }
  }
}

// As deep as it is large: a walk that called itself would end the program.
TEST(Taxonomy, MayBeALine) {
  GraphBuilder builder;
  constexpr std::uint32_t kDeep = 200000;
  std::vector<EntityRef> ids;
  for (std::uint32_t i = 0; i < kDeep; ++i) {
    ids.push_back(builder.add(EntityKind::Segment, "s" + std::to_string(i)));
    if (i > 0) builder.relate(RelationKind::PartOf, ids[i], ids[i - 1]);
  }
  const EnterpriseGraph graph = std::move(builder).build();
  const Taxonomy taxonomy(graph);
  const SegmentId top{0};
  const SegmentId last{kDeep - 1};
  EXPECT_EQ(taxonomy.count_above(last), kDeep - 1);
  EXPECT_TRUE(taxonomy.at_or_below(last, top));
  EXPECT_FALSE(taxonomy.at_or_below(top, last));
  std::vector<Taxonomy::Range> ranges;
  taxonomy.append_ranges_below(SegmentId{5}, ranges);
  EXPECT_EQ(ranges, (std::vector<Taxonomy::Range>{{5, kDeep}}));
}

}  // namespace
}  // namespace liantu
