#include "report/gaps/critical_gaps.hpp"

#include <fmt/format.h>

namespace liantu {

CriticalGaps::CriticalGaps(const Criticality* criticality) {
  if (criticality == nullptr) return;
  for (const SegmentCriticality& one : criticality->segments) {
    by_segment_[raw(one.segment)] = {&one, false};
  }
  for (const SegmentCriticality& one : criticality->ubiquitous) {
    by_segment_[raw(one.segment)] = {&one, true};
  }
}

const SegmentCriticality* CriticalGaps::of(SegmentId segment) const {
  const auto found = by_segment_.find(raw(segment));
  return found == by_segment_.end() ? nullptr : found->second.found;
}

bool CriticalGaps::ubiquitous(SegmentId segment) const {
  const auto found = by_segment_.find(raw(segment));
  return found != by_segment_.end() && found->second.ubiquitous;
}

Text criticality_note(const Criticality& criticality) {
  if (criticality.basis == Basis::Counted) {
    return {
        "critical: share of the anchors that stop without it, each counted the same, as none of "
        "their outputs is known; where no table says how far it can be replaced, it cannot",
        "关键度：断供时停产的龙头企业占比（产值均不明，各企业同等计算）；未填可替代性的按不可替代"
        "计"};
  }
  const Text basis = basis_text(criticality.basis);
  return {fmt::format("critical: share of the anchors' output ({}) that stops without it; where no "
                      "table says how far it can be replaced, it cannot",
                      basis.en),
          fmt::format(
              "关键度：断供时停产的龙头企业产出占比（产值依据：{}）；未填可替代性的按不可替代计",
              basis.zh)};
}

Text apart_note(std::size_t rows) {
  return {
      fmt::format("the last {} stand apart: more than half of all products need them alike", rows),
      fmt::format("最后 {} 个单列：半数以上产品同样需要，不参与前面的排序", rows)};
}

}  // namespace liantu
