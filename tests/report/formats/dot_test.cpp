#include "report/formats/dot.hpp"

#include <string>

#include <gtest/gtest.h>

namespace liantu {
namespace {

// What stands behind the lines that every drawing begins with.
std::string body(const Drawing& drawing) {
  const std::string text = write_dot(drawing);
  const auto at = text.find("arrowsize=0.8];\n");
  return at == std::string::npos ? text : text.substr(at + 16);
}

TEST(WriteDot, AnEmptyDrawingIsAnEmptyGraph) { EXPECT_EQ(body({}), "}\n"); }

TEST(WriteDot, ABoxHasItsLookWordsAndTooltip) {
  Drawing drawing;
  Look look{.fill = "#E3F0FF", .pen = 3, .rounded = true, .doubled = true};
  drawing.nodes = {{"n0", DrawnNode::Kind::Box, look, {"甲\"", "乙"}, "甲&", {}},
                   {"n1", DrawnNode::Kind::Note, {}, {"and 2 more"}, {}, "n0"}};
  EXPECT_EQ(body(drawing),
            "  n0 [shape=box, peripheries=2, style=\"filled,rounded\", fillcolor=\"#E3F0FF\", "
            "color=\"#555555\", penwidth=3, label=\"甲\\\"\\n乙\", tooltip=\"甲&amp;\"];\n"
            "  n0 -> n1 [style=invis];\n"
            "  n1 [shape=plaintext, height=0.2, margin=\"0.02,0.0\", fontcolor=\"#444444\", "
            "label=\"and 2 more\"];\n}\n");
}

TEST(WriteDot, ColumnsOfAClusterStandBelowEachOther) {
  Drawing drawing;
  DrawnCluster cluster;
  cluster.id = "one";
  cluster.fill = "#FFFFFF";
  cluster.border = "#000000";
  for (const char* id : {"a", "b", "c"})
    cluster.nodes.push_back({id, DrawnNode::Kind::Hook, {}, {}, {}, {}});
  cluster.columns = {2, 3};
  drawing.clusters = {cluster};
  const std::string text = write_dot(drawing);
  EXPECT_NE(text.find("newrank=true"), std::string::npos);
  EXPECT_NE(text.find("{ rank=same; a; b; }\n"), std::string::npos) << text;
  EXPECT_NE(text.find("{ rank=same; c; }\n"), std::string::npos) << text;
}

TEST(WriteDot, ArrowsBetweenFramesEndAtTheFrames) {
  Drawing drawing;
  DrawnArrow arrow;
  arrow.from = "a";
  arrow.to = "b";
  arrow.from_cluster = "0";
  arrow.to_cluster = "1";
  arrow.steps = 3;
  arrow.label = "0.4";
  drawing.arrows = {arrow};
  const std::string text = write_dot(drawing);
  EXPECT_NE(text.find("compound=true"), std::string::npos);
  EXPECT_NE(text.find("a -> b [ltail=cluster_0, lhead=cluster_1, minlen=3, label=\"0.4\"];\n"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace liantu
