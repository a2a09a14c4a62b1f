#include "prospects/ranking/row_choice.hpp"

#include <algorithm>

namespace liantu {
namespace {

// Puts all firms in order at once where so many rows are wanted that it pays.
void settle(const ProspectOptions& options, std::size_t firms, RankOrder& order,
            RankingThreads& threads) {
  constexpr std::size_t kMany = 256;
  constexpr std::size_t kFew = 8;  // of so many parts the first is found faster than all sorted
  const std::size_t most = std::max(kMany, firms / kFew);
  const bool some =
      (options.top > 0 && options.top < most) || options.per_main_gap > 0 || options.per_gap > 0;
  if (firms <= kMany || !options.firms.empty() || some) return;
  threads.run([&] { order.settle_all([&] { threads.look(); }); });
}

}  // namespace

std::vector<std::uint32_t> choose_rows(const FirmScores& scores, ProspectStatus status,
                                       const RankingQuestion& question, RankOrder& order,
                                       RankingThreads& threads) {
  const std::vector<ScoredFirm>& firms = scores.of(status);
  const ProspectOptions& options = question.options;
  settle(options, firms.size(), order, threads);
  if (!options.firms.empty()) {
    std::vector<FirmId> asked_for;
    for (const ScoredFirm& one : firms) {
      if (question.names(one.firm)) asked_for.push_back(one.firm);
    }
    return order.in_order(asked_for);
  }
  if (options.per_main_gap > 0) {
    return order.first_of_each_gap(options.per_main_gap, options.top);
  }
  if (options.per_gap == 0) return order.first(options.top);
  std::vector<std::uint32_t> found = order.in_order(scores.first_fillers(status));
  if (options.top > 0 && found.size() > options.top) found.resize(options.top);
  return found;
}

}  // namespace liantu
