#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/projects/ledger_book.hpp"

namespace LIANTU_API liantu {

/// What check_ledger() doubts.
enum class LedgerDoubt : std::uint8_t {
  Overdue,          ///< a stage, or a contact's next step, was due and is not there
  Skipped,          ///< a stage was passed over
  FutureDay,        ///< a day after the one on which it was recorded, or after today
  NoEvidence,       ///< a project's stage names no document, or no digest of it
  EvidenceReused,   ///< one document stands for several stages or projects
  EvidenceChanged,  ///< the document is not there any more, or has another digest
  FundsAboveInvestment,
  NoPlan,     ///< nobody said when the next stage is due
  NoTeam,     ///< nobody is in charge
  NoProject,  ///< a contact has signed, but the ledger has no project of the firm
};

/// `overdue`, `skipped` …: the word machines read.
[[nodiscard]] std::string_view doubt_word(LedgerDoubt doubt);

/// Something in a ledger that a person has to look at. It says what is doubtful, never that somebody
/// lied.
struct LedgerFinding {
  LedgerDoubt doubt = LedgerDoubt::Overdue;
  Severity severity = Severity::Warning;
  std::size_t subject = 0;       ///< index into LedgerBook::subjects
  std::optional<LedgerRow> row;  ///< that it is about
  std::int64_t days = 0;         ///< of what is overdue: how many
  Text what;
  Text remedy;
};

/// A document as somebody found it: StageEvidence::sha256 empty when it is not there.
struct FoundEvidence {
  std::string name;
  std::string sha256;
};

/// Options of check_ledger().
struct CheckOptions {
  Date today;  ///< known to the day; required
  /// Documents that were looked for; only those are compared.
  std::vector<FoundEvidence> evidence;
};

/// Looks for what is overdue, skipped or doubtful.
///
/// @return  Most severe first, of overdue ones the longest first, then by subject and row.
/// @throws Error{InvalidArgument} if `today` is not known to the day.
/// @complexity  O(R log R); R rows.
[[nodiscard]] std::vector<LedgerFinding> check_ledger(const LedgerBook& book,
                                                      const CheckOptions& options);

/// Something that is planned for a day.
struct DueItem {
  std::size_t subject = 0;           ///< index into LedgerBook::subjects
  std::optional<LedgerStage> stage;  ///< planned; nothing: the next step of a contact or project
  Date day;                          ///< last day that the plan may mean
  LedgerRow row{0};                  ///< that states the plan
  std::int64_t days_left = 0;        ///< negative: overdue
};

/// What is planned and not done, of subjects that have not ended: every planned stage that is not
/// reached, nor a later one, and every deadline.
///
/// @param today  Known to the day.
/// @return       By day, then by subject.
/// @throws Error{InvalidArgument} if `today` is not known to the day.
[[nodiscard]] std::vector<DueItem> due_items(const LedgerBook& book, Date today);

}  // namespace liantu
