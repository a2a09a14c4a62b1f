#include "projects/ledger_schema.hpp"

#include <filesystem>
#include <sqlite3.h>

#include <gtest/gtest.h>

#include "projects/ledger_case.hpp"

namespace liantu {
namespace {

// A file as the program wrote it when it knew so many steps.
void make_old(const std::filesystem::path& file, int schema) {
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &raw), SQLITE_OK);
  std::string words;
  for (int i = 0; i < schema; ++i) words += ledger_schema_steps()[static_cast<std::size_t>(i)];
  words +=
      "INSERT INTO meta VALUES ('district', '区');"
      "INSERT INTO entry VALUES (1, '2025-03-01T09:00:00+08:00', '张', 'add');"
      "INSERT INTO subject VALUES (1, 'project', 'P1', 'P1项目', 'P1公司', '', 1);"
      "INSERT INTO record(subject, entry, day, stage) VALUES (1, 1, 20250208, 'signed');"
      "INSERT INTO record(subject, entry, day, fact, number) VALUES (1, 1, 20250208, 'investment', "
      "1e8);";
  words += "PRAGMA application_id = " + std::to_string(kLedgerMark) +
           "; PRAGMA user_version = " + std::to_string(schema);
  ASSERT_EQ(sqlite3_exec(raw, words.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(raw);
  sqlite3_close(raw);
}

int version_of(const std::filesystem::path& file) {
  sqlite3* raw = nullptr;
  sqlite3_open(file.c_str(), &raw);
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(raw, "PRAGMA user_version", -1, &statement, nullptr);
  sqlite3_step(statement);
  const int version = sqlite3_column_int(statement, 0);
  sqlite3_finalize(statement);
  sqlite3_close(raw);
  return version;
}

TEST(LedgerSchema, EveryEarlierOneIsReadAndBroughtUpToDate) {
  for (int schema = 1; schema <= kLedgerSchema; ++schema) {
    const LedgerCase place("schema");
    make_old(place.file(), schema);
    {
      const Ledger ledger = Ledger::open(place.file(), LedgerAccess::Read);
      EXPECT_EQ(ledger.schema_found(), schema);
      const LedgerBook book = ledger.read();
      EXPECT_EQ(history(book.subjects.front()), "签约 2025-02-08");
      EXPECT_EQ(number_at(book.subjects.front(), FactKey::Investment), 1e8);
    }
    // Reading changes nothing.
    EXPECT_EQ(version_of(place.file()), schema);
    Ledger ledger = Ledger::open(place.file(), LedgerAccess::Write);
    EXPECT_EQ(version_of(place.file()), kLedgerSchema);
    ledger.withdraw(entry_on({2025, 3, 2}), LedgerRow{1}, "试");
    EXPECT_EQ(ledger.read().withdrawn, 1U);
    EXPECT_EQ(ledger.read().rows, 1U);
  }
}

}  // namespace
}  // namespace liantu
