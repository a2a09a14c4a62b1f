#include "links/backtest/evaluation_run.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/run/parallel.hpp"
#include "liantu/base/text/error.hpp"
#include "links/backtest/ends.hpp"
#include "links/backtest/settled.hpp"

namespace liantu {
namespace {

constexpr std::array<std::size_t, 4> kHits = {10, 20, 50, 100};
constexpr std::size_t kRecall = 100;
constexpr std::size_t kEntriesABatch = std::size_t{1} << 22;  // entries of rows held at a time

[[noreturn]] void invalid(std::string en, std::string zh) {
  throw Error(ErrorCode::InvalidArgument, {std::move(en), std::move(zh)});
}

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
          measure_row(first + i, rows[i], gathered[m]);
          if (methods[m].probability) {
            record_probabilities(first + i, rows[i], methods[m].probability, gathered[m].outcome);
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

  void measure_row(std::size_t i, ScoreRow& row, Gathered& gathered) const {
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

  // The probabilities that a method gives the pairs that it scored, excluded pairs left out.
  void record_probabilities(std::size_t i, const ScoreRow& row,
                            const std::function<double(double)>& probability,
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

}  // namespace

std::vector<Outcome> run_round(const EnterpriseGraph& graph, const Round& asked,
                               const std::vector<LinkMethod>& methods, std::size_t round,
                               std::size_t rounds, const EvaluationOptions& options) {
  return RoundRun(graph, asked).run(methods, round, rounds, options);
}

void check_stop(const EvaluationOptions& options) {
  if (options.stop.stop_requested()) {
    throw Error(ErrorCode::Cancelled, {"the evaluation was cancelled before its end; start it "
                                       "again for a result",
                                       "评估在完成前已被取消；如需结果，请重新运行"});
  }
}

}  // namespace liantu
