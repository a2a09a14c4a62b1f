#include "liantu/chain/data_date.hpp"

#include <algorithm>

namespace liantu {

Date data_date(const EnterpriseGraph& graph) {
  Date latest;
  const auto see = [&](const Provenance& provenance) {
    latest = std::max({latest, provenance.as_of, provenance.since});
  };
  for (std::uint32_t i = 0; i < graph.size(); ++i) see(graph.provenance(EntityId{i}));
  for (const RelationKind kind : kRelationKinds) {
    const Relation relation = graph.relation(kind);
    for (std::uint64_t edge = 0; edge < relation.size(); ++edge) {
      see(relation.provenance(EdgeId{edge}));
    }
  }
  return latest;
}

bool ended(const Provenance& fact, const Date& date) {
  if (!fact.until.known()) return false;
  Date day = date;  // no finer than the end is told
  if (fact.until.month == 0) day.month = 0;
  if (fact.until.day == 0) day.day = 0;
  return fact.until < day;
}

}  // namespace liantu
