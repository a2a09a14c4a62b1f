#include <algorithm>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "cli/program.hpp"

/// What becomes of a run when memory, threads, files or the disk run out, its talk cannot be said
/// or its data cannot be written: a result as if nothing had been, or a status of its own and
/// nothing half-written. Some of the N at which a request fails are sampled here, more of them by
/// other means than a test.
namespace liantu::test {
namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

class Exhaustion : public InFolder {
 protected:
  void SetUp() override {
    if (std::string_view(LIANTU_FAILING).empty()) {
      GTEST_SKIP() << "a sanitizer's allocator lets no other stand beside it";
    }
    InFolder::SetUp();
    build_dadukou();
  }

  [[nodiscard]] std::vector<Words> calls() const {
    return {{"build", dadukou(), "-O", "-o", "x.liantu"},
            {"gaps", "dadukou.liantu", "-r", "500104"},
            {"rank", "dadukou.liantu", "-r", "500104", "--json"},
            {"map", "dadukou.liantu", "-r", "500104", "-O", "-o", "x.svg"},
            {"formats", "--json"}};
  }

  [[nodiscard]] Ran failing(const Words& call, const std::string& request,
                            const std::string& which) const {
    return run(call, {folder_,
                      {{"LD_PRELOAD", LIANTU_FAILING},
                       {"LIANTU_FAIL_" + request, which},
                       {"LIANTU_FAIL_REPORT", (folder_ / "report").string()}}});
  }

  /// How often a call asks for each, and its run.
  [[nodiscard]] std::size_t asked(const Words& call, const std::string& what) const {
    fs::remove(folder_ / "report");
    EXPECT_EQ(failing(call, "NOTHING", "0").exit, 0);
    std::istringstream report(bytes_of(folder_ / "report"));
    std::string name;
    for (std::size_t count = 0; report >> name >> count;) {
      if (name == what) return count;
    }
    return 0;
  }

  /// The first requests, the last, and some between.
  static std::set<std::size_t> sample(std::size_t all, std::size_t most) {
    std::set<std::size_t> numbers;
    std::mt19937 random(7);
    for (std::size_t i = 1; i <= std::min<std::size_t>(all, 5); ++i) numbers.insert(i);
    while (numbers.size() < std::min(all, most)) numbers.insert(1 + random() % all);
    return numbers;
  }

  /// Each sampled request of a kind fails once, or it and all later ones.
  void expect_done_or(const std::set<int>& statuses, const std::string& request,
                      const std::string& what, std::size_t most, const std::string& words) {
    for (const Words& call : calls()) {
      const Ran whole = liantu(call);
      ASSERT_EQ(whole.exit, 0) << whole.err;
      const Words before = names();
      const std::size_t all = asked(call, what);
      fs::remove(folder_ / "report");
      for (const std::size_t number : sample(all, most)) {
        for (const char* after : {"", "+"}) {
          const std::string which = std::to_string(number) + after;
          SCOPED_TRACE(call.front() + " LIANTU_FAIL_" + request + "=" + which);
          const Ran ran = failing(call, request, which);
          EXPECT_EQ(ran.signal, 0) << ran.err;
          if (ran.exit == 0) {
            EXPECT_EQ(ran.out, whole.out);
          } else {
            EXPECT_TRUE(statuses.contains(ran.exit)) << ran.exit << '\n' << ran.err;
            EXPECT_TRUE(ran.out.empty() || ran.out == whole.out);
            EXPECT_NE(ran.err.find(words), std::string::npos) << ran.err;
          }
          fs::remove(folder_ / "report");
          EXPECT_EQ(names(), before);
        }
      }
    }
  }
};

TEST_F(Exhaustion, WithoutMemoryTheStatusIsFive) {
  expect_done_or({5}, "ALLOC", "alloc", 16, "out of memory");
}

TEST_F(Exhaustion, WithoutThreadsTheStatusIsFive) {
  expect_done_or({5}, "THREAD", "thread", 4, "no further thread can be started");
}

TEST_F(Exhaustion, WithoutProcessesTheStatusIsFiveAndNothingIsCalledMissing) {
  expect_done_or({5}, "SPAWN", "spawn", 2, "no further process");
  const Ran doctor = failing({"doctor"}, "SPAWN", "1");
  EXPECT_EQ(doctor.exit, 5) << doctor.out;
  EXPECT_NE(doctor.err.find("ulimit -u"), std::string::npos) << doctor.err;
}

TEST_F(Exhaustion, WhatCannotBeWrittenIsFour) {
  for (const auto& [request, what] : std::vector<std::pair<std::string, std::string>>{
           {"FSYNC", "fsync"}, {"RENAME", "rename"}, {"CLOSE", "close"}}) {
    expect_done_or({4}, request, what, 6, "cannot");
  }
}

TEST_F(Exhaustion, AFullDiskIsFourHoweverFarItGot) {
  // All from the N-th on, so that talk fails with the rest; the words are then lost.
  expect_done_or({4}, "WRITE", "write", 6, "");
}

TEST(FailingLayer, CountsFromTheBeginningOfMain) {
  if (std::string_view(LIANTU_FAILING).empty()) {
    GTEST_SKIP() << "a sanitizer's allocator lets no other stand beside it";
  }
  const Ran ran =
      run({"--version"}, {"/", {{"LD_PRELOAD", LIANTU_FAILING}, {"LIANTU_FAIL_ALLOC", "1"}}});
  EXPECT_EQ(ran.exit, 5) << ran.err;
  EXPECT_EQ(ran.err.rfind("liantu: out of memory; ", 0), 0U) << ran.err;
}

// ---- standard files ----

class StandardFiles : public InFolder {
 protected:
  /// Runs the program through a shell that first does something to its standard files.
  [[nodiscard]] Ran with(const std::string& redirections, const Words& call) const {
    Setting setting{folder_, {}};
    setting.through = {"sh", "-c", "exec \"$0\" \"$@\" " + redirections};
    return run(call, setting);
  }
};

TEST_F(StandardFiles, TalkThatCannotBeSaidFailsNothing) {
  for (const char* talk : {"2>&-", "2>/dev/full", "<&- 2>&-", "<&- >&- 2>&-"}) {
    const Ran ran = with(talk, {"build", dadukou(), "-o", "x.liantu"});
    EXPECT_EQ(ran.exit, 0) << talk << " signal " << ran.signal;
    EXPECT_EQ(liantu({"show", "x.liantu"}).exit, 0) << talk;
    EXPECT_EQ(names(), Words{"x.liantu"}) << talk;
    fs::remove(folder_ / "x.liantu");
    EXPECT_EQ(with(talk, {"gaps", "x.liantu"}).exit, 2) << talk;
  }
}

TEST_F(StandardFiles, WithoutFilesToOpenNothingIsCalledMissing) {
  Setting setting{folder_, {}};
  setting.through = {"sh", "-c", "ulimit -n 6; exec \"$0\" \"$@\""};
  const Ran ran = run({"doctor"}, setting);
  EXPECT_EQ(ran.exit, 5) << ran.out;
  EXPECT_NE(ran.err.find("ulimit -n"), std::string::npos) << ran.err;
}

TEST_F(StandardFiles, DataThatCannotBeWrittenIsFour) {
  build_dadukou();
  for (const char* data : {">&-", ">/dev/full", "<&- >&-"}) {
    for (const Words& call : std::vector<Words>{{"gaps", "dadukou.liantu", "-r", "500104"},
                                                {"rank", "dadukou.liantu", "-r", "500104"},
                                                {"map", "dadukou.liantu", "-r", "500104"},
                                                {"show", "dadukou.liantu"},
                                                {"check", dadukou(), "--notes"},
                                                {"formats"},
                                                {"--version"},
                                                {"gaps", "--help"}}) {
      const Ran ran = with(data, call);
      EXPECT_EQ(ran.exit, 4) << call.front() << data << ran.err;
      EXPECT_NE(ran.err.find("standard output: cannot be written: "), std::string::npos) << ran.err;
    }
    EXPECT_EQ(names(), Words{"dadukou.liantu"});
  }
}

TEST_F(StandardFiles, AFileIsNeverWrittenInThePlaceOfAClosedOne) {
  build_dadukou();
  const Ran open = liantu({"map", "dadukou.liantu", "-r", "500104", "-o", "open.svg"});
  ASSERT_EQ(open.exit, 0) << open.err;
  for (const char* closed : {"<&-", ">&-", "2>&-", "<&- >&- 2>&-"}) {
    const Ran ran =
        with(closed, {"map", "dadukou.liantu", "-r", "500104", "-O", "-o", "closed.svg"});
    EXPECT_EQ(ran.exit, 0) << closed << ran.err;
    EXPECT_EQ(bytes_of(folder_ / "closed.svg"), bytes_of(folder_ / "open.svg")) << closed;
  }
}

TEST_F(StandardFiles, AReaderThatEndsEarlyIsFourAndNoSignal) {
  build_dadukou();
  Setting setting{folder_, {}};
  setting.through = {"sh", "-c", "{ sleep 0.2; \"$0\" \"$@\"; echo $? > status; } | true; exit 0"};
  const Ran ran = run({"gaps", "dadukou.liantu", "-r", "500104"}, setting);
  EXPECT_EQ(bytes_of(folder_ / "status"), "4\n") << ran.err;
  EXPECT_NE(ran.err.find("its reader has ended"), std::string::npos) << ran.err;
}

// ---- outputs ----

class Outputs : public InFolder {};

TEST_F(Outputs, TwoOutputsAreTwoFiles) {
  fs::create_symlink("z.liantu", folder_ / "link.txt");
  fs::create_directory(folder_ / "there");
  for (const auto& [graph, problems] :
       std::vector<std::pair<std::string, std::string>>{{"z.liantu", "link.txt"},
                                                        {"z", "./z"},
                                                        {"z", "there/../z"},
                                                        {"z", (folder_ / "z").string()}}) {
    expect_refused({"build", dadukou(), "-o", graph, "--problems", problems}, 2,
                   {"--output and --problems both name", "name two files"},
                   {"--output 与 --problems 指向同一个文件", "请写两个文件名"});
  }
  EXPECT_EQ(names(), (Words{"link.txt", "there"}));
}

TEST_F(Outputs, ALinkThatPointsAtNothingStaysALink) {
  fs::create_symlink("real.liantu", folder_ / "x.liantu");
  expect_refused({"build", dadukou(), "-o", "x.liantu"}, 4, {"x.liantu exists; use -O"},
                 {"x.liantu 已存在"});
  EXPECT_EQ(liantu({"build", dadukou(), "-O", "-o", "x.liantu"}).exit, 0);
  EXPECT_TRUE(fs::is_symlink(folder_ / "x.liantu"));
  EXPECT_EQ(names(), (Words{"real.liantu", "x.liantu"}));
}

TEST_F(Outputs, WhatAKilledRunLeftIsRemovedByTheNext) {
  write(".liantu-4194304-0.tmp", "half a graph");
  EXPECT_EQ(liantu({"build", dadukou(), "-o", "x.liantu"}).exit, 0);
  EXPECT_EQ(names(), Words{"x.liantu"});
}

// ---- limits ----

class LimitOption : public InFolder {};

TEST_F(LimitOption, AMessageNamesTheOptionThatRaisesTheLimit) {
  write("firms.csv", "企业名称\n" + std::string(3000, 'x') + "\n");
  expect_refused(
      {"check", "firms.csv", "--limit", "field_bytes=2K"}, 5,
      {"firms.csv:2:1: the field is longer than 2048 bytes", "--limit field_bytes=VALUE"},
      {"--limit field_bytes=数值"});
  EXPECT_EQ(liantu({"check", "firms.csv", "--limit", "field_bytes=3000"}).exit, 0);
}

TEST_F(LimitOption, EveryLimitIsListedAndTakesItsDefault) {
  const Ran ran = liantu({"formats", "--limits", "-f", "csv"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  std::istringstream rows(ran.out);
  std::string row;
  std::getline(rows, row);
  int count = 0;
  while (std::getline(rows, row)) {
    const std::string name = row.substr(0, row.find(','));
    const std::string rest = row.substr(name.size() + 1);
    const Ran taken = liantu({"formats", "--limit", name + "=" + rest.substr(0, rest.find(','))});
    EXPECT_EQ(taken.exit, 0) << taken.err;
    ++count;
  }
  EXPECT_EQ(count, 18);
}

TEST_F(LimitOption, NamesAndValuesThatAreNoneAreRefused) {
  for (const char* words :
       {"=", "x", "x=1", "columns", "columns=", "columns=0", "columns=-1", "columns=1.5",
        "columns=99999999999999999999", "columns=17179869184G", "dot_memory=1"}) {
    expect_refused({"formats", "--limit", words}, 2, {"--limit "}, {"--limit "});
  }
}

TEST_F(LimitOption, WhatIsQuotedIsCut) {
  const std::string heading(1'000'000, 'x');
  write("firms.csv", heading + ",b\n1,2\n");
  write("more.csv", "企业名称,成立日期," + heading + "\n甲公司," + heading + ",1\n");
  write("policy.json", "{\"" + heading + "\": 1}");
  build_dadukou();
  for (const Words& call : std::vector<Words>{
           {"build", "firms.csv", "-o", "x.liantu"},
           {"check", "firms.csv", "--notes"},
           {"check", "more.csv", "--notes"},
           {"check", "more.csv", "--notes", "--json"},
           {"rank", "dadukou.liantu", "-r", "500104", "-p", "policy.json"},
           {"evaluate", "--edges", "firms.csv", "--columns", "a,b"},
           {"gaps", "dadukou.liantu", "-r", "500104", "--anchor", heading.substr(0, 100'000)},
           {"gaps", "dadukou.liantu", "-r", heading.substr(0, 100'000)},
           {heading.substr(0, 100'000)}}) {
    const Ran ran = liantu(call);
    EXPECT_NE(ran.exit, 0) << call.front().substr(0, 20);
    EXPECT_LT(ran.out.size() + ran.err.size(), 20'000U) << call.front().substr(0, 20);
  }
}

}  // namespace
}  // namespace liantu::test
