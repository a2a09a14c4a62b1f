#include <functional>

#include <gtest/gtest.h>

#include "liantu/land/plan/land_plan.hpp"

namespace liantu {
namespace {

PlanProblem sound() {
  PlanProblem problem;
  problem.policy.weights = {0, 100, 0, 0};
  problem.policy.tax_per_mu = 1e5;
  problem.sites = {{.name = "一", .mu = 20}, {.name = "二", .mu = 20, .neighbours = {0}}};
  problem.gaps = {{"隔膜", 1e8}};
  problem.projects.resize(2);
  for (PlanProject& project : problem.projects) {
    project.mu = 10;
    project.energy_tce = 100;
    project.emission_t = 1;
    project.cost = 1e6;
    project.tax = 1e6;
  }
  problem.projects[0].kind = "食品";
  problem.projects[1].kind = "化工";
  return problem;
}

using Limits = std::vector<PlanLimit>;

TEST(PlanCheck, SoundPlansBreakNothing) {
  EXPECT_EQ(check_plan(sound(), {{0, 0}, {1, 0}}), Limits());
  EXPECT_EQ(check_plan(sound(), {}), Limits());
}

TEST(PlanCheck, EveryLimitIsSeen) {
  const auto broken = [](const std::function<void(PlanProblem&)>& change,
                         const std::vector<Placement>& placements = {{0, 0}, {1, 1}}) {
    PlanProblem problem = sound();
    change(problem);
    return check_plan(problem, placements);
  };
  using enum LimitKind;
  EXPECT_EQ(broken([](auto& p) { p.sites[0].mu = 9; }), (Limits{{Area, 0}}));
  EXPECT_EQ(broken([](auto& p) {
              p.sites[1].use = "一类";
              p.projects[1].use = "二类";
            }),
            (Limits{{Use, 1}}));
  EXPECT_EQ(broken([](auto& p) {
              p.sites[1].use = "二类";
              p.projects[1].use = "一类";
              p.policy.uses = {{"二类", {"一类"}}, {"一类", {}}};
            }),
            Limits());
  EXPECT_EQ(broken([](auto& p) {
              p.policy.budget = {1e7};
              p.sites[1].phase = 2;
            }),
            (Limits{{Phase, 1}}));
  EXPECT_EQ(broken([](auto& p) { p.sites[0].energy_tce = 99; }), (Limits{{SiteEnergy, 0}}));
  EXPECT_EQ(broken([](auto& p) { p.sites[0].emission_t = 0.5; }), (Limits{{SiteEmission, 0}}));
  EXPECT_EQ(broken([](auto& p) { p.policy.energy_tce = 199; }), (Limits{{Energy, 0}}));
  EXPECT_EQ(broken([](auto& p) { p.policy.emission_t = 1.9; }), (Limits{{Emission, 0}}));
  // What the first phase leaves goes on to the second.
  EXPECT_EQ(broken([](auto& p) {
              p.policy.budget = {1.5e6, 0.5e6};
              p.projects[1].phase = 2;
            }),
            Limits());
  EXPECT_EQ(broken([](auto& p) { p.policy.budget = {1.5e6, 0.5e6}; }), (Limits{{Budget, 0}}));
  EXPECT_EQ(broken([](auto& p) {
              p.policy.floors = {{Quantity::Tax, Quantity::Land, "万元/亩", 11, {}}};
            }),
            (Limits{{Floor, 0}}));
  EXPECT_EQ(broken([](auto& p) { p.policy.apart = {{"食品", "化工", {}}}; }), (Limits{{Apart, 0}}));
  EXPECT_EQ(broken([](auto& p) {
              p.policy.apart = {{"化工", "食品", {}}};
              p.sites[1].neighbours.clear();
            }),
            Limits());
  EXPECT_EQ(broken([](auto& p) { p.projects[0].mu.reset(); }), (Limits{{NeedUnknown, 0}}));
  EXPECT_EQ(broken([](auto& p) {
              p.policy.unknown = UnknownFigure::Refuse;
              p.policy.energy_tce = 1e6;
              p.projects[1].energy_tce.reset();
            }),
            (Limits{{NeedUnknown, 1}}));
  EXPECT_EQ(broken([](auto& p) {
              p.forbids = {{0, 1}, {0, 0}, {1, std::nullopt}};
            }),
            (Limits{{Forbid, 1}, {Forbid, 2}}));
  EXPECT_EQ(broken([](auto& p) { p.locks = {{0, 1}}; }), (Limits{{Lock, 0}}));
  EXPECT_EQ(broken([](auto& p) { p.must_fill = {0}; }), (Limits{{MustFill, 0}}));
  EXPECT_EQ(broken([](auto&) {}, {{0, 0}, {0, 1}}), (Limits{{Twice, 0}}));
}

}  // namespace
}  // namespace liantu
