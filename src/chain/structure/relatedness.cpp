#include "liantu/chain/structure/relatedness.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/values/confidence.hpp"
#include "chain/economy/economy.hpp"
#include "chain/economy/stopping.hpp"
#include "chain/firms/no_firm_in.hpp"
#include "chain/firms/production.hpp"
#include "chain/structure/product_space.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/chain/firms/district.hpp"

namespace liantu {
namespace {

constexpr std::size_t kRelated = 5;

struct Interval {
  double low = 0;
  double high = 1;
};

// Of `hits` among `trials`, after Wilson, 95 %.
Interval wilson(std::uint32_t hits, std::uint32_t trials) {
  constexpr double kZ = 1.959963984540054;
  const double n = trials;
  const double p = hits / n;
  const double middle = (p + kZ * kZ / (2 * n)) / (1 + kZ * kZ / n);
  const double half = kZ / (1 + kZ * kZ / n) * std::sqrt(p * (1 - p) / n + kZ * kZ / (4 * n * n));
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

void check(const DirectionOptions& options) {
  if (!(options.min_confidence >= 0 && options.min_confidence <= 1)) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("min_confidence {} is outside [0, 1]", options.min_confidence),
                 fmt::format("min_confidence 的值 {} 不在 0 到 1 之间", options.min_confidence)});
  }
  if (options.least_units < 2 || options.least_makers < 1 || options.least_spread < 1) {
    throw Error(
        ErrorCode::InvalidArgument,
        {fmt::format("least_units {}, least_makers {} and least_spread {} must be at least 2, 1 "
                     "and 1",
                     options.least_units, options.least_makers, options.least_spread),
         fmt::format("least_units {}、least_makers {}、least_spread {} 至少应为 2、1 和 1",
                     options.least_units, options.least_makers, options.least_spread)});
  }
}

class Search {
 public:
  Search(const EnterpriseGraph& graph, const DirectionOptions& options)
      : options_(options),
        economy_(graph, {options.stop, kDirectionSearch}),
        graph_(economy_.graph()),
        productions_(graph_, economy_.taxonomy(), options.min_confidence),
        requires_(graph.relation(RelationKind::Requires)),
        space_(economy_,
               {options.min_confidence,
                options.least_units,
                options.least_makers,
                {options.stop, kDirectionSearch}},
               [](FirmId) { return true; }) {}

  Directions run() {
    const District district = complete_district({options_.region, {}, {}});
    for (const Economy::Place& place : economy_.places()) {
      if (!district.region.contains(place.region)) continue;
      local_.insert(local_.end(), place.firms.begin(), place.firms.end());
    }
    if (local_.empty()) {
      throw Error(ErrorCode::NotFound, no_firm_in(district.region));
    }
    std::ranges::sort(local_);
    result_.unit = space_.unit();
    result_.units = space_.units();
    result_.segments = space_.segments().size();
    made_.assign(space_.segments().size(), false);
    const std::vector<std::uint32_t> made = space_.made(local_);
    for (const std::uint32_t number : made) made_[number] = true;
    result_.refused = reason(made.size());
    if (result_.refused) return std::move(result_);
    for (std::size_t t = 0; t < made_.size(); ++t) {
      check_stop(options_.stop, kDirectionSearch);
      if (!made_[t]) look(t);
    }
    std::ranges::sort(result_.directions, {}, [](const Direction& one) {
      return std::tuple(-one.density_low, -one.density, one.segment);
    });
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::optional<Text> reason(std::size_t made) const {
    if (space_.unit() == RelatednessUnit::Firms && space_.units() < options_.least_units) {
      return Text{
          fmt::format("relatedness needs makers in at least {0} districts, or at least {0} makers; "
                      "there are {1} makers. Add tables of firms from elsewhere",
                      options_.least_units, space_.units()),
          fmt::format("关联度分析至少需要 {0} 个区县或 {0} 家生产企业，现有生产企业 {1} 家；"
                      "请加入外地企业的表",
                      options_.least_units, space_.units())};
    }
    if (space_.segments().size() < 2) {
      return Text{fmt::format("fewer than two segments have {} makers or more; add tables of firms "
                              "with their products",
                              options_.least_makers),
                  fmt::format("有 {} 家以上生产企业的环节不足两个；请加入企业及其产品的表",
                              options_.least_makers)};
    }
    if (made == 0) {
      return Text{fmt::format("the district makes no segment that has {} makers or more anywhere",
                              options_.least_makers),
                  fmt::format("本地产品所属环节的生产企业都不足 {} 家", options_.least_makers)};
    }
    return std::nullopt;
  }

  void look(std::size_t t) {
    space_.together(t, counts_);
    double here = 0;
    double all = 0;
    Interval inside{0, 0};
    Interval outside{0, 0};
    std::vector<std::pair<double, std::size_t>> related;
    const auto line = lines_of(t);
    for (std::size_t s = 0; s < counts_.size(); ++s) {
      if (line[s]) continue;
      const std::uint32_t trials = std::max(space_.units(s), space_.units(t));
      if (trials == 0) continue;
      const double phi = static_cast<double>(counts_[s]) / trials;
      const Interval around = wilson(counts_[s], trials);
      all += phi;
      Interval& side = made_[s] ? inside : outside;
      side.low += around.low;
      side.high += around.high;
      if (!made_[s] || counts_[s] == 0) continue;
      here += phi;
      related.emplace_back(-phi, s);
    }
    if (!(here > 0)) return;
    if (space_.units(t) < options_.least_spread) {
      ++result_.narrow;
      return;
    }
    Direction direction;
    direction.segment = space_.segments()[t];
    direction.density = here / all;
    direction.density_low = inside.low / (inside.low + outside.high);
    direction.density_high = inside.high / (inside.high + outside.low);
    direction.makers = space_.makers(t);
    direction.units = space_.units(t);
    std::ranges::sort(related);
    if (related.size() > kRelated) related.resize(kRelated);
    for (const auto& [phi, s] : related) direction.related.push_back(space_.segments()[s]);
    direction.forward = forward(direction.segment);
    result_.directions.push_back(std::move(direction));
  }

  // By number: whether a segment lies above or below t, or is t.
  [[nodiscard]] std::vector<bool> lines_of(std::size_t t) const {
    std::vector<bool> line(space_.segments().size());
    const auto mark = [&](SegmentId segment) {
      const auto found = std::ranges::lower_bound(space_.segments(), segment);
      if (found == space_.segments().end() || *found != segment) return;
      line[static_cast<std::size_t>(found - space_.segments().begin())] = true;
    };
    const SegmentId segment = space_.segments()[t];
    economy_.taxonomy().walk_up(segment, [&](const Ancestor& above) {
      mark(above.segment);
      return true;
    });
    for (const SegmentId below : economy_.taxonomy().below(segment)) mark(below);
    return line;
  }

  // What local firms make that the direction requires. Of several years of a `requires` the last.
  [[nodiscard]] std::vector<ForwardLink> forward(SegmentId direction) const {
    std::vector<ForwardLink> links;
    const EdgeRange edges = requires_.out_edges(graph_.entity(direction));
    for (std::uint64_t e = edges.first; e < edges.last; ++e) {
      const SegmentId product{graph_.local(requires_.target(EdgeId{e}))};
      const Provenance from = requires_.provenance(EdgeId{e});
      if (!reaches(static_cast<double>(from.confidence), options_.min_confidence)) continue;
      if (economy_.taxonomy().chain(product)) continue;
      const auto coefficient = requires_.number(EdgeId{e}, EdgeNumber::Coefficient);
      if (!links.empty() && links.back().product == product) {
        links.back().requires_edge = EdgeId{e};
        if (coefficient) links.back().coefficient = coefficient;
        continue;
      }
      ForwardLink link{product, EdgeId{e}, coefficient, Figure{}, 0};
      for (const Production& made : productions_.at(
               product, [&](FirmId firm) { return std::ranges::binary_search(local_, firm); })) {
        ++link.makers;
        if (!made.complete) {
          link.output.reset();
        } else if (link.output) {
          link.output->value += made.output->value;
          link.output->basis = softer(link.output->basis, made.output->basis);
        }
      }
      if (link.makers > 0) links.push_back(link);
    }
    std::ranges::sort(links, {}, [](const ForwardLink& link) {
      return std::tuple(-link.output.value_or(Figure{-1, {}}).value, link.product);
    });
    return links;
  }

  const DirectionOptions& options_;
  Economy economy_;
  const EnterpriseGraph& graph_;
  Productions productions_;
  Relation requires_;
  ProductSpace space_;
  Directions result_;
  std::vector<FirmId> local_;          // ascending
  std::vector<bool> made_;             // by number
  std::vector<std::uint32_t> counts_;  // by number
};

}  // namespace

Directions find_directions(const EnterpriseGraph& graph, const DirectionOptions& options) {
  check(options);
  return Search(graph, options).run();
}

}  // namespace liantu
