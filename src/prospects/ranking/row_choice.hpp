#pragma once

#include <cstdint>
#include <vector>

#include "prospects/ranking/rank_order.hpp"
#include "prospects/ranking/ranking_question.hpp"
#include "prospects/ranking/ranking_threads.hpp"
#include "prospects/score/score_stages.hpp"

namespace liantu {

/// Chooses the rows of a list.
///
/// @param firms  Of one status.
/// @param order  Of the same firms.
/// @return       Positions of the rows that are wanted, in the order of their ranks.
/// @throws Error{Cancelled}
[[nodiscard]] std::vector<std::uint32_t> choose_rows(const ScoreStages& stages,
                                                     const RankingQuestion& question,
                                                     const std::vector<ScoredFirm>& firms,
                                                     RankOrder& order, RankingThreads& threads);

}  // namespace liantu
