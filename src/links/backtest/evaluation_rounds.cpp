#include "links/backtest/evaluation_rounds.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "base/run/parallel.hpp"
#include "liantu/base/text/error.hpp"
#include "links/backtest/ends.hpp"
#include "links/paths/draw.hpp"

namespace liantu {
namespace {

enum Purpose : std::uint64_t { kUniform = 11, kOfDegree = 12, kDegreeOrder = 13 };

/// Entities ranked at the other end: as many stretches of ids as kinds.
class Candidates {
 public:
  Candidates(const EnterpriseGraph& graph, const LinkTask& task)
      : all_(candidates_of(graph, task)), is_(graph.size(), false) {
    for (const EntityId entity : all_) is_[raw(entity)] = true;
  }
  [[nodiscard]] const std::vector<EntityId>& all() const { return all_; }
  [[nodiscard]] bool contains(EntityId entity) const { return is_[raw(entity)]; }

 private:
  std::vector<EntityId> all_;
  std::vector<bool> is_;
};

/// Components of the visible links, direction ignored.
class Components {
 public:
  Components(const EnterpriseGraph& graph, const Relation& relation, const HiddenMask& hidden)
      : parents_(graph.size()) {
    std::iota(parents_.begin(), parents_.end(), 0);
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
      const std::uint64_t first = relation.out_edges(EntityId{i}).first;
      const auto targets = relation.targets(EntityId{i});
      for (std::size_t k = 0; k < targets.size(); ++k) {
        if (!hidden(first + k)) parents_[root(i)] = root(raw(targets[k]));
      }
    }
  }
  [[nodiscard]] bool joined(EntityId a, EntityId b) { return root(raw(a)) == root(raw(b)); }

 private:
  std::uint32_t root(std::uint32_t at) {
    while (parents_[at] != at) at = parents_[at] = parents_[parents_[at]];
    return at;
  }
  std::vector<std::uint32_t> parents_;
};

/// Entities in the order of their degrees, to draw some of like degree.
class DegreeOrder {
 public:
  DegreeOrder(const Candidates& candidates, std::vector<std::uint32_t> degrees,
              const EntityKeys& names, std::uint64_t seed)
      : order_(candidates.all()), degrees_(std::move(degrees)), places_(degrees_.size(), 0) {
    std::vector<std::uint64_t> keys(degrees_.size());
    for (const EntityId entity : order_) {
      keys[raw(entity)] = drawn({seed, kDegreeOrder, names(entity)});
    }
    std::ranges::sort(order_, {}, [&](EntityId entity) {
      return std::pair(degrees_[raw(entity)], keys[raw(entity)]);
    });
    for (std::size_t i = 0; i < order_.size(); ++i) {
      places_[raw(order_[i])] = static_cast<std::uint32_t>(i);
    }
  }

  /// Entities of the same degree, or, where they are few, those nearest by degree.
  [[nodiscard]] std::span<const EntityId> like(EntityId entity) const {
    const std::uint32_t degree = degrees_[raw(entity)];
    const auto first = std::partition_point(
        order_.begin(), order_.end(), [&](EntityId one) { return degrees_[raw(one)] < degree; });
    const auto last = std::partition_point(
        first, order_.end(), [&](EntityId one) { return degrees_[raw(one)] == degree; });
    auto begin = static_cast<std::size_t>(first - order_.begin());
    auto end = static_cast<std::size_t>(last - order_.begin());
    if (end - begin < 2 * kAround) {
      const std::size_t at = places_[raw(entity)];
      begin = std::min(begin, at - std::min(at, kAround));
      end = std::max(end, std::min(order_.size(), at + kAround));
    }
    return std::span(order_).subspan(begin, end - begin);
  }

 private:
  static constexpr std::size_t kAround = 50;
  std::vector<EntityId> order_;
  std::vector<std::uint32_t> degrees_;
  std::vector<std::uint32_t> places_;
};

std::optional<SegmentId> segment_of(const EnterpriseGraph& graph, const Relation& relation,
                                    const EntityKeys& keys, EntityId from, EntityId to) {
  if (graph.kind(to) == EntityKind::Segment) return SegmentId{graph.local(to)};
  const auto targets = relation.targets(from);
  const auto at = std::lower_bound(targets.begin(), targets.end(), to);
  if (at != targets.end() && *at == to) {
    const std::uint64_t edge =
        relation.out_edges(from).first + static_cast<std::uint64_t>(at - targets.begin());
    if (const auto segment = relation.segment(EdgeId{edge})) return segment;
  }
  const auto made = graph.relation(RelationKind::Makes).targets(from);
  if (made.empty()) return std::nullopt;
  return SegmentId{graph.local(*std::ranges::min_element(made, {}, keys))};
}

/// Entities that may be drawn as not linked with a source; source and answer by their keys.
template <typename Accept>
std::vector<EntityId> draw_negatives(std::span<const EntityId> from, std::size_t count,
                                     std::uint64_t seed, Purpose purpose, std::uint64_t source,
                                     std::uint64_t answer, const Accept& accept) {
  constexpr std::size_t kTries = 64;
  std::vector<EntityId> result;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t attempt = 0; attempt < kTries; ++attempt) {
      const EntityId entity = from[below(drawn({seed, purpose, source, answer, i, attempt}),
                                         static_cast<std::uint32_t>(from.size()))];
      if (!accept(entity)) continue;
      result.push_back(entity);
      break;
    }
  }
  return result;
}

}  // namespace

Round prepare_round(const EnterpriseGraph& graph, const LinkTask& task, const EntityKeys& keys,
                    std::uint64_t seed, std::size_t negatives) {
  const Relation relation = graph.relation(task.relation);
  const HiddenMask hidden(relation.size(), task.hidden);
  const Candidates candidates(graph, task);
  const SourceEnd ranked_end = opposite(task.source_end);
  const auto seen = [&hidden](std::uint64_t edge) { return !hidden(edge); };
  std::vector<std::uint32_t> degrees(graph.size(), 0);
  parallel_for(candidates.all().size(), [&](std::size_t i) {
    const EntityId entity = candidates.all()[i];
    degrees[raw(entity)] =
        static_cast<std::uint32_t>(others_of(relation, entity, ranked_end, seen).size());
  });
  const DegreeOrder order(candidates, std::move(degrees), keys, seed);
  std::vector<EntityId> drawn_from = candidates.all();
  std::ranges::sort(drawn_from, {}, keys);
  Components components(graph, relation, hidden);
  Round round;
  round.task = &task;
  round.candidates = candidates.all().size();
  round.questions.resize(task.questions.size());
  std::iota(round.questions.begin(), round.questions.end(), 0);
  std::ranges::sort(round.questions, {},
                    [&](std::size_t i) { return keys(task.questions[i].source); });
  for (const std::size_t number : round.questions) {
    const LinkQuestion& question = task.questions[number];
    round.sources.push_back(question.source);
    round.first_links.push_back(round.links.size());
    std::vector<EntityId> known = visible_neighbours(relation, question.source, hidden);
    const bool cold_source = known.empty();
    known.insert(std::lower_bound(known.begin(), known.end(), question.source), question.source);
    std::erase_if(known, [&](EntityId entity) { return !candidates.contains(entity); });
    for (const EntityId answer : question.answers) {
      if (!candidates.contains(answer) || std::ranges::binary_search(known, answer)) {
        throw Error(
            ErrorCode::InvalidArgument,
            {fmt::format("entity {} is asked for though it may not be ranked for source {}",
                         raw(answer), raw(question.source)),
             fmt::format("实体 {} 不能作为来源 {} 的答案", raw(answer), raw(question.source))});
      }
      AskedLink link;
      link.source = question.source;
      link.answer = answer;
      const bool cold_answer = visible_neighbours(relation, answer, hidden).empty();
      using Kind = LinkGroup::Kind;
      link.warmth = cold_source ? (cold_answer ? Kind::ColdBoth : Kind::ColdSource)
                                : (cold_answer ? Kind::ColdAnswer : Kind::Warm);
      link.connected = components.joined(question.source, answer);
      const bool forward = task.source_end == SourceEnd::From;
      link.segment = segment_of(graph, relation, keys, forward ? question.source : answer,
                                forward ? answer : question.source);
      const auto accept = [&](EntityId entity) {
        return !std::ranges::binary_search(known, entity) &&
               !std::ranges::binary_search(question.answers, entity);
      };
      link.uniform = draw_negatives(drawn_from, negatives, seed, kUniform, keys(question.source),
                                    keys(answer), accept);
      link.of_degree = draw_negatives(order.like(answer), negatives, seed, kOfDegree,
                                      keys(question.source), keys(answer), accept);
      round.links.push_back(std::move(link));
    }
    round.excluded.push_back(std::move(known));
  }
  round.first_links.push_back(round.links.size());
  return round;
}

}  // namespace liantu
