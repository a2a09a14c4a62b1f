#include "liantu/chain/structure/total_requirement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "base/values/confidence.hpp"
#include "chain/economy/stopping.hpp"
#include "chain/firms/production.hpp"
#include "chain/segments/input_rules.hpp"
#include "chain/segments/taxonomy.hpp"
#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

struct Input {
  std::uint32_t of = 0;  // number of the input among the segments reached
  double coefficient = 0;
  Basis basis = Basis::Stated;
};

class Solver {
 public:
  Solver(const EnterpriseGraph& graph, const TotalRequirementOptions& options)
      : graph_(graph),
        taxonomy_(graph, {options.stop, kRequirement}),
        rules_(graph, taxonomy_, {options.stop, kRequirement}),
        requires_(graph.relation(RelationKind::Requires)),
        options_(options) {}

  TotalRequirement run(std::span<const FinalSales> sales) {
    reach(sales);
    find_circles();
    for (const std::vector<std::uint32_t>& circle : circles_) must_converge(circle);
    solve();
    return report();
  }

 private:
  void look() const { check_stop(options_.stop, kRequirement); }

  std::uint32_t number(SegmentId segment) {
    const auto [entry, fresh] =
        number_.try_emplace(raw(segment), static_cast<std::uint32_t>(segments_.size()));
    if (fresh) {
      segments_.push_back(segment);
      final_.push_back({});
      inputs_.emplace_back();
    }
    return entry->second;
  }

  // Gives numbers to all segments that the sales need at any remove.
  void reach(std::span<const FinalSales> sales) {
    for (const FinalSales& one : sales) {
      if (taxonomy_.chain(one.segment)) continue;
      if (!std::isfinite(one.amount.value) || one.amount.value < 0) {
        const std::string_view name = graph_.name(graph_.entity(one.segment));
        throw Error(
            ErrorCode::InvalidArgument,
            {fmt::format("final sales of {} are {}; give 0 or more", name, one.amount.value),
             fmt::format("“{}”的最终销售额为 {}；应为 0 或更大", name, one.amount.value)});
      }
      if (one.amount.value == 0) continue;
      Figure& sold = final_[number(one.segment)];
      sold.value += one.amount.value;
      sold.basis = softer(sold.basis, one.amount.basis);
    }
    for (std::uint32_t s = 0; s < segments_.size(); ++s) {
      if (s % 4096 == 0) look();
      for (const EdgeId edge : rules_.current(segments_[s])) {
        const Provenance from = requires_.provenance(edge);
        const SegmentId input{graph_.local(requires_.target(edge))};
        if (taxonomy_.chain(input)) continue;
        if (!reaches(static_cast<double>(from.confidence), options_.min_confidence)) continue;
        const auto coefficient = requires_.number(edge, EdgeNumber::Coefficient);
        if (!coefficient) ++unknown_inputs_;
        if (!coefficient || *coefficient <= 0) continue;
        const std::uint32_t to = number(input);
        inputs_[s].push_back({to, *coefficient, from.basis});
      }
    }
  }

  // Strongly connected segments, producers before their inputs.
  void find_circles() {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> needs;
    for (std::uint32_t s = 0; s < segments_.size(); ++s) {
      for (const Input& input : inputs_[s]) needs.emplace_back(s, input.of);
    }
    using Needs = boost::compressed_sparse_row_graph<boost::directedS>;
    const Needs graph(boost::edges_are_sorted, needs.begin(), needs.end(), segments_.size());
    circle_of_.resize(segments_.size());
    const auto circle_of =
        boost::make_iterator_property_map(circle_of_.begin(), get(boost::vertex_index, graph));
    const auto count = static_cast<std::uint32_t>(boost::strong_components(graph, circle_of));
    circles_.resize(count);
    for (std::uint32_t s = 0; s < segments_.size(); ++s) {
      circle_of_[s] = count - 1 - circle_of_[s];  // numbered from what needs no others
      circles_[circle_of_[s]].push_back(s);
    }
  }

  [[nodiscard]] bool within(const Input& input, std::uint32_t circle) const {
    return circle_of_[input.of] == circle;
  }

  // Whether the spectral radius of a circle is below 1: cheap bounds first, then bounds by Collatz
  // on (A + I) / 2, which has no period, so that they close in.
  void must_converge(const std::vector<std::uint32_t>& circle) const {
    const std::uint32_t c = circle_of_[circle.front()];
    const auto cost = [&](std::uint32_t s) {
      double sum = 0;
      for (const Input& input : inputs_[s]) {
        if (within(input, c)) sum += input.coefficient;
      }
      return sum;
    };
    double dearest = 0;
    for (const std::uint32_t s : circle) dearest = std::max(dearest, cost(s));
    if (dearest < 1) return;
    HashMap<std::uint32_t, std::size_t> place;
    for (std::size_t i = 0; i < circle.size(); ++i) place[circle[i]] = i;
    std::vector<double> v(circle.size(), 1);
    std::vector<double> next(circle.size());
    constexpr int kSteps = 20'000;
    for (int step = 0; step < kSteps; ++step) {
      if (step % 256 == 0) look();
      double low = std::numeric_limits<double>::infinity();
      double high = 0;
      double largest = 0;
      for (std::size_t i = 0; i < circle.size(); ++i) {
        double sum = 0;
        for (const Input& input : inputs_[circle[i]]) {
          if (within(input, c)) sum += input.coefficient * v[place[input.of]];
        }
        low = std::min(low, sum / v[i]);
        high = std::max(high, sum / v[i]);
        next[i] = (sum + v[i]) / 2;
        largest = std::max(largest, next[i]);
      }
      if (high < 1) return;
      if (low >= 1) break;
      for (std::size_t i = 0; i < circle.size(); ++i) v[i] = next[i] / largest;
    }
    refuse(circle);
  }

  [[noreturn]] void refuse(const std::vector<std::uint32_t>& circle) const {
    constexpr std::size_t kNamed = 12;
    std::string names;
    for (std::size_t i = 0; i < std::min(kNamed, circle.size()); ++i) {
      names += (i == 0 ? "" : " · ");
      names += graph_.name(graph_.entity(segments_[circle[i]]));
    }
    if (circle.size() > kNamed) names += " …";
    throw Error(
        ErrorCode::InvalidData,
        {fmt::format("making {} takes as much of these segments as it yields, or more (spectral "
                     "radius 1 or above), so that no output is enough; correct the coefficients "
                     "among them",
                     names),
         fmt::format("“{}”之间互为投入，每产出一元所需不少于一元（谱半径不小于 1），无解；"
                     "请更正其间的投入系数",
                     names)});
  }

  // Producers first: when a circle's turn comes, all demand from without is known.
  void solve() {
    const std::size_t n = segments_.size();
    demand_.resize(n);
    total_.assign(n, 0);
    basis_.assign(n, Basis::Stated);
    for (std::size_t s = 0; s < n; ++s) {
      demand_[s] = final_[s].value;
      basis_[s] = final_[s].basis;
    }
    for (std::uint32_t c = 0; c < circles_.size(); ++c) {
      if (c % 4096 == 0) look();
      const std::vector<std::uint32_t>& circle = circles_[c];
      solve_circle(c, circle);
      spread_basis(c, circle);
      for (const std::uint32_t s : circle) {
        for (const Input& input : inputs_[s]) {
          if (within(input, c)) continue;
          demand_[input.of] += input.coefficient * total_[s];
          basis_[input.of] = softer(basis_[input.of], softer(basis_[s], input.basis));
        }
      }
    }
  }

  void solve_circle(std::uint32_t c, const std::vector<std::uint32_t>& circle) {
    if (circle.size() == 1) {
      double own = 0;
      for (const Input& input : inputs_[circle.front()]) {
        if (within(input, c)) own += input.coefficient;
      }
      total_[circle.front()] = demand_[circle.front()] / (1 - own);
      return;
    }
    // Gauss–Seidel from below: every step adds, so the totals rise to the solution.
    HashMap<std::uint32_t, std::size_t> place;
    for (std::size_t i = 0; i < circle.size(); ++i) place[circle[i]] = i;
    struct User {
      std::size_t of = 0;
      double coefficient = 0;
    };
    std::vector<std::vector<User>> users(circle.size());
    std::vector<double> own(circle.size(), 0);
    for (std::size_t i = 0; i < circle.size(); ++i) {
      for (const Input& input : inputs_[circle[i]]) {
        if (!within(input, c)) continue;
        const std::size_t to = place[input.of];
        if (to == i) {
          own[i] += input.coefficient;
        } else {
          users[to].push_back({i, input.coefficient});
        }
      }
    }
    std::vector<double> x(circle.size(), 0);
    double before = std::numeric_limits<double>::infinity();
    for (std::uint64_t step = 0;; ++step) {
      if (step % 256 == 0) look();
      double largest_rise = 0;  // relative
      for (std::size_t i = 0; i < circle.size(); ++i) {
        double sum = demand_[circle[i]];
        for (const User& user : users[i]) sum += user.coefficient * x[user.of];
        const double risen = sum / (1 - own[i]);
        if (risen > 0) largest_rise = std::max(largest_rise, std::abs(risen - x[i]) / risen);
        x[i] = risen;
      }
      if (largest_rise < std::numeric_limits<double>::epsilon() * 4) break;
      // What all later steps can add shrinks like a geometric series.
      const double rate = largest_rise / before;
      before = largest_rise;
      if (step > 1 && rate < 1 && largest_rise * rate / (1 - rate) < options_.tolerance / 100)
        break;
    }
    for (std::size_t i = 0; i < circle.size(); ++i) total_[circle[i]] = x[i];
  }

  // All segments of a circle rest on each other.
  void spread_basis(std::uint32_t c, const std::vector<std::uint32_t>& circle) {
    Basis softest = Basis::Stated;
    for (const std::uint32_t s : circle) {
      softest = softer(softest, basis_[s]);
      for (const Input& input : inputs_[s]) {
        if (within(input, c)) softest = softer(softest, input.basis);
      }
    }
    for (const std::uint32_t s : circle) basis_[s] = softest;
  }

  TotalRequirement report() const {
    TotalRequirement result;
    result.unknown_inputs = unknown_inputs_;
    std::vector<double> needed(segments_.size(), 0);
    double largest = 0;
    double finals = 0;
    double totals = 0;
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      double cost = 0;
      for (const Input& input : inputs_[s]) {
        needed[input.of] += input.coefficient * total_[s];
        cost += input.coefficient;
      }
      if (cost >= 1) result.costly.push_back(segments_[s]);
      largest = std::max(largest, total_[s]);
      finals += final_[s].value;
      totals += total_[s];
      result.segments.push_back({segments_[s], {total_[s], basis_[s]}, final_[s].value});
    }
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      const double off = std::abs(total_[s] - needed[s] - final_[s].value);
      if (largest > 0) result.residual = std::max(result.residual, off / largest);
    }
    if (finals > 0) result.output_multiplier = totals / finals;
    std::ranges::sort(result.costly);
    std::ranges::sort(result.segments, {}, [](const SegmentRequirement& one) {
      return std::tuple(-one.total.value, one.segment);
    });
    return result;
  }

  const EnterpriseGraph& graph_;
  Taxonomy taxonomy_;
  InputRules rules_;
  Relation requires_;
  const TotalRequirementOptions& options_;
  HashMap<std::uint32_t, std::uint32_t> number_;  // by segment
  std::vector<SegmentId> segments_;               // by number, as all below
  std::vector<Figure> final_;
  std::vector<std::vector<Input>> inputs_;
  std::vector<std::uint32_t> circle_of_;
  std::vector<double> demand_;  // from without the circle, final sales included
  std::vector<double> total_;
  std::vector<Basis> basis_;
  std::vector<std::vector<std::uint32_t>> circles_;
  std::size_t unknown_inputs_ = 0;
};

using Made = std::map<std::uint32_t, Figure>;  // by segment

// Takes from what a firm makes what it needs of it for what else it makes, and for the same.
void take_own_use(const EnterpriseGraph& graph, const Taxonomy& taxonomy, const InputRules& rules,
                  Made& made) {
  const Relation requires_ = graph.relation(RelationKind::Requires);
  const Made gross = made;
  for (const auto& [product, output] : gross) {
    for (const EdgeId rule : rules.current(SegmentId{product})) {
      const auto coefficient = requires_.number(rule, EdgeNumber::Coefficient);
      const SegmentId input{graph.local(requires_.target(rule))};
      double needed = coefficient.value_or(0) * output.value;
      for (auto& [segment, figure] : made) {
        if (!taxonomy.at_or_below(SegmentId{segment}, input)) continue;
        const double used = std::min(needed, figure.value);
        if (used <= 0) continue;
        figure.value -= used;
        figure.basis = softer(figure.basis, requires_.provenance(rule).basis);
        needed -= used;
      }
    }
  }
}

}  // namespace

std::vector<FinalSales> final_sales(const EnterpriseGraph& graph, std::span<const FirmId> anchors,
                                    double min_confidence) {
  const Taxonomy taxonomy(graph);
  const InputRules rules(graph, taxonomy);
  const Productions productions(graph, taxonomy, min_confidence);
  const Relation supplies = graph.relation(RelationKind::Supplies);
  std::vector<FirmId> sorted(anchors.begin(), anchors.end());
  std::ranges::sort(sorted);
  std::map<std::uint32_t, Figure> sales;
  for (const FirmId firm : sorted) {
    const std::vector<Statement> statements = productions.statements(firm);
    std::vector<SegmentFigure> figures;
    for (const Statement& one : statements) figures.push_back({one.segment, one.output});
    const Total total = add_once(taxonomy, figures);
    Made made;
    for (std::size_t i = 0; i < figures.size(); ++i) {
      if (total.topmost[i] && figures[i].figure) made[raw(figures[i].segment)] = *figures[i].figure;
    }
    // Of several years the latest.
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> sold;
    const EdgeRange range = supplies.out_edges(graph.entity(firm));
    for (std::uint64_t e = range.first; e < range.last; ++e) {
      const FirmId customer{graph.local(supplies.target(EdgeId{e}))};
      const auto segment = supplies.segment(EdgeId{e});
      const auto amount = supplies.number(EdgeId{e}, EdgeNumber::Amount);
      if (!segment || !amount || !std::ranges::binary_search(sorted, customer)) continue;
      sold[{raw(customer), raw(*segment)}] = *amount;
    }
    for (const auto& [key, amount] : sold) {
      // It sells what it makes, or a kind of it.
      auto found = made.end();
      taxonomy.walk_up(SegmentId{key.second}, [&](const Ancestor& one) {
        found = made.find(raw(one.segment));
        return found == made.end();
      });
      if (found != made.end()) found->second.value = std::max(0.0, found->second.value - amount);
    }
    take_own_use(graph, taxonomy, rules, made);
    for (const auto& [segment, figure] : made) {
      Figure& sum = sales[segment];
      sum.value += figure.value;
      sum.basis = softer(sum.basis, figure.basis);
    }
  }
  std::vector<FinalSales> result;
  for (const auto& [segment, figure] : sales) result.push_back({SegmentId{segment}, figure});
  return result;
}

std::vector<FinalSales> split_final_sales(const EnterpriseGraph& graph,
                                          std::span<const FirmId> anchors, Figure amount,
                                          double min_confidence) {
  const Taxonomy taxonomy(graph);
  const Productions productions(graph, taxonomy, min_confidence);
  std::vector<FirmId> sorted(anchors.begin(), anchors.end());
  std::ranges::sort(sorted);
  std::map<std::uint32_t, Figure> outputs;
  double total = 0;
  bool complete = true;
  for (const FirmId firm : sorted) {
    std::vector<SegmentFigure> figures;
    for (const Statement& one : productions.statements(firm)) {
      figures.push_back({one.segment, one.output});
    }
    const std::vector<bool> topmost = add_once(taxonomy, figures).topmost;
    for (std::size_t i = 0; i < figures.size(); ++i) {
      if (!topmost[i]) continue;
      Figure& sum = outputs[raw(figures[i].segment)];
      if (!figures[i].figure) {
        complete = false;
        continue;
      }
      sum.value += figures[i].figure->value;
      sum.basis = softer(sum.basis, figures[i].figure->basis);
      total += figures[i].figure->value;
    }
  }
  if (outputs.size() == 1) return {{SegmentId{outputs.begin()->first}, amount}};
  if (outputs.empty() || !complete || !(total > 0)) {
    throw Error(ErrorCode::InvalidArgument,
                outputs.empty()
                    ? Text{"the firms whose final sales are given make nothing that is known; name "
                           "others or state what they make",
                           "所给最终销售额的企业没有已知的主营环节；请另选企业或补充主营"}
                    : Text{"the firms whose final sales are given make several things, and not all "
                           "outputs are known; state outputs in a table of makes, or name a firm "
                           "that makes one thing",
                           "所给最终销售额的企业主营多个环节且产值不全；请在主营表中补充产值，"
                           "或只选主营单一的企业"});
  }
  std::vector<FinalSales> result;
  for (const auto& [segment, output] : outputs) {
    result.push_back({SegmentId{segment},
                      {amount.value * output.value / total, softer(amount.basis, output.basis)}});
  }
  return result;
}

std::vector<Text> TotalRequirement::warnings(const EnterpriseGraph& graph) const {
  std::vector<Text> result;
  if (!costly.empty()) {
    constexpr std::size_t kNamed = 12;
    std::string names;
    for (std::size_t i = 0; i < std::min(kNamed, costly.size()); ++i) {
      names += (i == 0 ? "" : " · ");
      names += graph.name(graph.entity(costly[i]));
    }
    if (costly.size() > kNamed) names += " …";
    result.push_back(
        {fmt::format("inputs cost as much as the product sells for, or more: {}; check the "
                     "coefficients",
                     names),
         fmt::format("单位产出的投入不少于一元：{}；请核对投入系数", names)});
  }
  if (unknown_inputs > 0) {
    result.push_back(
        {fmt::format("inputs without a coefficient are left out, so that totals may be larger: {}",
                     unknown_inputs),
         fmt::format("{} 条需要关系没有投入系数、未计入，完全需要量可能更大", unknown_inputs)});
  }
  return result;
}

TotalRequirement total_requirement(const EnterpriseGraph& graph, std::span<const FinalSales> sales,
                                   const TotalRequirementOptions& options) {
  if (!(options.min_confidence >= 0 && options.min_confidence <= 1)) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("min_confidence {} is outside [0, 1]", options.min_confidence),
                 fmt::format("min_confidence 的值 {} 不在 0 到 1 之间", options.min_confidence)});
  }
  if (!(options.tolerance >= 1e-12 && options.tolerance <= 1e-3)) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("tolerance {} is outside [1e-12, 1e-3]", options.tolerance),
                 fmt::format("tolerance 的值 {} 不在 1e-12 到 1e-3 之间", options.tolerance)});
  }
  return Solver(graph, options).run(sales);
}

}  // namespace liantu
