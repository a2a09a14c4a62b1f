#include "liantu/chain/gaps/gap_diff.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/core/hash_map.hpp"
#include "base/core/string_map.hpp"

namespace liantu {
namespace {

// By what a segment is found again in another graph.
class SegmentIndex {
 public:
  explicit SegmentIndex(const EnterpriseGraph& graph) : graph_(graph) {
    for (std::uint32_t i = 0; i < graph.size(EntityKind::Segment); ++i) {
      const EntityId entity = graph.entity(SegmentId{i});
      const std::string_view code = graph.text(entity, EntityText::Code);
      if (!code.empty()) by_code_.try_emplace(std::string(code), i);
      by_name_.try_emplace(std::string(graph.name(entity)), i);
    }
  }

  [[nodiscard]] std::optional<SegmentId> find(const EnterpriseGraph& other,
                                              SegmentId segment) const {
    const EntityId entity = other.entity(segment);
    const std::string_view code = other.text(entity, EntityText::Code);
    if (!code.empty()) {
      const auto found = by_code_.find(code);
      if (found != by_code_.end()) return SegmentId{found->second};
    }
    const auto found = by_name_.find(other.name(entity));
    if (found == by_name_.end()) return std::nullopt;
    // One name under two codes are two segments.
    const std::string_view its =
        graph_.text(graph_.entity(SegmentId{found->second}), EntityText::Code);
    if (!code.empty() && !its.empty()) return std::nullopt;
    return SegmentId{found->second};
  }

 private:
  const EnterpriseGraph& graph_;
  StringMap<std::uint32_t> by_code_;
  StringMap<std::uint32_t> by_name_;
};

GapFate fate_of(const Gap& before, const Gap& after, const GapChange& change) {
  // Sums in another order differ by less than a thousandth of a yuan.
  constexpr double kNothing = 1e-3;
  if (after.kind != before.kind) {
    const double both = change.moved.value_or(0) + change.least_moved.value_or(0);
    if (std::abs(both) >= kNothing) return both > 0 ? GapFate::Grown : GapFate::Shrunk;
    return after.kind < before.kind ? GapFate::Grown : GapFate::Shrunk;
  }
  for (const auto& moved : {change.moved, change.least_moved}) {
    if (!moved || std::abs(*moved) < kNothing) continue;
    return *moved > 0 ? GapFate::Grown : GapFate::Shrunk;
  }
  return GapFate::Same;
}

std::optional<double> difference(const std::optional<double>& before,
                                 const std::optional<double>& after) {
  if (!before || !after) return std::nullopt;
  return *after - *before;
}

std::optional<std::size_t> met_at(const GapReport& report,
                                  const std::optional<SegmentId>& segment) {
  if (!segment) return std::nullopt;
  const auto met = std::ranges::lower_bound(report.met, *segment, {}, &Gap::segment);
  if (met == report.met.end() || met->segment != *segment) return std::nullopt;
  return static_cast<std::size_t>(met - report.met.begin());
}

bool needed_now(const Gap& gap) {
  return gap.kind != GapKind::Hidden && gap.kind != GapKind::Extension;
}

std::optional<double> least(const Gap& gap) {
  return needed_now(gap) ? gap.leakage_min : std::optional(0.0);
}

// An amount of a segment that may be a gap, be met, or not be needed.
template <typename Amount>
std::optional<double> amount_of(const GapReport& report, const std::optional<std::size_t>& gap,
                                const std::optional<std::size_t>& met, const Amount& amount) {
  if (gap) return amount(report.gaps[*gap]);
  return met ? amount(report.met[*met]) : std::optional(0.0);
}

std::optional<double> upper_end(const Gap& gap) {
  const auto leakage = leakage_of(gap);
  return leakage ? std::optional(leakage->max) : std::nullopt;
}

// Whether a gap is none any more though nobody makes more of it: less of it is needed.
bool eased(const Gap& before, const Gap& after) {
  if (after.makers.size() > before.makers.size()) return false;
  const auto supply = [](const Gap& gap) { return gap.supply.value_or(Figure{}).value; };
  if (supply(after) > supply(before) || after.makers_at_risk < before.makers_at_risk) return false;
  if (before.demand && after.demand) return after.demand->value < before.demand->value;
  return after.needers.size() < before.needers.size();
}

double bought_outside(const GapReport& report) {
  double total = 0;
  for (const Gap& gap : report.gaps) {
    const bool bought =
        gap.kind == GapKind::Missing || gap.kind == GapKind::Weak || gap.kind == GapKind::Open;
    if (bought) total += gap.leakage_max.value_or(0);
  }
  return total;
}

template <typename Amount>
double outside(const GapReport& report, const Amount& amount) {
  double total = 0;
  for (const auto* part : {&report.gaps, &report.met}) {
    for (const Gap& gap : *part) {
      if (needed_now(gap)) total += amount(gap).value_or(0);
    }
  }
  return total;
}

}  // namespace

std::string_view fate_word(GapFate fate) {
  switch (fate) {
    case GapFate::Opened:
      return "opened";
    case GapFate::Closed:
      return "closed";
    case GapFate::Eased:
      return "eased";
    case GapFate::Gone:
      return "gone";
    case GapFate::Grown:
      return "grown";
    case GapFate::Shrunk:
      return "shrunk";
    case GapFate::Same:
      break;
  }
  return "same";
}

Text fate_text(GapFate fate) {
  switch (fate) {
    case GapFate::Opened:
      return {"opened", "新增"};
    case GapFate::Closed:
      return {"closed", "补上"};
    case GapFate::Eased:
      return {"eased", "需求减少"};
    case GapFate::Gone:
      return {"gone", "不再需要"};
    case GapFate::Grown:
      return {"grown", "扩大"};
    case GapFate::Shrunk:
      return {"shrunk", "缩小"};
    case GapFate::Same:
      break;
  }
  return {"same", "不变"};
}

GapDiff compare_gaps(const EnterpriseGraph& before, const GapReport& old_report,
                     const EnterpriseGraph& after, const GapReport& new_report) {
  const SegmentIndex in_before(before);
  const SegmentIndex in_after(after);
  HashMap<std::uint32_t, std::size_t> new_gap;  // by segment
  for (std::size_t g = 0; g < new_report.gaps.size(); ++g) {
    new_gap.try_emplace(raw(new_report.gaps[g].segment), g);
  }
  std::vector<bool> matched(new_report.gaps.size());
  GapDiff diff;
  const auto settle = [&](GapChange& change) {
    const auto lower = [](const Gap& gap) { return least(gap); };
    change.amount_before = amount_of(old_report, change.before, change.met_before, upper_end);
    change.amount_after = amount_of(new_report, change.after, change.met_after, upper_end);
    change.moved = difference(change.amount_before, change.amount_after);
    change.least_before = amount_of(old_report, change.before, change.met_before, lower);
    change.least_after = amount_of(new_report, change.after, change.met_after, lower);
    change.least_moved = difference(change.least_before, change.least_after);
  };
  // Whether what raised a hidden gap is a gap still, so that it would be needed once that is
  // filled.
  const auto still_raised = [&](const Gap& old) {
    return old.kind == GapKind::Hidden &&
           std::ranges::any_of(old.later, [&](const RoundDemand& round) {
             return std::ranges::any_of(round.causes, [&](const DemandCause& cause) {
               const auto product = in_after.find(before, cause.product);
               return product && new_gap.contains(raw(*product));
             });
           });
  };
  HashMap<std::uint32_t, std::size_t> old_gap;  // by segment
  for (std::size_t g = 0; g < old_report.gaps.size(); ++g) {
    old_gap.try_emplace(raw(old_report.gaps[g].segment), g);
  }
  // Whether less of what raised a hidden gap is bought outside than was.
  const auto raised_less = [&](const Gap& old) {
    double then = 0;
    double now = 0;
    for (const RoundDemand& round : old.later) {
      for (const DemandCause& cause : round.causes) {
        const auto was = old_gap.find(raw(cause.product));
        if (was != old_gap.end()) then += least(old_report.gaps[was->second]).value_or(0);
        const auto product = in_after.find(before, cause.product);
        const auto is = product ? new_gap.find(raw(*product)) : new_gap.end();
        if (is != new_gap.end()) now += least(new_report.gaps[is->second]).value_or(0);
      }
    }
    return now < then;
  };
  for (std::size_t g = 0; g < old_report.gaps.size(); ++g) {
    const Gap& old = old_report.gaps[g];
    GapChange change;
    change.segment = before.name(before.entity(old.segment));
    change.before = g;
    const auto segment = in_after.find(before, old.segment);
    const auto found = segment ? new_gap.find(raw(*segment)) : new_gap.end();
    if (found != new_gap.end() && !matched[found->second]) {
      matched[found->second] = true;
      change.after = found->second;
      const Gap& now = new_report.gaps[found->second];
      settle(change);
      change.fate = fate_of(old, now, change);
      ++diff.persistent;
      if (change.fate == GapFate::Grown) ++diff.grown;
      if (change.fate == GapFate::Shrunk) ++diff.shrunk;
    } else {
      change.met_after = met_at(new_report, segment);
      if (change.met_after) {
        change.fate =
            eased(old, new_report.met[*change.met_after]) ? GapFate::Eased : GapFate::Closed;
      } else if (still_raised(old)) {
        change.fate = raised_less(old) ? GapFate::Eased : GapFate::Closed;
      } else {
        change.fate = GapFate::Gone;
      }
      settle(change);
      ++(change.fate == GapFate::Closed  ? diff.healed
         : change.fate == GapFate::Eased ? diff.eased
                                         : diff.gone);
    }
    diff.changes.push_back(std::move(change));
  }
  for (std::size_t g = 0; g < new_report.gaps.size(); ++g) {
    if (matched[g]) continue;
    GapChange change;
    const Gap& now = new_report.gaps[g];
    change.segment = after.name(after.entity(now.segment));
    change.fate = GapFate::Opened;
    change.after = g;
    change.met_before = met_at(old_report, in_before.find(after, now.segment));
    settle(change);
    diff.changes.push_back(std::move(change));
    ++diff.opened;
  }
  std::ranges::stable_sort(diff.changes, {}, [](const GapChange& change) {
    return std::tuple(change.fate, -std::abs(change.moved.value_or(0)),
                      -std::abs(change.least_moved.value_or(0)));
  });
  diff.bought_outside_before = bought_outside(old_report);
  diff.bought_outside_after = bought_outside(new_report);
  const auto lower = [](const Gap& gap) { return gap.leakage_min; };
  const auto upper = [](const Gap& gap) { return gap.leakage_max; };
  diff.least_outside_before = outside(old_report, lower);
  diff.least_outside_after = outside(new_report, lower);
  diff.most_outside_before = outside(old_report, upper);
  diff.most_outside_after = outside(new_report, upper);
  return diff;
}

}  // namespace liantu
