#include "liantu/links/learning/learned_methods.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"

namespace liantu {

namespace {

constexpr std::size_t kSourcesAtOnce = 256;

/// What all learned methods of a task share: the features of a pair are reckoned once for all.
class Learned {
 public:
  Learned(const EnterpriseGraph& graph, const LinkTask& task, const LearnOptions& options)
      : features_(graph, task, {options.grouping, options.threads}),
        scorecard_(options.scorecard) {}

  std::vector<LinkModel> models;

  /// Rows of the scorecard, then of each model.
  std::vector<ScoreRow> rows(std::size_t method, std::span<const EntityId> sources,
                             const std::stop_token& stop) {
    const std::scoped_lock lock(mutex_);
    if (!std::equal(sources.begin(), sources.end(), asked_.begin(), asked_.end())) {
      score(sources, stop);
      asked_.assign(sources.begin(), sources.end());
    }
    return scored_[method];
  }

 private:
  void score(std::span<const EntityId> sources, const std::stop_token& stop) {
    asked_.clear();
    scored_.assign(models.size() + 1, {});
    for (std::size_t first = 0; first < sources.size(); first += kSourcesAtOnce) {
      const auto some = sources.subspan(first, std::min(kSourcesAtOnce, sources.size() - first));
      for (PairTable& table : features_.tables(some, stop)) {
        std::vector<double> points;
        for (std::size_t i = 0; i < table.candidates.size(); ++i) {
          const std::vector<double> earned = link_points(scorecard_, table.row(i));
          points.push_back(std::accumulate(earned.begin(), earned.end(), 0.0));
        }
        scored_[0].push_back({table.candidates, std::move(points)});
        for (std::size_t m = 0; m < models.size(); ++m) {
          scored_[m + 1].push_back({table.candidates, models[m].margins(table.values)});
        }
      }
    }
  }

  PairFeatures features_;
  LinkScorecard scorecard_;
  std::mutex mutex_;
  std::vector<EntityId> asked_;
  std::vector<std::vector<ScoreRow>> scored_;
};

std::string not_better(const LinkModel& model) {
  const ValidationFigures& l3 = model.validation.front();
  const ValidationFigures& own = model.validation.back();
  return fmt::format(
      "does not beat directed_l3 on validation (MRR {:.4f} against {:.4f}, MAP {:.4f} against "
      "{:.4f}); force it to see it all the same",
      own.mrr, l3.mrr, own.map, l3.map);
}

}  // namespace

std::vector<LinkMethod> learned_methods(const EnterpriseGraph& graph, const LinkTask& task,
                                        const LearnOptions& options) {
  check_link_scorecard(options.scorecard);
  const auto learned = std::make_shared<Learned>(graph, task, options);
  std::string failure;
  try {
    learned->models = train_links(graph, task, options);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::NotFound) throw;
    failure = error.message().en;
  }
  constexpr std::array kNames = {"scorecard", "logistic_regression", "boosted_trees"};
  std::vector<LinkMethod> methods;
  for (std::size_t m = 0; m < kNames.size(); ++m) {
    LinkMethod method;
    method.name = kNames[m];
    method.kind = MethodKind::Learned;
    if (m > 0 && learned->models.empty()) {
      method.unavailable = failure;
    } else if (m > 0 && !options.force && !learned->models[m - 1].beats_directed_l3()) {
      method.unavailable = not_better(learned->models[m - 1]);
    } else {
      method.rows = [learned, m](std::span<const EntityId> sources, const std::stop_token& stop) {
        return learned->rows(m, sources, stop);
      };
      if (m > 0) {
        method.probability = [learned, m](double margin) {
          return learned->models[m - 1].calibration.probability(margin);
        };
      }
    }
    methods.push_back(std::move(method));
  }
  return methods;
}

}  // namespace liantu
