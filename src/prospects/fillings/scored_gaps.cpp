#include "prospects/fillings/scored_gaps.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "liantu/chain/economy/recruiting.hpp"
#include "liantu/chain/economy/sector_kinds.hpp"
#include "liantu/chain/gaps/kind_rows.hpp"

namespace liantu {
namespace {

constexpr double kMissingWorth = 1.0;
constexpr double kWeakWorth = 0.7;
constexpr double kOpenWorth = 0.7;
constexpr double kHiddenWorth = 0.5;
constexpr double kExtensionWorth = 0.4;

// Where sectors and capital make the order of gaps, what else speaks for them stands in it already.
double place_share(std::size_t place) {
  constexpr double kPlaces = 60;
  constexpr double kLeast = 0.02;
  return std::max(kLeast, 1 - static_cast<double>(place) / kPlaces);
}

// Gaps without an amount differ by how much more one is needed than another, and by how many make it
// near enough to buy from.
double need_share(const Gap& gap, double most) {
  constexpr double kLeast = 0.4;
  constexpr double kNearby = 0.5;  // what ten makers nearby take of it, against none
  if (gap.leakage_max || !gap.need_weight || !(most > 0)) return 1;
  const double needed = kLeast + (1 - kLeast) * std::sqrt(std::min(1.0, *gap.need_weight / most));
  const auto nearby = static_cast<double>(gap.nearby_makers.size());
  return needed / (1 + kNearby * std::log10(1 + nearby));
}

double severity(GapKind kind, double confidence) {
  const double worth = kind == GapKind::Missing  ? kMissingWorth
                       : kind == GapKind::Weak   ? kWeakWorth
                       : kind == GapKind::Open   ? kOpenWorth
                       : kind == GapKind::Hidden ? kHiddenWorth
                                                 : kExtensionWorth;
  return worth * confidence;
}

bool bought_here(const Gap& gap) {
  return gap.kind != GapKind::Hidden && gap.kind != GapKind::Extension;
}

// 铜母线 of 铜母线系列: without what says nothing of the thing.
std::string_view head_of_product(std::string_view name) {
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view tail : {"系列", "产品", "制品", "销售", "业务", "材料", "类"}) {
      if (!name.ends_with(tail)) continue;
      name.remove_suffix(tail.size());
      cut = true;
    }
  }
  return name;
}

}  // namespace

ScoredGaps::ScoredGaps(const ProspectGround& ground, const GapReport& report)
    : ground_(ground), report_(report), marks_(ground.taxonomy, SegmentMarks::Asked::FromBoth) {
  gap_of_.resize(ground_.sectors.size());
  std::vector<std::uint32_t> segments;
  double most_needed = 0;
  for (const Gap& gap : report_.gaps) {
    if (bought_here(gap)) most_needed = std::max(most_needed, gap.need_weight.value_or(0));
  }
  for (const Gap& gap : report_.gaps) {
    largest_leakage_ = std::max(largest_leakage_, gap.leakage_max.value_or(0));
    GapFacts& facts = facts_.emplace_back();
    facts.segment = gap.segment;
    facts.leakage_max = gap.leakage_max;
    facts.basis = gap.basis;
    facts.bought = bought_here(gap);
    facts.needs_known = gap.needs_unknown == 0;
    facts.by_kinds = report_.by_size && facts.bought && !gap.leakage_max;
    kinds_.push_back(facts.by_kinds ? kinds_made_in(ground_.graph, gap.segment)
                                    : std::vector<const GoodsKind*>());
    facts.of_kinds = !kinds_.back().empty();
    facts.of_sector = report_.by_size && !gap.leakage_max && ground_.is_sector(gap.segment);
    // What is recruited for in a sector has its place by kinds.
    const double needed = facts.of_sector ? 0 : report_.weighted ? need_share(gap, most_needed) : 1;
    facts.severity = severity(gap.kind, gap.confidence) * needed;
    std::uint32_t& known = gap_of_[raw(gap.segment)];
    if (known != 0) continue;
    known = static_cast<std::uint32_t>(facts_.size());
    segments.push_back(raw(gap.segment));
  }
  marks_.mark(segments);
  place_kinds();
  find_alike();
  nest();
}

// A kind of goods counts by its own place in the list, a gap by that of its first.
void ScoredGaps::place_kinds() {
  severity_of_kinds_.resize(report_.gaps.size());
  if (!report_.by_size) return;
  const std::vector<KindRow> rows = kind_rows(ground_.graph, report_);
  std::vector<bool> placed(report_.gaps.size());
  for (std::size_t place = 0; place < rows.size(); ++place) {
    const KindRow& row = rows[place];
    const Gap& gap = report_.gaps[row.gap];
    const bool counted =
        facts_[row.gap].of_sector && recruiting_bar(ground_.graph, gap.segment) == nullptr;
    if (counted && !placed[row.gap]) {
      facts_[row.gap].severity = severity(gap.kind, gap.confidence) * place_share(place);
    }
    placed[row.gap] = true;
    if (!counted || !row.kind) continue;
    std::vector<double>& by_kind = severity_of_kinds_[row.gap];
    by_kind.resize(gap.kinds_needed.size());
    by_kind[*row.kind] =
        severity(gap.kinds_needed[*row.kind].state(), gap.confidence) * place_share(place);
  }
}

// A stated purchase of 铜排 is met by who makes 铜母线 too: goods of its kind, where the list rests on sizes.
void ScoredGaps::find_alike() {
  if (!report_.by_size) return;
  const EnterpriseGraph& graph = ground_.graph;
  std::vector<const GoodsKind*> all;
  for (const GoodsKind& kind : goods_kinds()) all.push_back(&kind);
  std::map<const GoodsKind*, std::size_t> bought;  // the gap of most purchases of each kind
  for (std::size_t g = 0; g < report_.gaps.size(); ++g) {
    const Gap& gap = report_.gaps[g];
    if (ground_.is_sector(gap.segment) || !facts_[g].bought || !gap.leakage_max) continue;
    const GoodsKind* kind = kind_of_product(graph.name(graph.entity(gap.segment)), all);
    if (kind == nullptr) continue;
    const auto [known, fresh] = bought.try_emplace(kind, g);
    if (!fresh && *report_.gaps[known->second].leakage_max < *gap.leakage_max) known->second = g;
  }
  if (bought.empty()) return;
  alike_.assign(graph.size(EntityKind::Segment), 0);
  for (std::uint32_t i = 0; i < alike_.size(); ++i) {
    if (ground_.sectors[i] || marks_.any_at_or_above(SegmentId{i})) continue;
    const std::string_view name = graph.name(graph.entity(SegmentId{i}));
    const std::string_view head = head_of_product(name);
    const auto named = std::ranges::find_if(bought, [&](const auto& one) {
      return std::ranges::any_of(one.first->words,
                                 [&](std::string_view word) { return head.ends_with(word); });
    });
    if (named == bought.end() || names_parts(name)) continue;
    const auto found = bought.find(kind_of_product(name, all));
    if (found != bought.end()) alike_[i] = static_cast<std::uint32_t>(found->second + 1);
  }
}

// What goes into a gap goes into those of the segments above it too: they are one market.
void ScoredGaps::nest() {
  for (std::size_t g = 0; g < report_.gaps.size(); ++g) {
    GapFacts& facts = facts_[g];
    facts.depth = static_cast<std::uint32_t>(ground_.taxonomy.count_above(facts.segment));
    marks_.for_each_above(facts.segment, [&](const Ancestor& above) {
      facts.outer = gap_of_[raw(above.segment)] - 1;
      facts_[*facts.outer].holds_others = true;
      return false;
    });
  }
}

}  // namespace liantu
