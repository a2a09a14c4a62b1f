#include "liantu/prospects/prospects.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <string_view>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/task_arena.h>
#include <utility>

#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "base/run/parallel.hpp"
#include "base/run/stopping.hpp"
#include "graph/views/told_order.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/chain/economy/newcomer.hpp"
#include "prospects/assessor.hpp"
#include "prospects/elsewhere.hpp"
#include "prospects/firms/stopped.hpp"
#include "prospects/joint_sales.hpp"
#include "prospects/rank_order.hpp"
#include "prospects/reasons.hpp"
#include "prospects/weight_draws.hpp"

namespace liantu {
namespace {

constexpr std::size_t kMostRanks = std::numeric_limits<std::uint32_t>::max();

constexpr std::array<std::string_view, Assessment::kUnknownCount> kUnknownWords = {
    "region",  "capacity",           "demand", "relations", "share",
    "revenue", "registered_capital", "place",  "arrivals",  "credit_code"};

void check_options(const ProspectOptions& options) {
  check_policy(options.policy);
  if (options.draws > kMostDraws) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("{} draws of the weights are more than {}", options.draws, kMostDraws),
                 fmt::format("权重抽样次数 {} 超过 {}", options.draws, kMostDraws)});
  }
  if (options.draws_top == 0) {
    throw Error(ErrorCode::InvalidArgument,
                {"the share of draws in the first 0 ranks is asked for; ask for 1 or more",
                 "求前 0 名的抽样占比；请至少求前 1 名"});
  }
  if (options.evidence >= 1 && options.evidence <= 1000) return;
  throw Error(ErrorCode::InvalidArgument,
              {fmt::format("{} evidence rows a prospect are outside 1..1000", options.evidence),
               fmt::format("每家企业的证据条数 {} 不在 1 到 1000 之间", options.evidence)});
}

}  // namespace

struct ProspectRanker::Body {
  Body(const EnterpriseGraph& graph, unsigned threads)
      : ground(graph),
        arena(threads == 0 ? tbb::task_arena::automatic : static_cast<int>(threads)) {}

  ProspectGround ground;
  mutable tbb::task_arena arena;
};

namespace {

/// One call of ProspectRanker::rank().
class Ranking {
 public:
  Ranking(const ProspectGround& ground, tbb::task_arena& arena, const GapReport& report,
          const ProspectOptions& options)
      : ground_(ground), graph_(ground.graph), arena_(arena), report_(report), options_(options) {
    arena_.execute([&] {
      assessor_.emplace(ground, report, options.policy, options.coming.get(), options.stop);
    });
    for (const FirmId firm : options.firms) asked_[raw(firm)] = true;
    for (const KnownContact& one : options.contacts) contacts_[raw(one.firm)] = &one;
    reasons_.emplace(graph_, report, options.policy, *assessor_, options.evidence);
  }

  ProspectList list() {
    ProspectList list;
    list.policy = options_.policy;
    list.arrivals = options_.coming != nullptr;
    if (options_.coming) list.may_come = options_.coming->firms();
    list.draws = options_.draws;
    list.seed = options_.seed;
    list.draws_top = options_.draws_top;
    if (options_.learned.model) list.learned = judge_ranker(graph_, options_.learned);
    score();
    list.prospect_count = scored(ProspectStatus::Prospect).size();
    list.unlocated_count = scored(ProspectStatus::Unlocated).size();
    list.expansion_count = scored(ProspectStatus::Expansion).size();
    list.prospects = rows(ProspectStatus::Prospect);
    list.unlocated = rows(ProspectStatus::Unlocated);
    list.expansions = rows(ProspectStatus::Expansion);
    list.screened = screened();
    list.screened_by = screened_by();
    see_what_parts(list);
    add_up(list);
    look_elsewhere(list);
    if (list.learned && list.learned->used) {
      for (std::vector<Prospect>* some : {&list.prospects, &list.unlocated, &list.expansions}) {
        add_links(*some);
      }
    }
    return list;
  }

 private:
  using Scratch = Assessor::Scratch;
  using Ways = Assessor::Ways;

  std::vector<ScoredFirm>& scored(ProspectStatus status) {
    return scored_[static_cast<std::size_t>(status)];
  }

  static constexpr std::size_t kScoredAtOnce = 64;
  static constexpr std::size_t kWalkedAtOnce = 32;
  static constexpr std::size_t kToldAtOnce =
      4;  // a row with its reasons takes a hundred times as long

  // Calls `body(i, scratch)` for every i below `count` on the arena's threads, so many at once. Progress
  // is told of a stage that has a name.
  template <typename Body>
  void for_each(std::string_view stage, std::size_t count, std::size_t at_once, const Body& body) {
    constexpr std::size_t kBetweenNews = 16384;
    for (std::size_t first = 0; first < count; first += kBetweenNews) {
      const std::size_t some = std::min(kBetweenNews, count - first);
      const auto part = [&](std::size_t begin, std::size_t end) {
        Scratch& scratch = scratches_.local();
        for (std::size_t i = begin; i < end; ++i) {
          if ((i - begin) % at_once == 0) check_stop(options_.stop, kRankingStopped);
          body(first + i, scratch);
        }
      };
      if (some <= at_once) {
        part(0, some);
      } else {
        arena_.execute([&] { parallel_for_parts(some, at_once, part); });
      }
      if (options_.progress && !stage.empty()) options_.progress(stage, first + some, count);
    }
  }

  // Whether ranks of a few rows alone are asked for, on which the ways of most firms to anchors have no
  // bearing.
  [[nodiscard]] bool few_rows(std::size_t candidates) const {
    constexpr std::size_t kFew = 4;  // one in so many
    if (options_.draws > 0 || options_.lift_into > 0) return false;
    if (!options_.firms.empty()) return options_.firms.size() < candidates / kFew;
    return options_.per_gap == 0 && options_.top > 0 && options_.top < candidates / kFew;
  }

  void score() {
    struct Score {
      std::int32_t cents = 0;
      std::int32_t best = -1;  // of a firm that is none
      std::uint32_t gap = 0;
      std::uint32_t kind = 0;
      std::uint32_t screen = 0;  // index into Policy::screens, from 1; 0 = none
      std::uint16_t ways_most = 0;
      ProspectStatus status = ProspectStatus::Prospect;
    };
    check_stop(options_.stop, kRankingStopped);
    std::vector<FirmId> candidates = assessor_->candidates();
    if (options_.from.known()) {
      std::erase_if(candidates, [&](FirmId firm) {
        const RegionCode region = ground_.regions[ground_.region_of[raw(firm)]];
        return !region.known() || !options_.from.contains(region);
      });
    }
    const bool few = few_rows(candidates.size());
    const Ways ways = few ? Ways::LeftOut : Ways::Counted;
    std::vector<Score> scores(candidates.size());
    std::vector<PartCents> parts(options_.draws > 0 ? candidates.size() : 0);
    for_each("score", candidates.size(), kScoredAtOnce, [&](std::size_t i, Scratch& scratch) {
      const Assessment* found = assessor_->assess(candidates[i], scratch, ways);
      if (found == nullptr) return;
      scores[i] = {found->cents(),
                   found->cents_at_best(),
                   static_cast<std::uint32_t>(found->gaps.front().gap),
                   place_of_kind(found->gaps.front()),
                   place_of_screen(found->screen),
                   static_cast<std::uint16_t>(found->ways_most),
                   status_of(candidates[i], found->status)};
      if (!parts.empty()) parts[i] = found->part_cents();
    });
    firms_screened_by_.assign(options_.policy.screens.size(), 0);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const Score& one = scores[i];
      if (one.best < 0) continue;
      scored(one.status).push_back({candidates[i], one.cents, one.best, one.gap, one.kind});
      if (few) ways_most_[static_cast<std::size_t>(one.status)].push_back(one.ways_most);
      if (!parts.empty()) parts_[static_cast<std::size_t>(one.status)].push_back(parts[i]);
      if (one.status == ProspectStatus::Screened && one.screen > 0) {
        ++firms_screened_by_[one.screen - 1];
      }
    }
  }

  // Adds the ways to anchors to the scores of those who may be rows, and of those who may stand before
  // a row with them and not without. All other scores stay too low, and tell the same ranks of the rows.
  void add_ways(ProspectStatus status) {
    std::vector<ScoredFirm>& firms = scored(status);
    std::vector<std::uint16_t>& most = ways_most_[static_cast<std::size_t>(status)];
    if (most.empty()) return;  // they are in the scores
    const auto add_where = [&](const auto& wanted) {
      std::vector<std::uint32_t> some;
      for (std::uint32_t i = 0; i < most.size(); ++i) {
        if (most[i] > 0 && wanted(firms[i], most[i])) some.push_back(i);
      }
      for_each({}, some.size(), kWalkedAtOnce, [&](std::size_t i, Scratch& scratch) {
        ScoredFirm& one = firms[some[i]];
        const std::int32_t more = assessor_->cents_of_ways(one.firm, scratch);
        one.cents += more;
        one.best += more;
        most[some[i]] = 0;
      });
    };
    const std::size_t last =
        options_.firms.empty() ? points_of_last_row(firms, options_.per_main_gap, options_.top) : 0;
    const auto may_be_row = [&](const ScoredFirm& one, std::int32_t more) {
      return options_.firms.empty() ? whole_points(one.cents + more) >= last : asked_for(one.firm);
    };
    add_where(may_be_row);
    std::size_t lowest = std::numeric_limits<std::size_t>::max();  // whole points of rows
    std::size_t highest = 0;
    std::size_t highest_best = 0;
    for (const ScoredFirm& one : firms) {
      if (!may_be_row(one, 0)) continue;
      lowest = std::min(lowest, whole_points(one.cents));
      highest = std::max(highest, whole_points(one.cents));
      highest_best = std::max(highest_best, whole_points(one.best));
    }
    add_where([&](const ScoredFirm& one, std::int32_t more) {
      const std::size_t from = whole_points(one.cents);
      const std::size_t to = whole_points(one.cents + more);
      if (from < to && from <= highest_best && to >= lowest) return true;
      const std::size_t best_from = whole_points(one.best);
      const std::size_t best_to = whole_points(one.best + more);
      return best_from < best_to && best_from <= highest && best_to > lowest;
    });
    most.clear();
  }

  // Among the kinds of goods that its gap lacks, from 1; 0 for none of them.
  [[nodiscard]] std::uint32_t place_of_kind(const FilledGap& filled) const {
    if (!filled.kind) return 0;
    const std::vector<KindNeed>& needed = report_.gaps[filled.gap].kinds_needed;
    const auto at = std::ranges::find(needed, *filled.kind, &KindNeed::kind);
    return at == needed.end() ? 0 : static_cast<std::uint32_t>(at - needed.begin()) + 1;
  }

  [[nodiscard]] std::uint32_t place_of_screen(const Screen* screen) const {
    if (screen == nullptr) return 0;
    return static_cast<std::uint32_t>(screen - options_.policy.screens.data()) + 1;
  }

  [[nodiscard]] const KnownContact* contact_of(FirmId firm) const {
    const auto found = contacts_.find(raw(firm));
    return found == contacts_.end() ? nullptr : found->second;
  }

  // Who has signed is called on no more; one that is present already stays an expansion.
  [[nodiscard]] ProspectStatus status_of(FirmId firm, ProspectStatus found) const {
    const KnownContact* contact = contact_of(firm);
    const bool done = contact != nullptr && contact->state == ContactState::Signed;
    return done && found != ProspectStatus::Expansion ? ProspectStatus::Screened : found;
  }

  [[nodiscard]] bool asked_for(FirmId firm) const { return asked_.contains(raw(firm)); }

  // Positions of the rows that are wanted, in the order of their ranks.
  std::vector<std::uint32_t> chosen(const std::vector<ScoredFirm>& firms, RankOrder& order) {
    if (!options_.firms.empty()) {
      std::vector<std::uint32_t> found;
      for (std::uint32_t i = 0; i < firms.size(); ++i) {
        if (asked_for(firms[i].firm)) found.push_back(i);
      }
      if (found.size() < 2) return found;
      std::vector<std::uint32_t> place(firms.size());
      const std::vector<std::uint32_t> all = order.first(0);
      for (std::uint32_t i = 0; i < all.size(); ++i) place[all[i]] = i;
      std::ranges::sort(found, {}, [&](std::uint32_t i) { return place[i]; });
      return found;
    }
    if (options_.per_main_gap > 0) {
      return order.first_of_each_gap(options_.per_main_gap, options_.top);
    }
    if (options_.per_gap == 0) return order.first(options_.top);
    std::vector<std::uint32_t> found;
    std::vector<std::size_t> counts(report_.gaps.size());
    Scratch& scratch = scratches_.local();
    for (const std::uint32_t i : order.first(0)) {
      if (i % 4096 == 0) check_stop(options_.stop, kRankingStopped);
      assessor_->find_fillings(firms[i].firm, scratch);
      bool wanted = false;
      for (const Assessor::Filling& filling : scratch.fillings) {
        if (counts[filling.gap]++ < options_.per_gap) wanted = true;
      }
      if (wanted) found.push_back(i);
      if (options_.top > 0 && found.size() == options_.top) break;
    }
    return found;
  }

  std::vector<Prospect> rows(ProspectStatus status) {
    constexpr std::size_t kMany = 256;
    constexpr std::size_t kFew = 8;  // of so many parts the first is found faster than all sorted
    add_ways(status);
    const std::vector<ScoredFirm>& firms = scored(status);
    RankOrder order(firms, [&](FirmId a, FirmId b) { return told_before(graph_, a, b); });
    const std::size_t most = options_.per_gap > 0 ? kMany : std::max(kMany, firms.size() / kFew);
    const bool some = (options_.top > 0 && options_.top < most) || options_.per_main_gap > 0;
    if (firms.size() > kMany && options_.firms.empty() && !some) {
      arena_.execute(
          [&] { order.settle_all([&] { check_stop(options_.stop, kRankingStopped); }); });
    }
    const std::vector<std::uint32_t> chosen = this->chosen(firms, order);
    std::vector<Prospect> rows(chosen.size());
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      if (i % 1024 == 0) check_stop(options_.stop, kRankingStopped);
      rows[i].firm = firms[chosen[i]].firm;
      rows[i].rank = order.rank(chosen[i]);
      rows[i].rank_best = order.best_rank(chosen[i]);
      rows[i].rank_worst = order.worst_rank(chosen[i]);
      rows[i].alike = order.alike(chosen[i]);
    }
    draw(status, chosen, rows);
    for_each("explain", rows.size(), kToldAtOnce, [&](std::size_t i, Scratch& scratch) {
      fill(rows[i], scratch);
      if (options_.lift_into > 0) {
        rows[i].lift = lift(rows[i],
                            order.cents_for(static_cast<std::uint32_t>(
                                std::min<std::size_t>(options_.lift_into, kMostRanks))),
                            scratch);
      }
      if (options_.reasons == ReasonsOf::Rows) {
        reasons_->tell(rows[i], scratch.result.reach, scratch.ways);
      }
    });
    return rows;
  }

  // What brings a row to so many hundredths of a point; `scratch` holds its assessment.
  [[nodiscard]] RankLift lift(const Prospect& row, std::int32_t cents,
                              const Scratch& scratch) const {
    RankLift found;
    const auto missing = cents - static_cast<std::int32_t>(std::llround(row.score * 100));
    if (missing <= 0) return found;
    found.missing = missing / 100.0;
    const std::array<double, kPartCount> weights =
        part_weights(options_.policy, options_.coming != nullptr);
    std::vector<LiftingPart> others;
    for (std::size_t i = 0; i < kPartCount; ++i) {
      const ScorePart& part = row.parts[i];
      LiftingPart one;
      one.part = static_cast<Part>(i);
      one.room = std::round((weights[i] - part.points) * 100) / 100;
      if (!(one.room > 0)) continue;
      const double more = part.points_max - part.points;
      if (one.room < found.missing) {
        one.unknown = !part.known && more > 0;
        others.push_back(std::move(one));
        continue;
      }
      one.unknown = !part.known && more >= found.missing - 0.005;
      one.fact = assessor_->least_fact(one.part, part.points + found.missing, row.firm, scratch);
      if (one.fact && one.fact->field == LiftField::Place && row.coming) {
        one.fact->from = row.coming->rank;
      }
      found.parts.push_back(std::move(one));
    }
    std::ranges::stable_sort(found.parts, [](const LiftingPart& a, const LiftingPart& b) {
      if (a.unknown != b.unknown) return a.unknown;
      if (a.fact.has_value() != b.fact.has_value()) return a.fact.has_value();
      return a.room > b.room;
    });
    if (!found.parts.empty()) return found;
    std::ranges::stable_sort(others, std::greater<>(), &LiftingPart::room);
    double sum = 0;
    for (LiftingPart& one : others) {
      if (sum >= found.missing) break;
      sum += one.room;
      found.together.push_back(std::move(one));
    }
    return found;
  }

  // Where the chosen firms stand when the weights are drawn anew.
  void draw(ProspectStatus status, const std::vector<std::uint32_t>& chosen,
            std::vector<Prospect>& rows) {
    if (options_.draws == 0 || rows.empty()) return;
    std::vector<WeightDraws> drawn;
    Policy policy = options_.policy;
    const auto weights = part_weights(policy, options_.coming != nullptr);
    policy.weights.assign(weights.begin(), weights.end());
    arena_.execute([&] {
      drawn = draw_weights(
          policy, {options_.draws, options_.seed, options_.draws_top},
          parts_[static_cast<std::size_t>(status)], chosen,
          [&] { check_stop(options_.stop, kRankingStopped); },
          [&](std::size_t done, std::size_t all) {
            if (options_.progress) options_.progress("draw", done, all);
          });
    });
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].draws = drawn[i];
  }

  std::vector<Prospect> screened() {
    std::vector<FirmId> firms;
    for (const ScoredFirm& one : scored(ProspectStatus::Screened)) {
      if (options_.firms.empty() || asked_for(one.firm)) firms.push_back(one.firm);
    }
    std::ranges::sort(firms, [&](FirmId a, FirmId b) { return told_before(graph_, a, b); });
    std::vector<Prospect> rows(firms.size());
    for (std::size_t i = 0; i < firms.size(); ++i) rows[i].firm = firms[i];
    for_each("explain", rows.size(), kScoredAtOnce,
             [&](std::size_t i, Scratch& scratch) { fill(rows[i], scratch); });
    return rows;
  }

  // All of a row but its ranks and reasons.
  void fill(Prospect& row, Scratch& scratch) const {
    const Assessment& found = *assessor_->assess(row.firm, scratch);
    row.status = status_of(row.firm, found.status);
    if (const KnownContact* contact = contact_of(row.firm)) row.contact = *contact;
    row.parts = found.parts;
    row.score = static_cast<double>(found.cents()) / 100;
    row.grade = row.score >= options_.policy.grade_a   ? 'A'
                : row.score >= options_.policy.grade_b ? 'B'
                                                       : 'C';
    row.gaps = found.gaps;
    row.purchases = found.purchases;
    row.anchors = assessor_->anchors_of(found);
    std::ranges::sort(row.anchors, [&](FirmId a, FirmId b) {
      const bool one = is_newcomer(graph_, a);
      const bool other = is_newcomer(graph_, b);
      if (one || other) return one == other ? a < b : other;
      return told_before(graph_, a, b);
    });
    row.present = found.present;
    row.km = found.km;
    row.near = found.near;
    row.heavy = found.heavy;
    if (options_.coming) row.coming = options_.coming->of(row.firm);
    for (const std::string_view risk : graph_.list(graph_.entity(row.firm), EntityText::Risks)) {
      row.risks.emplace_back(risk);
    }
    for (std::size_t i = 0; i < kUnknownWords.size(); ++i) {
      if (found.unknown[i]) row.unknown.emplace_back(kUnknownWords[i]);
    }
    if (found.screen != nullptr) {
      row.screened_by = found.screen->reason;
      if (!found.screen->source.empty()) {
        row.screened_by.en += fmt::format(" ({})", found.screen->source);
        row.screened_by.zh += fmt::format("（依据：{}）", found.screen->source);
      }
    } else if (found.status == ProspectStatus::Screened) {
      row.screened_by = found.kept_off;
    } else if (row.status == ProspectStatus::Screened) {
      row.screened_by = contact_text(*row.contact);
    }
  }

  [[nodiscard]] std::vector<ScreenedBy> screened_by() const {
    std::vector<ScreenedBy> found;
    for (std::size_t i = 0; i < firms_screened_by_.size(); ++i) {
      if (firms_screened_by_[i] > 0) found.push_back({i, firms_screened_by_[i]});
    }
    std::ranges::stable_sort(found, std::greater<>(), &ScreenedBy::firms);
    return found;
  }

  static void see_what_parts(ProspectList& list) {
    if (list.prospects.size() < 2) return;
    std::uint32_t best = 0;
    std::uint32_t worst = list.prospects.front().rank_worst;
    std::array<PartedBy, kPartCount> parts;
    for (const Prospect& row : list.prospects) {
      best = std::max(best, row.rank_best);
      worst = std::min(worst, row.rank_worst);
      for (std::size_t i = 0; i < kPartCount; ++i) {
        const ScorePart& part = row.parts[i];
        if (part.known || part.points_max <= part.points) continue;
        parts[i].points += part.points_max - part.points;
        ++parts[i].rows;
      }
    }
    list.unparted = best <= worst;
    for (std::size_t i = 0; i < kPartCount; ++i) {
      if (parts[i].rows == 0) continue;
      list.parted_by.push_back({static_cast<Part>(i),
                                parts[i].points / static_cast<double>(list.prospects.size()),
                                parts[i].rows});
    }
    std::ranges::stable_sort(list.parted_by, std::greater<>(), &PartedBy::points);
  }

  // What the rows bring home together.
  void add_up(ProspectList& list) const {
    if (std::ranges::none_of(list.prospects,
                             [](const Prospect& row) { return row.purchases.has_value(); })) {
      return;
    }
    std::vector<JointSales::Gap> gaps;
    for (std::size_t g = 0; g < report_.gaps.size(); ++g) {
      gaps.push_back({report_.gaps[g].leakage_max.value_or(0), assessor_->outer(g)});
      // What is bought for a segment is at least what is bought for one within it.
      if (!report_.gaps[g].leakage_max) gaps.back().room = std::numeric_limits<double>::max();
    }
    JointSales together(gaps);
    Figure total{0, Basis::Stated};
    for (Prospect& row : list.prospects) {
      check_stop(options_.stop, kRankingStopped);
      if (!row.purchases) continue;
      std::vector<JointSales::Offer> offers;
      for (const FilledGap& filled : row.gaps) {
        if (filled.purchases) offers.push_back({filled.gap, filled.purchases->value});
      }
      row.counted = Figure{together.add(offers, row.purchases->value), row.purchases->basis};
      total.value += row.counted->value;
      total.basis = softer(total.basis, row.counted->basis);
    }
    list.total = total;
  }

  void look_elsewhere(ProspectList& list) const {
    if (options_.reasons == ReasonsOf::Nobody) return;
    Elsewhere elsewhere(graph_, ground_.taxonomy, report_, ground_.regions, ground_.region_of);
    list.districts = elsewhere.districts();
    for (std::vector<Prospect>* rows : {&list.prospects, &list.unlocated, &list.expansions}) {
      for (Prospect& row : *rows) {
        check_stop(options_.stop, kRankingStopped);
        row.elsewhere =
            elsewhere.count(row.gaps, ground_.regions[ground_.region_of[raw(row.firm)]]);
      }
    }
  }

  void add_links(std::vector<Prospect>& rows) const {
    std::vector<LinkWish> wishes;
    for (const Prospect& prospect : rows) {
      wishes.push_back({prospect.firm, prospect.anchors});
      std::erase_if(wishes.back().anchors,
                    [&](FirmId anchor) { return is_newcomer(graph_, anchor); });
    }
    auto links = learned_links(graph_, *options_.learned.model, wishes, options_.stop);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].link = std::move(links[i]);
  }

  const ProspectGround& ground_;
  const EnterpriseGraph& graph_;
  tbb::task_arena& arena_;
  const GapReport& report_;
  const ProspectOptions& options_;
  std::optional<Assessor> assessor_;
  std::optional<Reasons> reasons_;
  tbb::enumerable_thread_specific<Scratch> scratches_;
  HashMap<std::uint32_t, bool> asked_;                    // ProspectOptions::firms
  HashMap<std::uint32_t, const KnownContact*> contacts_;  // by firm
  std::array<std::vector<ScoredFirm>, 4> scored_;         // by status, ascending by firm
  std::array<std::vector<PartCents>, 4> parts_;  // of the same firms, where draws are asked for
  // Of the same firms, as long as their scores leave the ways to anchors out: Assessment::ways_most.
  std::array<std::vector<std::uint16_t>, 4> ways_most_;
  std::vector<std::size_t> firms_screened_by_;  // by screen
};

}  // namespace

ProspectRanker::ProspectRanker(const EnterpriseGraph& graph, const ProspectRankerOptions& options)
    : body_(std::make_shared<const Body>(graph, options.threads)) {}

ProspectList ProspectRanker::rank(const GapReport& report, const ProspectOptions& options) const {
  check_options(options);
  check_stop(options.stop, kRankingStopped);
  return Ranking(body_->ground, body_->arena, report, options).list();
}

ProspectList rank_prospects(const EnterpriseGraph& graph, const GapReport& report,
                            const ProspectOptions& options) {
  check_options(options);
  return ProspectRanker(graph).rank(report, options);
}

}  // namespace liantu
