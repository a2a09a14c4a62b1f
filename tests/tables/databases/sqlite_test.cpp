#include "tables/databases/sqlite.hpp"

#include <filesystem>
#include <fstream>
#include <sqlite3.h>
#include <string>

#include <gtest/gtest.h>

#include "liantu/tables/read_table.hpp"
#include "tables/table_text.hpp"

namespace liantu {
namespace {

namespace fs = std::filesystem;

// The bytes of a database that statements make.
std::string database(const std::string& statements) {
  sqlite3* raw = nullptr;
  sqlite3_open(":memory:", &raw);
  char* error = nullptr;
  EXPECT_EQ(sqlite3_exec(raw, statements.c_str(), nullptr, nullptr, &error), SQLITE_OK) << error;
  sqlite3_free(error);
  sqlite3_int64 size = 0;
  unsigned char* bytes = sqlite3_serialize(raw, "main", &size, 0);
  std::string out(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  sqlite3_free(bytes);
  sqlite3_close(raw);
  return out;
}

const std::string kFirms =
    "CREATE TABLE 企业(id INTEGER PRIMARY KEY, 名称 TEXT, 产值 REAL, 人数 INTEGER);"
    "INSERT INTO 企业 VALUES(17, '甲', 0.1, 12), (5, '乙', 12345678, NULL);";

std::vector<Table> read(const std::string& bytes, const std::string& sheet = {}) {
  TableOptions options;
  options.sheet = sheet;
  return parse_sqlite(bytes, "f.sqlite", options);
}

std::string failure(const std::string& bytes, const std::string& sheet = {},
                    TableOptions options = {}) {
  options.sheet = sheet;
  return failure_of([&] { (void)parse_sqlite(bytes, "f.sqlite", options); });
}

TEST(Sqlite, RowsAreCalledByTheirKey) {
  const auto tables = read(database(kFirms));
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].name(), "f.sqlite#企业");
  EXPECT_EQ(tables[0].columns(), (std::vector<std::string>{"id", "名称", "产值", "人数"}));
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"5", "乙", "12345678", ""}, {"17", "甲", "0.1", "12"}}));
  EXPECT_EQ(tables[0].place(1, 1).to_string(), "f.sqlite#企业!17");
  EXPECT_EQ(tables[0].header().to_string(), "f.sqlite#企业");
}

TEST(Sqlite, RowsWithoutAWholePositiveKeyAreCalledByTheirPlace) {
  const auto tables = read(database(
      "CREATE TABLE a(x TEXT PRIMARY KEY); INSERT INTO a VALUES('q'), ('p');"
      "CREATE TABLE b(x INTEGER PRIMARY KEY); INSERT INTO b VALUES(-3), (4294967296);"
      "CREATE TABLE c(x, y, PRIMARY KEY(x, y)) WITHOUT ROWID; INSERT INTO c VALUES(9, 1), (8, 2);"
      "CREATE VIEW v AS SELECT x AS z FROM a;"));
  ASSERT_EQ(tables.size(), 4U);
  for (const Table& table : tables) {
    EXPECT_EQ(table.row_number(0), 1U) << table.name();
    EXPECT_EQ(table.row_number(1), 2U) << table.name();
  }
  EXPECT_EQ(cells_of(tables[3]), (Rows{{"q"}, {"p"}}));
}

TEST(Sqlite, OneTableOrTheAnswerToAQuery) {
  const std::string bytes = database(kFirms + "CREATE TABLE 空(a, b);");
  EXPECT_EQ(read(bytes).size(), 2U);
  EXPECT_EQ(read(bytes, "空").front().columns(), (std::vector<std::string>{"a", "b"}));
  const auto answer = read(bytes, "?query=SELECT 名称 AS 企业名称 FROM 企业 ORDER BY 1 DESC;");
  EXPECT_EQ(answer.front().name(), "f.sqlite#query");
  EXPECT_EQ(cells_of(answer.front()), (Rows{{"甲"}, {"乙"}}));
  EXPECT_NE(failure(bytes, "无").find("has no table \"无\"; its tables are: 企业, 空"),
            std::string::npos);
}

TEST(Sqlite, NothingButReadingIsAllowed) {
  const std::string bytes = database(kFirms);
  for (const char* query :
       {"DELETE FROM 企业", "ATTACH '/etc/passwd' AS p", "PRAGMA user_version = 3",
        "CREATE TABLE x(a)", "VACUUM INTO 'copy.sqlite'", ""}) {
    const std::string said = failure(bytes, std::string("?query=") + query);
    EXPECT_TRUE(said.starts_with("InvalidData: f.sqlite: ") || *query == '\0') << said;
  }
  EXPECT_NE(failure(bytes, "?query=SELECT 1; DELETE FROM 企业").find("single statement that reads"),
            std::string::npos);
  EXPECT_NE(failure(bytes, "?query=SELECT load_extension('x')").find("f.sqlite"),
            std::string::npos);
  EXPECT_NE(failure(bytes, "?query=WITH x AS (SELECT 1) DELETE FROM 企业").find("f.sqlite"),
            std::string::npos);
  EXPECT_NE(failure(bytes, "?query=SELECT 没有 FROM 企业").find("no such column"),
            std::string::npos);
}

TEST(Sqlite, ValuesThatAreNotTextAreEmptyWithAWarning) {
  const auto tables = read(
      database("CREATE TABLE t(a, b); INSERT INTO t VALUES(x'00FF', 'x'), (CAST(x'B9AB' AS TEXT), "
               "'y');"));
  EXPECT_EQ(cells_of(tables[0]), (Rows{{"", "x"}, {"", "y"}}));
  EXPECT_EQ(problems_of(tables[0]).front(),
            "f.sqlite#t!1: the value in column a is not text, and is read as empty; keep text in "
            "the column, or leave it out with ?query=SELECT …");
  EXPECT_EQ(tables[0].problems().size(), 2U);
}

TEST(Sqlite, WhatIsNoneOrDamagedIsRefused) {
  EXPECT_NE(failure("").find("this is text"), std::string::npos);
  EXPECT_NE(failure(database("")).find("f.sqlite"), std::string::npos);
  const std::string whole = database(kFirms);
  EXPECT_NE(failure(whole.substr(0, 100)).find("damaged or cut off"), std::string::npos);
  EXPECT_NE(failure(whole.substr(0, 4096)).find("damaged or cut off"), std::string::npos);
  std::string spoilt = whole;
  for (std::size_t at = 4096; at < spoilt.size(); at += 2) spoilt[at] = '\x77';
  EXPECT_NE(failure(spoilt).find("damaged or cut off"), std::string::npos);
}

TEST(Sqlite, AQueryWithoutEndIsStopped) {
  TableOptions options;
  options.limits.query_seconds = 1;
  const std::string endless =
      "CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT "
      "count(*) AS c FROM n;";
  EXPECT_NE(failure(database(endless), {}, options).find("--limit query_seconds=VALUE"),
            std::string::npos);
  std::stop_source stop;
  stop.request_stop();
  options.stop = stop.get_token();
  EXPECT_TRUE(failure(database(kFirms), {}, options).starts_with("Cancelled: "));
}

TEST(Sqlite, LimitsAreKept) {
  TableOptions options;
  options.limits.cells = 3;
  EXPECT_NE(failure(database(kFirms), {}, options).find("--limit cells=VALUE"), std::string::npos);
  options = {};
  options.limits.columns = 2;
  EXPECT_NE(failure(database(kFirms), {}, options).find("--limit columns=VALUE"),
            std::string::npos);
  options = {};
  options.limits.field_bytes = 5000;
  EXPECT_NE(failure(database("CREATE TABLE t(a); INSERT INTO t VALUES(printf('%.6000c', 'x'));"),
                    {}, options)
                .find("--limit field_bytes=VALUE"),
            std::string::npos);
}

class SqliteFile : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::path(testing::TempDir()) /
        (std::string("sqlite_") + testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    path_ = folder_ / "f.sqlite";
  }
  void TearDown() override { fs::remove_all(folder_); }

  sqlite3* open(const std::string& statements) {
    sqlite3* raw = nullptr;
    sqlite3_open(path_.c_str(), &raw);
    EXPECT_EQ(sqlite3_exec(raw, statements.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
    return raw;
  }
  std::string failure() {
    return failure_of([&] { (void)read_tables(path_); });
  }

  fs::path folder_;
  fs::path path_;
};

TEST_F(SqliteFile, IsReadByNameAndNothingIsWritten) {
  sqlite3_close(open(kFirms));
  EXPECT_EQ(read_tables(path_).front().size(), 2U);
  EXPECT_EQ(read_tables(path_.string() + "?table=企业").front().size(), 2U);
  EXPECT_EQ(read_tables(path_.string() + "#企业").front().size(), 2U);
  EXPECT_EQ(read_tables(path_.string() + "?query=SELECT 1 AS a").front().size(), 1U);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(SqliteFile, AnotherProgramsUnfinishedChangesAreNeverRead) {
  sqlite3* writer = open(kFirms + "BEGIN EXCLUSIVE; DELETE FROM 企业;");
  const std::string said = failure();
  EXPECT_TRUE(said.starts_with("Io: f.sqlite: cannot be read: ")) << said;
  sqlite3_exec(writer, "ROLLBACK", nullptr, nullptr, nullptr);
  sqlite3_close(writer);
  EXPECT_EQ(read_tables(path_).front().size(), 2U);
}

TEST_F(SqliteFile, ALogOfWritesThatIsNotInTheFileYetIsNamed) {
  sqlite3* writer = open("PRAGMA journal_mode = WAL;" + kFirms);
  const std::string said = failure();
  EXPECT_TRUE(said.starts_with("Io: f.sqlite: cannot be read: changes")) << said;
  EXPECT_NE(said.find("f.sqlite-wal"), std::string::npos) << said;
  sqlite3_close(writer);  // writes them back
  EXPECT_EQ(read_tables(path_).front().size(), 2U);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

}  // namespace
}  // namespace liantu
