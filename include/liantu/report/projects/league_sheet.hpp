#pragma once

#include <string>
#include <utility>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/projects/league.hpp"
#include "liantu/report/words/sheet_options.hpp"

namespace LIANTU_API liantu {

/// One row a team: rank, score, points by item, change to the quarter before, board.
[[nodiscard]] Sheet league_sheet(const LedgerBook& book, const League& league,
                                 const SheetOptions& options);

/// One row a team and item that was counted: the arithmetic and the rows of the ledger it rests on.
[[nodiscard]] Sheet league_point_sheet(const LedgerBook& book, const League& league,
                                       const SheetOptions& options);

/// What was signed in the quarter and in the one before.
[[nodiscard]] Sheet league_total_sheet(const LedgerBook& book, const League& league,
                                       const SheetOptions& options);

/// Projects signed in the quarter, largest investment first.
[[nodiscard]] Sheet league_project_sheet(const LedgerBook& book, const League& league,
                                         const SheetOptions& options);

/// The quarter in sentences, as a circular (通报) says it: what was signed, who is on the red and the
/// black board, what is overdue.
[[nodiscard]] std::vector<Text> league_sentences(const LedgerBook& book, const League& league);

/// The circular as a workbook: 通报, 排名, 得分依据, 签约项目.
///
/// @param more  Sheets behind them, such as gaps healed.
[[nodiscard]] std::vector<Sheet> league_workbook(const LedgerBook& book, const League& league,
                                                 std::vector<Sheet> more,
                                                 const SheetOptions& options);

/// The league on one page, A4 upright: headline totals, a bar a team made up of its items, the boards.
///
/// @param notes  Sentences at its foot, such as how many gaps were healed and how it was made.
/// @return       SVG. Teams beyond the fortieth are counted and not drawn.
[[nodiscard]] std::string league_svg(const LedgerBook& book, const League& league,
                                     const std::vector<Text>& notes, Language language);

}  // namespace liantu
