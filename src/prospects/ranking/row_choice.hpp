#pragma once

#include <cstdint>
#include <vector>

#include "prospects/ranking/firm_scores.hpp"
#include "prospects/ranking/rank_order.hpp"
#include "prospects/ranking/ranking_question.hpp"
#include "prospects/ranking/ranking_threads.hpp"

namespace liantu {

/// Chooses the rows of a list.
///
/// @param scores  Of all firms.
/// @param order   Of those of the status.
/// @return       Positions of the rows that are wanted, in the order of their ranks.
/// @throws Error{Cancelled}
[[nodiscard]] std::vector<std::uint32_t> choose_rows(const FirmScores& scores,
                                                     ProspectStatus status,
                                                     const RankingQuestion& question,
                                                     RankOrder& order, RankingThreads& threads);

}  // namespace liantu
