#include "liantu/report/drawings/map.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "liantu/chain/firms/district.hpp"
#include "report/drawings/paint.hpp"
#include "report/formats/dot.hpp"
#include "report/formats/dot_text.hpp"
#include "report/words/words.hpp"

namespace liantu {

namespace {

constexpr std::size_t kMostNearby = 2;
constexpr std::size_t kMostProducts = 4;  // arrows that a gap's needs may draw

// Looks of firms, told apart by shape and colour.
constexpr Look kLocalLook;
constexpr Look kAnchorLook{.border = "#111111", .pen = 2.5, .bold = true};
constexpr Look kNearbyLook{.dashed = true};
constexpr Look kProspectLook{.fill = "#F3E6F5", .border = "#6A1B7A", .pen = 1.5, .rounded = true};
constexpr Look kExpansionLook{.fill = "#DDF1F0", .border = "#00695C", .pen = 1.5, .doubled = true};

Paint paint(const Gap* gap) { return gap == nullptr ? kSupplied : gap_paint(gap->kind); }

Text mark(const Gap* gap) {
  if (gap == nullptr) return {"made locally", "本地可供"};
  return gap_text(gap->kind);
}

// A segment on the map.
struct Drawn {
  SegmentId segment{0};
  std::optional<std::size_t> gap;  // index into the report; nothing when it is made locally
};

// An arrow from an input to what needs it.
struct Arrow {
  std::size_t input = 0;    // index into the segments drawn
  std::size_t product = 0;  // likewise
  std::optional<double> coefficient;
};

class Map {
 public:
  Map(const EnterpriseGraph& graph, const GapReport& report, const ProspectList& list,
      const MapOptions& options)
      : graph_(graph), report_(report), list_(list), options_(options) {
    for (std::size_t i = 0; i < report.gaps.size(); ++i) {
      gap_of_.try_emplace(raw(report.gaps[i].segment), i);
    }
    choose_segments();
    choose_arrows();
    choose_prospects(list.prospects, prospects_);
    choose_prospects(list.expansions, expansions_);
  }

  [[nodiscard]] Drawing drawing() {
    Drawing drawing;
    drawing.title = title();
    drawing.column_gap = 0.3;
    for (std::size_t i = 0; i < drawn_.size(); ++i) drawing.clusters.push_back(cluster(i));
    for (const Arrow& arrow : arrows_) drawing.arrows.push_back(drawn(arrow));
    drawing.legend = legend();
    return drawing;
  }

 private:
  [[nodiscard]] const std::string& say(const Text& text) const {
    return text.in(options_.language);
  }
  [[nodiscard]] bool chinese() const { return options_.language == Language::Zh; }
  [[nodiscard]] std::string_view name(FirmId firm) const {
    return firm_name(graph_, report_.newcomers, firm);
  }
  [[nodiscard]] std::string_view name(SegmentId segment) const {
    return graph_.name(graph_.entity(segment));
  }
  [[nodiscard]] bool is_anchor(FirmId firm) const {
    const auto& firms = report_.anchors.firms;
    return std::find(firms.begin(), firms.end(), firm) != firms.end();
  }
  [[nodiscard]] const Gap* gap(const Drawn& drawn) const {
    return drawn.gap ? &report_.gaps[*drawn.gap] : nullptr;
  }

  // Products of a gap's needs in their order, each once.
  [[nodiscard]] static std::vector<const Need*> products(const Gap& gap) {
    std::vector<const Need*> result;
    HashSet<std::uint32_t> seen;
    for (const Need& need : gap.needers) {
      if (need.product != gap.segment && seen.insert(raw(need.product)).second) {
        result.push_back(&need);
      }
    }
    return result;
  }

  bool add(SegmentId segment) {
    if (drawn_.size() == options_.segments) return false;
    if (!place_.try_emplace(raw(segment), drawn_.size()).second) return true;
    const auto found = gap_of_.find(raw(segment));
    drawn_.push_back({segment, found == gap_of_.end() ? std::nullopt
                                                      : std::optional<std::size_t>(found->second)});
    return true;
  }

  // Gap by gap, each with what needs it, so that a short map still shows whole stretches of a
  // chain; then on to what local firms make of those, up to the anchors.
  void choose_segments() {
    for (const Gap& gap : report_.gaps) {
      if (!add(gap.segment)) return;
      const auto needs = products(gap);
      for (std::size_t i = 0; i < std::min(needs.size(), kMostProducts); ++i) {
        if (!add(needs[i]->product)) return;
      }
    }
    for (std::size_t i = 0; i < drawn_.size(); ++i) {
      if (drawn_[i].gap) continue;
      for (const auto& [product, edge] : local_products(drawn_[i].segment)) {
        if (!add(product)) return;
      }
    }
  }

  // What local firms make that needs a segment, what anchors make first; at most kMostProducts.
  [[nodiscard]] std::vector<std::pair<SegmentId, EdgeId>> local_products(SegmentId segment) {
    const Relation needs = graph_.relation(RelationKind::Requires);
    const EntityId input = graph_.entity(segment);
    const auto sources = needs.sources(input);
    const auto edges = needs.in_edges(input);
    std::vector<std::pair<SegmentId, EdgeId>> result;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const SegmentId product{graph_.local(sources[i])};
      if (!result.empty() && result.back().first == product) continue;  // another year
      if (!makers_of(product).empty()) result.emplace_back(product, EdgeId{edges[i]});
    }
    std::stable_partition(result.begin(), result.end(), [&](const auto& item) {
      const auto& makers = makers_of(item.first);
      return std::any_of(makers.begin(), makers.end(),
                         [&](FirmId firm) { return is_anchor(firm); });
    });
    if (result.size() > kMostProducts) result.resize(kMostProducts, {SegmentId{0}, EdgeId{0}});
    return result;
  }

  void choose_arrows() {
    const Relation needs = graph_.relation(RelationKind::Requires);
    HashSet<std::uint64_t> seen;
    const auto add_arrow = [&](std::size_t here, std::size_t other, EdgeId edge) {
      Arrow arrow{here, other, needs.number(edge, EdgeNumber::Coefficient)};
      // What it could be extended into is the product, what is made here the input.
      if (needs.source(edge) == graph_.entity(drawn_[here].segment)) {
        std::swap(arrow.input, arrow.product);
      }
      const std::uint64_t pair = (std::uint64_t{arrow.input} << 32) | arrow.product;
      if (seen.insert(pair).second) arrows_.push_back(arrow);
    };
    for (std::size_t i = 0; i < drawn_.size(); ++i) {
      std::size_t arrows = 0;
      const auto connect = [&](SegmentId product, EdgeId edge) {
        const auto other = place_.find(raw(product));
        if (other == place_.end() || arrows == kMostProducts) return;
        add_arrow(i, other->second, edge);
        ++arrows;
      };
      if (drawn_[i].gap) {
        for (const Need* need : products(report_.gaps[*drawn_[i].gap])) {
          if (need->reckoned) connect(need->product, need->requires_edge);
        }
      } else {
        for (const auto& [product, edge] : local_products(drawn_[i].segment)) {
          connect(product, edge);
        }
      }
    }
  }

  using ByGap = HashMap<std::size_t, std::vector<const Prospect*>>;

  static void choose_prospects(const std::vector<Prospect>& list, ByGap& by_gap) {
    for (const Prospect& prospect : list) {
      for (const FilledGap& filled : prospect.gaps) {
        auto& here = by_gap[filled.gap];
        if (here.empty() || here.back() != &prospect) here.push_back(&prospect);
      }
    }
  }

  // Local makers, anchors first, then the largest.
  [[nodiscard]] std::vector<FirmId> local_makers(const Drawn& drawn) {
    std::vector<FirmId> firms;
    if (const Gap* here = gap(drawn)) {
      for (const Maker& maker : here->makers) firms.push_back(maker.firm);
    } else {
      firms = makers_of(drawn.segment);
    }
    std::stable_partition(firms.begin(), firms.end(), [&](FirmId firm) { return is_anchor(firm); });
    return firms;
  }

  // Local makers of the segment itself, largest first; asked for again and again.
  [[nodiscard]] const std::vector<FirmId>& makers_of(SegmentId segment) {
    const auto [found, is_new] = makers_.try_emplace(raw(segment));
    if (is_new) found->second = find_makers(segment);
    return found->second;
  }

  [[nodiscard]] std::vector<FirmId> find_makers(SegmentId segment) const {
    const Relation makes = graph_.relation(RelationKind::Makes);
    const EntityId entity = graph_.entity(segment);
    const auto sources = makes.sources(entity);
    const auto edges = makes.in_edges(entity);
    std::vector<std::pair<double, FirmId>> found;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const FirmId firm{graph_.local(sources[i])};
      if (standing(graph_, firm, report_.district) != Standing::Inside) continue;
      const double output = makes.number(EdgeId{edges[i]}, EdgeNumber::Amount).value_or(-1);
      if (!found.empty() && found.back().second == firm) {  // another year of the same firm
        found.back().first = std::max(found.back().first, output);
      } else {
        found.emplace_back(output, firm);
      }
    }
    for (std::size_t n = 0; n < report_.newcomers.size(); ++n) {
      for (const NewcomerProduct& product : report_.newcomers[n].makes) {
        if (product.segment == segment) found.emplace_back(product.output, newcomer_id(graph_, n));
      }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<FirmId> firms;
    for (const auto& [output, firm] : found) firms.push_back(firm);
    return firms;
  }

  [[nodiscard]] std::vector<std::string> title() const {
    std::array<std::size_t, 5> counts{};
    std::size_t gaps = 0;
    for (const Drawn& drawn : drawn_) {
      const Gap* here = gap(drawn);
      ++counts[here == nullptr ? 4 : static_cast<std::size_t>(here->kind)];
      if (here != nullptr) ++gaps;
    }
    const std::string place = region_full_name(report_.district.region);
    if (chinese()) {
      return {
          place + "产业链图谱",
          fmt::format("绘出环节{}个：缺链{}、弱链{}、{}延链{}、本地可供{}；缺口共{}个，绘出{}个",
                      drawn_.size(), counts[0], counts[1],
                      counts[2] > 0 ? fmt::format("隐性缺口{}、", counts[2]) : "", counts[3],
                      counts[4], report_.gaps.size(), gaps),
          fmt::format("本地企业{}家，其中主营环节已知{}家；注册地不明{}家；招商对象{}家",
                      report_.local_firms, report_.local_makers, report_.unlocated_firms,
                      list_.prospect_count)};
    }
    return {place.empty() ? std::string("Industry chains") : "Industry chains of " + place,
            fmt::format("segments drawn: {} ({} missing, {} weak, {}{} extension, {} made "
                        "locally); gaps drawn: {} of {}",
                        drawn_.size(), counts[0], counts[1],
                        counts[2] > 0 ? fmt::format("{} hidden, ", counts[2]) : "", counts[3],
                        counts[4], gaps, report_.gaps.size()),
            fmt::format("local firms: {}, {} of them with a known segment; firms of unknown "
                        "region: {}; prospects: {}",
                        report_.local_firms, report_.local_makers, report_.unlocated_firms,
                        list_.prospect_count)};
  }

  [[nodiscard]] std::string amounts(const Gap& here) const {
    std::string text = leakage_text(here, Currency::Named, options_.language);
    if (text.empty()) return text;
    text.insert(0, chinese() ? "外购" : "leakage ");
    return fmt::format(fmt::runtime(chinese() ? "{}（{}）" : "{} ({})"), text,
                       say(basis_text(here.basis)));
  }

  [[nodiscard]] std::string counts(const Gap& here) const {
    return fmt::format(
        fmt::runtime(chinese()
                         ? (here.kind == GapKind::Extension ? "可供料{}家 · 本地{}家 · 邻近{}家"
                                                            : "需求{}家 · 本地{}家 · 邻近{}家")
                         : (here.kind == GapKind::Extension
                                ? "could supply it: {} · local: {} · nearby: {}"
                                : "need it: {} · local: {} · nearby: {}")),
        here.needers.size(), here.makers.size(), here.nearby_makers.size());
  }

  [[nodiscard]] std::string next_id() { return fmt::format("n{}", next_node_++); }

  void add_note(std::vector<DrawnNode>& nodes, std::string words) {
    nodes.push_back({next_id(), DrawnNode::Kind::Note, {}, {std::move(words)}, {}, {}});
  }

  void add_rest(std::vector<DrawnNode>& nodes, std::size_t rest, const Text& words_before) {
    if (rest == 0) return;
    add_note(nodes, chinese() ? fmt::format("其余{}{}家", words_before.zh, rest)
                              : fmt::format("and {} more{}", rest, words_before.en));
  }

  void add_firm(std::vector<DrawnNode>& nodes, FirmId firm, const Look& look,
                std::string_view before = {}) {
    nodes.push_back({next_id(),
                     DrawnNode::Kind::Box,
                     look,
                     dot_lines(fmt::format("{}{}{}", before, without_legal_form(name(firm)),
                                           newcomer_mark(graph_, firm, options_.language))),
                     std::string(name(firm)),
                     {}});
  }

  void add_prospects(std::vector<DrawnNode>& boxes, const ByGap& by_gap, std::size_t gap,
                     const Look& look, const Text& what) const {
    const auto found = by_gap.find(gap);
    if (found == by_gap.end()) return;
    const auto& all = found->second;
    const std::size_t shown = std::min(all.size(), options_.prospects_per_gap);
    for (std::size_t i = 0; i < shown; ++i) {
      const Prospect& prospect = *all[i];
      std::vector<std::string> lines = dot_lines(without_legal_form(name(prospect.firm)));
      lines.insert(lines.begin(),
                   chinese()
                       ? fmt::format("{} #{} · {}级", what.zh, prospect.rank, prospect.grade)
                       : fmt::format("{} #{} · grade {}", what.en, prospect.rank, prospect.grade));
      boxes.push_back(
          {{}, DrawnNode::Kind::Box, look, std::move(lines), std::string(name(prospect.firm)), {}});
    }
  }

  // Boxes to the right of the nodes drawn since `first`, so that a segment with many firms does not
  // become a tower; in their place when there are none.
  void second_column(std::vector<DrawnNode>& nodes, const std::string& left, std::size_t first,
                     std::vector<DrawnNode> boxes) {
    const bool beside = first != next_node_;
    // Graphviz stacks nodes that hang on an arrow from the bottom up.
    if (beside) std::reverse(boxes.begin(), boxes.end());
    for (DrawnNode& box : boxes) {
      box.id = next_id();
      if (beside) box.right_of = left;
      nodes.push_back(std::move(box));
    }
  }

  [[nodiscard]] DrawnCluster cluster(std::size_t index) {
    const Drawn& drawn = drawn_[index];
    const Gap* here = gap(drawn);
    const Paint colours = paint(here);
    const std::vector<FirmId> makers = local_makers(drawn);
    DrawnCluster cluster;
    cluster.id = std::to_string(index);
    cluster.fill = colours.fill;
    cluster.border = colours.border;
    cluster.pen = 2;
    cluster.margin = 10;
    cluster.letters = 13;
    cluster.colour = "#111111";
    cluster.heading = dot_lines(name(drawn.segment));
    cluster.tooltip = name(drawn.segment);
    if (here == nullptr) {
      cluster.heading.push_back(
          fmt::format(fmt::runtime(chinese() ? "{} · {}家" : "{} · firms: {}"), say(mark(here)),
                      makers.size()));
    } else {
      const std::string leakage = amounts(*here);
      cluster.heading.push_back(leakage.empty() ? say(mark(here))
                                                : fmt::format("{} · {}", say(mark(here)), leakage));
      cluster.heading.push_back(counts(*here));
    }
    std::vector<DrawnNode>& nodes = cluster.nodes;
    const std::string hook = fmt::format("a{}", index);
    nodes.push_back({hook, DrawnNode::Kind::Hook, {}, {}, {}, {}});

    const std::size_t first = next_node_;
    const std::size_t shown = std::min(makers.size(), options_.firms_per_segment);
    for (std::size_t i = 0; i < shown; ++i) {
      const bool anchor = is_anchor(makers[i]);
      add_firm(nodes, makers[i], anchor ? kAnchorLook : kLocalLook, anchor ? "★ " : "");
    }
    add_rest(nodes, makers.size() - shown, {"", ""});
    if (here == nullptr) return cluster;
    const std::size_t nearby = std::min(here->nearby_makers.size(), kMostNearby);
    for (std::size_t i = 0; i < nearby; ++i) {
      add_firm(nodes, here->nearby_makers[i].firm, kNearbyLook);
    }
    add_rest(nodes, here->nearby_makers.size() - nearby, {" nearby", "邻近企业"});
    std::vector<DrawnNode> boxes;
    add_prospects(boxes, prospects_, *drawn.gap, kProspectLook, {"prospect", "招商"});
    add_prospects(boxes, expansions_, *drawn.gap, kExpansionLook, {"expansion", "增资"});
    second_column(nodes, hook, first, std::move(boxes));
    return cluster;
  }

  [[nodiscard]] DrawnArrow drawn(const Arrow& arrow) const {
    DrawnArrow result;
    result.from = fmt::format("a{}", arrow.input);
    result.to = fmt::format("a{}", arrow.product);
    result.from_cluster = std::to_string(arrow.input);
    result.to_cluster = std::to_string(arrow.product);
    result.steps = 3;
    result.tooltip = fmt::format("{} → {}", name(drawn_[arrow.input].segment),
                                 name(drawn_[arrow.product].segment));
    if (arrow.coefficient) result.label = fmt::format("{:.3g}", *arrow.coefficient);
    return result;
  }

  [[nodiscard]] DrawnCluster legend() {
    DrawnCluster cluster;
    cluster.id = "legend";
    cluster.fill = "#FAFAFA";
    cluster.border = "#999999";
    cluster.margin = 10;
    cluster.letters = 13;
    cluster.heading = {say({"Legend", "图例"})};
    cluster.tooltip = cluster.heading.front();
    const auto box = [&](const Look& look, const Text& words) {
      return DrawnNode{{}, DrawnNode::Kind::Box, look, {say(words)}, say(words), {}};
    };
    const std::size_t first = next_node_;
    const std::string left = fmt::format("n{}", first);
    const auto kind = [&](Paint colours, const Text& words) {
      DrawnNode node = box({.fill = colours.fill, .border = colours.border, .pen = 2}, words);
      node.id = next_id();
      cluster.nodes.push_back(std::move(node));
    };
    kind(kMissing, {"missing: needed, made by no local firm", "缺链：有需求，本地无企业生产"});
    kind(kWeak, {"weak: local makers cannot carry the demand", "弱链：本地有企业，难以满足需求"});
    const auto hidden = [](const Gap& gap) { return gap.kind == GapKind::Hidden; };
    if (std::ranges::any_of(report_.gaps, hidden)) {
      kind(kHidden,
           {"hidden: needed once other gaps are filled", "隐性缺口：补上其他缺口后才需要"});
    }
    kind(kExtension, {"extension: what is made here goes into it", "延链：本地产品可向此延伸"});
    kind(kSupplied, {"made locally", "本地可供"});
    add_note(cluster.nodes,
             say({"arrow: from an input to what needs it", "箭头：由投入品指向需要它的产品"}));
    add_note(cluster.nodes,
             say({"figure: CNY of input per CNY of output", "数字：每元产出所需投入（元）"}));
    second_column(
        cluster.nodes, left, first,
        {box(kLocalLook, {"local firm", "本地企业"}),
         box(kAnchorLook, {"★ anchor firm", "★ 龙头企业"}),
         box(kNearbyLook, {"firm nearby", "邻近企业"}),
         box(kProspectLook, {"prospect: #rank · grade", "招商对象：#名次 · 等级"}),
         box(kExpansionLook, {"expansion: already present here", "增资扩产：已在本地布局"})});
    return cluster;
  }

  const EnterpriseGraph& graph_;
  const GapReport& report_;
  const ProspectList& list_;
  const MapOptions& options_;
  HashMap<std::uint32_t, std::size_t> gap_of_;  // segment → gap
  HashMap<std::uint32_t, std::size_t> place_;   // segment → index into drawn_
  std::vector<Drawn> drawn_;
  std::vector<Arrow> arrows_;
  // Node-stable: references to the lists are held while others are added.
  std::map<std::uint32_t, std::vector<FirmId>> makers_;
  ByGap prospects_;
  ByGap expansions_;
  std::size_t next_node_ = 0;
};

}  // namespace

std::string map_dot(const EnterpriseGraph& graph, const GapReport& report, const ProspectList& list,
                    const MapOptions& options) {
  return write_dot(Map(graph, report, list, options).drawing());
}

}  // namespace liantu
