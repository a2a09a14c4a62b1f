#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/base/values/plan_rows.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/land/plan/land_plan.hpp"
#include "liantu/prospects/prospects.hpp"

namespace LIANTU_API liantu {

/// The problem of a plan, and what was noticed while it was set up.
struct PlanSetUp {
  PlanProblem problem;              ///< without locks, forbids and must-fills
  std::vector<std::size_t> gap_of;  ///< of each PlanProblem::gaps, its place in GapReport::gaps
  std::vector<FirmId> unplaceable;  ///< prospects whose land and floor space nobody knows
  std::vector<Problem> notes;       ///< rows of projects that are not prospects
};

/// Makes a plan's problem of a prospect list, plots and what is known of the projects.
///
/// A project's figures are those of its row; what the row leaves open is taken from what the firm is
/// where it stands now (land, floor space, energy, emissions, revenue, tax, staff), and the project
/// is marked as assumed. Its kind is the row's, else the chain of the gap that it fills above all. Its
/// amounts for the gaps are Prospect::gaps, brought down together where they exceed
/// Prospect::purchases, so that each yuan it makes is sold once. A gap's leakage is its upper end,
/// else its lower one, else 0.
///
/// @param graph, report, list  Of each other.
/// @param sites, projects      As tables state them.
/// @return  See PlanSetUp. Projects in the order of the list.
/// @throws Error{InvalidData}, with the row's place, if a plot's use is none of PlanPolicy::uses, a
///         project's is none of them, a neighbour is not a plot, or a firm's name fits several
///         firms; Error{InvalidArgument} when there is no plot.
/// @complexity  O(prospects × gaps each + projects × firms + sites²).
[[nodiscard]] PlanSetUp set_up_plan(const EnterpriseGraph& graph, const GapReport& report,
                                    const ProspectList& list, const PlanPolicy& policy,
                                    const std::vector<SiteRow>& sites,
                                    const std::vector<ProjectRow>& projects);

}  // namespace liantu
