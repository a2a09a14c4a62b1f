#pragma once

#include "liantu/base/core/export.hpp"
#include "liantu/base/values/date.hpp"
#include "liantu/graph/graph.hpp"

namespace LIANTU_API liantu {

/// The day up to which a graph tells: the latest on which anything in it was observed or began; not
/// known when nothing is dated. Linear in the graph.
[[nodiscard]] Date data_date(const EnterpriseGraph& graph);

/// Whether a fact was over on a date: its last day, month or year lies wholly before it. What has
/// no end, and everything on a date that is not known, goes on.
[[nodiscard]] bool ended(const Provenance& fact, const Date& date);

}  // namespace liantu
