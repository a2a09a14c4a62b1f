#include "report/formats/dot.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "report/formats/dot_text.hpp"
#include "report/formats/xml_text.hpp"

namespace liantu {
namespace {

// A value as DOT writes it: words that are no plain word stand in quotes.
std::string quoted(std::string_view value) {
  const bool plain = std::ranges::all_of(value, [](char c) { return c >= 'a' && c <= 'z'; });
  return plain ? std::string(value) : fmt::format("\"{}\"", value);
}

class Writer {
 public:
  explicit Writer(const Drawing& drawing) : drawing_(drawing) {}

  std::string run() {
    open();
    const std::string inner = framed() ? "    " : "  ";
    if (framed()) {
      put("  subgraph cluster_board {{\n    graph [penwidth=0, labelloc=t, labeljust=l, "
          "label={}];\n",
          table(drawing_.head));
    }
    for (const DrawnNode& node : drawing_.nodes) write(node, inner);
    for (const DrawnCluster& cluster : drawing_.clusters) write(cluster, inner);
    for (const DrawnArrow& arrow : drawing_.arrows) write(arrow, inner);
    if (drawing_.legend) write(*drawing_.legend, inner);
    if (framed()) out_ += "  }\n";
    out_ += "}\n";
    return std::move(out_);
  }

 private:
  template <typename... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

  // Words stand at two ends of the drawing.
  [[nodiscard]] bool framed() const { return !drawing_.head.empty(); }

  void open() {
    const bool between = std::ranges::any_of(
        drawing_.arrows, [](const DrawnArrow& arrow) { return !arrow.from_cluster.empty(); });
    const bool columns = std::ranges::any_of(
        drawing_.clusters, [](const DrawnCluster& cluster) { return !cluster.columns.empty(); });
    put("digraph liantu {{\n  graph [charset=\"UTF-8\", rankdir=LR");
    if (between) out_ += ", compound=true";
    // A3 landscape less the margins that printers leave.
    if (drawing_.on_a3) out_ += ", size=\"16.1,11.3!\"";
    put(", nodesep={}", drawing_.node_gap);
    if (drawing_.column_gap > 0) put(", ranksep={}", drawing_.column_gap);
    if (columns) out_ += ", newrank=true";
    if (between) out_ += ", splines=true";
    put(", outputorder=edgesfirst, pad={}, bgcolor=white", drawing_.padding);
    constexpr std::string_view kFont = ",\n         fontname=\"Noto Sans CJK SC\"";
    if (!drawing_.foot.empty()) {
      put("{}, labelloc=b, labeljust=l, label={}", kFont, table(drawing_.foot));
    } else if (!drawing_.title.empty()) {
      put("{}, fontsize=20, labelloc=t, label=\"{}\"", kFont, dot_label(drawing_.title));
    }
    put("];\n{}", kDotTextStyle);
  }

  // Lines below each other, left aligned.
  [[nodiscard]] static std::string table(const std::vector<DrawnText>& lines) {
    std::string rows;
    for (const DrawnText& line : lines) {
      rows += fmt::format("<TR><TD ALIGN=\"LEFT\"><FONT POINT-SIZE=\"{}\">{}</FONT></TD></TR>",
                          line.letters, xml_escaped(line.words));
    }
    return fmt::format("<<TABLE BORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"2\">{}</TABLE>>",
                       rows);
  }

  static std::string attributes(const Look& look) {
    std::string style = "filled";
    if (look.bold) style += ",bold";
    if (look.dashed) style += ",dashed";
    if (look.rounded) style += ",rounded";
    std::string text = fmt::format("shape={}", look.shape);
    if (look.doubled) text += ", peripheries=2";
    text += fmt::format(", style={}", quoted(style));
    if (look.width > 0) text += fmt::format(", width={}", look.width);
    text += fmt::format(", fillcolor={}, color={}", quoted(look.fill), quoted(look.border));
    if (look.pen > 0) text += fmt::format(", penwidth={}", look.pen);
    return text;
  }

  void write(const DrawnNode& node, const std::string& inner) {
    if (!node.right_of.empty()) {
      put("{}{} -> {} [style=invis];\n", inner, node.right_of, node.id);
    }
    switch (node.kind) {
      case DrawnNode::Kind::Hook:
        put("{}{} [shape=point, style=invis, width=0.02, height=0.02, label=\"\"];\n", inner,
            node.id);
        return;
      case DrawnNode::Kind::Note:
        put("{}{} [shape=plaintext, height=0.2, margin=\"0.02,0.0\", fontcolor=\"#444444\", "
            "label=\"{}\"];\n",
            inner, node.id, dot_label(node.lines));
        return;
      case DrawnNode::Kind::Box:
        put("{}{} [{}, label=\"{}\", tooltip=\"{}\"];\n", inner, node.id, attributes(node.look),
            dot_label(node.lines), dot_escaped(node.tooltip));
    }
  }

  void write(const DrawnCluster& cluster, const std::string& inner) {
    const std::string deeper = inner + "  ";
    put("{}subgraph cluster_{} {{\n{}graph [style=\"filled\", fillcolor=\"{}\", color=\"{}\"",
        inner, cluster.id, deeper, cluster.fill, cluster.border);
    if (cluster.pen > 0) put(", penwidth={}", cluster.pen);
    if (cluster.margin > 0) put(", margin={}", cluster.margin);
    if (cluster.letters > 0) put(", fontsize={}", cluster.letters);
    if (!cluster.colour.empty()) put(", fontcolor=\"{}\"", cluster.colour);
    if (cluster.heading_on_top) out_ += ", labelloc=t";
    put(", label=\"{}\"", dot_label(cluster.heading));
    if (!cluster.tooltip.empty()) put(", tooltip=\"{}\"", dot_escaped(cluster.tooltip));
    out_ += "];\n";
    std::size_t begin = 0;
    for (std::size_t i = 0; i < cluster.nodes.size(); ++i) {
      write(cluster.nodes[i], deeper);
      if (!std::ranges::binary_search(cluster.columns, i + 1)) continue;
      put("{}{{ rank=same;", deeper);
      for (; begin <= i; ++begin) put(" {};", cluster.nodes[begin].id);
      out_ += " }\n";
    }
    put("{}}}\n", inner);
  }

  void write(const DrawnArrow& arrow, const std::string& inner) {
    std::string said;
    const auto say = [&](std::string_view name, const std::string& value) {
      said += fmt::format("{}{}={}", said.empty() ? "" : ", ", name, value);
    };
    if (!arrow.seen) say("style", "invis");
    if (!arrow.from_cluster.empty()) say("ltail", "cluster_" + arrow.from_cluster);
    if (!arrow.to_cluster.empty()) say("lhead", "cluster_" + arrow.to_cluster);
    if (arrow.loose) say("weight", "0");
    if (arrow.steps > 1) say("minlen", std::to_string(arrow.steps));
    if (!arrow.tooltip.empty()) say("tooltip", fmt::format("\"{}\"", dot_escaped(arrow.tooltip)));
    if (!arrow.label.empty()) say("label", fmt::format("\"{}\"", dot_escaped(arrow.label)));
    put("{}{} -> {} [{}];\n", inner, arrow.from, arrow.to, said);
  }

  const Drawing& drawing_;
  std::string out_;
};

}  // namespace

std::string write_dot(const Drawing& drawing) { return Writer(drawing).run(); }

}  // namespace liantu
