#include "tables/databases/odbc.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <sql.h>
#include <sqlext.h>
#include <utility>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/number.hpp"
#include "liantu/base/text/utf8.hpp"
#include "tables/databases/database_rows.hpp"

namespace liantu {
namespace {

constexpr std::string_view kPrefix = "odbc:";
constexpr std::string_view kMagic = "liantu odbc 1\n";
// Lengths of values in the bytes; what is not there or cannot be read has none.
constexpr std::uint32_t kNothing = 0xFFFFFFFFU;
constexpr std::uint32_t kUnreadable = 0xFFFFFFFEU;
constexpr std::uint32_t kRow = 1;
constexpr std::uint32_t kEnd = 0;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return out;
}

struct Attribute {
  std::string key;
  std::string value;
};

// Parts of `DSN=a;PWD={b;c}`.
std::vector<Attribute> attributes(std::string_view connection) {
  std::vector<Attribute> list;
  for (std::size_t at = 0; at < connection.size();) {
    const std::size_t equals = connection.find('=', at);
    if (equals == connection.npos) break;
    const std::string key(trim(connection.substr(at, equals - at)));
    std::size_t end = equals + 1;
    if (end < connection.size() && connection[end] == '{') {
      end = connection.find('}', end);
      if (end == connection.npos) end = connection.size();
    }
    end = std::min(connection.find(';', end), connection.size());
    list.push_back({key, std::string(connection.substr(equals + 1, end - equals - 1))});
    at = end + 1;
  }
  return list;
}

std::string_view connection_of(std::string_view source) {
  return source.starts_with(kPrefix) ? source.substr(kPrefix.size()) : source;
}

void append_count(std::string& out, std::uint32_t count) {
  for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>(count >> shift & 0xFFU);
}

void append_words(std::string& out, std::string_view words) {
  append_count(out, static_cast<std::uint32_t>(words.size()));
  out += words;
}

// Reads what append_count() and append_words() wrote.
class WordsReader {
 public:
  WordsReader(std::string_view bytes, const std::string& file) : bytes_(bytes), file_(file) {}

  std::uint32_t count() {
    if (bytes_.size() < 4) refuse();
    std::uint32_t value = 0;
    for (unsigned i = 0; i < 4; ++i) {
      value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes_[i])) << (8 * i);
    }
    bytes_.remove_prefix(4);
    return value;
  }
  std::string_view words(std::uint32_t length) {
    if (bytes_.size() < length) refuse();
    const std::string_view out = bytes_.substr(0, length);
    bytes_.remove_prefix(length);
    return out;
  }
  std::string text() { return std::string(words(count())); }
  [[nodiscard]] bool done() const { return bytes_.empty(); }
  [[nodiscard]] std::size_t left() const { return bytes_.size(); }
  [[noreturn]] void refuse() const {
    throw Error{ErrorCode::InvalidData,
                {file_ + ": what was read of the database is cut off; read it again",
                 file_ + "：读到的数据库内容不完整；请重新读取"}};
  }

 private:
  std::string_view bytes_;
  const std::string& file_;
};

template <SQLSMALLINT kKind>
class Handle {
 public:
  explicit Handle(SQLHANDLE parent) {
    if (!SQL_SUCCEEDED(SQLAllocHandle(kKind, parent, &handle_))) handle_ = SQL_NULL_HANDLE;
  }
  ~Handle() {
    if (handle_ != SQL_NULL_HANDLE) SQLFreeHandle(kKind, handle_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  [[nodiscard]] SQLHANDLE get() const { return handle_; }

 private:
  SQLHANDLE handle_ = SQL_NULL_HANDLE;
};
using Environment = Handle<SQL_HANDLE_ENV>;
using Link = Handle<SQL_HANDLE_DBC>;
using Statement = Handle<SQL_HANDLE_STMT>;

// Text as a driver manager takes it from a program that speaks Unicode: UTF-16, whatever the locale.
class WideText {
 public:
  explicit WideText(std::string_view text) {
    for (const char32_t c : to_utf32(text)) {
      if (c >= 0x10000) {
        units_.push_back(static_cast<SQLWCHAR>(0xD800 + ((c - 0x10000) >> 10U)));
        units_.push_back(static_cast<SQLWCHAR>(0xDC00 + ((c - 0x10000) & 0x3FFU)));
      } else {
        units_.push_back(static_cast<SQLWCHAR>(c));
      }
    }
    units_.push_back(0);
  }
  [[nodiscard]] SQLWCHAR* get() { return units_.data(); }
  [[nodiscard]] SQLSMALLINT size() const { return static_cast<SQLSMALLINT>(units_.size() - 1); }

 private:
  std::vector<SQLWCHAR> units_;
};

// Appends UTF-16 that a driver gave; false when it is not text.
bool append_wide(std::u32string& text, const SQLWCHAR* units, std::size_t count, char32_t& high) {
  bool good = true;
  for (std::size_t i = 0; i < count; ++i) {
    const char32_t unit = units[i];
    if (unit >= 0xD800 && unit < 0xDC00) {
      high = unit;
    } else if (unit >= 0xDC00 && unit < 0xE000) {
      good = good && high != 0;
      text += high == 0 ? U'\xFFFD' : 0x10000 + ((high - 0xD800) << 10U) + (unit - 0xDC00);
      high = 0;
    } else {
      good = good && unit != 0;
      text += unit;
    }
  }
  return good;
}

std::string narrow(const SQLWCHAR* units, std::size_t most) {
  std::size_t count = 0;
  while (count < most && units[count] != 0) ++count;
  std::u32string text;
  char32_t high = 0;
  append_wide(text, units, count, high);
  return to_utf8(text);
}

class OdbcReader {
 public:
  OdbcReader(const std::string& source, const TableOptions& options)
      : file_(odbc_name(source)),
        options_(options),
        deadline_(file_, options),
        environment_(SQL_NULL_HANDLE),
        link_(prepared(environment_.get())) {
    for (const Attribute& one : attributes(connection_of(source))) {
      const std::string key = lower(one.key);
      if (key == "pwd" || key == "password") secrets_.push_back(one.value);
    }
    connect(connection_of(source));
  }
  ~OdbcReader() {
    if (!connected_) return;
    SQLEndTran(SQL_HANDLE_DBC, link_.get(), SQL_ROLLBACK);
    SQLDisconnect(link_.get());
  }
  OdbcReader(const OdbcReader&) = delete;
  OdbcReader& operator=(const OdbcReader&) = delete;

  std::string read() {
    const DatabaseSelection selection = selection_of(options_.sheet);
    std::string out(kMagic);
    if (!selection.query.empty()) {
      refuse_writing(selection.query, file_);
      answer(out, "query", selection.query, {});
      return out;
    }
    std::vector<std::string> names = table_names();
    if (!selection.table.empty()) {
      if (std::ranges::find(names, selection.table) == names.end()) {
        refuse(
            fmt::format("has no table \"{}\"; its tables are: {}", excerpt(selection.table),
                        excerpts(names, ", ")),
            fmt::format("没有表“{}”；现有：{}", excerpt(selection.table), excerpts(names, "、")));
      }
      names = {selection.table};
    }
    if (names.empty()) {
      refuse("the database shows no table to this user; check the database and the user's rights",
             "数据库中没有此用户可读的表；请核对数据库和用户权限");
    }
    for (const std::string& name : names) {
      std::string query = "SELECT * FROM " + in_quotes(name);
      const std::vector<std::string> keys = keys_of(name);
      for (std::size_t i = 0; i < keys.size(); ++i) {
        query += (i == 0 ? " ORDER BY " : ", ") + in_quotes(keys[i]);
      }
      answer(out, name, query, keys.size() == 1 ? std::optional(keys.front()) : std::nullopt);
    }
    return out;
  }

 private:
  static SQLHANDLE prepared(SQLHANDLE environment) {
    SQLSetEnvAttr(environment, SQL_ATTR_ODBC_VERSION,
                  reinterpret_cast<SQLPOINTER>(std::uintptr_t{SQL_OV_ODBC3}), 0);
    return environment;
  }

  [[noreturn]] void refuse(std::string_view en, std::string_view zh,
                           ErrorCode code = ErrorCode::InvalidData) const {
    throw Error{code, {fmt::format("{}: {}", file_, en), fmt::format("{}：{}", file_, zh)}};
  }

  // What the driver says, without passwords; its state goes to `state`.
  std::string said(SQLSMALLINT kind, SQLHANDLE handle, std::string& state) const {
    std::array<SQLWCHAR, 6> code{};
    std::array<SQLWCHAR, 1024> text{};
    SQLINTEGER native = 0;
    SQLSMALLINT length = 0;
    if (!SQL_SUCCEEDED(SQLGetDiagRecW(kind, handle, 1, code.data(), &native, text.data(),
                                      static_cast<SQLSMALLINT>(text.size()), &length))) {
      return "no reason given";
    }
    state = narrow(code.data(), code.size());
    std::string words = narrow(text.data(), text.size());
    for (const std::string& secret : secrets_) {
      for (std::size_t at = secret.empty() ? words.npos : words.find(secret); at != words.npos;
           at = words.find(secret, at + 1)) {
        words.replace(at, secret.size(), "*");
      }
    }
    return excerpt(trim(words), 300);
  }

  [[noreturn]] void fail(SQLHANDLE statement, std::string_view what) const {
    std::string state;
    const std::string words = said(SQL_HANDLE_STMT, statement, state);
    deadline_.check();
    if (state == "HYT00" || state == "HYT01" || state == "57014" || state == "70100") {
      throw Error{ErrorCode::LimitReached,
                  {fmt::format("{}: the database took too long ({}); read one table or fewer "
                               "rows, or raise --limit query_seconds=VALUE",
                               file_, words),
                   fmt::format("{}：数据库应答过慢（{}）；请只读一张表或较少的行，或调高 --limit "
                               "query_seconds=数值",
                               file_, words)}};
    }
    if (state.starts_with("08") || state.starts_with("57P")) {
      refuse(fmt::format("the connection ended ({}); try again", words),
             fmt::format("连接中断（{}）；请重试", words), ErrorCode::Io);
    }
    // Some drivers give a connection that is gone no state of its own.
    SQLUINTEGER dead = SQL_CD_FALSE;
    SQLGetConnectAttr(link_.get(), SQL_ATTR_CONNECTION_DEAD, &dead, 0, nullptr);
    if (dead == SQL_CD_TRUE) {
      refuse(fmt::format("the connection ended ({}); try again", words),
             fmt::format("连接中断（{}）；请重试", words), ErrorCode::Io);
    }
    refuse(fmt::format("{}the database refused ({}); mend the query, or read one table with "
                       "?table=NAME",
                       what, words),
           fmt::format("{}数据库拒绝执行（{}）；请修正查询，或用 ?table=表名 只读一张表", what,
                       words));
  }

  void connect(std::string_view connection) {
    const auto number = [](std::uintptr_t value) { return reinterpret_cast<SQLPOINTER>(value); };
    SQLHANDLE link = link_.get();
    SQLSetConnectAttr(link, SQL_ATTR_LOGIN_TIMEOUT, number(options_.limits.query_seconds), 0);
    SQLSetConnectAttr(link, SQL_ATTR_ACCESS_MODE, number(SQL_MODE_READ_ONLY), 0);
    SQLSMALLINT length = 0;
    WideText words_of_connection(connection);
    SQLRETURN done =
        SQLDriverConnectW(link, nullptr, words_of_connection.get(), words_of_connection.size(),
                          nullptr, 0, &length, SQL_DRIVER_NOPROMPT);
    if (!SQL_SUCCEEDED(done) && std::ranges::any_of(connection, [](char c) {
          return (static_cast<unsigned char>(c) & 0x80U) != 0;
        })) {
      // A driver that knows bytes only finds no file whose name is longer than ASCII otherwise.
      std::string bytes(connection);
      done = SQLDriverConnect(link, nullptr, bytes_of(bytes), SQL_NTS, nullptr, 0, &length,
                              SQL_DRIVER_NOPROMPT);
    }
    if (!SQL_SUCCEEDED(done)) {
      std::string state;
      const std::string words = said(SQL_HANDLE_DBC, link, state);
      const bool no_driver = state == "IM002" || state == "IM003" || state == "01000";
      refuse(fmt::format("cannot be connected to ({}); {}", words,
                         no_driver ? "check the name of the source, and install its driver "
                                     "(odbc-postgresql, odbc-mariadb …)"
                                   : "check server, database, user and password"),
             fmt::format("无法连接（{}）；{}", words,
                         no_driver ? "请核对数据源名称，并安装其驱动（odbc-postgresql、"
                                     "odbc-mariadb 等）"
                                   : "请核对服务器、数据库、用户和密码"),
             ErrorCode::Io);
    }
    connected_ = true;
    look_for_narrow_driver();
    SQLSetConnectAttr(link, SQL_ATTR_CONNECTION_TIMEOUT, number(options_.limits.query_seconds), 0);
    SQLSetConnectAttr(link, SQL_ATTR_AUTOCOMMIT, number(SQL_AUTOCOMMIT_OFF), 0);
    set_read_only();
  }

  // A promise of the driver is not enough where the database itself can be held to it.
  void set_read_only() {
    const std::string kind = lower(info(SQL_DBMS_NAME));
    const auto holds = [&](std::string_view word) { return kind.find(word) != kind.npos; };
    std::vector<std::string> orders;
    if (holds("postgres")) {
      orders = {"SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"};
    }
    // The driver of these waits for ever, whatever time it is given; the server itself does not.
    const std::uint32_t seconds = options_.limits.query_seconds;
    if (holds("maria")) {
      orders = {"SET SESSION TRANSACTION READ ONLY",
                fmt::format("SET SESSION max_statement_time = {}", seconds)};
    } else if (holds("mysql")) {
      orders = {"SET SESSION TRANSACTION READ ONLY",
                fmt::format("SET SESSION max_execution_time = {}", std::uint64_t{1000} * seconds)};
    }
    if (holds("sqlite")) orders = {"PRAGMA query_only = 1"};
    for (const std::string& order : orders) {
      const Statement statement(link_.get());
      execute(statement.get(), order);
    }
    if (orders.empty()) return;
    SQLEndTran(SQL_HANDLE_DBC, link_.get(), SQL_COMMIT);  // PostgreSQL: from the next one on
  }

  [[nodiscard]] std::string info(SQLUSMALLINT what) const {
    std::array<SQLCHAR, 256> text{};
    SQLSMALLINT length = 0;
    if (!SQL_SUCCEEDED(SQLGetInfo(link_.get(), what, text.data(),
                                  static_cast<SQLSMALLINT>(text.size()), &length))) {
      return {};
    }
    return reinterpret_cast<const char*>(text.data());
  }

  // The database that the connection is to; empty where there is only one.
  [[nodiscard]] std::string current_catalogue() const {
    std::array<SQLWCHAR, 256> text{};
    SQLINTEGER length = 0;
    const bool told =
        SQL_SUCCEEDED(SQLGetConnectAttrW(link_.get(), SQL_ATTR_CURRENT_CATALOG, text.data(),
                                         static_cast<SQLINTEGER>(sizeof text), &length));
    return told ? narrow(text.data(), text.size()) : std::string();
  }

  [[nodiscard]] std::string in_quotes(std::string_view name) const {
    const std::string mark(trim(quote_));
    if (mark.empty()) return std::string(name);
    std::string out = mark;
    for (const char c : name) out.append(c == mark.front() ? 2 : 1, c);
    return out + mark;
  }

  static SQLCHAR* bytes_of(std::string& text) { return reinterpret_cast<SQLCHAR*>(text.data()); }

  SQLRETURN execute(SQLHANDLE statement, std::string query) const {
    return narrow_ ? SQLExecDirect(statement, bytes_of(query), SQL_NTS)
                   : SQLExecDirectW(statement, WideText(query).get(), SQL_NTS);
  }

  // A driver that knows bytes only is given the lower half of each character by the driver manager,
  // which a word that comes back shows.
  void look_for_narrow_driver() {
    const Statement statement(link_.get());
    if (!SQL_SUCCEEDED(execute(statement.get(), "SELECT '中'"))) return;
    if (!SQL_SUCCEEDED(SQLFetch(statement.get()))) return;
    std::array<SQLWCHAR, 8> text{};
    SQLLEN length = 0;
    if (!SQL_SUCCEEDED(SQLGetData(statement.get(), 1, SQL_C_WCHAR, text.data(),
                                  static_cast<SQLLEN>(sizeof text), &length))) {
      return;
    }
    narrow_ = text[0] == (u'中' & 0xFF) && text[1] == 0;
  }

  [[nodiscard]] std::string column_name(SQLHANDLE statement, SQLUSMALLINT column) const {
    SQLSMALLINT length = 0;
    if (narrow_) {
      std::array<SQLCHAR, 1024> bytes{};
      SQLDescribeCol(statement, column, bytes.data(), static_cast<SQLSMALLINT>(bytes.size()),
                     &length, nullptr, nullptr, nullptr, nullptr);
      return reinterpret_cast<const char*>(bytes.data());
    }
    std::array<SQLWCHAR, 512> text{};
    SQLDescribeColW(statement, column, text.data(), static_cast<SQLSMALLINT>(text.size()), &length,
                    nullptr, nullptr, nullptr, nullptr);
    return narrow(text.data(), text.size());
  }

  // A column of the present row as UTF-8; nothing when it is NULL, false in `readable` when it is
  // no text.
  std::optional<std::string> value(SQLHANDLE statement, SQLUSMALLINT column, bool& readable) const {
    readable = true;
    // UTF-16 says the same whatever locale the driver believes in.
    std::array<SQLWCHAR, 2048> part{};
    std::u32string text;
    std::string bytes;
    char32_t high = 0;
    for (;;) {
      SQLLEN length = 0;
      const SQLRETURN got = SQLGetData(statement, column, narrow_ ? SQL_C_CHAR : SQL_C_WCHAR,
                                       part.data(), static_cast<SQLLEN>(sizeof part), &length);
      if (got == SQL_NO_DATA) break;
      if (!SQL_SUCCEEDED(got)) {
        if (text.empty() && bytes.empty()) {
          std::string state;
          (void)said(SQL_HANDLE_STMT, statement, state);
          if (state.starts_with("22") || state.starts_with("07")) {
            readable = false;
            return std::nullopt;
          }
        }
        fail(statement, "");
      }
      if (length == SQL_NULL_DATA) return std::nullopt;
      const std::size_t unit = narrow_ ? 1 : sizeof(SQLWCHAR);
      const std::size_t room = sizeof part / unit - 1;
      const std::size_t units = length == SQL_NO_TOTAL || length < 0
                                    ? room
                                    : std::min(room, static_cast<std::size_t>(length) / unit);
      if (narrow_) {
        bytes.append(reinterpret_cast<const char*>(part.data()), units);
      } else if (!append_wide(text, part.data(), units, high)) {
        readable = false;
      }
      if (std::max(text.size(), bytes.size()) > options_.limits.field_bytes) {
        throw Error{
            ErrorCode::LimitReached,
            {fmt::format("{}: a value is longer than {} bytes; leave it out with ?query=SELECT "
                         "…, or raise --limit field_bytes=VALUE",
                         file_, options_.limits.field_bytes),
             fmt::format("{}：有值超过 {} 字节；请用 ?query=SELECT … 略去，或调高 --limit "
                         "field_bytes=数值",
                         file_, options_.limits.field_bytes)}};
      }
      if (got == SQL_SUCCESS) break;
    }
    if (!readable) return std::nullopt;
    return narrow_ ? bytes : to_utf8(text);
  }

  // Whether there is another row.
  bool fetch(SQLHANDLE statement, std::string_view what) const {
    const SQLRETURN got = SQLFetch(statement);
    if (got == SQL_NO_DATA) return false;
    if (!SQL_SUCCEEDED(got)) fail(statement, what);
    return true;
  }

  std::vector<std::string> table_names() {
    quote_ = info(SQL_IDENTIFIER_QUOTE_CHAR);
    const Statement statement(link_.get());
    std::string kinds = "TABLE,VIEW";
    const SQLRETURN done = narrow_ ? SQLTables(statement.get(), nullptr, 0, nullptr, 0, nullptr, 0,
                                               bytes_of(kinds), SQL_NTS)
                                   : SQLTablesW(statement.get(), nullptr, 0, nullptr, 0, nullptr, 0,
                                                WideText(kinds).get(), SQL_NTS);
    if (!SQL_SUCCEEDED(done)) {
      fail(statement.get(), "");
    }
    const std::string here = current_catalogue();
    std::vector<std::string> names;
    while (fetch(statement.get(), "")) {
      bool readable = true;
      // Another database of the server, and views of what this one is made of, are not meant.
      const auto catalogue = value(statement.get(), 1, readable);
      if (catalogue && !catalogue->empty() && !here.empty() && *catalogue != here) continue;
      const auto schema = value(statement.get(), 2, readable);
      const auto name = value(statement.get(), 3, readable);
      if (schema && (*schema == "information_schema" || *schema == "pg_catalog")) continue;
      if (name && !name->starts_with("sqlite_")) names.push_back(*name);
    }
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }

  std::vector<std::string> keys_of(std::string name) const {
    const Statement statement(link_.get());
    std::vector<std::string> keys;
    // A driver may not know; rows are then called by their place.
    const SQLRETURN done =
        narrow_ ? SQLPrimaryKeys(statement.get(), nullptr, 0, nullptr, 0, bytes_of(name), SQL_NTS)
                : SQLPrimaryKeysW(statement.get(), nullptr, 0, nullptr, 0, WideText(name).get(),
                                  SQL_NTS);
    if (!SQL_SUCCEEDED(done)) {
      return keys;
    }
    while (SQL_SUCCEEDED(SQLFetch(statement.get()))) {
      bool readable = true;
      const auto key = value(statement.get(), 4, readable);
      if (key && std::ranges::find(keys, *key) == keys.end()) keys.push_back(*key);
    }
    return keys;
  }

  // Appends name, number of columns, the key's column from 1 or 0, columns, rows.
  void answer(std::string& out, const std::string& name, const std::string& query,
              const std::optional<std::string>& key) {
    const std::string what = name == "query" ? "" : excerpt(name) + ": ";
    const Statement statement(link_.get());
    SQLSetStmtAttr(statement.get(), SQL_ATTR_QUERY_TIMEOUT,
                   reinterpret_cast<SQLPOINTER>(std::uintptr_t{options_.limits.query_seconds}), 0);
    const SQLRETURN done = execute(statement.get(), query);
    if (!SQL_SUCCEEDED(done) && done != SQL_NO_DATA) fail(statement.get(), what);
    SQLSMALLINT columns = 0;
    SQLNumResultCols(statement.get(), &columns);
    if (columns <= 0) {
      refuse(what + "returns no table; write one SELECT", what + "没有查询结果；请写一条 SELECT");
    }
    std::vector<std::string> names;
    std::uint32_t key_column = 0;
    for (SQLSMALLINT i = 1; i <= columns; ++i) {
      names.push_back(column_name(statement.get(), static_cast<SQLUSMALLINT>(i)));
      if (key && names.back() == *key) key_column = static_cast<std::uint32_t>(i);
    }
    append_words(out, name);
    append_count(out, static_cast<std::uint32_t>(columns));
    append_count(out, key_column);
    for (const std::string& column : names) append_words(out, column);
    std::uint64_t count = 0;
    while (fetch(statement.get(), what)) {
      if (++count % 256 == 0) deadline_.check();
      append_count(out, kRow);
      for (SQLSMALLINT i = 1; i <= columns; ++i) {
        bool readable = true;
        const auto cell = value(statement.get(), static_cast<SQLUSMALLINT>(i), readable);
        if (cell) {
          append_words(out, *cell);
        } else {
          append_count(out, readable ? kNothing : kUnreadable);
        }
      }
      if (out.size() > options_.limits.file_bytes) {
        throw Error{ErrorCode::LimitReached,
                    {fmt::format("{}: more than {} bytes; read less with ?query=SELECT …, or "
                                 "raise --limit file_bytes=VALUE",
                                 file_, options_.limits.file_bytes),
                     fmt::format("{}：超过 {} 字节；请用 ?query=SELECT … 少读一些，或调高 --limit "
                                 "file_bytes=数值",
                                 file_, options_.limits.file_bytes)}};
      }
    }
    append_count(out, kEnd);
  }

  std::string file_;
  const TableOptions& options_;
  QueryDeadline deadline_;
  std::vector<std::string> secrets_;
  Environment environment_;
  Link link_;
  bool connected_ = false;
  bool narrow_ = false;  ///< whether the driver takes bytes only, which are UTF-8
  std::string quote_;
};

}  // namespace

std::string odbc_name(std::string_view source) {
  constexpr std::string_view kShown[] = {"dsn",        "driver", "server",
                                         "servername", "port",   "database"};
  std::string name(kPrefix);
  for (const Attribute& one : attributes(connection_of(source))) {
    if (std::ranges::find(kShown, lower(one.key)) == std::end(kShown)) continue;
    if (name.size() > kPrefix.size()) name += ';';
    name += one.key + "=" + excerpt(one.value);
  }
  return name;
}

std::string read_odbc(const std::string& source, const TableOptions& options) {
  check_limits(odbc_name(source), options.limits, 0);
  return OdbcReader(source, options).read();
}

std::vector<Table> parse_odbc(std::string_view bytes, const std::string& file,
                              const TableOptions& options) {
  check_limits(file, options.limits, bytes.size());
  WordsReader in(bytes, file);
  if (!bytes.starts_with(kMagic)) in.refuse();
  (void)in.words(static_cast<std::uint32_t>(kMagic.size()));
  std::vector<Table> tables;
  while (!in.done()) {
    const std::string name = in.text();
    DatabaseRows rows(file, shown(name), options, bytes.size());
    const std::uint32_t columns = in.count();
    const std::uint32_t key_column = in.count();
    if (columns > in.left() / 4 || key_column > columns) in.refuse();
    for (std::uint32_t i = 0; i < columns; ++i) rows.add_column(in.text());
    // Keys call the rows when they all ascend; else each is called by its place.
    std::vector<std::uint32_t> numbers;
    WordsReader ahead = in;
    bool keyed = key_column > 0;
    while (keyed && ahead.count() == kRow) {
      for (std::uint32_t i = 1; i <= columns; ++i) {
        const std::uint32_t length = ahead.count();
        const std::string_view text = length < kUnreadable ? ahead.words(length) : "";
        if (i != key_column) continue;
        const auto number = parse_number(text);
        const double last = numbers.empty() ? 0 : numbers.back();
        constexpr double kMost = std::numeric_limits<std::uint32_t>::max();
        keyed = number && *number > last && *number <= kMost && std::floor(*number) == *number;
        if (keyed) numbers.push_back(static_cast<std::uint32_t>(*number));
      }
    }
    for (std::uint32_t row = 0; in.count() == kRow; ++row) {
      rows.begin_row(keyed ? numbers[row] : row + 1);
      for (std::uint32_t i = 0; i < columns; ++i) {
        const std::uint32_t length = in.count();
        if (length == kNothing) {
          rows.add_nothing();
        } else if (length == kUnreadable) {
          rows.add_unreadable();
        } else {
          rows.add_text(in.words(length));
        }
      }
      rows.end_row();
    }
    tables.push_back(rows.finish());
  }
  if (tables.empty()) in.refuse();
  return tables;
}

}  // namespace liantu
