#include "liantu/report/drawings/chain_board.hpp"

#include <algorithm>
#include <cstdlib>
#include <regex>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "liantu/base/text/display_width.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/report/formats/svg.hpp"
#include "report/golden.hpp"
#include "support/sketch.hpp"

namespace liantu {
namespace {

using test::segment;
using test::sketch;

// 整车 needs 400 of 电池, of which 100 is made here; 电池 needs 10 of 隔膜, which nobody makes, and
// more of it for 备件, whose output nobody states.
constexpr std::string_view kChain = R"(
  seg:电池链{type=chain}; 材料 -part_of-> 电池链; 隔膜 -part_of-> 材料; 正极 -part_of-> 材料
  电池 -part_of-> 电池链; 整车 -part_of-> 电池链; 回收 -part_of-> 电池链; 备件 -part_of-> 电池链
  整车 -requires{coef=0.4}-> 电池 -requires{coef=0.1}-> 隔膜; 电池 -requires-> 正极
  备件 -requires{coef=0.1}-> 隔膜
  甲股份有限公司{region=500104,anchor} -makes{output=1000}-> 整车
  乙有限公司{region=500104} -makes{output=100}-> 电池; 己{region=500104} -makes-> 备件
  丙{region=500104} -makes-> 正极; 丁{region=500104} -makes-> 正极; 戊{region=500106} -makes-> 隔膜
)";

GapReport report_of(const EnterpriseGraph& graph) {
  GapOptions options;
  options.district.region = RegionCode{500104};
  return find_gaps(graph, options);
}

BoardOptions spoken(Language language) {
  BoardOptions options;
  options.language = language;
  options.run.version = "0.1.0";
  options.run.inputs = {{"a<b&c>.liantu", "0123"}};
  options.run.parameters = {{"region", "500104"}};
  options.run.data_date = "2025-02-08";
  return options;
}

std::string svg_of(std::string_view text, std::string_view chain, const BoardOptions& options) {
  const EnterpriseGraph graph = sketch(text);
  const GapReport report = report_of(graph);
  return chain_board_svg(graph, report, chain_tree(graph, report, segment(graph, chain)), options);
}

std::string dot_of(std::string_view text, std::string_view chain, const BoardOptions& options) {
  const EnterpriseGraph graph = sketch(text);
  const GapReport report = report_of(graph);
  return chain_board_dot(graph, report, chain_tree(graph, report, segment(graph, chain)), options);
}

// A chain in which each segment needs the next two, some are made here and names are long.
std::string long_chain(int segments) {
  std::string text = "seg:链{type=chain}\n";
  const auto name = [](int i) { return fmt::format("高性能复合材料部件第{}号品种", i); };
  for (int i = 0; i < segments; ++i) {
    text += fmt::format("{} -part_of-> 链\n", name(i));
    for (int k = 1; k <= 2; ++k) {
      if (i % 3 != 2 && i + k < segments) {
        text += fmt::format("{} -requires{{coef=0.1}}-> {}\n", name(i), name(i + k));
      }
    }
    for (int k = 0; k < i % 4; ++k) {
      text += fmt::format(
          "重庆示例{}号新材料科技股份有限公司{{region=500104{}}} -makes{{output={}}}-> {}\n",
          i * 4 + k, k == 0 && i % 5 == 0 ? ",anchor" : "", 1000000 * (i + k + 1), name(i));
    }
  }
  return text + "甲{region=500104} -makes{output=1e9}-> " + name(0);
}

struct Box {
  double x, y, width, height;
};

double number(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

std::vector<Box> cards(const std::string& svg) {
  static const std::regex card(
      "</title>\n<rect x=\"([0-9.]+)\" y=\"([0-9.]+)\" width=\"([0-9.]+)\" height=\"([0-9.]+)\" "
      "rx");
  std::vector<Box> boxes;
  for (std::sregex_iterator at(svg.begin(), svg.end(), card), end; at != end; ++at) {
    boxes.push_back({number((*at)[1]), number((*at)[2]), number((*at)[3]), number((*at)[4])});
  }
  return boxes;
}

// Everything stands on the sheet, no card on another, no letter is below 6 pt, no line of a card
// leaves it.
void expect_legible(const std::string& svg, std::size_t segments) {
  static const std::regex page("viewBox=\"0 0 ([0-9]+) ([0-9]+)\"");
  std::smatch found;
  ASSERT_TRUE(std::regex_search(svg, found, page));
  const double width = number(found[1]);
  const double height = number(found[2]);
  const std::vector<Box> boxes = cards(svg);
  ASSERT_EQ(boxes.size(), segments);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const Box& a = boxes[i];
    EXPECT_LE(a.x + a.width, width);
    EXPECT_LE(a.y + a.height, height);
    for (std::size_t k = 0; k < i; ++k) {
      const Box& b = boxes[k];
      EXPECT_TRUE(a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height ||
                  b.y >= a.y + a.height)
          << k << " and " << i;
    }
  }
  static const std::regex words(
      "<text x=\"([0-9.]+)\" y=\"([0-9.]+)\" font-size=\"([0-9.]+)\"[^>]*>([^<]*)</text>");
  for (std::sregex_iterator at(svg.begin(), svg.end(), words), end; at != end; ++at) {
    const double x = number((*at)[1]);
    const double y = number((*at)[2]);
    const double size = number((*at)[3]);
    EXPECT_GE(size * 72, 6 * 25.4);
    EXPECT_LE(y, height);
    const double right = x + static_cast<double>(display_width((*at)[4].str())) * size / 2;
    EXPECT_LE(right, width) << (*at)[4];
    for (const Box& box : boxes) {
      if (x < box.x || x > box.x + box.width || y < box.y || y > box.y + box.height) continue;
      EXPECT_LE(right, box.x + box.width) << (*at)[4];
    }
  }
}

TEST(ChainBoard, IsDrawnWithACardASegment) {
  const std::string svg = svg_of(kChain, "电池链", spoken(Language::Zh));
  test::expect_golden("chain_board.zh.svg", svg);
  test::expect_golden("chain_board.en.svg", svg_of(kChain, "电池链", spoken(Language::En)));
  expect_legible(svg, 6);
}

TEST(ChainBoard, IsDrawnByGraphvizToo) {
  const std::string dot = dot_of(kChain, "电池链", spoken(Language::Zh));
  test::expect_golden("chain_board.zh.dot", dot);
  EXPECT_NE(draw_svg(dot).find("外购"), std::string::npos);
}

TEST(ChainBoard, ACardSaysMarkLeakageMakersAndAnchors) {
  const std::string svg = svg_of(kChain, "电池链", spoken(Language::Zh));
  // 电池: 400 needed, 100 made by one firm; 隔膜: 10 needed by 乙, what 己 needs is not known.
  EXPECT_NE(svg.find("<title>◐ 电池\n弱链，配套率低，仅一家生产，可配套率25%\n"
                     "外购300–400元/年（明示）\n本地：乙\n服务龙头：★甲\n"
                     "需要：隔膜、正极\n用于：整车</title>"),
            std::string::npos)
      << svg;
  EXPECT_NE(svg.find("<title>○ 隔膜\n缺链\n外购≥ 10元/年（明示）\n邻近生产企业1家\n"
                     "用于：电池、备件\n属于材料</title>"),
            std::string::npos)
      << svg;
  EXPECT_NE(svg.find("<title>○ 回收\n未见本地需求</title>"), std::string::npos) << svg;
}

TEST(ChainBoard, SaysHowItWasMade) {
  for (const Language language : {Language::En, Language::Zh}) {
    const std::string svg = svg_of(kChain, "电池链", spoken(language));
    EXPECT_NE(svg.find("<desc>liantu 0.1.0"), std::string::npos);
    EXPECT_NE(svg.find("a&lt;b&amp;c&gt;.liantu 0123"), std::string::npos);
    EXPECT_NE(svg.find("--region 500104"), std::string::npos);
    EXPECT_NE(svg.find("2025-02-08"), std::string::npos);
  }
}

TEST(ChainBoard, NamesAreEscaped) {
  constexpr std::string_view kHostile = R"(
    seg:链<&>{type=chain}; 甲&"<b>\x -part_of-> 链<&>
    <script>{region=500104} -makes-> 甲&"<b>\x
  )";
  const std::string svg = svg_of(kHostile, "链<&>", spoken(Language::En));
  EXPECT_NE(svg.find("链&lt;&amp;&gt;"), std::string::npos);
  EXPECT_NE(svg.find("甲&amp;&quot;&lt;b&gt;\\x"), std::string::npos);
  EXPECT_EQ(svg.find("<script>"), std::string::npos);
  EXPECT_EQ(svg.find("<b>"), std::string::npos);
  const std::string dot = dot_of(kHostile, "链<&>", spoken(Language::En));
  EXPECT_NE(dot.find("甲&amp;\\\"<b>\\\\x"), std::string::npos) << dot;
  EXPECT_NE(draw_svg(dot).find("</svg>"), std::string::npos);
}

TEST(ChainBoard, VeryLongNamesStayInTheirCards) {
  std::string latin(300, 'W');
  std::string chinese;
  for (int i = 0; i < 300; ++i) chinese += "链";
  const std::string text = fmt::format(
      "seg:链{{type=chain}}; {0} -part_of-> 链; {1} -part_of-> 链; {0} -requires-> {1}\n"
      "{0}{{region=500104}} -makes-> {0}; {1}{{region=500104}} -makes-> {0}",
      latin, chinese);
  const std::string svg = svg_of(text, "链", spoken(Language::En));
  EXPECT_NE(svg.find("…</text>"), std::string::npos);
  expect_legible(svg, 2);
}

TEST(ChainBoard, ThirtyAndSixtySegmentsStandOnA3) {
  for (const int segments : {30, 60}) {
    for (const Language language : {Language::En, Language::Zh}) {
      const std::string svg = svg_of(long_chain(segments), "链", spoken(language));
      EXPECT_NE(svg.find("width=\"420mm\" height=\"297mm\""), std::string::npos) << segments;
      expect_legible(svg, static_cast<std::size_t>(segments));
    }
  }
}

TEST(ChainBoard, LargerChainsTakeLargerSheetsAndLoseNothing) {
  const std::string larger = svg_of(long_chain(300), "链", spoken(Language::Zh));
  EXPECT_EQ(larger.find("width=\"420mm\""), std::string::npos);
  expect_legible(larger, 300);
  const std::string longest = svg_of(long_chain(2000), "链", spoken(Language::Zh));
  EXPECT_NE(longest.find("width=\"1189mm\""), std::string::npos);
  expect_legible(longest, 2000);
}

TEST(ChainBoard, ChainWithoutSegmentsSaysSo) {
  constexpr std::string_view kEmpty = "seg:链{type=chain}; 甲{region=500104} -makes-> 书";
  EXPECT_NE(svg_of(kEmpty, "链", spoken(Language::Zh)).find(">该产业链没有环节</text>"),
            std::string::npos);
  const std::string dot = dot_of(kEmpty, "链", {});
  EXPECT_NE(dot.find("the chain has no segments"), std::string::npos);
  EXPECT_NE(draw_svg(dot).find("</svg>"), std::string::npos);
}

TEST(ChainBoard, OneSegmentAndACircleAreDrawn) {
  expect_legible(svg_of(kChain, "回收", spoken(Language::En)), 1);
  constexpr std::string_view kCircle =
      "铁 -part_of-> 链{type=chain}; 煤 -part_of-> 链; 铁 -requires-> 煤 -requires-> 铁; "
      "甲{region=500104} -makes-> 书";
  const std::string svg = svg_of(kCircle, "链", spoken(Language::En));
  expect_legible(svg, 2);
  EXPECT_NE(svg.find(">position not known 2</text>"), std::string::npos);
  EXPECT_NE(svg.find("need each other in a circle"), std::string::npos);
}

TEST(ChainBoard, WhatIsMetShowsDemandAndNoLeakage) {
  // 200 of 电池 is needed and 120 made by two: above the threshold of a weak link.
  const std::string svg = svg_of(
      "电池 -part_of-> 链{type=chain}; 整车 -part_of-> 链; 整车 -requires{coef=0.2}-> 电池\n"
      "甲{region=500104,anchor} -makes{output=1000}-> 整车; 丙{region=500104,anchor} -makes-> 书\n"
      "乙{region=500104} -makes{output=60}-> 电池; 丁{region=500104} -makes{output=60}-> 电池",
      "链", spoken(Language::Zh));
  EXPECT_NE(svg.find("<title>● 电池\n基本满足，可配套率60%\n需求200元/年（明示）\n本地：乙、丁\n"),
            std::string::npos)
      << svg;
  EXPECT_EQ(svg.find(">外购80"), std::string::npos);
  // Of two anchors of the district one has to do with the chain.
  EXPECT_NE(svg.find("龙头企业 2 家，按表中标注（全区合计）；其中在本链有产品或需求的 1 家"),
            std::string::npos);
}

TEST(ChainBoard, GraphvizDrawsItNoLargerThanA3) {
  for (const int segments : {2, 30, 60}) {
    const std::string drawn = draw_svg(dot_of(long_chain(segments), "链", spoken(Language::Zh)));
    static const std::regex page("<svg width=\"([0-9]+)pt\" height=\"([0-9]+)pt\"");
    std::smatch found;
    ASSERT_TRUE(std::regex_search(drawn, found, page)) << segments;
    EXPECT_LE(number(found[1]), 1191) << segments;
    EXPECT_LE(number(found[2]), 842) << segments;
    EXPECT_GT(number(found[1]), number(found[2])) << segments;
  }
}

TEST(ChainBoard, ArrowsOfTheDrawingJoinNeighbouringColumns) {
  const std::string dot = dot_of(kChain, "电池链", spoken(Language::Zh));
  // 隔膜 0, 正极 1 | 电池 2 | 整车 3, 备件 4 | 回收 5; 隔膜 goes into 备件 too, two columns on.
  EXPECT_NE(dot.find("s0 -> s2 [weight=0]"), std::string::npos) << dot;
  EXPECT_NE(dot.find("s2 -> s3 [weight=0]"), std::string::npos);
  EXPECT_EQ(dot.find("s0 -> s4 [weight=0]"), std::string::npos);
}

TEST(ChainBoard, TheLargestInputsAreNamedAndDrawn) {
  constexpr std::string_view kMany = R"(
    seg:链{type=chain}; a -part_of-> 链; b -part_of-> 链; c -part_of-> 链; d -part_of-> 链
    车 -part_of-> 链; 车 -requires-> a; 车 -requires{coef=0.1}-> b; 车 -requires{coef=0.2}-> c
    车 -requires{coef=0.3}-> d; 甲{region=500104} -makes-> 车
  )";
  const std::string svg = svg_of(kMany, "链", spoken(Language::Zh));
  EXPECT_NE(svg.find(">需要：d、c等4项</text>"), std::string::npos) << svg;
  EXPECT_NE(svg.find("\n需要：d、c、b、a</title>"), std::string::npos);
  const std::string dot = dot_of(kMany, "链", spoken(Language::Zh));
  // Cards stand in the order of their segments: a 0 … d 3, 车 4. All inputs stand in one column.
  EXPECT_EQ(dot.find("s0 -> s4 [weight=0]"), std::string::npos) << dot;
  for (const char* arrow : {"s1 -> s4 [weight=0]", "s2 -> s4 [weight=0]", "s3 -> s4 [weight=0]"}) {
    EXPECT_NE(dot.find(arrow), std::string::npos) << arrow;
  }
}

TEST(ChainBoard, HiddenGapsSayWhatFillingOthersWouldNeed) {
  const std::string svg = svg_of(
      "电池 -part_of-> 链{type=chain}; 隔膜 -part_of-> 链; 整车 -part_of-> 链\n"
      "整车 -requires{coef=0.4}-> 电池 -requires{coef=0.1}-> 隔膜\n"
      "甲{region=500104} -makes{output=1000}-> 整车",
      "链", spoken(Language::En));
  // 400 of 电池 is bought elsewhere; making it here would need 40 of 隔膜.
  EXPECT_NE(svg.find("<title>○ 隔膜\nhidden\nonce other gaps are filled: CNY 40 a year (stated)"),
            std::string::npos)
      << svg;
}

TEST(ChainBoard, IsTheSameEachTime) {
  const std::string text = long_chain(40);
  EXPECT_EQ(svg_of(text, "链", {}), svg_of(text, "链", {}));
  EXPECT_EQ(dot_of(text, "链", {}), dot_of(text, "链", {}));
}

}  // namespace
}  // namespace liantu
