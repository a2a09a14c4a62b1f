#include "chain/maker_table.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "chain/status.hpp"
#include "liantu/chain/newcomer.hpp"

namespace liantu {

MakerTable::MakerTable(const Economy& economy)
    : economy_(economy),
      productions_(economy.graph(), economy.taxonomy(), 0),
      rows_(economy.graph().size(EntityKind::Segment)),
      parts_(economy.graph().size(EntityKind::Segment)) {}

void MakerTable::clear() {
  for (const std::uint32_t segment : rows_.filled()) parts_[segment] = {};
  rows_.clear();
  statements_.clear();
  makers_.clear();
}

void MakerTable::set_out() {
  rows_.set_out();
  makers_.reserve(rows_.size());  // so that what of() returns stays where it is
}

bool MakerTable::at_risk(FirmId firm) const {
  const EnterpriseGraph& graph = economy_.graph();
  if (is_newcomer(graph, firm)) return false;
  const EntityId entity = graph.entity(firm);
  return !graph.text(entity, EntityText::Risks).empty() ||
         inactive(graph.text(entity, EntityText::Status));
}

std::span<const Maker> MakerTable::of(SegmentId segment) {
  if (!contains(segment)) return {};
  Part& part = parts_[raw(segment)];
  if (part.count == 0) {
    part.first = static_cast<std::uint32_t>(makers_.size());
    const std::span<const Row> rows = rows_[raw(segment)];  // by firm
    for (auto first = rows.begin(); first != rows.end();) {
      const auto last =
          std::find_if(first, rows.end(), [&](const Row& one) { return one.firm != first->firm; });
      makers_.push_back(maker({first, last}));
      first = last;
    }
    part.count = static_cast<std::uint32_t>(makers_.size()) - part.first;
    std::ranges::sort(std::span(makers_).subspan(part.first), {}, [](const Maker& maker) {
      return std::tuple(-maker.output.value_or(-1), maker.firm);
    });
  }
  return std::span(makers_).subspan(part.first, part.count);
}

Maker MakerTable::maker(std::span<const Row> rows) {
  Maker result;
  result.firm = rows.front().firm;
  result.at_risk = rows.front().at_risk;
  const auto stands_for_it = [&](const Statement& first) {
    result.segment = first.segment;
    result.makes = first.makes;
  };
  if (rows.size() == 1) {
    const Statement& only = statements_[rows.front().statement];
    stands_for_it(only);
    if (only.output) result.output = only.output->value;
    result.basis = only.basis;
    return result;
  }
  nearest_first_.assign(rows.begin(), rows.end());
  std::ranges::stable_sort(nearest_first_, {}, &Row::level);
  std::vector<Statement> statements;
  for (const Row& row : nearest_first_) statements.push_back(statements_[row.statement]);
  const Production production = productions_.sum_up(result.firm, std::move(statements));
  stands_for_it(production.statements.front());
  if (production.complete) result.output = production.output->value;
  result.basis = production.basis;
  return result;
}

}  // namespace liantu
