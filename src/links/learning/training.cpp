#include "liantu/links/learning/training.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/run/parallel.hpp"
#include "liantu/base/files/digest.hpp"
#include "liantu/base/text/error.hpp"
#include "links/backtest/visible_links.hpp"
#include "links/paths/draw.hpp"
#include "links/paths/entity_keys.hpp"

namespace liantu {

namespace {

constexpr double kTrained = 0.8;
constexpr double kCalibrated = 0.9;
constexpr std::size_t kLeastLinks = 30;
constexpr std::size_t kSourcesAtOnce = 256;

// Streams of drawn(), so that no two choices hang together.
enum Stream : std::uint64_t { kHide = 1, kTake = 2, kSplit = 3, kThin = 4 };

void check(const LearnOptions& options) {
  const auto refuse = [](const char* en, const char* zh) {
    throw Error(ErrorCode::InvalidArgument, {en, zh});
  };
  if (!(options.share > 0 && options.share <= 0.5)) {
    refuse("the share of links hidden to learn from must lie in (0, 0.5]",
           "训练时隐藏联系的比例须在 (0, 0.5] 内");
  }
  if (options.folds < 1 || options.folds > 10) {
    refuse("there must be 1 to 10 folds", "折数须为 1 至 10");
  }
  if (options.cap && *options.cap < 1) refuse("the cap must be at least 1", "上限至少为 1");
  if (options.most_sources < 1 || options.most_pairs < 1) {
    refuse("sources and pairs to learn from must be at least 1", "训练用的起点数和候选数至少为 1");
  }
}

/// What one fold hides further, and whom it asks about.
struct Fold {
  LinkTask task;
};

/// Days of which a fold asks for the links that started then, as numbers that order like days.
struct Period {
  std::uint32_t from = 0;
  std::uint32_t until = std::numeric_limits<std::uint32_t>::max();
};

// 0 when it has no date; a year or a month starts on its first day.
std::uint32_t day_of(const Relation& relation, EdgeId edge) {
  const Provenance provenance = relation.provenance(edge);
  const Date date = provenance.since.known() ? provenance.since : provenance.as_of;
  if (!date.known()) return 0;
  return static_cast<std::uint32_t>(date.year) * 10000 +
         std::max<std::uint32_t>(date.month, 1) * 100 + std::max<std::uint32_t>(date.day, 1);
}

/// One a fold, the latest first, each of about the share of the visible links that have a date.
std::vector<Period> periods(const EnterpriseGraph& graph, const LinkTask& task,
                            const LearnOptions& options) {
  const Relation relation = graph.relation(task.relation);
  std::vector<std::uint32_t> days;
  for (std::uint64_t edge = 0; edge < relation.size(); ++edge) {
    if (std::binary_search(task.hidden.begin(), task.hidden.end(), EdgeId{edge})) continue;
    if (const std::uint32_t day = day_of(relation, EdgeId{edge}); day > 0) days.push_back(day);
  }
  if (days.empty()) {
    throw Error(ErrorCode::NotFound,
                {"no visible link has a date, so that there are no latest ones to learn from",
                 "可见联系都没有日期，无法以最近的联系训练"});
  }
  std::sort(days.begin(), days.end(), std::greater<>());
  std::vector<Period> found;
  for (int number = 1; number <= options.folds; ++number) {
    const double share = options.share * number * static_cast<double>(days.size());
    const auto place = std::min(days.size(), std::max<std::size_t>(1, std::llround(share)));
    Period period;
    if (!found.empty()) period.until = found.back().from;
    period.from = std::min(days[place - 1], period.until);
    found.push_back(period);
  }
  return found;
}

Fold make_fold(const EnterpriseGraph& graph, const LinkTask& task, const VisibleLinks& visible,
               const EntityKeys& keys, const LearnOptions& options,
               const std::optional<Period>& period, int number) {
  const Relation relation = graph.relation(task.relation);
  const bool from_sources = task.source_end == SourceEnd::From;
  const auto stream = static_cast<std::uint64_t>(number);
  Fold fold;
  fold.task = task;
  fold.task.questions.clear();
  std::map<EntityId, std::vector<EntityId>> answers;
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    const EntityId from{i};
    const EdgeRange edges = relation.out_edges(from);
    const auto targets = relation.targets(from);
    std::size_t last = 0;
    for (std::size_t k = 0; k < targets.size(); k = last) {
      const EntityId to = targets[k];
      std::vector<EdgeId> seen;
      for (last = k; last < targets.size() && targets[last] == to; ++last) {
        const EdgeId edge{edges.first + last};
        if (!std::binary_search(task.hidden.begin(), task.hidden.end(), edge)) {
          seen.push_back(edge);
        }
      }
      if (seen.empty()) continue;
      if (period) {
        // What came later has not happened yet; who was linked before is not asked for.
        std::uint32_t first = period->until;
        for (const EdgeId edge : seen) {
          const std::uint32_t day = day_of(relation, edge);
          if (day >= period->from) fold.task.hidden.push_back(edge);
          first = std::min(first, day);
        }
        if (first < period->from || first >= period->until) continue;
      }
      const EntityId source = from_sources ? from : to;
      const EntityId answer = from_sources ? to : from;
      if (source == answer) continue;
      if (options.cap && visible.onwards(source).size() >= *options.cap) continue;
      const auto reverse = visible.onwards(answer);
      if (std::binary_search(reverse.begin(), reverse.end(), source)) continue;
      if (!period) {
        if (fraction(drawn({options.seed, kHide, stream, keys(from), keys(to)})) >= options.share) {
          continue;
        }
        fold.task.hidden.insert(fold.task.hidden.end(), seen.begin(), seen.end());
      }
      std::vector<EntityId>& known = answers[source];
      if (known.empty() || known.back() != answer) known.push_back(answer);
    }
  }
  std::sort(fold.task.hidden.begin(), fold.task.hidden.end());
  for (auto& [source, entities] : answers) {
    std::sort(entities.begin(), entities.end());
    entities.erase(std::unique(entities.begin(), entities.end()), entities.end());
    fold.task.questions.push_back({source, std::move(entities)});
  }
  const std::size_t most =
      std::max<std::size_t>(1, options.most_sources / static_cast<std::size_t>(options.folds));
  std::vector<LinkQuestion>& questions = fold.task.questions;
  if (questions.size() > most) {
    const auto place = [&](const LinkQuestion& q) {
      return drawn({options.seed, kTake, stream, keys(q.source)});
    };
    std::sort(questions.begin(), questions.end(),
              [&](const LinkQuestion& a, const LinkQuestion& b) {
                return std::pair{place(a), a.source} < std::pair{place(b), b.source};
              });
    questions.resize(most);
    std::sort(questions.begin(), questions.end(),
              [](const LinkQuestion& a, const LinkQuestion& b) { return a.source < b.source; });
  }
  return fold;
}

/// Labelled pairs of the sources that are trained, calibrated or checked on, and how many answers
/// each source has in all.
struct DataSplit {
  RankingSample sample;
  std::vector<std::size_t> answers;
  std::size_t links = 0;
};

void append(DataSplit& split, const LinkQuestion& question, const PairTable& table,
            const EntityKeys& keys, double kept, std::uint64_t seed) {
  const std::size_t width = pair_features().size();
  std::uint32_t pairs = 0;
  // What is learned depends on the order of the pairs.
  std::vector<std::size_t> order(table.candidates.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [&](std::size_t i) { return keys(table.candidates[i]); });
  for (const std::size_t i : order) {
    const bool linked =
        std::binary_search(question.answers.begin(), question.answers.end(), table.candidates[i]);
    if (!linked && kept < 1 &&
        fraction(drawn({seed, kThin, keys(question.source), keys(table.candidates[i])})) >= kept)
      continue;
    const auto row = table.row(i);
    split.sample.values.insert(split.sample.values.end(), row.begin(), row.end());
    split.sample.labels.push_back(linked ? 1 : 0);
    ++pairs;
  }
  split.sample.features = width;
  split.sample.groups.push_back(pairs);
  split.answers.push_back(question.answers.size());
  split.links += question.answers.size();
}

/// Figures of a ranking of the pairs of a split; answers outside the pool count as never found.
ValidationFigures judge(std::string_view method, const DataSplit& split,
                        std::span<const double> scores) {
  ValidationFigures figures;
  figures.method = method;
  std::size_t first = 0;
  for (std::size_t g = 0; g < split.sample.groups.size(); ++g) {
    const std::size_t last = first + split.sample.groups[g];
    std::vector<double> ranks;
    for (std::size_t i = first; i < last; ++i) {
      if (split.sample.labels[i] == 0) continue;
      double better = 0;
      double equal = 0;
      for (std::size_t k = first; k < last; ++k) {
        better += scores[k] > scores[i] ? 1 : 0;
        equal += scores[k] == scores[i] ? 1 : 0;
      }
      ranks.push_back(1 + better + (equal - 1) / 2);
    }
    std::sort(ranks.begin(), ranks.end());
    const auto answers = static_cast<double>(split.answers[g]);
    double precision = 0;
    double found = 0;
    for (std::size_t k = 0; k < ranks.size(); ++k) {
      precision += static_cast<double>(k + 1) / ranks[k];
      found += ranks[k] <= 100 ? 1 : 0;
    }
    figures.mrr += ranks.empty() ? 0 : 1 / ranks.front();
    figures.map += precision / answers;
    figures.recall_100 += found / answers;
    first = last;
  }
  figures.sources = split.sample.groups.size();
  figures.links = split.links;
  const double sources = std::max<double>(1, static_cast<double>(figures.sources));
  figures.mrr /= sources;
  figures.map /= sources;
  figures.recall_100 /= sources;
  return figures;
}

std::vector<double> column(const RankingSample& sample, std::string_view feature) {
  const std::size_t place = pair_feature(feature).value();
  std::vector<double> values;
  values.reserve(sample.pairs());
  for (std::size_t i = 0; i < sample.pairs(); ++i) {
    values.push_back(static_cast<double>(sample.values[i * sample.features + place]));
  }
  return values;
}

/// Of who is linked with whom, by name: in whatever order the rows stood.
std::string data_digest(const EnterpriseGraph& graph, const VisibleLinks& visible,
                        const EntityKeys& keys) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> links;
  links.reserve(visible.size());
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    for (const EntityId to : visible.onwards(EntityId{i})) {
      links.emplace_back(keys(EntityId{i}), keys(to));
    }
  }
  std::ranges::sort(links);
  std::string bytes;
  bytes.reserve(links.size() * 16);
  for (const auto& [from, to] : links) {
    for (const std::uint64_t number : {from, to}) {
      for (int shift = 0; shift < 64; shift += 8) {
        bytes.push_back(static_cast<char>(number >> shift & 255U));
      }
    }
  }
  return digest(bytes);
}

/// Keeps the pairs of a sample as they are but for groups without a linked pair, which teach a
/// ranking nothing.
RankingSample with_answers(const RankingSample& sample) {
  RankingSample kept;
  kept.features = sample.features;
  std::size_t first = 0;
  for (const std::uint32_t size : sample.groups) {
    const auto begin = sample.labels.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = begin + size;
    if (std::find(begin, end, 1) != end) {
      kept.labels.insert(kept.labels.end(), begin, end);
      const auto values =
          sample.values.begin() + static_cast<std::ptrdiff_t>(first * sample.features);
      kept.values.insert(kept.values.end(), values,
                         values + static_cast<std::ptrdiff_t>(size * sample.features));
      kept.groups.push_back(size);
    }
    first += size;
  }
  return kept;
}

BoostedTreesOptions tree_options(const LearnOptions& options, TreeObjective objective) {
  BoostedTreesOptions trees;
  trees.objective = objective;
  trees.seed = static_cast<std::uint32_t>(options.seed & 0x7fffffffU);
  trees.stop = options.stop;
  for (const PairFeature& feature : pair_features()) trees.monotone.push_back(feature.monotone);
  return trees;
}

/// Calibrates a ranker on one split and judges it on another.
LinkModel finish(LinkModel model, const DataSplit& calibrating, const DataSplit& checking) {
  model.calibration =
      calibrate(model.margins(calibrating.sample.values), calibrating.sample.labels);
  const std::vector<double> margins = model.margins(checking.sample.values);
  std::vector<double> said;
  said.reserve(margins.size());
  for (const double margin : margins) said.push_back(model.calibration.probability(margin));
  model.reliability = reliability(said, checking.sample.labels);
  for (const char* scorer : {"directed_l3", "l3", "directed_l5"}) {
    model.validation.push_back(judge(scorer, checking, column(checking.sample, scorer)));
  }
  model.validation.push_back(judge(model.kind(), checking, margins));
  return model;
}

}  // namespace

std::string links_digest(const EnterpriseGraph& graph, const LinkTask& task) {
  return data_digest(graph, VisibleLinks(graph, task), EntityKeys(graph));
}

std::vector<LinkModel> train_links(const EnterpriseGraph& graph, const LinkTask& task,
                                   const LearnOptions& options) {
  check(options);
  const VisibleLinks visible(graph, task);
  const EntityKeys keys(graph);
  LinkModel blank;
  blank.origin = {task.relation,    task.source_end,
                  options.grouping, data_digest(graph, visible, keys),
                  options.seed,     options.share};
  for (const PairFeature& feature : pair_features()) blank.features.push_back(feature.name);

  const std::vector<Period> latest =
      options.from == LearnFrom::Latest ? periods(graph, task, options) : std::vector<Period>();
  std::array<DataSplit, 3> splits;
  // Kept is guessed from the sources; the pool is of a few hundred candidates each.
  constexpr double kPoolGuess = 350;
  const double kept =
      std::min(1.0, static_cast<double>(options.most_pairs) /
                        (static_cast<double>(options.most_sources) * kTrained * kPoolGuess));
  for (int number = 0; number < options.folds; ++number) {
    if (options.progress) {
      options.progress("features", static_cast<std::uint64_t>(number),
                       static_cast<std::uint64_t>(options.folds));
    }
    const auto period =
        latest.empty() ? std::nullopt : std::optional(latest[static_cast<std::size_t>(number)]);
    Fold fold = make_fold(graph, task, visible, keys, options, period, number);
    const PairFeatures features(graph, fold.task, {options.grouping, options.threads});
    blank.origin.grouping = features.grouping();
    std::vector<LinkQuestion>& questions = fold.task.questions;
    std::ranges::sort(questions, {}, [&](const LinkQuestion& q) { return keys(q.source); });
    for (std::size_t first = 0; first < questions.size(); first += kSourcesAtOnce) {
      const std::size_t last = std::min(first + kSourcesAtOnce, questions.size());
      std::vector<EntityId> sources;
      for (std::size_t i = first; i < last; ++i) sources.push_back(questions[i].source);
      const std::vector<PairTable> tables = features.tables(sources, options.stop);
      for (std::size_t i = first; i < last; ++i) {
        const double place = fraction(drawn({options.seed, kSplit, keys(questions[i].source)}));
        const std::size_t split = place < kTrained ? 0 : place < kCalibrated ? 1 : 2;
        append(splits[split], questions[i], tables[i - first], keys, split == 0 ? kept : 1,
               options.seed);
      }
    }
  }
  const DataSplit& training = splits[0];
  const DataSplit& calibrating = splits[1];
  const DataSplit& checking = splits[2];
  for (const DataSplit& split : splits) {
    const auto found = static_cast<std::size_t>(
        std::count(split.sample.labels.begin(), split.sample.labels.end(), 1));
    if (found >= kLeastLinks) continue;
    throw Error(
        ErrorCode::NotFound,
        {fmt::format("too few links to train on: one part of the data has only {} links that a "
                     "path reaches, {} are needed; give more links, or hide a larger share",
                     found, kLeastLinks),
         fmt::format("可供训练的联系太少：某一部分只有 {} 条可达联系，至少需 {} "
                     "条；请提供更多联系，或提高隐藏比例",
                     found, kLeastLinks)});
  }
  if (options.progress) options.progress("models", 0, 0);
  const RankingSample learnt = with_answers(training.sample);
  std::array<std::vector<LinkModel>, 3> fitted;  // logistic, then trees of either objective
  const auto grow = [&](TreeObjective objective) {
    LinkModel model = blank;
    model.ranker = std::make_shared<const BoostedTrees>(
        BoostedTrees::fit(learnt, tree_options(options, objective)));
    return model;
  };
  parallel_invoke(
      [&] {
        LinkModel model = blank;
        LogisticOptions logistic;
        logistic.stop = options.stop;
        model.ranker = fit_logistic(learnt, logistic);
        fitted[0].push_back(std::move(model));
      },
      [&] { fitted[1].push_back(grow(TreeObjective::Ndcg)); },
      [&] { fitted[2].push_back(grow(TreeObjective::Logistic)); });
  std::vector<LinkModel> models;
  models.push_back(finish(std::move(fitted[0].front()), calibrating, checking));
  const auto chosen = [&](const LinkModel& model) {
    return judge("", calibrating, model.margins(calibrating.sample.values)).map;
  };
  const bool second = chosen(fitted[2].front()) > chosen(fitted[1].front());
  models.push_back(
      finish(std::move(second ? fitted[2].front() : fitted[1].front()), calibrating, checking));
  return models;
}

}  // namespace liantu
