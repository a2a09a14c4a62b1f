#pragma once

#include <stop_token>

#include "liantu/prospects/prospects.hpp"
#include "prospects/fillings/ground.hpp"
#include "prospects/fillings/scored_gaps.hpp"

namespace liantu {

/// Which unknowns part the rows of a list: ProspectList::unparted and ProspectList::parted_by.
void see_what_parts(ProspectList& list);

/// What the rows bring home together: Prospect::counted and ProspectList::total.
/// @throws Error{Cancelled}
void add_up(ProspectList& list, const ScoredGaps& gap_table, const std::stop_token& stop);

/// In how many other districts a row would fill a gap: Prospect::elsewhere and ProspectList::districts.
/// @throws Error{Cancelled}
void look_elsewhere(ProspectList& list, const ProspectGround& ground, const GapReport& report,
                    const std::stop_token& stop);

}  // namespace liantu
