#include "liantu/links/scorers/scorer.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "base/run/arena.hpp"
#include "base/run/parallel.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/graph/kind_text.hpp"
#include "liantu/links/scorers/embedding.hpp"
#include "liantu/links/scorers/katz.hpp"
#include "liantu/links/scorers/pagerank.hpp"
#include "links/paths/engine_body.hpp"
#include "links/paths/path_along.hpp"

namespace liantu {

namespace {

using enum Normalizer;
using enum StepDirection;

/// What is scored.
struct Question {
  const PathEngine& engine;
  RelationKind relation;
  SourceEnd source_end;
  std::span<const EntityId> sources;
  const std::stop_token& stop;

  /// From the source along the relation, or against it where the source stands at its `To` end.
  [[nodiscard]] PathStep step(StepDirection direction, Normalizer normalizer = None) const {
    return {relation, source_end == SourceEnd::From ? direction : turned(direction), normalizer};
  }
};

std::vector<ScoreRow> walk(const Question& q, std::string_view path) {
  return q.engine.rows(path_along(parse_path(path), q.relation, q.source_end), q.sources, q.stop);
}

std::vector<ScoreRow> jaccard(const Question& q) {
  std::vector<ScoreRow> rows = walk(q, "common_neighbors");
  const StepLayout& layout = PathEngineAccess::body(q.engine).layout(q.step(Either));
  const EntityOrder& order = PathEngineAccess::body(q.engine).order;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t own = layout.degree(order.place(q.sources[i]));
    for (std::size_t k = 0; k < rows[i].entities.size(); ++k) {
      double& score = rows[i].scores[k];
      const std::size_t other = layout.degree(order.place(rows[i].entities[k]));
      score /= static_cast<double>(own + other) - score;
    }
  }
  return rows;
}

/// Degree of the source along a step times that of the other entity along the step turned round.
std::vector<ScoreRow> degree_products(const Question& q, StepDirection direction) {
  PathEngineAccess::Body& body = PathEngineAccess::body(q.engine);
  const StepLayout& ahead = body.layout(q.step(direction));
  const StepLayout& back = body.layout(q.step(turned(direction)));
  ScoreRow degrees;
  for (std::uint32_t id = 0; id < body.order.size(); ++id) {
    const std::size_t degree = back.degree(body.order.place(EntityId{id}));
    if (degree == 0) continue;
    degrees.entities.push_back(EntityId{id});
    degrees.scores.push_back(static_cast<double>(degree));
  }
  std::vector<ScoreRow> rows(q.sources.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    throw_if_cancelled(q.stop);
    const auto own = static_cast<double>(ahead.degree(body.order.place(q.sources[i])));
    if (own == 0) continue;
    rows[i].entities.reserve(degrees.entities.size());
    rows[i].scores.reserve(degrees.entities.size());
    for (std::size_t k = 0; k < degrees.entities.size(); ++k) {
      if (degrees.entities[k] == q.sources[i]) continue;
      rows[i].entities.push_back(degrees.entities[k]);
      rows[i].scores.push_back(own * degrees.scores[k]);
    }
  }
  return rows;
}

std::vector<ScoreRow> pagerank(const Question& q, StepDirection direction) {
  PageRankOptions options;
  // In double precision: single floats keep too few digits for scores that are equal on paper to
  // tie whatever order they were added in.
  options.tolerance = 5e-7;
  options.stop = q.stop;
  std::vector<ScoreRow> rows = pagerank_rows(q.engine, q.step(direction), q.sources, options);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto self =
        std::lower_bound(rows[i].entities.begin(), rows[i].entities.end(), q.sources[i]);
    rows[i].scores.erase(rows[i].scores.begin() + (self - rows[i].entities.begin()));
    rows[i].entities.erase(self);
  }
  return rows;
}

std::vector<ScoreRow> katz(const Question& q) {
  KatzOptions options;
  options.stop = q.stop;
  return katz_rows(q.engine, q.step(Either), q.sources, options);
}

std::vector<ScoreRow> embedded(const Question& q) {
  PathEngineAccess::Body& body = PathEngineAccess::body(q.engine);
  const auto& embedding = body.kept<LinkEmbedding>(std::string(relation_word(q.relation)), [&] {
    EmbeddingOptions wanted;
    wanted.relation = q.relation;
    wanted.stop = q.stop;
    return embed_links(q.engine, wanted);
  });
  std::vector<ScoreRow> rows(q.sources.size());
  if (embedding.rank() == 0) return rows;
  // Of firms that have nothing to do with each other the product is 0 but for what the search for
  // dimensions leaves open, which is above or below it by the order of addends.
  constexpr double kNothing = 1e-7;
  const bool ahead = q.source_end == SourceEnd::From;
  const auto length = [](std::span<const double> vector) {
    double sum = 0;
    for (const double one : vector) sum += one * one;
    return std::sqrt(sum);
  };
  std::vector<double> least(
      body.order.size());  // by entity: of what counts, per length of a source
  for (std::uint32_t id = 0; id < least.size(); ++id) {
    const EntityId other{id};
    least[id] = kNothing * length(ahead ? embedding.to(other) : embedding.from(other));
  }
  run_in(body.arena, [&] {
    parallel_for(rows.size(), [&](std::size_t i) {
      throw_if_cancelled(q.stop);
      const EntityId source = q.sources[i];
      const double own = length(ahead ? embedding.from(source) : embedding.to(source));
      for (std::uint32_t id = 0; id < body.order.size(); ++id) {
        const EntityId other{id};
        const double score =
            ahead ? embedding.product(source, other) : embedding.product(other, source);
        if (score <= own * least[id] || other == source) continue;
        rows[i].entities.push_back(other);
        rows[i].scores.push_back(score);
      }
    });
  });
  return rows;
}

struct KnownScorer {
  Scorer scorer;
  std::function<std::vector<ScoreRow>(const Question&)> rows;
};

bool is_of_supplies(const RelationPath& path) {
  return std::ranges::all_of(
      path.steps, [](const PathStep& step) { return step.relation == RelationKind::Supplies; });
}

const std::vector<KnownScorer>& known_scorers() {
  static const std::vector<KnownScorer> all = [] {
    std::vector<KnownScorer> list;
    for (const NamedPath& named : named_paths()) {
      if (!is_of_supplies(parse_path(named.path))) continue;
      list.push_back({{named.name, named.source},
                      [path = named.path](const Question& q) { return walk(q, path); }});
    }
    // Scorers that are no path, each in the tables behind another.
    const std::pair<std::string_view, KnownScorer> computed[] = {
        {"common_neighbors", {{"jaccard", "doi:10.1002/asi.20591"}, jaccard}},
        {"resource_allocation",
         {{"preferential_attachment", "doi:10.1002/asi.20591"},
          [](const Question& q) { return degree_products(q, Either); }}},
        {"preferential_attachment",
         {{"directed_preferential_attachment", "doi:10.1002/asi.20591"},
          [](const Question& q) { return degree_products(q, Forward); }}},
        {"directed_l5", {{"katz", "doi:10.1007/BF02289026"}, katz}},
        {"katz",
         {{"pagerank", "doi:10.1145/511446.511513"},
          [](const Question& q) { return pagerank(q, Either); }}},
        {"pagerank",
         {{"directed_pagerank", "doi:10.1145/511446.511513"},
          [](const Question& q) { return pagerank(q, Forward); }}},
        {"directed_pagerank", {{"svd", "doi:10.1002/asi.20591"}, embedded}},
    };
    for (const auto& one : computed) {
      const auto place = std::ranges::find_if(
          list, [&](const KnownScorer& known) { return known.scorer.name == one.first; });
      list.insert(place == list.end() ? place : place + 1, one.second);
    }
    return list;
  }();
  return all;
}

const KnownScorer& find_scorer(std::string_view name) {
  std::string known;
  for (const KnownScorer& candidate : known_scorers()) {
    if (candidate.scorer.name == name) return candidate;
    known += (known.empty() ? "" : ", ") + std::string(candidate.scorer.name);
  }
  throw Error(ErrorCode::InvalidArgument,
              {fmt::format("there is no scorer `{}`; scorers are {}", name, known),
               fmt::format("没有名为“{}”的评分方法；可用的有：{}", name, known)});
}

void require_firms_at_both_ends(std::string_view scorer, RelationKind relation) {
  if (relation_allows(relation, EntityKind::Firm, EntityKind::Firm)) return;
  const std::string_view word = relation_word(relation);
  const Text known = relations_between(EntityKind::Firm, EntityKind::Firm);
  throw Error(
      ErrorCode::InvalidArgument,
      {fmt::format("{} cannot score `{}`, which does not join firms with firms; take {}", scorer,
                   word, known.en),
       fmt::format("{} 不能为“{}”评分：它连接的不都是企业；请用 {}", scorer, word, known.zh)});
}

}  // namespace

const std::vector<Scorer>& scorers() {
  static const std::vector<Scorer> all = [] {
    std::vector<Scorer> list;
    for (const KnownScorer& one : known_scorers()) list.push_back(one.scorer);
    return list;
  }();
  return all;
}

std::vector<ScoreRow> score_links(const PathEngine& engine, std::string_view scorer,
                                  RelationKind relation, SourceEnd source_end,
                                  std::span<const EntityId> sources, const std::stop_token& stop) {
  const KnownScorer& chosen = find_scorer(scorer);
  require_firms_at_both_ends(scorer, relation);
  return chosen.rows({engine, relation, source_end, sources, stop});
}

}  // namespace liantu
