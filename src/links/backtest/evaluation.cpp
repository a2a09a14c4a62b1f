#include "liantu/links/backtest/evaluation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "base/parallel.hpp"
#include "liantu/base/error.hpp"
#include "links/backtest/ends.hpp"
#include "links/backtest/settled.hpp"
#include "links/paths/draw.hpp"
#include "links/paths/entity_keys.hpp"

namespace liantu {
namespace {

constexpr std::array<std::string_view, kMeasureCount> kMeasureWords = {
    "mrr",      "map",        "hits@10", "hits@20",    "hits@50",
    "hits@100", "recall@100", "auc",     "auc_degree", "auc_pr"};
constexpr std::size_t kSourceMeasures = 7;  // those that are means over sources or links
constexpr std::array<std::size_t, 4> kHits = {10, 20, 50, 100};
constexpr std::size_t kRecall = 100;
constexpr std::size_t kCurveSteps = 100;
constexpr std::size_t kEntriesABatch = std::size_t{1} << 22;  // entries of rows held at a time

enum Purpose : std::uint64_t { kUniform = 11, kOfDegree = 12, kDegreeOrder = 13, kBootstrap = 14 };

std::size_t place(Measure measure) { return static_cast<std::size_t>(measure); }

[[noreturn]] void invalid(std::string en, std::string zh) {
  throw Error(ErrorCode::InvalidArgument, {std::move(en), std::move(zh)});
}

void check_stop(const EvaluationOptions& options) {
  if (options.stop.stop_requested()) {
    throw Error(ErrorCode::Cancelled, {"the evaluation was cancelled before its end; start it "
                                       "again for a result",
                                       "评估在完成前已被取消；如需结果，请重新运行"});
  }
}

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

/// A hidden link that is asked for.
struct AskedLink {
  EntityId source{0};
  EntityId answer{0};
  LinkGroup::Kind warmth = LinkGroup::Kind::Warm;
  bool connected = false;
  std::optional<SegmentId> segment;
  std::vector<EntityId> uniform;    // negatives
  std::vector<EntityId> of_degree;  // negatives of like degree
};

/// One task, prepared: what is asked for, and what no method has to rank.
struct Round {
  const LinkTask* task = nullptr;
  std::vector<std::size_t> questions;  // of the task, in the order of their sources' keys
  std::vector<EntityId> sources;
  std::vector<std::uint32_t> groups;            // of the sources, in the bootstrap
  std::vector<std::size_t> first_links;         // of each source in `links`, and the end
  std::vector<AskedLink> links;                 // in the order of the sources
  std::vector<std::vector<EntityId>> excluded;  // for each source, of the candidates
  std::size_t candidates = 0;

  [[nodiscard]] std::span<const EntityId> answers(std::size_t i) const {
    return task->questions[questions[i]].answers;
  }
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

Round prepare(const EnterpriseGraph& graph, const LinkTask& task, const EntityKeys& keys,
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
        invalid(fmt::format("entity {} is asked for though it may not be ranked for source {}",
                            raw(answer), raw(question.source)),
                fmt::format("实体 {} 不能作为来源 {} 的答案", raw(answer), raw(question.source)));
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

/// What one method did in one round.
struct Outcome {
  std::vector<std::vector<double>> columns;  // kSourceMeasures, then 1, then links of each source
  std::vector<double> filtered;              // rank of each link
  PairOrder uniform;
  PairOrder of_degree;
  std::vector<std::vector<double>> said;  // of each source's pairs, by a method that does
  std::vector<std::vector<std::uint8_t>> came_true;  // parallel
};

/// The part of a row that is ranked.
void keep_candidates(ScoreRow& row, const std::vector<bool>& ranked) {
  const auto outside = [&](EntityId entity) { return !ranked[raw(entity)]; };
  if (std::ranges::none_of(row.entities, outside)) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < row.entities.size(); ++i) {
    if (outside(row.entities[i])) continue;
    row.entities[kept] = row.entities[i];
    row.scores[kept++] = row.scores[i];
  }
  row.entities.resize(kept);
  row.scores.resize(kept);
}

void check_row(const LinkMethod& method, const ScoreRow& row, std::uint32_t entities) {
  const bool ascending =
      std::ranges::adjacent_find(row.entities, std::greater_equal<>()) == row.entities.end();
  if (ascending && row.entities.size() == row.scores.size() &&
      (row.entities.empty() || raw(row.entities.back()) < entities)) {
    if (std::ranges::all_of(row.scores, [](double score) { return std::isfinite(score); })) return;
    invalid(fmt::format("method {} gave a score that is not finite; a method leaves out what it "
                        "cannot score",
                        method.name),
            fmt::format("方法 {} 给出的评分不是有限数；无法评分的对象应不列出", method.name));
  }
  invalid(
      fmt::format("method {} gave a row that is not ascending by entity, or with as many scores",
                  method.name),
      fmt::format("方法 {} 给出的行未按实体升序，或评分个数不符", method.name));
}

double score_in(const ScoreRow& row, EntityId entity) {
  const auto at = std::lower_bound(row.entities.begin(), row.entities.end(), entity);
  if (at == row.entities.end() || *at != entity) return -std::numeric_limits<double>::infinity();
  return row.scores[static_cast<std::size_t>(at - row.entities.begin())];
}

/// Runs the methods of one round and keeps what the figures need.
class RoundRun {
 public:
  RoundRun(const EnterpriseGraph& graph, const Round& round)
      : entities_(graph.size()), round_(round), ranked_(graph.size(), false) {
    for (const EntityId entity : candidates_of(graph, *round.task)) ranked_[raw(entity)] = true;
    for (const AskedLink& link : round.links) {
      first_uniform_.push_back(uniform_size_);
      first_of_degree_.push_back(of_degree_size_);
      uniform_size_ += 1 + link.uniform.size();
      of_degree_size_ += 1 + link.of_degree.size();
    }
  }

  /// One outcome a method; that of a method that cannot be fed stays empty. Methods that share work
  /// on the same sources are asked one behind the other.
  std::vector<Outcome> run(const std::vector<LinkMethod>& methods, std::size_t round,
                           std::size_t rounds, const EvaluationOptions& options) const {
    std::vector<Gathered> gathered(methods.size());
    for (std::size_t m = 0; m < methods.size(); ++m) {
      if (!methods[m].unavailable.empty()) continue;
      gathered[m].outcome.columns.assign(kSourceMeasures + 2,
                                         std::vector<double>(round_.sources.size(), 0.0));
      gathered[m].outcome.filtered.resize(round_.links.size());
      gathered[m].outcome.said.resize(round_.sources.size());
      gathered[m].outcome.came_true.resize(round_.sources.size());
      gathered[m].uniform.resize(uniform_size_);
      gathered[m].of_degree.resize(of_degree_size_);
    }
    const std::size_t sources = round_.sources.size();
    const std::size_t batch = std::clamp<std::size_t>(
        kEntriesABatch / std::max<std::size_t>(1, round_.candidates), 16, 4096);
    for (std::size_t first = 0; first < sources; first += batch) {
      const std::size_t here = std::min(batch, sources - first);
      const std::size_t done = (round * sources + first) * methods.size();
      for (std::size_t m = 0; m < methods.size(); ++m) {
        if (!methods[m].unavailable.empty()) continue;
        check_stop(options);
        if (options.progress) {
          options.progress("backtest", done + m * here, rounds * sources * methods.size());
        }
        std::vector<ScoreRow> rows = ask(methods[m], first, here, options.stop);
        parallel_for(here, [&](std::size_t i) {
          check_row(methods[m], rows[i], entities_);
          look_at(first + i, rows[i], gathered[m]);
          if (methods[m].probability) {
            listen(first + i, rows[i], methods[m].probability, gathered[m].outcome);
          }
        });
      }
    }
    std::vector<Outcome> outcomes;
    for (Gathered& one : gathered) {
      one.outcome.uniform = PairOrder(std::move(one.uniform));
      one.outcome.of_degree = PairOrder(std::move(one.of_degree));
      outcomes.push_back(std::move(one.outcome));
    }
    return outcomes;
  }

 private:
  struct Gathered {
    Outcome outcome;
    std::vector<PairScore> uniform;
    std::vector<PairScore> of_degree;
  };

  std::vector<ScoreRow> ask(const LinkMethod& method, std::size_t first, std::size_t count,
                            const std::stop_token& stop) const {
    std::vector<ScoreRow> rows = method.rows(std::span(round_.sources).subspan(first, count), stop);
    if (rows.size() != count) {
      invalid(fmt::format("method {} gave {} rows for {} sources", method.name, rows.size(), count),
              fmt::format("方法 {} 对 {} 个来源给出了 {} 行", method.name, count, rows.size()));
    }
    return rows;
  }

  void look_at(std::size_t i, ScoreRow& row, Gathered& gathered) const {
    if (round_.candidates < entities_) keep_candidates(row, ranked_);
    for (double& score : row.scores) score = settled(score);
    const auto ranks = rank_answers(row, round_.answers(i), round_.excluded[i],
                                    round_.candidates - round_.excluded[i].size());
    const auto links = static_cast<double>(ranks.size());
    auto& columns = gathered.outcome.columns;
    std::size_t column = 0;
    columns[column++][i] = reciprocal_rank(ranks);
    columns[column++][i] = average_precision(ranks);
    for (const std::size_t k : kHits) columns[column++][i] = links * hits_at(ranks, k);
    columns[column++][i] = recall_at(ranks, kRecall);
    columns[column++][i] = 1;
    columns[column][i] = links;
    for (std::size_t k = 0; k < ranks.size(); ++k) {
      const std::size_t at = round_.first_links[i] + k;
      const AskedLink& link = round_.links[at];
      gathered.outcome.filtered[at] = ranks[k].filtered;
      const auto put = [&](std::vector<PairScore>& pairs, std::size_t place_of,
                           const std::vector<EntityId>& others) {
        pairs[place_of] = {score_in(row, link.answer), round_.groups[i], true};
        for (const EntityId other : others) {
          pairs[++place_of] = {score_in(row, other), round_.groups[i], false};
        }
      };
      put(gathered.uniform, first_uniform_[at], link.uniform);
      put(gathered.of_degree, first_of_degree_[at], link.of_degree);
    }
  }

  // What a method says of the pairs that it scored, but for those that nobody asks for.
  void listen(std::size_t i, const ScoreRow& row, const std::function<double(double)>& probability,
              Outcome& outcome) const {
    for (std::size_t k = 0; k < row.entities.size(); ++k) {
      const EntityId entity = row.entities[k];
      if (std::ranges::binary_search(round_.excluded[i], entity)) continue;
      outcome.said[i].push_back(probability(row.scores[k]));
      outcome.came_true[i].push_back(std::ranges::binary_search(round_.answers(i), entity) ? 1 : 0);
    }
  }

  std::uint32_t entities_;
  const Round& round_;
  std::vector<bool> ranked_;
  std::vector<std::size_t> first_uniform_;  // of each link, in the pairs
  std::vector<std::size_t> first_of_degree_;
  std::size_t uniform_size_ = 0;
  std::size_t of_degree_size_ = 0;
};

/// Values of every measure, one of each drawing, mean over rounds.
using Drawings = std::array<std::vector<double>, kMeasureCount>;

// The last but one column counts sources, the last one links.
std::size_t denominator(std::size_t measure) {
  const bool of_links = measure >= place(Measure::Hits10) && measure <= place(Measure::Hits100);
  return of_links ? kSourceMeasures + 1 : kSourceMeasures;
}

Drawings draw(const Resamples& resamples, const std::vector<Round>& rounds,
              const std::vector<Outcome>& outcomes) {
  Drawings mean;
  for (auto& values : mean) values.assign(resamples.drawings(), 0.0);
  const auto share = 1 / static_cast<double>(rounds.size());
  for (std::size_t r = 0; r < rounds.size(); ++r) {
    const auto sums = resamples.sums(rounds[r].groups, outcomes[r].columns);
    for (std::size_t m = 0; m < kSourceMeasures; ++m) {
      const auto& of = sums[denominator(m)];
      for (std::size_t i = 0; i < of.size(); ++i) {
        if (of[i] > 0) mean[m][i] += share * sums[m][i] / of[i];
      }
    }
    for (std::size_t block = 0; block < resamples.blocks(); ++block) {
      const auto weights = resamples.weights(block);
      const DrawnAreas uniform = outcomes[r].uniform.weighted_areas(weights);
      const DrawnAreas of_degree = outcomes[r].of_degree.weighted_areas(weights);
      const std::size_t first = block * kDrawingsAtOnce;
      const std::size_t here = std::min(kDrawingsAtOnce, resamples.drawings() - first);
      for (std::size_t i = 0; i < here; ++i) {
        mean[place(Measure::Auc)][first + i] += share * uniform.roc[i];
        mean[place(Measure::AucPr)][first + i] += share * uniform.precision_recall[i];
        mean[place(Measure::AucDegree)][first + i] += share * of_degree.roc[i];
      }
    }
  }
  return mean;
}

std::array<double, kMeasureCount> values_of(const Outcome& outcome) {
  std::array<double, kMeasureCount> values{};
  const auto sum = [&](std::size_t column) {
    const auto& all = outcome.columns[column];
    return std::accumulate(all.begin(), all.end(), 0.0);
  };
  for (std::size_t m = 0; m < kSourceMeasures; ++m) values[m] = sum(m) / sum(denominator(m));
  values[place(Measure::Auc)] = outcome.uniform.roc_area();
  values[place(Measure::AucDegree)] = outcome.of_degree.roc_area();
  values[place(Measure::AucPr)] = outcome.uniform.precision_recall_area();
  return values;
}

void set_estimates(MethodFigures& figures, const std::vector<Outcome>& outcomes) {
  const auto rounds = static_cast<double>(outcomes.size());
  std::vector<std::array<double, kMeasureCount>> values;
  for (const Outcome& outcome : outcomes) values.push_back(values_of(outcome));
  for (std::size_t m = 0; m < kMeasureCount; ++m) {
    Estimate& estimate = figures.measures[m];
    for (const auto& one : values) estimate.value += one[m] / rounds;
    if (values.size() < 2) continue;
    double squares = 0;
    for (const auto& one : values) squares += std::pow(one[m] - estimate.value, 2);
    estimate.spread = std::sqrt(squares / (rounds - 1));
  }
  figures.curve.assign(kCurveSteps, {});
  for (const Outcome& outcome : outcomes) {
    const auto curve = outcome.uniform.precision_recall_curve(kCurveSteps);
    for (std::size_t i = 0; i < curve.size(); ++i) {
      figures.curve[i].recall = curve[i].recall;
      figures.curve[i].precision += curve[i].precision / rounds;
    }
  }
}

std::vector<ReliabilityRow> reliability_of(const std::vector<Outcome>& outcomes) {
  std::vector<double> said;
  std::vector<std::uint8_t> came_true;
  for (const Outcome& outcome : outcomes) {
    for (std::size_t i = 0; i < outcome.said.size(); ++i) {
      said.insert(said.end(), outcome.said[i].begin(), outcome.said[i].end());
      came_true.insert(came_true.end(), outcome.came_true[i].begin(), outcome.came_true[i].end());
    }
  }
  return reliability(said, came_true);
}

Comparison compare(double difference, const std::vector<double>& one,
                   const std::vector<double>& reference) {
  std::vector<double> differences(one.size());
  for (std::size_t i = 0; i < one.size(); ++i) differences[i] = one[i] - reference[i];
  return {difference, percentile_interval(differences), two_sided_p(differences)};
}

bool belongs(const AskedLink& link, const LinkGroup& group) {
  switch (group.kind) {
    case LinkGroup::Kind::Connected:
      return link.connected;
    case LinkGroup::Kind::Disconnected:
      return !link.connected;
    case LinkGroup::Kind::Segment:
      return link.segment == group.segment;
    default:
      return link.warmth == group.kind;
  }
}

std::vector<LinkGroup> find_groups(const EnterpriseGraph& graph, const EntityKeys& keys,
                                   const std::vector<Round>& rounds, std::size_t most_segments) {
  using Kind = LinkGroup::Kind;
  std::vector<LinkGroup> groups;
  for (const Kind kind : {Kind::Warm, Kind::ColdSource, Kind::ColdAnswer, Kind::ColdBoth,
                          Kind::Connected, Kind::Disconnected}) {
    groups.push_back({kind, std::nullopt, 0});
  }
  std::map<SegmentId, std::size_t> segments;
  for (const Round& round : rounds) {
    for (const AskedLink& link : round.links) {
      for (LinkGroup& group : groups) group.links += belongs(link, group) ? 1 : 0;
      if (link.segment) ++segments[*link.segment];
    }
  }
  std::erase_if(groups, [](const LinkGroup& group) { return group.links == 0; });
  std::vector<LinkGroup> by_segment;
  for (const auto& [segment, links] : segments)
    by_segment.push_back({Kind::Segment, segment, links});
  std::ranges::sort(by_segment, [&](const LinkGroup& a, const LinkGroup& b) {
    const auto key = [&](const LinkGroup& one) { return keys(graph.entity(*one.segment)); };
    return a.links != b.links ? a.links > b.links : key(a) < key(b);
  });
  by_segment.resize(std::min(by_segment.size(), most_segments));
  groups.insert(groups.end(), by_segment.begin(), by_segment.end());
  return groups;
}

GroupFigures group_figures(const std::vector<Round>& rounds, const std::vector<Outcome>& outcomes,
                           const LinkGroup& group) {
  GroupFigures figures;
  std::vector<double> reciprocals;
  for (std::size_t r = 0; r < rounds.size(); ++r) {
    for (std::size_t i = 0; i < rounds[r].links.size(); ++i) {
      if (!belongs(rounds[r].links[i], group)) continue;
      const double rank = outcomes[r].filtered[i];
      reciprocals.push_back(1 / rank);
      figures.hits20 += rank <= 20 ? 1 : 0;
      figures.hits50 += rank <= 50 ? 1 : 0;
    }
  }
  // Ascending, so that their sum does not depend on the order of the links.
  std::ranges::sort(reciprocals);
  figures.mrr = std::accumulate(reciprocals.begin(), reciprocals.end(), 0.0);
  const auto links = static_cast<double>(group.links);
  return {figures.mrr / links, figures.hits20 / links, figures.hits50 / links};
}

void check(std::span<const LinkTask> tasks, const EvaluationOptions& options) {
  if (options.negatives < 1 || options.negatives > 1000) {
    invalid(fmt::format("{} negatives for a link are outside 1..1000", options.negatives),
            fmt::format("每条链接的负样本数 {} 不在 1 到 1000 之间", options.negatives));
  }
  if (options.resamples < 100 || options.resamples > 100'000) {
    invalid(fmt::format("{} drawings are outside 100..100000", options.resamples),
            fmt::format("自助抽样次数 {} 不在 100 到 100000 之间", options.resamples));
  }
  if (tasks.empty()) invalid("there is no task to evaluate", "没有可评估的任务");
  for (const LinkTask& task : tasks) {
    if (task.questions.empty()) {
      invalid("a task asks nothing: no hidden link is left to rank; hide more links",
              "任务没有问题：没有可供排序的隐藏链接；请隐藏更多链接");
    }
    if (task.relation != tasks.front().relation || task.source_end != tasks.front().source_end) {
      invalid("tasks of different relations or ends cannot be evaluated as one",
              "不同关系或不同方向的任务不能合并评估");
    }
  }
}

}  // namespace

std::string_view measure_word(Measure measure) { return kMeasureWords[place(measure)]; }

std::string_view method_kind_word(MethodKind kind) {
  switch (kind) {
    case MethodKind::Single:
      return "single";
    case MethodKind::Learned:
      return "learned";
    case MethodKind::Baseline:
      break;
  }
  return "baseline";
}

std::string_view group_word(LinkGroup::Kind kind) {
  constexpr std::array<std::string_view, 7> kWords = {
      "warm", "cold_source", "cold_answer", "cold_both", "connected", "disconnected", "segment"};
  return kWords[static_cast<std::size_t>(kind)];
}

Evaluation evaluate_links(const EnterpriseGraph& graph, std::span<const LinkTask> tasks,
                          const MethodMaker& methods, const EvaluationOptions& options) {
  check(tasks, options);
  Evaluation evaluation;
  evaluation.relation = tasks.front().relation;
  evaluation.source_end = tasks.front().source_end;
  evaluation.least_links = options.least_links;
  evaluation.negatives = options.negatives;
  evaluation.resamples = options.resamples;
  evaluation.conclusive = true;

  const EntityKeys keys(graph);
  std::vector<Round> rounds;
  std::vector<EntityId> sources;
  for (std::size_t r = 0; r < tasks.size(); ++r) {
    rounds.push_back(prepare(graph, tasks[r], keys, options.seed + r, options.negatives));
    const Round& round = rounds.back();
    sources.insert(sources.end(), round.sources.begin(), round.sources.end());
    evaluation.rounds.push_back(
        {tasks[r].hidden.size(), round.sources.size(), round.links.size(), round.candidates});
    if (round.links.size() < options.least_links) evaluation.conclusive = false;
  }
  std::ranges::sort(sources, {}, keys);
  sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
  for (Round& round : rounds) {
    for (const EntityId source : round.sources) {
      const auto at = std::ranges::lower_bound(sources, keys(source), {}, keys);
      round.groups.push_back(static_cast<std::uint32_t>(at - sources.begin()));
    }
  }

  // Methods of one round at a time, since a learned one holds what it has learned.
  std::vector<std::vector<Outcome>> outcomes;
  for (std::size_t r = 0; r < rounds.size(); ++r) {
    const std::vector<LinkMethod> made = methods(tasks[r]);
    if (r == 0) {
      for (const LinkMethod& method : made) {
        evaluation.methods.emplace_back().method = method.name;
        evaluation.methods.back().kind = method.kind;
      }
      outcomes.resize(made.size());
    }
    if (!std::ranges::equal(made, evaluation.methods, {}, &LinkMethod::name,
                            &MethodFigures::method)) {
      invalid("methods of two rounds differ", "各轮的方法不一致");
    }
    std::vector<Outcome> done = RoundRun(graph, rounds[r]).run(made, r, rounds.size(), options);
    for (std::size_t m = 0; m < made.size(); ++m) {
      std::string& unavailable = evaluation.methods[m].unavailable;
      if (unavailable.empty()) unavailable = made[m].unavailable;
      outcomes[m].push_back(std::move(done[m]));
    }
  }

  evaluation.groups = find_groups(graph, keys, rounds, options.most_segments);
  for (std::size_t m = 0; m < outcomes.size(); ++m) {
    MethodFigures& figures = evaluation.methods[m];
    if (!figures.unavailable.empty()) continue;
    if (figures.method == options.reference) evaluation.reference = figures.method;
    set_estimates(figures, outcomes[m]);
    figures.reliability = reliability_of(outcomes[m]);
    for (const LinkGroup& group : evaluation.groups) {
      figures.groups.push_back(group_figures(rounds, outcomes[m], group));
    }
  }
  if (!evaluation.conclusive) return evaluation;

  check_stop(options);
  const Resamples resamples(sources.size(), options.resamples, drawn({options.seed, kBootstrap}));
  std::vector<Drawings> drawings(outcomes.size());
  parallel_for(outcomes.size(), [&](std::size_t m) {
    if (!evaluation.methods[m].unavailable.empty() || options.stop.stop_requested()) return;
    drawings[m] = draw(resamples, rounds, outcomes[m]);
  });
  check_stop(options);
  const auto reference = static_cast<std::size_t>(
      std::ranges::find(evaluation.methods, evaluation.reference, &MethodFigures::method) -
      evaluation.methods.begin());
  for (std::size_t m = 0; m < outcomes.size(); ++m) {
    MethodFigures& figures = evaluation.methods[m];
    if (!figures.unavailable.empty()) continue;
    for (std::size_t i = 0; i < kMeasureCount; ++i) {
      figures.measures[i].interval = percentile_interval(drawings[m][i]);
    }
    if (evaluation.reference.empty() || m == reference) continue;
    const auto gain = [&](Measure measure) {
      return compare(figures[measure].value - evaluation.methods[reference][measure].value,
                     drawings[m][place(measure)], drawings[reference][place(measure)]);
    };
    figures.mrr_gain = gain(Measure::Mrr);
    figures.map_gain = gain(Measure::Map);
  }
  return evaluation;
}

Evaluation evaluate_links(const EnterpriseGraph& graph, const LinkTask& task,
                          std::span<const LinkMethod> methods, const EvaluationOptions& options) {
  return evaluate_links(
      graph, std::span(&task, 1),
      [&](const LinkTask&) { return std::vector<LinkMethod>(methods.begin(), methods.end()); },
      options);
}

}  // namespace liantu
