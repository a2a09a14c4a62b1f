#include "prospects/ranking/firm_scores.hpp"

#include <algorithm>
#include <functional>
#include <limits>

#include "graph/views/told_order.hpp"

namespace liantu {
namespace {

constexpr std::size_t kScoredAtOnce = 64;
constexpr std::size_t kWalkedAtOnce = 32;

}  // namespace

FirmScores::FirmScores(const Assessor& assessor, const RankingQuestion& question,
                       RankingThreads& threads)
    : assessor_(assessor),
      question_(question),
      options_(question.options),
      threads_(threads),
      before_([&graph = assessor.stages().ground.graph](FirmId a, FirmId b) {
        return told_before(graph, a, b);
      }) {
  threads_.look();
  const std::vector<FirmId> candidates = this->candidates();
  const bool few = few_rows(candidates.size());
  const Assessor::Ways ways = few ? Assessor::Ways::LeftOut : Assessor::Ways::Counted;
  std::vector<Score> scores(candidates.size());
  for (std::size_t status = 0; options_.per_gap > 0 && status < scored_.size(); ++status) {
    first_fillers_.emplace_back(assessor.stages().report.gaps.size(), options_.per_gap, before_);
  }
  std::vector<PartCents> parts(options_.draws > 0 ? candidates.size() : 0);
  threads_.for_each("score", candidates.size(), kScoredAtOnce,
                    [&](std::size_t i, Assessor::Scratch& scratch) {
                      const Assessment* found = assessor_.assess(candidates[i], scratch, ways);
                      if (found == nullptr) return;
                      const Score& own = scores[i] = score(candidates[i], *found);
                      if (!first_fillers_.empty()) {
                        for (const Filling& filling : scratch.filled.fillings) {
                          first_fillers_[static_cast<std::size_t>(own.status)].offer(
                              filling.gap, {candidates[i], own.cents, own.best, own.gap, own.kind});
                        }
                      }
                      if (!parts.empty()) parts[i] = found->part_cents();
                    });
  firms_screened_by_.assign(options_.policy.screens.size(), 0);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Score& one = scores[i];
    if (one.best < 0) continue;
    const auto status = static_cast<std::size_t>(one.status);
    scored_[status].push_back({candidates[i], one.cents, one.best, one.gap, one.kind});
    if (few) ways_most_[status].push_back(one.ways_most);
    if (!parts.empty()) parts_[status].push_back(parts[i]);
    if (one.status == ProspectStatus::Screened && one.screen > 0) {
      ++firms_screened_by_[one.screen - 1];
    }
  }
}

std::vector<FirmId> FirmScores::candidates() const {
  std::vector<FirmId> candidates = assessor_.stages().fillings.candidates();
  if (options_.from.known()) {
    std::erase_if(candidates, [&](FirmId firm) {
      const RegionCode region = assessor_.stages().ground.region(firm);
      return !region.known() || !options_.from.contains(region);
    });
  }
  return candidates;
}

// Whether ranks of a few rows alone are asked for, on which the ways of most firms to anchors have no
// bearing.
bool FirmScores::few_rows(std::size_t candidates) const {
  constexpr std::size_t kFew = 4;  // one in so many
  if (options_.draws > 0 || options_.lift_into > 0) return false;
  if (!options_.firms.empty()) return options_.firms.size() < candidates / kFew;
  return options_.per_gap == 0 && options_.top > 0 && options_.top < candidates / kFew;
}

FirmScores::Score FirmScores::score(FirmId firm, const Assessment& found) const {
  Score score;
  score.cents = found.cents();
  score.best = found.cents_at_best();
  score.gap = static_cast<std::uint32_t>(found.gaps.front().gap);
  score.kind = place_of_kind(found.gaps.front());
  if (found.screen != nullptr) {
    score.screen = static_cast<std::uint32_t>(found.screen - options_.policy.screens.data()) + 1;
  }
  score.ways_most = static_cast<std::uint16_t>(found.ways_most);
  score.status = question_.status(firm, found.status);
  return score;
}

std::vector<FirmId> FirmScores::first_fillers(ProspectStatus status) const {
  if (first_fillers_.empty()) return {};
  return first_fillers_[static_cast<std::size_t>(status)].firms();
}

// Among the kinds of goods that its gap lacks, from 1; 0 for none of them.
std::uint32_t FirmScores::place_of_kind(const FilledGap& filled) const {
  if (!filled.kind) return 0;
  const std::vector<KindNeed>& needed = assessor_.stages().report.gaps[filled.gap].kinds_needed;
  const auto at = std::ranges::find(needed, *filled.kind, &KindNeed::kind);
  return at == needed.end() ? 0 : static_cast<std::uint32_t>(at - needed.begin()) + 1;
}

void FirmScores::add_ways(ProspectStatus status) {
  std::vector<ScoredFirm>& firms = scored_[static_cast<std::size_t>(status)];
  std::vector<std::uint16_t>& most = ways_most_[static_cast<std::size_t>(status)];
  if (most.empty()) return;  // they are in the scores
  const auto add_where = [&](const auto& wanted) {
    std::vector<std::uint32_t> some;
    for (std::uint32_t i = 0; i < most.size(); ++i) {
      if (most[i] > 0 && wanted(firms[i], most[i])) some.push_back(i);
    }
    threads_.for_each({}, some.size(), kWalkedAtOnce,
                      [&](std::size_t i, Assessor::Scratch& scratch) {
                        ScoredFirm& one = firms[some[i]];
                        const std::int32_t more = assessor_.cents_of_ways(one.firm, scratch);
                        one.cents += more;
                        one.best += more;
                        most[some[i]] = 0;
                      });
  };
  const std::size_t last =
      options_.firms.empty() ? points_of_last_row(firms, options_.per_main_gap, options_.top) : 0;
  const auto may_be_row = [&](const ScoredFirm& one, std::int32_t more) {
    return options_.firms.empty() ? whole_points(one.cents + more) >= last
                                  : question_.names(one.firm);
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

std::vector<ScreenedBy> FirmScores::screened_by() const {
  std::vector<ScreenedBy> found;
  for (std::size_t i = 0; i < firms_screened_by_.size(); ++i) {
    if (firms_screened_by_[i] > 0) found.push_back({i, firms_screened_by_[i]});
  }
  std::ranges::stable_sort(found, std::greater<>(), &ScreenedBy::firms);
  return found;
}

}  // namespace liantu
