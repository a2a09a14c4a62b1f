#include "liantu/land/plan/plan_problem.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/land/per_mu/land_use.hpp"
#include "liantu/land/per_mu/per_mu.hpp"

namespace liantu {
namespace {

class SetUp {
 public:
  SetUp(const EnterpriseGraph& graph, const GapReport& report, const ProspectList& list)
      : graph_(graph), report_(report), list_(list) {}

  PlanSetUp run(const PlanPolicy& policy, const std::vector<SiteRow>& sites,
                const std::vector<ProjectRow>& projects) {
    set_.problem.policy = policy;
    if (sites.empty()) {
      throw Error(ErrorCode::InvalidArgument,
                  {"a plan needs at least one plot", "布局至少要有一个地块"});
    }
    add_sites(sites);
    match_rows(projects);
    for (const Prospect& prospect : list_.prospects) add_project(prospect);
    for (const auto& [firm, row] : row_of_) {
      if (used_.contains(firm)) continue;
      set_.notes.push_back(
          {Severity::Note,
           row->place,
           "no-prospect",
           {},
           row->firm,
           {fmt::format("{} is not on the prospect list and is left out", excerpt(row->firm)),
            fmt::format("{} 不在招商对象清单中，未参与布局", excerpt(row->firm))},
           {"see why with `liantu explain`", "原因可用 liantu explain 查看"}});
    }
    return std::move(set_);
  }

 private:
  [[noreturn]] static void fail(const InputPlace& place, std::string en, std::string zh,
                                std::string remedy_en, std::string remedy_zh) {
    throw Error(ErrorCode::InvalidData, place, {std::move(en), std::move(zh)},
                {std::move(remedy_en), std::move(remedy_zh)});
  }

  void check_use(const std::string& use, const InputPlace& place) const {
    const auto& uses = set_.problem.policy.uses;
    if (use.empty() || uses.empty()) return;
    if (std::ranges::find(uses, use, &LandClass::name) != uses.end()) return;
    std::string known;
    for (const LandClass& one : uses) known += (known.empty() ? "" : ", ") + one.name;
    fail(place, fmt::format("\"{}\" is not a class of use that the policy lists", excerpt(use)),
         fmt::format("“{}”不是布局办法列出的用地类别", excerpt(use)), "write one of: " + known,
         "请取其一：" + known);
  }

  void add_sites(const std::vector<SiteRow>& rows) {
    for (const SiteRow& row : rows) {
      check_use(row.use, row.place);
      set_.problem.sites.push_back({row.name,
                                    row.land_mu.value_or(0),
                                    row.plot_ratio,
                                    row.building_share,
                                    row.use,
                                    {},
                                    row.energy_tce,
                                    row.emission_t,
                                    row.phase.value_or(1)});
    }
    for (std::size_t s = 0; s < rows.size(); ++s) {
      for (const std::string& name : rows[s].neighbours) {
        const auto found = std::ranges::find(set_.problem.sites, name, &PlanSite::name);
        if (found == set_.problem.sites.end()) {
          fail(rows[s].place,
               fmt::format("the neighbour \"{}\" is not a plot of the table", excerpt(name)),
               fmt::format("相邻地块“{}”不在表中", excerpt(name)), "write the name of a plot",
               "请写表中的地块名称");
        }
        set_.problem.sites[s].neighbours.push_back(
            static_cast<std::size_t>(found - set_.problem.sites.begin()));
      }
    }
  }

  void match_rows(const std::vector<ProjectRow>& rows) {
    for (const ProjectRow& row : rows) {
      check_use(row.use, row.place);
      const std::vector<EntityId> found = graph_.find(EntityKind::Firm, row.firm);
      if (found.size() > 1) {
        fail(row.place, fmt::format("\"{}\" fits {} firms", excerpt(row.firm), found.size()),
             fmt::format("“{}”对应 {} 家企业", excerpt(row.firm), found.size()),
             "write the credit code", "请写统一社会信用代码");
      }
      if (found.empty()) {
        set_.notes.push_back({Severity::Note,
                              row.place,
                              "unknown-firm",
                              {},
                              row.firm,
                              {fmt::format("no firm of the graph is called {}", excerpt(row.firm)),
                               fmt::format("图中没有名为 {} 的企业", excerpt(row.firm))},
                              {"write the name or the credit code as the graph has it",
                               "请按图中的名称或信用代码填写"}});
        continue;
      }
      row_of_[FirmId{graph_.local(found.front())}] = &row;
    }
  }

  // The chain at the top of the taxonomy; of several parents the first.
  std::string chain_of(SegmentId segment) const {
    const Relation part_of = graph_.relation(RelationKind::PartOf);
    EntityId at = graph_.entity(segment);
    for (std::uint32_t step = 0; step < graph_.size(EntityKind::Segment); ++step) {
      const auto above = part_of.targets(at);
      if (above.empty()) break;
      at = above.front();
    }
    return std::string(graph_.name(at));
  }

  std::size_t gap_at(std::size_t place) {
    const auto [found, fresh] = gap_index_.try_emplace(place, set_.problem.gaps.size());
    if (fresh) {
      const Gap& gap = report_.gaps[place];
      const double leakage = gap.leakage_max.value_or(gap.leakage_min.value_or(0));
      set_.problem.gaps.push_back({std::string(graph_.name(graph_.entity(gap.segment))), leakage});
      set_.gap_of.push_back(place);
    }
    return found->second;
  }

  void add_project(const Prospect& prospect) {
    PlanProject project;
    project.firm = prospect.firm;
    project.name = graph_.name(graph_.entity(prospect.firm));
    const auto found = row_of_.find(prospect.firm);
    const ProjectRow row = found == row_of_.end() ? ProjectRow() : *found->second;
    used_.insert(prospect.firm);
    const auto either = [&](const std::optional<double>& stated, Quantity quantity) {
      if (stated) return stated;
      const auto now = quantity_of(graph_, prospect.firm, quantity);
      if (now) project.assumed = true;
      return now ? std::optional(now->value) : std::nullopt;
    };
    project.mu = row.land_mu;
    project.floor_m2 = row.floor_m2;
    if (!row.land_mu && !row.floor_m2) {
      const LandUse now = land_use(graph_, std::vector{prospect.firm}).front();
      if (now.mu) {
        project.mu = now.mu->value;
        project.assumed = true;
      } else {
        project.floor_m2 = either(std::nullopt, Quantity::FloorSpace);
      }
    }
    if ((!project.mu || !(*project.mu > 0)) && !project.floor_m2) {
      set_.unplaceable.push_back(prospect.firm);
      return;
    }
    project.ground_m2 = row.ground_m2;
    project.use = row.use;
    project.energy_tce = either(row.energy_tce, Quantity::Energy);
    project.emission_t = either(row.emission_t, Quantity::Emission);
    project.investment = row.investment_cny;
    project.cost = row.cost_cny;
    project.output = either(row.output_cny, Quantity::Revenue);
    project.tax = either(row.tax_cny, Quantity::Tax);
    project.jobs = either(row.jobs, Quantity::Staff);
    project.probability = row.probability.value_or(1);
    project.phase = row.phase.value_or(1);
    double sum = 0;
    for (const FilledGap& gap : prospect.gaps) {
      const double amount = gap.purchases ? gap.purchases->value : 0;
      project.fills.emplace_back(gap_at(gap.gap), amount);
      sum += amount;
    }
    if (prospect.purchases && sum > prospect.purchases->value) {
      for (auto& fill : project.fills) fill.second *= prospect.purchases->value / sum;
    }
    project.kind = row.kind;
    if (project.kind.empty() && !prospect.gaps.empty()) {
      project.kind = chain_of(report_.gaps[prospect.gaps.front().gap].segment);
    }
    set_.problem.projects.push_back(std::move(project));
  }

  const EnterpriseGraph& graph_;
  const GapReport& report_;
  const ProspectList& list_;
  PlanSetUp set_;
  std::map<FirmId, const ProjectRow*> row_of_;
  std::set<FirmId> used_;
  std::map<std::size_t, std::size_t> gap_index_;
};

}  // namespace

PlanSetUp set_up_plan(const EnterpriseGraph& graph, const GapReport& report,
                      const ProspectList& list, const PlanPolicy& policy,
                      const std::vector<SiteRow>& sites, const std::vector<ProjectRow>& projects) {
  return SetUp(graph, report, list).run(policy, sites, projects);
}

}  // namespace liantu
