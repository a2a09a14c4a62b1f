#include "liantu/report/chain_tree.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>
#include <fmt/format.h>

#include "chain/input_rules.hpp"
#include "chain/production.hpp"
#include "chain/taxonomy.hpp"
#include "liantu/base/display_width.hpp"
#include "liantu/graph/region_firms.hpp"
#include "report/words.hpp"

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
        productions_(graph, taxonomy_, report.min_confidence),
        members_(taxonomy_.below(chain)) {
    if (taxonomy_.chain(chain)) members_.erase(members_.begin());
    for (const SegmentId one : members_) is_member_.insert(raw(one));
    tree_.chain = chain;
    tree_.newcomers = report.newcomers;
  }

  ChainTree run() {
    relate();
    for (const Gap& gap : report_.gaps) gap_of_[raw(gap.segment)] = &gap;
    for (const Gap& met : report_.met) gap_of_[raw(met.segment)] = &met;
    for (const FirmId firm : RegionFirms(graph_, report_.district.region)) local_.push_back(firm);
    for (const SegmentId one : members_) add(one);
    std::ranges::sort(tree_.segments, {},
                      [](const ChainSegment& one) { return std::tuple(one.stage, one.segment); });
    return std::move(tree_);
  }

 private:
  void relate() {
    const Relation requires_ = graph_.relation(RelationKind::Requires);
    for (const SegmentId product : members_) {
      for (const EdgeId edge : input_rules(graph_, taxonomy_, product)) {
        const SegmentId input{graph_.local(requires_.target(edge))};
        if (!is_member_.contains(raw(input)) || input == product) continue;
        needs_.insert(raw(product));
        tree_.needs.push_back({product, input});
        // What is needed of a segment is needed of its kinds.
        for (const SegmentId kind : taxonomy_.below(input)) {
          if (kind != product) needed_.insert(raw(kind));
        }
      }
    }
    std::ranges::sort(tree_.needs);
    tree_.needs.erase(std::unique(tree_.needs.begin(), tree_.needs.end()), tree_.needs.end());
  }

  void add(SegmentId segment) {
    ChainSegment one;
    one.segment = segment;
    const bool needs = needs_.contains(raw(segment));
    const bool needed = needed_.contains(raw(segment));
    one.stage = needs ? (needed ? Stage::Midstream : Stage::Downstream)
                      : (needed ? Stage::Upstream : Stage::Apart);
    const Relation part_of = graph_.relation(RelationKind::PartOf);
    for (const EntityId parent : part_of.targets(graph_.entity(segment))) {
      const SegmentId above{graph_.local(parent)};
      if (is_member_.contains(raw(above)) && !one.parent) one.parent = above;
    }
    const auto found = gap_of_.find(raw(segment));
    const Gap* gap = found == gap_of_.end() ? nullptr : found->second;
    if (gap != nullptr) {
      one.coverage = gap->coverage;
      if (!gap->kinds.empty()) one.gap = gap->kind;
      for (const Maker& maker : gap->makers) one.makers.push_back(maker.firm);
    } else {
      one.makers = makers(segment);
    }
    const bool possibly = gap != nullptr && gap->possible_maker_count > 0;
    if (!one.makers.empty()) {
      one.presence = one.gap ? Presence::Partly : Presence::Made;
    } else if (possibly) {
      one.presence = Presence::Partly;
    }
    const bool groups = !part_of.sources(graph_.entity(segment)).empty();
    if (groups && one.stage == Stage::Apart && gap == nullptr) return;
    tree_.segments.push_back(std::move(one));
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
    const std::vector<SegmentId> below = taxonomy_.below(segment);
    std::vector<SegmentFigure> figures;
    for (const NewcomerProduct& product : newcomer.makes) {
      if (std::ranges::find(below, product.segment) == below.end()) continue;
      figures.push_back({product.segment, Figure{product.output, kAssumed}});
    }
    return add_once(taxonomy_, figures).known.value_or(Figure{}).value;
  }

  const EnterpriseGraph& graph_;
  const GapReport& report_;
  Taxonomy taxonomy_;
  Productions productions_;
  std::vector<SegmentId> members_;
  absl::flat_hash_set<std::uint32_t> is_member_;
  absl::flat_hash_set<std::uint32_t> needs_;   // members that need another one
  absl::flat_hash_set<std::uint32_t> needed_;  // members that another one needs
  absl::flat_hash_map<std::uint32_t, const Gap*> gap_of_;
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
      if (one.gap) text += "  " + gap_text(*one.gap).in(style_.language);
      if (one.coverage) {
        text += fmt::format("  {} {}%", chinese() ? "可配套率" : "coverage",
                            std::lround(*one.coverage * 100));
      }
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
    std::vector<std::string> names;
    for (const FirmId firm : one.makers) {
      names.push_back(fmt::format(
          "{}{}", printable(without_legal_form(firm_name(graph_, tree_.newcomers, firm))),
          newcomer_mark(graph_, firm, style_.language)));
    }
    return join_names(names, kFirms, Counter::Firms, style_.language);
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

Sheet chain_sheet(const EnterpriseGraph& graph, const ChainTree& tree, Language language) {
  Sheet sheet;
  const std::string chain(graph.name(graph.entity(tree.chain)));
  sheet.title = {chain, chain};
  sheet.columns = {
      {"stage", {"stage", "位置"}, CellKind::Text},
      {"segment", {"segment", "环节"}, CellKind::Text, true},
      {"parent", {"part of", "上级"}, CellKind::Text},
      {"presence", {"here", "本地"}, CellKind::Text},
      {"kind", {"kind of gap", "缺口类型"}, CellKind::Text},
      {"coverage", {"coverage", "本地可配套率"}, CellKind::Share},
      {"maker_count", {"local makers, firms", "本地生产企业数（家）"}, CellKind::Number},
      {"makers", {"local makers", "本地生产企业"}, CellKind::Text}};
  for (const ChainSegment& one : tree.segments) {
    const auto name = [&](auto id) { return std::string(graph.name(graph.entity(id))); };
    std::vector<std::string> makers;
    for (const FirmId firm : one.makers) {
      makers.push_back(fmt::format("{}{}", firm_name(graph, tree.newcomers, firm),
                                   newcomer_mark(graph, firm, language)));
    }
    constexpr std::size_t kNamed = 50;
    const std::string named = join_names(makers, kNamed, Counter::Firms, language);
    const auto words = [](std::string text) -> SheetCell {
      if (text.empty()) return {};
      return text;
    };
    sheet.rows.push_back({stage_text(one.stage).in(language), name(one.segment),
                          words(one.parent ? name(*one.parent) : ""),
                          std::string(presence_mark(one.presence)),
                          words(one.gap ? gap_text(*one.gap).in(language) : ""),
                          one.coverage ? SheetCell(*one.coverage) : SheetCell(),
                          static_cast<double>(one.makers.size()), words(named)});
  }
  return sheet;
}

}  // namespace liantu
