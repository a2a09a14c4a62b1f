#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/links/backtest/calibration.hpp"
#include "liantu/projects/ledger_book.hpp"
#include "liantu/projects/ledger_import.hpp"
#include "liantu/prospects/policy.hpp"

namespace LIANTU_API liantu {

/// A row of a prospect list of former days.
struct ListedFirm {
  std::string name;
  std::string code;
  std::size_t rank = 0;
  char grade = 'C';
  double score = 0;
  std::array<std::optional<double>, kPartCount> parts;  ///< points, as far as the list has them
};

/// Reads a list that `liantu rank` wrote as CSV or workbook, in either language.
///
/// @return  Rows with a rank, a name and a score; of several tables the one with the most parts.
///          Empty when no table is such a list.
[[nodiscard]] std::vector<ListedFirm> read_listed_firms(const std::vector<LedgerTable>& tables);

/// Options of judge_list().
struct ListOutcomeOptions {
  Date from;               ///< day of the list: what was signed or lost before does not count
  std::size_t least = 30;  ///< outcomes without which nothing is concluded
};

/// How some rows of a list turned out.
struct OutcomeBand {
  Text name;  ///< ranks 1–10, grade A
  std::size_t listed = 0;
  std::size_t signed_count = 0;
  std::size_t lost = 0;
  double share = 0;      ///< of the outcomes that were signed
  double share_low = 0;  ///< 95 % interval of it (Wilson)
  double share_high = 1;
};

/// Whether a part of the score told the signed from the lost.
struct PartOutcome {
  ScorePartKind part = ScorePartKind::GapSeverity;
  std::size_t pairs = 0;  ///< of a signed and a lost one that both have points
  double right = 0.5;     ///< share of these in which the signed one has more, ties half
  double mean_signed = 0;
  double mean_lost = 0;
};

/// How often a list was right.
struct ListOutcomes {
  std::size_t listed = 0;
  std::size_t found = 0;     ///< of them in the ledger
  std::size_t outcomes = 0;  ///< signed or lost since the list's day
  bool concluded = false;    ///< whether there are enough outcomes; else nothing below is filled
  OutcomeBand all;
  std::vector<OutcomeBand> by_rank;  ///< 1–10, 11–20, 21–50, 51–100, 101 and on, those with rows
  std::vector<OutcomeBand> by_grade;  ///< A, B, C, those with rows
  std::vector<PartOutcome> by_part;   ///< those with pairs, most telling first
  double score_right = 0.5;           ///< as PartOutcome::right of the whole score
  Calibration calibration;            ///< score → share signed, rising
};

/// Asks a ledger how a list turned out: a firm counts as signed when its contact, or a project of its,
/// was signed on the list's day or later, else as lost when its contact was lost or its project ended.
///
/// @return  See ListOutcomes.
/// @throws Error{InvalidArgument} if `from` is not known to the day.
/// @complexity  O(L log S + P); L rows, S subjects, P pairs of signed and lost.
/// @source  Wilson (1927), doi:10.1080/01621459.1927.10502953.
[[nodiscard]] ListOutcomes judge_list(const std::vector<ListedFirm>& list, const LedgerBook& book,
                                      const ListOutcomeOptions& options);

}  // namespace liantu
