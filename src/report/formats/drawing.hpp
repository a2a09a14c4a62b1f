#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liantu {

/// How a box is drawn.
struct Look {
  std::string_view shape = "box";  ///< box, ellipse, hexagon, house
  std::string_view fill = "white";
  std::string_view border = "#555555";
  double pen = 0;  ///< width of the border; 0 = the usual one
  bool bold = false;
  bool dashed = false;
  bool rounded = false;
  bool doubled = false;  ///< with a second border
  double width = 0;      ///< least width in inches; 0 = as wide as the words
};

/// What a drawing shows at a place.
struct DrawnNode {
  enum class Kind {
    Box,
    Note,  ///< words without a box
    Hook,  ///< nothing to see: where the arrows of a cluster end
  };

  std::string id;  ///< unique in the drawing; a letter, then letters and digits
  Kind kind = Kind::Box;
  Look look;
  std::vector<std::string> lines;
  std::string tooltip;
  std::string right_of;  ///< id of what it stands to the right of; empty = anywhere
};

/// Nodes with a frame and a heading around them.
struct DrawnCluster {
  std::string id;         ///< unique in the drawing
  std::string_view fill;  ///< empty = no frame
  std::string_view border;
  double pen = 0;  ///< width of the frame; 0 = the usual one
  double margin = 0;
  double letters = 0;  ///< size of the heading
  std::string_view colour;
  bool heading_on_top = false;  ///< said where the drawing's own stands at the bottom
  std::vector<std::string> heading;
  std::string tooltip;
  std::vector<DrawnNode> nodes;
  std::vector<std::size_t> columns;  ///< where a column of nodes ends; empty = as it falls
};

/// An arrow from one node to another.
struct DrawnArrow {
  std::string from;
  std::string to;
  std::string from_cluster;  ///< the arrow leaves its frame instead of the node; empty = the node
  std::string to_cluster;
  std::string label;
  std::string tooltip;
  std::size_t steps = 1;  ///< columns between its ends at least
  bool loose = false;     ///< it moves no node
  bool seen = true;       ///< else it only keeps its ends in order
};

/// Words above or below a drawing, lines of a size.
struct DrawnText {
  std::string words;
  int letters = 12;
};

/// What a map, an ego network or a chain board shows, whatever writes it.
struct Drawing {
  std::vector<std::string> title;  ///< centred above
  std::vector<DrawnText> head;     ///< at the upper left, instead of a title
  std::vector<DrawnText> foot;     ///< at the lower left
  double node_gap = 0.12;          ///< inches
  double column_gap = 0;           ///< inches; 0 = the usual one
  double padding = 0.3;            ///< inches
  bool on_a3 = false;              ///< made no larger than an A3 sheet
  std::vector<DrawnCluster> clusters;
  std::vector<DrawnNode> nodes;  ///< outside all clusters
  std::vector<DrawnArrow> arrows;
  std::optional<DrawnCluster> legend;
};

}  // namespace liantu
