// A program that is killed while it writes loses no row of which it said that it was written.

#include <csignal>
#include <cstdint>
#include <random>
#include <sys/wait.h>
#include <tuple>
#include <unistd.h>

#include <gtest/gtest.h>

#include "projects/ledger_case.hpp"

namespace liantu {
namespace {

constexpr int kKills = 200;

// Writes one project after another, and their numbers to a pipe as soon as they are written.
[[noreturn]] void write_until_killed(const std::filesystem::path& file, int round, int pipe) {
  try {
    Ledger ledger = Ledger::open(file, LedgerAccess::Write);
    for (std::int32_t i = 0;; ++i) {
      const std::string code = std::to_string(round) + "-" + std::to_string(i);
      const AppendResult result = ledger.append(
          entry_on({2025, 3, 1}), {project_line(code, LedgerStage::Signed, {2025, 2, 8},
                                                {number(FactKey::Investment, i + 1)})});
      if (result.rows.size() != 2 || write(pipe, &i, sizeof i) != sizeof i) _exit(1);
    }
  } catch (...) {
    _exit(2);
  }
}

TEST(LedgerKills, LoseNoRowThatWasAcknowledged) {
  const LedgerCase place("kills");
  std::ignore = Ledger::create(place.file(), "区");
  std::mt19937 random(7);
  std::size_t acknowledged = 0;
  for (int round = 0; round < kKills; ++round) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      close(ends[0]);
      write_until_killed(place.file(), round, ends[1]);
    }
    close(ends[1]);
    std::int32_t last = -1;
    std::int32_t told = 0;
    // Every second time not before the first row is written, however slow the machine is.
    if (round % 2 == 0 && read(ends[0], &told, sizeof told) == static_cast<ssize_t>(sizeof told))
      last = told;
    usleep(static_cast<useconds_t>(random() % 30'000));
    kill(child, SIGKILL);
    while (read(ends[0], &told, sizeof told) == static_cast<ssize_t>(sizeof told)) last = told;
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << WEXITSTATUS(status);
    const LedgerBook book = Ledger::open(place.file(), LedgerAccess::Read).read();
    for (std::int32_t i = 0; i <= last; ++i) {
      const Subject* found =
          find_subject(book, SubjectKind::Project, std::to_string(round) + "-" + std::to_string(i));
      ASSERT_NE(found, nullptr) << "round " << round << " lost " << i;
      EXPECT_EQ(number_at(*found, FactKey::Investment), i + 1);
    }
    // What was written is whole: no project without its investment.
    for (const Subject& one : book.subjects) EXPECT_EQ(one.stages.size(), one.facts.size());
    acknowledged += static_cast<std::size_t>(last + 1);
  }
  EXPECT_GT(acknowledged, 0U);
}

}  // namespace
}  // namespace liantu
