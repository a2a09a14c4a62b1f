#include "prospects/score/gap_worth.hpp"

#include <algorithm>
#include <cmath>

namespace liantu {
namespace {

constexpr double kUnknownKind = 0.1;  // nothing says that the buyers take this of the sector

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

}  // namespace

GapWorth::GapWorth(const GapReport& report, const ScoredGaps& gaps, const MainBusiness& business,
                   const LikeCustomers& like, const ServedAnchors& anchors)
    : report_(report), gaps_(gaps), business_(business), like_(like), anchors_(anchors) {
  for (const Gap& gap : report.gaps) {
    std::vector<double>& sizes = size_of_buyers_.emplace_back();
    for (const KindNeed& needed : gap.kinds_needed) sizes.push_back(size_of_buyers(needed));
  }
}

// How far a firm's main business is what a sector's gap lacks, [0, 1]: a stated share says that it is
// one, and its products that buyers here work up what it makes. 1 for other gaps.
double GapWorth::meets(FirmId firm, const Filling& filling,
                       const MainBusiness::Scratch& business) const {
  constexpr double kUnstated = 0.25;  // the industry alone, of nobody knows when
  constexpr double kHalf = 0.4;       // of a product that hardly counts in its maker
  constexpr double kFewUsers = 0.5;   // of a kind that hardly any of the buyers works up
  constexpr std::size_t kFewBuyers = 3;
  constexpr double kOneCustomer = 0.3;  // what is lacking where one maker like those here buys it
  constexpr double kFew = 0.4;          // of a kind that one or two small firms work up
  constexpr double kNoBuyer = 0.4;      // one could extend into it, nobody here buys it
  if (!gaps_[filling.gap].of_sector) return 1;
  const Gap& gap = report_.gaps[filling.gap];
  const auto share = business_.share_in(gap.segment, business);
  if (!share) return kUnstated;
  double kind = kUnknownKind;
  if (const auto like = like_.of(firm, filling.gap); !like.empty()) {
    kind = 1 - kOneCustomer / static_cast<double>(like.size());
  } else if (filling.kind) {
    const double all = gap.need_weight.value_or(0);
    const double some = gap.kinds_needed[*filling.kind].weight;
    kind = kFewUsers + (1 - kFewUsers) * (all > 0 ? std::sqrt(std::min(1.0, some / all)) : 0);
    const bool anchor =
        std::ranges::any_of(anchors_.of(filling), [](std::uint64_t bits) { return bits != 0; });
    if (gap.kinds_needed[*filling.kind].buyers < kFewBuyers && !anchor) kind *= kFew;
    kind *= size_of_buyers_[filling.gap][*filling.kind];
  }
  const double lives_on_it = *share / business_.told_together(firm);
  return std::min(1.0, kHalf + lives_on_it) * kind * (gaps_[filling.gap].bought ? 1 : kNoBuyer);
}

// Of a kind that its gap is told by, else of the gap; nothing says of most other firms of its sector that
// anybody here takes what they make.
double GapWorth::severity(FirmId firm, const Filling& filling) const {
  const double severity = gaps_[filling.gap].severity;
  const std::vector<double>& by_kind = gaps_.severity_of_kinds(filling.gap);
  if (by_kind.empty()) return severity;
  if (filling.kind) return by_kind[*filling.kind];
  return of_unknown_kind(firm, filling) ? kUnknownKind * severity : severity;
}

// Whether nothing says that buyers here take what a firm makes of a sector in which they take some kinds.
bool GapWorth::of_unknown_kind(FirmId firm, const Filling& filling) const {
  return gaps_[filling.gap].of_kinds && !filling.kind && like_.of(firm, filling.gap).empty();
}

// What one could extend into, and services, stand behind what makers here lack, where sectors and capital
// make the list.
bool GapWorth::aside(std::size_t gap) const {
  if (!report_.by_size || report_.gaps[gap].leakage_max) return false;
  return !gaps_[gap].bought || gap >= report_.gaps.size() - report_.apart;
}

double GapWorth::kind_worth(FirmId firm, const Filling& filling) const {
  constexpr double kAside = 0.2;
  return of_unknown_kind(firm, filling) || aside(filling.gap) ? kAside : 1;
}

}  // namespace liantu
