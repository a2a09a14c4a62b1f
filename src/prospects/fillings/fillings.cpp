#include "prospects/fillings/fillings.hpp"

#include <algorithm>
#include <span>

#include "graph/views/told_order.hpp"

namespace liantu {

std::vector<FirmId> Fillings::candidates() const {
  const Relation makes = ground_.graph.relation(RelationKind::Makes);
  std::vector<bool> marked(ground_.graph.size(EntityKind::Firm));
  for (std::uint32_t i = 0; i < ground_.graph.size(EntityKind::Segment); ++i) {
    const SegmentId segment{i};
    if (ground_.taxonomy.chain(segment)) continue;
    const std::span<const EntityId> makers = makes.sources(ground_.graph.entity(segment));
    if (makers.empty()) continue;
    if (!gaps_.any(segment)) continue;
    for (const EntityId maker : makers) marked[ground_.graph.local(maker)] = true;
  }
  std::vector<FirmId> found;
  for (std::uint32_t i = 0; i < marked.size(); ++i) {
    if (!marked[i]) continue;
    const Standing where = places_.standing(FirmId{i});
    if (where == Standing::Outside || where == Standing::Unknown) found.push_back(FirmId{i});
  }
  return found;
}

void Fillings::find(FirmId firm, Scratch& scratch) const {
  scratch.made.clear();
  scratch.fillings.clear();
  scratch.parts.clear();
  scratch.bar = nullptr;
  business_.read(firm, scratch.business);
  const std::vector<Statement>& statements = scratch.business.statements;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    gaps_.for_each(statements[i].segment, [&](std::size_t gap, std::uint32_t level) {
      scratch.parts.push_back({gap, level, i});
    });
  }
  const auto barred = [&](const Scratch::Part& part) {
    const Statement& statement = statements[part.statement];
    if (ground_.is_sector(statement.segment)) {
      const GoodsKind* kind = business_.kind_made(part.gap, scratch.business).told;
      if (const ScreeningRule* own = screening_.on_sector(firm, statement.makes, kind);
          own != nullptr)
        return own;
    }
    const ScreeningRule* bar = screening_.on_segment(statement.segment);
    return bar != nullptr ? bar : screening_.on_segment(gaps_[part.gap].segment);
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
           told_before(ground_.graph, ground_.graph.entity(statements[a.statement].segment),
                       ground_.graph.entity(statements[b.statement].segment));
  });
  for (std::size_t first = 0, last = 0; first < scratch.parts.size(); first = last) {
    Filling filling;
    filling.gap = scratch.parts[first].gap;
    filling.first = scratch.made.size();
    while (last < scratch.parts.size() && scratch.parts[last].gap == filling.gap) ++last;
    filling.count = last - first;
    if (filling.count == 1) {
      const Statement& only = statements[scratch.parts[first].statement];
      scratch.made.push_back(only);
      filling.output = only.output;
      filling.complete = only.output.has_value();
    } else {
      for (std::size_t i = first; i < last; ++i) {
        scratch.made.push_back(statements[scratch.parts[i].statement]);
      }
      Basis basis = Basis::Stated;
      const Sum made =
          business_.productions().sum_up(std::span(scratch.made).subspan(filling.first), basis);
      filling.output = made.known;
      filling.complete = made.complete;
    }
    filling.kind = business_.kind_made(filling.gap, scratch.business).needed;
    scratch.fillings.push_back(filling);
  }
}

// Shoemakers buy of the makers of rubber goods, but no tyres: who makes another kind than what buyers
// here work up fills no gap, unless it is known to supply makers like them; and what nobody knows the
// kind of is left out beside what is known.
void Fillings::keep_kinds_needed(FirmId firm, Scratch& scratch) const {
  bool needed = false;
  const auto serves = [&](std::size_t gap) {
    return business_.kind_made(gap, scratch.business).needed || !like_.of(firm, gap).empty();
  };
  std::erase_if(scratch.parts, [&](const Scratch::Part& part) {
    if (!gaps_[part.gap].of_kinds) return false;
    const bool some = serves(part.gap);
    needed = needed || some;
    return !some && business_.kind_made(part.gap, scratch.business).known;
  });
  if (!needed) return;
  std::erase_if(scratch.parts, [&](const Scratch::Part& part) {
    return gaps_[part.gap].of_kinds && !serves(part.gap);
  });
}

}  // namespace liantu
