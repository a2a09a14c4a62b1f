#include "report/drawings/board_content.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/regions/region.hpp"
#include "liantu/base/text/display_width.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/base/values/money.hpp"
#include "report/words/names.hpp"

namespace liantu {
namespace {

constexpr std::size_t kSegments = 2;
constexpr std::size_t kArrows = 3;
constexpr std::size_t kNamesInTitle = 20;

}  // namespace

template <typename... Args>
std::string BoardContent::write(std::string_view en, std::string_view zh,
                                const Args&... args) const {
  return fmt::format(fmt::runtime(chinese() ? zh : en), args...);
}

BoardContent::BoardContent(const EnterpriseGraph& graph, const GapReport& report,
                           const ChainTree& tree, const BoardOptions& options)
    : graph_(graph), report_(report), tree_(tree), language_(options.language) {
  for (const Gap& gap : report.gaps) gap_of_.try_emplace(raw(gap.segment), &gap);
  for (const Gap& met : report.met) gap_of_.try_emplace(raw(met.segment), &met);
  collect_needs();
  for (const ChainSegment& one : tree.segments) cards_.push_back(card(one));
  heading(options.run);
}

bool BoardContent::large(const ChainNeed& need) const {
  const std::vector<SegmentId>& inputs = inputs_.at(raw(need.product));
  const auto end = inputs.begin() + static_cast<std::ptrdiff_t>(std::min(kArrows, inputs.size()));
  return std::find(inputs.begin(), end, need.input) != end;
}

std::string BoardContent::stage_heading(Stage stage, std::size_t segments) const {
  return fmt::format("{} {}", say(stage_text(stage)), segments);
}

std::string BoardContent::remarks() const {
  const std::vector<std::string> remarks = {
      say({"leakage: what local firms buy elsewhere (≥ or \"or more\": firms whose need is "
           "unknown are left out)",
           "外购：本地需求由外地满足的部分（≥ 与“以上”表示未计入需求额不详的企业）"}),
      say({"coverage: local output over local demand", "可配套率：本地产出与本地需求之比"}),
      say({"★ anchor firm", "★ 龙头企业"})};
  return fmt::format("{}", fmt::join(remarks, chinese() ? "；" : "; "));
}

std::vector<std::string> BoardContent::stage_notes() const {
  std::vector<std::string> notes;
  for (const Text& note : tree_.notes) notes.push_back(say(note));
  return notes;
}

// What is needed most stands first, for of forty inputs a card names two.
void BoardContent::collect_needs() {
  const Relation requires_ = graph_.relation(RelationKind::Requires);
  std::vector<std::pair<double, ChainNeed>> sized;
  for (const ChainNeed& need : tree_.needs) {
    double coefficient = -1;
    const EdgeRange edges = requires_.out_edges(graph_.entity(need.product));
    for (std::uint64_t edge = edges.first; edge < edges.last; ++edge) {
      if (requires_.target(EdgeId{edge}) != graph_.entity(need.input)) continue;
      coefficient = std::max(coefficient,
                             requires_.number(EdgeId{edge}, EdgeNumber::Coefficient).value_or(-1));
    }
    sized.emplace_back(-coefficient, need);
  }
  std::ranges::sort(sized);
  for (const auto& [size, need] : sized) {
    inputs_[raw(need.product)].push_back(need.input);
    uses_[raw(need.input)].push_back(need.product);
  }
}

std::string BoardContent::name(EntityId entity) const {
  return printable(valid_utf8(graph_.name(entity)));
}

std::string BoardContent::firm_name(FirmId firm) const {
  const std::string whole =
      printable(valid_utf8(liantu::firm_name(graph_, report_.newcomers, firm)));
  const bool anchor = std::ranges::binary_search(report_.anchors.firms, firm);
  return fmt::format("{}{}{}", anchor ? "★" : "", without_legal_form(whole),
                     newcomer_mark(graph_, firm, language_));
}

// In yuan where known, else in firms; the two never mix.
std::string BoardContent::need(const Gap& gap) const {
  if (gap.kind == GapKind::Hidden && !gap.kinds.empty() && !gap.later.empty()) {
    const RoundDemand& first = gap.later.front();
    return write("once other gaps are filled: {} a year ({})", "补链后需求{}/年（{}）",
                 format_money(Money{first.demand.value}, language_),
                 say(basis_text(first.demand.basis)));
  }
  // What a segment without a gap is bought elsewhere for is not a gap, and must not look like one.
  if (gap.kinds.empty() && gap.demand) {
    return write("demand {}{} a year ({})", "需求{}{}/年（{}）", gap.needs_unknown > 0 ? "≥ " : "",
                 format_money(Money{gap.demand->value}, language_),
                 say(basis_text(gap.demand->basis)));
  }
  const std::string leakage =
      gap.kinds.empty() ? "" : leakage_text(gap, Currency::Named, language_);
  if (!leakage.empty()) {
    return write("leakage {} a year ({})", "外购{}/年（{}）", leakage, say(basis_text(gap.basis)));
  }
  const bool extension = gap.kind == GapKind::Extension && !gap.kinds.empty();
  return extension ? write("firms that could supply it: {} ({})", "可供料企业{}家（{}）",
                           gap.needers.size(), say(basis_text(Basis::Counted)))
                   : write("firms that need it: {} ({})", "需求企业{}家（{}）", gap.needers.size(),
                           say(basis_text(Basis::Counted)));
}

void BoardContent::add_names(Card& card, std::vector<std::string>& whole, const Listed& listed,
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

void BoardContent::add_segments(Card& card, std::vector<std::string>& whole, const Text& label,
                                const HashMap<std::uint32_t, std::vector<SegmentId>>& of) const {
  const auto found = of.find(raw(card.segment->segment));
  if (found == of.end()) return;
  std::vector<std::string> names;
  for (const SegmentId one : found->second) names.push_back(name(graph_.entity(one)));
  add_names(card, whole, {label, Counter::Things, kSegments, 0}, names);
}

Card BoardContent::card(const ChainSegment& one) const {
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
  const auto itself = [&](FirmId firm) { return firm_name(firm); };
  const auto maker = [&](const Maker& made) { return firm_name(made.firm); };
  add_names(card, whole, {{"local: ", "本地："}}, all_words(one.makers, itself));
  if (gap != nullptr) {
    if (one.makers.empty()) {
      add_names(card, whole,
                {{"possibly: ", "可能："}, Counter::Firms, kFirms, gap->possible_maker_count},
                all_words(gap->possible_makers, maker));
    }
    if (!gap->nearby_makers.empty()) {
      fact(write("makers nearby: {}", "邻近生产企业{}家", gap->nearby_makers.size()));
    }
    add_names(card, whole, {{"serves anchors: ", "服务龙头："}}, all_words(gap->anchors, itself));
  }
  add_segments(card, whole, {"needs: ", "需要："}, inputs_);
  add_segments(card, whole, {"goes into: ", "用于："}, uses_);
  if (one.parent) whole.push_back(write("part of {}", "属于{}", name(graph_.entity(*one.parent))));
  card.title = fmt::format("{}", fmt::join(whole, "\n"));
  return card;
}

// Anchors are those of the district; not all of them have to do with the chain.
std::size_t BoardContent::anchors_concerned() const {
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

void BoardContent::heading(const RunInfo& run) {
  const std::string place = region_full_name(report_.district.region);
  const std::string chain = name(graph_.entity(tree_.chain));
  title_ = place.empty() ? chain : fmt::format("{} · {}", place, chain);
  title_ += say({" · chain board", " · 产业链图谱"});
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

}  // namespace liantu
