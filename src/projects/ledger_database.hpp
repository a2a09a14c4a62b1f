#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <sqlite3.h>
#include <string>
#include <string_view>

#include "liantu/projects/ledger.hpp"

namespace liantu {

/// A statement of SQL that is being carried out.
class LedgerStatement {
 public:
  LedgerStatement& bind(int at, std::int64_t value);
  LedgerStatement& bind(int at, double value);
  LedgerStatement& bind(int at, std::string_view value);
  LedgerStatement& bind_nothing(int at);
  /// Whether there is another row.
  bool step();
  /// Carries it out and makes it ready for the next time.
  void run();
  /// Makes it ready for the next time.
  void reset();
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] bool is_null(int column) const;
  /// @throws Error{InvalidData} if it is not UTF-8.
  [[nodiscard]] std::string_view text(int column) const;

 private:
  friend class LedgerDatabase;
  struct End {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  LedgerStatement(const class LedgerDatabase& database, sqlite3_stmt* statement)
      : database_(&database), statement_(statement) {}
  const class LedgerDatabase* database_;
  std::unique_ptr<sqlite3_stmt, End> statement_;
};

/// The SQLite file of a ledger.
class LedgerDatabase {
 public:
  static LedgerDatabase create(const std::filesystem::path& path);
  static LedgerDatabase open(const std::filesystem::path& path, LedgerAccess access, int wait_ms);

  [[nodiscard]] LedgerStatement prepare(std::string_view sql) const;
  void execute(const char* sql) const;
  /// Undoes what is not completed, as far as SQLite has not.
  void abandon() const noexcept {
    sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  [[nodiscard]] std::int64_t last_row() const { return sqlite3_last_insert_rowid(database_.get()); }
  [[nodiscard]] LedgerPlace place() const { return place_; }
  [[nodiscard]] int schema_found() const { return schema_found_; }
  [[nodiscard]] const std::string& file() const { return file_; }

  /// What SQLite refused, in words.
  [[noreturn]] void fail(int code) const;
  [[noreturn]] void damaged(std::string_view en, std::string_view zh) const;

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  };
  using Connection = std::unique_ptr<sqlite3, Close>;

  void connect(const std::filesystem::path& path, int flags, bool immutable);
  void guard() const;
  void check_file(LedgerAccess access);
  void check_schema(int version) const;
  void bring_up_to_date(int from);
  void copy_to_memory();
  void choose_journal(const std::filesystem::path& path);
  [[nodiscard]] std::int64_t pragma(const char* sql) const;

  Connection database_;
  std::string file_;
  LedgerPlace place_ = LedgerPlace::Local;
  int schema_found_ = kLedgerSchema;
};

/// A change of the file that is undone unless it is completed.
class LedgerTransaction {
 public:
  explicit LedgerTransaction(const LedgerDatabase& database);
  LedgerTransaction(const LedgerTransaction&) = delete;
  LedgerTransaction& operator=(const LedgerTransaction&) = delete;
  ~LedgerTransaction();
  /// On disk when it returns.
  void complete();

 private:
  const LedgerDatabase& database_;
  bool open_ = true;
};

}  // namespace liantu
