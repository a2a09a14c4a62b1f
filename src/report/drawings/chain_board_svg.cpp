#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "liantu/report/drawings/chain_board.hpp"
#include "report/drawings/board_content.hpp"
#include "report/drawings/board_lines.hpp"
#include "report/formats/xml_text.hpp"

namespace liantu {
namespace {

constexpr std::array kKinds = {GapKind::Missing, GapKind::Weak, GapKind::Hidden, GapKind::Extension,
                               GapKind::Open};

// All lengths in millimetres, one unit of the viewBox each.
constexpr double kSmallest = 6 * 25.4 / 72;  // 6 pt
constexpr double kLargest = 4;
constexpr double kStep = 0.1;
constexpr double kMargin = 9;
constexpr double kLeading = 1.32;  // from line to line, in em
constexpr double kInset = 0.55;    // of a card, in em
constexpr double kNameSize = 1.18;
constexpr double kStageSize = 1.3;
constexpr double kNarrowest = 12.5;  // of a column, in em

struct Paper {
  double width;
  double height;
};
constexpr std::array kPapers = {Paper{420, 297}, Paper{594, 420}, Paper{841, 594},
                                Paper{1189, 841}};

struct Line {
  std::string text;
  double size = 0;
  bool bold = false;
  std::string_view colour = "#222222";
  double indent = 0;
};

struct Block {
  std::vector<Line> lines;
  double height = 0;
};

// Upper left corner of a card.
struct CardCorner {
  double x = 0;
  double y = 0;
};

struct CardColumn {
  std::vector<std::size_t> cards;
  double height = 0;
};

struct StageLayout {
  Stage stage = Stage::Apart;
  std::size_t segments = 0;
  std::vector<CardColumn> columns;
};

struct Layout {
  Paper paper{};
  double size = kSmallest;
  double column = 0;  // width
  double gap = 0;     // between cards
  std::vector<Block> blocks;
  std::vector<StageLayout> stages;
};

class Board {
 public:
  explicit Board(const BoardContent& content) : content_(content) {
    for (const Stage stage : kStages) {
      std::vector<std::size_t> members;
      for (std::size_t i = 0; i < content.cards().size(); ++i) {
        if (content.cards()[i].segment->stage == stage) members.push_back(i);
      }
      if (!members.empty()) members_.emplace_back(stage, std::move(members));
    }
  }

  std::string run() {
    choose();
    draw();
    return std::move(out_);
  }

 private:
  using Members = std::pair<Stage, std::vector<std::size_t>>;

  template <typename... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

  // ---- layout ----

  // The smallest sheet, on it the largest letters that fit; of equal ones the widest cards.
  void choose() {
    for (const Paper& paper : kPapers) {
      measure(paper);
      if (members_.empty()) return;
      if (!fits(kSmallest)) continue;
      for (double size = kLargest; size > kSmallest; size -= kStep) {
        if (fits(size)) return;
      }
      fits(kSmallest);
      return;
    }
    lengthen();
  }

  // What stands around the cards takes letters of a size that goes with the paper.
  void measure(const Paper& paper) {
    layout_.paper = paper;
    const double scale = paper.width / kPapers.front().width;
    const double room = paper.width - 2 * kMargin;
    const auto paragraph = [&](std::vector<Line>& lines, std::string_view words, double size,
                               bool bold, std::string_view colour) {
      for (std::string& line : limited(words, room / size)) {
        lines.push_back({std::move(line), size, bold, colour});
      }
    };
    head_.clear();
    foot_.clear();
    paragraph(head_, content_.title(), 7 * scale, true, "#111111");
    for (const std::string& note : content_.notes()) {
      paragraph(head_, note, 3.4 * scale, false, "#333333");
    }
    legend_size_ = 2.7 * scale;
    paragraph(foot_, content_.remarks(), 2.5 * scale, false, "#333333");
    for (const std::string& note : content_.stage_notes()) {
      paragraph(foot_, note, 2.5 * scale, false, "#333333");
    }
    for (std::string& line : broken(content_.run(), room / kSmallest)) {
      if (!line.empty()) foot_.push_back({std::move(line), kSmallest, false, "#555555"});
    }
    top_ = kMargin + height_of(head_) + 2 * scale;
    bottom_ = paper.height - kMargin - height_of(foot_) - legend_height() - 2 * scale;
  }

  static double height_of(const std::vector<Line>& lines) {
    double height = 0;
    for (const Line& line : lines) height += line.size * kLeading;
    return height;
  }

  [[nodiscard]] double room() const { return layout_.paper.width - 2 * kMargin; }
  [[nodiscard]] double stage_gap() const { return layout_.size * 0.9; }
  [[nodiscard]] double heading_height() const { return layout_.size * 2.2; }
  [[nodiscard]] double cards_top() const { return top_ + heading_height() + layout_.gap; }

  void set(double size, std::size_t columns) {
    layout_.size = size;
    layout_.gap = size * 0.6;
    const double gaps = stage_gap() * static_cast<double>(members_.size() - 1) +
                        layout_.gap * static_cast<double>(columns - members_.size());
    layout_.column = (room() - gaps) / static_cast<double>(columns);
    layout_.blocks.clear();
    for (const Card& card : content_.cards()) layout_.blocks.push_back(block(card));
  }

  [[nodiscard]] std::size_t most_columns(double size) const {
    return static_cast<std::size_t>((room() + size) / (size * (kNarrowest + 0.6)));
  }

  // Lays out the cards with letters of a size, if they fit the sheet.
  bool fits(double size) {
    const std::size_t most = std::max(members_.size(), most_columns(size));
    std::size_t columns = members_.size();
    while (columns <= most) {
      set(size, columns);
      const double tall = bottom_ - cards_top();
      const std::size_t need = needed(tall);
      if (need <= columns) {
        level(tall, columns);
        return true;
      }
      columns = need;  // narrower cards are no lower, so that fewer cannot do
    }
    return false;
  }

  // Nothing is left out of a chain that not even the largest sheet holds.
  void lengthen() {
    const std::size_t columns = std::max(members_.size(), most_columns(kSmallest));
    set(kSmallest, columns);
    double tall = bottom_ - cards_top();
    while (needed(tall) > columns) tall *= 1.05;
    const double more = tall - (bottom_ - cards_top());
    layout_.paper.height += more;
    bottom_ += more;
    level(tall, columns);
  }

  // The columns of a stage end level: the lowest height that takes no more of them.
  void level(double tall, std::size_t columns) {
    const auto lowest = [&](auto fitting) {
      double low = 0;
      double high = tall;
      for (int i = 0; i < 24; ++i) {
        const double middle = (low + high) / 2;
        (fitting(middle) ? high : low) = middle;
      }
      return high;
    };
    const double all = lowest([&](double height) { return needed(height) <= columns; });
    layout_.stages.clear();
    for (const Members& members : members_) {
      const std::size_t own = filled(members, all).size();
      const double height =
          lowest([&](double least) { return filled(members, least).size() <= own; });
      layout_.stages.push_back({members.first, members.second.size(), filled(members, height)});
    }
  }

  [[nodiscard]] std::size_t needed(double tall) const {
    std::size_t columns = 0;
    for (const Members& members : members_) {
      for (const CardColumn& column : filled(members, tall)) {
        if (column.height > tall) return SIZE_MAX;
        ++columns;
      }
    }
    return columns;
  }

  [[nodiscard]] std::vector<CardColumn> filled(const Members& members, double tall) const {
    std::vector<CardColumn> columns;
    for (const std::size_t card : members.second) {
      const double height = layout_.blocks[card].height;
      if (columns.empty() || columns.back().height + layout_.gap + height > tall) {
        columns.emplace_back();
      }
      CardColumn& column = columns.back();
      column.height += (column.cards.empty() ? 0 : layout_.gap) + height;
      column.cards.push_back(card);
    }
    return columns;
  }

  [[nodiscard]] Block block(const Card& card) const {
    const double size = layout_.size;
    const double inside = layout_.column - 2 * kInset * size;
    Block block;
    const double indent = 1.25 * kNameSize * size;
    // Bold letters are a little wider.
    for (std::string& line : limited(card.name, (inside - indent) / (kNameSize * size) * 0.98)) {
      block.lines.push_back({std::move(line), kNameSize * size, true, "#111111", indent});
    }
    for (std::string& line : limited(card.status, inside / size * 0.98)) {
      block.lines.push_back({std::move(line), size, true, card.paint.border});
    }
    for (const Variants& fact : card.facts) {
      std::vector<std::string> lines;
      for (const std::string& words : fact) {
        lines = broken(words, inside / size);
        if (lines.size() <= kMostLines) break;
        lines = limited(words, inside / size);
      }
      for (std::string& line : lines) block.lines.push_back({std::move(line), size});
    }
    block.height = height_of(block.lines) + 2 * kInset * size;
    return block;
  }

  // ---- drawing ----

  void draw() {
    const Paper& paper = layout_.paper;
    put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}mm\" height=\"{1:.0f}mm\" "
        "viewBox=\"0 0 {0:.0f} {1:.0f}\" font-family=\"Noto Sans CJK SC, Microsoft YaHei, "
        "PingFang SC, WenQuanYi Micro Hei, sans-serif\">\n",
        paper.width, std::ceil(paper.height));
    put("<title>{}</title>\n", xml_escaped(content_.title()));
    if (!content_.run().empty()) put("<desc>{}</desc>\n", xml_escaped(content_.run()));
    put("<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n");
    double y = kMargin;
    draw_lines(head_, kMargin, y);
    if (members_.empty()) {
      const std::string words = content_.say({"the chain has no segments", "该产业链没有环节"});
      draw_line({words, 5, false, "#333333"}, kMargin, top_ + 10);
    }
    double x = kMargin;
    for (std::size_t i = 0; i < layout_.stages.size(); ++i) {
      x = stage(layout_.stages[i], x) + stage_gap();
    }
    y = bottom_ + 2 * paper.width / kPapers.front().width;
    legend(y);
    draw_lines(foot_, kMargin, y);
    out_ += "</svg>\n";
  }

  void draw_line(const Line& line, double x, double baseline) {
    put("<text x=\"{:.2f}\" y=\"{:.2f}\" font-size=\"{:.2f}\"{} fill=\"{}\">{}</text>\n",
        x + line.indent, baseline, line.size, line.bold ? " font-weight=\"bold\"" : "", line.colour,
        xml_escaped(line.text));
  }

  void draw_lines(const std::vector<Line>& lines, double x, double& y) {
    for (const Line& line : lines) {
      draw_line(line, x, y + line.size);
      y += line.size * kLeading;
    }
  }

  // Returns where the stage ends.
  double stage(const StageLayout& stage, double x) {
    const double size = layout_.size;
    const auto columns = static_cast<double>(stage.columns.size());
    const double width = columns * layout_.column + (columns - 1) * layout_.gap;
    const double high = heading_height();
    // An arrow points to what lies downstream.
    const bool placed = stage.stage != Stage::Apart;
    const double shoulder = x + width - (placed ? size * 0.3 : 0);
    put("<path d=\"M{0:.2f} {1:.2f}H{2:.2f}L{3:.2f} {4:.2f}L{2:.2f} {5:.2f}H{0:.2f}Z\" "
        "fill=\"{6}\"/>\n",
        x, top_, shoulder, shoulder + (placed ? stage_gap() * 0.8 : 0), top_ + high / 2,
        top_ + high, placed ? "#37474F" : "#757575");
    const std::string words = content_.stage_heading(stage.stage, stage.segments);
    const double letters =
        std::max(kSmallest, std::min(kStageSize * size, (width - size) / em_width(words)));
    draw_line({words, letters, true, "#FFFFFF"}, x + size * 0.6, top_ + high / 2 + letters * 0.37);
    for (const CardColumn& column : stage.columns) {
      double y = cards_top();
      for (const std::size_t card : column.cards) {
        draw_card(card, {x, y});
        y += layout_.blocks[card].height + layout_.gap;
      }
      x += layout_.column + layout_.gap;
    }
    return x - layout_.gap;
  }

  void draw_card(std::size_t index, CardCorner at) {
    const Card& card = content_.cards()[index];
    const Block& block = layout_.blocks[index];
    const double size = layout_.size;
    put("<g><title>{}</title>\n", xml_escaped(card.title));
    put("<rect x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\" rx=\"{:.2f}\" "
        "fill=\"{}\" stroke=\"{}\" stroke-width=\"0.3\"/>\n",
        at.x, at.y, layout_.column, block.height, size * 0.35, card.paint.fill, card.paint.border);
    const double left = at.x + kInset * size;
    double y = at.y + kInset * size;
    const double radius = 0.42 * kNameSize * size;
    draw_mark(card.segment->presence, left + radius, y + kNameSize * size * 0.64, radius,
              card.paint.border);
    draw_lines(block.lines, left, y);
    out_ += "</g>\n";
  }

  // Drawn rather than written: few fonts have all three.
  void draw_mark(Presence presence, double x, double y, double radius, std::string_view colour) {
    put("<circle cx=\"{:.2f}\" cy=\"{:.2f}\" r=\"{:.2f}\" fill=\"{}\" stroke=\"{}\" "
        "stroke-width=\"{:.2f}\"/>\n",
        x, y, radius, presence == Presence::Made ? colour : "#FFFFFF", colour, radius * 0.25);
    if (presence == Presence::Partly) {
      put("<path d=\"M{0:.2f} {1:.2f}A{2:.2f} {2:.2f} 0 0 0 {0:.2f} {3:.2f}Z\" fill=\"{4}\"/>\n", x,
          y - radius, radius, y + radius, colour);
    }
  }

  // ---- legend ----

  static constexpr double kPicture = 1.6;  // room of a mark or colour, in em

  // A mark, or else a colour, and what it means.
  struct Item {
    std::optional<Presence> mark;
    std::optional<Paint> paint;
    std::string words;
  };

  [[nodiscard]] std::vector<Item> items() const {
    std::vector<Item> items;
    for (const Presence presence : kPresences) {
      items.push_back({presence, std::nullopt, content_.say(presence_text(presence))});
    }
    for (const GapKind kind : kKinds) {
      items.push_back({std::nullopt, gap_paint(kind), content_.say(gap_text(kind))});
    }
    items.push_back({std::nullopt, kSupplied, content_.say({"made, no gap", "本地可供，无缺口"})});
    items.push_back({std::nullopt, kIdle, content_.say({"no local need known", "未见本地需求"})});
    return items;
  }

  [[nodiscard]] double item_width(const Item& item) const {
    return (kPicture + em_width(item.words) + 1.8) * legend_size_;
  }

  [[nodiscard]] double legend_height() const {
    double lines = 1;
    double x = 0;
    for (const Item& item : items()) {
      const double width = item_width(item);
      if (x > 0 && x + width > room()) {
        ++lines;
        x = 0;
      }
      x += width;
    }
    return lines * legend_size_ * 1.7;
  }

  void legend(double& y) {
    const double size = legend_size_;
    double x = 0;
    for (const Item& item : items()) {
      const double width = item_width(item);
      if (x > 0 && x + width > room()) {
        y += size * 1.7;
        x = 0;
      }
      const double left = kMargin + x;
      const double middle = y + size * 0.75;
      if (item.mark) draw_mark(*item.mark, left + size * 0.5, middle, size * 0.45, "#333333");
      if (item.paint) {
        put("<rect x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\" fill=\"{}\" "
            "stroke=\"{}\" stroke-width=\"0.3\"/>\n",
            left, middle - size * 0.45, size * 1.2, size * 0.9, item.paint->fill,
            item.paint->border);
      }
      draw_line({item.words, size}, left + kPicture * size, middle + size * 0.37);
      x += width;
    }
    y += size * 1.7;
  }

  const BoardContent& content_;
  std::vector<Members> members_;
  Layout layout_;
  std::vector<Line> head_;
  std::vector<Line> foot_;
  double legend_size_ = 0;
  double top_ = 0;     // of the stages
  double bottom_ = 0;  // of the cards
  std::string out_;
};

}  // namespace

std::string chain_board_svg(const EnterpriseGraph& graph, const GapReport& report,
                            const ChainTree& tree, const BoardOptions& options) {
  const BoardContent content(graph, report, tree, options);
  return Board(content).run();
}

}  // namespace liantu
