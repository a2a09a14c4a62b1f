#include "projects/ledger_database.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <new>
#include <sys/vfs.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/base/text/utf8.hpp"
#include "projects/ledger_schema.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(ErrorCode code, const std::string& file, std::string_view en,
                         std::string_view zh) {
  throw Error{code, {fmt::format("{}: {}", file, en), fmt::format("{}：{}", file, zh)}};
}

// A file's name as SQLite reads it behind `file:`.
std::string uri_of(const fs::path& path, bool immutable) {
  std::string uri = "file:";
  for (const char c : fs::absolute(path).string()) {
    if (c == '?' || c == '#' || c == '%') {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      uri += c;
    }
  }
  return uri + (immutable ? "?immutable=1" : "");
}

fs::path beside(const fs::path& path, const char* suffix) {
  fs::path other = path;
  other += suffix;
  return other;
}

LedgerPlace place_of(const fs::path& path) {
  struct statfs about {};
  if (statfs(path.c_str(), &about) != 0) return LedgerPlace::Local;
  return is_network_share(static_cast<std::int64_t>(about.f_type)) ? LedgerPlace::Network
                                                                   : LedgerPlace::Local;
}

using SchemaRows = std::vector<std::array<std::string, 3>>;

SchemaRows schema_rows(sqlite3* database) {
  SchemaRows rows;
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database,
                     "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' "
                     "ESCAPE '\\' ORDER BY type, name",
                     -1, &statement, nullptr);
  while (statement != nullptr && sqlite3_step(statement) == SQLITE_ROW) {
    std::array<std::string, 3> row;
    for (int i = 0; i < 3; ++i) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
      row[static_cast<std::size_t>(i)] = text == nullptr ? "" : text;
    }
    rows.push_back(std::move(row));
  }
  sqlite3_finalize(statement);
  return rows;
}

}  // namespace

bool is_network_share(std::int64_t file_system) {
  constexpr std::int64_t kShares[] = {
      0x6969,      // NFS
      0x517B,      // SMB
      0xFF534D42,  // CIFS
      0xFE534D42,  // SMB 2
      0x5346414F,  // AFS
      0x00C36400,  // Ceph
      0x01021997,  // 9P
      0x65735546,  // FUSE: sshfs and the like
      0x73757245,  // Coda
      0x564C,      // NCP
  };
  const std::int64_t number = file_system & 0xFFFFFFFF;
  return std::ranges::find(kShares, number) != std::end(kShares);
}

// ---- statements ----

LedgerStatement& LedgerStatement::bind(int at, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), at, value);
  return *this;
}

LedgerStatement& LedgerStatement::bind(int at, double value) {
  sqlite3_bind_double(statement_.get(), at, value);
  return *this;
}

LedgerStatement& LedgerStatement::bind(int at, std::string_view value) {
  sqlite3_bind_text64(statement_.get(), at, value.data(), value.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
  return *this;
}

LedgerStatement& LedgerStatement::bind_nothing(int at) {
  sqlite3_bind_null(statement_.get(), at);
  return *this;
}

bool LedgerStatement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code != SQLITE_ROW && code != SQLITE_DONE) database_->fail(code);
  return code == SQLITE_ROW;
}

void LedgerStatement::run() {
  while (step()) {
  }
  reset();
}

void LedgerStatement::reset() { sqlite3_reset(statement_.get()); }

std::int64_t LedgerStatement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

double LedgerStatement::real(int column) const {
  return sqlite3_column_double(statement_.get(), column);
}

bool LedgerStatement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::string_view LedgerStatement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (text == nullptr) return {};
  const std::string_view found(
      text, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column)));
  if (find_invalid_utf8(found)) {
    database_->damaged("a text in it is not UTF-8", "其中有文本不是 UTF-8");
  }
  return found;
}

// ---- the file ----

void LedgerDatabase::damaged(std::string_view en, std::string_view zh) const {
  refuse(ErrorCode::InvalidData, file_,
         fmt::format("the ledger is damaged or was changed by another program ({}); restore a "
                     "backup, or save what is left with `sqlite3 FILE .recover`",
                     en),
         fmt::format("台账已损坏或被其他程序改动（{}）；请换用备份，或用 `sqlite3 文件 .recover` "
                     "取出尚存的内容",
                     zh));
}

void LedgerDatabase::fail(int code) const {
  const std::string said = database_ ? sqlite3_errmsg(database_.get()) : sqlite3_errstr(code);
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      refuse(ErrorCode::Io, file_,
             "another program is writing to the ledger and has not ended; nothing was written; "
             "close it or try again",
             "其他程序正在写入台账且尚未结束；本次未写入任何内容；请关闭该程序或稍后再试");
    case SQLITE_FULL:
      refuse(
          ErrorCode::Io, file_,
          "the disk is full; nothing was written and nothing is lost; free some space and repeat",
          "磁盘已满；本次未写入任何内容，原有内容完好；请腾出空间后重试");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      refuse(ErrorCode::Io, file_,
             "the ledger or its folder is not writable; ask for permission to write, or copy it "
             "elsewhere",
             "台账文件或其所在文件夹不可写；请申请写入权限，或复制到别处再写");
    case SQLITE_CANTOPEN:
      refuse(ErrorCode::Io, file_, fmt::format("cannot be opened ({})", said),
             fmt::format("无法打开（{}）", said));
    case SQLITE_IOERR:
      refuse(ErrorCode::Io, file_,
             fmt::format("cannot be read or written ({}); nothing was written and nothing is lost; "
                         "check the disk and its free space, then repeat",
                         said),
             fmt::format(
                 "读写失败（{}）；本次未写入任何内容，原有内容完好；请检查磁盘及剩余空间后重试",
                 said));
    case SQLITE_NOTADB:
      refuse(ErrorCode::InvalidData, file_,
             "this is not a ledger; give the file that `liantu ledger init` made",
             "这不是台账；请给出 liantu ledger init 建立的文件");
    case SQLITE_NOMEM:
      throw std::bad_alloc();
    default:
      damaged(said, said);
  }
}

LedgerStatement LedgerDatabase::prepare(std::string_view sql) const {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(database_.get(), sql.data(), static_cast<int>(sql.size()),
                                      &statement, nullptr);
  if (code != SQLITE_OK) fail(code);
  return {*this, statement};
}

void LedgerDatabase::execute(const char* sql) const {
  const int code = sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

std::int64_t LedgerDatabase::pragma(const char* sql) const {
  LedgerStatement statement = prepare(sql);
  return statement.step() ? statement.integer(0) : 0;
}

void LedgerDatabase::connect(const fs::path& path, int flags, bool immutable) {
  file_ = path_text(path.filename());
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(uri_of(path, immutable).c_str(), &raw,
                                   flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, nullptr);
  database_.reset(raw);
  if (code != SQLITE_OK) fail(code);
  guard();
}

// A file may come from anywhere.
void LedgerDatabase::guard() const {
  sqlite3* raw = database_.get();
  sqlite3_limit(raw, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
}

void LedgerDatabase::choose_journal(const fs::path& path) {
  place_ = place_of(path);
  execute("PRAGMA synchronous = FULL");
  LedgerStatement mode = prepare(place_ == LedgerPlace::Network ? "PRAGMA journal_mode = DELETE"
                                                                : "PRAGMA journal_mode = WAL");
  mode.step();
}

void LedgerDatabase::check_schema(int version) const {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(":memory:", &raw, SQLITE_OPEN_READWRITE, nullptr);
  const Connection model(raw);
  if (code != SQLITE_OK) fail(code);
  const auto steps = ledger_schema_steps();
  for (int i = 0; i < version; ++i)
    sqlite3_exec(raw, steps[static_cast<std::size_t>(i)], nullptr, nullptr, nullptr);
  if (schema_rows(raw) == schema_rows(database_.get())) return;
  damaged("its tables are not those of a ledger", "表结构与台账不符");
}

void LedgerDatabase::bring_up_to_date(int from) {
  const auto steps = ledger_schema_steps();
  for (int i = from; i < kLedgerSchema; ++i) execute(steps[static_cast<std::size_t>(i)]);
  execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kLedgerMark,
                      kLedgerSchema)
              .c_str());
}

void LedgerDatabase::copy_to_memory() {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(":memory:", &raw, SQLITE_OPEN_READWRITE, nullptr);
  Connection copy(raw);
  if (code != SQLITE_OK) fail(code);
  sqlite3_backup* backup = sqlite3_backup_init(raw, "main", database_.get(), "main");
  if (backup == nullptr) fail(SQLITE_NOMEM);
  sqlite3_backup_step(backup, -1);
  const int done = sqlite3_backup_finish(backup);
  if (done != SQLITE_OK) fail(done);
  database_ = std::move(copy);
  guard();
}

void LedgerDatabase::check_file(LedgerAccess access) {
  if (pragma("PRAGMA application_id") != kLedgerMark) {
    refuse(ErrorCode::InvalidData, file_,
           "this is a database, but not a ledger of liantu; give the file that `liantu ledger "
           "init` made",
           "这是数据库，但不是链图台账；请给出 liantu ledger init 建立的文件");
  }
  schema_found_ = static_cast<int>(pragma("PRAGMA user_version"));
  if (schema_found_ > kLedgerSchema) {
    refuse(
        ErrorCode::InvalidData, file_,
        fmt::format("the ledger has schema {}, made by a later version of liantu; this one knows "
                    "{}: install the later version",
                    schema_found_, kLedgerSchema),
        fmt::format("台账结构版本为 {}，由更新版本的链图建立；本程序最高支持 {}：请升级程序",
                    schema_found_, kLedgerSchema));
  }
  if (schema_found_ < 1) damaged("it has no schema", "没有结构版本");
  check_schema(schema_found_);
  if (schema_found_ == kLedgerSchema) return;
  if (access == LedgerAccess::Read) {
    copy_to_memory();
    bring_up_to_date(schema_found_);
    return;
  }
  LedgerTransaction change(*this);
  // Another program may have done it meanwhile.
  const auto now = static_cast<int>(pragma("PRAGMA user_version"));
  if (now < kLedgerSchema) bring_up_to_date(now);
  change.complete();
}

LedgerDatabase LedgerDatabase::create(const fs::path& path) {
  LedgerDatabase ledger;
  ledger.file_ = path_text(path.filename());
  // The name is taken at once, so that of two who make it one is told.
  const int made = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
  if (made < 0) {
    const std::error_code why(errno, std::generic_category());
    if (why == std::errc::file_exists) {
      refuse(ErrorCode::Io, ledger.file_,
             "exists already and is left as it is; name a new file, or write to this one with "
             "`liantu ledger add`",
             "已存在，未作改动；请另起文件名，或用 liantu ledger add 写入该文件");
    }
    refuse(ErrorCode::Io, path_text(path), fmt::format("cannot be created ({})", why.message()),
           fmt::format("无法建立（{}）", why.message()));
  }
  ::close(made);
  try {
    ledger.connect(path, SQLITE_OPEN_READWRITE, false);
    ledger.choose_journal(path);
    LedgerTransaction change(ledger);
    ledger.bring_up_to_date(0);
    change.complete();
  } catch (...) {
    ledger.database_.reset();
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
      fs::remove(beside(path, suffix), ignored);
    }
    throw;
  }
  return ledger;
}

LedgerDatabase LedgerDatabase::open(const fs::path& path, LedgerAccess access, int wait_ms) {
  LedgerDatabase ledger;
  ledger.file_ = path_text(path.filename());
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    refuse(ErrorCode::Io, path_text(path), "is a folder; name the ledger in it",
           "是文件夹；请写出其中的台账文件名");
  }
  if (!fs::exists(path, ignored)) {
    refuse(ErrorCode::Io, path_text(path),
           "there is no such ledger; check the name, or make one with `liantu ledger init FILE`",
           "没有这个台账；请核对文件名，或用 liantu ledger init 文件 新建");
  }
  const bool write = access == LedgerAccess::Write;
  // Who reads also tidies up what a killed program left beside the file, as far as he may write.
  ledger.connect(path, SQLITE_OPEN_READWRITE, false);
  sqlite3_busy_timeout(ledger.database_.get(), wait_ms);
  if (write && sqlite3_db_readonly(ledger.database_.get(), "main") == 1) {
    ledger.fail(SQLITE_READONLY);
  }
  sqlite3_stmt* probe = nullptr;
  int code = sqlite3_prepare_v2(ledger.database_.get(), "SELECT count(*) FROM sqlite_schema", -1,
                                &probe, nullptr);
  if (code == SQLITE_OK && sqlite3_step(probe) != SQLITE_ROW) {
    code = sqlite3_errcode(ledger.database_.get());
  }
  sqlite3_finalize(probe);
  const bool shut_folder = (code & 0xFF) == SQLITE_CANTOPEN || (code & 0xFF) == SQLITE_READONLY;
  if (!write && shut_folder && !fs::exists(beside(path, "-wal"), ignored)) {
    // A folder that may not be written takes no file for what readers share; nobody writes there.
    ledger.connect(path, SQLITE_OPEN_READONLY, true);
  } else if (code != SQLITE_OK) {
    ledger.fail(code);
  }
  ledger.execute("PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY");
  ledger.place_ = place_of(path);
  ledger.check_file(access);
  if (write) ledger.choose_journal(path);
  if (!write) ledger.execute("PRAGMA query_only = ON");
  return ledger;
}

// ---- changes ----

LedgerTransaction::LedgerTransaction(const LedgerDatabase& database) : database_(database) {
  database.execute("BEGIN IMMEDIATE");
}

LedgerTransaction::~LedgerTransaction() {
  if (open_) database_.abandon();
}

void LedgerTransaction::complete() {
  database_.execute("COMMIT");
  open_ = false;
}

}  // namespace liantu
