#include "prospects/score/served_anchors.hpp"

#include <algorithm>
#include <bit>

#include "liantu/chain/economy/newcomer.hpp"
#include "liantu/chain/economy/sector_kinds.hpp"

namespace liantu {

bool works_up(const EnterpriseGraph& graph, const Need& need, std::size_t kind) {
  return need.reckoned && !is_newcomer(graph, need.firm) &&
         takes(graph, need.makes, goods_kinds()[kind]);
}

ServedAnchors::ServedAnchors(const EnterpriseGraph& graph, const GapReport& report,
                             const ScoredGaps& gaps)
    : anchors_(report.anchors.firms), words_((anchors_.size() + 63) / 64) {
  for (std::size_t g = 0; g < gaps.size(); ++g) {
    const Gap& gap = report.gaps[g];
    // What an anchor makes goes into an extension; the anchor does not need it.
    const std::vector<std::uint64_t> needing =
        bits(gaps[g].bought ? gap.anchors : std::vector<FirmId>());
    by_gap_.insert(by_gap_.end(), needing.begin(), needing.end());
    std::vector<std::vector<std::uint64_t>>& by_kind = by_kind_.emplace_back();
    for (const KindNeed& needed : gap.kinds_needed) {
      std::vector<FirmId> firms;
      for (const Need& need : gap.needers) {
        if (std::ranges::binary_search(gap.anchors, need.firm) &&
            works_up(graph, need, needed.kind)) {
          firms.push_back(need.firm);
        }
      }
      by_kind.push_back(bits(firms));
    }
  }
}

std::vector<std::uint64_t> ServedAnchors::bits(const std::vector<FirmId>& firms) const {
  std::vector<std::uint64_t> bits(words_);
  for (const FirmId anchor : firms) {
    const auto at = std::ranges::lower_bound(anchors_, anchor);
    const auto place = static_cast<std::size_t>(at - anchors_.begin());
    bits[place / 64] |= std::uint64_t{1} << (place % 64);
  }
  return bits;
}

double ServedAnchors::share(Bits one, Bits other) const {
  if (anchors_.empty()) return 0;
  std::size_t served = 0;
  for (std::size_t word = 0; word < words_; ++word) {
    served += static_cast<std::size_t>(std::popcount(one[word] | other[word]));
  }
  return static_cast<double>(served) / static_cast<double>(anchors_.size());
}

std::vector<FirmId> ServedAnchors::firms(Bits bits) const {
  std::vector<FirmId> found;
  for (std::size_t word = 0; word < words_; ++word) {
    for (std::uint64_t left = bits[word]; left != 0; left &= left - 1) {
      found.push_back(anchors_[word * 64 + static_cast<std::size_t>(std::countr_zero(left))]);
    }
  }
  return found;
}

}  // namespace liantu
