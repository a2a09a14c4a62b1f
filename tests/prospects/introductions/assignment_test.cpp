#include "prospects/introductions/assignment.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <random>
#include <stop_token>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

using Offers = std::vector<std::vector<CallOffer>>;
using Taken = std::vector<std::optional<std::size_t>>;

Taken shared(const Offers& offers, const std::vector<std::uint32_t>& calls) {
  return share_calls_out(offers, calls, {});
}

std::int64_t cost_of(const Offers& offers, const Taken& taken) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    if (taken[i]) sum += offers[i][*taken[i]].cost;
  }
  return sum;
}

std::vector<bool> called(const Taken& taken) {
  std::vector<bool> found;
  for (const auto& one : taken) found.push_back(one.has_value());
  return found;
}

Offers random_offers(std::mt19937_64& random, std::size_t firms, std::uint32_t introducers,
                     std::size_t most, std::int64_t dearest) {
  Offers offers(firms);
  for (auto& own : offers) {
    std::vector<std::uint32_t> all(introducers);
    for (std::uint32_t k = 0; k < introducers; ++k) all[k] = k;
    std::ranges::shuffle(all, random);
    all.resize(random() % (std::min<std::size_t>(most, introducers) + 1));
    for (const std::uint32_t one : all) {
      own.push_back(
          {one, static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(dearest))});
    }
  }
  return offers;
}

void expect_within(const Offers& offers, const Taken& taken,
                   const std::vector<std::uint32_t>& calls) {
  std::vector<std::uint32_t> made(calls.size());
  for (std::size_t i = 0; i < offers.size(); ++i) {
    if (taken[i]) ++made[offers[i][*taken[i]].introducer];
  }
  for (std::size_t k = 0; k < calls.size(); ++k) EXPECT_LE(made[k], calls[k]);
}

// 0 calls two, 1 and 2 one each. The last firm knows 0 alone: the first moves to 1, which costs 3 more,
// since the second would pay 5 more for 2.
TEST(Assignment, WhoIsCalledMovesWhereItCostsLeast) {
  const Offers offers = {{{0, 1}, {1, 4}}, {{0, 1}, {2, 6}}, {{0, 2}}};
  EXPECT_EQ(shared(offers, {2, 1, 1}), (Taken{1, 0, 0}));
}

TEST(Assignment, WhoStandsLastGoesWithout) {
  const Offers offers = {{{0, 9}}, {{0, 1}}, {}, {{0, 0}, {1, 7}}};
  EXPECT_EQ(shared(offers, {1, 1}), (Taken{0, std::nullopt, std::nullopt, 1}));
}

TEST(Assignment, NobodyCallsWhoMayNot) {
  EXPECT_EQ(shared({{{0, 1}, {1, 8}}, {{0, 1}}}, {0, 5}), (Taken{1, std::nullopt}));
  EXPECT_EQ(shared({}, {3}), Taken{});
  EXPECT_EQ(shared({{}, {}}, {}), (Taken{std::nullopt, std::nullopt}));
}

TEST(Assignment, IsTheBestOfAllWaysToShareOut) {
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    std::mt19937_64 random(seed);
    const Offers offers = random_offers(random, 6, 4, 4, 6);
    std::vector<std::uint32_t> calls(4);
    for (std::uint32_t& one : calls) one = static_cast<std::uint32_t>(random() % 3);
    std::vector<bool> best_called(offers.size(), false);
    std::int64_t best_cost = 0;
    Taken taken(offers.size());
    std::vector<std::uint32_t> left = calls;
    const auto count = [](const std::vector<bool>& some) { return std::ranges::count(some, true); };
    const std::function<void(std::size_t)> walk = [&](std::size_t i) {
      if (i == offers.size()) {
        const std::vector<bool> who = called(taken);
        const std::int64_t cost = cost_of(offers, taken);
        const bool better = count(who) != count(best_called) ? count(who) > count(best_called)
                            : who != best_called             ? who > best_called
                                                             : cost < best_cost;
        if (better) {
          best_called = who;
          best_cost = cost;
        }
        return;
      }
      walk(i + 1);
      for (std::size_t o = 0; o < offers[i].size(); ++o) {
        std::uint32_t& calls_left = left[offers[i][o].introducer];
        if (calls_left == 0) continue;
        --calls_left;
        taken[i] = o;
        walk(i + 1);
        taken[i].reset();
        ++calls_left;
      }
    };
    walk(0);
    const Taken found = shared(offers, calls);
    expect_within(offers, found, calls);
    EXPECT_EQ(called(found), best_called) << "seed " << seed;
    EXPECT_EQ(cost_of(offers, found), best_cost) << "seed " << seed;
  }
}

// No circle of moves saves anything: what a longest chain of Bellman and Ford would find.
TEST(Assignment, OfALongListCannotBeMadeCheaper) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    std::mt19937_64 random(seed);
    const Offers offers = random_offers(random, 3000, 150, 8, 1000);
    std::vector<std::uint32_t> calls(150);
    for (std::uint32_t& one : calls) one = static_cast<std::uint32_t>(random() % 30);
    const Taken found = shared(offers, calls);
    expect_within(offers, found, calls);
    // A node for each introducer, and one for the calls that are left.
    const std::size_t free = calls.size();
    struct Move {
      std::size_t from;
      std::size_t to;
      std::int64_t cost;
    };
    std::vector<Move> moves;
    std::vector<std::uint32_t> made(calls.size());
    for (std::size_t i = 0; i < offers.size(); ++i) {
      if (!found[i]) continue;
      const CallOffer& own = offers[i][*found[i]];
      ++made[own.introducer];
      for (const CallOffer& other : offers[i]) {
        moves.push_back({own.introducer, other.introducer, other.cost - own.cost});
      }
    }
    for (std::size_t k = 0; k < calls.size(); ++k) {
      if (made[k] < calls[k]) moves.push_back({k, free, 0});
      if (made[k] > 0) moves.push_back({free, k, 0});
    }
    std::vector<std::int64_t> least(calls.size() + 1, 0);
    bool changed = true;
    for (std::size_t round = 0; changed && round <= calls.size() + 1; ++round) {
      changed = false;
      for (const Move& move : moves) {
        if (least[move.from] + move.cost >= least[move.to]) continue;
        least[move.to] = least[move.from] + move.cost;
        changed = true;
      }
    }
    EXPECT_FALSE(changed) << "seed " << seed;
    // Nor could anybody who goes without be called: nobody reachable from them has a call left.
    std::vector<bool> reached(calls.size(), false);
    for (std::size_t i = 0; i < offers.size(); ++i) {
      if (found[i]) continue;
      for (const CallOffer& one : offers[i]) reached[one.introducer] = true;
    }
    for (bool more = true; more;) {
      more = false;
      for (const Move& move : moves) {
        if (move.from == free || move.to == free || !reached[move.from] || reached[move.to])
          continue;
        reached[move.to] = more = true;
      }
    }
    for (std::size_t k = 0; k < calls.size(); ++k) {
      EXPECT_TRUE(!reached[k] || made[k] == calls[k]);
    }
  }
}

TEST(Assignment, StopsWhenAsked) {
  std::stop_source source;
  source.request_stop();
  const Offers offers = {{{0, 1}}};
  const std::vector<std::uint32_t> calls = {1};
  EXPECT_THROW((void)share_calls_out(offers, calls, {source.get_token(), {"stopped", "停止"}}),
               Error);
}

}  // namespace
}  // namespace liantu
