#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "liantu/report/drawings/chain_board.hpp"
#include "report/drawings/board_content.hpp"
#include "report/drawings/board_lines.hpp"
#include "report/formats/dot.hpp"
#include "report/formats/dot_text.hpp"

namespace liantu {
namespace {

// All lengths in points.
class DotBoard {
 public:
  DotBoard(const BoardContent& content, const ChainTree& tree) : content_(content), tree_(tree) {
    for (const Card& card : content.cards()) {
      lines_.push_back(lines(card));
      node_.try_emplace(card.segment->segment, node_.size());
    }
    find_order();
  }

  Drawing drawing() {
    choose();
    Drawing drawing;
    drawing.node_gap = 0.1;
    drawing.column_gap = 0.45;
    drawing.padding = 0.1;
    drawing.on_a3 = true;
    heading(drawing);
    for (const StageColumn& column : columns_) {
      if (drawing.clusters.empty() || drawing.clusters.back().id != stage_word(column.stage)) {
        drawing.clusters.push_back(stage(column.stage));
      }
      add(column, drawing.clusters.back());
    }
    drawing.arrows = arrows();
    return drawing;
  }

 private:
  struct StageColumn {
    Stage stage = Stage::Apart;
    std::vector<std::size_t> cards;
  };

  static constexpr double kWide = 13;     // of the lines on a card, in em
  static constexpr double kCard = 165;    // width of a card with the room beside it
  static constexpr double kLine = 14;     // height of a line
  static constexpr double kAround = 18;   // what a card takes beside its lines
  static constexpr double kAspect = 1.3;  // of the cards, so that title and notes leave A3's 1.41
  static constexpr double kNote = 100;    // of title and notes, in em

  [[nodiscard]] static std::vector<std::string> lines(const Card& card) {
    std::vector<std::string> lines = dot_lines(card.name);
    lines.front().insert(0, fmt::format("{} ", presence_mark(card.segment->presence)));
    const auto add = [&](const std::string& words) {
      for (std::string& line : limited(words, kWide)) lines.push_back(std::move(line));
    };
    add(card.status);
    for (const Variants& fact : card.facts) add(fact.front());
    return lines;
  }

  // Steps from what needs nothing, so that inputs stand left of what needs them; what needs itself
  // at some remove has none and keeps the order of segments.
  void find_order() {
    std::vector<std::size_t> level(lines_.size());
    std::vector<std::size_t> first_use(lines_.size(), lines_.size());
    const auto each_need = [&](auto visit) {
      for (const ChainNeed& need : tree_.needs) {
        const auto input = node_.find(need.input);
        const auto product = node_.find(need.product);
        if (input != node_.end() && product != node_.end()) visit(input->second, product->second);
      }
    };
    bool moved = true;
    for (std::size_t round = 0; moved && round < lines_.size(); ++round) {
      moved = false;
      each_need([&](std::size_t input, std::size_t product) {
        const std::size_t after = std::min(level[input] + 1, lines_.size());
        moved = moved || after > level[product];
        level[product] = std::max(level[product], after);
      });
    }
    each_need([&](std::size_t input, std::size_t product) {
      first_use[input] = std::min(first_use[input], level[product]);
    });
    for (std::size_t i = 0; i < lines_.size(); ++i) order_.push_back(i);
    // Raw materials of the first steps stand next to them.
    std::ranges::stable_sort(order_, {}, [&](std::size_t i) {
      return std::pair(level[i], lines_.size() - first_use[i]);
    });
  }

  // Columns no taller than wanted, stage after stage.
  [[nodiscard]] std::vector<StageColumn> filled(double tall) const {
    std::vector<StageColumn> columns;
    for (const Stage stage : kStages) {
      double height = tall;
      for (const std::size_t i : order_) {
        if (content_.cards()[i].segment->stage != stage) continue;
        const double own = kAround + kLine * static_cast<double>(lines_[i].size());
        if (height + own > tall) {
          columns.push_back({stage, {}});
          height = 0;
        }
        height += own;
        columns.back().cards.push_back(i);
      }
    }
    return columns;
  }

  // The lowest columns that are no wider together than the sheet; a stage has at least one.
  void choose() {
    const auto stages = static_cast<std::size_t>(std::ranges::count_if(kStages, [&](Stage stage) {
      return std::ranges::find(tree_.segments, stage, &ChainSegment::stage) != tree_.segments.end();
    }));
    double tall = kAround + kLine;
    do {
      tall *= 1.05;
      columns_ = filled(tall);
    } while (static_cast<double>(columns_.size()) * kCard > tall * kAspect &&
             columns_.size() > stages);
  }

  // A text of a size, in lines that fit the sheet.
  static void add_text(std::vector<DrawnText>& lines, std::string_view words, int letters) {
    for (std::string& line : broken(words, kNote)) {
      if (!line.empty()) lines.push_back({std::move(line), letters});
    }
  }

  void heading(Drawing& drawing) const {
    add_text(drawing.head, content_.title(), 24);
    for (const std::string& note : content_.notes()) add_text(drawing.head, note, 12);
    if (tree_.segments.empty()) {
      add_text(drawing.head, content_.say({"the chain has no segments", "该产业链没有环节"}), 12);
    }
    add_text(drawing.foot, content_.remarks(), 12);
    for (const std::string& note : content_.stage_notes()) add_text(drawing.foot, note, 12);
    add_text(
        drawing.foot,
        content_.say(
            {"arrows lead from an input to what needs it: the three largest inputs of each, "
             "between neighbouring columns; cards name the others",
             "箭头由投入指向其用途，只画每个环节最大的三项投入、相邻两列之间的；其余见卡片所列“需"
             "要”“用于”"}),
        12);
  }

  [[nodiscard]] DrawnCluster stage(Stage stage) const {
    const auto segments = std::ranges::count(tree_.segments, stage, &ChainSegment::stage);
    const bool placed = stage != Stage::Apart;
    DrawnCluster cluster;
    cluster.id = stage_word(stage);
    cluster.fill = placed ? "#F5F7F8" : "#FAFAFA";
    cluster.border = placed ? "#37474F" : "#9E9E9E";
    cluster.letters = 16;
    cluster.heading_on_top = true;
    cluster.heading = {content_.stage_heading(stage, static_cast<std::size_t>(segments))};
    return cluster;
  }

  void add(const StageColumn& column, DrawnCluster& cluster) const {
    for (const std::size_t i : column.cards) {
      const Card& card = content_.cards()[i];
      cluster.nodes.push_back({node_id(i),
                               DrawnNode::Kind::Box,
                               {.fill = card.paint.fill, .border = card.paint.border, .width = 1.9},
                               lines_[i],
                               card.name,
                               {}});
    }
    cluster.columns.push_back(cluster.nodes.size());
  }

  [[nodiscard]] static std::string node_id(std::size_t card) { return fmt::format("s{}", card); }

  [[nodiscard]] std::vector<DrawnArrow> arrows() const {
    std::vector<DrawnArrow> arrows;
    const auto add_arrow = [&](std::size_t from, std::size_t to, bool seen) {
      DrawnArrow& arrow = arrows.emplace_back();
      arrow.from = node_id(from);
      arrow.to = node_id(to);
      arrow.loose = true;
      arrow.seen = seen;
    };
    std::vector<std::size_t> at(lines_.size());
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      for (const std::size_t card : columns_[c].cards) at[card] = c;
      if (c > 0) add_arrow(columns_[c - 1].cards.front(), columns_[c].cards.front(), false);
    }
    for (const ChainNeed& need : tree_.needs) {
      const auto input = node_.find(need.input);
      const auto product = node_.find(need.product);
      if (input == node_.end() || product == node_.end()) continue;
      if (at[input->second] + 1 != at[product->second] || !content_.large(need)) continue;
      add_arrow(input->second, product->second, true);
    }
    return arrows;
  }

  const BoardContent& content_;
  const ChainTree& tree_;
  std::vector<std::vector<std::string>> lines_;  // of each card
  std::map<SegmentId, std::size_t> node_;
  std::vector<std::size_t> order_;  // of the cards
  std::vector<StageColumn> columns_;
};

}  // namespace

std::string chain_board_dot(const EnterpriseGraph& graph, const GapReport& report,
                            const ChainTree& tree, const BoardOptions& options) {
  const BoardContent content(graph, report, tree, options);
  return write_dot(DotBoard(content, tree).drawing());
}

}  // namespace liantu
