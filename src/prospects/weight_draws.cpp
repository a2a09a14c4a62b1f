#include "prospects/weight_draws.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tbb/task_arena.h>

#include "base/run/parallel.hpp"
#include "links/paths/draw.hpp"

namespace liantu {
namespace {

constexpr std::size_t kHighest = 101;  // whole points: weights sum to 100, and rounding may add
constexpr double kRounding = 1e-9;     // sums that differ by it alone are equal
constexpr std::size_t kRowsApart = 8;

/// The numbers of one part of one draw, one behind the other.
class Numbers {
 public:
  Numbers(std::uint64_t seed, std::size_t draw, std::size_t part)
      : seed_(seed), draw_(draw), part_(part) {}

  double next() { return fraction(drawn({seed_, draw_, part_, next_++})); }

 private:
  std::uint64_t seed_;
  std::uint64_t draw_;
  std::uint64_t part_;
  std::uint64_t next_ = 0;
};

double normal(Numbers& numbers) {
  const double radius = std::sqrt(-2 * std::log(numbers.next()));
  return radius * std::cos(2 * std::numbers::pi * numbers.next());
}

double gamma(double shape, Numbers& numbers) {
  if (shape < 1) {
    const double larger = gamma(shape + 1, numbers);
    return larger * std::pow(numbers.next(), 1 / shape);
  }
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  while (true) {
    const double x = normal(numbers);
    const double root = 1 + c * x;
    if (root <= 0) continue;
    const double v = root * root * root;
    if (std::log(numbers.next()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
  }
}

}  // namespace

DrawnFactors drawn_factors(const Policy& policy, std::uint64_t seed, std::size_t draw) {
  DrawnFactors drawn{};
  double sum = 0;
  for (std::size_t part = 0; part < kPartCount; ++part) {
    if (!(policy.weights[part] > 0)) continue;
    Numbers numbers(seed, draw, part);
    drawn[part] = gamma(policy.draw_concentration * policy.weights[part] / 100, numbers);
    sum += drawn[part];
  }
  for (std::size_t part = 0; part < kPartCount; ++part) {
    if (!(policy.weights[part] > 0)) continue;
    drawn[part] = sum > 0 ? drawn[part] / sum * 100 / policy.weights[part] : 1;
  }
  return drawn;
}

std::uint32_t drawn_points(const PartCents& firm, const DrawnFactors& factors) {
  double cents = 0;
  for (std::size_t part = 0; part < kPartCount; ++part) cents += firm[part] * factors[part];
  const auto points = static_cast<std::uint32_t>(cents / 100 + 0.5 + kRounding);
  return std::min<std::uint32_t>(points, kHighest);
}

std::vector<WeightDraws> draw_weights(const Policy& policy, const DrawQuestion& asked,
                                      std::span<const PartCents> parts,
                                      std::span<const std::uint32_t> wanted,
                                      const std::function<void()>& look,
                                      const std::function<void(std::size_t, std::size_t)>& news) {
  std::vector<WeightDraws> found(wanted.size());
  if (asked.draws == 0 || wanted.empty()) return found;
  using Above = std::array<std::uint32_t, kHighest + 1>;  // by whole points: firms with more
  std::vector<DrawnFactors> factors(asked.draws);
  std::vector<Above> above(asked.draws);
  // Steps in blocks that give every thread of the arena something to do, between which the calling
  // thread tells how far it is.
  const std::size_t steps = asked.draws + wanted.size();
  const auto threads = static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
  const auto in_blocks = [&](std::size_t before, std::size_t count, std::size_t apart,
                             const auto& body) {
    const std::size_t block = std::max<std::size_t>(64, 4 * threads * apart);
    for (std::size_t first = 0; first < count; first += block) {
      const std::size_t some = std::min(block, count - first);
      parallel_for_parts(some, apart, [&](std::size_t begin, std::size_t end) {
        body(first + begin, first + end);
      });
      if (news) news(before + first + some, steps);
    }
  };
  in_blocks(0, asked.draws, 1, [&](std::size_t begin, std::size_t end) {
    constexpr std::size_t kFirmsApart = 65536;
    for (std::size_t draw = begin; draw < end; ++draw) {
      factors[draw] = drawn_factors(policy, asked.seed, draw);
      const DrawnFactors own = factors[draw];
      Above counts{};
      for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i % kFirmsApart == 0) look();
        ++counts[drawn_points(parts[i], own)];
      }
      std::uint32_t more = 0;
      for (std::size_t points = kHighest + 1; points-- > 0;) {
        above[draw][points] = more;
        more += counts[points];
      }
    }
  });
  const auto rank_of_share = [&](std::vector<std::uint32_t>& ranks, std::size_t percent) {
    const std::size_t place = (ranks.size() * percent + 99) / 100 - 1;
    const auto at = ranks.begin() + static_cast<std::ptrdiff_t>(place);
    std::ranges::nth_element(ranks, at);
    return *at;
  };
  in_blocks(asked.draws, wanted.size(), kRowsApart, [&](std::size_t begin, std::size_t end) {
    std::vector<std::uint32_t> ranks(asked.draws);
    for (std::size_t i = begin; i < end; ++i) {
      look();
      const PartCents own = parts[wanted[i]];
      std::size_t top = 0;
      for (std::size_t draw = 0; draw < asked.draws; ++draw) {
        ranks[draw] = above[draw][drawn_points(own, factors[draw])] + 1;
        if (ranks[draw] <= asked.top) ++top;
      }
      found[i].rank_low = rank_of_share(ranks, 5);
      found[i].rank_high = rank_of_share(ranks, 95);
      found[i].top_share = static_cast<double>(top) / static_cast<double>(asked.draws);
    }
  });
  return found;
}

}  // namespace liantu
