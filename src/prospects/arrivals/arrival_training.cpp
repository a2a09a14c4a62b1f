#include "liantu/prospects/arrivals/arrival_training.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/run/parallel.hpp"
#include "liantu/base/text/error.hpp"
#include "prospects/arrivals/arrival_history.hpp"
#include "prospects/arrivals/arrival_samples.hpp"

namespace liantu {
namespace {

constexpr std::size_t kLeastArrivals = 30;

constexpr std::size_t kMostOthers = 4000;  // firms that did not come looked at, a place
constexpr double kShrink = 10;             // of the square of exponents: keeps rare factors small
constexpr std::size_t kN = kArrivalFactorCount;

using Vector = Eigen::Matrix<double, static_cast<int>(kN), 1>;
using Matrix = Eigen::Matrix<double, static_cast<int>(kN), static_cast<int>(kN)>;

/// Conditional logit: of the firms that might come to a place, each that came was as likely to as
/// the product says, against all. Negatives drawn stand for those left out.
class Fit {
 public:
  /// @param works   Only what came to make or operate something is learnt from.
  /// @param centre  Exponents that the fit stays near to where there is little to learn from.
  Fit(const std::vector<ArrivalSample>& samples, const ArrivalModel& start, bool works = false,
      const std::array<double, kN>& centre = {})
      : start_(start), works_(works) {
    for (std::size_t i = 0; i < kN; ++i) centre_[static_cast<int>(i)] = centre[i];
    places_.resize(samples.size());
    parallel_for(samples.size(), [&](std::size_t p) { take(samples[p], places_[p]); });
    std::erase_if(places_, [](const Place& place) { return place.came.empty(); });
  }

  [[nodiscard]] std::size_t positives() const {
    std::size_t count = 0;
    for (const Place& place : places_) count += place.came.size();
    return count;
  }

  /// @source McFadden (1974), Conditional logit analysis of qualitative choice behavior; McFadden
  ///         (1978) for drawn alternatives.
  [[nodiscard]] std::array<double, kN> best(const std::stop_token& stop) const {
    std::array<bool, kN> in;
    in.fill(true);
    Vector exponents;
    while (true) {
      exponents = climb(in, stop);
      // What would speak against a firm is left out: a factor only ever speaks for it.
      bool left_out = false;
      for (std::size_t i = 0; i < kN; ++i) {
        if (!in[i] || exponents[static_cast<int>(i)] >= 0) continue;
        in[i] = false;
        left_out = true;
      }
      if (!left_out) break;
    }
    std::array<double, kN> found{};
    // Four digits: what a model says must not hang on how a sum was taken.
    for (std::size_t i = 0; i < kN; ++i) {
      found[i] = in[i] ? std::round(exponents[static_cast<int>(i)] * 10'000) / 10'000 : 0;
    }
    return found;
  }

 private:
  struct Row {
    Vector x;
    double log_weight = 0;  // of how many it stands for
  };
  struct Place {
    std::vector<Row> came;
    std::vector<Row> others;
  };
  struct Slope {
    double value = 0;
    Vector gradient = Vector::Zero();
    Matrix curve = Matrix::Zero();
  };

  void take(const ArrivalSample& sample, Place& place) const {
    const auto row = [&](const ArrivalFactors& factors, double log_weight) {
      Row made;
      for (std::size_t f = 0; f < kN; ++f) {
        made.x[static_cast<int>(f)] = std::log1p(factors[f] / start_.floors[f]);
      }
      made.log_weight = log_weight;
      return made;
    };
    for (std::size_t i = 0; i < sample.came.size(); ++i) {
      if (!works_ || sample.works[i]) place.came.push_back(row(sample.came[i], 0));
    }
    if (place.came.empty()) return;
    const double weight = -std::log(sample.share);
    for (const ArrivalFactors& one : sample.others) place.others.push_back(row(one, weight));
  }

  [[nodiscard]] Slope slope_at(const Place& place, const Vector& at) const {
    double most = -std::numeric_limits<double>::infinity();
    const auto said = [&](const Row& row) { return row.x.dot(at) + row.log_weight; };
    for (const Row& row : place.came) most = std::max(most, said(row));
    for (const Row& row : place.others) most = std::max(most, said(row));
    double total = 0;
    Vector mean = Vector::Zero();
    Matrix square = Matrix::Zero();
    for (const std::vector<Row>* rows : {&place.came, &place.others}) {
      for (const Row& row : *rows) {
        const double weight = std::exp(said(row) - most);
        total += weight;
        mean += weight * row.x;
        square += weight * row.x * row.x.transpose();
      }
    }
    mean /= total;
    square /= total;
    Slope slope;
    const auto count = static_cast<double>(place.came.size());
    for (const Row& row : place.came) {
      slope.value += row.x.dot(at);
      slope.gradient += row.x;
    }
    slope.value -= count * (most + std::log(total));
    slope.gradient -= count * mean;
    slope.curve = count * (square - mean * mean.transpose());
    return slope;
  }

  [[nodiscard]] Slope slope_at(const Vector& at) const {
    std::vector<Slope> slopes(places_.size());
    parallel_for(places_.size(), [&](std::size_t p) { slopes[p] = slope_at(places_[p], at); });
    Slope sum;
    for (const Slope& one : slopes) {
      sum.value += one.value;
      sum.gradient += one.gradient;
      sum.curve += one.curve;
    }
    sum.value -= kShrink / 2 * (at - centre_).squaredNorm();
    sum.gradient -= kShrink * (at - centre_);
    sum.curve += kShrink * Matrix::Identity();
    return sum;
  }

  // Newton's method; a step that does not rise is halved.
  [[nodiscard]] Vector climb(const std::array<bool, kN>& in, const std::stop_token& stop) const {
    constexpr int kMostSteps = 40;
    Vector at = centre_;
    for (std::size_t i = 0; i < kN; ++i) {
      if (!in[i]) at[static_cast<int>(i)] = 0;
    }
    Slope here = slope_at(at);
    for (int step = 0; step < kMostSteps; ++step) {
      if (stop.stop_requested()) {
        throw Error(ErrorCode::Cancelled,
                    {"training was cancelled before its end; start it again for a model",
                     "训练在完成前已被取消；如需模型，请重新运行"});
      }
      Vector gradient = here.gradient;
      Matrix curve = here.curve;
      for (std::size_t i = 0; i < kN; ++i) {
        if (in[i]) continue;
        const auto k = static_cast<int>(i);
        gradient[k] = 0;
        curve.row(k).setZero();
        curve.col(k).setZero();
        curve(k, k) = 1;
      }
      Vector move = curve.ldlt().solve(gradient);
      if (move.cwiseAbs().maxCoeff() < 1e-7) break;
      Slope there = slope_at(at + move);
      for (int half = 0; half < 20 && !(there.value >= here.value); ++half) {
        move /= 2;
        there = slope_at(at + move);
      }
      if (!(there.value >= here.value)) break;
      at += move;
      here = there;
    }
    return at;
  }

  ArrivalModel start_;
  bool works_;
  Vector centre_ = Vector::Zero();
  std::vector<Place> places_;
};

struct Learnt {
  ArrivalModel model;
  std::vector<int> from;
  std::size_t positives = 0;
};

Learnt learn(const ArrivalGround& ground, const ArrivalTrainingOptions& options, int until) {
  Learnt learnt;
  std::vector<ArrivalSample> samples;
  for (int w = 0; w < options.years; ++w) {
    // Each starts a year later and all reach up to the year itself: what came lately tells most.
    const int from = until - options.years + w;
    if (options.progress) options.progress("look", w, options.years);
    std::vector<ArrivalSample> more =
        samples_of(ground, from, until, options.least, kMostOthers, options.seed);
    if (more.empty()) continue;
    for (const ArrivalSample& one : more) learnt.positives += one.came.size();
    learnt.from.push_back(from);
    std::move(more.begin(), more.end(), std::back_inserter(samples));
  }
  if (learnt.positives < kLeastArrivals) {
    throw Error(
        ErrorCode::NotFound,
        {fmt::format("{} arrivals before {} can be learnt from (at places with {} or more in {} "
                     "years): with fewer than {} nothing is learnt; bring more arrivals",
                     learnt.positives, until, options.least, options.years, kLeastArrivals),
         fmt::format("{} 年之前可供学习的落户（{} 年内不少于 {} 次的地区）只有 {} 次，少于 {} "
                     "次不训练；请补充落户记录",
                     until, options.years, options.least, learnt.positives, kLeastArrivals)});
  }
  if (options.progress) options.progress("fit", 0, 0);
  learnt.model = default_arrival_model();
  learnt.model.exponents = Fit(samples, learnt.model).best(options.stop);
  // Works are few: what all arrivals say is where their exponents start from and stay near to.
  const Fit works(samples, learnt.model, true, learnt.model.exponents);
  learnt.model.works =
      works.positives() < kLeastArrivals ? learnt.model.exponents : works.best(options.stop);
  return learnt;
}

void check_options(const ArrivalTrainingOptions& options) {
  const auto refuse = [](std::string_view en, std::string_view zh) {
    throw Error(ErrorCode::InvalidArgument, {std::string(en), std::string(zh)});
  };
  if (options.years < 1 || options.years > 20) {
    refuse("a window is 1 to 20 years long", "窗口长度须为 1 到 20 年");
  }
  if (options.least < 1 || options.least > 1000) {
    refuse("a place needs 1 to 1000 arrivals", "每地至少落户数须在 1 到 1000 之间");
  }
}

}  // namespace

bool ArrivalTraining::beats_baselines() const {
  const auto map = [&](ArrivalRanking ranking) {
    const auto found = std::ranges::find(validation.scores, ranking, &ArrivalScore::ranking);
    return found == validation.scores.end() ? 0.0 : found->map;
  };
  return map(ArrivalRanking::Propensity) > map(best_baseline);
}

ArrivalTraining train_arrivals(const EnterpriseGraph& graph, std::span<const Arrival> arrivals,
                               const ArrivalTrainingOptions& options) {
  check_options(options);
  int until = options.until;
  if (until == 0 && !arrivals.empty()) until = arrivals.back().date.year + 1;
  // What is dated from then on is not looked at.
  const auto end = std::ranges::lower_bound(arrivals, until, {},
                                            [](const Arrival& one) { return int{one.date.year}; });
  const std::span<const Arrival> known(arrivals.begin(), end);
  ArrivalTraining training;
  training.validated = until - options.years;
  const ArrivalGround ground(graph, known, options.points);
  const Learnt earlier = learn(ground, options, training.validated);

  ArrivalBacktestOptions judge;
  judge.from = {training.validated};
  judge.years = options.years;
  judge.least = std::max(options.least, judge.least);
  judge.model = earlier.model;
  judge.points = options.points;
  judge.seed = options.seed;
  judge.stop = options.stop;
  ArrivalBacktest found = backtest_arrivals(graph, known, judge);
  training.validation = std::move(found.windows.front().views.front());
  if (training.validation.positives < kLeastArrivals) {
    throw Error(ErrorCode::NotFound,
                {fmt::format("{} arrivals from {} on are there to judge by: with fewer than {} "
                             "nothing is concluded; bring more arrivals",
                             training.validation.positives, training.validated, kLeastArrivals),
                 fmt::format("{} 年起可供检验的落户只有 {} 次，少于 {} 次不作结论；请补充落户记录",
                             training.validated, training.validation.positives, kLeastArrivals)});
  }
  double best = -1;
  for (const ArrivalScore& score : training.validation.scores) {
    const bool single = score.ranking != ArrivalRanking::Propensity &&
                        score.ranking != ArrivalRanking::BranchesFlow;
    if (!single || score.map <= best) continue;
    best = score.map;
    training.best_baseline = score.ranking;
  }
  Learnt learnt = learn(ground, options, until);
  training.model = learnt.model;
  training.learnt_from = std::move(learnt.from);
  training.positives = learnt.positives;
  return training;
}

}  // namespace liantu
