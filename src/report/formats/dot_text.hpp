#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace liantu {

/// Nodes and arrows of every drawing; heading and layout differ from one to another.
inline constexpr std::string_view kDotTextStyle =
    "  node [fontname=\"Noto Sans CJK SC\", fontsize=11, height=0.3, margin=\"0.10,0.05\"];\n"
    "  edge [fontname=\"Noto Sans CJK SC\", fontsize=10, color=\"#666666\", arrowsize=0.8];\n";

/// A name inside a quoted string of DOT. Graphviz reads backslashes and character entities there;
/// neither may come out of a name. It refuses strings beyond 16 KiB, so nothing is drawn of a name
/// beyond what anyone would read.
[[nodiscard]] std::string dot_escaped(std::string_view text);

/// Lines of about equal width for a box, broken at blanks where there are any; three at most.
[[nodiscard]] std::vector<std::string> dot_lines(std::string_view text);

/// Lines as a label, centred.
[[nodiscard]] std::string dot_label(const std::vector<std::string>& lines);

}  // namespace liantu
