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

#include "base/core/hash_map.hpp"
#include "base/run/arena.hpp"
#include "base/run/parallel.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/links/learning/candidate_pool.hpp"
#include "links/backtest/settled.hpp"
#include "links/backtest/visible_links.hpp"
#include "links/learning/owners_above.hpp"
#include "links/learning/pair_groups.hpp"
#include "links/learning/pair_walks.hpp"
#include "links/paths/entity_keys.hpp"

namespace liantu {

namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();
/// Candidates beyond this rank of a walk are no longer told apart.
constexpr std::size_t kRanked = 400;
/// Most candidates that are there for being linked by many.
constexpr std::size_t kPopular = 60;

float number(double value) { return static_cast<float>(value); }
float number(std::size_t count) { return static_cast<float>(count); }

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

/// A source and what is counted of it once.
struct SourceSide {
  const EnterpriseGraph& graph;
  const VisibleLinks& links;
  const PairGroups& groups;
  bool owners;  ///< whether ownership says anything
  EntityId id;
  std::span<const EntityId> out;
  std::int32_t group;
  HashMap<std::int32_t, std::uint32_t> partners;  ///< of each group
  std::vector<EntityId> above;                    ///< see owners_above(); empty without `owners`
};

/// A pair and what several features are computed from.
struct Pair {
  const SourceSide& source;
  EntityId candidate;
  std::span<const EntityId> into;  ///< sources that link to the candidate
  std::int32_t group;              ///< of the candidate
  std::size_t alike;               ///< sources among them that are of the source's group
};

/// A feature that is looked up or counted for one pair at a time.
struct Counted {
  std::string_view name;
  std::string_view en;
  std::string_view zh;
  std::string_view unit;
  std::string_view missing_en;  ///< empty = always has a value
  std::string_view missing_zh;
  int monotone;
  float (*value)(const Pair&);
};

constexpr std::string_view kNoGroup = "the group of an end is not known";
constexpr std::string_view kNoGroupZh = "有一方所属组别未知";

constexpr Counted kCounted[] = {
    {"candidate_links", "sources that link to the candidate, this pair counted",
     "联系该候选方的起点数（含本对）", "links", "", "", 0,
     [](const Pair& p) { return number(p.into.size() + 1); }},
    {"candidate_onward", "entities that the candidate itself links to as a source",
     "候选方作为起点的联系数", "links", "", "", 0,
     [](const Pair& p) { return number(p.source.links.onwards(p.candidate).size()); }},
    {"source_links", "entities that the source links to, this pair counted",
     "起点的联系数（含本对）", "links", "", "", 0,
     [](const Pair& p) { return number(p.source.out.size() + 1); }},
    {"source_back", "entities that link to the source as a candidate", "以该起点为候选方的联系数",
     "links", "", "", 0,
     [](const Pair& p) { return number(p.source.links.back(p.source.id).size()); }},
    {"same_group", "1 when both ends are of one group (see FirmGrouping), else 0",
     "双方同组为 1，否则为 0", "1", kNoGroup, kNoGroupZh, 0,
     [](const Pair& p) {
       if (p.source.group < 0 || p.group < 0) return kMissing;
       return p.source.group == p.group ? 1.0F : 0.0F;
     }},
    {"group_rate", "share of all links of the source's group that lead to the candidate's group",
     "起点所在组的联系中去往候选方所在组的份额", "share", kNoGroup, kNoGroupZh, 0,
     [](const Pair& p) {
       if (p.source.group < 0 || p.group < 0) return kMissing;
       const std::uint64_t between = p.source.groups.links_between(p.source.group, p.group);
       return between == 0 ? 0 : number(between) / number(p.source.groups.links_of(p.source.group));
     }},
    {"candidate_group_share", "share of the candidate's links that come from the source's group",
     "候选方的联系中来自起点所在组的份额", "share",
     "the group of the source is not known, or nothing links to the candidate",
     "起点所属组别未知，或候选方没有联系", 0,
     [](const Pair& p) {
       if (p.source.group < 0 || p.into.empty()) return kMissing;
       return number(p.alike) / number(p.into.size());
     }},
    {"source_group_share", "share of the source's links that lead to the candidate's group",
     "起点的联系中去往候选方所在组的份额", "share",
     "the group of the candidate is not known, or the source has no links",
     "候选方所属组别未知，或起点没有联系", 0,
     [](const Pair& p) {
       if (p.group < 0 || p.source.out.empty()) return kMissing;
       const auto found = p.source.partners.find(p.group);
       if (found == p.source.partners.end()) return 0.0F;
       return number(std::size_t{found->second}) / number(p.source.out.size());
     }},
    {"group_links", "links of the candidate that come from the source's group",
     "候选方来自起点所在组的联系数", "links", "the group of the source is not known",
     "起点所属组别未知", 1,
     [](const Pair& p) { return p.source.group < 0 ? kMissing : number(p.alike); }},
    {"candidate_capital", "decimal logarithm of revenue, else registered capital of the candidate",
     "候选方营业收入（无则注册资本）的常用对数", "lg CNY", "neither is known, or it is 0",
     "两者皆未知，或为 0", 0,
     [](const Pair& p) {
       std::optional<Figure> size = p.source.graph.number(p.candidate, EntityNumber::Revenue);
       if (!size) size = p.source.graph.number(p.candidate, EntityNumber::RegisteredCapital);
       return size && size->value > 0 ? number(std::log10(size->value)) : kMissing;
     }},
    {"nearness",
     "3 in one district, 2 in one city, 1 in one province, as far as both regions tell, else 0",
     "同区县 3，同市 2，同省 1（以双方已知地区为限），否则 0", "level", "a region is not known",
     "有一方地区未知", 0,
     [](const Pair& p) {
       const RegionCode here = p.source.graph.region(p.source.id).code;
       const RegionCode there = p.source.graph.region(p.candidate).code;
       if (!here.known() || !there.known()) return kMissing;
       return static_cast<float>(nearness(here, there));
     }},
    {"ownership",
     "2 when one end holds a share of the other or controls it through any number of firms, 1 when "
     "both have such an owner in common, else 0",
     "一方持有另一方股权或逐级控股 2，有共同股东或同受一方控制 1，否则 0", "level",
     "the graph has no `owns`, or that is the relation ranked",
     "图中没有持股关系，或所评关系就是持股", 0,
     [](const Pair& p) {
       if (!p.source.owners) return kMissing;
       return static_cast<float>(affiliation(p.source.id, p.source.above, p.candidate,
                                             owners_above(p.source.graph, p.candidate)));
     }},
};

std::vector<PairFeature> make_registry() {
  std::vector<PairFeature> all;
  const auto text = [](std::string_view en, std::string_view zh) {
    return Text{std::string(en), std::string(zh)};
  };
  for (const PairWalks::Feature& walk : PairWalks::features()) {
    const Text missing =
        walk.name == "complement"
            ? Text{"the graph lacks `makes` or `requires`, or the relation is not supplies",
                   "图中没有主营或需要关系，或所评关系不是供货"}
            : Text{};
    all.push_back(
        {std::string(walk.name),
         {fmt::format("sum over walks {}", walk.en), fmt::format("按路径求和：{}", walk.zh)},
         "1",
         missing,
         1});
    if (!walk.ranked) continue;
    all.push_back(
        {fmt::format("{}_share", walk.name),
         {fmt::format("{} over the best that it gives any candidate of the source", walk.name),
          fmt::format("{} 与该起点最高分之比", walk.name)},
         "share",
         missing,
         1});
    all.push_back(
        {fmt::format("{}_rank", walk.name),
         {fmt::format("logarithm of the rank by {}; all beyond {} alike", walk.name, kRanked),
          fmt::format("按 {} 的名次取对数；{} 名以后不分", walk.name, kRanked)},
         "ln rank",
         missing,
         -1});
  }
  for (const PairWalks::Feature& walk : PairWalks::features()) {
    if (!walk.per_size) continue;
    all.push_back({fmt::format("{}_per_size", walk.name),
                   {fmt::format("{} over the root of the candidate's links", walk.name),
                    fmt::format("{} 除以候选方联系数的平方根", walk.name)},
                   "1",
                   {},
                   1});
  }
  for (const Counted& one : kCounted) {
    all.push_back({std::string(one.name), text(one.en, one.zh), one.unit,
                   text(one.missing_en, one.missing_zh), one.monotone});
  }
  return all;
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
  /// Memory that one thread works in; cleared after every source.
  struct Scratch {
    PairWalks::Scratch walks;
    std::vector<std::uint32_t> rank;  ///< of the walk at hand; 0 = beyond kRanked
    std::vector<bool> closed;         ///< the source and what is joined with it
  };

  Body(const EnterpriseGraph& g, const LinkTask& t, const PairFeatureOptions& o)
      : graph(g),
        links(g, t),
        keys(g),
        walks(graph, t, links, keys),
        groups(graph, links, keys, o.grouping),
        owners(t.relation != RelationKind::Owns && g.relation(RelationKind::Owns).size() > 0),
        arena(o.threads == 0 ? tbb::task_arena::automatic : static_cast<int>(o.threads)) {}

  PairTable table(EntityId source, Scratch& scratch) const {
    scratch.closed.resize(graph.size());
    scratch.rank.resize(graph.size());
    walks.run(source, scratch.walks);
    scratch.closed[raw(source)] = true;
    for (const EntityId entity : walks.joined(source)) scratch.closed[raw(entity)] = true;
    PairTable table;
    const std::vector<TopOfRow> tops = best_of_walks(scratch);
    table.candidates = pool(source, tops, scratch);
    fill(source, scratch, tops, table);
    scratch.closed[raw(source)] = false;
    for (const EntityId entity : walks.joined(source)) scratch.closed[raw(entity)] = false;
    scratch.walks.clear();
    return table;
  }

  bool open(EntityId entity, const Scratch& scratch) const {
    return walks.rankable(entity) && !scratch.closed[raw(entity)];
  }

  /// Of every walk that ranks or adds candidates, those that stand first.
  std::vector<TopOfRow> best_of_walks(const Scratch& scratch) const {
    std::vector<TopOfRow> tops;
    ScoreRow row;
    for (const PairWalks::Feature& walk : PairWalks::features()) {
      const EntityValues& given = scratch.walks.given(tops.size());
      tops.emplace_back();
      if (walk.pooled == 0 && !walk.ranked) continue;
      row.entities.clear();
      row.scores.clear();
      for (const EntityId e : given.reached) {
        if (!open(e, scratch)) continue;
        row.entities.push_back(e);
        row.scores.push_back(settled(given.value[raw(e)]));
      }
      tops.back() = top_of_row(row, walk.ranked ? kRanked : walk.pooled, {}, keys.all());
    }
    return tops;
  }

  std::vector<EntityId> pool(EntityId source, const std::vector<TopOfRow>& tops,
                             const Scratch& scratch) const {
    std::vector<std::vector<EntityId>> rankings;
    for (std::size_t w = 0; w < tops.size(); ++w) {
      const std::vector<EntityId>& best = tops[w].entities;
      const std::size_t pooled = std::min(PairWalks::features()[w].pooled, best.size());
      rankings.emplace_back(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(pooled));
    }
    rankings.emplace_back();
    for (const EntityId e : groups.popular(groups.of(source))) {
      if (open(e, scratch) && rankings.back().size() < kPopular) rankings.back().push_back(e);
    }
    return candidate_pool(rankings);
  }

  void fill(EntityId source, Scratch& scratch, const std::vector<TopOfRow>& tops,
            PairTable& table) const {
    const std::size_t width = pair_features().size();
    table.values.assign(table.candidates.size() * width, kMissing);
    std::size_t column = 0;
    for (std::size_t w = 0; w < tops.size(); ++w) {
      if (scratch.walks.known(w)) fill_walk(scratch, w, tops[w], table, column);
      column += PairWalks::features()[w].ranked ? 3 : 1;
    }
    for (std::size_t w = 0; w < tops.size(); ++w) {
      if (!PairWalks::features()[w].per_size) continue;
      const EntityValues& given = scratch.walks.given(w);
      for (std::size_t i = 0; i < table.candidates.size(); ++i) {
        const EntityId candidate = table.candidates[i];
        const auto into = static_cast<double>(links.back(candidate).size() + 1);
        table.values[i * width + column] = number(given.of(candidate) / std::sqrt(into));
      }
      ++column;
    }
    fill_counted(source, table, column);
  }

  void fill_walk(Scratch& scratch, std::size_t w, const TopOfRow& top, PairTable& table,
                 std::size_t column) const {
    const std::size_t width = pair_features().size();
    for (std::size_t i = 0; i < top.entities.size(); ++i) {
      // Entities of one score share the rank of the first of them.
      const bool tie = i > 0 && top.scores[i] == top.scores[i - 1];
      scratch.rank[raw(top.entities[i])] =
          tie ? scratch.rank[raw(top.entities[i - 1])] : static_cast<std::uint32_t>(i + 1);
    }
    const double best = top.scores.empty() ? 0 : top.scores.front();
    for (std::size_t i = 0; i < table.candidates.size(); ++i) {
      const double score = scratch.walks.given(w).of(table.candidates[i]);
      float* values = &table.values[i * width + column];
      values[0] = number(score);
      if (!PairWalks::features()[w].ranked) continue;
      const std::uint32_t rank = scratch.rank[raw(table.candidates[i])];
      values[1] = number(best > 0 ? score / best : 0);
      values[2] = number(std::log(rank == 0 ? 2.0 * kRanked : static_cast<double>(rank)));
    }
    for (const EntityId e : top.entities) scratch.rank[raw(e)] = 0;
  }

  void fill_counted(EntityId id, PairTable& table, std::size_t column) const {
    SourceSide source{graph, links, groups, owners, id, links.onwards(id), groups.of(id), {}, {}};
    if (owners) source.above = owners_above(graph, id);
    for (const EntityId e : source.out) ++source.partners[groups.of(e)];
    const std::size_t width = pair_features().size();
    for (std::size_t i = 0; i < table.candidates.size(); ++i) {
      const EntityId candidate = table.candidates[i];
      Pair pair{source, candidate, links.back(candidate), groups.of(candidate), 0};
      for (const EntityId e : pair.into) {
        pair.alike += source.group >= 0 && groups.of(e) == source.group ? 1 : 0;
      }
      float* value = &table.values[i * width + column];
      for (const Counted& one : kCounted) *value++ = one.value(pair);
    }
  }

  EnterpriseGraph graph;  // shares its data
  VisibleLinks links;
  EntityKeys keys;
  PairWalks walks;
  PairGroups groups;
  bool owners;
  mutable tbb::task_arena arena;
};

PairFeatures::PairFeatures(const EnterpriseGraph& graph, const LinkTask& task,
                           const PairFeatureOptions& options)
    : body_(std::make_unique<Body>(graph, task, options)) {}
PairFeatures::~PairFeatures() = default;
PairFeatures::PairFeatures(PairFeatures&&) noexcept = default;
PairFeatures& PairFeatures::operator=(PairFeatures&&) noexcept = default;

FirmGrouping PairFeatures::grouping() const noexcept { return body_->groups.grouping(); }

std::vector<PairTable> PairFeatures::tables(std::span<const EntityId> sources,
                                            const std::stop_token& stop) const {
  std::vector<PairTable> tables(sources.size());
  tbb::enumerable_thread_specific<Body::Scratch> scratches;
  run_in(body_->arena, [&] {
    constexpr std::size_t kAtOnce = LinkRegression::kAtOnce;
    parallel_for((sources.size() + kAtOnce - 1) / kAtOnce, [&](std::size_t b) {
      const std::size_t first = b * kAtOnce;
      const auto some = sources.subspan(first, std::min(kAtOnce, sources.size() - first));
      const std::vector<LinkRegression::Lanes> regressed = body_->walks.regressed(some);
      Body::Scratch& scratch = scratches.local();
      for (std::size_t i = 0; i < some.size(); ++i) {
        if (stop.stop_requested()) {
          throw Error(ErrorCode::Cancelled,
                      {"the features of pairs were cancelled before their end; start again for a "
                       "result",
                       "候选特征在完成前已被取消；如需结果，请重新运行"});
        }
        scratch.walks.begin(regressed, i);
        tables[first + i] = body_->table(some[i], scratch);
      }
    });
  });
  return tables;
}

}  // namespace liantu
