#include "prospects/ranking/row_writer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "graph/views/told_order.hpp"
#include "liantu/chain/economy/newcomer.hpp"

namespace liantu {

void RowWriter::fill(Prospect& row, Assessor::Scratch& scratch) const {
  const ScoreStages& stages = assessor_.stages();
  const EnterpriseGraph& graph = stages.ground.graph;
  const Assessment& found = *assessor_.assess(row.firm, scratch);
  row.status = question_.status(row.firm, found.status);
  if (const KnownContact* contact = question_.contact(row.firm)) row.contact = *contact;
  row.parts = found.parts;
  row.score = static_cast<double>(found.cents()) / 100;
  row.grade = row.score >= stages.policy.grade_a   ? 'A'
              : row.score >= stages.policy.grade_b ? 'B'
                                                   : 'C';
  row.gaps = found.gaps;
  row.purchases = found.purchases;
  row.anchors = stages.anchors.firms(found.anchors);
  std::ranges::sort(row.anchors, [&](FirmId a, FirmId b) {
    const bool one = is_newcomer(graph, a);
    const bool other = is_newcomer(graph, b);
    if (one || other) return one == other ? a < b : other;
    return told_before(graph, a, b);
  });
  row.present = found.present;
  row.km = found.km;
  row.near = found.near;
  row.heavy = found.heavy;
  if (stages.coming != nullptr) row.coming = stages.coming->of(row.firm);
  for (const std::string_view risk : graph.list(graph.entity(row.firm), EntityText::Risks)) {
    row.risks.emplace_back(risk);
  }
  for (std::size_t i = 0; i < found.unknown.size(); ++i) {
    if (!found.unknown[i]) continue;
    row.unknown.emplace_back(unknown_word(static_cast<Assessment::Unknown>(i)));
  }
  if (found.screen != nullptr) {
    row.screened_by = found.screen->reason;
    if (!found.screen->source.empty()) {
      row.screened_by.en += fmt::format(" ({})", found.screen->source);
      row.screened_by.zh += fmt::format("（依据：{}）", found.screen->source);
    }
  } else if (found.status == ProspectStatus::Screened) {
    row.screened_by = found.kept_off;
  } else if (row.status == ProspectStatus::Screened) {
    row.screened_by = contact_text(*row.contact);
  }
}

RankLift RowWriter::lift(const Prospect& row, std::int32_t cents,
                         const Assessor::Scratch& scratch) const {
  RankLift found;
  const auto missing = cents - static_cast<std::int32_t>(std::llround(row.score * 100));
  if (missing <= 0) return found;
  found.missing = missing / 100.0;
  const std::array<double, kPartCount>& weights = assessor_.stages().weights;
  std::vector<LiftingPart> others;
  for (std::size_t i = 0; i < kPartCount; ++i) {
    const ScorePart& part = row.parts[i];
    LiftingPart one;
    one.part = static_cast<ScorePartKind>(i);
    one.room = std::round((weights[i] - part.points) * 100) / 100;
    if (!(one.room > 0)) continue;
    const double more = part.points_max - part.points;
    if (one.room < found.missing) {
      one.unknown = !part.known && more > 0;
      others.push_back(std::move(one));
      continue;
    }
    one.unknown = !part.known && more >= found.missing - 0.005;
    one.fact = assessor_.least_fact(one.part, part.points + found.missing, row.firm, scratch);
    if (one.fact && one.fact->field == LiftField::Place && row.coming) {
      one.fact->from = row.coming->rank;
    }
    found.parts.push_back(std::move(one));
  }
  std::ranges::stable_sort(found.parts, [](const LiftingPart& a, const LiftingPart& b) {
    if (a.unknown != b.unknown) return a.unknown;
    if (a.fact.has_value() != b.fact.has_value()) return a.fact.has_value();
    return a.room > b.room;
  });
  if (!found.parts.empty()) return found;
  std::ranges::stable_sort(others, std::greater<>(), &LiftingPart::room);
  double sum = 0;
  for (LiftingPart& one : others) {
    if (sum >= found.missing) break;
    sum += one.room;
    found.together.push_back(std::move(one));
  }
  return found;
}

}  // namespace liantu
