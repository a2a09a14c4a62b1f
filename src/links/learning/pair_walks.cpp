#include "links/learning/pair_walks.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "liantu/links/paths/relation_path.hpp"
#include "links/backtest/ends.hpp"

namespace liantu {

namespace {

constexpr int kPageRankSteps = 4;
constexpr double kDamping = 0.85;
constexpr std::size_t kFactors = 48;

}  // namespace

std::span<const PairWalks::Feature> PairWalks::features() {
  static constexpr Feature kFeatures[] = {
      {"directed_l3", "onwards, back, onwards, each later step divided by √degree",
       "去—回—去（后两步除以度的平方根）", 100, true, true, "directed_l3"},
      {"directed_l3_by_degree", "onwards, back, onwards, each later step divided by the degree",
       "去—回—去（后两步除以度）", 0, false, false, "supplies.~supplies/deg.supplies/deg"},
      {"directed_l3_count", "onwards, back, onwards, each walk counting 1", "去—回—去（每条计 1）",
       0, false, false, "supplies.~supplies.supplies"},
      {"l3", "three steps either way, each later one divided by √degree",
       "不分方向走三步（后两步除以度的平方根）", 100, true, true, "l3"},
      {"resource_allocation", "two steps either way, the second divided by the degree",
       "不分方向走两步（第二步除以度）", 20, true, false, "resource_allocation"},
      {"directed_l5",
       "onwards, back, onwards, back, onwards, each later step divided by the degree",
       "去—回—去—回—去（后四步除以度）", 60, true, false,
       "supplies.~supplies/deg.supplies/deg.~supplies/deg.supplies/deg"},
      {"peers_onward",
       "back, onwards, onwards, each later step divided by √degree: what the source's peers link "
       "to",
       "回—去—去（同行的伙伴）", 50, true, true, "~supplies.supplies/sqrt.supplies/sqrt"},
      {"onward_twice", "onwards twice, the second divided by √degree", "去—去", 20, false, false,
       "supplies.supplies/sqrt"},
      {"onward_thrice", "onwards three times, each later step divided by √degree", "去—去—去", 0,
       false, false, "supplies.supplies/sqrt.supplies/sqrt"},
      {"back_onward", "back and onwards, the second step divided by √degree", "回—去", 20, false,
       true, "~supplies.supplies/sqrt"},
      {"onward_back", "onwards and back, the second step divided by √degree", "去—回", 0, false,
       false, "supplies.~supplies/sqrt"},
      {"onward_onward_back", "onwards twice and back, each later step divided by √degree",
       "去—去—回", 0, false, false, "supplies.supplies/sqrt.~supplies/sqrt"},
      {"back_back_onward", "back twice and onwards, each later step divided by √degree", "回—回—去",
       0, false, false, "~supplies.~supplies/sqrt.supplies/sqrt"},
      {"pagerank", "up to four steps either way of a walk that returns to the source with 0.15",
       "不分方向、每步以 0.15 回到起点的随机游走（四步以内）", 60, true, false, "",
       &PairWalks::pagerank},
      {"complement", "what one end makes is required for what the other makes",
       "一方所产为另一方所需", 40, true, false, "", &PairWalks::complement},
      {"like_peers",
       "from the entities that share partners with the source on both sides, weighed by what they "
       "share to the power of 1.5, onwards",
       "从上下游都与起点有共同伙伴的同类出发，按共同程度的 1.5 次方加权", 60, true, false, "",
       &PairWalks::like_peers},
      {"like_partners",
       "from the source's partners to the entities that share links with them on both sides, "
       "divided by the roots of both ends' links",
       "与起点现有伙伴在上下游两侧相似的企业", 50, true, false, "", &PairWalks::like_partners},
      {"embedding", "of the factors of the links (truncated singular value decomposition), rank 48",
       "联系矩阵截断奇异值分解（48 阶）的内积", 60, true, false, "", &PairWalks::embedding},
      {"regression", "of a ridge regression of the source's links on all its links, either way",
       "以起点全部上下游联系作岭回归的预测", 60, true, false, "", &PairWalks::regression},
  };
  return kFeatures;
}

PairWalks::PairWalks(const EnterpriseGraph& graph, const LinkTask& task, const VisibleLinks& links,
                     const EntityKeys& keys)
    : graph_(graph),
      source_end_(task.source_end),
      links_(links),
      factors_(links, keys.all(), kFactors),
      regression_(links, graph.size()) {
  rankable_.resize(graph.size());
  for (const EntityId entity : candidates_of(graph, task)) rankable_[raw(entity)] = true;
  std::size_t made = 0;
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    const EntityId from{i};
    joined_offsets_.push_back(joined_.size());
    const auto ahead = links.onwards(from);
    const auto behind = links.back(from);
    std::set_union(ahead.begin(), ahead.end(), behind.begin(), behind.end(),
                   std::back_inserter(joined_));
    made += graph.relation(RelationKind::Makes).targets(from).size();
  }
  joined_offsets_.push_back(joined_.size());
  segments_ = task.relation == RelationKind::Supplies && made > 0 &&
              graph.relation(RelationKind::Requires).size() > 0;
  steps_.push_back({});
  for (const Feature& feature : features()) {
    last_step_.push_back(feature.path.empty() ? 0 : note(feature.path));
  }
  partners_ = note("supplies");
  peers_by_partners_ = note("supplies.~supplies/sqrt");
  peers_by_owners_ = note("~supplies.supplies/sqrt");
}

std::size_t PairWalks::note(std::string_view path) {
  std::size_t last = 0;
  for (const PathStep& step : parse_path(path).steps) {
    const Step wanted{last,
                      step.direction == StepDirection::Forward    ? Way::Onwards
                      : step.direction == StepDirection::Backward ? Way::Back
                                                                  : Way::Either,
                      step.normalizer == Normalizer::None         ? By::One
                      : step.normalizer == Normalizer::SqrtDegree ? By::Root
                                                                  : By::Degree};
    const auto found = std::find(steps_.begin() + 1, steps_.end(), wanted);
    last = static_cast<std::size_t>(found - steps_.begin());
    if (found == steps_.end()) steps_.push_back(wanted);
  }
  return last;
}

std::span<const EntityId> PairWalks::joined(EntityId entity) const {
  const std::uint64_t first = joined_offsets_[raw(entity)];
  return {joined_.data() + first,
          static_cast<std::size_t>(joined_offsets_[raw(entity) + 1] - first)};
}

std::span<const EntityId> PairWalks::reached(EntityId from, Way way) const {
  if (way == Way::Either) return joined(from);
  return way == Way::Onwards ? links_.onwards(from) : links_.back(from);
}

double PairWalks::links_of(EntityId entity) const {
  return static_cast<double>(links_.onwards(entity).size() + links_.back(entity).size());
}

void PairWalks::advance(const EntityValues& at, EntityValues& next, By by, Way way) const {
  next.prepare(graph_.size());
  for (const EntityId from : at.reached) {
    const std::span<const EntityId> ends = reached(from, way);
    if (ends.empty()) continue;
    const auto degree = static_cast<double>(ends.size());
    double part = at.value[raw(from)];
    if (by != By::One) part /= by == By::Root ? std::sqrt(degree) : degree;
    if (part == 0) continue;
    for (const EntityId to : ends) next.add(to, part);
  }
}

void PairWalks::run(EntityId source, Scratch& scratch) const {
  const std::span<const Feature> all = features();
  scratch.steps_.resize(steps_.size());
  scratch.computed_.resize(all.size());
  scratch.given_.resize(all.size());
  scratch.known_.assign(all.size(), true);
  scratch.steps_.front().prepare(graph_.size());
  scratch.steps_.front().add(source, 1.0);
  // A step stands behind those before it.
  for (std::size_t i = 1; i < steps_.size(); ++i) {
    advance(scratch.steps_[steps_[i].behind], scratch.steps_[i], steps_[i].by, steps_[i].way);
  }
  for (std::size_t f = 0; f < all.size(); ++f) {
    scratch.given_[f] =
        all[f].give == nullptr ? &scratch.steps_[last_step_[f]] : &scratch.computed_[f];
    if (all[f].give == nullptr) continue;
    scratch.computed_[f].prepare(graph_.size());
    scratch.known_[f] = (this->*all[f].give)(source, scratch, scratch.computed_[f]);
  }
}

void PairWalks::Scratch::clear() {
  for (EntityValues& values : steps_) values.clear();
  for (EntityValues& values : computed_) values.clear();
}

bool PairWalks::pagerank(EntityId source, Scratch& scratch, EntityValues& given) const {
  auto& [spread, next] = scratch.spare_;
  spread.prepare(graph_.size());
  spread.add(source, 1.0);
  double weight = 1 - kDamping;
  for (int step = 0; step < kPageRankSteps; ++step) {
    advance(spread, next, By::Degree, Way::Either);
    weight *= kDamping;
    for (const EntityId e : next.reached) given.add(e, weight * next.value[raw(e)]);
    spread.clear();
    std::swap(spread, next);
  }
  spread.clear();
  return true;
}

bool PairWalks::complement(EntityId source, Scratch& /*scratch*/, EntityValues& given) const {
  if (!segments_) return false;
  const Relation makes = graph_.relation(RelationKind::Makes);
  const Relation needs = graph_.relation(RelationKind::Requires);
  for (const EntityId product : makes.targets(source)) {
    const auto others =
        source_end_ == SourceEnd::To ? needs.targets(product) : needs.sources(product);
    for (const EntityId other : others) {
      for (const EntityId firm : makes.sources(other)) given.add(firm, 1.0);
    }
  }
  return true;
}

// Peers share what stands onwards and what stands back of them.
bool PairWalks::like_peers(EntityId source, Scratch& scratch, EntityValues& given) const {
  EntityValues& alike = scratch.spare_.front();
  alike.prepare(graph_.size());
  for (const std::size_t step : {peers_by_partners_, peers_by_owners_}) {
    const EntityValues& peers = scratch.steps_[step];
    for (const EntityId e : peers.reached) alike.add(e, peers.value[raw(e)]);
  }
  for (const EntityId e : alike.reached) {
    double& shared = alike.value[raw(e)];
    shared = e == source ? 0 : std::pow(shared / std::sqrt(links_of(e) + 4), 1.5);
  }
  advance(alike, given, By::One, Way::Onwards);
  alike.clear();
  return true;
}

// So do the partners' likes.
bool PairWalks::like_partners(EntityId /*source*/, Scratch& scratch, EntityValues& given) const {
  auto& [partners, owners] = scratch.spare_;
  partners.prepare(graph_.size());
  for (const EntityId e : scratch.steps_[partners_].reached) {
    partners.add(e, 1 / std::sqrt(links_of(e) + 2));
  }
  for (const auto& [there, on] :
       {std::pair(Way::Back, Way::Onwards), std::pair(Way::Onwards, Way::Back)}) {
    advance(partners, owners, By::One, there);
    advance(owners, given, By::Root, on);
    owners.clear();
  }
  for (const EntityId e : given.reached) given.value[raw(e)] /= std::sqrt(links_of(e) + 2);
  partners.clear();
  return true;
}

bool PairWalks::embedding(EntityId source, Scratch& /*scratch*/, EntityValues& given) const {
  for (std::uint32_t i = 0; i < graph_.size(); ++i) {
    if (!rankable_[i]) continue;
    given.reached.push_back(EntityId{i});
    given.value[i] = static_cast<double>(factors_.score(raw(source), i));
  }
  return true;
}

bool PairWalks::regression(EntityId /*source*/, Scratch& scratch, EntityValues& given) const {
  for (std::uint32_t i = 0; i < graph_.size(); ++i) {
    if (!rankable_[i]) continue;
    given.reached.push_back(EntityId{i});
    given.value[i] = static_cast<double>((*scratch.regressed_)[i][scratch.lane_]);
  }
  return true;
}

}  // namespace liantu
