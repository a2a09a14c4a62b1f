#include "prospects/ranking/row_choice.hpp"

#include <algorithm>

namespace liantu {
namespace {

// Puts all firms in order at once where so many rows are wanted that it pays.
void settle(const ProspectOptions& options, std::size_t firms, RankOrder& order,
            RankingThreads& threads) {
  constexpr std::size_t kMany = 256;
  constexpr std::size_t kFew = 8;  // of so many parts the first is found faster than all sorted
  const std::size_t most = options.per_gap > 0 ? kMany : std::max(kMany, firms / kFew);
  const bool some = (options.top > 0 && options.top < most) || options.per_main_gap > 0;
  if (firms <= kMany || !options.firms.empty() || some) return;
  threads.run([&] { order.settle_all([&] { threads.look(); }); });
}

}  // namespace

std::vector<std::uint32_t> choose_rows(const ScoreStages& stages, const RankingQuestion& question,
                                       const std::vector<ScoredFirm>& firms, RankOrder& order,
                                       RankingThreads& threads) {
  const ProspectOptions& options = question.options;
  settle(options, firms.size(), order, threads);
  if (!options.firms.empty()) {
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < firms.size(); ++i) {
      if (question.names(firms[i].firm)) found.push_back(i);
    }
    if (found.size() < 2) return found;
    std::vector<std::uint32_t> place(firms.size());
    const std::vector<std::uint32_t> all = order.first(0);
    for (std::uint32_t i = 0; i < all.size(); ++i) place[all[i]] = i;
    std::ranges::sort(found, {}, [&](std::uint32_t i) { return place[i]; });
    return found;
  }
  if (options.per_main_gap > 0) {
    return order.first_of_each_gap(options.per_main_gap, options.top);
  }
  if (options.per_gap == 0) return order.first(options.top);
  std::vector<std::uint32_t> found;
  std::vector<std::size_t> counts(stages.gaps.size());
  Fillings::Scratch& filled = threads.scratch().filled;
  for (const std::uint32_t i : order.first(0)) {
    if (i % 4096 == 0) threads.look();
    stages.fillings.find(firms[i].firm, filled);
    bool wanted = false;
    for (const Filling& filling : filled.fillings) {
      if (counts[filling.gap]++ < options.per_gap) wanted = true;
    }
    if (wanted) found.push_back(i);
    if (options.top > 0 && found.size() == options.top) break;
  }
  return found;
}

}  // namespace liantu
