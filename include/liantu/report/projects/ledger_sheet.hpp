#pragma once

#include <cstdint>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/projects/ledger_book.hpp"
#include "liantu/projects/ledger_check.hpp"
#include "liantu/report/words/sheet_options.hpp"

namespace LIANTU_API liantu {

/// Whether the names and telephones of people at firms leave the ledger.
enum class WithContacts : std::uint8_t { No, Yes };

/// How many contacts and projects stand in each stage, with their investment and their names.
[[nodiscard]] Sheet stage_board_sheet(const LedgerBook& book, const SheetOptions& options);

/// What is due from one day to another, what is overdue first.
///
/// @param items  What due_items() returned for the book.
/// @param days   Items due in more days are left out.
[[nodiscard]] Sheet due_sheet(const LedgerBook& book, const std::vector<DueItem>& items,
                              std::int64_t days, const SheetOptions& options);

/// One row a subject of a kind: its stage and all that is known of it today. Headings are those that
/// read_ledger_tables() reads.
[[nodiscard]] Sheet subject_sheet(const LedgerBook& book, SubjectKind kind, WithContacts contacts,
                                  const SheetOptions& options);

/// One row a stage, in the order of the ledger's rows.
///
/// @param only  Key of the only subject that is shown; all when empty.
[[nodiscard]] Sheet stage_history_sheet(const LedgerBook& book, std::string_view only,
                                        const SheetOptions& options);
/// One row a fact, likewise.
[[nodiscard]] Sheet fact_history_sheet(const LedgerBook& book, std::string_view only,
                                       WithContacts contacts, const SheetOptions& options);

/// What check_ledger() found.
[[nodiscard]] Sheet finding_sheet(const LedgerBook& book,
                                  const std::vector<LedgerFinding>& findings,
                                  const SheetOptions& options);

/// The sheets of an export: 项目, 联系对象, 招商单位, 阶段历史, 事项历史. Reading them into an empty ledger makes the
/// same book, beside who recorded it and when, and what was withdrawn.
[[nodiscard]] std::vector<Sheet> ledger_workbook(const LedgerBook& book, WithContacts contacts,
                                                 const SheetOptions& options);

}  // namespace liantu
