#include "liantu/links/scorers/pagerank.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <limits>
#include <unordered_map>

#include <fmt/format.h>

#include "base/run/arena.hpp"
#include "base/run/parallel.hpp"
#include "liantu/base/text/error.hpp"
#include "links/paths/engine_body.hpp"
#include "links/paths/selection.hpp"
#include "links/paths/wide_vectors.hpp"

namespace liantu {

namespace {

void require_damping(double damping) {
  if (damping > 0 && damping < 1) return;
  throw Error(ErrorCode::InvalidArgument,
              {fmt::format("the damping {} is outside (0, 1); 0.85 is usual", damping),
               fmt::format("阻尼系数 {} 不在 0 与 1 之间；通常取 0.85", damping)});
}

void require_tolerance(double tolerance) {
  if (tolerance >= 1e-14 && tolerance <= 1) return;
  throw Error(ErrorCode::InvalidArgument,
              {fmt::format("the tolerance {} is outside [1e-14, 1]; 1e-6 is usual", tolerance),
               fmt::format("容差 {} 不在 1e-14 与 1 之间；通常取 1e-6", tolerance)});
}

void require_threshold(double threshold) {
  if (threshold > 0 && threshold <= 1) return;
  throw Error(ErrorCode::InvalidArgument,
              {fmt::format("the threshold {} is outside (0, 1]; 1e-6 is usual", threshold),
               fmt::format("阈值 {} 不在 0 与 1 之间；通常取 1e-6", threshold)});
}

/// Sources that share a pass: as many as fill a cache line.
template <typename T>
constexpr std::size_t kLanes = 64 / sizeof(T);

/// Numbers of one lane each, as many as fill a cache line.
template <typename T>
struct alignas(64) Line {
  std::array<T, kLanes<T>> of{};
};

/// Sums of one lane each. Running sums of equal floats drift, up or down as the sum itself lies, so
/// that rounds would never come to rest: few numbers are added in single precision, the rest here.
template <typename T>
struct alignas(64) WideLine {
  std::array<double, kLanes<T>> of{};
};

/// What the rows of one part of a pass change.
template <typename T>
struct Change {
  WideLine<T> by;    ///< sum of changes
  WideLine<T> mass;  ///< sum of ranks
};

/// A source of a lane, where it stands.
struct LaneSource {
  std::uint32_t place = 0;
  std::size_t lane = 0;
};

/// One pass. `now` and `before` hold ranks divided by degree and times damping, which is what an
/// entity hands on; `before` is overwritten by the ranks that follow.
template <typename T>
struct Pass {
  const std::uint64_t* offsets;
  const std::uint32_t* sources;
  const T* hand_on;  ///< rank → what is handed on, by place
  const T* rank;     ///< and back
  const Line<T>* now;
  Line<T>* before;
  Line<T> faster;                            ///< 1: a plain round
  std::span<const LaneSource> lane_sources;  ///< ascending
  T restart;
};

template <typename T>
LIANTU_INLINE void add_line(Line<T>& sum, const Line<T>& other) {
  for (std::size_t k = 0; k < kLanes<T>; ++k) sum.of[k] += other.of[k];
}
template <typename T>
LIANTU_INLINE void add_line(WideLine<T>& sum, const Line<T>& other) {
  for (std::size_t k = 0; k < kLanes<T>; ++k) sum.of[k] += static_cast<double>(other.of[k]);
}

/// How far ahead of the pairs their numbers are asked for.
constexpr std::uint64_t kAhead = 12;
constexpr std::uint64_t kNarrow = 32;  // numbers of a row added in its own precision
constexpr std::uint32_t kBlock = 64;   // rows whose changes are

/// Adds what arrives by the pairs from `j` up to `end`, of `all` there are, to a sum.
template <typename T>
LIANTU_INLINE void add_rest(const Pass<T>& pass, std::uint64_t& j, std::uint64_t end,
                            std::uint64_t all, Line<T>& next) {
  WideLine<T> sum;
  add_line(sum, next);
  while (j < end) {
    Line<T> part;
    for (const std::uint64_t stop = std::min(end, j + kNarrow); j < stop; ++j) {
      if (j + kAhead < all) __builtin_prefetch(&pass.now[pass.sources[j + kAhead]]);
      add_line(part, pass.now[pass.sources[j]]);
    }
    add_line(sum, part);
  }
  for (std::size_t k = 0; k < kLanes<T>; ++k) next.of[k] = static_cast<T>(sum.of[k]);
}

template <typename T>
LIANTU_INLINE Change<T> do_rows(const Pass<T>& pass, std::uint32_t first, std::uint32_t last) {
  Change<T> change;
  auto lane_source =
      std::lower_bound(pass.lane_sources.begin(), pass.lane_sources.end(), first,
                       [](const LaneSource& s, std::uint32_t place) { return s.place < place; });
  const std::uint64_t all = pass.offsets[last];
  std::uint64_t j = pass.offsets[first];
  Line<T> by;
  Line<T> mass;
  std::uint32_t flush = std::min(last, first + kBlock);
  for (std::uint32_t place = first; place < last; ++place) {
    const std::uint64_t end = pass.offsets[place + std::size_t{1}];
    Line<T> next;
    const std::uint64_t few = std::min(end, j + kNarrow);
    for (; j < few; ++j) {
      // The rows of consecutive places are consecutive too.
      if (j + kAhead < all) __builtin_prefetch(&pass.now[pass.sources[j + kAhead]]);
      add_line(next, pass.now[pass.sources[j]]);
    }
    if (j < end) add_rest(pass, j, end, all, next);
    for (; lane_source != pass.lane_sources.end() && lane_source->place == place; ++lane_source) {
      next.of[lane_source->lane] += pass.restart;
    }
    const T back = pass.rank[place];
    const T on = pass.hand_on[place];
    const Line<T>& now = pass.now[place];
    Line<T>& before = pass.before[place];
    for (std::size_t k = 0; k < kLanes<T>; ++k) {
      const T rank = now.of[k] * back;
      const T earlier = before.of[k] * back;
      by.of[k] += std::abs(next.of[k] - rank);
      mass.of[k] += rank;
      before.of[k] = (pass.faster.of[k] * (next.of[k] - earlier) + earlier) * on;
    }
    if (place + 1 < flush) continue;
    add_line(change.by, by);
    add_line(change.mass, mass);
    by = {};
    mass = {};
    flush = std::min(last, place + 1 + kBlock);
  }
  return change;
}

LIANTU_WIDE_VECTORS Change<float> do_rows_wide(const Pass<float>& pass, std::uint32_t first,
                                               std::uint32_t last) {
  return do_rows(pass, first, last);
}
LIANTU_WIDE_VECTORS Change<double> do_rows_wide(const Pass<double>& pass, std::uint32_t first,
                                                std::uint32_t last) {
  return do_rows(pass, first, last);
}

/// How the rounds of one lane go.
class LaneProgress {
 public:
  LaneProgress(double damping, double tolerance, bool symmetric)
      : damping_(damping),
        tolerance_(tolerance),
        symmetric_(symmetric),
        most_(most_rounds(damping, tolerance)) {}

  [[nodiscard]] bool done() const noexcept { return done_; }
  [[nodiscard]] double faster() const noexcept { return faster_; }

  /// What the round just done has changed, and by how much to overreach in the next one.
  /// @param total  Sum of all changes.
  /// @param mass   Sum of all ranks.
  void end_round(double total, double mass) {
    const double change = total / mass;
    // Ranks of a plain round are sums of what is handed on: only such a one ends the walk.
    const bool plain = faster_ == 1;
    // A plain round changes `damping` times what the one before it did, at most: where it does not,
    // only rounding is left of the change.
    if (plain && after_plain_ && total >= last_total_) ++rises_;
    if (plain && (change <= tolerance_ || rises_ > kMostRises || rounds_ >= most_)) {
      done_ = true;
      return;
    }
    after_plain_ = plain;
    last_total_ = total;
    const double ratio = rounds_ == 0 ? 1 : change / last_;
    last_ = change;
    ++rounds_;
    if (change < least_) {
      least_ = change;
      least_at_ = rounds_;
    }
    // Overreaching that gains nothing is left, and so it is before the last round allowed.
    if (rounds_ - least_at_ >= kPatience || rounds_ >= most_) symmetric_ = false;
    if (!symmetric_ || rounds_ < kPlainRounds || change <= tolerance_ ||
        change * ratio <= tolerance_) {
      faster_ = 1;
      since_ = 0;
      return;
    }
    if (since_ == 0) {
      reach_ = std::clamp(ratio, 0.05, damping_);
      faster_ = 1 / (1 - reach_ * reach_ / 2);
    } else {
      if (since_ >= kSettled && ratio < 1) {
        // The slowest part of what is missing shrinks by `ratio` under this pace; if it is slower
        // than reckoned with, the pace is set anew.
        const double slowest = (ratio * ratio + faster_ - 1) / (faster_ * ratio);
        if (slowest > 1.02 * reach_ && reach_ < damping_) {
          reach_ = std::min(slowest, damping_);
          since_ = 0;
          faster_ = 1;
        }
      }
      faster_ = 1 / (1 - reach_ * reach_ * (since_ == 0 ? 0.5 : faster_ / 4));
    }
    ++since_;
  }

 private:
  static constexpr std::uint64_t kPlainRounds = 5;
  static constexpr std::uint64_t kPatience = 16;
  static constexpr int kSettled = 6;
  static constexpr int kMostRises = 1;

  /// Plain rounds after which the change is below the tolerance whatever the graph: the first round
  /// changes 2 at most, and ranks sum to at least 1 − damping.
  static std::uint64_t most_rounds(double damping, double tolerance) {
    constexpr double kEnough = 1e18;
    const double rounds = std::log(tolerance * (1 - damping) / 2) / std::log(damping);
    return static_cast<std::uint64_t>(std::clamp(std::ceil(rounds), 1.0, kEnough));
  }

  double damping_;
  double tolerance_;
  bool symmetric_;
  std::uint64_t most_;
  bool done_ = false;
  std::uint64_t rounds_ = 0;
  int since_ = 0;
  double last_ = 0;
  double reach_ = 0;
  double faster_ = 1;
  bool after_plain_ = false;
  double last_total_ = 0;
  int rises_ = 0;
  double least_ = std::numeric_limits<double>::infinity();
  std::uint64_t least_at_ = 0;
};

/// Calls `use(i, rank_of)` for every source, `rank_of(place)` being its rank there.
template <typename T>
class Panels {
 public:
  Panels(PathEngineAccess::Body& body, const PathStep& step, const PageRankOptions& options)
      : body_(body),
        options_(options),
        symmetric_(step.direction == StepDirection::Either && !step.limits.region.known()) {
    const StepLayout& ahead = body.layout(step);
    behind_ = &body.turned_layout(step);
    const std::uint32_t size = body.order.size();
    hand_on_.resize(size);
    rank_.resize(size);
    for (std::uint32_t place = 0; place < size; ++place) {
      const auto degree = static_cast<double>(std::max<std::size_t>(ahead.degree(place), 1));
      hand_on_[place] = static_cast<T>(options.damping / degree);
      rank_[place] = static_cast<T>(degree / options.damping);
    }
    // Parts of equal work, the same whatever the number of threads.
    constexpr std::uint64_t kWork = 1 << 15;
    std::uint64_t work = kWork;
    for (std::uint32_t place = 0; place < size; ++place) {
      if (work >= kWork) {
        parts_.push_back(place);
        work = 0;
      }
      work += behind_->degree(place) + 1;
    }
    parts_.push_back(size);
    now_.resize(size);
    before_.resize(size);
  }

  template <typename Use>
  void run(std::span<const EntityId> sources, const Use& use) {
    for (std::size_t first = 0; first < sources.size(); first += kLanes<T>) {
      run_panel(sources, first, std::min(first + kLanes<T>, sources.size()), use);
    }
  }

 private:
  template <typename Use>
  void run_panel(std::span<const EntityId> sources, std::size_t first, std::size_t last,
                 const Use& use) {
    const std::size_t lanes = last - first;
    std::vector<LaneSource> lane_sources(lanes);
    std::vector<LaneProgress> lane_progress(
        lanes, LaneProgress(options_.damping, options_.tolerance, symmetric_));
    std::fill(now_.begin(), now_.end(), Line<T>{});
    std::fill(before_.begin(), before_.end(), Line<T>{});
    for (std::size_t k = 0; k < lanes; ++k) {
      lane_sources[k] = {body_.order.place(sources[first + k]), k};
      now_[lane_sources[k].place].of[k] = hand_on_[lane_sources[k].place];
    }
    std::sort(lane_sources.begin(), lane_sources.end(),
              [](const LaneSource& a, const LaneSource& b) { return a.place < b.place; });
    std::vector<Change<T>> changes(parts_.size() - 1);
    const bool wide = have_wide_vectors();
    std::size_t going = lanes;
    while (going > 0) {
      throw_if_cancelled(options_.stop);
      Pass<T> pass{behind_->offsets(),
                   behind_->targets(),
                   hand_on_.data(),
                   rank_.data(),
                   now_.data(),
                   before_.data(),
                   {},
                   lane_sources,
                   static_cast<T>(1 - options_.damping)};
      for (std::size_t k = 0; k < lanes; ++k)
        pass.faster.of[k] = static_cast<T>(lane_progress[k].faster());
      parallel_for(changes.size(), [&](std::size_t i) {
        changes[i] = wide ? do_rows_wide(pass, parts_[i], parts_[i + 1])
                          : do_rows(pass, parts_[i], parts_[i + 1]);
      });
      std::swap(now_, before_);
      for (std::size_t k = 0; k < lanes; ++k) {
        if (lane_progress[k].done()) continue;
        double change = 0;
        double mass = 0;
        for (const Change<T>& part : changes) {
          change += part.by.of[k];
          mass += part.mass.of[k];
        }
        // Walks that get lost have ranks that sum to less, and are made to sum to 1 in the end.
        lane_progress[k].end_round(change, mass);
        if (!lane_progress[k].done()) continue;
        --going;
        double sum = 0;
        for (std::uint32_t place = 0; place < body_.order.size(); ++place) {
          sum += rank_at(place, k);
        }
        use(first + k, [&](std::uint32_t place) { return rank_at(place, k) / sum; });
        if (options_.progress) {
          options_.progress("pagerank", first + lanes - going, sources.size());
        }
      }
    }
  }

  [[nodiscard]] double rank_at(std::uint32_t place, std::size_t lane) const {
    // Overreaching leaves traces below zero where hardly anything arrives.
    return std::max(0.0, static_cast<double>(now_[place].of[lane]) * rank_[place]);
  }

  PathEngineAccess::Body& body_;
  const PageRankOptions& options_;
  bool symmetric_;
  const StepLayout* behind_ = nullptr;
  HugeVector<T> hand_on_;
  HugeVector<T> rank_;
  std::vector<std::uint32_t> parts_;
  HugeVector<Line<T>> now_;
  HugeVector<Line<T>> before_;
};

template <typename Use>
void for_each_ranked(const PathEngine& engine, const PathStep& step,
                     std::span<const EntityId> sources, const PageRankOptions& options,
                     const Use& use) {
  constexpr double kSinglePrecision = 1e-6;
  require_damping(options.damping);
  require_tolerance(options.tolerance);
  PathEngineAccess::Body& body = PathEngineAccess::body(engine);
  run_in(body.arena, [&] {
    if (options.tolerance >= kSinglePrecision) {
      Panels<float>(body, step, options).run(sources, use);
    } else {
      Panels<double>(body, step, options).run(sources, use);
    }
  });
}

}  // namespace

std::vector<ScoreRow> pagerank_rows(const PathEngine& engine, const PathStep& step,
                                    std::span<const EntityId> sources,
                                    const PageRankOptions& options) {
  const EntityOrder& order = PathEngineAccess::body(engine).order;
  std::vector<ScoreRow> rows(sources.size());
  for_each_ranked(engine, step, sources, options, [&](std::size_t i, const auto& rank_at) {
    for (std::uint32_t id = 0; id < order.size(); ++id) {
      const double rank = rank_at(order.place(EntityId{id}));
      if (rank <= 0) continue;
      rows[i].entities.push_back(EntityId{id});
      rows[i].scores.push_back(rank);
    }
  });
  return rows;
}

std::vector<std::vector<ScoredEntity>> pagerank_top(const PathEngine& engine, const PathStep& step,
                                                    std::span<const EntityId> sources,
                                                    const ScoreOptions& ranking,
                                                    const PageRankOptions& options) {
  PathEngineAccess::Body& body = PathEngineAccess::body(engine);
  const EntityOrder& order = body.order;
  const StepLayout* known =
      ranking.new_in ? &body.layout({*ranking.new_in, StepDirection::Either}) : nullptr;
  const std::size_t most = ranking.top == 0 ? std::max<std::size_t>(order.size(), 1) : ranking.top;
  std::vector<std::vector<ScoredEntity>> rankings(sources.size());
  for_each_ranked(engine, step, sources, options, [&](std::size_t i, const auto& rank_at) {
    throw_if_cancelled(ranking.stop);
    Selection selection(order, most);
    const std::uint32_t self = order.place(sources[i]);
    const auto joined = known == nullptr ? std::span<const std::uint32_t>{} : known->row(self);
    auto next = joined.begin();
    for (std::uint32_t place = 0; place < order.size(); ++place) {
      if (next != joined.end() && *next == place) {
        ++next;
        continue;
      }
      if (known != nullptr && place == self) continue;
      selection.offer(place, rank_at(place));
    }
    rankings[i] = selection.take();
  });
  return rankings;
}

PushedRanks push_pagerank(const PathEngine& engine, const PathStep& step, EntityId source,
                          double damping, double threshold, const std::stop_token& stop) {
  constexpr std::size_t kPushesBetweenStopChecks = 4096;
  require_damping(damping);
  require_threshold(threshold);
  PathEngineAccess::Body& body = PathEngineAccess::body(engine);
  const StepLayout& layout = body.layout(step);
  struct PushedRank {
    double rank = 0;
    double kept_back = 0;
    bool waits = false;
  };
  std::unordered_map<std::uint32_t, PushedRank> pushed;
  std::deque<std::uint32_t> waiting;
  const auto hand = [&](std::uint32_t place, double part) {
    PushedRank& there = pushed[place];
    there.kept_back += part;
    const auto degree = static_cast<double>(std::max<std::size_t>(layout.degree(place), 1));
    if (there.waits || there.kept_back <= threshold * degree) return;
    there.waits = true;
    waiting.push_back(place);
  };
  const std::uint32_t self = body.order.place(source);
  hand(self, 1);
  for (std::size_t pushes = 0; !waiting.empty(); ++pushes) {
    if (pushes % kPushesBetweenStopChecks == 0) throw_if_cancelled(stop);
    const std::uint32_t place = waiting.front();
    waiting.pop_front();
    PushedRank& here = pushed[place];
    const double part = here.kept_back;
    here.kept_back = 0;
    here.waits = false;
    here.rank += (1 - damping) * part;
    const std::span<const std::uint32_t> row = layout.row(place);
    if (row.empty()) {
      hand(self, damping * part);
      continue;
    }
    const double each = damping * part / static_cast<double>(row.size());
    for (const std::uint32_t to : row) hand(to, each);
  }

  std::vector<std::pair<EntityId, const PushedRank*>> sorted;
  for (const auto& [place, there] : pushed) sorted.emplace_back(body.order.entity(place), &there);
  std::sort(sorted.begin(), sorted.end());
  PushedRanks result;
  for (const auto& [entity, there] : sorted) {
    result.missing += there->kept_back;
    if (there->rank <= 0) continue;
    result.ranks.entities.push_back(entity);
    result.ranks.scores.push_back(there->rank);
  }
  return result;
}

}  // namespace liantu
