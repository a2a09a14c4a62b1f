#include "liantu/chain/structure/criticality.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <queue>
#include <tuple>
#include <utility>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dominator_tree.hpp>
#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "base/run/paced_stop.hpp"
#include "base/values/confidence.hpp"
#include "chain/economy/newcomers.hpp"
#include "chain/economy/stopping.hpp"
#include "chain/firms/production.hpp"
#include "chain/segments/input_rules.hpp"
#include "chain/segments/taxonomy.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/chain/structure/evenness.hpp"

namespace liantu {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

struct Input {
  std::uint32_t of = 0;  // number among the segments reached
  double loss = 1;       // what is lost of the product with the input: 1 − substitutability
  bool known = false;
};

class Losses {
 public:
  Losses(const EnterpriseGraph& graph, const CriticalityOptions& options)
      : graph_(graph),
        taxonomy_(graph, {options.stop, kCriticalitySearch}),
        rules_(graph, taxonomy_, {options.stop, kCriticalitySearch}),
        productions_(graph, taxonomy_, options.min_confidence, &options.factors),
        newcomers_(graph, taxonomy_, options.newcomers),
        requires_(graph.relation(RelationKind::Requires)),
        options_(options) {
    stop_.start(options.stop);
  }

  Criticality run(std::span<const FirmId> anchors) {
    weigh(anchors);
    reach();
    found_.resize(segments_.size());
    worst_.resize(segments_.size());
    for (const auto& [segment, weight] : weights_) {
      spread(number_[segment], weight);
    }
    find_dominators();
    return report();
  }

 private:
  // By product of the anchors: its share of their output, or, where none is known, of their number.
  void weigh(std::span<const FirmId> anchors) {
    std::map<std::uint32_t, double> outputs;
    std::map<std::uint32_t, double> counts;
    for (const FirmId firm : anchors) {
      check_stop(options_.stop, kCriticalitySearch);
      const std::vector<Statement> statements =
          newcomers_.has(firm) ? newcomers_.statements(firm) : productions_.statements(firm);
      std::vector<SegmentFigure> figures;
      for (const Statement& one : statements) figures.push_back({one.segment, one.output});
      const Total total = add_once(taxonomy_, figures);
      const auto tops = static_cast<double>(std::ranges::count(total.topmost, true));
      bool known = false;
      for (std::size_t i = 0; i < figures.size(); ++i) {
        if (!total.topmost[i]) continue;
        counts[raw(figures[i].segment)] += 1 / tops;
        const auto& made = figures[i].figure;
        if (!made || !(made->value > 0)) continue;
        known = true;
        outputs[raw(figures[i].segment)] += made->value;
        softest_ = softer(softest_, made->basis);
      }
      if (!known) ++result_.anchors_unknown;
    }
    weights_ = outputs.empty() ? std::move(counts) : std::move(outputs);
    result_.basis = result_.anchors_unknown == anchors.size() ? Basis::Counted : softest_;
    double total = 0;
    for (const auto& [segment, weight] : weights_) total += weight;
    for (auto& [segment, weight] : weights_) weight /= total;
  }

  std::uint32_t number(std::uint32_t segment) {
    const auto [entry, fresh] =
        number_.try_emplace(segment, static_cast<std::uint32_t>(segments_.size()));
    if (fresh) {
      segments_.push_back(SegmentId{segment});
    }
    return entry->second;
  }

  void reach() {
    for (const auto& [segment, weight] : weights_) number(segment);
    HashMap<std::uint32_t, std::uint32_t> list_of;  // by row of the rules
    for (std::uint32_t s = 0; s < segments_.size(); ++s) {
      stop_.take_step();
      const auto [list, fresh] =
          list_of.try_emplace(rules_.row(segments_[s]), static_cast<std::uint32_t>(inputs_.size()));
      list_.push_back(list->second);
      if (!fresh) continue;
      std::vector<Input> inputs;
      for (const EdgeId edge : rules_.current(segments_[s])) {
        stop_.take_step();
        const SegmentId input{graph_.local(requires_.target(edge))};
        if (taxonomy_.chain(input)) continue;
        const Provenance from = requires_.provenance(edge);
        if (!reaches(static_cast<double>(from.confidence), options_.min_confidence)) continue;
        const auto substitutability = requires_.number(edge, EdgeNumber::Substitutability);
        const std::uint32_t to = number(raw(input));
        inputs.push_back({to, 1 - substitutability.value_or(0), substitutability.has_value()});
      }
      inputs_.push_back(std::move(inputs));
    }
  }

  struct Spread {
    std::vector<double> loss;           // by number
    std::vector<std::uint32_t> before;  // by number: what is lost with it, towards the product
    std::vector<std::uint32_t> length;  // by number: of the path to it, itself included
  };

  // What is lost of a product with each of its inputs: factors are at most 1, so that no way round
  // a circle loses more, and the largest loss is settled first.
  [[nodiscard]] Spread losses(std::uint32_t product, bool known_only) {
    Spread spread{std::vector<double>(segments_.size(), 0),
                  std::vector<std::uint32_t>(segments_.size(), kNone),
                  std::vector<std::uint32_t>(segments_.size(), 1)};
    std::vector<bool> settled(segments_.size());
    std::vector<bool> seen(inputs_.size());  // what loses most of those with the same inputs
    // Of equal losses the smaller number first: paths do not depend on the queue.
    using Entry = std::pair<double, std::uint32_t>;
    const auto later = [](const Entry& a, const Entry& b) {
      return std::tuple(a.first, b.second) < std::tuple(b.first, a.second);
    };
    std::priority_queue<Entry, std::vector<Entry>, decltype(later)> open(later);
    spread.loss[product] = 1;
    open.emplace(1, product);
    while (!open.empty()) {
      const auto [loss, s] = open.top();
      open.pop();
      if (settled[s]) continue;
      settled[s] = true;
      stop_.take_step();
      if (seen[list_[s]]) continue;
      seen[list_[s]] = true;
      for (const Input& input : inputs_[list_[s]]) {
        stop_.take_step();
        if (known_only && !input.known) continue;
        const double lost = loss * input.loss;
        if (!(lost > spread.loss[input.of])) continue;
        spread.loss[input.of] = lost;
        spread.before[input.of] = s;
        spread.length[input.of] = spread.length[s] + 1;
        open.emplace(lost, input.of);
      }
    }
    return spread;
  }

  void spread(std::uint32_t product, double weight) {
    const Spread all = losses(product, false);
    const Spread sure = losses(product, true);
    for (std::uint32_t t = 0; t < segments_.size(); ++t) {
      SegmentCriticality& one = found_[t];
      one.criticality += weight * all.loss[t];
      one.known += weight * sure.loss[t];
      if (!(weight * all.loss[t] > worst_[t])) continue;
      stop_.take_step();
      worst_[t] = weight * all.loss[t];
      one.path.clear();
      one.path_length = all.length[t];
      for (std::uint32_t s = t; s != kNone && one.path.size() < kLongestPath; s = all.before[s]) {
        one.path.push_back(segments_[s]);
      }
      std::ranges::reverse(one.path);
    }
  }

  void find_dominators() {
    using Flow = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;
    // Segments, the root, then the lists of inputs: those that share one stand before it.
    const std::size_t n = segments_.size();
    const std::size_t root = n;
    const std::size_t lists = n + 1;
    Flow flow(lists + inputs_.size());
    for (const auto& [segment, weight] : weights_) boost::add_edge(root, number_[segment], flow);
    for (std::size_t s = 0; s < n; ++s) boost::add_edge(s, lists + list_[s], flow);
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      for (const Input& input : inputs_[i]) {
        stop_.take_step();
        boost::add_edge(lists + i, input.of, flow);
      }
    }
    std::vector<std::size_t> dominator(boost::num_vertices(flow),
                                       boost::graph_traits<Flow>::null_vertex());
    boost::lengauer_tarjan_dominator_tree(
        flow, root,
        boost::make_iterator_property_map(dominator.begin(), get(boost::vertex_index, flow)));
    // How many dominators there are is told by what was counted on the way.
    std::vector<std::size_t> count(dominator.size(), 0);
    std::vector<bool> counted(dominator.size());
    std::vector<std::size_t> way;
    for (std::size_t t = 0; t < n; ++t) {
      way.clear();
      std::size_t at = t;
      for (; at != root && at < dominator.size() && !counted[at]; at = dominator[at]) {
        stop_.take_step();
        way.push_back(at);
      }
      for (; !way.empty(); way.pop_back()) {
        const std::size_t above = dominator[way.back()];
        const bool segment = above < n;
        count[way.back()] = above < dominator.size() ? count[above] + (segment ? 1 : 0) : 0;
        counted[way.back()] = true;
      }
      SegmentCriticality& one = found_[t];
      one.dominator_count = count[t];
      for (std::size_t s = dominator[t];
           s != root && s < dominator.size() && one.dominators.size() < kLongestPath;
           s = dominator[s]) {
        stop_.take_step();
        if (s < n) one.dominators.push_back(segments_[s]);
      }
      std::ranges::reverse(one.dominators);
    }
  }

  Criticality report() {
    const std::uint32_t count = graph_.size(EntityKind::Segment);
    for (std::uint32_t s = 0; s < count; ++s) {
      if (taxonomy_.chain(SegmentId{s})) continue;
      const EntityId product = graph_.entity(SegmentId{s});
      const auto inputs = requires_.targets(product);
      if (std::ranges::any_of(inputs, [&](EntityId input) { return input != product; })) {
        ++result_.products;
      }
    }
    const std::vector<double> evenness = need_evenness(graph_, segments_);
    for (std::uint32_t t = 0; t < segments_.size(); ++t) {
      SegmentCriticality& one = found_[t];
      if (!(one.criticality > 0)) continue;
      one.segment = segments_[t];
      EntityId last{0};
      for (const EntityId product : requires_.sources(graph_.entity(one.segment))) {
        if (product == graph_.entity(one.segment)) continue;
        // Ascending; a product stands twice when years differ.
        const bool again = one.needed_by > 0 && product == last;
        if (!again && !taxonomy_.chain(SegmentId{graph_.local(product)})) ++one.needed_by;
        last = product;
      }
      const bool everywhere = evenness[t] > 0.5;
      (everywhere ? result_.ubiquitous : result_.segments).push_back(std::move(one));
    }
    const auto order = [](const SegmentCriticality& one) {
      return std::tuple(-one.criticality, one.segment);
    };
    std::ranges::sort(result_.segments, {}, order);
    std::ranges::sort(result_.ubiquitous, {}, order);
    return std::move(result_);
  }

  const EnterpriseGraph& graph_;
  Taxonomy taxonomy_;
  InputRules rules_;
  Productions productions_;
  Newcomers newcomers_;
  Relation requires_;
  const CriticalityOptions& options_;
  Criticality result_;
  Basis softest_ = Basis::Stated;
  std::map<std::uint32_t, double> weights_;       // by segment that anchors make; they add up to 1
  HashMap<std::uint32_t, std::uint32_t> number_;  // by segment
  std::vector<SegmentId> segments_;               // by number, as all but `inputs_` below
  std::vector<std::uint32_t> list_;               // of inputs; who needs the same shares one
  std::vector<std::vector<Input>> inputs_;        // by list
  std::vector<SegmentCriticality> found_;
  std::vector<double> worst_;  // largest weighted loss so far
  PacedStop stop_{kCriticalitySearch};
};

}  // namespace

Criticality find_criticality(const EnterpriseGraph& graph, std::span<const FirmId> anchors,
                             const CriticalityOptions& options) {
  if (!(options.min_confidence >= 0 && options.min_confidence <= 1)) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("min_confidence {} is outside [0, 1]", options.min_confidence),
                 fmt::format("min_confidence 的值 {} 不在 0 到 1 之间", options.min_confidence)});
  }
  check_factors(options.factors);
  return Losses(graph, options).run(anchors);
}

}  // namespace liantu
