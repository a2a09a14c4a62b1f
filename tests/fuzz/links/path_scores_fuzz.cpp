// Scores, candidates and evidence of a relation path against their definitions: products of the
// steps' matrices, and walks counted one by one, on a small graph.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/byte_graph.hpp"
#include "liantu/links/paths/path_engine.hpp"
#include "liantu/links/paths/scores.hpp"

namespace {

using namespace liantu;
using fuzz::require;

/// What a step is worth from one entity to another, by entity; 0 where it does not lead.
using Matrix = std::vector<std::vector<double>>;

Matrix step_matrix(const EnterpriseGraph& graph, const PathStep& step) {
  const Relation relation = graph.relation(step.relation);
  Matrix matrix(graph.size(), std::vector<double>(graph.size()));
  for (std::uint64_t e = 0; e < relation.size(); ++e) {
    const std::uint32_t from = raw(relation.source(EdgeId{e}));
    const std::uint32_t to = raw(relation.target(EdgeId{e}));
    if (step.direction != StepDirection::Backward) matrix[from][to] = 1;
    if (step.direction != StepDirection::Forward) matrix[to][from] = 1;
  }
  for (std::vector<double>& row : matrix) {
    const auto degree = static_cast<double>(std::count(row.begin(), row.end(), 1.0));
    double by = 1;
    if (step.normalizer == Normalizer::Degree) by = degree;
    if (step.normalizer == Normalizer::SqrtDegree) by = std::sqrt(degree);
    if (step.normalizer == Normalizer::LogDegree) by = std::log(std::max(degree, 2.0));
    for (double& cell : row) cell = cell > 0 ? 1 / by : 0;
  }
  return matrix;
}

bool near(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b)); }

/// Every walk from an entity, with its weight.
struct Walk {
  std::vector<EntityId> entities;
  double weight = 1;
};
std::vector<Walk> walks(const std::vector<Matrix>& steps, EntityId source) {
  std::vector<Walk> result = {{{source}, 1}};
  for (const Matrix& step : steps) {
    std::vector<Walk> longer;
    for (const Walk& walk : result) {
      const std::vector<double>& row = step[raw(walk.entities.back())];
      for (std::uint32_t to = 0; to < row.size(); ++to) {
        if (row[to] == 0) continue;
        longer.push_back(walk);
        longer.back().entities.push_back(EntityId{to});
        longer.back().weight *= row[to];
      }
    }
    result = std::move(longer);
  }
  return result;
}

void check_evidence(const EnterpriseGraph& graph, const RelationPath& path, EntityId source,
                    EntityId target, const std::vector<Walk>& all) {
  std::vector<Walk> expected;
  double sum = 0;
  for (const Walk& walk : all) {
    if (walk.entities.back() != target) continue;
    expected.push_back(walk);
    sum += walk.weight;
  }
  const std::vector<PathInstance> found = path_evidence(graph, path, source, target, 0);
  require(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto same = std::ranges::find(expected, found[i].entities, &Walk::entities);
    require(same != expected.end() && near(found[i].weight, same->weight));
    require(near(found[i].share, same->weight / sum));
    require(i == 0 || found[i - 1].weight >= found[i].weight);
  }
  const std::vector<PathInstance> first = path_evidence(graph, path, source, target, 2);
  require(first.size() == std::min<std::size_t>(2, found.size()));
  require(std::equal(first.begin(), first.end(), found.begin()));
}

void check(const EnterpriseGraph& graph, const RelationPath& path) {
  std::vector<Matrix> steps;
  for (const PathStep& step : path.steps) steps.push_back(step_matrix(graph, step));
  for (std::uint32_t s = 0; s < graph.size(); ++s) {
    const EntityId source{s};
    const std::vector<Walk> all = walks(steps, source);
    std::vector<double> expected(graph.size());
    for (const Walk& walk : all) expected[raw(walk.entities.back())] += walk.weight;
    ScoreOptions options;
    options.top = 0;
    const std::vector<ScoredEntity> scored = score_path(graph, path, source, options);
    std::vector<double> actual(graph.size());
    for (std::size_t i = 0; i < scored.size(); ++i) {
      require(scored[i].entity != source && scored[i].score > 0);
      actual[raw(scored[i].entity)] = scored[i].score;
      require(i == 0 || scored[i - 1].score > scored[i].score ||
              (scored[i - 1].score == scored[i].score && scored[i - 1].entity < scored[i].entity));
    }
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
      if (v != s) require(near(actual[v], expected[v]) && (actual[v] > 0) == (expected[v] > 0));
    }
    if (all.size() < 200) {
      for (std::uint32_t v = 0; v < graph.size(); ++v) {
        check_evidence(graph, path, source, EntityId{v}, all);
      }
    }
  }
}

/// Steps by the first bytes; those that lead nowhere are a path, too.
RelationPath path_of(fuzz::Bytes& bytes) {
  RelationPath path;
  for (std::uint32_t left = 1 + bytes.below(3); left > 0; --left) {
    PathStep step;
    step.relation = kRelationKinds.at(bytes.below(kRelationKinds.size()));
    step.direction = static_cast<StepDirection>(bytes.below(3));
    step.normalizer = static_cast<Normalizer>(bytes.below(4));
    path.steps.push_back(step);
  }
  return path;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 400) return 0;  // walks are counted one by one
  fuzz::Bytes bytes(data, size);
  RelationPath path = path_of(bytes);
  try {
    path = parse_path(path.to_string());
  } catch (const Error&) {
    return 0;  // a step that cannot follow the one before it
  }
  check(fuzz::graph_of(bytes), path);
  return 0;
}
