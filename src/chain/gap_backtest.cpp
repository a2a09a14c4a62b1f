#include "liantu/chain/gap_backtest.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/confidence.hpp"
#include "chain/economy.hpp"
#include "chain/product_space.hpp"
#include "liantu/base/error.hpp"
#include "liantu/chain/gaps.hpp"

namespace liantu {
namespace {

constexpr std::size_t kRankings = kGapRankings.size();

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

class Backtest {
 public:
  Backtest(const EnterpriseGraph& graph, const GapBacktestOptions& options)
      : options_(options),
        economy_(graph),
        graph_(economy_.graph()),
        finder_(graph),
        space_(economy_, {options.min_confidence, 2, 1},
               [this](FirmId firm) { return known(firm); }) {}

  GapBacktest run() {
    result_.before = options_.before;
    result_.until = options_.until;
    result_.top = options_.top;
    made_somewhere_.assign(graph_.size(EntityKind::Segment), 0);
    bool any = false;
    for (std::uint32_t i = 0; i < graph_.size(EntityKind::Firm); ++i) {
      if (!graph_.founded(graph_.entity(FirmId{i})).known()) ++result_.undated_firms;
      if (!known(FirmId{i})) continue;
      any = true;
      for (const std::uint32_t segment : made({FirmId{i}})) ++made_somewhere_[segment];
    }
    if (!any) {
      throw Error(
          ErrorCode::NotFound,
          {fmt::format("no firm is known to be founded before {}; the tables need a column "
                       "with dates of foundation",
                       options_.before.to_string()),
           fmt::format("没有 {} 之前成立的企业；表中应有成立日期列", options_.before.to_string())});
    }
    gather_districts();
    rank_by_relatedness();
    std::uint64_t done = 0;
    for (District& district : districts_) {
      if (options_.stop.stop_requested()) {
        throw Error(ErrorCode::Cancelled, {"the backtest was interrupted", "回测被中断"});
      }
      evaluate(district);
      if (options_.progress) options_.progress("backtest", ++done, districts_.size());
    }
    sum_up();
    return std::move(result_);
  }

 private:
  using Segments = std::vector<std::uint32_t>;  // ascending

  struct District {
    DistrictBacktest told;
    Segments known;                 // made here by then
    std::vector<bool> is_positive;  // by segment
    std::vector<std::uint32_t> candidates;
    std::vector<double> density;  // by segment
  };

  [[nodiscard]] bool known(FirmId firm) const {
    const Date founded = graph_.founded(graph_.entity(firm));
    return founded.known() && founded < options_.before;
  }
  [[nodiscard]] bool came(FirmId firm) const {
    const Date founded = graph_.founded(graph_.entity(firm));
    return founded.known() && !(founded < options_.before) &&
           (!options_.until.known() || founded < options_.until);
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
        for (const Ancestor& above : economy_.line(segment)) {
          segments.push_back(raw(above.segment));
        }
      }
    }
    std::ranges::sort(segments);
    segments.erase(std::unique(segments.begin(), segments.end()), segments.end());
    return segments;
  }

  void gather_districts() {
    bool any = false;
    for (const Economy::Place& place : economy_.places()) {
      if (place.region.level() != RegionLevel::District || !region_exists(place.region)) continue;
      if (options_.within.known() && !options_.within.contains(place.region)) continue;
      any = true;
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
        if (gained && made_somewhere_[s] == 0) ++result_.unforeseeable;
        if (made_somewhere_[s] == 0) continue;
        district.candidates.push_back(s);
        district.is_positive[s] = gained;
        if (gained) ++district.told.positives;
      }
      district.told.candidates = district.candidates.size();
      if (district.known.empty() || district.candidates.size() < options_.top) {
        ++result_.skipped;
        continue;
      }
      districts_.push_back(std::move(district));
    }
    if (!any) {
      throw Error(ErrorCode::NotFound,
                  {fmt::format("no firm stands in a district of {}",
                               options_.within.known() ? options_.within.to_string() : "the graph"),
                   fmt::format("{} 内没有注册到区县的企业",
                               options_.within.known() ? options_.within.to_string() : "图")});
    }
  }

  // Density of every segment in every district, one row of relatedness for all of them.
  void rank_by_relatedness() {
    const auto segments = space_.segments();
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
      if (t % 64 == 0 && options_.stop.stop_requested()) {
        throw Error(ErrorCode::Cancelled, {"the backtest was interrupted", "回测被中断"});
      }
      space_.together(t, together);
      double all = 0;
      for (std::size_t s = 0; s < segments.size(); ++s) {
        const std::uint32_t most = std::max(space_.units(s), space_.units(t));
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

  void evaluate(District& district) {
    GapOptions options;
    options.district.region = district.told.region;
    options.min_confidence = options_.min_confidence;
    options.rounds = options_.rounds;
    options.founded_before = options_.before;
    options.stop = options_.stop;
    const auto is_candidate = [&](std::uint32_t segment) {
      return std::ranges::binary_search(district.candidates, segment);
    };
    Segments gaps;
    for (const Gap& gap : finder_.find(options).gaps) {
      if (is_candidate(raw(gap.segment))) gaps.push_back(raw(gap.segment));
    }
    const auto by = [&](Segments list, const auto& score) {
      // Ties in an order that has nothing to do with how segments are numbered.
      const auto shuffled = [&](std::uint32_t segment) {
        return (segment + options_.seed) * std::uint64_t{0x9E3779B97F4A7C15U};
      };
      std::ranges::sort(list, {}, [&](std::uint32_t segment) {
        return std::tuple(-score(segment), shuffled(segment));
      });
      return list;
    };
    const auto density = [&](std::uint32_t segment) { return district.density[segment]; };
    const auto frequency = [&](std::uint32_t segment) {
      return static_cast<double>(made_somewhere_[segment]);
    };
    const auto set = [&](GapRanking ranking, double value) {
      district.told.hits[static_cast<std::size_t>(ranking)] = value;
    };
    set(GapRanking::Gaps, hits(district, gaps));
    set(GapRanking::RelatedGaps, hits(district, by(gaps, density)));
    set(GapRanking::Relatedness, hits(district, by(district.candidates, density)));
    set(GapRanking::Frequency, hits(district, by(district.candidates, frequency)));
    set(GapRanking::Random, static_cast<double>(options_.top) *
                                static_cast<double>(district.told.positives) /
                                static_cast<double>(district.candidates.size()));
    result_.districts.push_back(district.told);
    result_.positives += district.told.positives;
  }

  // Positives among the first of a list; where it is shorter, the rest counts as missed.
  [[nodiscard]] double hits(const District& district, const Segments& list) const {
    double found = 0;
    for (std::size_t i = 0; i < std::min(options_.top, list.size()); ++i) {
      if (district.is_positive[list[i]]) ++found;
    }
    return found;
  }

  void sum_up() {
    result_.conclusive = result_.positives >= options_.least_positives;
    const std::size_t n = result_.districts.size();
    const auto top = static_cast<double>(options_.top);
    constexpr std::size_t kResamples = 2000;
    std::vector<std::array<double, kRankings>> means;
    Random random(options_.seed);
    for (std::size_t r = 0; r < kResamples && n > 0; ++r) {
      std::array<double, kRankings> sums{};
      for (std::size_t i = 0; i < n; ++i) {
        const DistrictBacktest& one = result_.districts[random.below(n)];
        for (std::size_t k = 0; k < kRankings; ++k) sums[k] += one.hits[k];
      }
      for (double& sum : sums) sum /= top * static_cast<double>(n);
      means.push_back(sums);
    }
    const auto interval = [&](const auto& value) {
      std::vector<double> values;
      for (const auto& one : means) values.push_back(value(one));
      std::ranges::sort(values);
      if (values.empty()) return std::pair(0.0, 0.0);
      const std::size_t cut = values.size() / 40;  // 2.5 %
      return std::pair(values[cut], values[values.size() - 1 - cut]);
    };
    constexpr auto kRandom = static_cast<std::size_t>(GapRanking::Random);
    for (std::size_t k = 0; k < kRankings; ++k) {
      RankingScore score;
      score.ranking = kGapRankings[k];
      double by_chance = 0;
      for (const DistrictBacktest& one : result_.districts) {
        score.hits += one.hits[k];
        by_chance += one.hits[kRandom];
      }
      if (n > 0) {
        score.precision = score.hits / (top * static_cast<double>(n));
        score.over_random = (score.hits - by_chance) / (top * static_cast<double>(n));
      }
      if (result_.positives > 0) {
        score.recall = score.hits / static_cast<double>(result_.positives);
      }
      std::tie(score.low, score.high) = interval([&](const auto& one) { return one[k]; });
      std::tie(score.over_random_low, score.over_random_high) =
          interval([&](const auto& one) { return one[k] - one[kRandom]; });
      result_.scores.push_back(score);
    }
  }

  const GapBacktestOptions& options_;
  Economy economy_;
  const EnterpriseGraph& graph_;
  GapFinder finder_;
  ProductSpace space_;
  GapBacktest result_;
  std::vector<std::uint32_t> made_somewhere_;  // by segment: makers anywhere by then
  std::vector<District> districts_;
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
    throw Error(ErrorCode::NotFound,
                {fmt::format("region {} is no division of GB/T 2260", options.within.to_string()),
                 fmt::format("行政区划表（GB/T 2260）中没有 {}", options.within.to_string())});
  }
  return Backtest(graph, options).run();
}

}  // namespace liantu
