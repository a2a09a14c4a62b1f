#include "liantu/links/learning/pair_features.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/task_arena.h>
#include <utility>

#include <fmt/format.h>

#include "base/hash_map.hpp"
#include "base/parallel.hpp"
#include "liantu/base/error.hpp"
#include "liantu/links/learning/candidate_pool.hpp"
#include "links/backtest/ends.hpp"
#include "links/backtest/settled.hpp"
#include "links/backtest/visible_links.hpp"
#include "links/learning/link_factors.hpp"
#include "links/learning/link_regression.hpp"
#include "links/paths/entity_keys.hpp"

namespace liantu {

namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();
/// Candidates beyond this rank of a path are no longer told apart.
constexpr std::size_t kRanked = 400;
constexpr std::size_t kPopular = 60;
constexpr int kPageRankSteps = 4;
constexpr std::size_t kFactors = 48;
constexpr double kDamping = 0.85;

/// Walks whose scores are features.
enum Walk : std::uint8_t {
  kDirectedL3,
  kDirectedL3ByDegree,
  kDirectedL3Count,
  kL3,
  kResourceAllocation,
  kDirectedL5,
  kPeersOnward,
  kOnwardTwice,
  kOnwardThrice,
  kBackOnward,
  kOnwardBack,
  kOnwardOnwardBack,
  kBackBackOnward,
  kPageRank,
  kComplement,
  kLikePeers,
  kLikePartners,
  kEmbedding,
  kRegression,
  kWalks,
};

struct WalkAbout {
  std::string_view name;
  std::string_view en;  ///< along what it counts
  std::string_view zh;
  std::size_t pooled;  ///< how many of its best become candidates
  bool ranked;         ///< whether rank and share of the best are features too
};

constexpr std::array<WalkAbout, kWalks> kWalkAbout = {{
    {"directed_l3", "onwards, back, onwards, each later step divided by √degree",
     "去—回—去（后两步除以度的平方根）", 100, true},
    {"directed_l3_by_degree", "onwards, back, onwards, each later step divided by the degree",
     "去—回—去（后两步除以度）", 0, false},
    {"directed_l3_count", "onwards, back, onwards, each walk counting 1", "去—回—去（每条计 1）", 0,
     false},
    {"l3", "three steps either way, each later one divided by √degree",
     "不分方向走三步（后两步除以度的平方根）", 100, true},
    {"resource_allocation", "two steps either way, the second divided by the degree",
     "不分方向走两步（第二步除以度）", 20, true},
    {"directed_l5", "onwards, back, onwards, back, onwards, each later step divided by the degree",
     "去—回—去—回—去（后四步除以度）", 60, true},
    {"peers_onward",
     "back, onwards, onwards, each later step divided by √degree: what the source's peers link to",
     "回—去—去（同行的伙伴）", 50, true},
    {"onward_twice", "onwards twice, the second divided by √degree", "去—去", 20, false},
    {"onward_thrice", "onwards three times, each later step divided by √degree", "去—去—去", 0,
     false},
    {"back_onward", "back and onwards, the second step divided by √degree", "回—去", 20, false},
    {"onward_back", "onwards and back, the second step divided by √degree", "去—回", 0, false},
    {"onward_onward_back", "onwards twice and back, each later step divided by √degree", "去—去—回",
     0, false},
    {"back_back_onward", "back twice and onwards, each later step divided by √degree", "回—回—去",
     0, false},
    {"pagerank", "up to four steps either way of a walk that returns to the source with 0.15",
     "不分方向、每步以 0.15 回到起点的随机游走（四步以内）", 60, true},
    {"complement", "what one end makes is required for what the other makes",
     "一方所产为另一方所需", 40, true},
    {"like_peers",
     "from the entities that share partners with the source on both sides, weighed by what they "
     "share to the power of 1.5, onwards",
     "从上下游都与起点有共同伙伴的同类出发，按共同程度的 1.5 次方加权", 60, true},
    {"like_partners",
     "from the source's partners to the entities that share links with them on both sides, divided "
     "by the roots of both ends' links",
     "与起点现有伙伴在上下游两侧相似的企业", 50, true},
    {"embedding", "of the factors of the links (truncated singular value decomposition), rank 48",
     "联系矩阵截断奇异值分解（48 阶）的内积", 60, true},
    {"regression", "of a ridge regression of the source's links on all its links, either way",
     "以起点全部上下游联系作岭回归的预测", 60, true},
}};

constexpr std::array kScaled = {kDirectedL3, kL3, kPeersOnward, kBackOnward};

/// Features that stand behind those of walks.
enum Rest : std::uint8_t {
  kCandidateLinks,
  kCandidateOnward,
  kSourceLinks,
  kSourceBack,
  kSameGroup,
  kGroupRate,
  kCandidateGroupShare,
  kSourceGroupShare,
  kGroupLinks,
  kCapital,
  kNearness,
  kOwnership,
  kRest,
};

std::vector<PairFeature> make_registry() {
  std::vector<PairFeature> all;
  const Text needs_segments{
      "the graph lacks `makes` or `requires`, or the relation is not supplies",
      "图中没有主营或需要关系，或所评关系不是供货"};
  for (std::size_t w = 0; w < kWalks; ++w) {
    const WalkAbout& about = kWalkAbout[w];
    const Text missing = w == kComplement ? needs_segments : Text{};
    all.push_back(
        {std::string(about.name),
         {fmt::format("sum over walks {}", about.en), fmt::format("按路径求和：{}", about.zh)},
         "1",
         missing,
         1});
    if (!about.ranked) continue;
    all.push_back(
        {fmt::format("{}_share", about.name),
         {fmt::format("{} over the best that it gives any candidate of the source", about.name),
          fmt::format("{} 与该起点最高分之比", about.name)},
         "share",
         missing,
         1});
    all.push_back(
        {fmt::format("{}_rank", about.name),
         {fmt::format("logarithm of the rank by {}; all beyond {} alike", about.name, kRanked),
          fmt::format("按 {} 的名次取对数；{} 名以后不分", about.name, kRanked)},
         "ln rank",
         missing,
         -1});
  }
  for (const Walk w : kScaled) {
    all.push_back({fmt::format("{}_per_size", kWalkAbout[w].name),
                   {fmt::format("{} over the root of the candidate's links", kWalkAbout[w].name),
                    fmt::format("{} 除以候选方联系数的平方根", kWalkAbout[w].name)},
                   "1",
                   {},
                   1});
  }
  const Text no_group{"the group of an end is not known", "有一方所属组别未知"};
  all.push_back(
      {"candidate_links",
       {"sources that link to the candidate, this pair counted", "联系该候选方的起点数（含本对）"},
       "links",
       {},
       0});
  all.push_back(
      {"candidate_onward",
       {"entities that the candidate itself links to as a source", "候选方作为起点的联系数"},
       "links",
       {},
       0});
  all.push_back({"source_links",
                 {"entities that the source links to, this pair counted", "起点的联系数（含本对）"},
                 "links",
                 {},
                 0});
  all.push_back({"source_back",
                 {"entities that link to the source as a candidate", "以该起点为候选方的联系数"},
                 "links",
                 {},
                 0});
  all.push_back(
      {"same_group",
       {"1 when both ends are of one group (see FirmGrouping), else 0", "双方同组为 1，否则为 0"},
       "1",
       no_group,
       0});
  all.push_back({"group_rate",
                 {"share of all links of the source's group that lead to the candidate's group",
                  "起点所在组的联系中去往候选方所在组的份额"},
                 "share",
                 no_group,
                 0});
  all.push_back({"candidate_group_share",
                 {"share of the candidate's links that come from the source's group",
                  "候选方的联系中来自起点所在组的份额"},
                 "share",
                 {"the group of the source is not known, or nothing links to the candidate",
                  "起点所属组别未知，或候选方没有联系"},
                 0});
  all.push_back({"source_group_share",
                 {"share of the source's links that lead to the candidate's group",
                  "起点的联系中去往候选方所在组的份额"},
                 "share",
                 {"the group of the candidate is not known, or the source has no links",
                  "候选方所属组别未知，或起点没有联系"},
                 0});
  all.push_back(
      {"group_links",
       {"links of the candidate that come from the source's group", "候选方来自起点所在组的联系数"},
       "links",
       {"the group of the source is not known", "起点所属组别未知"},
       1});
  all.push_back({"candidate_capital",
                 {"decimal logarithm of revenue, else registered capital of the candidate",
                  "候选方营业收入（无则注册资本）的常用对数"},
                 "lg CNY",
                 {"neither is known, or it is 0", "两者皆未知，或为 0"},
                 0});
  all.push_back(
      {"nearness",
       {"3 in one district, 2 in one city, 1 in one province, as far as both regions tell, "
        "else 0",
        "同区县 3，同市 2，同省 1（以双方已知地区为限），否则 0"},
       "level",
       {"a region is not known", "有一方地区未知"},
       0});
  all.push_back({"ownership",
                 {"2 when one end owns the other, 1 when both have an owner in common, else 0",
                  "一方持有另一方股权 2，有共同股东 1，否则 0"},
                 "level",
                 {"the graph has no `owns`, or that is the relation ranked",
                  "图中没有持股关系，或所评关系就是持股"},
                 0});
  return all;
}

/// Whether a region is a city or lies in one: of a province alone nobody knows the city.
bool in_a_city(RegionCode region) {
  if (region.level() != RegionLevel::Province) return region.known();
  // A municipality is its own city, and so is that of what lies in it.
  return RegionCode(region.value() + 100).city() == region;
}

/// How near two known regions are, as far as they tell: 3 one district, 2 one city, 1 one province.
int nearness(RegionCode a, RegionCode b) {
  if (a == b && a.level() == RegionLevel::District) return 3;
  if (in_a_city(a) && in_a_city(b) && a.city() == b.city()) return 2;
  return a.province().known() && a.province() == b.province() ? 1 : 0;
}

/// Entities with a value each, the values in a dense column that is zero elsewhere.
struct Front {
  std::vector<EntityId> reached;
  std::vector<double> value;

  void prepare(std::size_t entities) { value.resize(entities, 0.0); }
  void clear() {
    for (const EntityId entity : reached) value[raw(entity)] = 0;
    reached.clear();
  }
  void add(EntityId entity, double amount) {
    double& sum = value[raw(entity)];
    if (sum == 0) reached.push_back(entity);
    sum += amount;
  }
};

enum class By : std::uint8_t { One, Root, Degree };

double divided(double value, By by, std::size_t degree) {
  const auto d = static_cast<double>(degree);
  if (by == By::One) return value;
  return by == By::Root ? value / std::sqrt(d) : value / d;
}

std::string_view suffix_of(std::string_view name) {
  const std::size_t blank = name.rfind(' ');
  if (blank == std::string_view::npos || blank == 0) return {};
  const std::string_view tail = name.substr(blank + 1);
  if (tail.empty() || tail.size() > 3) return {};
  for (const char c : tail) {
    if (c < 'A' || c > 'Z') return {};
  }
  return tail;
}

}  // namespace

const std::vector<PairFeature>& pair_features() {
  static const std::vector<PairFeature> all = make_registry();
  return all;
}

std::optional<std::size_t> pair_feature(std::string_view name) {
  const std::vector<PairFeature>& all = pair_features();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].name == name) return i;
  }
  return std::nullopt;
}

namespace {

constexpr std::array<std::pair<FirmGrouping, std::string_view>, 4> kGroupings = {
    {{FirmGrouping::Auto, "auto"},
     {FirmGrouping::None, "none"},
     {FirmGrouping::Region, "region"},
     {FirmGrouping::NameSuffix, "suffix"}}};

}  // namespace

std::string_view grouping_word(FirmGrouping grouping) {
  return kGroupings[static_cast<std::size_t>(grouping)].second;
}

std::optional<FirmGrouping> parse_grouping(std::string_view word) {
  for (const auto& [grouping, name] : kGroupings) {
    if (name == word) return grouping;
  }
  return std::nullopt;
}

struct PairFeatures::Body {
  /// What one thread needs for a source; cleared behind every source.
  struct Desk {
    std::array<Front, kWalks> walks;
    std::array<Front, 9> between;
    std::vector<std::uint32_t> rank;  ///< of the walk at hand; 0 = beyond kRanked
    std::vector<bool> closed;         ///< the source and what is joined with it
    const std::vector<LinkRegression::Lanes>* regressed = nullptr;  ///< of a few sources
    std::size_t lane = 0;                                           ///< of this one
  };

  Body(const EnterpriseGraph& g, const LinkTask& t, const PairFeatureOptions& o)
      : graph(g),
        relation(t.relation),
        source_end(t.source_end),
        links(g, t),
        keys(g),
        factors(links, keys.all(), kFactors),
        regression(links, g.size()),
        arena(o.threads == 0 ? tbb::task_arena::automatic : static_cast<int>(o.threads)) {
    rankable.resize(graph.size());
    for (const EntityId entity : candidates_of(graph, t)) rankable[raw(entity)] = true;
    std::size_t made = 0;
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
      const EntityId from{i};
      either_offsets.push_back(either.size());
      const auto ahead = links.onwards(from);
      const auto behind = links.back(from);
      std::set_union(ahead.begin(), ahead.end(), behind.begin(), behind.end(),
                     std::back_inserter(either));
      made += graph.relation(RelationKind::Makes).targets(from).size();
    }
    either_offsets.push_back(either.size());
    segments = relation == RelationKind::Supplies && made > 0 &&
               graph.relation(RelationKind::Requires).size() > 0;
    owners = relation != RelationKind::Owns && graph.relation(RelationKind::Owns).size() > 0;
    choose_groups(o.grouping);
    count_groups();
  }

  std::span<const EntityId> both(EntityId from) const {
    return {either.data() + either_offsets[raw(from)],
            static_cast<std::size_t>(either_offsets[raw(from) + 1] - either_offsets[raw(from)])};
  }

  void choose_groups(FirmGrouping wanted) {
    const std::uint32_t firms = graph.size(EntityKind::Firm);
    if (wanted == FirmGrouping::Auto) {
      std::size_t regions = 0;
      std::size_t suffixes = 0;
      for (std::uint32_t i = 0; i < firms; ++i) {
        const EntityId entity = graph.entity(FirmId{i});
        if (graph.region(entity).code.known()) ++regions;
        if (!suffix_of(graph.name(entity)).empty()) ++suffixes;
      }
      if (regions > 0) {
        wanted = FirmGrouping::Region;
      } else if (firms > 0 && 10 * suffixes >= 9 * static_cast<std::size_t>(firms)) {
        wanted = FirmGrouping::NameSuffix;
      } else {
        wanted = FirmGrouping::None;
      }
    }
    grouping = wanted;
    group.assign(graph.size(), -1);
    HashMap<std::string, std::int32_t> known;
    for (std::uint32_t i = 0; i < firms && grouping != FirmGrouping::None; ++i) {
      const EntityId entity = graph.entity(FirmId{i});
      std::string key;
      if (grouping == FirmGrouping::Region) {
        const RegionCode code = graph.region(entity).code;
        if (code.known()) key = std::to_string(code.value() / 10000);
      } else {
        key = suffix_of(graph.name(entity));
      }
      if (key.empty()) continue;
      group[raw(entity)] =
          known.try_emplace(std::move(key), static_cast<std::int32_t>(known.size())).first->second;
    }
    groups = known.size();
  }

  void count_groups() {
    group_links.assign(groups, 0);
    std::vector<HashMap<EntityId, std::uint32_t>> liked(groups + 1);
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
      const EntityId source{i};
      const std::int32_t from = group[i];
      for (const EntityId to : links.onwards(source)) {
        ++liked[groups][to];
        if (from < 0) continue;
        ++liked[static_cast<std::size_t>(from)][to];
        ++group_links[static_cast<std::size_t>(from)];
        if (group[raw(to)] >= 0) ++pairs[{from, group[raw(to)]}];
      }
    }
    popular.resize(groups + 1);
    for (std::size_t g = 0; g <= groups; ++g) {
      std::vector<std::pair<EntityId, std::uint32_t>> order(liked[g].begin(), liked[g].end());
      std::sort(order.begin(), order.end(), [this](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : keys(a.first) < keys(b.first);
      });
      for (std::size_t i = 0; i < order.size() && i < 2 * kPopular; ++i) {
        popular[g].push_back(order[i].first);
      }
    }
  }

  template <typename Rows>
  void advance(const Front& at, Front& next, By by, const Rows& rows) const {
    next.prepare(graph.size());
    for (const EntityId from : at.reached) {
      const std::span<const EntityId> reached = rows(from);
      if (reached.empty()) continue;
      const double part = divided(at.value[raw(from)], by, reached.size());
      if (part == 0) continue;
      for (const EntityId to : reached) next.add(to, part);
    }
  }

  void walk(EntityId source, Desk& desk) const {
    const auto onward = [this](EntityId e) { return links.onwards(e); };
    const auto back = [this](EntityId e) { return links.back(e); };
    const auto way = [this](EntityId e) { return both(e); };
    auto& w = desk.walks;
    auto& [start, first, second, third, fourth, peers, spread, spread_next, alike] = desk.between;
    start.prepare(graph.size());
    start.add(source, 1.0);

    advance(start, first, By::One, onward);
    advance(first, second, By::Root, back);
    advance(second, w[kDirectedL3], By::Root, onward);
    second.clear();
    advance(first, second, By::One, back);
    advance(second, w[kDirectedL3Count], By::One, onward);
    second.clear();
    advance(first, second, By::Degree, back);
    advance(second, w[kDirectedL3ByDegree], By::Degree, onward);
    advance(w[kDirectedL3ByDegree], third, By::Degree, back);
    advance(third, w[kDirectedL5], By::Degree, onward);
    advance(first, w[kOnwardBack], By::Root, back);
    advance(first, w[kOnwardTwice], By::Root, onward);
    advance(w[kOnwardTwice], w[kOnwardThrice], By::Root, onward);
    advance(w[kOnwardTwice], w[kOnwardOnwardBack], By::Root, back);
    advance(start, peers, By::One, back);
    advance(peers, w[kBackOnward], By::Root, onward);
    advance(w[kBackOnward], w[kPeersOnward], By::Root, onward);
    advance(peers, fourth, By::Root, back);
    advance(fourth, w[kBackBackOnward], By::Root, onward);
    const auto links_of = [this](EntityId e) {
      return static_cast<double>(links.onwards(e).size() + links.back(e).size());
    };
    // Peers share what stands onwards and what stands back of them.
    advance(first, alike, By::Root, back);
    for (const EntityId e : w[kBackOnward].reached) alike.add(e, w[kBackOnward].value[raw(e)]);
    for (const EntityId e : alike.reached) {
      double& shared = alike.value[raw(e)];
      shared = e == source ? 0 : std::pow(shared / std::sqrt(links_of(e) + 4), 1.5);
    }
    advance(alike, w[kLikePeers], By::One, onward);
    // So do the partners' likes.
    for (const EntityId e : first.reached) first.value[raw(e)] = 1 / std::sqrt(links_of(e) + 2);
    second.clear();
    advance(first, second, By::One, back);
    advance(second, w[kLikePartners], By::Root, onward);
    second.clear();
    advance(first, second, By::One, onward);
    advance(second, w[kLikePartners], By::Root, back);
    for (const EntityId e : w[kLikePartners].reached) {
      w[kLikePartners].value[raw(e)] /= std::sqrt(links_of(e) + 2);
    }
    Front& expected = w[kEmbedding];
    expected.prepare(graph.size());
    w[kRegression].prepare(graph.size());
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
      if (!rankable[i]) continue;
      expected.reached.push_back(EntityId{i});
      expected.value[i] = static_cast<double>(factors.score(raw(source), i));
      w[kRegression].reached.push_back(EntityId{i});
      w[kRegression].value[i] = static_cast<double>((*desk.regressed)[i][desk.lane]);
    }
    first.clear();
    second.clear();
    advance(start, first, By::One, way);
    advance(first, w[kResourceAllocation], By::Degree, way);
    advance(first, second, By::Root, way);
    advance(second, w[kL3], By::Root, way);

    w[kPageRank].prepare(graph.size());
    spread.prepare(graph.size());
    spread.add(source, 1.0);
    double weight = 1 - kDamping;
    for (int step = 0; step < kPageRankSteps; ++step) {
      advance(spread, spread_next, By::Degree, way);
      weight *= kDamping;
      for (const EntityId e : spread_next.reached) {
        w[kPageRank].add(e, weight * spread_next.value[raw(e)]);
      }
      spread.clear();
      std::swap(spread, spread_next);
    }
    if (segments) complement(source, desk);
    for (Front& front : desk.between) front.clear();
  }

  void complement(EntityId source, Desk& desk) const {
    const Relation makes = graph.relation(RelationKind::Makes);
    const Relation needs = graph.relation(RelationKind::Requires);
    Front& found = desk.walks[kComplement];
    found.prepare(graph.size());
    for (const EntityId product : makes.targets(source)) {
      const auto others =
          source_end == SourceEnd::To ? needs.targets(product) : needs.sources(product);
      for (const EntityId other : others) {
        for (const EntityId firm : makes.sources(other)) found.add(firm, 1.0);
      }
    }
  }

  PairTable table(EntityId source, Desk& desk) const {
    desk.closed.resize(graph.size());
    desk.rank.resize(graph.size());
    walk(source, desk);
    const auto joined = both(source);
    desk.closed[raw(source)] = true;
    for (const EntityId entity : joined) desk.closed[raw(entity)] = true;
    const auto open = [this, &desk](EntityId e) {
      return rankable[raw(e)] && !desk.closed[raw(e)];
    };

    std::array<TopOfRow, kWalks> tops;
    std::vector<std::vector<EntityId>> rankings;
    ScoreRow row;
    for (std::size_t w = 0; w < kWalks; ++w) {
      const WalkAbout& about = kWalkAbout[w];
      if (about.pooled == 0 && !about.ranked) continue;
      row.entities.clear();
      row.scores.clear();
      for (const EntityId e : desk.walks[w].reached) {
        if (!open(e)) continue;
        row.entities.push_back(e);
        row.scores.push_back(settled(desk.walks[w].value[raw(e)]));
      }
      tops[w] = top_of_row(row, about.ranked ? kRanked : about.pooled, {}, keys.all());
      const auto pooled =
          static_cast<std::ptrdiff_t>(std::min(about.pooled, tops[w].entities.size()));
      rankings.emplace_back(tops[w].entities.begin(), tops[w].entities.begin() + pooled);
    }
    const std::int32_t own = group[raw(source)];
    rankings.emplace_back();
    for (const EntityId e : popular[own < 0 ? groups : static_cast<std::size_t>(own)]) {
      if (open(e) && rankings.back().size() < kPopular) rankings.back().push_back(e);
    }

    PairTable table;
    table.candidates = candidate_pool(rankings);
    fill(source, desk, tops, table);
    desk.closed[raw(source)] = false;
    for (const EntityId entity : joined) desk.closed[raw(entity)] = false;
    for (Front& front : desk.walks) front.clear();
    return table;
  }

  void fill(EntityId source, Desk& desk, const std::array<TopOfRow, kWalks>& tops,
            PairTable& table) const {
    const std::size_t width = pair_features().size();
    const std::size_t rows = table.candidates.size();
    table.values.assign(rows * width, kMissing);
    std::size_t column = 0;
    for (std::size_t w = 0; w < kWalks; ++w) {
      const bool known = w != kComplement || segments;
      const TopOfRow& top = tops[w];
      for (std::size_t i = 0; i < top.entities.size(); ++i) {
        // Entities of one score share the rank of the first of them.
        const bool tie = i > 0 && top.scores[i] == top.scores[i - 1];
        desk.rank[raw(top.entities[i])] =
            tie ? desk.rank[raw(top.entities[i - 1])] : static_cast<std::uint32_t>(i + 1);
      }
      const double best = top.scores.empty() ? 0 : top.scores.front();
      for (std::size_t i = 0; i < rows && known; ++i) {
        const std::size_t place = raw(table.candidates[i]);
        const double score = desk.walks[w].value.empty() ? 0 : desk.walks[w].value[place];
        float* values = &table.values[i * width + column];
        values[0] = static_cast<float>(score);
        if (!kWalkAbout[w].ranked) continue;
        values[1] = static_cast<float>(best > 0 ? score / best : 0);
        values[2] = static_cast<float>(std::log(
            desk.rank[place] == 0 ? 2.0 * kRanked : static_cast<double>(desk.rank[place])));
      }
      for (const EntityId e : top.entities) desk.rank[raw(e)] = 0;
      column += kWalkAbout[w].ranked ? 3 : 1;
    }
    for (const Walk w : kScaled) {
      for (std::size_t i = 0; i < rows; ++i) {
        const EntityId candidate = table.candidates[i];
        const double score = desk.walks[w].value[raw(candidate)];
        table.values[i * width + column] = static_cast<float>(
            score / std::sqrt(static_cast<double>(links.back(candidate).size() + 1)));
      }
      ++column;
    }
    HashMap<std::int32_t, std::uint32_t> partners;
    for (const EntityId e : links.onwards(source)) ++partners[group[raw(e)]];
    for (std::size_t i = 0; i < rows; ++i) {
      rest(source, table.candidates[i], partners, &table.values[i * width + column]);
    }
  }

  void rest(EntityId source, EntityId candidate,
            const HashMap<std::int32_t, std::uint32_t>& partners, float* values) const {
    const auto number = [](auto n) { return static_cast<float>(n); };
    const auto into = links.back(candidate);
    const auto out = links.onwards(source);
    values[kCandidateLinks] = number(into.size() + 1);
    values[kCandidateOnward] = number(links.onwards(candidate).size());
    values[kSourceLinks] = number(out.size() + 1);
    values[kSourceBack] = number(links.back(source).size());
    const std::int32_t from = group[raw(source)];
    const std::int32_t to = group[raw(candidate)];
    if (from >= 0) {
      std::size_t alike = 0;
      for (const EntityId e : into) alike += group[raw(e)] == from ? 1 : 0;
      values[kGroupLinks] = number(alike);
      if (!into.empty()) values[kCandidateGroupShare] = number(alike) / number(into.size());
    }
    if (to >= 0 && !out.empty()) {
      const auto found = partners.find(to);
      values[kSourceGroupShare] =
          found == partners.end() ? 0 : number(found->second) / number(out.size());
    }
    if (from >= 0 && to >= 0) {
      values[kSameGroup] = from == to ? 1 : 0;
      const std::uint64_t all = group_links[static_cast<std::size_t>(from)];
      const auto found = pairs.find({from, to});
      values[kGroupRate] = found == pairs.end() ? 0 : number(found->second) / number(all);
    }
    std::optional<Figure> size = graph.number(candidate, EntityNumber::Revenue);
    if (!size) size = graph.number(candidate, EntityNumber::RegisteredCapital);
    if (size && size->value > 0) values[kCapital] = number(std::log10(size->value));
    const RegionCode here = graph.region(source).code;
    const RegionCode there = graph.region(candidate).code;
    if (here.known() && there.known()) values[kNearness] = number(nearness(here, there));
    if (owners) values[kOwnership] = number(owned(source, candidate));
  }

  int owned(EntityId a, EntityId b) const {
    const Relation owns = graph.relation(RelationKind::Owns);
    if (owns.connects(a, b) || owns.connects(b, a)) return 2;
    const auto first = owns.sources(a);
    const auto second = owns.sources(b);
    auto x = first.begin();
    auto y = second.begin();
    while (x != first.end() && y != second.end()) {
      if (*x == *y) return 1;
      if (*x < *y) {
        ++x;
      } else {
        ++y;
      }
    }
    return 0;
  }

  EnterpriseGraph graph;  // shares its data
  RelationKind relation;
  SourceEnd source_end;
  VisibleLinks links;
  EntityKeys keys;
  LinkFactors factors;
  LinkRegression regression;
  mutable tbb::task_arena arena;
  std::vector<std::uint64_t> either_offsets;
  std::vector<EntityId> either;
  std::vector<bool> rankable;
  bool segments = false;
  bool owners = false;
  FirmGrouping grouping = FirmGrouping::None;
  std::vector<std::int32_t> group;  ///< of every entity; -1 = not known
  std::size_t groups = 0;
  std::vector<std::uint64_t> group_links;
  HashMap<std::pair<std::int32_t, std::int32_t>, std::uint64_t> pairs;
  std::vector<std::vector<EntityId>> popular;  ///< of every group, at the end of all
};

PairFeatures::PairFeatures(const EnterpriseGraph& graph, const LinkTask& task,
                           const PairFeatureOptions& options)
    : body_(std::make_unique<Body>(graph, task, options)) {}
PairFeatures::~PairFeatures() = default;
PairFeatures::PairFeatures(PairFeatures&&) noexcept = default;
PairFeatures& PairFeatures::operator=(PairFeatures&&) noexcept = default;

FirmGrouping PairFeatures::grouping() const noexcept { return body_->grouping; }

std::vector<PairTable> PairFeatures::tables(std::span<const EntityId> sources,
                                            const std::stop_token& stop) const {
  std::vector<PairTable> tables(sources.size());
  tbb::enumerable_thread_specific<Body::Desk> desks;
  body_->arena.execute([&] {
    constexpr std::size_t kAtOnce = LinkRegression::kAtOnce;
    parallel_for((sources.size() + kAtOnce - 1) / kAtOnce, [&](std::size_t b) {
      const std::size_t first = b * kAtOnce;
      const auto some = sources.subspan(first, std::min(kAtOnce, sources.size() - first));
      const std::vector<LinkRegression::Lanes> regressed = body_->regression.scores(some);
      Body::Desk& desk = desks.local();
      desk.regressed = &regressed;
      for (std::size_t i = 0; i < some.size(); ++i) {
        if (stop.stop_requested()) {
          throw Error(ErrorCode::Cancelled,
                      {"the features of pairs were cancelled before their end; start again for a "
                       "result",
                       "候选特征在完成前已被取消；如需结果，请重新运行"});
        }
        desk.lane = i;
        tables[first + i] = body_->table(some[i], desk);
      }
    });
  });
  return tables;
}

}  // namespace liantu
