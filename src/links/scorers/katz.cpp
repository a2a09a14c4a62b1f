#include "liantu/links/scorers/katz.hpp"

#include <cmath>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "links/paths/engine_body.hpp"

namespace liantu {

namespace {

constexpr std::size_t kMostSteps = 8;

void check(const KatzOptions& options) {
  if (!(options.attenuation > 0 && options.attenuation <= 1)) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("the attenuation {} is outside (0, 1]", options.attenuation),
                 fmt::format("衰减系数 {} 不在 0 与 1 之间", options.attenuation)});
  }
  if (options.length < 1 || options.length > kMostSteps) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("the length {} is outside 1..{}", options.length, kMostSteps),
                 fmt::format("步数 {} 不在 1 到 {} 之间", options.length, kMostSteps)});
  }
}

/// Adds a row, times a factor, to a sum.
void add(ScoreRow& sum, const ScoreRow& row, double factor) {
  ScoreRow next;
  std::size_t a = 0;
  std::size_t b = 0;
  while (a < sum.entities.size() || b < row.entities.size()) {
    const bool take_a =
        b == row.entities.size() || (a < sum.entities.size() && sum.entities[a] <= row.entities[b]);
    const bool take_b =
        a == sum.entities.size() || (b < row.entities.size() && row.entities[b] <= sum.entities[a]);
    next.entities.push_back(take_a ? sum.entities[a] : row.entities[b]);
    next.scores.push_back((take_a ? sum.scores[a] : 0) + (take_b ? factor * row.scores[b] : 0));
    a += take_a ? 1 : 0;
    b += take_b ? 1 : 0;
  }
  sum = std::move(next);
}

}  // namespace

std::vector<ScoreRow> katz_rows(const PathEngine& engine, const PathStep& step,
                                std::span<const EntityId> sources, const KatzOptions& options) {
  check(options);
  std::vector<ScoreRow> sums(sources.size());
  RelationPath path;
  for (std::size_t length = 1; length <= options.length; ++length) {
    path.steps.push_back(step);
    const std::vector<ScoreRow> rows = engine.rows(path, sources, options.stop);
    const double worth = std::pow(options.attenuation, static_cast<double>(length));
    for (std::size_t i = 0; i < sources.size(); ++i) add(sums[i], rows[i], worth);
  }
  return sums;
}

}  // namespace liantu
