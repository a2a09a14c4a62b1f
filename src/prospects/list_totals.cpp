#include "prospects/list_totals.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <vector>

#include "base/run/stopping.hpp"
#include "prospects/elsewhere.hpp"
#include "prospects/firms/stopped.hpp"
#include "prospects/joint_sales.hpp"

namespace liantu {

void see_what_parts(ProspectList& list) {
  if (list.prospects.size() < 2) return;
  std::uint32_t best = 0;
  std::uint32_t worst = list.prospects.front().rank_worst;
  std::array<PartedBy, kPartCount> parts;
  for (const Prospect& row : list.prospects) {
    best = std::max(best, row.rank_best);
    worst = std::min(worst, row.rank_worst);
    for (std::size_t i = 0; i < kPartCount; ++i) {
      const ScorePart& part = row.parts[i];
      if (part.known || part.points_max <= part.points) continue;
      parts[i].points += part.points_max - part.points;
      ++parts[i].rows;
    }
  }
  list.unparted = best <= worst;
  for (std::size_t i = 0; i < kPartCount; ++i) {
    if (parts[i].rows == 0) continue;
    list.parted_by.push_back({static_cast<ScorePartKind>(i),
                              parts[i].points / static_cast<double>(list.prospects.size()),
                              parts[i].rows});
  }
  std::ranges::stable_sort(list.parted_by, std::greater<>(), &PartedBy::points);
}

void add_up(ProspectList& list, const ScoredGaps& gap_table, const std::stop_token& stop) {
  if (std::ranges::none_of(list.prospects,
                           [](const Prospect& row) { return row.purchases.has_value(); })) {
    return;
  }
  std::vector<JointSales::Gap> gaps;
  for (std::size_t g = 0; g < gap_table.size(); ++g) {
    gaps.push_back({gap_table[g].leakage_max.value_or(0), gap_table[g].outer});
    // What is bought for a segment is at least what is bought for one within it.
    if (!gap_table[g].leakage_max) gaps.back().room = std::numeric_limits<double>::max();
  }
  JointSales together(gaps);
  Figure total{0, Basis::Stated};
  for (Prospect& row : list.prospects) {
    check_stop(stop, kRankingStopped);
    if (!row.purchases) continue;
    std::vector<JointSales::Offer> offers;
    for (const FilledGap& filled : row.gaps) {
      if (filled.purchases) offers.push_back({filled.gap, filled.purchases->value});
    }
    row.counted = Figure{together.add(offers, row.purchases->value), row.purchases->basis};
    total.value += row.counted->value;
    total.basis = softer(total.basis, row.counted->basis);
  }
  list.total = total;
}

void look_elsewhere(ProspectList& list, const ProspectGround& ground, const GapReport& report,
                    const std::stop_token& stop) {
  Elsewhere elsewhere(ground.graph, ground.taxonomy, report, ground.regions, ground.region_of);
  list.districts = elsewhere.districts();
  for (std::vector<Prospect>* rows : {&list.prospects, &list.unlocated, &list.expansions}) {
    for (Prospect& row : *rows) {
      check_stop(stop, kRankingStopped);
      row.elsewhere = elsewhere.count(row.gaps, ground.region(row.firm));
    }
  }
}

}  // namespace liantu
