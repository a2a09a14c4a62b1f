#include "liantu/prospects/introductions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <memory>
#include <queue>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "base/run/stopping.hpp"
#include "chain/firms/status.hpp"
#include "chain/firms/whereabouts.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/chain/firms/data_date.hpp"

namespace liantu {
namespace {

// Costs in whole numbers, so that sums are the same in any order: a millionth of a cost, and below it
// a few bits made of names, by which ways that cost the same stand in an order.
using Cost = std::uint64_t;
constexpr int kNameBits = 20;
constexpr Cost kUnit = Cost{1} << kNameBits;
constexpr Cost kNever = std::numeric_limits<Cost>::max();

Cost to_cost(double value) { return static_cast<Cost>(std::llround(value * 1e6)) * kUnit; }
double to_value(Cost cost) { return static_cast<double>(cost / kUnit) / 1e6; }

constexpr RelationKind kCarrying[] = {RelationKind::Serves, RelationKind::Owns,
                                      RelationKind::Supplies, RelationKind::Cooperates,
                                      RelationKind::MemberOf};

constexpr Interrupted kInterrupted = {"the search for introductions was interrupted",
                                      "查找引荐路径已中断"};

std::uint32_t hash_words(std::string_view words) {
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const char c : words) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

bool has_type(const EnterpriseGraph& graph, EntityId organization,
              std::initializer_list<std::string_view> words) {
  const std::string_view type = graph.text(organization, EntityText::Type);
  return std::ranges::any_of(
      words, [&](std::string_view word) { return type.find(word) != std::string_view::npos; });
}

// One relation instance as a step from one end to the other.
struct Arc {
  EntityId to{0};
  RelationKind relation = RelationKind::Serves;
  EdgeId edge{0};
  bool backward = false;  // the relation leads from `to` here
  Cost cost = kNever;
};

}  // namespace

void check_introduction_rules(const IntroductionRules& rules) {
  const auto refuse = [](std::string_view member, std::string_view en, std::string_view zh) {
    throw Error(ErrorCode::InvalidArgument, {fmt::format("introductions, {}: {}", member, en),
                                             fmt::format("引荐 {}：{}", member, zh)});
  };
  const std::pair<std::string_view, double> amounts[] = {{"serves", rules.serves},
                                                         {"person_owns", rules.person_owns},
                                                         {"firm_owns", rules.firm_owns},
                                                         {"supplies", rules.supplies},
                                                         {"cooperates", rules.cooperates},
                                                         {"chamber", rules.chamber},
                                                         {"alumni", rules.alumni},
                                                         {"leader", rules.leader},
                                                         {"task_force", rules.task_force},
                                                         {"department", rules.department},
                                                         {"office", rules.office},
                                                         {"weak", rules.weak},
                                                         {"doubt", rules.doubt},
                                                         {"year", rules.year},
                                                         {"hub", rules.hub}};
  for (const auto& [member, amount] : amounts) {
    if (!(amount >= 0 && amount <= 1000)) refuse(member, "write 0 to 1000", "须在 0 到 1000 之间");
  }
  for (const auto& [member, share] :
       {std::pair<std::string_view, double>{"strong_equity", rules.strong_equity},
        std::pair<std::string_view, double>{"strong_supply", rules.strong_supply}}) {
    if (!(share > 0 && share <= 1)) {
      refuse(member, "write a share above 0, at most 1", "须大于 0 且不大于 1");
    }
  }
  if (rules.years < 0 || rules.years > 100) refuse("years", "write 0 to 100", "须在 0 到 100 之间");
  if (rules.hub_ends == 0) refuse("hub_ends", "write 1 or more", "须不小于 1");
  if (!(rules.dearest > 0 && rules.dearest <= 1000)) {
    refuse("dearest", "write more than 0, at most 1000", "须大于 0 且不大于 1000");
  }
}

std::optional<IntroductionChannel> channel_of(const EnterpriseGraph& graph,
                                              OrganizationId organization) {
  const EntityId entity = graph.entity(organization);
  if (has_type(graph, entity, {"校友", "alumni"})) return IntroductionChannel::Alumni;
  if (has_type(graph, entity, {"驻点", "办事处", "招商办", "联络处", "office"})) {
    return IntroductionChannel::Office;
  }
  if (has_type(graph, entity, {"商会", "协会", "chamber"})) return IntroductionChannel::Chamber;
  // 领导小组 is a body that meets.
  if (has_type(graph, entity, {"区领导", "县领导", "市领导", "镇领导", "街道领导", "leader"}) &&
      !has_type(graph, entity, {"小组"})) {
    return IntroductionChannel::Leader;
  }
  if (has_type(graph, entity, {"专班", "task force"})) return IntroductionChannel::TaskForce;
  if (has_type(graph, entity, {"部门", "镇街", "街道", "镇政府", "department"})) {
    return IntroductionChannel::Department;
  }
  return std::nullopt;
}

bool knows_members(IntroductionChannel channel) {
  using enum IntroductionChannel;
  return channel == Leader || channel == TaskForce || channel == Department;
}

std::span<const IntroductionChannel> introduction_channels() {
  using enum IntroductionChannel;
  static constexpr IntroductionChannel kAll[] = {LandedFirm, Chamber,   Alumni,    Office,
                                                 Leader,     TaskForce, Department};
  return kAll;
}

std::string_view channel_word(IntroductionChannel channel) {
  constexpr std::string_view kWords[] = {"landed_firm", "chamber",    "alumni",    "office",
                                         "leader",      "task_force", "department"};
  return kWords[static_cast<std::size_t>(channel)];
}

Text channel_text(IntroductionChannel channel) {
  static const Text kTexts[] = {{"landed firm", "落地企业"},
                                {"chamber", "商会"},
                                {"alumni", "校友会"},
                                {"stationed office", "驻点办"},
                                {"leader of the district", "区领导"},
                                {"task force", "专班"},
                                {"department or town", "部门镇街"}};
  return kTexts[static_cast<std::size_t>(channel)];
}

struct IntroductionFinder::Body {
  Body(const EnterpriseGraph& the_graph, const District& the_district,
       const IntroductionOptions& options)
      : graph(the_graph),
        district(complete_district(the_district)),
        rules(options.rules),
        stopping{options.stop, kInterrupted},
        date(data_date(the_graph)),
        dearest(to_cost(options.rules.dearest) + kUnit - 1),
        most_looks(options.looks == 0 ? std::numeric_limits<std::uint64_t>::max() : options.looks),
        landed(the_graph.size()) {
    for (std::size_t k = 0; k < std::size(kCarrying); ++k) {
      relations.push_back(graph.relation(kCarrying[k]));
    }
    find_cheapest_step();
    find_organizations();
    find_landed();
    if (options.firms == FirmsAsked::Many) look_up_entities();
    grow_tree();
  }

  EnterpriseGraph graph;
  District district;
  IntroductionRules rules;
  Stopping stopping;
  Date date;
  Cost dearest;
  std::vector<Relation> relations;
  std::uint64_t most_looks;
  Cost cheapest_step = kNever;                               // no step costs less
  std::array<Cost, kRelationKinds.size()> cheapest_of{};     // by relation: none of its steps does
  std::vector<std::optional<IntroductionChannel>> channels;  // by organization
  std::vector<OrganizationId> covering;  // of these with a channel: who covers regions
  std::vector<bool> landed;  // by entity: a firm of the district that is not closed, or a leader
  // Where many firms are asked:
  std::vector<std::uint32_t> hashes;  // by entity: of its name
  std::vector<bool> closed;           // by firm: struck off the register
  // Entities that the tree reaches, and by entity what the cheapest way from the district costs, its ends'
  // hubs not counted; where few firms are asked without the bits of names. Of hardly any entity it is
  // known then: the other costs are never touched.
  std::vector<bool> in_tree;
  std::unique_ptr<Cost[]> distance;
  Cost radius = kNever;  // how far the tree was grown: what is dearer may be cheaper in truth

  // ---- what a step costs ----

  [[nodiscard]] double base(RelationKind kind, EntityId from, EntityId to) const {
    switch (kind) {
      case RelationKind::Serves:
        return rules.serves;
      case RelationKind::Owns:
        return graph.kind(from) == EntityKind::Person ? rules.person_owns : rules.firm_owns;
      case RelationKind::Supplies:
        return rules.supplies;
      case RelationKind::Cooperates:
        return rules.cooperates;
      default:
        return membership(channel(to));
    }
  }

  [[nodiscard]] double membership(std::optional<IntroductionChannel> in) const {
    if (!in) return rules.chamber;
    switch (*in) {
      case IntroductionChannel::Leader:
        return rules.leader;
      case IntroductionChannel::TaskForce:
        return rules.task_force;
      case IntroductionChannel::Department:
        return rules.department;
      case IntroductionChannel::Alumni:
        return rules.alumni;
      default:
        return rules.chamber;
    }
  }

  [[nodiscard]] std::optional<IntroductionChannel> channel(EntityId organization) const {
    if (graph.kind(organization) != EntityKind::Organization) return std::nullopt;
    return channels[graph.local(organization)];
  }

  void find_cheapest_step() {
    const double bases[] = {
        rules.serves, std::min(rules.person_owns, rules.firm_owns), rules.supplies,
        rules.cooperates,
        std::min({rules.chamber, rules.alumni, rules.leader, rules.task_force, rules.department})};
    for (std::size_t k = 0; k < std::size(kCarrying); ++k) {
      cheapest_of[static_cast<std::size_t>(kCarrying[k])] = to_cost(bases[k]);
      if (relations[k].size() > 0) cheapest_step = std::min(cheapest_step, to_cost(bases[k]));
    }
  }

  void find_organizations() {
    const std::uint32_t count = graph.size(EntityKind::Organization);
    for (std::uint32_t i = 0; i < count; ++i) {
      if (i % kLooksApart == 0) stopping.check();
      const OrganizationId one{i};
      channels.push_back(channel_of(graph, one));
      // A leader who answers for a region knows nobody there by that.
      const bool asked = channels.back() && !knows_members(*channels.back());
      if (asked && !graph.covered_regions(one).empty()) covering.push_back(one);
    }
  }

  // What is not known is neither strong nor weak.
  [[nodiscard]] double strength(const Relation& relation, EdgeId edge) const {
    const bool equity = relation.kind() == RelationKind::Owns;
    if (!equity && relation.kind() != RelationKind::Supplies) return 1;
    const std::optional<double> share = relation.number(edge, EdgeNumber::Share);
    if (!share) return 0.5;
    return std::min(1.0, *share / (equity ? rules.strong_equity : rules.strong_supply));
  }

  [[nodiscard]] Cost step_cost(const Relation& relation, EdgeId edge, EntityId from,
                               EntityId to) const {
    const Provenance told = relation.provenance(edge);
    const int observed = told.as_of.known() ? told.as_of.year : 0;
    const int age = observed > 0 && date.known() ? std::max(0, date.year - observed) : 0;
    const double value = base(relation.kind(), from, to) *
                         (1 + rules.weak * (1 - strength(relation, edge))) *
                         (1 + rules.doubt * (1 - static_cast<double>(told.confidence))) *
                         (1 + rules.year * std::min(age, rules.years));
    return to_cost(value);
  }

  [[nodiscard]] std::uint64_t ends(EntityId entity) const {
    std::uint64_t sum = 0;
    for (const Relation& relation : relations) {
      sum += relation.out_edges(entity).size() + relation.in_degree(entity);
    }
    return sum;
  }
  [[nodiscard]] bool is_hub(EntityId entity) const { return ends(entity) >= rules.hub_ends; }
  [[nodiscard]] Cost hub_cost(EntityId entity) const {
    const std::uint64_t degree = ends(entity);
    if (degree <= rules.hub_ends) return 0;
    return to_cost(rules.hub * std::log(static_cast<double>(degree) / rules.hub_ends));
  }

  // Bits that part steps which cost the same, from names alone.
  [[nodiscard]] Cost name_bits(EntityId a, EntityId b, RelationKind kind,
                               std::optional<SegmentId> segment) const {
    const std::uint32_t ends_hash = hash(a) ^ hash(b);
    std::uint32_t bits =
        (ends_hash ^ (ends_hash >> 15U)) * 2654435761U + static_cast<unsigned>(kind);
    if (segment) bits ^= hash(graph.entity(*segment));
    return (bits >> 8U) & 0x3FFFU;  // some 60 steps add up below a millionth
  }

  // Calls `visit` for every relation of an entity that still holds.
  template <typename Visit>
  void each_arc(EntityId entity, const Visit& visit) const {
    for (const Relation& relation : relations) {
      const EdgeRange out = relation.out_edges(entity);
      for (std::uint64_t edge = out.first; edge < out.last; ++edge) {
        offer(relation, EdgeId{edge}, entity, relation.target(EdgeId{edge}), false, visit);
      }
      const auto sources = relation.sources(entity);
      const auto edges = relation.in_edges(entity);
      for (std::size_t k = 0; k < sources.size(); ++k) {
        offer(relation, EdgeId{edges[k]}, sources[k], entity, true, visit);
      }
    }
  }
  template <typename Visit>
  void offer(const Relation& relation, EdgeId edge, EntityId from, EntityId to, bool backward,
             const Visit& visit) const {
    if (from == to) return;
    Arc arc{backward ? from : to, relation.kind(), edge, backward, kNever};
    // The price, or kNever where it is more than `most`: names lie far apart, so that they are looked at
    // last.
    visit(arc, [&, from, to](Cost most, bool named) {
      // What an instance says lies all over the memory, too.
      if (cheapest_of[static_cast<std::size_t>(relation.kind())] > most) return kNever;
      const Cost cost = step_cost(relation, edge, from, to);
      if (cost > most) return kNever;
      // holds() of the chain, with what it asks of firms looked up once.
      if (is_closed(from) || is_closed(to) || ended(relation.provenance(edge), date)) return kNever;
      if (!named) return cost;
      return cost + name_bits(from, to, relation.kind(), relation.segment(edge));
    });
  }

  [[nodiscard]] bool is_closed(EntityId entity) const {
    if (graph.kind(entity) != EntityKind::Firm) return false;
    return closed.empty() ? gone(graph, FirmId{graph.local(entity)}) : closed[graph.local(entity)];
  }
  [[nodiscard]] std::uint32_t hash(EntityId entity) const {
    return hashes.empty() ? hash_words(graph.name(entity)) : hashes[raw(entity)];
  }
  // At least what is left to the district; kNever where it is too dear.
  [[nodiscard]] Cost left(EntityId entity) const {
    return in_tree[raw(entity)] ? std::min(distance[raw(entity)], radius) : radius;
  }

  // ---- the tree ----

  void find_landed() {
    HashMap<std::uint32_t, bool> inside;  // by region
    for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
      if (i % kLooksApart == 0) stopping.check();
      const FirmId firm{i};
      const RegionCode region = graph.region(graph.entity(firm)).code;
      const auto [entry, fresh] = inside.try_emplace(region.value(), false);
      if (fresh) entry->second = standing(region, district) == Standing::Inside;
      landed[raw(graph.entity(firm))] = entry->second && !gone(graph, firm);
    }
    for (std::uint32_t i = 0; i < channels.size(); ++i) {
      if (!channels[i] || !knows_members(*channels[i])) continue;
      const EntityId leader = graph.entity(OrganizationId{i});
      const RegionCode region = graph.region(leader).code;
      landed[raw(leader)] = !region.known() || standing(region, district) == Standing::Inside;
    }
  }

  void look_up_entities() {
    hashes.resize(graph.size());
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
      if (i % kLooksApart == 0) stopping.check();
      hashes[i] = hash_words(graph.name(EntityId{i}));
    }
    closed.resize(graph.size(EntityKind::Firm));
    for (std::uint32_t i = 0; i < closed.size(); ++i) {
      if (i % kLooksApart == 0) stopping.check();
      closed[i] = gone(graph, FirmId{i});
    }
  }

  // From all firms of the district at once; beyond them no further than pays for the firms asked.
  void grow_tree() {
    const bool many = !hashes.empty();
    const std::uint64_t most_tree_looks =
        many ? 500'000 : std::min<std::uint64_t>(100'000, graph.size() / 8);
    in_tree.assign(graph.size(), false);
    distance = std::make_unique_for_overwrite<Cost[]>(graph.size());
    const auto known = [&](EntityId entity) {
      return in_tree[raw(entity)] ? distance[raw(entity)] : kNever;
    };
    using Entry = std::pair<Cost, EntityId>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    std::uint64_t looks = 0;
    const auto expand = [&](EntityId entity, Cost leaving) {
      each_arc(entity, [&](const Arc& arc, const auto& price) {
        if (++looks % kLooksApart == 0) stopping.check();
        if (landed[raw(arc.to)]) return;
        const Cost there = known(arc.to);
        if (there <= leaving) return;
        const Cost step = price(std::min(dearest, there) - leaving, many);
        if (step == kNever || leaving + step > dearest || leaving + step >= there) return;
        in_tree[raw(arc.to)] = true;
        distance[raw(arc.to)] = leaving + step;
        queue.emplace(leaving + step, arc.to);
      });
    };
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
      if (!landed[i]) continue;
      in_tree[i] = true;
      distance[i] = 0;
      expand(EntityId{i}, 0);
    }
    const std::uint64_t looks_of_landed = looks;
    while (!queue.empty()) {
      const auto [cost, entity] = queue.top();
      queue.pop();
      if (cost > distance[raw(entity)]) continue;
      if (looks - looks_of_landed > most_tree_looks) {
        radius = cost;
        return;
      }
      const Cost leaving = cost + hub_cost(entity);
      if (leaving <= dearest) expand(entity, leaving);
    }
  }

  // ---- the k cheapest ways ----

  // A way as it is found: from the firm to the district.
  struct Way {
    std::vector<EntityId> stops;  // the firm first, a firm of the district last
    std::vector<Arc> arcs;        // arcs[i] leads from stops[i] to stops[i + 1]
    std::vector<Cost> costs;      // costs[i]: from the firm to stops[i], hubs passed included
    std::size_t deviation = 0;    // the stop at which it leaves the way it was made from
  };

  // The cheapest end of a way: from stops.back() to the district, through nobody that stands on it
  // already and not next to one of `banned`; none where the way would cost more than `most`.
  [[nodiscard]] bool complete(Way& way, const std::vector<EntityId>& banned, Cost most) const {
    struct Reached {
      Cost cost = kNever;
      EntityId from{0};
      Arc arc;
      bool done = false;
    };
    const EntityId start = way.stops.back();
    HashMap<std::uint32_t, Reached> reached;
    const std::vector<EntityId> barred = way.stops;
    using Entry = std::tuple<Cost, Cost, EntityId>;  // estimate of the whole, cost so far, where
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    std::uint64_t looks = 0;
    const auto expand = [&](EntityId entity, Cost so_far) {
      if (cheapest_step > most || so_far > most - cheapest_step) return;
      // Who of the district is next to it tells how dear a way may be.
      for (const bool arriving : {true, false}) {
        each_arc(entity, [&](const Arc& arc, const auto& price) {
          const bool arrived = landed[raw(arc.to)];
          if (arrived != arriving) return;
          if (++looks % kLooksApart == 0) stopping.check();
          const Cost rest = left(arc.to);
          if (rest == kNever || so_far + rest > most) return;
          if (std::ranges::find(barred, arc.to) != barred.end()) return;
          if (entity == start && std::ranges::find(banned, arc.to) != banned.end()) return;
          const auto known = reached.find(raw(arc.to));
          if (known != reached.end() && (known->second.done || known->second.cost <= so_far))
            return;
          const Cost step = price(most - so_far - rest, true);
          if (step == kNever) return;
          const Cost left_at_least = arrived ? 0 : std::max(rest, cheapest_step);
          if (so_far + step + left_at_least > most) return;
          const Cost passed = arrived ? 0 : hub_cost(arc.to);
          const Cost cost = so_far + step + passed;
          if (cost + left_at_least > most) return;
          if (arrived) most = cost;  // what costs more is not the cheapest
          Reached& there = reached[raw(arc.to)];
          if (cost >= there.cost) return;
          there = {cost, entity, arc, false};
          there.arc.cost = step;
          queue.emplace(cost + rest, cost, arc.to);
        });
      }
    };
    expand(start, way.costs.back());
    while (!queue.empty()) {
      const auto [estimate, cost, entity] = queue.top();
      queue.pop();
      Reached& here = reached[raw(entity)];
      if (here.done || cost > here.cost) continue;
      if (looks > most_looks) return false;
      here.done = true;
      if (!landed[raw(entity)]) {
        expand(entity, cost);
        continue;
      }
      std::vector<EntityId> back;
      for (EntityId at = entity; at != start; at = reached[raw(at)].from) back.push_back(at);
      for (std::size_t i = back.size(); i-- > 0;) {
        const Reached& step = reached[raw(back[i])];
        way.stops.push_back(back[i]);
        way.arcs.push_back(step.arc);
        way.costs.push_back(step.cost);
      }
      return true;
    }
    return false;
  }

  // Cheapest first; then by names, which differ where the ways do.
  struct Cheaper {
    const EnterpriseGraph* graph;
    bool operator()(const Way& a, const Way& b) const {
      if (a.costs.back() != b.costs.back()) return a.costs.back() < b.costs.back();
      if (a.stops.size() != b.stops.size()) return a.stops.size() < b.stops.size();
      for (std::size_t i = 0; i < a.stops.size(); ++i) {
        const int names = graph->name(a.stops[i]).compare(graph->name(b.stops[i]));
        if (names != 0) return names < 0;
      }
      return a.stops < b.stops;
    }
  };

  [[nodiscard]] std::vector<Way> cheapest(EntityId firm, std::size_t most) const {
    std::vector<Way> found;
    std::set<Way, Cheaper> waiting(Cheaper{&graph});
    Way first{{firm}, {}, {0}, 0};
    if (complete(first, {}, dearest)) waiting.insert(std::move(first));
    while (!waiting.empty() && found.size() < most) {
      found.push_back(std::move(waiting.extract(waiting.begin()).value()));
      if (found.size() == most) break;
      const Way way = found.back();
      // Lawler: before the deviation the way repeats one whose deviations are known already.
      for (std::size_t i = way.deviation; i + 1 < way.stops.size(); ++i) {
        Way other;
        other.stops.assign(way.stops.begin(),
                           way.stops.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        other.arcs.assign(way.arcs.begin(), way.arcs.begin() + static_cast<std::ptrdiff_t>(i));
        other.costs.assign(way.costs.begin(),
                           way.costs.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        other.deviation = i;
        std::vector<EntityId> banned;
        for (const Way& known : found) {
          if (known.stops.size() > i + 1 &&
              std::equal(other.stops.begin(), other.stops.end(), known.stops.begin())) {
            banned.push_back(known.stops[i + 1]);
          }
        }
        // What costs more than as many as are wanted yet is none of them.
        const std::size_t wanted = most - found.size();
        const Cost limit =
            waiting.size() < wanted
                ? dearest
                : std::next(waiting.begin(), static_cast<std::ptrdiff_t>(wanted) - 1)->costs.back();
        if (complete(other, banned, limit)) waiting.insert(std::move(other));
      }
    }
    return found;
  }

  [[nodiscard]] Introduction introduction(const Way& way) const {
    Introduction made;
    made.cost = to_value(way.costs.back());
    for (std::size_t i = way.arcs.size(); i-- > 0;) {
      const Arc& arc = way.arcs[i];
      made.steps.push_back({way.stops[i + 1], way.stops[i], arc.relation, arc.edge, !arc.backward,
                            to_value(arc.cost)});
    }
    made.introducer = way.stops.back();
    if (graph.kind(made.introducer) == EntityKind::Organization) {
      made.channel = channel(made.introducer).value_or(IntroductionChannel::Leader);
    }
    for (std::size_t i = way.stops.size() - 1; i-- > 1;) {
      const EntityId entity = way.stops[i];
      if (is_hub(entity)) made.hubs.push_back(entity);
      if (graph.kind(entity) != EntityKind::Organization ||
          made.channel != IntroductionChannel::LandedFirm) {
        continue;
      }
      const auto called_for = channel(entity);
      if (!called_for) continue;
      made.channel = *called_for;
      made.introducer = entity;
    }
    return made;
  }

  // Offices, and chambers at home there, know the firms of a region that they cover.
  [[nodiscard]] std::vector<Introduction> offices(EntityId firm) const {
    std::vector<Introduction> found;
    const Cost cost = to_cost(rules.office);
    const RegionCode home = graph.region(firm).code;
    if (!home.known() || cost > dearest) return found;
    for (const OrganizationId organization : covering) {
      const EntityId entity = graph.entity(organization);
      const auto covers = [&](RegionCode region) { return region.contains(home); };
      if (!std::ranges::any_of(graph.covered_regions(organization), covers)) continue;
      Introduction one;
      one.steps.push_back({entity, firm, std::nullopt, EdgeId{0}, false, rules.office});
      one.cost = to_value(cost);
      one.channel = *channel(entity);
      one.introducer = entity;
      found.push_back(std::move(one));
    }
    std::ranges::sort(found, [&](const Introduction& a, const Introduction& b) {
      if (a.channel != b.channel) return a.channel > b.channel;  // offices are there for this
      return graph.name(a.introducer) < graph.name(b.introducer);
    });
    return found;
  }
};

IntroductionFinder::IntroductionFinder(const EnterpriseGraph& graph, const District& district,
                                       const IntroductionOptions& options) {
  check_introduction_rules(options.rules);
  body_ = std::make_shared<const Body>(graph, district, options);
}

std::vector<Introduction> IntroductionFinder::ways(FirmId firm, std::size_t most) const {
  if (most == 0 || most > 1000) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("{} ways asked for; ask for 1 to 1000", most),
                 fmt::format("所求引荐路径 {} 条，须在 1 到 1000 之间", most)});
  }
  const EntityId entity = body_->graph.entity(firm);
  if (standing(body_->graph, firm, body_->district) == Standing::Inside) return {};
  std::vector<Introduction> found;
  for (const Body::Way& way : body_->cheapest(entity, most)) {
    found.push_back(body_->introduction(way));
  }
  for (Introduction& office : body_->offices(entity)) found.push_back(std::move(office));
  std::ranges::stable_sort(found, {}, &Introduction::cost);
  if (found.size() > most) found.resize(most);
  return found;
}

}  // namespace liantu
