#include "liantu/links/scorer.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "liantu/base/error.hpp"

namespace liantu {

namespace {

using enum Normalizer;
using enum StepDirection;

/// A scorer that is one path, from the source at the `From` end.
struct PathScorer {
  Scorer scorer;
  std::vector<std::pair<StepDirection, Normalizer>> steps;
};

const std::vector<PathScorer>& path_scorers() {
  static const std::vector<PathScorer> all = {
      {{"common_neighbors", "doi:10.1002/asi.20591"}, {{Either, None}, {Either, None}}},
      {{"adamic_adar", "doi:10.1016/S0378-8733(03)00009-1"}, {{Either, None}, {Either, LogDegree}}},
      {{"resource_allocation", "doi:10.1140/epjb/e2009-00335-8"},
       {{Either, None}, {Either, Degree}}},
      {{"l3", "doi:10.1038/s41467-019-09177-y"},
       {{Either, None}, {Either, SqrtDegree}, {Either, SqrtDegree}}},
      {{"directed_l3", "doi:10.3389/fdata.2021.666712"},
       {{Forward, None}, {Backward, SqrtDegree}, {Forward, SqrtDegree}}},
  };
  return all;
}

const PathScorer& find_scorer(std::string_view name) {
  std::string known;
  for (const PathScorer& candidate : path_scorers()) {
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
  throw Error(ErrorCode::InvalidArgument,
              {fmt::format("{} cannot score `{}`, which does not join firms with firms; take "
                           "supplies, owns or cooperates",
                           scorer, word),
               fmt::format("{} 不能为“{}”评分：它连接的不都是企业；请用 supplies、owns 或 "
                           "cooperates",
                           scorer, word)});
}

}  // namespace

const std::vector<Scorer>& scorers() {
  static const std::vector<Scorer> all = [] {
    std::vector<Scorer> list;
    for (const PathScorer& one : path_scorers()) list.push_back(one.scorer);
    return list;
  }();
  return all;
}

std::vector<ScoreRow> score_links(const PathEngine& engine, std::string_view scorer,
                                  RelationKind relation, SourceEnd source_end,
                                  std::span<const EntityId> sources, const std::stop_token& stop) {
  const PathScorer& chosen = find_scorer(scorer);
  require_firms_at_both_ends(scorer, relation);
  RelationPath path;
  for (const auto& [direction, normalizer] : chosen.steps) {
    path.steps.push_back(
        {relation, source_end == SourceEnd::From ? direction : turned(direction), normalizer});
  }
  return engine.rows(path, sources, stop);
}

}  // namespace liantu
