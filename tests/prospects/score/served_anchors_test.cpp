#include "prospects/score/served_anchors.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "support/sketch.hpp"

namespace liantu {
namespace {

using Words = std::vector<std::string>;

struct Case {
  explicit Case(std::string_view text)
      : graph(test::sketch(text)),
        report(find_gaps(graph, asked())),
        ground(graph),
        gaps(ground, report),
        anchors(graph, report, gaps) {}

  static GapOptions asked() {
    GapOptions options;
    options.district.region = RegionCode{500104};
    return options;
  }
  [[nodiscard]] std::size_t gap(std::string_view segment) const {
    for (std::size_t g = 0; g < report.gaps.size(); ++g) {
      if (report.gaps[g].segment == test::segment(graph, segment)) return g;
    }
    ADD_FAILURE() << "no gap " << segment;
    return 0;
  }
  [[nodiscard]] Words needing(std::string_view segment) const {
    Words words;
    for (const FirmId firm : anchors.firms(anchors.of(gap(segment)))) {
      words.emplace_back(graph.name(graph.entity(firm)));
    }
    return words;
  }

  EnterpriseGraph graph;
  GapReport report;
  ProspectGround ground;
  ScoredGaps gaps;
  ServedAnchors anchors;
};

// Two of four anchors need 膜, one needs 液; what 丙 makes goes into 机, which it does not need.
constexpr std::string_view kAnchors =
    "甲{region=500104,anchor} -makes-> 电池 -requires-> 膜; 乙{region=500104,anchor} -makes-> "
    "电池; "
    "乙 -makes-> 罐 -requires-> 液; 丙{region=500104,anchor} -makes-> 轴; 机 -requires-> 轴; "
    "丁{region=500104,anchor}; 戊{region=440305} -makes-> 机; 己{region=500104} -makes-> 电池";

TEST(ServedAnchors, AreThoseThatNeedWhatFillsTheGap) {
  const Case one(kAnchors);
  EXPECT_EQ(one.needing("膜"), (Words{"甲", "乙"}));
  EXPECT_EQ(one.needing("液"), (Words{"乙"}));
}

TEST(ServedAnchors, WhatTheyMakeGoesIntoAnExtensionThatTheyDoNotNeed) {
  EXPECT_EQ(Case(kAnchors).needing("机"), Words{});
}

TEST(ServedAnchors, AShareIsOfAllAnchorsEachOnce) {
  const Case one(kAnchors);
  const auto film = one.anchors.of(one.gap("膜"));
  const auto liquid = one.anchors.of(one.gap("液"));
  EXPECT_EQ(one.anchors.share(film, film), 0.5);
  EXPECT_EQ(one.anchors.share(film, liquid), 0.5);
  EXPECT_EQ(one.anchors.share(liquid, liquid), 0.25);
}

TEST(ServedAnchors, MoreThanAWordOfBitsKeepsThemApart) {
  std::string text = "电池 -requires-> 膜; 罐 -requires-> 液; ";
  for (int i = 0; i < 130; ++i) {
    text += "f" + std::to_string(i) + "{region=500104,anchor} -makes-> " +
            (i % 2 == 0 ? "电池; " : "罐; ");
  }
  const Case one(text);
  EXPECT_EQ(one.anchors.words(), 3U);
  EXPECT_EQ(one.needing("膜").size(), 65U);
  EXPECT_EQ(one.needing("液").back(), "f129");
  EXPECT_EQ(one.anchors.share(one.anchors.of(one.gap("膜")), one.anchors.of(one.gap("液"))), 1);
}

}  // namespace
}  // namespace liantu
