#include "liantu/report/chain_board.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/hash_map.hpp"
#include "liantu/base/basis.hpp"
#include "liantu/base/display_width.hpp"
#include "liantu/base/money.hpp"
#include "liantu/base/region.hpp"
#include "liantu/base/utf8.hpp"
#include "report/dot_text.hpp"
#include "report/paint.hpp"
#include "report/words.hpp"
#include "report/xml_text.hpp"

namespace liantu {
namespace {

constexpr std::array kStages = {Stage::Upstream, Stage::Midstream, Stage::Downstream, Stage::Apart};
constexpr std::array kPresences = {Presence::Made, Presence::Partly, Presence::None};
constexpr std::array kKinds = {GapKind::Missing, GapKind::Weak, GapKind::Hidden,
                               GapKind::Extension, GapKind::Open};
// Of a segment that nobody here needs or makes.
constexpr Paint kIdle{"#FFFFFF", "#757575"};
constexpr std::size_t kFirms = 3;
constexpr std::size_t kSegments = 2;
constexpr std::size_t kArrows = 3;
constexpr std::size_t kNamesInTitle = 20;

// The same words with more names and with fewer; the first that fits is drawn.
using Variants = std::vector<std::string>;

struct Card {
  const ChainSegment* segment = nullptr;
  Paint paint;
  std::string name;
  std::string status;
  std::vector<Variants> facts;
  std::string title;
};

// What the board says, whatever it is drawn with.
class Content {
 public:
  Content(const EnterpriseGraph& graph, const GapReport& report, const ChainTree& tree,
          const BoardOptions& options)
      : graph_(graph), report_(report), tree_(tree), language_(options.language) {
    for (const Gap& gap : report.gaps) gap_of_.try_emplace(raw(gap.segment), &gap);
    for (const Gap& met : report.met) gap_of_.try_emplace(raw(met.segment), &met);
    collect_needs();
    for (const ChainSegment& one : tree.segments) cards_.push_back(card(one));
    heading(options.run);
  }

  [[nodiscard]] const std::vector<Card>& cards() const { return cards_; }
  /// Whether an input is among the largest of what a product needs of the chain.
  [[nodiscard]] bool large(const ChainNeed& need) const {
    const std::vector<SegmentId>& inputs = inputs_.at(raw(need.product));
    const auto end = inputs.begin() + static_cast<std::ptrdiff_t>(std::min(kArrows, inputs.size()));
    return std::find(inputs.begin(), end, need.input) != end;
  }
  [[nodiscard]] const std::string& title() const { return title_; }
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }
  [[nodiscard]] const std::string& run() const { return run_; }
  [[nodiscard]] bool chinese() const { return language_ == Language::Zh; }
  [[nodiscard]] const std::string& say(const Text& text) const { return text.in(language_); }

  [[nodiscard]] std::string stage_heading(Stage stage, std::size_t segments) const {
    return fmt::format("{} {}", say(stage_text(stage)), segments);
  }

  [[nodiscard]] std::vector<std::string> remarks() const {
    return {say({"leakage: what local firms buy elsewhere (≥ or \"or more\": firms whose need is "
                 "unknown are left out)",
                 "外购：本地需求由外地满足的部分（≥ 与“以上”表示未计入需求额不详的企业）"}),
            say({"coverage: local output over local demand", "可配套率：本地产出与本地需求之比"}),
            say({"★ anchor firm", "★ 龙头企业"})};
  }

  // How the stages came about, where who needs whom does not tell.
  [[nodiscard]] std::vector<std::string> stage_notes() const {
    std::vector<std::string> notes;
    for (const Text& note : tree_.notes) notes.push_back(say(note));
    return notes;
  }

 private:
  // What is needed most stands first, for of forty inputs a card names two.
  void collect_needs() {
    const Relation requires_ = graph_.relation(RelationKind::Requires);
    std::vector<std::pair<double, ChainNeed>> sized;
    for (const ChainNeed& need : tree_.needs) {
      double coefficient = -1;
      const EdgeRange edges = requires_.out_edges(graph_.entity(need.product));
      for (std::uint64_t edge = edges.first; edge < edges.last; ++edge) {
        if (requires_.target(EdgeId{edge}) != graph_.entity(need.input)) continue;
        coefficient = std::max(
            coefficient, requires_.number(EdgeId{edge}, EdgeNumber::Coefficient).value_or(-1));
      }
      sized.emplace_back(-coefficient, need);
    }
    std::ranges::sort(sized);
    for (const auto& [size, need] : sized) {
      inputs_[raw(need.product)].push_back(need.input);
      uses_[raw(need.input)].push_back(need.product);
    }
  }

  [[nodiscard]] std::string text(std::string_view en, std::string_view zh) const {
    return std::string(chinese() ? zh : en);
  }

  template <typename... Args>
  [[nodiscard]] std::string write(std::string_view en, std::string_view zh,
                                  const Args&... args) const {
    return fmt::format(fmt::runtime(chinese() ? zh : en), args...);
  }

  [[nodiscard]] std::string name(EntityId entity) const {
    return printable(valid_utf8(graph_.name(entity)));
  }

  [[nodiscard]] std::string firm_name(FirmId firm) const {
    const std::string whole =
        printable(valid_utf8(liantu::firm_name(graph_, report_.newcomers, firm)));
    const bool anchor = std::ranges::binary_search(report_.anchors.firms, firm);
    return fmt::format("{}{}{}", anchor ? "★" : "", without_legal_form(whole),
                       newcomer_mark(graph_, firm, language_));
  }

  // In yuan where known, else in firms; the two never mix.
  [[nodiscard]] std::string need(const Gap& gap) const {
    if (gap.kind == GapKind::Hidden && !gap.kinds.empty() && !gap.later.empty()) {
      const RoundDemand& first = gap.later.front();
      return write("once other gaps are filled: {} a year ({})", "补链后需求{}/年（{}）",
                   format_money(Money{first.demand.value}, language_),
                   say(basis_text(first.demand.basis)));
    }
    // What a segment without a gap is bought elsewhere for is no gap, and must not look like one.
    if (gap.kinds.empty() && gap.demand) {
      return write(
          "demand {}{} a year ({})", "需求{}{}/年（{}）", gap.needs_unknown > 0 ? "≥ " : "",
          format_money(Money{gap.demand->value}, language_), say(basis_text(gap.demand->basis)));
    }
    const std::string leakage =
        gap.kinds.empty() ? "" : leakage_text(gap, Currency::Named, language_);
    if (!leakage.empty()) {
      return write("leakage {} a year ({})", "外购{}/年（{}）", leakage,
                   say(basis_text(gap.basis)));
    }
    const bool extension = gap.kind == GapKind::Extension && !gap.kinds.empty();
    return extension ? write("firms that could supply it: {} ({})", "可供料企业{}家（{}）",
                             gap.needers.size(), say(basis_text(Basis::Counted)))
                     : write("firms that need it: {} ({})", "需求企业{}家（{}）",
                             gap.needers.size(), say(basis_text(Basis::Counted)));
  }

  [[nodiscard]] std::vector<std::string> names(const auto& range, auto firm_of) const {
    std::vector<std::string> result;
    for (const auto& one : range) result.push_back(firm_name(firm_of(one)));
    return result;
  }

  // What is named on a card, at most `most` of it, and more in its title.
  struct Listed {
    Text label;
    Counter counter = Counter::Firms;
    std::size_t most = kFirms;
    std::size_t total = 0;  // when the names are only the first
  };

  void add_names(Card& card, std::vector<std::string>& whole, const Listed& listed,
                 const std::vector<std::string>& names) const {
    if (names.empty()) return;
    const auto shown = [&](std::size_t count) {
      return say(listed.label) + join_names(names, count, listed.counter, language_, listed.total);
    };
    Variants variants;
    for (std::size_t count = std::min(listed.most, names.size()); count > 0; --count) {
      variants.push_back(shown(count));
    }
    card.facts.push_back(std::move(variants));
    whole.push_back(shown(kNamesInTitle));
  }

  void add_segments(Card& card, std::vector<std::string>& whole, const Text& label,
                    const HashMap<std::uint32_t, std::vector<SegmentId>>& of) const {
    const auto found = of.find(raw(card.segment->segment));
    if (found == of.end()) return;
    std::vector<std::string> names;
    for (const SegmentId one : found->second) names.push_back(name(graph_.entity(one)));
    add_names(card, whole, {label, Counter::Things, kSegments, 0}, names);
  }

  [[nodiscard]] Card card(const ChainSegment& one) const {
    const auto found = gap_of_.find(raw(one.segment));
    const Gap* gap = found == gap_of_.end() ? nullptr : found->second;
    Card card;
    card.segment = &one;
    card.paint = one.gap ? gap_paint(*one.gap) : one.makers.empty() ? kIdle : kSupplied;
    card.name = name(graph_.entity(one.segment));
    card.status = say(segment_status(one));
    std::vector<std::string> whole = {fmt::format("{} {}", presence_mark(one.presence), card.name),
                                      card.status};
    const auto fact = [&](std::string words) {
      whole.push_back(words);
      card.facts.push_back({std::move(words)});
    };
    if (gap != nullptr) fact(need(*gap));
    const auto itself = [](FirmId firm) { return firm; };
    const auto maker = [](const Maker& made) { return made.firm; };
    add_names(card, whole, {{"local: ", "本地："}}, names(one.makers, itself));
    if (gap != nullptr) {
      if (one.makers.empty()) {
        add_names(card, whole,
                  {{"possibly: ", "可能："}, Counter::Firms, kFirms, gap->possible_maker_count},
                  names(gap->possible_makers, maker));
      }
      if (!gap->nearby_makers.empty()) {
        fact(write("makers nearby: {}", "邻近生产企业{}家", gap->nearby_makers.size()));
      }
      add_names(card, whole, {{"serves anchors: ", "服务龙头："}}, names(gap->anchors, itself));
    }
    add_segments(card, whole, {"needs: ", "需要："}, inputs_);
    add_segments(card, whole, {"goes into: ", "用于："}, uses_);
    if (one.parent)
      whole.push_back(write("part of {}", "属于{}", name(graph_.entity(*one.parent))));
    card.title = fmt::format("{}", fmt::join(whole, "\n"));
    return card;
  }

  // Anchors are those of the district; not all of them have to do with the chain.
  [[nodiscard]] std::size_t anchors_concerned() const {
    HashSet<std::uint32_t> concerned;
    for (const ChainSegment& one : tree_.segments) {
      for (const FirmId firm : one.makers) {
        if (std::ranges::binary_search(report_.anchors.firms, firm)) concerned.insert(raw(firm));
      }
      const auto found = gap_of_.find(raw(one.segment));
      if (found == gap_of_.end()) continue;
      for (const FirmId firm : found->second->anchors) concerned.insert(raw(firm));
    }
    return concerned.size();
  }

  void heading(const RunInfo& run) {
    const std::string place = region_full_name(report_.district.region);
    const std::string chain = name(graph_.entity(tree_.chain));
    title_ = place.empty() ? chain : fmt::format("{} · {}", place, chain);
    title_ += text(" · chain board", " · 产业链图谱");
    std::vector<std::string> counts;
    for (const Presence presence : kPresences) {
      counts.push_back(
          fmt::format("{} {} {}", presence_mark(presence), say(presence_text(presence)),
                      std::ranges::count(tree_.segments, presence, &ChainSegment::presence)));
    }
    std::string summary = write("{} segments: {}", "环节{}个：{}", tree_.segments.size(),
                                fmt::join(counts, chinese() ? "，" : ", "));
    if (!run.data_date.empty()) {
      summary += write("; data of {}", "；数据截至{}", run.data_date);
    }
    notes_ = {summary};
    std::string anchors = printable(say(report_.anchors.said()));
    if (!report_.anchors.firms.empty()) {
      anchors =
          write("{} (of the whole district); those that make or need something of this chain: {}",
                "{}（全区合计）；其中在本链有产品或需求的 {} 家", anchors, anchors_concerned());
    }
    notes_.push_back(std::move(anchors));
    if (!run.version.empty()) run_ = printable(valid_utf8(say(run_text(run))));
  }

  const EnterpriseGraph& graph_;
  const GapReport& report_;
  const ChainTree& tree_;
  Language language_;
  HashMap<std::uint32_t, const Gap*> gap_of_;
  HashMap<std::uint32_t, std::vector<SegmentId>> inputs_;  // of the chain, by product
  HashMap<std::uint32_t, std::vector<SegmentId>> uses_;    // in the chain, by input
  std::vector<Card> cards_;
  std::string title_;
  std::vector<std::string> notes_;
  std::string run_;
};

// ---- paper ----

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
constexpr std::size_t kMostLines = 3;

struct Paper {
  double width;
  double height;
};
constexpr std::array kPapers = {Paper{420, 297}, Paper{594, 420}, Paper{841, 594},
                                Paper{1189, 841}};

// In em. Latin letters are a little wider than half a Chinese character; signs beyond ASCII are as
// wide as one in Chinese fonts.
double em_width(std::string_view text) {
  constexpr double kLatin = 0.58;
  double width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) width += byte < 0x80 ? kLatin : 1;
  }
  return width;
}

// Where a line may rather end: before a star or bracket that belongs to what follows, or behind the
// last comma, so that what stands between two stays in one piece; 0 = nowhere.
std::size_t better_end(std::string_view line) {
  std::size_t end = 0;
  for (const std::string_view comma : {", ", ": ", "，", "、", "："}) {
    const std::size_t at = line.rfind(comma);
    if (at != std::string_view::npos) end = std::max(end, at + comma.size());
  }
  const std::size_t bracket = line.rfind("（");
  const bool open =
      bracket != std::string_view::npos && line.find("）", bracket) == std::string_view::npos;
  if (open) return std::max(end, bracket);
  return end;
}

// Lines no wider than `em`, none cut.
std::vector<std::string> broken(std::string_view text, double em) {
  for (auto columns = static_cast<std::size_t>(std::max(2.0, em * 2));; --columns) {
    std::vector<std::string> lines = wrap_width(text, columns);
    const bool fits =
        std::ranges::all_of(lines, [&](const std::string& line) { return em_width(line) <= em; });
    if (!fits && columns > 2) continue;
    std::size_t from = text.find(lines.front());  // of the line in the text
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
      const std::size_t end = better_end(lines[i]);
      const std::size_t next = text.find(lines[i + 1], from + lines[i].size());
      const std::string_view moved =
          text.substr(from + end, next + lines[i + 1].size() - from - end);
      const bool better = end > 0 && end < lines[i].size() && em_width(moved) <= em;
      if (better) {
        lines[i] = trim(text.substr(from, end));
        lines[i + 1] = moved;
      }
      from = better ? from + end : next;
    }
    return lines;
  }
}

// At most kMostLines; the last ends in … when more were needed.
std::vector<std::string> limited(std::string_view text, double em) {
  std::vector<std::string> lines = broken(text, em);
  if (lines.size() > kMostLines) {
    lines.resize(kMostLines);
    lines.back() =
        fit_width(lines.back() + "……", static_cast<std::size_t>(std::max(2.0, em * 1.7)));
  }
  return lines;
}

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

// Where a card stands.
struct Place {
  double x = 0;
  double y = 0;
};

struct Column {
  std::vector<std::size_t> cards;
  double height = 0;
};

struct StageLayout {
  Stage stage = Stage::Apart;
  std::size_t segments = 0;
  std::vector<Column> columns;
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
  explicit Board(const Content& content) : content_(content) {
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
    paragraph(foot_,
              fmt::format("{}", fmt::join(content_.remarks(), content_.chinese() ? "；" : "; ")),
              2.5 * scale, false, "#333333");
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
      for (const Column& column : filled(members, tall)) {
        if (column.height > tall) return SIZE_MAX;
        ++columns;
      }
    }
    return columns;
  }

  [[nodiscard]] std::vector<Column> filled(const Members& members, double tall) const {
    std::vector<Column> columns;
    for (const std::size_t card : members.second) {
      const double height = layout_.blocks[card].height;
      if (columns.empty() || columns.back().height + layout_.gap + height > tall) {
        columns.emplace_back();
      }
      Column& column = columns.back();
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
    for (const Column& column : stage.columns) {
      double y = cards_top();
      for (const std::size_t card : column.cards) {
        draw_card(card, {x, y});
        y += layout_.blocks[card].height + layout_.gap;
      }
      x += layout_.column + layout_.gap;
    }
    return x - layout_.gap;
  }

  void draw_card(std::size_t index, Place at) {
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

  const Content& content_;
  std::vector<Members> members_;
  Layout layout_;
  std::vector<Line> head_;
  std::vector<Line> foot_;
  double legend_size_ = 0;
  double top_ = 0;     // of the stages
  double bottom_ = 0;  // of the cards
  std::string out_;
};

// ---- Graphviz ----

// All lengths in points.
class DotBoard {
 public:
  DotBoard(const Content& content, const ChainTree& tree) : content_(content), tree_(tree) {
    for (const Card& card : content.cards()) {
      lines_.push_back(lines(card));
      node_.try_emplace(card.segment->segment, node_.size());
    }
    find_order();
  }

  std::string run() {
    choose();
    heading();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const bool first = i == 0 || columns_[i].stage != columns_[i - 1].stage;
      if (first) open_stage(columns_[i].stage);
      column(columns_[i]);
      if (i + 1 == columns_.size() || columns_[i + 1].stage != columns_[i].stage) out_ += "    }\n";
    }
    order();
    out_ += "  }\n}\n";
    return std::move(out_);
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

  template <typename... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

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

  // Lines below each other, left aligned.
  [[nodiscard]] std::string table(const std::vector<std::string>& words, int first_size) const {
    std::string rows;
    int size = first_size;
    for (const std::string& text : words) {
      for (const std::string& line : broken(text, kNote)) {
        if (line.empty()) continue;
        rows += fmt::format("<TR><TD ALIGN=\"LEFT\"><FONT POINT-SIZE=\"{}\">{}</FONT></TD></TR>",
                            size, xml_escaped(line));
      }
      size = 12;
    }
    return fmt::format("<<TABLE BORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"2\">{}</TABLE>>",
                       rows);
  }

  void heading() {
    std::vector<std::string> title = {content_.title()};
    title.insert(title.end(), content_.notes().begin(), content_.notes().end());
    if (tree_.segments.empty()) {
      title.push_back(content_.say({"the chain has no segments", "该产业链没有环节"}));
    }
    std::vector<std::string> remarks = {
        fmt::format("{}", fmt::join(content_.remarks(), content_.chinese() ? "；" : "; "))};
    for (std::string& note : content_.stage_notes()) remarks.push_back(std::move(note));
    remarks.push_back(content_.say(
        {"arrows lead from an input to what needs it: the three largest inputs of each, between "
         "neighbouring columns; cards name the others",
         "箭头由投入指向其用途，只画每个环节最大的三项投入、相邻两列之间的；其余见卡片所列“需要”“用"
         "于”"}));
    // A3 landscape less the margins that printers leave.
    put("digraph liantu {{\n"
        "  graph [charset=\"UTF-8\", rankdir=LR, size=\"16.1,11.3!\", nodesep=0.1, ranksep=0.45, "
        "newrank=true, pad=0.1, bgcolor=white, outputorder=edgesfirst,\n"
        "         fontname=\"Noto Sans CJK SC\", labelloc=b, labeljust=l, label={}];\n{}",
        table(remarks, 12), kDotTextStyle);
    put("  subgraph cluster_board {{\n    graph [penwidth=0, labelloc=t, labeljust=l, label={}];\n",
        table(title, 24));
  }

  void open_stage(Stage stage) {
    const auto segments = std::ranges::count(tree_.segments, stage, &ChainSegment::stage);
    const bool placed = stage != Stage::Apart;
    put("    subgraph cluster_{} {{\n"
        "      graph [style=filled, fillcolor=\"{}\", color=\"{}\", fontsize=16, labelloc=t, "
        "label=\"{}\"];\n",
        stage_word(stage), placed ? "#F5F7F8" : "#FAFAFA", placed ? "#37474F" : "#9E9E9E",
        dot_escaped(content_.stage_heading(stage, static_cast<std::size_t>(segments))));
  }

  void column(const StageColumn& column) {
    for (const std::size_t i : column.cards) {
      const Card& card = content_.cards()[i];
      put("      s{} [shape=box, style=filled, width=1.9, fillcolor=\"{}\", color=\"{}\", "
          "label=\"{}\", tooltip=\"{}\"];\n",
          i, card.paint.fill, card.paint.border, dot_label(lines_[i]), dot_escaped(card.name));
    }
    put("      {{ rank=same;");
    for (const std::size_t i : column.cards) put(" s{};", i);
    out_ += " }\n";
  }

  void order() {
    std::vector<std::size_t> at(lines_.size());
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      for (const std::size_t card : columns_[c].cards) at[card] = c;
      if (c == 0) continue;
      put("    s{} -> s{} [style=invis, weight=0];\n", columns_[c - 1].cards.front(),
          columns_[c].cards.front());
    }
    for (const ChainNeed& need : tree_.needs) {
      const auto input = node_.find(need.input);
      const auto product = node_.find(need.product);
      if (input == node_.end() || product == node_.end()) continue;
      if (at[input->second] + 1 != at[product->second] || !content_.large(need)) continue;
      put("    s{} -> s{} [weight=0];\n", input->second, product->second);
    }
  }

  const Content& content_;
  const ChainTree& tree_;
  std::vector<std::vector<std::string>> lines_;  // of each card
  std::map<SegmentId, std::size_t> node_;
  std::vector<std::size_t> order_;  // of the cards
  std::vector<StageColumn> columns_;
  std::string out_;
};

}  // namespace

std::string chain_board_svg(const EnterpriseGraph& graph, const GapReport& report,
                            const ChainTree& tree, const BoardOptions& options) {
  const Content content(graph, report, tree, options);
  return Board(content).run();
}

std::string chain_board_dot(const EnterpriseGraph& graph, const GapReport& report,
                            const ChainTree& tree, const BoardOptions& options) {
  const Content content(graph, report, tree, options);
  return DotBoard(content, tree).run();
}

}  // namespace liantu
