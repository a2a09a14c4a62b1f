#include "projects/ledger_database.hpp"

#include <csignal>
#include <fstream>
#include <functional>
#include <sys/resource.h>
#include <tuple>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "projects/ledger_case.hpp"
#include "projects/ledger_schema.hpp"

namespace liantu {
namespace {

const Date kSigned{2025, 2, 8};

// What a call is refused with: its code and its English words.
std::pair<ErrorCode, std::string> refusal(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    EXPECT_FALSE(error.message().zh.empty());
    return {error.code(), error.message().en};
  }
  ADD_FAILURE() << "nothing was refused";
  return {};
}

void sql(const std::filesystem::path& file, const std::string& words) {
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &raw), SQLITE_OK);
  char* said = nullptr;
  EXPECT_EQ(sqlite3_exec(raw, words.c_str(), nullptr, nullptr, &said), SQLITE_OK) << said;
  sqlite3_free(said);
  sqlite3_close(raw);
}

void expect_says(const std::pair<ErrorCode, std::string>& refused, ErrorCode code,
                 std::string_view words) {
  EXPECT_EQ(refused.first, code) << refused.second;
  EXPECT_NE(refused.second.find(words), std::string::npos) << refused.second;
}

class LedgerFile : public ::testing::Test {
 protected:
  LedgerFile() {
    Ledger::create(place_.file(), "区")
        .append(entry_on({2025, 3, 1}), {project_line("P1", LedgerStage::Signed, kSigned)});
  }
  [[nodiscard]] std::size_t rows(const std::string& name = "district.ledger") const {
    return Ledger::open(place_.file(name), LedgerAccess::Read).read().rows;
  }
  LedgerCase place_{"file"};
};

TEST_F(LedgerFile, IsNeverOverwritten) {
  expect_says(refusal([&] { std::ignore = Ledger::create(place_.file(), "区"); }), ErrorCode::Io,
              "exists already");
  EXPECT_EQ(rows(), 1U);
  expect_says(refusal([&] { std::ignore = Ledger::create(place_.file("no/folder"), "区"); }),
              ErrorCode::Io, "cannot be created");
}

TEST_F(LedgerFile, OnlyGrows) {
  for (const char* words : {"DELETE FROM record", "UPDATE record SET day = 1", "DELETE FROM entry",
                            "UPDATE subject SET name = ''"}) {
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(place_.file().c_str(), &raw), SQLITE_OK);
    EXPECT_NE(sqlite3_exec(raw, words, nullptr, nullptr, nullptr), SQLITE_OK) << words;
    EXPECT_STREQ(sqlite3_errmsg(raw), "the ledger only grows");
    sqlite3_close(raw);
  }
}

TEST_F(LedgerFile, IsMissingOrAFolderOrSomethingElse) {
  const auto open = [&](const std::string& name) {
    return refusal([&] { std::ignore = Ledger::open(place_.file(name), LedgerAccess::Read); });
  };
  expect_says(open("none"), ErrorCode::Io, "no such ledger");
  std::filesystem::create_directory(place_.file("folder"));
  expect_says(open("folder"), ErrorCode::Io, "is a folder");
  std::ofstream(place_.file("text")) << std::string(5000, 'x');
  expect_says(open("text"), ErrorCode::InvalidData, "not a ledger");
  std::ofstream(place_.file("empty"));
  expect_says(open("empty"), ErrorCode::InvalidData, "not a ledger");
  sql(place_.file("other"), "CREATE TABLE t(x)");
  expect_says(open("other"), ErrorCode::InvalidData, "not a ledger");
}

TEST_F(LedgerFile, ALaterSchemaIsRefused) {
  sql(place_.file(), "PRAGMA user_version = 99");
  expect_says(refusal([&] { std::ignore = Ledger::open(place_.file(), LedgerAccess::Read); }),
              ErrorCode::InvalidData, "later version");
  expect_says(refusal([&] { std::ignore = Ledger::open(place_.file(), LedgerAccess::Write); }),
              ErrorCode::InvalidData, "later version");
}

TEST_F(LedgerFile, OtherTablesAndTriggersAreRefused) {
  sql(place_.file(), "CREATE TRIGGER spy AFTER INSERT ON record BEGIN SELECT 1; END");
  expect_says(refusal([&] { std::ignore = Ledger::open(place_.file(), LedgerAccess::Read); }),
              ErrorCode::InvalidData, "changed by another program");
}

TEST_F(LedgerFile, DamagedRowsAreRefused) {
  const char* const kFaults[] = {
      "INSERT INTO record(subject, entry, day, stage) VALUES (1, 1, 20250301, 'flying')",
      "INSERT INTO record(subject, entry, day, stage) VALUES (1, 1, 20259901, 'started')",
      "INSERT INTO record(subject, entry, day, fact) VALUES (1, 1, 20250301, 'height')",
      "INSERT INTO record(subject, entry, day, stage) VALUES (77, 1, 20250301, 'started')",
      "INSERT INTO record(subject, entry, day, stage) VALUES (1, 77, 20250301, 'started')",
      "INSERT INTO entry(recorded_at, recorded_by, source) VALUES ('yesterday', '', '')",
      ("INSERT INTO record(subject, entry, day, fact, text) "
       "VALUES (1, 1, 20250301, 'note', CAST(x'FF' AS TEXT))")};
  for (const char* fault : kFaults) {
    std::filesystem::copy_file(place_.file(), place_.file("damaged"),
                               std::filesystem::copy_options::overwrite_existing);
    sql(place_.file("damaged"), fault);
    expect_says(refusal([&] { std::ignore = rows("damaged"); }), ErrorCode::InvalidData, "damaged");
  }
}

TEST_F(LedgerFile, EveryCutIsRefusedOrReadsTheSame) {
  const auto size = std::filesystem::file_size(place_.file());
  for (std::uintmax_t cut = 0; cut < size; cut += size / 37) {
    std::filesystem::copy_file(place_.file(), place_.file("cut"),
                               std::filesystem::copy_options::overwrite_existing);
    std::filesystem::resize_file(place_.file("cut"), cut);
    try {
      EXPECT_EQ(rows("cut"), 1U);
    } catch (const Error& error) {
      EXPECT_TRUE(error.code() == ErrorCode::InvalidData || error.code() == ErrorCode::Io)
          << error.what();
    }
  }
}

TEST_F(LedgerFile, ALockThatDoesNotEndIsTold) {
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(place_.file().c_str(), &raw), SQLITE_OK);
  sqlite3_exec(raw, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
  expect_says(
      refusal([&] {
        Ledger ledger = Ledger::open(place_.file(), LedgerAccess::Write, 20);
        ledger.append(entry_on({2025, 3, 1}), {project_line("P2", LedgerStage::Signed, kSigned)});
      }),
      ErrorCode::Io, "another program");
  // Readers never wait.
  EXPECT_EQ(rows(), 1U);
  sqlite3_close(raw);
  EXPECT_EQ(rows(), 1U);
}

TEST_F(LedgerFile, AFileThatMayNotGrowLosesNothing) {
  Ledger ledger = Ledger::open(place_.file(), LedgerAccess::Write);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit low = before;
  low.rlim_cur = 8192;
  setrlimit(RLIMIT_FSIZE, &low);
  std::vector<LedgerLine> lines;
  for (int i = 0; i < 2000; ++i)
    lines.push_back(project_line("Q" + std::to_string(i), LedgerStage::Signed, kSigned));
  const auto refused = refusal([&] { ledger.append(entry_on({2025, 3, 1}), lines); });
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(refused.first, ErrorCode::Io) << refused.second;
  EXPECT_NE(refused.second.find("nothing was written"), std::string::npos) << refused.second;
  EXPECT_EQ(rows(), 1U);
  EXPECT_EQ(ledger.append(entry_on({2025, 3, 1}), lines).subjects, 2000U);
}

TEST_F(LedgerFile, AFolderThatMayNotBeWrittenIsReadAllTheSame) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  namespace fs = std::filesystem;
  fs::permissions(place_.file(), fs::perms::owner_read);
  fs::permissions(place_.file().parent_path(), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(rows(), 1U);
  expect_says(refusal([&] { std::ignore = Ledger::open(place_.file(), LedgerAccess::Write); }),
              ErrorCode::Io, "may not be written");
}

TEST(LedgerPlaces, SharesAreKnownByTheirNumber) {
  EXPECT_TRUE(is_network_share(0x6969));
  EXPECT_TRUE(is_network_share(0xFF534D42));
  EXPECT_TRUE(is_network_share(static_cast<std::int32_t>(0xFF534D42)));
  EXPECT_TRUE(is_network_share(0x65735546));
  EXPECT_FALSE(is_network_share(0xEF53));      // ext4
  EXPECT_FALSE(is_network_share(0x58465342));  // XFS
  EXPECT_FALSE(is_network_share(0x01021994));  // tmpfs
}

}  // namespace
}  // namespace liantu
