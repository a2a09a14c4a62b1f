#include "prospects/score/assessor.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "prospects/score/part.hpp"

namespace liantu {

const Assessment* Assessor::assess(FirmId firm, Scratch& scratch, Ways ways) const {
  stages_.fillings.find(firm, scratch.filled);
  if (scratch.filled.fillings.empty()) return nullptr;
  Assessment& to = scratch.result;
  to.unknown.fill(false);
  to.status = ProspectStatus::Prospect;
  to.screen = scratch.filled.bar;
  to.kept_off = {};
  weigh_gaps(firm, scratch);
  const Proximity& proximity = stages_.proximity;
  to.apart = proximity.related() ? proximity.apart_by_ties(firm) : 1;
  to.reach.reset();
  to.ways_most = 0;
  if (proximity.related() && ways == Ways::Counted) {
    to.reach = reach(firm, scratch);
  } else if (proximity.related() && proximity.ways() != nullptr) {
    to.ways_most = cents_nearer(to.apart, kMostPathWorth);
  }
  for (const PartRow& row : part_rows()) {
    const auto i = static_cast<std::size_t>(row.part);
    const PartValue found = row.value(stages_, firm, scratch);
    const double weight = stages_.weights[i];
    ScorePart& given = to.parts[i];
    given.points = round_points(weight, found.value);
    given.points_max = found.known ? given.points : round_points(weight, found.value_max);
    given.known = found.known;
  }
  const EnterpriseGraph& graph = stages_.ground.graph;
  to.unknown[Assessment::kCode] = graph.text(graph.entity(firm), EntityText::Code).empty();
  settle_status(to, firm);
  return &to;
}

// The gaps that it fills, best first, and the anchors that need what fills them.
void Assessor::weigh_gaps(FirmId firm, Scratch& scratch) const {
  Assessment& to = scratch.result;
  to.anchors.assign(stages_.anchors.words(), 0);
  scratch.weighed.clear();
  for (const Filling& filling : scratch.filled.fillings) {
    const double worth = stages_.worth.of(firm, filling, scratch.filled.business);
    const Statement& first = scratch.filled.made[filling.first];
    std::optional<std::size_t> kind;
    if (filling.kind) {
      kind = stages_.report.gaps[filling.gap].kinds_needed[*filling.kind].kind;
    }
    const FilledGap filled{filling.gap, first.segment, first.makes, stages_.sales.known(filling),
                           kind};
    scratch.weighed.emplace_back(worth, filled);
    const ServedAnchors::Bits bits = stages_.anchors.of(filling);
    for (std::size_t word = 0; word < bits.size(); ++word) to.anchors[word] |= bits[word];
  }
  std::ranges::sort(scratch.weighed, {}, [](const std::pair<double, FilledGap>& one) {
    return std::tuple(-one.second.purchases.value_or(Figure{}).value, -one.first, one.second.gap);
  });
  to.gaps.clear();
  to.worth.clear();
  for (const auto& [worth, filled] : scratch.weighed) {
    to.gaps.push_back(filled);
    to.worth.push_back(worth);
  }
}

// Of a firm whose fillings are found.
std::optional<Assessment::Reach> Assessor::reach(FirmId firm, Scratch& scratch) const {
  scratch.gaps.clear();
  for (const Filling& filling : scratch.filled.fillings) {
    scratch.gaps.push_back(static_cast<std::uint32_t>(filling.gap));
  }
  return stages_.proximity.reach(firm, scratch.gaps, scratch.ways);
}

std::int32_t Assessor::cents_of_ways(FirmId firm, Scratch& scratch) const {
  if (!stages_.proximity.related()) return 0;
  stages_.fillings.find(firm, scratch.filled);
  const auto reached = reach(firm, scratch);
  if (!reached) return 0;
  return cents_nearer(stages_.proximity.apart_by_ties(firm), path_worth(reached->score));
}

// Hundredths of a point that a path of such a worth brings beside ties.
std::int32_t Assessor::cents_nearer(double apart, double path) const {
  const double weight = stages_.weights[static_cast<std::size_t>(ScorePartKind::Proximity)];
  return whole_cents(round_points(weight, 1 - apart * (1 - path))) -
         whole_cents(round_points(weight, 1 - apart));
}

std::optional<LiftingFact> Assessor::least_fact(ScorePartKind part, double points, FirmId firm,
                                                const Scratch& scratch) const {
  constexpr double kRounding = 1e-9;
  const auto i = static_cast<std::size_t>(part);
  const double weight = stages_.weights[i];
  if (!(weight > 0) || points > weight * (1 + kRounding)) return std::nullopt;
  return part_rows()[i].least_fact(stages_, firm, scratch, std::min(1.0, points / weight));
}

void Assessor::settle_status(Assessment& to, FirmId firm) const {
  Availability where = stages_.places.availability(firm);
  to.present = std::move(where.present);
  to.unknown[Assessment::kRegion] = stages_.places.standing(firm) == Standing::Unknown;
  if (to.screen == nullptr) to.screen = stages_.screening.on_firm(firm, to.km);
  if (to.screen != nullptr) {
    to.status = ProspectStatus::Screened;
    return;
  }
  const bool came = stages_.coming != nullptr && stages_.coming->came(firm);
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
