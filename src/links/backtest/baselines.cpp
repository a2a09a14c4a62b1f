#include "liantu/links/backtest/baselines.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "base/run/parallel.hpp"
#include "base/run/stopping.hpp"
#include "liantu/base/text/error.hpp"
#include "links/backtest/ends.hpp"
#include "links/paths/draw.hpp"
#include "links/paths/entity_keys.hpp"

namespace liantu {
namespace {

constexpr std::uint64_t kDrawScores = 21;

constexpr Interrupted kBaselineRanking = {"ranking by a baseline was cancelled",
                                          "基线排序已被取消"};

/// Makes one row a source on all threads.
template <typename Make>
std::vector<ScoreRow> rows_by(std::span<const EntityId> sources, const std::stop_token& stop,
                              const Make& make) {
  std::vector<ScoreRow> rows(sources.size());
  parallel_for(sources.size(), [&](std::size_t i) {
    if (!stop.stop_requested()) rows[i] = make(sources[i]);
  });
  check_stop(stop, kBaselineRanking);
  return rows;
}

LinkMethod unavailable(std::string name, std::string why) {
  return {std::move(name), MethodKind::Baseline, nullptr, std::move(why)};
}

LinkMethod random_method(const EnterpriseGraph& graph,
                         std::shared_ptr<const std::vector<EntityId>> candidates,
                         std::uint64_t seed) {
  const auto keys = std::make_shared<const EntityKeys>(graph);
  return {"random",
          MethodKind::Baseline,
          [candidates = std::move(candidates), keys, seed](std::span<const EntityId> sources,
                                                           const std::stop_token& stop) {
            return rows_by(sources, stop, [&](EntityId source) {
              ScoreRow row{*candidates, {}};
              row.scores.reserve(candidates->size());
              for (const EntityId entity : *candidates) {
                row.scores.push_back(
                    fraction(drawn({seed, kDrawScores, (*keys)(source), (*keys)(entity)})));
              }
              return row;
            });
          },
          {}};
}

/// What a task leaves visible.
class Visible {
  [[nodiscard]] auto seen() const {
    return [this](std::uint64_t edge) { return !hidden_(edge); };
  }

 public:
  Visible(const EnterpriseGraph& graph, const LinkTask& task)
      : relation_(graph.relation(task.relation)),
        end_(task.source_end),
        hidden_(relation_.size(), task.hidden) {}

  /// Entities at the ranked end that a source is linked with.
  [[nodiscard]] std::vector<EntityId> of_source(EntityId source) const {
    return others_of(relation_, source, end_, seen());
  }
  [[nodiscard]] std::size_t degree(EntityId candidate) const {
    return others_of(relation_, candidate, opposite(end_), seen()).size();
  }

 private:
  Relation relation_;
  SourceEnd end_;
  HiddenMask hidden_;
};

LinkMethod degree_method(const std::vector<EntityId>& candidates, const Visible& visible) {
  auto row = std::make_shared<ScoreRow>();
  for (const EntityId entity : candidates) {
    const std::size_t degree = visible.degree(entity);
    if (degree == 0) continue;
    row->entities.push_back(entity);
    row->scores.push_back(static_cast<double>(degree));
  }
  return {"degree",
          MethodKind::Baseline,
          [row](std::span<const EntityId> sources, const std::stop_token&) {
            return std::vector<ScoreRow>(sources.size(), *row);
          },
          {}};
}

/// Entities at the source's end of the relation.
std::vector<EntityId> sources_of(const EnterpriseGraph& graph, const LinkTask& task) {
  LinkTask turned;
  turned.relation = task.relation;
  turned.source_end = opposite(task.source_end);
  return candidates_of(graph, turned);
}

// ---- segments ----

/// How often makers of two segments are linked.
struct SegmentRates {
  Relation makes;
  std::map<EntityId, std::vector<std::pair<EntityId, double>>> of;  // by segment of the source
};

LinkMethod segment_method(const EnterpriseGraph& graph, const LinkTask& task,
                          const Visible& visible) {
  constexpr std::string_view kName = "segment_rate";
  if (task.relation == RelationKind::Makes) {
    return unavailable(std::string(kName), "what firms make is what is hidden");
  }
  const Relation makes = graph.relation(RelationKind::Makes);
  std::map<std::pair<EntityId, EntityId>, double> links;
  for (const EntityId source : sources_of(graph, task)) {
    const auto made = makes.targets(source);
    if (made.empty()) continue;
    for (const EntityId other : visible.of_source(source)) {
      for (const EntityId s : made) {
        for (const EntityId t : makes.targets(other)) ++links[{s, t}];
      }
    }
  }
  if (links.empty()) {
    return unavailable(std::string(kName),
                       "no visible link joins two firms whose segments are known");
  }
  auto rates = std::make_shared<SegmentRates>(SegmentRates{makes, {}});
  for (const auto& [pair, count] : links) {
    const auto pairs = static_cast<double>(makes.in_degree(pair.first)) *
                       static_cast<double>(makes.in_degree(pair.second));
    rates->of[pair.first].emplace_back(pair.second, count / (pairs + 1));
  }
  return {std::string(kName),
          MethodKind::Baseline,
          [rates](std::span<const EntityId> sources, const std::stop_token& stop) {
            return rows_by(sources, stop, [&](EntityId source) {
              std::map<EntityId, double> best;
              for (const EntityId s : rates->makes.targets(source)) {
                const auto found = rates->of.find(s);
                if (found == rates->of.end()) continue;
                for (const auto& [t, rate] : found->second) {
                  for (const EntityId maker : rates->makes.sources(t)) {
                    double& score = best[maker];
                    score = std::max(score, rate);
                  }
                }
              }
              ScoreRow row;
              for (const auto& [entity, score] : best) {
                row.entities.push_back(entity);
                row.scores.push_back(score);
              }
              return row;
            });
          },
          {}};
}

// ---- attributes ----

/// One attribute: a value of each entity as a small number, 0 where it is not stated.
struct Attribute {
  std::vector<std::uint32_t> values;      // by entity
  std::vector<std::vector<double>> lift;  // ln; by value of the source, of the candidate
};

std::vector<std::uint32_t> numbered(const EnterpriseGraph& graph, const auto& value_of) {
  std::map<std::string, std::uint32_t> numbers;
  std::vector<std::uint32_t> values(graph.size(), 0);
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    const std::string value = value_of(EntityId{i});
    if (value.empty()) continue;
    values[i] =
        numbers.try_emplace(value, static_cast<std::uint32_t>(numbers.size() + 1)).first->second;
  }
  return values;
}

std::vector<std::vector<std::uint32_t>> attribute_values(const EnterpriseGraph& graph) {
  const auto region = [&](EntityId entity, std::size_t digits) {
    const std::string code = graph.region(entity).code.to_string();
    return code.size() < digits ? std::string() : code.substr(0, digits);
  };
  return {
      numbered(graph, [&](EntityId entity) { return region(entity, 2); }),
      numbered(graph, [&](EntityId entity) { return region(entity, 6); }),
      numbered(graph,
               [&](EntityId entity) { return std::string(graph.text(entity, EntityText::Type)); }),
      numbered(graph,
               [&](EntityId entity) {
                 const auto capital = graph.number(entity, EntityNumber::RegisteredCapital);
                 if (!capital || capital->value < 1) return std::string();
                 return std::to_string(static_cast<int>(std::log10(capital->value)));
               }),
      numbered(graph, [&](EntityId entity) {
        const Date founded = graph.founded(entity);
        return founded.known() ? std::to_string(founded.year / 5) : std::string();
      })};
}

std::vector<double> count_values(const std::vector<std::uint32_t>& values,
                                 const std::vector<EntityId>& entities) {
  std::vector<double> counts(*std::ranges::max_element(values) + std::size_t{1}, 0.0);
  for (const EntityId entity : entities) ++counts[values[raw(entity)]];
  counts[0] = 0;
  return counts;
}

LinkMethod attribute_method(const EnterpriseGraph& graph, const LinkTask& task,
                            const Visible& visible,
                            std::shared_ptr<const std::vector<EntityId>> candidates) {
  constexpr std::string_view kName = "attributes";
  constexpr std::size_t kMostValues = 4096;  // of one attribute; pairs of values are counted
  auto known = std::make_shared<std::vector<Attribute>>();
  const std::vector<EntityId> sources = sources_of(graph, task);
  if (graph.size() == 0) return unavailable(std::string(kName), "the graph is empty");
  for (auto& values : attribute_values(graph)) {
    const std::vector<double> of_source = count_values(values, sources);
    const std::vector<double> of_candidate = count_values(values, *candidates);
    if (of_source.size() < 2 || of_source.size() > kMostValues) continue;
    std::vector<std::vector<double>> counts(of_source.size(),
                                            std::vector<double>(of_source.size(), 0.0));
    double links = 0;
    for (const EntityId source : sources) {
      const std::uint32_t a = values[raw(source)];
      if (a == 0) continue;
      for (const EntityId other : visible.of_source(source)) {
        const std::uint32_t b = values[raw(other)];
        if (b == 0) continue;
        ++counts[a][b];
        ++links;
      }
    }
    if (links == 0) continue;
    double all_sources = 0;
    double all_candidates = 0;
    for (const double count : of_source) all_sources += count;
    for (const double count : of_candidate) all_candidates += count;
    for (std::size_t a = 1; a < counts.size(); ++a) {
      for (std::size_t b = 1; b < counts.size(); ++b) {
        const double expected =
            links * (of_source[a] / all_sources) * (of_candidate[b] / all_candidates);
        counts[a][b] = std::log((counts[a][b] + 1) / (expected + 1));
      }
    }
    known->push_back({std::move(values), std::move(counts)});
  }
  if (known->empty()) {
    return unavailable(std::string(kName),
                       "no visible link joins two firms that state an attribute");
  }
  return {std::string(kName),
          MethodKind::Baseline,
          [known, candidates = std::move(candidates)](std::span<const EntityId> asked,
                                                      const std::stop_token& stop) {
            return rows_by(asked, stop, [&](EntityId source) {
              ScoreRow row{*candidates, std::vector<double>(candidates->size(), 0.0)};
              for (const Attribute& attribute : *known) {
                // Value 0 has a lift of 0 with any other.
                const auto& lift = attribute.lift[attribute.values[raw(source)]];
                for (std::size_t i = 0; i < candidates->size(); ++i) {
                  row.scores[i] += lift[attribute.values[raw((*candidates)[i])]];
                }
              }
              return row;
            });
          },
          {}};
}

}  // namespace

std::vector<LinkMethod> baseline_methods(const EnterpriseGraph& graph, const LinkTask& task,
                                         std::uint64_t seed) {
  const auto candidates = std::make_shared<const std::vector<EntityId>>(candidates_of(graph, task));
  const Visible visible(graph, task);
  std::vector<LinkMethod> methods;
  methods.push_back(random_method(graph, candidates, seed));
  methods.push_back(degree_method(*candidates, visible));
  methods.push_back(segment_method(graph, task, visible));
  methods.push_back(attribute_method(graph, task, visible, candidates));
  return methods;
}

}  // namespace liantu
