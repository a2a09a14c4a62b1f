#include "prospects/assessor.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <functional>
#include <iterator>
#include <tuple>
#include <utility>

#include "base/core/hash_map.hpp"
#include "chain/firms/status.hpp"
#include "chain/firms/whereabouts.hpp"
#include "graph/views/told_order.hpp"
#include "liantu/chain/economy/recruiting.hpp"
#include "liantu/chain/economy/sector_kinds.hpp"
#include "liantu/chain/firms/data_date.hpp"
#include "liantu/prospects/firms/availability.hpp"
#include "prospects/arrivals/distance.hpp"
#include "prospects/firms/stopped.hpp"
#include "prospects/screens.hpp"

namespace liantu {
namespace {

constexpr double kMissingWorth = 1.0;
constexpr double kWeakWorth = 0.7;
constexpr double kOpenWorth = 0.7;
constexpr double kHiddenWorth = 0.5;
constexpr double kExtensionWorth = 0.4;

constexpr double kPathWorth = 0.5;  // in Part::Proximity at most, for paths to an anchor
constexpr double kPathHalf = 0.25;  // path score that earns half of it

constexpr double kUnknownKind = 0.1;  // nothing says that the buyers take this of the sector

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

// How far those who work up a kind here are of a size to draw a supplier, by the sum of their registered
// capital: (0, 1].
double size_of_buyers(const KindNeed& kind) {
  constexpr double kSmallCny = 5e6;
  constexpr double kLargeCny = 1e8;
  constexpr double kSmall = 0.4;
  const double place =
      std::log(std::max(kind.capital, kSmallCny) / kSmallCny) / std::log(kLargeCny / kSmallCny);
  return kSmall + (1 - kSmall) * std::min(1.0, place);
}

// Whether somebody here buys what fills the gap: not what one could extend into, and not yet what
// filling other gaps would make the district need.
bool bought_here(const Gap& gap) {
  return gap.kind != GapKind::Hidden && gap.kind != GapKind::Extension;
}

void add(std::optional<Figure>& sum, const std::optional<Figure>& more) {
  if (!more) return;
  if (!sum) sum = Figure{0, Basis::Stated};
  sum->value += more->value;
  sum->basis = softer(sum->basis, more->basis);
}

// A share of a weight in whole cents, which never exceed the weight. What rounding left just below
// half a cent counts as half a cent, in whatever order its sums were taken.
double round_points(double weight, double value) {
  constexpr double kRounding = 1e-9;
  // None is negative, so that to cut off the fraction is to round down.
  const auto most = static_cast<std::int64_t>(weight * 100 + kRounding);
  const auto cents =
      static_cast<std::int64_t>(weight * std::clamp(value, 0.0, 1.0) * 100 + 0.5 + kRounding);
  return static_cast<double>(std::min(cents, most)) / 100;
}

// What a way to an anchor leaves of the distance to the district.
double apart_by_way(const Assessment::Reach& reach) { return 1 - path_worth(reach.score); }

// Of points, which are not negative.
std::int32_t whole_cents(double points) { return static_cast<std::int32_t>(points * 100 + 0.5); }

// The first four characters of a name where they are ideographs, which no normal form changes and
// 有限责任公司 does not reach into; else nothing.
std::string_view beginning(std::string_view name) {
  constexpr std::size_t kCharacters = 4;
  constexpr std::size_t kBytes = 3;  // a character
  if (name.size() < kCharacters * kBytes) return {};
  for (std::size_t at = 0; at < kCharacters * kBytes; at += kBytes) {
    const auto first = static_cast<unsigned char>(name[at]);
    const auto second = static_cast<unsigned char>(name[at + 1]);
    const bool ideograph = first >= 0xE5 ? first <= 0xE9 : first == 0xE4 && second >= 0xB8;
    if (!ideograph || name.substr(at, kBytes) == "责") return {};
  }
  return name.substr(0, kCharacters * kBytes);
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

// Goods of a gap's kind stand behind what is of its segment.
constexpr std::uint32_t kAlikeLevel = 1000;

// Whether a word stands before one of the names, as a stock exchange's warning does (*ST示例), and is no
// part of an English one (STAR).
bool marks_a_name(const std::vector<std::string_view>& names, const Screen& screen) {
  return std::ranges::any_of(names, [&](std::string_view name) {
    return fires_on(name, screen) && std::ranges::any_of(screen.any_of, [&](std::string_view word) {
             const char next = name.size() > word.size() ? name[word.size()] : 'A';
             const bool letter = (next >= 'A' && next <= 'Z') || (next >= 'a' && next <= 'z');
             return name.starts_with(word) && !letter;
           });
  });
}

}  // namespace

double path_worth(double score) { return kPathWorth * score / (score + kPathHalf); }

ProspectGround::ProspectGround(const EnterpriseGraph& of)
    : graph(of), taxonomy(graph), date(data_date(graph)), branches(owning_branches(graph)) {
  HashMap<std::uint32_t, std::uint32_t> known;
  const std::uint32_t firms = graph.size(EntityKind::Firm);
  region_of.reserve(firms);
  for (std::uint32_t i = 0; i < firms; ++i) {
    const RegionCode region = graph.region(graph.entity(FirmId{i})).code;
    if (!region_of.empty() && regions[region_of.back()] == region) {
      region_of.push_back(region_of.back());
      continue;
    }
    const auto [entry, fresh] =
        known.try_emplace(region.value(), static_cast<std::uint32_t>(regions.size()));
    if (fresh) regions.push_back(region);
    region_of.push_back(entry->second);
  }
  const std::uint32_t segments = graph.size(EntityKind::Segment);
  sectors.resize(segments);
  for (std::uint32_t i = 0; i < segments; ++i) {
    sectors[i] = graph.text(graph.entity(SegmentId{i}), EntityText::Type) == "industry";
  }
}

PresenceHints::PresenceHints(const EnterpriseGraph& graph, const std::vector<FirmId>& local,
                             const std::vector<FirmId>& local_branches,
                             const std::vector<FirmId>& branches, const std::stop_token& stop)
    : graph_(graph), owners_(graph.size(EntityKind::Firm)) {
  const Relation owns = graph.relation(RelationKind::Owns);
  std::uint32_t looks = 0;
  const auto add_heads = [&](FirmId firm) {
    if (++looks % kLooksApart == 0) check_stop(stop, kRankingStopped);
    for (const std::string& head : heads_of(graph.name(graph.entity(firm)))) {
      beginnings_.emplace(std::string(beginning(head)),
                          true);  // an empty one of a name that begins otherwise
      any_name_ = true;
    }
  };
  for (const FirmId firm : local_branches) add_heads(firm);
  for (const FirmId firm : branches) add_heads(firm);  // anywhere; what they own may be here
  // Owners of firms that are here or may have a branch here, and their owners in turn.
  std::vector<FirmId> open = local;
  for (std::uint32_t i = 0; any_name_ && i < graph.size(EntityKind::Firm); ++i) {
    if (i % kLooksApart == 0) check_stop(stop, kRankingStopped);
    const FirmId firm{i};
    if (!owns.sources(graph.entity(firm)).empty() && may_be_present(firm)) open.push_back(firm);
  }
  while (!open.empty()) {
    const EntityId entity = graph.entity(open.back());
    open.pop_back();
    for (const EntityId owner : owns.sources(entity)) {
      if (graph.kind(owner) != EntityKind::Firm) continue;
      const FirmId firm{graph.local(owner)};
      if (owners_[raw(firm)]) continue;
      owners_[raw(firm)] = true;
      open.push_back(firm);
    }
  }
}

bool PresenceHints::may_be_present(FirmId firm) const {
  if (owners_[raw(firm)]) return true;
  if (!any_name_) return false;
  const std::string_view begins = beginning(graph_.name(graph_.entity(firm)));
  return begins.empty() || beginnings_.contains(begins);
}

std::int32_t Assessment::cents() const {
  std::int32_t sum = 0;
  for (const ScorePart& part : parts) sum += whole_cents(part.points);
  return sum;
}

std::int32_t Assessment::cents_at_best() const {
  std::int32_t sum = 0;
  for (const ScorePart& part : parts) sum += whole_cents(part.points_max);
  return sum;
}

PartCents Assessment::part_cents() const {
  PartCents cents{};
  for (std::size_t i = 0; i < kPartCount; ++i) {
    cents[i] = static_cast<std::uint16_t>(whole_cents(parts[i].points));
  }
  return cents;
}

Assessor::Assessor(const ProspectGround& ground, const GapReport& report, const Policy& policy,
                   const PlacePropensity* coming, const std::stop_token& stop)
    : ground_(ground),
      graph_(ground.graph),
      taxonomy_(ground.taxonomy),
      report_(report),
      policy_(policy),
      coming_(coming),
      weights_(part_weights(policy, coming != nullptr)),
      makes_(graph_.relation(RelationKind::Makes)),
      supplies_(graph_.relation(RelationKind::Supplies)),
      productions_(graph_, taxonomy_, report.min_confidence),
      gap_marks_(taxonomy_, SegmentMarks::Asked::FromBoth),
      standings_([&] {
        std::vector<Standing> standings;
        for (const RegionCode region : ground.regions) {
          standings.push_back(liantu::standing(region, report.district));
        }
        return standings;
      }()),
      local_([&] {
        std::vector<FirmId> local;
        for (std::uint32_t i = 0; i < graph_.size(EntityKind::Firm); ++i) {
          if (standing(FirmId{i}) == Standing::Inside) local.push_back(FirmId{i});
        }
        return local;
      }()),
      local_branches_(branches_among(graph_, local_, stop)),
      presence_(graph_, report.district, ground.date, local_branches_, ground.branches, stop),
      hints_(graph_, local_, local_branches_, ground.branches, stop),
      province_([&] {
        District wide = report.district;
        wide.region = report.district.source_outside;
        return wide;
      }()),
      in_province_([&] {
        std::vector<bool> near;  // by region
        for (const RegionCode region : ground.regions) {
          near.push_back(region.known() && province_.region.contains(region));
        }
        std::vector<FirmId> firms;
        for (std::uint32_t i = 0; i < graph_.size(EntityKind::Firm); ++i) {
          if (near[ground.region_of[i]]) firms.push_back(FirmId{i});
        }
        return firms;
      }()),
      branches_in_province_(branches_among(graph_, in_province_, stop)),
      province_presence_(graph_, province_, ground.date, branches_in_province_, ground.branches,
                         stop),
      province_hints_(graph_, in_province_, branches_in_province_, ground.branches, stop),
      ties_(graph_, local_, report.anchors.firms, ground.date),
      path_(proximity_path(policy)) {
  for (const RegionCode region : ground.regions) {
    km_.push_back(distance_km(region, report.district.region));
  }
  if (report.by_size) namesakes_.emplace(graph_, province_);
  take_stock();
  read_screens();
  nest_gaps();
  mark_anchors();
  find_ways(stop);
}

void Assessor::take_stock() {
  gap_of_.resize(graph_.size(EntityKind::Segment));
  std::vector<std::uint32_t> segments;
  double most_needed = 0;
  for (const Gap& gap : report_.gaps) {
    if (bought_here(gap)) most_needed = std::max(most_needed, gap.need_weight.value_or(0));
  }
  for (std::size_t g = 0; g < report_.gaps.size(); ++g) {
    const Gap& gap = report_.gaps[g];
    largest_leakage_ = std::max(largest_leakage_, gap.leakage_max.value_or(0));
    double needed = report_.weighted ? need_share(gap, most_needed) : 1;
    if (report_.by_size && !gap.leakage_max && ground_.sectors[raw(gap.segment)]) {
      needed = 0;  // what is recruited for has its place by kinds
    }
    const bool kinds = report_.by_size && bought_here(gap) && !gap.leakage_max;
    kinds_by_gap_.push_back(kinds ? kinds_made_in(graph_, gap.segment)
                                  : std::vector<const GoodsKind*>());
    std::vector<SegmentId>& buyers = buyers_by_gap_.emplace_back();
    for (const Need& need : gap.needers) {
      if (kinds && need.reckoned && ground_.sectors[raw(need.product)])
        buyers.push_back(need.product);
    }
    std::ranges::sort(buyers);
    buyers.erase(std::unique(buyers.begin(), buyers.end()), buyers.end());
    GapFacts& facts = facts_.emplace_back();
    facts.severity = severity(gap.kind, gap.confidence) * needed;
    facts.leakage_max = gap.leakage_max;
    facts.basis = gap.basis;
    facts.bought = bought_here(gap);
    facts.needs_known = gap.needs_unknown == 0;
    facts.of_kinds = !kinds_by_gap_.back().empty();
    facts.of_sector = report_.by_size && !gap.leakage_max && ground_.sectors[raw(gap.segment)];
    std::uint32_t& known = gap_of_[raw(gap.segment)];
    if (known != 0) continue;
    known = static_cast<std::uint32_t>(g + 1);
    segments.push_back(raw(gap.segment));
  }
  gap_marks_.mark(segments);
  place_kinds();
  find_alike();
  largest_leakage_log_ = std::log1p(largest_leakage_ / kPurchasesUnit);
  scale_log_ = std::log(policy_.scale_high_cny / policy_.scale_low_cny);
  for (const RelationKind kind : {RelationKind::Supplies, RelationKind::Owns,
                                  RelationKind::Cooperates, RelationKind::MemberOf}) {
    related_ = related_ || graph_.relation(kind).size() > 0;
  }
}

// A kind of goods counts by its own place in the list, a gap by that of its first.
void Assessor::place_kinds() {
  severity_of_kind_.resize(report_.gaps.size());
  if (!report_.by_size) return;
  const std::vector<KindRow> rows = kind_rows(graph_, report_);
  std::vector<bool> placed(report_.gaps.size());
  for (std::size_t place = 0; place < rows.size(); ++place) {
    const KindRow& row = rows[place];
    const Gap& gap = report_.gaps[row.gap];
    const bool counted = !gap.leakage_max && ground_.sectors[raw(gap.segment)] &&
                         recruiting_bar(graph_, gap.segment) == nullptr;
    if (counted && !placed[row.gap]) {
      facts_[row.gap].severity = severity(gap.kind, gap.confidence) * place_share(place);
    }
    placed[row.gap] = true;
    if (!counted || !row.kind) continue;
    std::vector<double>& by_kind = severity_of_kind_[row.gap];
    by_kind.resize(gap.kinds_needed.size());
    by_kind[*row.kind] =
        severity(gap.kinds_needed[*row.kind].state(), gap.confidence) * place_share(place);
  }
}

// A stated purchase of 铜排 is met by who makes 铜母线 too: goods of its kind, where the list rests on sizes.
void Assessor::find_alike() {
  if (!report_.by_size) return;
  std::vector<const GoodsKind*> all;
  for (const GoodsKind& kind : goods_kinds()) all.push_back(&kind);
  std::map<const GoodsKind*, std::size_t> bought;  // the gap of most purchases of each kind
  for (std::size_t g = 0; g < report_.gaps.size(); ++g) {
    const Gap& gap = report_.gaps[g];
    if (ground_.sectors[raw(gap.segment)] || !bought_here(gap) || !gap.leakage_max) continue;
    const GoodsKind* kind = kind_of_product(graph_.name(graph_.entity(gap.segment)), all);
    if (kind == nullptr) continue;
    const auto [known, fresh] = bought.try_emplace(kind, g);
    if (!fresh && *report_.gaps[known->second].leakage_max < *gap.leakage_max) known->second = g;
  }
  if (bought.empty()) return;
  alike_.assign(graph_.size(EntityKind::Segment), 0);
  for (std::uint32_t i = 0; i < alike_.size(); ++i) {
    if (ground_.sectors[i] || gap_marks_.any_at_or_above(SegmentId{i})) continue;
    const std::string_view name = graph_.name(graph_.entity(SegmentId{i}));
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

bool Assessor::alike(const FilledGap& filled) const {
  return !alike_.empty() && alike_[raw(filled.segment)] == filled.gap + 1;
}

// Which segments a screen keeps everybody from, and which are heavy for their worth.
void Assessor::read_screens() {
  for (const Screen& screen : policy_.screens) {
    const bool of_firm = screen.on == ScreenOn::Words || screen.on == ScreenOn::Size ||
                         screen.on == ScreenOn::Distance;
    if (of_firm) firm_screens_.push_back(&screen);
  }
  const std::uint32_t segments = graph_.size(EntityKind::Segment);
  bars_.assign(segments, nullptr);
  heavy_.assign(segments, false);
  for (std::uint32_t i = 0; i < segments; ++i) {
    const SegmentId segment{i};
    if (!gap_marks_.any_at_or_above(segment) && (alike_.empty() || alike_[i] == 0)) continue;
    bars_[i] = screen_on(graph_, taxonomy_, policy_, segment);
    heavy_[i] = heavy(segment);
  }
  for (std::size_t g = 0; g < report_.gaps.size(); ++g) {
    facts_[g].bar = bars_[raw(report_.gaps[g].segment)];
    facts_[g].heavy = heavy_[raw(report_.gaps[g].segment)];
  }
}

// Of a sector that holds several industries that of the firm decides, and what its kind of goods is made in.
const Screen* Assessor::bar_of(FirmId firm, EdgeId makes, const GoodsKind* kind) const {
  const std::string_view code =
      kind != nullptr ? kind->made_in.front() : industry_of(graph_, makes);
  for (const Screen& screen : policy_.screens) {
    if (screen.on != ScreenOn::Industry) continue;
    const bool fires = code.empty()
                           ? in_industries(graph_, graph_.entity(firm), screen.any_of)
                           : std::ranges::any_of(screen.any_of, [&](const std::string& one) {
                               return code.starts_with(one);
                             });
    if (fires) return &screen;
  }
  return nullptr;
}

bool Assessor::heavy(SegmentId segment) const {
  bool found = false;
  taxonomy_.walk_up(segment, [&](const Ancestor& at) {
    found = in_industries(graph_, graph_.entity(at.segment), policy_.heavy);
    return !found;
  });
  return found;
}

std::optional<bool> Assessor::of_sector(SegmentId product, SegmentId sector) const {
  if (!ground_.sectors[raw(sector)]) return std::nullopt;
  if (product == sector) return true;
  bool known = false;
  bool in = false;
  taxonomy_.walk_up(product, [&](const Ancestor& at) {
    if (!ground_.sectors[raw(at.segment)]) return true;
    known = true;
    in = at.segment == sector;
    return !in;
  });
  if (known) return in;
  const EntityId entity = graph_.entity(product);
  if (graph_.text(entity, EntityText::Industry).empty()) return std::nullopt;
  const std::vector<std::string_view> held =
      graph_.list(graph_.entity(sector), EntityText::Industry);
  if (held.empty()) return std::nullopt;
  return std::ranges::any_of(graph_.list(entity, EntityText::Industry), [&](std::string_view code) {
    return std::ranges::any_of(
        held, [&](std::string_view one) { return code.starts_with(one) || one.starts_with(code); });
  });
}

// The largest share of its revenue that a firm states for a product of a sector that it is in.
std::optional<double> Assessor::share_in(SegmentId sector, const Scratch& scratch) const {
  std::optional<double> largest;
  for (const Statement& one : scratch.statements) {
    const auto share = makes_.number(one.makes, EdgeNumber::Share);
    if (!share || one.segment == sector || !of_sector(one.segment, sector).value_or(false))
      continue;
    largest = std::max(largest.value_or(0), std::min(*share, 1.0));
  }
  return largest;
}

// It is asked for again and again of one firm, and to read it takes long.
Assessor::MadeKind Assessor::kind_made(std::size_t gap, Scratch& scratch) const {
  if (!facts_[gap].of_kinds) return {};
  for (const auto& [known, made] : scratch.made_kinds) {
    if (known == gap) return made;
  }
  return scratch.made_kinds.emplace_back(gap, find_kind_made(gap, scratch)).second;
}

// The kind of its leading product of the sector; a product that earns less than half of what the
// leading one does says nothing.
Assessor::MadeKind Assessor::find_kind_made(std::size_t gap, const Scratch& scratch) const {
  constexpr double kBesideLeading = 0.5;
  MadeKind made;
  const std::vector<const GoodsKind*>& kinds = kinds_by_gap_[gap];
  double leading = 0;
  double telling = 0;
  const GoodsKind* told = nullptr;
  for (const Statement& one : scratch.statements) {
    if (ground_.sectors[raw(one.segment)]) continue;
    if (!of_sector(one.segment, report_.gaps[gap].segment).value_or(true)) continue;
    const double share = std::min(1.0, makes_.number(one.makes, EdgeNumber::Share).value_or(0));
    leading = std::max(leading, share);
    const GoodsKind* kind = kind_of_product(graph_.name(graph_.entity(one.segment)), kinds);
    if (kind == nullptr ||
        (told != nullptr && std::tuple(share, told) <= std::tuple(telling, kind))) {
      continue;
    }
    told = kind;
    telling = share;
  }
  made.known = told != nullptr && telling >= kBesideLeading * leading;
  if (!made.known) return made;
  made.told = told;
  const std::vector<KindNeed>& needed = report_.gaps[gap].kinds_needed;
  const auto index = static_cast<std::size_t>(told - goods_kinds().data());
  const auto at = std::ranges::find(needed, index, &KindNeed::kind);
  if (at != needed.end()) made.needed = static_cast<std::size_t>(at - needed.begin());
  return made;
}

// How far a firm's main business is what a sector's gap lacks, [0, 1]: a stated share says that it is
// one, and its products that buyers here work up what it makes. 1 for other gaps.
double Assessor::meets(FirmId firm, const Filling& filling, const Scratch& scratch) const {
  constexpr double kUnstated = 0.25;  // the industry alone, of nobody knows when
  constexpr double kHalf = 0.4;       // of a product that hardly counts in its maker
  constexpr double kFewUsers = 0.5;   // of a kind that hardly any of the buyers works up
  constexpr std::size_t kFewBuyers = 3;
  constexpr double kOneCustomer = 0.3;  // what is lacking where one maker like those here buys it
  constexpr double kFew = 0.4;          // of a kind that one or two small firms work up
  constexpr double kNoBuyer = 0.4;      // one could extend into it, nobody here buys it
  if (!facts_[filling.gap].of_sector) return 1;
  const Gap& gap = report_.gaps[filling.gap];
  const auto share = share_in(gap.segment, scratch);
  if (!share) return kUnstated;
  double kind = kUnknownKind;
  if (const auto like = like_customers(firm, filling.gap); !like.empty()) {
    kind = 1 - kOneCustomer / static_cast<double>(like.size());
  } else if (filling.kind) {
    const double all = gap.need_weight.value_or(0);
    const double some = gap.kinds_needed[*filling.kind].weight;
    kind = kFewUsers + (1 - kFewUsers) * (all > 0 ? std::sqrt(std::min(1.0, some / all)) : 0);
    const bool anchor = std::ranges::any_of(anchors_by_kind_[filling.gap][*filling.kind],
                                            [](std::uint64_t bits) { return bits != 0; });
    if (gap.kinds_needed[*filling.kind].buyers < kFewBuyers && !anchor) kind *= kFew;
    kind *= size_of_buyers_[filling.gap][*filling.kind];
  }
  const double lives_on_it = *share / told_together(firm);
  return std::min(1.0, kHalf + lives_on_it) * kind * (bought_here(gap) ? 1 : kNoBuyer);
}

// What the products of a firm would earn together, the largest of each industry group alone, in shares of
// its revenue; at least 1. More than 1 where shares of several years or classifications stand side by side,
// so that one alone does not tell what it lives on.
double Assessor::told_together(FirmId firm) const {
  constexpr std::size_t kGroup = 4;
  std::vector<std::pair<std::string_view, double>> largest;
  const EdgeRange range = makes_.out_edges(graph_.entity(firm));
  for (std::uint64_t e = range.first; e < range.last; ++e) {
    const auto share = makes_.number(EdgeId{e}, EdgeNumber::Share);
    const EntityId made = makes_.target(EdgeId{e});
    if (!share || ground_.sectors[graph_.local(made)]) continue;
    const std::string_view group = graph_.text(made, EntityText::Industry).substr(0, kGroup);
    if (group.size() < kGroup) continue;
    const auto known =
        std::ranges::find(largest, group, &std::pair<std::string_view, double>::first);
    if (known == largest.end()) {
      largest.emplace_back(group, std::min(*share, 1.0));
    } else {
      known->second = std::max(known->second, std::min(*share, 1.0));
    }
  }
  double total = 0;
  for (const auto& [group, share] : largest) total += share;
  return std::max(1.0, total);
}

// Of a kind that its gap is told by, else of the gap; nothing says of most other firms of its sector that
// anybody here takes what they make.
double Assessor::severity_of(FirmId firm, const Filling& filling) const {
  const double severity = facts_[filling.gap].severity;
  const std::vector<double>& by_kind = severity_of_kind_[filling.gap];
  if (by_kind.empty()) return severity;
  if (filling.kind) return by_kind[*filling.kind];
  return of_unknown_kind(firm, filling) ? kUnknownKind * severity : severity;
}

double Assessor::worth_of(std::size_t gap, const Scratch& scratch) const {
  return std::ranges::lower_bound(scratch.fillings, gap, {}, &Filling::gap)->worth;
}

void Assessor::keep_main_business(Scratch& scratch) const {
  std::vector<SegmentId>& own = scratch.sectors;
  own.clear();
  const auto small = [&](const Statement& one) {
    const auto share = makes_.number(one.makes, EdgeNumber::Share);
    return share && *share < policy_.main_share;
  };
  // Where a firm's industry is stated, what its name or scope seems to say is not asked.
  const auto is_stated = [&](const Statement& one) {
    return ground_.sectors[raw(one.segment)] && makes_.provenance(one.makes).basis == Basis::Stated;
  };
  if (std::ranges::any_of(scratch.statements, is_stated)) {
    std::erase_if(scratch.statements, [&](const Statement& one) {
      return ground_.sectors[raw(one.segment)] &&
             makes_.provenance(one.makes).basis == Basis::Inferred &&
             !makes_.number(one.makes, EdgeNumber::Share);
    });
  }
  for (const Statement& one : scratch.statements) {
    if (ground_.sectors[raw(one.segment)] && !small(one)) own.push_back(one.segment);
  }
  // A product of a known sector that its maker is not in is a side product, or a word read wrongly.
  std::erase_if(scratch.statements, [&](const Statement& one) {
    if (small(one)) return true;
    if (own.empty() || ground_.sectors[raw(one.segment)]) return false;
    bool known = false;
    for (const SegmentId sector : own) {
      const std::optional<bool> in = of_sector(one.segment, sector);
      if (in.value_or(false)) return false;
      known = known || in;
    }
    return known;
  });
}

// What goes into a gap goes into those of the segments above it too: they are one market.
void Assessor::nest_gaps() {
  for (std::size_t g = 0; g < report_.gaps.size(); ++g) {
    GapFacts& facts = facts_[g];
    facts.depth = static_cast<std::uint32_t>(taxonomy_.count_above(report_.gaps[g].segment));
    gap_marks_.for_each_above(report_.gaps[g].segment, [&](const Ancestor& above) {
      facts.outer = gap_of_[raw(above.segment)] - 1;
      facts_[*facts.outer].holds_others = true;
      return false;
    });
  }
}

std::vector<std::uint64_t> Assessor::anchor_bits(const std::vector<FirmId>& firms) const {
  std::vector<std::uint64_t> bits(anchor_words_);
  for (const FirmId anchor : firms) {
    const auto at = std::ranges::lower_bound(report_.anchors.firms, anchor);
    const auto place = static_cast<std::size_t>(at - report_.anchors.firms.begin());
    bits[place / 64] |= std::uint64_t{1} << (place % 64);
  }
  return bits;
}

void Assessor::mark_anchors() {
  anchor_words_ = (report_.anchors.firms.size() + 63) / 64;
  for (const Gap& gap : report_.gaps) {
    // What an anchor makes goes into an extension; the anchor does not need it.
    const std::vector<std::uint64_t> bits =
        anchor_bits(bought_here(gap) ? gap.anchors : std::vector<FirmId>());
    anchors_by_gap_.insert(anchors_by_gap_.end(), bits.begin(), bits.end());
    std::vector<std::vector<std::uint64_t>>& by_kind = anchors_by_kind_.emplace_back();
    std::vector<double>& sizes = size_of_buyers_.emplace_back();
    for (const KindNeed& needed : gap.kinds_needed) sizes.push_back(size_of_buyers(needed));
    for (const KindNeed& needed : gap.kinds_needed) {
      std::vector<FirmId> firms;
      for (const Need& need : gap.needers) {
        if (std::ranges::binary_search(gap.anchors, need.firm) && works_up(need, needed.kind)) {
          firms.push_back(need.firm);
        }
      }
      by_kind.push_back(anchor_bits(firms));
    }
  }
}

bool Assessor::works_up(const Need& need, std::size_t kind) const {
  return need.reckoned && !is_newcomer(graph_, need.firm) &&
         takes(graph_, need.makes, goods_kinds()[kind]);
}

// Paths that end in an anchor; of firms joined with it by supply already they tell nothing new.
void Assessor::find_ways(const std::stop_token& stop) {
  if (graph_.relation(path_.steps.front().relation).size() == 0) return;
  std::vector<EntityId> anchors;
  for (const FirmId anchor : report_.anchors.firms) {
    if (!is_newcomer(graph_, anchor)) anchors.push_back(graph_.entity(anchor));
  }
  if (anchors.empty()) return;
  assert(reversed(path_));
  ways_ = std::make_unique<TargetWays>(graph_, path_, anchors, stop);
  customers_.resize(graph_.size(EntityKind::Firm));
  for (std::uint32_t target = 0; target < ways_->targets().size(); ++target) {
    const EntityId anchor = ways_->targets()[target];
    for (const auto ends : {supplies_.targets(anchor), supplies_.sources(anchor)}) {
      for (const EntityId one : ends) {
        customers_[graph_.local(one)] = true;
        supplied_.emplace_back(FirmId{graph_.local(one)}, target);
      }
    }
  }
  std::ranges::sort(supplied_);
}

std::vector<FirmId> Assessor::candidates() const {
  std::vector<bool> marked(graph_.size(EntityKind::Firm));
  for (std::uint32_t i = 0; i < graph_.size(EntityKind::Segment); ++i) {
    const SegmentId segment{i};
    if (taxonomy_.chain(segment)) continue;
    const std::span<const EntityId> makers = makes_.sources(graph_.entity(segment));
    if (makers.empty()) continue;
    if (!gap_marks_.any_at_or_above(segment) && (alike_.empty() || alike_[i] == 0)) continue;
    for (const EntityId maker : makers) marked[graph_.local(maker)] = true;
  }
  std::vector<FirmId> found;
  for (std::uint32_t i = 0; i < marked.size(); ++i) {
    if (!marked[i]) continue;
    const Standing where = standing(FirmId{i});
    if (where == Standing::Outside || where == Standing::Unknown) found.push_back(FirmId{i});
  }
  return found;
}

void Assessor::find_fillings(FirmId firm, Scratch& scratch) const {
  scratch.statements.clear();
  scratch.made.clear();
  scratch.fillings.clear();
  scratch.parts.clear();
  scratch.made_kinds.clear();
  scratch.bar = nullptr;
  productions_.append_statements(firm, scratch.statements);
  keep_main_business(scratch);
  for (std::size_t i = 0; i < scratch.statements.size(); ++i) {
    const SegmentId made = scratch.statements[i].segment;
    const auto note = [&](const Ancestor& at) {
      scratch.parts.push_back({gap_of_[raw(at.segment)] - std::size_t{1}, at.level, i});
      return true;
    };
    if (gap_marks_.contains(made)) note({made, 0});
    gap_marks_.for_each_above(made, note);
    if (!alike_.empty() && alike_[raw(made)] > 0) {
      scratch.parts.push_back({alike_[raw(made)] - std::size_t{1}, kAlikeLevel, i});
    }
  }
  const auto barred = [&](const Scratch::Part& part) {
    const Statement& statement = scratch.statements[part.statement];
    const SegmentId made = statement.segment;
    if (ground_.sectors[raw(made)]) {
      if (const Screen* own = bar_of(firm, statement.makes, kind_made(part.gap, scratch).told);
          own != nullptr)
        return own;
    }
    const Screen* bar = bars_[raw(made)];
    return bar != nullptr ? bar : facts_[part.gap].bar;
  };
  if (std::ranges::all_of(scratch.parts, barred)) {
    if (!scratch.parts.empty()) scratch.bar = barred(scratch.parts.front());
  } else {
    std::erase_if(scratch.parts, barred);
  }
  keep_kinds_needed(firm, scratch);
  // Of a gap the statements nearest to its segment come first.
  std::ranges::sort(scratch.parts, [&](const Scratch::Part& a, const Scratch::Part& b) {
    if (a.gap != b.gap) return a.gap < b.gap;
    if (a.level != b.level) return a.level < b.level;
    return a.statement != b.statement &&
           told_before(graph_, graph_.entity(scratch.statements[a.statement].segment),
                       graph_.entity(scratch.statements[b.statement].segment));
  });
  for (std::size_t first = 0, last = 0; first < scratch.parts.size(); first = last) {
    Filling filling;
    filling.gap = scratch.parts[first].gap;
    filling.first = scratch.made.size();
    while (last < scratch.parts.size() && scratch.parts[last].gap == filling.gap) ++last;
    filling.count = last - first;
    if (filling.count == 1) {
      const Statement& only = scratch.statements[scratch.parts[first].statement];
      scratch.made.push_back(only);
      filling.output = only.output;
      filling.complete = only.output.has_value();
    } else {
      for (std::size_t i = first; i < last; ++i) {
        scratch.made.push_back(scratch.statements[scratch.parts[i].statement]);
      }
      Basis basis = Basis::Stated;
      const Sum made = productions_.sum_up(std::span(scratch.made).subspan(filling.first), basis);
      filling.output = made.known;
      filling.complete = made.complete;
    }
    filling.kind = kind_made(filling.gap, scratch).needed;
    scratch.fillings.push_back(filling);
  }
}

// Shoemakers buy of the makers of rubber goods, but no tyres: who makes another kind than what buyers
// here work up fills no gap, unless it is known to supply makers like them; and what nobody knows the
// kind of is left out beside what is known.
void Assessor::keep_kinds_needed(FirmId firm, Scratch& scratch) const {
  bool needed = false;
  const auto serves = [&](std::size_t gap) {
    return kind_made(gap, scratch).needed || !like_customers(firm, gap).empty();
  };
  std::erase_if(scratch.parts, [&](const Scratch::Part& part) {
    if (!facts_[part.gap].of_kinds) return false;
    const bool some = serves(part.gap);
    needed = needed || some;
    return !some && kind_made(part.gap, scratch).known;
  });
  if (!needed) return;
  std::erase_if(scratch.parts, [&](const Scratch::Part& part) {
    return facts_[part.gap].of_kinds && !serves(part.gap);
  });
}

std::vector<EdgeId> Assessor::like_customers(FirmId firm, std::size_t gap) const {
  std::vector<EdgeId> found;
  const std::vector<SegmentId>& buyers = buyers_by_gap_[gap];
  if (buyers.empty()) return found;
  const EdgeRange range = supplies_.out_edges(graph_.entity(firm));
  std::optional<EntityId> last;
  for (std::uint64_t e = range.first; e < range.last; ++e) {
    const EntityId customer = supplies_.target(EdgeId{e});
    if (customer == last) continue;
    last = customer;
    if (standing(FirmId{graph_.local(customer)}) == Standing::Inside) continue;  // which a tie says
    if (!holds(graph_, supplies_, EdgeId{e}, graph_.entity(firm), customer, ground_.date)) continue;
    const bool like = std::ranges::any_of(makes_.targets(customer), [&](EntityId made) {
      return std::ranges::binary_search(buyers, SegmentId{graph_.local(made)});
    });
    if (like) found.push_back(EdgeId{e});
  }
  return found;
}

const Assessment* Assessor::assess(FirmId firm, Scratch& scratch, Ways ways) const {
  find_fillings(firm, scratch);
  if (scratch.fillings.empty()) return nullptr;
  Assessment& to = scratch.result;
  to.unknown.fill(false);
  to.status = ProspectStatus::Prospect;
  to.screen = scratch.bar;
  to.kept_off = {};
  to.near.clear();
  to.gaps.clear();
  to.present.clear();
  to.reach.reset();
  to.anchors.assign(anchor_words_, 0);
  for (Filling& filling : scratch.fillings) {
    filling.worth = severity_of(firm, filling) * meets(firm, filling, scratch);
    const Statement& first = scratch.made[filling.first];
    std::optional<std::size_t> kind;
    if (filling.kind) kind = report_.gaps[filling.gap].kinds_needed[*filling.kind].kind;
    to.gaps.push_back({filling.gap, first.segment, first.makes, known_sales(filling), kind});
    const std::uint64_t* const bits = filling.kind
                                          ? anchors_by_kind_[filling.gap][*filling.kind].data()
                                          : anchors_by_gap_.data() + filling.gap * anchor_words_;
    for (std::size_t word = 0; word < anchor_words_; ++word) to.anchors[word] |= bits[word];
  }
  std::ranges::sort(to.gaps, {}, [&](const FilledGap& filled) {
    return std::tuple(-filled.purchases.value_or(Figure{}).value, -worth_of(filled.gap, scratch),
                      filled.gap);
  });
  const EntityId entity = graph_.entity(firm);
  score_gaps(to, scratch);
  score_purchases(to, firm, scratch);
  score_proximity(to, firm, scratch, ways);
  score_fit(to, firm, scratch);
  score_scale(to, entity);
  score_quality(to, entity);
  score_distance(to, firm);
  score_propensity(to, firm);
  to.unknown[Assessment::kCode] = graph_.text(entity, EntityText::Code).empty();
  settle_status(to, firm);
  return &to;
}

std::vector<FirmId> Assessor::anchors_of(const Assessment& assessment) const {
  std::vector<FirmId> found;
  for (std::size_t word = 0; word < anchor_words_; ++word) {
    for (std::uint64_t bits = assessment.anchors[word]; bits != 0; bits &= bits - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(bits));
      found.push_back(report_.anchors.firms[word * 64 + bit]);
    }
  }
  return found;
}

// Gives a part its points: `value` of its weight, and `value_max` if what is unknown turned out
// well.
void Assessor::give(Assessment& to, Part part, double value, double value_max, bool known) const {
  const double weight = weights_[static_cast<std::size_t>(part)];
  ScorePart& given = to.parts[static_cast<std::size_t>(part)];
  given.points = round_points(weight, value);
  given.points_max = known ? given.points : round_points(weight, value_max);
  given.known = known;
}

void Assessor::score_gaps(Assessment& to, const Scratch& scratch) const {
  double worst = 0;
  double open = 1;
  for (const FilledGap& filled : to.gaps) {
    const double worth = worth_of(filled.gap, scratch);
    worst = std::max(worst, worth);
    open *= 1 - 0.5 * worth;
  }
  give(to, Part::GapSeverity, worst, worst, true);
  give(to, Part::Breadth, 1 - open, 1 - open, true);
  std::size_t served = 0;
  for (const std::uint64_t bits : to.anchors)
    served += static_cast<std::size_t>(std::popcount(bits));
  const std::size_t anchors = report_.anchors.firms.size();
  const double share =
      anchors == 0 ? 0 : static_cast<double>(served) / static_cast<double>(anchors);
  give(to, Part::Anchors, share, share, true);
}

double Assessor::purchase_value(double cny) const {
  return largest_leakage_ > 0 ? std::log1p(cny / kPurchasesUnit) / largest_leakage_log_ : 0;
}

// The smaller of what it produces for a gap and the leakage; an extension is bought by nobody here.
std::optional<Figure> Assessor::known_sales(const Filling& filling) const {
  const GapFacts& gap = facts_[filling.gap];
  if (!filling.output || !gap.leakage_max) return std::nullopt;
  return Figure{std::min(filling.output->value, *gap.leakage_max),
                softer(filling.output->basis, gap.basis)};
}

// What it could sell into a gap were the unknown known; nothing when that has no bound.
std::optional<double> Assessor::most_sales(const Filling& filling) const {
  const GapFacts& gap = facts_[filling.gap];
  std::optional<double> most;
  if (filling.complete) most = filling.output->value;
  if (gap.leakage_max && gap.needs_known) {
    most = std::min(most.value_or(*gap.leakage_max), *gap.leakage_max);
  }
  return most;
}

// Separate markets add; of a market of gaps within gaps the larger of the outer one and those
// within it counts. What it makes is sold once, however many gaps it fits.
void Assessor::score_purchases(Assessment& to, FirmId firm, Scratch& scratch) const {
  std::vector<const Filling*>& innermost_first = scratch.innermost_first;
  innermost_first.clear();
  for (const Filling& filling : scratch.fillings) innermost_first.push_back(&filling);
  if (innermost_first.size() > 1) {
    std::ranges::sort(innermost_first, [&](const Filling* a, const Filling* b) {
      const std::size_t depth = facts_[a->gap].depth;
      const std::size_t other = facts_[b->gap].depth;
      return depth != other ? depth > other : a < b;
    });
  }
  bool known = true;
  bool bounded = true;
  bool capacity_known = true;
  bool demand_known = true;
  Sales total;
  scratch.within.resize(report_.gaps.size());  // by gap: of the gaps inside it
  for (const Filling* filling : innermost_first) {
    const GapFacts& facts = facts_[filling->gap];
    capacity_known = capacity_known && filling->complete;
    Sales market;
    if (facts.holds_others) market = std::exchange(scratch.within[filling->gap], {});
    if (facts.bought) {
      const auto sure = known_sales(*filling);
      const auto most = most_sales(*filling);
      if (sure && (!market.known || sure->value > market.known->value)) market.known = sure;
      market.possible =
          std::max({market.possible, most.value_or(0), sure.value_or(Figure{}).value});
      demand_known = demand_known && facts.needs_known;
      known = known && sure && most && sure->value >= *most;
      bounded = bounded && most;
    }
    Sales& sum = facts.outer ? scratch.within[*facts.outer] : total;
    add(sum.known, market.known);
    sum.possible += market.possible;
  }
  to.unknown[Assessment::kCapacity] = !capacity_known;
  to.unknown[Assessment::kDemand] = !demand_known;
  const Sum sold = all_it_makes(firm, scratch);
  if (total.known) total.known->value = std::min(total.known->value, sold.known->value);
  if (sold.complete) total.possible = std::min(total.possible, sold.known->value);
  to.purchases = total.known;
  bounded = bounded && (known || largest_leakage_ > 0);
  give(to, Part::Purchases, purchase_value(total.known.value_or(Figure{}).value),
       bounded ? purchase_value(total.possible) : 1, known);
}

// Everything a candidate makes for any gap. What it states for a segment above is all that it makes there,
// whether or not that segment is a gap.
Sum Assessor::all_it_makes(FirmId firm, Scratch& scratch) const {
  const std::vector<Statement>& made = scratch.made;
  const auto same = [&](const Statement& one) { return one.segment == made.front().segment; };
  if (std::ranges::all_of(made, same) && std::ranges::all_of(scratch.statements, same)) {
    return {made.front().output, made.front().output.has_value()};
  }
  std::vector<SegmentFigure>& figures = scratch.figures;
  figures.clear();
  const auto told = [&](SegmentId segment) {
    return std::ranges::find(figures, segment, &SegmentFigure::segment) != figures.end();
  };
  for (const Statement& one : made) {
    if (!told(one.segment)) figures.push_back({one.segment, one.output});
  }
  for (const Statement& one : scratch.statements) {
    if (!one.output || told(one.segment) || !stands_above(one.segment, made)) continue;
    std::vector<Statement> some;
    std::ranges::copy_if(scratch.statements, std::back_inserter(some),
                         [&](const Statement& other) { return other.segment == one.segment; });
    figures.push_back({one.segment, productions_.sum_up(firm, std::move(some)).output});
  }
  return sum_once(taxonomy_, figures);
}

bool Assessor::stands_above(SegmentId segment, const std::vector<Statement>& made) const {
  return std::ranges::any_of(made, [&](const Statement& one) {
    bool found = false;
    taxonomy_.walk_up(one.segment, [&](const Ancestor& at) {
      found = at.segment == segment;
      return !found;
    });
    return found;
  });
}

void Assessor::score_proximity(Assessment& to, FirmId firm, Scratch& scratch, Ways ways) const {
  to.ways_most = 0;
  to.unknown[Assessment::kRelations] = !related_;
  if (!related_) {
    give(to, Part::Proximity, 0, 1, false);
    return;
  }
  double apart = apart_by_ties(firm);
  if (ways == Ways::LeftOut && ways_ != nullptr) {
    to.ways_most = whole_cents(proximity_points(apart * (1 - kPathWorth))) -
                   whole_cents(proximity_points(apart));
  } else {
    to.reach = reach(firm, scratch);
    if (to.reach) apart *= apart_by_way(*to.reach);
  }
  give(to, Part::Proximity, 1 - apart, 1 - apart, true);
}

std::int32_t Assessor::cents_of_ways(FirmId firm, Scratch& scratch) const {
  if (!related_) return 0;
  const auto reached = reach(firm, scratch);
  if (!reached) return 0;
  const double apart = apart_by_ties(firm);
  return whole_cents(proximity_points(apart * apart_by_way(*reached))) -
         whole_cents(proximity_points(apart));
}

double Assessor::proximity_points(double apart) const {
  return round_points(weights_[static_cast<std::size_t>(Part::Proximity)], 1 - apart);
}

double Assessor::apart_by_ties(FirmId firm) const {
  double apart = 1;
  for (const Tie& tie : ties_.of(firm)) apart *= 1 - Ties::counted(tie.worth);
  return apart;
}

std::optional<Assessment::Reach> Assessor::reach(FirmId firm, Scratch& scratch) const {
  std::optional<Assessment::Reach> found;
  if (ways_ == nullptr) return found;
  const EntityId entity = graph_.entity(firm);
  for (const TargetScore& one : ways_->scores(entity, scratch.ways)) {
    const EntityId anchor = ways_->targets()[one.target];
    // Sums that differ by rounding alone are equal.
    constexpr double kRounding = 1e-9;
    const double best = found ? found->score : 0;
    if (one.score < best * (1 - kRounding) || anchor == entity) continue;
    if (found && one.score <= best * (1 + kRounding) &&
        !told_before(graph_, anchor, graph_.entity(found->anchor))) {
      continue;
    }
    if (customers_[raw(firm)] &&
        std::ranges::binary_search(supplied_, std::pair(firm, one.target))) {
      continue;
    }
    found = Assessment::Reach{FirmId{graph_.local(anchor)}, one.score};
  }
  return found;
}

// Whether nothing says that buyers here take what a firm makes of a sector in which they take some kinds.
bool Assessor::of_unknown_kind(FirmId firm, const Filling& filling) const {
  return facts_[filling.gap].of_kinds && !filling.kind && like_customers(firm, filling.gap).empty();
}

// What one could extend into, and services, stand behind what makers here lack, where sectors and capital
// make the list.
bool Assessor::aside(std::size_t gap) const {
  if (!report_.by_size || report_.gaps[gap].leakage_max) return false;
  return !facts_[gap].bought || gap >= report_.gaps.size() - report_.apart;
}

// What a part of the fit keeps where it is of another kind, or of what nobody is to be recruited for first.
double Assessor::kind_worth(FirmId firm, const Filling& filling) const {
  constexpr double kAside = 0.2;
  return of_unknown_kind(firm, filling) || aside(filling.gap) ? kAside : 1;
}

std::optional<double> Assessor::share_of(const Statement& made, const Scratch& scratch) const {
  auto share = makes_.number(made.makes, EdgeNumber::Share);
  if (!share && ground_.sectors[raw(made.segment)]) share = share_in(made.segment, scratch);
  return share;
}

void Assessor::score_fit(Assessment& to, FirmId firm, const Scratch& scratch) const {
  double best = 0;
  double best_max = 0;
  bool share_known = false;
  std::optional<EdgeId> last;
  for (const Filling& filling : scratch.fillings) {
    const double kind = kind_worth(firm, filling);
    for (const Statement& made : std::span(scratch.made).subspan(filling.first, filling.count)) {
      if (last == made.makes) continue;
      last = made.makes;
      const auto sure = static_cast<double>(makes_.provenance(made.makes).confidence);
      const auto share = share_of(made, scratch);
      const double value = sure * (0.5 + 0.5 * share.value_or(0)) * kind;
      best_max = std::max(best_max, share ? value : sure * kind);
      if (value > best) {
        best = value;
        share_known = share.has_value();
      }
    }
  }
  to.unknown[Assessment::kShare] = !share_known;
  give(to, Part::Fit, best, best_max, best_max <= best);
}

void Assessor::score_scale(Assessment& to, EntityId entity) const {
  const auto revenue = graph_.number(entity, EntityNumber::Revenue);
  const auto capital = graph_.number(entity, EntityNumber::RegisteredCapital);
  to.unknown[Assessment::kRevenue] = !revenue;
  to.unknown[Assessment::kCapital] = !revenue && !capital;
  if (!revenue && !capital) {
    give(to, Part::Scale, 0, 1, false);
    return;
  }
  const double size = std::max(revenue ? revenue->value : capital->value, 1.0);
  const double value = std::log(size / policy_.scale_low_cny) / scale_log_;
  // Capital stands in for revenue, which may turn out larger.
  give(to, Part::Scale, value, 1, revenue.has_value());
}

void Assessor::score_quality(Assessment& to, EntityId entity) const {
  double best = 0;
  if (!graph_.text(entity, EntityText::Tags).empty()) {
    for (const std::string_view tag : graph_.list(entity, EntityText::Tags)) {
      for (const TagValue& known : policy_.tags) {
        if (tag == known.tag) best = std::max(best, known.value);
      }
    }
  }
  give(to, Part::Quality, best, best, true);
}

// Near is who has something in the province already, else the nearer the better; what is heavy for its
// worth earns more, as it costs its maker more to send it from afar.
void Assessor::score_distance(Assessment& to, FirmId firm) const {
  if (province_hints_.may_be_present(firm)) to.near = province_presence_.in_district(firm);
  to.km = km_[ground_.region_of[raw(firm)]];
  to.heavy = heavy_[raw(to.gaps.front().segment)] || facts_[to.gaps.front().gap].heavy;
  to.unknown[Assessment::kPlace] = !to.km && to.near.empty();
  if (to.unknown[Assessment::kPlace]) {
    give(to, Part::Distance, 0, 1, false);
    return;
  }
  double value = to.near.empty() ? std::max(0.0, 1 - *to.km / policy_.distance_far_km) : 1;
  if (to.heavy) value += kHeavyWorth;
  give(to, Part::Distance, value, value, true);
}

void Assessor::score_propensity(Assessment& to, FirmId firm) const {
  const auto value = coming_ != nullptr ? coming_->value(firm) : std::nullopt;
  to.unknown[Assessment::kArrivals] = coming_ != nullptr && !value;
  give(to, Part::Propensity, value.value_or(0), 1, value.has_value());
}

void Assessor::settle_status(Assessment& to, FirmId firm) const {
  const EntityId entity = graph_.entity(firm);
  Availability where = presence_.availability(firm, standing(firm), hints_.may_be_present(firm));
  to.present = std::move(where.present);
  to.unknown[Assessment::kRegion] = standing(firm) == Standing::Unknown;
  if (to.screen != nullptr) {
    to.status = ProspectStatus::Screened;
    return;
  }
  for (const Screen* one : firm_screens_) {
    const Screen& screen = *one;
    bool fires = false;
    if (screen.on == ScreenOn::Words) {
      const std::string_view text = graph_.text(entity, screen.field);
      fires = !text.empty() && (screen.field == EntityText::Aliases
                                    ? marks_a_name(graph_.list(entity, screen.field), screen)
                                    : fires_on(text, screen));
    } else if (screen.on == ScreenOn::Size) {
      const auto revenue = graph_.number(entity, EntityNumber::Revenue);
      const auto size = revenue ? revenue : graph_.number(entity, EntityNumber::RegisteredCapital);
      fires = size && size->value < screen.below_cny;
    } else if (screen.on == ScreenOn::Distance) {
      fires = to.km && *to.km > screen.beyond_km;
    }
    if (!fires) continue;
    to.status = ProspectStatus::Screened;
    to.screen = &screen;
    return;
  }
  const bool came = coming_ != nullptr && coming_->came(firm);
  switch (where.may) {
    case MayCome::Yes:
      if (came) to.status = ProspectStatus::Expansion;
      break;
    case MayCome::Unlocated:
      to.status = came ? ProspectStatus::Expansion : ProspectStatus::Unlocated;
      break;
    case MayCome::Present:
      to.status = ProspectStatus::Expansion;
      break;
    default:
      to.status = ProspectStatus::Screened;
      to.kept_off = may_come_text(where.may);
  }
}

}  // namespace liantu
