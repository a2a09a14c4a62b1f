#include "projects/ledger_schema.hpp"

#include <array>

#include "liantu/projects/ledger.hpp"

namespace liantu {
namespace {

// A step that was released is never changed: files that it made are out there.
constexpr const char* kFirst = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE entry(id INTEGER PRIMARY KEY AUTOINCREMENT, recorded_at TEXT NOT NULL, recorded_by TEXT NOT NULL,
  source TEXT NOT NULL) STRICT;
CREATE TABLE subject(id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK(kind IN ('contact', 'project', 'team')), key TEXT NOT NULL, name TEXT NOT NULL,
  firm TEXT NOT NULL, code TEXT NOT NULL, entry INTEGER NOT NULL REFERENCES entry(id), UNIQUE(kind, key)) STRICT;
CREATE TABLE record(id INTEGER PRIMARY KEY AUTOINCREMENT, subject INTEGER NOT NULL REFERENCES subject(id),
  entry INTEGER NOT NULL REFERENCES entry(id), day INTEGER NOT NULL, stage TEXT, fact TEXT, number REAL, text TEXT,
  person TEXT, reason TEXT, evidence TEXT, evidence_hash TEXT, remark TEXT,
  CHECK((stage IS NULL) <> (fact IS NULL))) STRICT;
CREATE INDEX record_by_subject ON record(subject);
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
CREATE TRIGGER subject_stays BEFORE UPDATE ON subject BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
CREATE TRIGGER subject_is_kept BEFORE DELETE ON subject BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
CREATE TRIGGER record_stays BEFORE UPDATE ON record BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
CREATE TRIGGER record_is_kept BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
)sql";

// Rows can be withdrawn.
constexpr const char* kSecond = R"sql(
CREATE TABLE withdrawal(record INTEGER PRIMARY KEY REFERENCES record(id), reason TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES entry(id)) STRICT;
CREATE TRIGGER withdrawal_stays BEFORE UPDATE ON withdrawal BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
CREATE TRIGGER withdrawal_is_kept BEFORE DELETE ON withdrawal BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
)sql";

constexpr std::array kSteps = {kFirst, kSecond};
static_assert(kSteps.size() == kLedgerSchema);

}  // namespace

std::span<const char* const> ledger_schema_steps() { return kSteps; }

}  // namespace liantu
