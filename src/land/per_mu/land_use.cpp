#include "liantu/land/per_mu/land_use.hpp"

#include <algorithm>

#include "liantu/base/text/error.hpp"
#include "liantu/chain/firms/data_date.hpp"

namespace liantu {
namespace {

std::optional<Figure> above_zero(const std::optional<Figure>& figure) {
  return figure && figure->value > 0 ? figure : std::nullopt;
}

class Reader {
 public:
  Reader(const EnterpriseGraph& graph, const LandRules& rules)
      : graph_(graph), rules_(rules), stands_(graph.relation(RelationKind::StandsOn)) {}

  LandUse of(FirmId firm) const {
    LandUse use;
    const EntityId entity = graph_.entity(firm);
    std::optional<Figure> sum;
    bool all = true;
    std::optional<double> ratio;
    for (const EntityId site : plots_of(entity)) {
      ++use.plots;
      const std::vector<EntityId> there = firms_on(site);
      if (there.size() > 1) ++use.shared;
      const auto part = part_of(site, entity, there);
      if (part) {
        sum = {sum ? sum->value + part->value : part->value,
               sum ? softer(sum->basis, part->basis) : part->basis};
      }
      all = all && part.has_value();
      if (const auto known = above_zero(graph_.number(site, EntityNumber::PlotRatio))) {
        ratio = use.plots == 1 ? std::optional(known->value) : std::nullopt;
      }
    }
    if (sum && all) use.plots_mu = sum->value;
    const auto stated = graph_.number(entity, EntityNumber::Land);
    if (stated) {
      use.mu = stated;
      use.from = LandFrom::Stated;
    } else if (sum && all) {
      use.mu = sum;
      use.from = LandFrom::Plots;
    } else {
      from_floor_space(entity, use.plots == 1 ? ratio : std::nullopt, use);
    }
    return use;
  }

 private:
  // Each once, whatever the number of statements; those it left passed over.
  std::vector<EntityId> plots_of(EntityId firm) const {
    std::vector<EntityId> plots;
    const EdgeRange range = stands_.out_edges(firm);
    for (std::uint64_t edge = range.first; edge < range.last; ++edge) {
      if (ended(stands_.provenance(EdgeId{edge}), rules_.as_of)) continue;
      const EntityId site = stands_.target(EdgeId{edge});
      if (plots.empty() || plots.back() != site) plots.push_back(site);
    }
    return plots;
  }

  std::vector<EntityId> firms_on(EntityId site) const {
    std::vector<EntityId> firms;
    const auto sources = stands_.sources(site);
    const auto edges = stands_.in_edges(site);
    for (std::size_t i = 0; i < sources.size(); ++i) {
      if (ended(stands_.provenance(EdgeId{edges[i]}), rules_.as_of)) continue;
      if (firms.empty() || firms.back() != sources[i]) firms.push_back(sources[i]);
    }
    return firms;
  }

  std::optional<Figure> part_of(EntityId site, EntityId firm,
                                const std::vector<EntityId>& there) const {
    const auto land = above_zero(graph_.number(site, EntityNumber::Land));
    if (!land || there.size() <= 1) return land;
    double share = 1.0 / static_cast<double>(there.size());
    if (rules_.shared == SharedLand::ByFloorSpace) {
      double sum = 0;
      bool all = true;
      for (const EntityId one : there) {
        const auto floor = above_zero(graph_.number(one, EntityNumber::FloorSpace));
        all = all && floor.has_value();
        sum += floor ? floor->value : 0;
      }
      if (all) share = graph_.number(firm, EntityNumber::FloorSpace)->value / sum;
    }
    return Figure{land->value * share, softer(land->basis, Basis::Estimated)};
  }

  void from_floor_space(EntityId firm, std::optional<double> of_plot, LandUse& use) const {
    const auto floor = above_zero(graph_.number(firm, EntityNumber::FloorSpace));
    if (!floor) return;
    const auto own = above_zero(graph_.number(firm, EntityNumber::PlotRatio));
    const std::optional<double> ratio = own       ? std::optional(own->value)
                                        : of_plot ? of_plot
                                                  : rules_.plot_ratio;
    if (!ratio) return;
    use.mu = {floor->value / *ratio / kSquareMetresPerMu, softer(floor->basis, Basis::Estimated)};
    use.from = LandFrom::FloorSpace;
  }

  const EnterpriseGraph& graph_;
  const LandRules& rules_;
  Relation stands_;
};

}  // namespace

std::string_view land_from_word(LandFrom from) {
  switch (from) {
    case LandFrom::Stated:
      return "stated";
    case LandFrom::Plots:
      return "plots";
    case LandFrom::FloorSpace:
      return "floor_space";
    case LandFrom::Unknown:
      break;
  }
  return "unknown";
}

Text land_from_text(LandFrom from) {
  switch (from) {
    case LandFrom::Stated:
      return {"as stated", "企业填报"};
    case LandFrom::Plots:
      return {"of its plots", "按所在地块"};
    case LandFrom::FloorSpace:
      return {"floor space by plot ratio", "建筑面积按容积率折算"};
    case LandFrom::Unknown:
      break;
  }
  return {"not known", "未知"};
}

std::vector<LandUse> land_use(const EnterpriseGraph& graph, std::span<const FirmId> firms,
                              const LandRules& rules) {
  if (rules.plot_ratio && !(*rules.plot_ratio > 0)) {
    throw Error(ErrorCode::InvalidArgument, {"a plot ratio is above 0", "容积率须大于 0"});
  }
  const Reader reader(graph, rules);
  std::vector<LandUse> uses;
  uses.reserve(firms.size());
  for (const FirmId firm : firms) uses.push_back(reader.of(firm));
  return uses;
}

}  // namespace liantu
