#include "liantu/chain/gaps/gap_backtest.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/values/confidence.hpp"
#include "chain/economy/economy.hpp"
#include "chain/economy/stopping.hpp"
#include "chain/structure/product_space.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/chain/gaps/gaps.hpp"

namespace liantu {
namespace {

// Numbers that differ from seed to seed and not from machine to machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t bound) {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return static_cast<std::size_t>((z ^ (z >> 31)) % bound);
  }

 private:
  std::uint64_t state_;
};

void check(const GapBacktestOptions& options) {
  const auto refuse = [](std::string en, std::string zh) {
    throw Error(ErrorCode::InvalidArgument, {std::move(en), std::move(zh)});
  };
  if (!options.before.known()) {
    refuse("the date before which firms are known is not given; name one, such as 2006",
           "没有给出分界日期；请给出一个，如 2006");
  }
  if (options.until.known() && !(options.before < options.until)) {
    refuse(fmt::format("{} is not after {}; the later date must come second",
                       options.until.to_string(), options.before.to_string()),
           fmt::format("{} 不晚于 {}；截止日期应晚于分界日期", options.until.to_string(),
                       options.before.to_string()));
  }
  if (options.top < 1 || options.top > 1000) {
    refuse(fmt::format("top {} is outside 1..1000", options.top),
           fmt::format("top 的值 {} 不在 1 到 1000 之间", options.top));
  }
}

using Segments = std::vector<std::uint32_t>;

// What was known of a district by a date, and what it gained later.
struct District {
  DistrictBacktest told;
  Segments known;                  // made here by then, ascending
  std::vector<bool> is_positive;   // by segment
  Segments candidates;             // ascending
  std::vector<double> density;     // by segment
  std::vector<double> needers;     // by segment
  std::vector<std::size_t> place;  // by segment: in the list of gaps, from 1; 0 where it is none
};

// The districts as a date divides their firms into known ones and such that came.
class Window {
 public:
  Window(const Economy& economy, const GapFinder& finder, const GapBacktestOptions& options,
         Date before, Date until)
      : economy_(economy),
        graph_(economy.graph()),
        finder_(finder),
        options_(options),
        before_(before),
        until_(until) {
    made_somewhere_.assign(graph_.size(EntityKind::Segment), 0);
    for (std::uint32_t i = 0; i < graph_.size(EntityKind::Firm); ++i) {
      if (!graph_.founded(graph_.entity(FirmId{i})).known()) ++undated_;
      if (!known(FirmId{i})) continue;
      any_known_ = true;
      for (const std::uint32_t segment : made({FirmId{i}})) ++made_somewhere_[segment];
    }
    gather_districts();
    rank_by_relatedness();
  }

  /// Fills what the list of gaps says.
  void find_gaps_of(District& district) {
    check_stop(options_.stop, kBacktest);
    GapOptions options;
    options.district.region = district.told.region;
    options.min_confidence = options_.min_confidence;
    options.rounds = options_.rounds;
    options.founded_before = before_;
    options.stop = options_.stop;
    district.place.assign(made_somewhere_.size(), 0);
    district.needers.assign(made_somewhere_.size(), 0);
    for (const Gap& gap : finder_.find(options).gaps) {
      const std::uint32_t segment = raw(gap.segment);
      if (!std::ranges::binary_search(district.candidates, segment)) continue;
      district.place[segment] = ++district.told.gaps;
      district.needers[segment] = static_cast<double>(gap.needers.size());
    }
  }

  [[nodiscard]] std::vector<District>& districts() { return districts_; }
  [[nodiscard]] bool any_known() const { return any_known_; }
  [[nodiscard]] bool any_district() const { return any_district_; }
  [[nodiscard]] std::size_t undated() const { return undated_; }
  [[nodiscard]] std::size_t skipped() const { return skipped_; }
  [[nodiscard]] std::size_t unforeseeable() const { return unforeseeable_; }
  /// Firms anywhere that made it by then.
  [[nodiscard]] double makers(std::uint32_t segment) const { return made_somewhere_[segment]; }

 private:
  [[nodiscard]] bool known(FirmId firm) const {
    const Date founded = graph_.founded(graph_.entity(firm));
    return founded.known() && founded < before_;
  }
  [[nodiscard]] bool came(FirmId firm) const {
    const Date founded = graph_.founded(graph_.entity(firm));
    return founded.known() && !(founded < before_) && (!until_.known() || founded < until_);
  }

  // What firms make, and what that is part of.
  [[nodiscard]] Segments made(const std::vector<FirmId>& firms) const {
    const Relation makes = graph_.relation(RelationKind::Makes);
    Segments segments;
    for (const FirmId firm : firms) {
      const EdgeRange edges = makes.out_edges(graph_.entity(firm));
      for (std::uint64_t e = edges.first; e < edges.last; ++e) {
        const SegmentId segment{graph_.local(makes.target(EdgeId{e}))};
        const double confidence = static_cast<double>(makes.provenance(EdgeId{e}).confidence);
        if (economy_.taxonomy().chain(segment)) continue;
        if (!reaches(confidence, options_.min_confidence)) continue;
        economy_.taxonomy().walk_up(segment, [&](const Ancestor& above) {
          if (segments.size() % kLooksApart == 0) check_stop(options_.stop, kBacktest);
          segments.push_back(raw(above.segment));
          return true;
        });
      }
    }
    std::ranges::sort(segments);
    segments.erase(std::unique(segments.begin(), segments.end()), segments.end());
    return segments;
  }

  void gather_districts() {
    for (const Economy::Place& place : economy_.places()) {
      if (place.region.level() != RegionLevel::District || !region_exists(place.region)) continue;
      if (options_.within.known() && !options_.within.contains(place.region)) continue;
      any_district_ = true;
      std::vector<FirmId> then;
      std::vector<FirmId> later;
      for (const FirmId firm : place.firms) {
        if (known(firm)) then.push_back(firm);
        if (came(firm)) later.push_back(firm);
      }
      District district;
      district.told.region = place.region;
      district.told.known_firms = then.size();
      district.told.came_firms = later.size();
      district.known = made(then);
      const Segments now = made(later);
      district.is_positive.assign(made_somewhere_.size(), false);
      for (std::uint32_t s = 0; s < made_somewhere_.size(); ++s) {
        if (std::ranges::binary_search(district.known, s)) continue;
        const bool gained = std::ranges::binary_search(now, s);
        if (gained && made_somewhere_[s] == 0) ++unforeseeable_;
        if (made_somewhere_[s] == 0) continue;
        district.candidates.push_back(s);
        district.is_positive[s] = gained;
        if (gained) ++district.told.positives;
      }
      district.told.candidates = district.candidates.size();
      if (district.known.empty() || district.candidates.size() < options_.top) {
        ++skipped_;
        continue;
      }
      districts_.push_back(std::move(district));
    }
  }

  // Density of every segment in every district, one row of relatedness for all of them.
  void rank_by_relatedness() {
    const ProductSpace space(economy_, {options_.min_confidence, 2, 1, {options_.stop, kBacktest}},
                             [this](FirmId firm) { return known(firm); });
    const auto segments = space.segments();
    std::vector<std::vector<std::uint32_t>> known(districts_.size());  // numbers of the space
    for (std::size_t d = 0; d < districts_.size(); ++d) {
      districts_[d].density.assign(made_somewhere_.size(), 0);
      for (std::uint32_t n = 0; n < segments.size(); ++n) {
        if (std::ranges::binary_search(districts_[d].known, raw(segments[n])))
          known[d].push_back(n);
      }
    }
    std::vector<std::uint32_t> together;
    std::vector<double> phi(segments.size());
    for (std::size_t t = 0; t < segments.size(); ++t) {
      if (t % 64 == 0) check_stop(options_.stop, kBacktest);
      space.together(t, together);
      double all = 0;
      for (std::size_t s = 0; s < segments.size(); ++s) {
        const std::uint32_t most = std::max(space.units(s), space.units(t));
        phi[s] = together[s] == 0 ? 0 : static_cast<double>(together[s]) / most;
        all += phi[s];
      }
      if (!(all > 0)) continue;
      for (std::size_t d = 0; d < districts_.size(); ++d) {
        double here = 0;
        for (const std::uint32_t s : known[d]) here += phi[s];
        districts_[d].density[raw(segments[t])] = here / all;
      }
    }
  }

  const Economy& economy_;
  const EnterpriseGraph& graph_;
  const GapFinder& finder_;
  const GapBacktestOptions& options_;
  Date before_;
  Date until_;
  std::vector<std::uint32_t> made_somewhere_;  // by segment: makers anywhere by then
  std::vector<District> districts_;
  std::size_t undated_ = 0;
  std::size_t skipped_ = 0;
  std::size_t unforeseeable_ = 0;
  bool any_known_ = false;
  bool any_district_ = false;
};

// How a segment looked in a district: a 1, and what its weights in GapWeights are of.
using Features = Eigen::Vector4d;

Features features(const Window& window, const District& district, std::uint32_t segment) {
  // Keeps the logarithm of no relatedness at all finite; a hundredth lies below most densities.
  constexpr double kLeastDensity = 0.01;
  return {1, std::log(window.makers(segment)), std::log(district.density[segment] + kLeastDensity),
          std::log1p(district.needers[segment])};
}

// Logistic regression by Newton's method. The ridge keeps weights finite where features part the
// outcomes wholly, and is nothing beside the thousands of examples of a real window.
Features fit(const std::vector<std::pair<Features, bool>>& examples) {
  constexpr double kRidge = 1;
  constexpr int kMostSteps = 50;
  Features weights = Features::Zero();
  for (int step = 0; step < kMostSteps; ++step) {
    Eigen::Matrix4d curvature = kRidge * Eigen::Matrix4d::Identity();
    Features slope = -kRidge * weights;
    curvature(0, 0) = 1e-9;  // the base rate is free
    slope(0) = 0;
    for (const auto& [x, gained] : examples) {
      const double p = 1 / (1 + std::exp(-weights.dot(x)));
      slope += ((gained ? 1 : 0) - p) * x;
      curvature.noalias() += p * (1 - p) * x * x.transpose();
    }
    Features move = curvature.ldlt().solve(slope);
    // From a far start a whole step may overshoot.
    constexpr double kLongest = 5;
    if (move.norm() > kLongest) move *= kLongest / move.norm();
    weights += move;
    if (move.norm() < 1e-10) break;
  }
  return weights;
}

class Backtest {
 public:
  Backtest(const EnterpriseGraph& graph, const GapBacktestOptions& options)
      : options_(options),
        economy_(graph, {options.stop, kBacktest}),
        finder_(graph, options.stop) {}

  GapBacktest run() {
    result_.before = options_.before;
    result_.until = options_.until;
    result_.top = options_.top;
    Window window(economy_, finder_, options_, options_.before, options_.until);
    refuse_nothing(window);
    result_.undated_firms = window.undated();
    result_.skipped = window.skipped();
    result_.unforeseeable = window.unforeseeable();
    learn();
    std::uint64_t done = 0;
    for (District& district : window.districts()) {
      window.find_gaps_of(district);
      evaluate(window, district);
      if (options_.progress) options_.progress("backtest", ++done, window.districts().size());
    }
    sum_up();
    return std::move(result_);
  }

 private:
  void refuse_nothing(const Window& window) const {
    if (!window.any_known()) {
      throw Error(
          ErrorCode::NotFound,
          {fmt::format("no firm is known to be founded before {}; the tables need a column "
                       "with dates of foundation",
                       options_.before.to_string()),
           fmt::format("没有 {} 之前成立的企业；表中应有成立日期列", options_.before.to_string())});
    }
    if (!window.any_district()) {
      throw Error(ErrorCode::NotFound,
                  {fmt::format("no firm stands in a district of {}; check the region code, or the "
                               "firms' addresses",
                               options_.within.known() ? options_.within.to_string() : "the graph"),
                   fmt::format("{} 内没有注册到区县的企业；请核对区划代码或企业地址",
                               options_.within.known() ? options_.within.to_string() : "图")});
    }
  }

  // The weights of Combined, from the years before the date: what came then is all it learns from.
  void learn() {
    constexpr int kYears = 5;
    const int years =
        options_.until.known() ? std::max(1, options_.until.year - options_.before.year) : kYears;
    Date earlier = options_.before;
    if (earlier.year <= years) return;
    earlier.year = static_cast<decltype(earlier.year)>(earlier.year - years);
    Window window(economy_, finder_, options_, earlier, options_.before);
    std::vector<std::pair<Features, bool>> examples;
    std::size_t positives = 0;
    for (District& district : window.districts()) {
      window.find_gaps_of(district);
      positives += district.told.positives;
      for (const std::uint32_t segment : district.candidates) {
        examples.emplace_back(features(window, district, segment), district.is_positive[segment]);
      }
    }
    if (positives == 0 || positives < options_.least_positives) return;
    weights_ = fit(examples);
    result_.weights =
        GapWeights{earlier, options_.before, positives, weights_(1), weights_(2), weights_(3)};
  }

  void evaluate(const Window& window, District& district) {
    const std::size_t segments = district.place.size();
    const auto set = [&](GapRanking ranking, const auto& score) {
      district.told.hits[static_cast<std::size_t>(ranking)] = hits(district, score);
    };
    // What is not a gap stands behind all that are.
    set(GapRanking::Gaps, [&](std::uint32_t segment) {
      const std::size_t place = district.place[segment];
      return place == 0 ? 0.0 : static_cast<double>(segments + 1 - place);
    });
    set(GapRanking::RelatedGaps, [&](std::uint32_t segment) {
      return district.place[segment] == 0 ? -1.0 : district.density[segment];
    });
    set(GapRanking::Relatedness, [&](std::uint32_t s) { return district.density[s]; });
    set(GapRanking::Frequency, [&](std::uint32_t s) { return window.makers(s); });
    set(GapRanking::Random, [](std::uint32_t) { return 0.0; });
    if (result_.weights) {
      set(GapRanking::Combined,
          [&](std::uint32_t s) { return weights_.dot(features(window, district, s)); });
    }
    compare_gaps_with_others(window, district);
    result_.districts.push_back(district.told);
    result_.positives += district.told.positives;
  }

  // Positives among the first of all candidates; of equal ones as many as any order has on average.
  template <typename Score>
  [[nodiscard]] double hits(const District& district, const Score& score) const {
    std::vector<std::pair<double, bool>> list;
    for (const std::uint32_t segment : district.candidates) {
      list.emplace_back(-score(segment), district.is_positive[segment]);
    }
    std::ranges::sort(list);
    double found = 0;
    for (std::size_t i = 0; i < std::min(options_.top, list.size());) {
      std::size_t end = i;
      std::size_t positives = 0;
      for (; end < list.size() && list[end].first == list[i].first; ++end) {
        if (list[end].second) ++positives;
      }
      const std::size_t taken = std::min(end, options_.top) - i;
      found += static_cast<double>(positives) * static_cast<double>(taken) /
               static_cast<double>(end - i);
      i = end;
    }
    return found;
  }

  // Whether need says more than how common a segment is: gaps beside other candidates that as many
  // firms make, to a power of two.
  static void compare_gaps_with_others(const Window& window, District& district) {
    struct Others {
      double all = 0;
      double gained = 0;
    };
    std::map<int, Others> others;
    for (const std::uint32_t segment : district.candidates) {
      if (district.place[segment] != 0) continue;
      Others& of = others[std::ilogb(window.makers(segment))];
      ++of.all;
      if (district.is_positive[segment]) ++of.gained;
    }
    for (const std::uint32_t segment : district.candidates) {
      if (district.place[segment] == 0) continue;
      const auto of = others.find(std::ilogb(window.makers(segment)));
      if (of == others.end()) continue;
      if (district.is_positive[segment]) ++district.told.gaps_gained;
      district.told.gaps_expected += of->second.gained / of->second.all;
    }
  }

  void sum_up() {
    result_.conclusive = result_.positives >= options_.least_positives;
    const std::size_t n = result_.districts.size();
    // Numbers of the districts of each sample.
    constexpr std::size_t kSamples = 2000;
    std::vector<std::vector<std::size_t>> samples(n == 0 ? 0 : kSamples);
    Random random(options_.seed);
    for (auto& sample : samples) {
      for (std::size_t i = 0; i < n; ++i) sample.push_back(random.below(n));
    }
    const auto interval = [&](const auto& value) {
      std::vector<double> values;
      for (const auto& sample : samples) values.push_back(value(sample));
      std::ranges::sort(values);
      if (values.empty()) return std::pair(0.0, 0.0);
      const std::size_t cut = values.size() / 40;  // 2.5 %
      return std::pair(values[cut], values[values.size() - 1 - cut]);
    };
    const auto sum = [&](const std::vector<std::size_t>& sample, const auto& value) {
      double all = 0;
      for (const std::size_t d : sample) all += value(result_.districts[d]);
      return all;
    };
    std::vector<std::size_t> all(n);
    for (std::size_t d = 0; d < n; ++d) all[d] = d;
    const double looked_at = static_cast<double>(options_.top) * static_cast<double>(n);
    for (const GapRanking ranking : kGapRankings) {
      if (ranking == GapRanking::Combined && !result_.weights) continue;
      const auto k = static_cast<std::size_t>(ranking);
      const auto hits = [&](const DistrictBacktest& one) { return one.hits[k]; };
      const auto over = [&](GapRanking other) {
        return [&sum, looked_at, k, o = static_cast<std::size_t>(other)](const auto& of) {
          return sum(of, [&](const DistrictBacktest& one) { return one.hits[k] - one.hits[o]; }) /
                 looked_at;
        };
      };
      RankingScore score;
      score.ranking = ranking;
      score.hits = sum(all, hits);
      if (n > 0) {
        score.precision = score.hits / looked_at;
        score.over_random = over(GapRanking::Random)(all);
        score.over_frequency = over(GapRanking::Frequency)(all);
      }
      if (result_.positives > 0) {
        score.recall = score.hits / static_cast<double>(result_.positives);
      }
      std::tie(score.low, score.high) =
          interval([&](const auto& of) { return sum(of, hits) / looked_at; });
      std::tie(score.over_random_low, score.over_random_high) = interval(over(GapRanking::Random));
      std::tie(score.over_frequency_low, score.over_frequency_high) =
          interval(over(GapRanking::Frequency));
      result_.scores.push_back(score);
    }
    const auto lift = [&](const auto& of) {
      const double expected = sum(of, [](const auto& one) { return one.gaps_expected; });
      const double gained =
          sum(of, [](const auto& one) { return static_cast<double>(one.gaps_gained); });
      return expected > 0 ? gained / expected : 0.0;
    };
    if (sum(all, [](const auto& one) { return one.gaps_expected; }) > 0) {
      result_.gap_lift = lift(all);
      std::tie(result_.gap_lift_low, result_.gap_lift_high) = interval(lift);
    }
  }

  const GapBacktestOptions& options_;
  Economy economy_;
  GapFinder finder_;
  Features weights_ = Features::Zero();
  GapBacktest result_;
};

}  // namespace

std::string_view ranking_word(GapRanking ranking) {
  switch (ranking) {
    case GapRanking::Gaps:
      return "gaps";
    case GapRanking::RelatedGaps:
      return "related_gaps";
    case GapRanking::Relatedness:
      return "relatedness";
    case GapRanking::Frequency:
      return "frequency";
    case GapRanking::Combined:
      return "combined";
    case GapRanking::Random:
      break;
  }
  return "random";
}

Text ranking_text(GapRanking ranking) {
  switch (ranking) {
    case GapRanking::Gaps:
      return {"gaps", "缺口清单"};
    case GapRanking::RelatedGaps:
      return {"gaps by relatedness", "缺口按关联度"};
    case GapRanking::Relatedness:
      return {"relatedness alone", "仅关联度"};
    case GapRanking::Frequency:
      return {"frequency anywhere", "各地常见程度"};
    case GapRanking::Combined:
      return {"combined", "综合"};
    case GapRanking::Random:
      break;
  }
  return {"random", "随机"};
}

std::vector<Text> GapBacktest::caveats() const {
  std::vector<Text> result = {
      {"a register lists the firms that were still on it when it was copied: makers that came and "
       "went, or left before, are missing, so that some first makers were not the first and some "
       "gaps were none (survivor bias)",
       "登记库只含抄录时仍在册的企业：曾有后无的生产企业不在其中，因此部分“首家”并非首家，"
       "部分缺口当时并不存在（幸存者偏差）"}};
  if (undated_firms > 0) {
    result.push_back(
        {fmt::format("firms without a date of foundation are left out: {}", undated_firms),
         fmt::format("未计入没有成立日期的企业 {} 家", undated_firms)});
  }
  if (!weights) {
    result.push_back(
        {"combined: not available; too few segments gained a first maker in the years "
         "before to learn weights from",
         "综合：不可用；分界日期之前的年份内新增首家生产企业的环节太少，无法确定权重"});
  }
  if (!conclusive) {
    result.push_back(
        {fmt::format("too few segments gained a first maker to conclude anything: {}", positives),
         fmt::format("新增首家生产企业的环节只有 {} 个，不足以下结论", positives)});
  }
  return result;
}

GapBacktest backtest_gaps(const EnterpriseGraph& graph, const GapBacktestOptions& options) {
  check(options);
  if (options.within.known() && !region_exists(options.within)) {
    throw Error(
        ErrorCode::NotFound,
        {fmt::format("region {} is not a division of GB/T 2260; give 2, 4 or 6 digits of an "
                     "existing one, such as 500104",
                     options.within.to_string()),
         fmt::format("行政区划表（GB/T 2260）中没有 {}；请给出现有区划代码的 2、4 或 6 "
                     "位，如 500104",
                     options.within.to_string())});
  }
  return Backtest(graph, options).run();
}

}  // namespace liantu
