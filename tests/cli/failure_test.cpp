#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

#include "cli/program.hpp"

/// What is left behind when the disk is full, a folder may not be written, work is interrupted or a
/// limit is reached: the old file, and nothing else.
namespace liantu::test {
namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

constexpr std::string_view kOld = "the file that was there before";

class Failure : public InFolder {
 protected:
  /// A call of each verb that writes, all to `old.liantu`, or to another file for `gaps`.
  [[nodiscard]] std::vector<Words> calls_to_file(const std::string& folder = "") const {
    return {
        {"build", dadukou(), "-O", "-o", folder + "old.liantu"},
        {"build", "--edges", "edges.txt", "-O", "-o", folder + "old.liantu"},
        {"synth", "--relations", "10000", "-O", "-o", folder + "old.liantu"},
        {"gaps", "dadukou.liantu", "-r", "500104", "-f", "json", "-O", "-o", folder + "old.liantu"},
        {"map", "dadukou.liantu", "-r", "500104", "-f", "dot", "-O", "-o", folder + "old.liantu"}};
  }

  /// A list of edges whose graph takes more than a page.
  void write_edges() const {
    std::string edges;
    for (int i = 0; i < 1000; ++i) edges += std::to_string(i) + " " + std::to_string(i + 1) + "\n";
    write("edges.txt", edges);
  }
};

TEST_F(Failure, AFullDiskLeavesTheOldFileAndNothingElse) {
  build_dadukou();
  write_edges();
  write("old.liantu", kOld);
  Setting full;
  full.file_bytes = 4096;
  for (const Words& call : calls_to_file()) {
    expect_refused(call, 4,
                   {"old.liantu: cannot be written", "the disk is full", "free some space"},
                   {"old.liantu：无法写入", "磁盘已满", "请清理空间"}, full);
    EXPECT_EQ(bytes_of(folder_ / "old.liantu"), kOld);
    EXPECT_EQ(names(), (Words{"dadukou.liantu", "edges.txt", "old.liantu"}));
  }
}

TEST_F(Failure, AFolderThatMayNotBeWrittenKeepsTheOldFileAndGetsNoOther) {
  build_dadukou();
  write_edges();
  write("closed/old.liantu", kOld);
  fs::permissions(folder_ / "closed", fs::perms::owner_read | fs::perms::owner_exec);
  Setting setting;
  // The administrator may write anywhere, unless started without that right.
  if (::geteuid() == 0) {
    setting.through = {"setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"};
    std::string probe;
    for (const std::string& word : setting.through) probe += word + " ";
    probe += "test ! -w '" + (folder_ / "closed").string() + "' 2> /dev/null";
    if (std::system(probe.c_str()) != 0) GTEST_SKIP() << "rights cannot be laid down here";
  }
  for (const Words& call : calls_to_file("closed/")) {
    expect_refused(
        call, 4,
        {"closed/old.liantu: cannot be written", "permission is missing", "choose another folder"},
        {"closed/old.liantu：无法写入", "没有权限", "请换一个文件夹"}, setting);
  }
  fs::permissions(folder_ / "closed", fs::perms::owner_all);
  EXPECT_EQ(bytes_of(folder_ / "closed/old.liantu"), kOld);
  fs::rename(folder_ / "closed/old.liantu", folder_ / "old.liantu");
  EXPECT_TRUE(fs::is_empty(folder_ / "closed"));
}

TEST_F(Failure, AnInterruptEndsTheReadingOfEdgesAndLeavesTheOldFile) {
  write("old.liantu", kOld);
  ASSERT_EQ(::mkfifo((folder_ / "edges.txt").c_str(), 0600), 0);
  // Before anybody writes to the pipe, and while somebody has written half of it and stays.
  for (const bool written : {false, true}) {
    for (const int signal : {SIGINT, SIGTERM}) {
      Started program({"build", "--edges", "edges.txt", "-O", "-o", "old.liantu", "--lang", "zh"},
                      {folder_, {}});
      ASSERT_TRUE(program.wait_until_interruptible());
      int pipe = -1;
      // Opening succeeds once the program has opened the other end.
      while (written && pipe < 0 && program.running()) {
        pipe = ::open((folder_ / "edges.txt").c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
        if (pipe < 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
      }
      if (written) {
        ASSERT_EQ(::write(pipe, "1 2\n2 3\n3", 9), 9);
      }
      program.send(signal);
      const Ran ran = program.wait();
      if (written) ::close(pipe);
      EXPECT_EQ(ran.exit, 130) << "signal " << ran.signal << '\n' << ran.err;
      EXPECT_EQ(ran.out, "");
      EXPECT_NE(ran.err.find("被中断"), std::string::npos) << ran.err;
      EXPECT_EQ(bytes_of(folder_ / "old.liantu"), kOld);
      EXPECT_EQ(names(), (Words{"edges.txt", "old.liantu"}));
    }
  }
}

TEST_F(Failure, AnInterruptEndsALongBuildFromEdgesAndLeavesTheOldFile) {
  write("old.liantu", kOld);
  {
    // Takes far longer to read, freeze and write than a signal takes to arrive.
    std::ofstream file(folder_ / "edges.txt", std::ios::binary);
    for (std::uint32_t i = 0; i < 3'000'000; ++i) {
      file << i * 2654435761U % 1'000'000 << ' ' << i % 999'983 << '\n';
    }
  }
  Started program({"build", "--edges", "edges.txt", "-O", "-o", "old.liantu", "--lang", "zh"},
                  {folder_, {}});
  ASSERT_TRUE(program.wait_until_interruptible());
  program.send(SIGINT);
  const Ran ran = program.wait();
  EXPECT_EQ(ran.exit, 130) << "signal " << ran.signal << '\n' << ran.err;
  EXPECT_NE(ran.err.find("被中断"), std::string::npos) << ran.err;
  EXPECT_EQ(bytes_of(folder_ / "old.liantu"), kOld);
  EXPECT_EQ(names(), (Words{"edges.txt", "old.liantu"}));
}

TEST_F(Failure, ALimitThatIsReachedEndsWithItsOwnStatus) {
  build_dadukou();
  write("old.json", kOld);
  write("policy.json", "{}");
  fs::resize_file(folder_ / "policy.json", (std::uintmax_t{16} << 20) + 1);
  expect_refused(
      {"rank", "dadukou.liantu", "-r", "500104", "-p", "policy.json", "-O", "-o", "old.json"}, 5,
      {"policy.json: larger than the limit of 16777216 bytes"},
      {"policy.json：超过 16777216 字节的上限"});
  EXPECT_EQ(bytes_of(folder_ / "old.json"), kOld);
}

TEST_F(Failure, EndsOfEdgesBeyondThirtyTwoBitsAreNames) {
  write("edges.txt", "4294967295 4294967296\n18446744073709551616 1\n");
  const Ran ran = liantu({"build", "--edges", "edges.txt", "-o", "x.liantu", "--json"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(ran.out.find("\"firm\": 4"), std::string::npos) << ran.out;
}

TEST_F(Failure, ASnapshotThatIsRefusedIsLeftAsItIs) {
  build_dadukou();
  const std::string good = bytes_of(folder_ / "dadukou.liantu");
  struct Fault {
    std::size_t at;
    char byte;
    Words en;
    Words zh;
  };
  for (const Fault& fault : std::vector<Fault>{
           {8,
            99,
            {"header: version 99 is newer", "use a newer program"},
            {"版本 99", "请升级程序"}},
           {12, 1, {"header: the byte order mark is damaged"}, {"字节序标记已损坏"}},
           {16, 9, {"header: header or section table is damaged"}, {"文件头或段表已损坏"}},
           {good.size() - 100, 99, {"section "}, {" 段："}}}) {
    std::string bad = good;
    bad[fault.at] = static_cast<char>(bad[fault.at] == fault.byte ? 0 : fault.byte);
    write("x.liantu", bad);
    for (const Words& call : std::vector<Words>{{"show", "x.liantu"},
                                                {"gaps", "x.liantu", "-r", "500104"},
                                                {"rank", "x.liantu", "-r", "500104"}}) {
      expect_refused(call, 3, fault.en, fault.zh);
    }
    EXPECT_EQ(bytes_of(folder_ / "x.liantu"), bad);
  }
}

}  // namespace
}  // namespace liantu::test
