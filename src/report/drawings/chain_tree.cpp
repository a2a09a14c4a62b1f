#include "liantu/report/drawings/chain_tree.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "chain/firms/production.hpp"
#include "chain/firms/status.hpp"
#include "chain/segments/input_rules.hpp"
#include "chain/segments/taxonomy.hpp"
#include "liantu/base/text/display_width.hpp"
#include "liantu/chain/structure/chain_position.hpp"
#include "liantu/graph/views/region_firms.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

constexpr std::array kStages = {Stage::Upstream, Stage::Midstream, Stage::Downstream, Stage::Apart};
constexpr std::array kPresences = {Presence::Made, Presence::Partly, Presence::None};
constexpr std::size_t kFirms = 3;

class Layout {
 public:
  Layout(const EnterpriseGraph& graph, const GapReport& report, SegmentId chain)
      : graph_(graph),
        report_(report),
        taxonomy_(graph),
        rules_(graph, taxonomy_),
        productions_(graph, taxonomy_, report.min_confidence),
        positions_(find_positions(graph)),
        members_(taxonomy_.below(chain)) {
    tree_.chain = chain;
    tree_.newcomers = report.newcomers;
  }

  ChainTree run() {
    const bool chain = taxonomy_.chain(tree_.chain);
    if (chain) members_.erase(members_.begin());
    for (const SegmentId one : members_) is_member_.insert(raw(one));
    relate();
    if (chain || below_needs_below()) {
      place();
    } else {
      look_around();
    }
    for (const Gap& gap : report_.gaps) gap_of_[raw(gap.segment)] = &gap;
    for (const Gap& met : report_.met) gap_of_[raw(met.segment)] = &met;
    for (const FirmId firm : RegionFirms(graph_, report_.district.region)) {
      if (!gone(graph_, firm)) local_.push_back(firm);
    }
    for (const SegmentId one : members_) add(one);
    std::ranges::sort(tree_.segments, {},
                      [](const ChainSegment& one) { return std::tuple(one.stage, one.segment); });
    return std::move(tree_);
  }

 private:
  void relate() {
    const Relation requires_ = graph_.relation(RelationKind::Requires);
    for (const SegmentId product : members_) {
      for (const EdgeId edge : rules_.current(product)) {
        const SegmentId input{graph_.local(requires_.target(edge))};
        if (!is_member_.contains(raw(input)) || input == product) continue;
        tree_.needs.push_back({product, input});
        // What is needed of a segment is needed of its kinds.
        for (const SegmentId kind : taxonomy_.below(input)) {
          if (kind != product) pairs_.emplace_back(product, kind);
        }
      }
    }
    sort_needs();
  }

  void sort_needs() {
    std::ranges::sort(tree_.needs);
    tree_.needs.erase(std::unique(tree_.needs.begin(), tree_.needs.end()), tree_.needs.end());
  }

  [[nodiscard]] bool below_needs_below() const {
    return std::ranges::any_of(tree_.needs, [&](const ChainNeed& need) {
      return need.product != tree_.chain && need.input != tree_.chain;
    });
  }

  // ---- stages of a chain ----

  // What relations with others tell of a segment or a circle.
  struct Ends {
    bool needs = false;
    bool needed = false;

    [[nodiscard]] Stage stage() const {
      if (needs) return needed ? Stage::Midstream : Stage::Downstream;
      return needed ? Stage::Upstream : Stage::Apart;
    }
  };

  void place() {
    if (members_.empty()) return;
    HashMap<std::uint32_t, std::size_t> number;
    for (const SegmentId one : members_) number.try_emplace(raw(one), number.size());
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS> needs(number.size());
    std::vector<bool> related(number.size());
    for (const auto& [product, input] : pairs_) {
      boost::add_edge(number.at(raw(product)), number.at(raw(input)), needs);
      related[number.at(raw(product))] = related[number.at(raw(input))] = true;
    }
    std::vector<std::size_t> circle(number.size());
    const std::size_t circles = boost::strong_components(
        needs,
        boost::make_iterator_property_map(circle.begin(), boost::get(boost::vertex_index, needs)));
    std::vector<std::size_t> size(circles);
    for (const std::size_t one : circle) ++size[one];
    std::vector<Ends> ends(circles);
    for (const auto& [product, input] : pairs_) {
      const std::size_t from = circle[number.at(raw(product))];
      const std::size_t to = circle[number.at(raw(input))];
      if (from == to) continue;
      ends[from].needs = true;
      ends[to].needed = true;
    }
    const auto all = static_cast<std::size_t>(std::ranges::count(related, true));
    std::size_t measured = 0;
    std::size_t lost = 0;
    for (const SegmentId one : members_) {
      const std::size_t at = circle[number.at(raw(one))];
      Stage& stage = stage_[raw(one)];
      stage = ends[at].stage();
      if (size[at] == 1) continue;
      if (const auto& position = positions_[raw(one)]) {
        stage = stage_at(position->after());
        ++measured;
      } else if (size[at] * 2 > all || stage == Stage::Apart) {
        stage = Stage::Apart;
        circling_.insert(raw(one));
        ++lost;
      }
    }
    if (measured > 0) {
      tree_.notes.push_back(
          {"segments that need each other in a circle stand by the steps of production in the "
           "input-output table: upstream where two thirds or more of them lie after the segment, "
           "downstream where a third or less does",
           "互为投入的环节按投入产出表中的生产步数定位：后续步数占三分之二以上为上游，占三分之一以"
           "下为"
           "下游"});
    }
    if (lost > 0) {
      tree_.notes.push_back(
          {fmt::format("segments that need each other in a circle with most of the chain, so that "
                       "their position is not known: {}; an input-output table with outputs would "
                       "tell",
                       lost),
           fmt::format(
               "有 {} 个环节与链上多数环节互为投入，位置不明；加入含总产出的投入产出表可据以定"
               "位",
               lost)});
    }
  }

  static Stage stage_at(double after) {
    if (after * 3 >= 2) return Stage::Upstream;
    return after * 3 <= 1 ? Stage::Downstream : Stage::Midstream;
  }

  // ---- what lies around a segment ----

  void look_around() {
    const Relation requires_ = graph_.relation(RelationKind::Requires);
    const std::vector<SegmentId> centre = members_;
    HashSet<std::uint32_t> inputs;
    HashSet<std::uint32_t> users;
    tree_.needs.clear();
    for (const SegmentId product : centre) {
      stage_[raw(product)] = Stage::Midstream;
      for (const EdgeId edge : rules_.current(product)) {
        const SegmentId input{graph_.local(requires_.target(edge))};
        if (is_member_.contains(raw(input))) continue;
        inputs.insert(raw(input));
        tree_.needs.push_back({product, input});
      }
    }
    const auto add_users = [&](SegmentId needed, SegmentId shown) {
      for (const EntityId source : requires_.sources(graph_.entity(needed))) {
        const SegmentId user{graph_.local(source)};
        if (is_member_.contains(raw(user)) || taxonomy_.chain(user)) continue;
        users.insert(raw(user));
        tree_.needs.push_back({user, shown});
      }
    };
    for (const SegmentId one : centre) add_users(one, one);
    // What is needed of a segment is needed of its kinds.
    for (const SegmentId above : taxonomy_.above(tree_.chain)) add_users(above, tree_.chain);
    sort_needs();
    std::size_t both = 0;
    const auto& own = positions_[raw(tree_.chain)];
    for (const std::uint32_t one : inputs) {
      stage_[one] = Stage::Upstream;
      if (!users.contains(one)) continue;
      const auto& other = positions_[one];
      if (own && other) {
        stage_[one] = other->after() > own->after() ? Stage::Upstream : Stage::Downstream;
      } else {
        stage_[one] = Stage::Apart;
        circling_.insert(one);
      }
      ++both;
    }
    for (const std::uint32_t one : users) {
      if (!inputs.contains(one)) stage_[one] = Stage::Downstream;
    }
    for (const auto* side : {&inputs, &users}) {
      for (const std::uint32_t one : *side) {
        if (is_member_.insert(one).second) members_.push_back(SegmentId{one});
      }
    }
    tree_.notes.push_back(
        {"one step each: upstream what it needs itself, downstream what itself needs it",
         "上游为其直接投入，下游为直接使用它的环节"});
    if (both == 0) return;
    tree_.notes.push_back(
        own ? Text{fmt::format("segments that both go into it and need it: {}; the input-output "
                               "table tells which side of it they stand on",
                               both),
                   fmt::format("有 {} 个环节与其互为投入，按投入产出表中的生产步数分列上下游",
                               both)}
            : Text{fmt::format("segments that both go into it and need it: {}", both),
                   fmt::format("有 {} 个环节与其互为投入", both)});
  }

  // ---- segments ----

  void add(SegmentId segment) {
    ChainSegment one;
    one.segment = segment;
    one.stage = stage_.at(raw(segment));
    if (const auto& position = positions_[raw(segment)]) one.position = position->after();
    const Relation part_of = graph_.relation(RelationKind::PartOf);
    for (const EntityId parent : part_of.targets(graph_.entity(segment))) {
      const SegmentId above{graph_.local(parent)};
      if (is_member_.contains(raw(above)) && !one.parent) one.parent = above;
    }
    const auto found = gap_of_.find(raw(segment));
    const Gap* gap = found == gap_of_.end() ? nullptr : found->second;
    if (gap != nullptr) {
      one.coverage = gap->coverage;
      one.coverage_at_most = gap->coverage_at_most() && gap->coverage.value_or(0) > 0;
      if (!gap->kinds.empty()) one.gap = gap->kind;
      for (const Maker& maker : gap->makers) one.makers.push_back(maker.firm);
      one.weak = gap->weak;
      one.needed = true;
      for (const Maker& maker : gap->possible_makers) one.possible.push_back(maker.firm);
      one.possible_count = gap->possible_maker_count;
    } else {
      one.makers = makers(segment);
    }
    if (!one.makers.empty()) {
      one.presence = one.gap ? Presence::Partly : Presence::Made;
    } else if (one.possible_count > 0) {
      one.presence = Presence::Partly;
    }
    const bool groups = !part_of.sources(graph_.entity(segment)).empty();
    const bool alone = one.stage == Stage::Apart && !circling_.contains(raw(segment));
    const bool asked_for = segment == tree_.chain;
    if (groups && alone && gap == nullptr && !asked_for && !made_as_such(segment)) return;
    tree_.segments.push_back(std::move(one));
  }

  // Whether somebody here makes the segment itself, not only something below it.
  [[nodiscard]] bool made_as_such(SegmentId segment) const {
    const auto firms = graph_.relation(RelationKind::Makes).sources(graph_.entity(segment));
    const bool made = std::ranges::any_of(firms, [&](EntityId firm) {
      return std::ranges::binary_search(local_, FirmId{graph_.local(firm)});
    });
    return made || std::ranges::any_of(tree_.newcomers, [&](const Newcomer& newcomer) {
             return std::ranges::any_of(newcomer.makes, [&](const NewcomerProduct& product) {
               return product.segment == segment;
             });
           });
  }

  [[nodiscard]] std::vector<FirmId> makers(SegmentId segment) const {
    std::vector<std::pair<double, FirmId>> sized;
    for (const Production& made : productions_.at(
             segment, [&](FirmId firm) { return std::ranges::binary_search(local_, firm); })) {
      sized.emplace_back(made.complete ? -made.output->value : 1, made.firm);
    }
    for (std::size_t n = 0; n < tree_.newcomers.size(); ++n) {
      if (const double output = output_at(segment, tree_.newcomers[n]); output > 0) {
        sized.emplace_back(-output, newcomer_id(graph_, n));
      }
    }
    std::ranges::sort(sized);
    std::vector<FirmId> firms;
    for (const auto& [size, firm] : sized) firms.push_back(firm);
    return firms;
  }

  // Each yuan once; 0 when it makes nothing there.
  [[nodiscard]] double output_at(SegmentId segment, const Newcomer& newcomer) const {
    std::vector<SegmentFigure> figures;
    for (const NewcomerProduct& product : newcomer.makes) {
      if (!taxonomy_.at_or_below(product.segment, segment)) continue;
      figures.push_back({product.segment, Figure{product.output, kAssumed}});
    }
    return add_once(taxonomy_, figures).known.value_or(Figure{}).value;
  }

  const EnterpriseGraph& graph_;
  const GapReport& report_;
  Taxonomy taxonomy_;
  InputRules rules_;
  Productions productions_;
  std::vector<std::optional<ChainPosition>> positions_;
  std::vector<SegmentId> members_;
  HashSet<std::uint32_t> is_member_;
  std::vector<std::pair<SegmentId, SegmentId>>
      pairs_;  // a member and what it needs, kinds included
  HashMap<std::uint32_t, Stage> stage_;
  HashSet<std::uint32_t> circling_;  // needs of theirs tell no stage
  HashMap<std::uint32_t, const Gap*> gap_of_;
  std::vector<FirmId> local_;
  ChainTree tree_;
};

class Drawing {
 public:
  Drawing(const EnterpriseGraph& graph, const ChainTree& tree, const TableStyle& style)
      : graph_(graph), tree_(tree), style_(style) {}

  std::string run() {
    out_ = printable(graph_.name(graph_.entity(tree_.chain))) + "\n";
    for (const Stage stage : kStages) draw(stage);
    out_ += legend() + "\n";
    for (const Text& note : tree_.notes) out_ += note.in(style_.language) + "\n";
    return std::move(out_);
  }

 private:
  struct Branch {
    const ChainSegment* segment = nullptr;  // null for what only groups others here
    std::vector<SegmentId> children;
  };

  [[nodiscard]] std::string name(SegmentId segment) const {
    return printable(graph_.name(graph_.entity(segment)));
  }
  [[nodiscard]] bool chinese() const { return style_.language == Language::Zh; }

  void draw(Stage stage) {
    std::map<SegmentId, Branch> branches;
    std::vector<SegmentId> roots;
    for (const ChainSegment& one : tree_.segments) {
      if (one.stage == stage) branches[one.segment].segment = &one;
    }
    if (branches.empty()) return;
    // Parents that stand in another stage, or only group, hold their children together here.
    std::vector<SegmentId> open;
    for (const auto& [segment, branch] : branches) open.push_back(segment);
    for (std::size_t i = 0; i < open.size(); ++i) {
      const auto parent = parent_of(open[i]);
      if (!parent) {
        roots.push_back(open[i]);
        continue;
      }
      const auto [entry, fresh] = branches.try_emplace(*parent);
      entry->second.children.push_back(open[i]);
      if (fresh) open.push_back(*parent);
    }
    std::ranges::sort(roots);
    out_ += "\n" + stage_text(stage).in(style_.language) + "\n";
    for (std::size_t i = 0; i < roots.size(); ++i) {
      line(branches, roots[i], "", i + 1 == roots.size());
    }
  }

  // Of several parents the first within the chain.
  [[nodiscard]] std::optional<SegmentId> parent_of(SegmentId segment) const {
    const Relation part_of = graph_.relation(RelationKind::PartOf);
    for (const EntityId parent : part_of.targets(graph_.entity(segment))) {
      const SegmentId above{graph_.local(parent)};
      if (above == tree_.chain) return std::nullopt;
    }
    for (const EntityId parent : part_of.targets(graph_.entity(segment))) {
      const SegmentId above{graph_.local(parent)};
      if (graph_.text(parent, EntityText::Type) != "chain") return above;
    }
    return std::nullopt;
  }

  void line(const std::map<SegmentId, Branch>& branches, SegmentId segment,
            const std::string& indent, bool last) {
    const Branch& branch = branches.at(segment);
    std::string text = indent + (last ? "└─ " : "├─ ");
    const std::string below = indent + (last ? "   " : "│  ");
    if (branch.segment == nullptr) {
      out_ += text + name(segment) + "\n";
    } else {
      const ChainSegment& one = *branch.segment;
      text += fmt::format("{} {}", presence_mark(one.presence), name(segment));
      text += "  " + segment_status(one).in(style_.language);
      const std::string firms = makers(one);
      const bool fits =
          style_.width == 0 || display_width(text) + 2 + display_width(firms) <= style_.width;
      if (!firms.empty()) text += fits ? "  " + firms : "\n" + below + "  " + firms;
      out_ += text + "\n";
    }
    std::vector<SegmentId> children = branch.children;
    std::ranges::sort(children);
    for (std::size_t i = 0; i < children.size(); ++i) {
      line(branches, children[i], below, i + 1 == children.size());
    }
  }

  [[nodiscard]] std::string makers(const ChainSegment& one) const {
    const bool possibly = one.makers.empty() && !one.possible.empty();
    std::vector<std::string> names;
    for (const FirmId firm : possibly ? one.possible : one.makers) {
      names.push_back(fmt::format(
          "{}{}", printable(without_legal_form(firm_name(graph_, tree_.newcomers, firm))),
          newcomer_mark(graph_, firm, style_.language)));
    }
    if (!possibly) return join_names(names, kFirms, Counter::Firms, style_.language);
    return (chinese() ? "可能：" : "possibly: ") +
           join_names(names, kFirms, Counter::Firms, style_.language, one.possible_count);
  }

  [[nodiscard]] std::string legend() const {
    std::string text = "\n";
    for (const Presence presence : kPresences) {
      const auto count = std::ranges::count(tree_.segments, presence, &ChainSegment::presence);
      text +=
          fmt::format("{}{} {} {}",
                      presence == Presence::Made ? ""
                      : chinese()                ? "；"
                                                 : "; ",
                      presence_mark(presence), presence_text(presence).in(style_.language), count);
    }
    return text;
  }

  const EnterpriseGraph& graph_;
  const ChainTree& tree_;
  const TableStyle& style_;
  std::string out_;
};

}  // namespace

std::string_view stage_word(Stage stage) {
  switch (stage) {
    case Stage::Upstream:
      return "upstream";
    case Stage::Midstream:
      return "midstream";
    case Stage::Downstream:
      return "downstream";
    case Stage::Apart:
      break;
  }
  return "apart";
}

Text stage_text(Stage stage) {
  switch (stage) {
    case Stage::Upstream:
      return {"upstream", "上游"};
    case Stage::Midstream:
      return {"midstream", "中游"};
    case Stage::Downstream:
      return {"downstream", "下游"};
    case Stage::Apart:
      break;
  }
  return {"position not known", "位置不明"};
}

std::string_view presence_word(Presence presence) {
  switch (presence) {
    case Presence::Made:
      return "made";
    case Presence::Partly:
      return "partly";
    case Presence::None:
      break;
  }
  return "none";
}

std::string_view presence_mark(Presence presence) {
  switch (presence) {
    case Presence::Made:
      return "●";
    case Presence::Partly:
      return "◐";
    case Presence::None:
      break;
  }
  return "○";
}

Text presence_text(Presence presence) {
  switch (presence) {
    case Presence::Made:
      return {"made here", "本地可供"};
    case Presence::Partly:
      return {"weak or only possibly made here", "薄弱或可能有"};
    case Presence::None:
      break;
  }
  return {"not made here", "本地没有"};
}

Text segment_status(const ChainSegment& segment) {
  std::vector<std::string> en;
  std::vector<std::string> zh;
  const auto add = [&](const Text& words) {
    en.push_back(words.en);
    zh.push_back(words.zh);
  };
  if (segment.gap) {
    add(gap_text(*segment.gap));
    if (*segment.gap == GapKind::Weak) {
      for (const WeakReason reason : segment.weak) add(weak_text(reason));
    }
  } else if (segment.needed) {
    if (!segment.coverage || segment.coverage_at_most) {
      add({"made here, not known whether enough", "本地有产，是否够用不详"});
    } else {
      add(*segment.coverage >= 1 ? Text{"met", "已满足"} : Text{"mostly met", "基本满足"});
    }
  } else if (segment.makers.empty()) {
    add({"no local need known", "未见本地需求"});
  } else {
    add({"made here", "本地可供"});
  }
  if (segment.coverage && segment.gap != GapKind::Missing) {
    const auto percent = std::lround(*segment.coverage * 100);
    const std::string_view most = segment.coverage_at_most ? "≤ " : "";
    add({fmt::format("coverage {}{}%", most, percent),
         fmt::format("可配套率{}{}%", most, percent)});
  }
  return {fmt::format("{}", fmt::join(en, ", ")), fmt::format("{}", fmt::join(zh, "，"))};
}

ChainTree chain_tree(const EnterpriseGraph& graph, const GapReport& report, SegmentId chain) {
  return Layout(graph, report, chain).run();
}

std::vector<SegmentId> chains(const EnterpriseGraph& graph) {
  std::vector<SegmentId> result;
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Segment); ++i) {
    if (graph.text(graph.entity(SegmentId{i}), EntityText::Type) == "chain") {
      result.push_back(SegmentId{i});
    }
  }
  return result;
}

std::string render_chain(const EnterpriseGraph& graph, const ChainTree& tree,
                         const TableStyle& style) {
  return Drawing(graph, tree, style).run();
}

}  // namespace liantu
