#pragma once

#include <span>

namespace liantu {

/// `LTLG`, by which a SQLite file says that it is a ledger.
inline constexpr int kLedgerMark = 0x4C544C47;

/// The steps from one schema to the next: the first makes an empty file one of schema 1.
[[nodiscard]] std::span<const char* const> ledger_schema_steps();

}  // namespace liantu
