#include "prospects/fillings/main_business.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "liantu/chain/economy/sector_kinds.hpp"

namespace liantu {

MainBusiness::MainBusiness(const ProspectGround& ground, const GapReport& report,
                           const Policy& policy, const ScoredGaps& gaps)
    : ground_(ground),
      graph_(ground.graph),
      report_(report),
      policy_(policy),
      gaps_(gaps),
      makes_(graph_.relation(RelationKind::Makes)),
      productions_(graph_, ground.taxonomy, report.min_confidence) {}

void MainBusiness::read(FirmId firm, Scratch& scratch) const {
  scratch.statements.clear();
  scratch.made_kinds.clear();
  productions_.append_statements(firm, scratch.statements);
  std::vector<SegmentId>& own = scratch.sectors;
  own.clear();
  const auto small = [&](const Statement& one) {
    const auto share = makes_.number(one.makes, EdgeNumber::Share);
    return share && *share < policy_.main_share;
  };
  // Where a firm's industry is stated, what its name or scope seems to say is not asked.
  const auto is_stated = [&](const Statement& one) {
    return ground_.is_sector(one.segment) && makes_.provenance(one.makes).basis == Basis::Stated;
  };
  if (std::ranges::any_of(scratch.statements, is_stated)) {
    std::erase_if(scratch.statements, [&](const Statement& one) {
      return ground_.is_sector(one.segment) &&
             makes_.provenance(one.makes).basis == Basis::Inferred &&
             !makes_.number(one.makes, EdgeNumber::Share);
    });
  }
  for (const Statement& one : scratch.statements) {
    if (ground_.is_sector(one.segment) && !small(one)) own.push_back(one.segment);
  }
  // A product of a known sector that its maker is not in is a side product, or a word read wrongly.
  std::erase_if(scratch.statements, [&](const Statement& one) {
    if (small(one)) return true;
    if (own.empty() || ground_.is_sector(one.segment)) return false;
    bool known = false;
    for (const SegmentId sector : own) {
      const std::optional<bool> in = ground_.of_sector(one.segment, sector);
      if (in.value_or(false)) return false;
      known = known || in;
    }
    return known;
  });
}

// It is asked for again and again of one firm, and to read it takes long.
MainBusiness::MadeKind MainBusiness::kind_made(std::size_t gap, Scratch& scratch) const {
  if (!gaps_[gap].of_kinds) return {};
  for (const auto& [known, made] : scratch.made_kinds) {
    if (known == gap) return made;
  }
  return scratch.made_kinds.emplace_back(gap, find_kind_made(gap, scratch)).second;
}

// The kind of its leading product of the sector; a product that earns less than half of what the
// leading one does says nothing.
MainBusiness::MadeKind MainBusiness::find_kind_made(std::size_t gap, const Scratch& scratch) const {
  constexpr double kBesideLeading = 0.5;
  MadeKind made;
  const std::vector<const GoodsKind*>& kinds = gaps_.kinds(gap);
  double leading = 0;
  double telling = 0;
  const GoodsKind* told = nullptr;
  for (const Statement& one : scratch.statements) {
    if (ground_.is_sector(one.segment)) continue;
    if (!ground_.of_sector(one.segment, gaps_[gap].segment).value_or(true)) continue;
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

std::optional<double> MainBusiness::share_in(SegmentId sector, const Scratch& scratch) const {
  std::optional<double> largest;
  for (const Statement& one : scratch.statements) {
    const auto share = makes_.number(one.makes, EdgeNumber::Share);
    if (!share || one.segment == sector || !ground_.of_sector(one.segment, sector).value_or(false))
      continue;
    largest = std::max(largest.value_or(0), std::min(*share, 1.0));
  }
  return largest;
}

std::optional<double> MainBusiness::share_of(const Statement& made, const Scratch& scratch) const {
  auto share = makes_.number(made.makes, EdgeNumber::Share);
  if (!share && ground_.is_sector(made.segment)) share = share_in(made.segment, scratch);
  return share;
}

double MainBusiness::told_together(FirmId firm) const {
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

}  // namespace liantu
