#include "links/paths/target_ways.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <optional>
#include <utility>

#include "base/core/hash_map.hpp"
#include "base/run/parallel.hpp"
#include "links/paths/engine_body.hpp"

namespace liantu {
namespace {

// Apart from the walk, which hardly ever comes here and then needs no room for it.
[[gnu::noinline]] double factor_of(Normalizer normalizer, std::size_t degree) {
  return 1 / divisor(normalizer, degree).value();
}

}  // namespace

RankedSet::RankedSet(std::uint32_t size, std::span<const std::uint32_t> members)
    : bits_((size + std::size_t{63}) / 64), ranks_(bits_.size()) {
  for (const std::uint32_t number : members) bits_[number / 64] |= std::uint64_t{1} << number % 64;
  for (std::size_t word = 0; word < bits_.size(); ++word) {
    ranks_[word] = size_;
    size_ += static_cast<std::uint32_t>(std::popcount(bits_[word]));
  }
}

std::vector<std::uint32_t> RankedSet::members() const {
  std::vector<std::uint32_t> found;
  found.reserve(size_);
  for (std::size_t word = 0; word < bits_.size(); ++word) {
    for (std::uint64_t bits = bits_[word]; bits != 0; bits &= bits - 1) {
      found.push_back(
          static_cast<std::uint32_t>(word * 64 + static_cast<unsigned>(std::countr_zero(bits))));
    }
  }
  return found;
}

TargetWays::TargetWays(const EnterpriseGraph& graph, RelationPath path,
                       std::span<const EntityId> targets, const std::stop_token& stop,
                       const Uncounted& uncounted)
    : graph_(graph), path_(std::move(path)), targets_(targets.begin(), targets.end()) {
  require_steps(path_);
  std::ranges::sort(targets_);
  targets_.erase(std::unique(targets_.begin(), targets_.end()), targets_.end());
  views_.reserve(path_.steps.size());
  for (const PathStep& step : path_.steps) views_.emplace_back(graph_, step);
  layers_.resize(path_.steps.size() + 1);
  Layer& last = layers_.back();
  for (const EntityId target : targets_) last.entities.push_back(raw(target));
  last.members = RankedSet(graph_.size(), last.entities);
  for (std::size_t layer = path_.steps.size(); layer-- > 1;) lay_back(layer, stop);
  look_up_factors();
  std::vector<UncountedPair> pairs = uncounted.pairs;
  for (const UncountedPair& pair : uncounted.pairs) {
    pairs.push_back({pair.other, pair.one, pair.group});
  }
  std::ranges::sort(pairs);
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  for (std::size_t layer = 1; layer < path_.steps.size() && !pairs.empty(); ++layer) {
    throw_if_cancelled(stop);
    const bool divided = !layers_[layer].degrees.empty();
    if (divided && path_.steps[layer].relation == uncounted.relation) leave_out(layer, pairs);
  }
}

void TargetWays::leave_out(std::size_t layer, const std::vector<UncountedPair>& pairs) {
  Layer& here = layers_[layer];
  here.uncounted_offsets.assign(here.entities.size() + 1, 0);
  std::vector<EntityId> neighbours;
  for (auto first = pairs.begin(); first != pairs.end();) {
    const EntityId one = first->one;
    const auto last = std::find_if(first, pairs.end(),
                                   [&](const UncountedPair& pair) { return pair.one != one; });
    if (here.members.contains(raw(one))) {
      neighbours.clear();
      views_[layer].for_each(one, [&](EntityId to, double) { neighbours.push_back(to); });
      for (; first != last; ++first) {
        if (!std::ranges::binary_search(neighbours, first->other)) continue;
        here.uncounted.push_back(*first);
        ++here.uncounted_offsets[here.members.rank(raw(one)) + std::size_t{1}];
      }
    }
    first = last;
  }
  for (std::size_t i = 0; i < here.entities.size(); ++i) {
    here.uncounted_offsets[i + 1] += here.uncounted_offsets[i];
  }
}

// Roots take long, and where there are many places most degrees are small.
void TargetWays::look_up_factors() {
  constexpr std::size_t kSmallDegrees = 1024;
  for (std::size_t layer = 1; layer < path_.steps.size(); ++layer) {
    if (layers_[layer].degrees.size() < kSmallDegrees) continue;
    const Normalizer normalizer = path_.steps[layer].normalizer;
    std::vector<double>& factors = factors_[static_cast<std::size_t>(normalizer)];
    if (!factors.empty()) continue;
    for (std::size_t degree = 0; degree < kSmallDegrees; ++degree) {
      factors.push_back(factor_of(normalizer, degree));
    }
  }
}

// The relations that lead on from a layer, found from where they lead.
void TargetWays::lay_back(std::size_t layer, const std::stop_token& stop) {
  constexpr std::size_t kEntitiesBetweenStopChecks = 256;
  const PathStep& step = path_.steps[layer];
  PathStep backwards = step;
  backwards.direction = turned(step.direction);
  const StepView view(graph_, backwards);
  const bool weighted = step.limits.weight.has_value();
  const std::vector<std::uint32_t>& next = layers_[layer + 1].entities;
  std::vector<std::uint32_t> sources;
  std::vector<double> weights;
  std::vector<std::uint64_t> ends;
  for (std::size_t i = 0; i < next.size(); ++i) {
    if (i % kEntitiesBetweenStopChecks == 0) throw_if_cancelled(stop);
    view.for_each(EntityId{next[i]}, [&](EntityId from, double weight) {
      sources.push_back(raw(from));
      if (weighted) weights.push_back(weight);
    });
    ends.push_back(sources.size());
  }

  Layer& here = layers_[layer];
  here.members = RankedSet(graph_.size(), sources);
  here.entities = here.members.members();
  here.offsets.assign(here.entities.size() + 1, 0);
  for (std::uint32_t& source : sources) {
    source = here.members.rank(source);
    ++here.offsets[source + std::size_t{1}];
  }
  for (std::size_t i = 0; i < here.entities.size(); ++i) here.offsets[i + 1] += here.offsets[i];
  here.next.resize(sources.size());
  here.weights.resize(weights.size());
  std::vector<std::uint64_t> filled(here.offsets.begin(), here.offsets.end() - 1);
  std::size_t k = 0;
  for (std::uint32_t i = 0; i < next.size(); ++i) {
    for (; k < ends[i]; ++k) {
      const std::uint64_t at = filled[sources[k]]++;
      here.next[at] = i;
      if (weighted) here.weights[at] = weights[k];
    }
  }
  if (step.normalizer == Normalizer::None) return;
  here.degrees.resize(here.entities.size());
  parallel_for_parts(
      here.entities.size(), kEntitiesBetweenStopChecks, [&](std::size_t first, std::size_t last) {
        throw_if_cancelled(stop);
        for (std::size_t i = first; i < last; ++i) {
          here.degrees[i] =
              static_cast<std::uint32_t>(views_[layer].degree(EntityId{here.entities[i]}));
        }
      });
}

// Whether a way goes from a place to an entity of the next layer.
bool TargetWays::leads_to(std::size_t layer, std::uint32_t place, EntityId next) const {
  const RankedSet& members = layers_[layer + 1].members;
  return members.contains(raw(next)) &&
         std::ranges::binary_search(layers_[layer].row(place), members.rank(raw(next)));
}

// Whether the walk comes to a layer from an entity of the layer before that is its neighbour.
bool TargetWays::came_from(std::size_t layer, EntityId before, const Scratch& scratch) const {
  if (layer == 1) return before == scratch.source;
  const RankedSet& members = layers_[layer - 1].members;
  if (!members.contains(raw(before))) return false;
  const Scratch::Layer& walked = scratch.layers[layer - 1];
  const std::uint32_t place = members.rank(raw(before));
  if (layer > 2) return walked.places[place].value != 0;
  return std::ranges::binary_search(walked.touched, place);
}

// Neighbours of a place on no way that do not count for the groups of the source.
std::size_t TargetWays::uncounted_at(std::size_t layer, std::uint32_t place,
                                     const Scratch& scratch) const {
  const Layer& here = layers_[layer];
  std::size_t count = 0;
  std::optional<EntityId> last;
  for (std::uint32_t i = here.uncounted_offsets[place]; i < here.uncounted_offsets[place + 1];
       ++i) {
    const UncountedPair& pair = here.uncounted[i];
    if (pair.other == last || !std::ranges::binary_search(scratch.groups, pair.group)) continue;
    last = pair.other;
    if (!came_from(layer, pair.other, scratch) && !leads_to(layer, place, pair.other)) ++count;
  }
  return count;
}

// What a normaliser divides by where the walk leaves a place. As reversed() can turn the path
// round, a step with a normaliser turns round the step before, so that it reaches both what the
// source comes from and what it goes on to.
std::size_t TargetWays::degree_at(std::size_t layer, std::uint32_t place,
                                  const Scratch::WalkedPlace& walked,
                                  const Scratch& scratch) const {
  std::size_t on_ways = walked.before + layers_[layer].row(place).size() - walked.both;
  if (!scratch.groups.empty() && !layers_[layer].uncounted.empty()) {
    on_ways += uncounted_at(layer, place, scratch);
  }
  const std::size_t degree = layers_[layer].degrees[place];
  assert(on_ways <= degree);
  return degree - on_ways + 2;
}

double TargetWays::factor_at(std::size_t layer, std::uint32_t place,
                             const Scratch::WalkedPlace& walked, const Scratch& scratch) const {
  if (layers_[layer].degrees.empty()) return 1;
  const Normalizer normalizer = path_.steps[layer].normalizer;
  const std::size_t degree = degree_at(layer, place, walked, scratch);
  const std::vector<double>& known = factors_[static_cast<std::size_t>(normalizer)];
  return degree < known.size() ? known[degree] : factor_of(normalizer, degree);
}

void TargetWays::walk(EntityId source, Scratch& scratch) const {
  const std::size_t steps = path_.steps.size();
  scratch.source = source;
  scratch.layers.resize(steps + 1);
  for (std::size_t layer = 2; layer <= steps; ++layer) {
    Scratch::Layer& walked = scratch.layers[layer];
    walked.places.resize(layers_[layer].entities.size());
    for (const std::uint32_t place : walked.touched) walked.places[place] = {};
    walked.touched.clear();
  }
  Scratch::Layer& first = scratch.layers[1];
  first.places.clear();
  first.touched.clear();
  const RankedSet& useful = layers_[1].members;
  views_[0].for_each(source, [&](EntityId to, double weight) {
    if (!useful.contains(raw(to))) return;
    const std::uint32_t place = useful.rank(raw(to));
    first.touched.push_back(place);
    const bool back = steps > 1 && leads_to(1, place, source);
    first.places.push_back({weight, 1, back ? 1U : 0U});
  });
  for (std::size_t layer = 1; layer < steps; ++layer) {
    const Layer& here = layers_[layer];
    const Scratch::Layer& walked = scratch.layers[layer];
    Scratch::Layer& onwards = scratch.layers[layer + 1];
    const bool divided = !layers_[layer + 1].degrees.empty();  // where the next step leaves
    const bool weighted = !here.weights.empty();
    Scratch::WalkedPlace* const reached = onwards.places.data();
    for (std::size_t i = 0; i < walked.touched.size(); ++i) {
      const std::uint32_t place = walked.touched[i];
      const Scratch::WalkedPlace& at = walked.places[layer == 1 ? i : place];
      const double part = at.value * factor_at(layer, place, at, scratch);
      const EntityId entity{here.entities[place]};
      const bool may_lead_back = divided && layers_[layer + 2].members.contains(raw(entity));
      const std::uint64_t end = here.offsets[place + 1];
      for (std::uint64_t k = here.offsets[place]; k < end; ++k) {
        const double add = weighted ? part * here.weights[k] : part;
        if (add == 0) continue;
        Scratch::WalkedPlace& to = reached[here.next[k]];
        if (to.value == 0) onwards.touched.push_back(here.next[k]);
        to.value += add;
        ++to.before;
        if (may_lead_back && leads_to(layer + 1, here.next[k], entity)) ++to.both;
      }
    }
  }
}

std::span<const TargetScore> TargetWays::scores(EntityId source, Scratch& scratch,
                                                std::span<const std::uint32_t> groups) const {
  scratch.groups = groups;
  walk(source, scratch);
  const Scratch::Layer& last = scratch.layers.back();
  scratch.found.clear();
  for (std::size_t i = 0; i < last.touched.size(); ++i) {
    const std::uint32_t target = last.touched[i];
    scratch.found.push_back({target, last.places[path_.steps.size() == 1 ? i : target].value});
  }
  std::ranges::sort(scratch.found, {}, &TargetScore::target);
  return scratch.found;
}

PathInstance TargetWays::strongest(EntityId source, EntityId target, Scratch& scratch,
                                   const Before& before,
                                   std::span<const std::uint32_t> groups) const {
  // The best way on from an entity that the source reaches.
  struct BestWayOn {
    Divisor rest;
    std::uint32_t next = 0;
  };
  const std::size_t steps = path_.steps.size();
  double score = 0;
  for (const TargetScore& one : scores(source, scratch, groups)) {
    if (targets_[one.target] == target) score = one.score;
  }
  std::vector<HashMap<std::uint32_t, BestWayOn>> best(steps + 1);
  for (const std::uint32_t place : scratch.layers[steps].touched) {
    if (targets_[place] == target) best[steps][place] = {};
  }
  const auto take = [&](std::optional<BestWayOn>& found, std::size_t layer, std::uint32_t place,
                        double weight) {
    const auto on = best[layer].find(place);
    if (on == best[layer].end()) return;
    const Divisor way = on->second.rest * Divisor{1, 1, weight};
    const auto entity = [&](std::uint32_t at) { return EntityId{layers_[layer].entities[at]}; };
    if (!found || way.value() < found->rest.value() ||
        (way.value() == found->rest.value() && before(entity(place), entity(found->next)))) {
      found = BestWayOn{way, place};
    }
  };
  for (std::size_t layer = steps; layer-- > 1;) {
    const Layer& here = layers_[layer];
    const Scratch::Layer& walked = scratch.layers[layer];
    for (std::size_t i = 0; i < walked.touched.size(); ++i) {
      const std::uint32_t place = walked.touched[i];
      std::optional<BestWayOn> found;
      for (std::uint64_t k = here.offsets[place]; k < here.offsets[place + 1]; ++k) {
        take(found, layer + 1, here.next[k], here.weight(k));
      }
      if (!found) continue;
      if (!here.degrees.empty()) {
        const std::size_t degree =
            degree_at(layer, place, walked.places[layer == 1 ? i : place], scratch);
        found->rest = divisor(path_.steps[layer].normalizer, degree) * found->rest;
      }
      best[layer].emplace(place, *found);
    }
  }
  std::optional<BestWayOn> found;
  for (std::size_t i = 0; i < scratch.layers[1].touched.size(); ++i) {
    take(found, 1, scratch.layers[1].touched[i], scratch.layers[1].places[i].value);
  }
  PathInstance instance;
  if (!found) return instance;
  instance.weight = 1 / found->rest.value();
  instance.share = instance.weight / score;
  instance.entities = {source};
  std::uint32_t place = found->next;
  for (std::size_t layer = 1; layer <= steps; ++layer) {
    instance.entities.push_back(EntityId{layers_[layer].entities[place]});
    if (layer < steps) place = best[layer].at(place).next;
  }
  for (std::size_t k = 0; k < steps; ++k) {
    instance.edges.push_back(views_[k].best_edge(instance.entities[k], instance.entities[k + 1]));
  }
  return instance;
}

}  // namespace liantu
