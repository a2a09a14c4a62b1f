#include "chain/gaps/search/maker_table.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "chain/firms/status.hpp"
#include "liantu/chain/economy/newcomer.hpp"

namespace liantu {

MakerTable::MakerTable(const Economy& economy)
    : economy_(economy),
      productions_(economy.graph(), economy.taxonomy(), 0),
      rows_(economy.graph().size(EntityKind::Segment)),
      said_of_(economy.taxonomy(), SegmentMarks::Asked::FromAbove),
      made_(economy.graph().size(EntityKind::Segment)),
      list_of_(economy.graph().size(EntityKind::Segment)) {}

void MakerTable::clear() {
  for (const std::uint32_t segment : all_made_) made_[segment] = false;
  all_made_.clear();
  for (const std::uint32_t segment : listed_) list_of_[segment] = 0;
  listed_.clear();
  lists_used_ = 0;
  rows_.clear();
  said_.clear();
  said_of_.mark({});
}

void MakerTable::add(FirmId firm, std::span<const Statement> statements) {
  const bool risky = at_risk(firm);
  for (const Statement& one : statements) {
    rows_.add(raw(one.segment), static_cast<std::uint32_t>(said_.size()));
    said_.push_back({firm, risky, one});
  }
}

void MakerTable::set_out() {
  rows_.set_out();
  said_of_.mark(rows_.filled());
  // All above what is made already is known to be made.
  for (const std::uint32_t segment : rows_.filled()) {
    if (made_[segment]) continue;
    made_[segment] = true;
    std::size_t next = all_made_.size();
    all_made_.push_back(segment);
    for (; next < all_made_.size(); ++next) {
      for (const SegmentId parent : economy_.taxonomy().parents(SegmentId{all_made_[next]})) {
        if (made_[raw(parent)]) continue;
        made_[raw(parent)] = true;
        all_made_.push_back(raw(parent));
      }
    }
  }
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
  std::uint32_t& list = list_of_[raw(segment)];
  if (list == 0) {
    if (lists_used_ == lists_.size()) lists_.emplace_back();
    lists_[lists_used_].clear();
    append_makers(segment, lists_[lists_used_]);
    list = static_cast<std::uint32_t>(++lists_used_);
    listed_.push_back(raw(segment));
  }
  return lists_[list - 1];
}

void MakerTable::append_makers(SegmentId segment, std::vector<Maker>& makers) {
  if (!contains(segment)) return;
  if (const std::uint32_t list = list_of_[raw(segment)]; list > 0) {
    makers.insert(makers.end(), lists_[list - 1].begin(), lists_[list - 1].end());
    return;
  }
  found_.clear();
  said_of_.for_each_below(segment, [&](SegmentId one) {
    const std::span<const std::uint32_t> numbers = std::as_const(rows_)[raw(one)];
    found_.insert(found_.end(), numbers.begin(), numbers.end());
  });
  std::ranges::sort(found_);  // by firm
  const auto before = static_cast<std::ptrdiff_t>(makers.size());
  for (auto first = found_.begin(); first != found_.end();) {
    const FirmId firm = said_[*first].firm;
    const auto last = std::find_if(
        first, found_.end(), [&](std::uint32_t number) { return said_[number].firm != firm; });
    makers.push_back(maker(segment, {first, last}));
    first = last;
  }
  std::ranges::sort(makers.begin() + before, makers.end(), {}, [](const Maker& maker) {
    return std::tuple(-maker.output.value_or(-1), maker.firm);
  });
}

Maker MakerTable::maker(SegmentId segment, std::span<const std::uint32_t> said) {
  Maker result;
  result.firm = said_[said.front()].firm;
  result.at_risk = said_[said.front()].at_risk;
  const auto stands_for_it = [&](const Statement& first) {
    result.segment = first.segment;
    result.makes = first.makes;
  };
  if (said.size() == 1) {
    const Statement& only = said_[said.front()].statement;
    stands_for_it(only);
    if (only.output) result.output = only.output->value;
    result.basis = only.basis;
    return result;
  }
  nearest_first_.assign(said.begin(), said.end());
  std::ranges::stable_sort(nearest_first_, {}, [&](std::uint32_t number) {
    return economy_.taxonomy().levels_below(said_[number].statement.segment, segment);
  });
  std::vector<Statement> statements;
  for (const std::uint32_t number : nearest_first_) {
    statements.push_back(said_[number].statement);
  }
  const Production production = productions_.sum_up(result.firm, std::move(statements));
  stands_for_it(production.statements.front());
  if (production.complete) result.output = production.output->value;
  result.basis = production.basis;
  return result;
}

}  // namespace liantu
