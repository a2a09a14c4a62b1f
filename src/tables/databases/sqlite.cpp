#include "tables/databases/sqlite.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <sqlite3.h>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "liantu/base/files/atomic_file.hpp"
#include "liantu/base/files/file_kind.hpp"
#include "liantu/base/text/error.hpp"
#include "tables/databases/database_rows.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

constexpr int kStepsBetweenLooks = 10'000;                     // of the database's machine
constexpr std::int64_t kMostMemory = std::int64_t{512} << 20;  // beside the file and the tables
constexpr int kWait = 2000;                                    // milliseconds for a lock

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct EndStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Connection = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, EndStatement>;

std::string in_quotes(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) out.append(c == '"' ? 2 : 1, c);
  return out + '"';
}

// What a database or a query wants beyond reading tables is denied: other files, settings, writing.
int allow_reading(void* /*unused*/, int action, const char* /*one*/, const char* two,
                  const char* /*three*/, const char* /*four*/) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
      return SQLITE_OK;
    case SQLITE_FUNCTION:
      return std::string_view(two != nullptr ? two : "") == "load_extension" ? SQLITE_DENY
                                                                             : SQLITE_OK;
    default:
      return SQLITE_DENY;
  }
}

class SqliteReader {
 public:
  SqliteReader(std::string bytes, const std::string& file, const TableOptions& options)
      : bytes_(std::move(bytes)),
        file_(file),
        options_(options),
        deadline_(file, options),
        memory_before_(sqlite3_memory_used()) {
    open();
  }
  ~SqliteReader() = default;
  SqliteReader(const SqliteReader&) = delete;
  SqliteReader& operator=(const SqliteReader&) = delete;

  std::vector<Table> read() {
    const DatabaseSelection selection = selection_of(options_.sheet);
    std::vector<Table> tables;
    if (!selection.query.empty()) {
      refuse_writing(selection.query, file_);
      tables.push_back(answer("query", selection.query, {}));
      return tables;
    }
    const std::vector<std::string> names = table_names();
    std::vector<std::string> words;
    for (const std::string& name : names) words.push_back(shown(name));
    if (!selection.table.empty() && std::ranges::find(names, selection.table) == names.end()) {
      refuse(fmt::format("has no table \"{}\"; its tables are: {}", excerpt(selection.table),
                         excerpts(words, ", ")),
             fmt::format("没有表“{}”；现有：{}", excerpt(selection.table), excerpts(words, "、")));
    }
    for (const std::string& name : names) {
      if (selection.table.empty() || selection.table == name) tables.push_back(read_table(name));
    }
    if (tables.empty()) {
      refuse("the database holds no table; check that it is the right file",
             "数据库中没有表；请检查是否选对了文件");
    }
    return tables;
  }

 private:
  [[noreturn]] void refuse(std::string_view en, std::string_view zh) const {
    throw Error{ErrorCode::InvalidData,
                {fmt::format("{}: {}", file_, en), fmt::format("{}：{}", file_, zh)}};
  }

  // A read, whole or in part, that did not work.
  [[noreturn]] void fail(int code, std::string_view what) {
    if (code == SQLITE_INTERRUPT) {
      deadline_.check();
      throw Error{ErrorCode::LimitReached,
                  {file_ + ": answering takes more memory than 512 MiB; ask for less, such as one "
                           "table or rows without ORDER BY",
                   file_ + "：应答所需内存超过 512 MiB；请减少读取内容，如只读一张表或去掉 ORDER "
                           "BY"}};
    }
    if (code == SQLITE_TOOBIG) {
      throw Error{
          ErrorCode::LimitReached,
          {fmt::format("{}: a value is longer than {} bytes; leave it out with ?query=SELECT …, "
                       "or raise --limit field_bytes=VALUE",
                       file_, options_.limits.field_bytes),
           fmt::format("{}：有值超过 {} 字节；请用 ?query=SELECT … 略去，或调高 --limit "
                       "field_bytes=数值",
                       file_, options_.limits.field_bytes)}};
    }
    const std::string said = shown(sqlite3_errmsg(database_.get()));
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_CANTOPEN ||
        code == SQLITE_IOERR) {
      refuse(fmt::format("the database is damaged or cut off ({}{}); copy it again, or mend it "
                         "with `sqlite3 FILE .recover`",
                         what, said),
             fmt::format("数据库已损坏或不完整（{}{}）；请重新复制，或用 `sqlite3 文件 .recover` "
                         "修复",
                         what, said));
    }
    refuse(fmt::format("{}{}; mend the query or the view, or read one table with ?table=NAME", what,
                       said),
           fmt::format("{}{}；请修正查询或视图，或用 ?table=表名 只读一张表", what, said));
  }

  void open() {
    // What stood in the log of writes is refused before; without it the file is like any other.
    constexpr std::size_t kWriteVersion = 18;
    constexpr std::size_t kReadVersion = 19;
    for (const std::size_t at : {kWriteVersion, kReadVersion}) {
      if (bytes_.size() > at && bytes_[at] == 2) bytes_[at] = 1;
    }
    sqlite3* raw = nullptr;
    const int opened =
        sqlite3_open_v2(":memory:", &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    database_.reset(raw);
    if (opened != SQLITE_OK) fail(opened, "");
    sqlite3_extended_result_codes(raw, 0);
    const auto most = static_cast<int>(
        std::min<std::uint64_t>(options_.limits.field_bytes, std::numeric_limits<int>::max()));
    sqlite3_limit(raw, SQLITE_LIMIT_LENGTH, std::max(most, 4096));
    sqlite3_limit(raw, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(raw, SQLITE_LIMIT_WORKER_THREADS, 0);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    const auto size = static_cast<sqlite3_int64>(bytes_.size());
    const int taken =
        sqlite3_deserialize(raw, "main", reinterpret_cast<unsigned char*>(bytes_.data()), size,
                            size, SQLITE_DESERIALIZE_READONLY);
    if (taken != SQLITE_OK) fail(taken, "");
    sqlite3_exec(raw, "PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON;", nullptr, nullptr,
                 nullptr);
    sqlite3_set_authorizer(raw, allow_reading, nullptr);
    sqlite3_progress_handler(
        raw, kStepsBetweenLooks,
        [](void* self) { return static_cast<SqliteReader*>(self)->is_over() ? 1 : 0; }, this);
  }

  [[nodiscard]] bool is_over() const {
    return deadline_.over() || sqlite3_memory_used() - memory_before_ > kMostMemory;
  }

  Statement prepare(std::string_view query) {
    sqlite3_stmt* raw = nullptr;
    const char* tail = nullptr;
    const int prepared = sqlite3_prepare_v2(database_.get(), query.data(),
                                            static_cast<int>(query.size()), &raw, &tail);
    Statement statement(raw);
    if (prepared != SQLITE_OK) fail(prepared, "");
    const std::string_view rest = query.substr(static_cast<std::size_t>(tail - query.data()));
    if (raw == nullptr || sqlite3_stmt_readonly(raw) == 0 ||
        rest.find_first_not_of("; \t\r\n") != rest.npos) {
      refuse("the query is not a single statement that reads data; write one SELECT",
             "查询不是一条读取语句；请写一条 SELECT");
    }
    return statement;
  }

  static std::string text_of(sqlite3_stmt* statement, int column) {
    const unsigned char* text = sqlite3_column_text(statement, column);
    const int length = sqlite3_column_bytes(statement, column);
    if (text == nullptr) return {};
    return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)};
  }

  // Whether there is another row.
  bool step(sqlite3_stmt* statement, std::string_view what) {
    const int code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE) fail(code, what);
    return code == SQLITE_ROW;
  }

  std::vector<std::string> table_names() {
    const Statement statement = prepare(
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE "
        "'sqlite\\_%' ESCAPE '\\' ORDER BY name");
    std::vector<std::string> names;
    while (step(statement.get(), "")) names.push_back(text_of(statement.get(), 0));
    return names;
  }

  // The column that is the table's key, when rows can be called by it.
  std::optional<std::string> key_of(const std::string& table) {
    // Pragmas are denied to what the file says, not to this.
    sqlite3_set_authorizer(database_.get(), nullptr, nullptr);
    std::string key;
    int keys = 0;
    {
      sqlite3_stmt* raw = nullptr;
      const std::string query = "PRAGMA table_info(" + in_quotes(table) + ")";
      if (sqlite3_prepare_v2(database_.get(), query.c_str(), -1, &raw, nullptr) == SQLITE_OK) {
        const Statement statement(raw);
        while (sqlite3_step(raw) == SQLITE_ROW) {
          if (sqlite3_column_int(raw, 5) == 0) continue;
          ++keys;
          std::string type = text_of(raw, 2);
          for (char& c : type) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
          if (type == "INTEGER") key = text_of(raw, 1);
        }
      }
    }
    sqlite3_set_authorizer(database_.get(), allow_reading, nullptr);
    if (keys != 1 || key.empty()) return std::nullopt;
    const Statement range = prepare("SELECT min(" + in_quotes(key) + "), max(" + in_quotes(key) +
                                    ") FROM " + in_quotes(table));
    if (!step(range.get(), shown(table) + ": ")) return std::nullopt;
    const std::int64_t least = sqlite3_column_int64(range.get(), 0);
    const std::int64_t most = sqlite3_column_int64(range.get(), 1);
    if (least < 1 || most > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
    return key;
  }

  Table read_table(const std::string& name) {
    const std::optional<std::string> key = key_of(name);
    std::string query = "SELECT * FROM " + in_quotes(name);
    if (key) query += " ORDER BY " + in_quotes(*key);
    return answer(name, query, key);
  }

  Table answer(const std::string& name, const std::string& query,
               const std::optional<std::string>& key) {
    const std::string what = name == "query" ? "" : shown(name) + ": ";
    const Statement statement = prepare(query);
    sqlite3_stmt* row = statement.get();
    DatabaseRows rows(file_, shown(name), options_, bytes_.size());
    const int columns = sqlite3_column_count(row);
    int key_column = -1;
    for (int i = 0; i < columns; ++i) {
      const char* column = sqlite3_column_name(row, i);
      rows.add_column(column != nullptr ? column : "");
      if (key && column != nullptr && *key == column) key_column = i;
    }
    std::uint32_t number = 0;
    while (step(row, what)) {
      const std::int64_t stated = key_column >= 0 ? sqlite3_column_int64(row, key_column) : 0;
      // A damaged index may give rows in another order than it promises.
      const bool ascends = stated > number && stated <= std::numeric_limits<std::uint32_t>::max();
      if (key_column >= 0 && !ascends) fail(SQLITE_CORRUPT, what);
      number = key_column >= 0 ? static_cast<std::uint32_t>(stated) : number + 1;
      rows.begin_row(number);
      for (int i = 0; i < columns; ++i) add_cell(rows, row, i);
      rows.end_row();
      if (rows.rows() % 4096 == 0) deadline_.check();
    }
    return rows.finish();
  }

  static void add_cell(DatabaseRows& rows, sqlite3_stmt* row, int column) {
    switch (sqlite3_column_type(row, column)) {
      case SQLITE_NULL:
        rows.add_nothing();
        break;
      case SQLITE_INTEGER:
        rows.add_integer(sqlite3_column_int64(row, column));
        break;
      case SQLITE_FLOAT:
        rows.add_real(sqlite3_column_double(row, column));
        break;
      case SQLITE_TEXT: {
        const unsigned char* text = sqlite3_column_text(row, column);
        const int length = sqlite3_column_bytes(row, column);
        rows.add_text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
        break;
      }
      default:
        rows.add_unreadable();
        break;
    }
  }

  std::string bytes_;  ///< what the database reads from
  const std::string& file_;
  const TableOptions& options_;
  QueryDeadline deadline_;
  std::int64_t memory_before_;
  Connection database_;
};

// A lock that keeps other programs from writing while it lives; nothing of a file that is no
// database, which its reader refuses better.
Connection hold_still(const fs::path& path, const std::string& file) {
  sqlite3* raw = nullptr;
  const int opened =
      sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
  Connection connection(raw);
  if (opened != SQLITE_OK) return connection;
  sqlite3_busy_timeout(raw, kWait);
  const int code =
      sqlite3_exec(raw, "BEGIN; SELECT count(*) FROM sqlite_schema;", nullptr, nullptr, nullptr);
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
    throw Error{ErrorCode::Io,
                {file + ": cannot be read: another program is writing to the database; wait until "
                        "it is done, or read a copy",
                 file + "：无法读取：其他程序正在写入该数据库；请等其完成，或读取副本"}};
  }
  return connection;
}

// Changes that other programs keep beside the file until they are done.
void refuse_pending(const fs::path& path, const std::string& file) {
  for (const char* suffix : {"-wal", "-journal"}) {
    fs::path beside = path;
    beside += suffix;
    std::error_code missing;
    const std::uintmax_t size = fs::file_size(beside, missing);
    if (missing || size == 0) continue;
    // A journal that is done with begins with noughts.
    if (std::string_view(suffix) == "-journal" && read_start(beside, 8) == std::string(8, '\0')) {
      continue;
    }
    throw Error{
        ErrorCode::Io,
        {fmt::format("{}: cannot be read: changes that are not in the file yet stand in {}{}; "
                     "close the program that has the database open, or save a copy with `sqlite3 "
                     "FILE \"VACUUM INTO 'copy.sqlite'\"` and read that",
                     file, file, suffix),
         fmt::format("{}：无法读取：{}{} 中还有未写入文件的改动；请关闭正在使用该数据库的程序，"
                     "或用 `sqlite3 文件 \"VACUUM INTO 'copy.sqlite'\"` 另存副本后读取",
                     file, file, suffix)}};
  }
}

}  // namespace

std::string read_sqlite_file(const fs::path& path, const std::string& file,
                             const TableOptions& options) {
  std::error_code ignored;  // what cannot be looked at is refused when it is read
  const bool regular = fs::is_regular_file(path, ignored);
  if (!regular) {
    return read_file(path, options.limits.file_bytes, options.stop, "file_bytes");
  }
  refuse_pending(path, file);
  // Who locks a database that keeps a log of writes makes files beside it; there the log alone says
  // whether somebody writes.
  const std::string start = read_start(path, 20);
  const bool logged = start.size() == 20 && start[18] == 2;
  const Connection lock = logged ? Connection() : hold_still(path, file);
  std::string bytes = read_file(path, options.limits.file_bytes, options.stop, "file_bytes");
  refuse_pending(path, file);
  return bytes;
}

std::vector<Table> parse_sqlite(std::string bytes, const std::string& file,
                                const TableOptions& options) {
  check_limits(file, options.limits, bytes.size());
  refuse_other_kinds(bytes, file, {FileKind::Sqlite});
  return SqliteReader(std::move(bytes), file, options).read();
}

}  // namespace liantu
